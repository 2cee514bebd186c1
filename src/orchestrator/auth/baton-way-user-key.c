/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-oauth.h"
#include "baton-way.h"

/* The user key of the cloud's first years, an Auth0 refresh token that does not rotate (fact sheet
 * 2.1). */

/* fact sheet 2.1: a day, where the answer does not say */
#define DEFAULT_LIFE 86400

static gboolean
fill (BatonAccount *account,
      BatonSecret *secret,
      const char *grant,
      const char *member,
      BatonTokenCall *call,
      GError **error)
{
  const char *client_id = baton_oauth_require_client_id (account, error);

  if (client_id == NULL)
    return FALSE;

  if (grant != NULL)
    baton_token_call_set_json (call, "grant_type", grant, "client_id", client_id, member,
                               baton_secret_get_value (secret), NULL);
  else
    baton_token_call_set_json (call, "client_id", client_id, member,
                               baton_secret_get_value (secret), NULL);
  call->refused_secret
      = _ ("The server does not accept the user key: it is unknown or was revoked.");
  call->refused_client = _ ("The server does not know this client ID.");

  return TRUE;
}

static gboolean
ask (BatonAccount *account, BatonSecret *secret, BatonTokenCall *call, GError **error)
{
  call->url = g_strdup (baton_deployment_get_token_url (baton_account_get_deployment (account)));

  return fill (account, secret, "refresh_token", "refresh_token", call, error);
}

static BatonToken *
read_answer (BatonSecret *secret,
             JsonObject *answer,
             gint64 asked_at,
             gint64 offset,
             BatonSecret **rotated,
             GError **error)
{
  return baton_oauth_read_token (answer, asked_at, DEFAULT_LIFE, error);
}

static gboolean
ask_revocation (BatonAccount *account, BatonSecret *secret, BatonTokenCall *call, GError **error)
{
  call->url = g_strdup (baton_deployment_get_revoke_url (baton_account_get_deployment (account)));

  return fill (account, secret, NULL, "token", call, error);
}

const BatonWay baton_way_user_key = {
  .ask = ask,
  .read = read_answer,
  .ask_revocation = ask_revocation,
};
