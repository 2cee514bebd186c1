/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <baton-json.h>

#include "sandbox-test.h"
#include "target-test.h"

#define US "UiPath.Server.Configuration.OData."
#define QUICK "{'sandboxSeconds':1,'sandboxOutcome':'Successful','sandboxOutput':{'sum':3}}"

static SandboxTest *test;
static char *process;
static char *folder_key;

/* @more: further members in which ' stands for ". */
static SandboxAnswer *
create (const char *slug, const char *more)
{
  g_autofree char *body = g_strdup_printf ("{'Name':'Trigger %s','Slug':'%s','ReleaseKey':'%s'%s}",
                                           slug, slug, process, more);

  return sandbox_test_ask (test, "POST", test->shared, body, "odata/HttpTriggers");
}

/* @body: as above. */
static SandboxAnswer *
call (const char *method, const char *slug, const char *body)
{
  return sandbox_test_ask (test, method, 0, body, "t/%s/%s", folder_key, slug);
}

static SandboxAnswer *
follow (const char *address)
{
  return sandbox_test_send (test, "GET", address, test->token, 0, NULL, NULL);
}

/* Waits until the job with this key has ended. */
static void
follow_to_end (const char *job)
{
  g_autofree char *address = g_strconcat ("t/jobs/", job, NULL);
  guint status = 202;

  for (int i = 0; i < 3000 && status == 202; i++)
    {
      g_autoptr (SandboxAnswer) answer = follow (address);

      status = answer->status;
      g_usleep (20 * 1000);
    }
  g_assert_cmpuint (status, ==, 303);
}

static void
test_async (void)
{
  g_autoptr (SandboxAnswer) made
      = create ("add", ",'Method':'Post','CallingMode':'AsyncRequestReply'");
  g_autoptr (SandboxAnswer) called = call ("POST", "add?in_First=1", QUICK);
  g_autoptr (SandboxAnswer) status = NULL;
  g_autoptr (SandboxAnswer) output = NULL;
  g_autoptr (SandboxAnswer) jobs = NULL;

  sandbox_assert_status (made, 201);
  sandbox_assert_status (called, 202);
  status = follow (called->location);
  sandbox_assert_status (status, 202);
  for (int i = 0; i < 500 && status->status == 202; i++)
    {
      g_usleep (20 * 1000);
      g_clear_pointer (&status, sandbox_answer_free);
      status = follow (called->location);
    }
  sandbox_assert_status (status, 303);
  output = follow (status->location);
  sandbox_assert_status (output, 200);
  g_assert_cmpint (baton_json_peek_int (output->json, "sum", 0), ==, 3);

  jobs = sandbox_test_ask (
      test, "GET", test->shared, NULL,
      "odata/Jobs?$filter=SourceType%%20eq%%20'HttpTrigger'&$orderby=Id%%20desc");
  g_assert_cmpstr (baton_json_peek_string (sandbox_answer_get (jobs, 0), "StartingTriggerId"), ==,
                   baton_json_peek_string (made->json, "Id"));
}

/* The answer comes when the job has ended, and others are answered meanwhile. */
static void
test_long_polling (void)
{
  g_autoptr (SandboxAnswer) made
      = create ("math/sum", ",'Method':'Post','CallingMode':'LongPolling'");
  g_autoptr (SandboxAnswer) called = call ("POST", "math/sum", QUICK);
  g_autoptr (SandboxAnswer) faulted
      = call ("POST", "math/sum", "{'sandboxSeconds':0,'sandboxOutcome':'Faulted','none':null}");

  sandbox_assert_status (made, 201);
  sandbox_assert_status (called, 200);
  g_assert_cmpint (baton_json_peek_int (called->json, "sum", 0), ==, 3);
  sandbox_assert_status (faulted, 500);
}

static void
test_forget (void)
{
  g_autoptr (SandboxAnswer) made = create (
      "tell", ",'Method':'Get','CallingMode':'FireAndForget','InputArguments':'{\\'a\\':1}'");
  g_autoptr (SandboxAnswer) called = call ("GET", "tell?b=two", NULL);
  g_autoptr (SandboxAnswer) other_method = call ("POST", "tell", "{}");
  g_autoptr (SandboxAnswer) jobs
      = sandbox_test_ask (test, "GET", test->shared, NULL, "odata/Jobs?$orderby=Id%%20desc&$top=1");
  g_autoptr (SandboxAnswer) job
      = sandbox_test_get_job (test, baton_json_peek_int (sandbox_answer_get (jobs, 0), "Id", 0));

  sandbox_assert_status (made, 201);
  sandbox_assert_status (called, 200);
  g_assert_cmpstr (baton_json_peek_string (job->json, "InputArguments"), ==,
                   "{\"a\":1,\"b\":\"two\"}");
  sandbox_assert_error (other_method, 404, 1002);
}

