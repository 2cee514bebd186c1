/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-backoff.h"
#include "baton-error.h"
#include "baton-lock.h"
#include "baton-token-keeper-private.h"

/* A timer no longer than this looks at the wall clock again: a monotonic one sleeps with the
 * machine. */
#define LONGEST_TIMER (5 * 60 * G_USEC_PER_SEC)
#define MAX_SKEW (60 * G_USEC_PER_SEC)

enum
{
  PROP_0,
  PROP_STATE,
  PROP_TOKEN,
  PROP_RENEWS_AT,
  PROP_ERROR,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (BatonTokenKeeper, baton_token_keeper, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (BatonKeeperState,
                    baton_keeper_state,
                    G_DEFINE_ENUM_VALUE (BATON_KEEPER_SIGNED_OUT, "signed-out"),
                    G_DEFINE_ENUM_VALUE (BATON_KEEPER_RENEWING, "renewing"),
                    G_DEFINE_ENUM_VALUE (BATON_KEEPER_VALID, "valid"),
                    G_DEFINE_ENUM_VALUE (BATON_KEEPER_OFFLINE, "offline"),
                    G_DEFINE_ENUM_VALUE (BATON_KEEPER_REVOKED, "revoked"))

static GParamSpec *properties[N_PROPS];

/* What one renewal needs on its way. */
typedef struct
{
  BatonTokenKeeper *keeper; /* (owned) */
  BatonToken *token;        /* (owned) (nullable): while its rotated secret is kept */
  BatonSecret *rotated;     /* (owned) (nullable) */
  BatonLock *lock;          /* (owned) (nullable): other processes wait for it */
  guint generation;
} Renewal;

static void baton_token_keeper_timer_cb (gpointer user_data);

static void
renewal_free (Renewal *renewal)
{
  g_clear_pointer (&renewal->token, baton_token_unref);
  g_clear_pointer (&renewal->rotated, baton_secret_unref);
  g_clear_pointer (&renewal->lock, baton_lock_release);
  g_clear_object (&renewal->keeper);
  g_free (renewal);
}

static gint64
get_life (BatonToken *token)
{
  return baton_token_get_expires_at (token) - baton_token_get_issued_at (token);
}

/* Two clocks: the wall's jumps when it is set, the monotonic one sleeps with the machine. */
static gboolean
baton_token_keeper_has_good_token (BatonTokenKeeper *self)
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
_baton_token_keeper_set_state (BatonTokenKeeper *self, BatonKeeperState state, const GError *error)
{
  gboolean error_changed = self->error != NULL || error != NULL;

  g_object_freeze_notify (G_OBJECT (self));

  if (error != self->error)
    {
      g_clear_error (&self->error);
      self->error = error != NULL ? g_error_copy (error) : NULL;
    }
  if (error_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);

  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }

  g_object_thaw_notify (G_OBJECT (self));
}

/* @delay: microseconds from now; -1 for no more. */
static void
baton_token_keeper_arm (BatonTokenKeeper *self, gint64 delay)
{
  gint64 renews_at = delay >= 0 ? baton_clock_now (self->clock) + delay : 0;

  baton_clock_clear_timer (self->clock, &self->timer);

  if (delay >= 0)
    {
      self->renews_monotonic = baton_clock_monotonic (self->clock) + delay;
      self->timer = baton_clock_add_timer (self->clock, MIN (delay, LONGEST_TIMER),
                                           baton_token_keeper_timer_cb, self);
    }

  if (self->renews_at != renews_at)
    {
      self->renews_at = renews_at;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RENEWS_AT]);
    }
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

