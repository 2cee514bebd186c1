/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "baton-connection.h"

G_BEGIN_DECLS

/**
 * BatonFolderList:
 *
 * The folders of a connection as a tree with a search. Signal: chosen (BatonFolder *folder): NULL is "All folders". Main thread.
 */
#define BATON_TYPE_FOLDER_LIST (baton_folder_list_get_type ())
G_DECLARE_FINAL_TYPE (BatonFolderList, baton_folder_list, BATON, FOLDER_LIST, GtkWidget)

GtkWidget *baton_folder_list_new (void);
/* @connection: (nullable). */
void baton_folder_list_set_connection (BatonFolderList *self, BatonConnection *connection);
/* Whether "All folders" is offered. */
void baton_folder_list_set_allow_all (BatonFolderList *self, gboolean allow_all);
/* The folder that is marked; NULL is "All folders". */
void baton_folder_list_set_current (BatonFolderList *self, BatonFolder *folder);
/* Forgets what was searched. */
void baton_folder_list_reset (BatonFolderList *self);

G_END_DECLS
