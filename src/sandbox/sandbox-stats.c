/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "sandbox-clock.h"
#include "sandbox-enums.h"
#include "sandbox-permission.h"
#include "sandbox-statement.h"
#include "sandbox-writer.h"

/* What the Orchestrator's first page counts (fact sheet 6.21): bare JSON in camel case. */

#define ERROR_INVALID_ARGUMENT 1009
#define MAX_DAYS 365
#define DEFAULT_DAYS 30
#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

/* In the folders that the caller may see. */
static const struct
{
  const char *title;
  const char *set;
  const char *permission;
} counted[] = {
  { "Processes", "Releases", "Processes.View" },
  { "Assets", "Assets", "Assets.View" },
  { "Queues", "QueueDefinitions", "Queues.View" },
  { "Schedules", "ProcessSchedules", "Schedules.View" },
};

static void
append_count (GString *json, const char *title, gint64 count, gboolean allowed)
{
  if (json->len > 1)
    g_string_append_c (json, ',');
  g_string_append_printf (json,
                          "{\"title\":\"%s\",\"count\":%" G_GINT64_FORMAT ",\"hasPermissions\":%s}",
                          title, count, allowed ? "true" : "false");
}

static void
counts_cb (SandboxRequest *request)
{
  GString *json = g_string_new ("[");

  for (gsize i = 0; i < G_N_ELEMENTS (counted); i++)
    {
      /* An application that acts by itself is told of nothing (fact sheet 6.21). */
      gboolean allowed
          = request->token->person != NULL
            && sandbox_permission_has (request->store, request->user, counted[i].permission);
      g_autofree char *sql = g_strdup_printf (
          "SELECT count(*) FROM \"%s\" WHERE \"TenantId\" = ? AND \"OrganizationUnitId\" IN"
          " (SELECT \"FolderId\" FROM \"UserFolders\" WHERE \"UserId\" = ?)",
          counted[i].set);

      append_count (json, counted[i].title,
                    allowed ? sandbox_statement_ask (request->store, sql, "ii", request->tenant,
                                                     request->user)
                            : -1,
                    allowed);
    }
  g_string_append_c (json, ']');
  sandbox_reply_json (request, 200, json);
}

/* Every state has its line, also one that no job is in. */
static void
jobs_cb (SandboxRequest *request)
{
  GString *json = g_string_new ("[");

  for (gint64 state = 0; sandbox_enum_job_state[state] != NULL; state++)
    append_count (json, sandbox_enum_job_state[state],
                  sandbox_statement_ask (
                      request->store,
                      "SELECT count(*) FROM \"Jobs\" WHERE \"TenantId\" = ? AND \"State\" = ?",
                      "ii", request->tenant, state),
                  TRUE);
  g_string_append_c (json, ']');
  sandbox_reply_json (request, 200, json);
}

static void
sessions_cb (SandboxRequest *request)
{
  static const struct
  {
    const char *title;
    const char *condition;
  } kinds[] = {
    { "Available", "\"State\" = 0 AND NOT ifnull (\"IsUnresponsive\", 0)" },
    { "Busy", "\"State\" = 1 AND NOT ifnull (\"IsUnresponsive\", 0)" },
    { "Disconnected", "\"State\" = 2" },
    { "Unresponsive", "\"State\" < 2 AND \"IsUnresponsive\"" },
  };
  GString *json = g_string_new ("[");

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "SELECT count(*) FROM \"Sessions\" WHERE \"TenantId\" = ? AND %s", kinds[i].condition);

      append_count (json, kinds[i].title,
                    sandbox_statement_ask (request->store, sql, "i", request->tenant), TRUE);
    }
  g_string_append_c (json, ']');
  sandbox_reply_json (request, 200, json);
}

/* Answers where "days" is none, or "tenantId" is another tenant. */
static gboolean
read_days (SandboxRequest *request, gint64 *days)
{
  const char *text = sandbox_request_get_query (request, "days");
  const char *tenant = sandbox_request_get_query (request, "tenantId");
  gint64 number = request->tenant;

  *days = DEFAULT_DAYS;
  if (text != NULL && *text != '\0'
      && !g_ascii_string_to_signed (text, 10, 0, MAX_DAYS, days, NULL))
    {
      sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT,
                           "'days' must be a number from 0 to %d, and is '%s'.", MAX_DAYS, text);
      return FALSE;
    }
  if (tenant != NULL && *tenant != '\0'
      && (!g_ascii_string_to_signed (tenant, 10, G_MININT64, G_MAXINT64, &number, NULL)
          || (number != 0 && number != request->tenant)))
    {
      sandbox_reply_error (request, 403, 0, "You are not authorized! The tenant is not yours.");
      return FALSE;
    }

  return TRUE;
}

