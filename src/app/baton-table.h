/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "baton-paged-list.h"

G_BEGIN_DECLS

/**
 * BatonTable:
 *
 * The column view of one resource: columns as its description says, sorted by the server, shown and ordered as the person
 * chose (kept in GSettings). Its accessible name is the resource's title. Main thread.
 *
 * Signals: activate (guint position): a row was double-clicked or Enter was pressed on it.
 * pressed (gboolean again): a row was clicked plainly; again: it alone was selected already.
 * sorted (): the order is another one. range-changed (): other rows are on screen. menu (double x, double y): the context menu is asked for; the row is selected.
 */
#define BATON_TYPE_TABLE (baton_table_get_type ())
G_DECLARE_FINAL_TYPE (BatonTable, baton_table, BATON, TABLE, GtkWidget)

GtkWidget *baton_table_new (const BatonResource *resource);
const BatonResource *baton_table_get_resource (BatonTable *self);
/* @list: (nullable). */
void baton_table_set_list (BatonTable *self, BatonPagedList *list);
/* The rows on screen. Returns: FALSE where there are none. */
gboolean baton_table_get_visible_range (BatonTable *self, guint *first, guint *last);
/* Lets the spans on screen that have no end yet grow. */
void baton_table_tick (BatonTable *self);
/* The column last clicked, else the one that names the record: a position in the fields. */
guint baton_table_get_current_field (BatonTable *self);
/* Brings a row on screen and gives it the focus. */
void baton_table_scroll_to (BatonTable *self, guint position);

/* The columns, for the column chooser. @field: position in the fields. */
gboolean baton_table_get_column_visible (BatonTable *self, guint field);
void baton_table_set_column_visible (BatonTable *self, guint field, gboolean visible);
/* TRUE where @field can be a column at all. */
gboolean baton_table_has_column (BatonTable *self, guint field);
/* What the rows are sorted by. @field: position of a sortable field; -1 from the getter: none of them. */
int baton_table_get_sort (BatonTable *self, gboolean *descending);
void baton_table_set_sort (BatonTable *self, guint field, gboolean descending);
/* Columns, order, widths and sort as the resource's description has them. */
void baton_table_reset_columns (BatonTable *self);

G_END_DECLS
