/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-csv.h"

#include <string.h>

#include <baton-time.h>

#define END_OF_LINE "\r\n"

struct _SandboxCsv
{
  SandboxStore *store; /* (owned) */
  GPtrArray *fields;   /* (owned): SandboxField, unowned */
  char *by_id;         /* (owned): SQL */
};

static gboolean
is_column (const SandboxShape *shape, const SandboxField *field)
{
  const SandboxFieldFlags closed = SANDBOX_FIELD_HIDDEN | SANDBOX_FIELD_WRITE_ONLY;

  return (field->flags & closed) == 0
         && (shape->fields == NULL || g_ptr_array_find (shape->fields, field, NULL));
}

SandboxCsv *
sandbox_csv_new (SandboxStore *store, const SandboxShape *shape)
{
  g_autoptr (GString) sql = g_string_new ("SELECT ");
  SandboxCsv *self;

  g_return_val_if_fail (SANDBOX_IS_STORE (store), NULL);
  g_return_val_if_fail (shape != NULL, NULL);

  self = g_new0 (SandboxCsv, 1);
  self->store = g_object_ref (store);
  self->fields = g_ptr_array_new ();
  for (const SandboxField *field = shape->set->fields; field->name != NULL; field++)
    {
      if (!is_column (shape, field))
        continue;
      if (self->fields->len > 0)
        g_string_append (sql, ", ");
      sandbox_sql_append_field (sql, "t", field);
      g_ptr_array_add (self->fields, (gpointer)field);
    }
  if (self->fields->len == 0)
    g_string_append (sql, "NULL");
  g_string_append_printf (sql, " FROM \"%s\" AS t WHERE t.rowid = ?", shape->set->name);
  self->by_id = g_strdup (sql->str);

  return self;
}

void
sandbox_csv_free (SandboxCsv *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->fields);
  g_free (self->by_id);
  g_object_unref (self->store);
  g_free (self);
}

static void
append_text (GString *text, const char *value)
{
  if (strpbrk (value, ",\"\r\n") == NULL)
    {
      g_string_append (text, value);
      return;
    }

  g_string_append_c (text, '"');
  for (const char *c = value; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *c);
    }
  g_string_append_c (text, '"');
}

static void
append_value (GString *text, const SandboxField *field, sqlite3_stmt *statement, int column)
{
  gint64 number = sqlite3_column_int64 (statement, column);
  g_autofree char *made = NULL;
  gint64 n = 0;

  switch (field->type)
    {
    case SANDBOX_FIELD_BOOL:
      g_string_append (text, number != 0 ? "True" : "False");
      break;
    case SANDBOX_FIELD_TIME:
      made = baton_time_format (number);
      g_string_append (text, made);
      break;
    case SANDBOX_FIELD_ENUM:
      while (n < number && field->names[n] != NULL)
        n++;
      g_string_append (text, n == number && field->names[n] != NULL ? field->names[n] : "");
      break;
    case SANDBOX_FIELD_INT32:
    case SANDBOX_FIELD_INT64:
    case SANDBOX_FIELD_DOUBLE:
    case SANDBOX_FIELD_STRING:
    case SANDBOX_FIELD_GUID:
    case SANDBOX_FIELD_JSON:
      append_text (text, (const char *)sqlite3_column_text (statement, column));
      break;
    default:
      g_assert_not_reached ();
    }
}

void
sandbox_csv_append_header (SandboxCsv *self, GString *text)
{
  g_return_if_fail (self != NULL && text != NULL);

  for (guint i = 0; i < self->fields->len; i++)
    {
      const SandboxField *field = self->fields->pdata[i];

      if (i > 0)
        g_string_append_c (text, ',');
      g_string_append (text, field->name);
    }
  g_string_append (text, END_OF_LINE);
}

void
sandbox_csv_append_row (SandboxCsv *self, GString *text, gint64 id)
{
  sqlite3_stmt *statement;

  g_return_if_fail (self != NULL && text != NULL);

  statement = sandbox_store_prepare (self->store, self->by_id);
  sqlite3_bind_int64 (statement, 1, id);
  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      for (guint i = 0; i < self->fields->len; i++)
        {
          if (i > 0)
            g_string_append_c (text, ',');
          if (sqlite3_column_type (statement, (int)i) != SQLITE_NULL)
            append_value (text, self->fields->pdata[i], statement, (int)i);
        }
      g_string_append (text, END_OF_LINE);
    }
  sandbox_store_done (statement);
}
