/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-fault-rule.h"

#include <gio/gio.h>

#include <baton-json.h>

#include "sandbox-writer.h"

#define MAX_DELAY 600000
/* One of the hundreds before 200 says that the answer is still to come. */
#define MIN_STATUS 200
#define MAX_STATUS 599
/* What a name in HTTP has besides letters and digits. */
#define MARKS "!#$%&'*+-.^_`|~"

static const struct
{
  const char *name;
  guint status; /* where none is given */
} kinds[] = {
  [SANDBOX_FAULT_DELAY] = { "delay", 0 }, [SANDBOX_FAULT_STATUS] = { "status", 500 },
  [SANDBOX_FAULT_CLOSE] = { "close", 0 }, [SANDBOX_FAULT_CLOSE_IN_BODY] = { "closeInBody", 0 },
  [SANDBOX_FAULT_CUT] = { "cut", 0 },     [SANDBOX_FAULT_BAD_JSON] = { "badJson", 200 },
  [SANDBOX_FAULT_HTML] = { "html", 200 }, [SANDBOX_FAULT_ENDLESS] = { "endless", 200 },
};

static const char *const members[]
    = { "method",  "path",  "kind", "status", "delay", "body", "type",        "skip",
        "headers", "times", "seed", "id",     "hits",  "seen", "probability", NULL };

static void
clear (gpointer data)
{
  SandboxFaultRule *self = data;

  g_free (self->method);
  g_free (self->path);
  g_free (self->body);
  g_free (self->type);
  g_clear_pointer (&self->headers, g_ptr_array_unref);
  g_clear_pointer (&self->random, g_rand_free);
  g_clear_pointer (&self->pattern, g_pattern_spec_free);
}

SandboxFaultRule *
sandbox_fault_rule_ref (SandboxFaultRule *self)
{
  return g_rc_box_acquire (self);
}

void
sandbox_fault_rule_unref (SandboxFaultRule *self)
{
  g_rc_box_release_full (self, clear);
}

static gboolean
refuse (GError **error, const char *why, const char *what)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s '%s'", why, what);

  return FALSE;
}

static gboolean
check_members (JsonObject *object, GError **error)
{
  g_auto (GStrv) names = baton_json_dup_names (object);

  for (gsize i = 0; names[i] != NULL; i++)
    if (!g_strv_contains (members, names[i]))
      return refuse (error, "A fault has no member", names[i]);

  return TRUE;
}

static gboolean
read_kind (SandboxFaultRule *self, JsonObject *object, GError **error)
{
  const char *name = baton_json_peek_string (object, "kind");

  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (kinds); i++)
    {
      if (!g_str_equal (kinds[i].name, name))
        continue;
      self->kind = (SandboxFaultKind)i;
      self->status = kinds[i].status;
      return TRUE;
    }

  return refuse (error, "A fault has no kind", name != NULL ? name : "");
}

static gboolean
read_number (
    JsonObject *object, const char *name, gint64 least, gint64 most, guint *value, GError **error)
{
  gint64 number;

  if (!baton_json_has (object, name))
    return TRUE;

  number = baton_json_peek_int (object, name, least - 1);
  if (number < least || number > most)
    return refuse (error, "It is out of range, or no number:", name);
  *value = (guint)number;

  return TRUE;
}

static gboolean
read_numbers (SandboxFaultRule *self, JsonObject *object, GError **error)
{
  guint seed = 1;

  if (!read_number (object, "status", MIN_STATUS, MAX_STATUS, &self->status, error)
      || !read_number (object, "delay", 0, MAX_DELAY, &self->delay, error)
      || !read_number (object, "skip", 0, G_MAXINT32, &self->skip, error)
      || !read_number (object, "times", 0, G_MAXINT32, &self->times, error)
      || !read_number (object, "seed", 0, G_MAXUINT32, &seed, error))
    return FALSE;

  self->probability = baton_json_has (object, "probability")
                          ? baton_json_peek_double (object, "probability", -1)
                          : 1;
  if (!(self->probability >= 0 && self->probability <= 1))
    return refuse (error, "It is out of range, or no number:", "probability");
  self->seed = seed;
  self->random = g_rand_new_with_seed (seed);

  return TRUE;
}

static gboolean
is_clean (const char *text)
{
  return strpbrk (text, "\r\n") == NULL;
}

static gboolean
is_name (const char *text)
{
  return *text != '\0'
         && text[strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS MARKS)] == '\0';
}

