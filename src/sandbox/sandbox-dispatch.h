/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-router.h"

G_BEGIN_DECLS

/* Takes a request to what serves it: address, token, folder, permission, body, operation. Answers
 * it always. */
void sandbox_dispatch (SandboxServer *server, SandboxRouter *router, SoupServerMessage *message);

G_END_DECLS
