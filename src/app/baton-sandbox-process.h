/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BatonSandboxProcess:
 *
 * The program baton-sandbox as a child of this one, on a free loopback port; it ends with us, since it holds the other end of its
 * standard input. Signal: exited (), when it ended by itself. Main thread.
 */
#define BATON_TYPE_SANDBOX_PROCESS (baton_sandbox_process_get_type ())
G_DECLARE_FINAL_TYPE (BatonSandboxProcess, baton_sandbox_process, BATON, SANDBOX_PROCESS, GObject)

BatonSandboxProcess *baton_sandbox_process_new (void);

/* Starts it, and completes when it answers requests; at once where it runs already. Errors: BATON_ERROR_NOT_FOUND where the program is not
 * installed, BATON_ERROR_TIMED_OUT, BATON_ERROR_BAD_ANSWER where it said something else than it should. */
void baton_sandbox_process_start_async (BatonSandboxProcess *self,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean baton_sandbox_process_start_finish (BatonSandboxProcess *self,
                                             GAsyncResult *result,
                                             GError **error);

/* All (transfer none) (nullable): NULL until it is ready. Fixed and well known, so nothing of it is secret. */
const char *baton_sandbox_process_get_orchestrator (BatonSandboxProcess *self); /* its address */
const char *baton_sandbox_process_get_client_id (BatonSandboxProcess *self);
const char *baton_sandbox_process_get_user_key (BatonSandboxProcess *self);

G_END_DECLS
