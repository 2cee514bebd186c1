/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>

#include "../baton-address.h"
#include "../network/baton-network-private.h"
#include "baton-call-private.h"
#include "baton-error.h"
#include "baton-redirect.h"
#include "baton-time.h"

#define CHUNK (64 * 1024)
#define DEFAULT_TIMEOUT 30
#define DEADLINE_FACTOR 4

typedef struct
{
  BatonNetwork *network;           /* (owned) */
  BatonCall *call;                 /* (owned) */
  char *description;               /* (owned) */
  GCancellable *cancellable;       /* (owned): ours, so that the deadline may cancel as well */
  GSource *cancel_watch;           /* (owned) (nullable) */
  guint deadline;                  /* a source id */
  gboolean late;                   /* the deadline passed */
  gboolean sent_again;
  SoupMessage *message;            /* (owned) */
  BatonHandshake *handshake;       /* (owned) */
  GInputStream *stream;            /* (owned) (nullable) */
  GByteArray *body;                /* (owned) */
} Send;

static guint io_timeout = DEFAULT_TIMEOUT;

static void baton_http_start (GTask *task);
static void baton_http_read (GTask *task);

/* The session may hold the message a little longer than we do. */
static void
send_drop_message (Send *send)
{
  if (send->message != NULL)
    g_signal_handlers_disconnect_matched (send->message, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, send);
  g_clear_object (&send->message);
}

static void
send_free (Send *send)
{
  if (send->cancel_watch != NULL)
    {
      g_source_destroy (send->cancel_watch);
      g_source_unref (send->cancel_watch);
    }
  g_clear_handle_id (&send->deadline, g_source_remove);
  g_clear_object (&send->cancellable);
  send_drop_message (send);
  g_clear_object (&send->stream);
  g_byte_array_unref (send->body);
  g_free (send->description);
  baton_call_free (send->call);
  g_object_unref (send->network);
  baton_handshake_unref (send->handshake);
  g_free (send);
}

static SoupSession *
get_session (Send *send)
{
  SoupSession *session = _baton_network_get_session (send->network);

  soup_session_set_timeout (session, io_timeout);

  return session;
}

static GError *
make_tls_error (Send *send, const GError *cause)
{
  GError *error = baton_network_explain (send->network, soup_message_get_uri (send->message),
                                         send->handshake, cause);

  baton_error_get_details (error)->request = g_strdup (send->description);

  return error;
}

/* A server that wants a certificate may say so only after the handshake, or just hang up. */
static gboolean
is_tls_error (Send *send, const GError *error)
{
  if (send->handshake->verdict == BATON_VERDICT_UNTRUSTED
      || send->handshake->verdict == BATON_VERDICT_CHANGED)
    return TRUE;
  if (error->domain == G_TLS_ERROR)
    return send->handshake->asked || !g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_EOF);

  return send->handshake->asked
         && (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED)
             || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)
             || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE));
}

static void
baton_http_fail (GTask *task, GError *error)
{
  Send *send = g_task_get_task_data (task);
  g_autoptr (GError) cause = error;

  if (send->late && g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (&cause);
      cause = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                                   _("The server did not finish its answer in time."));
    }

  if (is_tls_error (send, cause))
    g_task_return_error (task, make_tls_error (send, cause));
  else
    g_task_return_error (
        task, baton_network_blame (send->network, baton_error_convert (g_steal_pointer (&cause),
                                                                       send->description)));
}

/* An answer may hold a token. */
static void
body_free (gpointer data)
{
  GByteArray *body = data;

  if (body->len > 0)
    explicit_bzero (body->data, body->len);
  g_byte_array_unref (body);
}

static void
baton_http_done (GTask *task)
{
  Send *send = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (send->message);
  BatonReply *reply = g_new0 (BatonReply, 1);

  g_atomic_ref_count_init (&reply->references);
  reply->status = soup_message_get_status (send->message);
  reply->reason = g_strdup (soup_message_get_reason_phrase (send->message));
  reply->content_type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  reply->retry_after = g_strdup (soup_message_headers_get_one (headers, "Retry-After"));
  if (reply->status >= 300 && reply->status < 400)
    reply->location = baton_redirect_read (soup_message_get_uri (send->message),
                                           soup_message_headers_get_one (headers, "Location"),
                                           &reply->moved);
  baton_time_parse_http_date (soup_message_headers_get_one (headers, "Date"), &reply->date);
  reply->body = g_bytes_new_with_free_func (send->body->data, send->body->len, body_free,
                                            g_byte_array_ref (send->body));

  /* With nothing left to read this only hands the connection back. */
  g_input_stream_close_async (send->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);

  g_task_return_pointer (task, reply, (GDestroyNotify) baton_reply_unref);
}

static void
baton_http_read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Send *send = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize size = 0;
  const guint8 *data = NULL;

  bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);
  if (bytes == NULL)
    {
      baton_http_fail (task, g_steal_pointer (&error));
      return;
    }

  data = g_bytes_get_data (bytes, &size);
  if (size == 0)
    {
      baton_http_done (task);
      return;
    }

  if (send->body->len + size > BATON_HTTP_MAX_BYTES)
    {
      g_autofree char *limit = g_format_size_full (BATON_HTTP_MAX_BYTES, G_FORMAT_SIZE_IEC_UNITS);

      /* the rest is not worth its way */
      g_cancellable_cancel (send->cancellable);
      error = g_error_new (BATON_ERROR, BATON_ERROR_BAD_ANSWER,
                           /* TRANSLATORS: %s is a size, "8.0 MiB" */
                           _("The answer is larger than %s, which is more than Baton reads."),
                           limit);
      baton_http_fail (task, g_steal_pointer (&error));
      return;
    }

  g_byte_array_append (send->body, data, (guint) size);
  /* Nobody else has this piece. */
  explicit_bzero ((gpointer) data, size);
  baton_http_read (g_steal_pointer (&task));
}

