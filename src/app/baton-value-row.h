/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A title, a value, and a button that copies the value. Property: value. */
#define BATON_TYPE_VALUE_ROW (baton_value_row_get_type ())
G_DECLARE_FINAL_TYPE (BatonValueRow, baton_value_row, BATON, VALUE_ROW, AdwActionRow)

GtkWidget *baton_value_row_new (const char *title, const char *value);
/* @value: (nullable): NULL or empty shows a dash and nothing to copy. Plain text. */
void baton_value_row_set_value (BatonValueRow *self, const char *value);
const char *baton_value_row_get_value (BatonValueRow *self); /* (nullable) */
/* @copied: (nullable): what is copied where it is not what is shown (a time, a name). */
void baton_value_row_set_copied (BatonValueRow *self, const char *copied);

G_END_DECLS
