/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-secret-store.h"

G_BEGIN_DECLS

/* Takes what is kept for @account_id out of the keyring and the memory, as
 * baton_secret_store_clear_async() does. @rotates: the secret is spent by each renewal: one that is
 * on its way, here or in another process, ends first, as it would put back what it brings. Main
 * thread. */
void baton_forget_async (BatonSecretStore *store,
                         const char *account_id,
                         gboolean rotates,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
/* Errors: as of baton_secret_store_clear_async(). */
gboolean baton_forget_finish (BatonSecretStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
