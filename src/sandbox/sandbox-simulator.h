/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-job.h"
#include "sandbox-server.h"

G_BEGIN_DECLS

/**
 * SandboxSimulator:
 *
 * Takes jobs from Pending over Running to their end and writes their logs, on the thread's main
 * context. Lives as long as the server does its work; jobs that were under way when the last run
 * ended go on.
 *
 * It moves those jobs alone that somebody started or stopped over the API: the others stand still,
 * so that what was seeded as Running stays to be seen. What they do on the way SandboxScript says.
 * A job for which no runtime is free stays Pending until one is.
 */
#define SANDBOX_TYPE_SIMULATOR (sandbox_simulator_get_type ())
G_DECLARE_FINAL_TYPE (SandboxSimulator, sandbox_simulator, SANDBOX, SIMULATOR, GObject)

SandboxSimulator *sandbox_simulator_new (SandboxServer *server);

/* Moves a job that has just been made, or has just been told to stop, on from now. */
void sandbox_simulator_follow (SandboxServer *server, const SandboxJob *job);
/* Tells those who wait for the end of the job. */
void sandbox_simulator_tell_end (SandboxServer *server, const SandboxJob *job);
/* Looks again at what is due and at what waits for a runtime: triggers or runtimes have changed. */
void sandbox_simulator_wake (SandboxServer *server);

G_END_DECLS
