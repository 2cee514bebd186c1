/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-fault.h"
#include "sandbox-job.h"
#include "sandbox-log.h"
#include "sandbox-runtime.h"
#include "sandbox-seed-private.h"
#include "sandbox-statement.h"

/* The jobs of the first page have their log, and so have the faulted ones of a while before them. */
#define LOGGED_JOBS 120
#define LOGGED_FAULTS 100
#define MAX_LOGGED_AGE 6000
/* The newest that have not ended. */
#define PENDING_JOBS 3
#define RUNNING_JOBS 6
#define SUSPENDED_JOBS 2
#define MEDIA_JOBS 30
/* Most of a robot's runs take about their typical time, a few much longer. */
#define SLOW_ONE_IN 40

/* In the numbers of JobDto (definition: SourceType). */
enum
{
  SOURCE_MANUAL = 0,
  SOURCE_SCHEDULE = 1,
  SOURCE_AGENT = 2,
  SOURCE_QUEUE = 3,
};

#define N_COLUMNS 29

/* One that has not ended, so that its index finds it. */
#define SUSPENDED "\"State\" " SANDBOX_JOB_IS_UNDER_WAY " AND \"State\" = 7"

typedef struct
{
  const SandboxSeedRelease *release; /* (unowned) */
  const SandboxSeedRobot *robot;     /* (unowned) */
  gint64 created;
  gint64 start;
  gint64 end;
  SandboxJobState state;
  guint fault;
  guint source;
  char key[37];
} Job;

typedef struct
{
  SandboxSeed *seed;
  guint n;
  guint made;
  guint weights;    /* of all releases together */
  char **infos;     /* (owned): one a fault */
  int unattended;   /* number of RuntimeType */
  int normal, high; /* numbers of JobPriority */

  guint hour;     /* of SANDBOX_SEED_DAYS, the one that jobs are made for */
  guint64 load;   /* of this hour and those before it */
  guint64 total;  /* of all hours */
  guint in_hour;  /* jobs of this hour … */
  guint position; /* … and how many of them are made */

  GArray *logged; /* (owned): Job, to write the logs of */
  guint logged_faults;

  Job job;
  char batch[37];
  char input[192];
  char output[96];
  SandboxValue row[N_COLUMNS + 1];
} Jobs;

/* What a weekday's hour and a weekend's hour bring, of 16. In UTC: the companies are in Europe. */
static guint
get_load (gint64 hour)
{
  static const guint8 loads[24] = { 2,  2,  2,  2,  3,  6, 10, 14, 16, 16, 15, 12,
                                    13, 16, 16, 14, 11, 8, 6,  4,  4,  3,  3,  2 };
  /* 1 January 1970 was a Thursday. */
  guint day = (guint) ((hour / 24 + 3) % 7);
  guint load = loads[hour % 24];

  return day >= 5 ? (load + 2) / 3 : load;
}

static const SandboxSeedRelease *
choose_release (Jobs *self)
{
  guint roll = sandbox_seed_below (self->seed, self->weights);
  const SandboxSeedRelease *release = (const SandboxSeedRelease *) self->seed->releases->data;

  while (roll >= release->process->weight)
    {
      roll -= release->process->weight;
      release++;
    }

  return release;
}

static gint64
choose_length (SandboxSeed *seed, const SandboxSeedProcess *process)
{
  guint seconds = process->seconds * (60 + sandbox_seed_below (seed, 80)) / 100;

  if (sandbox_seed_below (seed, SLOW_ONE_IN) == 0)
    seconds = seconds * 5 / 2;

  return (gint64) MAX (seconds, 2) * G_USEC_PER_SEC + sandbox_seed_below (seed, 1000) * 1000;
}

