/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <baton-json.h>

#include "sandbox-test.h"

static SandboxTest *sandbox;

static void
clear (void)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_control (sandbox, "DELETE", "faults", NULL);

  sandbox_assert_status (answer, 204);
}

static gint64
add (const char *fault)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_control (sandbox, "POST", "faults", fault);

  sandbox_assert_status (answer, 201);

  return baton_json_peek_int (answer->json, "id", 0);
}

/* Returns: (transfer full): all that comes of a list of folders. */
static char *
get_raw (void)
{
  g_autofree char *request
      = g_strdup_printf ("GET /acme/DefaultTenant/odata/Folders HTTP/1.1\r\nHost: localhost\r\n"
                         "Connection: close\r\nAuthorization: Bearer %s\r\n\r\n",
                         sandbox->token);

  return sandbox_test_send_raw (sandbox, request);
}

static guint
get_status (const char *method, const char *address)
{
  g_autoptr (SandboxAnswer) answer
      = sandbox_test_send (sandbox, method, address, sandbox->token, 0, NULL, NULL);

  return answer->status;
}

static const char *
get_body (const char *answer)
{
  const char *end = strstr (answer, "\r\n\r\n");

  if (end == NULL)
    g_error ("No body in: %s", answer);

  return end + 4;
}

static gsize
get_promised (const char *answer)
{
  const char *length = strstr (answer, "Content-Length: ");

  g_assert_nonnull (length);

  return (gsize)g_ascii_strtoull (length + strlen ("Content-Length: "), NULL, 10);
}

static void
test_status (void)
{
  g_autofree char *answer = NULL;

  add ("{\"path\":\"/odata/Folders\",\"kind\":\"status\",\"status\":503,"
       "\"headers\":{\"Retry-After\":\"9\"},\"body\":\"{\\\"message\\\":\\\"Down.\\\"}\"}");
  answer = get_raw ();
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 503"));
  g_assert_nonnull (strstr (answer, "\r\nRetry-After: 9\r\n"));
  g_assert_cmpstr (get_body (answer), ==, "{\"message\":\"Down.\"}");
  g_assert_cmpuint (get_status ("GET", "odata/Roles"), ==, 200);
}

static void
test_close (void)
{
  g_autofree char *answer = NULL;

  add ("{\"path\":\"/odata/Folders\",\"kind\":\"close\"}");
  answer = get_raw ();
  g_assert_cmpstr (answer, ==, "");
}

static void
test_close_in_body (void)
{
  g_autofree char *answer = NULL;

  add ("{\"path\":\"/odata/Folders\",\"kind\":\"closeInBody\"}");
  answer = get_raw ();
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200"));
  g_assert_cmpuint (strlen (get_body (answer)), >, 100);
  g_assert_cmpuint (strlen (get_body (answer)), <, get_promised (answer));
}

static void
test_cut (void)
{
  g_autofree char *answer = NULL;
  g_autoptr (JsonNode) node = NULL;

  add ("{\"path\":\"/odata/Folders\",\"kind\":\"cut\"}");
  answer = get_raw ();
  g_assert_cmpuint (strlen (get_body (answer)), ==, get_promised (answer));
  g_assert_true (g_str_has_prefix (get_body (answer), "{\"@odata.context\""));
  node = baton_json_parse_text (get_body (answer), -1, NULL);
  g_assert_null (node);
}

static void
test_bad_answers (void)
{
  g_autofree char *json = NULL;
  g_autofree char *html = NULL;
  g_autoptr (JsonNode) node = NULL;

  add ("{\"path\":\"/odata/Folders\",\"kind\":\"badJson\",\"times\":1}");
  add ("{\"path\":\"/odata/Folders\",\"kind\":\"html\",\"status\":502}");
  json = get_raw ();
  g_assert_true (g_str_has_prefix (json, "HTTP/1.1 200"));
  g_assert_nonnull (strstr (json, "Content-Type: application/json"));
  node = baton_json_parse_text (get_body (json), -1, NULL);
  g_assert_null (node);
  html = get_raw ();
  g_assert_true (g_str_has_prefix (html, "HTTP/1.1 502"));
  g_assert_true (g_str_has_prefix (get_body (html), "<!DOCTYPE html>"));
}

