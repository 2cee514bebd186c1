/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-path.h"

#include <string.h>

/* Returns: (transfer full): @text without the quotes of an OData string. */
static char *
unquote (const char *text, gsize length)
{
  GString *plain;

  if (length < 2 || text[0] != '\'' || text[length - 1] != '\'')
    return g_strndup (text, length);

  plain = g_string_sized_new (length);
  for (gsize i = 1; i + 1 < length; i++)
    {
      g_string_append_c (plain, text[i]);
      if (text[i] == '\'' && text[i + 1] == '\'' && i + 2 < length)
        i++;
    }

  return g_string_free (plain, FALSE);
}

/* Returns: (transfer full): a value without the quotes of a text, or the "L" of a long number. */
static char *
read_literal (const char *text, gsize length)
{
  gsize digits = 0;

  if (length > 1 && g_ascii_toupper (text[length - 1]) == 'L')
    while (digits < length && g_ascii_isdigit (text[digits]))
      digits++;

  return digits > 0 && digits + 1 == length ? g_strndup (text, digits) : unquote (text, length);
}

/* Returns: the end of the argument that begins at @start: a comma outside of quotes and of the
 * brackets of a list, or @end. */
static const char *
find_end (const char *start, const char *end)
{
  gboolean quoted = FALSE, listed = FALSE;

  for (const char *c = start; c < end; c++)
    {
      if (*c == '\'')
        quoted = !quoted;
      else if (!quoted && (*c == '[' || *c == ']'))
        listed = *c == '[';
      else if (*c == ',' && !quoted && !listed)
        return c;
    }

  return end;
}

static const char *
find_equals (const char *start, const char *end)
{
  const char *c = start;

  while (c < end && (g_ascii_isalnum (*c) || *c == '_'))
    c++;

  return c > start && c < end && *c == '=' ? c : NULL;
}

static void
read_arguments (SandboxPath *self, const char *start, const char *end)
{
  if (self->arguments == NULL)
    self->arguments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  while (start < end)
    {
      const char *stop = find_end (start, end);
      const char *equals = find_equals (start, stop);

      if (equals != NULL)
        g_hash_table_insert (self->arguments, g_ascii_strdown (start, equals - start),
                             read_literal (equals + 1, (gsize)(stop - equals - 1)));
      start = stop + 1;
    }
}

static char *
make_pattern (SandboxPath *self, const char *segment)
{
  const char *open = strchr (segment, '(');
  gsize length = strlen (segment);
  const char *end = segment + length - 1;
  g_autofree char *name = NULL;

  if (open == NULL || open == segment || *end != ')')
    return g_ascii_strdown (segment, -1);

  name = g_ascii_strdown (segment, open - segment);
  open++;
  if (open == end)
    return g_steal_pointer (&name);
  if (find_equals (open, end) != NULL)
    {
      read_arguments (self, open, end);
      return g_steal_pointer (&name);
    }

  g_free (self->key);
  self->key = read_literal (open, (gsize)(end - open));
  self->key_is_text = *open == '\'';

  return g_strconcat (name, "({key})", NULL);
}

SandboxPath *
sandbox_path_parse (const char *path)
{
  g_autoptr (SandboxPath) self = NULL;
  g_auto (GStrv) parts = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (SandboxPath, 1);
  self->segments = g_ptr_array_new_with_free_func (g_free);
  self->patterns = g_ptr_array_new_with_free_func (g_free);
  parts = g_strsplit (path, "/", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *segment;

      /* Two slashes in a row are one, as when a base that ends with one is put before a path. */
      if (*parts[i] == '\0')
        continue;
      segment = g_uri_unescape_string (parts[i], NULL);
      if (segment == NULL || !g_utf8_validate (segment, -1, NULL))
        {
          g_free (segment);
          return NULL;
        }
      g_ptr_array_add (self->segments, segment);
      g_ptr_array_add (self->patterns, make_pattern (self, segment));
    }

  return g_steal_pointer (&self);
}

void
sandbox_path_free (SandboxPath *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->segments);
  g_ptr_array_unref (self->patterns);
  g_clear_pointer (&self->arguments, g_hash_table_unref);
  g_free (self->key);
  g_free (self);
}

/* Returns: (transfer none) (nullable): the value in @options that @text is an alias of. */
static const char *
find_alias (GHashTable *options, const char *text)
{
  g_autofree char *lower = text != NULL && *text == '@' ? g_ascii_strdown (text, -1) : NULL;

  return lower != NULL ? g_hash_table_lookup (options, lower) : NULL;
}

void
sandbox_path_resolve (SandboxPath *self, GHashTable *options)
{
  GHashTableIter iter;
  gpointer text;
  const char *value;

  g_return_if_fail (self != NULL && options != NULL);

  value = find_alias (options, self->key);
  if (value != NULL)
    {
      self->key_is_text = *value == '\'';
      g_free (self->key);
      self->key = read_literal (value, strlen (value));
    }
  if (self->arguments == NULL)
    return;

  g_hash_table_iter_init (&iter, self->arguments);
  while (g_hash_table_iter_next (&iter, NULL, &text))
    {
      value = find_alias (options, text);
      if (value != NULL)
        g_hash_table_iter_replace (&iter, read_literal (value, strlen (value)));
    }
}

static char *
join (GPtrArray *parts, guint first)
{
  GString *joined = g_string_new (NULL);

  for (guint i = first; i < parts->len; i++)
    {
      g_string_append_c (joined, '/');
      g_string_append (joined, parts->pdata[i]);
    }

  return g_string_free (joined, FALSE);
}

char *
sandbox_path_make_pattern (const SandboxPath *self, guint first)
{
  g_return_val_if_fail (self != NULL, NULL);

  return join (self->patterns, first);
}

char *
sandbox_path_join (const SandboxPath *self, guint first)
{
  g_return_val_if_fail (self != NULL, NULL);

  return join (self->segments, first);
}

static guint
count_segments (const char *pattern)
{
  guint n = 1;

  for (; *pattern != '\0'; pattern++)
    if (*pattern == '/')
      n++;

  return n;
}

gboolean
sandbox_path_match (const SandboxPath *self,
                    guint first,
                    const char *pattern,
                    GHashTable *arguments)
{
  g_auto (GStrv) parts = NULL;
  guint n;

  g_return_val_if_fail (self != NULL && pattern != NULL, FALSE);

  /* Nearly all patterns end here, before anything is copied. */
  if (*pattern == '/')
    pattern++;
  n = count_segments (pattern);
  if (self->segments->len < first || n != self->segments->len - first)
    return FALSE;

  parts = g_strsplit (pattern, "/", -1);
  for (guint i = 0; i < n; i++)
    {
      gsize length = strlen (parts[i]);

      if (*parts[i] == '{' && parts[i][length - 1] == '}')
        {
          if (arguments != NULL)
            g_hash_table_insert (arguments, g_ascii_strdown (parts[i] + 1, (gssize)length - 2),
                                 g_strdup (self->segments->pdata[first + i]));
        }
      else if (g_ascii_strcasecmp (parts[i], self->patterns->pdata[first + i]) != 0)
        return FALSE;
    }

  return TRUE;
}