void
_baton_token_keeper_take_token (BatonTokenKeeper *self, BatonToken *token)
{
  gint64 age = baton_clock_now (self->clock) - baton_token_get_issued_at (token);

  g_object_freeze_notify (G_OBJECT (self));

  baton_token_ref (token);
  g_clear_pointer (&self->token, baton_token_unref);
  self->token = token;
  self->refused = FALSE;
  self->expires_monotonic = baton_clock_monotonic (self->clock) + get_life (token) - MAX (age, 0);
  memset (self->failures, 0, sizeof self->failures);
  self->n_failures_in_row = 0;
  self->not_before = 0;

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOKEN]);
  baton_token_keeper_arm (self, baton_token_get_expires_at (token) != 0
                                    ? MAX (find_renewal (token) - MAX (age, 0), 0)
                                    : -1);
  _baton_token_keeper_set_state (self, BATON_KEEPER_VALID, NULL);

  g_object_thaw_notify (G_OBJECT (self));
}

void
_baton_token_keeper_drop_token (BatonTokenKeeper *self)
{
  g_object_freeze_notify (G_OBJECT (self));

  baton_token_keeper_arm (self, -1);
  if (self->token != NULL)
    {
      g_clear_pointer (&self->token, baton_token_unref);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOKEN]);
    }

  g_object_thaw_notify (G_OBJECT (self));
}

/* Returns: how long the service is to be left alone after this failure, microseconds. */
static gint64
baton_token_keeper_note_failure (BatonTokenKeeper *self, const GError *error)
{
  const BatonErrorDetails *details = baton_error_get_details (error);
  gint64 now = baton_clock_monotonic (self->clock);
  gint64 pause = baton_backoff_delay (self->n_failures_in_row);
  guint oldest = 0;

  self->n_failures_in_row++;

  /* Without an answer there is nobody to spare. */
  if (details == NULL || details->http_status == 0)
    {
      self->not_before = 0;
      return pause;
    }

  if (details->retry_at != 0)
    pause = MAX (pause, details->retry_at - baton_clock_now (self->clock));

  for (guint i = 1; i < BATON_KEEPER_MAX_FAILURES; i++)
    if (self->failures[i] < self->failures[oldest])
      oldest = i;
  self->failures[oldest] = now;

  oldest = 0;
  for (guint i = 1; i < BATON_KEEPER_MAX_FAILURES; i++)
    if (self->failures[i] < self->failures[oldest])
      oldest = i;
  if (self->failures[oldest] != 0)
    pause = MAX (pause, self->failures[oldest] + BATON_KEEPER_FAILURES_SPAN - now);

  self->not_before = now + pause;

  return pause;
}

static void
baton_token_keeper_fail (BatonTokenKeeper *self, const GError *error)
{
  gboolean good = baton_token_keeper_has_good_token (self);

  /* Nobody waits any more: as if it had not been tried. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      if (self->renews_at != 0)
        baton_token_keeper_arm (
            self, MAX (self->renews_monotonic - baton_clock_monotonic (self->clock), 0));
      _baton_token_keeper_set_state (self, good ? BATON_KEEPER_VALID : BATON_KEEPER_SIGNED_OUT,
                                     self->error);
      return;
    }

  if (g_error_matches (error, BATON_ERROR, BATON_ERROR_KEY_REVOKED)
      || g_error_matches (error, BATON_ERROR, BATON_ERROR_BAD_CREDENTIALS))
    {
      _baton_token_keeper_drop_token (self);
      _baton_token_keeper_set_state (self, BATON_KEEPER_REVOKED, error);
      return;
    }

  /* Nothing of this gets better by trying again. */
  if (g_error_matches (error, BATON_ERROR, BATON_ERROR_NOT_SIGNED_IN)
      || g_error_matches (error, BATON_ERROR, BATON_ERROR_INVALID)
      || g_error_matches (error, BATON_ERROR, BATON_ERROR_KEYRING_LOCKED)
      || g_error_matches (error, BATON_ERROR, BATON_ERROR_KEYRING_UNAVAILABLE))
    {
      baton_token_keeper_arm (self, -1);
      _baton_token_keeper_set_state (self, good ? BATON_KEEPER_VALID : BATON_KEEPER_SIGNED_OUT,
                                     error);
      return;
    }

  baton_token_keeper_arm (self, baton_token_keeper_note_failure (self, error));
  _baton_token_keeper_set_state (self, good ? BATON_KEEPER_VALID : BATON_KEEPER_OFFLINE, error);
}

