/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <baton-json.h>

#include "sandbox-test.h"

#define US "UiPath.Server.Configuration.OData."

static SandboxTest *test;

static SandboxAnswer *
get_hosts (const char *filter)
{
  return sandbox_test_ask (test, "GET", 0, NULL,
                           "odata/Sessions/" US "GetMachineSessionRuntimes?$filter=%s", filter);
}

static SandboxAnswer *
post (const char *action, const char *body)
{
  return sandbox_test_ask (test, "POST", 0, body, "odata/Sessions/" US "%s", action);
}

/* What is connected is never older than 30 seconds, however much time passes. */
static void
test_heartbeats (void)
{
  /* The clock stands, so that each heartbeat comes when it is due, however busy the machine is. */
  g_autoptr (SandboxAnswer) stopped
      = sandbox_test_control (test, "PATCH", "clock", "{\"speed\":0}");
  g_autoptr (SandboxAnswer) settled
      = sandbox_test_control (test, "POST", "clock/advance", "{\"seconds\":60}");
  g_autoptr (SandboxAnswer) before = get_hosts ("Status%20ne%20'Disconnected'");
  g_autoptr (SandboxAnswer) advanced
      = sandbox_test_control (test, "POST", "clock/advance", "{\"seconds\":3600}");
  g_autoptr (SandboxAnswer) after = get_hosts ("Status%20ne%20'Disconnected'");
  g_autoptr (SandboxAnswer) lost = get_hosts ("Status%20eq%20'Disconnected'");
  g_autoptr (SandboxAnswer) goes_on
      = sandbox_test_control (test, "PATCH", "clock", "{\"speed\":5}");
  gint64 now = baton_json_peek_time (advanced->json, "now");

  sandbox_assert_status (stopped, 200);
  sandbox_assert_status (settled, 200);
  sandbox_assert_status (goes_on, 200);
  g_assert_cmpuint (sandbox_answer_length (after), >, 3);
  for (guint i = 0; i < sandbox_answer_length (after); i++)
    {
      JsonObject *host = sandbox_answer_get (after, i);
      gint64 time = baton_json_peek_time (host, "ReportingTime");
      gint64 earlier = baton_json_peek_time (sandbox_answer_get (before, i), "ReportingTime");

      g_assert_cmpint (ABS (now - time), <=, 35 * G_USEC_PER_SEC);
      g_assert_cmpint ((time - earlier) % (30 * G_USEC_PER_SEC), ==, 0);
      g_assert_false (baton_json_peek_bool (host, "IsUnresponsive", TRUE));
    }
  g_assert_cmpuint (sandbox_answer_length (lost), >, 0);
  g_assert_true (baton_json_peek_bool (sandbox_answer_get (lost, 0), "IsUnresponsive", FALSE));
}

/* Nothing starts on a host in maintenance; what runs there is stopped. */
static void
test_maintenance (void)
{
  g_autofree char *process = sandbox_test_find_process (test, "Stock_Sync");
  gint64 job = sandbox_test_start_job (test, process, "{\"sandboxSeconds\":600}");
  g_autoptr (SandboxAnswer) running = sandbox_test_wait_for_job (test, job, "Running");
  g_autofree char *filter = g_strdup_printf (
      "HostMachineName%%20eq%%20'%s'", baton_json_peek_string (running->json, "HostMachineName"));
  g_autoptr (SandboxAnswer) host = get_hosts (filter);
  gint64 session = baton_json_peek_int (sandbox_answer_get (host, 0), "SessionId", 0);
  gint64 used = baton_json_peek_int (sandbox_answer_get (host, 0), "UsedRuntimes", 0);
  g_autofree char *body = g_strdup_printf (
      "{'sessionId':%" G_GINT64_FORMAT ",'maintenanceMode':'Enabled','stopJobsStrategy':'Kill'}",
      session);
  g_autofree char *where = g_strdup_printf (
      "{'startInfo':{'ReleaseKey':'%s','MachineSessionIds':[%" G_GINT64_FORMAT "]}}", process,
      session);
  g_autofree char *end
      = g_strdup_printf ("{'sessionId':%" G_GINT64_FORMAT ",'maintenanceMode':'Default'}", session);
  g_autoptr (SandboxAnswer) sent = post ("SetMaintenanceMode", body);
  g_autoptr (SandboxAnswer) stopped = sandbox_test_wait_for_job (test, job, "Stopped");
  g_autoptr (SandboxAnswer) after = get_hosts (filter);
  g_autoptr (SandboxAnswer) valid
      = sandbox_test_ask (test, "POST", test->shared, where, "odata/Jobs/" US "ValidateDynamicJob");
  g_autoptr (SandboxAnswer) started
      = sandbox_test_ask (test, "POST", test->shared, where, "odata/Jobs/" US "StartJobs");
  g_autoptr (SandboxAnswer) pending = NULL;
  g_autoptr (SandboxAnswer) ended = NULL;

  g_assert_cmpint (used, >, 0);
  sandbox_assert_status (sent, 204);
  g_assert_cmpint (baton_json_peek_int (sandbox_answer_get (after, 0), "UsedRuntimes", -1), <,
                   used);
  g_assert_cmpstr (baton_json_peek_string_at (baton_json_peek_array (valid->json, "ErrorCodes"), 0),
                   ==, "TemplateMaintenanceMode");
  job = baton_json_peek_int (sandbox_answer_get (started, 0), "Id", 0);
  g_usleep (G_USEC_PER_SEC);
  pending = sandbox_test_get_job (test, job);
  g_assert_cmpstr (baton_json_peek_string (pending->json, "State"), ==, "Pending");
  ended = post ("SetMaintenanceMode", end);
  sandbox_assert_status (ended, 204);
  sandbox_answer_free (sandbox_test_wait_for_job (test, job, "Running"));
}

