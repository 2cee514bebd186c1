/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-store.h"

G_BEGIN_DECLS

/* Returns: (transfer full) (nullable): the value of a setting of the tenant. */
char *sandbox_tenant_setting_dup (SandboxStore *store, gint64 tenant, const char *name);

G_END_DECLS
