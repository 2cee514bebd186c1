/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-entity.h"

G_BEGIN_DECLS

/* Of the set ProcessSchedules: process, time zone, cron expression, calendar and queue are ones
 * that there are, and what the service makes of them is filled in. */
extern const SandboxSetHooks sandbox_schedule_hooks;

G_END_DECLS