/* Ends a renewal. @token and @error: (transfer full) (nullable), one of them. */
static void
baton_token_keeper_land (GTask *task, BatonToken *token, GError *error)
{
  Renewal *renewal = g_task_get_task_data (task);
  BatonTokenKeeper *self = renewal->keeper;

  g_clear_pointer (&renewal->lock, baton_lock_release);

  /* Meanwhile somebody signed in or revoked: what an older secret brought no longer counts. */
  if (renewal->generation != self->generation)
    {
      g_clear_pointer (&token, baton_token_unref);
      if (baton_token_keeper_has_good_token (self))
        {
          g_clear_error (&error);
          token = baton_token_ref (self->token);
        }
      else if (error == NULL)
        error = g_error_new_literal (BATON_ERROR, BATON_ERROR_NOT_SIGNED_IN,
                                     _ ("You are signed out."));
    }
  else if (token != NULL)
    _baton_token_keeper_take_token (self, token);
  else
    baton_token_keeper_fail (self, error);

  if (token != NULL)
    g_task_return_pointer (task, token, (GDestroyNotify)baton_token_unref);
  else
    g_task_return_error (task, error);
}

static void
baton_token_keeper_kept_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Renewal *renewal = g_task_get_task_data (task);
  BatonTokenKeeper *self = renewal->keeper;
  g_autoptr (GError) error = NULL;

  /* The old secret is spent already: rather this run alone than nothing. */
  if (!baton_secret_store_store_finish (BATON_SECRET_STORE (object), result, &error))
    baton_secret_store_keep_in_memory (self->store, baton_account_get_id (self->account),
                                       renewal->rotated);

  baton_token_keeper_land (task, g_steal_pointer (&renewal->token), NULL);
}

static void
baton_token_keeper_acquired_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Renewal *renewal = g_task_get_task_data (task);
  BatonTokenKeeper *self = renewal->keeper;
  g_autoptr (GError) error = NULL;
  BatonToken *token = NULL;

  token = baton_authenticator_acquire_finish (BATON_AUTHENTICATOR (object), result,
                                              &renewal->rotated, &error);

  if (token != NULL && renewal->rotated != NULL && renewal->generation == self->generation)
    {
      renewal->token = token;
      /* not to be cancelled: the old one is spent */
      baton_secret_store_store_async (self->store, baton_account_get_id (self->account),
                                      baton_account_get_name (self->account), renewal->rotated,
                                      NULL, baton_token_keeper_kept_cb, g_steal_pointer (&task));
      return;
    }

  baton_token_keeper_land (task, token, g_steal_pointer (&error));
}

static void
baton_token_keeper_looked_up_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Renewal *renewal = g_task_get_task_data (task);
  BatonTokenKeeper *self = renewal->keeper;
  g_autoptr (BatonSecret) secret = NULL;
  g_autoptr (GError) error = NULL;
  gboolean single_use = FALSE;

  secret = baton_secret_store_lookup_finish (BATON_SECRET_STORE (object), result, &error);
  if (secret == NULL)
    {
      if (error == NULL)
        error = g_error_new_literal (BATON_ERROR, BATON_ERROR_NOT_SIGNED_IN,
                                     _ ("Nothing is kept to sign in with."));
      baton_token_keeper_land (task, NULL, g_steal_pointer (&error));
      return;
    }

  /* A refresh token is spent as soon as it is sent: what comes back is kept, though nobody may wait
   * for it any more. */
  single_use = baton_secret_get_kind (secret) == BATON_SECRET_REFRESH_TOKEN;
  baton_authenticator_acquire_async (self->authenticator, self->account, secret,
                                     single_use ? NULL : g_task_get_cancellable (task),
                                     baton_token_keeper_acquired_cb, g_object_ref (task));
}

