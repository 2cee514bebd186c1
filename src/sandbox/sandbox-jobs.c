/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-clock.h"
#include "sandbox-operations.h"

#include "baton-json.h"
#include "sandbox-body.h"
#include "sandbox-enums.h"
#include "sandbox-row.h"
#include "sandbox-sets.h"
#include "sandbox-simulator.h"

#define US "UiPath.Server.Configuration.OData."
/* More jobs at once than a person ever wants; the service has its own limit, not published. */
#define MAX_JOBS 1000
/* Priority numbers that stand for Low, Normal and High (fact sheet 6.5). */
static const int priority_values[] = { 25, 45, 65 };

static const char *const strategy_names[] = { "All",       "Specific",        "RobotCount",
                                              "JobsCount", "ModernJobsCount", NULL };
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
  { "InputFile", SANDBOX_BODY_TEXT },
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
static const SandboxBodyField stop_fields[] = {
  { "strategy", SANDBOX_BODY_ENUM, .names = sandbox_enum_stop_strategy },
  { NULL },
};
static const SandboxBodyField stop_many_fields[] = {
  { "strategy", SANDBOX_BODY_ENUM, .names = sandbox_enum_stop_strategy },
  { "jobIds", SANDBOX_BODY_ARRAY },
  { NULL },
};
static const SandboxBodyField restart_fields[] = { { "jobId", SANDBOX_BODY_INT }, { NULL } };

/* The process that a job is made of. */
typedef struct
{
  gint64 id;
  gint64 version;
  char *name;        /* (owned) */
  char *input;       /* (owned) (nullable): the arguments that the process has by itself */
  char *entry_point; /* (owned) (nullable) */
  int priority;
  gint64 priority_value;
  gboolean foreground;
} Release;

static void
release_clear (Release *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->input, g_free);
  g_clear_pointer (&self->entry_point, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Release, release_clear)

static gboolean
find_release (SandboxRequest *request, const char *column, const char *value, Release *release)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT \"Id\", \"CurrentVersionId\", \"Name\", \"InputArguments\", "
                       "\"JobPriority\", \"SpecificPriorityValue\", "
                       "\"RequiresUserInteraction\", \"EntryPointPath\" FROM \"Releases\" "
                       "WHERE \"TenantId\" = ? AND \"OrganizationUnitId\" = ? AND \"%s\" = ?",
                       column);
  sqlite3_stmt *statement = sandbox_store_prepare (request->store, sql);
  gboolean found = FALSE;

  sqlite3_bind_int64 (statement, 1, request->tenant);
  sqlite3_bind_int64 (statement, 2, request->folder);
  sqlite3_bind_text (statement, 3, value, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      release->id = sqlite3_column_int64 (statement, 0);
      release->version = sqlite3_column_int64 (statement, 1);
      release->name = g_strdup ((const char *) sqlite3_column_text (statement, 2));
      release->input = g_strdup ((const char *) sqlite3_column_text (statement, 3));
      release->priority = sqlite3_column_int (statement, 4);
      release->priority_value = sqlite3_column_int64 (statement, 5);
      release->foreground = sqlite3_column_int (statement, 6);
      release->entry_point = g_strdup ((const char *) sqlite3_column_text (statement, 7));
      found = TRUE;
    }
  sandbox_store_done (statement);

  return found;
}

/* Answers where the arguments are no text with a JSON object in it. */
static gboolean
check_input (SandboxRequest *request, const char *input)
{
  g_autoptr (JsonNode) node = NULL;

  if (input == NULL || *input == '\0')
    return TRUE;

  node = baton_json_parse_text (input, -1, NULL);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return TRUE;

  sandbox_reply_error (
      request, 400, 1009, "InputArguments must be a string that holds a JSON object.");
  return FALSE;
}

