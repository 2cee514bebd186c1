/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-paste.h"

typedef struct
{
  const char *name;
  const char *text;
  const char *address;
  const char *organization;
  const char *tenant;
  const char *client_id;
  const char *user_key;
  const char *user_name;
  const char *password;
} Case;

#define KEY "2rWtk1yN-9Kq3uJxkVn0p"
#define CLIENT "8DEv1AMNXczW3y4U15LL3jYf62jK93n5"

static const Case cases[] = {
  { "block, values below",
    "API Access\nUser Key\n" KEY "\nCopy\nAccount Logical Name\nacme\nCopy\nTenant Logical Name\n"
    "AcmeDefaukvvd01326\nCopy\nClient Id\n" CLIENT "\nCopy\nRevoke Access",
    NULL, "acme", "AcmeDefaukvvd01326", CLIENT, KEY, NULL, NULL },
  { "block, values beside",
    "User Key: " KEY "\nAccount Logical Name: acme\nTenant Logical Name: Production\nClient Id: "
    "" CLIENT,
    NULL, "acme", "Production", CLIENT, KEY, NULL, NULL },
  { "block, tabs and carriage returns",
    "User Key\t" KEY "\r\nOrganization ID\tacme\r\nTenant Name\tProduction\r\nClient "
    "Id\t" CLIENT "\r\n",
    NULL, "acme", "Production", CLIENT, KEY, NULL, NULL },
  { "block in one line",
    "User Key " KEY " Copy Account Logical Name acme Copy Tenant Logical Name Production Copy "
    "Client Id " CLIENT
    " Copy",
    NULL, "acme", "Production", CLIENT, KEY, NULL, NULL },
  { "block, hidden key",
    "User Key\n••••••••••\nAccount Logical Name\nacme\nTenant Logical Name\nProduction\nClient "
    "Id\n" CLIENT,
    NULL, "acme", "Production", CLIENT, NULL, NULL, NULL },
  { "block with an address",
    "See https://cloud.uipath.com/acme/Production/orchestrator_/?fid=7\nuserKey = \"" KEY
    "\"\nclient_id = '" CLIENT "'\n",
    "https://cloud.uipath.com/acme/Production/orchestrator_/?fid=7", NULL, NULL, CLIENT, KEY, NULL,
    NULL },
  { "environment",
    "URL: https://orch.example/Default\nTenant: Default\nUsername: admin\nPassword: s3cret word",
    "https://orch.example/Default", NULL, "Default", NULL, NULL, "admin", "s3cret word" },
  { "curl of the token",
    "curl -X POST https://account.uipath.com/oauth/token \\\n  -H 'Content-Type: "
    "application/json' \\\n"
    "  -H 'X-UIPATH-TenantName: Production' \\\n"
    "  -d '{\"grant_type\":\"refresh_token\",\"client_id\":\"" CLIENT "\","
    "\"refresh_token\":\"" KEY "\"}'",
    NULL, NULL, "Production", CLIENT, KEY, NULL, NULL },
  { "curl of a list",
    "$ curl --location --request GET 'https://cloud.uipath.com/acme/Production/odata/Jobs?$top=1' "
    "--header 'Authorization: Bearer eyJ' --header 'X-UIPATH-TenantName: Production'",
    "https://cloud.uipath.com/acme/Production/odata/Jobs?$top=1", NULL, "Production", NULL, NULL,
    NULL,
    NULL },
  { "curl with a form",
    "curl http://127.0.0.1:4711/oauth/token --data-raw 'grant_type=refresh_token&client_id=" CLIENT
    "&refresh_token=a%2Bb+c'",
    "http://127.0.0.1:4711/oauth/token", NULL, NULL, CLIENT, "a+b c", NULL, NULL },
  { "curl of a user name",
    "curl --json='{\"tenancyName\":\"Default\",\"usernameOrEmailAddress\":\"admin\","
    "\"password\":\"pw\"}' "
    "--url=https://orch.example/api/Account/Authenticate",
    "https://orch.example/api/Account/Authenticate", NULL, "Default", NULL, NULL, "admin", "pw" },
  { "JSON of the token request",
    "{\"grant_type\": \"refresh_token\", \"client_id\": \"" CLIENT "\", \"refresh_token\": "
    "\"" KEY "\"}",
    NULL, NULL, NULL, CLIENT, KEY, NULL, NULL },
  { "the sandbox's line",
    "{\"ready\":true,\"origin\":\"http://127.0.0.1:4711\",\"organization\":\"acme\","
    "\"tenant\":\"prod\","
    "\"orchestrator\":\"http://127.0.0.1:4711/acme/prod/orchestrator_\","
    "\"identity\":\"http://127.0.0.1:4711/identity_\",\"clientId\":\"" CLIENT "\","
    "\"userKey\":\"" KEY
    "\",\"username\":\"ada\",\"password\":\"pw\",\"personalAccessToken\":\"x\"}\n",
    "http://127.0.0.1:4711/acme/prod/orchestrator_", "acme", "prod", CLIENT, KEY, "ada", "pw" },
  { "a request of Postman",
    "{\"info\":{\"name\":\"x\"},\"item\":[{\"request\":{\"method\":\"POST\",\"header\":[{\"key\":"
    "\"X-UIPATH-TenantName\",\"value\":\"Production\"}],\"body\":{\"mode\":\"raw\","
    "\"raw\":\"{\\\"client_id"
    "\\\":\\\"" CLIENT "\\\",\\\"refresh_token\\\":\\\"" KEY "\\\"}\"},\"url\":{\"raw\":"
    "\"https://account.uipath.com/oauth/token\"}}}]}",
    NULL, NULL, "Production", CLIENT, KEY, NULL, NULL },
  { "a template of Postman",
    "{\"client_id\":\"{{client_id}}\",\"refresh_token\":\"{{user_key}}\","
    "\"tenant\":\"Production\"}",
    NULL, NULL, "Production", NULL, NULL, NULL, NULL },
  { "half of a JSON",
    "  \"client_id\": \"" CLIENT "\",\n  \"refresh_token\": \"" KEY "\",\n", NULL, NULL, NULL,
    CLIENT,
    KEY, NULL, NULL },
};

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      g_autoptr (BatonPaste) paste = baton_paste_parse (c->text);

      g_test_message ("%s", c->name);
      g_assert_nonnull (paste);
      g_assert_cmpstr (paste->address, ==, c->address);
      g_assert_cmpstr (paste->organization, ==, c->organization);
      g_assert_cmpstr (paste->tenant, ==, c->tenant);
      g_assert_cmpstr (paste->client_id, ==, c->client_id);
      g_assert_cmpstr (paste->user_key, ==, c->user_key);
      g_assert_cmpstr (paste->user_name, ==, c->user_name);
      g_assert_cmpstr (paste->password, ==, c->password);
    }
}

