/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "sandbox-count.h"
#include "sandbox-page.h"
#include "sandbox-odata-query.h"
#include "sandbox-schema.h"
#include "sandbox-store.h"

typedef struct
{
  char *folder; /* (owned) */
  char *file;   /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("sandbox store XXXXXX", &error);
  g_assert_no_error (error);
  fixture->file = g_build_filename (fixture->folder, "the store.db", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  static const char *const tails[] = { "", "-wal", "-shm" };

  for (gsize i = 0; i < G_N_ELEMENTS (tails); i++)
    {
      g_autofree char *file = g_strconcat (fixture->file, tails[i], NULL);

      g_unlink (file);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->file);
  g_free (fixture->folder);
}

static SandboxStore *
open_store (const char *file)
{
  g_autoptr (GError) error = NULL;
  SandboxStore *store = sandbox_store_new (file, &error);

  g_assert_no_error (error);
  g_assert_nonnull (store);

  return store;
}

static gint64
ask (SandboxStore *store, const char *sql)
{
  sqlite3_stmt *statement = sandbox_store_prepare (store, sql);
  gint64 number;

  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  number = sqlite3_column_int64 (statement, 0);
  sandbox_store_done (statement);

  return number;
}

static void
add_role (SandboxStore *store, const char *name)
{
  sqlite3_stmt *statement = sandbox_store_prepare (
      store, "INSERT INTO \"Roles\" (\"TenantId\", \"Name\") VALUES (1, ?)");

  sqlite3_bind_text (statement, 1, name, -1, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
  sandbox_store_done (statement);
}

static void
test_every_set (void)
{
  g_autoptr (SandboxStore) store = open_store (NULL);
  const SandboxEntitySet *const *sets = sandbox_entity_sets ();

  g_assert_true (sandbox_store_is_new (store));

  for (gsize i = 0; sets[i] != NULL; i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "SELECT count(*) FROM \"%s\" WHERE \"TenantId\" = 1%s", sets[i]->name,
          sandbox_schema_has_folder (sets[i]) ? " AND \"OrganizationUnitId\" = 1" : "");
      const SandboxNavigation *navigation = sets[i]->navigations;

      g_assert_cmpint (ask (store, sql), ==, 0);
      g_assert_nonnull (sandbox_entity_set_find_field (sets[i], sets[i]->key));
      g_assert_true (sets[i]->internal || sets[i]->permission != NULL);
      for (const SandboxField *field = sets[i]->fields; field->name != NULL; field++)
        {
          g_assert_cmpint (field->type == SANDBOX_FIELD_ENUM, ==, field->names != NULL);
          sandbox_schema_want_index (store, sets[i], field);
        }
      for (; navigation != NULL && navigation->name != NULL; navigation++)
        {
          const SandboxEntitySet *other = sandbox_entity_set_find (navigation->set);

          g_assert_nonnull (other);
          g_assert_nonnull (sandbox_entity_set_find_field (sets[i], navigation->column));
          g_assert_nonnull (sandbox_entity_set_find_field (other, navigation->key));
        }
    }
}

static void
test_transactions (void)
{
  g_autoptr (SandboxStore) store = open_store (NULL);
  guint64 before = sandbox_store_get_generation (store);
  guint64 rows = sandbox_store_get_table_generation (store, "Roles", TRUE);

  sandbox_store_begin (store);
  add_role (store, "one");
  sandbox_store_begin (store);
  add_role (store, "two");
  sandbox_store_rollback (store);
  sandbox_store_begin (store);
  add_role (store, "three");
  sandbox_store_commit (store);
  sandbox_store_commit (store);
  g_assert_cmpint (ask (store, "SELECT count(*) FROM \"Roles\""), ==, 2);
  g_assert_cmpint (ask (store, "SELECT count(*) FROM \"Roles\" WHERE \"Name\" = 'TWO'"), ==, 0);
  g_assert_cmpint (ask (store, "SELECT count(*) FROM \"Roles\" WHERE \"Name\" = 'THREE'"), ==, 1);

  sandbox_store_begin (store);
  sandbox_store_begin (store);
  add_role (store, "four");
  sandbox_store_commit (store);
  sandbox_store_rollback (store);
  g_assert_cmpint (ask (store, "SELECT count(*) FROM \"Roles\""), ==, 2);

  g_assert_cmpuint (sandbox_store_get_generation (store), >, before);
  g_assert_cmpuint (sandbox_store_get_table_generation (store, "Roles", TRUE), >, rows);
  rows = sandbox_store_get_table_generation (store, "Roles", TRUE);
  sandbox_store_exec (store, "UPDATE \"Roles\" SET \"Groups\" = 'x'");
  g_assert_cmpuint (sandbox_store_get_table_generation (store, "Roles", TRUE), ==, rows);
  g_assert_cmpuint (sandbox_store_get_table_generation (store, "Roles", FALSE), >, rows);
}

static void
test_ids_never_come_back (void)
{
  g_autoptr (SandboxStore) store = open_store (NULL);
  gint64 last;

  add_role (store, "one");
  last = sandbox_store_last_id (store);
  sandbox_store_exec (store, "DELETE FROM \"Roles\"");
  g_assert_cmpint (sandbox_store_changes (store), ==, 1);
  add_role (store, "two");
  g_assert_cmpint (sandbox_store_last_id (store), >, last);
}

static void
test_many_statements (void)
{
  g_autoptr (SandboxStore) store = open_store (NULL);
  sqlite3_stmt *held = sandbox_store_prepare (store, "SELECT 1 UNION ALL SELECT 2");

  g_assert_cmpint (sqlite3_step (held), ==, SQLITE_ROW);
  for (int i = 0; i < 3000; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT %d", i);

      g_assert_cmpint (ask (store, sql), ==, i);
    }
  /* What runs is not taken away. */
  g_assert_cmpint (sqlite3_step (held), ==, SQLITE_ROW);
  g_assert_cmpint (sqlite3_column_int (held, 0), ==, 2);
  sandbox_store_done (held);
}

static void
test_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SandboxStore) store = open_store (fixture->file);

  g_assert_true (sandbox_store_is_new (store));
  g_clear_object (&store);

  /* Opened and closed without its seed, it still wants one. */
  store = open_store (fixture->file);
  g_assert_true (sandbox_store_is_new (store));
  sandbox_store_begin (store);
  add_role (store, "lost");
  sandbox_store_set_seeded (store);
  sandbox_store_rollback (store);
  g_clear_object (&store);

  store = open_store (fixture->file);
  g_assert_true (sandbox_store_is_new (store));
  g_assert_cmpint (ask (store, "SELECT count(*) FROM \"Roles\""), ==, 0);
  sandbox_store_begin (store);
  add_role (store, "kept");
  sandbox_store_set_seeded (store);
  sandbox_store_commit (store);
  g_clear_object (&store);

  store = open_store (fixture->file);
  g_assert_false (sandbox_store_is_new (store));
  g_assert_cmpint (ask (store, "SELECT count(*) FROM \"Roles\" WHERE \"Name\" = 'kept'"), ==, 1);
}

