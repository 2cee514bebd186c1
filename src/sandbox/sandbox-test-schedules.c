/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-test-set.h"

#include "baton-json.h"
#include "sandbox-body.h"
#include "sandbox-change.h"
#include "sandbox-clock.h"
#include "sandbox-cron.h"
#include "sandbox-operations.h"
#include "sandbox-server.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-time-zone.h"

#define US "UiPath.Server.Configuration.OData."
/* The schedules are looked at this often at least. */
#define MAX_DELAY (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define DATA_KEY "sandbox-test-schedules"

static const SandboxField schedules_fields[] = {
  { "Enabled", SANDBOX_FIELD_BOOL },
  { "Name", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED, .maximum = 256 },
  { "Description", SANDBOX_FIELD_STRING },
  { "TestSetId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED },
  { "TestSetName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, NULL,
    "(SELECT s.\"Name\" FROM \"TestSets\" s WHERE s.\"Id\" = @.\"TestSetId\")" },
  { "TimeZoneId", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED,
    .maximum = 80 },
  { "TimeZoneIana", SANDBOX_FIELD_STRING, SANDBOX_FIELD_READ_ONLY },
  { "CalendarId", SANDBOX_FIELD_INT64 },
  { "CalendarName", SANDBOX_FIELD_STRING },
  { "CronExpression", SANDBOX_FIELD_STRING, SANDBOX_FIELD_REQUIRED },
  { "CronDetails", SANDBOX_FIELD_STRING },
  { "CronSummary", SANDBOX_FIELD_STRING, SANDBOX_FIELD_READ_ONLY },
  { "NextOccurrence", SANDBOX_FIELD_TIME, SANDBOX_FIELD_READ_ONLY },
  { "DisableDate", SANDBOX_FIELD_TIME },
  { "ExternalJobKey", SANDBOX_FIELD_STRING },
  { "ExternalJobKeyScheduler", SANDBOX_FIELD_GUID },
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { NULL },
};

const SandboxEntitySet sandbox_set_test_set_schedules = {
  .name = "TestSetSchedules",
  .type = "TestSetScheduleDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_FOLDER,
  .permission = "TestSetSchedules",
  .oauth = "OR.TestSetSchedules",
  .max_top = 1000,
  .default_order = "Name",
  .fields = schedules_fields,
  .writes = SANDBOX_WRITE_CREATE | SANDBOX_WRITE_REPLACE | SANDBOX_WRITE_DELETE,
  .unique = "Name",
  .component = "TestSetSchedules",
  .hooks = &sandbox_test_schedule_hooks,
};

static gboolean
check_schedule (SandboxRequest *request, SandboxChange *change)
{
  const char *cron = sandbox_change_get_text (change, "CronExpression");
  const char *zone = sandbox_change_get_text (change, "TimeZoneId");
  g_autofree char *iana = sandbox_time_zone_to_iana (zone);
  g_autofree char *summary = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SandboxCron) parsed = sandbox_cron_parse (cron, &error);
  gboolean enabled
      = sandbox_change_get_int (change, "Enabled", change->kind == SANDBOX_WRITE_CREATE);

  if (iana == NULL || parsed == NULL)
    {
      sandbox_reply_error (request, 400, 1009, "%s",
                           iana == NULL ? "The time zone does not exist." : error->message);
      return FALSE;
    }
  if (sandbox_statement_ask (request->store,
                             "SELECT 1 FROM \"TestSets\" WHERE \"TenantId\" = ? AND "
                             "\"OrganizationUnitId\" = ? AND \"Id\" = ?",
                             "iii", request->tenant, request->folder,
                             sandbox_change_get_int (change, "TestSetId", 0))
      == 0)
    {
      sandbox_reply_error (request, 404, 1002, "The test set does not exist.");
      return FALSE;
    }

  summary = sandbox_cron_describe (cron);
  sandbox_change_set_int (change, "Enabled", enabled);
  sandbox_change_set_text (change, "TimeZoneIana", iana);
  sandbox_change_set_text (change, "CronSummary", summary);
  sandbox_change_set_int (change, "NextOccurrence",
                          sandbox_cron_find_next (cron, iana, sandbox_clock_now ()));

  return TRUE;
}

static gboolean
schedule_written (SandboxRequest *request, SandboxChange *change)
{
  sandbox_test_schedules_arm (request->server);

  return TRUE;
}

const SandboxSetHooks sandbox_test_schedule_hooks
    = { .check = check_schedule, .written = schedule_written };

/* Starts one schedule and finds its next time. */
static void
fire (SandboxServer *server, gint64 id)
{
  SandboxStore *store = sandbox_server_get_store (server);
  g_autofree char *cron = sandbox_statement_ask_text (
      store, "SELECT \"CronExpression\" FROM \"TestSetSchedules\" WHERE \"Id\" = ?", "i", id);
  g_autofree char *zone = sandbox_statement_ask_text (
      store, "SELECT \"TimeZoneIana\" FROM \"TestSetSchedules\" WHERE \"Id\" = ?", "i", id);
  gint64 set = sandbox_statement_ask (
      store, "SELECT \"TestSetId\" FROM \"TestSetSchedules\" WHERE \"Id\" = ?", "i", id);

  sandbox_test_set_start (server, set, 0, SANDBOX_TEST_TRIGGER_SCHEDULED, id, NULL);
  sandbox_statement_run (store,
                         "UPDATE \"TestSetSchedules\" SET \"NextOccurrence\" = nullif (?, 0) WHERE "
                         "\"Id\" = ?",
                         "ii", sandbox_cron_find_next (cron, zone, sandbox_clock_now ()), id);
}

