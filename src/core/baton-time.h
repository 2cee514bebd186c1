/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Times are gint64 microseconds since 1970 in UTC, 0 for none. Any thread. */

/* @text: ISO 8601 with up to 7 fractional digits, as the service writes it; without a zone it is UTC.
 * Returns: FALSE where it is no time. */
gboolean baton_time_parse (const char *text, gint64 *time);

/* Returns: (transfer full): `2026-01-31T12:00:00.123Z`. */
char *baton_time_format (gint64 time);

/* Returns: FALSE where @text is no HTTP date. Used for Retry-After and Date. */
gboolean baton_time_parse_http_date (const char *text, gint64 *time);

G_END_DECLS
