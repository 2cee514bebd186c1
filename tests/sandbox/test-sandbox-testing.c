/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "baton-json.h"
#include "sandbox-test.h"

/* Test sets, their executions and schedules, and the queues of data that tests take. */

#define US "UiPath.Server.Configuration.OData."

static SandboxTest *test;

#define send(method, body, ...) sandbox_test_ask (test, method, test->shared, body, __VA_ARGS__)

static JsonObject *
peek_first (SandboxAnswer *answer)
{
  return baton_json_peek_object_at (baton_json_peek_array (answer->json, "value"), 0);
}

/* The test set that is there from the start. */
static gint64
find_set (void)
{
  g_autoptr (SandboxAnswer) sets = send ("GET", NULL, "odata/TestSets?$top=1");

  sandbox_assert_status (sets, 200);

  return baton_json_peek_int (peek_first (sets), "Id", 0);
}

static gint64
start (gint64 set)
{
  g_autoptr (SandboxAnswer) started
      = send ("POST", NULL,
              "api/TestAutomation/StartTestSetExecution?testSetId=%" G_GINT64_FORMAT
              "&triggerType=ExternalTool",
              set);

  sandbox_assert_status (started, 200);

  return g_ascii_strtoll (started->text, NULL, 10);
}

/* Returns: (transfer full): the execution with its cases. */
static SandboxAnswer *
get_execution (gint64 id)
{
  SandboxAnswer *answer = send (
      "GET", NULL, "odata/TestSetExecutions(%" G_GINT64_FORMAT ")?$expand=TestCaseExecutions", id);

  sandbox_assert_status (answer, 200);

  return answer;
}

static void
advance (int seconds)
{
  g_autofree char *body = g_strdup_printf ("{\"seconds\":%d}", seconds);
  g_autoptr (SandboxAnswer) answer = sandbox_test_control (test, "POST", "clock/advance", body);

  sandbox_assert_status (answer, 200);
}

static void
test_execution (void)
{
  gint64 id = start (find_set ());
  g_autoptr (SandboxAnswer) before = get_execution (id);
  g_autoptr (SandboxAnswer) after = NULL;
  g_autoptr (SandboxAnswer) attachments = NULL;
  g_autoptr (SandboxAnswer) junit = NULL;
  JsonArray *cases;
  gboolean failed = FALSE;

  g_assert_cmpstr (baton_json_peek_string (before->json, "Status"), ==, "Pending");
  g_assert_cmpstr (baton_json_peek_string (before->json, "TriggerType"), ==, "ExternalTool");
  advance (7200);
  after = get_execution (id);
  cases = baton_json_peek_array (after->json, "TestCaseExecutions");
  g_assert_cmpuint (baton_json_length (cases), ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      JsonObject *one = baton_json_peek_object_at (cases, i);
      const char *status = baton_json_peek_string (one, "Status");
      g_autoptr (SandboxAnswer) job = send ("GET", NULL, "odata/Jobs(%" G_GINT64_FORMAT ")",
                                            baton_json_peek_int (one, "JobId", 0));

      failed = failed || g_str_equal (status, "Failed");
      g_assert_cmpstr (baton_json_peek_string (job->json, "State"), ==,
                       g_str_equal (status, "Failed") ? "Faulted" : "Successful");
      g_assert_true (baton_json_peek_bool (one, "HasAssertions", FALSE));
    }
  g_assert_cmpstr (baton_json_peek_string (after->json, "Status"), ==,
                   failed ? "Failed" : "Passed");
  g_assert_true (baton_json_has (after->json, "EndTime"));

  {
    g_autofree char *body = g_strdup_printf ("{\"testSetExecutionId\":%" G_GINT64_FORMAT "}", id);

    attachments = send ("POST", body, "api/TestAutomation/GetTestSetExecutionAttachments");
    sandbox_assert_status (attachments, 200);
    g_assert_cmpuint (baton_json_length (baton_json_peek_root_array (attachments->node)), ==, 1);
  }
  junit = send ("GET", NULL,
                "api/TestAutomation/GetTestSetExecutionAttachment?testSetExecutionAttachmentId="
                "%" G_GINT64_FORMAT,
                id);
  sandbox_assert_status (junit, 200);
  g_assert_nonnull (strstr (junit->text, "tests=\"4\""));
}

