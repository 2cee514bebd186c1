/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "baton-json.h"
#include "sandbox-test.h"

#define US "UiPath.Server.Configuration.OData."
#define SVC "UiPathODataSvc."

static SandboxTest *test;

/* Returns: the number of lines, each ended as RFC 4180 has it. */
static guint
count_lines (const char *text)
{
  guint n = 0;

  for (const char *end = strstr (text, "\r\n"); end != NULL; end = strstr (end + 2, "\r\n"))
    n++;

  return n;
}

static gint64
count (const char *address)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_get (test, address);

  sandbox_assert_status (answer, 200);

  return baton_json_peek_int (answer->json, "@odata.count", -1);
}

/* Waits until the export is Completed. Returns: (transfer full): as it is then. */
static SandboxAnswer *
wait_for_export (gint64 id)
{
  g_autofree char *address = g_strdup_printf ("odata/Exports(%" G_GINT64_FORMAT ")", id);

  for (int i = 0; i < 500; i++)
    {
      g_autoptr (SandboxAnswer) answer = sandbox_test_get (test, address);
      const char *status = baton_json_peek_string (answer->json, "Status");

      sandbox_assert_status (answer, 200);
      g_assert_cmpstr (status, !=, "Failed");
      if (g_str_equal (status, "Completed"))
        return g_steal_pointer (&answer);
      g_usleep (10000);
    }
  g_assert_not_reached ();
}

static char *
dup_link (gint64 id)
{
  g_autofree char *address
      = g_strdup_printf ("odata/Exports(%" G_GINT64_FORMAT ")/" US "GetDownloadLink", id);
  g_autoptr (SandboxAnswer) answer = sandbox_test_get (test, address);

  sandbox_assert_status (answer, 200);
  g_assert_cmpstr (baton_json_peek_string (answer->json, "Verb"), ==, "GET");
  g_assert_false (baton_json_peek_bool (answer->json, "RequiresAuth", TRUE));

  return g_strdup (baton_json_peek_string (answer->json, "Uri"));
}

/* Returns: (transfer full): the file of the export that @address asks for. */
static SandboxAnswer *export(const char *address, const char *type)
{
  g_autoptr (SandboxAnswer) asked = sandbox_test_post (test, address, NULL);
  gint64 id = baton_json_peek_int (asked->json, "Id", 0);
  g_autoptr (SandboxAnswer) done = NULL;
  g_autofree char *link = NULL;
  SandboxAnswer *file;

  sandbox_assert_status (asked, 200);
  g_assert_cmpstr (baton_json_peek_string (asked->json, "Type"), ==, type);
  g_assert_cmpstr (baton_json_peek_string (asked->json, "Status"), ==, "New");
  done = wait_for_export (id);
  g_assert_cmpint (baton_json_peek_time (done->json, "ExecutedAt"), >, 0);

  link = dup_link (id);
  file = sandbox_test_send (test, "GET", link, NULL, 0, NULL, NULL);
  sandbox_assert_status (file, 200);
  g_assert_cmpstr (file->type, ==, "text/csv");
  g_assert_cmpint (baton_json_peek_int (done->json, "Size", 0), ==, (gint64)strlen (file->text));

  return file;
}

/* More than is written at a time, and what a page would hold. */
static void
test_jobs (void)
{
  g_autoptr (SandboxAnswer) file
      = export("odata/Jobs/" US "Export?$filter=State%20eq%20'Successful'", "Jobs");
  gint64 expected = count ("odata/Jobs?$count=true&$top=1&$filter=State%20eq%20'Successful'");

  g_assert_cmpint (expected, >, 1000);
  g_assert_cmpuint (count_lines (file->text), ==, (guint)expected + 1);
  g_assert_true (g_str_has_prefix (file->text, "Id,Key,StartTime,EndTime,State,"));
  g_assert_null (strstr (file->text, ",Faulted,"));
}

static void
test_columns (void)
{
  g_autoptr (SandboxAnswer) file
      = export("odata/Jobs/" US "Export?$select=Id,ReleaseName&$orderby=Id%20desc&$top=3", "Jobs");
  g_autoptr (SandboxAnswer) page
      = sandbox_test_get (test, "odata/Jobs?$orderby=Id%20desc&$top=1&$select=Id,ReleaseName");
  JsonObject *job = baton_json_peek_object_at (baton_json_peek_array (page->json, "value"), 0);
  g_autofree char *start = g_strdup_printf ("Id,ReleaseName\r\n%" G_GINT64_FORMAT ",%s\r\n",
                                            baton_json_peek_int (job, "Id", 0),
                                            baton_json_peek_string (job, "ReleaseName"));

  g_assert_true (g_str_has_prefix (file->text, start));
  g_assert_cmpuint (count_lines (file->text), ==, 4);
}

static void
test_logs (void)
{
  g_autoptr (SandboxAnswer) file
      = export("odata/RobotLogs/" US "Export?$filter=Level%20eq%20'Error'", "Logs");

  g_assert_cmpuint (count_lines (file->text), ==,
                    (guint)count ("odata/RobotLogs?$filter=Level%20eq%20'Error'&$top=1") + 1);
  /* A text with a quote or a comma in it stands in quotes. */
  g_assert_nonnull (strstr (file->text, ",\"{\"\""));
}

