/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-table.h"

G_BEGIN_DECLS

/* A button with a popover that says which columns of @table are shown. @table: (nullable): to be given before it is opened. */
#define BATON_TYPE_COLUMN_CHOOSER (baton_column_chooser_get_type ())
G_DECLARE_FINAL_TYPE (BatonColumnChooser, baton_column_chooser, BATON, COLUMN_CHOOSER, GtkWidget)

GtkWidget *baton_column_chooser_new (void);
void baton_column_chooser_set_table (BatonColumnChooser *self,
                                     BatonTable *table,
                                     const BatonResource *resource);

G_END_DECLS
