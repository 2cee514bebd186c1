/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "baton-connection.h"
#include "baton-row.h"
#include "resources/baton-resource.h"

G_BEGIN_DECLS

/**
 * BatonPagedList:
 *
 * A remote collection of any size as a GListModel of BatonRow with a GtkSelectionModel of its own: the count at
 * once, pages on demand, placeholders that fill in place, a bounded cache. The server sorts and filters. It learns the server's
 * page cap from what comes back and never takes a short page for the end. Selection is kept by key over a refresh. Main thread.
 *
 * Properties, all notify: total (gint64, -1 unknown), loading (gboolean), error (GError, nullable), updated-at (wall, microseconds).
 */
#define BATON_TYPE_PAGED_LIST (baton_paged_list_get_type ())
G_DECLARE_FINAL_TYPE (BatonPagedList, baton_paged_list, BATON, PAGED_LIST, GObject)

BatonPagedList *baton_paged_list_new (BatonConnection *connection, const BatonResource *resource);

const BatonResource *baton_paged_list_get_resource (BatonPagedList *self);

/* What is shown; each starts the list anew, once, in an idle. @folder: 0 is all folders, and none where the resource must have one: then
 * the list is empty and asks nothing. Another folder's rows go at once; else the old ones stay until the first of the new are there.
 * On "tenant-changed" the list forgets its folder and waits for a new one. */
void baton_paged_list_set_folder (BatonPagedList *self, gint64 folder);
gint64 baton_paged_list_get_folder (BatonPagedList *self);
void baton_paged_list_set_sort (BatonPagedList *self, const char *field_id, gboolean descending);
/* @filter: (nullable): an OData $filter without the search. It and the search end the selection;
 * the sort keeps it. */
void baton_paged_list_set_filter (BatonPagedList *self, const char *filter);
void baton_paged_list_set_search (BatonPagedList *self, const char *text);

/* Asks again for what is on screen, in place: rows, selection and scroll position stay. Rows that came in at the top are told as
 * items-changed there, so that a view which was at its top has to scroll to see them. Also tries again what failed. */
void baton_paged_list_refresh (BatonPagedList *self, BatonPriority priority);
/* What the view shows now: these pages are fetched first, others that nobody sees are dropped. */
void baton_paged_list_set_visible_range (BatonPagedList *self, guint first, guint last);

gint64 baton_paged_list_get_total (BatonPagedList *self);
gboolean baton_paged_list_get_loading (BatonPagedList *self);
const GError *baton_paged_list_get_error (BatonPagedList *self);
gint64 baton_paged_list_get_updated_at (BatonPagedList *self);

/* Returns: (transfer full) (element-type BatonRecord): the records selected that are loaded. */
GPtrArray *baton_paged_list_dup_selected (BatonPagedList *self);
/* How many are selected, loaded or not. */
guint64 baton_paged_list_get_n_selected (BatonPagedList *self);
/* The request of the first page as it is asked now, for "Copy as cURL". (transfer full) */
BatonRequest *baton_paged_list_dup_request (BatonPagedList *self);

G_END_DECLS
