/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "sandbox-test.h"

#define CLIENT_ID "8DEv1AMNXczW3y4U15LL3jYf62jK93n5"
#define USER_KEY "sandbox-user-key-for-everyone-0123456789abcdef"

static SandboxTest *test;

static SandboxAnswer *
ask_token (const char *type, const char *body)
{
  return sandbox_test_send (test, "POST", "/oauth/token", NULL, 0, type, body);
}

static void
assert_oauth_error (SandboxAnswer *answer, guint status, const char *error)
{
  sandbox_assert_status (answer, status);
  g_assert_cmpstr (baton_json_peek_string (answer->json, "error"), ==, error);
  g_assert_nonnull (baton_json_peek_string (answer->json, "error_description"));
}

static JsonNode *
decode_claims (const char *token)
{
  g_auto (GStrv) parts = g_strsplit (token, ".", -1);
  g_autoptr (GString) text = NULL;
  g_autofree guchar *payload = NULL;
  gsize length;
  JsonNode *node;

  g_assert_cmpuint (g_strv_length (parts), ==, 3);
  text = g_string_new (parts[1]);
  g_string_replace (text, "-", "+", 0);
  g_string_replace (text, "_", "/", 0);
  while (text->len % 4 != 0)
    g_string_append_c (text, '=');
  payload = g_base64_decode (text->str, &length);
  node = baton_json_parse_text ((const char *) payload, (gssize) length, NULL);
  g_assert_nonnull (node);

  return node;
}

static void
test_user_key (void)
{
  g_autoptr (SandboxAnswer) answer =
      ask_token (NULL,
                 "{\"grant_type\":\"refresh_token\",\"client_id\":\"" CLIENT_ID
                 "\",\"refresh_token\":\"" USER_KEY "\"}");
  g_autoptr (JsonNode) claims = NULL;
  JsonObject *object;

  sandbox_assert_status (answer, 200);
  g_assert_cmpstr (baton_json_peek_string (answer->json, "token_type"), ==, "Bearer");
  g_assert_cmpstr (
      baton_json_peek_string (answer->json, "scope"), ==, "openid profile email offline_access");
  g_assert_cmpint (baton_json_peek_int (answer->json, "expires_in", 0), ==, 86400);
  /* The user key is the refresh token, and does not rotate (fact sheet 2.1). */
  g_assert_false (baton_json_has (answer->json, "refresh_token"));

  claims = decode_claims (baton_json_peek_string (answer->json, "access_token"));
  object = baton_json_peek_root_object (claims);
  g_assert_cmpint (
      baton_json_peek_int (object, "exp", 0) - baton_json_peek_int (object, "iat", 0), ==, 86400);
  g_assert_cmpstr (baton_json_peek_string (object, "azp"), ==, CLIENT_ID);
  g_assert_cmpstr (
      baton_json_peek_string (object, "https://uipath/email"), ==, "ada.admin@acme.example");
  g_assert_true (g_str_has_prefix (baton_json_peek_string (object, "sub"), "auth0|"));
}

static void
test_form (void)
{
  g_autoptr (SandboxAnswer) answer =
      ask_token ("application/x-www-form-urlencoded",
                 "grant_type=refresh_token&client_id=" CLIENT_ID "&refresh_token=" USER_KEY);

  sandbox_assert_status (answer, 200);
  g_assert_nonnull (baton_json_peek_string (answer->json, "access_token"));
}

static void
test_token_errors (void)
{
  static const struct
  {
    const char *body;
    guint status;
    const char *error;
  } cases[] = {
    { "{\"grant_type\":\"refresh_token\",\"client_id\":\"" CLIENT_ID
      "\",\"refresh_token\":\"wrong\"}",
      403,
      "invalid_grant" },
    { "{\"grant_type\":\"refresh_token\",\"client_id\":\"other\",\"refresh_token\":\"" USER_KEY
      "\"}",
      401,
      "invalid_client" },
    { "{\"grant_type\":\"refresh_token\",\"refresh_token\":\"" USER_KEY "\"}",
      400,
      "invalid_request" },
    { "{\"grant_type\":\"refresh_token\",\"client_id\":\"" CLIENT_ID "\"}",
      400,
      "invalid_request" },
    { "{\"client_id\":\"" CLIENT_ID "\"}", 400, "invalid_request" },
    { "{\"grant_type\":\"password\",\"client_id\":\"" CLIENT_ID "\"}",
      400,
      "unsupported_grant_type" },
    { "", 400, "invalid_request" },
    { "{", 400, "invalid_request" },
    { "\"text\"", 400, "invalid_request" },
    { "{}{}", 400, "invalid_request" },
    { "\xff", 400, "invalid_request" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SandboxAnswer) answer = ask_token (NULL, cases[i].body);

      assert_oauth_error (answer, cases[i].status, cases[i].error);
    }
}

