/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-entity.h"
#include "sandbox-store.h"

G_BEGIN_DECLS

#define SANDBOX_SCHEMA_VERSION 1

/* Makes the tables of the entity sets that lack, and the columns that a table of an earlier version
 * lacks. */
void sandbox_schema_prepare (SandboxStore *store);

/* Makes the index of an indexed field where it lacks: an index comes with the first request that is
 * served better by it, so that nobody waits at the start for what nobody asks. */
void sandbox_schema_want_index (SandboxStore *store,
                                const SandboxEntitySet *set,
                                const SandboxField *field);

/* Returns: TRUE where the column of the key is the rowid. */
gboolean sandbox_schema_has_rowid_key (const SandboxEntitySet *set);

/* Returns: TRUE where the rows of @set lie in folders, in "OrganizationUnitId". */
gboolean sandbox_schema_has_folder (const SandboxEntitySet *set);

G_END_DECLS
