/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <baton-json.h>

#include "sandbox-test.h"

#define US "UiPath.Server.Configuration.OData."

static SandboxTest *test;

/* @body: JSON in which ' stands for ". */
static SandboxAnswer *
create (const char *body)
{
  return sandbox_test_ask (test, "POST", test->shared, body, "odata/Releases");
}

static SandboxAnswer *
get (gint64 id)
{
  return sandbox_test_ask (test, "GET", test->shared, NULL,
                           "odata/Releases(%" G_GINT64_FORMAT ")?$expand=CurrentVersion,"
                           "ReleaseVersions,EntryPoint",
                           id);
}

static SandboxAnswer *
act (gint64 id, const char *action, const char *body)
{
  return sandbox_test_ask (test, "POST", test->shared, body,
                           "odata/Releases(%" G_GINT64_FORMAT ")/" US "%s", id, action);
}

static void
assert_version (gint64 id, const char *version, gboolean latest, guint versions)
{
  g_autoptr (SandboxAnswer) answer = get (id);

  g_assert_cmpstr (baton_json_peek_string (answer->json, "ProcessVersion"), ==, version);
  g_assert_cmpint (baton_json_peek_bool (answer->json, "IsLatestVersion", !latest), ==, latest);
  g_assert_cmpstr (baton_json_peek_string (baton_json_peek_object (answer->json, "CurrentVersion"),
                                           "VersionNumber"),
                   ==, version);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (answer->json, "ReleaseVersions")), ==,
                    versions);
}

static void
test_life (void)
{
  g_autoptr (SandboxAnswer) made
      = create ("{'Name':'Mine','ProcessKey':'Invoice_Posting','ProcessVersion':'1.1.3'}");
  gint64 id = baton_json_peek_int (made->json, "Id", 0);
  g_autofree char *key = g_strdup (baton_json_peek_string (made->json, "Key"));
  g_autoptr (SandboxAnswer) whole = NULL;
  g_autoptr (SandboxAnswer) unknown = NULL;
  g_autoptr (SandboxAnswer) moved = NULL;
  g_autoptr (SandboxAnswer) back = NULL;
  g_autoptr (SandboxAnswer) specific = NULL;
  g_autoptr (SandboxAnswer) deleted = NULL;
  g_autoptr (SandboxAnswer) gone = NULL;
  gint64 job;

  sandbox_assert_status (made, 201);
  g_assert_true (g_uuid_string_is_valid (key));
  g_assert_cmpstr (baton_json_peek_string (made->json, "JobPriority"), ==, "Normal");
  whole = get (id);
  g_assert_cmpstr (
      baton_json_peek_string (baton_json_peek_object (whole->json, "EntryPoint"), "Path"), ==,
      "Main.xaml");
  g_assert_nonnull (
      baton_json_peek_string (baton_json_peek_object (whole->json, "Arguments"), "Input"));
  assert_version (id, "1.1.3", FALSE, 1);

  moved = act (id, "UpdateToLatestPackageVersion", NULL);
  sandbox_assert_status (moved, 200);
  g_assert_cmpint (baton_json_peek_int (moved->json, "value", 0), ==, id);
  assert_version (id, "1.3.4", TRUE, 2);
  back = act (id, "RollbackToPreviousReleaseVersion", NULL);
  sandbox_assert_status (back, 200);
  assert_version (id, "1.1.3", FALSE, 3);
  specific = act (id, "UpdateToSpecificPackageVersion", "{'packageVersion':'1.0.0'}");
  sandbox_assert_status (specific, 200);
  assert_version (id, "1.0.0", FALSE, 4);
  unknown = act (id, "UpdateToSpecificPackageVersion", "{'packageVersion':'9.9.9'}");
  sandbox_assert_error (unknown, 404, 1677);

  job = sandbox_test_start_job (test, key,
                                "{\"sandboxSeconds\":0,\"sandboxOutcome\":\"Successful\"}");
  deleted = sandbox_test_ask (test, "DELETE", test->shared, NULL,
                              "odata/Releases(%" G_GINT64_FORMAT ")", id);
  sandbox_assert_error (deleted, 409, 1013);
  sandbox_answer_free (sandbox_test_wait_for_job (test, job, "Successful"));
  g_clear_pointer (&deleted, sandbox_answer_free);
  deleted = sandbox_test_ask (test, "DELETE", 0, NULL, "api/Releases/DeleteByKey?key=%s", key);
  sandbox_assert_status (deleted, 204);
  gone = get (id);
  sandbox_assert_error (gone, 404, 1002);
}

