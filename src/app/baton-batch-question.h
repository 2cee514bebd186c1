/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "baton-batch.h"

G_BEGIN_DECLS

/* Asks whether @batch is to be run: of a single record by its name, of several by how many they are of @resource, and how many of the
 * @n_selected that leaves out. @parent: (nullable). @answered is called with @object, which is referenced until then, and @batch, only where
 * that is wanted. Main thread. */
void baton_batch_question_ask (GtkWindow *parent,
                               const BatonResource *resource,
                               BatonBatch *batch,
                               guint64 n_selected,
                               gpointer object,
                               void (*answered) (gpointer object, gpointer batch));

G_END_DECLS
