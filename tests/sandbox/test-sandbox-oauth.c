/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "jws-test.h"
#include "oauth-test.h"

#define ADMIN "admin:sandbox-password"
#define OFFLINE "openid profile email offline_access OR.Folders.Read OR.Users.Read"
#define CODE_FORM "grant_type=authorization_code&client_id=" OAUTH_DESKTOP
#define GOOD_REDIRECT "&redirect_uri=" OAUTH_REDIRECT
#define BATCH_FORM                                                                                 \
  "grant_type=client_credentials&client_id=" OAUTH_BATCH "&client_secret=" OAUTH_BATCH_SECRET

static SandboxTest *test;

static SandboxAnswer *
get (const char *address, const char *bearer)
{
  return sandbox_test_send (test, "GET", address, bearer, 0, NULL, NULL);
}

/* What is there is no page that the deployment lacks. */
static void
assert_method (const char *address, const char *method)
{
  g_autoptr (SandboxAnswer) answer
      = sandbox_test_send (test, method, address, NULL, 0, NULL, NULL);

  sandbox_assert_status (answer, 405);
}

static void
test_discovery (void)
{
  static const char *const addresses[] = {
    "/identity_/.well-known/openid-configuration",
    "/acme/identity_/.well-known/openid-configuration",
    "/identity/.well-known/openid-configuration",
  };
  g_autoptr (SandboxAnswer) elsewhere = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (SandboxAnswer) answer = get (addresses[i], NULL);
      g_autoptr (SandboxAnswer) keys = NULL;
      g_autofree char *issuer = g_strconcat (test->origin, "/identity_", NULL);

      sandbox_assert_status (answer, 200);
      g_assert_cmpstr (baton_json_peek_string (answer->json, "issuer"), ==, issuer);
      g_assert_true (g_str_has_prefix (
          baton_json_peek_string (answer->json, "authorization_endpoint"), issuer));
      keys = get (baton_json_peek_string (answer->json, "jwks_uri"), NULL);
      sandbox_assert_status (keys, 200);
      g_assert_cmpuint (baton_json_length (baton_json_peek_array (keys->json, "keys")), ==, 1);
      /* The private part stays here. */
      g_assert_false (baton_json_has (
          baton_json_peek_object_at (baton_json_peek_array (keys->json, "keys"), 0), "d"));
      g_assert_false (
          baton_json_peek_bool (answer->json, "request_uri_parameter_supported", TRUE));
      assert_method (addresses[i], "POST");
      assert_method (baton_json_peek_string (answer->json, "token_endpoint"), "GET");
      assert_method (baton_json_peek_string (answer->json, "revocation_endpoint"), "GET");
    }
  elsewhere = get ("/nobody/identity_/.well-known/openid-configuration", NULL);
  g_assert_true (g_str_has_prefix (elsewhere->text, "<!DOCTYPE html>"));
}

/* Returns: (transfer full): the claims of a token whose signature is good by the published keys. */
static JsonNode *
verify (const char *token)
{
  g_autoptr (SandboxAnswer) keys = get ("/identity_/.well-known/openid-configuration/jwks", NULL);
  g_autofree char *claims = jws_test_verify (token, keys->text);
  JsonNode *node;

  g_assert_nonnull (claims);
  node = baton_json_parse_text (claims, -1, NULL);
  g_assert_nonnull (node);

  return node;
}

static void
assert_time_claims (JsonObject *claims, gint64 life)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 issued = baton_json_peek_int (claims, "iat", 0);

  g_assert_cmpint (ABS (now - issued), <, 30);
  g_assert_cmpint (baton_json_peek_int (claims, "nbf", 0), ==, issued);
  g_assert_cmpint (baton_json_peek_int (claims, "exp", 0), ==, issued + life);
}

static gboolean
array_has (JsonArray *array, const char *text)
{
  for (guint i = 0; i < baton_json_length (array); i++)
    if (g_strcmp0 (baton_json_peek_string_at (array, i), text) == 0)
      return TRUE;

  return FALSE;
}