static void
test_queue (void)
{
  g_autoptr (SandboxAnswer) list = sandbox_test_get (test, "odata/QueueDefinitions?$top=1");
  gint64 id = baton_json_peek_int (
      baton_json_peek_object_at (baton_json_peek_array (list->json, "value"), 0), "Id", 0);
  g_autofree char *address
      = g_strdup_printf ("odata/QueueDefinitions(%" G_GINT64_FORMAT ")/" SVC "Export", id);
  g_autofree char *items = g_strdup_printf (
      "odata/QueueItems?$count=true&$top=1&$filter=QueueDefinitionId%%20eq%%20%" G_GINT64_FORMAT,
      id);
  g_autoptr (SandboxAnswer) file = export(address, "Queues");

  g_assert_cmpuint (count_lines (file->text), ==, (guint)count (items) + 1);
}

static void
test_audit (void)
{
  g_autoptr (SandboxAnswer) machine
      = sandbox_test_post (test, "odata/Machines", "{\"Name\":\"A \\\"quoted\\\", name\"}");
  g_autoptr (SandboxAnswer) file = NULL;
  g_autoptr (SandboxAnswer) testing = NULL;
  g_autoptr (SandboxAnswer) wrong
      = sandbox_test_post (test, "odata/AuditLogs/" US "Export?auditedService=Postbox", NULL);

  sandbox_assert_status (machine, 201);
  sandbox_assert_error (wrong, 400, 1000);
  file = export("odata/AuditLogs/" US "Export", "OrchestratorAudit");
  g_assert_nonnull (strstr (file->text, ",\"A \"\"quoted\"\", name\","));
  testing
      = export("odata/AuditLogs/" US "Export?auditedService=TestAutomation", "TestAutomationAudit");
  g_assert_cmpuint (count_lines (testing->text), ==, 1);
}

static void
test_details (void)
{
  g_autoptr (SandboxAnswer) machine
      = sandbox_test_post (test, "odata/Machines", "{\"Name\":\"DETAILED\"}");
  g_autoptr (SandboxAnswer) logs = sandbox_test_get (test, "odata/AuditLogs?$top=1");
  JsonObject *log = baton_json_peek_object_at (baton_json_peek_array (logs->json, "value"), 0);
  g_autofree char *address = g_strdup_printf ("odata/AuditLogs/" US
                                              "GetAuditLogDetails(auditLogId=%" G_GINT64_FORMAT ")",
                                              baton_json_peek_int (log, "Id", 0));
  g_autoptr (SandboxAnswer) details = sandbox_test_get (test, address);
  g_autoptr (SandboxAnswer) absent
      = sandbox_test_get (test, "odata/AuditLogs/" US "GetAuditLogDetails(auditLogId=987654)");
  JsonObject *entity
      = baton_json_peek_object_at (baton_json_peek_array (details->json, "value"), 0);

  sandbox_assert_status (details, 200);
  g_assert_cmpint (baton_json_peek_int (entity, "EntityId", 0), ==,
                   baton_json_peek_int (machine->json, "Id", -1));
  g_assert_nonnull (strstr (baton_json_peek_string (entity, "CustomData"), "DETAILED"));
  sandbox_assert_error (absent, 404, 1002);
}

/* The address opens this file, for a while, for reading, and without a token. */
static void
test_link (void)
{
  g_autoptr (SandboxAnswer) asked
      = sandbox_test_post (test, "odata/Jobs/" US "Export?$top=1", NULL);
  gint64 id = baton_json_peek_int (asked->json, "Id", 0);
  g_autoptr (SandboxAnswer) done = wait_for_export (id);
  g_autofree char *link = dup_link (id);
  g_autofree char *unsigned_link = g_strndup (link, strcspn (link, "?"));
  g_autofree char *forged = g_strconcat (link, "x", NULL);
  g_autofree char *own = g_strdup_printf ("odata/Exports(%" G_GINT64_FORMAT ")", id);
  g_autoptr (SandboxAnswer) with_token
      = sandbox_test_send (test, "GET", link, test->token, 0, NULL, NULL);
  g_autoptr (SandboxAnswer) without
      = sandbox_test_send (test, "GET", unsigned_link, NULL, 0, NULL, NULL);
  g_autoptr (SandboxAnswer) wrong = sandbox_test_send (test, "GET", forged, NULL, 0, NULL, NULL);
  g_autoptr (SandboxAnswer) foreign = sandbox_test_send (
      test, "GET", own, "rt_sandbox-viewer-access-token-0123456789ab", 0, NULL, NULL);

  sandbox_assert_status (with_token, 403);
  sandbox_assert_status (without, 403);
  sandbox_assert_status (wrong, 403);
  /* Exports are their owner's. */
  sandbox_assert_error (foreign, 404, 1002);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *address;
    guint status;
    int code;
  } cases[] = {
    { "odata/Jobs/" US "Export?$filter=Nonsense%20eq%205", 400, 1000 },
    { "odata/Jobs/" US "Export?$top=-1", 400, 1000 },
    { "odata/QueueDefinitions(987654)/" SVC "Export", 404, 1002 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SandboxAnswer) answer = sandbox_test_post (test, cases[i].address, NULL);

      g_test_message ("%s", cases[i].address);
      sandbox_assert_error (answer, cases[i].status, cases[i].code);
    }
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = sandbox_test_start ("--jobs=3000", NULL);

  g_test_add_func ("/sandbox/exports/jobs", test_jobs);
  g_test_add_func ("/sandbox/exports/columns", test_columns);
  g_test_add_func ("/sandbox/exports/logs", test_logs);
  g_test_add_func ("/sandbox/exports/queue", test_queue);
  g_test_add_func ("/sandbox/exports/audit", test_audit);
  g_test_add_func ("/sandbox/exports/details", test_details);
  g_test_add_func ("/sandbox/exports/link", test_link);
  g_test_add_func ("/sandbox/exports/refused", test_refused);

  status = g_test_run ();
  sandbox_test_stop (test);

  return status;
}
