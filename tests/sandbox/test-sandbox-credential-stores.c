/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "sandbox-test.h"

#define US "UiPath.Server.Configuration.OData."

static SandboxTest *test;

static gint64
create (const char *name)
{
  g_autofree char *body = g_strdup_printf ("{'Name':'%s','Type':'HashiCorpVault'}", name);
  g_autoptr (SandboxAnswer) answer
      = sandbox_test_ask (test, "POST", 0, body, "odata/CredentialStores");

  sandbox_assert_status (answer, 201);

  return baton_json_peek_int (answer->json, "Id", 0);
}

static gint64
get_default (const char *resource)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_ask (
      test, "GET", 0, NULL,
      "odata/CredentialStores/" US "GetDefaultStoreForResourceType(resourceType='%s')", resource);

  sandbox_assert_status (answer, 200);

  return baton_json_peek_int (answer->json, "value", 0);
}

static void
test_default (void)
{
  gint64 old = get_default ("RobotCredential");
  gint64 id = create ("For robots");
  g_autoptr (SandboxAnswer) set = sandbox_test_ask (
      test, "POST", 0, "{'resourceType':'RobotCredential'}",
      "odata/CredentialStores(%" G_GINT64_FORMAT ")/" US "SetDefaultStoreForResourceType", id);
  g_autoptr (SandboxAnswer) shown
      = sandbox_test_ask (test, "GET", 0, NULL, "odata/CredentialStores(%" G_GINT64_FORMAT ")", id);
  g_autoptr (SandboxAnswer) in_use = sandbox_test_ask (
      test, "DELETE", 0, NULL, "odata/CredentialStores(%" G_GINT64_FORMAT ")?forceDelete=true", id);

  sandbox_assert_status (set, 200);
  g_assert_cmpint (old, >, 0);
  g_assert_cmpint (get_default ("RobotCredential"), ==, id);
  g_assert_cmpint (get_default ("AssetCredential"), ==, old);
  g_assert_cmpuint (
      baton_json_length (baton_json_peek_array (shown->json, "DefaultCredentialStores")), ==, 1);
  sandbox_assert_error (in_use, 409, 1013);
}

static guint
count_resources (gint64 id, const char *type)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_ask (
      test, "GET", 0, NULL,
      "odata/CredentialStores/" US "GetResourcesForCredentialStoreTypes(key=%" G_GINT64_FORMAT
      ",resourceType='%s')?$count=true",
      id, type);

  sandbox_assert_status (answer, 200);
  g_assert_cmpint (baton_json_peek_int (answer->json, "@odata.count", -1), ==,
                   sandbox_answer_length (answer));

  return sandbox_answer_length (answer);
}

/* What lies in a store keeps it, until somebody insists. */
static void
test_resources (void)
{
  gint64 id = create ("With assets");
  g_autofree char *body = g_strdup_printf (
      "{'Name':'In a vault','ValueScope':'Global','ValueType':'Credential',"
      "'CredentialUsername':'u','CredentialPassword':'p','CredentialStoreId':%" G_GINT64_FORMAT "}",
      id);
  g_autoptr (SandboxAnswer) asset
      = sandbox_test_ask (test, "POST", test->shared, body, "odata/Assets");
  g_autoptr (SandboxAnswer) kept = NULL;
  g_autoptr (SandboxAnswer) gone = NULL;
  g_autoptr (SandboxAnswer) moved = NULL;

  sandbox_assert_status (asset, 201);
  g_assert_cmpuint (count_resources (id, "AssetCredential"), ==, 1);
  g_assert_cmpuint (count_resources (id, "Secrets"), ==, 0);

  kept = sandbox_test_ask (test, "DELETE", 0, NULL, "odata/CredentialStores(%" G_GINT64_FORMAT ")",
                           id);
  sandbox_assert_error (kept, 409, 1013);
  gone = sandbox_test_ask (test, "DELETE", 0, NULL,
                           "odata/CredentialStores(%" G_GINT64_FORMAT ")?forceDelete=true", id);
  sandbox_assert_status (gone, 204);
  moved = sandbox_test_ask (test, "GET", test->shared, NULL, "odata/Assets(%" G_GINT64_FORMAT ")",
                            baton_json_peek_int (asset->json, "Id", 0));
  g_assert_cmpint (baton_json_peek_int (moved->json, "CredentialStoreId", 0), ==,
                   get_default ("AssetCredential"));
}

static void
test_refused (void)
{
  g_autoptr (SandboxAnswer) type = sandbox_test_ask (
      test, "POST", 0, "{'Name':'N','Type':'Drawer'}", "odata/CredentialStores");
  g_autoptr (SandboxAnswer) lacking
      = sandbox_test_ask (test, "POST", 0, "{'Name':'N'}", "odata/CredentialStores");
  g_autoptr (SandboxAnswer) taken
      = sandbox_test_ask (test, "POST", 0, "{'Name':'orchestrator database','Type':'Database'}",
                          "odata/CredentialStores");
  g_autoptr (SandboxAnswer) resource = sandbox_test_ask (
      test, "GET", 0, NULL,
      "odata/CredentialStores/" US "GetDefaultStoreForResourceType(resourceType='Shoes')");
  g_autoptr (SandboxAnswer) types = sandbox_test_ask (
      test, "GET", 0, NULL, "odata/CredentialStores/" US "GetAvailableCredentialStoreTypes");

  sandbox_assert_error (type, 400, 1009);
  sandbox_assert_error (lacking, 400, 1014);
  sandbox_assert_error (taken, 409, 1001);
  sandbox_assert_error (resource, 400, 1000);
  g_assert_cmpstr (baton_json_peek_string_at (baton_json_peek_array (types->json, "value"), 0), ==,
                   "Database");
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = sandbox_test_start ("--jobs=100", NULL);

  g_test_add_func ("/sandbox/credential-stores/default", test_default);
  g_test_add_func ("/sandbox/credential-stores/resources", test_resources);
  g_test_add_func ("/sandbox/credential-stores/refused", test_refused);

  status = g_test_run ();
  sandbox_test_stop (test);

  return status;
}
