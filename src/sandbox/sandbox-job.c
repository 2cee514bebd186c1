/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-job.h"

#include <string.h>

#include "baton-json.h"
#include "baton-time.h"
#include "sandbox-clock.h"
#include "sandbox-event.h"
#include "sandbox-log.h"
#include "sandbox-row.h"
#include "sandbox-sets.h"

#define JOB_ERROR "User.WorkflowFailed"

static char *
dup_column (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *)sqlite3_column_text (statement, column));
}

static void
clear_place (SandboxJob *self)
{
  g_clear_pointer (&self->robot_name, g_free);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->machine_key, g_free);
}

/* The robot, the host that it is on, and the machine that the host belongs to. */
static void
load_place (SandboxJob *self, SandboxStore *store)
{
  sqlite3_stmt *statement = sandbox_store_prepare (
      store, "SELECT r.\"Name\", r.\"Username\", m.\"Id\", m.\"Key\", "
             "coalesce (s.\"HostMachineName\", m.\"Name\") FROM \"Robots\" r "
             "LEFT JOIN \"MachineSessionRuntimes\" s ON s.\"SessionId\" = ?2 "
             "LEFT JOIN \"Machines\" m ON m.\"Id\" = coalesce (s.\"MachineId\", r.\"MachineId\") "
             "WHERE r.\"Id\" = ?1");

  sqlite3_bind_int64 (statement, 1, self->robot);
  sqlite3_bind_int64 (statement, 2, self->session);
  clear_place (self);
  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      self->robot_name = dup_column (statement, 0);
      self->account = dup_column (statement, 1);
      self->machine = sqlite3_column_int64 (statement, 2);
      self->machine_key = dup_column (statement, 3);
      self->host = dup_column (statement, 4);
    }
  sandbox_store_done (statement);
}

/* What the process says of its arguments: a JSON text within JSON (ReleaseDto.Arguments). */
#define OUTPUT_TYPE                                                                                \
  "(SELECT json_extract (r.\"Arguments\", '$.Output') FROM \"Releases\" r "                        \
  "WHERE r.\"Id\" = j.\"ReleaseId\")"

gboolean
sandbox_job_load (SandboxJob *self, SandboxStore *store, gint64 id)
{
  sqlite3_stmt *statement = sandbox_store_prepare (
      store, "SELECT \"TenantId\", \"OrganizationUnitId\", \"State\", \"ReleaseId\", \"RobotId\", "
             "\"Key\", \"ReleaseName\", \"InputArguments\", \"RuntimeType\", \"WantedRobotId\", "
             "\"WantedMachineId\", \"WantedSessionId\", \"StopAfter\", \"KillAfter\", \"DueTime\", "
             "\"StopStrategy\", \"SessionId\", \"ResumeVersion\", \"ResumeOnSameContext\", "
             "\"StartingScheduleId\", " OUTPUT_TYPE " FROM \"Jobs\" j WHERE \"Id\" = ?");
  gboolean found;

  sqlite3_bind_int64 (statement, 1, id);
  found = sqlite3_step (statement) == SQLITE_ROW;
  if (found)
    {
      *self = (SandboxJob){ .id = id,
                            .tenant = sqlite3_column_int64 (statement, 0),
                            .folder = sqlite3_column_int64 (statement, 1),
                            .state = (SandboxJobState)sqlite3_column_int (statement, 2),
                            .release = sqlite3_column_int64 (statement, 3),
                            .robot = sqlite3_column_int64 (statement, 4),
                            .key = dup_column (statement, 5),
                            .process = dup_column (statement, 6),
                            .input = dup_column (statement, 7),
                            .runtime = sqlite3_column_int (statement, 8),
                            .wants_robot = sqlite3_column_int64 (statement, 9),
                            .wants_machine = sqlite3_column_int64 (statement, 10),
                            .wants_session = sqlite3_column_int64 (statement, 11),
                            .stop_after = sqlite3_column_int64 (statement, 12),
                            .kill_after = sqlite3_column_int64 (statement, 13),
                            .due = sqlite3_column_int64 (statement, 14),
                            .kills = sqlite3_column_int (statement, 15) == 1,
                            .resume_version = sqlite3_column_int (statement, 17),
                            .keeps_place = sqlite3_column_int (statement, 18),
                            .schedule = sqlite3_column_int64 (statement, 19),
                            .session = sqlite3_column_int64 (statement, 16),
                            .output_type = dup_column (statement, 20) };
    }
  sandbox_store_done (statement);
  if (found && self->robot != 0)
    load_place (self, store);

  return found;
}

void
sandbox_job_clear (SandboxJob *self)
{
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->process, g_free);
  g_clear_pointer (&self->input, g_free);
  g_clear_pointer (&self->output_type, g_free);
  clear_place (self);
}

gboolean
sandbox_job_is_final (const SandboxJob *self)
{
  return self->state == SANDBOX_JOB_FAULTED || self->state == SANDBOX_JOB_SUCCESSFUL
         || self->state == SANDBOX_JOB_STOPPED;
}

SandboxRuntimeWish
sandbox_job_get_wish (const SandboxJob *self)
{
  gboolean stays = self->state == SANDBOX_JOB_RESUMED && self->keeps_place;

  return (SandboxRuntimeWish){ .tenant = self->tenant,
                               .job = self->id,
                               .type = self->runtime,
                               .robot = stays ? self->robot : self->wants_robot,
                               .machine = stays ? self->machine : self->wants_machine,
                               .session = self->wants_session };
}

