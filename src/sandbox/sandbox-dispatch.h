/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-definition.h"
#include "sandbox-router.h"

G_BEGIN_DECLS

/* Takes a request to what serves it: address, token, folder, permission, body, operation. Answers
 * it always. */
void sandbox_dispatch (SandboxServer *server, SandboxRouter *router, SoupServerMessage *message);

/* Returns: TRUE where this sandbox has the operation; what it lacks it answers with 501. */
gboolean sandbox_dispatch_has (SandboxRouter *router, const SandboxDefinedOperation *operation);

G_END_DECLS