/* Answers where the wish cannot be met. */
static gboolean
check_start (SandboxRequest *request, JsonObject *info, Release *release)
{
  const char *key = baton_json_peek_string (info, "ReleaseKey");
  const char *name = baton_json_peek_string (info, "ReleaseName");
  gint64 count = baton_json_peek_int (info, "JobsCount", 1);
  int strategy = sandbox_body_get_enum (info, "Strategy", strategy_names, 4);

  if (key == NULL && name == NULL)
    {
      sandbox_reply_error (request, 400, 1014, "ReleaseKey is required.");
      return FALSE;
    }
  if (!check_input (request, baton_json_peek_string (info, "InputArguments")))
    return FALSE;
  if (sandbox_body_has (info, "JobPriority") && sandbox_body_has (info, "SpecificPriorityValue"))
    {
      sandbox_reply_error (
          request, 400, 1009, "JobPriority and SpecificPriorityValue cannot both be set.");
      return FALSE;
    }
  if (baton_json_peek_int (info, "NoOfRobots", 0) != 0)
    {
      sandbox_reply_error (
          request, 400, 1009, "NoOfRobots is not supported in modern folders. Use JobsCount.");
      return FALSE;
    }
  if (count < 1 || count > MAX_JOBS)
    {
      sandbox_reply_error (request, 400, 1009, "JobsCount must be between 1 and %d.", MAX_JOBS);
      return FALSE;
    }
  /* Specific (fact sheet 4.3, start-job failures). */
  if (strategy == 1 && baton_json_length (baton_json_peek_array (info, "RobotIds")) == 0)
    {
      sandbox_reply_error (request, 409, 1671, "Couldn't find the specified unattended robot.");
      return FALSE;
    }
  if (!find_release (request, key != NULL ? "Key" : "Name", key != NULL ? key : name, release))
    {
      sandbox_reply_error (request, 404, 1002, "%s does not exist.", key != NULL ? key : name);
      return FALSE;
    }

  return TRUE;
}

/* Who starts it, as Source tells it. Returns: (transfer full). */
static char *
dup_user_name (SandboxRequest *request)
{
  char *name = NULL;
  sqlite3_stmt *statement =
      sandbox_store_prepare (request->store, "SELECT \"UserName\" FROM \"Users\" WHERE \"Id\" = ?");

  sqlite3_bind_int64 (statement, 1, request->user);
  if (sqlite3_step (statement) == SQLITE_ROW)
    name = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sandbox_store_done (statement);

  return name;
}

typedef struct
{
  const char *input; /* (nullable) */
  const char *batch;
  const char *user;
  const char *reference; /* (nullable) */
  int runtime;
  int priority;
  gint64 priority_value;
} Wish;

static gint64
add_job (SandboxRequest *request, const Release *release, const Wish *wish)
{
  g_autofree char *key = g_uuid_string_random ();
  gint64 now = sandbox_clock_now ();
  SandboxJob job = { .state = SANDBOX_JOB_PENDING };

  job.id = sandbox_insert (request->store,
                           "Jobs",
                           SANDBOX_INT ("TenantId", request->tenant),
                           SANDBOX_INT ("OrganizationUnitId", request->folder),
                           SANDBOX_TEXT ("Key", key),
                           SANDBOX_INT ("State", job.state),
                           SANDBOX_INT ("JobPriority", wish->priority),
                           SANDBOX_INT ("SpecificPriorityValue", wish->priority_value),
                           SANDBOX_TEXT ("Source", "Manual"),
                           SANDBOX_ENUM ("SourceType", "Manual"),
                           SANDBOX_TEXT ("OrchestratorUserIdentity", wish->user),
                           SANDBOX_TEXT ("BatchExecutionKey", wish->batch),
                           SANDBOX_TEXT ("Reference", wish->reference),
                           SANDBOX_TIME ("CreationTime", now),
                           SANDBOX_TIME ("LastModificationTime", now),
                           SANDBOX_TEXT ("ReleaseName", release->name),
                           SANDBOX_INT ("ReleaseId", release->id),
                           SANDBOX_INT ("ReleaseVersionId", release->version),
                           SANDBOX_TEXT ("EntryPointPath", release->entry_point),
                           SANDBOX_ENUM ("Type", "Unattended"),
                           SANDBOX_INT ("RuntimeType", wish->runtime),
                           SANDBOX_TEXT ("InputArguments", wish->input),
                           SANDBOX_INT ("RequiresUserInteraction", release->foreground),
                           SANDBOX_ENUM ("ProcessType", "Process"));
  sandbox_simulator_follow (request->server, &job);

  return job.id;
}

