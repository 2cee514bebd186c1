/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-fault.h"
#include "sandbox-job.h"

G_BEGIN_DECLS

/* A simulated robot at the items of a queue: that of the trigger which started its job. It takes
 * one at a time, and every eighth goes wrong. Jobs that others started leave the items alone. */

/* The item that the job is at comes to its end, and the job takes the next one. */
void sandbox_queue_robot_go_on (SandboxStore *store, const SandboxJob *job);
/* The same without a next one. @fault: (nullable): why the job faults, and the item with it. */
void
sandbox_queue_robot_finish (SandboxStore *store, const SandboxJob *job, const SandboxFault *fault);

G_END_DECLS
