/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-display.h"

#define MAX_SPAN (G_GINT64_CONSTANT (36500) * G_TIME_SPAN_DAY)

static GDateTime *
in_zone (gint64 time, GTimeZone *zone)
{
  g_autoptr (GDateTime) seconds = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);

  if (seconds == NULL)
    return NULL;
  return zone != NULL ? g_date_time_to_timezone (seconds, zone) : g_date_time_to_local (seconds);
}

static gboolean
same_day (GDateTime *a, GDateTime *b)
{
  return g_date_time_get_year (a) == g_date_time_get_year (b)
         && g_date_time_get_day_of_year (a) == g_date_time_get_day_of_year (b);
}

static const char *
find_format (GDateTime *moment, GDateTime *today, gboolean precise)
{
  g_autoptr (GDateTime) yesterday = g_date_time_add_days (today, -1);

  /* TRANSLATORS: formats of g_date_time_format(), for a column of a table. */
  if (same_day (moment, today))
    return precise ? _("Today %H:%M:%S") : _("Today %H:%M");
  if (yesterday != NULL && same_day (moment, yesterday))
    return precise ? _("Yesterday %H:%M:%S") : _("Yesterday %H:%M");
  if (g_date_time_get_year (moment) == g_date_time_get_year (today))
    return precise ? _("%-d %b %H:%M:%S") : _("%-d %b %H:%M");
  return precise ? _("%-d %b %Y %H:%M:%S") : _("%-d %b %Y %H:%M");
}

char *
baton_display_time (gint64 time, gint64 now, GTimeZone *zone, gboolean precise)
{
  g_autoptr (GDateTime) moment = NULL;
  g_autoptr (GDateTime) today = NULL;
  char *text = NULL;

  if (time == 0)
    return g_strdup ("");
  moment = in_zone (time, zone);
  today = in_zone (now, zone);
  if (moment != NULL && today != NULL)
    text = g_date_time_format (moment, find_format (moment, today, precise));
  return text != NULL ? text : g_strdup ("");
}

char *
baton_display_duration (gint64 span)
{
  /* A clock that runs ahead of the service's gives a negative span: nothing has passed yet. */
  gint64 seconds;
  int days, hours, minutes;

  span = CLAMP (span, 0, MAX_SPAN);
  seconds = span / G_USEC_PER_SEC;
  days = (int) (seconds / 86400);
  hours = (int) (seconds / 3600 % 24);
  minutes = (int) (seconds / 60 % 60);

  /* TRANSLATORS: milliseconds */
  if (seconds == 0)
    return g_strdup_printf (_("%d ms"), (int) (span / 1000));
  /* TRANSLATORS: seconds */
  if (seconds < 60)
    return g_strdup_printf (_("%d s"), (int) seconds);
  /* TRANSLATORS: minutes and seconds */
  if (seconds < 3600)
    return g_strdup_printf (_("%d min %d s"), minutes, (int) (seconds % 60));
  /* TRANSLATORS: hours and minutes */
  if (days == 0)
    return g_strdup_printf (_("%d h %d min"), hours, minutes);
  /* TRANSLATORS: days and hours */
  return g_strdup_printf (_("%d d %d h"), days, hours);
}
