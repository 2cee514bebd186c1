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
  BatonRenewalPace pace;
  gboolean uncounted; /* the attempt that is on its way counts only where it fails */

  gint64 secret_expires_at; /* of what renews, by the server's clock; 0 never or unknown */

  gboolean on_trial; /* the secret is in memory until somebody keeps it or gives it up */
  /* (owned) (nullable): forgotten here, but not revoked there: for a second try */
  BatonSecret *unrevoked;
};

void
_baton_token_keeper_set_state (BatonTokenKeeper *self, BatonKeeperState state, const GError *error);
/* Takes @token into use, which @secret renews, and sets the timer. */
void
_baton_token_keeper_take_token (BatonTokenKeeper *self, BatonToken *token, BatonSecret *secret);
void _baton_token_keeper_drop_token (BatonTokenKeeper *self);
gboolean _baton_token_keeper_has_good_token (BatonTokenKeeper *self);
/* A renewal failed: what comes of it for the state and the timer. */
void _baton_token_keeper_fail (BatonTokenKeeper *self, const GError *error);
/* A renewal begins … */
void _baton_token_keeper_begin (BatonTokenKeeper *self);
/* … and is about to ask the server. */
void _baton_token_keeper_begin_attempt (BatonTokenKeeper *self);
/* The operation of the single flight "renew". */
void _baton_token_keeper_start (GTask *shared, gpointer user_data);

G_END_DECLS
