/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-connection.h"

G_BEGIN_DECLS

/* One generic view over the catalogue: table, chips, search, states, detail pane. */
#define BATON_TYPE_RESOURCE_VIEW (baton_resource_view_get_type ())
G_DECLARE_FINAL_TYPE (BatonResourceView, baton_resource_view, BATON, RESOURCE_VIEW, GtkWidget)

GtkWidget *baton_resource_view_new (void);
/* @connection: (nullable). */
void baton_resource_view_set_connection (BatonResourceView *self, BatonConnection *connection);

G_END_DECLS
