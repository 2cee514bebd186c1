/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-simulator.h"

#include "baton-json.h"
#include "sandbox-clock.h"
#include "sandbox-fault.h"
#include "sandbox-log.h"
#include "sandbox-schedules.h"

#define MILLISECOND G_GINT64_CONSTANT (1000)
/* Until a robot takes a pending job, has stopped when asked, has been killed. */
#define START_DELAY (700 * MILLISECOND)
#define STOP_DELAY (1500 * MILLISECOND)
#define KILL_DELAY (500 * MILLISECOND)
/* Lines that a job writes on its way. */
#define N_STEPS 6
#define MAX_SECONDS 3600
/* The triggers are looked at this often at least. */
#define MAX_DELAY (60 * G_USEC_PER_SEC)
/* Jobs moved on in one transaction. */
#define BATCH 200

#define DATA_KEY "sandbox-simulator"

struct _SandboxSimulator
{
  GObject parent_instance;

  SandboxServer *server; /* (unowned): see server_gone_cb() */
  SandboxStore *store;   /* (owned) */
  guint timer;           /* of the sandbox's clock */
};

G_DEFINE_FINAL_TYPE (SandboxSimulator, sandbox_simulator, G_TYPE_OBJECT)

static void arm (SandboxSimulator *self);

typedef struct
{
  gint64 job;
  guint step;
} Due;

/* What somebody wants to happen with a job: its input arguments say so, or its number. */
static JsonNode *
parse_input (const SandboxJob *job)
{
  return job->input != NULL ? baton_json_parse_text (job->input, -1, NULL) : NULL;
}

static gint64
get_pause (const SandboxJob *job)
{
  g_autoptr (JsonNode) input = parse_input (job);
  gint64 seconds =
      baton_json_peek_int (baton_json_peek_root_object (input), "sandboxSeconds", 3 + job->id % 3);

  return CLAMP (seconds, 0, MAX_SECONDS) * G_USEC_PER_SEC / (N_STEPS + 1);
}

static gboolean
wants_fault (const SandboxJob *job)
{
  g_autoptr (JsonNode) input = parse_input (job);
  const char *outcome =
      baton_json_peek_string (baton_json_peek_root_object (input), "sandboxOutcome");

  return outcome != NULL ? g_str_equal (outcome, "Faulted") : job->id % 8 == 5;
}

static void
set_due (SandboxStore *store, gint64 job, gint64 due, guint step)
{
  sqlite3_stmt *statement = sandbox_store_prepare (
      store,
      "INSERT OR REPLACE INTO \"SimulatedJobs\" (\"JobId\", \"Due\", \"Step\") VALUES (?, ?, ?)");

  sqlite3_bind_int64 (statement, 1, job);
  sqlite3_bind_int64 (statement, 2, due);
  sqlite3_bind_int64 (statement, 3, step);
  sqlite3_step (statement);
  sandbox_store_done (statement);
}

static void
forget (SandboxStore *store, gint64 job)
{
  sqlite3_stmt *statement =
      sandbox_store_prepare (store, "DELETE FROM \"SimulatedJobs\" WHERE \"JobId\" = ?");

  sqlite3_bind_int64 (statement, 1, job);
  sqlite3_step (statement);
  sandbox_store_done (statement);
}

static void
finish (SandboxSimulator *self, SandboxJob *job)
{
  gboolean faulted = wants_fault (job);
  const SandboxFault *fault = sandbox_fault_get ((guint) job->id);
  g_autofree char *info = faulted ? sandbox_fault_make_info (fault) : g_strdup ("Job completed");
  g_autofree char *line =
      g_strdup_printf ("%s execution %s", job->process, faulted ? "faulted" : "ended");

  if (faulted)
    sandbox_job_log (job, self->store, SANDBOX_LOG_ERROR, info);
  sandbox_job_log (job, self->store, faulted ? SANDBOX_LOG_FATAL : SANDBOX_LOG_INFO, line);
  sandbox_job_end (job,
                   self->store,
                   faulted ? SANDBOX_JOB_FAULTED : SANDBOX_JOB_SUCCESSFUL,
                   info,
                   faulted ? NULL : "{\"out_Result\":\"Done\",\"out_Items\":12}");
  forget (self->store, job->id);
}

static void
run (SandboxSimulator *self, SandboxJob *job, guint step)
{
  char line[256];
  SandboxLogLevel level;

  if (step >= N_STEPS)
    {
      finish (self, job);
      return;
    }

  level = sandbox_log_make_line (
      (guint) job->id + step, (guint) (job->id * 7 + step * 13) % 400, line, sizeof line);
  sandbox_job_log (job, self->store, level, line);
  set_due (self->store, job->id, sandbox_clock_now () + get_pause (job), step + 1);
}

static void
start (SandboxSimulator *self, SandboxJob *job)
{
  g_autofree char *line = g_strdup_printf ("%s execution started", job->process);

  sandbox_job_start (job, self->store);
  sandbox_job_log (job, self->store, SANDBOX_LOG_INFO, line);
  set_due (self->store, job->id, sandbox_clock_now () + get_pause (job), 0);
}

static void
stop (SandboxSimulator *self, SandboxJob *job, const char *info)
{
  sandbox_job_log (job, self->store, SANDBOX_LOG_WARN, info);
  sandbox_job_end (job, self->store, SANDBOX_JOB_STOPPED, info, NULL);
  forget (self->store, job->id);
}

