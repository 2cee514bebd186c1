/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BatonSingleFlight:
 *
 * Lets any number of callers wait on one running operation per key. Each caller may cancel alone; the
 * operation is cancelled with its last caller. Main thread.
 */
#define BATON_TYPE_SINGLE_FLIGHT (baton_single_flight_get_type ())
G_DECLARE_FINAL_TYPE (BatonSingleFlight, baton_single_flight, BATON, SINGLE_FLIGHT, GObject)

/* Starts the operation. It completes @shared exactly once, with a pointer or an error, and watches
 * g_task_get_cancellable (shared). */
typedef void (*BatonSingleFlightStart) (GTask *shared, gpointer user_data);

/* @copy and @free: how each caller gets a result of its own. */
BatonSingleFlight *baton_single_flight_new (GBoxedCopyFunc copy, GDestroyNotify free);

/* @key: the operation; where one of this key runs already, @start is not called. @user_data is passed to
 * @start and must live until it returns. */
void baton_single_flight_run_async (BatonSingleFlight *self,
                                    const char *key,
                                    BatonSingleFlightStart start,
                                    gpointer user_data,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer callback_data);
/* Returns: (transfer full): as @copy made it. */
gpointer baton_single_flight_run_finish (BatonSingleFlight *self, GAsyncResult *result, GError **error);

gboolean baton_single_flight_is_running (BatonSingleFlight *self, const char *key);

G_END_DECLS
