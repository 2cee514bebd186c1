/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-schedules.h"

#include "baton-json.h"
#include "sandbox-audit.h"
#include "sandbox-body.h"
#include "sandbox-change.h"
#include "sandbox-clock.h"
#include "sandbox-jobs.h"
#include "sandbox-operations.h"
#include "sandbox-row.h"
#include "sandbox-sets.h"
#include "sandbox-simulator.h"
#include "sandbox-statement.h"
#include "sandbox-trigger.h"
#include "sandbox-write.h"

#define US "UiPath.Server.Configuration.OData."

/* Definition: ProcessSetEnabledRequest, ValidateProcessScheduleRequest. */
static const SandboxBodyField enable_fields[] = {
  { "scheduleIds", SANDBOX_BODY_ARRAY },
  { "enabled", SANDBOX_BODY_BOOL },
  { "multistatusEnabled", SANDBOX_BODY_BOOL },
  { NULL },
};
static const SandboxBodyField validate_fields[]
    = { { "processSchedule", SANDBOX_BODY_OBJECT }, { NULL } };

/* Returns: (transfer full) (nullable): the trigger's name, NULL where the folder has none. */
static char *
dup_name (SandboxRequest *request, gint64 id)
{
  return sandbox_statement_ask_text (
      request->store,
      "SELECT \"Name\" FROM \"ProcessSchedules\" WHERE \"Id\" = ? AND "
      "\"TenantId\" = ? AND \"OrganizationUnitId\" = ?",
      "iii", id, request->tenant, request->folder);
}

static gint64
find_next (SandboxRequest *request, gint64 id)
{
  g_autofree char *cron = sandbox_statement_ask_text (
      request->store, "SELECT \"StartProcessCron\" FROM \"ProcessSchedules\" WHERE \"Id\" = ?", "i",
      id);
  g_autofree char *zone = sandbox_statement_ask_text (
      request->store, "SELECT \"TimeZoneIana\" FROM \"ProcessSchedules\" WHERE \"Id\" = ?", "i",
      id);

  return sandbox_trigger_find_next (
      request->store, cron, zone,
      sandbox_statement_ask (request->store,
                             "SELECT \"CalendarId\" FROM \"ProcessSchedules\" WHERE \"Id\" = ?",
                             "i", id),
      sandbox_clock_now ());
}

/* Returns: TRUE where the trigger's last day is before it would run again. */
static gboolean
is_over (SandboxRequest *request, gint64 id)
{
  gint64 last = sandbox_statement_ask (
      request->store, "SELECT \"StopProcessDate\" FROM \"ProcessSchedules\" WHERE \"Id\" = ?", "i",
      id);

  return last != 0 && find_next (request, id) > last;
}

/* A disabled trigger has no next occurrence. Returns: FALSE where the folder has no such trigger.
 */
static gboolean
set_enabled (SandboxRequest *request, gint64 id, gboolean enabled)
{
  g_autofree char *name = dup_name (request, id);

  if (name == NULL)
    return FALSE;

  sandbox_update (
      request->store, "ProcessSchedules", id, SANDBOX_INT ("Enabled", enabled),
      SANDBOX_TIME ("StartProcessNextOccurrence", enabled ? find_next (request, id) : 0));
  sandbox_audit (request, "Schedules", "Toggle", id, name, request->body);

  return TRUE;
}

/* Definition: 207 where some could not be, each with what became of it. */
static void
reply_each (SandboxRequest *request, GArray *ids, GHashTable *unknown)
{
  GString *json = g_string_new (NULL);

  g_string_append_printf (
      json, "{\"@odata.context\":\"%s/odata/$metadata#Collection(Edm.ComplexType)\",\"value\":[",
      request->base);
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 *id = &g_array_index (ids, gint64, i);
      gboolean is_unknown = g_hash_table_contains (unknown, id);

      g_string_append_printf (
          json, "%s{\"Key\":\"%" G_GINT64_FORMAT "\",\"Status\":\"%s\",\"Body\":\"%s\"}",
          i > 0 ? "," : "", *id, is_unknown ? "NotFound" : "OK",
          is_unknown ? "{\\\"message\\\":\\\"Trigger does not exist.\\\","
                       "\\\"errorCode\\\":1002}"
                     : "");
    }
  g_string_append (json, "]}");
  sandbox_reply_json (request, 207, json);
}