static void
test_others (void)
{
  g_autoptr (SandboxAnswer) lost = get_hosts ("Status%20eq%20'Disconnected'");
  g_autoptr (SandboxAnswer) connected = get_hosts ("Status%20ne%20'Disconnected'&$top=1");
  gint64 gone = baton_json_peek_int (sandbox_answer_get (lost, 0), "SessionId", 0);
  gint64 there = baton_json_peek_int (sandbox_answer_get (connected, 0), "SessionId", 0);
  g_autofree char *both
      = g_strdup_printf ("{'sessionIds':[%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT "]}", gone, there);
  g_autofree char *one = g_strdup_printf ("{'sessionIds':[%" G_GINT64_FORMAT "]}", gone);
  g_autoptr (SandboxAnswer) refused = post ("DeleteInactiveUnattendedSessions", both);
  g_autoptr (SandboxAnswer) deleted = post ("DeleteInactiveUnattendedSessions", one);
  g_autoptr (SandboxAnswer) again = post ("DeleteInactiveUnattendedSessions", one);
  g_autoptr (SandboxAnswer) debug = sandbox_test_ask (
      test, "POST", 0, "{'enabled':true,'minutes':5}",
      "odata/Sessions(%" G_GINT64_FORMAT ")/" US "ToggleMachineSessionDebugMode", there);
  g_autofree char *filter = g_strdup_printf ("SessionId%%20eq%%20%" G_GINT64_FORMAT, there);
  g_autoptr (SandboxAnswer) after = get_hosts (filter);
  g_autoptr (SandboxAnswer) names
      = sandbox_test_ask (test, "GET", 0, NULL, "odata/Sessions/" US "GetUsernames");
  g_autoptr (SandboxAnswer) of_machine = sandbox_test_ask (
      test, "GET", 0, NULL, "odata/Sessions/" US "GetMachineSessions(key=%" G_GINT64_FORMAT ")",
      baton_json_peek_int (sandbox_answer_get (connected, 0), "MachineId", 0));

  sandbox_assert_error (refused, 409, 1013);
  sandbox_assert_status (deleted, 204);
  sandbox_assert_error (again, 404, 1002);
  sandbox_assert_status (debug, 204);
  g_assert_cmpint (baton_json_peek_time (sandbox_answer_get (after, 0), "DebugModeExpirationDate"),
                   >, 0);
  g_assert_cmpuint (sandbox_answer_length (names), >, 5);
  g_assert_cmpuint (sandbox_answer_length (of_machine), >, 0);
  g_assert_nonnull (baton_json_peek_string (sandbox_answer_get (of_machine, 0), "ServiceUserName"));
}

static void
test_logs (void)
{
  g_autofree char *process = sandbox_test_find_process (test, "Stock_Sync");
  gint64 id = sandbox_test_start_job (test, process, "{\"sandboxSeconds\":600}");
  g_autoptr (SandboxAnswer) job = sandbox_test_get_job (test, id);
  const char *key = baton_json_peek_string (job->json, "Key");
  g_autofree char *one = g_strdup_printf (
      "{'message':'By hand','level':'Critical','timeStamp':'2026-01-18T14:46:07Z','jobId':'%s'}",
      key);
  g_autofree char *many = g_strdup_printf ("[\"{\\\"message\\\":\\\"One\\\",\\\"jobId\\\":\\\"%"
                                           "s\\\"}\",\"{\\\"message\\\":\\\"Two\\\"}\"]",
                                           key);
  g_autoptr (SandboxAnswer) count
      = sandbox_test_ask (test, "GET", test->shared, NULL, "odata/RobotLogs/" US "GetTotalCount");
  g_autoptr (SandboxAnswer) posted = sandbox_test_ask (test, "POST", 0, one, "api/Logs");
  g_autoptr (SandboxAnswer) homeless
      = sandbox_test_send (test, "POST", "api/Logs/SubmitLogs", test->token, 0, NULL, many);
  g_autoptr (SandboxAnswer) submitted = sandbox_test_send (test, "POST", "api/Logs/SubmitLogs",
                                                           test->token, test->shared, NULL, many);
  g_autoptr (SandboxAnswer) wrong = sandbox_test_post (test, "api/Logs/SubmitLogs", "[1]");
  g_autoptr (SandboxAnswer) none = sandbox_test_post (test, "api/Logs/SubmitLogs", "{}");
  g_autoptr (SandboxAnswer) after
      = sandbox_test_ask (test, "GET", test->shared, NULL, "odata/RobotLogs/" US "GetTotalCount");
  g_autoptr (SandboxAnswer) lines = sandbox_test_ask (
      test, "GET", test->shared, NULL,
      "odata/RobotLogs?$filter=JobKey%%20eq%%20%s%%20and%%20Level%%20eq%%20'Fatal'", key);

  sandbox_assert_status (posted, 200);
  sandbox_assert_error (homeless, 400, 1009);
  sandbox_assert_status (submitted, 200);
  sandbox_assert_error (wrong, 400, 1009);
  sandbox_assert_error (none, 400, 1000);
  /* The job itself may have written meanwhile. */
  g_assert_cmpint (baton_json_peek_int (after->json, "value", 0), >=,
                   baton_json_peek_int (count->json, "value", 0) + 3);
  g_assert_cmpuint (sandbox_answer_length (lines), ==, 1);
  g_assert_cmpstr (baton_json_peek_string (sandbox_answer_get (lines, 0), "Message"), ==,
                   "By hand");
}

