/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "baton-json.h"
#include "sandbox-test.h"
#include "target-test.h"

#define US "UiPath.Server.Configuration.OData."
#define SECRET "made-up-secret"

static SandboxTest *test;
static TargetTest *target;

static SandboxAnswer *
send (const char *method, const char *address, const char *body)
{
  return sandbox_test_send (test, method, address, test->token, test->shared, NULL, body);
}

/* Alone, since the jobs of the sandbox go on in the meantime. */
#define ROBOT_CREATED "[{\"EventType\":\"robot.created\"}]"

/* Makes a webhook that hears of @events, a JSON array; NULL for all. Returns: its Id. */
static gint64
add_webhook (const char *name, const char *url, const char *events)
{
  g_autofree char *body = g_strdup_printf (
      "{\"Name\":\"%s\",\"Url\":\"%s\",\"Enabled\":true,\"Secret\":\"" SECRET "\","
      "\"SubscribeToAllEvents\":%s,\"AllowInsecureSsl\":false,\"Events\":%s}",
      name, url, events == NULL ? "true" : "false", events != NULL ? events : "[]");
  g_autoptr (SandboxAnswer) answer = send ("POST", "odata/Webhooks", body);

  sandbox_assert_status (answer, 201);
  g_assert_null (strstr (answer->text, SECRET));

  return baton_json_peek_int (answer->json, "Id", 0);
}

static void
remove_webhook (gint64 id)
{
  g_autofree char *address = g_strdup_printf ("odata/Webhooks(%" G_GINT64_FORMAT ")", id);
  g_autoptr (SandboxAnswer) answer = send ("DELETE", address, NULL);

  sandbox_assert_status (answer, 204);
  target_test_forget (target);
}

static void
create_robot (const char *name)
{
  g_autofree char *body = g_strdup_printf (
      "{\"Name\":\"%s\",\"Type\":\"Unattended\",\"HostingType\":\"Floating\"}", name);
  g_autoptr (SandboxAnswer) answer = send ("POST", "odata/Robots", body);

  sandbox_assert_status (answer, 201);
}

/* An event comes with its entity, signed over the bytes that came. */
static void
test_event (void)
{
  gint64 id = add_webhook ("event", target->url, NULL);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *message;

  create_robot ("Hooked");
  target_test_wait (target, &target->bodies->len, 1);

  node = baton_json_parse_text (target->bodies->pdata[0], -1, NULL);
  message = baton_json_peek_root_object (node);
  g_assert_cmpstr (baton_json_peek_string (message, "Type"), ==, "robot.created");
  g_assert_cmpuint (strlen (baton_json_peek_string (message, "EventId")), ==, 32);
  g_assert_cmpint (baton_json_peek_int (message, "TenantId", 0), ==, 1);
  g_assert_cmpstr (baton_json_peek_string (baton_json_peek_object (message, "Robot"), "Name"), ==,
                   "Hooked");
  target_test_assert_signed (target, 0, SECRET);
  remove_webhook (id);
}

/* Only what a webhook subscribes to, and only while it is enabled. */
static void
test_filter (void)
{
  gint64 id = add_webhook ("filter", target->url, "[{\"EventType\":\"robot.updated\"}]");
  g_autofree char *address = g_strdup_printf ("odata/Webhooks(%" G_GINT64_FORMAT ")", id);
  g_autoptr (SandboxAnswer) list = NULL;
  g_autofree char *body = NULL;
  g_autoptr (SandboxAnswer) toggled = NULL;
  g_autoptr (SandboxAnswer) off = NULL;
  g_autoptr (SandboxAnswer) again = NULL;

  create_robot ("Filtered");
  list = send ("GET", "odata/Robots?$filter=Name%20eq%20'Filtered'", NULL);
  body = g_strdup_printf (
      "{\"robotIds\":[%" G_GINT64_FORMAT "],\"enabled\":false}",
      baton_json_peek_int (
          baton_json_peek_object_at (baton_json_peek_array (list->json, "value"), 0), "Id", 0));
  toggled = send ("POST", "odata/Robots/" US "ToggleEnabledStatus", body);
  sandbox_assert_status (toggled, 200);
  target_test_wait (target, &target->bodies->len, 1);
  g_assert_nonnull (strstr (target->bodies->pdata[0], "robot.updated"));

  off = send ("PATCH", address, "{\"Enabled\":false}");
  sandbox_assert_status (off, 200);
  again = send ("POST", "odata/Robots/" US "ToggleEnabledStatus", body);
  sandbox_assert_status (again, 200);
  target_test_wait_in_vain (target);
  g_assert_cmpuint (target->bodies->len, ==, 1);
  remove_webhook (id);
}