static void
test_refused (void)
{
  static const SandboxRefusal cases[] = {
    { "{'Name':'X','ProcessKey':'Invoice_Posting'}", 400, 1014 },
    { "{'Name':'X','ProcessKey':'Invoice_Posting','ProcessVersion':'9.9.9'}", 404, 1677 },
    { "{'Name':'X','ProcessKey':'Nothing','ProcessVersion':'1.0.0'}", 404, 1677 },
    { "{'Name':'Stock_Sync','ProcessKey':'Stock_Sync','ProcessVersion':'1.0.0'}", 409, 1001 },
    { "{'Name':'X','ProcessKey':'Stock_Sync','ProcessVersion':'1.0.0','More':1}", 400, 1000 },
    { "{'Name':'X','ProcessKey':'Invoice_Posting','ProcessVersion':'1.0.0','InputArguments':'x'}",
      400, 1009 },
  };
  g_autoptr (SandboxAnswer) none
      = sandbox_test_ask (test, "POST", test->shared, NULL,
                          "odata/Releases(999999)/" US "UpdateToLatestPackageVersion");

  sandbox_assert_error (none, 404, 1002);
  sandbox_test_assert_refused (test, test->shared, "odata/Releases", cases, G_N_ELEMENTS (cases));
}

static void
test_change (void)
{
  g_autoptr (SandboxAnswer) made
      = create ("{'Name':'To change','ProcessKey':'Stock_Sync','ProcessVersion':'1.0.0'}");
  gint64 id = baton_json_peek_int (made->json, "Id", 0);
  g_autofree char *update = g_strdup_printf ("{'releaseKey':'%s','inputArgs':'{}'}",
                                             baton_json_peek_string (made->json, "Key"));
  g_autoptr (SandboxAnswer) patched = sandbox_test_ask (
      test, "PATCH", test->shared, "{'Description':'New','SpecificPriorityValue':85}",
      "odata/Releases(%" G_GINT64_FORMAT ")", id);
  g_autoptr (SandboxAnswer) after = get (id);
  g_autoptr (SandboxAnswer) updated
      = sandbox_test_ask (test, "POST", test->shared, update, "odata/Releases/" US "UpdateByKey");
  g_autofree char *bulk = g_strdup_printf ("{'releaseIds':[%" G_GINT64_FORMAT ",999999,null]}", id);
  g_autoptr (SandboxAnswer) moved = sandbox_test_ask (
      test, "POST", test->shared, bulk, "odata/Releases/" US "UpdateToLatestPackageVersionBulk");
  g_autoptr (SandboxAnswer) last = get (id);

  sandbox_assert_status (patched, 200);
  g_assert_cmpstr (baton_json_peek_string (after->json, "Description"), ==, "New");
  g_assert_cmpstr (baton_json_peek_string (after->json, "JobPriority"), ==, "High");
  sandbox_assert_status (updated, 200);
  sandbox_assert_status (moved, 200);
  g_assert_false (baton_json_peek_bool (moved->json, "Success", TRUE));
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (moved->json, "FailedItems")), ==, 2);
  g_assert_true (baton_json_peek_bool (last->json, "IsLatestVersion", FALSE));
  g_assert_cmpstr (baton_json_peek_string (last->json, "InputArguments"), ==, "{}");
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = sandbox_test_start ("--jobs=100", NULL);

  g_test_add_func ("/sandbox/processes/life", test_life);
  g_test_add_func ("/sandbox/processes/refused", test_refused);
  g_test_add_func ("/sandbox/processes/change", test_change);

  status = g_test_run ();
  sandbox_test_stop (test);

  return status;
}
