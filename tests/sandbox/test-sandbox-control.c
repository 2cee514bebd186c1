/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <baton-json.h>
#include <baton-time.h>

#include "sandbox-test.h"

#define US "UiPath.Server.Configuration.OData."

static gint64
get_time (SandboxTest *sandbox)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_control (sandbox, "GET", "clock", NULL);

  sandbox_assert_status (answer, 200);

  return baton_json_peek_time (answer->json, "now");
}

static gint64
get_setting (SandboxTest *sandbox, const char *name)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_control (sandbox, "GET", "settings", NULL);

  sandbox_assert_status (answer, 200);

  return baton_json_peek_int (answer->json, name, -1);
}

static void
test_settings (void)
{
  static const char *const wrong[] = {
    "{\"pageCap\":-1}",
    "{\"pageCap\":5000}",
    "{\"pageCap\":\"x\"}",
    "{\"pageCap\":null}",
    "{\"nothing\":1}",
    "{\"apiVersion\":\"12\"}",
    "{\"count\":\"never\"}",
    "{\"latency\":[1]}",
    "[1]",
    "{",
  };
  g_autoptr (SandboxTest) sandbox = sandbox_test_start ("--jobs=100", "--page-cap=7", NULL);
  g_autoptr (SandboxAnswer) changed = NULL;
  g_autoptr (SandboxAnswer) restored = NULL;
  g_autoptr (SandboxAnswer) list = NULL;
  g_autoptr (SandboxAnswer) folders = NULL;

  g_assert_cmpint (get_setting (sandbox, "pageCap"), ==, 7);
  changed
      = sandbox_test_control (sandbox, "PATCH", "settings", "{\"pageCap\":3,\"count\":\"always\"}");
  sandbox_assert_status (changed, 200);
  g_assert_cmpint (baton_json_peek_int (changed->json, "pageCap", 0), ==, 3);
  list = sandbox_test_get (sandbox, "odata/Jobs");
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (list->json, "value")), ==, 3);
  g_assert_true (baton_json_has (list->json, "@odata.count"));
  folders = sandbox_test_get (sandbox, "api/Folders/GetAllForCurrentUser?take=50&skip=0");
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (folders->json, "PageItems")), ==, 3);

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *body = g_str_has_prefix (wrong[i], "{\"")
                                  ? g_strconcat ("{\"latency\":5,", wrong[i] + 1, NULL)
                                  : g_strdup (wrong[i]);
      g_autoptr (SandboxAnswer) answer = sandbox_test_control (sandbox, "PATCH", "settings", body);

      g_test_message ("%s", body);
      sandbox_assert_status (answer, 400);
      /* All or nothing. */
      g_assert_cmpint (get_setting (sandbox, "latency"), ==, 0);
    }

  restored = sandbox_test_control (sandbox, "DELETE", "settings", NULL);
  g_assert_cmpint (baton_json_peek_int (restored->json, "pageCap", 0), ==, 7);
  g_assert_cmpstr (baton_json_peek_string (restored->json, "count"), ==, "asked");
}

/* What a job does in an hour is done when the hour has been skipped. */
static void
test_advance (void)
{
  g_autoptr (SandboxTest) sandbox = sandbox_test_start ("--jobs=0", "--speed=0", NULL);
  gint64 before = get_time (sandbox);
  g_autoptr (SandboxAnswer) started = sandbox_test_post (
      sandbox, "odata/Jobs/" US "StartJobs",
      "{\"startInfo\":{\"ReleaseName\":\"Stock_Sync\",\"JobsCount\":1,\"InputArguments\":"
      "\"{\\\"sandboxSeconds\\\":600,\\\"sandboxOutcome\\\":\\\"Successful\\\"}\"}}");
  g_autoptr (SandboxAnswer) pending = NULL;
  g_autoptr (SandboxAnswer) running = NULL;
  g_autoptr (SandboxAnswer) ended = NULL;
  g_autofree char *address = NULL;
  gint64 length;

  sandbox_assert_status (started, 201);
  address = g_strdup_printf (
      "odata/Jobs(%" G_GINT64_FORMAT ")",
      baton_json_peek_int (
          baton_json_peek_object_at (baton_json_peek_array (started->json, "value"), 0), "Id", 0));
  pending = sandbox_test_get (sandbox, address);
  g_assert_cmpstr (baton_json_peek_string (pending->json, "State"), ==, "Pending");
  g_assert_cmpint (get_time (sandbox), ==, before);

  sandbox_answer_free (
      sandbox_test_control (sandbox, "POST", "clock/advance", "{\"seconds\":300}"));
  running = sandbox_test_get (sandbox, address);
  g_assert_cmpstr (baton_json_peek_string (running->json, "State"), ==, "Running");

  sandbox_answer_free (
      sandbox_test_control (sandbox, "POST", "clock/advance", "{\"seconds\":3300}"));
  g_assert_cmpint (get_time (sandbox), ==, before + 3600 * (gint64)G_USEC_PER_SEC);
  ended = sandbox_test_get (sandbox, address);
  g_assert_cmpstr (baton_json_peek_string (ended->json, "State"), ==, "Successful");
  /* Each step at its own time, and not all of them at the end of the hour. */
  length = baton_json_peek_time (ended->json, "EndTime")
           - baton_json_peek_time (ended->json, "StartTime");
  g_assert_cmpint (length, >=, 590 * (gint64)G_USEC_PER_SEC);
  g_assert_cmpint (length, <=, 610 * (gint64)G_USEC_PER_SEC);
}

