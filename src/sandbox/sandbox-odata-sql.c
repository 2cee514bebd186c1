/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-odata-sql.h"
#include "sandbox-odata-sql-private.h"

#include <string.h>

#include "sandbox-schema.h"

static void
binding_clear (SandboxBinding *self)
{
  g_free (self->text);
}

static void
ordering_clear (SandboxOrdering *self)
{
  g_free (self->sql);
}

static void
join_free (SandboxJoin *self)
{
  g_free (self->path);
  g_free (self);
}

void
sandbox_place_clear (SandboxPlace *self)
{
  g_clear_pointer (&self->rest, g_free);
}

SandboxSql *
sandbox_sql_new (const SandboxEntitySet *set)
{
  SandboxSql *self;

  g_return_val_if_fail (set != NULL, NULL);

  self = g_new0 (SandboxSql, 1);
  self->set = set;
  /* A view is made of others, and what is shared is found by its links too. */
  self->reads_others = set->query != NULL || set->shared != NULL;
  self->where = g_string_new (NULL);
  self->joins = g_string_new (NULL);
  self->bindings = g_array_new (FALSE, TRUE, sizeof (SandboxBinding));
  g_array_set_clear_func (self->bindings, (GDestroyNotify)binding_clear);
  self->orderings = g_array_new (FALSE, TRUE, sizeof (SandboxOrdering));
  g_array_set_clear_func (self->orderings, (GDestroyNotify)ordering_clear);
  self->joined = g_ptr_array_new_with_free_func ((GDestroyNotify)join_free);
  self->wanted = g_ptr_array_new ();

  return self;
}

void
sandbox_sql_free (SandboxSql *self)
{
  if (self == NULL)
    return;

  g_string_free (self->where, TRUE);
  g_string_free (self->joins, TRUE);
  g_array_unref (self->bindings);
  g_array_unref (self->orderings);
  g_ptr_array_unref (self->joined);
  g_ptr_array_unref (self->wanted);
  g_free (self);
}

gboolean
sandbox_expression_fail (const SandboxExpression *self,
                         const char *option,
                         SandboxODataErrorCode code,
                         GError **error,
                         const char *format,
                         ...)
{
  SandboxLexer lexer = { .option = option };
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  return sandbox_lexer_fail (&lexer, &self->lexeme, code, error, "%s", what);
}

void
sandbox_sql_add_binding (
    SandboxSql *self, SandboxLiteralKind kind, gint64 number, double real, const char *text)
{
  SandboxBinding binding = { kind, number, real, g_strdup (text) };

  g_array_append_val (self->bindings, binding);
}

/* @sql: of the sandbox's own. */
static void
append_condition (SandboxSql *self, const char *sql)
{
  g_string_append (self->where, self->where->len > 0 ? " AND " : " WHERE ");
  g_string_append (self->where, sql);
  if (strstr (sql, "SELECT") != NULL)
    self->reads_others = TRUE;
}

void
sandbox_sql_add_condition (SandboxSql *self, const char *sql, guint n_values, ...)
{
  va_list values;

  g_return_if_fail (self != NULL && sql != NULL);

  append_condition (self, sql);
  va_start (values, n_values);
  for (guint i = 0; i < n_values; i++)
    sandbox_sql_add_binding (self, SANDBOX_LITERAL_INTEGER, va_arg (values, gint64), 0, NULL);
  va_end (values);
}

void
sandbox_sql_add_text_condition (SandboxSql *self, const char *sql, const char *text)
{
  g_return_if_fail (self != NULL && sql != NULL && text != NULL);

  append_condition (self, sql);
  sandbox_sql_add_binding (self, SANDBOX_LITERAL_STRING, 0, 0, text);
  self->is_filtered = TRUE;
}

void
sandbox_sql_add_search (SandboxSql *self, const char *column, const char *text)
{
  g_autofree char *sql = NULL;

  g_return_if_fail (self != NULL && column != NULL && text != NULL);

  sql = g_strdup_printf ("instr(lower(%s), lower(?)) > 0", column);
  append_condition (self, sql);
  sandbox_sql_add_binding (self, SANDBOX_LITERAL_STRING, 0, 0, text);
  self->is_filtered = TRUE;
}

/* Returns: what the field is where nothing is in it. */
static const char *
get_empty (const SandboxField *field)
{
  if (field->type == SANDBOX_FIELD_STRING)
    return "''";

  return field->type == SANDBOX_FIELD_JSON ? "'[]'" : "0";
}

void
sandbox_sql_append_field (GString *sql, const char *alias, const SandboxField *field)
{
  if ((field->flags & SANDBOX_FIELD_EMPTY) != 0)
    {
      /* The column's own way to compare is lost in there. */
      g_string_append_printf (sql, "ifnull(%s.\"%s\", %s)%s", alias, field->name, get_empty (field),
                              field->type == SANDBOX_FIELD_STRING ? " COLLATE NOCASE" : "");
      return;
    }
  if (field->sql == NULL)
    {
      g_string_append_printf (sql, "%s.\"%s\"", alias, field->name);
      return;
    }

  for (const char *c = field->sql; *c != '\0'; c++)
    {
      if (*c == '@')
        g_string_append (sql, alias);
      else
        g_string_append_c (sql, *c);
    }
}

