/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "baton-json.h"
#include "sandbox-audit.h"
#include "sandbox-body.h"
#include "sandbox-clock.h"
#include "sandbox-enums.h"
#include "sandbox-job.h"
#include "sandbox-list.h"
#include "sandbox-parameter.h"
#include "sandbox-row.h"
#include "sandbox-sets.h"
#include "sandbox-simulator.h"
#include "sandbox-statement.h"
#include "sandbox-writer.h"

#define US "UiPath.Server.Configuration.OData."
/* How long a host stays in debug mode where nobody says. */
#define DEBUG_MINUTES 60
#define MAX_DEBUG_MINUTES (7 * 24 * 60)

static const SandboxBodyField maintenance_fields[] = {
  { "sessionId", SANDBOX_BODY_INT },
  { "maintenanceMode", SANDBOX_BODY_ENUM, .names = sandbox_enum_maintenance_mode },
  { "stopJobsStrategy", SANDBOX_BODY_ENUM, .names = sandbox_enum_stop_strategy },
  { NULL },
};
static const SandboxBodyField delete_fields[] = { { "sessionIds", SANDBOX_BODY_ARRAY }, { NULL } };
static const SandboxBodyField debug_fields[] = {
  { "enabled", SANDBOX_BODY_BOOL },
  { "minutes", SANDBOX_BODY_INT, 0, MAX_DEBUG_MINUTES },
  { NULL },
};

/* Answers where the tenant has no such host. @name: (out) (transfer full). */
static gboolean
find_session (SandboxRequest *request, gint64 id, char **name)
{
  *name = sandbox_statement_ask_text (
      request->store,
      "SELECT ifnull (\"HostMachineName\", \"MachineName\") FROM \"MachineSessionRuntimes\" WHERE "
      "\"SessionId\" = ? AND \"TenantId\" = ?",
      "ii", id, request->tenant);
  if (*name == NULL)
    sandbox_reply_error (request, 404, 1002, "Session %" G_GINT64_FORMAT " does not exist.", id);

  return *name != NULL;
}

/* What runs on a host that goes into maintenance is stopped where somebody says how. */
static void
stop_jobs (SandboxRequest *request, gint64 session, gboolean kill)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement = sandbox_statement_open (
      request->store,
      "SELECT \"Id\" FROM \"Jobs\" WHERE \"TenantId\" = ? AND \"State\" " SANDBOX_JOB_TAKES_RUNTIME
      " AND "
      "\"SessionId\" = ?",
      "ii", request->tenant, session);

  while (sqlite3_step (statement) == SQLITE_ROW)
    g_array_append_vals (ids, &(gint64){ sqlite3_column_int64 (statement, 0) }, 1);
  sandbox_store_done (statement);

  for (guint i = 0; i < ids->len; i++)
    {
      g_auto (SandboxJob) job = { 0 };

      if (!sandbox_job_load (&job, request->store, g_array_index (ids, gint64, i))
          || (job.state != SANDBOX_JOB_RUNNING && !kill))
        continue;
      sandbox_job_set_state (&job, request->store,
                             kill ? SANDBOX_JOB_TERMINATING : SANDBOX_JOB_STOPPING);
      sandbox_simulator_follow (request->server, &job);
    }
}

static void
maintenance_cb (SandboxRequest *request)
{
  gint64 id = baton_json_peek_int (request->body, "sessionId", 0);
  g_autofree char *name = NULL;
  int mode, strategy;

  if (!sandbox_body_check (request, request->body, "maintenanceParameters", maintenance_fields)
      || !find_session (request, id, &name))
    return;
  mode
      = sandbox_body_get_enum (request->body, "maintenanceMode", sandbox_enum_maintenance_mode, -1);
  strategy
      = sandbox_body_get_enum (request->body, "stopJobsStrategy", sandbox_enum_stop_strategy, -1);
  if (mode < 0)
    {
      sandbox_reply_error (request, 400, 1014, "The maintenanceMode field is required.");
      return;
    }

  sandbox_store_begin (request->store);
  sandbox_statement_run (
      request->store,
      "UPDATE \"MachineSessionRuntimes\" SET \"MaintenanceMode\" = ? WHERE \"SessionId\" = ?", "ii",
      (gint64)mode, id);
  if (mode == 1 && strategy >= 0)
    stop_jobs (request, id, strategy == 1);
  sandbox_audit (request, "Sessions", "Update", id, name, request->body);
  sandbox_store_commit (request->store);
  sandbox_simulator_wake (request->server);
  sandbox_reply_empty (request, 204);
}

