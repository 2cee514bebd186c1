/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* Of the set Users: roles, the unattended robot, and that an administrator is left. */
extern const SandboxSetHooks sandbox_user_hooks;

/* Takes a user away with all that is his. */
void sandbox_user_remove (SandboxStore *store, gint64 user);

G_END_DECLS
