/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "sandbox-seed.h"

#define N_JOBS 3000

static SandboxStore *store;

static SandboxStore *
make (guint seed, guint jobs)
{
  const SandboxOptions options = { .seed = seed, .jobs = jobs };
  g_autoptr (GError) error = NULL;
  SandboxStore *made = sandbox_store_new (NULL, &error);

  g_assert_no_error (error);
  sandbox_seed (made, &options);

  return made;
}

static gint64
count (SandboxStore *of, const char *sql)
{
  sqlite3_stmt *statement = sandbox_store_prepare (of, sql);
  gint64 number;

  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  number = sqlite3_column_int64 (statement, 0);
  sandbox_store_done (statement);

  return number;
}

static gint64
number (const char *sql)
{
  return count (store, sql);
}

/* All texts of a column, one after the other. */
static char *
dump (SandboxStore *of, const char *sql)
{
  g_autoptr (GString) text = g_string_new (NULL);
  sqlite3_stmt *statement = sandbox_store_prepare (of, sql);

  while (sqlite3_step (statement) == SQLITE_ROW)
    for (int i = 0; i < sqlite3_column_count (statement); i++)
      g_string_append_printf (text, "%s|", (const char *) sqlite3_column_text (statement, i));
  sandbox_store_done (statement);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_same_seed (void)
{
  static const char *const queries[] = {
    "SELECT \"Id\", \"Key\", \"FullyQualifiedName\" FROM \"Folders\"",
    "SELECT \"Id\", \"Key\", \"UserName\" FROM \"Users\"",
    "SELECT \"Id\", \"Key\", \"State\", \"ReleaseName\", \"InputArguments\", \"Info\" FROM "
    "\"Jobs\"",
    "SELECT \"Id\", \"Key\", \"Status\", \"SpecificContent\" FROM \"QueueItems\"",
    "SELECT \"Id\", \"Message\", \"JobKey\" FROM \"RobotLogs\"",
  };
  g_autoptr (SandboxStore) first = NULL;
  g_autoptr (SandboxStore) second = NULL;
  g_autoptr (SandboxStore) other = make (8, 500);
  gint64 minute;

  /* The world is placed relative to the minute, which may change between the two. */
  do
    {
      minute = g_get_real_time () / G_USEC_PER_SEC / 60;
      g_clear_object (&first);
      g_clear_object (&second);
      first = make (7, 500);
      second = make (7, 500);
    }
  while (minute != g_get_real_time () / G_USEC_PER_SEC / 60);

  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *one = dump (first, queries[i]);
      g_autofree char *two = dump (second, queries[i]);
      g_autofree char *three = dump (other, queries[i]);

      g_assert_cmpstr (one, ==, two);
      g_assert_cmpstr (one, !=, three);
    }
}

static void
test_folders (void)
{
  g_assert_cmpint (number ("SELECT count (*) FROM \"Folders\" WHERE \"TenantId\" = 1"), >=, 8);
  g_assert_cmpint (
      number ("SELECT count (*) FROM \"Folders\" WHERE \"FullyQualifiedName\" = 'Shared'"), ==, 2);
  g_assert_cmpint (
      number ("SELECT count (*) FROM \"Folders\" WHERE \"FullyQualifiedName\" LIKE '%/%/%'"),
      >=,
      1);
  g_assert_cmpint (number ("SELECT count (*) FROM \"Folders\" WHERE \"IsPersonal\""), ==, 2);
  g_assert_cmpint (number ("SELECT count (*) FROM \"Folders\" f LEFT JOIN \"Folders\" p ON "
                           "p.\"Id\" = f.\"ParentId\" WHERE "
                           "f.\"ParentId\" IS NOT NULL AND f.\"FullyQualifiedName\" <> "
                           "p.\"FullyQualifiedName\" || '/' || "
                           "f.\"DisplayName\""),
                   ==,
                   0);
}