static void
test_cancel_and_again (void)
{
  gint64 id = start (find_set ());
  g_autoptr (SandboxAnswer) cancelled
      = send ("POST", NULL,
              "api/TestAutomation/CancelTestSetExecution?testSetExecutionId=%" G_GINT64_FORMAT, id);
  g_autoptr (SandboxAnswer) execution = NULL;
  g_autoptr (SandboxAnswer) again = NULL;
  g_autoptr (SandboxAnswer) too_soon = NULL;
  g_autoptr (SandboxAnswer) running = NULL;
  g_autofree char *body = NULL;

  sandbox_assert_status (cancelled, 202);
  advance (60);
  execution = get_execution (id);
  g_assert_cmpstr (baton_json_peek_string (execution->json, "Status"), ==, "Cancelled");

  body = g_strdup_printf (
      "{\"testCaseExecutions\":[{\"testCaseExecutionId\":%" G_GINT64_FORMAT "}]}",
      baton_json_peek_int (baton_json_peek_object_at (
                               baton_json_peek_array (execution->json, "TestCaseExecutions"), 0),
                           "Id", 0));
  again = send ("POST", body, "api/TestAutomation/ReexecuteTestCases");
  sandbox_assert_status (again, 200);
  g_assert_cmpint (
      baton_json_peek_int (baton_json_peek_object_at (baton_json_peek_root_array (again->node), 0),
                           "RunId", 0),
      ==, 2);
  too_soon = send ("POST", body, "api/TestAutomation/ReexecuteTestCases");
  sandbox_assert_error (too_soon, 409, 1009);
  running = get_execution (id);
  g_assert_cmpstr (baton_json_peek_string (running->json, "Status"), ==, "Running");
}

/* What failed has a picture of it. */
static void
test_screenshot (void)
{
  g_autoptr (SandboxAnswer) failed
      = send ("GET", NULL,
              "odata/TestCaseExecutions?$filter=Status%%20eq%%20'Failed'&$top=1&"
              "$expand=TestCaseAssertions");
  JsonArray *assertions = baton_json_peek_array (peek_first (failed), "TestCaseAssertions");

  sandbox_assert_status (failed, 200);
  g_assert_cmpuint (baton_json_length (assertions), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      JsonObject *assertion = baton_json_peek_object_at (assertions, i);
      gboolean succeeded = baton_json_peek_bool (assertion, "Succeeded", FALSE);
      g_autoptr (SandboxAnswer) picture
          = send ("GET", NULL,
                  "api/TestAutomation/GetAssertionScreenshot?testCaseAssertionId=%" G_GINT64_FORMAT,
                  baton_json_peek_int (assertion, "Id", 0));

      sandbox_assert_status (picture, succeeded ? 404 : 200);
      if (!succeeded)
        g_assert_cmpstr (picture->type, ==, "application/octet-stream");
    }
}

static void
test_set (void)
{
  g_autoptr (SandboxAnswer) definitions = send ("GET", NULL, "odata/TestCaseDefinitions?$top=1");
  g_autoptr (SandboxAnswer) releases = send ("GET", NULL, "odata/Releases?$top=1");
  g_autofree char *cases = g_strdup_printf ("\"TestCases\":[{\"DefinitionId\":%" G_GINT64_FORMAT
                                            ",\"ReleaseId\":%" G_GINT64_FORMAT
                                            ",\"VersionNumber\":\"1.0.0\",\"Enabled\":true}]",
                                            baton_json_peek_int (peek_first (definitions), "Id", 0),
                                            baton_json_peek_int (peek_first (releases), "Id", 0));
  g_autofree char *body
      = g_strdup_printf ("{\"Name\":\"Smoke\",\"Packages\":[{\"PackageIdentifier\":\"p\","
                         "\"VersionMask\":\"1.*\"}],%s}",
                         cases);
  g_autoptr (SandboxAnswer) empty = send ("POST", "{\"Name\":\"Empty\"}", "odata/TestSets");
  g_autoptr (SandboxAnswer) wrong = send (
      "POST",
      "{\"Name\":\"Wrong\",\"Packages\":[{\"PackageIdentifier\":\"p\",\"VersionMask\":\"1\"}],"
      "\"TestCases\":[{\"DefinitionId\":987654321,\"ReleaseId\":1,\"VersionNumber\":\"1\"}]}",
      "odata/TestSets");
  g_autoptr (SandboxAnswer) made = send ("POST", body, "odata/TestSets");
  gint64 id = baton_json_peek_int (made->json, "Id", 0);
  g_autoptr (SandboxAnswer) put = send ("PUT", body, "odata/TestSets(%" G_GINT64_FORMAT ")", id);
  g_autoptr (SandboxAnswer) read
      = send ("GET", NULL, "odata/TestSets(%" G_GINT64_FORMAT ")?$expand=Packages,TestCases", id);
  g_autoptr (SandboxAnswer) deleted
      = send ("DELETE", NULL, "odata/TestSets(%" G_GINT64_FORMAT ")", id);

  sandbox_assert_error (empty, 400, 3204);
  sandbox_assert_error (wrong, 400, 1009);
  sandbox_assert_status (made, 201);
  sandbox_assert_status (put, 200);
  g_assert_cmpint (baton_json_peek_int (read->json, "TestCaseCount", 0), ==, 1);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (read->json, "Packages")), ==, 1);
  sandbox_assert_status (deleted, 204);
}

