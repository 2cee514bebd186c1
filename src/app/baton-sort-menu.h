/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-columns.h"

G_BEGIN_DECLS

/**
 * baton_sort_menu_new:
 * @actions: gets "sort" and "sort-order", which outlive @columns without harm
 *
 * What a click on a column's title does, for the keyboard: GTK 4.8 gives titles no focus.
 *
 * Returns: (transfer full): a menu of the fields that the server sorts by and the two directions, whose actions stand in the
 * group "view"
 */
GMenuModel *baton_sort_menu_new (BatonColumns *columns, GActionMap *actions);

G_END_DECLS