static void
test_migration (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SandboxStore) store = open_store (fixture->file);

  sandbox_store_set_seeded (store);
  add_role (store, "kept");
  sandbox_store_exec (store, "ALTER TABLE \"Roles\" DROP COLUMN \"Groups\"");
  sandbox_store_exec (store, "DROP TABLE \"RobotLogs\"");
  g_clear_object (&store);

  store = open_store (fixture->file);
  g_assert_cmpint (
      ask (store, "SELECT count(*) FROM \"Roles\" WHERE \"Name\" = 'kept' AND \"Groups\" IS NULL"),
      ==, 1);
  g_assert_cmpint (ask (store, "SELECT count(*) FROM \"RobotLogs\""), ==, 0);
}

/* Each package was there once, before the feeds had theirs. */
static void
test_migration_of_feeds (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SandboxStore) store = open_store (fixture->file);

  sandbox_store_set_seeded (store);
  sandbox_store_exec (
      store,
      "DROP TABLE \"Processes\"; CREATE TABLE \"Processes\" (\"Id\" TEXT, \"Key\" TEXT, "
      "\"Version\" "
      "TEXT, \"FeedId\" TEXT, \"Gone\" TEXT, \"TenantId\" INTEGER, UNIQUE (\"TenantId\", "
      "\"Key\")); "
      "INSERT INTO \"Processes\" (rowid, \"Id\", \"Key\", \"Version\", \"FeedId\", \"TenantId\") "
      "VALUES (7, 'A', 'A:1', '1', NULL, 1), (9, 'B', 'B:1', '1', 'feed', 1); "
      "INSERT INTO \"Releases\" (\"Id\", \"Key\", \"ProcessKey\", \"ProcessVersion\", \"Name\", "
      "\"TenantId\", \"OrganizationUnitId\") VALUES (1, 'a', 'A', '1', 'A', 1, 1), (2, 'b', 'B', "
      "'1', "
      "'B', 1, 1); INSERT INTO \"Blobs\" (\"SetName\", \"OwnerId\", \"Path\", \"Modified\", "
      "\"Size\", "
      "\"Content\") VALUES ('Processes', 9, '', 0, 1, 'x')");
  g_clear_object (&store);

  for (guint life = 0; life < 2; life++)
    {
      store = open_store (fixture->file);
      g_assert_cmpint (ask (store, "SELECT rowid FROM \"Processes\" WHERE \"Key\" = 'B:1' AND "
                                   "\"FeedId\" = 'feed' AND \"Title\" IS NULL"),
                       ==, 9);
      g_assert_cmpint (ask (store, "SELECT count (*) FROM \"Processes\""), ==, 2 + life);
      g_assert_cmpint (ask (store, "SELECT count (*) FROM \"Blobs\" WHERE \"OwnerId\" = 9"), ==, 1);
      g_assert_cmpint (ask (store, "SELECT \"FeedId\" = 'feed' FROM \"Releases\" WHERE \"Id\" = 2"),
                       ==, 1);
      g_assert_cmpint (ask (store, "SELECT \"FeedId\" IS NULL FROM \"Releases\" WHERE \"Id\" = 1"),
                       ==, 1);
      if (life == 0)
        sandbox_store_exec (
            store, "INSERT INTO \"Processes\" (\"Id\", \"Key\", \"Version\", \"TenantId\") "
                   "VALUES ('B', 'B:1', '1', 1)");
      else
        {
          /* A file goes with its package still. */
          sandbox_store_exec (store, "DELETE FROM \"Processes\" WHERE rowid = 9");
          g_assert_cmpint (ask (store, "SELECT count (*) FROM \"Blobs\" WHERE \"OwnerId\" = 9"), ==,
                           0);
        }
      g_clear_object (&store);
    }
}