static void
decide_end (Jobs *self, Job *job)
{
  SandboxSeed *seed = self->seed;
  guint left = self->n - self->made;
  guint roll = sandbox_seed_below (seed, 1000);
  gint64 length = choose_length (seed, job->release->process);

  job->fault = sandbox_seed_below (seed, sandbox_fault_count ());
  if (left <= PENDING_JOBS)
    {
      job->state = SANDBOX_JOB_PENDING;
      job->created = seed->now - left * 20 * G_USEC_PER_SEC;
      return;
    }
  if (left <= PENDING_JOBS + RUNNING_JOBS)
    {
      /* Each on a robot of its own, so that none runs more than it may. */
      job->robot = &g_array_index (seed->robots, SandboxSeedRobot,
                                   (left - PENDING_JOBS - 1) % seed->robots->len);
      job->state = SANDBOX_JOB_RUNNING;
      job->created = seed->now - left * 25 * G_USEC_PER_SEC;
      job->start = job->created + 4 * G_USEC_PER_SEC;
      return;
    }
  if (left <= PENDING_JOBS + RUNNING_JOBS + SUSPENDED_JOBS)
    {
      job->release = &g_array_index (seed->releases, SandboxSeedRelease, 0);
      job->state = SANDBOX_JOB_SUSPENDED;
      job->start = job->created + 4 * G_USEC_PER_SEC;
      return;
    }

  if (roll < job->release->process->faults)
    {
      job->state = SANDBOX_JOB_FAULTED;
      length =
          MAX (length * (10 + (gint64) sandbox_seed_below (seed, 80)) / 100, 2 * G_USEC_PER_SEC);
    }
  else if (roll > 985)
    {
      job->state = SANDBOX_JOB_STOPPED;
      length = length * 2 / 3;
    }
  else
    job->state = SANDBOX_JOB_SUCCESSFUL;
  job->start = job->created + (gint64) (1 + sandbox_seed_below (seed, 20)) * G_USEC_PER_SEC;
  job->start =
      MIN (job->start + sandbox_seed_below (seed, 1000) * 1000, seed->now - 10 * G_USEC_PER_SEC);
  job->end = MIN (job->start + length, seed->now - G_USEC_PER_SEC);
}

static void
make_job (Jobs *self, Job *job, gint64 created)
{
  SandboxSeed *seed = self->seed;
  guint roll = sandbox_seed_below (seed, 100);
  guint robot;

  *job = (Job){ .release = choose_release (self), .created = created };
  /* Two robots share a process. The last robots are for tests, or not connected any more. */
  robot = (guint) (job->release->id % 4) * 2 + sandbox_seed_below (seed, 2);
  job->robot = &g_array_index (seed->robots, SandboxSeedRobot, robot % MIN (seed->robots->len, 8));
  if (job->release->schedule != 0 && roll < 88)
    job->source = job->release->by_queue ? SOURCE_QUEUE : SOURCE_SCHEDULE;
  else
    job->source = roll % 5 == 0 ? SOURCE_AGENT : SOURCE_MANUAL;
  sandbox_seed_guid (seed, job->key);
  decide_end (self, job);
}

