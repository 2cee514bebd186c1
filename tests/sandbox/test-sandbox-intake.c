/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <baton-json.h>

#include "sandbox-test.h"

#define HEAD                                                                                       \
  "POST /acme/DefaultTenant/odata/Assets HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"

static SandboxTest *sandbox;

static guint
get_status (void)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_get (sandbox, "odata/Folders?$top=1");

  return answer->status;
}

/* Returns: (transfer full): what came of @head and @length blanks, however much of it was taken. */
static char *
send_blanks (const char *head, gsize length, gboolean chunked)
{
  g_autoptr (GSocketConnection) connection = sandbox_test_connect (sandbox);
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autofree char *blanks = g_strnfill (100000, ' ');
  char buffer[4096] = "";
  gboolean more = g_output_stream_write_all (output, head, strlen (head), NULL, NULL, NULL);

  for (gsize sent = 0; more && sent < length; sent += 100000)
    {
      if (chunked)
        more = g_output_stream_write_all (output, "186a0\r\n", 7, NULL, NULL, NULL);
      more = more && g_output_stream_write_all (output, blanks, 100000, NULL, NULL, NULL);
      if (chunked)
        more = more && g_output_stream_write_all (output, "\r\n", 2, NULL, NULL, NULL);
    }
  /* No more will come, so that the sandbox need not wait for it. */
  g_socket_shutdown (g_socket_connection_get_socket (connection), FALSE, TRUE, NULL);
  g_input_stream_read (input, buffer, sizeof buffer - 1, NULL, NULL);

  return g_strdup (buffer);
}

static void
assert_too_large (const char *answer)
{
  /* Who goes on sending may find the connection reset before it reads. */
  g_assert_true (*answer == '\0' || g_str_has_prefix (answer, "HTTP/1.1 413"));
  g_assert_cmpuint (get_status (), ==, 200);
}

static void
test_too_large (void)
{
  g_autofree char *promised = send_blanks (
      HEAD "Content-Type: application/json\r\nContent-Length: 40000000\r\n\r\n", 0, FALSE);
  g_autofree char *sent = send_blanks (
      HEAD "Content-Type: application/json\r\nContent-Length: 40000000\r\n\r\n", 40000000, FALSE);
  g_autofree char *chunks = send_blanks (
      HEAD "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n", 40000000, TRUE);
  g_autofree char *file = send_blanks (HEAD "Content-Type: multipart/form-data; boundary=b\r\n"
                                            "Content-Length: 999999999999\r\n\r\n",
                                       0, FALSE);

  g_assert_true (g_str_has_prefix (promised, "HTTP/1.1 413"));
  g_assert_nonnull (strstr (promised, "\"errorCode\":1000"));
  assert_too_large (sent);
  assert_too_large (chunks);
  g_assert_true (g_str_has_prefix (file, "HTTP/1.1 413"));
}

static void
test_wrong_length (void)
{
  static const char *const lengths[]
      = { "99999999999999999999", "-5", "5x", "", "7\r\nContent-Length: 5" };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *head = g_strdup_printf (HEAD "Content-Length: %s\r\n\r\n", lengths[i]);
      g_autofree char *answer = send_blanks (head, 0, FALSE);

      g_test_message ("%s", lengths[i]);
      g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 4"));
    }
  g_assert_cmpuint (get_status (), ==, 200);
}

/* What can be read in two ways is refused, or ends the connection: its rest is no request. */
static void
test_two_ways (void)
{
  static const char *const middles[] = {
    "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "Content-Length: 7, 0\r\n\r\n{\"a\":1}",
    "Content-Length: \r\n\r\n{\"a\":1}",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
    "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
    "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\nx\r\n0\r\n\r\n",
    "Transfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n0\r\n\r\n",
    "Transfer-Encoding: chunked\r\n\r\n1\r\nxxx\r\n0\r\n\r\n",
    "Host: elsewhere\r\nContent-Length: 0\r\n\r\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (middles); i++)
    {
      g_autofree char *request = g_strdup_printf (
          HEAD "Authorization: Bearer %s\r\nContent-Type: application/json\r\n%s"
               "GET /_sandbox/clock HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
          sandbox->token, middles[i]);
      g_autofree char *answer = sandbox_test_send_raw (sandbox, request);

      g_test_message ("%s", middles[i]);
      g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 400")
                     || g_str_has_prefix (answer, "HTTP/1.1 501"));
      g_assert_null (strstr (answer + 1, "HTTP/1.1"));
    }
}

/* An address that cannot be read is refused in words. */
static void
test_addresses (void)
{
  static const char *const paths[] = { "/odata/Folders%00", "/..%2f..%2fetc%2fpasswd" };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *request = g_strdup_printf (
          "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", paths[i]);
      g_autofree char *answer = sandbox_test_send_raw (sandbox, request);

      g_test_message ("%s", paths[i]);
      g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 400"));
      g_assert_nonnull (strstr (answer, "\"message\":"));
    }
}

