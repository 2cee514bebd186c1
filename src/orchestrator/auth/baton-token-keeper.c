/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-error.h"
#include "baton-token-keeper-private.h"

enum
{
  PROP_0,
  PROP_STATE,
  PROP_TOKEN,
  PROP_RENEWS_AT,
  PROP_ERROR,
  PROP_SECRET_EXPIRES_AT,
  PROP_KEYRING_ERROR,
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

void
_baton_token_keeper_set_renews_at (BatonTokenKeeper *self, gint64 renews_at)
{
  if (self->renews_at == renews_at)
    return;

  self->renews_at = renews_at;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RENEWS_AT]);
}

void
_baton_token_keeper_begin (BatonTokenKeeper *self)
{
  self->uncounted = FALSE;
  baton_clock_clear_timer (self->clock, &self->timer);
  _baton_token_keeper_set_state (self, BATON_KEEPER_RENEWING, self->error);
}

void
_baton_token_keeper_take_token (BatonTokenKeeper *self, BatonToken *token, BatonSecret *secret)
{
  g_object_freeze_notify (G_OBJECT (self));

  baton_token_ref (token);
  g_clear_pointer (&self->token, baton_token_unref);
  self->token = token;
  if (self->secret_expires_at != baton_secret_get_expires_at (secret))
    {
      self->secret_expires_at = baton_secret_get_expires_at (secret);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SECRET_EXPIRES_AT]);
    }
  self->refused = FALSE;

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOKEN]);
  _baton_token_keeper_schedule (self);
  _baton_token_keeper_set_state (self, BATON_KEEPER_VALID, NULL);

  g_object_thaw_notify (G_OBJECT (self));
}

void
_baton_token_keeper_drop_token (BatonTokenKeeper *self)
{
  g_object_freeze_notify (G_OBJECT (self));

  _baton_token_keeper_arm (self, -1);
  if (self->token != NULL)
    {
      g_clear_pointer (&self->token, baton_token_unref);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOKEN]);
    }

  g_object_thaw_notify (G_OBJECT (self));
}

void
_baton_token_keeper_fail (BatonTokenKeeper *self, const GError *error)
{
  gboolean good = _baton_token_keeper_has_good_token (self);
  gboolean of_keyring = _baton_token_keeper_is_of_keyring (error);

  /* Nobody waits any more: as if it had not been tried. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      _baton_token_keeper_arm_again (self);
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

  /* Nothing of this gets better by trying again; a keyring may be back any time. */
  if (g_error_matches (error, BATON_ERROR, BATON_ERROR_NOT_SIGNED_IN)
      || g_error_matches (error, BATON_ERROR, BATON_ERROR_INVALID) || of_keyring)
    {
      _baton_token_keeper_arm (self,
                               of_keyring ? _baton_token_keeper_note_failure (self, error) : -1);
      _baton_token_keeper_set_state (self, good ? BATON_KEEPER_VALID : BATON_KEEPER_SIGNED_OUT,
                                     error);
      return;
    }

  _baton_token_keeper_arm (self, _baton_token_keeper_note_failure (self, error));
  _baton_token_keeper_set_state (self, good ? BATON_KEEPER_VALID : BATON_KEEPER_OFFLINE, error);
}