static void
test_code (void)
{
  g_autoptr (SandboxAnswer) tokens = oauth_get_tokens (test, OFFLINE, ADMIN);
  g_autoptr (JsonNode) access = NULL;
  g_autoptr (JsonNode) identity = NULL;
  g_autoptr (SandboxAnswer) folders = NULL;
  g_autoptr (SandboxAnswer) user = NULL;
  g_autofree char *issuer = g_strconcat (test->origin, "/identity_", NULL);
  JsonObject *claims;

  sandbox_assert_status (tokens, 200);
  g_assert_cmpstr (baton_json_peek_string (tokens->json, "token_type"), ==, "Bearer");
  g_assert_cmpint (baton_json_peek_int (tokens->json, "expires_in", 0), ==, 3600);
  g_assert_cmpstr (baton_json_peek_string (tokens->json, "scope"), ==, OFFLINE);
  g_assert_nonnull (baton_json_peek_string (tokens->json, "refresh_token"));

  access = verify (baton_json_peek_string (tokens->json, "access_token"));
  claims = baton_json_peek_root_object (access);
  assert_time_claims (claims, 3600);
  g_assert_cmpstr (baton_json_peek_string (claims, "iss"), ==, issuer);
  g_assert_cmpstr (baton_json_peek_string (claims, "prt_id"), ==,
                   "6f0c3a52-8f1d-4c4e-9b7a-2f6d0e51a001");
  g_assert_cmpstr (baton_json_peek_string (claims, "client_id"), ==, OAUTH_DESKTOP);
  g_assert_cmpstr (baton_json_peek_string (claims, "email"), ==, "ada.admin@acme.example");
  g_assert_cmpstr (baton_json_peek_string (claims, "preferred_username"), ==,
                   "ada.admin@acme.example");
  g_assert_cmpstr (baton_json_peek_string (claims, "name"), ==, "Ada Admin");
  g_assert_true (array_has (baton_json_peek_array (claims, "scope"), "OR.Folders.Read"));
  g_assert_true (array_has (baton_json_peek_array (claims, "aud"), "UiPath.Orchestrator"));

  identity = verify (baton_json_peek_string (tokens->json, "id_token"));
  g_assert_cmpstr (baton_json_peek_string (baton_json_peek_root_object (identity), "aud"), ==,
                   OAUTH_DESKTOP);
  g_assert_cmpstr (baton_json_peek_string (baton_json_peek_root_object (identity), "nonce"), ==,
                   "n1");
  g_assert_cmpstr (baton_json_peek_string (baton_json_peek_root_object (identity), "sub"), ==,
                   baton_json_peek_string (claims, "sub"));

  folders = get ("odata/Folders", baton_json_peek_string (tokens->json, "access_token"));
  sandbox_assert_status (folders, 200);
  user = get ("odata/Users/UiPath.Server.Configuration.OData.GetCurrentUser",
              baton_json_peek_string (tokens->json, "access_token"));
  sandbox_assert_status (user, 200);
  g_assert_cmpstr (baton_json_peek_string (user->json, "UserName"), ==, "admin");
}

static void
test_signature_matters (void)
{
  g_autofree char *token = oauth_get_batch_token (test, "OR.Folders");
  g_autoptr (SandboxAnswer) keys = get ("/identity_/.well-known/openid-configuration/jwks", NULL);
  g_autofree char *good = jws_test_verify (token, keys->text);
  g_autofree char *bad = NULL;
  g_autoptr (SandboxAnswer) refused = NULL;
  char *dot = strchr (token, '.');

  g_assert_nonnull (good);
  dot[5] = dot[5] == 'A' ? 'B' : 'A';
  bad = jws_test_verify (token, keys->text);
  g_assert_null (bad);
  refused = get ("odata/Folders", token);
  sandbox_assert_error (refused, 401, 0);
}

static void
test_callback (void)
{
  g_autofree char *query = oauth_make_query ("OR.Folders.Read");
  g_autofree char *location = oauth_sign_in (test, query, ADMIN);
  g_autofree char *state = oauth_get_parameter (location, "state");
  g_autofree char *scope = oauth_get_parameter (location, "scope");
  g_autofree char *session_state = oauth_get_parameter (location, "session_state");

  g_assert_true (g_str_has_prefix (location, OAUTH_REDIRECT "?code="));
  g_assert_cmpstr (state, ==, "a b&c");
  g_assert_cmpstr (scope, ==, "OR.Folders.Read");
  g_assert_nonnull (session_state);
}

/* Returns: (transfer full): a fresh code of the desktop tool. */
static char *
get_code (const char *scope)
{
  g_autofree char *query = oauth_make_query (scope);
  g_autofree char *location = oauth_sign_in (test, query, ADMIN);

  return oauth_get_parameter (location, "code");
}

