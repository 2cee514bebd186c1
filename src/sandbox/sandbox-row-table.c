/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-row.h"

/* A virtual table whose rows a function makes one after the other, so that a single INSERT … SELECT
 * writes them all. */

#define MODULE "sandbox_rows"

typedef struct
{
  SandboxRowNext next;
  gpointer user_data;
  const SandboxValue *row; /* (unowned) (nullable): the one that the cursor stands on */
} Source;

typedef struct
{
  sqlite3_vtab parent;
  Source *source; /* (unowned) */
} Table;

static int
table_connect (sqlite3 *database,
               void *source,
               int n,
               const char *const *arguments,
               sqlite3_vtab **out,
               char **error)
{
  g_autoptr (GString) sql = g_string_new ("CREATE TABLE x (c0");
  Table *table;

  for (int i = 1; i < SANDBOX_ROW_MAX_COLUMNS; i++)
    g_string_append_printf (sql, ", c%d", i);
  g_string_append_c (sql, ')');

  table = sqlite3_malloc (sizeof *table);
  *table = (Table){ .source = source };
  *out = &table->parent;

  return sqlite3_declare_vtab (database, sql->str);
}

static int
table_disconnect (sqlite3_vtab *table)
{
  sqlite3_free (table);

  return SQLITE_OK;
}

static int
table_best_index (sqlite3_vtab *table, sqlite3_index_info *info)
{
  return SQLITE_OK;
}

static int
cursor_open (sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
  *out = sqlite3_malloc (sizeof **out);
  **out = (sqlite3_vtab_cursor){ 0 };

  return SQLITE_OK;
}

static int
cursor_close (sqlite3_vtab_cursor *cursor)
{
  sqlite3_free (cursor);

  return SQLITE_OK;
}

static Source *
get_source (sqlite3_vtab_cursor *cursor)
{
  return ((Table *)cursor->pVtab)->source;
}

/* The first row was asked for already, for the names of its columns. */
static int
cursor_filter (
    sqlite3_vtab_cursor *cursor, int number, const char *text, int n, sqlite3_value **values)
{
  return SQLITE_OK;
}

static int
cursor_next (sqlite3_vtab_cursor *cursor)
{
  Source *source = get_source (cursor);

  source->row = source->next (source->user_data);

  return SQLITE_OK;
}

static int
cursor_eof (sqlite3_vtab_cursor *cursor)
{
  return get_source (cursor)->row == NULL;
}

static int
cursor_column (sqlite3_vtab_cursor *cursor, sqlite3_context *context, int position)
{
  const SandboxValue *value = &get_source (cursor)->row[position];

  if (value->kind == SANDBOX_VALUE_INT)
    sqlite3_result_int64 (context, value->number);
  else if (value->kind == SANDBOX_VALUE_TEXT && value->text != NULL)
    sqlite3_result_text (context, value->text, -1, SQLITE_STATIC);

  return SQLITE_OK;
}

static int
cursor_rowid (sqlite3_vtab_cursor *cursor, sqlite3_int64 *id)
{
  *id = 0;

  return SQLITE_OK;
}

static const sqlite3_module module = {
  .xConnect = table_connect,
  .xBestIndex = table_best_index,
  .xDisconnect = table_disconnect,
  .xOpen = cursor_open,
  .xClose = cursor_close,
  .xFilter = cursor_filter,
  .xNext = cursor_next,
  .xEof = cursor_eof,
  .xColumn = cursor_column,
  .xRowid = cursor_rowid,
};

/* Returns: (transfer none): what the table of @store reads. A module that is made anew costs more
 * than a few rows do. */
static Source *
get_source_of (SandboxStore *store)
{
  Source *source = g_object_get_data (G_OBJECT (store), MODULE);

  if (source == NULL)
    {
      source = g_new0 (Source, 1);
      /* It goes when the database is closed. */
      sqlite3_create_module_v2 (sandbox_store_get_database (store), MODULE, &module, source,
                                g_free);
      g_object_set_data (G_OBJECT (store), MODULE, source);
    }

  return source;
}

void
sandbox_row_insert_all (SandboxStore *store,
                        const char *set,
                        SandboxRowNext next,
                        gpointer user_data)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (GString) columns = g_string_new (NULL);
  Source *source = get_source_of (store);
  sqlite3 *database = sandbox_store_get_database (store);

  *source = (Source){ next, user_data, next (user_data) };
  if (source->row == NULL)
    return;

  g_string_append_printf (sql, "INSERT INTO \"%s\" (", set);
  for (int i = 0; source->row[i].column != NULL; i++)
    {
      g_return_if_fail (i < SANDBOX_ROW_MAX_COLUMNS);
      g_string_append_printf (sql, "%s\"%s\"", i > 0 ? ", " : "", source->row[i].column);
      g_string_append_printf (columns, "%sc%d", i > 0 ? ", " : "", i);
    }
  g_string_append_printf (sql, ") SELECT %s FROM " MODULE, columns->str);

  if (sqlite3_exec (database, sql->str, NULL, NULL, NULL) != SQLITE_OK)
    g_critical ("Cannot write rows of %s: %s", set, sqlite3_errmsg (database));
}
