/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "baton-json.h"
#include "sandbox-test.h"

#define US "UiPath.Server.Configuration.OData."
#define SECRET "made-up-secret"
/* More than the retries of a delivery take with a clock that runs fast. */
#define PATIENCE (20 * G_TIME_SPAN_SECOND)

static SandboxTest *test;
static SoupServer *target;
static char *target_url;

/* What the target was told, and what it answers. */
static struct
{
  GPtrArray *bodies;     /* (owned): text */
  GPtrArray *signatures; /* (owned): text, "" where there was none */
  guint failures;        /* how many of the next ones it refuses */
  guint calls;
} heard;

static void
target_cb (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  const char *signature = soup_message_headers_get_one (
      soup_server_message_get_request_headers (message), "X-UIPATH-Signature");

  heard.calls++;
  if (heard.failures > 0)
    {
      heard.failures--;
      soup_server_message_set_status (message, 500, NULL);
      return;
    }
  g_ptr_array_add (heard.bodies, g_strndup (body->data, (gsize)body->length));
  g_ptr_array_add (heard.signatures, g_strdup (signature != NULL ? signature : ""));
  soup_server_message_set_status (message, 200, NULL);
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Waits until the target has heard of @n things in all, or been called so often. */
static void
wait_for (const guint *counter, guint n)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;
  guint wake = g_timeout_add (20, wake_cb, NULL);

  while (*counter < n && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
  g_assert_cmpuint (*counter, >=, n);
}

/* Gives what must not come the time to come. */
static void
wait_in_vain (void)
{
  gint64 end = g_get_monotonic_time () + 300 * G_TIME_SPAN_MILLISECOND;
  guint wake = g_timeout_add (20, wake_cb, NULL);

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
}

static void
forget (void)
{
  g_ptr_array_set_size (heard.bodies, 0);
  g_ptr_array_set_size (heard.signatures, 0);
  heard.calls = 0;
  heard.failures = 0;
}

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
  forget ();
}

static char *
make_signature (const char *body)
{
  guint8 digest[32];
  gsize length = sizeof digest;
  GHmac *hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *)SECRET, strlen (SECRET));

  g_hmac_update (hmac, (const guchar *)body, -1);
  g_hmac_get_digest (hmac, digest, &length);
  g_hmac_unref (hmac);

  return g_base64_encode (digest, length);
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
  gint64 id = add_webhook ("event", target_url, NULL);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *signature = NULL;
  JsonObject *message;

  create_robot ("Hooked");
  wait_for (&heard.bodies->len, 1);

  node = baton_json_parse_text (heard.bodies->pdata[0], -1, NULL);
  message = baton_json_peek_root_object (node);
  g_assert_cmpstr (baton_json_peek_string (message, "Type"), ==, "robot.created");
  g_assert_cmpuint (strlen (baton_json_peek_string (message, "EventId")), ==, 32);
  g_assert_cmpint (baton_json_peek_int (message, "TenantId", 0), ==, 1);
  g_assert_cmpstr (baton_json_peek_string (baton_json_peek_object (message, "Robot"), "Name"), ==,
                   "Hooked");
  signature = make_signature (heard.bodies->pdata[0]);
  g_assert_cmpstr (heard.signatures->pdata[0], ==, signature);
  remove_webhook (id);
}

/* Only what a webhook subscribes to, and only while it is enabled. */
static void
test_filter (void)
{
  gint64 id = add_webhook ("filter", target_url, "[{\"EventType\":\"robot.updated\"}]");
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
  wait_for (&heard.bodies->len, 1);
  g_assert_nonnull (strstr (heard.bodies->pdata[0], "robot.updated"));

  off = send ("PATCH", address, "{\"Enabled\":false}");
  sandbox_assert_status (off, 200);
  again = send ("POST", "odata/Robots/" US "ToggleEnabledStatus", body);
  sandbox_assert_status (again, 200);
  wait_in_vain ();
  g_assert_cmpuint (heard.bodies->len, ==, 1);
  remove_webhook (id);
}

