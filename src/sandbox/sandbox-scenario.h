/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-server.h"

G_BEGIN_DECLS

/* A scenario is a JSON object of "settings", "clock", "faults" and "entities": what a test needs to
 * find. Its schema is data/baton-sandbox-scenario.schema.json. */

extern const SandboxOperation sandbox_scenario_operations[];

/* Returns: (transfer full) (nullable): the scenario in @file. */
JsonNode *sandbox_scenario_load (const char *file, GError **error);

/* Applies @scenario, its entities all or none, and only @with_entities. Returns: FALSE with an
 * error that names the place. */
gboolean sandbox_scenario_apply (SandboxServer *server,
                                 JsonObject *scenario,
                                 gboolean with_entities,
                                 GError **error);

G_END_DECLS
