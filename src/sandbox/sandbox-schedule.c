/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-schedules.h"

#include "baton-json.h"
#include "sandbox-change.h"
#include "sandbox-clock.h"
#include "sandbox-cron.h"
#include "sandbox-process.h"
#include "sandbox-runtime.h"
#include "sandbox-simulator.h"
#include "sandbox-statement.h"
#include "sandbox-time-zone.h"
#include "sandbox-trigger.h"

/* The service looks at its queue triggers again this often (fact sheet 6.8). */
#define QUEUE_CRON "0 0/30 * 1/1 * ? *"

/* Returns: what the row holds when the change is done. */
static gint64
get_int (SandboxRequest *request, SandboxChange *change, const char *column, gint64 fallback)
{
  g_autofree char *sql = NULL;

  if (sandbox_change_has (change, column))
    return sandbox_change_get_int (change, column, 0);
  if (change->id == 0)
    return fallback;
  sql = g_strdup_printf ("SELECT \"%s\" FROM \"ProcessSchedules\" WHERE \"Id\" = ?", column);

  return sandbox_statement_ask (request->store, sql, "i", change->id);
}

/* Returns: (transfer full) (nullable): likewise. */
static char *
dup_text (SandboxRequest *request, SandboxChange *change, const char *column)
{
  g_autofree char *sql = NULL;

  if (sandbox_change_has (change, column) || change->id == 0)
    return g_strdup (sandbox_change_get_text (change, column));
  sql = g_strdup_printf ("SELECT \"%s\" FROM \"ProcessSchedules\" WHERE \"Id\" = ?", column);

  return sandbox_statement_ask_text (request->store, sql, "i", change->id);
}

/* By ReleaseId, or else ReleaseKey, or else ReleaseName. Answers where there is none. */
static gboolean
check_process (SandboxRequest *request, SandboxChange *change)
{
  g_auto (SandboxProcess) process = { 0 };
  gint64 id = get_int (request, change, "ReleaseId", 0);
  const char *key = baton_json_peek_string (change->body, "ReleaseKey");
  const char *name = baton_json_peek_string (change->body, "ReleaseName");
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  g_autofree char *input = dup_text (request, change, "InputArguments");
  g_autofree char *wrong = NULL;
  const char *column = id != 0 ? "Id" : key != NULL ? "Key" : "Name";
  const char *value = id != 0 ? text : key != NULL ? key : name;

  if (value == NULL)
    {
      sandbox_reply_error (request, 400, 1014, "The ReleaseId field is required.");
      return FALSE;
    }
  if (!sandbox_process_find (&process, request->store, request->tenant, request->folder, column,
                             value))
    {
      sandbox_reply_error (request, 404, 1002, "Process %s does not exist.", value);
      return FALSE;
    }
  wrong = sandbox_process_check_input (&process, input);
  if (wrong != NULL)
    {
      sandbox_reply_error (request, 400, 1009, "%s", wrong);
      return FALSE;
    }

  sandbox_change_set_int (change, "ReleaseId", process.id);
  sandbox_change_set_text (change, "ReleaseKey", process.key);
  sandbox_change_set_text (change, "ReleaseName", process.name);
  sandbox_change_set_text (change, "PackageName", process.package);
  if (sandbox_change_get_text (change, "EntryPointPath") == NULL)
    sandbox_change_set_text (change, "EntryPointPath", process.entry_point);

  return TRUE;
}

