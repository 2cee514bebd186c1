/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* Of the set Calendars: dates are days, a zone is one that there is, and what a trigger waits for
 * stays. */
extern const SandboxSetHooks sandbox_calendar_hooks;

/* Looks at "TimeZoneId" and "ExcludedDates" of @body; answers where one is none. @dates: (out)
 * (transfer full): the days as a JSON array, sorted, each once. Returns: TRUE where they are fine.
 */
gboolean sandbox_calendar_check (SandboxRequest *request, JsonObject *body, char **dates);

G_END_DECLS
