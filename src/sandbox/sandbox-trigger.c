/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-trigger.h"

#include "baton-json.h"
#include "sandbox-clock.h"
#include "sandbox-cron.h"
#include "sandbox-event.h"
#include "sandbox-job.h"
#include "sandbox-maintenance.h"
#include "sandbox-row.h"
#include "sandbox-sets.h"
#include "sandbox-start.h"
#include "sandbox-statement.h"
#include "sandbox-time-zone.h"

/* As late as a trigger may be and still fire. */
#define MAX_LATENESS (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
/* Days in a row that a calendar may leave out. */
#define MAX_EXCLUDED 3660

/* Values of StartStrategy that are no number of jobs, as the vendor's module for PowerShell sends
 * them: one on each robot of the folder, one on each that is named. */
#define STRATEGY_ALL (-1)
#define STRATEGY_SPECIFIC 0

typedef struct
{
  gint64 id;
  gint64 tenant;
  gint64 folder;
  gint64 queue; /* 0: a time trigger */
  gint64 calendar;
  gint64 last; /* no job starts after it; 0: never */
  gint64 threshold;
  gint64 per_job;
  gint64 most;
  gint64 stop_after;
  gint64 kill_after;
  gint64 occurrence;
  int strategy; /* how many jobs, or STRATEGY_ALL or STRATEGY_SPECIFIC */
  int runtime;
  int priority;
  gint64 priority_value;
  gboolean kills;
  gboolean keeps_place;
  char *name;    /* (owned) */
  char *release; /* (owned) (nullable): Releases.Id */
  char *cron;    /* (owned) (nullable) */
  char *zone;    /* (owned) (nullable) */
  char *input;   /* (owned) (nullable) */
  char *robots;  /* (owned) (nullable) */
  char *executors;   /* (owned) (nullable) */
  char *entry_point; /* (owned) (nullable) */
} Trigger;

static void
trigger_clear (Trigger *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->release, g_free);
  g_clear_pointer (&self->cron, g_free);
  g_clear_pointer (&self->zone, g_free);
  g_clear_pointer (&self->input, g_free);
  g_clear_pointer (&self->robots, g_free);
  g_clear_pointer (&self->executors, g_free);
  g_clear_pointer (&self->entry_point, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Trigger, trigger_clear)

static char *
dup_column (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *)sqlite3_column_text (statement, column));
}

static gboolean
trigger_load (Trigger *self, SandboxStore *store, gint64 id)
{
  sqlite3_stmt *statement = sandbox_statement_open (
      store,
      "SELECT \"TenantId\", \"OrganizationUnitId\", \"QueueDefinitionId\", \"CalendarId\", "
      "\"StopProcessDate\", ifnull (\"ItemsActivationThreshold\", 1), "
      "max (ifnull (\"ItemsPerJobActivationTarget\", 1), 1), "
      "max (ifnull (\"MaxJobsForActivation\", 1), 1), cast (\"StopProcessExpression\" AS INTEGER), "
      "cast (\"KillProcessExpression\" AS INTEGER), \"StartProcessNextOccurrence\", "
      "ifnull (\"StartStrategy\", 1), \"RuntimeType\", ifnull (\"JobPriority\", -1), "
      "\"SpecificPriorityValue\", \"StopStrategy\", \"ResumeOnSameContext\", \"Name\", "
      "\"ReleaseId\", \"StartProcessCron\", \"TimeZoneIana\", \"InputArguments\", "
      "\"MachineRobots\", \"ExecutorRobots\", \"EntryPointPath\" FROM \"ProcessSchedules\" WHERE "
      "\"Id\" = ?",
      "i", id);
  gboolean found = sqlite3_step (statement) == SQLITE_ROW;

  if (found)
    *self = (Trigger){ .id = id,
                       .tenant = sqlite3_column_int64 (statement, 0),
                       .folder = sqlite3_column_int64 (statement, 1),
                       .queue = sqlite3_column_int64 (statement, 2),
                       .calendar = sqlite3_column_int64 (statement, 3),
                       .last = sqlite3_column_int64 (statement, 4),
                       .threshold = sqlite3_column_int64 (statement, 5),
                       .per_job = sqlite3_column_int64 (statement, 6),
                       .most = sqlite3_column_int64 (statement, 7),
                       .stop_after = sqlite3_column_int64 (statement, 8),
                       .kill_after = sqlite3_column_int64 (statement, 9),
                       .occurrence = sqlite3_column_int64 (statement, 10),
                       .strategy = sqlite3_column_int (statement, 11),
                       .runtime = sqlite3_column_type (statement, 12) == SQLITE_NULL
                                      ? -1
                                      : sqlite3_column_int (statement, 12),
                       .priority = sqlite3_column_int (statement, 13),
                       .priority_value = sqlite3_column_int64 (statement, 14),
                       .kills = sqlite3_column_int (statement, 15) == 1,
                       .keeps_place = sqlite3_column_int (statement, 16),
                       .name = dup_column (statement, 17),
                       .release = dup_column (statement, 18),
                       .cron = dup_column (statement, 19),
                       .zone = dup_column (statement, 20),
                       .input = dup_column (statement, 21),
                       .robots = dup_column (statement, 22),
                       .executors = dup_column (statement, 23),
                       .entry_point = dup_column (statement, 24) };
  sandbox_store_done (statement);

  return found;
}

