/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "baton-json.h"
#include "sandbox-clock.h"
#include "sandbox-job.h"
#include "sandbox-log.h"
#include "sandbox-row.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"

#define US "UiPath.Server.Configuration.OData."
/* Lines in one request. */
#define MAX_LINES 10000

/* Returns: as robots name the levels, or as the service does. */
static SandboxLogLevel
get_level (const char *name)
{
  static const struct
  {
    const char *name;
    SandboxLogLevel level;
  } levels[] = {
    { "Verbose", SANDBOX_LOG_TRACE },  { "Trace", SANDBOX_LOG_TRACE },
    { "Debug", SANDBOX_LOG_DEBUG },    { "Warning", SANDBOX_LOG_WARN },
    { "Warn", SANDBOX_LOG_WARN },      { "Error", SANDBOX_LOG_ERROR },
    { "Critical", SANDBOX_LOG_FATAL }, { "Fatal", SANDBOX_LOG_FATAL },
  };

  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (levels); i++)
    if (g_ascii_strcasecmp (name, levels[i].name) == 0)
      return levels[i].level;

  return SANDBOX_LOG_INFO;
}

/* A line belongs to a job of the tenant, or to the folder of the request. Answers where to neither,
 * or where it says nothing. */
static gboolean
add_line (SandboxRequest *request, JsonNode *node)
{
  g_autoptr (JsonNode) inner = NULL;
  g_autofree char *raw = NULL;
  g_autofree char *job_key = NULL;
  g_auto (SandboxJob) job = { 0 };
  JsonObject *line = baton_json_peek_root_object (node);
  g_autofree char *text = JSON_NODE_HOLDS_VALUE (node) ? baton_json_dup_scalar (node) : NULL;
  const char *process;
  gint64 id, folder, time;

  if (text != NULL)
    {
      inner = baton_json_parse_text (text, -1, NULL);
      line = inner != NULL ? baton_json_peek_root_object (inner) : NULL;
    }
  if (line == NULL || baton_json_peek_string (line, "message") == NULL)
    {
      sandbox_reply_error (request, 400, 1009, "A log is a JSON object with a message.");
      return FALSE;
    }

  job_key = g_ascii_strdown (baton_json_has (line, "jobId")
                                     && baton_json_peek_string (line, "jobId") != NULL
                                 ? baton_json_peek_string (line, "jobId")
                                 : "",
                             -1);
  id = sandbox_statement_ask (request->store,
                              "SELECT \"Id\" FROM \"Jobs\" WHERE \"Key\" = ? AND \"TenantId\" = ?",
                              "si", job_key, request->tenant);
  if (id != 0)
    sandbox_job_load (&job, request->store, id);
  folder = id != 0 ? job.folder : request->folder;
  if (folder == 0)
    {
      sandbox_reply_error (request, 400, 1009, "The log is of no job, and there is no folder.");
      return FALSE;
    }

  raw = text != NULL ? g_strdup (text) : baton_json_to_text (node, FALSE);
  time = baton_json_peek_time (line, "timeStamp");
  process = baton_json_peek_string (line, "processName");
  sandbox_insert (
      request->store, "RobotLogs", SANDBOX_INT ("TenantId", request->tenant),
      SANDBOX_INT ("OrganizationUnitId", folder),
      SANDBOX_INT ("Level", get_level (baton_json_peek_string (line, "level"))),
      SANDBOX_INT ("TimeStamp", time != 0 ? time : sandbox_clock_now ()),
      SANDBOX_TEXT ("Message", baton_json_peek_string (line, "message")),
      SANDBOX_TEXT ("JobKey", *job_key != '\0' ? job_key : NULL), SANDBOX_TEXT ("RawMessage", raw),
      SANDBOX_TEXT ("ProcessName", process != NULL ? process : job.process),
      SANDBOX_TEXT ("RobotName", baton_json_has (line, "robotName")
                                     ? baton_json_peek_string (line, "robotName")
                                     : job.robot_name),
      SANDBOX_TEXT ("WindowsIdentity", baton_json_peek_string (line, "windowsIdentity")),
      SANDBOX_TEXT ("HostMachineName", baton_json_has (line, "machineName")
                                           ? baton_json_peek_string (line, "machineName")
                                           : job.host),
      SANDBOX_ID ("MachineId", job.machine), SANDBOX_TEXT ("MachineKey", job.machine_key));

  return TRUE;
}

/* All or none. */
static void
add_lines (SandboxRequest *request, gboolean many)
{
  SoupMessageBody *body = soup_server_message_get_request_body (request->message);
  g_autoptr (GBytes) text = soup_message_body_flatten (body);
  g_autoptr (JsonNode) root = baton_json_parse (text, BATON_JSON_MAX_BYTES, NULL);
  JsonArray *lines = root != NULL && many ? baton_json_peek_root_array (root) : NULL;
  guint n = many ? baton_json_length (lines) : 1;
  gboolean ok = TRUE;

  if (root == NULL || (many && lines == NULL) || n > MAX_LINES)
    {
      sandbox_reply_error (request, 400, 1000,
                           many ? "logs must not be null" : "jMessage must not be null");
      return;
    }

  sandbox_store_begin (request->store);
  for (guint i = 0; ok && i < n; i++)
    ok = add_line (request, many ? baton_json_peek_node_at (lines, i) : root);
  if (ok)
    {
      sandbox_store_commit (request->store);
      sandbox_reply_empty (request, 200);
    }
  else
    sandbox_store_rollback (request->store);
}

static void
one_cb (SandboxRequest *request)
{
  add_lines (request, FALSE);
}

static void
many_cb (SandboxRequest *request)
{
  add_lines (request, TRUE);
}

static void
total_cb (SandboxRequest *request)
{
  g_autofree char *count = g_strdup_printf (
      "%" G_GINT64_FORMAT,
      sandbox_statement_ask (request->store,
                             "SELECT count (*) FROM \"RobotLogs\" WHERE \"TenantId\" = ? AND "
                             "\"OrganizationUnitId\" = ?",
                             "ii", request->tenant, request->folder));

  sandbox_reply_value (request, "Edm.Int64", count);
}

const SandboxOperation sandbox_logs_operations[] = {
  { "POST", "/api/Logs", SANDBOX_SIGNED, SANDBOX_SCOPE_CROSS_FOLDER, "Logs.Create", one_cb,
    .raw = TRUE },
  { "POST", "/api/Logs/SubmitLogs", SANDBOX_SIGNED, SANDBOX_SCOPE_CROSS_FOLDER, "Logs.Create",
    many_cb, .raw = TRUE },
  { "GET", "/odata/RobotLogs/" US "GetTotalCount", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "Logs.View", total_cb },
  { NULL },
};
