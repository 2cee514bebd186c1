/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "resources/baton-resource.h"

G_BEGIN_DECLS

/**
 * BatonColumns:
 *
 * The columns of a column view: one a field of the resource, shown, ordered and sorted as the person chose, also by dragging and
 * clicking their titles. What was chosen is kept in GSettings (BatonViewSettings). @field is everywhere a position in the fields. Main thread.
 *
 * Signal: sorted (): the order is another one.
 */
#define BATON_TYPE_COLUMNS (baton_columns_get_type ())
G_DECLARE_FINAL_TYPE (BatonColumns, baton_columns, BATON, COLUMNS, GObject)

/* Fills @view, which has no columns yet. Returns: (transfer full). */
BatonColumns *baton_columns_new (GtkColumnView *view, const BatonResource *resource);
/* To be called before the view goes: it takes its columns away one by one, and that is nobody's choice. */
void baton_columns_freeze (BatonColumns *self);
const BatonResource *baton_columns_get_resource (BatonColumns *self);

/* TRUE where @field can be a column at all. */
gboolean baton_columns_has (BatonColumns *self, guint field);
gboolean baton_columns_get_visible (BatonColumns *self, guint field);
void baton_columns_set_visible (BatonColumns *self, guint field, gboolean visible);

/* What the rows are sorted by. @descending: (out) (optional). Returns: -1 where it is none of the fields. */
int baton_columns_get_sort (BatonColumns *self, gboolean *descending);
/* @field: of a sortable field. */
void baton_columns_set_sort (BatonColumns *self, guint field, gboolean descending);

/* Columns, order, widths and sort as the resource's description has them. */
void baton_columns_reset (BatonColumns *self);

G_END_DECLS
