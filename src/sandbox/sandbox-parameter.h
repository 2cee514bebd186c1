/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* What stands in the address: arguments of a function, or else parameters of the query. Each
 * answers 400 and returns FALSE where it is not what it has to be; where it is absent, the value
 * stays. */

gboolean sandbox_parameter_read_int (
    SandboxRequest *request, const char *name, gint64 minimum, gint64 maximum, gint64 *number);
gboolean sandbox_parameter_read_bool (SandboxRequest *request, const char *name, gboolean *boolean);
/* @names: up to NULL; @position: of the one that it is, in any case. */
gboolean sandbox_parameter_read_enum (SandboxRequest *request,
                                      const char *name,
                                      const char *const *names,
                                      int *position);
/* As sandbox_parameter_read_int() for the id of a row, and FALSE also where it is absent. */
gboolean sandbox_parameter_require_id (SandboxRequest *request, const char *name, gint64 *id);
/* Returns: (transfer none) (nullable): the text, NULL with an answer where it is absent or empty.
 */
const char *sandbox_parameter_require_text (SandboxRequest *request, const char *name);

G_END_DECLS
