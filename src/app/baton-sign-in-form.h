/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-accounts.h"
#include "baton-network-row.h"
#include "baton-secret-store.h"
#include "baton-sign-in-fields.h"

G_BEGIN_DECLS

/**
 * BatonSignInForm:
 *
 * All that a person fills in to sign in: where (BatonPlaceFields), who (BatonSignInFields), over which
 * network (BatonNetworkRow), and what the one says of the other: the way and the tenant that fit an
 * address, the client id known of it. Main thread.
 *
 * Signal: activate (): on Enter in a field, or what kept the last attempt from working was changed.
 */
#define BATON_TYPE_SIGN_IN_FORM (baton_sign_in_form_get_type ())
G_DECLARE_FINAL_TYPE (BatonSignInForm, baton_sign_in_form, BATON, SIGN_IN_FORM, GtkWidget)

/* Once. @store: for what is kept of an account that is signed in to again. @accounts: (nullable): for
 * the client id used before at the same place. */
void baton_sign_in_form_set_known (BatonSignInForm *self,
                                   BatonSecretStore *store,
                                   BatonAccounts *accounts);
/* Fills all fields from @account, which is signed in to again, and goes to what is to be typed. */
void baton_sign_in_form_set_account (BatonSignInForm *self, BatonAccount *account);
/* Fills the fields from a whole API Access block, a curl command or JSON. Returns: FALSE where @text
 * is none of them, and nothing was changed. */
gboolean baton_sign_in_form_paste (BatonSignInForm *self, const char *text);
/* @address: where a server sent on to, with the path that was asked for: the address names the same
 * place there. Nothing where it is no address. Returns: FALSE then. */
gboolean baton_sign_in_form_use_address (BatonSignInForm *self, const char *address);
/* The address, which must name a place, becomes that of @tenant. */
void baton_sign_in_form_use_tenant (BatonSignInForm *self, BatonTenant *tenant);
/* Marks the address as what is wrong. */
void baton_sign_in_form_set_wrong_address (BatonSignInForm *self);

/* @title, @body: (out) (transfer full): what is wrong or missing, translated. Returns: (transfer none)
 * (nullable): the field where; NULL where nothing is. */
GtkWidget *baton_sign_in_form_check (BatonSignInForm *self, char **title, char **body);

/* Returns: (transfer none) (nullable): NULL while nothing can be made of the address. */
BatonDeployment *baton_sign_in_form_get_deployment (BatonSignInForm *self);
/* Only where there is a deployment. Returns: (transfer full): where, who, and over which network;
 * with the id of the one that is signed in to again. */
BatonAccount *baton_sign_in_form_make_account (BatonSignInForm *self);
/* Returns: (transfer full) (nullable): as of baton_sign_in_fields_make_secret(). */
BatonSecret *baton_sign_in_form_make_secret (BatonSignInForm *self);
/* Returns: (transfer none): who signs in. */
BatonSignInFields *baton_sign_in_form_get_fields (BatonSignInForm *self);
/* Returns: (transfer none): over which network. */
BatonNetworkRow *baton_sign_in_form_get_network (BatonSignInForm *self);

G_END_DECLS
