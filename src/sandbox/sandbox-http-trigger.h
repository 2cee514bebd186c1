/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-change.h"
#include "sandbox-job.h"
#include "sandbox-server.h"

G_BEGIN_DECLS

/* Of the sets HttpTriggers and ApiTriggers: the process is one of the folder, and there is an
 * address for each call that is to be made. */
extern const SandboxSetHooks sandbox_http_trigger_hooks;

/* HttpTriggers.CallingMode. */
typedef enum
{
  SANDBOX_CALLING_ASYNC_REQUEST_REPLY,
  SANDBOX_CALLING_FIRE_AND_FORGET,
  SANDBOX_CALLING_LONG_POLLING,
  SANDBOX_CALLING_ASYNC_CALLBACK,
} SandboxCallingMode;

/* Has the addresses called that a trigger names for the end of its jobs, well or not, from now on.
 * The definition has their names (HttpTriggerCreatedEvent) and not what they are told: the sandbox
 * tells what a webhook hears of the end of the job, signed in the same way. */
void sandbox_http_trigger_callback_init (SandboxServer *server);
/* Returns: TRUE where the change makes a trigger that can call back as it says, with an answer
 * where it does not. */
gboolean sandbox_http_trigger_check_callback (SandboxRequest *request, SandboxChange *change);
/* Returns: TRUE where the trigger @id, HttpTriggers.Id, of the tenant calls anybody back. */
gboolean sandbox_http_trigger_calls_back (SandboxStore *store, gint64 tenant, const char *id);

/* Answers those who called a trigger and wait for the end of its job (LongPolling). */
void sandbox_http_trigger_job_ended (SandboxServer *server, const SandboxJob *job);

G_END_DECLS
