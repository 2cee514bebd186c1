/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-account.h"
#include "baton-paste.h"
#include "baton-secret.h"

G_BEGIN_DECLS

/**
 * BatonSignInFields:
 *
 * Who signs in: the ways to choose from, and what the chosen one asks for (BatonMethodText).
 * Signals: activate () on Enter in a field, method-changed (), pasted (text) → TRUE where it was
 * taken.
 */
#define BATON_TYPE_SIGN_IN_FIELDS (baton_sign_in_fields_get_type ())
G_DECLARE_FINAL_TYPE (BatonSignInFields, baton_sign_in_fields, BATON, SIGN_IN_FIELDS, GtkWidget)

BatonMethod baton_sign_in_fields_get_method (BatonSignInFields *self);
/* As a person's own choice. */
void baton_sign_in_fields_set_method (BatonSignInFields *self, BatonMethod method);
/* Chooses @method, unless a person has chosen or typed already. */
void baton_sign_in_fields_propose (BatonSignInFields *self, BatonMethod method);

/* Not where a person has typed. @text: (nullable): nothing happens. */
void baton_sign_in_fields_hint_client_id (BatonSignInFields *self, const char *text);
void baton_sign_in_fields_hint_tenant (BatonSignInFields *self, const char *text);
/* In place of what is there. */
void baton_sign_in_fields_set_tenant (BatonSignInFields *self, const char *text);
const char *baton_sign_in_fields_get_tenant (BatonSignInFields *self);

void baton_sign_in_fields_fill (BatonSignInFields *self, BatonAccount *account);
void baton_sign_in_fields_paste (BatonSignInFields *self, BatonPaste *paste);
/* @scope: "OR.Jobs.Write", asked for besides the others. */
void baton_sign_in_fields_add_scope (BatonSignInFields *self, const char *scope);
/* To what is to be typed next. */
void baton_sign_in_fields_focus_secret (BatonSignInFields *self);

/* Returns: (transfer none) (nullable): the first field that has to be mended, and @problem what is
 * the matter with it, translated. */
GtkWidget *baton_sign_in_fields_check (BatonSignInFields *self, const char **problem);
/* @id: (nullable). Returns: (transfer full). */
BatonAccount *baton_sign_in_fields_make_account (BatonSignInFields *self,
                                                 const char *id,
                                                 BatonDeployment *deployment);
/* Returns: (transfer full) (nullable): what was typed; NULL where the secret comes from the
 * browser. */
BatonSecret *baton_sign_in_fields_make_secret (BatonSignInFields *self);
/* What is kept for the account. Where it holds a secret of the client, nobody has to type that again:
 * it stands in for an empty field, as long as the client ID stays @client_id. */
void baton_sign_in_fields_set_kept (BatonSignInFields *self,
                                    const char *client_id,
                                    BatonSecret *kept);
/* Returns: (transfer none) (nullable): of an application that has one. */
const char *baton_sign_in_fields_get_client_secret (BatonSignInFields *self);

G_END_DECLS
