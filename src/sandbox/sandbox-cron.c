/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-cron.h"

#include "sandbox-time-zone.h"

#define WORDS 3 /* of 64 bits, for the years */
#define SECOND ((gint64)G_USEC_PER_SEC)

typedef enum
{
  SECONDS,
  MINUTES,
  HOURS,
  DAYS_OF_MONTH,
  MONTHS,
  DAYS_OF_WEEK,
  YEARS,
  N_FIELDS,
} FieldName;

/* In Quartz the week begins on Sunday, which is 1. */
#define SATURDAY 7

static const char *const month_names[]
    = { "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC", NULL };
static const char *const day_names[] = { "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", NULL };

typedef struct
{
  const char *name;
  int first;
  int last;
  const char *const *names; /* (nullable): of the numbers from @first on */
} Field;

static const Field fields[N_FIELDS] = {
  [SECONDS] = { "seconds", 0, 59 },
  [MINUTES] = { "minutes", 0, 59 },
  [HOURS] = { "hours", 0, 23 },
  [DAYS_OF_MONTH] = { "day of month", 1, 31 },
  [MONTHS] = { "month", 1, 12, month_names },
  [DAYS_OF_WEEK] = { "day of week", 1, SATURDAY, day_names },
  [YEARS] = { "year", 1970, SANDBOX_CRON_MAX_YEAR },
};

/* What a field of days says besides numbers. */
typedef enum
{
  DAYS_LISTED,
  DAYS_OPEN,     /* "?" */
  DAYS_FROM_END, /* "L", "L-3": number days before the last of the month */
  DAYS_LAST,     /* "6L": the last such day of the week in the month */
  DAYS_NTH,      /* "6#3": the third such day */
  DAYS_WORKING,  /* "15W": the day from Monday to Friday that is nearest to it */
} DaysKind;

typedef struct
{
  DaysKind kind;
  gboolean working; /* of DAYS_FROM_END: "LW" */
  int number;
  int nth;
} Days;

struct _SandboxCron
{
  guint64 sets[N_FIELDS][WORDS]; /* a field is the set of its numbers from its first one on */
  Days of_month;
  Days of_week;
};

G_DEFINE_QUARK (sandbox - cron - error - quark, sandbox_cron_error)

static gboolean
has (const SandboxCron *self, FieldName name, int number)
{
  int bit = number - fields[name].first;

  return (self->sets[name][bit / 64] & (G_GUINT64_CONSTANT (1) << bit % 64)) != 0;
}

static void
add (SandboxCron *self, FieldName name, int number)
{
  int bit = number - fields[name].first;

  self->sets[name][bit / 64] |= G_GUINT64_CONSTANT (1) << bit % 64;
}

static gboolean
read_number (const char **text, const char *const *names, int first, int *number)
{
  guint64 value;
  char *end;

  for (int i = 0; names != NULL && names[i] != NULL; i++)
    if (g_ascii_strncasecmp (*text, names[i], 3) == 0)
      {
        *number = i + first;
        *text += 3;
        return TRUE;
      }

  if (!g_ascii_isdigit (**text))
    return FALSE;
  value = g_ascii_strtoull (*text, &end, 10);
  *number = (int)MIN (value, 9999);
  *text = end;

  return TRUE;
}

/* As read_number() for one that the field may hold. */
static gboolean
read_member (const char **text, const Field *field, int *number)
{
  return read_number (text, field->names, field->first, number) && *number >= field->first
         && *number <= field->last;
}

/* One of a list: "*", "5", "MON-FRI", "0/15", "22-2/2". */
static gboolean
parse_part (SandboxCron *self, FieldName name, const char *text)
{
  const Field *field = &fields[name];
  int size = field->last - field->first + 1;
  int from = field->first;
  int to = field->last;
  int step = 1;

  if (*text == '*')
    text++;
  else
    {
      if (!read_member (&text, field, &from))
        return FALSE;
      to = *text == '/' ? field->last : from;
      if (*text == '-')
        {
          text++;
          if (!read_member (&text, field, &to))
            return FALSE;
        }
    }
  if (*text == '/')
    {
      text++;
      if (!read_number (&text, NULL, 0, &step) || step == 0 || step > field->last)
        return FALSE;
    }
  if (*text != '\0' || (name == YEARS && from > to))
    return FALSE;

  if (from > to)
    to += size;
  for (int i = from; i <= to; i += step)
    add (self, name, field->first + (i - field->first) % size);

  return TRUE;
}

