/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-connection.h"

G_BEGIN_DECLS

/* The user key, or password, of a connection: hidden; reveal, copy, "Replace key". Shown it is hidden again after 30 seconds and when it leaves the
 * screen. */
#define BATON_TYPE_KEY_GROUP (baton_key_group_get_type ())
G_DECLARE_FINAL_TYPE (BatonKeyGroup, baton_key_group, BATON, KEY_GROUP, GtkWidget)

/* @connection: (nullable). */
void baton_key_group_set_connection (BatonKeyGroup *self, BatonConnection *connection);

G_END_DECLS
