/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-job.h"
#include "sandbox-server.h"

G_BEGIN_DECLS

/* What a suspended job waits for (entity set JobTriggers). In the numbers of the definition. */
typedef enum
{
  SANDBOX_JOB_TRIGGER_JOB = 2,
  SANDBOX_JOB_TRIGGER_TIMER = 4,
  SANDBOX_JOB_TRIGGER_INBOX = 5,
} SandboxJobTriggerType;

/* @item: (nullable): key of what it waits for, an inbox of its own where it is NULL. @time: of a
 * timer, else 0. */
void sandbox_job_trigger_add (SandboxStore *store,
                              const SandboxJob *job,
                              SandboxJobTriggerType type,
                              const char *item,
                              gint64 time);

/* Suspended -> Resumed: all that the job waited for is done with. */
void sandbox_job_trigger_resume (SandboxServer *server, SandboxJob *job);

/* Resumes the jobs that wait for the end of the job with this key. */
void sandbox_job_trigger_fire (SandboxServer *server, gint64 tenant, const char *key);

G_END_DECLS