void
sandbox_sql_append_place (SandboxSql *self, GString *sql, const SandboxPlace *place)
{
  if (place->rest == NULL)
    {
      sandbox_sql_append_field (sql, place->alias, place->field);
      if (place->field->sql != NULL)
        self->reads_others = TRUE;
      if (g_str_equal (place->alias, "t") && !g_ptr_array_find (self->wanted, place->field, NULL))
        g_ptr_array_add (self->wanted, (gpointer)place->field);
      return;
    }

  g_string_append (sql, "json_extract(");
  sandbox_sql_append_field (sql, place->alias, place->field);
  g_string_append (sql, ", ?)");
  sandbox_sql_add_binding (self, SANDBOX_LITERAL_STRING, 0, 0, place->rest);
}

/* Returns: (transfer none): the join of the first @length bytes of a path, made where it lacks. */
static SandboxJoin *
join (SandboxSql *self,
      const char *path,
      gsize length,
      const char *from,
      const SandboxNavigation *navigation)
{
  SandboxJoin *made;
  const SandboxEntitySet *set = sandbox_entity_set_find (navigation->set);

  for (guint i = 0; i < self->joined->len; i++)
    {
      SandboxJoin *known = self->joined->pdata[i];

      if (strlen (known->path) == length && g_ascii_strncasecmp (known->path, path, length) == 0)
        return known;
    }

  self->reads_others = TRUE;
  made = g_new0 (SandboxJoin, 1);
  made->path = g_strndup (path, length);
  made->set = set;
  g_snprintf (made->alias, sizeof made->alias, "j%u", self->joined->len);
  g_ptr_array_add (self->joined, made);
  g_string_append_printf (self->joins, " LEFT JOIN \"%s\" AS %s ON %s.\"%s\" = %s.\"%s\"",
                          set->name, made->alias, made->alias, navigation->key, from,
                          navigation->column);

  return made;
}

gboolean
sandbox_sql_find_place (SandboxSql *self,
                        const SandboxExpression *path,
                        SandboxPlace *place,
                        GError **error)
{
  const SandboxEntitySet *set = self->set;
  const char *alias = "t";
  g_auto (GStrv) parts = g_strsplit (path->text, "/", -1);
  gsize length = 0;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const SandboxField *field = sandbox_entity_set_find_field (set, parts[i]);
      const SandboxNavigation *navigation = sandbox_entity_set_find_navigation (set, parts[i]);

      length += strlen (parts[i]) + (i > 0 ? 1 : 0);

      if (field != NULL
          && ((field->flags & (SANDBOX_FIELD_HIDDEN | SANDBOX_FIELD_WRITE_ONLY)) == 0
              || (field->flags & SANDBOX_FIELD_ASKABLE) != 0))
        {
          if (parts[i + 1] != NULL && field->type != SANDBOX_FIELD_JSON)
            return sandbox_expression_fail (path, self->option, SANDBOX_ODATA_ERROR_UNKNOWN, error,
                                            "'%s' has no properties of its own", field->name);
          place->field = field;
          place->alias = alias;
          if (parts[i + 1] != NULL)
            {
              g_autofree char *rest = g_strjoinv ("\".\"", parts + i + 1);

              place->rest = g_strdup_printf ("$.\"%s\"", rest);
            }
          return TRUE;
        }
      if (navigation == NULL)
        return sandbox_expression_fail (path, self->option, SANDBOX_ODATA_ERROR_UNKNOWN, error,
                                        "%s has no property '%s'", set->name, parts[i]);
      if (navigation->many || parts[i + 1] == NULL)
        return sandbox_expression_fail (path, self->option, SANDBOX_ODATA_ERROR_TYPE, error,
                                        "'%s' leads to %s and is no value", navigation->name,
                                        navigation->many ? "a collection" : "an entity");

      {
        SandboxJoin *joined = join (self, path->text, length, alias, navigation);

        alias = joined->alias;
        set = joined->set;
      }
    }

  return sandbox_expression_fail (path, self->option, SANDBOX_ODATA_ERROR_SYNTAX, error,
                                  "An empty path");
}

gboolean
sandbox_sql_add_order (SandboxSql *self,
                       SandboxExpression *path,
                       gboolean descending,
                       GError **error)
{
  g_auto (SandboxPlace) place = { 0 };
  g_autoptr (GString) sql = g_string_new (NULL);
  SandboxOrdering ordering;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  self->option = "$orderby";
  if (!sandbox_sql_find_place (self, path, &place, error))
    return FALSE;
  if (place.field->type == SANDBOX_FIELD_JSON)
    return sandbox_expression_fail (path, self->option, SANDBOX_ODATA_ERROR_TYPE, error,
                                    "'%s' has no order", place.field->name);

  sandbox_sql_append_place (self, sql, &place);
  ordering.sql = g_string_free (g_steal_pointer (&sql), FALSE);
  ordering.descending = descending;
  ordering.field = g_str_equal (place.alias, "t") && place.rest == NULL ? place.field : NULL;
  g_array_append_val (self->orderings, ordering);
  if (g_str_equal (place.alias, "t") && g_str_equal (place.field->name, self->set->key))
    self->has_key = TRUE;

  return TRUE;
}

