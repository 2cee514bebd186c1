/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "baton-account.h"
#include "baton-clock.h"
#include "baton-secret.h"
#include "baton-token.h"

G_BEGIN_DECLS

/**
 * BatonAuthenticator:
 *
 * Turns the secret of an account into an access token, and revokes it, in one of the ways to sign
 * in (BatonWay). Main thread.
 */
#define BATON_TYPE_AUTHENTICATOR (baton_authenticator_get_type ())
G_DECLARE_FINAL_TYPE (BatonAuthenticator, baton_authenticator, BATON, AUTHENTICATOR, GObject)

/* @clock: (nullable): NULL is the machine's. */
BatonAuthenticator *baton_authenticator_new (BatonMethod method, BatonClock *clock);

/* @rotated: (out) (transfer full) (nullable): a secret that replaces @secret and must be kept
 * before the token is used.
 * Errors: BAD_CREDENTIALS (wrong client id, user, password), KEY_REVOKED (invalid_grant), INVALID
 * (the account lacks something, or a scope), network and server errors. */
void baton_authenticator_acquire_async (BatonAuthenticator *self,
                                        BatonAccount *account,
                                        BatonSecret *secret,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
BatonToken *baton_authenticator_acquire_finish (BatonAuthenticator *self,
                                                GAsyncResult *result,
                                                BatonSecret **rotated,
                                                GError **error);
/* Errors: NOT_IMPLEMENTED, with how a person does it, where this way has no revocation on the
 * server. */
void baton_authenticator_revoke_async (BatonAuthenticator *self,
                                       BatonAccount *account,
                                       BatonSecret *secret,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean
baton_authenticator_revoke_finish (BatonAuthenticator *self, GAsyncResult *result, GError **error);
/* The server's clock shows @date (wall, microseconds; 0 unknown): it may go otherwise than ours.
 * The authenticator tells it itself what its own calls bring. */
void baton_authenticator_note_date (BatonAuthenticator *self, gint64 date);
/* Returns: how far the server's clock is ahead of ours, microseconds; 0 where it is right, as far
 * as we know. */
gint64 baton_authenticator_get_offset (BatonAuthenticator *self);
/* Returns: TRUE where a token is asked for from the server, FALSE where the secret is the token. */
gboolean baton_authenticator_asks (BatonAuthenticator *self);
/* Returns: TRUE where the server can be told to revoke. */
gboolean baton_authenticator_can_revoke (BatonAuthenticator *self);
/* Returns: TRUE where each renewal spends the secret and brings another (fact sheet 2.3). */
gboolean baton_authenticator_rotates (BatonAuthenticator *self);

G_END_DECLS
