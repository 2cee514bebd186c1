/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "baton-row.h"
#include "resources/baton-resource.h"

G_BEGIN_DECLS

/**
 * BatonCell:
 *
 * One value of one row in a table. Shows a placeholder while the row has no record yet. Recycled: what it shows lives in the row. Main thread.
 */
#define BATON_TYPE_CELL (baton_cell_get_type ())
G_DECLARE_FINAL_TYPE (BatonCell, baton_cell, BATON, CELL, GtkWidget)

/* @field: position in the fields of @resource. */
GtkWidget *baton_cell_new (const BatonResource *resource, guint field);
/* @row: (nullable). */
void baton_cell_set_row (BatonCell *self, BatonRow *row);
BatonRow *baton_cell_get_row (BatonCell *self); /* (transfer none) (nullable) */
guint baton_cell_get_field (BatonCell *self);
/* Shows what the record says now: a span without an end grows. */
void baton_cell_refresh (BatonCell *self);
/* Makes the table's row that holds the cell be called as the cell reads. */
void baton_cell_label_row (BatonCell *self);

G_END_DECLS
