/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-path.h"
#include "sandbox-request.h"

G_BEGIN_DECLS

/* Answers what the spoken version does not have yet with 404, and lists of jobs and queue items
 * over the limit of their minute with 429 (fact sheet 5.2). @first: where the path below the base
 * begins. Returns: TRUE where the request may go on. */
gboolean sandbox_limits_admit (SandboxRequest *request, const SandboxPath *path, guint first);

/* Begins the minutes anew. */
void sandbox_limits_reset (SandboxServer *server);

G_END_DECLS
