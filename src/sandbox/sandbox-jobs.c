/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "baton-json.h"
#include "sandbox-audit.h"
#include "sandbox-body.h"
#include "sandbox-enums.h"
#include "sandbox-job-trigger.h"
#include "sandbox-jobs.h"
#include "sandbox-sets.h"
#include "sandbox-simulator.h"
#include "sandbox-start.h"

#define US "UiPath.Server.Configuration.OData."

/* By name, or by number as a text (fact sheet 6.6). */
static const char *const strategy_names[] = { "SoftStop", "Kill", "1", "2", NULL };
static const SandboxBodyField stop_fields[] = {
  { "strategy", SANDBOX_BODY_ENUM, .names = strategy_names },
  { NULL },
};
static const SandboxBodyField stop_many_fields[] = {
  { "strategy", SANDBOX_BODY_ENUM, .names = strategy_names },
  { "jobIds", SANDBOX_BODY_ARRAY },
  { NULL },
};
static const SandboxBodyField resume_fields[] = { { "jobKey", SANDBOX_BODY_GUID }, { NULL } };
static const SandboxBodyField restart_fields[] = { { "jobId", SANDBOX_BODY_INT }, { NULL } };

/* Answers where there is no such job in the folder. */
static gboolean
load (SandboxRequest *request, gint64 id, SandboxJob *job)
{
  if (sandbox_job_load (job, request->store, id) && job->tenant == request->tenant
      && job->folder == request->folder)
    return TRUE;

  sandbox_reply_error (request, 404, 1002, "Job does not exist.");
  return FALSE;
}

/* Fact sheet 6.6: SoftStop asks a running job, Kill takes it down, and one that waits ends at once.
 */
static void
stop (SandboxRequest *request, SandboxJob *job, gboolean kill)
{
  if (job->state == SANDBOX_JOB_PENDING || job->state == SANDBOX_JOB_SUSPENDED
      || job->state == SANDBOX_JOB_RESUMED)
    {
      sandbox_job_end (job, request->store, SANDBOX_JOB_STOPPED, "Job stopped before it ran", NULL);
      sandbox_simulator_tell_end (request->server, job);
      sandbox_simulator_follow (request->server, job);
      return;
    }
  if (job->state == SANDBOX_JOB_TERMINATING || (job->state == SANDBOX_JOB_STOPPING && !kill))
    return;

  sandbox_job_set_state (job, request->store,
                         kill ? SANDBOX_JOB_TERMINATING : SANDBOX_JOB_STOPPING);
  sandbox_simulator_follow (request->server, job);
}

/* As the audit log has it. */
static void
audit (SandboxRequest *request, const char *action, const SandboxJob *job)
{
  sandbox_audit (request, "Jobs", action, job->id, job->process, request->body);
}

/* Answers where the strategy is missing. */
static gboolean
read_strategy (SandboxRequest *request, gboolean *kill)
{
  int strategy = sandbox_body_get_enum (request->body, "strategy", strategy_names, -1);

  if (strategy < 0)
    sandbox_reply_error (request, 400, 1014, "The strategy field is required.");
  *kill = strategy % 2 == 1;

  return strategy >= 0;
}

static void
stop_cb (SandboxRequest *request)
{
  g_auto (SandboxJob) job = { 0 };
  gboolean kill;

  if (!sandbox_body_check (request, request->body, "stopJobParameters", stop_fields)
      || !read_strategy (request, &kill)
      || !load (request, g_ascii_strtoll (request->key, NULL, 10), &job))
    return;
  if (sandbox_job_is_final (&job))
    {
      sandbox_reply_error (request, 409, 1009, "The job has ended: it can no longer be stopped.");
      return;
    }

  sandbox_store_begin (request->store);
  stop (request, &job, kill);
  audit (request, kill ? "ForceStopJob" : "StopJob", &job);
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 200);
}

static void
stop_many_cb (SandboxRequest *request)
{
  g_autoptr (GArray) ids = NULL;
  gboolean kill;

  if (!sandbox_body_check (request, request->body, "stopJobsParameters", stop_many_fields)
      || !read_strategy (request, &kill))
    return;
  ids = sandbox_body_read_ids (request, request->body, "jobIds");
  if (ids == NULL)
    return;
  if (ids->len == 0)
    {
      sandbox_reply_error (request, 400, 1014, "The jobIds field is required.");
      return;
    }

  /* All or none; a job that has ended meanwhile is as the caller wants it. */
  sandbox_store_begin (request->store);
  for (guint i = 0; i < ids->len; i++)
    {
      g_auto (SandboxJob) job = { 0 };

      if (!load (request, g_array_index (ids, gint64, i), &job))
        {
          sandbox_store_rollback (request->store);
          return;
        }
      if (sandbox_job_is_final (&job))
        continue;
      stop (request, &job, kill);
      audit (request, kill ? "ForceStopJob" : "StopJob", &job);
    }
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 200);
}