static void
test_code_errors (void)
{
  static const struct
  {
    const char *rest;
    const char *error;
  } cases[] = {
    { GOOD_REDIRECT "&code_verifier=wrong-wrong-wrong-wrong-wrong-wrong-wrong-wrong",
      "invalid_grant" },
    { GOOD_REDIRECT "&code_verifier=short", "invalid_grant" },
    { GOOD_REDIRECT, "invalid_grant" },
    { "&redirect_uri=http://localhost:8104/oidc/login/&code_verifier=" OAUTH_VERIFIER,
      "invalid_grant" },
    { "&code_verifier=" OAUTH_VERIFIER, "invalid_grant" },
    { GOOD_REDIRECT GOOD_REDIRECT "&code_verifier=" OAUTH_VERIFIER, "invalid_request" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *code = get_code ("OR.Folders.Read");
      g_autofree char *body = g_strconcat (CODE_FORM "&code=", code, cases[i].rest, NULL);
      g_autoptr (SandboxAnswer) answer = oauth_ask_token (test, body);

      oauth_assert_error (answer, 400, cases[i].error);
    }
}

static void
test_code_twice (void)
{
  g_autofree char *code = get_code ("OR.Folders.Read");
  g_autofree char *body
      = g_strconcat (CODE_FORM GOOD_REDIRECT "&code_verifier=" OAUTH_VERIFIER "&code=", code, NULL);
  g_autoptr (SandboxAnswer) first = oauth_ask_token (test, body);
  g_autoptr (SandboxAnswer) alive = NULL;
  g_autoptr (SandboxAnswer) second = NULL;
  g_autoptr (SandboxAnswer) dead = NULL;
  const char *token = baton_json_peek_string (first->json, "access_token");

  sandbox_assert_status (first, 200);
  alive = get ("odata/Folders", token);
  sandbox_assert_status (alive, 200);
  second = oauth_ask_token (test, body);
  oauth_assert_error (second, 400, "invalid_grant");
  dead = get ("odata/Folders", token);
  sandbox_assert_error (dead, 401, 0);
}

static void
test_code_of_another (void)
{
  g_autofree char *code = get_code ("OR.Folders.Read");
  g_autofree char *body = g_strconcat ("grant_type=authorization_code&client_id=" OAUTH_WEB
                                       "&client_secret=" OAUTH_WEB_SECRET GOOD_REDIRECT
                                       "&code_verifier=" OAUTH_VERIFIER "&code=",
                                       code, NULL);
  g_autoptr (SandboxAnswer) answer = oauth_ask_token (test, body);

  oauth_assert_error (answer, 400, "invalid_grant");
}

static SandboxAnswer *
refresh (const char *refresh_token, const char *rest)
{
  g_autofree char *body = g_strconcat (
      "grant_type=refresh_token&client_id=" OAUTH_DESKTOP "&refresh_token=", refresh_token, rest,
      NULL);

  return oauth_ask_token (test, body);
}

static void
test_rotation (void)
{
  g_autoptr (SandboxAnswer) first = oauth_get_tokens (test, OFFLINE, ADMIN);
  const char *first_token = baton_json_peek_string (first->json, "refresh_token");
  g_autoptr (SandboxAnswer) second = refresh (first_token, "");
  const char *second_token = baton_json_peek_string (second->json, "refresh_token");
  g_autofree char *all = g_uri_escape_string (OFFLINE, NULL, FALSE);
  g_autofree char *whole = g_strconcat ("&scope=", all, NULL);
  g_autoptr (SandboxAnswer) again = NULL;
  g_autoptr (SandboxAnswer) third = NULL;
  g_autoptr (SandboxAnswer) reused = NULL;
  g_autoptr (SandboxAnswer) last = NULL;
  g_autoptr (SandboxAnswer) dead = NULL;

  sandbox_assert_status (second, 200);
  g_assert_cmpstr (second_token, !=, first_token);
  /* A library for web pages repeats all that was granted, openid and offline_access too. */
  again = refresh (second_token, whole);
  sandbox_assert_status (again, 200);
  g_assert_cmpstr (baton_json_peek_string (again->json, "scope"), ==, OFFLINE);
  third = refresh (baton_json_peek_string (again->json, "refresh_token"), "&scope=OR.Folders.Read");
  sandbox_assert_status (third, 200);
  g_assert_cmpstr (baton_json_peek_string (third->json, "scope"), ==, "OR.Folders.Read");

  /* One that comes again ends all of them. */
  reused = refresh (first_token, "");
  oauth_assert_error (reused, 400, "invalid_grant");
  last = refresh (baton_json_peek_string (third->json, "refresh_token"), "");
  oauth_assert_error (last, 400, "invalid_grant");
  dead = get ("odata/Folders", baton_json_peek_string (third->json, "access_token"));
  sandbox_assert_error (dead, 401, 0);
}

static void
test_refresh_errors (void)
{
  g_autoptr (SandboxAnswer) tokens = oauth_get_tokens (test, OFFLINE, ADMIN);
  const char *token = baton_json_peek_string (tokens->json, "refresh_token");
  g_autoptr (SandboxAnswer) more = refresh (token, "&scope=OR.Jobs");
  g_autoptr (SandboxAnswer) unknown = refresh ("unknown", "");
  g_autoptr (SandboxAnswer) missing = refresh ("", "");
  g_autoptr (SandboxAnswer) good = NULL;
  g_autoptr (SandboxAnswer) online = oauth_get_tokens (test, "openid OR.Folders.Read", ADMIN);

  oauth_assert_error (more, 400, "invalid_scope");
  oauth_assert_error (unknown, 400, "invalid_grant");
  oauth_assert_error (missing, 400, "invalid_request");
  /* What was refused for its scope was not used. */
  good = refresh (token, "");
  sandbox_assert_status (good, 200);
  /* Only who asks for offline_access gets one. */
  sandbox_assert_status (online, 200);
  g_assert_false (baton_json_has (online->json, "refresh_token"));
}

static void
test_client_credentials (void)
{
  g_autoptr (SandboxAnswer) answer
      = oauth_ask_token (test, BATCH_FORM "&scope=%20OR.Folders.Read%20%20OR.Jobs%20");
  g_autoptr (SandboxAnswer) folders = NULL;
  g_autoptr (SandboxAnswer) user = NULL;
  g_autoptr (SandboxAnswer) navigation = NULL;
  g_autoptr (JsonNode) claims = NULL;
  g_autofree char *token = NULL;
  g_autofree char *users_token = oauth_get_batch_token (test, "OR.Users");

  sandbox_assert_status (answer, 200);
  g_assert_false (baton_json_has (answer->json, "refresh_token"));
  g_assert_false (baton_json_has (answer->json, "id_token"));
  g_assert_cmpstr (baton_json_peek_string (answer->json, "scope"), ==, "OR.Folders.Read OR.Jobs");
  token = g_strdup (baton_json_peek_string (answer->json, "access_token"));
  claims = verify (token);
  g_assert_false (baton_json_has (baton_json_peek_root_object (claims), "email"));
  g_assert_cmpstr (baton_json_peek_string (baton_json_peek_root_object (claims), "client_id"), ==,
                   OAUTH_BATCH);

  folders = get ("odata/Folders", token);
  sandbox_assert_status (folders, 200);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (folders->json, "value")), >=, 13);
  /* Fact sheet 3 number 5. */
  user = get ("odata/Users/UiPath.Server.Configuration.OData.GetCurrentUser", users_token);
  sandbox_assert_error (user, 401, 0);
  navigation = get ("/acme/portal_/api/filtering/leftnav/tenantsAndOrganizationInfo", token);
  sandbox_assert_status (navigation, 401);
}

