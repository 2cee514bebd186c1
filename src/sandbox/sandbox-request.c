/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-request.h"

#include <baton-json.h>

#include "sandbox-line.h"
#include "sandbox-version.h"
#include "sandbox-writer.h"

#define CONTENT_ODATA "application/json; odata.metadata=minimal"
#define CONTENT_JSON "application/json; charset=utf-8"

const char *
sandbox_request_get_query (SandboxRequest *self, const char *name)
{
  g_autofree char *lower = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  if (self->query == NULL)
    return NULL;
  lower = g_ascii_strdown (name, -1);

  return g_hash_table_lookup (self->query, lower);
}

const char *
sandbox_request_get_argument (SandboxRequest *self, const char *name)
{
  g_autofree char *lower = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  if (self->arguments == NULL)
    return NULL;
  lower = g_ascii_strdown (name, -1);

  return g_hash_table_lookup (self->arguments, lower);
}

char *
sandbox_request_dup_origin (SandboxRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return sandbox_line_dup_origin (soup_server_message_get_uri (self->message));
}

const char *
sandbox_request_get_bearer (SandboxRequest *self)
{
  const char *value;

  g_return_val_if_fail (self != NULL, NULL);

  /* Two of them are one that nobody issued. */
  value = soup_message_headers_get_list (soup_server_message_get_request_headers (self->message),
                                         "Authorization");

  return value != NULL && g_ascii_strncasecmp (value, "Bearer ", 7) == 0 ? value + 7 : NULL;
}

static gboolean
is_odata (SandboxRequest *self)
{
  return self->base != NULL && g_ascii_strncasecmp (self->path, "/odata", 6) == 0
         && (self->path[6] == '/' || self->path[6] == '\0');
}

/* What has no length ends for libsoup where the connection does, and that would close it behind the
 * back of a client that goes on using it. */
static void
wrote_empty_cb (SoupServerMessage *message, gpointer user_data)
{
  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message),
                                     SOUP_ENCODING_NONE);
}

/* @body: (transfer full). */
static void
reply (SandboxRequest *self, guint status, const char *type, char *body, gsize length)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);

  /* Fact sheet 1.1: every answer of the Orchestrator says which versions of its API it speaks. */
  if (self->base != NULL)
    soup_message_headers_replace (headers, "api-supported-versions", sandbox_version_get_header ());
  /* OData 4.0, part 1, 8.1.5: clients refuse to read what does not say so. */
  if (is_odata (self))
    soup_message_headers_replace (headers, "OData-Version", "4.0");
  soup_message_headers_replace (headers, "Cache-Control", "no-cache, no-store");
  soup_server_message_set_status (self->message, status, NULL);
  if (status == SOUP_STATUS_NO_CONTENT)
    g_signal_connect (self->message, "wrote-headers", G_CALLBACK (wrote_empty_cb), NULL);
  if (body != NULL)
    soup_server_message_set_response (self->message, type, SOUP_MEMORY_TAKE, body, length);
}

void
sandbox_reply_json (SandboxRequest *self, guint status, GString *json)
{
  gsize length;

  g_return_if_fail (self != NULL && json != NULL);

  length = json->len;
  reply (self, status, is_odata (self) ? CONTENT_ODATA : CONTENT_JSON, g_string_free (json, FALSE),
         length);
}

void
sandbox_reply_node (SandboxRequest *self, guint status, JsonNode *node)
{
  g_autofree char *text = NULL;

  g_return_if_fail (self != NULL && node != NULL);

  text = baton_json_to_text (node, FALSE);
  sandbox_reply_json (self, status, g_string_new (text));
}

void
sandbox_reply_html (SandboxRequest *self, guint status, const char *html)
{
  g_return_if_fail (self != NULL && html != NULL);

  reply (self, status, "text/html; charset=utf-8", g_strdup (html), strlen (html));
}

void
sandbox_reply_bytes (SandboxRequest *self, guint status, const char *type, GBytes *bytes)
{
  g_return_if_fail (self != NULL && type != NULL && bytes != NULL);

  reply (self, status, NULL, NULL, 0);
  soup_message_headers_set_content_type (soup_server_message_get_response_headers (self->message),
                                         type, NULL);
  if (g_bytes_get_size (bytes) > 0)
    soup_message_body_append_bytes (soup_server_message_get_response_body (self->message), bytes);
}