static void
assert_refused (const char *file, SandboxStoreErrorCode code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SandboxStore) store = sandbox_store_new (file, &error);

  g_assert_null (store);
  g_assert_error (error, SANDBOX_STORE_ERROR, (int)code);
  g_test_message ("%s", error->message);
}

static void
test_in_use (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SandboxStore) store = open_store (fixture->file);

  assert_refused (fixture->file, SANDBOX_STORE_ERROR_IN_USE);
}

static void
test_foreign (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  sqlite3 *database = NULL;

  g_assert_true (g_file_set_contents (
      fixture->file, "This is no database, but a letter to my aunt.\n", -1, &error));
  g_assert_no_error (error);
  assert_refused (fixture->file, SANDBOX_STORE_ERROR_FOREIGN);
  g_unlink (fixture->file);

  g_assert_cmpint (sqlite3_open (fixture->file, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, "CREATE TABLE aunts (name)", NULL, NULL, NULL), ==,
                   SQLITE_OK);
  sqlite3_close (database);
  assert_refused (fixture->file, SANDBOX_STORE_ERROR_FOREIGN);
  g_unlink (fixture->file);

  assert_refused (fixture->folder, SANDBOX_STORE_ERROR_FAILED);
}

static void
test_too_new (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SandboxStore) store = open_store (fixture->file);

  sandbox_store_exec (store, "PRAGMA user_version = 1000");
  g_clear_object (&store);
  assert_refused (fixture->file, SANDBOX_STORE_ERROR_TOO_NEW);
}

