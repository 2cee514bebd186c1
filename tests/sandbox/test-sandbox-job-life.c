/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "sandbox-test.h"

#define US "UiPath.Server.Configuration.OData."

static SandboxTest *test;
static char *process;

static gint64
start (const char *input)
{
  return sandbox_test_start_job (test, process, input);
}

static SandboxAnswer *
wait_for (gint64 id, const char *state)
{
  return sandbox_test_wait_for_job (test, id, state);
}

static SandboxAnswer *
stop (gint64 id, const char *strategy)
{
  return sandbox_test_stop_job (test, id, strategy);
}

/* Returns: (transfer full): what the job waits for. */
static SandboxAnswer *
get_triggers (const char *key)
{
  g_autofree char *address
      = g_strdup_printf ("odata/JobTriggers/" US "GetByJobKey(jobKey=%s)", key);
  SandboxAnswer *answer = sandbox_test_get (test, address);

  sandbox_assert_status (answer, 200);

  return answer;
}

static JsonObject *
first (SandboxAnswer *answer)
{
  return baton_json_peek_object_at (baton_json_peek_array (answer->json, "value"), 0);
}

static void
test_timer (void)
{
  gint64 id = start ("{\"sandboxSeconds\":1,\"sandboxOutcome\":\"Successful\",\"sandboxWaitsFor\":"
                     "\"Timer\",\"sandboxWaitSeconds\":3}");
  g_autoptr (SandboxAnswer) suspended = wait_for (id, "Suspended");
  g_autoptr (SandboxAnswer) triggers
      = get_triggers (baton_json_peek_string (suspended->json, "Key"));
  g_autoptr (SandboxAnswer) ended = wait_for (id, "Successful");

  g_assert_nonnull (baton_json_peek_string (suspended->json, "PersistenceId"));
  g_assert_cmpint (baton_json_peek_int (suspended->json, "ResumeVersion", 0), ==, 1);
  g_assert_cmpstr (baton_json_peek_string (first (triggers), "TriggerType"), ==, "Timer");
  g_assert_cmpint (baton_json_peek_time (ended->json, "ResumeTime"), >=,
                   baton_json_peek_time (first (triggers), "Timer"));
}

static void
test_inbox (void)
{
  gint64 id = start ("{\"sandboxSeconds\":1,\"sandboxOutcome\":\"Successful\",\"sandboxWaitsFor\":"
                     "\"Inbox\"}");
  g_autoptr (SandboxAnswer) suspended = wait_for (id, "Suspended");
  g_autoptr (SandboxAnswer) triggers
      = get_triggers (baton_json_peek_string (suspended->json, "Key"));
  const char *inbox = baton_json_peek_string (first (triggers), "ItemKey");
  g_autofree char *address = g_strdup_printf ("api/JobTriggers/DeliverPayload/%s", inbox);
  g_autofree char *reading = g_strdup_printf ("api/JobTriggers/GetPayload/%s", inbox);
  g_autoptr (SandboxAnswer) early = sandbox_test_get (test, reading);
  g_autoptr (SandboxAnswer) sent = sandbox_test_post (test, address, "{\"answer\":42}");
  g_autoptr (SandboxAnswer) again = sandbox_test_post (test, address, "{\"answer\":43}");
  g_autoptr (SandboxAnswer) payload = sandbox_test_get (test, reading);
  g_autoptr (SandboxAnswer) unknown = sandbox_test_post (
      test, "api/JobTriggers/DeliverPayload/00000000-0000-0000-0000-000000000000", "{}");
  g_autoptr (SandboxAnswer) ended = wait_for (id, "Successful");

  sandbox_assert_error (early, 404, 1002);
  sandbox_assert_status (sent, 202);
  sandbox_assert_status (again, 208);
  g_assert_cmpint (baton_json_peek_int (payload->json, "answer", 0), ==, 42);
  sandbox_assert_error (unknown, 404, 1002);
}

