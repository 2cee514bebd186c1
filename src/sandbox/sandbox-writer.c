/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-writer.h"

#include <math.h>
#include <string.h>

#include "sandbox-version.h"

typedef struct
{
  const SandboxField *field;
  char *head; /* (owned): "Name": with its quotes and colon */
  gsize head_length;
} Column;

typedef struct
{
  const SandboxNavigation *navigation;
  SandboxWriter *writer; /* (owned) */
  int column;            /* with the value that leads there */
} Branch;

struct _SandboxWriter
{
  SandboxStore *store; /* (owned) */
  GArray *columns;     /* (owned): Column */
  GArray *branches;    /* (owned): Branch */
  char *by_id;         /* (owned): SQL */
  char *by_value;      /* (owned) (nullable): SQL, of a branch: by what leads there */
  GHashTable *written; /* (owned) (nullable): of a branch: id -> JSON, since the same few come again
                          and again */
};

static void
column_clear (Column *self)
{
  g_free (self->head);
}

static void
branch_clear (Branch *self)
{
  sandbox_writer_free (self->writer);
}

/* 00 to 99. */
static const char digits[] =
    "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
    "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
    "8081828384858687888990919293949596979899";

static char *
put_two (char *out, guint number)
{
  memcpy (out, digits + 2 * number, 2);

  return out + 2;
}

void
sandbox_json_append_time (GString *json, gint64 time)
{
  gint64 seconds = time / G_USEC_PER_SEC, micros = time % G_USEC_PER_SEC, days, rest, era;
  guint year_day, day_of_era, year_of_era, month, day;
  gint64 year;
  char text[40], *out = text;

  if (micros < 0)
    {
      micros += G_USEC_PER_SEC;
      seconds--;
    }
  days = seconds / 86400;
  rest = seconds % 86400;
  if (rest < 0)
    {
      rest += 86400;
      days--;
    }

  /* Days to a date of the proleptic Gregorian calendar, by eras of 400 years that begin in March.
   */
  days += 719468;
  era = (days >= 0 ? days : days - 146096) / 146097;
  day_of_era = (guint) (days - era * 146097);
  year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  year_day = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  month = (5 * year_day + 2) / 153;
  day = year_day - (153 * month + 2) / 5 + 1;
  month = month < 10 ? month + 3 : month - 9;
  year = CLAMP ((gint64) year_of_era + era * 400 + (month <= 2 ? 1 : 0), 1, 9999);

  *out++ = '"';
  out = put_two (put_two (out, (guint) year / 100), (guint) year % 100);
  *out++ = '-';
  out = put_two (out, month);
  *out++ = '-';
  out = put_two (out, day);
  *out++ = 'T';
  out = put_two (out, (guint) (rest / 3600));
  *out++ = ':';
  out = put_two (out, (guint) (rest / 60 % 60));
  *out++ = ':';
  out = put_two (out, (guint) (rest % 60));
  if (micros != 0)
    out += g_snprintf (out, 8, micros % 1000 == 0 ? ".%03d" : ".%06d",
                       (int) (micros % 1000 == 0 ? micros / 1000 : micros));
  *out++ = 'Z';
  *out++ = '"';
  g_string_append_len (json, text, out - text);
}

static void
append_escaped (GString *json, guchar c)
{
  switch (c)
    {
    case '"':
      g_string_append (json, "\\\"");
      break;
    case '\\':
      g_string_append (json, "\\\\");
      break;
    case '\n':
      g_string_append (json, "\\n");
      break;
    case '\r':
      g_string_append (json, "\\r");
      break;
    case '\t':
      g_string_append (json, "\\t");
      break;
    default:
      g_string_append_printf (json, "\\u%04x", c);
      break;
    }
}

void
sandbox_json_append_string (GString *json, const char *text)
{
  const char *start = text, *c;

  g_string_append_c (json, '"');
  for (c = text; *c != '\0'; c++)
    {
      if ((guchar) *c >= 0x20 && *c != '"' && *c != '\\')
        continue;
      g_string_append_len (json, start, c - start);
      append_escaped (json, (guchar) *c);
      start = c + 1;
    }
  g_string_append_len (json, start, c - start);
  g_string_append_c (json, '"');
}