/* What was refused has not happened. */
static void
test_refused_change (void)
{
  gint64 id = add_webhook ("refused", target->url, NULL);
  g_autoptr (SandboxAnswer) answer = send ("POST", "odata/Robots/" US "ToggleEnabledStatus",
                                           "{\"robotIds\":[1,987654],\"enabled\":false}");

  sandbox_assert_error (answer, 404, 1002);
  target_test_wait_in_vain (target);
  g_assert_cmpuint (target->bodies->len, ==, 0);
  remove_webhook (id);
}

static void
test_retries (void)
{
  gint64 id = add_webhook ("retries", target->url, ROBOT_CREATED);

  target->failures = 2;
  create_robot ("Retried");
  target_test_wait (target, &target->bodies->len, 1);
  g_assert_cmpuint (target->calls, ==, 3);
  remove_webhook (id);
}

/* A target that fails on and on is left alone, until somebody looks after it. */
static void
test_breaker (void)
{
  gint64 id = add_webhook ("breaker", target->url, ROBOT_CREATED);
  g_autofree char *address = g_strdup_printf ("odata/Webhooks(%" G_GINT64_FORMAT ")", id);
  g_autoptr (SandboxAnswer) mended = NULL;

  target->failures = G_MAXUINT;
  create_robot ("Broken-1");
  target_test_wait (target, &target->calls, 4);
  target->failures = 0;
  target_test_wait_in_vain (target);
  create_robot ("Broken-2");
  target_test_wait_in_vain (target);
  g_assert_cmpuint (target->calls, ==, 4);

  mended = send ("PATCH", address, "{\"Description\":\"Mended\"}");
  sandbox_assert_status (mended, 200);
  create_robot ("Broken-3");
  target_test_wait (target, &target->bodies->len, 1);
  g_assert_nonnull (strstr (target->bodies->pdata[0], "Broken-3"));
  remove_webhook (id);
}

static void
test_ping (void)
{
  gint64 id = add_webhook ("ping", target->url, "[{\"EventType\":\"job.faulted\"}]");
  g_autofree char *address
      = g_strdup_printf ("odata/Webhooks(%" G_GINT64_FORMAT ")/" US "Ping", id);
  g_autoptr (SandboxAnswer) answer = send ("POST", address, NULL);

  sandbox_assert_status (answer, 202);
  g_assert_cmpstr (baton_json_peek_string (answer->json, "Type"), ==, "ping");
  target_test_wait (target, &target->bodies->len, 1);
  g_assert_nonnull (
      strstr (target->bodies->pdata[0], baton_json_peek_string (answer->json, "EventId")));
  remove_webhook (id);
}

static void
test_custom (void)
{
  gint64 id = add_webhook ("custom", target->url, NULL);
  g_autoptr (SandboxAnswer) answer
      = send ("POST", "odata/Webhooks/" US "TriggerCustom", "{\"Order\":{\"Number\":4711}}");

  sandbox_assert_status (answer, 202);
  target_test_wait (target, &target->bodies->len, 1);
  g_assert_nonnull (
      strstr (target->bodies->pdata[0], "\"EventData\":{\"Order\":{\"Number\":4711}}"));
  remove_webhook (id);
}

