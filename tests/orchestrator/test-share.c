/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "baton-share.h"

/* As nasty as a secret may be to whatever quotes it. */
#define SECRET "a'b\"c$(d)`e`\\f: g"
#define TOKEN "token-of-a-test"

static const struct
{
  BatonMethod method;
  BatonSecretKind kind;
} ways[] = {
  { BATON_METHOD_USER_KEY, BATON_SECRET_USER_KEY },
  { BATON_METHOD_PASSWORD, BATON_SECRET_PASSWORD },
  { BATON_METHOD_BROWSER, BATON_SECRET_REFRESH_TOKEN },
  { BATON_METHOD_CLIENT_CREDENTIALS, BATON_SECRET_CLIENT_SECRET },
  { BATON_METHOD_PERSONAL_ACCESS_TOKEN, BATON_SECRET_PERSONAL_ACCESS_TOKEN },
};

static BatonAccount *
make_account (BatonMethod method)
{
  g_autoptr (BatonDeployment) deployment
      = baton_deployment_parse ("https://cloud.uipath.com/acme/Prod/orchestrator_", NULL);
  BatonAccount *account = baton_account_new ("an-account", deployment, method);

  baton_account_set_name (account, "Acme: \"Prod\"");
  baton_account_set_client_id (account, "client-of-a-test");
  baton_account_set_user_name (account, "ada");
  baton_account_set_scopes (account, "OR.Jobs.Read OR.Folders.Read");
  baton_account_set_redirect_uri (account, "http://localhost:8104/oidc/login");

  return account;
}

/* What a shell makes of @script, which prints. */
static char *
run_shell (const char *script)
{
  const char *argv[] = { "sh", "-c", script, NULL };
  g_autoptr (GError) error = NULL;
  char *output = NULL;

  g_assert_true (g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output,
                               NULL, NULL, &error));
  g_assert_no_error (error);

  return output;
}

static void
test_secrets_left_out (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    for (int format = 0; format < BATON_SHARE_N_FORMATS; format++)
      {
        g_autoptr (BatonAccount) account = make_account (ways[i].method);
        g_autofree char *text = baton_share_make ((BatonShareFormat)format, account, NULL, NULL);

        g_assert_null (strstr (text, TOKEN));
        g_assert_nonnull (strstr (text, "acme"));
        g_assert_nonnull (baton_share_get_name ((BatonShareFormat)format));
      }
}

/* A refresh token is never among them: two programs with one would end each other. */
static void
test_refresh_token_stays (void)
{
  g_autoptr (BatonAccount) account = make_account (BATON_METHOD_BROWSER);
  g_autoptr (BatonSecret) secret
      = baton_secret_new_of_client (BATON_SECRET_REFRESH_TOKEN, "refresh-of-a-test", "own", 0, 0);
  g_autoptr (BatonToken) token = baton_token_new (TOKEN, NULL, 0, 0);

  g_assert_false (baton_share_has_secret (BATON_METHOD_BROWSER));
  for (int format = 0; format < BATON_SHARE_N_FORMATS; format++)
    {
      g_autofree char *text = baton_share_make ((BatonShareFormat)format, account, secret, token);

      g_assert_null (strstr (text, "refresh-of-a-test"));
    }
}

static void
test_curl (void)
{
  g_autoptr (BatonAccount) account = make_account (BATON_METHOD_USER_KEY);
  g_autoptr (BatonToken) token = baton_token_new (SECRET, NULL, 0, 0);
  g_autofree char *command = baton_share_make (BATON_SHARE_CURL, account, NULL, token);
  g_autofree char *script
      = g_strconcat ("curl () { printf '<%s>\\n' \"$@\"; }\n", command, NULL);
  g_autofree char *output = run_shell (script);

  g_assert_nonnull (strstr (output, "<Authorization: Bearer " SECRET ">\n"));
  g_assert_nonnull (strstr (
      output, "<https://cloud.uipath.com/acme/Prod/orchestrator_/odata/Folders?$top=10>\n"));
}

/* A shell reads the file as the programs do that are made for it. */
static void
test_dotenv (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr (BatonAccount) account = make_account (ways[i].method);
      g_autoptr (BatonSecret) secret = baton_secret_new (ways[i].kind, SECRET, 0, 0);
      g_autoptr (BatonToken) token = baton_token_new (TOKEN, NULL, 0, 0);
      g_autofree char *file = baton_share_make (BATON_SHARE_DOTENV, account, secret, token);
      g_autofree char *script
          = g_strconcat (file,
                         "printf '%s|%s|%s|%s|%s' \"$UIPATH_URL\" \"$UIPATH_TENANT\" "
                         "\"$UIPATH_SCOPE\" \"$UIPATH_CLIENT_SECRET$UIPATH_USER_KEY"
                         "$UIPATH_PASSWORD\" \"$UIPATH_ACCESS_TOKEN\"",
                         NULL);
      g_autofree char *output = run_shell (script);
      gboolean personal = ways[i].method == BATON_METHOD_PERSONAL_ACCESS_TOKEN;
      g_autofree char *expected = g_strdup_printf (
          "https://cloud.uipath.com/acme/Prod|Prod|OR.Jobs.Read OR.Folders.Read|%s|%s",
          personal || ways[i].method == BATON_METHOD_BROWSER ? "" : SECRET,
          personal ? SECRET : TOKEN);

      g_assert_cmpstr (output, ==, expected);
    }
}

