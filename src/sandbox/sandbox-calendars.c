/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-calendar.h"

#include <baton-json.h>
#include <baton-time.h>

#include "sandbox-body.h"
#include "sandbox-change.h"
#include "sandbox-operations.h"
#include "sandbox-statement.h"
#include "sandbox-time-zone.h"

#define US "UiPath.Server.Configuration.OData."
#define ERROR_INVALID_ARGUMENT 1009
#define ERROR_HAS_DEPENDENTS 1012
#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

static int
compare_days (gconstpointer a, gconstpointer b)
{
  const gint64 *first = a, *second = b;

  return (*first > *second) - (*first < *second);
}

/* Returns: (transfer full) (nullable): the days of the dates, sorted; NULL where one is none. */
static GArray *
read_days (JsonArray *dates)
{
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < baton_json_length (dates); i++)
    {
      const char *text = baton_json_peek_string_at (dates, i);
      gint64 time;

      if (text == NULL || !baton_time_parse (text, &time))
        return NULL;
      time -= (time % DAY + DAY) % DAY;
      g_array_append_val (days, time);
    }
  g_array_sort (days, compare_days);

  return g_steal_pointer (&days);
}

/* Each day once. */
static char *
format_days (GArray *days)
{
  GString *json = g_string_new ("[");

  for (guint i = 0; i < days->len; i++)
    {
      gint64 day = g_array_index (days, gint64, i);
      g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (day / G_USEC_PER_SEC);
      g_autofree char *text = g_date_time_format (date, "%Y-%m-%dT00:00:00Z");

      if (i > 0 && day == g_array_index (days, gint64, i - 1))
        continue;
      g_string_append_printf (json, "%s\"%s\"", i > 0 ? "," : "", text);
    }
  g_string_append_c (json, ']');

  return g_string_free (json, FALSE);
}

gboolean
sandbox_calendar_check (SandboxRequest *request, JsonObject *body, char **dates)
{
  const char *zone = baton_json_peek_string (body, "TimeZoneId");
  g_autofree char *iana = zone != NULL ? sandbox_time_zone_to_iana (zone) : NULL;
  JsonArray *given = baton_json_peek_array (body, "ExcludedDates");
  g_autoptr (GArray) days = read_days (given);

  g_return_val_if_fail (request != NULL && dates != NULL, FALSE);

  *dates = NULL;
  if (zone != NULL && *zone != '\0' && iana == NULL)
    {
      sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT, "There is no time zone '%s'.",
                           zone);
      return FALSE;
    }
  if (days == NULL || (given == NULL && sandbox_body_has (body, "ExcludedDates")))
    {
      sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT,
                           "ExcludedDates must be dates, as 2026-12-25T00:00:00Z.");
      return FALSE;
    }
  *dates = format_days (days);

  return TRUE;
}

static gboolean
check_cb (SandboxRequest *request, SandboxChange *change)
{
  g_autofree char *dates = NULL;

  if (!sandbox_calendar_check (request, change->body, &dates))
    return FALSE;
  sandbox_change_set_text (change, "ExcludedDates", dates);

  return TRUE;
}

/* Triggers tell the name of their calendar. */
static gboolean
written_cb (SandboxRequest *request, SandboxChange *change)
{
  const char *name = sandbox_change_get_text (change, "Name");

  if (change->kind != SANDBOX_WRITE_CREATE && name != NULL)
    sandbox_statement_run (
        request->store,
        "UPDATE \"ProcessSchedules\" SET \"CalendarName\" = ? WHERE \"CalendarId\" = ?", "si", name,
        change->id);

  return TRUE;
}

static gboolean
may_delete_cb (SandboxRequest *request, gint64 id)
{
  g_autofree char *trigger = sandbox_statement_ask_text (
      request->store, "SELECT \"Name\" FROM \"ProcessSchedules\" WHERE \"CalendarId\" = ?", "i",
      id);

  if (trigger == NULL)
    return TRUE;

  sandbox_reply_error (request, 409, ERROR_HAS_DEPENDENTS,
                       "The calendar is used by the trigger %s.", trigger);

  return FALSE;
}

const SandboxSetHooks sandbox_calendar_hooks = { check_cb, written_cb, may_delete_cb };

static const SandboxBodyField exists_fields[]
    = { { "calendarName", SANDBOX_BODY_TEXT, 1, 150 }, { NULL } };

static void
exists_cb (SandboxRequest *request)
{
  const char *name;

  if (!sandbox_body_check (request, request->body, "calendarExistsParameters", exists_fields)
      || !sandbox_body_require (request, request->body, "calendarName", NULL))
    return;

  name = baton_json_peek_string (request->body, "calendarName");
  sandbox_reply_value (
      request, "Edm.Boolean",
      sandbox_statement_ask (request->store,
                             "SELECT 1 FROM \"Calendars\" WHERE \"TenantId\" = ? AND \"Name\" = ?",
                             "is", request->tenant, name)
              != 0
          ? "true"
          : "false");
}

const SandboxOperation sandbox_calendars_operations[] = {
  { "POST", "/odata/Calendars/" US "CalendarExists", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Settings.Edit", exists_cb },
  { NULL },
};
