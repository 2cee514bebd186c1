/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* POST /api/Account/Authenticate of a standalone Orchestrator (fact sheet 2.2). */
extern const SandboxOperation sandbox_account_operations[];

G_END_DECLS