/* A body that ends before its end: nothing of it is done. */
static void
test_cut (void)
{
  static const char request[]
      = "POST /acme/DefaultTenant/odata/Assets HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
        "application/json\r\nContent-Length: 1000\r\n\r\n{\"Name\":";

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GSocketConnection) connection = sandbox_test_connect (sandbox);

      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                                 sizeof request - 1, NULL, NULL, NULL);
      g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
    }
  g_assert_cmpuint (get_status (), ==, 200);
}

/* An answer without a body leaves the connection open for the next request. */
static void
test_empty_answer (void)
{
  static const char first[] = "DELETE /_sandbox/requests HTTP/1.1\r\nHost: localhost\r\n\r\n";
  static const char second[]
      = "GET /_sandbox/clock HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  g_autoptr (GSocketConnection) connection = sandbox_test_connect (sandbox);
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  char buffer[4096] = "";

  g_assert_true (g_output_stream_write_all (output, first, sizeof first - 1, NULL, NULL, NULL));
  g_assert_cmpint (g_input_stream_read (input, buffer, sizeof buffer - 1, NULL, NULL), >, 0);
  g_assert_true (g_str_has_prefix (buffer, "HTTP/1.1 204"));
  g_assert_true (g_output_stream_write_all (output, second, sizeof second - 1, NULL, NULL, NULL));
  g_assert_cmpint (g_input_stream_read (input, buffer, sizeof buffer - 1, NULL, NULL), >, 0);
  g_assert_true (g_str_has_prefix (buffer, "HTTP/1.1 200"));
}

static void
assert_refused (const char *body)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_post (sandbox, "odata/Assets", body);

  g_assert_cmpuint (answer->status, >=, 400);
  g_assert_cmpuint (answer->status, <, 500);
  g_assert_nonnull (baton_json_peek_string (answer->json, "message"));
  g_assert_cmpuint (get_status (), ==, 200);
}

static void
test_bad_json (void)
{
  g_autofree char *open = g_strnfill (1000000, '[');
  g_autofree char *deep = g_strconcat ("{\"a\":", open, NULL);
  g_autofree char *closed = g_strnfill (5000, '{');

  assert_refused (deep);
  assert_refused (open);
  assert_refused (closed);
  assert_refused ("{\"Name\":\"\xff\xfe\"}");
  assert_refused ("{\"Name\":\"\xed\xa0\x80\"}");
  assert_refused ("{\"Name\":\"cut");
  assert_refused ("\xef\xbb\xbf");
  assert_refused ("null");
  assert_refused ("{\"Name\":1e999999}");
}

static void
test_bad_requests (void)
{
  g_autofree char *blanks = g_strnfill (300000, 'a');
  g_autofree char *header = g_strdup_printf ("GET / HTTP/1.1\r\nX: %s\r\n\r\n", blanks);
  g_autofree char *path = g_strdup_printf ("GET /%s HTTP/1.1\r\nHost: h\r\n\r\n", blanks);
  const char *const requests[] = {
    "nonsense\r\n\r\n",
    "GET / HTTP/9.9\r\n\r\n",
    "GET  HTTP/1.1\r\n\r\n",
    "\r\n\r\n\r\n",
    "GET http://[::1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "GET /%zz/%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "GET /odata/\xff\xfe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
    "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    header,
    path,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autofree char *answer = send_blanks (requests[i], 0, FALSE);

      g_assert_cmpuint (get_status (), ==, 200);
    }
}