static void
test_speed (void)
{
  g_autoptr (SandboxTest) sandbox = sandbox_test_start ("--jobs=0", "--speed=3600", NULL);
  gint64 first = get_time (sandbox);
  gint64 machine = g_get_monotonic_time ();
  g_autoptr (SandboxAnswer) slower = NULL;
  gint64 passed;

  g_usleep (100 * 1000);
  passed = get_time (sandbox) - first;
  g_assert_cmpint (passed, >=, 3600 * (gint64)(100 * 1000));
  g_assert_cmpint (passed, <=, 3600 * (g_get_monotonic_time () - machine + 50 * 1000));

  slower = sandbox_test_control (sandbox, "PATCH", "clock", "{\"speed\":0.5}");
  sandbox_assert_status (slower, 200);
  g_assert_cmpfloat (baton_json_peek_double (slower->json, "speed", 0), ==, 0.5);
}

static void
test_set_clock (void)
{
  static const char *const wrong[] = {
    "{\"now\":\"yesterday\"}", "{\"speed\":-1}", "{\"speed\":1e9}",
    "{\"speed\":\"fast\"}",    "{\"then\":1}",   "{\"now\":\"2999-01-01T00:00:00Z\"}",
  };
  g_autoptr (SandboxTest) sandbox = sandbox_test_start ("--jobs=0", NULL);
  g_autoptr (SandboxAnswer) set = NULL;
  g_autoptr (SandboxAnswer) restored = NULL;
  g_autoptr (SandboxAnswer) expired = NULL;
  gint64 wanted;

  baton_time_parse ("2020-02-29T12:00:00Z", &wanted);
  set = sandbox_test_control (sandbox, "PATCH", "clock",
                              "{\"now\":\"2020-02-29T12:00:00Z\",\"speed\":0}");
  sandbox_assert_status (set, 200);
  g_assert_cmpint (get_time (sandbox), ==, wanted);

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (SandboxAnswer) answer = sandbox_test_control (sandbox, "PATCH", "clock", wrong[i]);

      sandbox_assert_status (answer, 400);
      g_assert_cmpint (get_time (sandbox), ==, wanted);
    }

  restored = sandbox_test_control (sandbox, "DELETE", "clock", NULL);
  sandbox_assert_status (restored, 200);
  g_assert_cmpint (ABS (get_time (sandbox) - g_get_real_time ()), <, 5 * G_USEC_PER_SEC);

  /* A token of a day is dead two days later. */
  sandbox_answer_free (
      sandbox_test_control (sandbox, "POST", "clock/advance", "{\"seconds\":172800}"));
  expired = sandbox_test_get (sandbox, "odata/Folders");
  sandbox_assert_status (expired, 401);
}

/* A month takes a while to go by; whoever asks for something else meanwhile is served. */
static void
test_month (void)
{
  g_autoptr (SandboxTest) sandbox = sandbox_test_start ("--jobs=0", NULL);
  static const char request[] = "POST /_sandbox/clock/advance HTTP/1.1\r\nHost: localhost\r\n"
                                "Content-Type: application/json\r\nContent-Length: 19\r\n\r\n"
                                "{\"seconds\":2592000}";
  g_autoptr (GSocketConnection) connection = sandbox_test_connect (sandbox);
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  gint64 before = get_time (sandbox);
  char buffer[4096] = "";
  guint n_served = 0;

  g_assert_true (
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                                 sizeof request - 1, NULL, NULL, NULL));
  while (!g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (input)))
    {
      get_time (sandbox);
      n_served++;
    }
  g_assert_cmpuint (n_served, >, 2);
  g_assert_cmpint (g_input_stream_read (input, buffer, sizeof buffer - 1, NULL, NULL), >, 0);
  g_assert_true (g_str_has_prefix (buffer, "HTTP/1.1 200"));
  g_assert_cmpint (get_time (sandbox) - before, >=, G_GINT64_CONSTANT (2592000) * G_USEC_PER_SEC);
}

static JsonObject *
find_counter (SandboxAnswer *answer, const char *operation)
{
  JsonArray *counters = baton_json_peek_array (answer->json, "counters");

  for (guint i = 0; i < baton_json_length (counters); i++)
    {
      JsonObject *counter = baton_json_peek_object_at (counters, i);

      if (g_strcmp0 (baton_json_peek_string (counter, "operation"), operation) == 0)
        return counter;
    }

  return NULL;
}