static void
baton_token_keeper_locked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Renewal *renewal = g_task_get_task_data (task);
  BatonTokenKeeper *self = renewal->keeper;
  g_autoptr (GError) error = NULL;

  renewal->lock = baton_lock_acquire_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      baton_token_keeper_land (task, NULL, g_steal_pointer (&error));
      return;
    }
  /* Without a place for locks there is hardly a second process either. */
  if (error != NULL)
    g_debug ("Renewing without a lock: %s", error->message);

  baton_secret_store_lookup_async (self->store, baton_account_get_id (self->account),
                                   g_task_get_cancellable (task), baton_token_keeper_looked_up_cb,
                                   g_object_ref (task));
}

static void
baton_token_keeper_start (GTask *shared, gpointer user_data)
{
  BatonTokenKeeper *self = user_data;
  Renewal *renewal = g_new0 (Renewal, 1);

  renewal->keeper = g_object_ref (self);
  renewal->generation = self->generation;
  g_task_set_task_data (shared, renewal, (GDestroyNotify)renewal_free);

  baton_clock_clear_timer (self->clock, &self->timer);
  _baton_token_keeper_set_state (self, BATON_KEEPER_RENEWING, self->error);

  /* The secret is looked up under the lock: another Baton may have changed it a moment ago. */
  baton_lock_acquire_async (baton_account_get_id (self->account), g_task_get_cancellable (shared),
                            baton_token_keeper_locked_cb, g_object_ref (shared));
}

