/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-test.h"

#include "baton-json.h"

#define JOB_WAIT (20 * G_USEC_PER_SEC)

static char *
read_line (GSubprocess *process)
{
  g_autoptr (GDataInputStream) stream
      = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autoptr (GError) error = NULL;
  char *line = g_data_input_stream_read_line (stream, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (line);

  return line;
}

static gint64
find_shared (SandboxTest *self)
{
  g_autoptr (SandboxAnswer) answer
      = sandbox_test_send (self, "GET", "odata/Folders?$filter=FullyQualifiedName%20eq%20'Shared'",
                           self->token, 0, NULL, NULL);

  sandbox_assert_status (answer, 200);

  return baton_json_peek_int (
      baton_json_peek_object_at (baton_json_peek_array (answer->json, "value"), 0), "Id", 0);
}

static void
trust (SandboxTest *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) database =
      g_tls_file_database_new (sandbox_test_get_ready (self, "ca"), &error);

  g_assert_no_error (error);
  soup_session_set_tls_database (self->session, database);
}

/* As a client that has one is asked for its certificate. */
static gboolean
show_certificate_cb (SoupMessage *message, GTlsClientConnection *connection, gpointer user_data)
{
  SandboxTest *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file_with_password (
      sandbox_test_get_ready (self, "clientCertificate"),
      sandbox_test_get_ready (self, "clientCertificatePassword"), &error);

  g_assert_no_error (error);
  soup_message_set_tls_client_certificate (message, certificate);

  return TRUE;
}

static void
queued_cb (SoupSession *session, SoupMessage *message, gpointer user_data)
{
  g_signal_connect (message, "request-certificate", G_CALLBACK (show_certificate_cb), user_data);
}

SandboxTest *
sandbox_test_start (const char *option, ...)
{
  SandboxTest *self = g_new0 (SandboxTest, 1);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autofree char *program
      = g_test_build_filename (G_TEST_BUILT, "..", "src", "sandbox", "baton-sandbox", NULL);
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;
  va_list list;

  g_ptr_array_add (arguments, program);
  g_ptr_array_add (arguments, (gpointer) "--with-parent");
  va_start (list, option);
  for (; option != NULL; option = va_arg (list, const char *))
    g_ptr_array_add (arguments, (gpointer)option);
  va_end (list);
  g_ptr_array_add (arguments, NULL);

  self->process
      = g_subprocess_newv ((const char *const *)arguments->pdata,
                           G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  line = read_line (self->process);
  self->ready = baton_json_parse_text (line, -1, &error);
  g_assert_no_error (error);
  self->session = soup_session_new_with_options ("timeout", 120, NULL);
  if (sandbox_test_get_ready (self, "ca") != NULL)
    trust (self);
  if (sandbox_test_get_ready (self, "clientCertificate") != NULL)
    g_signal_connect (self->session, "request-queued", G_CALLBACK (queued_cb), self);
  self->origin = g_strdup (sandbox_test_get_ready (self, "origin"));
  self->orchestrator = g_strdup (sandbox_test_get_ready (self, "orchestrator"));
  self->token = sandbox_test_sign_in (self, sandbox_test_get_ready (self, "userKey"));
  if (self->token != NULL)
    self->shared = find_shared (self);

  return self;
}

static void
test_free (SandboxTest *self)
{
  g_assert_finalize_object (self->session);
  g_object_unref (self->process);
  json_node_unref (self->ready);
  g_free (self->origin);
  g_free (self->orchestrator);
  g_free (self->token);
  g_free (self);
}

void
sandbox_test_stop (SandboxTest *self)
{
  g_autoptr (GError) error = NULL;

  soup_session_abort (self->session);
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (self->process, NULL, &error));
  g_assert_no_error (error);
  test_free (self);
}

void
sandbox_test_kill (SandboxTest *self)
{
  soup_session_abort (self->session);
  g_subprocess_send_signal (self->process, 9);
  g_subprocess_wait (self->process, NULL, NULL);
  test_free (self);
}

const char *
sandbox_test_get_ready (SandboxTest *self, const char *name)
{
  return baton_json_peek_string (baton_json_peek_root_object (self->ready), name);
}

static char *
make_address (SandboxTest *self, const char *address)
{
  if (g_str_has_prefix (address, "http://"))
    return g_strdup (address);

  return *address == '/' ? g_strconcat (self->origin, address, NULL)
                         : g_strconcat (self->orchestrator, "/", address, NULL);
}

