/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "baton-clock.h"
#include "baton-request.h"

G_BEGIN_DECLS

/**
 * BatonPacer:
 *
 * Keeps the requests to one tenant under the limits of the service (fact sheet 5.2): 15 a second of
 * all, 100 a minute of lists of jobs and queue items. What a person waits for goes ahead, and the
 * background leaves a part of the lists to it. While the service asked to wait, all wait. Main
 * thread.
 *
 * Properties, all notify: paused-until (wall, microseconds, 0 none).
 */
#define BATON_TYPE_PACER (baton_pacer_get_type ())
G_DECLARE_FINAL_TYPE (BatonPacer, baton_pacer, BATON, PACER, GObject)

#define BATON_PACER_PER_SECOND 15
#define BATON_PACER_LISTS_PER_MINUTE 100
#define BATON_PACER_BACKGROUND_LISTS_PER_MINUTE 80

BatonPacer *baton_pacer_new (BatonClock *clock);

/* Completes when a request may go.
 * @counted: it is a list that the service counts. @delay: not before so many microseconds. Error:
 * cancellation alone. */
void baton_pacer_wait_async (BatonPacer *self,
                             BatonPriority priority,
                             gboolean counted,
                             gint64 delay,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean baton_pacer_wait_finish (BatonPacer *self, GAsyncResult *result, GError **error);

/* The service asked to wait @pause microseconds. A shorter pause than the running one changes
 * nothing. */
void baton_pacer_pause (BatonPacer *self, gint64 pause);
gint64 baton_pacer_get_paused_until (BatonPacer *self);

G_END_DECLS
