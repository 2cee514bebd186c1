/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* The API Access page, as a person sees it in a browser (fact sheet 2.1). The browser is taken to
 * be signed in as the administrator, or as ?user=NAME. It works without scripts but for Copy. */
extern const SandboxOperation sandbox_portal_operations[];

G_END_DECLS