static void
test_discovery (void)
{
  g_autoptr (SandboxAnswer) token =
      ask_token (NULL,
                 "{\"grant_type\":\"refresh_token\",\"client_id\":\"" CLIENT_ID
                 "\",\"refresh_token\":\"" USER_KEY "\"}");
  const char *const bearers[] = { baton_json_peek_string (token->json, "id_token"),
                                  baton_json_peek_string (token->json, "access_token") };

  for (gsize i = 0; i < G_N_ELEMENTS (bearers); i++)
    {
      g_autoptr (SandboxAnswer) accounts = sandbox_test_send (
          test, "GET", "/cloudrpa/api/getAccountsForUser", bearers[i], 0, NULL, NULL);
      g_autoptr (SandboxAnswer) instances =
          sandbox_test_send (test,
                             "GET",
                             "/cloudrpa/api/account/acme/getAllServiceInstances",
                             bearers[i],
                             0,
                             NULL,
                             NULL);
      JsonArray *list;
      JsonObject *second;

      sandbox_assert_status (accounts, 200);
      list = baton_json_peek_array (accounts->json, "accounts");
      g_assert_cmpstr (
          baton_json_peek_string (baton_json_peek_object_at (list, 0), "accountLogicalName"),
          ==,
          "acme");
      sandbox_assert_status (instances, 200);
      list = baton_json_peek_root_array (instances->node);
      g_assert_cmpuint (baton_json_length (list), ==, 2);
      second = baton_json_peek_object_at (list, 1);
      g_assert_cmpstr (baton_json_peek_string (second, "serviceInstanceName"), ==, "Production");
      g_assert_cmpstr (
          baton_json_peek_string (second, "serviceInstanceLogicalName"), ==, "ProductionXk4v01326");
    }
}

static void
test_discovery_refused (void)
{
  g_autoptr (SandboxAnswer) unsigned_answer =
      sandbox_test_send (test, "GET", "/cloudrpa/api/getAccountsForUser", NULL, 0, NULL, NULL);
  g_autoptr (SandboxAnswer) wrong =
      sandbox_test_send (test, "GET", "/cloudrpa/api/getAccountsForUser", "wrong", 0, NULL, NULL);
  g_autoptr (SandboxAnswer) account =
      sandbox_test_send (test,
                         "GET",
                         "/cloudrpa/api/account/other/getAllServiceInstances",
                         test->token,
                         0,
                         NULL,
                         NULL);

  sandbox_assert_error (unsigned_answer, 401, 0);
  sandbox_assert_error (wrong, 401, 0);
  sandbox_assert_error (account, 404, 1002);
}

static void
test_left_navigation (void)
{
  static const char *const organizations[] = { "acme", "6f0c3a52-8f1d-4c4e-9b7a-2f6d0e51a001" };

  for (gsize i = 0; i < G_N_ELEMENTS (organizations); i++)
    {
      g_autofree char *address = g_strdup_printf (
          "/%s/portal_/api/filtering/leftnav/tenantsAndOrganizationInfo", organizations[i]);
      g_autoptr (SandboxAnswer) answer =
          sandbox_test_send (test, "GET", address, test->token, 0, NULL, NULL);
      JsonArray *tenants;

      sandbox_assert_status (answer, 200);
      g_assert_cmpstr (
          baton_json_peek_string (baton_json_peek_object (answer->json, "organization"), "name"),
          ==,
          "acme");
      tenants = baton_json_peek_array (answer->json, "tenants");
      g_assert_cmpuint (baton_json_length (tenants), ==, 2);
      g_assert_cmpstr (baton_json_peek_string (baton_json_peek_object_at (tenants, 1), "name"),
                       ==,
                       "ProductionXk4v01326");
    }
}

