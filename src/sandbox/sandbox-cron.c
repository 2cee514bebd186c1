/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-cron.h"

#define MAX_DAYS 732

static const char *const months[] = { "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL",
                                      "AUG", "SEP", "OCT", "NOV", "DEC", NULL };
/* In Quartz the week begins on Sunday, which is 1. */
static const char *const days[] = { "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", NULL };

/* A field is the set of its numbers, as bits. */
typedef struct
{
  guint64 minutes;
  guint64 hours;
  guint64 days_of_month;
  guint64 months;
  guint64 days_of_week;
} Cron;

static gboolean
read_number (const char **text, const char *const *names, guint first, guint *number)
{
  char *end;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (g_ascii_strncasecmp (*text, names[i], 3) == 0)
      {
        *number = i + first;
        *text += 3;
        return TRUE;
      }

  *number = (guint) g_ascii_strtoull (*text, &end, 10);
  if (end == *text)
    return FALSE;
  *text = end;

  return TRUE;
}

/* One of a list: "*", "5", "MON-FRI", "0/15", "8-18/2". */
static gboolean
parse_part (const char *text, const char *const *names, guint first, guint last, guint64 *bits)
{
  guint from = first;
  guint to = last;
  guint step = 1;

  if (*text == '*' || *text == '?')
    text++;
  else
    {
      if (!read_number (&text, names, first, &from))
        return FALSE;
      to = *text == '/' ? last : from;
      if (*text == '-')
        {
          text++;
          if (!read_number (&text, names, first, &to))
            return FALSE;
        }
    }
  if (*text == '/')
    {
      text++;
      if (!read_number (&text, NULL, 0, &step) || step == 0)
        return FALSE;
    }
  if (*text != '\0' || from < first || to > last || from > to)
    return FALSE;

  for (guint i = from; i <= to; i += step)
    *bits |= G_GUINT64_CONSTANT (1) << i;

  return TRUE;
}

static gboolean
parse_field (const char *text, const char *const *names, guint first, guint last, guint64 *bits)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);

  for (gsize i = 0; parts[i] != NULL; i++)
    if (!parse_part (parts[i], names, first, last, bits))
      return FALSE;

  return *bits != 0;
}

static gboolean
parse (const char *text, Cron *cron)
{
  g_auto (GStrv) fields = g_strsplit (text, " ", -1);
  guint n = g_strv_length (fields);

  return (n == 6 || n == 7) && parse_field (fields[1], NULL, 0, 59, &cron->minutes) &&
         parse_field (fields[2], NULL, 0, 23, &cron->hours) &&
         parse_field (fields[3], NULL, 1, 31, &cron->days_of_month) &&
         parse_field (fields[4], months, 1, 12, &cron->months) &&
         parse_field (fields[5], days, 1, 7, &cron->days_of_week);
}

static gboolean
has (guint64 bits, int number)
{
  return (bits & (G_GUINT64_CONSTANT (1) << number)) != 0;
}

/* Returns: the first time of @day after @after, 0 where it has none. */
static gint64
find_in_day (const Cron *cron, GTimeZone *zone, GDateTime *day, gint64 after)
{
  int year, month, day_of_month;

  g_date_time_get_ymd (day, &year, &month, &day_of_month);
  if (!has (cron->months, month) || !has (cron->days_of_month, day_of_month) ||
      !has (cron->days_of_week, g_date_time_get_day_of_week (day) % 7 + 1))
    return 0;

  for (int hour = 0; hour < 24; hour++)
    {
      g_autoptr (GDateTime) end = NULL;

      if (!has (cron->hours, hour))
        continue;
      end = g_date_time_new (zone, year, month, day_of_month, hour, 59, 0);
      if (g_date_time_to_unix (end) * G_USEC_PER_SEC <= after)
        continue;

      for (int minute = 0; minute < 60; minute++)
        {
          gint64 time = (g_date_time_to_unix (end) - (59 - minute) * 60) * G_USEC_PER_SEC;

          if (has (cron->minutes, minute) && time > after)
            return time;
        }
    }

  return 0;
}

gint64
sandbox_cron_find_next (const char *text, const char *iana, gint64 after)
{
  g_autoptr (GTimeZone) zone = iana != NULL ? g_time_zone_new_identifier (iana) : NULL;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (after / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = NULL;
  Cron cron = { 0 };

  g_return_val_if_fail (text != NULL, 0);

  if (!parse (text, &cron))
    return 0;
  if (zone == NULL)
    zone = g_time_zone_new_utc ();
  local = g_date_time_to_timezone (utc, zone);
  for (int i = 0; i < MAX_DAYS; i++)
    {
      g_autoptr (GDateTime) day = g_date_time_add_days (local, i);
      gint64 time = find_in_day (&cron, zone, day, after);

      if (time != 0)
        return time;
    }

  return 0;
}
