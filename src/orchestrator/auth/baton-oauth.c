/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-error.h"
#include "baton-json.h"
#include "baton-oauth.h"

#define MAX_LIFE (10 * 366 * 86400LL)

BatonToken *
baton_oauth_read_token (JsonObject *answer, gint64 asked_at, gint64 default_life, GError **error)
{
  const char *access_token = baton_json_peek_string (answer, "access_token");
  gint64 life = baton_json_peek_int (answer, "expires_in", default_life);

  if (access_token == NULL || *access_token == '\0')
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER,
                           _ ("The server said yes, but gave no access token."));
      return NULL;
    }

  if (life <= 0)
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER,
                           _ ("The server gave an access token that has expired already."));
      return NULL;
    }

  return baton_token_new (access_token, baton_json_peek_string (answer, "id_token"), asked_at,
                          asked_at + MIN (life, MAX_LIFE) * G_USEC_PER_SEC);
}

const char *
baton_oauth_require_client_id (BatonAccount *account, GError **error)
{
  const char *client_id = baton_account_get_client_id (account);

  if (client_id != NULL)
    return client_id;

  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID,
                       baton_account_get_method (account) == BATON_METHOD_USER_KEY
                           ? _ ("The client ID is missing. The API Access page shows it beside the "
                                "user key.")
                           : _ ("The client ID is missing. It is the App ID of the external "
                                "application."));

  return NULL;
}
