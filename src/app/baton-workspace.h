/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-connection.h"

G_BEGIN_DECLS

/* What a signed-in person works in: header, sidebar, content. Shows one connection. */
#define BATON_TYPE_WORKSPACE (baton_workspace_get_type ())
G_DECLARE_FINAL_TYPE (BatonWorkspace, baton_workspace, BATON, WORKSPACE, GtkWidget)

GtkWidget *baton_workspace_new (void);
/* @connection: (nullable). */
void baton_workspace_set_connection (BatonWorkspace *self, BatonConnection *connection);
/* @id: a resource of the catalogue, "tenant" or "api-access". @filter: (nullable): of OData, shown as a chip with @filter_label. */
void baton_workspace_show_page (BatonWorkspace *self, const char *id, const char *filter, const char *filter_label);
const char *baton_workspace_get_page (BatonWorkspace *self);
/* The bar under the header. (transfer none) */
GtkWidget *baton_workspace_get_banner (BatonWorkspace *self);
void baton_workspace_add_toast (BatonWorkspace *self, AdwToast *toast); /* (transfer full) */

G_END_DECLS