/* A job that faults is told of, and raises an alert. */
static void
test_job (void)
{
  gint64 id = add_webhook ("job", target->url, "[{\"EventType\":\"job.faulted\"}]");
  g_autoptr (SandboxAnswer) releases = send ("GET", "odata/Releases?$top=1", NULL);
  const char *key = baton_json_peek_string (
      baton_json_peek_object_at (baton_json_peek_array (releases->json, "value"), 0), "Key");
  g_autofree char *body = g_strdup_printf (
      "{\"startInfo\":{\"ReleaseKey\":\"%s\",\"Strategy\":\"ModernJobsCount\",\"JobsCount\":1,"
      "\"InputArguments\":\"{\\\"sandboxSeconds\\\":1,\\\"sandboxOutcome\\\":\\\"Faulted\\\"}\"}}",
      key);
  g_autoptr (SandboxAnswer) started = send ("POST", "odata/Jobs/" US "StartJobs", body);
  g_autoptr (SandboxAnswer) alerts = NULL;
  JsonObject *alert;

  sandbox_assert_status (started, 201);
  target_test_wait (target, &target->bodies->len, 1);
  g_assert_nonnull (strstr (target->bodies->pdata[0], "\"Type\":\"job.faulted\""));
  g_assert_nonnull (strstr (target->bodies->pdata[0], "\"Job\":{"));

  alerts = send ("GET", "odata/Alerts?$top=1", NULL);
  alert = baton_json_peek_object_at (baton_json_peek_array (alerts->json, "value"), 0);
  g_assert_cmpstr (baton_json_peek_string (alert, "NotificationName"), ==, "Job.Faulted");
  g_assert_cmpstr (baton_json_peek_string (alert, "State"), ==, "Unread");
  remove_webhook (id);
}

/* Nobody else's computer hears of what happens here. */
static void
test_remote (void)
{
  gint64 id = add_webhook ("remote", "http://192.0.2.1/hook", NULL);
  g_autofree char *address
      = g_strdup_printf ("odata/Webhooks(%" G_GINT64_FORMAT ")/" US "Ping", id);
  g_autoptr (SandboxAnswer) answer = send ("POST", address, NULL);

  sandbox_assert_status (answer, 202);
  target_test_wait_in_vain (target);
  remove_webhook (id);
}

static void
test_refused (void)
{
  static const char *const bodies[] = {
    "{\"Name\":\"x\",\"Url\":\"gopher://here/\",\"Enabled\":true,\"SubscribeToAllEvents\":true,"
    "\"AllowInsecureSsl\":false}",
    "{\"Name\":\"x\",\"Url\":\"somewhere\",\"Enabled\":true,\"SubscribeToAllEvents\":true,"
    "\"AllowInsecureSsl\":false}",
    "{\"Name\":\"x\",\"Url\":\"http://localhost/\",\"Enabled\":true,\"SubscribeToAllEvents\":false,"
    "\"AllowInsecureSsl\":false,\"Events\":[{\"EventType\":\"sun.risen\"}]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (SandboxAnswer) answer = send ("POST", "odata/Webhooks", bodies[i]);

      g_test_message ("%s", bodies[i]);
      sandbox_assert_error (answer, 400, 1009);
    }
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  target = target_test_start (NULL);
  test = sandbox_test_start ("--jobs=100", "--speed=20", NULL);
  sandbox_test_rest_triggers (test);

  g_test_add_func ("/sandbox/webhooks/event", test_event);
  g_test_add_func ("/sandbox/webhooks/filter", test_filter);
  g_test_add_func ("/sandbox/webhooks/refused-change", test_refused_change);
  g_test_add_func ("/sandbox/webhooks/retries", test_retries);
  g_test_add_func ("/sandbox/webhooks/breaker", test_breaker);
  g_test_add_func ("/sandbox/webhooks/ping", test_ping);
  g_test_add_func ("/sandbox/webhooks/custom", test_custom);
  g_test_add_func ("/sandbox/webhooks/job", test_job);
  g_test_add_func ("/sandbox/webhooks/remote", test_remote);
  g_test_add_func ("/sandbox/webhooks/refused", test_refused);

  status = g_test_run ();
  sandbox_test_stop (test);
  target_test_stop (target);

  return status;
}
