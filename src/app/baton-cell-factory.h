/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "resources/baton-resource.h"

G_BEGIN_DECLS

/* What makes the cells of one column of a BatonTable and gives each its BatonRow. @field: position in the fields; the one that names
 * the record names the row for assistive technology, too. Returns: (transfer full). Main thread. */
GtkListItemFactory *baton_cell_factory_new (const BatonResource *resource, guint field);

G_END_DECLS
