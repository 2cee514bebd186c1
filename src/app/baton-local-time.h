/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Times (microseconds since 1970) as a person reads them. All (transfer full). Any thread. */

char *baton_local_time_format_clock (gint64 time); /* "10:42:07" */
char *baton_local_time_format (gint64 time);       /* with the date where it is not today */
char *baton_local_time_format_utc (gint64 time);   /* for a tooltip: "31 Jan 2026, 12:00:00 UTC" */
/* @span: microseconds: "23 h 59 min", "4 min 03 s", "12 s"; of more than two weeks the days, of more than two
 * years the years; negative is 0. */
char *baton_local_time_format_span (gint64 span);

G_END_DECLS
