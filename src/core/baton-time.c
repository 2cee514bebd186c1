/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "baton-time.h"

#define SECONDS_PER_DAY 86400

/* Written out, and not by GDateTime, because a page of a thousand rows holds several thousand of
 * them, and GDateTime allocates. */

static gboolean
is_leap_year (int year)
{
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
days_in_month (int year, int month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  return month == 2 && is_leap_year (year) ? 29 : days[month - 1];
}

/* Days since 1970-01-01 in the proleptic Gregorian calendar; a year that starts in March puts the
 * leap day last. */
static gint64
days_from_civil (int year, int month, int day)
{
  gint64 y = month <= 2 ? year - 1 : year;
  gint64 era = (y >= 0 ? y : y - 399) / 400;
  gint64 year_of_era = y - era * 400;
  gint64 day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  gint64 day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return era * 146097 + day_of_era - 719468;
}

static void
civil_from_days (gint64 days, gint64 *year, int *month, int *day)
{
  gint64 z = days + 719468;
  gint64 era = (z >= 0 ? z : z - 146096) / 146097;
  gint64 day_of_era = z - era * 146097;
  gint64 year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  gint64 day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  gint64 month_of_year = (5 * day_of_year + 2) / 153;

  *day = (int) (day_of_year - (153 * month_of_year + 2) / 5 + 1);
  *month = (int) (month_of_year < 10 ? month_of_year + 3 : month_of_year - 9);
  *year = year_of_era + era * 400 + (*month <= 2 ? 1 : 0);
}

static gboolean
make_time (int year,
           int month,
           int day,
           int hour,
           int minute,
           int second,
           gint64 *time)
{
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month (year, month))
    return FALSE;

  /* 60: a leap second, which becomes the first second of the next minute */
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60)
    return FALSE;

  *time = (days_from_civil (year, month, day) * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second) *
          G_USEC_PER_SEC;

  return TRUE;
}

static gboolean
read_digits (const char **text, int count, int *value)
{
  const char *p = *text;

  *value = 0;

  for (int i = 0; i < count; i++, p++)
    {
      if (!g_ascii_isdigit (*p))
        return FALSE;
      *value = *value * 10 + (*p - '0');
    }

  *text = p;

  return TRUE;
}

static gboolean
read_char (const char **text, char c)
{
  if (**text != c)
    return FALSE;

  (*text)++;

  return TRUE;
}

/* At least one digit; those past the microsecond are read and dropped. */
static gboolean
read_fraction (const char **text, int *microseconds)
{
  const char *p = *text;
  int scale = 100000;

  *microseconds = 0;

  for (; g_ascii_isdigit (*p); p++, scale /= 10)
    *microseconds += (*p - '0') * scale;

  if (p == *text)
    return FALSE;

  *text = p;

  return TRUE;
}

/* `Z`, `+02:00`, `+0200`, `+02` or nothing, which is UTC. */
static gboolean
read_zone (const char **text, int *seconds)
{
  int hours = 0;
  int minutes = 0;
  int sign = 1;

  *seconds = 0;

  if (**text == '\0' || read_char (text, 'Z') || read_char (text, 'z'))
    return TRUE;

  if (read_char (text, '-'))
    sign = -1;
  else if (!read_char (text, '+'))
    return FALSE;

  if (!read_digits (text, 2, &hours) || hours > 23)
    return FALSE;

  if (**text != '\0')
    {
      read_char (text, ':');
      if (!read_digits (text, 2, &minutes) || minutes > 59)
        return FALSE;
    }

  *seconds = sign * (hours * 3600 + minutes * 60);

  return TRUE;
}

/**
 * baton_time_parse:
 * @text: (nullable): the text
 * @time: (out): microseconds since 1970 in UTC; 0 where it is no time
 *
 * The service writes UTC with `Z` and up to seven digits of a second (fact sheet 5.2); the digit past
 * the microsecond is dropped. The first instant of year 1 is what .NET writes for "none", so it is
 * no time here.
 *
 * Returns: %FALSE where @text is no time
 */
