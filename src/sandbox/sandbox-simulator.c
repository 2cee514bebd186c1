/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-simulator.h"

#include "sandbox-clock.h"
#include "sandbox-fault.h"
#include "sandbox-http-trigger.h"
#include "sandbox-job-trigger.h"
#include "sandbox-log.h"
#include "sandbox-media.h"
#include "sandbox-queue-robot.h"
#include "sandbox-script.h"
#include "sandbox-statement.h"
#include "sandbox-trigger.h"

#define MILLISECOND G_GINT64_CONSTANT (1000)
/* Until a robot takes a pending job, has stopped when asked, has been killed. */
#define START_DELAY (700 * MILLISECOND)
#define STOP_DELAY (1500 * MILLISECOND)
#define KILL_DELAY (500 * MILLISECOND)
/* Lines that a job writes on its way. */
#define N_STEPS 6
/* Half way, where a job that waits for something suspends itself. */
#define WAIT_STEP (N_STEPS / 2)
/* When a job is due that waits for a runtime. */
#define WAITS G_MAXINT64
/* A clock that is set forward runs through so much of its triggers: a year would take minutes. */
#define MAX_LEAP (G_GINT64_CONSTANT (24 * 3600) * G_USEC_PER_SEC)
/* What is due is looked for this often at least. */
#define MAX_DELAY (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
/* Jobs moved on in one transaction. */
#define BATCH 200

#define DATA_KEY "sandbox-simulator"

struct _SandboxSimulator
{
  GObject parent_instance;

  SandboxServer *server; /* (unowned): see server_gone_cb() */
  SandboxStore *store;   /* (owned) */
  guint timer;           /* of the sandbox's clock */
  gboolean frees;        /* a runtime has become free */
};

G_DEFINE_FINAL_TYPE (SandboxSimulator, sandbox_simulator, G_TYPE_OBJECT)

static void arm (SandboxSimulator *self);

typedef struct
{
  gint64 job;
  guint step;
} Due;

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
  sqlite3_stmt *statement
      = sandbox_store_prepare (store, "DELETE FROM \"SimulatedJobs\" WHERE \"JobId\" = ?");

  sqlite3_bind_int64 (statement, 1, job);
  sqlite3_step (statement);
  sandbox_store_done (statement);
}

/* When the robot has its next line, or the time is over that the job may take. */
static void
set_next (SandboxSimulator *self, const SandboxJob *job, gint64 delay, guint step)
{
  gint64 due = sandbox_clock_now () + delay;

  set_due (self->store, job->id, job->due != 0 ? MIN (due, job->due) : due, step);
}

static void
end (SandboxSimulator *self,
     SandboxJob *job,
     SandboxJobState state,
     const char *info,
     const char *output)
{
  sandbox_job_end (job, self->store, state, info, output);
  forget (self->store, job->id);
  sandbox_simulator_tell_end (self->server, job);
  self->frees = TRUE;
}

static void
finish (SandboxSimulator *self, SandboxJob *job, const SandboxScript *script)
{
  const SandboxFault *fault = sandbox_fault_get ((guint)job->id);
  g_autofree char *info
      = script->faults ? sandbox_fault_make_info (fault) : g_strdup ("Job completed");
  g_autofree char *line
      = g_strdup_printf ("%s execution %s", job->process, script->faults ? "faulted" : "ended");

  sandbox_queue_robot_finish (self->store, job, script->faults ? fault : NULL);
  if (script->faults)
    {
      sandbox_job_log (job, self->store, SANDBOX_LOG_ERROR, info);
      sandbox_media_add (self->store, job);
    }
  sandbox_job_log (job, self->store, script->faults ? SANDBOX_LOG_FATAL : SANDBOX_LOG_INFO, line);
  end (self, job, script->faults ? SANDBOX_JOB_FAULTED : SANDBOX_JOB_SUCCESSFUL, info,
       script->faults ? NULL : script->output);
}

/* Returns: TRUE where a job with this key has still to end. */
static gboolean
is_under_way (SandboxSimulator *self, const char *key)
{
  sqlite3_stmt *statement = sandbox_store_prepare (
      self->store, "SELECT 1 FROM \"Jobs\" WHERE \"Key\" = ? AND \"State\" NOT IN (4, 5, 6)");
  gboolean found;

  sqlite3_bind_text (statement, 1, key, -1, SQLITE_STATIC);
  found = sqlite3_step (statement) == SQLITE_ROW;
  sandbox_store_done (statement);

  return found;
}

static void
suspend (SandboxSimulator *self, SandboxJob *job, const SandboxScript *script)
{
  SandboxJobTriggerType type = (SandboxJobTriggerType)script->waits_for;
  g_autofree char *item = script->item != NULL ? g_ascii_strdown (script->item, -1) : NULL;
  gint64 time = type == SANDBOX_JOB_TRIGGER_TIMER ? sandbox_clock_now () + script->wait : WAITS;

  sandbox_job_log (job, self->store, SANDBOX_LOG_INFO, "Job suspended");
  sandbox_job_suspend (job, self->store);
  sandbox_job_trigger_add (self->store, job, type, item, time == WAITS ? 0 : time);
  set_due (self->store, job->id, time, WAIT_STEP);
  self->frees = TRUE;
  if (type == SANDBOX_JOB_TRIGGER_JOB && (item == NULL || !is_under_way (self, item)))
    sandbox_job_trigger_resume (self->server, job);
}

