/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-oauth.h"
#include "baton-way.h"

/* The user key of the cloud's first years, an Auth0 refresh token that does not rotate (fact sheet
 * 2.1). */

/* fact sheet 2.1: a day, where the answer does not say */
#define DEFAULT_LIFE 86400

static void
add_text (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static gboolean
fill (BatonAccount *account,
      BatonSecret *secret,
      const char *grant,
      const char *member,
      BatonTokenCall *call,
      GError **error)
{
  const char *client_id = baton_oauth_require_client_id (account, error);
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (JsonNode) body = NULL;

  if (client_id == NULL)
    return FALSE;

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  if (grant != NULL)
    add_text (builder, "grant_type", grant);
  add_text (builder, "client_id", client_id);
  add_text (builder, member, baton_secret_get_value (secret));
  json_builder_end_object (builder);
  body = json_builder_get_root (builder);
  baton_token_call_set_json (call, body);
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
