/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @cron: as Quartz has it, of 6 or 7 fields: seconds, minutes, hours, day of month, month, day of
 * week, year. Known are "*",
 * "?", numbers, names of days and months, lists, ranges and steps; the year is not looked at.
 * @zone: (nullable): as IANA names it, else UTC. @after: microseconds since 1970. Returns: the
 * first time after it, 0 where there is none within two years or @cron is none. */
gint64 sandbox_cron_find_next (const char *cron, const char *zone, gint64 after);

G_END_DECLS