/* What was refused has not happened. */
static void
test_refused_change (void)
{
  gint64 id = add_webhook ("refused", target_url, NULL);
  g_autoptr (SandboxAnswer) answer = send ("POST", "odata/Robots/" US "ToggleEnabledStatus",
                                           "{\"robotIds\":[1,987654],\"enabled\":false}");

  sandbox_assert_error (answer, 404, 1002);
  wait_in_vain ();
  g_assert_cmpuint (heard.bodies->len, ==, 0);
  remove_webhook (id);
}

static void
test_retries (void)
{
  gint64 id = add_webhook ("retries", target_url, ROBOT_CREATED);

  heard.failures = 2;
  create_robot ("Retried");
  wait_for (&heard.bodies->len, 1);
  g_assert_cmpuint (heard.calls, ==, 3);
  remove_webhook (id);
}

/* A target that fails on and on is left alone, until somebody looks after it. */
static void
test_breaker (void)
{
  gint64 id = add_webhook ("breaker", target_url, ROBOT_CREATED);
  g_autofree char *address = g_strdup_printf ("odata/Webhooks(%" G_GINT64_FORMAT ")", id);
  g_autoptr (SandboxAnswer) mended = NULL;

  heard.failures = G_MAXUINT;
  create_robot ("Broken-1");
  wait_for (&heard.calls, 4);
  heard.failures = 0;
  wait_in_vain ();
  create_robot ("Broken-2");
  wait_in_vain ();
  g_assert_cmpuint (heard.calls, ==, 4);

  mended = send ("PATCH", address, "{\"Description\":\"Mended\"}");
  sandbox_assert_status (mended, 200);
  create_robot ("Broken-3");
  wait_for (&heard.bodies->len, 1);
  g_assert_nonnull (strstr (heard.bodies->pdata[0], "Broken-3"));
  remove_webhook (id);
}

static void
test_ping (void)
{
  gint64 id = add_webhook ("ping", target_url, "[{\"EventType\":\"job.faulted\"}]");
  g_autofree char *address
      = g_strdup_printf ("odata/Webhooks(%" G_GINT64_FORMAT ")/" US "Ping", id);
  g_autoptr (SandboxAnswer) answer = send ("POST", address, NULL);

  sandbox_assert_status (answer, 202);
  g_assert_cmpstr (baton_json_peek_string (answer->json, "Type"), ==, "ping");
  wait_for (&heard.bodies->len, 1);
  g_assert_nonnull (
      strstr (heard.bodies->pdata[0], baton_json_peek_string (answer->json, "EventId")));
  remove_webhook (id);
}

static void
test_custom (void)
{
  gint64 id = add_webhook ("custom", target_url, NULL);
  g_autoptr (SandboxAnswer) answer
      = send ("POST", "odata/Webhooks/" US "TriggerCustom", "{\"Order\":{\"Number\":4711}}");

  sandbox_assert_status (answer, 202);
  wait_for (&heard.bodies->len, 1);
  g_assert_nonnull (strstr (heard.bodies->pdata[0], "\"EventData\":{\"Order\":{\"Number\":4711}}"));
  remove_webhook (id);
}

/* A job that faults is told of, and raises an alert. */
static void
test_job (void)
{
  gint64 id = add_webhook ("job", target_url, "[{\"EventType\":\"job.faulted\"}]");
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
  wait_for (&heard.bodies->len, 1);
  g_assert_nonnull (strstr (heard.bodies->pdata[0], "\"Type\":\"job.faulted\""));
  g_assert_nonnull (strstr (heard.bodies->pdata[0], "\"Job\":{"));

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
  wait_in_vain ();
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

static void
start_target (void)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  heard.bodies = g_ptr_array_new_with_free_func (g_free);
  heard.signatures = g_ptr_array_new_with_free_func (g_free);
  target = soup_server_new (NULL, NULL);
  soup_server_add_handler (target, NULL, target_cb, NULL, NULL);
  soup_server_listen_local (target, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (target);
  target_url = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
}

static void
stop_target (void)
{
  soup_server_disconnect (target);
  g_object_unref (target);
  g_free (target_url);
  g_ptr_array_unref (heard.bodies);
  g_ptr_array_unref (heard.signatures);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  start_target ();
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
  stop_target ();

  return status;
}