static void
test_schedule (void)
{
  gint64 set = find_set ();
  g_autofree char *body = g_strdup_printf (
      "{\"Name\":\"Hourly\",\"TestSetId\":%" G_GINT64_FORMAT
      ",\"TimeZoneId\":\"UTC\",\"CronExpression\":\"0 0 * * * ?\",\"Enabled\":true}",
      set);
  g_autofree char *bad = g_strdup_printf ("{\"Name\":\"Bad\",\"TestSetId\":%" G_GINT64_FORMAT
                                          ",\"TimeZoneId\":\"UTC\",\"CronExpression\":\"often\"}",
                                          set);
  g_autoptr (SandboxAnswer) refused = send ("POST", bad, "odata/TestSetSchedules");
  g_autoptr (SandboxAnswer) made = send ("POST", body, "odata/TestSetSchedules");
  gint64 id = baton_json_peek_int (made->json, "Id", 0);
  g_autofree char *disable
      = g_strdup_printf ("{\"testSetScheduleIds\":[%" G_GINT64_FORMAT "],\"enabled\":false}", id);
  g_autoptr (SandboxAnswer) disabled = NULL;
  g_autoptr (SandboxAnswer) executions = NULL;

  sandbox_assert_error (refused, 400, 1009);
  sandbox_assert_status (made, 201);
  g_assert_true (baton_json_has (made->json, "NextOccurrence"));
  advance (7200);
  disabled = send ("POST", disable, "odata/TestSetSchedules/" US "SetEnabled");
  sandbox_assert_status (disabled, 200);
  advance (7200);
  executions = send (
      "GET", NULL,
      "odata/TestSetExecutions?$filter=ScheduleId%%20eq%%20%" G_GINT64_FORMAT "&$count=true", id);
  g_assert_cmpint (baton_json_peek_int (executions->json, "@odata.count", 0), ==, 2);
}

