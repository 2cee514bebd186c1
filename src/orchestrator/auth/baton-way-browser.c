/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-error.h"
#include "baton-json.h"
#include "baton-oauth.h"
#include "baton-way.h"

/* An external application that acts for a person who signed in in the browser (fact sheet 2.3). The
 * first secret is the authorization code that the browser brought, which is good for one call; it
 * brings a refresh token, and that another one each time. */

/* fact sheet 2.3: an hour, and two months */
#define DEFAULT_LIFE 3600
#define REFRESH_LIFE (60 * 86400LL * G_USEC_PER_SEC)

static gboolean
is_code (BatonSecret *secret)
{
  return baton_secret_get_kind (secret) == BATON_SECRET_AUTHORIZATION_CODE;
}

static gboolean
ask (BatonAccount *account, BatonSecret *secret, BatonTokenCall *call, GError **error)
{
  const char *client_id = baton_oauth_require_client_id (account, error);
  const char *value = baton_secret_get_value (secret);

  if (client_id == NULL)
    return FALSE;

  call->url = baton_deployment_make_identity_url (baton_account_get_deployment (account),
                                                  "/connect/token");
  if (is_code (secret))
    baton_token_call_set_form (call, "grant_type", "authorization_code", "client_id", client_id,
                               "client_secret", baton_secret_get_client_secret (secret), "code",
                               value, "code_verifier", baton_secret_get_verifier (secret),
                               "redirect_uri", baton_account_get_redirect_uri (account), NULL);
  else
    baton_token_call_set_form (call, "grant_type", "refresh_token", "client_id", client_id,
                               "client_secret", baton_secret_get_client_secret (secret),
                               "refresh_token", value, NULL);
  call->refused_secret
      = is_code (secret) ? _ ("The server does not accept what the browser brought: it was used "
                              "already, or took too long. Please sign in again.")
                         : _ ("The sign-in has ended: it was revoked, used elsewhere, or is older "
                              "than 60 days.");
  call->refused_client = _ ("The server does not accept this client ID, or its secret.");

  return TRUE;
}

static BatonToken *
read_answer (BatonSecret *secret,
             JsonObject *answer,
             gint64 asked_at,
             gint64 offset,
             BatonSecret **rotated,
             GError **error)
{
  const char *refresh = baton_json_peek_string (answer, "refresh_token");

  if (refresh == NULL && is_code (secret))
    {
      g_set_error_literal (
          error, BATON_ERROR, BATON_ERROR_INVALID,
          _ ("The server gave no refresh token, so that the sign-in would end in an "
             "hour. Ask for the scope “offline_access”."));
      return NULL;
    }
  if (refresh != NULL)
    *rotated = baton_secret_new_of_client (BATON_SECRET_REFRESH_TOKEN, refresh,
                                           baton_secret_get_client_secret (secret),
                                           asked_at + offset, asked_at + offset + REFRESH_LIFE);

  return baton_oauth_read_token (answer, asked_at, DEFAULT_LIFE, error);
}

static gboolean
ask_revocation (BatonAccount *account, BatonSecret *secret, BatonTokenCall *call, GError **error)
{
  const char *client_id = baton_oauth_require_client_id (account, error);

  if (client_id == NULL)
    return FALSE;

  call->url = baton_deployment_make_identity_url (baton_account_get_deployment (account),
                                                  "/connect/revocation");
  baton_token_call_set_form (call, "token", baton_secret_get_value (secret), "token_type_hint",
                             "refresh_token", "client_id", client_id, "client_secret",
                             baton_secret_get_client_secret (secret), NULL);
  call->refused_secret = _ ("The server does not know this sign-in any more.");
  call->refused_client = _ ("The server does not accept this client ID, or its secret.");

  return TRUE;
}

const BatonWay baton_way_browser = {
  .ask = ask,
  .read = read_answer,
  .ask_revocation = ask_revocation,
  .rotates = TRUE,
};