static gboolean
parse_list (SandboxCron *self, FieldName name, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);

  for (gsize i = 0; parts[i] != NULL; i++)
    if (!parse_part (self, name, parts[i]))
      return FALSE;

  return parts[0] != NULL;
}

/* "?", "L", "L-3", "LW", "L-3W", "15W". Returns: FALSE where it is none of them. */
static gboolean
parse_days_of_month (Days *days, const char *text)
{
  if (g_str_equal (text, "?"))
    {
      days->kind = DAYS_OPEN;
      return TRUE;
    }
  if (g_ascii_toupper (*text) == 'L')
    {
      days->kind = DAYS_FROM_END;
      text++;
      if (*text == '-')
        {
          text++;
          if (!read_number (&text, NULL, 0, &days->number) || days->number > 30)
            return FALSE;
        }
      if (g_ascii_toupper (*text) == 'W')
        {
          days->working = TRUE;
          text++;
        }
      return *text == '\0';
    }

  days->kind = DAYS_WORKING;

  return read_member (&text, &fields[DAYS_OF_MONTH], &days->number)
         && g_ascii_toupper (*text) == 'W' && text[1] == '\0';
}

/* "?", "L", "6L", "FRI#3". Returns: FALSE where it is none of them. */
static gboolean
parse_days_of_week (SandboxCron *self, Days *days, const char *text)
{
  if (g_str_equal (text, "?"))
    {
      days->kind = DAYS_OPEN;
      return TRUE;
    }
  if (g_ascii_strcasecmp (text, "L") == 0)
    {
      days->kind = DAYS_LISTED;
      add (self, DAYS_OF_WEEK, SATURDAY);
      return TRUE;
    }
  if (!read_member (&text, &fields[DAYS_OF_WEEK], &days->number))
    return FALSE;
  if (g_ascii_toupper (*text) == 'L')
    {
      days->kind = DAYS_LAST;
      return text[1] == '\0';
    }

  days->kind = DAYS_NTH;
  if (*text++ != '#')
    return FALSE;

  return read_number (&text, NULL, 0, &days->nth) && days->nth >= 1 && days->nth <= 5
         && *text == '\0';
}

static gboolean
parse_field (SandboxCron *self, FieldName name, const char *text)
{
  Days special = { 0 };

  if (name == DAYS_OF_MONTH && parse_days_of_month (&special, text))
    self->of_month = special;
  else if (name == DAYS_OF_WEEK && parse_days_of_week (self, &special, text))
    self->of_week = special;
  else
    return parse_list (self, name, text);

  return TRUE;
}

/* Returns: (transfer full): the fields without the blanks between them. */
static char **
split (const char *text)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  char **pieces = g_strsplit_set (text, " \t", -1);

  for (gsize i = 0; pieces[i] != NULL; i++)
    {
      if (*pieces[i] != '\0')
        g_ptr_array_add (parts, pieces[i]);
      else
        g_free (pieces[i]);
    }
  g_free (pieces);
  g_ptr_array_add (parts, NULL);

  return (char **)g_ptr_array_free (g_steal_pointer (&parts), FALSE);
}

