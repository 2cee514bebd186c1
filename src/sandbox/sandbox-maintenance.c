/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-maintenance.h"

#include "sandbox-audit.h"
#include "sandbox-clock.h"
#include "sandbox-enums.h"
#include "sandbox-job.h"
#include "sandbox-operations.h"
#include "sandbox-row.h"
#include "sandbox-simulator.h"
#include "sandbox-statement.h"
#include "sandbox-writer.h"

#define ERROR_INVALID_ARGUMENT 1009
#define ERROR_ITEM_IN_USE 1013
#define ERROR_UNAVAILABLE 1024

typedef enum
{
  NONE,
  DRAINING,
  SUSPENDED,
} State;

/* The last thing that was said of the tenant. */
static State
get_state (SandboxStore *store, gint64 tenant)
{
  return (State)sandbox_statement_ask (store,
                                       "SELECT \"State\" FROM \"MaintenanceLogs\" WHERE "
                                       "\"TenantId\" = ? ORDER BY \"Id\" DESC LIMIT 1",
                                       "i", tenant);
}

gboolean
sandbox_maintenance_admit (SandboxRequest *request)
{
  g_return_val_if_fail (request != NULL, FALSE);

  if (get_state (request->store, request->tenant) != SUSPENDED
      || g_ascii_strncasecmp (request->path, "/api/Maintenance/", 17) == 0)
    return TRUE;

  sandbox_reply_error (request, 503, ERROR_UNAVAILABLE,
                       "The service is in maintenance mode and cannot be used right now.");

  return FALSE;
}

gboolean
sandbox_maintenance_allow_jobs (SandboxRequest *request)
{
  g_return_val_if_fail (request != NULL, FALSE);

  if (get_state (request->store, request->tenant) == NONE)
    return TRUE;

  sandbox_reply_error (request, 409, ERROR_UNAVAILABLE,
                       "The tenant is being drained for maintenance: no job can be started.");

  return FALSE;
}

gboolean
sandbox_maintenance_skip_trigger (SandboxStore *store, gint64 tenant)
{
  g_return_val_if_fail (SANDBOX_IS_STORE (store), FALSE);

  if (get_state (store, tenant) == NONE)
    return FALSE;

  sandbox_statement_run (
      store,
      "UPDATE \"MaintenanceLogs\" SET \"TriggersSkipped\" = ifnull (\"TriggersSkipped\", 0) + 1 "
      "WHERE \"Id\" = (SELECT max (\"Id\") FROM \"MaintenanceLogs\" WHERE \"TenantId\" = ?)",
      "i", tenant);

  return TRUE;
}

/* Answers where the parameter is another tenant than the caller's own. */
static gboolean
check_tenant (SandboxRequest *request)
{
  const char *text = sandbox_request_get_query (request, "tenantId");
  gint64 tenant = request->tenant;

  if (text == NULL || *text == '\0'
      || (g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &tenant, NULL)
          && tenant == request->tenant))
    return TRUE;

  sandbox_reply_error (request, 403, 0, "You are not authorized! The tenant is not yours.");

  return FALSE;
}

/* Definition: MaintenanceSetting. */
static void
get_cb (SandboxRequest *request)
{
  GString *json;
  sqlite3_stmt *statement;

  if (!check_tenant (request))
    return;

  json = g_string_new (NULL);
  g_string_append_printf (
      json, "{\"state\":\"%s\",\"maintenanceLogs\":[",
      sandbox_enum_maintenance_state[get_state (request->store, request->tenant)]);
  statement = sandbox_statement_open (request->store,
                                      "SELECT \"State\", \"TimeStamp\" FROM \"MaintenanceLogs\""
                                      " WHERE \"TenantId\" = ? ORDER BY \"Id\"",
                                      "i", request->tenant);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      g_string_append_printf (
          json, "%s{\"state\":\"%s\",\"timeStamp\":", json->str[json->len - 1] == '}' ? "," : "",
          sandbox_enum_maintenance_state[sqlite3_column_int (statement, 0)]);
      sandbox_json_append_time (json, sqlite3_column_int64 (statement, 1));
      g_string_append_c (json, '}');
    }
  sandbox_store_done (statement);
  g_string_append_printf (
      json,
      "],\"jobStopsAttempted\":%" G_GINT64_FORMAT ",\"jobKillsAttempted\":%" G_GINT64_FORMAT
      ",\"triggersSkipped\":%" G_GINT64_FORMAT ",\"systemTriggersSkipped\":0}",
      sandbox_statement_ask (
          request->store,
          "SELECT sum (\"JobStops\") FROM \"MaintenanceLogs\" WHERE \"TenantId\" = ?", "i",
          request->tenant),
      sandbox_statement_ask (
          request->store,
          "SELECT sum (\"JobKills\") FROM \"MaintenanceLogs\" WHERE \"TenantId\" = ?", "i",
          request->tenant),
      sandbox_statement_ask (
          request->store,
          "SELECT sum (\"TriggersSkipped\") FROM \"MaintenanceLogs\" WHERE \"TenantId\" = ?", "i",
          request->tenant));
  sandbox_reply_json (request, 200, json);
}