static void
make_row (Jobs *self, const Job *job)
{
  const SandboxSeedProcess *process = job->release->process;
  gboolean started = job->start != 0;
  gboolean planned = job->source == SOURCE_SCHEDULE || job->source == SOURCE_QUEUE;
  const char *const sources[] = {
    "Manual", job->release->schedule_name, "Agent", job->release->schedule_name
  };
  const char *const infos[]
      = { NULL, NULL, NULL, NULL, self->infos[job->fault], "Job completed", "Job stopped", NULL };

  if (process->input != NULL)
    sandbox_row_format (self->input, sizeof self->input, process->input, 1000 + self->made, 0);
  if (process->output != NULL)
    sandbox_row_format (self->output, sizeof self->output, process->output, 1 + self->made % 24, 0);

  memcpy (self->row,
          ((const SandboxValue[]){
              SANDBOX_INT ("TenantId", self->seed->tenant),
              SANDBOX_INT ("OrganizationUnitId", job->release->folder),
              SANDBOX_TEXT ("Key", job->key),
              SANDBOX_TIME ("StartTime", job->start),
              SANDBOX_TIME ("EndTime", job->end),
              SANDBOX_INT ("State", job->state),
              SANDBOX_INT ("JobPriority", process->faults > 60 ? self->high : self->normal),
              SANDBOX_INT ("SpecificPriorityValue", process->faults > 60 ? 65 : 45),
              SANDBOX_TEXT ("Source", sources[job->source]),
              SANDBOX_INT ("SourceType", job->source),
              SANDBOX_TEXT ("BatchExecutionKey", sandbox_seed_guid (self->seed, self->batch)),
              SANDBOX_TEXT ("Info", infos[job->state]),
              SANDBOX_INT ("CreationTime", job->created),
              SANDBOX_INT_IF ("StartingScheduleId", planned, job->release->schedule),
              SANDBOX_TEXT ("ReleaseName", process->name),
              SANDBOX_INT ("Type", 0),
              SANDBOX_TEXT ("InputArguments", process->input != NULL ? self->input : NULL),
              SANDBOX_TEXT ("OutputArguments",
                            process->output != NULL && job->state == SANDBOX_JOB_SUCCESSFUL ? self->output
                                                                                      : NULL),
              SANDBOX_TEXT ("HostMachineName", started ? job->robot->host : NULL),
              SANDBOX_INT ("RuntimeType", self->unattended),
              SANDBOX_INT ("RequiresUserInteraction", process->foreground),
              SANDBOX_INT ("ReleaseVersionId", job->release->version),
              SANDBOX_TEXT ("EntryPointPath", "Main.xaml"),
              SANDBOX_INT ("ProcessType", 1),
              SANDBOX_TEXT ("LocalSystemAccount", started ? job->robot->account : NULL),
              SANDBOX_INT ("LastModificationTime",
                           job->end != 0 ? job->end
                           : started     ? job->start
                                         : job->created),
              SANDBOX_INT_IF ("RobotId", started, job->robot->id),
              SANDBOX_INT_IF ("MachineId", started, job->robot->machine),
              SANDBOX_INT ("ReleaseId", job->release->id),
              { NULL },
          }),
          sizeof self->row);
}

static gboolean
wants_log (Jobs *self, const Job *job)
{
  guint left = self->n - self->made;

  if (job->start == 0)
    return FALSE;
  if (left <= LOGGED_JOBS)
    return TRUE;

  return job->state == SANDBOX_JOB_FAULTED && left <= MAX_LOGGED_AGE &&
         self->logged_faults++ < LOGGED_FAULTS;
}

/* Hour by hour, so that the ids rise with the time and the load has its days and nights. */
static const SandboxValue *
next_job (gpointer user_data)
{
  Jobs *self = user_data;
  gint64 begin = self->seed->now - SANDBOX_SEED_DAYS * SANDBOX_DAY;
  double offset;

  if (self->made == self->n)
    return NULL;

  while (self->position == self->in_hour)
    {
      self->load += get_load ((begin + self->hour * SANDBOX_HOUR) / SANDBOX_HOUR);
      self->in_hour = (guint) (self->n * self->load / self->total) - self->made;
      self->position = 0;
      self->hour++;
    }
  offset = (self->position + sandbox_seed_below (self->seed, 1000) / 1000.0) / self->in_hour;

  make_job (
      self, &self->job, begin + (self->hour - 1) * SANDBOX_HOUR + (gint64) (offset * SANDBOX_HOUR));
  make_row (self, &self->job);
  if (wants_log (self, &self->job))
    g_array_append_val (self->logged, self->job);
  self->position++;
  self->made++;

  return self->row;
}

typedef struct
{
  Jobs *jobs;
  guint job;   /* position in Jobs.logged */
  guint step;  /* of its log: first line, lines on the way, error, last line */
  guint lines; /* on the way */
  guint first; /* of sandbox_log_make_line() */
  SandboxLogLine line;
} Logs;

