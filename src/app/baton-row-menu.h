/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "baton-connection.h"
#include "resources/baton-resource.h"

G_BEGIN_DECLS

/* The context menu of a row: its details, what can be done with it, what of it can be copied. Its actions stand in the group "view".
 * @connection: (nullable): whose permissions count. @field: the column that was clicked, a position in the fields.
 * Returns: (transfer full). Main thread. */
GMenuModel *baton_row_menu_new (const BatonResource *resource, BatonConnection *connection, guint field);

G_END_DECLS
