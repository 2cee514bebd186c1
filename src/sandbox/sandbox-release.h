/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* Of the set Releases: the package version is one that there is, and what it says of itself is
 * filled in; each version that a process has is remembered. */
extern const SandboxSetHooks sandbox_release_hooks;

/* Moves the process @release to a version of its package, with its line of the audit log and its
 * event, within the caller's transaction. Returns: FALSE where there is no such version. */
gboolean sandbox_release_set_version (SandboxRequest *request, gint64 release, const char *version);

G_END_DECLS
