/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-schema.h"

#include "sandbox-blob.h"
#include "sandbox-folder-tree.h"
#include "sandbox-job.h"
#include "sandbox-sets.h"
#include "sandbox-share.h"
#include "sandbox-statement.h"

gboolean
sandbox_schema_has_rowid_key (const SandboxEntitySet *set)
{
  const SandboxField *key;

  g_return_val_if_fail (set != NULL, FALSE);

  key = sandbox_entity_set_find_field (set, set->key);
  g_return_val_if_fail (key != NULL, FALSE);

  return key->type == SANDBOX_FIELD_INT32 || key->type == SANDBOX_FIELD_INT64;
}

gboolean
sandbox_schema_has_folder (const SandboxEntitySet *set)
{
  g_return_val_if_fail (set != NULL, FALSE);

  return set->scope != SANDBOX_SCOPE_TENANT;
}

static const char *
get_column_type (SandboxFieldType type)
{
  switch (type)
    {
    case SANDBOX_FIELD_INT32:
    case SANDBOX_FIELD_INT64:
    case SANDBOX_FIELD_BOOL:
    case SANDBOX_FIELD_TIME:
    case SANDBOX_FIELD_ENUM:
      return "INTEGER";
    case SANDBOX_FIELD_DOUBLE:
      return "REAL";
    case SANDBOX_FIELD_STRING:
      /* The service compares and sorts text as its SQL Server does, without regard to case. */
      return "TEXT COLLATE NOCASE";
    case SANDBOX_FIELD_GUID:
    case SANDBOX_FIELD_JSON:
      return "TEXT";
    default:
      g_assert_not_reached ();
    }
}

static void
append_column (GString *sql, const SandboxEntitySet *set, const SandboxField *field)
{
  g_string_append_printf (sql, "\"%s\" %s", field->name, get_column_type (field->type));

  if (g_str_equal (field->name, set->key) && sandbox_schema_has_rowid_key (set))
    g_string_append (sql, " PRIMARY KEY AUTOINCREMENT");
  else if (field->flags & SANDBOX_FIELD_NOT_NULL)
    g_string_append (sql, " NOT NULL");
}

/* What every table has besides its fields. Returns: (transfer container). */
static GPtrArray *
get_own_columns (const SandboxEntitySet *set)
{
  GPtrArray *columns = g_ptr_array_new ();

  if (sandbox_entity_set_find_field (set, "TenantId") == NULL)
    g_ptr_array_add (columns, (gpointer) "TenantId");
  if (sandbox_schema_has_folder (set) &&
      sandbox_entity_set_find_field (set, "OrganizationUnitId") == NULL)
    g_ptr_array_add (columns, (gpointer) "OrganizationUnitId");

  return columns;
}

static void
create_table (SandboxStore *store, const SandboxEntitySet *set)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (GPtrArray) own = get_own_columns (set);
  const char *separator = "";

  g_string_append_printf (sql, "CREATE TABLE IF NOT EXISTS \"%s\" (", set->name);
  for (const SandboxField *field = set->fields; field->name != NULL; field++)
    {
      if (field->sql != NULL)
        continue;
      g_string_append (sql, separator);
      append_column (sql, set, field);
      separator = ", ";
    }
  for (guint i = 0; i < own->len; i++)
    g_string_append_printf (sql, ", \"%s\" INTEGER NOT NULL", (const char *) own->pdata[i]);
  if (!sandbox_schema_has_rowid_key (set) && !set->in_feeds)
    g_string_append_printf (sql, ", UNIQUE (\"TenantId\", \"%s\")", set->key);
  g_string_append (sql, ")");
  if (set->in_feeds)
    /* Which SQLite would not keep unique where the feed is null. */
    g_string_append_printf (
        sql, "; CREATE INDEX IF NOT EXISTS \"%sByKey\" ON \"%s\" (\"TenantId\", \"%s\")", set->name,
        set->name, set->key);

  sandbox_store_exec (store, sql->str);
}

static void
create_view (SandboxStore *store, const SandboxEntitySet *set)
{
  g_autofree char *sql
      = g_strdup_printf ("CREATE TEMP VIEW \"%s\" AS %s", set->name, set->query);

  sandbox_store_exec (store, sql);
}