static void
enable_cb (SandboxRequest *request)
{
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GHashTable) unknown = g_hash_table_new (g_int64_hash, g_int64_equal);
  gboolean enabled, each;
  GString *json;

  if (!sandbox_body_check (request, request->body, "setEnabledParameters", enable_fields))
    return;
  ids = sandbox_body_read_ids (request, request->body, "scheduleIds");
  if (ids == NULL)
    return;
  if (ids->len == 0 || !sandbox_body_has (request->body, "enabled"))
    {
      sandbox_reply_error (request, 400, 1014, "The scheduleIds and enabled fields are required.");
      return;
    }
  enabled = baton_json_peek_bool (request->body, "enabled", FALSE);
  each = baton_json_peek_bool (request->body, "multistatusEnabled", FALSE);

  sandbox_store_begin (request->store);
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 *id = &g_array_index (ids, gint64, i);

      if (enabled && is_over (request, *id))
        {
          sandbox_store_rollback (request->store);
          sandbox_reply_error (request, 400, 1009, "The trigger will never run.");
          return;
        }
      if (set_enabled (request, *id, enabled))
        continue;
      if (!each)
        {
          sandbox_store_rollback (request->store);
          sandbox_reply_error (request, 404, 1002, "Trigger does not exist.");
          return;
        }
      g_hash_table_add (unknown, id);
    }
  sandbox_store_commit (request->store);
  sandbox_simulator_wake (request->server);

  if (g_hash_table_size (unknown) > 0)
    {
      reply_each (request, ids, unknown);
      return;
    }
  json = g_string_new (NULL);
  g_string_append_printf (json,
                          "{\"@odata.context\":\"%s/odata/$metadata#Edm.Boolean\",\"value\":true}",
                          request->base);
  sandbox_reply_json (request, 200, json);
}

/* A queue trigger looks at its queue now. */
static void
activate_cb (SandboxRequest *request)
{
  gint64 id = sandbox_write_find_row (request, &sandbox_set_process_schedules, "Id", request->key);
  g_autofree char *name = NULL;

  if (id == 0)
    return;

  name = dup_name (request, id);
  sandbox_store_begin (request->store);
  if (sandbox_trigger_activate (request->server, id))
    {
      sandbox_audit (request, "Schedules", "Activate", id, name, NULL);
      sandbox_reply_empty (request, 200);
    }
  else
    sandbox_reply_error (request, 409, 1009, "The trigger is not associated with a queue.");
  sandbox_store_commit (request->store);
}

/* Answers what is wrong with the trigger by itself, or whether its jobs would find a place. */
static void
validate_cb (SandboxRequest *request)
{
  g_autoptr (SandboxChange) change = NULL;
  g_autoptr (GArray) places = g_array_new (FALSE, TRUE, sizeof (SandboxRuntimeWish));
  SandboxRuntimeWish wish = { 0 };
  JsonObject *body;

  if (!sandbox_body_check (request, request->body, "validateParameters", validate_fields))
    return;
  body = baton_json_peek_object (request->body, "processSchedule");
  change
      = sandbox_change_new (request, &sandbox_set_process_schedules, body, SANDBOX_WRITE_CREATE, 0);
  if (change == NULL || !sandbox_schedule_hooks.check (request, change))
    return;

  sandbox_trigger_read_places (sandbox_change_get_text (change, "MachineRobots"), places);
  sandbox_trigger_read_places (sandbox_change_get_text (change, "ExecutorRobots"), places);
  if (places->len > 0)
    wish = g_array_index (places, SandboxRuntimeWish, 0);
  wish.tenant = request->tenant;
  wish.type = (int)sandbox_change_get_int (
      change, "RuntimeType", sandbox_row_get_enum ("Jobs", "RuntimeType", "Unattended"));
  sandbox_jobs_reply_validation (request, &wish);
}

static void
robot_ids_cb (SandboxRequest *request)
{
  const char *key = sandbox_request_get_argument (request, "key");
  g_autoptr (GArray) places = g_array_new (FALSE, TRUE, sizeof (SandboxRuntimeWish));
  gint64 id = sandbox_write_find_row (request, &sandbox_set_process_schedules, "Id",
                                      key != NULL ? key : "");
  g_autofree char *robots = NULL;
  g_autofree char *executors = NULL;
  GString *json;

  if (id == 0)
    return;

  robots = sandbox_statement_ask_text (
      request->store, "SELECT \"MachineRobots\" FROM \"ProcessSchedules\" WHERE \"Id\" = ?", "i",
      id);
  executors = sandbox_statement_ask_text (
      request->store, "SELECT \"ExecutorRobots\" FROM \"ProcessSchedules\" WHERE \"Id\" = ?", "i",
      id);
  sandbox_trigger_read_places (robots, places);
  sandbox_trigger_read_places (executors, places);
  json = g_string_new (NULL);
  g_string_append_printf (json,
                          "{\"@odata.context\":\"%s/odata/$metadata#Collection(Edm.Int64)\","
                          "\"value\":[",
                          request->base);
  for (guint i = 0; i < places->len; i++)
    g_string_append_printf (json, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
                            g_array_index (places, SandboxRuntimeWish, i).robot);
  g_string_append (json, "]}");
  sandbox_reply_json (request, 200, json);
}

const SandboxOperation sandbox_schedules_operations[] = {
  { "POST", "/odata/ProcessSchedules/" US "SetEnabled", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "Schedules.Edit", enable_cb },
  { "POST", "/odata/ProcessSchedules({key})/" US "Activate", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "Schedules.Edit", activate_cb },
  { "POST", "/odata/ProcessSchedules/" US "ValidateProcessSchedule", SANDBOX_SIGNED,
    SANDBOX_SCOPE_FOLDER, "Schedules.Create", validate_cb },
  { "GET", "/odata/ProcessSchedules/" US "GetRobotIdsForSchedule", SANDBOX_SIGNED,
    SANDBOX_SCOPE_FOLDER, "Schedules.View", robot_ids_cb },
  { NULL },
};
