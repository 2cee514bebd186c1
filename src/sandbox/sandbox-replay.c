/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-replay.h"

#include <string.h>

#include <baton-json.h>

#include "sandbox-address.h"
#include "sandbox-record.h"
#include "sandbox-writer.h"

typedef struct
{
  GPtrArray *records; /* (owned): JsonNode */
  guint next;
} Answers;

struct _SandboxReplay
{
  GHashTable *by_body;    /* (owned): key and body -> Answers */
  GHashTable *by_address; /* (owned): key -> Answers */
};

static void
answers_free (gpointer data)
{
  Answers *self = data;

  g_ptr_array_unref (self->records);
  g_free (self);
}

static char *
make_full_key (const char *key, const char *body)
{
  return g_strconcat (key, "\n", body != NULL ? body : "", NULL);
}

/* @key: (transfer full) */
static void
keep (GHashTable *table, char *key, JsonNode *record)
{
  Answers *answers = g_hash_table_lookup (table, key);

  if (answers == NULL)
    {
      answers = g_new0 (Answers, 1);
      answers->records = g_ptr_array_new_with_free_func ((GDestroyNotify)json_node_unref);
      g_hash_table_insert (table, key, answers);
    }
  else
    g_free (key);
  g_ptr_array_add (answers->records, json_node_ref (record));
}

static gboolean
read_line (SandboxReplay *self, const char *line, guint number, GError **error)
{
  g_autoptr (JsonNode) record = baton_json_parse_text (line, -1, error);
  JsonObject *object = record != NULL ? baton_json_peek_root_object (record) : NULL;
  const char *method = baton_json_peek_string (object, "method");
  const char *url = baton_json_peek_string (object, "url");
  char *key;

  if (record == NULL || method == NULL || url == NULL
      || baton_json_peek_int (object, "status", 0) < 100)
    {
      g_clear_error (error);
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "line %u is no record", number);
      return FALSE;
    }

  key = sandbox_record_make_key (method, url);
  keep (self->by_body, make_full_key (key, baton_json_peek_string (object, "requestBody")), record);
  keep (self->by_address, key, record);

  return TRUE;
}

SandboxReplay *
sandbox_replay_new (const char *file, GError **error)
{
  g_autoptr (SandboxReplay) self = g_new0 (SandboxReplay, 1);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_return_val_if_fail (file != NULL, NULL);

  self->by_body = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, answers_free);
  self->by_address = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, answers_free);
  if (!g_file_get_contents (file, &text, NULL, error))
    return NULL;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && !read_line (self, lines[i], i + 1, error))
      return NULL;

  return g_steal_pointer (&self);
}

void
sandbox_replay_free (SandboxReplay *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->by_body);
  g_hash_table_unref (self->by_address);
  g_free (self);
}

gboolean
sandbox_replay_is_for (SoupServerMessage *message)
{
  g_autoptr (SandboxPath) path
      = sandbox_path_parse (g_uri_get_path (soup_server_message_get_uri (message)));
  SandboxAddress address;

  if (path == NULL)
    return FALSE;
  sandbox_address_read (&address, path);

  return address.is_api;
}

static JsonObject *
find (SandboxReplay *self, SoupServerMessage *message)
{
  g_autofree char *url = sandbox_record_make_url (message);
  g_autofree char *origin = sandbox_record_make_origin (message);
  g_autofree char *key = sandbox_record_make_key (soup_server_message_get_method (message), url);
  g_autofree char *body
      = sandbox_record_make_text (soup_server_message_get_request_body (message), origin);
  g_autofree char *full_key = make_full_key (key, body);
  Answers *answers = g_hash_table_lookup (self->by_body, full_key);
  guint position;

  if (answers == NULL)
    answers = g_hash_table_lookup (self->by_address, key);
  if (answers == NULL)
    return NULL;
  position = MIN (answers->next, answers->records->len - 1);
  answers->next++;

  return baton_json_peek_root_object (answers->records->pdata[position]);
}

static void
reply_missing (SoupServerMessage *message)
{
  g_autoptr (GString) json = g_string_new ("{\"message\":");
  g_autofree char *url = sandbox_record_make_url (message);
  g_autofree char *text = g_strdup_printf ("There is no record of %s %s.",
                                           soup_server_message_get_method (message), url);

  sandbox_json_append_string (json, text);
  g_string_append (json, ",\"errorCode\":1002,\"traceId\":null,\"resourceIds\":null}");
  soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
  soup_server_message_set_response (message, "application/json; charset=utf-8", SOUP_MEMORY_COPY,
                                    json->str, json->len);
}

static void
set_headers (SoupServerMessage *message, JsonObject *headers)
{
  g_auto (GStrv) names = headers != NULL ? baton_json_dup_names (headers) : NULL;

  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    {
      const char *value = baton_json_peek_string (headers, names[i]);

      if (value != NULL && strpbrk (value, "\r\n") == NULL)
        soup_message_headers_replace (soup_server_message_get_response_headers (message), names[i],
                                      value);
    }
}

static void
set_body (SoupServerMessage *message, JsonObject *record)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  const char *text = baton_json_peek_string (record, "responseBody");
  const char *encoded = baton_json_peek_string (record, "responseBodyBase64");

  if (text != NULL)
    {
      g_autofree char *origin = sandbox_record_make_origin (message);
      g_auto (GStrv) parts = g_strsplit (text, SANDBOX_RECORD_ORIGIN, -1);
      char *whole = g_strjoinv (origin, parts);

      soup_message_body_append_take (body, (guchar *)whole, strlen (whole));
    }
  else if (encoded != NULL)
    {
      gsize length;
      guchar *data = g_base64_decode (encoded, &length);

      soup_message_body_append_take (body, data, length);
    }
}

void
sandbox_replay_answer (SandboxReplay *self, SoupServerMessage *message)
{
  JsonObject *record;

  g_return_if_fail (self != NULL);
  g_return_if_fail (SOUP_IS_SERVER_MESSAGE (message));

  record = find (self, message);
  if (record == NULL)
    {
      reply_missing (message);
      return;
    }
  soup_server_message_set_status (message, (guint)baton_json_peek_int (record, "status", 200),
                                  NULL);
  set_headers (message, baton_json_peek_object (record, "responseHeaders"));
  set_body (message, record);
}
