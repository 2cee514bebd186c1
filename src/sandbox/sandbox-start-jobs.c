/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "baton-json.h"
#include "sandbox-attachment.h"
#include "sandbox-audit.h"
#include "sandbox-body.h"
#include "sandbox-enums.h"
#include "sandbox-jobs.h"
#include "sandbox-maintenance.h"
#include "sandbox-row.h"
#include "sandbox-sets.h"
#include "sandbox-start.h"
#include "sandbox-writer.h"

#define US "UiPath.Server.Configuration.OData."
/* More jobs at once than a person ever wants; the service has its own limit, not published. */
#define MAX_JOBS 1000

enum
{
  STRATEGY_ALL,
  STRATEGY_SPECIFIC,
  STRATEGY_COUNT = 3,
  STRATEGY_MODERN = 4,
};
static const char *const strategy_names[]
    = { "All", "Specific", "RobotCount", "JobsCount", "ModernJobsCount", NULL };
static const char *const source_names[] = {
  "Manual",
  "Schedule",
  "Queue",
  "StudioWeb",
  "IntegrationTrigger",
  "StudioDesktop",
  "AutomationOpsPipelines",
  "Apps",
  "SAP",
  "HttpTrigger",
  "HttpTriggerWithCallback",
  "RobotAPI",
  "Assistant",
  "CommandLine",
  "RobotNetAPI",
  "Autopilot",
  "TestManager",
  "AgentService",
  "ProcessOrchestration",
  "PluginEcosystem",
  "PerformanceTesting",
  "AgentHub",
  "ApiWorkflow",
  NULL,
};

/* Definition: StartProcessDto. */
static const SandboxBodyField start_fields[] = {
  { "ReleaseKey", SANDBOX_BODY_TEXT },
  { "ReleaseName", SANDBOX_BODY_TEXT },
  { "Strategy", SANDBOX_BODY_ENUM, .names = strategy_names },
  { "RobotIds", SANDBOX_BODY_ARRAY },
  { "MachineSessionIds", SANDBOX_BODY_ARRAY },
  { "NoOfRobots", SANDBOX_BODY_INT },
  { "JobsCount", SANDBOX_BODY_INT },
  { "Source", SANDBOX_BODY_ENUM, .names = source_names },
  { "JobPriority", SANDBOX_BODY_ENUM, .names = sandbox_enum_job_priority },
  { "SpecificPriorityValue", SANDBOX_BODY_INT, 1, 100 },
  { "RuntimeType", SANDBOX_BODY_ENUM, .names = sandbox_enum_runtime_type },
  { "InputArguments", SANDBOX_BODY_TEXT, 0, 10000 },
  { "InputFile", SANDBOX_BODY_GUID },
  { "EnvironmentVariables", SANDBOX_BODY_TEXT, 0, 4000 },
  { "Reference", SANDBOX_BODY_TEXT, 0, 128 },
  { "MachineRobots", SANDBOX_BODY_ARRAY },
  { "Attachments", SANDBOX_BODY_ARRAY },
  { "TargetFramework", SANDBOX_BODY_ENUM, .names = sandbox_enum_target_framework },
  { "ResumeOnSameContext", SANDBOX_BODY_BOOL },
  { "BatchExecutionKey", SANDBOX_BODY_TEXT },
  { "RequiresUserInteraction", SANDBOX_BODY_BOOL },
  { "StopProcessExpression", SANDBOX_BODY_TEXT },
  { "StopStrategy", SANDBOX_BODY_ENUM, .names = sandbox_enum_stop_strategy },
  { "KillProcessExpression", SANDBOX_BODY_TEXT },
  { "RemoteControlAccess", SANDBOX_BODY_ENUM, .names = sandbox_enum_remote_control },
  { "AlertPendingExpression", SANDBOX_BODY_TEXT },
  { "AlertRunningExpression", SANDBOX_BODY_TEXT },
  { "RunAsMe", SANDBOX_BODY_BOOL },
  { "ParentOperationId", SANDBOX_BODY_TEXT, 0, 128 },
  { "AutopilotForRobots", SANDBOX_BODY_OBJECT },
  { "ProfilingOptions", SANDBOX_BODY_TEXT, 0, 4000 },
  { "FpsContext", SANDBOX_BODY_TEXT, 0, 2048 },
  { "FpsProperties", SANDBOX_BODY_TEXT, 0, 4000 },
  { "TraceId", SANDBOX_BODY_TEXT, 0, 255 },
  { "ParentSpanId", SANDBOX_BODY_TEXT, 0, 255 },
  { "RootSpanId", SANDBOX_BODY_TEXT, 0, 255 },
  { "EntryPointPath", SANDBOX_BODY_TEXT },
  { "VideoRecordingSettings", SANDBOX_BODY_OBJECT },
  { "MachineInfraTarget", SANDBOX_BODY_OBJECT },
  { NULL },
};
static const SandboxBodyField start_wrapper[] = { { "startInfo", SANDBOX_BODY_OBJECT }, { NULL } };
static const SandboxBodyField place_fields[] = {
  { "MachineId", SANDBOX_BODY_INT },
  { "MachineName", SANDBOX_BODY_TEXT },
  { "RobotId", SANDBOX_BODY_INT },
  { "RobotUserName", SANDBOX_BODY_TEXT },
  { NULL },
};