static void
test_media (void)
{
  g_autoptr (SandboxAnswer) list
      = sandbox_test_ask (test, "GET", test->shared, NULL, "odata/ExecutionMedia?$top=1");
  gint64 job = baton_json_peek_int (sandbox_answer_get (list, 0), "JobId", 0);
  g_autofree char *body = g_strdup_printf ("{'jobId':%" G_GINT64_FORMAT "}", job);
  g_autoptr (SandboxAnswer) zip = sandbox_test_ask (
      test, "GET", test->shared, NULL,
      "odata/ExecutionMedia/" US "DownloadMediaByJobId(jobId=%" G_GINT64_FORMAT ")", job);
  g_autoptr (SandboxAnswer) deleted = sandbox_test_ask (
      test, "POST", test->shared, body, "odata/ExecutionMedia/" US "DeleteMediaByJobId");
  g_autoptr (SandboxAnswer) again = sandbox_test_ask (
      test, "POST", test->shared, body, "odata/ExecutionMedia/" US "DeleteMediaByJobId");
  struct archive *archive = archive_read_new ();
  struct archive_entry *entry;
  gsize size;
  gconstpointer data = g_bytes_get_data (zip->bytes, &size);
  guint n = 0;

  sandbox_assert_status (zip, 200);
  archive_read_support_format_zip (archive);
  g_assert_cmpint (archive_read_open_memory (archive, data, size), ==, ARCHIVE_OK);
  while (archive_read_next_header (archive, &entry) == ARCHIVE_OK)
    {
      guint8 start[8];

      g_assert_cmpint (archive_read_data (archive, start, sizeof start), ==, sizeof start);
      g_assert_cmpmem (start + 1, 3, "PNG", 3);
      n++;
    }
  archive_read_free (archive);
  g_assert_cmpuint (n, ==, 5);
  sandbox_assert_status (deleted, 204);
  sandbox_assert_error (again, 404, 1002);
}

static void
test_retention (void)
{
  g_autoptr (SandboxAnswer) releases
      = sandbox_test_ask (test, "GET", test->shared, NULL, "odata/Releases?$top=1");
  gint64 id = baton_json_peek_int (sandbox_answer_get (releases, 0), "Id", 0);
  g_autoptr (SandboxAnswer) put = sandbox_test_ask (
      test, "PUT", test->shared, "{'Action':'Delete','Period':45,'Type':'Final'}",
      "odata/ReleaseRetention(%" G_GINT64_FORMAT ")", id);
  g_autoptr (SandboxAnswer) policy = sandbox_test_ask (
      test, "GET", test->shared, NULL, "odata/ReleaseRetention(%" G_GINT64_FORMAT ")", id);
  g_autoptr (SandboxAnswer) deleted = sandbox_test_ask (
      test, "DELETE", test->shared, NULL, "odata/ReleaseRetention(%" G_GINT64_FORMAT ")", id);
  g_autoptr (SandboxAnswer) default_policy = sandbox_test_ask (
      test, "GET", test->shared, NULL, "odata/ReleaseRetention(%" G_GINT64_FORMAT ")", id);

  sandbox_assert_status (put, 200);
  g_assert_cmpint (baton_json_peek_int (policy->json, "Period", 0), ==, 45);
  sandbox_assert_status (deleted, 204);
  g_assert_cmpint (baton_json_peek_int (default_policy->json, "Period", 0), ==, 30);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = sandbox_test_start ("--jobs=500", "--speed=5", NULL);

  g_test_add_func ("/sandbox/sessions/heartbeats", test_heartbeats);
  g_test_add_func ("/sandbox/sessions/maintenance", test_maintenance);
  g_test_add_func ("/sandbox/sessions/others", test_others);
  g_test_add_func ("/sandbox/sessions/logs", test_logs);
  g_test_add_func ("/sandbox/sessions/media", test_media);
  g_test_add_func ("/sandbox/sessions/retention", test_retention);

  status = g_test_run ();
  sandbox_test_stop (test);

  return status;
}