/* How many robots of a kind had work on each day. */
static void
licenses_cb (SandboxRequest *request)
{
  GString *json;
  sqlite3_stmt *statement;
  gint64 days;

  if (!read_days (request, &days))
    return;

  json = g_string_new ("[");
  statement = sandbox_statement_open (
      request->store,
      "SELECT \"RuntimeType\", \"StartTime\" / ?3 * ?3, count(DISTINCT \"RobotId\") FROM \"Jobs\""
      " WHERE \"TenantId\" = ?1 AND \"StartTime\" >= ?2 AND \"RuntimeType\" IS NOT NULL"
      " GROUP BY 1, 2 ORDER BY 2, 1",
      "iii", request->tenant, sandbox_clock_now () / DAY * DAY - days * DAY, DAY);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      if (json->len > 1)
        g_string_append_c (json, ',');
      g_string_append_printf (json,
                              "{\"robotType\":\"%s\",\"count\":%" G_GINT64_FORMAT ",\"timestamp\":",
                              sandbox_enum_runtime_type[sqlite3_column_int (statement, 0)],
                              (gint64)sqlite3_column_int64 (statement, 2));
      sandbox_json_append_time (json, sqlite3_column_int64 (statement, 1));
      g_string_append_c (json, '}');
    }
  sandbox_store_done (statement);
  g_string_append_c (json, ']');
  sandbox_reply_json (request, 200, json);
}

/* What has been acquired of each kind (Licensing/Acquire), at the end of each day. */
static void
consumption_cb (SandboxRequest *request)
{
  GString *json;
  sqlite3_stmt *statement;
  gint64 days;

  if (!read_days (request, &days))
    return;

  json = g_string_new ("[");
  statement = sandbox_statement_open (
      request->store,
      "WITH RECURSIVE day (at) AS (SELECT ?2 UNION ALL SELECT at + ?4 FROM day WHERE at < ?3)"
      " SELECT p.\"Type\", (SELECT ifnull (sum (\"Count\"), 0) FROM \"ConsumptionUses\" u"
      " WHERE u.\"TenantId\" = ?1 AND u.\"Type\" = p.\"Type\" AND u.\"AcquiredAt\" < day.at + ?4"
      " AND (u.\"ReleasedAt\" IS NULL OR u.\"ReleasedAt\" >= day.at + ?4)), p.\"Total\", day.at"
      " FROM day, \"ConsumptionPools\" p WHERE p.\"TenantId\" = ?1 ORDER BY day.at, p.\"Type\"",
      "iiii", request->tenant, sandbox_clock_now () / DAY * DAY - days * DAY,
      sandbox_clock_now () / DAY * DAY, DAY);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      g_string_append (json, json->len > 1 ? ",{\"type\":" : "{\"type\":");
      sandbox_json_append_string (json, (const char *)sqlite3_column_text (statement, 0));
      g_string_append_printf (
          json, ",\"used\":%" G_GINT64_FORMAT ",\"total\":%" G_GINT64_FORMAT ",\"timestamp\":",
          (gint64)sqlite3_column_int64 (statement, 1), (gint64)sqlite3_column_int64 (statement, 2));
      sandbox_json_append_time (json, sqlite3_column_int64 (statement, 3));
      g_string_append_c (json, '}');
    }
  sandbox_store_done (statement);
  g_string_append_c (json, ']');
  sandbox_reply_json (request, 200, json);
}

const SandboxOperation sandbox_stats_operations[] = {
  { "GET", "/api/Stats/GetCountStats", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, NULL, counts_cb },
  { "GET", "/api/Stats/GetJobsStats", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, "Jobs.View", jobs_cb },
  { "GET", "/api/Stats/GetSessionsStats", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, "Robots.View",
    sessions_cb },
  { "GET", "/api/Stats/GetLicenseStats", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, "License.View",
    licenses_cb },
  { "GET", "/api/Stats/GetConsumptionLicenseStats", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "License.View", consumption_cb },
  { NULL },
};
