/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How times and spans of time read. Translated. Any thread. */

/* @time, @now: wall, microseconds. @zone: (nullable): NULL is the machine's. @precise: with seconds.
 * Returns: (transfer full): "Today 10:42", "12 Nov 10:42", "12 Nov 2024 10:42"; "" for no time. */
char *baton_display_time (gint64 time, gint64 now, GTimeZone *zone, gboolean precise);

/* @span: microseconds. Returns: (transfer full): "850 ms", "12 s", "3 min 12 s", "2 h 5 min", "3
 * d 4 h"; two units at most. */
char *baton_display_duration (gint64 span);

G_END_DECLS
