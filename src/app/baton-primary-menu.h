/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Returns: (transfer full) (floating): the button "Main menu" of a header bar. Main thread. */
GtkWidget *baton_primary_menu_new (void);

G_END_DECLS
