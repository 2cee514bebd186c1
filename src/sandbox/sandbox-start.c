/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-start.h"

#include "sandbox-clock.h"
#include "sandbox-simulator.h"
#include "sandbox-statement.h"

/* The numbers that stand for Low, Normal and High, and the least that each name goes for. */
static const struct
{
  gint64 value;
  gint64 least;
} priorities[] = { { 25, 0 }, { 45, 35 }, { 65, 55 } };

void
sandbox_start_init (SandboxStart *self, const SandboxProcess *process)
{
  g_return_if_fail (self != NULL && process != NULL);

  *self = (SandboxStart){ .source = "Manual",
                          .source_type = sandbox_row_get_enum ("Jobs", "SourceType", "Manual"),
                          .input = process->input,
                          .entry_point = process->entry_point,
                          .runtime = sandbox_row_get_enum ("Jobs", "RuntimeType", "Unattended"),
                          .priority = process->priority,
                          .priority_value = process->priority_value };
}

void
sandbox_start_set_priority (SandboxStart *self, int name, gint64 value)
{
  g_return_if_fail (self != NULL);

  if (value != 0)
    {
      self->priority_value = value;
      for (gsize i = 0; i < G_N_ELEMENTS (priorities); i++)
        if (value >= priorities[i].least)
          self->priority = (int)i;
    }
  else if (name >= 0)
    {
      self->priority = name;
      self->priority_value = priorities[name].value;
    }
}

/* Who starts it, as OrchestratorUserIdentity tells. Returns: (transfer full) (nullable). */
static char *
dup_user_name (SandboxStore *store, gint64 user)
{
  char *name = NULL;
  sqlite3_stmt *statement
      = sandbox_store_prepare (store, "SELECT \"UserName\" FROM \"Users\" WHERE \"Id\" = ?");

  sqlite3_bind_int64 (statement, 1, user);
  if (sqlite3_step (statement) == SQLITE_ROW)
    name = g_strdup ((const char *)sqlite3_column_text (statement, 0));
  sandbox_store_done (statement);

  return name;
}

/* What a job was started with and SandboxStart has no word for. */
static void
take_over (SandboxStore *store, gint64 from, gint64 to)
{
#define TAKEN                                                                                      \
  "\"JobPriority\", \"SpecificPriorityValue\", \"EnvironmentVariables\", \"Reference\", "          \
  "\"EntryPointPath\", \"ResumeOnSameContext\", \"RequiresUserInteraction\", "                     \
  "\"RemoteControlAccess\", \"InputFile\", \"ProfilingOptions\", \"StopAfter\", \"KillAfter\""
  sandbox_statement_run (store,
                         "UPDATE \"Jobs\" SET (" TAKEN ") = (SELECT " TAKEN
                         " FROM \"Jobs\" WHERE \"Id\" = ?) WHERE \"Id\" = ?",
                         "ii", from, to);
#undef TAKEN
}

static gint64
insert (const SandboxStart *self,
        SandboxStore *store,
        const SandboxProcess *process,
        const char *key,
        const char *batch,
        const char *user,
        const SandboxRuntimeWish *place)
{
  gint64 now = sandbox_clock_now ();

  return sandbox_insert (
      store, "Jobs", SANDBOX_INT ("TenantId", process->tenant),
      SANDBOX_INT ("OrganizationUnitId", process->folder), SANDBOX_TEXT ("Key", key),
      SANDBOX_ENUM ("State", "Pending"), SANDBOX_INT ("JobPriority", self->priority),
      SANDBOX_INT ("SpecificPriorityValue", self->priority_value),
      SANDBOX_TEXT ("Source", self->source), SANDBOX_INT ("SourceType", self->source_type),
      SANDBOX_TEXT ("OrchestratorUserIdentity", user), SANDBOX_TEXT ("BatchExecutionKey", batch),
      SANDBOX_TEXT ("Reference", self->reference),
      SANDBOX_TEXT ("EnvironmentVariables", self->environment),
      SANDBOX_ID ("StartingScheduleId", self->schedule),
      SANDBOX_TEXT ("StartingTriggerId", self->trigger), SANDBOX_TIME ("CreationTime", now),
      SANDBOX_TIME ("LastModificationTime", now), SANDBOX_TEXT ("ReleaseName", process->name),
      SANDBOX_INT ("ReleaseId", process->id), SANDBOX_ID ("ReleaseVersionId", process->version),
      SANDBOX_TEXT ("EntryPointPath", self->entry_point), SANDBOX_ENUM ("Type", "Unattended"),
      SANDBOX_INT ("RuntimeType", self->runtime), SANDBOX_TEXT ("InputArguments", self->input),
      SANDBOX_INT ("RequiresUserInteraction", process->foreground),
      SANDBOX_INT ("ProcessType", process->type),
      SANDBOX_INT ("ResumeOnSameContext", self->keeps_place),
      SANDBOX_INT_IF ("StopStrategy", self->stop_after != 0, self->kills),
      SANDBOX_ID ("StopAfter", self->stop_after), SANDBOX_ID ("KillAfter", self->kill_after),
      SANDBOX_ID ("WantedRobotId", place != NULL ? place->robot : 0),
      SANDBOX_ID ("WantedMachineId", place != NULL ? place->machine : 0),
      SANDBOX_ID ("WantedSessionId", place != NULL ? place->session : 0));
}

void
sandbox_start_run (const SandboxStart *self,
                   SandboxServer *server,
                   const SandboxProcess *process,
                   guint n,
                   GArray *ids)
{
  SandboxStore *store;
  g_autofree char *batch = NULL;
  g_autofree char *user = NULL;

  g_return_if_fail (self != NULL && process != NULL);
  g_return_if_fail (SANDBOX_IS_SERVER (server));

  store = sandbox_server_get_store (server);
  batch = self->batch != NULL ? g_strdup (self->batch) : g_uuid_string_random ();
  user = dup_user_name (store, self->user);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *key = g_uuid_string_random ();
      const SandboxRuntimeWish *place
          = self->n_places > 0 ? &self->places[i % self->n_places] : NULL;
      SandboxJob job = { .id = insert (self, store, process, key, batch, user, place),
                         .tenant = process->tenant,
                         .folder = process->folder,
                         .state = SANDBOX_JOB_PENDING };

      if (self->more != NULL)
        sandbox_row_update (store, "Jobs", job.id, self->more);
      if (self->like != 0)
        take_over (store, self->like, job.id);
      sandbox_job_emit (&job, store, "job.created", self->user);
      sandbox_simulator_follow (server, &job);
      if (ids != NULL)
        g_array_append_val (ids, job.id);
    }
}
