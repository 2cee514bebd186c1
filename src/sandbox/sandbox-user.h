/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* Of the set Users: roles, the unattended robot, and that an administrator is left. */
extern const SandboxSetHooks sandbox_user_hooks;

G_END_DECLS
