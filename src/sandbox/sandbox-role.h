/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* Of the set Roles: its permissions, and that what is static stays as it is. */
extern const SandboxSetHooks sandbox_role_hooks;

/* Returns: Roles.Id, 0 where the tenant has no role of this name. */
gint64 sandbox_role_find (SandboxRequest *request, const char *name);

/* Gives @user exactly @roles (element-type gint64: Roles.Id), tenant-wide. Answers where one of
 * them is not there. Call within a transaction and end it with sandbox_role_keeps_administrator().
 * Returns: TRUE where it is done. */
gboolean sandbox_role_assign_all (SandboxRequest *request, gint64 user, GArray *roles);
/* Gives, or takes away, one that is there. */
void sandbox_role_toggle (SandboxRequest *request, gint64 user, gint64 role, gboolean on);

/* Answers 409 where nobody of the tenant is an active administrator any more, as then nobody could
 * make one. Returns: TRUE where there is one. */
gboolean sandbox_role_keeps_administrator (SandboxRequest *request);

G_END_DECLS