static void
test_jobs (void)
{
  gint64 faulted =
      number ("SELECT count (*) FROM \"Jobs\" WHERE \"TenantId\" = 1 AND \"State\" = 4");

  g_assert_cmpint (number ("SELECT count (*) FROM \"Jobs\" WHERE \"TenantId\" = 1"), ==, N_JOBS);
  g_assert_cmpint (number ("SELECT count (*) FROM \"Jobs\" WHERE \"TenantId\" = 2"), >, 0);
  g_assert_cmpint (faulted * 100, >, N_JOBS * 3);
  g_assert_cmpint (faulted * 100, <, N_JOBS * 9);
  g_assert_cmpint (number ("SELECT count (*) FROM \"Jobs\" j JOIN \"Folders\" f ON f.\"Id\" = "
                           "j.\"OrganizationUnitId\" WHERE "
                           "j.\"TenantId\" = 1 AND f.\"DisplayName\" = 'Shared'") *
                       2,
                   >,
                   N_JOBS);
  g_assert_cmpint (number ("SELECT count (DISTINCT \"Key\") FROM \"Jobs\""),
                   ==,
                   number ("SELECT count (*) FROM \"Jobs\""));
  /* Ids rise with the time. */
  g_assert_cmpint (number ("SELECT count (*) FROM (SELECT \"CreationTime\" - lag "
                           "(\"CreationTime\") OVER (ORDER BY \"Id\") AS d "
                           "FROM \"Jobs\" WHERE \"TenantId\" = 1) WHERE d < 0"),
                   <=,
                   1);
  g_assert_cmpint (
      number (
          "SELECT count (*) FROM \"Jobs\" WHERE \"StartTime\" < \"CreationTime\" OR \"EndTime\" < "
          "\"StartTime\" OR (\"State\" IN (4, 5, 6)) <> (\"EndTime\" IS NOT NULL) OR (\"State\" = "
          "0) <> "
          "(\"StartTime\" IS NULL) OR (\"State\" = 4 AND \"Info\" NOT LIKE '%   at %')"),
      ==,
      0);
  g_assert_cmpint (number ("SELECT count (*) FROM \"Jobs\" j LEFT JOIN \"Releases\" r ON r.\"Id\" "
                           "= j.\"ReleaseId\" AND "
                           "r.\"OrganizationUnitId\" = j.\"OrganizationUnitId\" AND r.\"TenantId\" "
                           "= j.\"TenantId\" WHERE "
                           "r.\"Id\" IS NULL"),
                   ==,
                   0);
}

static void
test_times (void)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT (SELECT count (*) FROM \"Jobs\" WHERE max (\"CreationTime\", coalesce (\"EndTime\", "
      "0)) > %1$" G_GINT64_FORMAT
      ") + (SELECT count (*) FROM \"QueueItems\" WHERE \"CreationTime\" > %1$" G_GINT64_FORMAT
      ") + (SELECT count (*) FROM \"RobotLogs\" WHERE \"TimeStamp\" > %1$" G_GINT64_FORMAT ")",
      g_get_real_time ());
  g_autofree char *old =
      g_strdup_printf ("SELECT count (*) FROM \"Jobs\" WHERE \"CreationTime\" < %" G_GINT64_FORMAT,
                       g_get_real_time () - G_GINT64_CONSTANT (31) * 24 * 3600 * G_USEC_PER_SEC);
  g_autofree char *next =
      g_strdup_printf ("SELECT count (*) FROM \"ProcessSchedules\" WHERE \"Enabled\" AND "
                       "\"StartProcessNextOccurrence\" <= %" G_GINT64_FORMAT,
                       g_get_real_time () - 60 * G_USEC_PER_SEC);

  g_assert_cmpint (number (sql), ==, 0);
  g_assert_cmpint (number (old), ==, 0);
  g_assert_cmpint (number (next), ==, 0);
  g_assert_cmpint (number ("SELECT count (*) FROM \"ProcessSchedules\" WHERE \"Enabled\" <> "
                           "(\"StartProcessNextOccurrence\" IS "
                           "NOT NULL)"),
                   ==,
                   0);
}

/* By night there is less to do than by day. */
static void
test_days_and_nights (void)
{
  gint64 day = number (
      "SELECT count (*) FROM \"Jobs\" WHERE \"CreationTime\" / 3600000000 % 24 BETWEEN 8 AND 15");
  gint64 night = number ("SELECT count (*) FROM \"Jobs\" WHERE \"CreationTime\" / 3600000000 % 24 "
                         "NOT BETWEEN 4 AND 19");

  g_assert_cmpint (day, >, 2 * night);
}