gboolean
sandbox_job_start (SandboxJob *self, SandboxStore *store)
{
  SandboxRuntimeWish wish = sandbox_job_get_wish (self);
  SandboxRuntime place;
  gint64 now = sandbox_clock_now ();
  gboolean is_first = self->state == SANDBOX_JOB_PENDING;

  if (!sandbox_runtime_find (store, &wish, &place))
    return FALSE;

  self->robot = place.robot;
  self->session = place.session;
  load_place (self, store);
  self->state = SANDBOX_JOB_RUNNING;
  self->due = self->stop_after != 0 ? now + self->stop_after * G_USEC_PER_SEC : 0;
  sandbox_update (store, "Jobs", self->id, SANDBOX_INT ("State", self->state),
                  SANDBOX_TIME (is_first ? "StartTime" : "ResumeTime", now),
                  SANDBOX_TIME ("LastModificationTime", now), SANDBOX_ID ("RobotId", place.robot),
                  SANDBOX_ID ("MachineId", place.machine), SANDBOX_ID ("SessionId", place.session),
                  SANDBOX_TIME ("DueTime", self->due), SANDBOX_TEXT ("HostMachineName", self->host),
                  SANDBOX_TEXT ("LocalSystemAccount", self->account));
  sandbox_runtime_refresh (store, self->tenant, self->session, self->robot);
  sandbox_job_emit (self, store, "job.started", 0);

  return TRUE;
}

/* Definition: JobErrorDto. Which codes the service has is not established. Returns: (transfer
 * full).
 */
static char *
make_error (const char *info, gint64 now)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *title = g_strndup (info, strcspn (info, "\n"));
  g_autofree char *time = baton_time_format (now);

  json_object_set_string_member (object, "code", JOB_ERROR);
  json_object_set_string_member (object, "title", title);
  json_object_set_string_member (object, "detail", info);
  json_object_set_string_member (object, "category", "User");
  json_object_set_string_member (object, "timestamp", time);
  json_node_set_object (node, object);

  return baton_json_to_text (node, FALSE);
}

void
sandbox_job_end (SandboxJob *self,
                 SandboxStore *store,
                 SandboxJobState state,
                 const char *info,
                 const char *output)
{
  gint64 now = sandbox_clock_now ();
  gboolean faulted = state == SANDBOX_JOB_FAULTED && info != NULL;
  g_autofree char *error = faulted ? make_error (info, now) : NULL;

  self->state = state;
  sandbox_update (store, "Jobs", self->id, SANDBOX_INT ("State", state),
                  SANDBOX_TEXT ("JobError", error),
                  SANDBOX_TEXT ("ErrorCode", faulted ? JOB_ERROR : NULL),
                  SANDBOX_TIME ("EndTime", now), SANDBOX_TIME ("LastModificationTime", now),
                  SANDBOX_TEXT ("Info", info), SANDBOX_TEXT ("OutputArguments", output));
  sandbox_runtime_refresh (store, self->tenant, self->session, self->robot);
  sandbox_job_emit (self, store,
                    state == SANDBOX_JOB_FAULTED   ? "job.faulted"
                    : state == SANDBOX_JOB_STOPPED ? "job.stopped"
                                                   : "job.completed",
                    0);
}

void
sandbox_job_suspend (SandboxJob *self, SandboxStore *store)
{
  g_autofree char *persistence = g_uuid_string_random ();

  self->state = SANDBOX_JOB_SUSPENDED;
  sandbox_update (store, "Jobs", self->id, SANDBOX_INT ("State", self->state),
                  SANDBOX_TEXT ("PersistenceId", persistence),
                  SANDBOX_INT ("ResumeVersion", ++self->resume_version),
                  SANDBOX_TIME ("LastModificationTime", sandbox_clock_now ()));
  sandbox_runtime_refresh (store, self->tenant, self->session, self->robot);
  sandbox_job_emit (self, store, "job.suspended", 0);
}

void
sandbox_job_set_state (SandboxJob *self, SandboxStore *store, SandboxJobState state)
{
  gboolean stops = state == SANDBOX_JOB_STOPPING || state == SANDBOX_JOB_TERMINATING;
  gint64 now = sandbox_clock_now ();

  self->state = state;
  self->due = state == SANDBOX_JOB_STOPPING && self->kill_after != 0
                  ? now + self->kill_after * G_USEC_PER_SEC
                  : 0;
  sandbox_update (store, "Jobs", self->id, SANDBOX_INT ("State", state),
                  SANDBOX_TIME ("DueTime", self->due), SANDBOX_TIME ("LastModificationTime", now));
  if (stops)
    sandbox_update (store, "Jobs", self->id,
                    SANDBOX_INT ("StopStrategy", state == SANDBOX_JOB_TERMINATING));
}

void
sandbox_job_log (const SandboxJob *self, SandboxStore *store, int level, const char *message)
{
  g_autofree SandboxLogLine *line = g_new (SandboxLogLine, 1);
  const SandboxLogSource source = { .tenant = self->tenant,
                                    .folder = self->folder,
                                    .job_key = self->key,
                                    .process = self->process,
                                    .robot = self->robot_name != NULL ? self->robot_name : "",
                                    .account = self->account != NULL ? self->account : "",
                                    .host = self->host != NULL ? self->host : "",
                                    .machine = self->machine,
                                    .machine_key = self->machine_key,
                                    .runtime = self->runtime };

  sandbox_row_insert (
      store, "RobotLogs",
      sandbox_log_line_fill (line, &source, sandbox_clock_now (), (SandboxLogLevel)level, message));
}

void
sandbox_job_emit (const SandboxJob *self, SandboxStore *store, const char *type, gint64 user)
{
  sandbox_event_emit (store, &(SandboxEvent){ type, self->tenant, self->folder, user, "Job",
                                              &sandbox_set_jobs, self->id });
}