static void
test_id_token_is_no_access_token (void)
{
  g_autoptr (SandboxAnswer) token =
      ask_token (NULL,
                 "{\"grant_type\":\"refresh_token\",\"client_id\":\"" CLIENT_ID
                 "\",\"refresh_token\":\"" USER_KEY "\"}");
  g_autoptr (SandboxAnswer) answer =
      sandbox_test_send (test,
                         "GET",
                         "odata/Folders",
                         baton_json_peek_string (token->json, "id_token"),
                         0,
                         NULL,
                         NULL);

  sandbox_assert_error (answer, 401, 0);
}

static void
test_personal_access_token (void)
{
  g_autoptr (SandboxAnswer) answer =
      sandbox_test_send (test,
                         "GET",
                         "odata/Folders",
                         sandbox_test_get_ready (test, "personalAccessToken"),
                         0,
                         NULL,
                         NULL);

  sandbox_assert_status (answer, 200);
}

static void
test_viewer (void)
{
  const char *token = "rt_sandbox-viewer-access-token-0123456789ab";
  g_autoptr (SandboxAnswer) read =
      sandbox_test_send (test, "GET", "odata/Assets", token, test->shared, NULL, NULL);
  g_autoptr (SandboxAnswer) write = sandbox_test_send (
      test,
      "POST",
      "odata/Assets",
      token,
      test->shared,
      NULL,
      "{\"Name\":\"Mine\",\"ValueScope\":\"Global\",\"ValueType\":\"Text\",\"StringValue\":\"x\"}");

  sandbox_assert_status (read, 200);
  sandbox_assert_status (write, 403);
  g_assert_nonnull (strstr (write->text, "You are not authorized!"));
  g_assert_nonnull (strstr (write->text, "Assets.Create"));
}

static SandboxAnswer *
authenticate (const char *address, const char *tenant, const char *user, const char *password)
{
  g_autofree char *body = g_strdup_printf (
      "{\"TenancyName\":\"%s\",\"usernameOrEmailAddress\":\"%s\",\"Password\":\"%s\"}",
      tenant,
      user,
      password);

  return sandbox_test_send (test, "POST", address, NULL, 0, NULL, body);
}

static void
test_password (void)
{
  g_autoptr (SandboxAnswer) answer = authenticate ("/api/Account/Authenticate",
                                                   "DefaultTenant",
                                                   "admin",
                                                   sandbox_test_get_ready (test, "password"));
  const char *token;
  g_autoptr (SandboxAnswer) own = NULL;
  g_autoptr (SandboxAnswer) other = NULL;

  sandbox_assert_status (answer, 200);
  g_assert_true (baton_json_peek_bool (answer->json, "success", FALSE));
  g_assert_true (baton_json_peek_bool (answer->json, "__abp", FALSE));
  token = baton_json_peek_string (answer->json, "result");
  g_assert_nonnull (token);

  /* Rooted addresses go by the tenant of the token where no header names one. */
  own = sandbox_test_send (test, "GET", "/odata/Folders", token, 0, NULL, NULL);
  sandbox_assert_status (own, 200);
  other = sandbox_test_send (
      test, "GET", "/acme/ProductionXk4v01326/odata/Folders", token, 0, NULL, NULL);
  sandbox_assert_error (other, 401, 0);
}

static void
test_password_errors (void)
{
  static const struct
  {
    const char *tenant;
    const char *user;
    const char *password;
    const char *message;
  } cases[] = {
    { "DefaultTenant", "admin", "wrong", "Invalid username/email address or password." },
    { "DefaultTenant",
      "nobody",
      "sandbox-password",
      "Invalid username/email address or password." },
    { "DefaultTenant", "", "sandbox-password", "Username cannot be empty." },
    { "Nowhere", "admin", "sandbox-password", "There is no tenant defined with name Nowhere" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SandboxAnswer) answer = authenticate (
          "/api/Account/Authenticate", cases[i].tenant, cases[i].user, cases[i].password);

      sandbox_assert_error (answer, 400, 1000);
      g_assert_false (baton_json_peek_bool (answer->json, "success", TRUE));
      g_assert_cmpstr (
          baton_json_peek_string (baton_json_peek_object (answer->json, "error"), "message"),
          ==,
          cases[i].message);
    }
}

