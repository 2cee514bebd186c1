/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-oauth.h"
#include "baton-way.h"

/* A confidential external application that acts by itself: no refresh token, the secret is asked
 * with again (fact sheet 2.3). */

/* fact sheet 2.3: an hour */
#define DEFAULT_LIFE 3600

static gboolean
ask (BatonAccount *account, BatonSecret *secret, BatonTokenCall *call, GError **error)
{
  BatonDeployment *deployment = baton_account_get_deployment (account);
  const char *client_id = baton_oauth_require_client_id (account, error);

  if (client_id == NULL)
    return FALSE;

  call->url = baton_deployment_make_identity_url (deployment, "/connect/token");
  baton_token_call_set_form (call, "grant_type", "client_credentials", "client_id", client_id,
                             "client_secret", baton_secret_get_value (secret), "scope",
                             baton_account_get_scopes (account), NULL);
  call->refused_secret = _ ("The server does not accept this client ID with this secret.");
  call->refused_client = call->refused_secret;

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
  return baton_oauth_read_token (answer, asked_at, DEFAULT_LIFE, error);
}

const BatonWay baton_way_client_credentials = {
  .ask = ask,
  .read = read_answer,
  .revoked_elsewhere = N_ ("A client secret is deleted where it was made: in the organisation’s "
                           "external applications."),
};
