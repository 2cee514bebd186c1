/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The pause before the retry number @attempt (0 = the first retry), in microseconds: 0.5 s doubled each
 * time, 25 % jitter either way, 30 s at most. Any thread. */
gint64 baton_backoff_delay (guint attempt);

/* Reads a Retry-After header, seconds or an HTTP date, against @now (wall, microseconds).
 * Returns: the pause in microseconds, clamped to 0 .. 15 min; -1 where @header is NULL or neither. */
gint64 baton_backoff_parse_retry_after (const char *header, gint64 now);

G_END_DECLS