/* It has run as long as it may. */
static void
time_out (SandboxSimulator *self, SandboxJob *job)
{
  gboolean kills = job->kills || job->state == SANDBOX_JOB_STOPPING;

  sandbox_job_set_state (job, self->store, kills ? SANDBOX_JOB_TERMINATING : SANDBOX_JOB_STOPPING);
  set_next (self, job, kills ? KILL_DELAY : STOP_DELAY, 0);
}

static void
run (SandboxSimulator *self, SandboxJob *job, guint step)
{
  g_auto (SandboxScript) script = { 0 };
  char line[256];
  SandboxLogLevel level;

  sandbox_script_read (&script, job);
  if (job->due != 0 && job->due <= sandbox_clock_now ())
    {
      time_out (self, job);
      return;
    }
  if (step == WAIT_STEP && script.waits_for >= 0 && job->resume_version == 0)
    {
      suspend (self, job, &script);
      return;
    }
  if (step >= N_STEPS)
    {
      finish (self, job, &script);
      return;
    }

  level = sandbox_log_make_line ((guint)job->id + step, (guint)(job->id * 7 + step * 13) % 400,
                                 line, sizeof line);
  sandbox_job_log (job, self->store, level, line);
  sandbox_queue_robot_go_on (self->store, job);
  set_next (self, job, script.length / (N_STEPS + 1), step + 1);
}

/* Where nothing is free, the job waits until something is: see start_waiting(). */
static gboolean
start (SandboxSimulator *self, SandboxJob *job, guint step)
{
  g_auto (SandboxScript) script = { 0 };
  gboolean resumes = job->state == SANDBOX_JOB_RESUMED;
  g_autofree char *line
      = g_strdup_printf (resumes ? "%s execution resumed" : "%s execution started", job->process);

  if (!sandbox_job_start (job, self->store))
    {
      set_due (self->store, job->id, WAITS, step);
      return FALSE;
    }

  sandbox_script_read (&script, job);
  sandbox_job_log (job, self->store, SANDBOX_LOG_INFO, line);
  set_next (self, job, script.length / (N_STEPS + 1), resumes ? step : 0);

  return TRUE;
}

static void
stop (SandboxSimulator *self, SandboxJob *job, const char *info)
{
  sandbox_job_log (job, self->store, SANDBOX_LOG_WARN, info);
  end (self, job, SANDBOX_JOB_STOPPED, info, NULL);
}

/* The process has been asked whether it should stop, if it asks. */
static void
stop_softly (SandboxSimulator *self, SandboxJob *job)
{
  g_auto (SandboxScript) script = { 0 };

  sandbox_script_read (&script, job);
  if (!script.ignores_stop)
    stop (self, job, "Job stopped: the process saw that it should stop");
  else if (job->due != 0 && job->due <= sandbox_clock_now ())
    time_out (self, job);
  else if (job->due != 0)
    set_due (self->store, job->id, job->due, 0);
  else
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
      start (self, &job, due->step);
      break;
    case SANDBOX_JOB_RUNNING:
      run (self, &job, due->step);
      break;
    case SANDBOX_JOB_STOPPING:
      stop_softly (self, &job);
      break;
    case SANDBOX_JOB_TERMINATING:
      stop (self, &job, "Job killed");
      break;
    case SANDBOX_JOB_SUSPENDED:
      sandbox_job_trigger_resume (self->server, &job);
      break;
    case SANDBOX_JOB_FAULTED:
    case SANDBOX_JOB_SUCCESSFUL:
    case SANDBOX_JOB_STOPPED:
    default:
      forget (self->store, job.id);
      break;
    }
}

/* The jobs that wait for a runtime, the most urgent first (fact sheet 6.5). */
static GArray *
list_waiting (SandboxSimulator *self)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (Due));
  sqlite3_stmt *statement = sandbox_store_prepare (
      self->store,
      "SELECT s.\"JobId\", s.\"Step\" FROM \"SimulatedJobs\" s JOIN \"Jobs\" j ON j.\"Id\" = "
      "s.\"JobId\" WHERE s.\"Due\" = ? AND j.\"State\" IN (0, 8) "
      "ORDER BY j.\"SpecificPriorityValue\" DESC, j.\"Id\"");

  sqlite3_bind_int64 (statement, 1, WAITS);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      Due due = { sqlite3_column_int64 (statement, 0), (guint)sqlite3_column_int (statement, 1) };

      g_array_append_val (list, due);
    }
  sandbox_store_done (statement);

  return list;
}

static char *
make_wish_key (const SandboxJob *job)
{
  SandboxRuntimeWish wish = sandbox_job_get_wish (job);

  return g_strdup_printf ("%" G_GINT64_FORMAT " %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                          " %" G_GINT64_FORMAT,
                          wish.tenant, wish.type, wish.robot, wish.machine, wish.session);
}