static void
test_other_job (void)
{
  gint64 other = start ("{\"sandboxSeconds\":600}");
  g_autoptr (SandboxAnswer) running = wait_for (other, "Running");
  g_autofree char *input = g_strdup_printf (
      "{\"sandboxSeconds\":1,\"sandboxOutcome\":\"Successful\",\"sandboxWaitsFor\":\"Job\","
      "\"sandboxItemKey\":\"%s\"}",
      baton_json_peek_string (running->json, "Key"));
  gint64 id = start (input);
  g_autoptr (SandboxAnswer) suspended = wait_for (id, "Suspended");
  g_autofree char *address = g_strdup_printf (
      "odata/JobTriggers/" US "GetWithWaitEvents(jobId=%" G_GINT64_FORMAT ")", id);
  g_autoptr (SandboxAnswer) events = sandbox_test_get (test, address);
  g_autoptr (SandboxAnswer) killed = stop (other, "Kill");
  g_autoptr (SandboxAnswer) ended = wait_for (id, "Successful");

  g_assert_cmpstr (baton_json_peek_string (first (events), "ItemName"), ==, "Stock_Sync");
  g_assert_cmpstr (baton_json_peek_string (first (events), "Status"), ==, "New");
}

static void
test_resume (void)
{
  gint64 id = start ("{\"sandboxSeconds\":1,\"sandboxOutcome\":\"Successful\",\"sandboxWaitsFor\":"
                     "\"Inbox\"}");
  g_autoptr (SandboxAnswer) suspended = wait_for (id, "Suspended");
  g_autofree char *body
      = g_strdup_printf ("{\"jobKey\":\"%s\"}", baton_json_peek_string (suspended->json, "Key"));
  g_autoptr (SandboxAnswer) resumed = sandbox_test_post (test, "odata/Jobs/" US "ResumeJob", body);
  g_autoptr (SandboxAnswer) ended = wait_for (id, "Successful");
  g_autoptr (SandboxAnswer) late = sandbox_test_post (test, "odata/Jobs/" US "ResumeJob", body);
  g_autoptr (SandboxAnswer) triggers
      = get_triggers (baton_json_peek_string (suspended->json, "Key"));

  sandbox_assert_status (resumed, 200);
  g_assert_cmpstr (baton_json_peek_string (resumed->json, "State"), ==, "Resumed");
  sandbox_assert_error (late, 409, 1009);
  g_assert_cmpstr (baton_json_peek_string (first (triggers), "Status"), ==, "Fired");
}

static void
test_stop_suspended (void)
{
  gint64 id = start ("{\"sandboxSeconds\":1,\"sandboxWaitsFor\":\"Inbox\"}");
  g_autoptr (SandboxAnswer) suspended = wait_for (id, "Suspended");
  g_autoptr (SandboxAnswer) sent = stop (id, "SoftStop");
  g_autoptr (SandboxAnswer) stopped = sandbox_test_get_job (test, id);

  sandbox_assert_status (sent, 200);
  g_assert_cmpstr (baton_json_peek_string (stopped->json, "State"), ==, "Stopped");
}

/* A process that does not ask whether it should stop goes on until it is killed. */
static void
test_deaf (void)
{
  gint64 id = start ("{\"sandboxSeconds\":600,\"sandboxIgnoresStop\":true}");
  g_autoptr (SandboxAnswer) running = wait_for (id, "Running");
  g_autoptr (SandboxAnswer) sent = stop (id, "SoftStop");
  g_autoptr (SandboxAnswer) stopping = NULL;
  g_autoptr (SandboxAnswer) killed = NULL;
  g_autoptr (SandboxAnswer) stopped = NULL;

  /* At ten times the speed that is ten seconds. */
  g_usleep (G_USEC_PER_SEC);
  stopping = wait_for (id, "Stopping");
  killed = stop (id, "Kill");
  stopped = wait_for (id, "Stopped");
  g_assert_cmpstr (baton_json_peek_string (stopped->json, "StopStrategy"), ==, "Kill");
}

