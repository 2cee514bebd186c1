/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-store.h"

G_BEGIN_DECLS

/* What the service does by itself as time goes by, every few minutes of the sandbox's clock, until
 * @store goes. */
void sandbox_upkeep_start (SandboxStore *store);

G_END_DECLS