gboolean
baton_time_parse (const char *text, gint64 *time)
{
  const char *p = text;
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, microseconds = 0, zone = 0;
  gint64 result = 0;

  g_return_val_if_fail (time != NULL, FALSE);

  *time = 0;

  if (text == NULL)
    return FALSE;

  if (!read_digits (&p, 4, &year) || !read_char (&p, '-') || !read_digits (&p, 2, &month) ||
      !read_char (&p, '-') || !read_digits (&p, 2, &day))
    return FALSE;

  if (*p != '\0')
    {
      if (!read_char (&p, 'T') && !read_char (&p, 't') && !read_char (&p, ' '))
        return FALSE;

      if (!read_digits (&p, 2, &hour) || !read_char (&p, ':') || !read_digits (&p, 2, &minute))
        return FALSE;

      if (read_char (&p, ':') && !read_digits (&p, 2, &second))
        return FALSE;

      if (read_char (&p, '.') && !read_fraction (&p, &microseconds))
        return FALSE;

      if (!read_zone (&p, &zone) || *p != '\0')
        return FALSE;
    }

  if (year <= 1 || !make_time (year, month, day, hour, minute, second, &result))
    return FALSE;

  *time = result + microseconds - zone * (gint64) G_USEC_PER_SEC;

  return TRUE;
}

/**
 * baton_time_format:
 * @time: microseconds since 1970 in UTC
 *
 * Milliseconds, as the service takes them in a filter (fact sheet 5.1).
 *
 * Returns: (transfer full): the text, as in `2026-01-31T12:00:00.123Z`
 */
char *
baton_time_format (gint64 time)
{
  const gint64 per_day = (gint64) SECONDS_PER_DAY * G_USEC_PER_SEC;
  gint64 days = time / per_day;
  gint64 rest = time % per_day;
  gint64 year = 0;
  int month = 0;
  int day = 0;
  int milliseconds = 0;
  int seconds = 0;

  if (rest < 0)
    {
      rest += per_day;
      days--;
    }

  civil_from_days (days, &year, &month, &day);
  milliseconds = (int) (rest / 1000 % 1000);
  seconds = (int) (rest / G_USEC_PER_SEC);

  return g_strdup_printf ("%04" G_GINT64_FORMAT "-%02d-%02dT%02d:%02d:%02d.%03dZ",
                          year, month, day, seconds / 3600, seconds / 60 % 60, seconds % 60, milliseconds);
}

static int
month_from_name (const char *name)
{
  static const char *const names[] = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (name, names[i]) == 0)
      return (int) i + 1;

  return 0;
}

/**
 * baton_time_parse_http_date:
 * @text: (nullable): the value of a header
 * @time: (out): microseconds since 1970 in UTC; 0 where it is no date
 *
 * The three forms of RFC 9110, 5.6.7: IMF-fixdate, RFC 850 and asctime.
 *
 * Returns: %FALSE where @text is no HTTP date
 */
gboolean
baton_time_parse_http_date (const char *text, gint64 *time)
{
  const char *comma = NULL;
  char month[4] = { 0 };
  int year = 0, day = 0, hour = 0, minute = 0, second = 0;
  int end = 0;

  g_return_val_if_fail (time != NULL, FALSE);

  *time = 0;

  if (text == NULL)
    return FALSE;

  comma = strchr (text, ',');

  if (comma != NULL)
    {
      const char *date = comma + 1;

      if (sscanf (date, " %2d %3[A-Za-z] %4d %2d:%2d:%2d GMT%n",
                  &day, month, &year, &hour, &minute, &second, &end) != 6 || end == 0)
        {
          end = 0;
          if (sscanf (date, " %2d-%3[A-Za-z]-%2d %2d:%2d:%2d GMT%n",
                      &day, month, &year, &hour, &minute, &second, &end) != 6 || end == 0)
            return FALSE;
          /* two digits: RFC 9110 takes a date more than 50 years ahead as one of the past century */
          year += year < 70 ? 2000 : 1900;
        }

      if (date[end] != '\0')
        return FALSE;
    }
  else
    {
      if (sscanf (text, "%*3[A-Za-z] %3[A-Za-z] %2d %2d:%2d:%2d %4d%n",
                  month, &day, &hour, &minute, &second, &year, &end) != 6 || end == 0 ||
          text[end] != '\0')
        return FALSE;
    }

  return make_time (year, month_from_name (month), day, hour, minute, second, time);
}
