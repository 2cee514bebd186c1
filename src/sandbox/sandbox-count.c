/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-count.h"

#define MAX_COUNTS 500

typedef struct
{
  gint64 count;
  guint64 generation;
} Count;

static GHashTable *
get_counts (SandboxStore *store)
{
  static const char key[] = "sandbox-counts";
  GHashTable *counts = g_object_get_data (G_OBJECT (store), key);

  if (counts == NULL)
    {
      counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_object_set_data_full (G_OBJECT (store), key, counts, (GDestroyNotify)g_hash_table_unref);
    }

  return counts;
}

static gint64
ask (SandboxStore *store, SandboxSql *sql)
{
  g_autofree char *text = sandbox_sql_make_count (sql);
  sqlite3_stmt *statement = sandbox_store_prepare (store, text);
  gint64 count = 0;

  sandbox_sql_bind (sql, statement);
  if (sqlite3_step (statement) == SQLITE_ROW)
    count = sqlite3_column_int64 (statement, 0);
  sandbox_store_done (statement);

  return count;
}

gint64
sandbox_count (SandboxStore *store, SandboxSql *sql)
{
  g_autofree char *fingerprint = NULL;
  GHashTable *counts;
  guint64 generation;
  Count *known;

  g_return_val_if_fail (SANDBOX_IS_STORE (store), 0);
  g_return_val_if_fail (sql != NULL, 0);

  counts = get_counts (store);
  fingerprint = sandbox_sql_make_fingerprint (sql);
  generation = sandbox_sql_get_generation (sql, store, FALSE);
  known = g_hash_table_lookup (counts, fingerprint);
  if (known != NULL && known->generation == generation)
    return known->count;

  if (g_hash_table_size (counts) >= MAX_COUNTS)
    g_hash_table_remove_all (counts);
  known = g_new (Count, 1);
  known->count = ask (store, sql);
  known->generation = generation;
  g_hash_table_insert (counts, g_steal_pointer (&fingerprint), known);

  return known->count;
}