static void
test_password_on_cloud (void)
{
  static const char *const addresses[] = { "/acme/DefaultTenant/api/Account/Authenticate",
                                           "api/Account/Authenticate" };

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (SandboxAnswer) answer =
          authenticate (addresses[i], "DefaultTenant", "admin", "sandbox-password");

      sandbox_assert_status (answer, 200);
      g_assert_cmpstr (answer->type, ==, "text/html");
    }
}

static void
test_life (void)
{
  g_autoptr (SandboxTest) own = sandbox_test_start ("--jobs=100", "--user-key-token-life=1", NULL);
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  guint status;

  do
    {
      g_autoptr (SandboxAnswer) answer = sandbox_test_get (own, "odata/Folders");

      status = answer->status;
      g_usleep (20 * 1000);
    }
  while (status == 200 && g_get_monotonic_time () < end);
  g_assert_cmpuint (status, ==, 401);
}

static void
test_revoke (void)
{
  g_autoptr (SandboxTest) own = sandbox_test_start ("--jobs=100", NULL);
  g_autoptr (SandboxAnswer) before = sandbox_test_get (own, "odata/Folders");
  g_autoptr (SandboxAnswer) unknown =
      sandbox_test_send (own,
                         "POST",
                         "/oauth/revoke",
                         NULL,
                         0,
                         NULL,
                         "{\"client_id\":\"" CLIENT_ID "\",\"token\":\"unknown\"}");
  g_autoptr (SandboxAnswer) client =
      sandbox_test_send (own,
                         "POST",
                         "/oauth/revoke",
                         NULL,
                         0,
                         NULL,
                         "{\"client_id\":\"other\",\"token\":\"" USER_KEY "\"}");
  g_autoptr (SandboxAnswer) still = sandbox_test_get (own, "odata/Folders");
  g_autoptr (SandboxAnswer) revoked =
      sandbox_test_send (own,
                         "POST",
                         "/oauth/revoke",
                         NULL,
                         0,
                         NULL,
                         "{\"client_id\":\"" CLIENT_ID "\",\"token\":\"" USER_KEY "\"}");
  g_autoptr (SandboxAnswer) after = sandbox_test_get (own, "odata/Folders");
  g_autofree char *token = sandbox_test_sign_in (own, USER_KEY);

  sandbox_assert_status (before, 200);
  sandbox_assert_status (unknown, 200);
  assert_oauth_error (client, 401, "invalid_client");
  sandbox_assert_status (still, 200);
  sandbox_assert_status (revoked, 200);
  sandbox_assert_error (after, 401, 0);
  g_assert_null (token);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = sandbox_test_start ("--jobs=200", NULL);

  g_test_add_func ("/sandbox/identity/user-key", test_user_key);
  g_test_add_func ("/sandbox/identity/form", test_form);
  g_test_add_func ("/sandbox/identity/token-errors", test_token_errors);
  g_test_add_func ("/sandbox/identity/discovery", test_discovery);
  g_test_add_func ("/sandbox/identity/discovery-refused", test_discovery_refused);
  g_test_add_func ("/sandbox/identity/left-navigation", test_left_navigation);
  g_test_add_func ("/sandbox/identity/id-token-is-no-access-token",
                   test_id_token_is_no_access_token);
  g_test_add_func ("/sandbox/identity/personal-access-token", test_personal_access_token);
  g_test_add_func ("/sandbox/identity/viewer", test_viewer);
  g_test_add_func ("/sandbox/identity/password", test_password);
  g_test_add_func ("/sandbox/identity/password-errors", test_password_errors);
  g_test_add_func ("/sandbox/identity/password-on-cloud", test_password_on_cloud);
  g_test_add_func ("/sandbox/identity/life", test_life);
  g_test_add_func ("/sandbox/identity/revoke", test_revoke);

  status = g_test_run ();
  sandbox_test_stop (test);

  return status;
}
