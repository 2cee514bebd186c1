/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "baton-columns.h"
#include "baton-paged-list.h"

G_BEGIN_DECLS

/**
 * BatonTable:
 *
 * The column view of one resource, sorted by the server as its BatonColumns say. Its accessible name is the resource's title.
 * Main thread.
 *
 * Signals: activate (guint position): a row was double-clicked or Enter was pressed on it.
 * pressed (gboolean again): a row was clicked plainly; again: it alone was selected already.
 * range-changed (): other rows are on screen. menu (double x, double y): the context menu is asked for; the row is selected.
 */
#define BATON_TYPE_TABLE (baton_table_get_type ())
G_DECLARE_FINAL_TYPE (BatonTable, baton_table, BATON, TABLE, GtkWidget)

GtkWidget *baton_table_new (const BatonResource *resource);
BatonColumns *baton_table_get_columns (BatonTable *self); /* (transfer none) */
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

G_END_DECLS