static void
test_token_errors (void)
{
  static const struct
  {
    const char *body;
    const char *error;
  } cases[] = {
    { BATCH_FORM "&scope=OR.Folders%20offline_access", "invalid_scope" },
    { BATCH_FORM "&scope=OR.Nothing", "invalid_scope" },
    { BATCH_FORM "&scope=openid", "invalid_scope" },
    { BATCH_FORM "&scope=OR.Default", "invalid_scope" },
    { "grant_type=client_credentials&client_id=" OAUTH_BATCH "&client_secret=wrong",
      "invalid_client" },
    { "grant_type=client_credentials&client_id=" OAUTH_BATCH, "invalid_client" },
    { "grant_type=client_credentials&client_id=nobody&client_secret=x", "invalid_client" },
    { "grant_type=client_credentials", "invalid_client" },
    { "grant_type=client_credentials&client_id=" OAUTH_DESKTOP, "unauthorized_client" },
    { "grant_type=client_credentials&client_id=" OAUTH_WEB "&client_secret=" OAUTH_WEB_SECRET,
      "unauthorized_client" },
    { "grant_type=authorization_code&code=x&client_id=" OAUTH_BATCH
      "&client_secret=" OAUTH_BATCH_SECRET,
      "unauthorized_client" },
    { "grant_type=password&client_id=" OAUTH_DESKTOP, "unsupported_grant_type" },
    { CODE_FORM GOOD_REDIRECT "&code=unknown&code_verifier=" OAUTH_VERIFIER, "invalid_grant" },
    { CODE_FORM GOOD_REDIRECT, "invalid_request" },
    { "client_id=" OAUTH_DESKTOP, "invalid_request" },
    { "grant_type=%zz", "invalid_request" },
    { "", "invalid_request" },
  };
  g_autoptr (SandboxAnswer) json
      = sandbox_test_send (test, "POST", "/identity_/connect/token", NULL, 0, NULL,
                           "{\"grant_type\":\"client_credentials\"}");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SandboxAnswer) answer = oauth_ask_token (test, cases[i].body);

      g_test_message ("%s", cases[i].body);
      oauth_assert_error (answer, 400, cases[i].error);
    }
  oauth_assert_error (json, 400, "invalid_request");
}

static void
test_basic (void)
{
  static const struct
  {
    const char *credentials;
    const char *body;
    guint status;
  } cases[] = {
    { OAUTH_BATCH ":" OAUTH_BATCH_SECRET, "grant_type=client_credentials&scope=OR.Jobs", 200 },
    { OAUTH_BATCH ":wrong", "grant_type=client_credentials&scope=OR.Jobs", 401 },
    { "nothing", "grant_type=client_credentials&scope=OR.Jobs", 400 },
    { OAUTH_BATCH ":" OAUTH_BATCH_SECRET,
      "grant_type=client_credentials&scope=OR.Jobs&client_id=" OAUTH_BATCH, 200 },
    { OAUTH_BATCH ":" OAUTH_BATCH_SECRET,
      "grant_type=client_credentials&scope=OR.Jobs&client_id=" OAUTH_DESKTOP, 400 },
    { OAUTH_BATCH ":" OAUTH_BATCH_SECRET, BATCH_FORM, 400 },
  };
  g_autofree char *address = g_strconcat (test->origin, "/identity_/connect/token", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SoupMessage) message
          = soup_message_new_from_encoded_form ("POST", address, g_strdup (cases[i].body));
      g_autofree char *encoded
          = g_base64_encode ((const guchar *)cases[i].credentials, strlen (cases[i].credentials));
      g_autofree char *header = g_strconcat ("Basic ", encoded, NULL);
      g_autoptr (GBytes) bytes = NULL;

      soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                    header);
      soup_message_add_flags (message, SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
      bytes = soup_session_send_and_read (test->session, message, NULL, NULL);
      g_assert_nonnull (bytes);
      g_assert_cmpuint (soup_message_get_status (message), ==, cases[i].status);
    }
}