static JsonObject *
find_value (JsonArray *values, const char *key)
{
  for (guint i = 0; i < baton_json_length (values); i++)
    if (g_strcmp0 (baton_json_peek_string (baton_json_peek_object_at (values, i), "key"), key) == 0)
      return baton_json_peek_object_at (values, i);

  return NULL;
}

static void
test_postman (void)
{
  g_autoptr (BatonAccount) account = make_account (BATON_METHOD_CLIENT_CREDENTIALS);
  g_autoptr (BatonSecret) secret = baton_secret_new (BATON_SECRET_CLIENT_SECRET, SECRET, 0, 0);
  g_autofree char *text = baton_share_make (BATON_SHARE_POSTMAN, account, secret, NULL);
  g_autofree char *without = baton_share_make (BATON_SHARE_POSTMAN, account, NULL, NULL);
  g_autoptr (JsonNode) root = baton_json_parse_text (text, -1, NULL);
  g_autoptr (JsonNode) root_without = baton_json_parse_text (without, -1, NULL);
  JsonObject *object = baton_json_peek_root_object (root);
  JsonObject *value = find_value (baton_json_peek_array (object, "values"), "client_secret");
  JsonObject *empty
      = find_value (baton_json_peek_array (baton_json_peek_root_object (root_without), "values"),
                    "client_secret");

  g_assert_cmpstr (baton_json_peek_string (object, "_postman_variable_scope"), ==, "environment");
  g_assert_cmpstr (baton_json_peek_string (object, "name"), ==, "Acme: \"Prod\"");
  g_assert_cmpstr (baton_json_peek_string (value, "value"), ==, SECRET);
  g_assert_cmpstr (baton_json_peek_string (value, "type"), ==, "secret");
  g_assert_cmpstr (baton_json_peek_string (empty, "value"), ==, "");
}

/* Read by a real reader of YAML, where there is one. */
static void
test_uipathcli (void)
{
  static const char program[]
      = "import sys, yaml\np = yaml.safe_load(sys.argv[1])['profiles'][0]\n"
        "print(p['name'], p['uri'], p['organization'], p['tenant'], "
        "p['auth']['clientId'], p['auth']['clientSecret'], sep='|', end='')";
  g_autoptr (BatonAccount) account = make_account (BATON_METHOD_CLIENT_CREDENTIALS);
  g_autoptr (BatonSecret) secret = baton_secret_new (BATON_SECRET_CLIENT_SECRET, SECRET, 0, 0);
  g_autofree char *text = baton_share_make (BATON_SHARE_UIPATHCLI, account, secret, NULL);
  const char *argv[] = { "/usr/bin/python3", "-c", program, text, NULL };
  const char *probe[] = { "/usr/bin/python3", "-c", "import yaml", NULL };
  g_autofree char *output = NULL;
  int status = 0;

  g_assert_nonnull (strstr (text, "\n    auth:\n      clientId: \"client-of-a-test\"\n"));
  if (!g_spawn_sync (NULL, (char **)probe, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                     &status, NULL)
      || status != 0)
    {
      g_test_skip ("no reader of YAML");
      return;
    }
  g_assert_true (g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output,
                               NULL, NULL, NULL));
  g_assert_cmpstr (output, ==,
                   "Acme: \"Prod\"|https://cloud.uipath.com|acme|Prod|client-of-a-test|" SECRET);
}

static void
test_powershell (void)
{
  g_autoptr (BatonAccount) account = make_account (BATON_METHOD_PERSONAL_ACCESS_TOKEN);
  g_autoptr (BatonSecret) secret
      = baton_secret_new (BATON_SECRET_PERSONAL_ACCESS_TOKEN, SECRET, 0, 0);
  g_autofree char *text = baton_share_make (BATON_SHARE_POWERSHELL, account, secret, NULL);
  g_autofree char *without = baton_share_make (BATON_SHARE_POWERSHELL, account, NULL, NULL);

  g_assert_true (g_str_has_prefix (text, "$token = 'a''b\"c$(d)`e`\\f: g'\n"));
  g_assert_true (g_str_has_prefix (without, "$token = $env:BATON_TOKEN\n"));
  g_assert_nonnull (strstr (text, "-Uri 'https://cloud.uipath.com/acme/Prod/orchestrator_/odata/"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/baton/orchestrator/share/secrets-left-out", test_secrets_left_out);
  g_test_add_func ("/baton/orchestrator/share/refresh-token-stays", test_refresh_token_stays);
  g_test_add_func ("/baton/orchestrator/share/curl", test_curl);
  g_test_add_func ("/baton/orchestrator/share/dotenv", test_dotenv);
  g_test_add_func ("/baton/orchestrator/share/postman", test_postman);
  g_test_add_func ("/baton/orchestrator/share/uipathcli", test_uipathcli);
  g_test_add_func ("/baton/orchestrator/share/powershell", test_powershell);
  return g_test_run ();
}