static void
start_cb (SandboxRequest *request)
{
  JsonObject *info;
  g_auto (Release) release = { 0 };
  g_autofree char *batch = g_uuid_string_random ();
  g_autofree char *user = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  const char *input;
  gint64 count;
  Wish wish = { .batch = batch };

  if (!sandbox_body_check (request, request->body, "startJobsParameters", start_wrapper))
    return;
  info = baton_json_peek_object (request->body, "startInfo");
  if (!sandbox_body_check (request, info, "startInfo", start_fields) ||
      !check_start (request, info, &release))
    return;

  user = dup_user_name (request);
  input = baton_json_peek_string (info, "InputArguments");
  wish.user = user;
  wish.input = input != NULL && *input != '\0' ? input : release.input;
  wish.reference = baton_json_peek_string (info, "Reference");
  wish.runtime = sandbox_body_get_enum (info,
                                        "RuntimeType",
                                        sandbox_enum_runtime_type,
                                        sandbox_row_get_enum ("Jobs", "RuntimeType", "Unattended"));
  wish.priority =
      sandbox_body_get_enum (info, "JobPriority", sandbox_enum_job_priority, release.priority);
  wish.priority_value =
      baton_json_peek_int (info,
                           "SpecificPriorityValue",
                           sandbox_body_has (info, "JobPriority") ? priority_values[wish.priority]
                                                                  : release.priority_value);

  count = baton_json_peek_int (info, "JobsCount", 1);
  sandbox_store_begin (request->store);
  for (gint64 i = 0; i < count; i++)
    {
      gint64 id = add_job (request, &release, &wish);

      g_array_append_val (ids, id);
    }
  sandbox_store_commit (request->store);

  sandbox_reply_entities (request, 201, &sandbox_set_jobs, (const gint64 *) ids->data, ids->len);
}

/* Answers where there is no such job in the folder. */
static gboolean
load (SandboxRequest *request, gint64 id, SandboxJob *job)
{
  if (sandbox_job_load (job, request->store, id) && job->tenant == request->tenant &&
      job->folder == request->folder)
    return TRUE;

  sandbox_reply_error (request, 404, 1002, "Job does not exist.");
  return FALSE;
}

/* Fact sheet 6.6: SoftStop asks a running job, Kill takes it down, and one that waits ends at once.
 */
static void
stop (SandboxRequest *request, SandboxJob *job, gboolean kill)
{
  if (job->state == SANDBOX_JOB_PENDING || job->state == SANDBOX_JOB_SUSPENDED ||
      job->state == SANDBOX_JOB_RESUMED)
    {
      sandbox_job_end (job, request->store, SANDBOX_JOB_STOPPED, "Job stopped before it ran", NULL);
      return;
    }
  if (job->state == SANDBOX_JOB_TERMINATING || (job->state == SANDBOX_JOB_STOPPING && !kill))
    return;

  sandbox_job_set_state (
      job, request->store, kill ? SANDBOX_JOB_TERMINATING : SANDBOX_JOB_STOPPING);
  sandbox_simulator_follow (request->server, job);
}

/* Answers where the strategy is missing. */
static gboolean
read_strategy (SandboxRequest *request, gboolean *kill)
{
  int strategy = sandbox_body_get_enum (request->body, "strategy", sandbox_enum_stop_strategy, -1);

  if (strategy < 0)
    sandbox_reply_error (request, 400, 1014, "The strategy field is required.");
  *kill = strategy == 1;

  return strategy >= 0;
}