static void
test_nothing (void)
{
  static const char *const texts[] = {
    "", "   ", "https://cloud.uipath.com/acme/Production", KEY, "Hello, how are you?",
    "{\"a\": [1, 2, {\"b\": null}]}", "curl", "curl 'unclosed",
  };
  g_autoptr (GString) deep = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("%s", texts[i]);
      g_assert_null (baton_paste_parse (texts[i]));
    }

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  g_assert_null (baton_paste_parse (deep->str));
}

static void
test_address (void)
{
  g_autoptr (BatonPaste) block =
      baton_paste_parse ("Account Logical Name: acme\nTenant Logical Name: Production");
  g_autoptr (BatonPaste) whole = baton_paste_parse (cases[12].text);
  g_autoptr (BatonPaste) json = baton_paste_parse ("{\"client_id\":\"x\"}");
  g_autofree char *cloud = baton_paste_make_address (block, NULL);
  g_autofree char *own = baton_paste_make_address (block, "http://127.0.0.1:4711");
  g_autofree char *sandbox = baton_paste_make_address (whole, "https://cloud.uipath.com/a/b");
  g_autofree char *none = baton_paste_make_address (json, "https://cloud.uipath.com/a/b");

  g_assert_cmpstr (cloud, ==, "https://cloud.uipath.com/acme/Production/orchestrator_");
  g_assert_cmpstr (own, ==, "http://127.0.0.1:4711/acme/Production/orchestrator_");
  g_assert_cmpstr (sandbox, ==, "http://127.0.0.1:4711/acme/prod/orchestrator_");
  g_assert_null (none);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/baton/orchestrator/paste/table", test_table);
  g_test_add_func ("/baton/orchestrator/paste/nothing", test_nothing);
  g_test_add_func ("/baton/orchestrator/paste/address", test_address);

  return g_test_run ();
}
