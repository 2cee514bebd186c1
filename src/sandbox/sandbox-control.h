/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-server.h"

G_BEGIN_DECLS

/* What tests turn while the sandbox runs, under "/_sandbox/": JSON over HTTP, no token asked. The
 * manual page says what there is. */

#define SANDBOX_CONTROL_PREFIX "/_sandbox"

/* clang-format off */
/* A line of a table of operations. */
#define SANDBOX_CONTROL(method, path, handler) \
  { method, SANDBOX_CONTROL_PREFIX path, SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, handler }
/* clang-format on */

extern const SandboxOperation sandbox_control_operations[];

/* Returns: TRUE where the request is for the control, and so no part of what is controlled. */
gboolean sandbox_control_is_for (SoupServerMessage *message);
/* Returns: TRUE where the origin of a web page, "http://localhost:3000", is this computer. */
gboolean sandbox_control_is_loopback (const char *origin);

/* A page of another site that a browser on this computer shows may send requests here as well.
 * Answers those. Returns: TRUE where the request may be served. */
gboolean sandbox_control_admit (SoupServerMessage *message);

/* Answers 400 where there is no body of JSON. */
gboolean sandbox_control_has_body (SandboxRequest *request);
/* Answers 400 where the body is absent, or has a member that is not among the names up to NULL. */
gboolean sandbox_control_check_members (SandboxRequest *request,
                                        const char *name,
                                        ...) G_GNUC_NULL_TERMINATED;

/* Sets the clock's "speed" of @object, and reads its "now", where they are there. @now: (out): 0
 * where it is not. */
gboolean sandbox_control_read_clock (JsonObject *object, gint64 *now, GError **error);

/* Answers @json with 200. @json: (transfer full) */
void sandbox_control_reply (SandboxRequest *request, GString *json);
/* Answers 400 with the message. @error: (transfer full) */
void sandbox_control_refuse (SandboxRequest *request, GError *error);

G_END_DECLS
