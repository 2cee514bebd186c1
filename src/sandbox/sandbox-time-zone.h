/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Triggers and calendars name a time zone as Windows does, "GTB Standard Time" (fact sheet 6.8);
 * the clocks here know it as IANA does, "Europe/Bucharest". */

/* @id: of Windows, or of IANA, which the service takes as well. Returns: (transfer full)
 * (nullable): as IANA names it; NULL where there is no such time zone. */
char *sandbox_time_zone_to_iana (const char *id);
/* @iana: (nullable). Returns: (transfer none): the zone, which is read once; that of UTC where
 * there is no such zone. */
GTimeZone *sandbox_time_zone_get (const char *iana);
/* Returns: (transfer full) (nullable): as Windows names the zone @iana, NULL where it does not. */
char *sandbox_time_zone_to_windows (const char *iana);
/* Returns: (transfer full): the names that Windows has, sorted. */
char **sandbox_time_zone_list_windows (void);

G_END_DECLS
