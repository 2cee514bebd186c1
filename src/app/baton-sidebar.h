/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-connection.h"
#include "resources/baton-resource.h"

G_BEGIN_DECLS

/**
 * BatonSidebar:
 *
 * Where one is and where one can go: the folder, and the pages in groups. Signals: page-chosen (const char *id),
 * folder-chosen (BatonFolder *folder): NULL is "All folders". Main thread.
 */
#define BATON_TYPE_SIDEBAR (baton_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (BatonSidebar, baton_sidebar, BATON, SIDEBAR, GtkWidget)

GtkWidget *baton_sidebar_new (void);
/* @connection: (nullable). */
void baton_sidebar_set_connection (BatonSidebar *self, BatonConnection *connection);
void baton_sidebar_set_page (BatonSidebar *self, const char *id);
/* The @n-th page from the top, from 0. Returns: (nullable). */
const char *baton_sidebar_get_nth_page (BatonSidebar *self, guint n);
/* @folder: (nullable): all folders. @scope: of the page that is shown: whether the folder matters, and whether "All folders" is offered. */
void baton_sidebar_set_folder (BatonSidebar *self, BatonFolder *folder, BatonScope scope);
/* How many records a page has; -1 takes the figure away. */
void baton_sidebar_set_count (BatonSidebar *self, const char *id, gint64 count);
/* Something above the folder, where the header has no room for it. @child: (nullable). */
void baton_sidebar_set_top (BatonSidebar *self, GtkWidget *child);
/* Opens the list of folders. */
void baton_sidebar_popup_folders (BatonSidebar *self);

G_END_DECLS
