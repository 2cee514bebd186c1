/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "resources/baton-record.h"

G_BEGIN_DECLS

/**
 * BatonSelection:
 *
 * What is selected in a list that is only partly there: all or nothing, and the exceptions to that. An exception is known by its
 * slot until its record comes, and by its key from then on, so that it follows the record to another place.
 * What costs the size of the list is never done. Main thread.
 */
typedef struct _BatonSelection BatonSelection;

BatonSelection *baton_selection_new (void);
void baton_selection_free (BatonSelection *self);

gboolean baton_selection_is_selected (BatonSelection *self, guint slot);
/* Returns: (transfer full): the positions in @first .. @first + @n - 1 that are selected; @base:
 * slot of position 0. */
GtkBitset *baton_selection_get_range (BatonSelection *self, guint base, guint first, guint n);
/* How many of @n_items are selected. */
guint64 baton_selection_get_size (BatonSelection *self, guint n_items);
gboolean baton_selection_get_all (BatonSelection *self);

/* Forgets the exceptions. */
void baton_selection_set_all (BatonSelection *self, gboolean all);
void baton_selection_mark (BatonSelection *self, guint slot, guint n, gboolean selected);
/* The record at @slot became known. */
void baton_selection_resolve (BatonSelection *self, guint slot, BatonRecord *record);
/* @records are now at @slot and on. Returns: TRUE where what is selected there changed. */
gboolean baton_selection_land (BatonSelection *self, guint slot, GPtrArray *records, guint n);
/* What is outside @first .. @end - 1 is no longer in the list. */
void baton_selection_clip (BatonSelection *self, guint first, guint end);
/* The list is in a new order: what is known by key is found again where it lands. */
void baton_selection_detach (BatonSelection *self);

/* Returns: (transfer full) (element-type BatonRecord): the records of exceptions that are in the
 * list, in its order. */
GPtrArray *baton_selection_dup_exceptions (BatonSelection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonSelection, baton_selection_free)

G_END_DECLS
