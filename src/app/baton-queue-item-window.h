/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-form-window.h"
#include "resources/baton-resource.h"

G_BEGIN_DECLS

/* Adds an item to a queue (fact sheet 6.11; definition: Queues_AddQueueItem). Main thread. */
#define BATON_TYPE_QUEUE_ITEM_WINDOW (baton_queue_item_window_get_type ())
G_DECLARE_FINAL_TYPE (BatonQueueItemWindow, baton_queue_item_window, BATON, QUEUE_ITEM_WINDOW, BatonFormWindow)

/* @queue: (nullable): a record of queues to begin with. @folder: 0 is all folders. */
GtkWindow *baton_queue_item_window_new (GtkWindow *parent,
                                        BatonConnection *connection,
                                        gint64 folder,
                                        BatonRecord *queue);
/* Reads local time as a person types it, "2026-01-31 12:00" or "2026-01-31". @time: (out): microseconds, 0 for "".
 * Returns: FALSE where it is no time. */
gboolean baton_queue_item_parse_time (const char *text, gint64 *time);

G_END_DECLS
