/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * BatonKeyringPage:
 *
 * There is no keyring, or it is locked: "Unlock", "Keep for this run only", "Try again". Signals: unlock (), keep (), retry ().
 */
#define BATON_TYPE_KEYRING_PAGE (baton_keyring_page_get_type ())
G_DECLARE_FINAL_TYPE (BatonKeyringPage, baton_keyring_page, BATON, KEYRING_PAGE, GtkWidget)

GtkWidget *baton_keyring_page_new (void);
/* @error: KEYRING_LOCKED, KEYRING_UNAVAILABLE, or what else the keyring said. @signed_in: TRUE where the key is known and only keeping it failed. */
void baton_keyring_page_set (BatonKeyringPage *self, const GError *error, gboolean signed_in);
/* While the system asks for the password. */
void baton_keyring_page_set_busy (BatonKeyringPage *self, gboolean busy);

G_END_DECLS
