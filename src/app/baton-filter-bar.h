/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "resources/baton-resource.h"

G_BEGIN_DECLS

/**
 * BatonFilterBar:
 *
 * A chip for each field of a resource that can be filtered, and one for the link that led here. Signal: changed (): what is asked changed.
 * Main thread.
 */
#define BATON_TYPE_FILTER_BAR (baton_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (BatonFilterBar, baton_filter_bar, BATON, FILTER_BAR, GtkWidget)

GtkWidget *baton_filter_bar_new (const BatonResource *resource);
/* TRUE where there is a chip to show. */
gboolean baton_filter_bar_has_chips (BatonFilterBar *self);
/* TRUE while something is asked. */
gboolean baton_filter_bar_is_set (BatonFilterBar *self);
/* Returns: (transfer full) (nullable): OData's $filter of all chips. */
char *baton_filter_bar_to_odata (BatonFilterBar *self);
/* Returns: (transfer full): what is asked, a line each chip: "State: Faulted". */
char *baton_filter_bar_dup_summary (BatonFilterBar *self);
void baton_filter_bar_clear (BatonFilterBar *self);
/* A filter that a link of another resource made; clears all others. @filter: (nullable): takes it away. */
void baton_filter_bar_set_link (BatonFilterBar *self, const char *filter, const char *label);
/* For one field's chip; (transfer none) (nullable). */
GtkWidget *baton_filter_bar_get_chip (BatonFilterBar *self, const char *field_id);

G_END_DECLS
