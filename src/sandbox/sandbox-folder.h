/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* Reads the folder header, whichever of the four it is (fact sheet 1.2), into the request's folder.
 * Answers and returns FALSE where @scope wants one and there is none (400, 1101), or where it names
 * none that the caller may see (400, 1100). */
gboolean sandbox_folder_resolve (SandboxRequest *request, SandboxScope scope);

G_END_DECLS