typedef struct
{
  SandboxServer *server; /* (unowned): goes with it */
  guint timer;
} Waiting;

static void
waiting_free (gpointer data)
{
  Waiting *self = data;

  baton_clock_clear_timer (sandbox_clock_get (), &self->timer);
  g_free (self);
}

#define ENABLED                                                                                    \
  "\"Enabled\" AND (\"DisableDate\" IS NULL OR \"DisableDate\" > \"NextOccurrence\") AND "         \
  "\"NextOccurrence\" IS NOT NULL"

static void
timer_cb (gpointer user_data)
{
  Waiting *self = user_data;
  SandboxStore *store = sandbox_server_get_store (self->server);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement = sandbox_statement_open (
      store,
      "SELECT \"Id\" FROM \"TestSetSchedules\" WHERE " ENABLED " AND \"NextOccurrence\" <= ?", "i",
      sandbox_clock_now ());

  self->timer = 0;
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_array_append_vals (ids, &(gint64){ sqlite3_column_int64 (statement, 0) }, 1);
  sandbox_store_done (statement);

  sandbox_store_begin (store);
  for (guint i = 0; i < ids->len; i++)
    fire (self->server, g_array_index (ids, gint64, i));
  sandbox_store_commit (store);
  sandbox_test_schedules_arm (self->server);
}

void
sandbox_test_schedules_arm (SandboxServer *server)
{
  Waiting *self;
  gint64 next;

  g_return_if_fail (SANDBOX_IS_SERVER (server));

  self = g_object_get_data (G_OBJECT (server), DATA_KEY);
  if (self == NULL)
    {
      self = g_new0 (Waiting, 1);
      self->server = server;
      g_object_set_data_full (G_OBJECT (server), DATA_KEY, self, waiting_free);
    }
  next = sandbox_statement_ask (
      sandbox_server_get_store (server),
      "SELECT ifnull (min (\"NextOccurrence\"), 0) FROM \"TestSetSchedules\" WHERE " ENABLED, "");
  baton_clock_clear_timer (sandbox_clock_get (), &self->timer);
  self->timer = baton_clock_add_timer (
      sandbox_clock_get (),
      next != 0 ? CLAMP (next - sandbox_clock_now (), 0, MAX_DELAY) : MAX_DELAY, timer_cb, self);
}

static const SandboxBodyField enabled_fields[] = {
  { "testSetScheduleIds", SANDBOX_BODY_ARRAY },
  { "enabled", SANDBOX_BODY_BOOL },
  { NULL },
};

/* What was missed while it was off is not caught up with. */
static void
set_enabled (SandboxRequest *request, gint64 id, gboolean enabled)
{
  g_autofree char *cron = sandbox_statement_ask_text (
      request->store, "SELECT \"CronExpression\" FROM \"TestSetSchedules\" WHERE \"Id\" = ?", "i",
      id);
  g_autofree char *zone = sandbox_statement_ask_text (
      request->store, "SELECT \"TimeZoneIana\" FROM \"TestSetSchedules\" WHERE \"Id\" = ?", "i",
      id);

  sandbox_statement_run (
      request->store,
      "UPDATE \"TestSetSchedules\" SET \"Enabled\" = ?, \"NextOccurrence\" = nullif (?, 0) WHERE "
      "\"Id\" = ?",
      "iii", (gint64)enabled, sandbox_cron_find_next (cron, zone, sandbox_clock_now ()), id);
}

static void
set_enabled_cb (SandboxRequest *request)
{
  g_autoptr (GArray) ids = NULL;
  gboolean enabled;
  GString *json;

  if (!sandbox_body_check (request, request->body, "setEnabledParameters", enabled_fields))
    return;
  ids = sandbox_body_read_ids (request, request->body, "testSetScheduleIds");
  if (ids == NULL)
    return;
  for (guint i = 0; i < ids->len; i++)
    if (sandbox_statement_ask (request->store,
                               "SELECT 1 FROM \"TestSetSchedules\" WHERE \"TenantId\" = ? AND "
                               "\"OrganizationUnitId\" = ? AND \"Id\" = ?",
                               "iii", request->tenant, request->folder,
                               g_array_index (ids, gint64, i))
        == 0)
      {
        sandbox_reply_error (request, 404, 1002, "One of the schedules does not exist.");
        return;
      }

  enabled = baton_json_peek_bool (request->body, "enabled", FALSE);
  sandbox_store_begin (request->store);
  for (guint i = 0; i < ids->len; i++)
    set_enabled (request, g_array_index (ids, gint64, i), enabled);
  sandbox_store_commit (request->store);
  sandbox_test_schedules_arm (request->server);
  json = sandbox_request_begin_json (request, "Edm.Boolean");
  g_string_append (json, "\"value\":true}");
  sandbox_reply_json (request, 200, json);
}

const SandboxOperation sandbox_test_schedules_operations[] = {
  { "POST", "/odata/TestSetSchedules/" US "SetEnabled", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "TestSetSchedules.Edit", set_enabled_cb },
  { NULL },
};
