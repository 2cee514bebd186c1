/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "connect-proxy.h"

#define REFUSAL                                                                                    \
  "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\n"    \
  "Content-Length: 0\r\n\r\n"
#define WELCOME "HTTP/1.1 200 Connection established\r\n\r\n"

struct _ConnectProxy
{
  GSocketService *service;
  char *address;
  char *wanted; /* (nullable): of the header */

  GMutex mutex;
  GCond cond;
  guint n_tunnels;
  guint n_refused;
  guint n_running;
  GByteArray *seen;
};

/* One way of a tunnel. */
typedef struct
{
  ConnectProxy *proxy;
  GIOStream *from;
  GIOStream *to;
} Way;

static void
see (ConnectProxy *self, const char *data, gssize length)
{
  g_mutex_lock (&self->mutex);
  g_byte_array_append (self->seen, (const guint8 *)data, (guint)length);
  g_mutex_unlock (&self->mutex);
}

static gpointer
pass_on (gpointer data)
{
  Way *way = data;
  char buffer[4096];
  gssize n;

  while ((n = g_input_stream_read (g_io_stream_get_input_stream (way->from), buffer, sizeof buffer,
                                   NULL, NULL))
         > 0)
    {
      see (way->proxy, buffer, n);
      if (!g_output_stream_write_all (g_io_stream_get_output_stream (way->to), buffer, (gsize)n,
                                      NULL, NULL, NULL))
        break;
    }
  g_socket_shutdown (g_socket_connection_get_socket (G_SOCKET_CONNECTION (way->to)), TRUE, TRUE,
                     NULL);

  return NULL;
}

static gboolean
read_header (ConnectProxy *self, GIOStream *stream, GString *text)
{
  g_string_truncate (text, 0);
  while (!g_str_has_suffix (text->str, "\r\n\r\n"))
    {
      char byte;

      if (g_input_stream_read (g_io_stream_get_input_stream (stream), &byte, 1, NULL, NULL) != 1)
        return FALSE;
      g_string_append_c (text, byte);
    }
  see (self, text->str, (gssize)text->len);

  return TRUE;
}

static void
say (GIOStream *stream, const char *text)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), text, strlen (text), NULL,
                             NULL, NULL);
}

static void
make_tunnel (ConnectProxy *self, GIOStream *client, const char *where)
{
  g_autoptr (GSocketClient) connector = g_socket_client_new ();
  g_autoptr (GSocketConnection) server = NULL;
  Way up = { self, client, NULL };
  Way down = { self, NULL, client };
  GThread *thread = NULL;

  g_socket_client_set_enable_proxy (connector, FALSE);
  server = g_socket_client_connect_to_host (connector, where, 443, NULL, NULL);
  if (server == NULL)
    {
      say (client, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
      return;
    }

  g_mutex_lock (&self->mutex);
  self->n_tunnels++;
  g_mutex_unlock (&self->mutex);
  say (client, WELCOME);
  up.to = G_IO_STREAM (server);
  down.from = G_IO_STREAM (server);
  thread = g_thread_new ("tunnel", pass_on, &down);
  pass_on (&up);
  g_thread_join (thread);
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection *connection,
        GObject *source,
        gpointer user_data)
{
  ConnectProxy *self = user_data;
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) words = NULL;

  g_mutex_lock (&self->mutex);
  self->n_running++;
  g_mutex_unlock (&self->mutex);

  if (read_header (self, G_IO_STREAM (connection), text))
    {
      words = g_strsplit (text->str, " ", 3);
      if (self->wanted != NULL && strstr (text->str, self->wanted) == NULL)
        {
          g_mutex_lock (&self->mutex);
          self->n_refused++;
          g_mutex_unlock (&self->mutex);
          say (G_IO_STREAM (connection), REFUSAL);
        }
      else if (g_strcmp0 (words[0], "CONNECT") == 0)
        make_tunnel (self, G_IO_STREAM (connection), words[1]);
    }
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);

  g_mutex_lock (&self->mutex);
  self->n_running--;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);

  return TRUE;
}

ConnectProxy *
connect_proxy_new (const char *login)
{
  ConnectProxy *self = g_new0 (ConnectProxy, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->seen = g_byte_array_new ();
  if (login != NULL)
    {
      g_autofree char *encoded = g_base64_encode ((const guchar *)login, strlen (login));

      self->wanted = g_strdup_printf ("Proxy-Authorization: Basic %s\r\n", encoded);
    }
  self->service = g_threaded_socket_service_new (32);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  g_signal_connect (self->service, "run", G_CALLBACK (run_cb), self);
  g_socket_service_start (self->service);
  self->address = g_strdup_printf ("127.0.0.1:%u",
                                   g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));

  return self;
}

/* Whoever holds a connection through it has let go of it before. */
void
connect_proxy_free (ConnectProxy *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_mutex_lock (&self->mutex);
  while (self->n_running > 0)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);

  g_object_unref (self->service);
  g_byte_array_unref (self->seen);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self->address);
  g_free (self->wanted);
  g_free (self);
}

const char *
connect_proxy_get_address (ConnectProxy *self)
{
  return self->address;
}

static guint
count (ConnectProxy *self, const guint *what)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = *what;
  g_mutex_unlock (&self->mutex);

  return n;
}

guint
connect_proxy_count (ConnectProxy *self)
{
  return count (self, &self->n_tunnels);
}

guint
connect_proxy_count_refused (ConnectProxy *self)
{
  return count (self, &self->n_refused);
}

GBytes *
connect_proxy_dup_seen (ConnectProxy *self)
{
  GBytes *seen = NULL;

  g_mutex_lock (&self->mutex);
  seen = g_bytes_new (self->seen->data, self->seen->len);
  g_mutex_unlock (&self->mutex);

  return seen;
}
