/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-local-time.h"

static GDateTime *
local (gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);

  return utc != NULL ? g_date_time_to_local (utc) : NULL;
}

char *
baton_local_time_format_clock (gint64 time)
{
  g_autoptr (GDateTime) date = local (time);

  return date != NULL ? g_date_time_format (date, "%X") : g_strdup ("");
}

char *
baton_local_time_format (gint64 time)
{
  g_autoptr (GDateTime) date = local (time);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (date == NULL)
    return g_strdup ("");
  if (g_date_time_get_year (date) == g_date_time_get_year (now)
      && g_date_time_get_day_of_year (date) == g_date_time_get_day_of_year (now))
    /* TRANSLATORS: a time of today, see date(1) for the letters. */
    return g_date_time_format (date, _("today at %X"));
  /* TRANSLATORS: a date and a time, see date(1) for the letters. */
  return g_date_time_format (date, _("%e %b %Y at %X"));
}

char *
baton_local_time_format_utc (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);

  /* TRANSLATORS: a date and a time in UTC, see date(1) for the letters. */
  return date != NULL ? g_date_time_format (date, _("%e %b %Y, %H:%M:%S UTC")) : g_strdup ("");
}

char *
baton_local_time_format_span (gint64 span)
{
  gint64 seconds = MAX (span, 0) / G_USEC_PER_SEC;
  int days = (int) (seconds / 86400);
  int hours = (int) (seconds / 3600 % 24);
  int minutes = (int) (seconds / 60 % 60);
  int rest = (int) (seconds % 60);

  /* Of what is far off nobody counts the hours. */
  if (days >= 2 * 365)
    return g_strdup_printf (ngettext ("%d year", "%d years", (gulong)days / 365), days / 365);
  if (days >= 14)
    return g_strdup_printf (ngettext ("%d day", "%d days", (gulong)days), days);
  if (days > 0)
    /* TRANSLATORS: days and hours, short. */
    return g_strdup_printf (_("%d d %d h"), days, hours);
  if (hours > 0)
    /* TRANSLATORS: hours and minutes, short. */
    return g_strdup_printf (_("%d h %02d min"), hours, minutes);
  if (minutes > 0)
    /* TRANSLATORS: minutes and seconds, short. */
    return g_strdup_printf (_("%d min %02d s"), minutes, rest);
  /* TRANSLATORS: seconds, short. */
  return g_strdup_printf (_("%d s"), rest);
}