#define FAULTS "{'sandboxSeconds':0,'sandboxOutcome':'Faulted'}"
#define SECRET "made-up-secret"

/* Makes a trigger that calls @target back. */
static void
create_callback (TargetTest *target, const char *slug, const char *mode)
{
  g_autofree char *more = g_strdup_printf (
      ",'Method':'Post','CallingMode':'AsyncCallback','CallbackMode':'%s','Secret':'" SECRET
      "','SuccessCallbackUrl':'%sgood','FailureCallbackUrl':'%sbad'",
      mode, target->url, target->url);
  g_autoptr (SandboxAnswer) made = create (slug, more);

  sandbox_assert_status (made, 201);
  g_assert_null (strstr (made->text, SECRET));
}

/* Returns: (transfer full): the key of the job. */
static char *
call_back (const char *slug, const char *body)
{
  g_autoptr (SandboxAnswer) called = call ("POST", slug, body);
  g_auto (GStrv) parts = NULL;

  sandbox_assert_status (called, 202);
  parts = g_strsplit (called->location, "/t/jobs/", 2);

  return g_strdup (parts[1]);
}

static void
assert_told (TargetTest *target, guint n, const char *path, const char *type, const char *job)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *message, *entity;

  target_test_wait (target, &target->bodies->len, n + 1);
  node = baton_json_parse_text (target->bodies->pdata[n], -1, NULL);
  message = baton_json_peek_root_object (node);
  entity = baton_json_peek_object (message, "Job");
  g_assert_cmpstr (target->paths->pdata[n], ==, path);
  g_assert_cmpstr (baton_json_peek_string (message, "Type"), ==, type);
  g_assert_cmpstr (baton_json_peek_string (entity, "Key"), ==, job);
  g_assert_cmpstr (baton_json_peek_string (entity, "SourceType"), ==, "HttpTriggerCallback");
  if (g_str_equal (type, "job.completed"))
    g_assert_cmpstr (baton_json_peek_string (entity, "OutputArguments"), ==, "{\"sum\":3}");
  target_test_assert_signed (target, n, SECRET);
}

/* Each end has its address, and a target that fails is called again. */
static void
test_callback (void)
{
  g_autoptr (TargetTest) target = target_test_start (NULL);
  g_autofree char *good = NULL;
  g_autofree char *bad = NULL;

  create_callback (target, "back", "OnAny");
  target->failures = 1;
  good = call_back ("back", QUICK);
  assert_told (target, 0, "/good", "job.completed", good);
  g_assert_cmpuint (target->calls, ==, 2);
  bad = call_back ("back", FAULTS);
  assert_told (target, 1, "/bad", "job.faulted", bad);
}

/* Where one end is not to be told of, the other is: what comes next is told of first. */
static void
test_callback_modes (void)
{
  g_autoptr (TargetTest) target = target_test_start (NULL);
  g_autofree char *quiet = NULL;
  g_autofree char *loud = NULL;
  g_autofree char *failed = NULL;
  g_autofree char *fine = NULL;

  create_callback (target, "on-success", "OnSuccess");
  create_callback (target, "on-failure", "OnFailure");
  quiet = call_back ("on-success", FAULTS);
  follow_to_end (quiet);
  loud = call_back ("on-success", QUICK);
  assert_told (target, 0, "/good", "job.completed", loud);
  fine = call_back ("on-failure", QUICK);
  follow_to_end (fine);
  failed = call_back ("on-failure", FAULTS);
  assert_told (target, 1, "/bad", "job.faulted", failed);
  g_assert_cmpuint (target->calls, ==, 2);
}

static void
test_callback_refused (void)
{
  static const char *const cases[] = {
    ",'CallingMode':'AsyncCallback'",
    ",'CallbackMode':'OnSuccess','FailureCallbackUrl':'http://localhost/'",
    ",'CallbackMode':'OnFailure','SuccessCallbackUrl':'http://localhost/'",
    ",'CallbackMode':'OnAny','SuccessCallbackUrl':'http://localhost/'",
    ",'CallbackMode':'Disabled','SuccessCallbackUrl':'gopher://localhost/'",
  };
  g_autoptr (SandboxAnswer) unknown = create ("refused", ",'CallbackMode':'Sometimes'");

  sandbox_assert_error (unknown, 400, 1000);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SandboxAnswer) answer = create ("refused", cases[i]);

      g_test_message ("%s", cases[i]);
      sandbox_assert_error (answer, 400, 1009);
    }
}