/* Returns: FALSE after the last line of the job. */
static gboolean
fill_line (Logs *self, const Job *job)
{
  SandboxSeed *seed = self->jobs->seed;
  gint64 end = job->end != 0 ? job->end : seed->now;
  guint step = self->step++;
  SandboxLogLevel level = SANDBOX_LOG_INFO;
  gint64 time = job->start + (end - job->start) * step / (self->lines + 2);
  const SandboxLogSource source = { .tenant = seed->tenant,
                                    .folder = job->release->folder,
                                    .job_key = job->key,
                                    .process = job->release->process->name,
                                    .robot = job->robot->name,
                                    .account = job->robot->account,
                                    .host = job->robot->host,
                                    .machine = job->robot->machine,
                                    .machine_key = job->robot->machine_key,
                                    .runtime = self->jobs->unattended };
  const char *message = self->line.message;

  if (step == 0)
    g_snprintf (
        self->line.message, sizeof self->line.message, "%s execution started", source.process);
  else if (step <= self->lines)
    level = sandbox_log_make_line (self->first + step,
                                   1 + sandbox_seed_below (seed, 400),
                                   self->line.message,
                                   sizeof self->line.message);
  else if (job->end == 0)
    return FALSE;
  else if (step == self->lines + 1 && job->state == SANDBOX_JOB_FAULTED)
    {
      message = self->jobs->infos[job->fault];
      level = SANDBOX_LOG_ERROR;
    }
  else if (step <= self->lines + 2)
    {
      g_snprintf (self->line.message,
                  sizeof self->line.message,
                  "%s execution %s",
                  source.process,
                  job->state == SANDBOX_JOB_FAULTED ? "faulted" : "ended");
      time = end;
      /* That was the last one, also where there was no fault before it. */
      self->step = self->lines + 3;
    }
  else
    return FALSE;

  sandbox_log_line_fill (&self->line, &source, time, level, message);

  return TRUE;
}

static const SandboxValue *
next_line (gpointer user_data)
{
  Logs *self = user_data;
  GArray *logged = self->jobs->logged;

  for (; self->job < logged->len; self->job++, self->step = 0)
    {
      const Job *job = &g_array_index (logged, Job, self->job);

      if (self->step == 0)
        {
          self->lines =
              job->state == SANDBOX_JOB_FAULTED ? 2 : 3 + sandbox_seed_below (self->jobs->seed, 6);
          self->first = sandbox_seed_below (self->jobs->seed, 12);
        }
      if (fill_line (self, job))
        return self->line.values;
    }

  return NULL;
}

/* What a job waits for, or has waited for where somebody has answered. */
static void
add_trigger (SandboxSeed *self,
             gint64 job,
             gint64 folder,
             const char *type,
             gint64 timer,
             const char *payload)
{
  char key[37];

  sandbox_insert (self->store, "JobTriggers", SANDBOX_INT ("TenantId", self->tenant),
                  SANDBOX_INT ("OrganizationUnitId", folder), SANDBOX_INT ("JobId", job),
                  SANDBOX_ENUM ("TriggerType", type),
                  SANDBOX_ENUM ("Status", payload != NULL ? "Fired" : "New"),
                  SANDBOX_TEXT ("ItemKey", timer == 0 ? sandbox_seed_guid (self, key) : NULL),
                  SANDBOX_TIME ("Timer", timer), SANDBOX_TEXT ("Payload", payload),
                  SANDBOX_TIME ("CreationTime", self->now - SANDBOX_HOUR),
                  SANDBOX_TIME ("ModifiedTime", self->now - SANDBOX_HOUR));
}

