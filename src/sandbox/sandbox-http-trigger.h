/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-job.h"
#include "sandbox-server.h"

G_BEGIN_DECLS

/* Of the sets HttpTriggers and ApiTriggers: the process is one of the folder. */
extern const SandboxSetHooks sandbox_http_trigger_hooks;

/* Answers those who called a trigger and wait for the end of its job (LongPolling). */
void sandbox_http_trigger_job_ended (SandboxServer *server, const SandboxJob *job);

G_END_DECLS
