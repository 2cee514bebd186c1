/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-renewal-pace.h"
#include "baton-single-flight.h"
#include "baton-token-keeper.h"

G_BEGIN_DECLS

struct _BatonTokenKeeper
{
  GObject parent_instance;

  BatonAccount *account;             /* (owned) */
  BatonAuthenticator *authenticator; /* (owned) */
  BatonSecretStore *store;           /* (owned) */
  BatonClock *clock;                 /* (owned) */
  BatonSingleFlight *flight;         /* (owned) */
  GCancellable *cancellable;         /* (owned): of what the timer starts */

  BatonKeeperState state;
  BatonToken *token; /* (owned) (nullable) */
  gint64 expires_monotonic;
  gboolean refused; /* the service refused the token with 401 */
  GError *error;    /* (owned) (nullable) */
  guint generation; /* one more for each secret: what an older one brings is not taken */

  guint timer;
  gint64 renews_at; /* wall, 0 none */
  gint64 renews_monotonic;
  BatonRenewalPace *pace; /* (unowned): the account's */
  gboolean uncounted; /* the attempt that is on its way counts only where it fails */

  gint64 secret_expires_at; /* of what renews, by the server's clock; 0 never or unknown */

  gboolean on_trial; /* the secret is in memory until somebody keeps it or gives it up */
  /* (owned) (nullable): forgotten here, but not revoked there: for a second try */
  BatonSecret *unrevoked;
};

void
_baton_token_keeper_set_state (BatonTokenKeeper *self, BatonKeeperState state, const GError *error);
/* Only for the schedule; _baton_token_keeper_arm() sets the timer too. @renews_at: wall, 0 none. */
void _baton_token_keeper_set_renews_at (BatonTokenKeeper *self, gint64 renews_at);
/* Takes @token into use, which @secret renews, and sets the timer. */
void
_baton_token_keeper_take_token (BatonTokenKeeper *self, BatonToken *token, BatonSecret *secret);
void _baton_token_keeper_drop_token (BatonTokenKeeper *self);
/* A renewal failed: what comes of it for the state and the timer. */
void _baton_token_keeper_fail (BatonTokenKeeper *self, const GError *error);
/* A renewal begins. */
void _baton_token_keeper_begin (BatonTokenKeeper *self);

/* baton-token-keeper-renew.c */

/* Waits for the renewal that is on its way, or starts one; the state and the timer say what came of
 * it before anyone who waits is told. @task: (transfer full): of the keeper, returns a BatonToken.
 * Errors: as of baton_token_keeper_get_token_async(). */
void _baton_token_keeper_join (BatonTokenKeeper *self, GTask *task);

/* baton-token-keeper-schedule.c. Main thread, all of them; times are microseconds. */

/* Returns: whether the token that is there may be sent to the service now. */
gboolean _baton_token_keeper_has_good_token (BatonTokenKeeper *self);
/* The token that is there came a moment ago: from now on its life counts, and the timer is set for
 * its renewal. */
void _baton_token_keeper_schedule (BatonTokenKeeper *self);
/* Sets the timer, in place of what it was set to, and "renews-at". @delay: from now; -1 for no
 * more. */
void _baton_token_keeper_arm (BatonTokenKeeper *self, gint64 delay);
/* Sets the timer to what it was set to before _baton_token_keeper_begin(). */
void _baton_token_keeper_arm_again (BatonTokenKeeper *self);
/* From here on a network or a keyring that comes back renews what failed for want of it. Once. */
void _baton_token_keeper_watch (BatonTokenKeeper *self);
/* Returns: how long the server must not be asked for a token, 0 where it may be at once. */
gint64 _baton_token_keeper_get_wait (BatonTokenKeeper *self);
/* The server is not asked for @wait, but then at once: a person may have wanted it in the meantime.
 * Returns: (transfer full): why, for whoever wanted a token. */
GError *_baton_token_keeper_put_off (BatonTokenKeeper *self, gint64 wait);
/* A renewal is about to ask the server: counts as an attempt, unless it is in the token's own
 * time. */
void _baton_token_keeper_begin_attempt (BatonTokenKeeper *self);
/* The attempt came to nothing. Returns: how long the server is to be left alone after @error. */
gint64 _baton_token_keeper_note_failure (BatonTokenKeeper *self, const GError *error);
/* @error: (nullable). Returns: whether it was the keyring that a renewal failed for. */
gboolean _baton_token_keeper_is_of_keyring (const GError *error);

G_END_DECLS