SandboxAnswer *
sandbox_test_send (SandboxTest *self,
                   const char *method,
                   const char *address,
                   const char *bearer,
                   gint64 folder,
                   const char *type,
                   const char *body)
{
  SandboxAnswer *answer = g_new0 (SandboxAnswer, 1);
  g_autofree char *uri = make_address (self, address);
  g_autoptr (SoupMessage) message = soup_message_new (method, uri);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  SoupMessageHeaders *headers;

  g_assert_nonnull (message);
  headers = soup_message_get_request_headers (message);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (bearer != NULL)
    {
      g_autofree char *value = g_strconcat ("Bearer ", bearer, NULL);

      soup_message_headers_replace (headers, "Authorization", value);
    }
  if (folder != 0)
    {
      g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, folder);

      soup_message_headers_replace (headers, "X-UIPATH-OrganizationUnitId", value);
    }
  if (body != NULL)
    {
      g_autoptr (GBytes) sent = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, type != NULL ? type : "application/json",
                                                sent);
    }

  bytes = soup_session_send_and_read (self->session, message, NULL, &error);
  g_assert_no_error (error);
  answer->status = soup_message_get_status (message);
  answer->bytes = g_bytes_ref (bytes);
  answer->text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  answer->node = baton_json_parse_text (answer->text, -1, NULL);
  answer->json = answer->node != NULL ? baton_json_peek_root_object (answer->node) : NULL;
  headers = soup_message_get_response_headers (message);
  answer->type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  answer->headers = soup_message_headers_ref (headers);
  answer->location = g_strdup (soup_message_headers_get_one (headers, "Location"));

  return answer;
}

void
sandbox_answer_free (SandboxAnswer *self)
{
  g_bytes_unref (self->bytes);
  g_free (self->text);
  g_clear_pointer (&self->node, json_node_unref);
  g_free (self->type);
  g_free (self->location);
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  g_free (self);
}

GSocketConnection *
sandbox_test_connect (SandboxTest *self)
{
  g_autoptr (GUri) uri = g_uri_parse (self->origin, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection = NULL;

  g_socket_client_set_timeout (client, 120);
  connection = g_socket_client_connect_to_host (client, g_uri_get_host (uri),
                                                (guint16)g_uri_get_port (uri), NULL, &error);
  g_assert_no_error (error);

  return connection;
}

static char *
take (GMemoryOutputStream *stream)
{
  g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, NULL);

  return g_memory_output_stream_steal_data (stream);
}

char *
sandbox_test_send_raw (SandboxTest *self, const char *request)
{
  g_autoptr (GSocketConnection) connection = sandbox_test_connect (self);
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autoptr (GOutputStream) read = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  g_assert_true (g_output_stream_write_all (output, request, strlen (request), NULL, NULL, &error));
  g_assert_no_error (error);
  g_output_stream_splice (read, input, G_OUTPUT_STREAM_SPLICE_NONE, NULL, &error);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
    g_assert_no_error (error);
  g_output_stream_write_all (read, "", 1, NULL, NULL, NULL);

  return take (G_MEMORY_OUTPUT_STREAM (read));
}

SandboxAnswer *
sandbox_test_control (SandboxTest *self, const char *method, const char *address, const char *body)
{
  g_autofree char *path = g_strconcat ("/_sandbox/", address, NULL);

  return sandbox_test_send (self, method, path, NULL, 0, NULL, body);
}

SandboxAnswer *
sandbox_test_get (SandboxTest *self, const char *address)
{
  return sandbox_test_send (self, "GET", address, self->token, self->shared, NULL, NULL);
}

SandboxAnswer *
sandbox_test_post (SandboxTest *self, const char *address, const char *body)
{
  return sandbox_test_send (self, "POST", address, self->token, self->shared, NULL, body);
}

char *
sandbox_test_sign_in (SandboxTest *self, const char *user_key)
{
  g_autofree char *body = g_strdup_printf (
      "{\"grant_type\":\"refresh_token\",\"client_id\":\"%s\",\"refresh_token\":\"%s\"}",
      sandbox_test_get_ready (self, "clientId"), user_key);
  g_autoptr (SandboxAnswer) answer
      = sandbox_test_send (self, "POST", "/oauth/token", NULL, 0, NULL, body);

  return g_strdup (baton_json_peek_string (answer->json, "access_token"));
}

SandboxAnswer *
sandbox_test_ask (SandboxTest *self,
                  const char *method,
                  gint64 folder,
                  const char *body,
                  const char *format,
                  ...)
{
  g_autofree char *address = NULL;
  g_autofree char *text = body != NULL ? g_strdelimit (g_strdup (body), "'", '"') : NULL;
  va_list arguments;

  va_start (arguments, format);
  address = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  return sandbox_test_send (self, method, address, self->token, folder,
                            text != NULL ? "application/json" : NULL, text);
}

void
sandbox_test_assert_refused (SandboxTest *self,
                             gint64 folder,
                             const char *address,
                             const SandboxRefusal *refusals,
                             gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (SandboxAnswer) answer
          = sandbox_test_ask (self, "POST", folder, refusals[i].body, "%s", address);

      g_test_message ("%s", refusals[i].body);
      sandbox_assert_error (answer, refusals[i].status, refusals[i].code);
    }
}

gint64
sandbox_test_find_folder (SandboxTest *self, const char *path)
{
  g_autofree char *escaped = g_uri_escape_string (path, NULL, FALSE);
  g_autoptr (SandboxAnswer) answer
      = sandbox_test_ask (self, "GET", 0, NULL,
                          "odata/Folders?$filter=FullyQualifiedName%%20eq%%20'%s'", escaped);

  g_assert_cmpuint (sandbox_answer_length (answer), ==, 1);

  return baton_json_peek_int (sandbox_answer_get (answer, 0), "Id", 0);
}