SandboxCron *
sandbox_cron_parse (const char *text, GError **error)
{
  g_autoptr (SandboxCron) self = g_new0 (SandboxCron, 1);
  g_auto (GStrv) parts = NULL;
  guint n;

  g_return_val_if_fail (text != NULL, NULL);

  parts = split (text);
  n = g_strv_length (parts);
  if (n != YEARS && n != N_FIELDS)
    {
      g_set_error (error, SANDBOX_CRON_ERROR, 0, "it has %u fields and not 6 or 7", n);
      return NULL;
    }
  for (guint i = 0; i < N_FIELDS; i++)
    if (!parse_field (self, (FieldName)i, i < n ? parts[i] : "*"))
      {
        g_set_error (error, SANDBOX_CRON_ERROR, 0, "'%s' is no %s", parts[i], fields[i].name);
        return NULL;
      }
  if ((self->of_month.kind == DAYS_OPEN) == (self->of_week.kind == DAYS_OPEN))
    {
      g_set_error (error, SANDBOX_CRON_ERROR, 0,
                   "one of day of month and day of week, and one alone, must be '?'");
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
sandbox_cron_free (SandboxCron *self)
{
  g_free (self);
}

/* Returns: the day of the week in the numbers of Quartz. */
static int
get_day_of_week (int year, int month, int day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);

  return g_date_get_weekday (&date) % 7 + 1;
}

/* Saturdays go back and Sundays on, but not out of the month. */
static int
to_working_day (int year, int month, int day, int last)
{
  int day_of_week = get_day_of_week (year, month, day);

  if (day_of_week == SATURDAY)
    return day > 1 ? day - 1 : day + 2;
  if (day_of_week == 1)
    return day < last ? day + 1 : day - 2;

  return day;
}

static gboolean
is_day_of_month (const SandboxCron *self, int year, int month, int day, int last)
{
  const Days *days = &self->of_month;
  int wanted = days->kind == DAYS_FROM_END ? last - days->number : days->number;

  if (days->kind == DAYS_LISTED)
    return has (self, DAYS_OF_MONTH, day);
  if (wanted < 1 || wanted > last)
    return FALSE;
  if (days->kind == DAYS_WORKING || days->working)
    wanted = to_working_day (year, month, wanted, last);

  return day == wanted;
}

static gboolean
is_day_of_week (const SandboxCron *self, int year, int month, int day, int last)
{
  const Days *days = &self->of_week;
  int day_of_week = get_day_of_week (year, month, day);

  if (days->kind == DAYS_LISTED)
    return has (self, DAYS_OF_WEEK, day_of_week);
  if (day_of_week != days->number)
    return FALSE;

  return days->kind == DAYS_LAST ? day + 7 > last : (day - 1) / 7 + 1 == days->nth;
}

/* Returns: the first time of the hour that begins at @begin after @after, 0 where it has none. */
static gint64
find_in_hour (const SandboxCron *self, gint64 begin, gint64 after)
{
  for (int minute = 0; minute < 60; minute++)
    {
      if (!has (self, MINUTES, minute) || begin + (minute + 1) * 60 * SECOND <= after)
        continue;
      for (int second = 0; second < 60; second++)
        {
          gint64 time = begin + (minute * 60 + second) * SECOND;

          if (has (self, SECONDS, second) && time > after)
            return time;
        }
    }

  return 0;
}

static gint64
find_in_day (const SandboxCron *self, GTimeZone *zone, int year, int month, int day, gint64 after)
{
  for (int hour = 0; hour < 24; hour++)
    {
      g_autoptr (GDateTime) begin = NULL;
      gint64 time;

      if (!has (self, HOURS, hour))
        continue;
      begin = g_date_time_new (zone, year, month, day, hour, 0, 0);
      time = find_in_hour (self, g_date_time_to_unix (begin) * SECOND, after);
      if (time != 0)
        return time;
    }

  return 0;
}

static gint64
find_in_month (
    const SandboxCron *self, GTimeZone *zone, int year, int month, int first, gint64 after)
{
  int last = g_date_get_days_in_month ((GDateMonth)month, (GDateYear)year);

  for (int day = first; day <= last; day++)
    {
      gboolean is_day = self->of_month.kind == DAYS_OPEN
                            ? is_day_of_week (self, year, month, day, last)
                            : is_day_of_month (self, year, month, day, last);
      gint64 time = is_day ? find_in_day (self, zone, year, month, day, after) : 0;

      if (time != 0)
        return time;
    }

  return 0;
}

gint64
sandbox_cron_find (const SandboxCron *self, GTimeZone *zone, gint64 after)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;
  int first_year, first_month, first_day;

  g_return_val_if_fail (self != NULL && zone != NULL, 0);

  utc = g_date_time_new_from_unix_utc (MAX (after, 0) / SECOND);
  local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  if (local == NULL)
    return 0;

  g_date_time_get_ymd (local, &first_year, &first_month, &first_day);
  for (int year = MAX (first_year, fields[YEARS].first); year <= SANDBOX_CRON_MAX_YEAR; year++)
    for (int month = year == first_year ? first_month : 1; has (self, YEARS, year) && month <= 12;
         month++)
      {
        gboolean is_first = year == first_year && month == first_month;
        gint64 time = has (self, MONTHS, month)
                          ? find_in_month (self, zone, year, month, is_first ? first_day : 1, after)
                          : 0;

        if (time != 0)
          return time;
      }

  return 0;
}

gint64
sandbox_cron_find_next (const char *text, const char *iana, gint64 after)
{
  g_autoptr (SandboxCron) self = sandbox_cron_parse (text, NULL);

  return self != NULL ? sandbox_cron_find (self, sandbox_time_zone_get (iana), after) : 0;
}
