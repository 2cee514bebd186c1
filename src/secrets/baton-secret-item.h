/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-secret.h"

G_BEGIN_DECLS

/**
 * BatonSecretItem:
 *
 * That the keyring keeps a secret for an account: everything but the value. Does not change. Main thread.
 *
 * Properties, to read: account-id, label, kind (BatonSecretKind), saved-at (gint64).
 */
#define BATON_TYPE_SECRET_ITEM (baton_secret_item_get_type ())
G_DECLARE_FINAL_TYPE (BatonSecretItem, baton_secret_item, BATON, SECRET_ITEM, GObject)

BatonSecretItem *baton_secret_item_new (const char *account_id,
                                        const char *label,
                                        BatonSecretKind kind,
                                        gint64 saved_at);

const char *baton_secret_item_get_account_id (BatonSecretItem *self);
const char *baton_secret_item_get_label (BatonSecretItem *self); /* of the account, as it was when saved */
BatonSecretKind baton_secret_item_get_kind (BatonSecretItem *self);
gint64 baton_secret_item_get_saved_at (BatonSecretItem *self); /* wall microseconds; the keyring counts seconds */

G_END_DECLS