static void
baton_token_keeper_renewed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  BatonToken *token = baton_single_flight_run_finish (BATON_SINGLE_FLIGHT (object), result, &error);

  if (token != NULL)
    g_task_return_pointer (task, token, (GDestroyNotify)baton_token_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* @task: (transfer full) */
static void
baton_token_keeper_join (BatonTokenKeeper *self, GTask *task)
{
  baton_single_flight_run_async (self->flight, "renew", baton_token_keeper_start, self,
                                 g_task_get_cancellable (task), baton_token_keeper_renewed_cb,
                                 task);
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

  baton_token_keeper_renew_async (self, self->cancellable, baton_token_keeper_timer_renewed_cb,
                                  NULL);
}

static void
baton_token_keeper_dispose (GObject *object)
{
  BatonTokenKeeper *self = BATON_TOKEN_KEEPER (object);

  g_cancellable_cancel (self->cancellable);
  if (self->clock != NULL)
    baton_clock_clear_timer (self->clock, &self->timer);
  g_clear_object (&self->flight);
  if (self->on_trial)
    baton_secret_store_drop_from_memory (self->store, baton_account_get_id (self->account));
  self->on_trial = FALSE;

  G_OBJECT_CLASS (baton_token_keeper_parent_class)->dispose (object);
}

static void
baton_token_keeper_finalize (GObject *object)
{
  BatonTokenKeeper *self = BATON_TOKEN_KEEPER (object);

  g_clear_pointer (&self->token, baton_token_unref);
  g_clear_pointer (&self->unrevoked, baton_secret_unref);
  g_clear_error (&self->error);
  g_clear_object (&self->account);
  g_clear_object (&self->authenticator);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (baton_token_keeper_parent_class)->finalize (object);
}

static void
baton_token_keeper_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  BatonTokenKeeper *self = BATON_TOKEN_KEEPER (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, (int)self->state);
      break;
    case PROP_TOKEN:
      g_value_set_boxed (value, self->token);
      break;
    case PROP_RENEWS_AT:
      g_value_set_int64 (value, self->renews_at);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
baton_token_keeper_class_init (BatonTokenKeeperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = baton_token_keeper_dispose;
  object_class->finalize = baton_token_keeper_finalize;
  object_class->get_property = baton_token_keeper_get_property;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, BATON_TYPE_KEEPER_STATE,
                                              BATON_KEEPER_SIGNED_OUT, flags);
  properties[PROP_TOKEN] = g_param_spec_boxed ("token", NULL, NULL, BATON_TYPE_TOKEN, flags);
  properties[PROP_RENEWS_AT]
      = g_param_spec_int64 ("renews-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
baton_token_keeper_init (BatonTokenKeeper *self)
{
  self->cancellable = g_cancellable_new ();
  self->flight = baton_single_flight_new ((GBoxedCopyFunc)baton_token_ref,
                                          (GDestroyNotify)baton_token_unref);
}

BatonTokenKeeper *
baton_token_keeper_new (BatonAccount *account,
                        BatonAuthenticator *authenticator,
                        BatonSecretStore *store,
                        BatonClock *clock)
{
  BatonTokenKeeper *self = NULL;

  g_return_val_if_fail (BATON_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (BATON_IS_AUTHENTICATOR (authenticator), NULL);
  g_return_val_if_fail (BATON_IS_SECRET_STORE (store), NULL);

  self = g_object_new (BATON_TYPE_TOKEN_KEEPER, NULL);
  self->account = g_object_ref (account);
  self->authenticator = g_object_ref (authenticator);
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock != NULL ? clock : baton_clock_get_default ());

  return self;
}

BatonKeeperState
baton_token_keeper_get_state (BatonTokenKeeper *self)
{
  g_return_val_if_fail (BATON_IS_TOKEN_KEEPER (self), BATON_KEEPER_SIGNED_OUT);

  return self->state;
}

BatonToken *
baton_token_keeper_get_token (BatonTokenKeeper *self)
{
  g_return_val_if_fail (BATON_IS_TOKEN_KEEPER (self), NULL);

  return self->token;
}

gint64
baton_token_keeper_get_renews_at (BatonTokenKeeper *self)
{
  g_return_val_if_fail (BATON_IS_TOKEN_KEEPER (self), 0);

  return self->renews_at;
}

const GError *
baton_token_keeper_get_error (BatonTokenKeeper *self)
{
  g_return_val_if_fail (BATON_IS_TOKEN_KEEPER (self), NULL);

  return self->error;
}

/**
 * baton_token_keeper_get_token_async:
 * @cancellable: (nullable): ends this wait alone; the renewal ends with its last waiter
 *
 * Main thread. Of a service that asked to be left alone, or that failed five times within ten
 * minutes, the last failure is returned at once.
 */
void
baton_token_keeper_get_token_async (BatonTokenKeeper *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (BATON_IS_TOKEN_KEEPER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, baton_token_keeper_get_token_async);

  if (baton_token_keeper_has_good_token (self))
    {
      g_task_return_pointer (task, baton_token_ref (self->token),
                             (GDestroyNotify)baton_token_unref);
      return;
    }

  if (self->error != NULL && !baton_single_flight_is_running (self->flight, "renew")
      && (self->state == BATON_KEEPER_REVOKED
          || baton_clock_monotonic (self->clock) < self->not_before))
    {
      g_task_return_error (task, g_error_copy (self->error));
      return;
    }

  baton_token_keeper_join (self, g_steal_pointer (&task));
}

BatonToken *
baton_token_keeper_get_token_finish (BatonTokenKeeper *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (BATON_IS_TOKEN_KEEPER (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
baton_token_keeper_renew_async (BatonTokenKeeper *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task = NULL;

  g_return_if_fail (BATON_IS_TOKEN_KEEPER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, baton_token_keeper_renew_async);

  baton_token_keeper_join (self, task);
}

BatonToken *
baton_token_keeper_renew_finish (BatonTokenKeeper *self, GAsyncResult *result, GError **error)
{
  return baton_token_keeper_get_token_finish (self, result, error);
}

void
baton_token_keeper_invalidate (BatonTokenKeeper *self, BatonToken *token)
{
  g_return_if_fail (BATON_IS_TOKEN_KEEPER (self));
  g_return_if_fail (token != NULL);

  if (self->token == token)
    self->refused = TRUE;
}