static void
test_time_limit (void)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_start_jobs (
      test, process,
      "\"StopProcessExpression\":\"5\",\"KillProcessExpression\":\"5\",\"InputArguments\":"
      "\"{\\\"sandboxSeconds\\\":600,\\\"sandboxIgnoresStop\\\":true}\"");
  gint64 id = baton_json_peek_int (first (answer), "Id", 0);
  g_autoptr (SandboxAnswer) stopping = wait_for (id, "Stopping");
  g_autoptr (SandboxAnswer) stopped = wait_for (id, "Stopped");
  gint64 length = baton_json_peek_time (stopped->json, "EndTime")
                  - baton_json_peek_time (stopped->json, "StartTime");

  g_assert_cmpint (length, >=, 10 * G_USEC_PER_SEC);
  g_assert_cmpint (length, <, 60 * G_USEC_PER_SEC);
}

static gint64
count_running (void)
{
  g_autoptr (SandboxAnswer) answer
      = sandbox_test_get (test, "odata/Jobs?$filter=State%20eq%20'Running'&$count=true&$top=0");

  return baton_json_peek_int (answer->json, "@odata.count", -1);
}

static void
assert_validation (const char *more, const char *code)
{
  g_autofree char *body
      = g_strdup_printf ("{\"startInfo\":{\"ReleaseKey\":\"%s\"%s}}", process, more);
  g_autoptr (SandboxAnswer) answer
      = sandbox_test_post (test, "odata/Jobs/" US "ValidateDynamicJob", body);

  sandbox_assert_status (answer, 200);
  g_assert_cmpint (baton_json_peek_bool (answer->json, "IsValid", code != NULL), ==, code == NULL);
  g_assert_cmpstr (
      baton_json_peek_string_at (baton_json_peek_array (answer->json, "ErrorCodes"), 0), ==, code);
}

/* More jobs than runtimes: the rest waits, and the most urgent of it comes first. */
static void
test_runtimes (void)
{
  g_autoptr (SandboxAnswer) many = NULL;
  g_autoptr (SandboxAnswer) urgent = NULL;
  g_autoptr (SandboxAnswer) stopped = NULL;
  g_autoptr (SandboxAnswer) started = NULL;
  g_autoptr (SandboxAnswer) waiting = NULL;
  g_autofree char *address = NULL;
  gint64 before, running, id, last;

  assert_validation ("", NULL);
  assert_validation (",\"RuntimeType\":\"Headless\"", "TemplateNoRuntime");
  assert_validation (",\"RuntimeType\":\"NonProduction\"", "TemplateNoHostsAvailable");
  before = count_running ();
  many = sandbox_test_start_jobs (
      test, process, "\"JobsCount\":40,\"InputArguments\":\"{\\\"sandboxSeconds\\\":600}\"");
  sandbox_assert_status (many, 201);
  last = baton_json_peek_int (
      baton_json_peek_object_at (baton_json_peek_array (many->json, "value"), 39), "Id", 0);
  urgent = sandbox_test_start_jobs (
      test, process,
      "\"SpecificPriorityValue\":95,\"InputArguments\":\"{\\\"sandboxSeconds\\\":600}\"");
  id = baton_json_peek_int (first (urgent), "Id", 0);
  g_assert_cmpstr (baton_json_peek_string (first (urgent), "JobPriority"), ==, "High");
  g_usleep (G_USEC_PER_SEC);
  running = count_running ();
  g_assert_cmpint (running, >, before);
  g_assert_cmpint (running, <, before + 40);
  assert_validation ("", "TemplateFullCapacity");

  started = sandbox_test_get_job (test, id);
  g_assert_cmpstr (baton_json_peek_string (started->json, "State"), ==, "Pending");
  stopped = stop (baton_json_peek_int (first (many), "Id", 0), "Kill");
  sandbox_assert_status (stopped, 200);
  g_clear_pointer (&started, sandbox_answer_free);
  started = wait_for (id, "Running");
  waiting = sandbox_test_get_job (test, last);
  g_assert_cmpstr (baton_json_peek_string (waiting->json, "State"), ==, "Pending");
  address = g_strdup_printf ("odata/Jobs(%" G_GINT64_FORMAT ")/" US "ValidateExistingJob", last);
  g_clear_pointer (&stopped, sandbox_answer_free);
  stopped = sandbox_test_post (test, address, NULL);
  sandbox_assert_status (stopped, 200);
  g_assert_false (baton_json_peek_bool (stopped->json, "IsValid", TRUE));
}

