/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-folder-list.h"
#include "resources/baton-resource.h"

G_BEGIN_DECLS

/**
 * BatonListPages:
 *
 * What stands where the rows of a resource do: its table, or that they are being loaded, that there are none, why they did not come, or the
 * folders to choose from. Its buttons activate "view.clear-filters" and "view.refresh" of the widget around. Main thread.
 *
 * Signal: folder-chosen (BatonFolder *folder).
 */
#define BATON_TYPE_LIST_PAGES (baton_list_pages_get_type ())
G_DECLARE_FINAL_TYPE (BatonListPages, baton_list_pages, BATON, LIST_PAGES, GtkWidget)

/* To be called once, before the rest. @table: (transfer floating): shows the rows of @resource. */
void baton_list_pages_set_table (BatonListPages *self, const BatonResource *resource, GtkWidget *table);
/* @connection: (nullable): whose folders there are to choose from. */
void baton_list_pages_set_connection (BatonListPages *self, BatonConnection *connection);
/* @page: "loading", "table", "empty", "error" or "folder". */
void baton_list_pages_show (BatonListPages *self, const char *page);
/* Returns: (transfer none): one of the above. */
const char *baton_list_pages_get_shown (BatonListPages *self);
/* The keys go to the page "folder", which is shown. Returns: FALSE where there is none to choose. */
gboolean baton_list_pages_focus_folders (BatonListPages *self);
/* Fills the page "empty". @summary: (nullable): what was asked for; NULL where it was all there is. */
void baton_list_pages_set_empty (BatonListPages *self, const char *summary);
/* Fills the page "error". */
void baton_list_pages_set_error (BatonListPages *self, const GError *error);

G_END_DECLS
