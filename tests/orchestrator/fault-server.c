/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fault-server.h"

typedef struct
{
  GBytes *bytes;
  gboolean hang;
} Answer;

typedef struct
{
  char *what;
  GPtrArray *answers;
  guint next;
  guint count;
  char *last_request;
} Rule;

struct _FaultServer
{
  GSocketService *service;
  GTlsCertificate *certificate; /* (owned) (nullable) */
  GTlsCertificate *authority;   /* (owned) (nullable): of the clients */
  char *origin;

  GMutex mutex;
  GCond cond;
  GPtrArray *rules;
  gboolean closing;
  guint n_let_go;
  GBytes *last_words; /* (owned) (nullable): of those that hang */
  guint n_running;
};

static void
answer_free (Answer *answer)
{
  g_bytes_unref (answer->bytes);
  g_free (answer);
}

static void
rule_free (Rule *rule)
{
  g_free (rule->what);
  g_ptr_array_unref (rule->answers);
  g_free (rule->last_request);
  g_free (rule);
}

static Rule *
find_rule (FaultServer *self, const char *request)
{
  Rule *best = NULL;

  for (guint i = 0; i < self->rules->len; i++)
    {
      Rule *rule = g_ptr_array_index (self->rules, i);

      if (g_str_has_prefix (request, rule->what) &&
          (best == NULL || strlen (rule->what) > strlen (best->what)))
        best = rule;
    }

  return best;
}

/* Returns: (nullable): header and body of one request, NULL where the client went away. */
static char *
read_request (GInputStream *input)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize body = 0;
  const char *end = NULL;

  for (;;)
    {
      char buffer[4096];
      gssize n;

      end = strstr (text->str, "\r\n\r\n");
      if (end != NULL)
        {
          g_autofree char *lower = g_ascii_strdown (text->str, end - text->str);
          const char *length = strstr (lower, "\r\ncontent-length:");

          body = length != NULL ? (gsize) g_ascii_strtoull (length + 17, NULL, 10) : 0;
          if (text->len >= (gsize) (end + 4 - text->str) + body)
            return g_strdup (text->str);
        }

      n = g_input_stream_read (input, buffer, sizeof buffer, NULL, NULL);
      if (n <= 0)
        return NULL;
      g_string_append_len (text, buffer, n);

      /* a client that speaks TLS to one who does not: answered as web servers do */
      if (text->str[0] == 0x16)
        return g_strdup ("TLS");
    }
}

static gboolean
accept_client_cb (GTlsConnection *connection,
                  GTlsCertificate *certificate,
                  GTlsCertificateFlags errors,
                  gpointer user_data)
{
  FaultServer *self = user_data;

  return g_tls_certificate_verify (certificate, NULL, self->authority) == 0;
}

/* Returns: (transfer full) */
static GIOStream *
start_tls (FaultServer *self, GIOStream *stream)
{
  GIOStream *tls = NULL;

  g_mutex_lock (&self->mutex);
  tls = g_tls_server_connection_new (stream, self->certificate, NULL);
  g_mutex_unlock (&self->mutex);
  if (self->authority != NULL)
    {
      g_object_set (tls, "authentication-mode", G_TLS_AUTHENTICATION_REQUIRED, NULL);
      g_signal_connect (tls, "accept-certificate", G_CALLBACK (accept_client_cb), self);
    }

  return tls;
}

static gboolean
fault_server_run_cb (GThreadedSocketService *service,
                     GSocketConnection *connection,
                     GObject *source_object,
                     gpointer user_data)
{
  FaultServer *self = user_data;
  g_autoptr (GIOStream) stream = g_object_ref (G_IO_STREAM (connection));
  g_autofree char *request = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) last_words = NULL;
  gboolean hang = FALSE;
  guint n_let_go;

  g_mutex_lock (&self->mutex);
  self->n_running++;
  n_let_go = self->n_let_go;
  g_mutex_unlock (&self->mutex);

  if (self->certificate != NULL)
    {
      GIOStream *tls = start_tls (self, stream);

      g_object_unref (stream);
      stream = tls;
    }

  request = read_request (g_io_stream_get_input_stream (stream));
  if (request != NULL)
    {
      Rule *rule = NULL;

      g_mutex_lock (&self->mutex);
      rule = find_rule (self, request);
      if (rule != NULL)
        {
          Answer *answer = g_ptr_array_index (rule->answers, rule->next);

          rule->count++;
          g_free (rule->last_request);
          rule->last_request = g_strdup (request);
          bytes = g_bytes_ref (answer->bytes);
          hang = answer->hang;
          if (rule->next + 1 < rule->answers->len)
            rule->next++;
        }
      g_mutex_unlock (&self->mutex);

      if (bytes == NULL)
        {
          static const char none[] =
              "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

          bytes = g_bytes_new_static (none, strlen (none));
        }

      g_output_stream_write_all (g_io_stream_get_output_stream (stream),
                                 g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL,
                                 NULL, NULL);
    }

  g_mutex_lock (&self->mutex);
  while (hang && !self->closing && self->n_let_go == n_let_go)
    g_cond_wait (&self->cond, &self->mutex);
  if (hang && self->n_let_go != n_let_go)
    last_words = g_bytes_ref (self->last_words);
  g_mutex_unlock (&self->mutex);
  if (last_words != NULL)
    g_output_stream_write_all (g_io_stream_get_output_stream (stream),
                               g_bytes_get_data (last_words, NULL), g_bytes_get_size (last_words),
                               NULL, NULL, NULL);

  g_io_stream_close (stream, NULL, NULL);

  g_mutex_lock (&self->mutex);
  self->n_running--;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);

  return TRUE;
}