char *
sandbox_sql_make_count (SandboxSql *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup_printf ("SELECT count(*) FROM \"%s\" AS t%s%s", self->set->name, self->joins->str,
                          self->where->str);
}

/* Rows of one value come in the order of their time, as they do in the index of the field. */
static void
append_recent (GString *sql, SandboxSql *self, gboolean descending)
{
  const SandboxField *field = g_array_index (self->orderings, SandboxOrdering, 0).field;

  if (!self->has_key && self->set->recent != NULL && field != NULL
      && field->type != SANDBOX_FIELD_TIME && (field->flags & SANDBOX_FIELD_INDEXED) != 0)
    g_string_append_printf (sql, "t.\"%s\"%s, ", self->set->recent, descending ? " DESC" : "");
}

char *
sandbox_sql_make_page (SandboxSql *self, gboolean reverse)
{
  GString *sql;
  gboolean descending = FALSE;

  g_return_val_if_fail (self != NULL, NULL);

  sql = g_string_new (NULL);
  g_string_append_printf (sql, "SELECT t.rowid FROM \"%s\" AS t%s%s ORDER BY ", self->set->name,
                          self->joins->str, self->where->str);
  for (guint i = 0; i < self->orderings->len; i++)
    {
      SandboxOrdering *ordering = &g_array_index (self->orderings, SandboxOrdering, i);

      descending = ordering->descending;
      g_string_append_printf (sql, "%s%s, ", ordering->sql, descending != reverse ? " DESC" : "");
    }
  if (self->orderings->len == 1)
    append_recent (sql, self, descending != reverse);
  /* The key in the end, in the direction of the last, so that no two pages ever share a row and the
   * index is walked one way. */
  if (self->has_key)
    g_string_truncate (sql, sql->len - 2);
  else
    g_string_append_printf (sql, "t.rowid%s", descending != reverse ? " DESC" : "");
  g_string_append (sql, " LIMIT ? OFFSET ?");

  return g_string_free (sql, FALSE);
}

int
sandbox_sql_bind (SandboxSql *self, sqlite3_stmt *statement)
{
  g_return_val_if_fail (self != NULL && statement != NULL, 1);

  for (guint i = 0; i < self->bindings->len; i++)
    {
      SandboxBinding *binding = &g_array_index (self->bindings, SandboxBinding, i);
      int n = (int)i + 1;

      switch (binding->kind)
        {
        case SANDBOX_LITERAL_NULL:
          sqlite3_bind_null (statement, n);
          break;
        case SANDBOX_LITERAL_BOOL:
        case SANDBOX_LITERAL_INTEGER:
        case SANDBOX_LITERAL_TIME:
          sqlite3_bind_int64 (statement, n, binding->number);
          break;
        case SANDBOX_LITERAL_DOUBLE:
          sqlite3_bind_double (statement, n, binding->real);
          break;
        case SANDBOX_LITERAL_STRING:
        case SANDBOX_LITERAL_GUID:
          sqlite3_bind_text (statement, n, binding->text, -1, SQLITE_STATIC);
          break;
        default:
          g_assert_not_reached ();
        }
    }

  return (int)self->bindings->len + 1;
}

void
sandbox_sql_want_indexes (SandboxSql *self, SandboxStore *store)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->wanted->len; i++)
    sandbox_schema_want_index (store, self->set, self->wanted->pdata[i]);
  sandbox_schema_want_index (store, self->set,
                             sandbox_entity_set_find_field (self->set, self->set->key));
}

char *
sandbox_sql_make_fingerprint (SandboxSql *self)
{
  GString *text;

  g_return_val_if_fail (self != NULL, NULL);

  text = g_string_new (self->set->name);
  g_string_append (text, self->where->str);
  for (guint i = 0; i < self->bindings->len; i++)
    {
      SandboxBinding *binding = &g_array_index (self->bindings, SandboxBinding, i);

      /* With its length, so that no text can look like the next value. */
      g_string_append_printf (text, "\n%d:%" G_GINT64_FORMAT ":%.17g:%" G_GSIZE_FORMAT ":%s",
                              (int)binding->kind, binding->number, binding->real,
                              binding->text != NULL ? strlen (binding->text) : 0,
                              binding->text != NULL ? binding->text : "");
    }

  return g_string_free (text, FALSE);
}

guint64
sandbox_sql_get_generation (SandboxSql *self, SandboxStore *store, gboolean with_order)
{
  gboolean rows_only;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (SANDBOX_IS_STORE (store), 0);

  if (self->reads_others || self->set->query != NULL)
    return sandbox_store_get_generation (store);

  /* Without a filter only a row that comes or goes changes what is found. */
  rows_only = !self->is_filtered && !with_order;

  return sandbox_store_get_table_generation (store, self->set->name, rows_only);
}