/* Many that say half of something, and nothing more, keep nobody from being served. */
static void
test_half_open (void)
{
  static const char half[] = "GET /acme/DefaultTenant/odata/Folders HTTP/1.1\r\nHost: loc";
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 began;

  for (guint i = 0; i < 300; i++)
    {
      GSocketConnection *connection = sandbox_test_connect (sandbox);

      g_ptr_array_add (connections, connection);
      if (i % 3 != 0)
        g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), half,
                                   i % 3 == 1 ? 10 : sizeof half - 1, NULL, NULL, NULL);
    }
  began = g_get_monotonic_time ();
  for (guint i = 0; i < 20; i++)
    g_assert_cmpuint (get_status (), ==, 200);
  g_test_message ("20 requests beside them took %" G_GINT64_FORMAT " ms",
                  (g_get_monotonic_time () - began) / 1000);

  /* They are not kept for ever; to see it takes as long as the sandbox's patience. */
  if (g_test_slow ())
    {
      char byte;

      g_assert_cmpint (
          g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connections->pdata[1])),
                               &byte, 1, NULL, NULL),
          <=, 0);
      g_assert_cmpint (g_get_monotonic_time () - began, >, 20 * G_USEC_PER_SEC);
    }
}

/* Sends a byte at a time, while another is served. */
static void
test_slow (void)
{
  g_autofree char *request
      = g_strdup_printf ("GET /acme/DefaultTenant/odata/Folders HTTP/1.1\r\nHost: localhost\r\n"
                         "Connection: close\r\nAuthorization: Bearer %s\r\n\r\n",
                         sandbox->token);
  g_autoptr (GSocketConnection) connection = sandbox_test_connect (sandbox);
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  char buffer[64] = "";

  for (const char *c = request; *c != '\0'; c++)
    {
      g_assert_true (g_output_stream_write_all (output, c, 1, NULL, NULL, NULL));
      if ((c - request) % 64 == 0)
        g_assert_cmpuint (get_status (), ==, 200);
    }
  g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), buffer,
                       sizeof buffer - 1, NULL, NULL);
  g_assert_true (g_str_has_prefix (buffer, "HTTP/1.1 200"));
}

/* All come before any is answered. */
static void
test_500_at_once (void)
{
  g_autofree char *request = g_strdup_printf (
      "GET /acme/DefaultTenant/odata/Folders?$top=1 HTTP/1.1\r\nHost: localhost\r\n"
      "Connection: close\r\nAuthorization: Bearer %s\r\n\r\n",
      sandbox->token);
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 began = g_get_monotonic_time ();

  for (guint i = 0; i < 500; i++)
    g_ptr_array_add (connections, sandbox_test_connect (sandbox));
  for (guint i = 0; i < connections->len; i++)
    g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (connections->pdata[i]),
                                              request, strlen (request), NULL, NULL, NULL));
  for (guint i = 0; i < connections->len; i++)
    {
      char buffer[64] = "";

      g_assert_cmpint (g_input_stream_read (g_io_stream_get_input_stream (connections->pdata[i]),
                                            buffer, sizeof buffer - 1, NULL, NULL),
                       >, 0);
      g_assert_true (g_str_has_prefix (buffer, "HTTP/1.1 200"));
    }
  g_test_message ("500 at once took %" G_GINT64_FORMAT " ms",
                  (g_get_monotonic_time () - began) / 1000);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  sandbox = sandbox_test_start ("--jobs=10", NULL);
  g_test_add_func ("/sandbox/intake/too-large", test_too_large);
  g_test_add_func ("/sandbox/intake/wrong-length", test_wrong_length);
  g_test_add_func ("/sandbox/intake/two-ways", test_two_ways);
  g_test_add_func ("/sandbox/intake/addresses", test_addresses);
  g_test_add_func ("/sandbox/intake/cut", test_cut);
  g_test_add_func ("/sandbox/intake/empty-answer", test_empty_answer);
  g_test_add_func ("/sandbox/intake/bad-json", test_bad_json);
  g_test_add_func ("/sandbox/intake/bad-requests", test_bad_requests);
  g_test_add_func ("/sandbox/intake/slow", test_slow);
  g_test_add_func ("/sandbox/intake/half-open", test_half_open);
  g_test_add_func ("/sandbox/intake/500-at-once", test_500_at_once);
  status = g_test_run ();
  sandbox_test_stop (sandbox);

  return status;
}