/* What a job shows as it was given. */
static const char *const kept_texts[]
    = { "InputFile", "ProfilingOptions", "FpsContext", "FpsProperties",
        "TraceId",   "ParentSpanId",     "RootSpanId" };

/* What was asked for. */
typedef struct
{
  JsonObject *info; /* (unowned) */
  SandboxProcess process;
  SandboxStart start;
  GArray *places; /* (owned): SandboxRuntimeWish */
  guint count;
  SandboxValue kept[G_N_ELEMENTS (kept_texts) + 4];
  char *autopilot; /* (owned) (nullable): of "kept" */
} Order;

static void
order_clear (Order *self)
{
  sandbox_process_clear (&self->process);
  g_clear_pointer (&self->places, g_array_unref);
  g_clear_pointer (&self->autopilot, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Order, order_clear)

/* Answers where the body is none, or names no process. */
static gboolean
find_process (SandboxRequest *request, Order *order)
{
  const char *key, *name;

  if (!sandbox_body_check (request, request->body, "startJobsParameters", start_wrapper))
    return FALSE;
  order->info = baton_json_peek_object (request->body, "startInfo");
  if (!sandbox_body_check (request, order->info, "startInfo", start_fields))
    return FALSE;

  key = baton_json_peek_string (order->info, "ReleaseKey");
  name = baton_json_peek_string (order->info, "ReleaseName");
  if (key == NULL && name == NULL)
    {
      sandbox_reply_error (request, 400, 1014, "ReleaseKey is required.");
      return FALSE;
    }
  if (sandbox_process_find (&order->process, request->store, request->tenant, request->folder,
                            key != NULL ? "Key" : "Name", key != NULL ? key : name))
    return TRUE;

  sandbox_reply_error (request, 404, 1002, "%s does not exist.", key != NULL ? key : name);

  return FALSE;
}

/* Answers where it is no number of seconds. */
static gboolean
read_seconds (SandboxRequest *request, JsonObject *info, const char *name, gint64 *seconds)
{
  const char *text = baton_json_peek_string (info, name);

  if (text == NULL || *text == '\0'
      || g_ascii_string_to_signed (text, 10, 0, G_MAXINT32, seconds, NULL))
    return TRUE;

  sandbox_reply_error (request, 400, 1009, "%s must be a number of seconds.", name);

  return FALSE;
}

/* Answers where what is asked for contradicts itself. */
static gboolean
check_info (SandboxRequest *request, Order *order)
{
  JsonObject *info = order->info;
  int strategy = sandbox_body_get_enum (info, "Strategy", strategy_names, STRATEGY_MODERN);
  gint64 count = baton_json_peek_int (info, "JobsCount", 1);
  g_autofree char *wrong = sandbox_process_check_input (
      &order->process, baton_json_peek_string (info, "InputArguments"));

  if (wrong != NULL)
    {
      sandbox_reply_error (request, 400, 1009, "%s", wrong);
      return FALSE;
    }
  /* Fact sheet 4.3, start-job failures. */
  if (sandbox_body_has (info, "JobPriority") && sandbox_body_has (info, "SpecificPriorityValue"))
    {
      sandbox_reply_error (request, 400, 1009,
                           "JobPriority and SpecificPriorityValue cannot both be set.");
      return FALSE;
    }
  if (baton_json_peek_int (info, "NoOfRobots", 0) != 0)
    {
      sandbox_reply_error (request, 400, 1009,
                           "NoOfRobots is not supported in modern folders. Use JobsCount.");
      return FALSE;
    }
  /* Definition: "must be greater than 0 only if the start strategy is JobsCount". */
  if (count == 0 && strategy < STRATEGY_COUNT)
    count = 1;
  if (count < 1 || count > MAX_JOBS)
    {
      sandbox_reply_error (request, 400, 1009, "JobsCount must be between 1 and %d.", MAX_JOBS);
      return FALSE;
    }
  order->count = (guint)count;

  return read_seconds (request, info, "StopProcessExpression", &order->start.stop_after)
         && read_seconds (request, info, "KillProcessExpression", &order->start.kill_after);
}

static gboolean
exists (SandboxRequest *request, const char *sql, gint64 id)
{
  sqlite3_stmt *statement = sandbox_store_prepare (request->store, sql);
  gboolean found;

  sqlite3_bind_int64 (statement, 1, request->tenant);
  sqlite3_bind_int64 (statement, 2, id);
  found = sqlite3_step (statement) == SQLITE_ROW;
  sandbox_store_done (statement);

  return found;
}

/* Answers where there is no such robot, machine or host. */
static gboolean
add_place (SandboxRequest *request, Order *order, const SandboxRuntimeWish *place)
{
  if (place->robot != 0
      && !exists (request,
                  "SELECT 1 FROM \"Robots\" WHERE \"TenantId\" = ? AND \"Id\" = ? AND \"Enabled\"",
                  place->robot))
    sandbox_reply_error (request, 409, 1671, "Couldn't find the specified unattended robot.");
  else if (place->machine != 0
           && !exists (request, "SELECT 1 FROM \"Machines\" WHERE \"TenantId\" = ? AND \"Id\" = ?",
                       place->machine))
    sandbox_reply_error (request, 404, 1002, "Machine %" G_GINT64_FORMAT " does not exist.",
                         place->machine);
  else if (place->session != 0
           && !exists (request,
                       "SELECT 1 FROM \"MachineSessionRuntimes\" WHERE \"TenantId\" = ? AND "
                       "\"SessionId\" = ?",
                       place->session))
    sandbox_reply_error (request, 404, 1002, "Session %" G_GINT64_FORMAT " does not exist.",
                         place->session);
  else
    {
      g_array_append_val (order->places, *place);
      return TRUE;
    }

  return FALSE;
}

/* A robot takes a process of its own once at a time (fact sheet 4.3: PendingJobsAlreadyExist). */
static gboolean
check_pending (SandboxRequest *request, Order *order)
{
  for (guint i = 0; i < order->places->len; i++)
    {
      gint64 robot = g_array_index (order->places, SandboxRuntimeWish, i).robot;
      g_autofree char *sql
          = g_strdup_printf ("SELECT 1 FROM \"Jobs\" WHERE \"TenantId\" = ? AND \"State\" = 0 AND "
                             "\"WantedRobotId\" = ? AND \"ReleaseId\" = %" G_GINT64_FORMAT,
                             order->process.id);

      if (exists (request, sql, robot))
        {
          sandbox_reply_error (request, 409, 1670,
                               "The robots already have pending jobs for this Process.");
          return FALSE;
        }
    }

  return TRUE;
}

/* One job on each robot that is named. */
static gboolean
read_robots (SandboxRequest *request, Order *order)
{
  g_autoptr (GArray) robots = sandbox_body_read_ids (request, order->info, "RobotIds");

  if (robots == NULL)
    return FALSE;
  if (robots->len == 0)
    {
      sandbox_reply_error (request, 409, 1671, "Couldn't find the specified unattended robot.");
      return FALSE;
    }
  for (guint i = 0; i < robots->len; i++)
    {
      gint64 robot = g_array_index (robots, gint64, i);

      if (!add_place (request, order, &(SandboxRuntimeWish){ .robot = robot }))
        return FALSE;
    }
  order->count = robots->len;

  return check_pending (request, order);
}

/* One job on each robot of the folder (fact sheet 4.3: InvalidStartJobRobotIds). */
static gboolean
list_robots (SandboxRequest *request, Order *order)
{
  sandbox_runtime_list_robots (request->store, request->folder, order->places);
  order->count = order->places->len;
  if (order->count > 0)
    return check_pending (request, order);

  sandbox_reply_error (
      request, 409, 1671,
      "Couldn't find any user with unattended robot permissions in the current folder.");

  return FALSE;
}

/* Answers where a place is named that is not there. */
static gboolean
read_places (SandboxRequest *request, Order *order)
{
  JsonArray *pairs = baton_json_peek_array (order->info, "MachineRobots");
  int strategy;
  g_autoptr (GArray) sessions = sandbox_body_read_ids (request, order->info, "MachineSessionIds");

  if (sessions == NULL)
    return FALSE;
  order->places = g_array_new (FALSE, TRUE, sizeof (SandboxRuntimeWish));
  strategy = sandbox_body_get_enum (order->info, "Strategy", strategy_names, STRATEGY_MODERN);
  if (strategy == STRATEGY_SPECIFIC)
    return read_robots (request, order);
  if (strategy == STRATEGY_ALL)
    return list_robots (request, order);

  for (guint i = 0; i < baton_json_length (pairs); i++)
    {
      JsonObject *pair = baton_json_peek_object_at (pairs, i);

      if (!sandbox_body_check (request, pair, "machineRobots", place_fields)
          || !add_place (
              request, order,
              &(SandboxRuntimeWish){ .robot = baton_json_peek_int (pair, "RobotId", 0),
                                     .machine = baton_json_peek_int (pair, "MachineId", 0) }))
        return FALSE;
    }
  for (guint i = 0; i < sessions->len; i++)
    {
      gint64 session = g_array_index (sessions, gint64, i);

      if (!add_place (request, order, &(SandboxRuntimeWish){ .session = session }))
        return FALSE;
    }

  return TRUE;
}

static void
read_kept (Order *order)
{
  JsonObject *info = order->info;
  SandboxValue *value = order->kept;
  int remote = sandbox_body_get_enum (info, "RemoteControlAccess", sandbox_enum_remote_control, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (kept_texts); i++)
    if (sandbox_body_has (info, kept_texts[i]))
      *value++ = (SandboxValue)SANDBOX_TEXT (kept_texts[i],
                                             baton_json_peek_string (info, kept_texts[i]));
  if (remote >= 0)
    *value++ = (SandboxValue)SANDBOX_INT ("RemoteControlAccess", remote);
  if (sandbox_body_has (info, "RequiresUserInteraction"))
    *value++ = (SandboxValue)SANDBOX_INT (
        "RequiresUserInteraction", baton_json_peek_bool (info, "RequiresUserInteraction", FALSE));
  if (sandbox_body_has (info, "AutopilotForRobots"))
    {
      order->autopilot
          = baton_json_to_text (baton_json_peek_node (info, "AutopilotForRobots"), FALSE);
      *value++ = (SandboxValue)SANDBOX_TEXT ("AutopilotForRobots", order->autopilot);
    }
  order->start.more = value != order->kept ? order->kept : NULL;
}

/* Answers where what is asked for cannot be. */
static gboolean
read_order (SandboxRequest *request, Order *order)
{
  SandboxStart *start = &order->start;
  const char *text;
  JsonObject *info;

  if (!find_process (request, order))
    return FALSE;
  sandbox_start_init (start, &order->process);
  if (!check_info (request, order)
      || !sandbox_attachment_check (request, baton_json_peek_array (order->info, "Attachments"))
      || !read_places (request, order))
    return FALSE;

  info = order->info;
  start->user = request->user;
  text = baton_json_peek_string (info, "InputArguments");
  if (text != NULL && *text != '\0')
    start->input = text;
  text = baton_json_peek_string (info, "EntryPointPath");
  if (text != NULL && *text != '\0')
    start->entry_point = text;
  text = baton_json_peek_string (info, "Source");
  if (text != NULL && sandbox_row_find_enum ("Jobs", "SourceType", text) >= 0)
    {
      start->source = text;
      start->source_type = sandbox_row_find_enum ("Jobs", "SourceType", text);
    }
  start->reference = baton_json_peek_string (info, "Reference");
  start->batch = baton_json_peek_string (info, "BatchExecutionKey");
  start->environment = baton_json_peek_string (info, "EnvironmentVariables");
  start->runtime
      = sandbox_body_get_enum (info, "RuntimeType", sandbox_enum_runtime_type, start->runtime);
  start->kills = sandbox_body_get_enum (info, "StopStrategy", sandbox_enum_stop_strategy, 0) == 1;
  start->keeps_place = baton_json_peek_bool (info, "ResumeOnSameContext", FALSE);
  start->places = (const SandboxRuntimeWish *)(gconstpointer)order->places->data;
  start->n_places = order->places->len;
  sandbox_start_set_priority (
      start, sandbox_body_get_enum (info, "JobPriority", sandbox_enum_job_priority, -1),
      baton_json_peek_int (info, "SpecificPriorityValue", 0));
  read_kept (order);

  return TRUE;
}

static void
start_cb (SandboxRequest *request)
{
  g_auto (Order) order = { 0 };
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!sandbox_maintenance_allow_jobs (request) || !read_order (request, &order))
    return;

  sandbox_store_begin (request->store);
  sandbox_start_run (&order.start, request->server, &order.process, order.count, ids);
  for (guint i = 0; i < ids->len; i++)
    sandbox_attachment_link (request, baton_json_peek_array (order.info, "Attachments"),
                             g_array_index (ids, gint64, i));
  sandbox_audit (request, "Jobs", "StartJob", order.process.id, order.process.name, order.info);
  sandbox_store_commit (request->store);

  sandbox_reply_entities (request, 201, &sandbox_set_jobs, (const gint64 *)ids->data, ids->len);
}

