/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-intake.h"

#include <string.h>
#include <sys/resource.h>

/* Of a body; of one that brings a file. */
#define MAX_BODY 30000000
#define MAX_FILE (G_GINT64_CONSTANT (300) * 1024 * 1024)
/* Clients that have come and are not yet looked at. */
#define BACKLOG 1024
/* Seconds that a client may keep silent in the middle of a request, or before its first. */
#define PATIENCE 30

#define CONTENT_JSON "application/json; charset=utf-8"
#define HEAD(status)                                                                               \
  "HTTP/1.1 " status "\r\nConnection: close\r\nContent-Type: " CONTENT_JSON "\r\n\r\n"
#define BODY(message) "{\"message\":\"" message "\",\"errorCode\":1000,\"resourceIds\":null}"
#define TOO_LARGE HEAD ("413 Request Entity Too Large") BODY ("The body is too large.")
#define WRONG_LENGTH HEAD ("400 Bad Request") BODY ("The length of the body is not valid.")
#define WRONG_HOST HEAD ("400 Bad Request") BODY ("The host is not valid.")
#define WRONG_ADDRESS BODY ("The address is not valid.")

static goffset
get_limit (SoupServerMessage *message)
{
  const char *type = soup_message_headers_get_content_type (
      soup_server_message_get_request_headers (message), NULL);

  return type == NULL || g_str_equal (type, "multipart/form-data")
                 || !(g_str_has_suffix (type, "json") || g_str_has_suffix (type, "urlencoded"))
             ? MAX_FILE
             : MAX_BODY;
}

/* What else the client sends is not read, so that the connection must end. */
static void
refuse (SoupServerMessage *message, const char *answer)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  if (stream == NULL)
    return;
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), answer, strlen (answer), NULL,
                             NULL, NULL);
  g_io_stream_close (stream, NULL, NULL);
}

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  if (soup_server_message_get_request_body (message)->length > get_limit (message))
    refuse (message, TOO_LARGE);
}

/* RFC 9112, 6: of a request whose length can be read in two ways the rest would be the next. */
static gboolean
has_one_length (SoupMessageHeaders *headers)
{
  const char *length = soup_message_headers_get_list (headers, "Content-Length");
  const char *coding = soup_message_headers_get_list (headers, "Transfer-Encoding");

  if (coding != NULL)
    return length == NULL && g_ascii_strcasecmp (coding, "chunked") == 0;

  return length == NULL || (*length != '\0' && strpbrk (length, ",\t ") == NULL);
}

/* RFC 9112, 3.2. */
static gboolean
has_one_host (SoupMessageHeaders *headers)
{
  const char *host = soup_message_headers_get_list (headers, "Host");

  return host == NULL || strpbrk (host, ", \t") == NULL;
}

/* A size of a chunk that is none is taken for the last one, and what follows for a request. */
static void
got_chunks_cb (SoupServerMessage *message, gpointer user_data)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection",
                                "close");
}

static void
early_cb (SoupServer *soup,
          SoupServerMessage *message,
          const char *path,
          GHashTable *query,
          gpointer user_data)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *answer = soup_server_message_get_response_headers (message);

  /* What stands here goes out with "100 Continue", where older clients of .NET take none. */
  if (soup_message_headers_get_expectations (headers) & SOUP_EXPECTATION_CONTINUE)
    soup_message_headers_clear (answer);

  if (!has_one_host (headers))
    {
      refuse (message, WRONG_HOST);
      return;
    }
  if (!has_one_length (headers))
    {
      refuse (message, WRONG_LENGTH);
      return;
    }

  switch (soup_message_headers_get_encoding (headers))
    {
    case SOUP_ENCODING_CONTENT_LENGTH:
      if (soup_message_headers_get_content_length (headers) < 0)
        refuse (message, WRONG_LENGTH);
      else if (soup_message_headers_get_content_length (headers) > get_limit (message))
        refuse (message, TOO_LARGE);
      break;
    case SOUP_ENCODING_CHUNKED:
      g_signal_connect (message, "got-body", G_CALLBACK (got_chunks_cb), NULL);
      g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), NULL);
      break;
    case SOUP_ENCODING_UNRECOGNIZED:
      refuse (message, WRONG_LENGTH);
      break;
    case SOUP_ENCODING_NONE:
    case SOUP_ENCODING_EOF:
    case SOUP_ENCODING_BYTERANGES:
    default:
      break;
    }
}

