/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "baton-filter.h"

G_BEGIN_DECLS

/* A button that says what is asked of one field, with a popover to change it. Signal: changed (). Main thread. */
#define BATON_TYPE_FILTER_CHIP (baton_filter_chip_get_type ())
G_DECLARE_FINAL_TYPE (BatonFilterChip, baton_filter_chip, BATON, FILTER_CHIP, GtkWidget)

GtkWidget *baton_filter_chip_new (const BatonField *field);
BatonFilter *baton_filter_chip_get_filter (BatonFilterChip *self); /* (transfer none) */
/* Asks nothing any more; emits changed where it did. */
void baton_filter_chip_clear (BatonFilterChip *self);
/* To be called when the filter was changed from outside; emits changed. */
void baton_filter_chip_update (BatonFilterChip *self);

G_END_DECLS
