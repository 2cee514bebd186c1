/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* Of the set Webhooks: that it is an address, and the events are some that there are. */
extern const SandboxSetHooks sandbox_webhook_hooks;

/* Returns: TRUE where webhooks can subscribe to @type, "job.faulted". */
gboolean sandbox_webhook_knows_event (const char *type);

G_END_DECLS