/* All or none; a host that is connected is not inactive. */
static void
delete_cb (SandboxRequest *request)
{
  g_autoptr (GArray) ids = NULL;
  gboolean ok = TRUE;

  if (!sandbox_body_check (request, request->body, "deleteParameters", delete_fields))
    return;
  ids = sandbox_body_read_ids (request, request->body, "sessionIds");
  if (ids == NULL)
    return;

  sandbox_store_begin (request->store);
  for (guint i = 0; ok && i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      g_autofree char *name = NULL;

      ok = find_session (request, id, &name);
      if (!ok)
        break;
      sandbox_statement_run (
          request->store,
          "DELETE FROM \"MachineSessionRuntimes\" WHERE \"SessionId\" = ? AND \"Status\" = 2", "i",
          id);
      ok = sandbox_store_changes (request->store) > 0;
      if (ok)
        sandbox_audit (request, "Sessions", "Delete", id, name, NULL);
      else
        sandbox_reply_error (request, 409, 1013, "%s is connected.", name);
    }
  if (!ok)
    {
      sandbox_store_rollback (request->store);
      return;
    }
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 204);
}

static void
debug_cb (SandboxRequest *request)
{
  gint64 id = g_ascii_strtoll (request->key, NULL, 10);
  g_autofree char *name = NULL;
  gint64 minutes;

  if (!sandbox_body_check (request, request->body, "debugModeParameters", debug_fields)
      || !find_session (request, id, &name))
    return;
  if (!sandbox_body_has (request->body, "enabled"))
    {
      sandbox_reply_error (request, 400, 1014, "The enabled field is required.");
      return;
    }

  minutes = baton_json_peek_bool (request->body, "enabled", FALSE)
                ? baton_json_peek_int (request->body, "minutes", DEBUG_MINUTES)
                : 0;
  sandbox_store_begin (request->store);
  sandbox_statement_run (
      request->store,
      "UPDATE \"MachineSessionRuntimes\" SET \"DebugModeExpirationDate\" = nullif "
      "(?, 0) WHERE \"SessionId\" = ?",
      "ii", minutes > 0 ? sandbox_clock_now () + minutes * 60 * (gint64)G_USEC_PER_SEC : (gint64)0,
      id);
  sandbox_audit (request, "Sessions", "Toggle", id, name, request->body);
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 204);
}

/* The robots' sessions on the hosts of one machine. */
static void
of_machine_cb (SandboxRequest *request)
{
  g_autoptr (SandboxSql) sql = NULL;
  gint64 machine;

  if (!sandbox_parameter_require_id (request, "key", &machine))
    return;
  sql = sandbox_list_begin_tenant (request, &sandbox_set_machine_sessions);
  sandbox_sql_add_condition (sql, "t.\"MachineId\" = ?", 1, machine);
  sandbox_list_reply (request, &sandbox_set_machine_sessions, sql);
}

static void
user_names_cb (SandboxRequest *request)
{
  g_autoptr (GString) json = g_string_new ("[");
  sqlite3_stmt *statement = sandbox_statement_open (
      request->store,
      "SELECT DISTINCT \"Username\" FROM \"Robots\" WHERE \"TenantId\" = ? AND \"Username\" IS NOT "
      "NULL ORDER BY 1",
      "i", request->tenant);

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      g_string_append (json, json->len > 1 ? "," : "");
      sandbox_json_append_string (json, (const char *)sqlite3_column_text (statement, 0));
    }
  sandbox_store_done (statement);
  g_string_append_c (json, ']');
  sandbox_reply_value (request, "Collection(Edm.String)", json->str);
}

const SandboxOperation sandbox_sessions_operations[] = {
  { "POST", "/odata/Sessions/" US "SetMaintenanceMode", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Robots.Edit", maintenance_cb },
  { "POST", "/odata/Sessions/" US "DeleteInactiveUnattendedSessions", SANDBOX_SIGNED,
    SANDBOX_SCOPE_TENANT, "Robots.Delete", delete_cb },
  { "POST", "/odata/Sessions({key})/" US "ToggleMachineSessionDebugMode", SANDBOX_SIGNED,
    SANDBOX_SCOPE_TENANT, "Robots.Edit", debug_cb },
  { "GET", "/odata/Sessions/" US "GetMachineSessions", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Machines.View", of_machine_cb },
  { "GET", "/odata/Sessions/" US "GetUsernames", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Robots.View|Users.View", user_names_cb },
  { NULL },
};
