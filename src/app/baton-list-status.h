/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-table.h"

G_BEGIN_DECLS

/**
 * BatonListStatus:
 *
 * The line under a table: which rows of how many are on screen, how many are selected, how old they are, and whether the last refresh
 * failed. Main thread.
 */
#define BATON_TYPE_LIST_STATUS (baton_list_status_get_type ())
G_DECLARE_FINAL_TYPE (BatonListStatus, baton_list_status, BATON, LIST_STATUS, GtkBox)

/* To be called where any of it changes, and each second, since the age grows. @list: (nullable): that @table shows. */
void baton_list_status_update (BatonListStatus *self, BatonPagedList *list, BatonTable *table, guint64 n_selected);
/* @error: (nullable): why what is shown could not be refreshed. */
void baton_list_status_set_error (BatonListStatus *self, const GError *error);

G_END_DECLS
