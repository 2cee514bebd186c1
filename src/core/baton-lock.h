/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BatonLock:
 *
 * One name, held by one holder of all processes of this person at a time: a lock of the system on a
 * file in the runtime folder, which goes with the process however it ends. Free it from any thread.
 */
typedef struct _BatonLock BatonLock;

/* Waits for the lock of @name, which is a file name. Main thread; waits in a worker thread.
 * Errors: CANCELLED; an error of G_IO_ERROR where the runtime folder cannot be written to. */
void baton_lock_acquire_async (const char *name,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/* Returns: (transfer full): give it back with baton_lock_release(). */
BatonLock *baton_lock_acquire_finish (GAsyncResult *result, GError **error);
/* Takes the lock where nobody has it. Never waits. Returns: (transfer full) (nullable): NULL without
 * an error where somebody has it. */
BatonLock *baton_lock_try (const char *name, GError **error);
void baton_lock_release (BatonLock *self);

/* A mark that outlives the holder, also one that was killed, until the person's session ends: what
 * it began has perhaps not come to its end. Who holds the lock sets and reads it. */
void baton_lock_set_mark (BatonLock *self, gboolean mark);
gboolean baton_lock_get_mark (BatonLock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonLock, baton_lock_release)

G_END_DECLS
