/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-odata-query.h"

#include "sandbox-odata-shape.h"

/* Of the language, and not of this service (definition: no operation has them). */
static const char *const unsupported[] = { "$search",     "$apply",  "$compute", "$skiptoken",
                                           "$deltatoken", "$levels", NULL };
static const char *const supported[] = { "$filter", "$orderby", "$select", "$expand", "$top",
                                         "$skip",   "$count",   "$format", NULL };

static gboolean
fail (const char *option, const char *text, GError **error, const char *what)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  g_set_error (error, SANDBOX_ODATA_ERROR, SANDBOX_ODATA_ERROR_SYNTAX,
               "The query option '%s' is not valid. %s: '%.40s' at position 1.", option, what,
               valid);

  return FALSE;
}

/* Returns: (nullable): the text of an option, written with or without its '$'. */
static const char *
get_option (GHashTable *options, const char *name)
{
  const char *text = g_hash_table_lookup (options, name);

  return text != NULL ? text : g_hash_table_lookup (options, name + 1);
}

static gboolean
check_names (GHashTable *options, GError **error)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, options);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const char *name = key;

      if (name[0] != '$' || g_strv_contains (supported, name))
        continue;
      g_set_error (error, SANDBOX_ODATA_ERROR, SANDBOX_ODATA_ERROR_UNSUPPORTED,
                   g_strv_contains (unsupported, name) ? "The query option '%s' is not allowed."
                                                       : "The query option '%s' is not known.",
                   name);
      return FALSE;
    }

  for (gsize i = 0; supported[i] != NULL; i++)
    {
      if (g_hash_table_contains (options, supported[i]) &&
          g_hash_table_contains (options, supported[i] + 1))
        return fail (supported[i], supported[i] + 1, error, "It is there twice");
    }

  return TRUE;
}

static gboolean
read_number (GHashTable *options, const char *name, gint64 *number, GError **error)
{
  const char *text = get_option (options, name);

  if (text == NULL || g_ascii_string_to_signed (text, 10, 0, G_MAXINT32, number, NULL))
    return TRUE;

  return fail (name, text, error, "Expected a number from 0 to 2147483647");
}

static gboolean
read_count (GHashTable *options, gboolean *count, GError **error)
{
  const char *text = get_option (options, "$count");

  if (text == NULL)
    return TRUE;
  *count = g_ascii_strcasecmp (text, "true") == 0;
  if (*count || g_ascii_strcasecmp (text, "false") == 0)
    return TRUE;

  return fail ("$count", text, error, "Expected true or false");
}

static gboolean
expect_end (SandboxLexer *lexer, GError **error)
{
  if (lexer->current.kind == SANDBOX_LEXEME_END)
    return TRUE;

  return sandbox_lexer_fail (lexer, NULL, SANDBOX_ODATA_ERROR_SYNTAX, error,
                             "Expected ',' or the end");
}

static gboolean
read_shape (SandboxQuery *self, GHashTable *options, GError **error)
{
  const char *select = get_option (options, "$select");
  const char *expand = get_option (options, "$expand");
  SandboxLexer lexer;

  if (select != NULL && *select != '\0' &&
      !(sandbox_lexer_init (&lexer, "$select", select, error) &&
        sandbox_shape_read_select (self->shape, &lexer, error) && expect_end (&lexer, error)))
    return FALSE;

  if (expand != NULL && *expand != '\0' &&
      !(sandbox_lexer_init (&lexer, "$expand", expand, error) &&
        sandbox_shape_read_expand (self->shape, &lexer, 1, error) && expect_end (&lexer, error)))
    return FALSE;

  return TRUE;
}

SandboxQuery *
sandbox_query_parse (const SandboxEntitySet *set, GHashTable *options, gboolean one, GError **error)
{
  g_autoptr (SandboxQuery) self = NULL;
  const char *text;

  g_return_val_if_fail (set != NULL, NULL);

  self = g_new0 (SandboxQuery, 1);
  self->set = set;
  self->shape = sandbox_shape_new (set);
  self->top = -1;
  if (options == NULL)
    return g_steal_pointer (&self);

  if (!check_names (options, error) || !read_shape (self, options, error))
    return NULL;
  if (one)
    return g_steal_pointer (&self);

  if (!read_number (options, "$top", &self->top, error) ||
      !read_number (options, "$skip", &self->skip, error) ||
      !read_count (options, &self->count, error))
    return NULL;

  text = get_option (options, "$filter");
  if (text != NULL && *text != '\0')
    {
      self->filter = sandbox_filter_parse (text, error);
      if (self->filter == NULL)
        return NULL;
    }
  text = get_option (options, "$orderby");
  self->orderby = text != NULL && *text != '\0' ? g_strdup (text) : NULL;

  return g_steal_pointer (&self);
}

void
sandbox_query_free (SandboxQuery *self)
{
  if (self == NULL)
    return;

  sandbox_expression_free (self->filter);
  sandbox_shape_free (self->shape);
  g_free (self->orderby);
  g_free (self);
}

static gboolean
apply_order (const char *text, SandboxSql *sql, GError **error)
{
  SandboxLexer lexer;

  if (!sandbox_lexer_init (&lexer, "$orderby", text, error))
    return FALSE;

  for (guint n = 1;; n++)
    {
      g_autoptr (SandboxExpression) path = NULL;
      gboolean descending;

      if (n > SANDBOX_ORDER_MAX_TERMS)
        return sandbox_lexer_fail (&lexer, NULL, SANDBOX_ODATA_ERROR_LIMIT, error,
                                   "More than %d expressions", SANDBOX_ORDER_MAX_TERMS);
      path = sandbox_filter_parse_path (&lexer, error);
      if (path == NULL)
        return FALSE;
      descending = sandbox_lexer_is_word (&lexer, "desc");
      if ((descending || sandbox_lexer_is_word (&lexer, "asc")) &&
          !sandbox_lexer_advance (&lexer, error))
        return FALSE;
      if (!sandbox_sql_add_order (sql, path, descending, error))
        return FALSE;
      if (!sandbox_lexer_is_sign (&lexer, ','))
        return expect_end (&lexer, error);
      if (!sandbox_lexer_advance (&lexer, error))
        return FALSE;
    }
}

gboolean
sandbox_query_apply (SandboxQuery *self, SandboxSql *sql, GError **error)
{
  g_return_val_if_fail (self != NULL && sql != NULL, FALSE);

  if (self->filter != NULL && !sandbox_sql_add_filter (sql, self->filter, error))
    return FALSE;

  return apply_order (self->orderby != NULL ? self->orderby : self->set->default_order, sql, error);
}
