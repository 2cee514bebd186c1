/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Gives the text inside an entry row the row's title as its accessible name: libadwaita 1.2 names the row alone, and what a screen reader stands on
 * is the text. Its button "Apply", which is an icon with a tooltip, is named too. @row: an AdwEntryRow. Main thread. */
void baton_entry_name_set (GtkWidget *row);

G_END_DECLS
