/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "target-test.h"

#include <string.h>

/* More than the retries of a delivery take with a clock that runs fast. */
#define PATIENCE (120 * G_TIME_SPAN_SECOND)
#define VAIN (300 * G_TIME_SPAN_MILLISECOND)

static void
called_cb (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  TargetTest *self = user_data;
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  const char *signature = soup_message_headers_get_one (
      soup_server_message_get_request_headers (message), "X-UIPATH-Signature");

  self->calls++;
  if (self->failures > 0)
    {
      self->failures--;
      soup_server_message_set_status (message, 500, NULL);
      return;
    }
  g_ptr_array_add (self->paths, g_strdup (path));
  g_ptr_array_add (self->bodies, g_strndup (body->data, (gsize)body->length));
  g_ptr_array_add (self->signatures, g_strdup (signature != NULL ? signature : ""));
  soup_server_message_set_status (message, 200, NULL);
}

/* @stream: what is spoken over @connection. */
static void
take (TargetTest *self, GIOStream *stream, GSocketConnection *connection)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);

  /* Gone again meanwhile. */
  if (local == NULL || remote == NULL)
    return;
  soup_server_accept_iostream (self->server, stream, local, remote, &error);
  g_assert_no_error (error);
}

static void
handshaken_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  TargetTest *self = user_data;
  g_autoptr (GSocketConnection) connection = NULL;

  g_object_get (object, "base-io-stream", &connection, NULL);
  if (g_tls_connection_handshake_finish (G_TLS_CONNECTION (object), result, NULL))
    take (self, G_IO_STREAM (object), connection);
  else
    self->distrusted++;
}

static gboolean
incoming_cb (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             gpointer user_data)
{
  TargetTest *self = user_data;
  g_autoptr (GIOStream) tls = NULL;

  if (self->certificate == NULL)
    {
      take (self, G_IO_STREAM (connection), connection);
      return TRUE;
    }
  tls = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, NULL);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (tls), G_PRIORITY_DEFAULT, NULL, handshaken_cb,
                                    self);

  return TRUE;
}

TargetTest *
target_test_start (const char *folder)
{
  TargetTest *self = g_new0 (TargetTest, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  self->paths = g_ptr_array_new_with_free_func (g_free);
  self->bodies = g_ptr_array_new_with_free_func (g_free);
  self->signatures = g_ptr_array_new_with_free_func (g_free);
  if (folder != NULL)
    {
      g_autofree char *certificate = g_build_filename (folder, "server.pem", NULL);
      g_autofree char *key = g_build_filename (folder, "server-key.pem", NULL);

      self->certificate = g_tls_certificate_new_from_files (certificate, key, &error);
      g_assert_no_error (error);
    }
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, called_cb, self, NULL);
  self->service = g_socket_service_new ();
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), any_port, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &address, &error);
  g_assert_no_error (error);
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  self->url = g_strdup_printf ("%s://127.0.0.1:%u/", folder != NULL ? "https" : "http",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));

  return self;
}

void
target_test_stop (TargetTest *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  soup_server_disconnect (self->server);
  g_object_unref (self->service);
  g_object_unref (self->server);
  g_clear_object (&self->certificate);
  g_free (self->url);
  g_ptr_array_unref (self->paths);
  g_ptr_array_unref (self->bodies);
  g_ptr_array_unref (self->signatures);
  g_free (self);
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
target_test_wait (TargetTest *self, const guint *counter, guint n)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;
  guint wake = g_timeout_add (20, wake_cb, NULL);

  while (*counter < n && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
  g_assert_cmpuint (*counter, >=, n);
}

void
target_test_wait_in_vain (TargetTest *self)
{
  gint64 end = g_get_monotonic_time () + VAIN;
  guint wake = g_timeout_add (20, wake_cb, NULL);

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
}

void
target_test_forget (TargetTest *self)
{
  g_ptr_array_set_size (self->paths, 0);
  g_ptr_array_set_size (self->bodies, 0);
  g_ptr_array_set_size (self->signatures, 0);
  self->calls = 0;
  self->failures = 0;
  self->distrusted = 0;
}

void
target_test_assert_signed (TargetTest *self, guint n, const char *secret)
{
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autofree char *signature = NULL;
  GHmac *hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *)secret, strlen (secret));

  g_assert_cmpuint (n, <, self->bodies->len);
  g_hmac_update (hmac, (const guchar *)g_ptr_array_index (self->bodies, n), -1);
  g_hmac_get_digest (hmac, digest, &length);
  g_hmac_unref (hmac);
  signature = g_base64_encode (digest, length);
  g_assert_cmpstr (g_ptr_array_index (self->signatures, n), ==, signature);
}