/* Something has become free. Where a job finds nothing that it wants, none finds it that wants the
 * same. */
static void
start_waiting (SandboxSimulator *self)
{
  g_autoptr (GArray) list = list_waiting (self);
  g_autoptr (GHashTable) in_vain = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < list->len; i++)
    {
      const Due *due = &g_array_index (list, Due, i);
      g_auto (SandboxJob) job = { 0 };
      g_autofree char *wish = NULL;

      if (!sandbox_job_load (&job, self->store, due->job))
        continue;
      wish = make_wish_key (&job);
      if (!g_hash_table_contains (in_vain, wish) && !start (self, &job, due->step))
        g_hash_table_add (in_vain, g_steal_pointer (&wish));
    }
}

static GArray *
list_due (SandboxSimulator *self)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (Due));
  sqlite3_stmt *statement = sandbox_store_prepare (
      self->store, "SELECT \"JobId\", \"Step\" FROM \"SimulatedJobs\" WHERE \"Due\" <= ? "
                   "ORDER BY \"Due\" LIMIT ?");

  sqlite3_bind_int64 (statement, 1, sandbox_clock_now ());
  sqlite3_bind_int (statement, 2, BATCH);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      Due due = { sqlite3_column_int64 (statement, 0), (guint)sqlite3_column_int (statement, 1) };

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
  if (self->frees)
    start_waiting (self);
  self->frees = FALSE;
  sandbox_trigger_run (self->server);
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
  gint64 due = sandbox_trigger_get_due (self->store);
  gint64 job_due =
      sandbox_statement_ask (self->store, "SELECT min (\"Due\") FROM \"SimulatedJobs\"", "");
  gint64 delay;

  if (job_due != 0)
    due = MIN (due, job_due);
  delay = self->frees ? 0 : CLAMP (due - sandbox_clock_now (), 0, MAX_DELAY);
  disarm (self);
  self->timer = baton_clock_add_timer (sandbox_clock_get (), delay, timer_cb, self);
}

/* Nothing that is due before @time is fired any more. */
static void
skip (SandboxSimulator *self, gint64 time)
{
  sandbox_store_begin (self->store);
  sandbox_trigger_skip (self->store, time);
  sandbox_store_commit (self->store);
  arm (self);
}

static void
leap_cb (gint64 to, gpointer user_data)
{
  SandboxSimulator *self = user_data;

  g_assert (SANDBOX_IS_SIMULATOR (self));

  skip (self, to - MAX_LEAP);
}

/* What is put back is as it was: what its triggers missed would add to it at once. */
static void
restored_cb (SandboxStore *store, gpointer user_data)
{
  SandboxSimulator *self = user_data;

  g_assert (SANDBOX_IS_SIMULATOR (self));

  skip (self, sandbox_clock_now ());
}

static void
server_gone_cb (gpointer user_data, GObject *server)
{
  SandboxSimulator *self = user_data;

  g_assert (SANDBOX_IS_SIMULATOR (self));

  self->server = NULL;
  disarm (self);
}

static void
sandbox_simulator_dispose (GObject *object)
{
  SandboxSimulator *self = SANDBOX_SIMULATOR (object);

  disarm (self);
  if (self->store != NULL)
    sandbox_clock_unlisten (leap_cb, self);
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
  g_signal_connect_object (self->store, "restored", G_CALLBACK (restored_cb), self,
                           G_CONNECT_DEFAULT);
  sandbox_store_exec (self->store,
                      "CREATE TABLE IF NOT EXISTS \"SimulatedJobs\" (\"JobId\" INTEGER PRIMARY "
                      "KEY, \"Due\" INTEGER NOT NULL, "
                      "\"Step\" INTEGER NOT NULL)");
  sandbox_store_begin (self->store);
  sandbox_trigger_run (server);
  sandbox_store_commit (self->store);
  sandbox_clock_listen (leap_cb, self);
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
  set_due (self->store, job->id, sandbox_clock_now () + delay,
           job->state == SANDBOX_JOB_RESUMED ? WAIT_STEP : 0);
  arm (self);
}

void
sandbox_simulator_tell_end (SandboxServer *server, const SandboxJob *job)
{
  g_return_if_fail (SANDBOX_IS_SERVER (server));
  g_return_if_fail (job != NULL);

  sandbox_job_trigger_fire (server, job->tenant, job->key);
  sandbox_http_trigger_job_ended (server, job);
  if (job->schedule != 0)
    sandbox_trigger_job_ended (server, job->schedule, job->id,
                               job->state == SANDBOX_JOB_FAULTED);
}

void
sandbox_simulator_wake (SandboxServer *server)
{
  SandboxSimulator *self;

  g_return_if_fail (SANDBOX_IS_SERVER (server));

  self = g_object_get_data (G_OBJECT (server), DATA_KEY);
  g_return_if_fail (SANDBOX_IS_SIMULATOR (self));

  self->frees = TRUE;
  arm (self);
}