void
sandbox_jobs_reply_validation (SandboxRequest *request, const SandboxRuntimeWish *wish)
{
  const char *message = NULL;
  const char *code = sandbox_runtime_explain (request->store, wish, &message);
  GString *json = g_string_new (NULL);

  g_string_append_printf (json,
                          "{\"@odata.context\":\"%s/odata/$metadata#" US "ValidationResultDto\","
                          "\"IsValid\":%s,\"Errors\":[",
                          request->base, code == NULL ? "true" : "false");
  if (code != NULL)
    sandbox_json_append_string (json, message);
  g_string_append (json, "],\"ErrorCodes\":[");
  if (code != NULL)
    sandbox_json_append_string (json, code);
  g_string_append (json, "]}");
  sandbox_reply_json (request, 200, json);
}

/* Whether a job that is made as it is asked for would find a place now. */
static void
validate_cb (SandboxRequest *request)
{
  g_auto (Order) order = { 0 };
  SandboxRuntimeWish wish = { 0 };

  if (!read_order (request, &order))
    return;

  if (order.places->len > 0)
    wish = g_array_index (order.places, SandboxRuntimeWish, 0);
  wish.tenant = request->tenant;
  wish.type = order.start.runtime;
  sandbox_jobs_reply_validation (request, &wish);
}

const SandboxOperation sandbox_start_jobs_operations[] = {
  { "POST", "/odata/Jobs/" US "StartJobs", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, "Jobs.Create",
    start_cb },
  { "POST", "/odata/Jobs/" US "ValidateDynamicJob", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "Jobs.Create", validate_cb },
  { NULL },
};