JsonObject *
sandbox_answer_get (SandboxAnswer *self, guint position)
{
  return baton_json_peek_object_at (baton_json_peek_array (self->json, "value"), position);
}

guint
sandbox_answer_length (SandboxAnswer *self)
{
  return baton_json_length (baton_json_peek_array (self->json, "value"));
}

void
sandbox_assert_error (SandboxAnswer *answer, guint status, int code)
{
  sandbox_assert_status (answer, status);
  g_assert_cmpint (baton_json_peek_int (answer->json, "errorCode", -1), ==, code);
  g_assert_nonnull (baton_json_peek_string (answer->json, "message"));
}

char *
sandbox_test_find_process (SandboxTest *self, const char *name)
{
  g_autofree char *address = g_strdup_printf ("odata/Releases?$filter=Name%%20eq%%20'%s'", name);
  g_autoptr (SandboxAnswer) answer = sandbox_test_get (self, address);
  JsonObject *release
      = baton_json_peek_object_at (baton_json_peek_array (answer->json, "value"), 0);

  sandbox_assert_status (answer, 200);
  g_assert_nonnull (release);

  return g_strdup (baton_json_peek_string (release, "Key"));
}

SandboxAnswer *
sandbox_test_start_jobs (SandboxTest *self, const char *process, const char *more)
{
  g_autofree char *body = g_strdup_printf (
      "{\"startInfo\":{\"ReleaseKey\":\"%s\",\"Strategy\":\"ModernJobsCount\"%s%s}}", process,
      more != NULL ? "," : "", more != NULL ? more : "");

  return sandbox_test_post (self, "odata/Jobs/UiPath.Server.Configuration.OData.StartJobs", body);
}

gint64
sandbox_test_start_job (SandboxTest *self, const char *process, const char *input)
{
  g_autofree char *escaped = g_strescape (input, NULL);
  g_autofree char *more = g_strdup_printf ("\"InputArguments\":\"%s\"", escaped);
  g_autoptr (SandboxAnswer) answer = sandbox_test_start_jobs (self, process, more);
  JsonObject *job = baton_json_peek_object_at (baton_json_peek_array (answer->json, "value"), 0);

  sandbox_assert_status (answer, 201);
  g_assert_cmpstr (baton_json_peek_string (job, "State"), ==, "Pending");

  return baton_json_peek_int (job, "Id", 0);
}

SandboxAnswer *
sandbox_test_get_job (SandboxTest *self, gint64 id)
{
  g_autofree char *address = g_strdup_printf ("odata/Jobs(%" G_GINT64_FORMAT ")", id);
  SandboxAnswer *answer = sandbox_test_get (self, address);

  sandbox_assert_status (answer, 200);

  return answer;
}

SandboxAnswer *
sandbox_test_stop_job (SandboxTest *self, gint64 id, const char *strategy)
{
  g_autofree char *body = g_strdup_printf ("{'strategy':'%s'}", strategy);

  return sandbox_test_ask (self, "POST", self->shared, body,
                           "odata/Jobs(%" G_GINT64_FORMAT
                           ")/UiPath.Server.Configuration.OData.StopJob",
                           id);
}

SandboxAnswer *
sandbox_test_wait_for_job (SandboxTest *self, gint64 id, const char *state)
{
  gint64 end = g_get_monotonic_time () + JOB_WAIT;

  for (;;)
    {
      g_autoptr (SandboxAnswer) answer = sandbox_test_get_job (self, id);

      if (g_str_equal (baton_json_peek_string (answer->json, "State"), state))
        return g_steal_pointer (&answer);
      if (g_get_monotonic_time () > end)
        g_error ("Job %" G_GINT64_FORMAT " is %s and not %s", id,
                 baton_json_peek_string (answer->json, "State"), state);
      g_usleep (20 * 1000);
    }
}

static void
rest_triggers_of (SandboxTest *self, gint64 folder)
{
  g_autoptr (SandboxAnswer) list = sandbox_test_send (self, "GET", "odata/ProcessSchedules",
                                                      self->token, folder, NULL, NULL);
  g_autoptr (SandboxAnswer) rested = NULL;
  g_autoptr (GString) body = g_string_new ("{\"enabled\":false,\"scheduleIds\":[");
  guint n = sandbox_answer_length (list);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (body, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
                            baton_json_peek_int (sandbox_answer_get (list, i), "Id", 0));
  g_string_append (body, "]}");
  if (n == 0)
    return;

  rested = sandbox_test_send (
      self, "POST", "odata/ProcessSchedules/UiPath.Server.Configuration.OData.SetEnabled",
      self->token, folder, "application/json", body->str);
  sandbox_assert_status (rested, 200);
}

void
sandbox_test_rest_triggers (SandboxTest *self)
{
  g_autoptr (SandboxAnswer) folders = sandbox_test_get (self, "odata/Folders");

  for (guint i = 0; i < sandbox_answer_length (folders); i++)
    rest_triggers_of (self, baton_json_peek_int (sandbox_answer_get (folders, i), "Id", 0));
}