static gboolean
read_headers (SandboxFaultRule *self, JsonObject *object, GError **error)
{
  JsonObject *headers = baton_json_peek_object (object, "headers");
  g_auto (GStrv) names = NULL;

  self->headers = g_ptr_array_new_with_free_func (g_free);
  if (headers == NULL)
    return !baton_json_has (object, "headers") || refuse (error, "It is no object:", "headers");

  names = baton_json_dup_names (headers);
  for (gsize i = 0; names[i] != NULL; i++)
    {
      char *value = baton_json_dup_scalar (baton_json_peek_node (headers, names[i]));

      if (value == NULL || !is_clean (value) || !is_name (names[i]))
        {
          g_free (value);
          return refuse (error, "It is no header:", names[i]);
        }
      g_ptr_array_add (self->headers, g_strdup (names[i]));
      g_ptr_array_add (self->headers, value);
    }

  return TRUE;
}

/* @text: (out) (nullable): NULL where it is not there. */
static gboolean
read_text (JsonObject *object, const char *name, const char **text, GError **error)
{
  *text = baton_json_peek_string (object, name);

  return *text != NULL || !baton_json_has (object, name)
         || refuse (error, "It is no text:", name);
}

static gboolean
read_texts (SandboxFaultRule *self, JsonObject *object, GError **error)
{
  const char *path, *method, *type, *body;
  g_autofree char *lower = NULL;

  if (!read_text (object, "path", &path, error) || !read_text (object, "method", &method, error)
      || !read_text (object, "type", &type, error) || !read_text (object, "body", &body, error))
    return FALSE;
  if (path == NULL || *path == '\0')
    return refuse (error, "A fault needs a", "path");
  if (method != NULL && !is_name (method))
    return refuse (error, "It is no method:", method);
  if (type != NULL && !is_clean (type))
    return refuse (error, "It is no content type:", type);
  self->path = g_strdup (path);

  lower = g_utf8_strdown (self->path, -1);
  self->pattern = g_pattern_spec_new (lower);
  if (method != NULL && !g_str_equal (method, "*"))
    self->method = g_ascii_strup (method, -1);
  self->body = g_strdup (body);
  self->type = g_strdup (type != NULL ? type : "application/json; charset=utf-8");

  return TRUE;
}

SandboxFaultRule *
sandbox_fault_rule_new (JsonObject *object, GError **error)
{
  g_autoptr (SandboxFaultRule) self = g_rc_box_new0 (SandboxFaultRule);

  g_return_val_if_fail (object != NULL, NULL);

  if (!check_members (object, error) || !read_kind (self, object, error)
      || !read_texts (self, object, error) || !read_numbers (self, object, error)
      || !read_headers (self, object, error))
    return NULL;

  return g_steal_pointer (&self);
}

static void
append_text (GString *json, const char *name, const char *text)
{
  if (text == NULL)
    return;
  g_string_append_printf (json, ",\"%s\":", name);
  sandbox_json_append_string (json, text);
}

void
sandbox_fault_rule_append (const SandboxFaultRule *self, GString *json)
{
  char probability[G_ASCII_DTOSTR_BUF_SIZE];

  g_return_if_fail (self != NULL && json != NULL);

  g_string_append_printf (json, "{\"id\":%u,\"kind\":\"%s\"", self->id, kinds[self->kind].name);
  append_text (json, "method", self->method != NULL ? self->method : "*");
  append_text (json, "path", self->path);
  if (self->status != 0)
    g_string_append_printf (json, ",\"status\":%u", self->status);
  append_text (json, "body", self->body);
  append_text (json, "type", self->body != NULL ? self->type : NULL);
  g_string_append (json, ",\"headers\":{");
  for (guint i = 0; i + 1 < self->headers->len; i += 2)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      sandbox_json_append_string (json, self->headers->pdata[i]);
      g_string_append_c (json, ':');
      sandbox_json_append_string (json, self->headers->pdata[i + 1]);
    }
  g_ascii_dtostr (probability, sizeof probability, self->probability);
  g_string_append_printf (json,
                          "},\"delay\":%u,\"skip\":%u,\"times\":%u,\"probability\":%s,\"seed\":%u,"
                          "\"seen\":%u,\"hits\":%u}",
                          self->delay, self->skip, self->times, probability, self->seed, self->seen,
                          self->hits);
}

gboolean
sandbox_fault_rule_strikes (SandboxFaultRule *self,
                            const char *method,
                            const char *path,
                            const char *below)
{
  g_return_val_if_fail (self != NULL && method != NULL && path != NULL, FALSE);

  if ((self->method != NULL && !g_str_equal (self->method, method))
      || !(g_pattern_spec_match_string (self->pattern, path)
           || (below != NULL && g_pattern_spec_match_string (self->pattern, below))))
    return FALSE;

  self->seen++;
  if (self->seen <= self->skip || (self->times != 0 && self->hits >= self->times)
      || (self->probability < 1 && g_rand_double (self->random) >= self->probability))
    return FALSE;
  self->hits++;

  return TRUE;
}