FaultServer *
fault_server_new (const char *certificate)
{
  FaultServer *self = g_new0 (FaultServer, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;

  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) rule_free);
  if (certificate != NULL)
    {
      self->certificate = g_tls_certificate_new_from_file (certificate, &error);
      g_assert_no_error (error);
    }

  self->service = g_threaded_socket_service_new (32);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  g_signal_connect (self->service, "run", G_CALLBACK (fault_server_run_cb), self);
  g_socket_service_start (self->service);

  self->origin = g_strdup_printf ("%s://127.0.0.1:%u", certificate != NULL ? "https" : "http",
                                  g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));

  return self;
}

void
fault_server_free (FaultServer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));

  g_mutex_lock (&self->mutex);
  self->closing = TRUE;
  g_cond_broadcast (&self->cond);
  while (self->n_running > 0)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);

  g_object_unref (self->service);
  g_clear_object (&self->certificate);
  g_clear_object (&self->authority);
  g_ptr_array_unref (self->rules);
  g_clear_pointer (&self->last_words, g_bytes_unref);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self->origin);
  g_free (self);
}

static GTlsCertificate *
load (const char *file)
{
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_file (file, &error);

  g_assert_no_error (error);

  return certificate;
}

void
fault_server_set_certificate (FaultServer *self, const char *certificate)
{
  g_mutex_lock (&self->mutex);
  g_clear_object (&self->certificate);
  self->certificate = load (certificate);
  g_mutex_unlock (&self->mutex);
}

void
fault_server_require_client (FaultServer *self, const char *authority)
{
  self->authority = load (authority);
}

const char *
fault_server_get_origin (FaultServer *self)
{
  return self->origin;
}

static void
add_answer (FaultServer *self, const char *what, Answer *answer)
{
  Rule *rule = NULL;

  g_mutex_lock (&self->mutex);

  for (guint i = 0; i < self->rules->len && rule == NULL; i++)
    if (g_str_equal (((Rule *) g_ptr_array_index (self->rules, i))->what, what))
      rule = g_ptr_array_index (self->rules, i);

  if (rule == NULL)
    {
      rule = g_new0 (Rule, 1);
      rule->what = g_strdup (what);
      rule->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) answer_free);
      g_ptr_array_add (self->rules, rule);
    }
  g_ptr_array_add (rule->answers, answer);

  g_mutex_unlock (&self->mutex);
}

void
fault_server_add_raw (FaultServer *self,
                      const char *what,
                      const char *bytes,
                      gssize length,
                      gboolean hang)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->bytes = g_bytes_new (bytes, length >= 0 ? (gsize) length : strlen (bytes));
  answer->hang = hang;
  add_answer (self, what, answer);
}

/* Returns: (transfer full): a whole answer. */
static char *
make_answer (guint status, const char *headers, const char *body)
{
  gboolean typed = headers != NULL && strstr (headers, "Content-Type") != NULL;

  return g_strdup_printf (
      "HTTP/1.1 %u Status\r\n%s%sContent-Length: %" G_GSIZE_FORMAT
      "\r\nConnection: close\r\n\r\n%s",
      status, typed ? "" : "Content-Type: application/json\r\n", headers != NULL ? headers : "",
      strlen (body), body);
}

void
fault_server_add (FaultServer *self,
                  const char *what,
                  guint status,
                  const char *headers,
                  const char *body)
{
  g_autofree char *text = make_answer (status, headers, body);

  fault_server_add_raw (self, what, text, -1, FALSE);
}

void
fault_server_let_go (FaultServer *self, guint status, const char *body)
{
  g_autofree char *text = make_answer (status, NULL, body);

  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->last_words, g_bytes_unref);
  self->last_words = g_bytes_new (text, strlen (text));
  self->n_let_go++;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

void
fault_server_reset (FaultServer *self, const char *what)
{
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->rules->len; i++)
    if (g_str_equal (((Rule *) g_ptr_array_index (self->rules, i))->what, what))
      {
        g_ptr_array_remove_index (self->rules, i);
        break;
      }
  g_mutex_unlock (&self->mutex);
}

guint
fault_server_count (FaultServer *self, const char *what)
{
  guint count = 0;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->rules->len; i++)
    {
      const Rule *rule = g_ptr_array_index (self->rules, i);

      if (g_str_equal (rule->what, what))
        count = rule->count;
    }
  g_mutex_unlock (&self->mutex);

  return count;
}

char *
fault_server_dup_request (FaultServer *self, const char *what)
{
  char *request = NULL;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->rules->len; i++)
    {
      const Rule *rule = g_ptr_array_index (self->rules, i);

      if (g_str_equal (rule->what, what))
        request = g_strdup (rule->last_request);
    }
  g_mutex_unlock (&self->mutex);

  return request;
}
