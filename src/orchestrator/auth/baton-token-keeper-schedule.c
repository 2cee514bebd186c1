/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-error.h"
#include "baton-token-keeper-private.h"

/* The times of a token: how long it is good, when it is renewed, and when it may be. */

/* A timer no longer than this looks at the wall clock again: a monotonic one sleeps with the
 * machine. */
#define LONGEST_TIMER (5 * 60 * G_USEC_PER_SEC)
#define MAX_SKEW (60 * G_USEC_PER_SEC)
/* A token that lived at least so long is renewed in its own time, and no renewal too many. */
#define SHORTEST_LIFE (5 * G_USEC_PER_SEC)
/* A refresh token is renewed so long before it ends, also where the access token goes on. */
#define SECRET_AHEAD (5 * 60 * G_USEC_PER_SEC)
/* After a network came: its names and routes come a moment later. */
#define NETWORK_DELAY (2 * G_USEC_PER_SEC)

static void baton_token_keeper_timer_cb (gpointer user_data);

static gint64
get_life (BatonToken *token)
{
  return baton_token_get_expires_at (token) - baton_token_get_issued_at (token);
}

/* Two clocks: the wall's jumps when it is set, the monotonic one sleeps with the machine. */
gboolean
_baton_token_keeper_has_good_token (BatonTokenKeeper *self)
{
  gint64 skew;

  if (self->token == NULL || self->refused)
    return FALSE;
  if (baton_token_get_expires_at (self->token) == 0)
    return TRUE;

  skew = MIN (MAX_SKEW, get_life (self->token) / 10);

  return baton_clock_now (self->clock) < baton_token_get_expires_at (self->token) - skew
         && baton_clock_monotonic (self->clock) < self->expires_monotonic - skew;
}

void
_baton_token_keeper_arm (BatonTokenKeeper *self, gint64 delay)
{
  gint64 renews_at = delay >= 0 ? baton_clock_now (self->clock) + delay : 0;

  baton_clock_clear_timer (self->clock, &self->timer);

  if (delay >= 0)
    {
      self->renews_monotonic = baton_clock_monotonic (self->clock) + delay;
      self->timer = baton_clock_add_timer (self->clock, MIN (delay, LONGEST_TIMER),
                                           baton_token_keeper_timer_cb, self);
    }

  _baton_token_keeper_set_renews_at (self, renews_at);
}

/* At 80 % of the life, and a little sooner by chance, so that many clients that started together do
 * not come together; of a long life at the latest 5 minutes ahead. */
static gint64
find_renewal (BatonToken *token)
{
  gint64 life = get_life (token);
  gint64 after = life * 8 / 10;

  if (life > 25 * 60 * G_USEC_PER_SEC)
    after = MIN (after, life - 5 * 60 * G_USEC_PER_SEC);

  return after - (gint64)(g_random_double () * 0.02 * (double)life);
}

/* Returns: when to renew, microseconds from now; -1 for never. */
static gint64
baton_token_keeper_find_delay (BatonTokenKeeper *self, gint64 age)
{
  gint64 delay = -1;
  gint64 secret_left = 0;

  if (baton_token_get_expires_at (self->token) != 0)
    delay = MAX (find_renewal (self->token) - age, 0);
  if (self->secret_expires_at == 0)
    return delay;

  /* What would end before the next renewal renews nothing any more. One that has ended by its date
   * goes on as long as the server takes it. */
  secret_left = self->secret_expires_at - baton_clock_now (self->clock)
                - baton_authenticator_get_offset (self->authenticator) - SECRET_AHEAD;
  if (secret_left > 0 && (delay < 0 || secret_left < delay))
    return secret_left;

  return delay;
}

void
_baton_token_keeper_arm_again (BatonTokenKeeper *self)
{
  if (self->renews_at != 0)
    _baton_token_keeper_arm (
        self, MAX (self->renews_monotonic - baton_clock_monotonic (self->clock), 0));
}

void
_baton_token_keeper_schedule (BatonTokenKeeper *self)
{
  gint64 age = MAX (baton_clock_now (self->clock) - baton_token_get_issued_at (self->token), 0);

  self->expires_monotonic = baton_clock_monotonic (self->clock) + get_life (self->token) - age;
  baton_renewal_pace_succeed (self->pace);
  _baton_token_keeper_arm (self, baton_token_keeper_find_delay (self, age));
}

gboolean
_baton_token_keeper_is_of_keyring (const GError *error)
{
  return g_error_matches (error, BATON_ERROR, BATON_ERROR_KEYRING_LOCKED)
         || g_error_matches (error, BATON_ERROR, BATON_ERROR_KEYRING_UNAVAILABLE);
}

gint64
_baton_token_keeper_note_failure (BatonTokenKeeper *self, const GError *error)
{
  const BatonErrorDetails *details = baton_error_get_details (error);
  gint64 asked = 0;

  if (self->uncounted)
    baton_renewal_pace_begin (self->pace, baton_clock_monotonic (self->clock));
  self->uncounted = FALSE;
  if (details != NULL && details->retry_at != 0)
    asked = MAX (details->retry_at - baton_clock_now (self->clock), 0);

  return baton_renewal_pace_fail (self->pace, baton_clock_monotonic (self->clock), asked);
}

/* Whether a renewal now is one in the token's own time, which is no attempt too many however often
 * the server wants it, as long as it succeeds; nor is one that no server is asked for. */