void
sandbox_reply_empty (SandboxRequest *self, guint status)
{
  g_return_if_fail (self != NULL);

  reply (self, status, NULL, NULL, 0);
}

void
sandbox_reply_file (SandboxRequest *self, const char *name, const char *type, GBytes *content)
{
  g_autoptr (GHashTable) parameters = NULL;
  gsize length;
  gconstpointer data;

  g_return_if_fail (self != NULL && name != NULL && type != NULL && content != NULL);

  parameters = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (parameters, (gpointer) "filename", (gpointer)name);
  soup_message_headers_set_content_disposition (
      soup_server_message_get_response_headers (self->message), "attachment", parameters);
  data = g_bytes_get_data (content, &length);
  reply (self, SOUP_STATUS_OK, type, g_memdup2 (data, length), length);
}

GString *
sandbox_request_begin_json (SandboxRequest *self, const char *what)
{
  GString *json;
  g_autofree char *context = NULL;

  g_return_val_if_fail (self != NULL && what != NULL, NULL);

  json = g_string_new ("{\"@odata.context\":");
  context = g_strdup_printf ("%s/odata/$metadata#%s", self->base, what);
  sandbox_json_append_string (json, context);
  g_string_append_c (json, ',');

  return json;
}

void
sandbox_reply_value (SandboxRequest *self, const char *what, const char *json)
{
  GString *text;

  g_return_if_fail (self != NULL && what != NULL && json != NULL);

  text = sandbox_request_begin_json (self, what);
  g_string_append_printf (text, "\"value\":%s}", json);
  sandbox_reply_json (self, SOUP_STATUS_OK, text);
}

static void
append_trace_id (GString *json)
{
  g_string_append_printf (json, "00-%08x%08x%08x%08x-%08x%08x-01", g_random_int (), g_random_int (),
                          g_random_int (), g_random_int (), g_random_int (), g_random_int ());
}

void
sandbox_reply_error (SandboxRequest *self, guint status, int code, const char *format, ...)
{
  GString *json;
  g_autofree char *message = NULL;
  va_list arguments;

  g_return_if_fail (self != NULL && format != NULL);

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  json = g_string_new ("{\"message\":");
  sandbox_json_append_string (json, message);
  g_string_append_printf (json, ",\"errorCode\":%d,\"traceId\":\"", code);
  append_trace_id (json);
  g_string_append (json, "\",\"resourceIds\":null}");
  reply (self, status, CONTENT_JSON, json->str, json->len);
  g_string_free (json, FALSE);
}

void
sandbox_reply_not_authenticated (SandboxRequest *self)
{
  /* Fact sheet 4.1 number 2, to the letter: also that unAuthorizedRequest is false. */
  static const char body[] =
      "{\"message\":\"You are not "
      "authenticated!\",\"errorCode\":0,\"result\":null,\"targetUrl\":null,\"success\":false,"
      "\"error\":{\"code\":0,\"message\":\"You are not authenticated!\","
      "\"details\":\"You should be authenticated (sign in) in order to perform this operation.\","
      "\"validationErrors\":null},\"unAuthorizedRequest\":false,\"__abp\":true}";

  g_return_if_fail (self != NULL);

  soup_message_headers_replace (soup_server_message_get_response_headers (self->message),
                                "WWW-Authenticate", "Bearer");
  reply (self, SOUP_STATUS_UNAUTHORIZED, CONTENT_JSON, g_strdup (body), sizeof body - 1);
}

void
sandbox_reply_oauth_error (SandboxRequest *self,
                           guint status,
                           const char *error,
                           const char *description)
{
  GString *json;

  g_return_if_fail (self != NULL && error != NULL);

  json = g_string_new ("{\"error\":");
  sandbox_json_append_string (json, error);
  if (description != NULL)
    {
      g_string_append (json, ",\"error_description\":");
      sandbox_json_append_string (json, description);
    }
  g_string_append_c (json, '}');
  reply (self, status, CONTENT_JSON, json->str, json->len);
  g_string_free (json, FALSE);
}
