/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-batch.h"

G_BEGIN_DECLS

/* The outcome of a batch, a row for each record, with "Retry failed". May be closed while it runs. Main thread. */
#define BATON_TYPE_BATCH_WINDOW (baton_batch_window_get_type ())
G_DECLARE_FINAL_TYPE (BatonBatchWindow, baton_batch_window, BATON, BATCH_WINDOW, AdwWindow)

GtkWindow *baton_batch_window_new (GtkWindow *parent, BatonBatch *batch);

G_END_DECLS
