/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "baton-backoff.h"
#include "baton-time.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

static void
test_delay (void)
{
  const double expected[] = { 0.5, 1, 2, 4, 8, 16, 30, 30, 30 };
  gint64 least = G_MAXINT64;
  gint64 most = 0;

  for (guint attempt = 0; attempt < G_N_ELEMENTS (expected); attempt++)
    {
      for (guint i = 0; i < 500; i++)
        {
          gint64 delay = baton_backoff_delay (attempt);

          g_assert_cmpint (delay, >=, (gint64) (expected[attempt] * 0.75 * SECOND));
          g_assert_cmpint (delay, <=, MIN ((gint64) (expected[attempt] * 1.25 * SECOND), 30 * SECOND));

          if (attempt == 0)
            {
              least = MIN (least, delay);
              most = MAX (most, delay);
            }
        }
    }

  /* a jitter indeed */
  g_assert_cmpint (most - least, >, SECOND / 10);
  g_assert_cmpint (baton_backoff_delay (G_MAXUINT), <=, 30 * SECOND);
}

static void
test_retry_after (void)
{
  gint64 now = 0;

  g_assert_true (baton_time_parse ("2026-01-31T12:00:00Z", &now));

  g_assert_cmpint (baton_backoff_parse_retry_after (NULL, now), ==, -1);
  g_assert_cmpint (baton_backoff_parse_retry_after ("", now), ==, -1);
  g_assert_cmpint (baton_backoff_parse_retry_after ("soon", now), ==, -1);
  g_assert_cmpint (baton_backoff_parse_retry_after ("-5", now), ==, -1);
  g_assert_cmpint (baton_backoff_parse_retry_after ("5 minutes", now), ==, -1);
  g_assert_cmpint (baton_backoff_parse_retry_after ("1.5", now), ==, -1);

  g_assert_cmpint (baton_backoff_parse_retry_after ("0", now), ==, 0);
  g_assert_cmpint (baton_backoff_parse_retry_after (" 7 ", now), ==, 7 * SECOND);
  g_assert_cmpint (baton_backoff_parse_retry_after ("901", now), ==, 900 * SECOND);
  g_assert_cmpint (baton_backoff_parse_retry_after ("99999999999999999999999", now), ==, 900 * SECOND);

  g_assert_cmpint (baton_backoff_parse_retry_after ("Sat, 31 Jan 2026 12:01:30 GMT", now), ==, 90 * SECOND);
  g_assert_cmpint (baton_backoff_parse_retry_after ("Sat, 31 Jan 2026 11:00:00 GMT", now), ==, 0);
  g_assert_cmpint (baton_backoff_parse_retry_after ("Sun, 31 Jan 2027 12:00:00 GMT", now), ==, 900 * SECOND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/baton/core/backoff/delay", test_delay);
  g_test_add_func ("/baton/core/backoff/retry-after", test_retry_after);

  return g_test_run ();
}