/* Answers where there is no such queue, or it has a trigger of its own. */
static gboolean
check_queue (SandboxRequest *request, SandboxChange *change)
{
  static const char *const numbers[]
      = { "ItemsActivationThreshold", "ItemsPerJobActivationTarget", "MaxJobsForActivation" };
  gint64 queue = get_int (request, change, "QueueDefinitionId", 0);
  g_autofree char *name = NULL;

  if (queue == 0)
    return TRUE;

  name = sandbox_statement_ask_text (
      request->store,
      "SELECT \"Name\" FROM \"QueueDefinitions\" WHERE \"Id\" = ? AND \"TenantId\" = ?", "ii",
      queue, request->tenant);
  if (name == NULL)
    {
      sandbox_reply_error (request, 404, 1002, "Queue %" G_GINT64_FORMAT " does not exist.", queue);
      return FALSE;
    }
  if (sandbox_statement_ask (request->store,
                             "SELECT 1 FROM \"ProcessSchedules\" WHERE \"TenantId\" = ? AND "
                             "\"QueueDefinitionId\" = ? AND \"Id\" <> ?",
                             "iii", request->tenant, queue, change->id))
    {
      sandbox_reply_error (request, 409, 1009, "The queue %s already has a trigger.", name);
      return FALSE;
    }

  sandbox_change_set_text (change, "QueueDefinitionName", name);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      gint64 number = get_int (request, change, numbers[i], 1);

      if (number < 1)
        {
          sandbox_reply_error (request, 400, 1009, "%s must be at least 1.", numbers[i]);
          return FALSE;
        }
      sandbox_change_set_int (change, numbers[i], number);
    }

  return TRUE;
}

/* Answers where there is no such calendar. */
static gboolean
check_calendar (SandboxRequest *request, SandboxChange *change)
{
  gint64 calendar = get_int (request, change, "CalendarId", 0);
  g_autofree char *name = NULL;
  g_autofree char *key = NULL;

  if (calendar != 0)
    {
      name = sandbox_statement_ask_text (
          request->store,
          "SELECT \"Name\" FROM \"Calendars\" WHERE \"Id\" = ? AND \"TenantId\" = ?", "ii",
          calendar, request->tenant);
      key = sandbox_statement_ask_text (
          request->store, "SELECT \"Key\" FROM \"Calendars\" WHERE \"Id\" = ? AND \"TenantId\" = ?",
          "ii", calendar, request->tenant);
      if (name == NULL)
        {
          sandbox_reply_error (request, 404, 1002, "Calendar %" G_GINT64_FORMAT " does not exist.",
                               calendar);
          return FALSE;
        }
    }
  sandbox_change_set_text (change, "CalendarName", name);
  sandbox_change_set_text (change, "CalendarKey", key);
  sandbox_change_set_int (change, "UseCalendar", calendar != 0);

  return TRUE;
}

/* Answers where it is no strategy, or names a robot that is not there. */
static gboolean
check_strategy (SandboxRequest *request, SandboxChange *change)
{
  g_autoptr (GArray) robots = g_array_new (FALSE, TRUE, sizeof (SandboxRuntimeWish));

  /* All robots of the folder, those that are named, or a number of jobs. */
  if (sandbox_change_get_int (change, "StartStrategy", 1) < -1)
    {
      sandbox_reply_error (request, 400, 1009, "StartStrategy must be -1, 0 or a number of jobs.");
      return FALSE;
    }
  sandbox_trigger_read_places (sandbox_change_get_text (change, "ExecutorRobots"), robots);
  for (guint i = 0; i < robots->len; i++)
    {
      gint64 robot = g_array_index (robots, SandboxRuntimeWish, i).robot;

      if (sandbox_statement_ask (request->store,
                                 "SELECT 1 FROM \"Robots\" WHERE \"TenantId\" = ? AND \"Id\" = ?",
                                 "ii", request->tenant, robot)
          == 0)
        {
          sandbox_reply_error (request, 404, 1002, "Robot %" G_GINT64_FORMAT " does not exist.",
                               robot);
          return FALSE;
        }
    }

  return TRUE;
}

/* Answers where it is no number of seconds. */
static gboolean
check_seconds (SandboxRequest *request, SandboxChange *change, const char *column)
{
  const char *text = sandbox_change_get_text (change, column);

  if (text == NULL || *text == '\0'
      || g_ascii_string_to_signed (text, 10, 0, G_MAXINT32, NULL, NULL))
    return TRUE;

  sandbox_reply_error (request, 400, 1009, "%s must be a number of seconds.", column);

  return FALSE;
}