/* A message whose request is not whole yet. Freed with it, or when it is. */
typedef struct
{
  SoupServerMessage *message; /* (unowned) */
  guint timeout;
} Wait;

static void
gone_cb (gpointer user_data, GObject *message)
{
  Wait *wait = user_data;

  g_clear_handle_id (&wait->timeout, g_source_remove);
  g_free (wait);
}

static gboolean
too_long_cb (gpointer user_data)
{
  Wait *wait = user_data;
  GSocket *socket = soup_server_message_get_socket (wait->message);

  wait->timeout = 0;
  if (socket != NULL)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);

  return G_SOURCE_REMOVE;
}

static void
more_cb (SoupServerMessage *message, gpointer user_data)
{
  Wait *wait = user_data;

  g_clear_handle_id (&wait->timeout, g_source_remove);
  wait->timeout = g_timeout_add_seconds (PATIENCE, too_long_cb, wait);
}

/* An address that cannot be read has its status already, without a word. */
static void
headers_cb (SoupServerMessage *message, gpointer user_data)
{
  if (soup_server_message_get_status (message) == SOUP_STATUS_BAD_REQUEST)
    soup_server_message_set_response (message, CONTENT_JSON, SOUP_MEMORY_STATIC, WRONG_ADDRESS,
                                      strlen (WRONG_ADDRESS));
  more_cb (message, user_data);
}

static void
chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  more_cb (message, user_data);
}

static void
whole_cb (SoupServerMessage *message, gpointer user_data)
{
  Wait *wait = user_data;

  g_clear_handle_id (&wait->timeout, g_source_remove);
}

/* Emitted when a client has come, before it has said anything. */
static void
started_cb (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  Wait *wait = g_new0 (Wait, 1);

  wait->message = message;
  g_object_weak_ref (G_OBJECT (message), gone_cb, wait);
  g_signal_connect (message, "got-headers", G_CALLBACK (headers_cb), wait);
  g_signal_connect (message, "got-chunk", G_CALLBACK (chunk_cb), wait);
  g_signal_connect (message, "got-body", G_CALLBACK (whole_cb), wait);
  g_signal_connect (message, "finished", G_CALLBACK (whole_cb), wait);
  g_signal_connect (message, "disconnected", G_CALLBACK (whole_cb), wait);
  more_cb (message, wait);
}

void
sandbox_intake_watch (SoupServer *soup)
{
  g_return_if_fail (SOUP_IS_SERVER (soup));

  g_signal_connect (soup, "request-started", G_CALLBACK (started_cb), NULL);
  soup_server_add_early_handler (soup, NULL, early_cb, NULL, NULL);
}

void
sandbox_intake_raise_limits (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
}

/* Returns: the port, 0 where it failed. */
static guint
listen_at (SoupServer *soup, GSocketFamily family, guint port, gboolean tls, GError **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (family);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, (guint16)port);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GSocket) socket
      = g_socket_new (family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (socket == NULL)
    return 0;
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_bind (socket, address, TRUE, error) || !g_socket_listen (socket, error)
      || !soup_server_listen_socket (soup, socket, tls ? SOUP_SERVER_LISTEN_HTTPS : 0, error))
    return 0;
  bound = g_socket_get_local_address (socket, error);

  return bound != NULL ? g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)) : 0;
}

guint
sandbox_intake_listen (SoupServer *soup, guint port, gboolean tls, GError **error)
{
  guint taken;

  g_return_val_if_fail (SOUP_IS_SERVER (soup), 0);

  taken = listen_at (soup, G_SOCKET_FAMILY_IPV4, port, tls, error);
  /* Some clients look for "localhost" at ::1 and nowhere else. Where there is no IPv6, or another
   * program has the port, IPv4 does. */
  if (taken != 0)
    listen_at (soup, G_SOCKET_FAMILY_IPV6, taken, tls, NULL);

  return taken;
}