void
sandbox_trigger_read_places (const char *robots, GArray *places)
{
  g_autoptr (JsonNode) node = robots != NULL ? baton_json_parse_text (robots, -1, NULL) : NULL;
  JsonArray *pairs = node != NULL ? baton_json_peek_root_array (node) : NULL;

  g_return_if_fail (places != NULL);

  for (guint i = 0; i < baton_json_length (pairs); i++)
    {
      JsonObject *pair = baton_json_peek_object_at (pairs, i);
      gint64 id = baton_json_peek_int (pair, "Id", 0);
      SandboxRuntimeWish place = { .robot = baton_json_peek_int (pair, "RobotId", id),
                                   .machine = baton_json_peek_int (pair, "MachineId", 0),
                                   .session = baton_json_peek_int (pair, "SessionId", 0) };

      g_array_append_val (places, place);
    }
}

/* Returns: (transfer full): "2026-12-25" of the time by the clocks of @zone. */
static char *
format_day (gint64 time, GTimeZone *zone, gint64 *end)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autoptr (GDateTime) last
      = g_date_time_new (zone, g_date_time_get_year (local), g_date_time_get_month (local),
                         g_date_time_get_day_of_month (local), 23, 59, 59);

  *end = g_date_time_to_unix (last) * G_GINT64_CONSTANT (1000000);

  return g_date_time_format (local, "%Y-%m-%d");
}

static gboolean
is_excluded (JsonArray *days, const char *day)
{
  for (guint i = 0; i < baton_json_length (days); i++)
    {
      const char *excluded = baton_json_peek_string_at (days, i);

      if (excluded != NULL && g_str_has_prefix (excluded, day))
        return TRUE;
    }

  return FALSE;
}

gint64
sandbox_trigger_find_next (
    SandboxStore *store, const char *cron, const char *zone, gint64 calendar, gint64 after)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (cron == NULL)
    return 0;
  if (calendar != 0)
    text = sandbox_statement_ask_text (
        store, "SELECT \"ExcludedDates\" FROM \"Calendars\" WHERE \"Id\" = ?", "i", calendar);
  node = text != NULL ? baton_json_parse_text (text, -1, NULL) : NULL;

  for (int i = 0; i < MAX_EXCLUDED; i++)
    {
      gint64 time = sandbox_cron_find_next (cron, zone, after);
      g_autofree char *day = NULL;

      if (time == 0 || node == NULL)
        return time;
      day = format_day (time, sandbox_time_zone_get (zone), &after);
      if (!is_excluded (baton_json_peek_root_array (node), day))
        return time;
    }

  return 0;
}

/* Its process may be gone. */
static void
fail (SandboxServer *server, const Trigger *self)
{
  sandbox_event_emit (sandbox_server_get_store (server),
                      &(SandboxEvent){ "schedule.failed", self->tenant, self->folder, 0, "Schedule",
                                       &sandbox_set_process_schedules, self->id });
}

/* Returns: how many jobs a time trigger starts. */
static guint
read_strategy (SandboxStore *store, const Trigger *self, GArray *places)
{
  if (self->strategy == STRATEGY_ALL)
    {
      g_array_set_size (places, 0);
      sandbox_runtime_list_robots (store, self->folder, places);

      return places->len;
    }
  if (self->strategy == STRATEGY_SPECIFIC)
    return MAX (places->len, 1);

  return (guint)MAX (self->strategy, 1);
}

