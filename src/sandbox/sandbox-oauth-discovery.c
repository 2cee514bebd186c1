/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "sandbox-jwt.h"
#include "sandbox-oauth-scope.h"
#include "sandbox-oauth.h"

static const struct
{
  const char *name;
  const char *path;
} endpoints[] = {
  { "jwks_uri", "/.well-known/openid-configuration/jwks" },
  { "authorization_endpoint", "/connect/authorize" },
  { "token_endpoint", "/connect/token" },
  { "userinfo_endpoint", "/connect/userinfo" },
  { "end_session_endpoint", "/connect/endsession" },
  { "revocation_endpoint", "/connect/revocation" },
};

/* What each list holds, up to NULL. */
static const struct
{
  const char *name;
  const char *values[6];
} lists[] = {
  { "response_types_supported", { "code" } },
  { "response_modes_supported", { "query" } },
  { "grant_types_supported", { "authorization_code", "client_credentials", "refresh_token" } },
  { "token_endpoint_auth_methods_supported",
    { "client_secret_basic", "client_secret_post", "none" } },
  { "revocation_endpoint_auth_methods_supported",
    { "client_secret_basic", "client_secret_post", "none" } },
  { "id_token_signing_alg_values_supported", { "RS256" } },
  { "subject_types_supported", { "public" } },
  { "code_challenge_methods_supported", { "S256" } },
  { "prompt_values_supported", { "none", "login", "consent", "select_account" } },
};

static void
add_scopes (JsonBuilder *builder)
{
  g_autofree char *all = sandbox_oauth_scope_dup_all (TRUE);
  g_autofree char *with_person = g_strconcat (
      "openid profile email offline_access " SANDBOX_OAUTH_SCOPE_DEFAULT " ", all, NULL);
  g_auto (GStrv) names = g_strsplit (with_person, " ", -1);

  json_builder_set_member_name (builder, "scopes_supported");
  json_builder_begin_array (builder);
  for (guint i = 0; names[i] != NULL; i++)
    json_builder_add_string_value (builder, names[i]);
  json_builder_end_array (builder);
}

static void
configuration_cb (SandboxRequest *request)
{
  g_autofree char *issuer = sandbox_oauth_dup_issuer (request);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "issuer");
  json_builder_add_string_value (builder, issuer);
  for (gsize i = 0; i < G_N_ELEMENTS (endpoints); i++)
    {
      g_autofree char *address = g_strconcat (issuer, endpoints[i].path, NULL);

      json_builder_set_member_name (builder, endpoints[i].name);
      json_builder_add_string_value (builder, address);
    }
  add_scopes (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      json_builder_set_member_name (builder, lists[i].name);
      json_builder_begin_array (builder);
      for (gsize j = 0; lists[i].values[j] != NULL; j++)
        json_builder_add_string_value (builder, lists[i].values[j]);
      json_builder_end_array (builder);
    }
  /* Without a word it would be thought to be. */
  json_builder_set_member_name (builder, "request_uri_parameter_supported");
  json_builder_add_boolean_value (builder, FALSE);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  sandbox_reply_node (request, 200, node);
}

static void
keys_cb (SandboxRequest *request)
{
  g_autofree char *keys = sandbox_jwt_make_key_set ();

  sandbox_reply_json (request, 200, g_string_new (keys));
}

const SandboxOperation sandbox_oauth_discovery_operations[] = {
  SANDBOX_OAUTH_AT ("GET", "/.well-known/openid-configuration", configuration_cb),
  SANDBOX_OAUTH_AT ("GET", "/.well-known/openid-configuration/jwks", keys_cb),
  { NULL },
};
