/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-connection.h"

G_BEGIN_DECLS

/* The access token of a connection: issued, expires with a live countdown, renews, its claims; "Renew now", "Copy as cURL". Its clock ticks while it is
 * on screen alone. */
#define BATON_TYPE_TOKEN_GROUP (baton_token_group_get_type ())
G_DECLARE_FINAL_TYPE (BatonTokenGroup, baton_token_group, BATON, TOKEN_GROUP, GtkWidget)

/* @connection: (nullable). */
void baton_token_group_set_connection (BatonTokenGroup *self, BatonConnection *connection);

G_END_DECLS