static void
append_integer (GString *json, gint64 number)
{
  char text[24], *end = text + sizeof text, *out = end;
  guint64 rest = number < 0 ? 0 - (guint64) number : (guint64) number;

  do
    *--out = (char) ('0' + rest % 10);
  while ((rest /= 10) > 0);
  if (number < 0)
    *--out = '-';
  g_string_append_len (json, out, end - out);
}

static void
append_double (GString *json, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (json, isfinite (number) ? g_ascii_dtostr (text, sizeof text, number) : "0");
}

static void
append_enum (GString *json, const SandboxField *field, gint64 number)
{
  gint64 n = 0;

  while (n < number && field->names[n] != NULL)
    n++;
  g_string_append_c (json, '"');
  if (n == number && field->names[n] != NULL)
    g_string_append (json, field->names[n]);
  else
    append_integer (json, number);
  g_string_append_c (json, '"');
}

static void
append_value (GString *json, const SandboxField *field, sqlite3_stmt *statement, int column)
{
  if ((field->flags & SANDBOX_FIELD_WRITE_ONLY) != 0)
    {
      g_string_append (json, "\"\"");
      return;
    }

  switch (field->type)
    {
    case SANDBOX_FIELD_INT32:
    case SANDBOX_FIELD_INT64:
      append_integer (json, sqlite3_column_int64 (statement, column));
      break;
    case SANDBOX_FIELD_DOUBLE:
      append_double (json, sqlite3_column_double (statement, column));
      break;
    case SANDBOX_FIELD_BOOL:
      g_string_append (json, sqlite3_column_int (statement, column) != 0 ? "true" : "false");
      break;
    case SANDBOX_FIELD_STRING:
    case SANDBOX_FIELD_GUID:
      sandbox_json_append_string (json, (const char *) sqlite3_column_text (statement, column));
      break;
    case SANDBOX_FIELD_TIME:
      sandbox_json_append_time (json, sqlite3_column_int64 (statement, column));
      break;
    case SANDBOX_FIELD_ENUM:
      append_enum (json, field, sqlite3_column_int64 (statement, column));
      break;
    case SANDBOX_FIELD_JSON:
      g_string_append (json, (const char *) sqlite3_column_text (statement, column));
      break;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
is_given (const SandboxShape *shape, const SandboxField *field, gboolean detail)
{
  if ((field->flags & SANDBOX_FIELD_HIDDEN) != 0 || sandbox_version_lacks_field (field->name) ||
      ((field->flags & SANDBOX_FIELD_DETAIL) != 0 && !detail))
    return FALSE;

  return shape->fields == NULL || g_ptr_array_find (shape->fields, field, NULL);
}

static void
add_branches (SandboxWriter *self, const SandboxShape *shape, GString *select)
{
  for (guint i = 0; i < shape->expands->len; i++)
    {
      const SandboxExpand *expand = shape->expands->pdata[i];
      Branch branch = { .navigation = expand->navigation,
                        .column = (int) (self->columns->len + i) };
      GString *sql;

      branch.writer = sandbox_writer_new (self->store, expand->shape, FALSE);
      branch.writer->written = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
      sql = g_string_new (branch.writer->by_id);
      g_string_truncate (sql, sql->len - strlen ("rowid = ?"));
      g_string_append_printf (sql, "\"%s\" = ? ORDER BY t.rowid", expand->navigation->key);
      branch.writer->by_value = g_string_free (sql, FALSE);
      g_array_append_val (self->branches, branch);
      g_string_append_printf (select, ", t.\"%s\"", expand->navigation->column);
    }
}

SandboxWriter *
sandbox_writer_new (SandboxStore *store, const SandboxShape *shape, gboolean detail)
{
  g_autoptr (GString) select = g_string_new ("SELECT ");
  SandboxWriter *self;

  g_return_val_if_fail (SANDBOX_IS_STORE (store), NULL);
  g_return_val_if_fail (shape != NULL, NULL);

  self = g_new0 (SandboxWriter, 1);
  self->store = g_object_ref (store);
  self->columns = g_array_new (FALSE, TRUE, sizeof (Column));
  g_array_set_clear_func (self->columns, (GDestroyNotify) column_clear);
  self->branches = g_array_new (FALSE, TRUE, sizeof (Branch));
  g_array_set_clear_func (self->branches, (GDestroyNotify) branch_clear);

  for (const SandboxField *field = shape->set->fields; field->name != NULL; field++)
    {
      Column column;

      if (!is_given (shape, field, detail))
        continue;
      column.field = field;
      column.head = g_strdup_printf ("\"%s\":", field->name);
      column.head_length = strlen (column.head);
      if (self->columns->len > 0)
        g_string_append (select, ", ");
      sandbox_sql_append_field (select, "t", field);
      g_array_append_val (self->columns, column);
    }
  if (self->columns->len == 0)
    {
      Column none = { 0 };

      g_string_append (select, "NULL");
      g_array_append_val (self->columns, none);
    }
  add_branches (self, shape, select);
  g_string_append_printf (select, " FROM \"%s\" AS t WHERE t.rowid = ?", shape->set->name);
  self->by_id = g_strdup (select->str);

  return self;
}

void
sandbox_writer_free (SandboxWriter *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->written, g_hash_table_unref);
  g_array_unref (self->branches);
  g_array_unref (self->columns);
  g_free (self->by_id);
  g_free (self->by_value);
  g_object_unref (self->store);
  g_free (self);
}

static void append_branch (const Branch *branch, GString *json, gint64 value);

static void
append_row (SandboxWriter *self, GString *json, sqlite3_stmt *statement, const char *head)
{
  g_string_append_c (json, '{');
  if (head != NULL)
    g_string_append (json, head);

  for (guint i = 0; i < self->columns->len; i++)
    {
      const Column *column = &g_array_index (self->columns, Column, i);

      if (sqlite3_column_type (statement, (int) i) == SQLITE_NULL)
        continue;
      g_string_append_len (json, column->head, (gssize) column->head_length);
      append_value (json, column->field, statement, (int) i);
      g_string_append_c (json, ',');
    }

  for (guint i = 0; i < self->branches->len; i++)
    {
      const Branch *branch = &g_array_index (self->branches, Branch, i);

      if (sqlite3_column_type (statement, branch->column) != SQLITE_NULL)
        append_branch (branch, json, sqlite3_column_int64 (statement, branch->column));
    }

  if (json->str[json->len - 1] == ',')
    g_string_truncate (json, json->len - 1);
  g_string_append_c (json, '}');
}

/* Every way from one set to another goes by an integer. */
static char *
write_branch (const Branch *branch, gint64 value)
{
  SandboxWriter *writer = branch->writer;
  GString *json = g_string_new (branch->navigation->many ? "[" : NULL);
  sqlite3_stmt *statement = sandbox_store_prepare (writer->store, writer->by_value);

  sqlite3_bind_int64 (statement, 1, value);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      append_row (writer, json, statement, NULL);
      if (!branch->navigation->many)
        break;
      g_string_append_c (json, ',');
    }
  sandbox_store_done (statement);

  if (branch->navigation->many)
    {
      if (json->str[json->len - 1] == ',')
        g_string_truncate (json, json->len - 1);
      g_string_append_c (json, ']');
    }

  return g_string_free (json, FALSE);
}

static void
append_branch (const Branch *branch, GString *json, gint64 value)
{
  const char *text = g_hash_table_lookup (branch->writer->written, &value);

  if (text == NULL)
    {
      char *made = write_branch (branch, value);

      g_hash_table_insert (branch->writer->written, g_memdup2 (&value, sizeof value), made);
      text = made;
    }
  /* A link to what is gone. */
  if (*text == '\0')
    return;

  g_string_append_printf (json, "\"%s\":", branch->navigation->name);
  g_string_append (json, text);
  g_string_append_c (json, ',');
}

gboolean
sandbox_writer_write (SandboxWriter *self, GString *json, gint64 id, const char *head)
{
  sqlite3_stmt *statement;
  gboolean found;

  g_return_val_if_fail (self != NULL && json != NULL, FALSE);

  statement = sandbox_store_prepare (self->store, self->by_id);
  sqlite3_bind_int64 (statement, 1, id);
  found = sqlite3_step (statement) == SQLITE_ROW;
  if (found)
    append_row (self, json, statement, head);
  sandbox_store_done (statement);

  return found;
}
