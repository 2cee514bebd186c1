/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-backoff.h"
#include "baton-time.h"

#define FIRST_DELAY (G_USEC_PER_SEC / 2)
#define LONGEST_DELAY (30 * (gint64) G_USEC_PER_SEC)
#define JITTER 0.25
#define LONGEST_RETRY_AFTER (15 * 60 * (gint64) G_USEC_PER_SEC)

gint64
baton_backoff_delay (guint attempt)
{
  gint64 delay = LONGEST_DELAY;

  /* 0.5 s doubled seven times is past the longest; the test also keeps the shift small */
  if (attempt < 6)
    delay = (gint64) FIRST_DELAY << attempt;

  delay = (gint64) (delay * g_random_double_range (1 - JITTER, 1 + JITTER));

  return MIN (delay, LONGEST_DELAY);
}

gint64
baton_backoff_parse_retry_after (const char *header, gint64 now)
{
  g_autofree char *text = NULL;
  gint64 delay = 0;
  gint64 when = 0;

  if (header == NULL)
    return -1;

  text = g_strstrip (g_strdup (header));

  if (g_ascii_isdigit (text[0]))
    {
      char *end = NULL;
      guint64 seconds = g_ascii_strtoull (text, &end, 10);

      if (*end != '\0')
        return -1;

      if (seconds > LONGEST_RETRY_AFTER / G_USEC_PER_SEC)
        return LONGEST_RETRY_AFTER;

      return (gint64) seconds * G_USEC_PER_SEC;
    }

  if (!baton_time_parse_http_date (text, &when))
    return -1;

  delay = when - now;

  return CLAMP (delay, 0, LONGEST_RETRY_AFTER);
}
