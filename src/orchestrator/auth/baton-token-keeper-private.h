/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-single-flight.h"
#include "baton-token-keeper.h"

G_BEGIN_DECLS

#define BATON_KEEPER_MAX_FAILURES 5
#define BATON_KEEPER_FAILURES_SPAN (10 * 60 * G_USEC_PER_SEC)

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

  /* failures that the server answered, monotonic; 0 is none */
  gint64 failures[BATON_KEEPER_MAX_FAILURES];
  guint n_failures_in_row;
  gint64 not_before; /* monotonic: the next attempt, as far as nobody insists */

  gboolean on_trial; /* the secret is in memory until somebody keeps it or gives it up */
  /* (owned) (nullable): forgotten here, but not revoked there: for a second try */
  BatonSecret *unrevoked;
};

void
_baton_token_keeper_set_state (BatonTokenKeeper *self, BatonKeeperState state, const GError *error);
/* Takes @token into use and sets the timer. */
void _baton_token_keeper_take_token (BatonTokenKeeper *self, BatonToken *token);
void _baton_token_keeper_drop_token (BatonTokenKeeper *self);

G_END_DECLS
