/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-accounts.h"
#include "baton-connection.h"
#include "baton-secret-store.h"

G_BEGIN_DECLS

/**
 * BatonSignInPage:
 *
 * Where and who: tries it, and keeps everything typed until it was good. Signal: signed-in
 * (BatonConnection, GError keyring_error nullable).
 */
#define BATON_TYPE_SIGN_IN_PAGE (baton_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (BatonSignInPage, baton_sign_in_page, BATON, SIGN_IN_PAGE, GtkWidget)

/* @accounts: (nullable): for the client id used before at the same place. */
GtkWidget *baton_sign_in_page_new (BatonSecretStore *store, BatonAccounts *accounts);

/* Fills the fields from @account, which is signed in to again. @for_this_run: its key is kept in
 * memory, because the user so chose. */
void baton_sign_in_page_set_account (BatonSignInPage *self,
                                     BatonAccount *account,
                                     gboolean for_this_run);
/* @address: where a server sent on to, with the path that was asked for. The address field names
 * the same place there; nothing is sent before a person signs in. */
void baton_sign_in_page_use_address (BatonSignInPage *self, const char *address);
/* @scope: "OR.Jobs.Write": asked for besides the others. */
void baton_sign_in_page_add_scope (BatonSignInPage *self, const char *scope);
/* @tenants: (nullable) of BatonTenant: offered where the address was wrong. */
void
baton_sign_in_page_show_failure (BatonSignInPage *self, const GError *error, GListModel *tenants);
/* Gives up what is going on; what was typed stays. */
void baton_sign_in_page_cancel (BatonSignInPage *self);

G_END_DECLS
