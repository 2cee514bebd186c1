/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-row.h"

#include "sandbox-entity.h"

/* What most of them take. */
#define BYTES_OF_INSERT 1024

/* Returns: -1 where @set has no such @field, or that no such @name. */
static int
find_enum (const SandboxEntitySet *set, const char *field, const char *name)
{
  const SandboxField *found = set != NULL ? sandbox_entity_set_find_field (set, field) : NULL;

  if (found == NULL || found->names == NULL)
    return -1;

  for (int i = 0; found->names[i] != NULL; i++)
    if (g_ascii_strcasecmp (found->names[i], name) == 0)
      return i;

  return -1;
}

int
sandbox_row_find_enum (const char *set, const char *field, const char *name)
{
  return find_enum (sandbox_entity_set_find (set), field, name);
}

static int
get_enum (const SandboxEntitySet *set, const char *field, const char *name)
{
  int number = find_enum (set, field, name);

  if (number < 0)
    g_critical ("%s has no %s named %s", set != NULL ? set->name : "A set", field, name);

  return number;
}

int
sandbox_row_get_enum (const char *set, const char *field, const char *name)
{
  return get_enum (sandbox_entity_set_find (set), field, name);
}

static void
bind (sqlite3_stmt *statement, const char *set, const SandboxValue *values)
{
  const SandboxEntitySet *entity_set = NULL;

  for (int i = 0; values[i].column != NULL; i++)
    {
      const SandboxValue *value = &values[i];

      switch (value->kind)
        {
        case SANDBOX_VALUE_INT:
          sqlite3_bind_int64 (statement, i + 1, value->number);
          break;
        case SANDBOX_VALUE_TEXT:
          sqlite3_bind_text (statement, i + 1, value->text, -1, SQLITE_STATIC);
          break;
        case SANDBOX_VALUE_ENUM:
          if (entity_set == NULL)
            entity_set = sandbox_entity_set_find (set);
          sqlite3_bind_int (statement, i + 1, get_enum (entity_set, value->column, value->text));
          break;
        case SANDBOX_VALUE_NULL:
          sqlite3_bind_null (statement, i + 1);
          break;
        default:
          g_assert_not_reached ();
        }
    }
}

static sqlite3_stmt *
prepare_insert (SandboxStore *store, const char *set, const SandboxValue *values)
{
  g_autoptr (GString) sql = g_string_sized_new (BYTES_OF_INSERT);
  const char *mark = "?";

  /* Without printf(), which takes longer than the rest: this is done for every row. */
  g_string_append (sql, "INSERT INTO \"");
  g_string_append (sql, set);
  g_string_append (sql, "\" (\"");
  for (int i = 0; values[i].column != NULL; i++)
    {
      if (i > 0)
        g_string_append_len (sql, "\",\"", 3);
      g_string_append (sql, values[i].column);
    }
  g_string_append (sql, "\") VALUES (");
  for (int i = 0; values[i].column != NULL; i++, mark = ",?")
    g_string_append (sql, mark);
  g_string_append_c (sql, ')');

  return sandbox_store_prepare (store, sql->str);
}

gint64
sandbox_row_insert (SandboxStore *store, const char *set, const SandboxValue *values)
{
  sqlite3_stmt *statement = prepare_insert (store, set, values);

  bind (statement, set, values);
  sandbox_store_step (statement);
  sandbox_store_done (statement);

  return sandbox_store_last_id (store);
}

void
sandbox_row_update (SandboxStore *store, const char *set, gint64 id, const SandboxValue *values)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  sqlite3_stmt *statement;
  int n = 0;

  g_string_append_printf (sql, "UPDATE \"%s\" SET ", set);
  for (; values[n].column != NULL; n++)
    g_string_append_printf (sql, "%s\"%s\" = ?", n > 0 ? ", " : "", values[n].column);
  g_string_append (sql, " WHERE rowid = ?");

  statement = sandbox_store_prepare (store, sql->str);
  bind (statement, set, values);
  sqlite3_bind_int64 (statement, n + 1, id);
  sandbox_store_step (statement);
  sandbox_store_done (statement);
}

void
sandbox_row_format (char *buffer, gsize size, const char *format, guint first, guint second)
{
  gsize length = 0;
  guint number = first;

  while (*format != '\0' && length + 12 < size)
    {
      char digits[10];
      guint width = 1;
      guint n = 0;

      if (*format != '%')
        {
          gsize n_plain = MIN (strcspn (format, "%"), size - length - 12);

          memcpy (buffer + length, format, n_plain);
          length += n_plain;
          format += n_plain;
          continue;
        }

      for (format++; g_ascii_isdigit (*format); format++)
        width = (guint) (*format - '0');
      if (*format == 'u')
        format++;
      for (; number > 0 || n < width; number /= 10)
        digits[n++] = (char) ('0' + number % 10);
      while (n > 0)
        buffer[length++] = digits[--n];
      number = second;
    }
  buffer[length] = '\0';
}
