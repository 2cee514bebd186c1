/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A day, typed as 2026-12-31 or chosen in a calendar. Not required: empty is no day. */
#define BATON_TYPE_DATE_ROW (baton_date_row_get_type ())
G_DECLARE_FINAL_TYPE (BatonDateRow, baton_date_row, BATON, DATE_ROW, AdwEntryRow)

/* @time: (out): when the day is over here, wall microseconds; 0 where it is empty. Returns: FALSE
 * where what is typed is no day. */
gboolean baton_date_row_read (BatonDateRow *self, gint64 *time);
/* @time: wall microseconds, 0 empties it. */
void baton_date_row_set (BatonDateRow *self, gint64 time);

G_END_DECLS
