/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-store.h"

G_BEGIN_DECLS

/* Gives up the items that a robot took a day ago and said nothing of since (fact sheet 6.11).
 * Returns: FALSE: there is no more to do. */
gboolean sandbox_queue_abandon (SandboxStore *store);

G_END_DECLS
