/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "sandbox-test.h"

#define US "UiPath.Server.Configuration.OData."

static SandboxTest *test;
static char *release_key;

/* @more: (nullable): further members of startInfo. */
static SandboxAnswer *
start (const char *more)
{
  return sandbox_test_start_jobs (test, release_key, more);
}

static gint64
start_one (const char *input)
{
  return sandbox_test_start_job (test, release_key, input);
}

static SandboxAnswer *
get_job (gint64 id)
{
  return sandbox_test_get_job (test, id);
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

static void
test_success (void)
{
  gint64 id = start_one ("{\"sandboxSeconds\":1,\"sandboxOutcome\":\"Successful\"}");
  g_autoptr (SandboxAnswer) running = wait_for (id, "Running");
  g_autoptr (SandboxAnswer) ended = wait_for (id, "Successful");
  g_autofree char *address =
      g_strdup_printf ("odata/RobotLogs?$filter=JobKey%%20eq%%20%s&$orderby=TimeStamp",
                       baton_json_peek_string (ended->json, "Key"));
  g_autoptr (SandboxAnswer) logs = sandbox_test_get (test, address);
  JsonArray *lines = baton_json_peek_array (logs->json, "value");

  g_assert_nonnull (baton_json_peek_string (running->json, "HostMachineName"));
  g_assert_cmpint (baton_json_peek_time (running->json, "StartTime"), >, 0);
  g_assert_cmpint (baton_json_peek_time (ended->json, "EndTime"),
                   >=,
                   baton_json_peek_time (ended->json, "StartTime"));
  g_assert_cmpstr (baton_json_peek_string (ended->json, "InputArguments"),
                   ==,
                   "{\"sandboxSeconds\":1,\"sandboxOutcome\":\"Successful\"}");
  g_assert_nonnull (baton_json_peek_string (ended->json, "OutputArguments"));
  sandbox_assert_status (logs, 200);
  g_assert_cmpuint (baton_json_length (lines), >, 4);
  g_assert_cmpstr (baton_json_peek_string (baton_json_peek_object_at (lines, 0), "Message"),
                   ==,
                   "Stock_Sync execution started");
}

static void
test_fault (void)
{
  gint64 id = start_one ("{\"sandboxSeconds\":0,\"sandboxOutcome\":\"Faulted\"}");
  g_autoptr (SandboxAnswer) ended = wait_for (id, "Faulted");
  JsonObject *error = baton_json_peek_object (ended->json, "JobError");

  g_assert_nonnull (strstr (baton_json_peek_string (ended->json, "Info"), "   at "));
  g_assert_nonnull (error);
  g_assert_cmpstr (baton_json_peek_string (error, "code"), ==,
                   baton_json_peek_string (ended->json, "ErrorCode"));
  g_assert_cmpstr (baton_json_peek_string (error, "detail"), ==,
                   baton_json_peek_string (ended->json, "Info"));
  g_assert_true (g_str_has_prefix (baton_json_peek_string (error, "detail"),
                                   baton_json_peek_string (error, "title")));
  g_assert_null (strchr (baton_json_peek_string (error, "title"), '\n'));
}

static void
test_many (void)
{
  g_autoptr (SandboxAnswer) answer = start ("\"JobsCount\":5,\"JobPriority\":\"High\"");
  JsonArray *jobs = baton_json_peek_array (answer->json, "value");

  sandbox_assert_status (answer, 201);
  g_assert_cmpuint (baton_json_length (jobs), ==, 5);
  for (guint i = 0; i < 5; i++)
    {
      JsonObject *job = baton_json_peek_object_at (jobs, i);

      g_assert_cmpstr (baton_json_peek_string (job, "JobPriority"), ==, "High");
      g_assert_cmpstr (baton_json_peek_string (job, "OrchestratorUserIdentity"), ==, "admin");
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *body; /* with the release's key for KEY */
    guint status;
    int code;
  } cases[] = {
    { "{}", 400, 1000 },
    { "{\"startInfo\":{}}", 400, 1014 },
    { "{\"startInfo\":{\"ReleaseKey\":\"unknown\"}}", 404, 1002 },
    { "{\"startInfo\":{\"ReleaseName\":\"Unknown\"}}", 404, 1002 },
    { "{\"startInfo\":{\"ReleaseKey\":\"KEY\",\"Whatever\":1}}", 400, 1000 },
    { "{\"startInfo\":{\"ReleaseKey\":\"KEY\"},\"other\":1}", 400, 1000 },
    { "{\"startInfo\":{\"ReleaseKey\":\"KEY\",\"Strategy\":\"Nonsense\"}}", 400, 1000 },
    { "{\"startInfo\":{\"ReleaseKey\":\"KEY\",\"InputArguments\":{\"a\":1}}}", 400, 1000 },
    { "{\"startInfo\":{\"ReleaseKey\":\"KEY\",\"InputArguments\":\"[1]\"}}", 400, 1009 },
    { "{\"startInfo\":{\"ReleaseKey\":\"KEY\",\"InputArguments\":\"nonsense\"}}", 400, 1009 },
    { "{\"startInfo\":{\"ReleaseKey\":\"KEY\",\"JobsCount\":0}}", 400, 1009 },
    { "{\"startInfo\":{\"ReleaseKey\":\"KEY\",\"JobsCount\":\"many\"}}", 400, 1000 },
    { "{\"startInfo\":{\"ReleaseKey\":\"KEY\",\"NoOfRobots\":1}}", 400, 1009 },
    { "{\"startInfo\":{\"ReleaseKey\":\"KEY\",\"JobPriority\":\"Low\",\"SpecificPriorityValue\":50}"
      "}",
      400, 1009 },
    { "{\"startInfo\":{\"ReleaseKey\":\"KEY\",\"SpecificPriorityValue\":101}}", 400, 1000 },
    { "{\"startInfo\":{\"ReleaseKey\":\"KEY\",\"StopProcessExpression\":\"soon\"}}", 400, 1009 },
    { "{\"startInfo\":{\"ReleaseKey\":\"KEY\",\"Strategy\":\"Specific\"}}", 409, 1671 },
    { "{\"startInfo\":{\"ReleaseKey\":\"KEY\",\"Strategy\":\"Specific\",\"RobotIds\":[999999]}}",
      409, 1671 },
    { "{\"startInfo\":{\"ReleaseKey\":\"KEY\",\"RobotIds\":[\"x\"],\"Strategy\":\"Specific\"}}",
      400, 1000 },
    { "{\"startInfo\":{\"ReleaseKey\":\"KEY\",\"MachineRobots\":[{\"RobotId\":999999}]}}", 409,
      1671 },
    { "{\"startInfo\":{\"ReleaseKey\":\"KEY\",\"MachineRobots\":[{\"MachineId\":999999}]}}", 404,
      1002 },
    { "{\"startInfo\":{\"ReleaseKey\":\"KEY\",\"MachineRobots\":[{\"Robot\":1}]}}", 400, 1000 },
    { "{\"startInfo\":{\"ReleaseKey\":\"KEY\",\"MachineSessionIds\":[999999]}}", 404, 1002 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) body = g_string_new (cases[i].body);
      g_autoptr (SandboxAnswer) answer = NULL;

      g_string_replace (body, "KEY", release_key, 0);
      g_test_message ("%s", body->str);
      answer = sandbox_test_post (test, "odata/Jobs/" US "StartJobs", body->str);
      sandbox_assert_error (answer, cases[i].status, cases[i].code);
    }
}

static void
test_other_folder (void)
{
  g_autofree char *body = g_strdup_printf ("{\"startInfo\":{\"ReleaseKey\":\"%s\"}}", release_key);
  g_autoptr (SandboxAnswer) none =
      sandbox_test_send (test, "POST", "odata/Jobs/" US "StartJobs", test->token, 0, NULL, body);
  g_autoptr (SandboxAnswer) other = sandbox_test_send (
      test, "POST", "odata/Jobs/" US "StartJobs", test->token, test->shared + 1, NULL, body);

  sandbox_assert_error (none, 400, 1101);
  sandbox_assert_error (other, 404, 1002);
}

static void
test_soft_stop (void)
{
  gint64 id = start_one ("{\"sandboxSeconds\":600}");
  g_autoptr (SandboxAnswer) running = wait_for (id, "Running");
  g_autoptr (SandboxAnswer) sent = stop (id, "SoftStop");
  g_autoptr (SandboxAnswer) stopping = get_job (id);
  g_autoptr (SandboxAnswer) stopped = NULL;
  g_autoptr (SandboxAnswer) again = NULL;

  sandbox_assert_status (sent, 200);
  g_assert_cmpstr (baton_json_peek_string (stopping->json, "State"), ==, "Stopping");
  stopped = wait_for (id, "Stopped");
  g_assert_cmpint (baton_json_peek_time (stopped->json, "EndTime"), >, 0);
  again = stop (id, "SoftStop");
  sandbox_assert_error (again, 409, 1009);
}

static void
test_kill (void)
{
  gint64 id = start_one ("{\"sandboxSeconds\":600}");
  g_autoptr (SandboxAnswer) running = wait_for (id, "Running");
  g_autoptr (SandboxAnswer) sent = stop (id, "Kill");
  g_autoptr (SandboxAnswer) terminating = get_job (id);
  g_autoptr (SandboxAnswer) stopped = wait_for (id, "Stopped");

  sandbox_assert_status (sent, 200);
  g_assert_cmpstr (baton_json_peek_string (terminating->json, "State"), ==, "Terminating");
}

static void
test_stop_pending (void)
{
  gint64 id = start_one ("{\"sandboxSeconds\":600}");
  g_autoptr (SandboxAnswer) sent = stop (id, "SoftStop");
  g_autoptr (SandboxAnswer) stopped = get_job (id);

  sandbox_assert_status (sent, 200);
  g_assert_cmpstr (baton_json_peek_string (stopped->json, "State"), ==, "Stopped");
}

static void
test_stop_many (void)
{
  gint64 first = start_one ("{\"sandboxSeconds\":600}");
  gint64 second = start_one ("{\"sandboxSeconds\":600}");
  g_autofree char *body = NULL;
  g_autoptr (SandboxAnswer) sent = NULL;
  g_autoptr (SandboxAnswer) unknown = NULL;
  g_autoptr (SandboxAnswer) one = wait_for (first, "Running");
  g_autoptr (SandboxAnswer) two = wait_for (second, "Running");
  g_autoptr (SandboxAnswer) still = NULL;
  g_autoptr (SandboxAnswer) three = NULL;
  g_autoptr (SandboxAnswer) four = NULL;

  body =
      g_strdup_printf ("{\"strategy\":\"Kill\",\"jobIds\":[%" G_GINT64_FORMAT ",99999999]}", first);
  unknown = sandbox_test_post (test, "odata/Jobs/" US "StopJobs", body);
  sandbox_assert_error (unknown, 404, 1002);
  still = get_job (first);
  g_assert_cmpstr (baton_json_peek_string (still->json, "State"), ==, "Running");

  g_free (body);
  /* A number or a string, the service takes both (fact sheet 6.6). */
  body = g_strdup_printf ("{\"strategy\":\"Kill\",\"jobIds\":[%" G_GINT64_FORMAT
                          ",\"%" G_GINT64_FORMAT "\"]}",
                          first,
                          second);
  sent = sandbox_test_post (test, "odata/Jobs/" US "StopJobs", body);
  sandbox_assert_status (sent, 200);
  three = wait_for (first, "Stopped");
  four = wait_for (second, "Stopped");
}

static void
test_restart (void)
{
  gint64 id = start_one ("{\"sandboxSeconds\":600}");
  g_autofree char *body = g_strdup_printf ("{\"jobId\":%" G_GINT64_FORMAT "}", id);
  g_autoptr (SandboxAnswer) early = sandbox_test_post (test, "odata/Jobs/" US "RestartJob", body);
  g_autoptr (SandboxAnswer) stopped = stop (id, "Kill");
  g_autoptr (SandboxAnswer) restarted =
      sandbox_test_post (test, "odata/Jobs/" US "RestartJob", body);

  sandbox_assert_error (early, 409, 1009);
  sandbox_assert_status (restarted, 200);
  g_assert_cmpint (baton_json_peek_int (restarted->json, "Id", 0), >, id);
  g_assert_cmpstr (baton_json_peek_string (restarted->json, "State"), ==, "Pending");
  g_assert_cmpstr (baton_json_peek_string (restarted->json, "ReleaseName"), ==, "Stock_Sync");
}

/* Returns: (transfer full): its key. */
static char *
attach (const char *name)
{
  g_autofree char *body = g_strdup_printf ("{'Name':'%s'}", name);
  g_autoptr (SandboxAnswer) answer = sandbox_test_ask (test, "POST", 0, body, "odata/Attachments");

  sandbox_assert_status (answer, 201);

  return g_strdup (baton_json_peek_string (answer->json, "Id"));
}

/* A job shows what it was given, and is restarted with it. */
static void
test_kept (void)
{
  static const char *const texts[][2] = {
    { "InputFile", "5a9d1c70-0001-4b7e-9c55-6f0c3a528fff" },
    { "ProfilingOptions", "{}" },
    { "RemoteControlAccess", "Full" },
    { "EnvironmentVariables", "A=1" },
    { "Reference", "Order 7" },
  };
  g_autofree char *attachment = attach ("order.pdf");
  g_autofree char *more = g_strdup_printf (
      "\"InputFile\":\"%s\",\"ProfilingOptions\":\"{}\",\"RemoteControlAccess\":\"Full\","
      "\"EnvironmentVariables\":\"A=1\",\"Reference\":\"Order 7\",\"SpecificPriorityValue\":95,"
      "\"RequiresUserInteraction\":true,\"TraceId\":\"t-1\",\"ParentSpanId\":\"p-1\","
      "\"RootSpanId\":\"r-1\",\"FpsContext\":\"c-1\",\"FpsProperties\":\"f-1\","
      "\"AutopilotForRobots\":{\"Enabled\":true},"
      "\"Attachments\":[{\"attachmentId\":\"%s\",\"category\":\"Orders\"}],"
      "\"InputArguments\":\"{\\\"sandboxSeconds\\\":600}\"",
      texts[0][1], attachment);
  g_autoptr (SandboxAnswer) started = start (more);
  gint64 id = baton_json_peek_int (sandbox_answer_get (started, 0), "Id", 0);
  g_autoptr (SandboxAnswer) job = get_job (id);
  g_autofree char *body = g_strdup_printf ("{\"jobId\":%" G_GINT64_FORMAT "}", id);
  g_autoptr (SandboxAnswer) linked
      = sandbox_test_ask (test, "GET", 0, NULL, "api/JobAttachments/GetByJobKey?jobKey=%s",
                          baton_json_peek_string (job->json, "Key"));
  g_autoptr (SandboxAnswer) stopped = stop (id, "Kill");
  g_autoptr (SandboxAnswer) ended = wait_for (id, "Stopped");
  g_autoptr (SandboxAnswer) restarted
      = sandbox_test_post (test, "odata/Jobs/" US "RestartJob", body);
  g_autoptr (SandboxAnswer) unknown
      = start ("\"Attachments\":[{\"attachmentId\":\"5a9d1c70-0001-4b7e-9c55-6f0c3a528fff\"}]");

  sandbox_assert_status (started, 201);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_cmpstr (baton_json_peek_string (job->json, texts[i][0]), ==, texts[i][1]);
      g_assert_cmpstr (baton_json_peek_string (restarted->json, texts[i][0]), ==, texts[i][1]);
    }
  g_assert_true (baton_json_peek_bool (job->json, "RequiresUserInteraction", FALSE));
  g_assert_cmpstr (baton_json_peek_string (job->json, "TraceId"), ==, "t-1");
  g_assert_cmpstr (baton_json_peek_string (job->json, "ParentSpanId"), ==, "p-1");
  g_assert_cmpstr (baton_json_peek_string (job->json, "RootSpanId"), ==, "r-1");
  g_assert_cmpstr (baton_json_peek_string (job->json, "FpsContext"), ==, "c-1");
  g_assert_cmpstr (baton_json_peek_string (job->json, "FpsProperties"), ==, "f-1");
  g_assert_true (baton_json_peek_bool (baton_json_peek_object (job->json, "AutopilotForRobots"),
                                       "Enabled", FALSE));
  g_assert_nonnull (strstr (linked->text, attachment));
  g_assert_nonnull (strstr (linked->text, "Orders"));
  sandbox_assert_status (restarted, 200);
  g_assert_cmpint (baton_json_peek_int (restarted->json, "SpecificPriorityValue", 0), ==, 95);
  sandbox_assert_error (unknown, 404, 1002);
}

