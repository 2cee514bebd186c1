/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* POST /oauth/token and /oauth/revoke, as Auth0 answered them in the days of the user key. */
extern const SandboxOperation sandbox_user_key_operations[];

G_END_DECLS