static void
advance (SandboxSimulator *self, const Due *due)
{
  g_auto (SandboxJob) job = { 0 };

  if (!sandbox_job_load (&job, self->store, due->job))
    {
      forget (self->store, due->job);
      return;
    }

  switch (job.state)
    {
    case SANDBOX_JOB_PENDING:
    case SANDBOX_JOB_RESUMED:
      start (self, &job);
      break;
    case SANDBOX_JOB_RUNNING:
      run (self, &job, due->step);
      break;
    case SANDBOX_JOB_STOPPING:
      stop (self, &job, "Job stopped: the process saw that it should stop");
      break;
    case SANDBOX_JOB_TERMINATING:
      stop (self, &job, "Job killed");
      break;
    case SANDBOX_JOB_FAULTED:
    case SANDBOX_JOB_SUCCESSFUL:
    case SANDBOX_JOB_STOPPED:
    case SANDBOX_JOB_SUSPENDED:
    default:
      forget (self->store, job.id);
      break;
    }
}

static GArray *
list_due (SandboxSimulator *self)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (Due));
  sqlite3_stmt *statement =
      sandbox_store_prepare (self->store,
                             "SELECT \"JobId\", \"Step\" FROM \"SimulatedJobs\" WHERE \"Due\" <= ? "
                             "ORDER BY \"Due\" LIMIT ?");

  sqlite3_bind_int64 (statement, 1, sandbox_clock_now ());
  sqlite3_bind_int (statement, 2, BATCH);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      Due due = { sqlite3_column_int64 (statement, 0), (guint) sqlite3_column_int (statement, 1) };

      g_array_append_val (list, due);
    }
  sandbox_store_done (statement);

  return list;
}

static void
timer_cb (gpointer user_data)
{
  SandboxSimulator *self = user_data;
  g_autoptr (GArray) list = NULL;

  g_assert (SANDBOX_IS_SIMULATOR (self));

  self->timer = 0;
  list = list_due (self);
  sandbox_store_begin (self->store);
  for (guint i = 0; i < list->len; i++)
    advance (self, &g_array_index (list, Due, i));
  sandbox_schedules_refresh (self->store);
  sandbox_store_commit (self->store);
  arm (self);
}

static void
disarm (SandboxSimulator *self)
{
  baton_clock_clear_timer (sandbox_clock_get (), &self->timer);
}

/* Sets the timer to what falls due first. */
static void
arm (SandboxSimulator *self)
{
  gint64 delay = MAX_DELAY;
  sqlite3_stmt *statement = sandbox_store_prepare (
      self->store, "SELECT min (\"Due\") FROM \"SimulatedJobs\" HAVING min (\"Due\") IS NOT NULL");

  if (sqlite3_step (statement) == SQLITE_ROW)
    delay = CLAMP (sqlite3_column_int64 (statement, 0) - sandbox_clock_now (), 0, MAX_DELAY);
  sandbox_store_done (statement);

  disarm (self);
  self->timer = baton_clock_add_timer (sandbox_clock_get (), delay, timer_cb, self);
}

static void
server_gone_cb (gpointer user_data, GObject *server)
{
  SandboxSimulator *self = user_data;

  g_assert (SANDBOX_IS_SIMULATOR (self));

  self->server = NULL;
}

static void
sandbox_simulator_dispose (GObject *object)
{
  SandboxSimulator *self = SANDBOX_SIMULATOR (object);

  disarm (self);
  if (self->server != NULL)
    {
      g_object_weak_unref (G_OBJECT (self->server), server_gone_cb, self);
      g_object_set_data (G_OBJECT (self->server), DATA_KEY, NULL);
      self->server = NULL;
    }
  g_clear_object (&self->store);

  G_OBJECT_CLASS (sandbox_simulator_parent_class)->dispose (object);
}

static void
sandbox_simulator_class_init (SandboxSimulatorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sandbox_simulator_dispose;
}

static void
sandbox_simulator_init (SandboxSimulator *self)
{
}

SandboxSimulator *
sandbox_simulator_new (SandboxServer *server)
{
  SandboxSimulator *self;

  g_return_val_if_fail (SANDBOX_IS_SERVER (server), NULL);

  self = g_object_new (SANDBOX_TYPE_SIMULATOR, NULL);
  self->server = server;
  self->store = g_object_ref (sandbox_server_get_store (server));
  g_object_weak_ref (G_OBJECT (server), server_gone_cb, self);
  g_object_set_data (G_OBJECT (server), DATA_KEY, self);
  g_signal_connect_object (self->store, "restored", G_CALLBACK (arm), self, G_CONNECT_SWAPPED);
  sandbox_store_exec (self->store,
                      "CREATE TABLE IF NOT EXISTS \"SimulatedJobs\" (\"JobId\" INTEGER PRIMARY "
                      "KEY, \"Due\" INTEGER NOT NULL, "
                      "\"Step\" INTEGER NOT NULL)");
  sandbox_schedules_refresh (self->store);
  arm (self);

  return self;
}

void
sandbox_simulator_follow (SandboxServer *server, const SandboxJob *job)
{
  SandboxSimulator *self;
  gint64 delay;

  g_return_if_fail (SANDBOX_IS_SERVER (server));
  g_return_if_fail (job != NULL);

  self = g_object_get_data (G_OBJECT (server), DATA_KEY);
  g_return_if_fail (SANDBOX_IS_SIMULATOR (self));

  delay = job->state == SANDBOX_JOB_STOPPING      ? STOP_DELAY
          : job->state == SANDBOX_JOB_TERMINATING ? KILL_DELAY
                                                  : START_DELAY;
  set_due (self->store, job->id, sandbox_clock_now () + delay, 0);
  arm (self);
}
