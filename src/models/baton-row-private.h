/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-row.h"

G_BEGIN_DECLS

/* What the list alone may set. A slot is a place that stays with its row while rows come and go
 * above it. */
guint _baton_row_get_slot (BatonRow *self);
void _baton_row_set_slot (BatonRow *self, guint slot);
void _baton_row_set_position (BatonRow *self, guint position);
/* When the row was asked for, in the order of asking. */
guint64 _baton_row_get_serial (BatonRow *self);
void _baton_row_set_serial (BatonRow *self, guint64 serial);

G_END_DECLS
