/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-connection.h"
#include "resources/baton-resource.h"

G_BEGIN_DECLS

/**
 * BatonDetailPane:
 *
 * Everything about one record, readable: the values of the list at once, the rest a moment later, fetched by key. Its buttons
 * activate "view.do-ACTION" and "view.follow-link" of the widget around it. Main thread.
 */
#define BATON_TYPE_DETAIL_PANE (baton_detail_pane_get_type ())
G_DECLARE_FINAL_TYPE (BatonDetailPane, baton_detail_pane, BATON, DETAIL_PANE, GtkWidget)

GtkWidget *baton_detail_pane_new (const BatonResource *resource);
/* @connection: (nullable). */
void baton_detail_pane_set_connection (BatonDetailPane *self, BatonConnection *connection);
/* @record: (nullable): what is selected where it is one. @n_selected: how many are. @folder: 0 is all folders. */
void baton_detail_pane_set_selection (BatonDetailPane *self,
                                      BatonRecord *record,
                                      guint64 n_selected,
                                      gint64 folder);
/* The record as fetched by key, else that of the list. (transfer none) (nullable) */
BatonRecord *baton_detail_pane_get_record (BatonDetailPane *self);
/* Returns: (transfer full) (nullable): the record as the service sent it, once it was fetched. */
char *baton_detail_pane_dup_json (BatonDetailPane *self);
/* Fetches what is shown again, in place. */
void baton_detail_pane_reload (BatonDetailPane *self);
/* Tells by tooltip which permission an action lacks; to be called where permissions change. */
void baton_detail_pane_update_permissions (BatonDetailPane *self);

G_END_DECLS