static void
stop_cb (SandboxRequest *request)
{
  g_auto (SandboxJob) job = { 0 };
  gboolean kill;

  if (!sandbox_body_check (request, request->body, "stopJobParameters", stop_fields) ||
      !read_strategy (request, &kill) ||
      !load (request, g_ascii_strtoll (request->key, NULL, 10), &job))
    return;
  if (sandbox_job_is_final (&job))
    {
      sandbox_reply_error (request, 409, 1009, "The job has ended: it can no longer be stopped.");
      return;
    }

  sandbox_store_begin (request->store);
  stop (request, &job, kill);
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 200);
}

static void
stop_many_cb (SandboxRequest *request)
{
  JsonArray *ids;
  gboolean kill;

  if (!sandbox_body_check (request, request->body, "stopJobsParameters", stop_many_fields) ||
      !read_strategy (request, &kill))
    return;
  ids = baton_json_peek_array (request->body, "jobIds");
  if (baton_json_length (ids) == 0)
    {
      sandbox_reply_error (request, 400, 1014, "The jobIds field is required.");
      return;
    }

  /* All or none; a job that has ended meanwhile is as the caller wants it. */
  sandbox_store_begin (request->store);
  for (guint i = 0; i < baton_json_length (ids); i++)
    {
      g_auto (SandboxJob) job = { 0 };
      g_autofree char *id = baton_json_dup_scalar (baton_json_peek_node_at (ids, i));

      if (!load (request, id != NULL ? g_ascii_strtoll (id, NULL, 10) : 0, &job))
        {
          sandbox_store_rollback (request->store);
          return;
        }
      if (!sandbox_job_is_final (&job))
        stop (request, &job, kill);
    }
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 200);
}

static void
restart_cb (SandboxRequest *request)
{
  g_auto (SandboxJob) job = { 0 };
  g_auto (Release) release = { 0 };
  g_autofree char *batch = g_uuid_string_random ();
  g_autofree char *user = NULL;
  gint64 id;

  if (!sandbox_body_check (request, request->body, "restartJobParameters", restart_fields) ||
      !load (request, baton_json_peek_int (request->body, "jobId", 0), &job))
    return;
  if (!sandbox_job_is_final (&job))
    {
      sandbox_reply_error (request, 409, 1009, "Cannot restart a job that has not ended.");
      return;
    }
  if (!find_release (request, "Name", job.process, &release))
    {
      sandbox_reply_error (request, 404, 1002, "%s does not exist.", job.process);
      return;
    }

  user = dup_user_name (request);
  sandbox_store_begin (request->store);
  id = add_job (request,
                &release,
                &(Wish){ .input = job.input,
                         .batch = batch,
                         .user = user,
                         .runtime = sandbox_row_get_enum ("Jobs", "RuntimeType", "Unattended"),
                         .priority = release.priority,
                         .priority_value = release.priority_value });
  sandbox_store_commit (request->store);

  sandbox_reply_entity (request, 200, &sandbox_set_jobs, id);
}

const SandboxOperation sandbox_jobs_operations[] = {
  { "POST",
    "/odata/Jobs/" US "StartJobs",
    SANDBOX_SIGNED,
    SANDBOX_SCOPE_FOLDER,
    "Jobs.Create",
    start_cb },
  { "POST",
    "/odata/Jobs({key})/" US "StopJob",
    SANDBOX_SIGNED,
    SANDBOX_SCOPE_FOLDER,
    "Jobs.Edit",
    stop_cb },
  { "POST",
    "/odata/Jobs/" US "StopJobs",
    SANDBOX_SIGNED,
    SANDBOX_SCOPE_FOLDER,
    "Jobs.Edit",
    stop_many_cb },
  { "POST",
    "/odata/Jobs/" US "RestartJob",
    SANDBOX_SIGNED,
    SANDBOX_SCOPE_FOLDER,
    "Jobs.Create",
    restart_cb },
  { NULL },
};