static void
test_kinds (void)
{
  g_assert_cmpint (number ("SELECT count (DISTINCT \"Status\") FROM \"QueueItems\""), ==, 7);
  g_assert_cmpint (number ("SELECT count (DISTINCT \"ValueType\") FROM \"Assets\" WHERE "
                           "\"ValueType\" IN (2, 3, 4, 5, 8)"),
                   ==,
                   5);
  g_assert_cmpint (number ("SELECT count (*) FROM \"AssetUserValues\""), >, 0);
  g_assert_cmpint (number ("SELECT count (*) FROM \"Assets\" WHERE \"ValueType\" = 5 AND "
                           "\"CredentialPassword\" IS NULL"),
                   ==,
                   0);
  g_assert_cmpint (
      number ("SELECT count (*) FROM \"ProcessSchedules\" WHERE \"QueueDefinitionId\" IS NOT NULL"),
      >,
      0);
  g_assert_cmpint (number ("SELECT count (*) FROM \"Sessions\""), >, 5);
  g_assert_cmpint (number ("SELECT count (*) FROM \"Processes\" WHERE \"IsLatestVersion\""),
                   <,
                   number ("SELECT count (*) FROM \"Processes\""));
  g_assert_cmpint (number ("SELECT count (*) FROM \"Robots\" WHERE length (\"Name\") > 19"), ==, 0);
  g_assert_cmpint (
      number ("SELECT count (*) FROM \"QueueDefinitions\" WHERE length (\"Name\") > 50"), ==, 0);
  /* The newest jobs that ran have their log. */
  g_assert_cmpint (number ("SELECT count (*) FROM (SELECT \"Key\" FROM \"Jobs\" WHERE \"TenantId\" "
                           "= 1 AND \"StartTime\" IS NOT "
                           "NULL ORDER BY \"Id\" DESC LIMIT 100) WHERE \"Key\" NOT IN (SELECT "
                           "\"JobKey\" FROM \"RobotLogs\")"),
                   ==,
                   0);
}

static void
assert_json (const char *sql)
{
  sqlite3_stmt *statement = sandbox_store_prepare (store, sql);
  guint n = 0;

  for (; sqlite3_step (statement) == SQLITE_ROW; n++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node =
          baton_json_parse_text ((const char *) sqlite3_column_text (statement, 0), -1, &error);

      g_assert_no_error (error);
      g_assert_nonnull (baton_json_peek_root_object (node));
    }
  sandbox_store_done (statement);
  g_assert_cmpuint (n, >, 0);
}

static void
test_json (void)
{
  assert_json ("SELECT \"InputArguments\" FROM \"Jobs\" WHERE \"InputArguments\" IS NOT NULL");
  assert_json ("SELECT \"OutputArguments\" FROM \"Jobs\" WHERE \"OutputArguments\" IS NOT NULL");
  assert_json ("SELECT \"SpecificContent\" FROM \"QueueItems\"");
  assert_json ("SELECT \"SpecificData\" FROM \"QueueItems\"");
  assert_json ("SELECT \"ProcessingException\" FROM \"QueueItems\" WHERE \"ProcessingException\" "
               "IS NOT NULL");
  assert_json ("SELECT \"RawMessage\" FROM \"RobotLogs\"");
  assert_json ("SELECT \"Arguments\" FROM \"Releases\"");
  assert_json ("SELECT \"StartProcessCronDetails\" FROM \"ProcessSchedules\"");
}

static void
test_few_jobs (void)
{
  for (guint jobs = 0; jobs < 12; jobs++)
    {
      g_autoptr (SandboxStore) small = make (1, jobs);

      g_assert_cmpint (
          count (small, "SELECT count (*) FROM \"Jobs\" WHERE \"TenantId\" = 1"), ==, jobs);
    }
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  store = make (1, N_JOBS);

  g_test_add_func ("/sandbox/seed/same-seed", test_same_seed);
  g_test_add_func ("/sandbox/seed/folders", test_folders);
  g_test_add_func ("/sandbox/seed/jobs", test_jobs);
  g_test_add_func ("/sandbox/seed/times", test_times);
  g_test_add_func ("/sandbox/seed/days-and-nights", test_days_and_nights);
  g_test_add_func ("/sandbox/seed/kinds", test_kinds);
  g_test_add_func ("/sandbox/seed/json", test_json);
  g_test_add_func ("/sandbox/seed/few-jobs", test_few_jobs);

  status = g_test_run ();
  g_assert_finalize_object (store);

  return status;
}
