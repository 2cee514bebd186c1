/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-user-key.h"

#include "baton-json.h"
#include "sandbox-clock.h"
#include "sandbox-form.h"
#include "sandbox-jwt.h"
#include "sandbox-secret.h"
#include "sandbox-server.h"
#include "sandbox-token.h"

#define SCOPE "openid profile email offline_access"

static void
add_person (JsonBuilder *builder, const SandboxPerson *person)
{
  json_builder_set_member_name (builder, "name");
  json_builder_add_string_value (builder, person->display_name);
  json_builder_set_member_name (builder, "email");
  json_builder_add_string_value (builder, person->email);
  json_builder_set_member_name (builder, "email_verified");
  json_builder_add_boolean_value (builder, TRUE);
}

/* The claims that were seen in tokens of the service (fact sheet 2.1); "jti" keeps two tokens of
 * one second apart. */
static char *
make_token (SandboxRequest *request, const SandboxPerson *person, SandboxTokenKind kind, int life)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) claims = NULL;
  g_autofree char *issuer =
      g_strconcat (sandbox_server_get_origin (request->server), "/", NULL);
  g_autofree char *id = sandbox_secret_make (15);
  g_autofree char *text = NULL;
  gint64 now = sandbox_clock_now () / G_USEC_PER_SEC;

  json_builder_begin_object (builder);
  if (kind == SANDBOX_TOKEN_ACCESS)
    {
      json_builder_set_member_name (builder, "https://uipath/email");
      json_builder_add_string_value (builder, person->email);
      json_builder_set_member_name (builder, "https://uipath/email_verified");
      json_builder_add_boolean_value (builder, TRUE);
    }
  else
    add_person (builder, person);
  json_builder_set_member_name (builder, "iss");
  json_builder_add_string_value (builder, issuer);
  json_builder_set_member_name (builder, "sub");
  json_builder_add_string_value (builder, person->subject);
  json_builder_set_member_name (builder, "aud");
  if (kind == SANDBOX_TOKEN_ACCESS)
    {
      json_builder_begin_array (builder);
      json_builder_add_string_value (builder, "https://orchestrator.cloud.uipath.com");
      json_builder_add_string_value (builder, "https://uipath.eu.auth0.com/userinfo");
      json_builder_end_array (builder);
    }
  else
    json_builder_add_string_value (builder, SANDBOX_CLIENT_ID);
  json_builder_set_member_name (builder, "iat");
  json_builder_add_int_value (builder, now);
  json_builder_set_member_name (builder, "exp");
  json_builder_add_int_value (builder, now + life);
  json_builder_set_member_name (builder, "jti");
  json_builder_add_string_value (builder, id);
  if (kind == SANDBOX_TOKEN_ACCESS)
    {
      json_builder_set_member_name (builder, "azp");
      json_builder_add_string_value (builder, SANDBOX_CLIENT_ID);
      json_builder_set_member_name (builder, "scope");
      json_builder_add_string_value (builder, SCOPE);
    }
  json_builder_end_object (builder);
  claims = json_builder_get_root (builder);
  text = baton_json_to_text (claims, FALSE);

  return sandbox_jwt_make (text, "JWT");
}

static void
reply_tokens (SandboxRequest *request, SandboxPerson *person, const char *user_key)
{
  int life = sandbox_server_get_options (request->server)->user_key_token_life;
  g_autofree char *access_token = make_token (request, person, SANDBOX_TOKEN_ACCESS, life);
  g_autofree char *id_token = make_token (request, person, SANDBOX_TOKEN_ID, life);
  g_auto (SandboxToken) token = { sandbox_person_ref (person), .grant = sandbox_secret_hash (user_key) };
  GString *json = g_string_new (NULL);

  sandbox_store_begin (request->store);
  token.kind = SANDBOX_TOKEN_ACCESS;
  sandbox_token_keep (request->store, access_token, &token, life);
  token.kind = SANDBOX_TOKEN_ID;
  sandbox_token_keep (request->store, id_token, &token, life);
  sandbox_store_commit (request->store);

  /* No refresh_token: the user key is it, and does not rotate. */
  g_string_append_printf (json,
                          "{\"access_token\":\"%s\",\"id_token\":\"%s\",\"scope\":\"" SCOPE
                          "\",\"expires_in\":%d,\"token_type\":\"Bearer\"}",
                          access_token,
                          id_token,
                          life);
  sandbox_reply_json (request, 200, json);
}

/* Answers where the client id is missing or another one. Returns: TRUE where it is good. */
static gboolean
check_client (SandboxRequest *request, SandboxForm *form)
{
  const char *client_id = sandbox_form_get (form, "client_id");

  if (client_id == NULL)
    sandbox_reply_oauth_error (
        request, 400, "invalid_request", "Missing required parameter: client_id");
  else if (!g_str_equal (client_id, SANDBOX_CLIENT_ID))
    sandbox_reply_oauth_error (request, 401, "invalid_client", "Unknown client id.");
  else
    return TRUE;

  return FALSE;
}

static void
token_cb (SandboxRequest *request)
{
  g_autoptr (SandboxForm) form = sandbox_form_new (request);
  g_autoptr (SandboxPerson) person = NULL;
  const char *grant_type;
  const char *user_key;

  grant_type = sandbox_form_get (form, "grant_type");
  user_key = sandbox_form_get (form, "refresh_token");

  if (grant_type == NULL)
    {
      sandbox_reply_oauth_error (
          request, 400, "invalid_request", "Missing required parameter: grant_type");
      return;
    }
  if (!g_str_equal (grant_type, "refresh_token"))
    {
      sandbox_reply_oauth_error (
          request, 400, "unsupported_grant_type", "Only refresh_token is known here.");
      return;
    }
  if (!check_client (request, form))
    return;
  if (user_key == NULL)
    {
      sandbox_reply_oauth_error (
          request, 400, "invalid_request", "Missing required parameter: refresh_token");
      return;
    }

  person = sandbox_user_key_find (request->store, user_key);
  if (person != NULL)
    reply_tokens (request, person, user_key);
  else
    sandbox_reply_oauth_error (request, 403, "invalid_grant", "Unknown or invalid refresh token.");
}

/* Auth0 answers 200 also for a token that it does not know, and takes back the whole grant: every
 * key of the person. */
static void
revoke_cb (SandboxRequest *request)
{
  g_autoptr (SandboxForm) form = sandbox_form_new (request);
  g_autoptr (SandboxPerson) person = NULL;
  const char *user_key;

  user_key = sandbox_form_get (form, "token");
  if (!check_client (request, form))
    return;
  if (user_key == NULL)
    {
      sandbox_reply_oauth_error (
          request, 400, "invalid_request", "Missing required parameter: token");
      return;
    }

  person = sandbox_user_key_find (request->store, user_key);
  if (person != NULL)
    sandbox_user_key_revoke_all (request->store, person);
  sandbox_reply_empty (request, 200);
}

const SandboxOperation sandbox_user_key_operations[] = {
  /* What is wrong with a body is said as OAuth says it. */
  { "POST", "/oauth/token", SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, token_cb, .raw = TRUE },
  { "POST", "/oauth/revoke", SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, revoke_cb, .raw = TRUE },
  { NULL },
};
