/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-store.h"

G_BEGIN_DECLS

/* Appends the members of the tenant's LicenseDto (definition), without the braces. */
void sandbox_license_append (GString *json, SandboxStore *store, gint64 tenant);

G_END_DECLS