static void
test_confidential_with_users (void)
{
  g_autofree char *location = oauth_sign_in (
      test, "response_type=code&client_id=" OAUTH_WEB GOOD_REDIRECT "&scope=openid%20OR.Jobs",
      ADMIN);
  g_autofree char *code = oauth_get_parameter (location, "code");
  g_autofree char *body = g_strconcat ("grant_type=authorization_code&client_id=" OAUTH_WEB
                                       "&client_secret=" OAUTH_WEB_SECRET GOOD_REDIRECT "&code=",
                                       code, NULL);
  g_autofree char *without = g_strconcat (
      "grant_type=authorization_code&client_id=" OAUTH_WEB GOOD_REDIRECT "&code=", code, NULL);
  g_autoptr (SandboxAnswer) refused = oauth_ask_token (test, without);
  g_autoptr (SandboxAnswer) tokens = oauth_ask_token (test, body);

  oauth_assert_error (refused, 400, "invalid_client");
  sandbox_assert_status (tokens, 200);
  g_assert_nonnull (baton_json_peek_string (tokens->json, "id_token"));
}

static void
test_authorize_errors (void)
{
  static const struct
  {
    const char *query;
    const char *error;
  } cases[] = {
    { "client_id=" OAUTH_DESKTOP "&response_type=code", "invalid_request" },
    { "client_id=" OAUTH_DESKTOP
      "&response_type=code&redirect_uri=http://localhost:8104/oidc/login/",
      "invalid_request" },
    { "client_id=" OAUTH_DESKTOP
      "&response_type=code&redirect_uri=http://localhost:8105/oidc/login",
      "invalid_request" },
    { "client_id=nobody&response_type=code" GOOD_REDIRECT, "unauthorized_client" },
    { "response_type=code" GOOD_REDIRECT, "invalid_request" },
    { "client_id=" OAUTH_BATCH "&response_type=code" GOOD_REDIRECT, "invalid_request" },
    { "client_id=" OAUTH_DESKTOP GOOD_REDIRECT, "unsupported_response_type" },
    { "client_id=" OAUTH_DESKTOP "&response_type=token" GOOD_REDIRECT "&scope=OR.Jobs",
      "unsupported_response_type" },
    { "client_id=" OAUTH_DESKTOP "&response_type=code" GOOD_REDIRECT "&scope=OR.Jobs",
      "invalid_request" },
    { "client_id=" OAUTH_DESKTOP "&response_type=code" GOOD_REDIRECT
      "&scope=OR.Jobs&code_challenge=" OAUTH_CHALLENGE "&code_challenge_method=plain",
      "invalid_request" },
    { "client_id=" OAUTH_DESKTOP "&response_type=code" GOOD_REDIRECT
      "&scope=OR.Jobs&code_challenge=x&code_challenge_method=S256",
      "invalid_request" },
    { "client_id=" OAUTH_DESKTOP "&response_type=code" GOOD_REDIRECT
      "&code_challenge=" OAUTH_CHALLENGE "&code_challenge_method=S256",
      "invalid_request" },
    { "client_id=" OAUTH_DESKTOP "&response_type=code" GOOD_REDIRECT
      "&code_challenge=" OAUTH_CHALLENGE "&code_challenge_method=S256&scope=OR.Nothing",
      "invalid_scope" },
    { "client_id=" OAUTH_DESKTOP "&client_id=" OAUTH_DESKTOP "&response_type=code",
      "invalid_request" },
    { "client_id=" OAUTH_DESKTOP "&response_type=code" GOOD_REDIRECT "&max_age=soon",
      "invalid_request" },
    { "client_id=" OAUTH_DESKTOP "&response_type=code" GOOD_REDIRECT "&max_age=-1",
      "invalid_request" },
    { "client_id=" OAUTH_DESKTOP "&response_type=code" GOOD_REDIRECT "&prompt=none%20login",
      "invalid_request" },
    { "client_id=" OAUTH_DESKTOP "&response_type=code" GOOD_REDIRECT "&request=e30",
      "request_not_supported" },
    { "client_id=" OAUTH_DESKTOP "&response_type=code" GOOD_REDIRECT "&request_uri=https://a.b/c",
      "request_uri_not_supported" },
    { "client_id=" OAUTH_DESKTOP "&response_type=code" GOOD_REDIRECT "&registration=e30",
      "registration_not_supported" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SandboxAnswer) answer = oauth_authorize (test, cases[i].query);
      g_autofree char *start
          = g_strdup_printf ("/identity_/web/?errorCode=%s&errorId=", cases[i].error);
      g_autofree char *id = NULL;
      g_autofree guchar *bytes = NULL;
      g_autoptr (JsonNode) node = NULL;
      g_autoptr (SandboxAnswer) page = NULL;
      JsonObject *data;
      gsize length;

      g_test_message ("%s", cases[i].query);
      sandbox_assert_status (answer, 302);
      g_assert_true (g_str_has_prefix (answer->location, start));
      id = oauth_get_parameter (answer->location, "errorId");
      bytes = g_base64_decode (id, &length);
      node = baton_json_parse_text ((const char *)bytes, (gssize)length, NULL);
      g_assert_nonnull (node);
      data = baton_json_peek_object (baton_json_peek_root_object (node), "Data");
      g_assert_cmpstr (baton_json_peek_string (data, "Error"), ==, cases[i].error);
      g_assert_nonnull (baton_json_peek_string (data, "ErrorDescription"));
      g_assert_cmpint (baton_json_peek_int (baton_json_peek_root_object (node), "Created", 0), >,
                       G_GINT64_CONSTANT (638000000000000000));

      page = get (answer->location, NULL);
      sandbox_assert_status (page, 200);
      g_assert_nonnull (strstr (page->text, cases[i].error));
    }
}