static void
test_enabled (void)
{
  g_autoptr (SandboxAnswer) made
      = create ("later", ",'Method':'Post','CallingMode':'FireAndForget','Enabled':false");
  g_autofree char *body = g_strdup_printf ("{'enabled':true,'triggerIds':['%s']}",
                                           baton_json_peek_string (made->json, "Id"));
  g_autoptr (SandboxAnswer) early = call ("POST", "later", "{}");
  g_autoptr (SandboxAnswer) enabled
      = sandbox_test_ask (test, "POST", test->shared, body, "odata/HttpTriggers/" US "SetEnabled");
  g_autoptr (SandboxAnswer) late = call ("POST", "later", "{}");
  g_autoptr (SandboxAnswer) deleted
      = sandbox_test_ask (test, "DELETE", test->shared, NULL, "odata/HttpTriggers(%s)",
                          baton_json_peek_string (made->json, "Id"));
  g_autoptr (SandboxAnswer) gone = call ("POST", "later", "{}");

  sandbox_assert_error (early, 404, 1002);
  sandbox_assert_status (enabled, 200);
  g_assert_true (baton_json_peek_bool (enabled->json, "value", FALSE));
  sandbox_assert_status (late, 200);
  sandbox_assert_status (deleted, 204);
  sandbox_assert_error (gone, 404, 1002);
}

static void
test_refused (void)
{
  g_autoptr (SandboxAnswer) once = create ("taken", "");
  g_autoptr (SandboxAnswer) again = create ("taken", "");
  g_autoptr (SandboxAnswer) nowhere = create ("/x?y", "");
  g_autoptr (SandboxAnswer) unknown
      = sandbox_test_ask (test, "POST", test->shared,
                          "{'Name':'x','Slug':'x','ReleaseKey':'nothing'}", "odata/HttpTriggers");
  g_autoptr (SandboxAnswer) folder
      = sandbox_test_ask (test, "POST", 0, "{}", "t/00000000-0000-0000-0000-000000000000/taken");
  g_autofree char *address = g_strdup_printf ("t/%s/taken", folder_key);
  g_autoptr (SandboxAnswer) nobody = sandbox_test_send (test, "POST", address, NULL, 0, NULL, "{}");
  g_autoptr (SandboxAnswer) job
      = sandbox_test_ask (test, "GET", 0, NULL, "t/jobs/00000000-0000-0000-0000-000000000000");
  g_autoptr (SandboxAnswer) event
      = sandbox_test_ask (test, "GET", test->shared, NULL, "odata/ApiTriggers");

  sandbox_assert_status (once, 201);
  sandbox_assert_error (again, 409, 1001);
  sandbox_assert_error (nowhere, 400, 1009);
  sandbox_assert_error (unknown, 404, 1002);
  sandbox_assert_error (folder, 404, 1100);
  sandbox_assert_status (nobody, 401);
  sandbox_assert_error (job, 404, 1002);
  sandbox_assert_status (event, 200);
}

int
main (int argc, char *argv[])
{
  g_autoptr (SandboxAnswer) folder = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  test = sandbox_test_start ("--jobs=100", "--speed=5", NULL);
  process = sandbox_test_find_process (test, "Stock_Sync");
  folder = sandbox_test_ask (test, "GET", 0, NULL, "odata/Folders(%" G_GINT64_FORMAT ")",
                             test->shared);
  folder_key = g_strdup (baton_json_peek_string (folder->json, "Key"));

  g_test_add_func ("/sandbox/http-triggers/async", test_async);
  g_test_add_func ("/sandbox/http-triggers/long-polling", test_long_polling);
  g_test_add_func ("/sandbox/http-triggers/forget", test_forget);
  g_test_add_func ("/sandbox/http-triggers/callback", test_callback);
  g_test_add_func ("/sandbox/http-triggers/callback-modes", test_callback_modes);
  g_test_add_func ("/sandbox/http-triggers/callback-refused", test_callback_refused);
  g_test_add_func ("/sandbox/http-triggers/enabled", test_enabled);
  g_test_add_func ("/sandbox/http-triggers/refused", test_refused);

  status = g_test_run ();
  g_free (process);
  g_free (folder_key);
  sandbox_test_stop (test);

  return status;
}
