/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-authenticator.h"
#include "baton-clock.h"
#include "baton-secret-store.h"

G_BEGIN_DECLS

typedef enum
{
  BATON_KEEPER_SIGNED_OUT, /* no token yet, or forgotten */
  BATON_KEEPER_RENEWING,
  BATON_KEEPER_VALID,
  BATON_KEEPER_OFFLINE, /* renewing fails for want of a network; tried again quietly */
  BATON_KEEPER_REVOKED, /* the server said no: a new key is needed */
} BatonKeeperState;

/**
 * BatonTokenKeeper:
 *
 * Owns the time of one account's access token: renews it ahead of expiry on a timer (at 80 % of its
 * life, at the latest 5 minutes ahead for a long one), checks the wall clock before each use, lets
 * any number of callers wait on one renewal, keeps a rotated secret before it uses the token, tells
 * "revoked" from "no network". It asks at most 5 times within 10 minutes, whatever wants a token,
 * together with the keepers that the account had before; a new one is let through where none of
 * them failed. Some of the five are left for a person's "Try again", and one for the network when it comes back.
 * What renews a token in its own time, one that lived 5 seconds or longer, is not counted unless it
 * fails. Main thread.
 *
 * Properties, all notify: state (BatonKeeperState), token (BatonToken, nullable), renews-at (wall,
 * microseconds, 0 none), error (GError, nullable: of the last renewal that failed),
 * secret-expires-at (by the server's clock, microseconds, 0 never: what renews the token),
 * keyring-error (GError, nullable).
 */
#define BATON_TYPE_TOKEN_KEEPER (baton_token_keeper_get_type ())
G_DECLARE_FINAL_TYPE (BatonTokenKeeper, baton_token_keeper, BATON, TOKEN_KEEPER, GObject)

/* @clock: (nullable): NULL is the machine's. */
BatonTokenKeeper *baton_token_keeper_new (BatonAccount *account,
                                          BatonAuthenticator *authenticator,
                                          BatonSecretStore *store,
                                          BatonClock *clock);

BatonKeeperState baton_token_keeper_get_state (BatonTokenKeeper *self);
BatonToken *baton_token_keeper_get_token (BatonTokenKeeper *self); /* (transfer none) (nullable) */
gint64 baton_token_keeper_get_renews_at (BatonTokenKeeper *self);
const GError *baton_token_keeper_get_error (BatonTokenKeeper *self);
gint64 baton_token_keeper_get_secret_expires_at (BatonTokenKeeper *self);
/* Returns: (nullable): why the keyring has not taken yet what the last renewal brought. It is in
 * memory, and the keyring is tried until it takes it. */
const GError *baton_token_keeper_get_keyring_error (BatonTokenKeeper *self);
/* How far the server's clock is ahead of this machine's, microseconds; 0 where both go the same. */
gint64 baton_token_keeper_get_offset (BatonTokenKeeper *self);

/* A token that is good now: the kept one, or a renewed one. Errors: as of acquire; KEYRING_*;
 * NOT_SIGNED_IN where there is no secret; KEY_REVOKED at once while revoked. Returns: (transfer
 * full). */
void baton_token_keeper_get_token_async (BatonTokenKeeper *self,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
BatonToken *
baton_token_keeper_get_token_finish (BatonTokenKeeper *self, GAsyncResult *result, GError **error);

/* "Renew now": as get_token, but asks the server though the token is good, or the last failure but
 * a moment ago. RATE_LIMITED where that would be too often. */
void baton_token_keeper_renew_async (BatonTokenKeeper *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
BatonToken *
baton_token_keeper_renew_finish (BatonTokenKeeper *self, GAsyncResult *result, GError **error);

/* The server refused @token with 401. Nothing where the kept token is another one by now. */
void baton_token_keeper_invalidate (BatonTokenKeeper *self, BatonToken *token);
/* From now on another token is wanted, as for another tenant. */
void baton_token_keeper_ask_anew (BatonTokenKeeper *self);
/* "Try again": the next one who needs a token does not wait until the pause after a failure is
 * over. */
void baton_token_keeper_insist (BatonTokenKeeper *self);
/* An answer of the server says what time it is there (wall, microseconds; 0 unknown). */
void baton_token_keeper_note_date (BatonTokenKeeper *self, gint64 date);

/* Signs in with @secret (typed in a form): asks the server first, and keeps the secret in the store
 * only when it was good. Where the keyring refuses it, the token is there and kept for this run
 * (the secret in memory), and @keyring_error of finish says why. Also "Replace key".
 * Returns: TRUE signed in. */
void baton_token_keeper_sign_in_async (BatonTokenKeeper *self,
                                       BatonSecret *secret,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean baton_token_keeper_sign_in_finish (BatonTokenKeeper *self,
                                            GAsyncResult *result,
                                            GError **keyring_error,
                                            GError **error);

/* The same in two steps: tried, it is in memory alone, and a token is there; then it is kept, or
 * given up, and the keyring is as it was before. Disposing gives up too. */
void baton_token_keeper_try_async (BatonTokenKeeper *self,
                                   BatonSecret *secret,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean
baton_token_keeper_try_finish (BatonTokenKeeper *self, GAsyncResult *result, GError **error);
void baton_token_keeper_keep_async (BatonTokenKeeper *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean baton_token_keeper_keep_finish (BatonTokenKeeper *self,
                                         GAsyncResult *result,
                                         GError **keyring_error,
                                         GError **error);
void baton_token_keeper_give_up (BatonTokenKeeper *self);

/* Two outcomes, shown as two: @server_error of the revocation, @keyring_error of the forgetting;
 * NULL is success. FALSE only where cancelled. */
void baton_token_keeper_revoke_async (BatonTokenKeeper *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean baton_token_keeper_revoke_finish (BatonTokenKeeper *self,
                                           GAsyncResult *result,
                                           GError **server_error,
                                           GError **keyring_error);

/* Reads the secret for "reveal" and "copy". Returns: (transfer full). */
void baton_token_keeper_lookup_secret_async (BatonTokenKeeper *self,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data);
BatonSecret *baton_token_keeper_lookup_secret_finish (BatonTokenKeeper *self,
                                                      GAsyncResult *result,
                                                      GError **error);

GType baton_keeper_state_get_type (void);
#define BATON_TYPE_KEEPER_STATE (baton_keeper_state_get_type ())

G_END_DECLS
