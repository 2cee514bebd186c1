/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-store.h"

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

/* What there is to know of a job for moving it on. */
typedef struct
{
  gint64 id;
  gint64 tenant;
  gint64 folder;
  SandboxJobState state;
  gint64 release;
  gint64 robot;     /* 0 before it runs */
  char *key;        /* (owned) */
  char *process;    /* (owned) */
  char *input;      /* (owned) (nullable) */
  char *robot_name; /* (owned) (nullable), as those below */
  char *account;    /* (owned) */
  char *host;       /* (owned) */
  gint64 machine;
  char *machine_key; /* (owned) */
} SandboxJob;

/* Returns: FALSE where there is no such job. */
gboolean sandbox_job_load (SandboxJob *self, SandboxStore *store, gint64 id);
void sandbox_job_clear (SandboxJob *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SandboxJob, sandbox_job_clear)

gboolean sandbox_job_is_final (const SandboxJob *self);

/* Pending -> Running on a robot of the tenant. */
void sandbox_job_start (SandboxJob *self, SandboxStore *store);
/* To a final state. @info: (nullable). @output: (nullable): arguments as JSON. */
void sandbox_job_end (SandboxJob *self,
                      SandboxStore *store,
                      SandboxJobState state,
                      const char *info,
                      const char *output);
/* To Stopping or Terminating. */
void sandbox_job_set_state (SandboxJob *self, SandboxStore *store, SandboxJobState state);
/* Writes a line of its log. @level: a SandboxLogLevel. */
void sandbox_job_log (const SandboxJob *self, SandboxStore *store, int level, const char *message);

G_END_DECLS
