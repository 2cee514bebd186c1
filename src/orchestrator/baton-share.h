/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "auth/baton-token.h"
#include "baton-account.h"
#include "baton-secret.h"

G_BEGIN_DECLS

typedef enum
{
  BATON_SHARE_CURL,
  BATON_SHARE_DOTENV,
  BATON_SHARE_POSTMAN,
  BATON_SHARE_UIPATHCLI,
  BATON_SHARE_POWERSHELL,
} BatonShareFormat;

#define BATON_SHARE_N_FORMATS (BATON_SHARE_POWERSHELL + 1)

/* An account as other programs take it. Without the secrets their places are named, so that a
 * person sees what lacks. */

/* Returns: (transfer none): translated: "PowerShell". */
const char *baton_share_get_name (BatonShareFormat format);
/* TRUE where a sign-in of @method has a secret that others can use: a refresh token is good for one
 * program alone, since each use replaces it (fact sheet 2.3). */
gboolean baton_share_has_secret (BatonMethod method);
/* @secret: (nullable): what the account signs in with. @token: (nullable): the access token. NULL
 * for both leaves the secrets out. Returns: (transfer full). */
char *baton_share_make (BatonShareFormat format,
                        BatonAccount *account,
                        BatonSecret *secret,
                        BatonToken *token);

G_END_DECLS