static GHashTable *
get_columns (SandboxStore *store, const char *table)
{
  GHashTable *columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sqlite3_stmt *statement = sandbox_store_prepare (store, "SELECT name FROM pragma_table_info (?)");

  sqlite3_bind_text (statement, 1, table, -1, SQLITE_STATIC);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_hash_table_add (columns, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
  sandbox_store_done (statement);

  return columns;
}

static void
add_missing_columns (SandboxStore *store, const SandboxEntitySet *set)
{
  g_autoptr (GHashTable) columns = get_columns (store, set->name);

  for (const SandboxField *field = set->fields; field->name != NULL; field++)
    {
      g_autofree char *sql = NULL;

      if (field->sql != NULL || g_hash_table_contains (columns, field->name))
        continue;

      sql = g_strdup_printf ("ALTER TABLE \"%s\" ADD COLUMN \"%s\" %s", set->name, field->name,
                             get_column_type (field->type));
      sandbox_store_exec (store, sql);
    }
}

/* A table of older files has each key once, whatever its feed: its rows go to a new one, and keep
 * their ids, by which their files are found. A process is then made of the package of its feed. */
static void
let_into_feeds (SandboxStore *store, const SandboxEntitySet *set)
{
  g_autofree char *unique
      = g_strdup_printf ("SELECT 1 FROM pragma_index_list ('%s') WHERE origin = 'u'", set->name);
  g_autofree char *take_out = g_strdup_printf ("CREATE TEMP TABLE \"BeforeFeeds\" AS SELECT rowid "
                                               "AS \"RowId\", * FROM \"%s\"; DROP TABLE \"%s\"",
                                               set->name, set->name);
  g_autofree char *put_in = NULL;
  g_autoptr (GString) columns = g_string_new (NULL);
  g_autoptr (GHashTable) known = NULL;
  g_autoptr (GHashTable) wanted = NULL;
  GHashTableIter iter;
  gpointer column;

  if (sandbox_statement_ask (store, unique, "") == 0)
    return;

  sandbox_store_begin (store);
  sandbox_store_exec (store, take_out);
  create_table (store, set);
  known = get_columns (store, "BeforeFeeds");
  wanted = get_columns (store, set->name);
  g_hash_table_iter_init (&iter, known);
  while (g_hash_table_iter_next (&iter, &column, NULL))
    if (g_hash_table_contains (wanted, column))
      g_string_append_printf (columns, ", \"%s\"", (const char *)column);
  put_in = g_strdup_printf ("INSERT INTO \"%s\" (rowid%s) SELECT \"RowId\"%s FROM \"BeforeFeeds\"; "
                            "DROP TABLE \"BeforeFeeds\"",
                            set->name, columns->str, columns->str);
  sandbox_store_exec (store, put_in);
  if (set == &sandbox_set_processes)
    sandbox_store_exec (
        store,
        "UPDATE \"Releases\" AS r SET \"FeedId\" = (SELECT p.\"FeedId\" FROM \"Processes\" p "
        "WHERE p.\"TenantId\" = r.\"TenantId\" AND p.\"Id\" = r.\"ProcessKey\" AND "
        "p.\"Version\" = r.\"ProcessVersion\")");
  sandbox_store_commit (store);
}

void
sandbox_schema_prepare (SandboxStore *store)
{
  const SandboxEntitySet *const *sets = sandbox_entity_sets ();
  gboolean is_new;

  g_return_if_fail (SANDBOX_IS_STORE (store));

  sandbox_runtime_prepare (store);
  is_new = sandbox_store_is_new (store);
  for (gsize i = 0; sets[i] != NULL; i++)
    {
      if (sets[i]->query != NULL)
        {
          create_view (store, sets[i]);
          continue;
        }
      if (!is_new && sets[i]->in_feeds)
        let_into_feeds (store, sets[i]);
      create_table (store, sets[i]);
      if (!is_new)
        add_missing_columns (store, sets[i]);
    }

  sandbox_store_exec (
      store,
      "CREATE TABLE IF NOT EXISTS \"UserFolders\" ("
      "\"TenantId\" INTEGER NOT NULL, \"UserId\" INTEGER NOT NULL, \"FolderId\" INTEGER NOT NULL, "
      "PRIMARY KEY (\"UserId\", \"FolderId\")) WITHOUT ROWID");
  sandbox_share_prepare (store);
  sandbox_folder_tree_prepare (store);
  /* The user 0 is an application that acts by itself (sandbox-permission.h). */
  sandbox_store_exec (store,
                      "CREATE VIEW IF NOT EXISTS \"SeenFolders\" AS SELECT \"UserId\", "
                      "\"FolderId\" FROM \"UserFolders\" UNION ALL SELECT 0, \"Id\" FROM "
                      "\"Folders\" WHERE NOT ifnull (\"IsPersonal\", 0)");
  sandbox_blob_prepare (store);
  /* The few that take a runtime among a million that do not (sandbox-runtime.c). */
  sandbox_store_exec (store,
                      "CREATE INDEX IF NOT EXISTS \"JobsWithRuntime\" ON \"Jobs\" (\"TenantId\") "
                      "WHERE \"State\" " SANDBOX_JOB_TAKES_RUNTIME);
  /* And what queue triggers count (sandbox-trigger.c). */
  sandbox_store_exec (store,
                      "CREATE INDEX IF NOT EXISTS \"JobsNotEnded\" ON \"Jobs\" (\"TenantId\", "
                      "\"StartingScheduleId\") WHERE \"State\" " SANDBOX_JOB_IS_UNDER_WAY);
  if (!is_new)
    /* What older files have in the place of those two. */
    sandbox_store_exec (store, "DROP INDEX IF EXISTS \"JobsThatRun\"; "
                               "DROP INDEX IF EXISTS \"JobsUnderWay\"");
  sandbox_store_exec (store, "CREATE INDEX IF NOT EXISTS \"QueueItemsNew\" ON \"QueueItems\" "
                             "(\"QueueDefinitionId\") WHERE \"Status\" = 0");
}

/* Keys are the same across tenants and folders, and what an internal set is found by is one. */
static gboolean
is_global (const SandboxEntitySet *set, const SandboxField *field)
{
  return set->internal || field->type == SANDBOX_FIELD_GUID;
}

/* What follows the field in its index: rows of one state come in the order of their time, and a
 * list over several folders need not look at the rows that it passes over. The key goes before the
 * folder, since it ends every order. */
static char *
get_tail (const SandboxEntitySet *set, const SandboxField *field, gboolean with_folder)
{
  gboolean with_time = set->recent != NULL && field->type != SANDBOX_FIELD_TIME;

  return g_strdup_printf ("%s%s%s%s%s%s", with_time ? ", \"" : "", with_time ? set->recent : "",
                          with_time ? "\"" : "", with_folder ? ", \"" : "",
                          with_folder ? set->key : "",
                          with_folder ? "\", \"OrganizationUnitId\"" : "");
}

static void
create_index (SandboxStore *store,
              const SandboxEntitySet *set,
              const char *scope,
              const char *columns,
              const SandboxField *field,
              gboolean with_folder)
{
  g_autofree char *tail = get_tail (set, field, with_folder);
  g_autofree char *sql =
      g_strdup_printf ("CREATE INDEX IF NOT EXISTS \"%s%s%s\" ON \"%s\" (%s\"%s\"%s)", set->name,
                       scope, field->name, set->name, columns, field->name, tail);

  sandbox_store_try (store, sql);
}

static void
make_index (SandboxStore *store, const SandboxEntitySet *set, const SandboxField *field)
{
  if (is_global (set, field))
    {
      create_index (store, set, "By", "", field, FALSE);
      return;
    }

  if (sandbox_schema_has_folder (set))
    create_index (store, set, "InFolderBy", "\"TenantId\", \"OrganizationUnitId\", ", field, FALSE);
  if (set->scope != SANDBOX_SCOPE_FOLDER)
    create_index (store, set, "InTenantBy", "\"TenantId\", ", field,
                  sandbox_schema_has_folder (set));
}

static gboolean
can_index (const SandboxEntitySet *set, const SandboxField *field)
{
  /* The rowid is at the end of every index: what goes by the key needs one of the columns before it
   * alone. */
  return field->sql == NULL && (field->flags & SANDBOX_FIELD_INDEXED) != 0;
}

static void
make_key_index (SandboxStore *store, const SandboxEntitySet *set)
{
  g_autofree char *sql = NULL;

  if (!sandbox_schema_has_folder (set))
    return;

  sql = g_strdup_printf (
      "CREATE INDEX IF NOT EXISTS \"%sInFolder\" ON \"%s\" (\"TenantId\", \"OrganizationUnitId\")",
      set->name, set->name);
  sandbox_store_try (store, sql);
}

static void
make_tenant_index (SandboxStore *store, const SandboxEntitySet *set)
{
  g_autofree char *sql = NULL;

  if (set->scope != SANDBOX_SCOPE_CROSS_FOLDER)
    return;

  sql = g_strdup_printf ("CREATE INDEX IF NOT EXISTS \"%sInTenant\" ON \"%s\" (\"TenantId\")",
                         set->name, set->name);
  sandbox_store_try (store, sql);
}

void
sandbox_schema_want_index (SandboxStore *store,
                           const SandboxEntitySet *set,
                           const SandboxField *field)
{
  static const char key[] = "sandbox-schema-wanted";
  GHashTable *wanted;

  g_return_if_fail (SANDBOX_IS_STORE (store));
  g_return_if_fail (set != NULL && field != NULL);

  if (set->query != NULL)
    return;

  wanted = g_object_get_data (G_OBJECT (store), key);
  if (wanted == NULL)
    {
      wanted = g_hash_table_new (NULL, NULL);
      /* What is put in its place may have others. */
      g_signal_connect_swapped (store, "restored", G_CALLBACK (g_hash_table_remove_all), wanted);
      g_object_set_data_full (G_OBJECT (store), key, wanted, (GDestroyNotify) g_hash_table_unref);
    }
  if (!g_hash_table_add (wanted, (gpointer) field))
    return;

  if (g_str_equal (field->name, set->key))
    {
      make_key_index (store, set);
      make_tenant_index (store, set);
    }
  else if (can_index (set, field))
    {
      make_index (store, set, field);
    }
}
