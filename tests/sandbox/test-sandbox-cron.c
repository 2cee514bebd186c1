/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-time.h"
#include "sandbox-cron.h"
#include "sandbox-time-zone.h"

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
test_days (void)
{
  assert_next ("0 0 12 L * ?", NULL, "2026-02-10T00:00:00Z", "2026-02-28T12:00:00Z");
  assert_next ("0 0 12 L-3 * ?", NULL, "2026-03-01T00:00:00Z", "2026-03-28T12:00:00Z");
  /* 28 February 2026 is a Saturday, 15 March a Sunday, 1 August a Saturday. */
  assert_next ("0 0 12 LW * ?", NULL, "2026-02-10T00:00:00Z", "2026-02-27T12:00:00Z");
  assert_next ("0 0 12 15W * ?", NULL, "2026-03-01T00:00:00Z", "2026-03-16T12:00:00Z");
  assert_next ("0 0 12 1W * ?", NULL, "2026-07-20T00:00:00Z", "2026-08-03T12:00:00Z");
  assert_next ("0 0 12 31W * ?", NULL, "2026-02-01T00:00:00Z", "2026-03-31T12:00:00Z");
  assert_next ("0 0 12 ? * 6L", NULL, "2026-03-01T00:00:00Z", "2026-03-27T12:00:00Z");
  assert_next ("0 0 12 ? * FRI#3", NULL, "2026-03-01T00:00:00Z", "2026-03-20T12:00:00Z");
  assert_next ("0 0 12 ? 2 MON#5", NULL, "2026-03-01T00:00:00Z", "2044-02-29T12:00:00Z");
  assert_next ("0 0 12 ? * L", NULL, "2026-03-01T00:00:00Z", "2026-03-07T12:00:00Z");
}

static void
test_fields (void)
{
  assert_next ("*/20 * * * * ?", NULL, "2026-03-01T10:00:00Z", "2026-03-01T10:00:20Z");
  assert_next ("0 0 22-2/2 * * ?", NULL, "2026-03-01T23:00:00Z", "2026-03-02T00:00:00Z");
  assert_next ("0 0 22-2/2 * * ?", NULL, "2026-03-02T02:00:00Z", "2026-03-02T22:00:00Z");
  assert_next ("0 0 12 ? * SAT-MON", NULL, "2026-03-06T12:00:00Z", "2026-03-07T12:00:00Z");
  assert_next ("30 0 12 * * ? 2028-2030", NULL, "2026-03-06T12:00:00Z", "2028-01-01T12:00:30Z");
  assert_next ("0 51 23 28 * ?", NULL, "2026-03-28T23:50:59Z", "2026-03-28T23:51:00Z");
  assert_next ("0 0 12 * * ? 2025", NULL, "2026-03-06T12:00:00Z", NULL);
  assert_next ("  0  0\t12 * * ? ", NULL, "2026-03-06T12:00:00Z", "2026-03-07T12:00:00Z");
}

static void
test_zones (void)
{
  assert_next ("0 0 7 1/1 * ? *", "Europe/Berlin", "2026-01-10T10:00:00Z", "2026-01-11T06:00:00Z");
  assert_next ("0 0 7 1/1 * ? *", "Europe/Berlin", "2026-07-10T10:00:00Z", "2026-07-11T05:00:00Z");
  assert_next ("0 0 7 1/1 * ? *", "Nowhere/Known", "2026-07-10T10:00:00Z", "2026-07-11T07:00:00Z");
  /* In the night of 29 March the clocks leave half past two out, on 25 October they show it twice.
   */
  assert_next ("0 30 2 * * ?", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z");
  assert_next ("0 30 2 * * ?", "Europe/Berlin", "2026-10-25T01:30:00Z", "2026-10-26T01:30:00Z");
}

static void
test_zone_names (void)
{
  static const struct
  {
    const char *id;
    const char *iana;
  } cases[] = {
    { "W. Europe Standard Time", "Europe/Berlin" },
    { "GTB Standard Time", "Europe/Bucharest" },
    { "Tokyo Standard Time", "Asia/Tokyo" },
    { "UTC", "Etc/UTC" },
    { "Europe/Paris", "Europe/Paris" },
    { "Nowhere Standard Time", NULL },
    { "+02:00", NULL },
    { "", NULL },
  };
  g_autofree char *long_name = g_strnfill (5000, 'x');
  g_autofree char *windows = sandbox_time_zone_to_windows ("Europe/Berlin");
  g_autofree char *unknown = sandbox_time_zone_to_windows ("Nowhere/Known");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *iana = sandbox_time_zone_to_iana (cases[i].id);

      g_assert_cmpstr (iana, ==, cases[i].iana);
    }
  g_assert_null (sandbox_time_zone_to_iana (long_name));
  g_assert_cmpstr (windows, ==, "W. Europe Standard Time");
  g_assert_null (unknown);
}

static void
test_describe (void)
{
  static const struct
  {
    const char *cron;
    const char *text;
  } cases[] = {
    { "0 0/15 * 1/1 * ? *", "Every 15 minutes" },
    { "0 * * * * ?", "Every minute" },
    { "0 0 0/1 1/1 * ? *", "Every hour" },
    { "0 10 6 ? * MON-FRI *", "At 06:10 AM, Monday through Friday" },
    { "0 0 9 ? * MON *", "At 09:00 AM, only on Monday" },
    { "0 0 12,18 ? * 2,6 *", "At 12:00 PM and 06:00 PM, only on Monday and Friday" },
    { "0 0 8 1 1/1 ? *", "At 08:00 AM, on day 1 of the month" },
    { "0 30 0 LW JAN,JUL ? 2030",
      "At 12:30 AM, on the last weekday of the month, only in January and July, only in 2030" },
    { "0 0 9 ? * FRI#3", "At 09:00 AM, on the third Friday of the month" },
    { "0 0 9 ? * 6L", "At 09:00 AM, on the last Friday of the month" },
    { "0 0 9 15W * ?", "At 09:00 AM, on the weekday nearest day 15 of the month" },
    { "0 5/10 8-18 * * ?", "At 5 in steps of 10 minutes past the hour, in hour 8 through 18" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = sandbox_cron_describe (cases[i].cron);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
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
    "0 0/60 * * * ?",
    "0 -5 * * * ?",
    "0 0 7 * * *",
    "0 0 7 ? * ?",
    "0 0 7 L-31 * ?",
    "0 0 7 32W * ?",
    "0 0 7 1,L * ?",
    "0 0 7 ? * 8L",
    "0 0 7 ? * FRI#6",
    "0 0 7 ? * FRI#0",
    "0 0 7 * * ? 1969",
    "0 0 7 * * ? 2030-2029",
    "0 0 0 30 FEB ?",
    "0 0 7 1/1 * ? * *",
    "0 1x * * * ?",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (crons); i++)
    assert_next (crons[i], NULL, "2026-03-01T10:07:00Z", NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sandbox/cron/next", test_next);
  g_test_add_func ("/sandbox/cron/days", test_days);
  g_test_add_func ("/sandbox/cron/fields", test_fields);
  g_test_add_func ("/sandbox/cron/zones", test_zones);
  g_test_add_func ("/sandbox/cron/zone-names", test_zone_names);
  g_test_add_func ("/sandbox/cron/describe", test_describe);
  g_test_add_func ("/sandbox/cron/wrong", test_wrong);

  return g_test_run ();
}
