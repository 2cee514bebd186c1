/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* Of the set Robots: its machine, its key, and what goes with it. */
extern const SandboxSetHooks sandbox_robot_hooks;

G_END_DECLS
