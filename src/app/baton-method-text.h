/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-account.h"
#include "baton-error-text.h"
#include "baton-secret.h"

G_BEGIN_DECLS

/* What a way to sign in asks a person for. */
typedef enum
{
  BATON_INPUT_USER_KEY = 1 << 0,
  BATON_INPUT_CLIENT_ID = 1 << 1,
  BATON_INPUT_CLIENT_SECRET = 1 << 2,
  BATON_INPUT_ACCESS_TOKEN = 1 << 3, /* a personal one */
  BATON_INPUT_EXPIRY = 1 << 4,
  BATON_INPUT_TENANT = 1 << 5,
  BATON_INPUT_USER_NAME = 1 << 6,
  BATON_INPUT_PASSWORD = 1 << 7,
  BATON_INPUT_REDIRECT = 1 << 8,
  BATON_INPUT_SCOPES = 1 << 9,
} BatonInputs;

/**
 * BatonMethodText:
 * @name: on the button that chooses it
 * @explain: below the fields
 * @inputs: what it shows
 * @required: of those, what may not be empty
 * @kind: of the secret that is typed
 * @secret: what that is called
 * @blanks_count: nothing is taken off its ends
 * @typed: there is a secret to type that replaces the kept one; else one signs in again
 * @dialog_title, @dialog_body, @dialog_apply, @dialog_failure: of the dialog for a new one;
 * @dialog_body is a format with the name of the account
 * @refused: why the server may say no to one that was just entered, and what to do
 * @revoked, @revoked_button: of the banner when the server says no
 * @group_body, @group_replace, @group_show, @group_copy: of what is kept
 * @end_title, @end_body: of giving it up
 * @end_question, @ended_there, @ended_here, @still_there, @still_here: the question, the two
 * outcomes, and what to call half of them
 *
 * One way to sign in, in words. All are marked with N_().
 */
typedef struct
{
  const char *name;
  const char *explain;
  BatonInputs inputs;
  BatonInputs required;
  BatonSecretKind kind;
  const char *secret;
  gboolean blanks_count;
  gboolean typed;
  const char *dialog_title;
  const char *dialog_body;
  const char *dialog_apply;
  const char *dialog_failure;
  const char *refused;
  const char *revoked;
  const char *revoked_button;
  const char *group_body;
  const char *group_replace;
  const char *group_show;
  const char *group_copy;
  const char *end_title;
  const char *end_body;
  const char *end_question;
  const char *ended_there;
  const char *ended_here;
  const char *still_here;
  const char *still_there;
} BatonMethodText;

/* Returns: (transfer none). */
const BatonMethodText *baton_method_text_get (BatonMethod method);
/* The way that an account signs in. */
const BatonMethodText *baton_method_text_get_of (BatonAccount *account);

/* @error: of a sign-in with a secret that was just entered. Returns: (transfer full): where the server refused that secret, in
 * the words of the way; else as for any error. */
BatonErrorText *baton_method_text_explain (const BatonMethodText *self, const GError *error);

G_END_DECLS
