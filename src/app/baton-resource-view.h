/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-connection.h"
#include "baton-paged-list.h"
#include "resources/baton-resource.h"

G_BEGIN_DECLS

/**
 * BatonResourceView:
 *
 * One generic view over the catalogue: table, filter chips, search, states, detail pane, actions. Main thread.
 *
 * Its actions are the group "view" around it; baton_resource_view_get_actions() gives it to the workspace, so that header and
 * keys reach the view that is shown: refresh, search, clear-filters, copy-row, copy-cell, copy-json, copy-curl, open-details,
 * close-details, follow-link(u: place of the link), select-all, unselect-all, reset-columns and do-ACTION for each action of
 * the resource.
 *
 * Signals: count-changed (): the number of records is another. folder-chosen (BatonFolder *folder): on the page that asks for one.
 */
#define BATON_TYPE_RESOURCE_VIEW (baton_resource_view_get_type ())
G_DECLARE_FINAL_TYPE (BatonResourceView, baton_resource_view, BATON, RESOURCE_VIEW, GtkWidget)

GtkWidget *baton_resource_view_new (const BatonResource *resource);
/* @connection: (nullable). */
void baton_resource_view_set_connection (BatonResourceView *self, BatonConnection *connection);
/* Folders.Id; 0 is all folders. */
void baton_resource_view_set_folder (BatonResourceView *self, gint64 folder);
/* @filter: (nullable): of OData, shown as a chip with @label (nullable). */
void baton_resource_view_set_link (BatonResourceView *self, const char *filter, const char *label);
const BatonResource *baton_resource_view_get_resource (BatonResourceView *self);
GActionGroup *baton_resource_view_get_actions (BatonResourceView *self); /* (transfer none) */
/* Returns: (transfer none) (nullable). */
BatonPagedList *baton_resource_view_get_list (BatonResourceView *self);
/* Where there is little room, as on a phone, the first action is its icon alone. */
void baton_resource_view_set_narrow (BatonResourceView *self, gboolean narrow);
/* -1 while it is not known. */
gint64 baton_resource_view_get_total (BatonResourceView *self);
/* TRUE while a search or a filter holds rows back. */
gboolean baton_resource_view_is_filtered (BatonResourceView *self);
/* "loading", "table", "empty", "error" or "folder". */
const char *baton_resource_view_get_state (BatonResourceView *self);

G_END_DECLS