static void
test_arguments (void)
{
  g_autofree char *typed = sandbox_test_find_process (test, "Invoice_Posting");
  g_autoptr (SandboxAnswer) wrong = sandbox_test_start_jobs (
      test, typed, "\"InputArguments\":\"{\\\"in_MaxItems\\\":\\\"many\\\"}\"");
  gint64 id = sandbox_test_start_job (
      test, typed, "{\"in_MaxItems\":5,\"sandboxSeconds\":1,\"sandboxOutcome\":\"Successful\"}");
  gint64 own = sandbox_test_start_job (test, typed,
                                       "{\"sandboxSeconds\":1,\"sandboxOutcome\":\"Successful\","
                                       "\"sandboxOutput\":{\"out_Posted\":7}}");
  g_autoptr (SandboxAnswer) ended = wait_for (id, "Successful");
  g_autoptr (SandboxAnswer) other = wait_for (own, "Successful");
  g_autoptr (JsonNode) output
      = baton_json_parse_text (baton_json_peek_string (ended->json, "OutputArguments"), -1, NULL);

  sandbox_assert_error (wrong, 400, 1009);
  g_assert_cmpint (baton_json_peek_int (baton_json_peek_root_object (output), "out_Posted", 0), ==,
                   12);
  g_assert_cmpstr (baton_json_peek_string (other->json, "OutputArguments"), ==,
                   "{\"out_Posted\":7}");
}

/* A robot takes a process that was meant for it once at a time. */
static void
test_robots (void)
{
  g_autoptr (SandboxAnswer) robots = sandbox_test_get (
      test, "odata/Robots?$filter=Enabled%20eq%20true&$orderby=Id%20desc&$top=1");
  gint64 robot = baton_json_peek_int (first (robots), "Id", 0);
  g_autofree char *more
      = g_strdup_printf ("\"Strategy\":\"Specific\",\"RobotIds\":[%" G_GINT64_FORMAT "]", robot);
  g_autofree char *body
      = g_strdup_printf ("{\"startInfo\":{\"ReleaseKey\":\"%s\",%s}}", process, more);
  g_autoptr (SandboxAnswer) once = sandbox_test_post (test, "odata/Jobs/" US "StartJobs", body);
  g_autoptr (SandboxAnswer) again = sandbox_test_post (test, "odata/Jobs/" US "StartJobs", body);

  sandbox_assert_status (once, 201);
  sandbox_assert_error (again, 409, 1670);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = sandbox_test_start ("--jobs=500", "--speed=10", NULL);
  sandbox_test_rest_triggers (test);
  process = sandbox_test_find_process (test, "Stock_Sync");

  g_test_add_func ("/sandbox/job-life/timer", test_timer);
  g_test_add_func ("/sandbox/job-life/inbox", test_inbox);
  g_test_add_func ("/sandbox/job-life/other-job", test_other_job);
  g_test_add_func ("/sandbox/job-life/resume", test_resume);
  g_test_add_func ("/sandbox/job-life/stop-suspended", test_stop_suspended);
  g_test_add_func ("/sandbox/job-life/deaf", test_deaf);
  g_test_add_func ("/sandbox/job-life/time-limit", test_time_limit);
  g_test_add_func ("/sandbox/job-life/arguments", test_arguments);
  g_test_add_func ("/sandbox/job-life/robots", test_robots);
  /* Takes all there is, so last. */
  g_test_add_func ("/sandbox/job-life/runtimes", test_runtimes);

  status = g_test_run ();
  g_free (process);
  sandbox_test_stop (test);

  return status;
}
