/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-job.h"

#include "sandbox-clock.h"
#include "sandbox-log.h"
#include "sandbox-row.h"

static char *
dup_column (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

static void
load_robot (SandboxJob *self, SandboxStore *store)
{
  sqlite3_stmt *statement = sandbox_store_prepare (
      store,
      "SELECT r.\"Name\", r.\"Username\", m.\"Id\", m.\"Key\", "
      "coalesce ((SELECT \"HostMachineName\" FROM \"Sessions\" s WHERE s.\"RobotId\" = r.\"Id\" "
      "LIMIT 1), m.\"Name\") "
      "FROM \"Robots\" r JOIN \"Machines\" m ON m.\"Id\" = r.\"MachineId\" WHERE r.\"Id\" = ?");

  sqlite3_bind_int64 (statement, 1, self->robot);
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

gboolean
sandbox_job_load (SandboxJob *self, SandboxStore *store, gint64 id)
{
  gboolean found = FALSE;
  sqlite3_stmt *statement =
      sandbox_store_prepare (store,
                             "SELECT \"TenantId\", \"OrganizationUnitId\", \"State\", "
                             "\"ReleaseId\", \"RobotId\", \"Key\", "
                             "\"ReleaseName\", \"InputArguments\" FROM \"Jobs\" WHERE \"Id\" = ?");

  sqlite3_bind_int64 (statement, 1, id);
  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      *self = (SandboxJob){ .id = id,
                            .tenant = sqlite3_column_int64 (statement, 0),
                            .folder = sqlite3_column_int64 (statement, 1),
                            .state = (SandboxJobState) sqlite3_column_int (statement, 2),
                            .release = sqlite3_column_int64 (statement, 3),
                            .robot = sqlite3_column_int64 (statement, 4),
                            .key = dup_column (statement, 5),
                            .process = dup_column (statement, 6),
                            .input = dup_column (statement, 7) };
      found = TRUE;
    }
  sandbox_store_done (statement);
  if (found && self->robot != 0)
    load_robot (self, store);

  return found;
}

void
sandbox_job_clear (SandboxJob *self)
{
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->process, g_free);
  g_clear_pointer (&self->input, g_free);
  g_clear_pointer (&self->robot_name, g_free);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->machine_key, g_free);
}

gboolean
sandbox_job_is_final (const SandboxJob *self)
{
  return self->state == SANDBOX_JOB_FAULTED || self->state == SANDBOX_JOB_SUCCESSFUL ||
         self->state == SANDBOX_JOB_STOPPED;
}

/* Returns: Robots.Id: they take turns. 0 where the tenant has none that is fit for it. */
static gint64
choose_robot (const SandboxJob *self, SandboxStore *store)
{
  gint64 robot = 0;
  sqlite3_stmt *statement =
      sandbox_store_prepare (store,
                             "SELECT \"Id\" FROM \"Robots\" WHERE \"TenantId\" = ?1 AND "
                             "\"Enabled\" AND \"Type\" = ?2 ORDER BY \"Id\" LIMIT 1 OFFSET "
                             "?3 % max (1, (SELECT count(*) FROM \"Robots\" WHERE \"TenantId\" = "
                             "?1 AND \"Enabled\" AND \"Type\" = ?2))");

  sqlite3_bind_int64 (statement, 1, self->tenant);
  sqlite3_bind_int (statement, 2, sandbox_row_get_enum ("Robots", "Type", "Unattended"));
  sqlite3_bind_int64 (statement, 3, self->id);
  if (sqlite3_step (statement) == SQLITE_ROW)
    robot = sqlite3_column_int64 (statement, 0);
  sandbox_store_done (statement);

  return robot;
}

static void
set_session (const SandboxJob *self, SandboxStore *store, gboolean busy)
{
  sqlite3_stmt *statement =
      sandbox_store_prepare (store,
                             busy ? "UPDATE \"Sessions\" SET \"State\" = ?1, \"JobId\" = ?2, "
                                    "\"ReportingTime\" = ?3 WHERE \"RobotId\" = ?4"
                                  : "UPDATE \"Sessions\" SET \"State\" = ?1, \"JobId\" = NULL, "
                                    "\"ReportingTime\" = ?3 WHERE \"JobId\" = ?2");

  sqlite3_bind_int (
      statement, 1, sandbox_row_get_enum ("Sessions", "State", busy ? "Busy" : "Available"));
  sqlite3_bind_int64 (statement, 2, self->id);
  sqlite3_bind_int64 (statement, 3, sandbox_clock_now ());
  if (busy)
    sqlite3_bind_int64 (statement, 4, self->robot);
  sqlite3_step (statement);
  sandbox_store_done (statement);
}

void
sandbox_job_start (SandboxJob *self, SandboxStore *store)
{
  gint64 now = sandbox_clock_now ();

  self->robot = choose_robot (self, store);
  load_robot (self, store);
  self->state = SANDBOX_JOB_RUNNING;
  sandbox_update (
      store,
      "Jobs",
      self->id,
      SANDBOX_INT ("State", self->state),
      SANDBOX_TIME ("StartTime", now),
      SANDBOX_TIME ("LastModificationTime", now),
      SANDBOX_ID ("RobotId", self->robot),
      SANDBOX_ID ("MachineId", self->machine),
      SANDBOX_TEXT ("HostMachineName", self->host),
      SANDBOX_TEXT ("LocalSystemAccount", self->account));
  set_session (self, store, TRUE);
}

void
sandbox_job_end (SandboxJob *self,
                 SandboxStore *store,
                 SandboxJobState state,
                 const char *info,
                 const char *output)
{
  gint64 now = sandbox_clock_now ();

  self->state = state;
  sandbox_update (store,
                  "Jobs",
                  self->id,
                  SANDBOX_INT ("State", state),
                  SANDBOX_TIME ("EndTime", now),
                  SANDBOX_TIME ("LastModificationTime", now),
                  SANDBOX_TEXT ("Info", info),
                  SANDBOX_TEXT ("OutputArguments", output));
  set_session (self, store, FALSE);
}

void
sandbox_job_set_state (SandboxJob *self, SandboxStore *store, SandboxJobState state)
{
  self->state = state;
  sandbox_update (store,
                  "Jobs",
                  self->id,
                  SANDBOX_INT ("State", state),
                  SANDBOX_INT ("StopStrategy", state == SANDBOX_JOB_TERMINATING),
                  SANDBOX_TIME ("LastModificationTime", sandbox_clock_now ()));
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
                                    .runtime = sandbox_row_get_enum (
                                        "RobotLogs", "RuntimeType", "Unattended") };

  sandbox_row_insert (
      store,
      "RobotLogs",
      sandbox_log_line_fill (line, &source, sandbox_clock_now (), (SandboxLogLevel) level, message));
}
