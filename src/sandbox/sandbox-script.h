/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-job.h"

G_BEGIN_DECLS

/* What a simulated robot does with a job. Members of the job's input arguments say so:
 *   sandboxSeconds      how long it takes
 *   sandboxOutcome      "Successful" or "Faulted"
 *   sandboxOutput       its output arguments
 *   sandboxIgnoresStop  true: only Kill ends it
 *   sandboxWaitsFor     "Timer", "Inbox", "Job": half way it suspends itself until that happens
 *   sandboxWaitSeconds  of a timer
 *   sandboxItemKey      of the job that it waits for
 * Without them a job takes some seconds, and every eighth ends Faulted. */
typedef struct
{
  gint64 length; /* microseconds */
  gboolean faults;
  gboolean ignores_stop;
  int waits_for; /* number of TriggerType, -1 where it does not wait */
  gint64 wait;   /* microseconds */
  char *item;    /* (owned) (nullable) */
  char *output;  /* (owned): JSON */
} SandboxScript;

void sandbox_script_read (SandboxScript *self, const SandboxJob *job);
void sandbox_script_clear (SandboxScript *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SandboxScript, sandbox_script_clear)

G_END_DECLS