/* Each robot of the folder gets one. */
static void
test_all_robots (void)
{
  g_autoptr (SandboxAnswer) robots
      = sandbox_test_ask (test, "GET", 0, NULL,
                          "odata/Robots/" US "GetRobotsFromFolder(folderId=%" G_GINT64_FORMAT
                          ")?$filter=Enabled%%20eq%%20true",
                          test->shared);
  g_autoptr (SandboxAnswer) started = start ("\"Strategy\":\"All\"");

  sandbox_assert_status (started, 201);
  g_assert_cmpuint (sandbox_answer_length (robots), >, 1);
  g_assert_cmpuint (sandbox_answer_length (started), ==, sandbox_answer_length (robots));
}

static void
test_seeded_stand_still (void)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_send (
      test,
      "GET",
      "odata/Jobs?$filter=State%20eq%20'Running'%20and%20Source%20ne%20'Manual'&$top=1",
      test->token,
      0,
      NULL,
      NULL);
  JsonObject *job = baton_json_peek_object_at (baton_json_peek_array (answer->json, "value"), 0);

  sandbox_assert_status (answer, 200);
  g_assert_nonnull (job);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = sandbox_test_start ("--jobs=500", NULL);
  release_key = sandbox_test_find_process (test, "Stock_Sync");

  g_test_add_func ("/sandbox/jobs/success", test_success);
  g_test_add_func ("/sandbox/jobs/fault", test_fault);
  g_test_add_func ("/sandbox/jobs/many", test_many);
  g_test_add_func ("/sandbox/jobs/refused", test_refused);
  g_test_add_func ("/sandbox/jobs/other-folder", test_other_folder);
  g_test_add_func ("/sandbox/jobs/soft-stop", test_soft_stop);
  g_test_add_func ("/sandbox/jobs/kill", test_kill);
  g_test_add_func ("/sandbox/jobs/stop-pending", test_stop_pending);
  g_test_add_func ("/sandbox/jobs/stop-many", test_stop_many);
  g_test_add_func ("/sandbox/jobs/restart", test_restart);
  g_test_add_func ("/sandbox/jobs/kept", test_kept);
  g_test_add_func ("/sandbox/jobs/all-robots", test_all_robots);
  g_test_add_func ("/sandbox/jobs/seeded-stand-still", test_seeded_stand_still);

  status = g_test_run ();
  g_free (release_key);
  sandbox_test_stop (test);

  return status;
}
