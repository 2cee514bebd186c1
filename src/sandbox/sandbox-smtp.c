/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-smtp.h"

#include <string.h>

#define TIMEOUT_SECONDS 10
/* What a server says is shown to a person, and not without end. */
#define MAX_SAID 200

/* What is said one after the other, and the first digit of what has to come back to it. */
typedef struct
{
  char *text; /* (owned) (nullable): NULL to listen to the greeting */
  char expected;
} Step;

typedef struct
{
  GArray *steps; /* (owned): Step */
  guint position;
  GSocketConnection *connection; /* (owned) (nullable) */
  GDataInputStream *input;       /* (owned) (nullable) */
} Talk;

static void say (GTask *task);
static void listen_for_line (GTask *task);

static void
step_clear (Step *self)
{
  g_free (self->text);
}

static void
talk_free (Talk *self)
{
  g_array_unref (self->steps);
  g_clear_object (&self->input);
  g_clear_object (&self->connection);
  g_free (self);
}

gboolean
sandbox_smtp_is_address (const char *address)
{
  g_return_val_if_fail (address != NULL, FALSE);

  for (const char *c = address; *c != '\0'; c++)
    if ((guchar)*c <= ' ' || (guchar)*c >= 0x7f || strchr ("<>\"\\", *c) != NULL)
      return FALSE;

  return strchr (address, '@') != NULL;
}

/* Goes on to the next step, or ends well. */
static void
go_on (GTask *task)
{
  Talk *talk = g_task_get_task_data (task);

  talk->position++;
  if (talk->position < talk->steps->len)
    say (task);
  else
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
}

static void
fail (GTask *task, GError *error)
{
  g_task_return_error (task, error);
  g_object_unref (task);
}

/* An answer of several lines has a dash behind the number of all but the last one. */
static void
line_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Talk *talk = g_task_get_task_data (task);
  const Step *step = &g_array_index (talk->steps, Step, talk->position);
  GError *error = NULL;
  g_autofree char *line
      = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (object), result, NULL, &error);

  if (error != NULL)
    fail (task, error);
  else if (line == NULL)
    fail (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED,
                                     "The mail server closed the connection."));
  else if (*line != step->expected)
    {
      g_autofree char *said = g_utf8_make_valid (line, MIN ((gssize)strlen (line), MAX_SAID));

      fail (task, g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "The mail server said: %s", said));
    }
  else if (strlen (line) > 3 && line[3] == '-')
    listen_for_line (task);
  else
    go_on (task);
}

static void
listen_for_line (GTask *task)
{
  Talk *talk = g_task_get_task_data (task);

  g_data_input_stream_read_line_async (talk->input, G_PRIORITY_DEFAULT,
                                       g_task_get_cancellable (task), line_cb, task);
}

static void
said_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, &error))
    listen_for_line (task);
  else
    fail (task, error);
}

static void
say (GTask *task)
{
  Talk *talk = g_task_get_task_data (task);
  const Step *step = &g_array_index (talk->steps, Step, talk->position);

  if (step->text == NULL)
    listen_for_line (task);
  else
    g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (talk->connection)),
                                     step->text, strlen (step->text), G_PRIORITY_DEFAULT,
                                     g_task_get_cancellable (task), said_cb, task);
}

static void
connected_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Talk *talk = g_task_get_task_data (task);
  GError *error = NULL;

  talk->connection
      = g_socket_client_connect_to_host_finish (G_SOCKET_CLIENT (object), result, &error);
  if (talk->connection == NULL)
    {
      fail (task, error);
      return;
    }
  talk->input
      = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (talk->connection)));
  g_data_input_stream_set_newline_type (talk->input, G_DATA_STREAM_NEWLINE_TYPE_ANY);
  say (task);
}

/* @text: (transfer full) (nullable). */
static void
add_step (Talk *talk, char *text, char expected)
{
  g_array_append_vals (talk->steps, &(Step){ text, expected }, 1);
}

/* Returns: (transfer full): AUTH PLAIN (RFC 4616). */
static char *
make_auth (const char *user, const char *password)
{
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  g_autofree char *encoded = NULL;

  g_byte_array_append (plain, (const guint8 *)"", 1);
  g_byte_array_append (plain, (const guint8 *)user, (guint)strlen (user) + 1);
  g_byte_array_append (plain, (const guint8 *)password, (guint)strlen (password));
  encoded = g_base64_encode (plain->data, plain->len);

  return g_strdup_printf ("AUTH PLAIN %s\r\n", encoded);
}

/* A line that begins with a dot gets another one (RFC 5321 4.5.2). */
static char *
make_data (const SandboxMail *mail)
{
  g_auto (GStrv) lines = g_strsplit (mail->text, "\n", -1);
  GString *data = g_string_new (NULL);

  g_string_append_printf (data,
                          "From: <%s>\r\nTo: <%s>\r\nSubject: %s\r\n"
                          "Content-Type: text/plain; charset=utf-8\r\n\r\n",
                          mail->from, mail->to, mail->subject);
  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (data, "%s%s\r\n", *lines[i] == '.' ? "." : "", lines[i]);
  g_string_append (data, ".\r\n");

  return g_string_free (data, FALSE);
}

static Talk *
make_talk (const SandboxMail *mail)
{
  Talk *talk = g_new0 (Talk, 1);

  talk->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  g_array_set_clear_func (talk->steps, (GDestroyNotify)step_clear);
  add_step (talk, NULL, '2');
  add_step (talk, g_strdup ("EHLO localhost\r\n"), '2');
  if (mail->user != NULL && *mail->user != '\0')
    add_step (talk, make_auth (mail->user, mail->password != NULL ? mail->password : ""), '2');
  add_step (talk, g_strdup_printf ("MAIL FROM:<%s>\r\n", mail->from), '2');
  add_step (talk, g_strdup_printf ("RCPT TO:<%s>\r\n", mail->to), '2');
  add_step (talk, g_strdup ("DATA\r\n"), '3');
  add_step (talk, make_data (mail), '2');
  add_step (talk, g_strdup ("QUIT\r\n"), '2');

  return talk;
}

void
sandbox_smtp_send_async (const SandboxMail *mail,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  GTask *task;

  g_return_if_fail (mail != NULL && mail->host != NULL);
  g_return_if_fail (sandbox_smtp_is_address (mail->from) && sandbox_smtp_is_address (mail->to));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, sandbox_smtp_send_async);
  g_task_set_task_data (task, make_talk (mail), (GDestroyNotify)talk_free);
  g_socket_client_set_timeout (client, TIMEOUT_SECONDS);
  g_socket_client_set_tls (client, mail->tls);
  g_socket_client_connect_to_host_async (client, mail->host, mail->port, cancellable, connected_cb,
                                         task);
}

gboolean
sandbox_smtp_send_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