static SandboxSql *
make_question (const char *filter, const char *orderby)
{
  const SandboxEntitySet *jobs = sandbox_entity_set_find ("Jobs");
  SandboxSql *sql = sandbox_sql_new (jobs);
  g_autoptr (GHashTable) options = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (SandboxQuery) query = NULL;
  g_autoptr (GError) error = NULL;

  sandbox_sql_add_condition (sql, "t.\"TenantId\" = ?", 1, G_GINT64_CONSTANT (1));
  if (filter != NULL)
    g_hash_table_insert (options, (gpointer) "$filter", (gpointer)filter);
  g_hash_table_insert (options, (gpointer) "$orderby", (gpointer)orderby);
  query = sandbox_query_parse (jobs, options, FALSE, &error);
  g_assert_no_error (error);
  sandbox_query_apply (query, sql, &error);
  g_assert_no_error (error);

  return sql;
}

/* A page must come out of one index without a look at the rows: else a deep one takes seconds. */
static void
test_plans (void)
{
  static const struct
  {
    const char *filter;
    const char *orderby;
    gboolean by_folder;
  } cases[] = {
    { NULL, "CreationTime desc", TRUE },
    { NULL, "CreationTime desc", FALSE },
    { NULL, "StartTime", FALSE },
    { NULL, "Id", TRUE },
    { "State eq 'Faulted'", "CreationTime desc", TRUE },
    { "State eq 'Faulted'", "CreationTime desc", FALSE },
    { "ReleaseName eq 'Invoice_Posting'", "CreationTime", FALSE },
  };
  g_autoptr (SandboxStore) store = open_store (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SandboxSql) sql = make_question (cases[i].filter, cases[i].orderby);
      g_autofree char *page = NULL;
      g_autofree char *explain = NULL;
      sqlite3_stmt *statement;

      if (cases[i].by_folder)
        sandbox_sql_add_condition (sql, "t.\"OrganizationUnitId\" = ?", 1, G_GINT64_CONSTANT (1));
      else
        sandbox_sql_add_condition (sql, "(? >> t.\"OrganizationUnitId\") & 1", 1,
                                   G_GINT64_CONSTANT (6));
      sandbox_sql_want_indexes (sql, store);
      page = sandbox_sql_make_page (sql, TRUE);
      explain = g_strconcat ("EXPLAIN QUERY PLAN ", page, NULL);
      statement = sandbox_store_prepare (store, explain);
      g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
      g_test_message ("%s", (const char *)sqlite3_column_text (statement, 3));
      g_assert_nonnull (
          strstr ((const char *)sqlite3_column_text (statement, 3), "COVERING INDEX"));
      g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
      sandbox_store_done (statement);
    }
}

static void
test_counts (void)
{
  static const char insert[] = "INSERT INTO \"Jobs\" (\"TenantId\", \"OrganizationUnitId\", "
                               "\"Key\", \"State\", \"CreationTime\") VALUES"
                               " (1, 1, 'k', 4, 1), (1, 1, 'k', 5, 2), (1, 1, 'k', 5, 3)";
  g_autoptr (SandboxStore) store = open_store (NULL);
  g_autoptr (SandboxSql) all = make_question (NULL, "Id");
  g_autoptr (SandboxSql) faulted = make_question ("State eq 'Faulted'", "Id");
  g_autoptr (SandboxSql) successful = make_question ("State eq 'Successful'", "Id");

  g_assert_cmpint (sandbox_count (store, all), ==, 0);
  sandbox_store_exec (store, insert);
  for (int i = 0; i < 2; i++)
    {
      g_assert_cmpint (sandbox_count (store, all), ==, 3);
      g_assert_cmpint (sandbox_count (store, faulted), ==, 1);
      g_assert_cmpint (sandbox_count (store, successful), ==, 2);
    }
  sandbox_store_exec (store, "UPDATE \"Jobs\" SET \"State\" = 4");
  g_assert_cmpint (sandbox_count (store, all), ==, 3);
  g_assert_cmpint (sandbox_count (store, faulted), ==, 3);
  g_assert_cmpint (sandbox_count (store, successful), ==, 0);
  sandbox_store_exec (store, "DELETE FROM \"Jobs\" WHERE \"CreationTime\" = 2");
  g_assert_cmpint (sandbox_count (store, all), ==, 2);
}

