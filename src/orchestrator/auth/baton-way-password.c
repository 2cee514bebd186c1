/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-error.h"
#include "baton-json.h"
#include "baton-way.h"

/* User name and password of a standalone Orchestrator (fact sheet 2.2). */

/* fact sheet 2.2: half an hour, and the answer does not say */
#define LIFE (30 * 60 * G_USEC_PER_SEC)

static gboolean
ask (BatonAccount *account, BatonSecret *secret, BatonTokenCall *call, GError **error)
{
  BatonDeployment *deployment = baton_account_get_deployment (account);
  const char *user_name = baton_account_get_user_name (account);
  const char *tenant = baton_deployment_get_tenant (deployment);

  if (user_name == NULL)
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID,
                           _ ("The user name is missing."));
      return FALSE;
    }

  call->url = g_strdup (baton_deployment_get_authenticate_url (deployment));
  baton_token_call_set_json (call, "tenancyName", tenant != NULL ? tenant : "Default",
                             "usernameOrEmailAddress", user_name, "password",
                             baton_secret_get_value (secret), NULL);
  call->refused_secret = _ ("The server does not accept this user name with this password.");
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
  const char *token = baton_json_peek_string (answer, "result");

  if (token == NULL || *token == '\0')
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER,
                           _ ("The server said yes, but gave no access token."));
      return NULL;
    }

  return baton_token_new (token, NULL, asked_at, asked_at + LIFE);
}

const BatonWay baton_way_password = {
  .ask = ask,
  .read = read_answer,
  .revoked_elsewhere
  = N_ ("A password cannot be revoked from here: change it in Orchestrator, under "
        "your user’s preferences."),
};