/* @task: (transfer full) */
static void
baton_http_read (GTask *task)
{
  Send *send = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (send->stream, CHUNK, G_PRIORITY_DEFAULT, send->cancellable,
                                   baton_http_read_cb, task);
}

/* The server closed a connection under a request that it has not answered: HTTP/2 does so when it
 * goes away in good order, and libsoup 3.2 gives only a text for it. */
static gboolean
is_lost_connection (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT) ||
         g_str_has_prefix (error->message, "HTTP/2 Error");
}

static void
baton_http_sent_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Send *send = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  g_clear_object (&send->stream);
  send->stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  if (send->stream != NULL)
    {
      baton_http_read (g_steal_pointer (&task));
      return;
    }

  if (!send->sent_again && is_lost_connection (error) &&
      (g_str_equal (send->call->method, "GET") || g_str_equal (send->call->method, "HEAD")))
    {
      send->sent_again = TRUE;
      baton_http_start (g_steal_pointer (&task));
      return;
    }

  /* libsoup says the same of an answer that ends early and of none at all */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
    {
      g_clear_error (&error);
      error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED,
                                   _("The server closed the connection without an answer."));
    }

  baton_http_fail (task, g_steal_pointer (&error));
}

/* Nothing was written yet: a connection that is not to be trusted is given up here. */
static void
baton_http_network_event_cb (SoupMessage *message,
                             GSocketClientEvent event,
                             GIOStream *stream,
                             gpointer user_data)
{
  Send *send = user_data;

  if (!baton_network_watch (send->network, soup_message_get_uri (message), event, stream,
                            send->handshake))
    g_cancellable_cancel (send->cancellable);
}

/* @task: (transfer full) */
static void
baton_http_start (GTask *task)
{
  Send *send = g_task_get_task_data (task);
  SoupMessageHeaders *headers = NULL;

  send_drop_message (send);
  send->message = soup_message_new (send->call->method, send->call->url);
  soup_message_add_flags (send->message, SOUP_MESSAGE_NO_REDIRECT);
  headers = soup_message_get_request_headers (send->message);

  for (guint i = 0; i < send->call->headers->len; i += 2)
    soup_message_headers_replace (headers, g_ptr_array_index (send->call->headers, i),
                                  g_ptr_array_index (send->call->headers, i + 1));

  if (send->call->body != NULL)
    soup_message_set_request_body_from_bytes (send->message, send->call->type, send->call->body);

  g_signal_connect (send->message, "network-event", G_CALLBACK (baton_http_network_event_cb), send);

  soup_session_send_async (get_session (send), send->message, G_PRIORITY_DEFAULT, send->cancellable,
                           baton_http_sent_cb, task);
}

static gboolean
baton_http_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  Send *send = user_data;

  g_cancellable_cancel (send->cancellable);

  return G_SOURCE_REMOVE;
}

static gboolean
baton_http_deadline_cb (gpointer user_data)
{
  Send *send = user_data;

  send->deadline = 0;
  send->late = TRUE;
  g_cancellable_cancel (send->cancellable);

  return G_SOURCE_REMOVE;
}

static void
baton_http_prepared_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (baton_network_prepare_finish (BATON_NETWORK (object), result, &error))
    baton_http_start (g_steal_pointer (&task));
  else
    baton_http_fail (task, g_steal_pointer (&error));
}

/**
 * baton_http_send_async:
 * @network: of the account for which it is sent
 * @call: (transfer full): what to send
 * @cancellable: (nullable): a cancellable
 *
 * Main thread. Everything of Baton that goes over the network goes through here, so that the rule
 * on encryption is kept here: a secret never leaves the machine in clear.
 */
void
baton_http_send_async (BatonNetwork *network,
                       BatonCall *call,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Send *send = NULL;

  g_return_if_fail (BATON_IS_NETWORK (network));
  g_return_if_fail (call != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, baton_http_send_async);

  send = g_new0 (Send, 1);
  send->network = g_object_ref (network);
  send->handshake = baton_handshake_new ();
  send->call = call;
  send->description = baton_call_describe (call);
  send->cancellable = g_cancellable_new ();
  send->body = g_byte_array_new ();
  g_task_set_task_data (task, send, (GDestroyNotify) send_free);

  if (g_task_return_error_if_cancelled (task))
    return;

  if (!baton_address_is_safe (call->url))
    {
      baton_http_fail (task,
                       g_error_new (BATON_ERROR, BATON_ERROR_INVALID,
                                    _("Baton sends keys and tokens over https alone, so that "
                                      "nobody on the way can read them. Only an Orchestrator on "
                                      "this computer may be called over http.")));
      return;
    }

  if (cancellable != NULL)
    {
      send->cancel_watch = g_cancellable_source_new (cancellable);
      g_source_set_callback (send->cancel_watch, G_SOURCE_FUNC (baton_http_cancelled_cb), send,
                             NULL);
      g_source_attach (send->cancel_watch, g_task_get_context (task));
    }
  send->deadline =
      g_timeout_add_seconds (io_timeout * DEADLINE_FACTOR, baton_http_deadline_cb, send);

  baton_network_prepare_async (network, send->cancellable, baton_http_prepared_cb,
                               g_steal_pointer (&task));
}

BatonReply *
baton_http_send_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, baton_http_send_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
baton_http_set_timeout (guint seconds)
{
  g_return_if_fail (seconds > 0);

  io_timeout = seconds;
}
