/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "resources/baton-resource.h"

G_BEGIN_DECLS

/* The widgets of a detail pane. Main thread. */

/* TRUE where a value needs the whole width: JSON, text of several lines or very long text. */
gboolean baton_property_is_wide (BatonRecord *record, guint field);
/* Returns: (transfer floating): a value on a line: a label that can be selected, with an icon where it is a state. */
GtkWidget *baton_property_new_value (BatonRecord *record, guint field);
/* Returns: (transfer floating): a heading that opens and closes the text under it, with Copy. @expanded: at first. */
GtkWidget *baton_property_new_text (const char *title, const char *text, gboolean monospace, gboolean expanded);
/* Returns: (transfer floating): @text to read and select, at most @max_height pixels high; 0: fills its place. */
GtkWidget *baton_property_new_text_view (const char *title, const char *text, gboolean monospace, int max_height);

G_END_DECLS
