/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "sandbox-odata-query.h"
#include "sandbox-store.h"
#include "sandbox-writer.h"

/* Whatever the options say, the SQL made of them must be SQL: a line each, "$filter=…". */
static GHashTable *
read_options (char **lines)
{
  GHashTable *options = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *equals = strchr (lines[i], '=');

      if (equals == NULL)
        continue;
      *equals = '\0';
      g_hash_table_insert (options, lines[i], equals + 1);
    }

  return options;
}

static void
run (SandboxStore *store, SandboxQuery *query, SandboxSql *sql)
{
  g_autofree char *page = sandbox_sql_make_page (sql, query->skip % 2 == 1);
  g_autoptr (SandboxWriter) writer = sandbox_writer_new (store, query->shape, FALSE);
  g_autoptr (GString) json = g_string_new (NULL);
  sqlite3_stmt *statement = sandbox_store_prepare (store, page);
  int n;

  g_assert_nonnull (statement);
  n = sandbox_sql_bind (sql, statement);
  g_assert_cmpint (n + 1, ==, sqlite3_bind_parameter_count (statement));
  sqlite3_bind_int (statement, n, 10);
  sqlite3_bind_int (statement, n + 1, 0);
  while ((n = sqlite3_step (statement)) == SQLITE_ROW)
    sandbox_writer_write (writer, json, sqlite3_column_int64 (statement, 0), NULL);
  g_assert_cmpint (n, ==, SQLITE_DONE);
  sandbox_store_done (statement);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static SandboxStore *store;
  const SandboxEntitySet *set = sandbox_entity_set_find ("Sessions");
  g_autofree char *text = fuzz_text (data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GHashTable) options = read_options (lines);
  g_autoptr (GError) error = NULL;
  g_autoptr (SandboxSql) sql = sandbox_sql_new (set);
  g_autoptr (SandboxQuery) query = NULL;

  if (store == NULL)
    {
      store = sandbox_store_new (NULL, NULL);
      sandbox_store_exec (store,
                          "INSERT INTO \"Sessions\" (\"TenantId\", \"OrganizationUnitId\","
                          " \"State\", \"HostMachineName\", \"RobotId\") VALUES (1, 1, 1, 'h', 1);"
                          "INSERT INTO \"Robots\" (\"Id\", \"TenantId\", \"Name\", \"UserId\")"
                          " VALUES (1, 1, 'r', 1)");
    }

  query = sandbox_query_parse (set, options, FALSE, &error);
  if (query != NULL && sandbox_query_apply (query, sql, &error))
    run (store, query, sql);
  else
    g_assert_nonnull (error);

  return 0;
}
