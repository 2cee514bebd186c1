/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "baton-time.h"

static void
check (const char *text, const char *expected)
{
  gint64 time = 7;
  g_autofree char *formatted = NULL;

  g_test_message ("%s", text);
  g_assert_true (baton_time_parse (text, &time));
  formatted = baton_time_format (time);
  g_assert_cmpstr (formatted, ==, expected);
}

static void
test_parse (void)
{
  gint64 time = 0;

  check ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z");
  check ("2026-01-31T12:00:00.123Z", "2026-01-31T12:00:00.123Z");
  check ("2026-01-31T12:00:00.1234567Z", "2026-01-31T12:00:00.123Z");
  check ("2026-01-31T12:00:00.5", "2026-01-31T12:00:00.500Z");
  check ("2026-01-31T12:00:00", "2026-01-31T12:00:00.000Z");
  check ("2026-01-31 12:00:00z", "2026-01-31T12:00:00.000Z");
  check ("2026-01-31t12:00", "2026-01-31T12:00:00.000Z");
  check ("2026-01-31", "2026-01-31T00:00:00.000Z");
  check ("2026-01-31T12:00:00+02:00", "2026-01-31T10:00:00.000Z");
  check ("2026-01-31T12:00:00-0530", "2026-01-31T17:30:00.000Z");
  check ("2026-01-31T12:00:00+02", "2026-01-31T10:00:00.000Z");
  check ("2024-02-29T23:59:60Z", "2024-03-01T00:00:00.000Z");
  check ("2000-02-29T00:00:00Z", "2000-02-29T00:00:00.000Z");
  check ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z");
  check ("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.999Z");

  g_assert_true (baton_time_parse ("2026-01-31T12:00:00.1234567Z", &time));
  g_assert_cmpint (time % G_USEC_PER_SEC, ==, 123456);
}

static void
test_no_time (void)
{
  const char *const texts[] = {
    NULL, "", " ", "now", "2026", "2026-01", "2026-13-01", "2026-00-01", "2026-01-32", "2026-02-29", "2100-02-29",
    "2026-01-31T", "2026-01-31T12", "2026-01-31T24:00:00", "2026-01-31T12:60:00", "2026-01-31T12:00:61",
    "2026-01-31T12:00:00.", "2026-01-31T12:00:00.Z", "2026-01-31T12:00:00ZZ", "2026-01-31T12:00:00+", "2026-01-31T12:00:00+24:00",
    "2026-01-31T12:00:00+02:60", "2026-01-31T12:00:00 Z", "2026-1-31T12:00:00Z", "-2026-01-31T12:00:00Z", "20260131T120000Z",
    "0001-01-01T00:00:00", "0001-01-01T00:00:00Z", "0000-01-01T00:00:00Z", "2026-01-31T12:00:00Zx",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gint64 time = 7;

      g_test_message ("%s", texts[i]);
      g_assert_false (baton_time_parse (texts[i], &time));
      g_assert_cmpint (time, ==, 0);
    }
}

/* GDateTime as the judge, over every day of four centuries. */
static void
test_every_day (void)
{
  g_autoptr (GDateTime) day = g_date_time_new_utc (1800, 1, 1, 13, 14, 15);

  while (g_date_time_get_year (day) < 2200)
    {
      g_autofree char *text = g_date_time_format (day, "%Y-%m-%dT%H:%M:%S.000Z");
      g_autofree char *formatted = NULL;
      g_autoptr (GDateTime) next = g_date_time_add_days (day, 1);
      gint64 time = 0;

      g_assert_true (baton_time_parse (text, &time));
      g_assert_cmpint (time, ==, g_date_time_to_unix (day) * G_USEC_PER_SEC);
      formatted = baton_time_format (time);
      g_assert_cmpstr (formatted, ==, text);

      g_date_time_unref (day);
      day = g_steal_pointer (&next);
    }
}

static void
test_format_takes_anything (void)
{
  g_autofree char *least = baton_time_format (G_MININT64);
  g_autofree char *most = baton_time_format (G_MAXINT64);
  g_autofree char *before = baton_time_format (-1);

  g_assert_nonnull (least);
  g_assert_nonnull (most);
  g_assert_cmpstr (before, ==, "1969-12-31T23:59:59.999Z");
}

static void
test_http_date (void)
{
  const char *const good[] = {
    "Sun, 06 Nov 1994 08:49:37 GMT",
    "Sunday, 06-Nov-94 08:49:37 GMT",
    "Sun Nov  6 08:49:37 1994",
  };
  const char *const bad[] = {
    NULL, "", "Sun", "Sun,", "Sun, 06 Nov 1994", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 GMT+1", "Sun, 06 Xyz 1994 08:49:37 GMT",
    "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT", "1994-11-06T08:49:37Z", "120",
  };
  gint64 expected = 0;
  gint64 time = 0;

  g_assert_true (baton_time_parse ("1994-11-06T08:49:37Z", &expected));

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_test_message ("%s", good[i]);
      g_assert_true (baton_time_parse_http_date (good[i], &time));
      g_assert_cmpint (time, ==, expected);
    }

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      g_assert_false (baton_time_parse_http_date (bad[i], &time));
      g_assert_cmpint (time, ==, 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/baton/core/time/parse", test_parse);
  g_test_add_func ("/baton/core/time/no-time", test_no_time);
  g_test_add_func ("/baton/core/time/every-day", test_every_day);
  g_test_add_func ("/baton/core/time/format-takes-anything", test_format_takes_anything);
  g_test_add_func ("/baton/core/time/http-date", test_http_date);

  return g_test_run ();
}