/* The same process again, as it is now, with all that the job was started with. */
static void
restart_cb (SandboxRequest *request)
{
  g_auto (SandboxJob) job = { 0 };
  g_auto (SandboxProcess) process = { 0 };
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *release = NULL;
  SandboxRuntimeWish place;
  SandboxStart start;

  if (!sandbox_body_check (request, request->body, "restartJobParameters", restart_fields)
      || !load (request, baton_json_peek_int (request->body, "jobId", 0), &job))
    return;
  if (!sandbox_job_is_final (&job))
    {
      sandbox_reply_error (request, 409, 1009, "Cannot restart a job that has not ended.");
      return;
    }
  release = g_strdup_printf ("%" G_GINT64_FORMAT, job.release);
  if (!sandbox_process_find (&process, request->store, request->tenant, request->folder, "Id",
                             release))
    {
      sandbox_reply_error (request, 404, 1002, "%s does not exist.", job.process);
      return;
    }

  place = (SandboxRuntimeWish){ .robot = job.wants_robot,
                                .machine = job.wants_machine,
                                .session = job.wants_session };
  sandbox_start_init (&start, &process);
  start.user = request->user;
  start.input = job.input;
  start.runtime = job.runtime;
  start.places = &place;
  start.n_places = 1;
  start.like = job.id;
  sandbox_store_begin (request->store);
  sandbox_start_run (&start, request->server, &process, 1, ids);
  audit (request, "StartJob", &job);
  sandbox_store_commit (request->store);

  sandbox_reply_entity (request, 200, &sandbox_set_jobs, g_array_index (ids, gint64, 0));
}

static gint64
find_by_key (SandboxRequest *request, const char *key)
{
  g_autofree char *lower = g_ascii_strdown (key != NULL ? key : "", -1);
  gint64 id = 0;
  sqlite3_stmt *statement = sandbox_store_prepare (
      request->store, "SELECT \"Id\" FROM \"Jobs\" WHERE \"Key\" = ? AND \"TenantId\" = ?");

  sqlite3_bind_text (statement, 1, lower, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, request->tenant);
  if (sqlite3_step (statement) == SQLITE_ROW)
    id = sqlite3_column_int64 (statement, 0);
  sandbox_store_done (statement);

  return id;
}

/* Whatever it waits for. */
static void
resume_cb (SandboxRequest *request)
{
  g_auto (SandboxJob) job = { 0 };

  if (!sandbox_body_check (request, request->body, "resumeJobParameters", resume_fields)
      || !load (request, find_by_key (request, baton_json_peek_string (request->body, "jobKey")),
                &job))
    return;
  if (job.state != SANDBOX_JOB_SUSPENDED)
    {
      sandbox_reply_error (request, 409, 1009, "Only a suspended job can be resumed.");
      return;
    }

  sandbox_store_begin (request->store);
  sandbox_job_trigger_resume (request->server, &job);
  audit (request, "ResumeJob", &job);
  sandbox_store_commit (request->store);
  sandbox_reply_entity (request, 200, &sandbox_set_jobs, job.id);
}

static void
validate_cb (SandboxRequest *request)
{
  g_auto (SandboxJob) job = { 0 };
  SandboxRuntimeWish wish;

  if (!load (request, g_ascii_strtoll (request->key, NULL, 10), &job))
    return;

  wish = sandbox_job_get_wish (&job);
  sandbox_jobs_reply_validation (request, &wish);
}

/* One a line. */
/* clang-format off */
const SandboxOperation sandbox_jobs_operations[] = {
  { "POST", "/odata/Jobs({key})/" US "StopJob", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, "Jobs.Edit",
    stop_cb },
  { "POST", "/odata/Jobs/" US "StopJobs", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, "Jobs.Edit",
    stop_many_cb },
  { "POST", "/odata/Jobs/" US "RestartJob", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, "Jobs.Create",
    restart_cb },
  { "POST", "/odata/Jobs/" US "ResumeJob", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, "Jobs.Edit",
    resume_cb },
  { "POST", "/odata/Jobs({key})/" US "ValidateExistingJob", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "Jobs.View", validate_cb },
  { NULL },
};
/* clang-format on */