static void
test_data (void)
{
  const char *queue
      = "{\"Name\":\"Customers\",\"ContentJsonSchema\":\"{\\\"required\\\":[\\\"Name\\\"]}\"}";
  g_autoptr (SandboxAnswer) made = send ("POST", queue, "odata/TestDataQueues");
  gint64 id = baton_json_peek_int (made->json, "Id", 0);
  g_autoptr (SandboxAnswer) bad_schema
      = send ("POST", "{\"Name\":\"Bad\",\"ContentJsonSchema\":\"{\"}", "odata/TestDataQueues");
  g_autoptr (SandboxAnswer) item
      = send ("POST", "{\"queueName\":\"Customers\",\"content\":{\"Name\":\"a\"}}",
              "api/TestDataQueueActions/AddItem");
  g_autoptr (SandboxAnswer) violates = send ("POST", "{\"queueName\":\"Customers\",\"content\":{}}",
                                             "api/TestDataQueueActions/AddItem");
  g_autoptr (SandboxAnswer) half
      = send ("POST", "{\"queueName\":\"Customers\",\"items\":[{\"Name\":\"b\"},{}]}",
              "api/TestDataQueueActions/BulkAddItems");
  g_autoptr (SandboxAnswer) many
      = send ("POST", "{\"queueName\":\"Customers\",\"items\":[{\"Name\":\"b\"},{\"Name\":\"c\"}]}",
              "api/TestDataQueueActions/BulkAddItems");
  g_autoptr (SandboxAnswer) first
      = send ("POST", "{\"queueName\":\"Customers\",\"setConsumed\":true}",
              "api/TestDataQueueActions/GetNextItem");
  g_autoptr (SandboxAnswer) second
      = send ("POST", "{\"queueName\":\"Customers\",\"setConsumed\":false}",
              "api/TestDataQueueActions/GetNextItem");
  g_autofree char *ids
      = g_strdup_printf ("[%" G_GINT64_FORMAT "]", baton_json_peek_int (second->json, "id", 0));
  g_autoptr (SandboxAnswer) deleted = send ("DELETE", ids, "api/TestDataQueueActions/DeleteItems");
  g_autoptr (SandboxAnswer) again = send ("DELETE", ids, "api/TestDataQueueActions/DeleteItems");
  g_autoptr (SandboxAnswer) counts
      = send ("GET", NULL, "odata/TestDataQueues(%" G_GINT64_FORMAT ")", id);
  g_autoptr (SandboxAnswer) all = send ("POST", "{\"queueName\":\"Customers\",\"isConsumed\":true}",
                                        "api/TestDataQueueActions/SetAllItemsConsumed");
  g_autoptr (SandboxAnswer) none
      = send ("POST", "{\"queueName\":\"Customers\",\"setConsumed\":true}",
              "api/TestDataQueueActions/GetNextItem");

  sandbox_assert_status (made, 201);
  sandbox_assert_error (bad_schema, 400, 1009);
  sandbox_assert_status (item, 201);
  sandbox_assert_error (violates, 409, 3219);
  sandbox_assert_error (half, 409, 3219);
  sandbox_assert_status (many, 200);
  g_assert_cmpstr (many->text, ==, "2");
  g_assert_cmpstr (baton_json_peek_string (baton_json_peek_object (first->json, "content"), "Name"),
                   ==, "a");
  g_assert_cmpstr (
      baton_json_peek_string (baton_json_peek_object (second->json, "content"), "Name"), ==, "b");
  sandbox_assert_status (deleted, 204);
  sandbox_assert_error (again, 404, 1002);
  g_assert_cmpint (baton_json_peek_int (counts->json, "ItemsCount", 0), ==, 2);
  g_assert_cmpint (baton_json_peek_int (counts->json, "ConsumedItemsCount", 0), ==, 1);
  sandbox_assert_status (all, 202);
  sandbox_assert_status (none, 204);
}

/* What a queue is called stays; the rest of it does not. */
static void
test_data_queue (void)
{
  g_autoptr (SandboxAnswer) made = send (
      "POST", "{\"Name\":\"Addresses\",\"ContentJsonSchema\":\"{}\"}", "odata/TestDataQueues");
  gint64 id = baton_json_peek_int (made->json, "Id", 0);
  g_autoptr (SandboxAnswer) renamed
      = send ("PUT", "{\"Name\":\"Streets\",\"ContentJsonSchema\":\"{}\"}",
              "odata/TestDataQueues(%" G_GINT64_FORMAT ")", id);
  g_autoptr (SandboxAnswer) changed = send (
      "PUT",
      "{\"Name\":\"Addresses\",\"Description\":\"Of customers\",\"ContentJsonSchema\":\"{}\"}",
      "odata/TestDataQueues(%" G_GINT64_FORMAT ")", id);

  sandbox_assert_error (renamed, 409, 1023);
  sandbox_assert_status (changed, 200);
  g_assert_cmpstr (baton_json_peek_string (changed->json, "Description"), ==, "Of customers");
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = sandbox_test_start ("--jobs=100", "--user-key-token-life=1000000", NULL);

  g_test_add_func ("/sandbox/testing/execution", test_execution);
  g_test_add_func ("/sandbox/testing/cancel-and-again", test_cancel_and_again);
  g_test_add_func ("/sandbox/testing/screenshot", test_screenshot);
  g_test_add_func ("/sandbox/testing/set", test_set);
  g_test_add_func ("/sandbox/testing/schedule", test_schedule);
  g_test_add_func ("/sandbox/testing/data", test_data);
  g_test_add_func ("/sandbox/testing/data-queue", test_data_queue);

  status = g_test_run ();
  sandbox_test_stop (test);

  return status;
}