static void
assert_goes_to (SandboxTest *own, const char *query, const char *start)
{
  g_autoptr (SandboxAnswer) answer = oauth_authorize (own, query);

  sandbox_assert_status (answer, 302);
  g_assert_true (g_str_has_prefix (answer->location, start));
}

static void
test_prompt (void)
{
  g_autoptr (SandboxTest) own = oauth_start (NULL, NULL);
  g_autofree char *query = oauth_make_query ("OR.Folders.Read");
  g_autofree char *quiet = g_strconcat (query, "&prompt=none", NULL);
  g_autofree char *again = g_strconcat (query, "&prompt=login", NULL);
  g_autofree char *at_once = g_strconcat (query, "&max_age=0", NULL);
  g_autofree char *soon = g_strconcat (query, "&max_age=9999", NULL);
  g_autofree char *quiet_at_once = g_strconcat (quiet, "&max_age=0", NULL);
  g_autoptr (SandboxAnswer) nobody = oauth_authorize (own, quiet);
  g_autoptr (SandboxAnswer) somebody = NULL;
  g_autoptr (SandboxAnswer) login = NULL;
  g_autofree char *error = oauth_get_parameter (nobody->location, "error");
  g_autofree char *state = oauth_get_parameter (nobody->location, "state");
  g_autofree char *location = NULL;

  sandbox_assert_status (nobody, 302);
  g_assert_cmpstr (error, ==, "login_required");
  g_assert_cmpstr (state, ==, "a b&c");
  location = oauth_sign_in (own, query, ADMIN);
  g_assert_true (g_str_has_prefix (location, OAUTH_REDIRECT "?code="));
  /* Signed in, and allowed: nothing is asked again. */
  somebody = oauth_authorize (own, quiet);
  sandbox_assert_status (somebody, 302);
  g_assert_true (g_str_has_prefix (somebody->location, OAUTH_REDIRECT "?code="));
  login = oauth_authorize (own, again);
  g_assert_true (g_str_has_prefix (login->location, "/identity_/web/login?returnUrl="));
  assert_goes_to (own, soon, OAUTH_REDIRECT "?code=");
  assert_goes_to (own, at_once, "/identity_/web/login?returnUrl=");
  assert_goes_to (own, quiet_at_once, OAUTH_REDIRECT "?error=login_required");
}

static void
test_refusal (void)
{
  g_autofree char *query = oauth_make_query ("OR.Machines");
  g_autofree char *return_url = g_strconcat ("/identity_/connect/authorize?", query, NULL);
  g_autofree char *escaped = g_uri_escape_string (return_url, NULL, FALSE);
  g_autofree char *body = g_strconcat ("action=deny&returnUrl=", escaped, NULL);
  g_autofree char *elsewhere = g_strdup ("action=allow&returnUrl=http%3A%2F%2Fevil.example");
  g_autofree char *before = get_code ("OR.Folders.Read");
  g_autoptr (SandboxAnswer) refused
      = sandbox_test_send (test, "POST", "/identity_/web/consent", NULL, 0, OAUTH_FORM, body);
  g_autoptr (SandboxAnswer) evil
      = sandbox_test_send (test, "POST", "/identity_/web/consent", NULL, 0, OAUTH_FORM, elsewhere);
  g_autofree char *error = oauth_get_parameter (refused->location, "error");

  g_assert_nonnull (before);
  sandbox_assert_status (refused, 303);
  g_assert_true (g_str_has_prefix (refused->location, OAUTH_REDIRECT "?error=access_denied"));
  g_assert_cmpstr (error, ==, "access_denied");
  sandbox_assert_status (evil, 400);
}

static void
test_wrong_password (void)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_send (
      test, "POST", "/identity_/web/login", NULL, 0, OAUTH_FORM, "user=%3Cb%3E&password=wrong");

  sandbox_assert_status (answer, 400);
  g_assert_nonnull (strstr (answer->text, "role=\"alert\""));
  g_assert_nonnull (strstr (answer->text, "value=\"&lt;b&gt;\""));
}

static void
test_userinfo (void)
{
  g_autoptr (SandboxAnswer) tokens = oauth_get_tokens (test, "openid email OR.Folders.Read", ADMIN);
  g_autofree char *batch = oauth_get_batch_token (test, "OR.Folders");
  g_autoptr (SandboxAnswer) good
      = get ("/identity_/connect/userinfo", baton_json_peek_string (tokens->json, "access_token"));
  g_autofree char *form = g_strconcat (
      "access_token=", baton_json_peek_string (tokens->json, "access_token"), NULL);
  g_autoptr (SandboxAnswer) posted
      = sandbox_test_send (test, "POST", "/identity_/connect/userinfo", NULL, 0,
                           OAUTH_FORM, form);
  g_autoptr (SandboxAnswer) application = get ("/identity_/connect/userinfo", batch);
  g_autoptr (SandboxAnswer) unknown = get ("/identity_/connect/userinfo", "unknown");
  g_autoptr (SandboxAnswer) nobody = get ("/identity_/connect/userinfo", NULL);

  sandbox_assert_status (posted, 200);
  sandbox_assert_status (good, 200);
  g_assert_cmpstr (baton_json_peek_string (good->json, "email"), ==, "ada.admin@acme.example");
  g_assert_false (baton_json_has (good->json, "name"));
  sandbox_assert_status (application, 403);
  sandbox_assert_status (unknown, 401);
  sandbox_assert_status (nobody, 401);
}