/* Answers where time zone or expression are none, or it would never run. */
static gboolean
check_time (SandboxRequest *request, SandboxChange *change)
{
  g_autofree char *zone = dup_text (request, change, "TimeZoneId");
  g_autofree char *iana = zone != NULL ? sandbox_time_zone_to_iana (zone) : NULL;
  g_autofree char *text = dup_text (request, change, "StartProcessCron");
  gboolean has_queue = get_int (request, change, "QueueDefinitionId", 0) != 0;
  const char *cron = (text == NULL || *text == '\0') && has_queue ? QUEUE_CRON : text;
  g_autofree char *summary = NULL;
  g_autoptr (SandboxCron) parsed = NULL;
  g_autoptr (GError) error = NULL;
  gint64 last = get_int (request, change, "StopProcessDate", 0);
  gint64 next = 0;

  if (iana == NULL)
    {
      sandbox_reply_error (request, 400, 1009, "There is no time zone '%s'.",
                           zone != NULL ? zone : "");
      return FALSE;
    }
  parsed = sandbox_cron_parse (cron != NULL ? cron : "", &error);
  if (parsed == NULL)
    {
      sandbox_reply_error (request, 400, 1009, "The cron expression is not valid: %s.",
                           error->message);
      return FALSE;
    }
  if (get_int (request, change, "Enabled", TRUE))
    {
      next = sandbox_trigger_find_next (request->store, cron, iana,
                                        get_int (request, change, "CalendarId", 0),
                                        sandbox_clock_now ());
      if (next == 0 || (last != 0 && next > last))
        {
          sandbox_reply_error (request, 400, 1009, "The trigger will never run.");
          return FALSE;
        }
    }

  summary = sandbox_cron_describe (cron);
  sandbox_change_set_text (change, "StartProcessCron", cron);
  sandbox_change_set_text (change, "StartProcessCronSummary", summary);
  sandbox_change_set_text (change, "TimeZoneIana", iana);
  if (next != 0)
    sandbox_change_set_int (change, "StartProcessNextOccurrence", next);
  else
    sandbox_change_set_null (change, "StartProcessNextOccurrence");

  return TRUE;
}

static gboolean
check (SandboxRequest *request, SandboxChange *change)
{
  if (!check_process (request, change) || !check_queue (request, change)
      || !check_calendar (request, change) || !check_time (request, change)
      || !check_strategy (request, change)
      || !check_seconds (request, change, "StopProcessExpression")
      || !check_seconds (request, change, "KillProcessExpression"))
    return FALSE;

  if (change->kind == SANDBOX_WRITE_CREATE)
    {
      if (!sandbox_change_has (change, "Enabled"))
        sandbox_change_set_int (change, "Enabled", TRUE);
      if (!sandbox_change_has (change, "StartStrategy"))
        sandbox_change_set_int (change, "StartStrategy", 1);
      sandbox_change_set_int (change, "IsConnected", TRUE);
    }

  return TRUE;
}

/* The queue knows its trigger. */
static void
link_queue (SandboxStore *store, gint64 trigger)
{
  sandbox_statement_run (store,
                         "UPDATE \"QueueDefinitions\" SET \"ProcessScheduleId\" = NULL WHERE "
                         "\"ProcessScheduleId\" = ?",
                         "i", trigger);
  sandbox_statement_run (
      store,
      "UPDATE \"QueueDefinitions\" SET \"ProcessScheduleId\" = ?1, \"ReleaseId\" "
      "= (SELECT \"ReleaseId\" FROM \"ProcessSchedules\" WHERE \"Id\" = ?1) WHERE "
      "\"Id\" = (SELECT \"QueueDefinitionId\" FROM \"ProcessSchedules\" WHERE "
      "\"Id\" = ?1)",
      "i", trigger);
}

static gboolean
written (SandboxRequest *request, SandboxChange *change)
{
  link_queue (request->store, change->id);
  if (get_int (request, change, "Enabled", FALSE))
    sandbox_trigger_activate (request->server, change->id);
  sandbox_simulator_wake (request->server);

  return TRUE;
}

static gboolean
may_delete (SandboxRequest *request, gint64 id)
{
  sandbox_statement_run (request->store,
                         "UPDATE \"QueueDefinitions\" SET \"ProcessScheduleId\" = NULL WHERE "
                         "\"ProcessScheduleId\" = ?",
                         "i", id);

  return TRUE;
}

const SandboxSetHooks sandbox_schedule_hooks = {
  .check = check,
  .written = written,
  .may_delete = may_delete,
};
