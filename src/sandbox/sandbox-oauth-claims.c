/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "sandbox-clock.h"
#include "sandbox-jwt.h"
#include "sandbox-oauth-scope.h"
#include "sandbox-oauth.h"
#include "sandbox-secret.h"
#include "sandbox-server.h"

char *
sandbox_oauth_dup_issuer (SandboxRequest *request)
{
  g_autofree char *origin = sandbox_request_dup_origin (request);

  return g_strconcat (origin, "/identity_", NULL);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
sandbox_oauth_append_person (JsonBuilder *builder, const SandboxPerson *person, const char *scopes)
{
  add_text (builder, "sub", person->key);
  if (sandbox_oauth_scope_contains (scopes, "profile"))
    {
      add_text (builder, "name", person->display_name);
      add_text (builder, "first_name", person->name);
      add_text (builder, "last_name", person->surname);
      add_text (builder, "preferred_username", person->email);
    }
  if (sandbox_oauth_scope_contains (scopes, "email"))
    {
      add_text (builder, "email", person->email);
      json_builder_set_member_name (builder, "email_verified");
      json_builder_add_boolean_value (builder, TRUE);
    }
}

/* Begins the claims that each token has. */
static JsonBuilder *
begin (SandboxRequest *request, gint64 life)
{
  JsonBuilder *builder = json_builder_new ();
  g_autofree char *issuer = sandbox_oauth_dup_issuer (request);
  g_autofree char *id = sandbox_secret_make (16);
  gint64 now = sandbox_clock_now () / G_USEC_PER_SEC;

  json_builder_begin_object (builder);
  add_text (builder, "iss", issuer);
  add_int (builder, "nbf", now);
  add_int (builder, "iat", now);
  add_int (builder, "exp", now + life);
  add_text (builder, "jti", id);
  add_text (builder, "prt_id", SANDBOX_ORGANIZATION_KEY);

  return builder;
}

/* @builder: (transfer full). */
static char *
end (JsonBuilder *builder, const char *type)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  text = baton_json_to_text (node, FALSE);
  g_object_unref (builder);

  return sandbox_jwt_make (text, type);
}

static void
add_sign_in (JsonBuilder *builder, const SandboxGrant *grant)
{
  json_builder_set_member_name (builder, "amr");
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, "pwd");
  json_builder_end_array (builder);
  add_text (builder, "idp", "local");
  add_text (builder, "ext_idp_disp_name", "GlobalIdp");
  add_int (builder, "auth_time", grant->signed_in / G_USEC_PER_SEC);
  add_text (builder, "sid", grant->session);
  add_text (builder, "sub_type", "user");
}

static void
add_audience (JsonBuilder *builder, const char *scopes)
{
  json_builder_set_member_name (builder, "aud");
  json_builder_begin_array (builder);
  if (g_strstr_len (scopes, -1, "OR.") != NULL)
    json_builder_add_string_value (builder, "UiPath.Orchestrator");
  if (g_strstr_len (scopes, -1, "PM.") != NULL)
    json_builder_add_string_value (builder, "IdentityServerApi");
  json_builder_end_array (builder);
}

static void
add_scopes (JsonBuilder *builder, const char *scopes)
{
  g_auto (GStrv) names = g_strsplit (scopes, " ", -1);

  json_builder_set_member_name (builder, "scope");
  json_builder_begin_array (builder);
  for (guint i = 0; names[i] != NULL; i++)
    json_builder_add_string_value (builder, names[i]);
  json_builder_end_array (builder);
}

char *
sandbox_oauth_make_access_token (SandboxRequest *request,
                                 const SandboxApplication *application,
                                 const SandboxGrant *grant,
                                 const char *scopes)
{
  int life = sandbox_server_get_options (request->server)->access_token_life;
  JsonBuilder *builder = begin (request, life);
  SandboxToken token = { grant != NULL ? grant->person : NULL, SANDBOX_TOKEN_APPLICATION };
  char *text;

  add_audience (builder, scopes);
  add_text (builder, "client_id", application->id);
  if (grant != NULL)
    {
      /* Whatever was asked for, an access token tells who it is (fact sheet 2.3). */
      sandbox_oauth_append_person (builder, grant->person, "profile email");
      add_sign_in (builder, grant);
      token.grant = grant->id;
    }
  else
    add_text (builder, "sub_type", "service.external");
  add_scopes (builder, scopes);
  text = end (builder, "at+jwt");

  token.client = application->id;
  token.scopes = (char *)scopes;
  sandbox_token_keep (request->store, text, &token, life);

  return text;
}

char *
sandbox_oauth_make_id_token (SandboxRequest *request, const SandboxGrant *grant)
{
  JsonBuilder *builder
      = begin (request, sandbox_server_get_options (request->server)->access_token_life);

  add_text (builder, "aud", grant->client);
  sandbox_oauth_append_person (builder, grant->person, grant->scopes);
  add_sign_in (builder, grant);
  if (grant->nonce != NULL)
    add_text (builder, "nonce", grant->nonce);

  return end (builder, "JWT");
}
