/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "sandbox-entity.h"
#include "sandbox-store.h"

G_BEGIN_DECLS

/* Writes @row of a scenario as it is: also what the service would never let be written, such as the
 * state of a job. Besides the properties of @set it may have "Tenant", "Folder" (by its fully
 * qualified name), and in place of a column an object to find the other entity by:
 * "Release": {"Name": "Stock_Sync"}. A number for a time is seconds from now. What may not be
 * absent and is gets a value. A row with a key that is there takes its place. */
gboolean sandbox_scenario_write_row (SandboxStore *store,
                                     const SandboxEntitySet *set,
                                     JsonObject *row,
                                     GError **error);

G_END_DECLS
