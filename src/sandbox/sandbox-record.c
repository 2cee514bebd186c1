/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-record.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <baton-redact.h>

#include "sandbox-line.h"
#include "sandbox-person.h"
#include "sandbox-world.h"
#include "sandbox-writer.h"

struct _SandboxRecord
{
  int file;
};

/* What gives access to every sandbox is taken out too: who reads a record should find nothing that
 * looks as if it did. */
static void
each_secret (void (*func) (const char *secret))
{
  func (SANDBOX_USER_KEY);
  for (const SandboxWorldPerson *person = sandbox_world_get_people (); person->key != NULL; person++)
    {
      func (person->password);
      func (person->token);
    }
  for (const SandboxWorldApplication *application = sandbox_world_get_applications ();
       application->id != NULL; application++)
    if (application->secret != NULL)
      func (application->secret);
}

SandboxRecord *
sandbox_record_new (const char *file, GError **error)
{
  SandboxRecord *self;
  int opened;

  g_return_val_if_fail (file != NULL, NULL);

  opened = open (file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (opened < 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", file,
                   g_strerror (errno));
      return NULL;
    }
  self = g_new0 (SandboxRecord, 1);
  self->file = opened;
  each_secret (baton_redact_remember);

  return self;
}

void
sandbox_record_free (SandboxRecord *self)
{
  if (self == NULL)
    return;

  each_secret (baton_redact_forget);
  close (self->file);
  g_free (self);
}

char *
sandbox_record_make_origin (SoupServerMessage *message)
{
  return sandbox_line_dup_origin (soup_server_message_get_uri (message));
}

char *
sandbox_record_make_url (SoupServerMessage *message)
{
  GUri *uri = soup_server_message_get_uri (message);
  const char *query = g_uri_get_query (uri);

  return query != NULL ? g_strconcat (g_uri_get_path (uri), "?", query, NULL)
                       : g_strdup (g_uri_get_path (uri));
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

char *
sandbox_record_make_key (const char *method, const char *url)
{
  g_autofree char *redacted = NULL;
  g_auto (GStrv) halves = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *query = NULL;

  g_return_val_if_fail (method != NULL && url != NULL, NULL);

  redacted = baton_redact (url);
  halves = g_strsplit (redacted, "?", 2);
  parts = g_strsplit (halves[0] != NULL && halves[1] != NULL ? halves[1] : "", "&", -1);
  qsort (parts, g_strv_length (parts), sizeof *parts, compare);
  query = g_strjoinv ("&", parts);

  return g_strconcat (method, " ", halves[0] != NULL ? halves[0] : "", "?", query, NULL);
}

char *
sandbox_record_make_text (SoupMessageBody *body, const char *origin)
{
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = NULL;
  g_autofree char *redacted = NULL;
  g_auto (GStrv) parts = NULL;

  if (length == 0 || memchr (data, '\0', length) != NULL
      || !g_utf8_validate (data, (gssize)length, NULL))
    return NULL;
  text = g_strndup (data, length);
  redacted = baton_redact (text);
  if (origin == NULL)
    return g_steal_pointer (&redacted);
  parts = g_strsplit (redacted, origin, -1);

  return g_strjoinv (SANDBOX_RECORD_ORIGIN, parts);
}

static void
append_body (GString *json, const char *name, SoupMessageBody *body, const char *origin)
{
  g_autofree char *text = sandbox_record_make_text (body, origin);

  if (text != NULL)
    {
      g_string_append_printf (json, ",\"%s\":", name);
      sandbox_json_append_string (json, text);
    }
  else if (body->length > 0)
    {
      g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
      g_autofree char *encoded
          = g_base64_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

      g_string_append_printf (json, ",\"%sBase64\":\"%s\"", name, encoded);
    }
}

/* What belongs to the connection, or to the moment, is no part of a record. */
static gboolean
is_passing (const char *name)
{
  static const char *const names[]
      = { "Connection", "Content-Length", "Date", "Server", "Transfer-Encoding", "Host", NULL };

  for (gsize i = 0; names[i] != NULL; i++)
    if (g_ascii_strcasecmp (names[i], name) == 0)
      return TRUE;

  return FALSE;
}

static void
append_header (const char *name, const char *value, gpointer user_data)
{
  GString *json = user_data;
  g_autofree char *redacted = NULL;

  if (is_passing (name) || !g_utf8_validate (name, -1, NULL) || !g_utf8_validate (value, -1, NULL))
    return;
  redacted = baton_redact_is_secret_name (name) ? g_strdup (BATON_REDACTED) : baton_redact (value);
  if (json->str[json->len - 1] != '{')
    g_string_append_c (json, ',');
  sandbox_json_append_string (json, name);
  g_string_append_c (json, ':');
  sandbox_json_append_string (json, redacted);
}

static void
append_headers (GString *json, const char *name, SoupMessageHeaders *headers)
{
  g_string_append_printf (json, ",\"%s\":{", name);
  soup_message_headers_foreach (headers, append_header, json);
  g_string_append_c (json, '}');
}

void
sandbox_record_write (SandboxRecord *self, SoupServerMessage *message, gint64 time)
{
  g_autoptr (GString) json = g_string_new ("{\"time\":");
  g_autofree char *url = sandbox_record_make_url (message);
  g_autofree char *redacted = baton_redact (url);
  g_autofree char *origin = sandbox_record_make_origin (message);

  g_return_if_fail (self != NULL);
  g_return_if_fail (SOUP_IS_SERVER_MESSAGE (message));

  sandbox_json_append_time (json, time);
  g_string_append (json, ",\"method\":");
  sandbox_json_append_string (json, soup_server_message_get_method (message));
  g_string_append (json, ",\"url\":");
  sandbox_json_append_string (json, redacted);
  append_headers (json, "requestHeaders", soup_server_message_get_request_headers (message));
  append_body (json, "requestBody", soup_server_message_get_request_body (message), origin);
  g_string_append_printf (json, ",\"status\":%u", soup_server_message_get_status (message));
  append_headers (json, "responseHeaders", soup_server_message_get_response_headers (message));
  append_body (json, "responseBody", soup_server_message_get_response_body (message), origin);
  g_string_append (json, "}\n");

  for (gsize written = 0; written < json->len;)
    {
      gssize n = write (self->file, json->str + written, json->len - written);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_printerr ("baton-sandbox: the record cannot be written: %s\n", g_strerror (errno));
          return;
        }
      written += (gsize)n;
    }
}
