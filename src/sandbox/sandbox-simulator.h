/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-server.h"

G_BEGIN_DECLS

/**
 * SandboxSimulator:
 *
 * Takes jobs from Pending over Running to their end and writes their logs, on the thread's main context. Lives as long as
 * the server does its work; jobs that were under way when the last run ended go on.
 */
#define SANDBOX_TYPE_SIMULATOR (sandbox_simulator_get_type ())
G_DECLARE_FINAL_TYPE (SandboxSimulator, sandbox_simulator, SANDBOX, SIMULATOR, GObject)

SandboxSimulator *sandbox_simulator_new (SandboxServer *server);

G_END_DECLS