static gboolean
baton_token_keeper_is_due (BatonTokenKeeper *self)
{
  gint64 life;

  if (!baton_authenticator_asks (self->authenticator))
    return TRUE;
  if (self->token == NULL || self->refused || self->error != NULL)
    return FALSE;

  life = get_life (self->token);

  return life >= SHORTEST_LIFE
         && baton_clock_monotonic (self->clock) >= self->expires_monotonic - life / 2;
}

void
_baton_token_keeper_begin_attempt (BatonTokenKeeper *self)
{
  self->uncounted = baton_token_keeper_is_due (self);
  if (!self->uncounted)
    baton_renewal_pace_begin (self->pace, baton_clock_monotonic (self->clock));
}

/* Who goes to another account and back asks for a token each time. That is too often only where it
 * fails. */
static gboolean
baton_token_keeper_is_new (BatonTokenKeeper *self)
{
  return self->token == NULL && self->error == NULL
         && baton_renewal_pace_is_clear (self->pace, baton_clock_monotonic (self->clock));
}

gint64
_baton_token_keeper_get_wait (BatonTokenKeeper *self)
{
  if (baton_token_keeper_is_due (self) || baton_token_keeper_is_new (self))
    return 0;

  return baton_renewal_pace_get_wait (self->pace, baton_clock_monotonic (self->clock));
}

static gboolean
is_of_network (const GError *error)
{
  return g_error_matches (error, BATON_ERROR, BATON_ERROR_NO_NETWORK)
         || g_error_matches (error, BATON_ERROR, BATON_ERROR_TIMED_OUT);
}

GError *
_baton_token_keeper_put_off (BatonTokenKeeper *self, gint64 wait)
{
  GError *error = NULL;

  if (self->renews_at != 0
      && self->renews_monotonic - baton_clock_monotonic (self->clock) > wait)
    _baton_token_keeper_arm (self, wait);

  if (self->error != NULL && !is_of_network (self->error))
    return g_error_copy (self->error);

  error = self->error != NULL
              ? g_error_copy (self->error)
              : g_error_new_literal (
                  BATON_ERROR, BATON_ERROR_RATE_LIMITED,
                  _ ("Baton has asked for a token several times within ten minutes, "
                     "and leaves the server alone for a while."));
  baton_error_get_details (error)->retry_at = baton_clock_now (self->clock) + wait;

  return error;
}

static void
baton_token_keeper_timer_renewed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonToken) token = NULL;

  /* success and failure are both in the state by now */
  token = baton_token_keeper_renew_finish (BATON_TOKEN_KEEPER (object), result, NULL);
}

static void
baton_token_keeper_timer_cb (gpointer user_data)
{
  BatonTokenKeeper *self = user_data;
  GTask *task = NULL;
  gint64 left;

  self->timer = 0;
  left = MIN (self->renews_monotonic - baton_clock_monotonic (self->clock),
              self->renews_at - baton_clock_now (self->clock));

  if (left > 0)
    {
      self->timer = baton_clock_add_timer (self->clock, MIN (left, LONGEST_TIMER),
                                           baton_token_keeper_timer_cb, self);
      return;
    }

  left = _baton_token_keeper_get_wait (self);
  if (left > 0)
    {
      _baton_token_keeper_arm (self, left);
      return;
    }

  task = g_task_new (self, self->cancellable, baton_token_keeper_timer_renewed_cb, NULL);
  g_task_set_source_tag (task, baton_token_keeper_timer_cb);
  _baton_token_keeper_join (self, task);
}

/* Where renewing failed for want of a network, and there is one now. */
static void
baton_token_keeper_network_changed_cb (BatonTokenKeeper *self, gboolean available)
{
  if (!available || !is_of_network (self->error))
    return;

  baton_renewal_pace_hasten (self->pace, BATON_RENEWAL_OF_NETWORK);
  if (!baton_single_flight_is_running (self->flight, "renew"))
    _baton_token_keeper_arm (self, NETWORK_DELAY);
}

/* Where renewing failed for want of the keyring, and it is there now. */
static void
baton_token_keeper_keyring_changed_cb (BatonTokenKeeper *self)
{
  if (baton_secret_store_get_state (self->store) != BATON_SECRET_STORE_AVAILABLE
      || !_baton_token_keeper_is_of_keyring (self->error)
      || baton_single_flight_is_running (self->flight, "renew"))
    return;

  baton_token_keeper_insist (self);
  _baton_token_keeper_arm (self, 0);
}

void
_baton_token_keeper_watch (BatonTokenKeeper *self)
{
  g_signal_connect_object (self->store, "notify::state",
                           G_CALLBACK (baton_token_keeper_keyring_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (baton_token_keeper_network_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

void
baton_token_keeper_note_date (BatonTokenKeeper *self, gint64 date)
{
  gint64 before;

  g_return_if_fail (BATON_IS_TOKEN_KEEPER (self));

  before = baton_authenticator_get_offset (self->authenticator);
  baton_authenticator_note_date (self->authenticator, date);

  /* The end of a token that tells its own by a date has moved. */
  if (!baton_authenticator_asks (self->authenticator) && self->token != NULL
      && ABS (baton_authenticator_get_offset (self->authenticator) - before) > MAX_SKEW)
    _baton_token_keeper_arm (self, 0);
}