static void
add_triggers (SandboxSeed *self)
{
  gint64 folder = sandbox_seed_get_folder (self, "Shared")->id;
  sqlite3_stmt *statement = sandbox_store_prepare (
      self->store,
      "SELECT * FROM (SELECT \"Id\", 5 FROM \"Jobs\" WHERE \"TenantId\" = ?1 AND "
      "\"OrganizationUnitId\" = ?2 AND \"State\" = 5 ORDER BY \"Id\" DESC LIMIT 1) "
      "UNION ALL SELECT max (\"Id\"), 7 FROM \"Jobs\" WHERE \"TenantId\" = ?1 AND "
      "\"OrganizationUnitId\" = ?2 AND " SUSPENDED " HAVING count (*) > 0 "
      "UNION ALL SELECT min (\"Id\"), 0 FROM \"Jobs\" WHERE \"TenantId\" = ?1 AND " SUSPENDED
      " HAVING count (*) > 1");

  sqlite3_bind_int64 (statement, 1, self->tenant);
  sqlite3_bind_int64 (statement, 2, folder);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      gint64 job = sqlite3_column_int64 (statement, 0);
      int state = sqlite3_column_int (statement, 1);

      if (state == SANDBOX_JOB_SUSPENDED)
        add_trigger (self, job, folder, "Inbox", 0, NULL);
      else if (state == SANDBOX_JOB_SUCCESSFUL)
        add_trigger (self, job, folder, "Inbox", 0, "{\"approved\":true}");
      else
        add_trigger (self, job, folder, "Timer", self->now + SANDBOX_DAY, NULL);
    }
  sandbox_store_done (statement);
}

/* Pictures of the last jobs that faulted. */
static void
add_media (SandboxSeed *self)
{
  sandbox_statement_run (
      self->store,
      "INSERT INTO \"ExecutionMedia\" (\"TenantId\", \"OrganizationUnitId\", \"JobId\", \"Name\", "
      "\"StorageLocation\", \"ReleaseName\") SELECT \"TenantId\", \"OrganizationUnitId\", \"Id\", "
      "\"Key\" || '.zip', 'Orchestrator', \"ReleaseName\" FROM \"Jobs\" WHERE \"TenantId\" = ? AND "
      "\"State\" = 4 ORDER BY \"Id\" DESC LIMIT ?",
      "ii", self->tenant, (gint64) MEDIA_JOBS);
  sandbox_statement_run (self->store,
                         "UPDATE \"Jobs\" SET \"HasMediaRecorded\" = 1 WHERE \"Id\" IN (SELECT "
                         "\"JobId\" FROM \"ExecutionMedia\")",
                         "");
}

void
sandbox_seed_jobs (SandboxSeed *seed)
{
  /* All that were asked for are in the first tenant; the second has a few of its own. */
  Jobs self = { .seed = seed,
                .n = sandbox_seed_is_first (seed) ? seed->options->jobs
                                                  : MIN (seed->options->jobs / 10, 500),
                .unattended = sandbox_row_get_enum ("Jobs", "RuntimeType", "Unattended"),
                .normal = sandbox_row_get_enum ("Jobs", "JobPriority", "Normal"),
                .high = sandbox_row_get_enum ("Jobs", "JobPriority", "High"),
                .infos = g_new0 (char *, sandbox_fault_count () + 1),
                .logged = g_array_new (FALSE, FALSE, sizeof (Job)) };
  Logs logs = { .jobs = &self };

  for (guint i = 0; i < seed->releases->len; i++)
    self.weights += g_array_index (seed->releases, SandboxSeedRelease, i).process->weight;
  for (guint i = 0; i < sandbox_fault_count (); i++)
    self.infos[i] = sandbox_fault_make_info (sandbox_fault_get (i));
  for (guint hour = 0; hour < SANDBOX_SEED_DAYS * 24; hour++)
    self.total +=
        get_load ((seed->now - (SANDBOX_SEED_DAYS * 24 - hour) * SANDBOX_HOUR) / SANDBOX_HOUR);

  sandbox_row_insert_all (seed->store, "Jobs", next_job, &self);
  sandbox_row_insert_all (seed->store, "RobotLogs", next_line, &logs);
  sandbox_store_exec (
      seed->store, "UPDATE \"Jobs\" SET \"SessionId\" = (SELECT \"SessionId\" FROM "
                   "\"MachineSessionRuntimes\" s WHERE s.\"MachineId\" = \"Jobs\".\"MachineId\") "
                   "WHERE \"State\" " SANDBOX_JOB_TAKES_RUNTIME);
  sandbox_runtime_refresh (seed->store, seed->tenant, 0, 0);
  add_triggers (seed);
  add_media (seed);

  g_array_unref (self.logged);
  g_strfreev (self.infos);
}
