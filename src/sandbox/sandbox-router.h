/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-path.h"
#include "sandbox-request.h"

G_BEGIN_DECLS

/**
 * SandboxRouter:
 *
 * Knows the operations of this sandbox and those of the definition, by method and pattern.
 */
typedef struct _SandboxRouter SandboxRouter;

SandboxRouter *sandbox_router_new (void);
void sandbox_router_free (SandboxRouter *self);

/* @operations: up to a method of NULL; kept, so static. */
void sandbox_router_add (SandboxRouter *self, const SandboxOperation *operations);

/* Returns: (transfer none) (nullable): what serves the path from the segment @first on. What stood
 * in the place of a "{name}" is added to the path's arguments. */
const SandboxOperation *sandbox_router_find (SandboxRouter *self,
                                             const char *method,
                                             SandboxPath *path,
                                             guint first);

/* Returns: (transfer none) (nullable): the definition's name of an operation that this sandbox
 * lacks. */
const char *sandbox_router_find_defined (SandboxRouter *self,
                                         const char *method,
                                         const SandboxPath *path,
                                         guint first);

/* Returns: TRUE where the path is served, or defined, with some other method. */
gboolean sandbox_router_knows_path (SandboxRouter *self, const SandboxPath *path, guint first);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxRouter, sandbox_router_free)

G_END_DECLS
