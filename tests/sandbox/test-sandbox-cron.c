/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-time.h"
#include "sandbox-cron.h"
#include "sandbox-schedules.h"
#include "sandbox-seed.h"

static void
assert_next (const char *cron, const char *zone, const char *after, const char *expected)
{
  gint64 time = 0;
  gint64 next;
  g_autofree char *text = NULL;

  g_assert_true (baton_time_parse (after, &time));
  next = sandbox_cron_find_next (cron, zone, time);
  text = next != 0 ? baton_time_format (next) : NULL;
  g_test_message ("%s in %s", cron, zone != NULL ? zone : "UTC");
  if (expected == NULL)
    g_assert_cmpint (next, ==, 0);
  else
    {
      gint64 wanted = 0;

      g_assert_true (baton_time_parse (expected, &wanted));
      g_assert_cmpint (next, ==, wanted);
    }
}

static void
test_next (void)
{
  assert_next ("0 0/15 * 1/1 * ? *", NULL, "2026-03-01T10:07:00Z", "2026-03-01T10:15:00Z");
  assert_next ("0 0/15 * 1/1 * ? *", NULL, "2026-03-01T10:15:00Z", "2026-03-01T10:30:00Z");
  assert_next ("0 0/15 * 1/1 * ? *", NULL, "2026-12-31T23:59:00Z", "2027-01-01T00:00:00Z");
  assert_next ("0 30 5 1/1 * ? *", NULL, "2026-03-01T10:07:00Z", "2026-03-02T05:30:00Z");
  /* 6 March 2026 is a Friday. */
  assert_next ("0 0 12 ? * MON-FRI *", NULL, "2026-03-06T12:00:00Z", "2026-03-09T12:00:00Z");
  assert_next ("0 0 9 ? * MON *", NULL, "2026-03-06T12:00:00Z", "2026-03-09T09:00:00Z");
  assert_next ("0 0 9 ? * 1,7 *", NULL, "2026-03-06T12:00:00Z", "2026-03-07T09:00:00Z");
  assert_next ("0 0 18 25 1/1 ? *", NULL, "2026-03-26T00:00:00Z", "2026-04-25T18:00:00Z");
  assert_next ("0 0 8-18/5 * * ?", NULL, "2026-03-01T13:30:00Z", "2026-03-01T18:00:00Z");
  assert_next ("0 0 0 29 FEB ?", NULL, "2027-03-01T00:00:00Z", "2028-02-29T00:00:00Z");
}

static void
test_zones (void)
{
  assert_next ("0 0 7 1/1 * ? *", "Europe/Berlin", "2026-01-10T10:00:00Z", "2026-01-11T06:00:00Z");
  assert_next ("0 0 7 1/1 * ? *", "Europe/Berlin", "2026-07-10T10:00:00Z", "2026-07-11T05:00:00Z");
  assert_next ("0 0 7 1/1 * ? *", "Nowhere/Known", "2026-07-10T10:00:00Z", "2026-07-11T07:00:00Z");
}

static void
test_wrong (void)
{
  static const char *const crons[] = {
    "",
    "0 0 7",
    "a b c d e f",
    "0 60 * * * ?",
    "0 0/0 * * * ?",
    "0 5-1 * * * ?",
    "0 0 0 30 FEB ?",
    "0 0 7 1/1 * ? * *",
    "0 1x * * * ?",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (crons); i++)
    assert_next (crons[i], NULL, "2026-03-01T10:07:00Z", NULL);
}

static gint64
count (SandboxStore *store, const char *sql)
{
  sqlite3_stmt *statement = sandbox_store_prepare (store, sql);
  gint64 number;

  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  number = sqlite3_column_int64 (statement, 0);
  sandbox_store_done (statement);

  return number;
}

static void
test_refresh (void)
{
  const SandboxOptions options = { .seed = 1, .jobs = 10 };
  g_autoptr (GError) error = NULL;
  g_autoptr (SandboxStore) store = sandbox_store_new (NULL, &error);
  g_autofree char *behind = g_strdup_printf ("SELECT count (*) FROM \"ProcessSchedules\" WHERE "
                                             "\"StartProcessNextOccurrence\" <= %" G_GINT64_FORMAT,
                                             g_get_real_time ());
  gint64 disabled;

  g_assert_no_error (error);
  sandbox_seed (store, &options);
  disabled = count (
      store,
      "SELECT count (*) FROM \"ProcessSchedules\" WHERE \"StartProcessNextOccurrence\" IS NULL");
  sandbox_store_exec (
      store,
      "UPDATE \"ProcessSchedules\" SET \"StartProcessNextOccurrence\" = 1000000 WHERE \"Enabled\"");
  g_assert_cmpint (count (store, behind), >, 0);

  sandbox_schedules_refresh (store);
  g_assert_cmpint (count (store, behind), ==, 0);
  g_assert_cmpint (disabled, >, 0);
  g_assert_cmpint (count (store,
                          "SELECT count (*) FROM \"ProcessSchedules\" WHERE "
                          "\"StartProcessNextOccurrence\" IS NULL"),
                   ==,
                   disabled);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sandbox/cron/next", test_next);
  g_test_add_func ("/sandbox/cron/zones", test_zones);
  g_test_add_func ("/sandbox/cron/wrong", test_wrong);
  g_test_add_func ("/sandbox/cron/refresh", test_refresh);

  return g_test_run ();
}
