/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-envelope.h"
#include "baton-json.h"
#include "baton-redact.h"

/* An error larger than this is none that a person reads. */
#define MAX_BODY (256 * 1024)
#define MAX_MESSAGE 1000

/* Some items of the service write their members in Pascal case (fact sheet 4.1). */
static const char *
peek_text (JsonObject *object, const char *name, const char *pascal_name)
{
  const char *text = baton_json_peek_string (object, name);

  return text != NULL ? text : baton_json_peek_string (object, pascal_name);
}

static void
append_sentence (GString *text, const char *sentence)
{
  if (sentence == NULL || *sentence == '\0' || strstr (text->str, sentence) != NULL)
    return;

  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
}

static void
append_field (GString *text, const char *field, const char *sentence)
{
  g_autofree char *line = NULL;

  if (sentence == NULL)
    return;

  line = *field != '\0' ? g_strdup_printf ("%s: %s", field, sentence) : g_strdup (sentence);
  append_sentence (text, line);
}

/* Returns: (transfer full) (nullable): as it may be shown: one line, not too long, no secrets. */
static char *
clean (const char *text)
{
  g_autofree char *redacted = NULL;
  GString *line = g_string_new (NULL);
  glong length = 0;

  if (text == NULL)
    text = "";
  redacted = baton_redact (text);

  for (const char *c = redacted; *c != '\0' && length < MAX_MESSAGE;
       c = g_utf8_next_char (c), length++)
    {
      gunichar letter = g_utf8_get_char (c);

      if (g_unichar_iscntrl (letter) || g_unichar_isspace (letter))
        letter = ' ';
      if (letter != ' ' || (line->len > 0 && line->str[line->len - 1] != ' '))
        g_string_append_unichar (line, letter);
    }

  if (length == MAX_MESSAGE)
    g_string_append (line, "…");
  g_strchomp (line->str);

  if (*line->str == '\0')
    return g_string_free (line, TRUE);

  return g_string_free (line, FALSE);
}

/* {"success":false,"error":{"message","details","validationErrors":[{"message","members"}]},
 * "__abp":true} */
static void
read_abp (BatonEnvelope *self, JsonObject *root, GString *text)
{
  JsonObject *error = baton_json_peek_object (root, "error");
  JsonArray *fields = baton_json_peek_array (error, "validationErrors");

  self->abp = TRUE;
  self->failed = !baton_json_peek_bool (root, "success", TRUE);
  if (self->code == 0)
    self->code = (int) baton_json_peek_int (error, "code", 0);

  append_sentence (text, baton_json_peek_string (error, "message"));
  append_sentence (text, baton_json_peek_string (error, "details"));
  for (guint i = 0; i < baton_json_length (fields); i++)
    {
      JsonObject *field = baton_json_peek_object_at (fields, i);
      JsonArray *members = baton_json_peek_array (field, "members");
      const char *name = baton_json_peek_string_at (members, 0);

      append_field (text, name != NULL ? name : "", baton_json_peek_string (field, "message"));
    }

  /* `unAuthorizedRequest` was false in the seed, although that was the cause: the text is what
   * there is to go by, and it was never translated. */
  self->unauthenticated = baton_json_peek_bool (root, "unAuthorizedRequest", FALSE) ||
                          strstr (text->str, "not authenticated") != NULL;
}

/* {"error":{"code":"","message":"…","details":[{"message"}]}} */
static void
read_odata (JsonObject *error, GString *text)
{
  JsonArray *details = baton_json_peek_array (error, "details");

  append_sentence (text, baton_json_peek_string (error, "message"));
  for (guint i = 0; i < baton_json_length (details); i++)
    append_sentence (text,
                     baton_json_peek_string (baton_json_peek_object_at (details, i), "message"));
}

/* {"title","status","errors":{"Field":["msg"]}} */
static void
read_problem (JsonObject *root, JsonObject *errors, GString *text)
{
  g_auto (GStrv) names = baton_json_dup_names (errors);

  append_sentence (text, baton_json_peek_string (root, "title"));
  append_sentence (text, baton_json_peek_string (root, "detail"));
  for (guint i = 0; names[i] != NULL; i++)
    append_field (text, names[i],
                  baton_json_peek_string_at (baton_json_peek_array (errors, names[i]), 0));
}

/* {"errors":[{"code","description"}]}, perhaps under `result` */
static void
read_identity (JsonArray *errors, GString *text)
{
  for (guint i = 0; i < baton_json_length (errors); i++)
    {
      JsonObject *error = baton_json_peek_object_at (errors, i);

      append_sentence (text, error != NULL ? baton_json_peek_string (error, "description")
                                           : baton_json_peek_string_at (errors, i));
    }
}

static void
read_object (BatonEnvelope *self, JsonObject *root, GString *text)
{
  JsonNode *code = baton_json_peek_node_any_case (root, "errorCode");
  JsonObject *errors = baton_json_peek_object (root, "errors");
  JsonArray *list = baton_json_peek_array (root, "errors");

  if (list == NULL)
    list = baton_json_peek_array (baton_json_peek_object (root, "result"), "errors");
  if (code != NULL)
    {
      g_autofree char *number = baton_json_dup_scalar (code);
      gint64 value = 0;

      if (number != NULL && g_ascii_string_to_signed (number, 10, 0, G_MAXINT, &value, NULL))
        self->code = (int) value;
    }

  self->trace_id = clean (peek_text (root, "traceId", "TraceId"));
  self->oauth_error = clean (baton_json_peek_string (root, "error"));

  if (baton_json_has (root, "__abp") || baton_json_has (root, "unAuthorizedRequest"))
    read_abp (self, root, text);
  else if (self->oauth_error != NULL)
    append_sentence (text, baton_json_peek_string (root, "error_description"));
  else
    read_odata (baton_json_peek_object (root, "error"), text);

  /* fact sheet 4.1, first: but ABP has the same member, and says more in its own */
  if (text->len == 0)
    append_sentence (text, peek_text (root, "message", "Message"));
  if (errors != NULL || baton_json_has (root, "title"))
    read_problem (root, errors, text);
  read_identity (list, text);
}

gboolean
baton_envelope_is_html (BatonReply *reply)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (reply->body, &size);

  if (reply->content_type != NULL && g_ascii_strcasecmp (reply->content_type, "text/html") == 0)
    return TRUE;

  for (gsize i = 0; i < size; i++)
    if (!g_ascii_isspace (text[i]))
      return text[i] == '<';

  return FALSE;
}

BatonEnvelope *
baton_envelope_read (BatonReply *reply)
{
  BatonEnvelope *self = g_new0 (BatonEnvelope, 1);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object = NULL;

  g_return_val_if_fail (reply != NULL, self);

  self->html = baton_envelope_is_html (reply);
  if (self->html)
    return self;

  root = baton_json_parse (reply->body, MAX_BODY, NULL);
  object = root != NULL ? baton_json_peek_root_object (root) : NULL;
  if (object != NULL)
    read_object (self, object, text);

  self->message = clean (text->str);

  return self;
}

void
baton_envelope_free (BatonEnvelope *self)
{
  g_free (self->message);
  g_free (self->oauth_error);
  g_free (self->trace_id);
  g_free (self);
}
