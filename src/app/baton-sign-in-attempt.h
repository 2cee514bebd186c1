/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-connection.h"
#include "baton-secret-store.h"

G_BEGIN_DECLS

/**
 * BatonSignInAttempt:
 *
 * One try to sign in. Where it comes to nothing it leaves nothing behind, neither in the keyring nor
 * in memory. Main thread.
 */
#define BATON_TYPE_SIGN_IN_ATTEMPT (baton_sign_in_attempt_get_type ())
G_DECLARE_FINAL_TYPE (BatonSignInAttempt, baton_sign_in_attempt, BATON, SIGN_IN_ATTEMPT, GObject)

BatonSignInAttempt *baton_sign_in_attempt_new (BatonAccount *account, BatonSecretStore *store);
/* Returns: (transfer none): that it opens. */
BatonConnection *baton_sign_in_attempt_get_connection (BatonSignInAttempt *self);

/* Once. @for_this_run: @secret is kept in memory alone. Errors and @keyring_error: as of
 * baton_connection_open_async(). */
void baton_sign_in_attempt_run_async (BatonSignInAttempt *self,
                                      BatonSecret *secret,
                                      gboolean for_this_run,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean baton_sign_in_attempt_run_finish (BatonSignInAttempt *self,
                                           GAsyncResult *result,
                                           GError **keyring_error,
                                           GError **error);
/* Gives up at once; running ends with %G_IO_ERROR_CANCELLED. */
void baton_sign_in_attempt_cancel (BatonSignInAttempt *self);

G_END_DECLS
