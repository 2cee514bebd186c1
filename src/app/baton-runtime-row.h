/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-connection.h"

G_BEGIN_DECLS

/**
 * BatonRuntimeRow:
 *
 * Chooses the runtime type that a job needs: those of the folder, with how many are free, as the
 * service tells them; their plain names where it does not. Main thread.
 */
#define BATON_TYPE_RUNTIME_ROW (baton_runtime_row_get_type ())
G_DECLARE_FINAL_TYPE (BatonRuntimeRow, baton_runtime_row, BATON, RUNTIME_ROW, AdwComboRow)

GtkWidget *baton_runtime_row_new (void);
/* Asks for the runtimes of @folder (fact sheet 6.6; definition:
 * Machines_GetRuntimesForFolderByFolderid). What was chosen stays chosen where it is there too. */
void baton_runtime_row_load (BatonRuntimeRow *self, BatonConnection *connection, gint64 folder);
/* Returns: (transfer none): "Unattended" as the service names it. */
const char *baton_runtime_row_get_runtime (BatonRuntimeRow *self);
gboolean baton_runtime_row_is_loading (BatonRuntimeRow *self);

G_END_DECLS
