/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "baton-columns.h"
#include "baton-connection.h"

G_BEGIN_DECLS

/**
 * BatonListBar:
 *
 * What stands above a table: the search, the filters, the first action that needs no row, the columns and the menu. It knows what is asked of
 * the list. Its buttons activate actions of the group "view" of the widget around. Main thread.
 *
 * Signals: changed (): something else is asked. left (): the person is done with searching.
 */
#define BATON_TYPE_LIST_BAR (baton_list_bar_get_type ())
G_DECLARE_FINAL_TYPE (BatonListBar, baton_list_bar, BATON, LIST_BAR, GtkBox)

/* To be called once, before the rest. @columns: of the table below. @actions: the group "view", gets the actions of the sort menu.
 * @typed: (transfer none): what is typed there is searched for. */
void baton_list_bar_set_up (BatonListBar *self, BatonColumns *columns, GActionMap *actions, GtkWidget *typed);

/* Returns: (transfer none): "" for none. */
const char *baton_list_bar_get_search (BatonListBar *self);
/* Returns: (transfer full) (nullable): OData's $filter. */
char *baton_list_bar_dup_filter (BatonListBar *self);
/* TRUE while search or filters hold rows back. */
gboolean baton_list_bar_is_filtered (BatonListBar *self);
/* Returns: (transfer full) (nullable): what is asked, in lines for a person; NULL where nothing is. */
char *baton_list_bar_dup_summary (BatonListBar *self);
void baton_list_bar_clear (BatonListBar *self);
/* A filter that a link of another resource made, in place of what was asked. @filter, @label: (nullable): NULL takes it away. */
void baton_list_bar_set_link (BatonListBar *self, const char *filter, const char *label);

void baton_list_bar_focus_search (BatonListBar *self);
/* The columns were chosen elsewhere. */
void baton_list_bar_update_columns (BatonListBar *self);
/* Where there is little room, as on a phone, the first action is its icon alone. */
void baton_list_bar_set_narrow (BatonListBar *self, gboolean narrow);
/* Tells by tooltip which permission the first action lacks. @connection: (nullable). */
void baton_list_bar_update_permissions (BatonListBar *self, BatonConnection *connection);

G_END_DECLS