/* It comes without an end, and the others are served all the while. */
static void
test_endless (void)
{
  g_autoptr (GSocketConnection) connection = sandbox_test_connect (sandbox);
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autofree char *request
      = g_strdup_printf ("GET /acme/DefaultTenant/odata/Folders HTTP/1.1\r\nHost: localhost\r\n"
                         "Authorization: Bearer %s\r\n\r\n",
                         sandbox->token);
  g_autoptr (GError) error = NULL;
  gsize all = 0;

  add ("{\"path\":\"/odata/Folders\",\"kind\":\"endless\"}");
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                             strlen (request), NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 5; i++)
    {
      char buffer[4096];
      gssize length = g_input_stream_read (input, buffer, sizeof buffer, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpint (length, >, 0);
      all += (gsize)length;
      g_assert_cmpuint (get_status ("GET", "odata/Roles"), ==, 200);
    }
  g_assert_cmpuint (all, >, 100);
}

static void
test_delay (void)
{
  gint64 began = g_get_monotonic_time ();

  add ("{\"path\":\"/odata/Folders\",\"kind\":\"delay\",\"delay\":150}");
  g_assert_cmpuint (get_status ("GET", "odata/Folders"), ==, 200);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, 150 * 1000);
}

static void
test_patterns (void)
{
  add ("{\"path\":\"/odata/Jobs(*\",\"method\":\"get\",\"kind\":\"status\",\"status\":500}");
  add ("{\"path\":\"/ACME/*/odata/roles\",\"kind\":\"status\",\"status\":504}");
  g_assert_cmpuint (get_status ("GET", "odata/Jobs(1)"), ==, 500);
  g_assert_cmpuint (get_status ("GET", "/acme/DefaultTenant/odata/jobs(2)"), ==, 500);
  g_assert_cmpuint (get_status ("POST", "odata/Jobs(1)"), !=, 500);
  g_assert_cmpuint (get_status ("GET", "odata/Jobs"), ==, 200);
  g_assert_cmpuint (get_status ("GET", "odata/Roles"), ==, 504);
  clear ();
  g_assert_cmpuint (get_status ("GET", "odata/Roles"), ==, 200);
}

/* Two good ones first, then two bad ones, and never again. */
static void
test_times (void)
{
  static const guint expected[] = { 200, 200, 500, 500, 200, 200 };
  gint64 id = add ("{\"path\":\"/odata/Folders\",\"kind\":\"status\",\"skip\":2,\"times\":2}");
  g_autofree char *address = g_strdup_printf ("faults/%" G_GINT64_FORMAT, id);
  g_autoptr (SandboxAnswer) list = NULL;
  g_autoptr (SandboxAnswer) removed = NULL;
  g_autoptr (SandboxAnswer) again = NULL;
  JsonObject *fault;

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (get_status ("GET", "odata/Folders"), ==, expected[i]);

  list = sandbox_test_control (sandbox, "GET", "faults", NULL);
  fault = baton_json_peek_object_at (baton_json_peek_array (list->json, "faults"), 0);
  g_assert_cmpint (baton_json_peek_int (fault, "seen", 0), ==, 6);
  g_assert_cmpint (baton_json_peek_int (fault, "hits", 0), ==, 2);
  removed = sandbox_test_control (sandbox, "DELETE", address, NULL);
  sandbox_assert_status (removed, 204);
  again = sandbox_test_control (sandbox, "DELETE", address, NULL);
  sandbox_assert_status (again, 404);
}

static guint
draw (void)
{
  guint bits = 0;

  clear ();
  add ("{\"path\":\"/odata/Folders\",\"kind\":\"status\",\"probability\":0.5,\"seed\":7}");
  for (guint i = 0; i < 24; i++)
    bits = bits << 1 | (get_status ("GET", "odata/Folders") == 500);

  return bits;
}

static void
test_probability (void)
{
  guint first = draw ();

  g_assert_cmpuint (first, ==, draw ());
  g_assert_cmpuint (first, !=, 0);
  g_assert_cmpuint (first, !=, 0xffffff);
}