static void
test_counters (void)
{
  g_autoptr (SandboxTest) sandbox = sandbox_test_start ("--jobs=10", NULL);
  g_autoptr (SandboxAnswer) counters = NULL;
  g_autoptr (SandboxAnswer) none = NULL;
  JsonObject *by_key;

  sandbox_answer_free (sandbox_test_control (sandbox, "DELETE", "counters", NULL));
  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *address = g_strdup_printf ("odata/Jobs(%u)", i);

      sandbox_answer_free (
          sandbox_test_send (sandbox, "GET", address, sandbox->token, 0, NULL, NULL));
    }
  sandbox_answer_free (sandbox_test_get (sandbox, "odata/Jobs(999999)"));
  sandbox_answer_free (sandbox_test_get (sandbox, "odata/Folders"));

  counters = sandbox_test_control (sandbox, "GET", "counters", NULL);
  by_key = find_counter (counters, "Jobs_GetById");
  g_assert_cmpint (baton_json_peek_int (by_key, "count", 0), ==, 4);
  g_assert_cmpint (baton_json_peek_int (baton_json_peek_object (by_key, "statuses"), "404", 0), >=,
                   1);
  g_assert_cmpstr (baton_json_peek_string (by_key, "method"), ==, "GET");
  g_assert_cmpint (baton_json_peek_int (find_counter (counters, "Folders_Get"), "count", 0), ==, 1);

  sandbox_answer_free (sandbox_test_control (sandbox, "DELETE", "counters", NULL));
  none = sandbox_test_control (sandbox, "GET", "counters", NULL);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (none->json, "counters")), ==, 0);
}

static void
test_requests (void)
{
  g_autoptr (SandboxTest) sandbox = sandbox_test_start ("--jobs=10", NULL);
  g_autoptr (SandboxAnswer) all = NULL;
  g_autoptr (SandboxAnswer) rest = NULL;
  g_autofree char *address = NULL;
  JsonArray *requests;
  gint64 last;

  sandbox_answer_free (sandbox_test_get (sandbox, "odata/Folders?refresh_token=do-not-show-this"));
  all = sandbox_test_control (sandbox, "GET", "requests", NULL);
  g_assert_null (strstr (all->text, "do-not-show-this"));
  g_assert_nonnull (strstr (all->text, "refresh_token="));
  /* What asks for the list is not in it. */
  g_assert_null (strstr (all->text, "_sandbox"));
  last = baton_json_peek_int (all->json, "last", 0);
  g_assert_cmpint (last, >, 0);

  sandbox_answer_free (sandbox_test_get (sandbox, "odata/Jobs(999999)"));
  address = g_strdup_printf ("requests?after=%" G_GINT64_FORMAT, last);
  rest = sandbox_test_control (sandbox, "GET", address, NULL);
  requests = baton_json_peek_array (rest->json, "requests");
  g_assert_cmpuint (baton_json_length (requests), ==, 1);
  g_assert_cmpint (baton_json_peek_int (baton_json_peek_object_at (requests, 0), "status", 0), ==,
                   404);
  g_assert_cmpint (baton_json_peek_int (baton_json_peek_object_at (requests, 0), "bytes", 0), >, 0);
}

/* A page of another site must not turn the sandbox, by its address or by a name that leads here. */
static void
test_other_sites (void)
{
  g_autoptr (SandboxTest) sandbox = sandbox_test_start ("--jobs=0", NULL);
  g_autofree char *origin = sandbox_test_send_raw (
      sandbox,
      "DELETE /_sandbox/counters HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\n"
      "Connection: close\r\n\r\n");
  g_autofree char *host = sandbox_test_send_raw (
      sandbox,
      "DELETE /_sandbox/counters HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
  g_autofree char *own = sandbox_test_send_raw (
      sandbox,
      "GET /_sandbox/clock HTTP/1.1\r\nHost: localhost:80\r\nOrigin: http://localhost:80\r\n"
      "Connection: close\r\n\r\n");
  g_autoptr (SandboxAnswer) nothing = sandbox_test_control (sandbox, "GET", "nothing", NULL);

  g_assert_true (g_str_has_prefix (origin, "HTTP/1.1 403"));
  g_assert_true (g_str_has_prefix (host, "HTTP/1.1 403"));
  g_assert_true (g_str_has_prefix (own, "HTTP/1.1 200"));
  sandbox_assert_status (nothing, 404);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/control/settings", test_settings);
  g_test_add_func ("/sandbox/control/advance", test_advance);
  g_test_add_func ("/sandbox/control/speed", test_speed);
  g_test_add_func ("/sandbox/control/set-clock", test_set_clock);
  g_test_add_func ("/sandbox/control/month", test_month);
  g_test_add_func ("/sandbox/control/counters", test_counters);
  g_test_add_func ("/sandbox/control/requests", test_requests);
  g_test_add_func ("/sandbox/control/other-sites", test_other_sites);

  return g_test_run ();
}