/* @n: 0 for as many as the trigger itself says. */
static void
start (SandboxServer *server, const Trigger *self, guint n)
{
  g_auto (SandboxProcess) process = { 0 };
  g_autoptr (GArray) places = g_array_new (FALSE, TRUE, sizeof (SandboxRuntimeWish));
  SandboxStart order;

  if (sandbox_maintenance_skip_trigger (sandbox_server_get_store (server), self->tenant))
    return;
  if (self->release == NULL
      || !sandbox_process_find (&process, sandbox_server_get_store (server), self->tenant,
                                self->folder, "Id", self->release))
    {
      fail (server, self);
      return;
    }

  sandbox_trigger_read_places (self->robots, places);
  sandbox_trigger_read_places (self->executors, places);
  if (n == 0)
    n = read_strategy (sandbox_server_get_store (server), self, places);
  sandbox_start_init (&order, &process);
  sandbox_start_set_priority (&order, self->priority, self->priority_value);
  order.source = self->name;
  order.source_type
      = sandbox_row_get_enum ("Jobs", "SourceType", self->queue != 0 ? "Queue" : "Schedule");
  order.schedule = self->id;
  if (self->input != NULL && *self->input != '\0')
    order.input = self->input;
  if (self->entry_point != NULL && *self->entry_point != '\0')
    order.entry_point = self->entry_point;
  if (self->runtime >= 0)
    order.runtime = self->runtime;
  order.stop_after = self->stop_after;
  order.kill_after = self->kill_after;
  order.kills = self->kills;
  order.keeps_place = self->keeps_place;
  order.places = (const SandboxRuntimeWish *)(gconstpointer)places->data;
  order.n_places = places->len;
  sandbox_start_run (&order, server, &process, n, NULL);
}

/* As many jobs as the items that wait want, less those that are under way (fact sheet 6.8). */
static void
check_items (SandboxServer *server, const Trigger *self)
{
  SandboxStore *store = sandbox_server_get_store (server);
  gint64 items = sandbox_statement_ask (
      store,
      "SELECT count (*) FROM (SELECT 1 FROM \"QueueItems\" WHERE \"QueueDefinitionId\" = ? AND "
      "\"Status\" = 0 AND ifnull (\"DeferDate\", 0) <= ? LIMIT ?)",
      "iii", self->queue, sandbox_clock_now (), MAX (self->threshold, self->most * self->per_job));
  gint64 jobs = sandbox_statement_ask (store,
                                       "SELECT count (*) FROM \"Jobs\" WHERE \"TenantId\" = ? AND "
                                       "\"State\" " SANDBOX_JOB_IS_UNDER_WAY " "
                                       "AND \"StartingScheduleId\" = ?",
                                       "ii", self->tenant, self->id);
  gint64 wanted = MIN ((items + self->per_job - 1) / self->per_job, self->most) - jobs;

  if (items >= self->threshold && wanted > 0)
    start (server, self, (guint)wanted);
}

/* Returns: (transfer full) (element-type gint64) */
static GArray *
list_ids (sqlite3_stmt *statement)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  while (sqlite3_step (statement) == SQLITE_ROW)
    g_array_append_vals (ids, &(gint64){ sqlite3_column_int64 (statement, 0) }, 1);
  sandbox_store_done (statement);

  return ids;
}

/* Its next occurrence after @time; without one it is done, where it has a last day at the end of
 * that. */
static void
move_on (const Trigger *self, SandboxStore *store, gint64 time)
{
  gint64 next = sandbox_trigger_find_next (store, self->cron, self->zone, self->calendar, time);

  if (self->last != 0 && next > self->last)
    next = 0;
  sandbox_update (store, "ProcessSchedules", self->id,
                  SANDBOX_TIME ("StartProcessNextOccurrence", next),
                  SANDBOX_INT ("Enabled", next != 0 || time < self->last));
}

static GArray *
list_due (SandboxStore *store, gint64 time)
{
  return list_ids (sandbox_statement_open (store,
                                           "SELECT \"Id\" FROM \"ProcessSchedules\" WHERE "
                                           "\"Enabled\" AND (\"StartProcessNextOccurrence\" <= ?1 "
                                           "OR \"StopProcessDate\" <= ?1)",
                                           "i", time));
}

void
sandbox_trigger_run (SandboxServer *server)
{
  SandboxStore *store;
  g_autoptr (GArray) ids = NULL;
  gint64 now = sandbox_clock_now ();

  g_return_if_fail (SANDBOX_IS_SERVER (server));

  store = sandbox_server_get_store (server);
  ids = list_due (store, now);
  for (guint i = 0; i < ids->len; i++)
    {
      g_auto (Trigger) trigger = { 0 };

      if (!trigger_load (&trigger, store, g_array_index (ids, gint64, i)))
        continue;
      if (trigger.occurrence == 0 || trigger.occurrence > now)
        g_debug ("At its end: trigger %" G_GINT64_FORMAT, trigger.id);
      else if (now - trigger.occurrence > MAX_LATENESS)
        g_debug ("Left out: trigger %" G_GINT64_FORMAT, trigger.id);
      else if (trigger.queue != 0)
        check_items (server, &trigger);
      else
        start (server, &trigger, 0);
      move_on (&trigger, store, now);
    }
}

