/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "baton-backoff.h"
#include "baton-time.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  gint64 time = 0;
  gint64 again = 0;
  gint64 pause = baton_backoff_parse_retry_after (text, G_GINT64_CONSTANT (1769860800000000));

  g_assert_cmpint (pause, >=, -1);
  g_assert_cmpint (pause, <=, 15 * 60 * (gint64) G_USEC_PER_SEC);

  if (baton_time_parse (text, &time) || baton_time_parse_http_date (text, &time))
    {
      g_autofree char *formatted = baton_time_format (time);

      /* ahead of Greenwich the last day of year 9999 and the first of year 2 leave the four digits */
      if (baton_time_parse (formatted, &again))
        g_assert_cmpint (ABS (time - again), <, 1000);
    }
  else
    {
      g_assert_cmpint (time, ==, 0);
    }

  return 0;
}