static GArray *
list_running (SandboxRequest *request)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement = sandbox_statement_open (
      request->store, "SELECT \"Id\" FROM \"Jobs\" WHERE \"TenantId\" = ? AND \"State\" = ?", "ii",
      request->tenant, (gint64)SANDBOX_JOB_RUNNING);

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      g_array_append_val (ids, id);
    }
  sandbox_store_done (statement);

  return ids;
}

/* Asks what runs to stop, or kills it. Returns: how many those are. */
static guint
stop_jobs (SandboxRequest *request, gboolean kill)
{
  g_autoptr (GArray) ids = list_running (request);

  for (guint i = 0; i < ids->len; i++)
    {
      g_auto (SandboxJob) job = { 0 };

      if (!sandbox_job_load (&job, request->store, g_array_index (ids, gint64, i)))
        continue;
      sandbox_job_set_state (&job, request->store,
                             kill ? SANDBOX_JOB_TERMINATING : SANDBOX_JOB_STOPPING);
      sandbox_simulator_follow (request->server, &job);
    }

  return ids->len;
}

static void
enter (SandboxRequest *request, State state, guint stops, guint kills)
{
  sandbox_insert (request->store, "MaintenanceLogs", SANDBOX_INT ("TenantId", request->tenant),
                  SANDBOX_INT ("State", state), SANDBOX_TIME ("TimeStamp", sandbox_clock_now ()),
                  SANDBOX_INT ("JobStops", stops), SANDBOX_INT ("JobKills", kills));
  sandbox_audit (request, "Maintenance", state == NONE ? "End" : "Start", 0,
                 sandbox_enum_maintenance_state[state], NULL);
}

static gboolean
is_on (SandboxRequest *request, const char *name)
{
  const char *text = sandbox_request_get_query (request, name);

  return text != NULL && g_ascii_strcasecmp (text, "true") == 0;
}

/* To suspend what has not been drained, or still has running jobs, one has to force it. */
static void
start_cb (SandboxRequest *request)
{
  const char *phase = sandbox_request_get_query (request, "phase");
  State state
      = phase != NULL && g_ascii_strcasecmp (phase, "Suspended") == 0 ? SUSPENDED : DRAINING;
  gboolean kill = is_on (request, "killJobs");
  g_autoptr (GArray) running = list_running (request);
  guint n;

  if (!check_tenant (request))
    return;
  if (phase == NULL || (state == DRAINING && g_ascii_strcasecmp (phase, "Draining") != 0))
    {
      sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT, "There is no phase '%s'.",
                           phase != NULL ? phase : "");
      return;
    }
  if (state == SUSPENDED && !is_on (request, "force")
      && (get_state (request->store, request->tenant) != DRAINING || running->len > 0))
    {
      sandbox_reply_error (request, 409, ERROR_ITEM_IN_USE,
                           "The tenant has not been drained, or jobs are still running.");
      return;
    }

  sandbox_store_begin (request->store);
  n = stop_jobs (request, kill);
  enter (request, state, kill ? 0 : n, kill ? n : 0);
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 204);
}

static void
end_cb (SandboxRequest *request)
{
  if (!check_tenant (request))
    return;

  sandbox_store_begin (request->store);
  if (get_state (request->store, request->tenant) != NONE)
    enter (request, NONE, 0, 0);
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 204);
}

/* On the service these are the host's; here whoever may edit the settings of the tenant stands in
 * for him. */
const SandboxOperation sandbox_maintenance_operations[] = {
  { "GET", "/api/Maintenance/Get", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, "Audit.View", get_cb },
  { "POST", "/api/Maintenance/Start", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, "Settings.Edit",
    start_cb },
  { "POST", "/api/Maintenance/End", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, "Settings.Edit", end_cb },
  { NULL },
};