static void
test_refused (void)
{
  static const char *const wrong[] = {
    "{}",
    "{\"path\":\"/x\"}",
    "{\"kind\":\"status\"}",
    "{\"path\":\"/x\",\"kind\":\"nothing\"}",
    "{\"path\":\"/x\",\"kind\":\"status\",\"status\":99}",
    "{\"path\":\"/x\",\"kind\":\"status\",\"status\":100}",
    "{\"path\":\"/x\",\"kind\":\"status\",\"status\":199}",
    "{\"path\":\"/x\",\"kind\":\"status\",\"status\":\"bad\"}",
    "{\"path\":\"\",\"kind\":\"status\"}",
    "{\"path\":\"/x\",\"kind\":\"status\",\"method\":5}",
    "{\"path\":\"/x\",\"kind\":\"status\",\"method\":\"G T\"}",
    "{\"path\":\"/x\",\"kind\":\"status\",\"body\":{}}",
    "{\"path\":\"/x\",\"kind\":\"status\",\"type\":5}",
    "{\"path\":\"/x\",\"kind\":\"status\",\"probability\":\"often\"}",
    "{\"path\":\"/x\",\"kind\":\"status\",\"headers\":{\"a b\":\"c\"}}",
    "{\"path\":\"/x\",\"kind\":\"status\",\"delay\":-1}",
    "{\"path\":\"/x\",\"kind\":\"status\",\"probability\":2}",
    "{\"path\":\"/x\",\"kind\":\"status\",\"headers\":[]}",
    "{\"path\":\"/x\",\"kind\":\"status\",\"headers\":{\"A\":\"b\\r\\nC: d\"}}",
    "{\"path\":\"/x\",\"kind\":\"status\",\"unheard\":1}",
  };
  g_autoptr (SandboxAnswer) list = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (SandboxAnswer) answer = sandbox_test_control (sandbox, "POST", "faults", wrong[i]);

      g_test_message ("%s", wrong[i]);
      sandbox_assert_status (answer, 400);
    }
  list = sandbox_test_control (sandbox, "GET", "faults", NULL);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (list->json, "faults")), ==, 0);
}

/* What was broken leaves nothing behind: neither connections nor rules. */
static void
test_no_leak (void)
{
  static const char *const kinds[] = { "close", "closeInBody", "cut" };
  g_autofree char *folder
      = g_strdup_printf ("/proc/%s/fd", g_subprocess_get_identifier (sandbox->process));
  guint before = 0, after = 0;
  const char *name;
  g_autoptr (GDir) first = NULL;
  g_autoptr (GDir) second = NULL;

  first = g_dir_open (folder, 0, NULL);
  while (first != NULL && (name = g_dir_read_name (first)) != NULL)
    before++;
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *fault = g_strdup_printf ("{\"path\":\"/odata/Folders\",\"kind\":\"%s\"}",
                                                kinds[i % G_N_ELEMENTS (kinds)]);
      g_autofree char *answer = NULL;

      clear ();
      add (fault);
      answer = get_raw ();
    }
  g_usleep (200 * 1000);
  second = g_dir_open (folder, 0, NULL);
  while (second != NULL && (name = g_dir_read_name (second)) != NULL)
    after++;
  g_assert_cmpuint (after, <, before + 20);
}

static void
run (gconstpointer test)
{
  clear ();
  ((void (*) (void))test) ();
  clear ();
  g_assert_cmpuint (get_status ("GET", "odata/Folders"), ==, 200);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  sandbox = sandbox_test_start ("--jobs=10", NULL);
#define ADD(name, function) g_test_add_data_func ("/sandbox/faults/" name, function, run)
  ADD ("status", test_status);
  ADD ("close", test_close);
  ADD ("close-in-body", test_close_in_body);
  ADD ("cut", test_cut);
  ADD ("bad-answers", test_bad_answers);
  ADD ("endless", test_endless);
  ADD ("delay", test_delay);
  ADD ("patterns", test_patterns);
  ADD ("times", test_times);
  ADD ("probability", test_probability);
  ADD ("refused", test_refused);
  ADD ("no-leak", test_no_leak);
  status = g_test_run ();
  sandbox_test_stop (sandbox);

  return status;
}
