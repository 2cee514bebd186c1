/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-form.h"

#include <string.h>

#include "baton-json.h"

struct _SandboxForm
{
  GPtrArray *names;  /* (owned) */
  GPtrArray *values; /* (owned): as many */
};

static void
add (SandboxForm *self, char *name, char *value)
{
  g_ptr_array_add (self->names, name);
  g_ptr_array_add (self->values, value);
}

static SandboxForm *
new_empty (void)
{
  SandboxForm *self = g_new0 (SandboxForm, 1);

  self->names = g_ptr_array_new_with_free_func (g_free);
  self->values = g_ptr_array_new_with_free_func (g_free);

  return self;
}

/* Returns: (transfer full) (nullable). */
static char *
decode (const char *text, gsize length)
{
  g_autofree char *plain = g_strndup (text, length);
  g_autofree char *decoded = NULL;

  /* "%00" would cut it. */
  if (strlen (plain) != length)
    return NULL;
  g_strdelimit (plain, "+", ' ');
  decoded = g_uri_unescape_string (plain, NULL);

  return decoded != NULL && g_utf8_validate (decoded, -1, NULL) ? g_steal_pointer (&decoded) : NULL;
}

SandboxForm *
sandbox_form_parse (const char *text, gsize length)
{
  g_autoptr (SandboxForm) self = new_empty ();
  const char *end;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  for (end = text + length; text < end; text++)
    {
      const char *stop = memchr (text, '&', (gsize)(end - text));
      const char *equals;
      g_autofree char *name = NULL;
      g_autofree char *value = NULL;

      if (stop == NULL)
        stop = end;
      if (stop > text)
        {
          equals = memchr (text, '=', (gsize)(stop - text));
          name = decode (text, (gsize)((equals != NULL ? equals : stop) - text));
          value = equals != NULL ? decode (equals + 1, (gsize)(stop - equals - 1)) : g_strdup ("");
          if (name == NULL || value == NULL)
            return NULL;
          add (self, g_steal_pointer (&name), g_steal_pointer (&value));
        }
      text = stop;
    }

  return g_steal_pointer (&self);
}

static SandboxForm *
new_from_json (JsonObject *object)
{
  SandboxForm *self = new_empty ();
  g_auto (GStrv) names = baton_json_dup_names (object);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *value = baton_json_peek_string (object, names[i]);

      if (value != NULL)
        add (self, g_strdup (names[i]), g_strdup (value));
    }

  return self;
}

SandboxForm *
sandbox_form_new (SandboxRequest *request)
{
  g_autoptr (GBytes) bytes = NULL;
  const char *type;
  SandboxForm *self = NULL;

  g_return_val_if_fail (request != NULL, NULL);

  if (request->body != NULL)
    return new_from_json (request->body);

  type = soup_message_headers_get_content_type (
      soup_server_message_get_request_headers (request->message), NULL);
  bytes = soup_message_body_flatten (soup_server_message_get_request_body (request->message));
  if (type != NULL && g_ascii_strcasecmp (type, "application/x-www-form-urlencoded") == 0)
    {
      gsize length;
      const char *text = g_bytes_get_data (bytes, &length);

      self = sandbox_form_parse (text, length);
    }
  /* Of an operation that reads its body itself. */
  else if (type != NULL && g_ascii_strcasecmp (type, "application/json") == 0)
    {
      g_autoptr (JsonNode) root = baton_json_parse (bytes, BATON_JSON_MAX_BYTES, NULL);

      if (root != NULL && baton_json_peek_root_object (root) != NULL)
        self = new_from_json (baton_json_peek_root_object (root));
    }

  return self != NULL ? self : new_empty ();
}

void
sandbox_form_free (SandboxForm *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->values);
  g_free (self);
}

const char *
sandbox_form_get (SandboxForm *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  for (guint i = 0; i < self->names->len; i++)
    {
      const char *value = self->values->pdata[i];

      if (g_str_equal (self->names->pdata[i], name))
        return *value != '\0' ? value : NULL;
    }

  return NULL;
}

const char *
sandbox_form_get_words (SandboxForm *self, const char *name)
{
  char *text, *end;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  /* What it holds is its own. */
  text = (char *)sandbox_form_get (self, name);
  if (text == NULL)
    return NULL;

  end = text;
  for (const char *c = text; *c != '\0'; c++)
    if (*c != ' ' || (end != text && end[-1] != ' '))
      *end++ = *c;
  if (end != text && end[-1] == ' ')
    end--;
  *end = '\0';

  return *text != '\0' ? text : NULL;
}

const char *
sandbox_form_get_repeated (SandboxForm *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->names->len; i++)
    if (!g_hash_table_add (seen, self->names->pdata[i]))
      return self->names->pdata[i];

  return NULL;
}

GPtrArray *
sandbox_form_list (SandboxForm *self, const char *name)
{
  GPtrArray *values = g_ptr_array_new ();

  g_return_val_if_fail (self != NULL && name != NULL, values);

  for (guint i = 0; i < self->names->len; i++)
    if (g_str_equal (self->names->pdata[i], name))
      g_ptr_array_add (values, self->values->pdata[i]);

  return values;
}