static SandboxAnswer *
revoke_token (const char *token, const char *client)
{
  g_autofree char *body = g_strdup_printf ("token=%s&%s", token, client);

  return sandbox_test_send (test, "POST", "/identity_/connect/revocation", NULL, 0, OAUTH_FORM,
                            body);
}

static void
test_revocation (void)
{
  g_autoptr (SandboxAnswer) tokens = oauth_get_tokens (test, OFFLINE, ADMIN);
  const char *refresh_token = baton_json_peek_string (tokens->json, "refresh_token");
  const char *access_token = baton_json_peek_string (tokens->json, "access_token");
  g_autoptr (SandboxAnswer) foreign
      = revoke_token (refresh_token, "client_id=" OAUTH_WEB "&client_secret=" OAUTH_WEB_SECRET);
  g_autoptr (SandboxAnswer) still = get ("odata/Folders", access_token);
  g_autoptr (SandboxAnswer) wrong = revoke_token (refresh_token, "client_id=nobody");
  g_autoptr (SandboxAnswer) unknown = revoke_token ("unknown", "client_id=" OAUTH_DESKTOP);
  g_autoptr (SandboxAnswer) done = revoke_token (refresh_token, "client_id=" OAUTH_DESKTOP);
  g_autoptr (SandboxAnswer) dead = get ("odata/Folders", access_token);
  g_autoptr (SandboxAnswer) no_more = refresh (refresh_token, "");
  g_autofree char *batch = oauth_get_batch_token (test, "OR.Folders");
  g_autoptr (SandboxAnswer) batch_done
      = revoke_token (batch, "client_id=" OAUTH_BATCH "&client_secret=" OAUTH_BATCH_SECRET);
  g_autoptr (SandboxAnswer) batch_dead = get ("odata/Folders", batch);

  sandbox_assert_status (foreign, 200);
  sandbox_assert_status (still, 200);
  oauth_assert_error (wrong, 400, "invalid_client");
  sandbox_assert_status (unknown, 200);
  sandbox_assert_status (done, 200);
  sandbox_assert_error (dead, 401, 0);
  oauth_assert_error (no_more, 400, "invalid_grant");
  sandbox_assert_status (batch_done, 200);
  sandbox_assert_error (batch_dead, 401, 0);
}

static void
test_end_session (void)
{
  g_autoptr (SandboxTest) own = oauth_start (NULL, NULL);
  g_autoptr (SandboxAnswer) tokens = oauth_get_tokens (own, "openid OR.Folders.Read", ADMIN);
  g_autofree char *good
      = g_strconcat ("/identity_/connect/endsession?post_logout_redirect_uri=" OAUTH_REDIRECT
                     "&state=s&id_token_hint=",
                     baton_json_peek_string (tokens->json, "id_token"), NULL);
  g_autofree char *evil
      = g_strconcat ("/identity_/connect/endsession?post_logout_redirect_uri=http://evil.example"
                     "&id_token_hint=",
                     baton_json_peek_string (tokens->json, "id_token"), NULL);
  g_autofree char *of_another = g_strconcat (good, "&client_id=" OAUTH_WEB, NULL);
  g_autofree char *query = oauth_make_query ("OR.Folders.Read");
  g_autoptr (SandboxAnswer) mixed
      = sandbox_test_send (own, "GET", of_another, NULL, 0, NULL, NULL);
  g_autoptr (SandboxAnswer) elsewhere = sandbox_test_send (own, "GET", evil, NULL, 0, NULL, NULL);
  g_autoptr (SandboxAnswer) out = sandbox_test_send (own, "GET", good, NULL, 0, NULL, NULL);
  g_autoptr (SandboxAnswer) after = oauth_authorize (own, query);

  sandbox_assert_status (mixed, 200);
  sandbox_assert_status (elsewhere, 200);
  sandbox_assert_status (out, 302);
  g_assert_cmpstr (out->location, ==, OAUTH_REDIRECT "?state=s");
  g_assert_true (g_str_has_prefix (after->location, "/identity_/web/login"));
}

static void
wait_for_status (SandboxTest *own, const char *token, guint status)
{
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  guint last;

  do
    {
      g_autoptr (SandboxAnswer) answer
          = sandbox_test_send (own, "GET", "odata/Folders", token, 0, NULL, NULL);

      last = answer->status;
      g_usleep (20 * 1000);
    }
  while (last != status && g_get_monotonic_time () < end);
  g_assert_cmpuint (last, ==, status);
}

