/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* Of the set Machines: the key that its hosts sign in with, and what goes with it. */
extern const SandboxSetHooks sandbox_machine_hooks;

/* Makes a secret of the machine that @license_key names; its hash alone is kept. @id: (out): of the
 * secret. Returns: (transfer full): the only time that it is to be seen. */
char *sandbox_machine_make_secret (SandboxStore *store,
                                   gint64 tenant,
                                   const char *license_key,
                                   gint64 *id);

G_END_DECLS