void
sandbox_trigger_skip (SandboxStore *store, gint64 time)
{
  g_autoptr (GArray) ids = NULL;

  g_return_if_fail (SANDBOX_IS_STORE (store));

  ids = list_due (store, time);
  for (guint i = 0; i < ids->len; i++)
    {
      g_auto (Trigger) trigger = { 0 };

      if (trigger_load (&trigger, store, g_array_index (ids, gint64, i)))
        move_on (&trigger, store, time);
    }
}

gint64
sandbox_trigger_get_due (SandboxStore *store)
{
  gint64 due = sandbox_statement_ask (
      store,
      "SELECT min (min (ifnull (\"StartProcessNextOccurrence\", \"StopProcessDate\"), ifnull "
      "(\"StopProcessDate\", \"StartProcessNextOccurrence\"))) FROM \"ProcessSchedules\" WHERE "
      "\"Enabled\"",
      "");

  return due != 0 ? due : G_MAXINT64;
}

void
sandbox_trigger_check_queue (SandboxServer *server, gint64 queue)
{
  SandboxStore *store;
  g_autoptr (GArray) ids = NULL;

  g_return_if_fail (SANDBOX_IS_SERVER (server));

  store = sandbox_server_get_store (server);
  ids = list_ids (sandbox_statement_open (store,
                                          "SELECT \"Id\" FROM \"ProcessSchedules\" WHERE "
                                          "\"Enabled\" AND \"QueueDefinitionId\" = ?",
                                          "i", queue));
  for (guint i = 0; i < ids->len; i++)
    sandbox_trigger_activate (server, g_array_index (ids, gint64, i));
}

gboolean
sandbox_trigger_activate (SandboxServer *server, gint64 trigger)
{
  g_auto (Trigger) self = { 0 };

  g_return_val_if_fail (SANDBOX_IS_SERVER (server), FALSE);

  if (!trigger_load (&self, sandbox_server_get_store (server), trigger) || self.queue == 0)
    return FALSE;
  check_items (server, &self);

  return TRUE;
}

/* A trigger whose jobs fault one after the other disables itself. */
static void
count_faults (SandboxStore *store, gint64 trigger)
{
  sandbox_statement_run (
      store,
      "UPDATE \"ProcessSchedules\" AS s SET \"Enabled\" = 0, \"StartProcessNextOccurrence\" = NULL "
      "WHERE s.\"Id\" = ?1 AND s.\"ConsecutiveJobFailuresThreshold\" > 0 AND "
      "s.\"ConsecutiveJobFailuresThreshold\" <= (SELECT count (*) FROM \"Jobs\" j WHERE "
      "j.\"TenantId\" = s.\"TenantId\" AND j.\"StartingScheduleId\" = ?1 AND j.\"State\" = 4 AND "
      "j.\"Id\" > ifnull ((SELECT max (k.\"Id\") FROM \"Jobs\" k WHERE k.\"TenantId\" = "
      "s.\"TenantId\" AND k.\"StartingScheduleId\" = ?1 AND k.\"State\" IN (5, 6)), 0))",
      "i", trigger);
}

void
sandbox_trigger_job_ended (SandboxServer *server, gint64 trigger, gint64 job, gboolean faulted)
{
  SandboxStore *store;

  g_return_if_fail (SANDBOX_IS_SERVER (server));

  store = sandbox_server_get_store (server);
  if (faulted)
    count_faults (store, trigger);
  /* A job during which no item was taken leaves the next one nothing else to do. */
  if (sandbox_statement_ask (
          store,
          "SELECT 1 FROM \"ProcessSchedules\" s WHERE s.\"Id\" = ? AND s.\"Enabled\" AND "
          "s.\"ActivateOnJobComplete\" AND EXISTS (SELECT 1 FROM \"QueueItems\" i WHERE "
          "i.\"QueueDefinitionId\" = s.\"QueueDefinitionId\" AND i.\"StartProcessing\" >= (SELECT "
          "j.\"StartTime\" FROM \"Jobs\" j WHERE j.\"Id\" = ?))",
          "ii", trigger, job))
    sandbox_trigger_activate (server, trigger);
}