static void
test_lives (void)
{
  g_autoptr (SandboxTest) own = oauth_start ("--access-token-life=1", "--refresh-token-life=3");
  g_autofree char *query = oauth_make_query (OFFLINE);
  g_autofree char *location = oauth_sign_in (own, query, ADMIN);
  g_autofree char *code = oauth_get_parameter (location, "code");
  g_autoptr (SandboxAnswer) tokens = oauth_get_tokens (own, OFFLINE, ADMIN);
  g_autofree char *code_body
      = g_strconcat (CODE_FORM GOOD_REDIRECT "&code_verifier=" OAUTH_VERIFIER "&code=", code, NULL);
  g_autofree char *refresh_body
      = g_strconcat ("grant_type=refresh_token&client_id=" OAUTH_DESKTOP "&refresh_token=",
                     baton_json_peek_string (tokens->json, "refresh_token"), NULL);
  g_autoptr (SandboxAnswer) late_code = NULL;
  g_autoptr (SandboxAnswer) late_refresh = NULL;

  g_assert_cmpint (baton_json_peek_int (tokens->json, "expires_in", 0), ==, 1);
  wait_for_status (own, baton_json_peek_string (tokens->json, "access_token"), 401);
  g_usleep (3 * G_USEC_PER_SEC);
  late_code = oauth_ask_token (own, code_body);
  oauth_assert_error (late_code, 400, "invalid_grant");
  late_refresh = oauth_ask_token (own, refresh_body);
  oauth_assert_error (late_refresh, 400, "invalid_grant");
}

static void
test_organizations (void)
{
  g_autoptr (SandboxAnswer) tokens = oauth_get_tokens (test, "OR.Folders.Read", ADMIN);
  g_autoptr (SandboxAnswer) answer
      = get ("/6f0c3a52-8f1d-4c4e-9b7a-2f6d0e51a001/portal_/api/filtering/leftnav/"
             "tenantsAndOrganizationInfo",
             baton_json_peek_string (tokens->json, "access_token"));

  sandbox_assert_status (answer, 200);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (answer->json, "tenants")), ==, 2);
}

static void
test_persists (void)
{
  g_autofree char *folder = g_dir_make_tmp ("baton-oauth-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "a sandbox.db", NULL);
  g_autofree char *option = g_strconcat ("--data=", file, NULL);
  g_autofree char *token = NULL;
  g_autofree char *body = NULL;

  {
    g_autoptr (SandboxTest) own = oauth_start (option, NULL);
    g_autoptr (SandboxAnswer) tokens = oauth_get_tokens (own, OFFLINE, ADMIN);

    token = g_strdup (baton_json_peek_string (tokens->json, "access_token"));
    body = g_strconcat ("grant_type=refresh_token&client_id=" OAUTH_DESKTOP "&refresh_token=",
                        baton_json_peek_string (tokens->json, "refresh_token"), NULL);
  }
  {
    g_autoptr (SandboxTest) own = oauth_start (option, NULL);
    g_autoptr (SandboxAnswer) folders
        = sandbox_test_send (own, "GET", "odata/Folders", token, 0, NULL, NULL);
    g_autoptr (SandboxAnswer) renewed = oauth_ask_token (own, body);

    sandbox_assert_status (folders, 200);
    sandbox_assert_status (renewed, 200);
  }
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = oauth_start (NULL, NULL);

  g_test_add_func ("/sandbox/oauth/discovery", test_discovery);
  g_test_add_func ("/sandbox/oauth/code", test_code);
  g_test_add_func ("/sandbox/oauth/signature-matters", test_signature_matters);
  g_test_add_func ("/sandbox/oauth/callback", test_callback);
  g_test_add_func ("/sandbox/oauth/code-errors", test_code_errors);
  g_test_add_func ("/sandbox/oauth/code-twice", test_code_twice);
  g_test_add_func ("/sandbox/oauth/code-of-another", test_code_of_another);
  g_test_add_func ("/sandbox/oauth/rotation", test_rotation);
  g_test_add_func ("/sandbox/oauth/refresh-errors", test_refresh_errors);
  g_test_add_func ("/sandbox/oauth/client-credentials", test_client_credentials);
  g_test_add_func ("/sandbox/oauth/token-errors", test_token_errors);
  g_test_add_func ("/sandbox/oauth/basic", test_basic);
  g_test_add_func ("/sandbox/oauth/confidential-with-users", test_confidential_with_users);
  g_test_add_func ("/sandbox/oauth/authorize-errors", test_authorize_errors);
  g_test_add_func ("/sandbox/oauth/prompt", test_prompt);
  g_test_add_func ("/sandbox/oauth/refusal", test_refusal);
  g_test_add_func ("/sandbox/oauth/wrong-password", test_wrong_password);
  g_test_add_func ("/sandbox/oauth/userinfo", test_userinfo);
  g_test_add_func ("/sandbox/oauth/revocation", test_revocation);
  g_test_add_func ("/sandbox/oauth/end-session", test_end_session);
  g_test_add_func ("/sandbox/oauth/lives", test_lives);
  g_test_add_func ("/sandbox/oauth/organizations", test_organizations);
  g_test_add_func ("/sandbox/oauth/persists", test_persists);

  status = g_test_run ();
  sandbox_test_stop (test);

  return status;
}
