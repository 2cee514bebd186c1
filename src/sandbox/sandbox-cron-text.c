/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-cron.h"

/* Turns a number or a name of a field into what a person calls it. Returns: (transfer full). */
typedef char *(*Namer) (const char *text);

static const char *const ordinals[] = { "", "first", "second", "third", "fourth", "fifth" };

static int
to_int (const char *text)
{
  return (int)MIN (g_ascii_strtoull (text, NULL, 10), 9999);
}

static char *
name_number (const char *text)
{
  return g_strdup_printf ("%d", to_int (text));
}

static char *
name_one (const char *text, const char *const *names, int n)
{
  int number = to_int (text);

  for (int i = 0; i < n; i++)
    if (number == i + 1 || g_ascii_strncasecmp (text, names[i], 3) == 0)
      return g_strdup (names[i]);

  return g_strdup (text);
}

static char *
name_day (const char *text)
{
  static const char *const names[]
      = { "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday" };

  return name_one (text, names, G_N_ELEMENTS (names));
}

static char *
name_month (const char *text)
{
  static const char *const names[]
      = { "January", "February", "March",     "April",   "May",      "June",
          "July",    "August",   "September", "October", "November", "December" };

  return name_one (text, names, G_N_ELEMENTS (names));
}

static char *
name_time (int hour, int minute)
{
  return g_strdup_printf ("%02d:%02d %s", hour % 12 == 0 ? 12 : hour % 12, minute,
                          hour < 12 ? "AM" : "PM");
}

static gboolean
is_number (const char *text)
{
  return *text != '\0' && strspn (text, "0123456789") == strlen (text);
}

/* Returns: n of "0/n", "1/n" and "*" "/n", which go on through all the field; 1 of "*", 0 of
 * others. */
static int
get_step (const char *text, const char *first)
{
  if (g_str_equal (text, "*"))
    return 1;
  if ((*text == '*' || (g_str_has_prefix (text, first) && strlen (first) == 1)) && text[1] == '/')
    return to_int (text + 2);

  return 0;
}

/* Returns: (transfer full): "Monday through Friday", "1, 15 and 20". */
static char *
name_list (const char *text, Namer namer)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  guint n = g_strv_length (parts);
  GString *result = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) ends = g_strsplit (parts[i], "-", 2);
      g_autofree char *from = namer (ends[0]);
      g_autofree char *to = ends[0] != NULL && ends[1] != NULL ? namer (ends[1]) : NULL;

      g_string_append (result, i == 0 ? "" : i + 1 == n ? " and " : ", ");
      g_string_append (result, from);
      if (to != NULL)
        g_string_append_printf (result, " through %s", to);
      if (strchr (parts[i], '/') != NULL)
        g_string_append_printf (result, " in steps of %d", to_int (strchr (parts[i], '/') + 1));
    }

  return g_string_free (result, FALSE);
}

static void
append_every (GString *result, int step, const char *unit)
{
  if (step == 1)
    g_string_append_printf (result, "Every %s", unit);
  else
    g_string_append_printf (result, "Every %d %ss", step, unit);
}

/* Each full hour, or each hour of a list, at that minute. */
static void
append_hours (GString *result, const char *minute, const char *hours)
{
  int step = get_step (hours, "0");

  if (step != 0 && to_int (minute) == 0)
    append_every (result, step, "hour");
  else if (step != 0)
    {
      g_string_append_printf (result, "At %d minutes past the hour", to_int (minute));
      if (step > 1)
        g_string_append_printf (result, ", every %d hours", step);
    }
  else
    {
      g_auto (GStrv) parts = g_strsplit (hours, ",", -1);

      g_string_append (result, "At ");
      for (guint i = 0; parts[i] != NULL; i++)
        {
          g_autofree char *time = is_number (parts[i])
                                      ? name_time (to_int (parts[i]), to_int (minute))
                                      : name_list (parts[i], name_number);

          g_string_append (result, i == 0 ? "" : parts[i + 1] == NULL ? " and " : ", ");
          g_string_append (result, time);
        }
    }
}

static void
append_time (GString *result, char **fields)
{
  int seconds = get_step (fields[0], "0");
  int minutes = get_step (fields[1], "0");

  if (seconds != 0)
    append_every (result, seconds, "second");
  else if (minutes != 0)
    append_every (result, minutes, "minute");
  else if (is_number (fields[1]))
    {
      append_hours (result, fields[1], fields[2]);
      return;
    }
  else
    {
      g_autofree char *list = name_list (fields[1], name_number);

      g_string_append_printf (result, "At %s minutes past the hour", list);
    }

  if (get_step (fields[2], "0") != 1)
    {
      g_autofree char *list = name_list (fields[2], name_number);

      g_string_append_printf (result, ", in hour %s", list);
    }
}

static void
append_day_of_month (GString *result, const char *text)
{
  gboolean working = g_ascii_toupper (text[strlen (text) - 1]) == 'W';
  const char *day = working ? "weekday" : "day";
  int step = get_step (text, "1");

  if (step > 1)
    g_string_append_printf (result, ", every %d days", step);
  else if (g_ascii_toupper (*text) == 'L' && text[1] == '-')
    g_string_append_printf (result, ", %d days before the last %s of the month", to_int (text + 2),
                            day);
  else if (g_ascii_toupper (*text) == 'L')
    g_string_append_printf (result, ", on the last %s of the month", day);
  else if (working)
    g_string_append_printf (result, ", on the weekday nearest day %d of the month", to_int (text));
  else if (step == 0 && *text != '?')
    {
      g_autofree char *list = name_list (text, name_number);

      g_string_append_printf (result, ", on day %s of the month", list);
    }
}

static void
append_day_of_week (GString *result, const char *text)
{
  const char *hash = strchr (text, '#');
  g_autofree char *list = NULL;

  if (*text == '?' || get_step (text, "1") == 1)
    return;

  list = name_list (text, name_day);
  if (hash != NULL)
    {
      g_autofree char *name = g_strndup (text, (gsize)(hash - text));
      g_autofree char *day = name_day (name);

      g_string_append_printf (result, ", on the %s %s of the month", ordinals[to_int (hash + 1)],
                              day);
    }
  else if (text[1] != '\0' && g_ascii_toupper (text[strlen (text) - 1]) == 'L')
    {
      g_autofree char *day = name_day (text);

      g_string_append_printf (result, ", on the last %s of the month", day);
    }
  else if (strchr (text, '-') != NULL && strchr (text, ',') == NULL)
    g_string_append_printf (result, ", %s", list);
  else
    g_string_append_printf (result, ", only on %s", list);
}

char *
sandbox_cron_describe (const char *text)
{
  g_autoptr (GRegex) blanks = g_regex_new ("[ \\t]+", 0, 0, NULL);
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_auto (GStrv) fields = g_regex_split (blanks, stripped, 0);
  GString *result = g_string_new (NULL);

  append_time (result, fields);
  append_day_of_month (result, fields[3]);
  append_day_of_week (result, fields[5]);
  if (get_step (fields[4], "1") == 0)
    {
      g_autofree char *months = name_list (fields[4], name_month);

      g_string_append_printf (result, ", only in %s", months);
    }
  if (fields[6] != NULL && get_step (fields[6], "*") == 0)
    {
      g_autofree char *years = name_list (fields[6], name_number);

      g_string_append_printf (result, ", only in %s", years);
    }

  return g_string_free (result, FALSE);
}