#define N_MANY 60000

/* Asserts that each page of @sql is what the whole list holds there. */
static void
assert_pages (SandboxStore *store, SandboxSql *sql, gint64 first, guint count)
{
  g_autoptr (GArray) all = sandbox_page_find (store, sql, 0, N_MANY * 2);

  g_assert_cmpuint (all->len, ==, count);
  g_assert_cmpint (g_array_index (all, gint64, 0), ==, first);
  for (gint64 skip = 0; skip < count + 10; skip += count / 7)
    {
      g_autoptr (GArray) page = sandbox_page_find (store, sql, skip, 10);

      g_assert_cmpuint (page->len, ==, (guint)CLAMP (count - skip, 0, 10));
      for (guint i = 0; i < page->len; i++)
        g_assert_cmpint (g_array_index (page, gint64, i), ==,
                         g_array_index (all, gint64, skip + i));
    }
}

/* So many rows without an index that every walk is a long one, and the order is kept. */
static void
test_long_walks (void)
{
  static const char insert[]
      = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
        "INSERT INTO \"Jobs\" (\"TenantId\", \"OrganizationUnitId\", \"Key\", \"State\", "
        "\"CreationTime\", \"Info\") SELECT 1, 1, 'k', 5, i, 'info ' || (i * 7919 % 60000) FROM n";
  g_autoptr (SandboxStore) store = open_store (NULL);
  g_autoptr (SandboxSql) sql = make_question ("contains(tolower(Info),'info')", "Info");
  g_autoptr (GArray) before = NULL;
  sqlite3_stmt *statement = sandbox_store_prepare (store, insert);
  gint64 first;

  sqlite3_bind_int (statement, 1, N_MANY);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
  sandbox_store_done (statement);

  before = sandbox_page_find (store, sql, 0, 2);
  first = g_array_index (before, gint64, 0);
  assert_pages (store, sql, first, N_MANY);

  /* Now another row is the first one. */
  sandbox_store_exec (store, "UPDATE \"Jobs\" SET \"Info\" = 'info' WHERE \"Id\" = 4711");
  assert_pages (store, sql, 4711, N_MANY);
  sandbox_store_exec (store, "DELETE FROM \"Jobs\" WHERE \"Id\" = 4711");
  assert_pages (store, sql, first, N_MANY - 1);
}

#define ADD(path, test) g_test_add ("/sandbox/store/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sandbox/store/every-set", test_every_set);
  g_test_add_func ("/sandbox/store/transactions", test_transactions);
  g_test_add_func ("/sandbox/store/ids-never-come-back", test_ids_never_come_back);
  g_test_add_func ("/sandbox/store/many-statements", test_many_statements);
  g_test_add_func ("/sandbox/store/plans", test_plans);
  g_test_add_func ("/sandbox/store/counts", test_counts);
  g_test_add_func ("/sandbox/store/long-walks", test_long_walks);
  ADD ("file", test_file);
  ADD ("migration", test_migration);
  ADD ("migration-of-feeds", test_migration_of_feeds);
  ADD ("in-use", test_in_use);
  ADD ("foreign", test_foreign);
  ADD ("too-new", test_too_new);

  return g_test_run ();
}
