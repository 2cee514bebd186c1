/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-store.h"
#include "sandbox-world.h"

G_BEGIN_DECLS

/* Fills a new database, in one transaction of its own. */
void sandbox_seed (SandboxStore *store, const SandboxOptions *options);

G_END_DECLS
