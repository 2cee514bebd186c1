/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* How a client learns which organisations and tenants a person can use (fact sheet 2.1 and 3). */
extern const SandboxOperation sandbox_discovery_operations[];

G_END_DECLS
