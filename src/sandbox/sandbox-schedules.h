/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-store.h"

G_BEGIN_DECLS

/* Moves the next occurrence of every enabled trigger that lies behind us on to the one to come.
 * Nothing is started: the data stands still unless somebody asks. */
void sandbox_schedules_refresh (SandboxStore *store);

G_END_DECLS
