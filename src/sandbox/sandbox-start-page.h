/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* The page at "/" for who opens the sandbox in a browser: addresses, credentials, commands that are
 * ready to run, and the requests as they come. */
extern const SandboxOperation sandbox_start_page_operations[];

G_END_DECLS
