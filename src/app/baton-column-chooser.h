/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-columns.h"

G_BEGIN_DECLS

/* A button with a popover that says which of @columns are shown. @columns: (nullable): to be given before it is opened. Main thread. */
#define BATON_TYPE_COLUMN_CHOOSER (baton_column_chooser_get_type ())
G_DECLARE_FINAL_TYPE (BatonColumnChooser, baton_column_chooser, BATON, COLUMN_CHOOSER, GtkWidget)

void baton_column_chooser_set_columns (BatonColumnChooser *self, BatonColumns *columns);

G_END_DECLS