static void
baton_token_keeper_secret_changed_cb (BatonTokenKeeper *self, const char *account_id)
{
  if (g_strcmp0 (account_id, baton_account_get_id (self->account)) == 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEYRING_ERROR]);
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
    case PROP_SECRET_EXPIRES_AT:
      g_value_set_int64 (value, self->secret_expires_at);
      break;
    case PROP_KEYRING_ERROR:
      g_value_set_boxed (value, baton_token_keeper_get_keyring_error (self));
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
  properties[PROP_SECRET_EXPIRES_AT]
      = g_param_spec_int64 ("secret-expires-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_KEYRING_ERROR]
      = g_param_spec_boxed ("keyring-error", NULL, NULL, G_TYPE_ERROR, flags);
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
  self->pace = baton_renewal_pace_get_of (G_OBJECT (account));
  /* A person opens an account, or looks at it: what failed a moment ago is tried again. */
  baton_renewal_pace_hasten (self->pace, BATON_RENEWAL_OF_PERSON);
  self->authenticator = g_object_ref (authenticator);
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock != NULL ? clock : baton_clock_get_default ());
  g_signal_connect_object (store, "changed", G_CALLBACK (baton_token_keeper_secret_changed_cb),
                           self, G_CONNECT_SWAPPED);
  _baton_token_keeper_watch (self);

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
 * Main thread. Of a service that asked to be left alone, or that failed several times within ten
 * minutes, the last failure is returned at once, with the time of the next attempt where it is one
 * of the network.
 */
void
baton_token_keeper_get_token_async (BatonTokenKeeper *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  gint64 wait;

  g_return_if_fail (BATON_IS_TOKEN_KEEPER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, baton_token_keeper_get_token_async);

  if (_baton_token_keeper_has_good_token (self))
    {
      g_task_return_pointer (task, baton_token_ref (self->token),
                             (GDestroyNotify)baton_token_unref);
      return;
    }

  if (self->state == BATON_KEEPER_REVOKED && self->error != NULL)
    {
      g_task_return_error (task, g_error_copy (self->error));
      return;
    }

  wait = _baton_token_keeper_get_wait (self);
  if (wait > 0 && !baton_single_flight_is_running (self->flight, "renew"))
    {
      /* The token ended while it was waited. */
      if (self->state == BATON_KEEPER_VALID && self->error != NULL)
        _baton_token_keeper_set_state (self,
                                       _baton_token_keeper_is_of_keyring (self->error)
                                           ? BATON_KEEPER_SIGNED_OUT
                                           : BATON_KEEPER_OFFLINE,
                                       self->error);
      g_task_return_error (task, _baton_token_keeper_put_off (self, wait));
      return;
    }

  _baton_token_keeper_join (self, g_steal_pointer (&task));
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
  g_autoptr (GTask) task = NULL;
  gint64 wait;

  g_return_if_fail (BATON_IS_TOKEN_KEEPER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, baton_token_keeper_renew_async);

  baton_token_keeper_insist (self);
  wait = _baton_token_keeper_get_wait (self);
  if (wait > 0 && !baton_single_flight_is_running (self->flight, "renew"))
    g_task_return_error (task, _baton_token_keeper_put_off (self, wait));
  else
    _baton_token_keeper_join (self, g_steal_pointer (&task));
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

void
baton_token_keeper_ask_anew (BatonTokenKeeper *self)
{
  g_return_if_fail (BATON_IS_TOKEN_KEEPER (self));

  baton_renewal_pace_reset (self->pace);
  self->refused = self->token != NULL;
}

void
baton_token_keeper_insist (BatonTokenKeeper *self)
{
  g_return_if_fail (BATON_IS_TOKEN_KEEPER (self));

  baton_renewal_pace_hasten (self->pace, BATON_RENEWAL_OF_PERSON);
}

gint64
baton_token_keeper_get_offset (BatonTokenKeeper *self)
{
  g_return_val_if_fail (BATON_IS_TOKEN_KEEPER (self), 0);

  return baton_authenticator_get_offset (self->authenticator);
}

const GError *
baton_token_keeper_get_keyring_error (BatonTokenKeeper *self)
{
  g_return_val_if_fail (BATON_IS_TOKEN_KEEPER (self), NULL);

  return baton_secret_store_get_unkept_error (self->store, baton_account_get_id (self->account));
}

gint64
baton_token_keeper_get_secret_expires_at (BatonTokenKeeper *self)
{
  g_return_val_if_fail (BATON_IS_TOKEN_KEEPER (self), 0);

  return self->secret_expires_at;
}
