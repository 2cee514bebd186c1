/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-runtime.h"

G_BEGIN_DECLS

/* In the numbers of the service (definition: JobDto.State). */
typedef enum
{
  SANDBOX_JOB_PENDING,
  SANDBOX_JOB_RUNNING,
  SANDBOX_JOB_STOPPING,
  SANDBOX_JOB_TERMINATING,
  SANDBOX_JOB_FAULTED,
  SANDBOX_JOB_SUCCESSFUL,
  SANDBOX_JOB_STOPPED,
  SANDBOX_JOB_SUSPENDED,
  SANDBOX_JOB_RESUMED,
} SandboxJobState;

/* "State" of the jobs that take a runtime, and of all that have not ended: each in the words of a
 * partial index (sandbox-schema.c), which SQLite uses for these words alone. They are comparisons,
 * since for a list with IN every row that is written has its index make a table. */
#define SANDBOX_JOB_TAKES_RUNTIME "BETWEEN 1 AND 3"
#define SANDBOX_JOB_IS_UNDER_WAY "NOT BETWEEN 4 AND 6"

/* What there is to know of a job for moving it on. */
typedef struct
{
  gint64 id;
  gint64 tenant;
  gint64 folder;
  SandboxJobState state;
  gint64 release;
  gint64 robot;   /* 0 before it runs */
  gint64 session; /* likewise */
  gint64 schedule;
  int runtime;        /* number of RuntimeType */
  gint64 wants_robot; /* 0: any, as those below */
  gint64 wants_machine;
  gint64 wants_session;
  gint64 stop_after; /* seconds that it may run, 0: as long as it takes */
  gint64 kill_after; /* seconds that it may take to stop, 0 as above */
  gint64 due;        /* when one of them is over, 0: never */
  gboolean kills;    /* it is not asked to stop then, but killed */
  gboolean keeps_place;
  int resume_version;
  char *key;         /* (owned) */
  char *process;     /* (owned) */
  char *input;       /* (owned) (nullable) */
  char *output_type; /* (owned) (nullable): metadata of the arguments that the process gives out */
  char *robot_name;  /* (owned) (nullable), as those below */
  char *account;     /* (owned) */
  char *host;        /* (owned) */
  gint64 machine;
  char *machine_key; /* (owned) */
} SandboxJob;

/* Returns: FALSE where there is no such job. */
gboolean sandbox_job_load (SandboxJob *self, SandboxStore *store, gint64 id);
void sandbox_job_clear (SandboxJob *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SandboxJob, sandbox_job_clear)

gboolean sandbox_job_is_final (const SandboxJob *self);

/* Returns: the place that it wants to run in. */
SandboxRuntimeWish sandbox_job_get_wish (const SandboxJob *self);

/* Pending or Resumed -> Running, where there is a place for it. Returns: FALSE where there is none.
 */
gboolean sandbox_job_start (SandboxJob *self, SandboxStore *store);
/* To a final state. @info: (nullable). @output: (nullable): arguments as JSON. */
void sandbox_job_end (SandboxJob *self,
                      SandboxStore *store,
                      SandboxJobState state,
                      const char *info,
                      const char *output);
/* Running -> Suspended. It leaves its place, and says that it can go on from where it was. */
void sandbox_job_suspend (SandboxJob *self, SandboxStore *store);
/* To Stopping, Terminating or Resumed. */
void sandbox_job_set_state (SandboxJob *self, SandboxStore *store, SandboxJobState state);
/* Writes a line of its log. @level: a SandboxLogLevel. */
void sandbox_job_log (const SandboxJob *self, SandboxStore *store, int level, const char *message);
/* Tells webhooks "job.created", "job.started", … (fact sheet 6.19). @user: 0: the service itself.
 */
void sandbox_job_emit (const SandboxJob *self, SandboxStore *store, const char *type, gint64 user);

G_END_DECLS
