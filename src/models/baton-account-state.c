/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-account-state.h"
#include "baton-error.h"

/* Whoever is signed in may see the folders they are in. */
#define PROBE "/odata/Folders?$top=1"

struct _BatonAccountState
{
  GObject parent_instance;

  BatonAccount *account;       /* (owned) */
  BatonSecretStore *store;     /* (owned) */
  BatonClock *clock;           /* (owned) */
  BatonConnection *connection; /* (owned) (nullable): the open one */
  BatonConnection *trial;      /* (owned) (nullable): of the check that runs */
  GSignalGroup *of_keeper;     /* (owned) */
  GCancellable *cancellable;   /* (owned) */

  gboolean asked; /* the store has answered */
  gboolean kept;
  gint64 kept_until;
  gint64 checked_until; /* 0 where no check was good */
  GError *error;        /* (owned) (nullable): of the store or of the check */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_ENUM_TYPE (BatonAccountCondition,
                    baton_account_condition,
                    G_DEFINE_ENUM_VALUE (BATON_ACCOUNT_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (BATON_ACCOUNT_NOT_KEPT, "not-kept"),
                    G_DEFINE_ENUM_VALUE (BATON_ACCOUNT_KEPT, "kept"),
                    G_DEFINE_ENUM_VALUE (BATON_ACCOUNT_VALID, "valid"),
                    G_DEFINE_ENUM_VALUE (BATON_ACCOUNT_RENEWING, "renewing"),
                    G_DEFINE_ENUM_VALUE (BATON_ACCOUNT_EXPIRED, "expired"),
                    G_DEFINE_ENUM_VALUE (BATON_ACCOUNT_REVOKED, "revoked"),
                    G_DEFINE_ENUM_VALUE (BATON_ACCOUNT_OFFLINE, "offline"),
                    G_DEFINE_ENUM_VALUE (BATON_ACCOUNT_FAILED, "failed"))

G_DEFINE_FINAL_TYPE (BatonAccountState, baton_account_state, G_TYPE_OBJECT)

static void
emit_changed (BatonAccountState *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
looked_up_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonAccountState) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonSecret) secret
      = baton_secret_store_lookup_finish (BATON_SECRET_STORE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->asked = error == NULL;
  self->kept = secret != NULL;
  self->kept_until = secret != NULL ? baton_secret_get_expires_at (secret) : 0;
  g_clear_error (&self->error);
  self->error = g_steal_pointer (&error);
  emit_changed (self);
}

static void
look_up (BatonAccountState *self)
{
  baton_secret_store_lookup_async (self->store, baton_account_get_id (self->account),
                                   self->cancellable, looked_up_cb, g_object_ref (self));
}

/* Another secret: what a check said of the old one is void. */
static void
secret_changed_cb (BatonAccountState *self, const char *account_id)
{
  if (self->trial != NULL || g_strcmp0 (account_id, baton_account_get_id (self->account)) != 0)
    return;

  self->checked_until = 0;
  look_up (self);
}

/* A token that a server made proves that what a check found is over; an opaque one proves nothing.
 */
static void
token_changed_cb (BatonAccountState *self)
{
  g_autoptr (BatonTokenKeeper) keeper = g_signal_group_dup_target (self->of_keeper);

  if (keeper != NULL && baton_token_keeper_get_token (keeper) != NULL
      && baton_account_get_method (self->account) != BATON_METHOD_PERSONAL_ACCESS_TOKEN)
    g_clear_error (&self->error);
  emit_changed (self);
}

static void
baton_account_state_dispose (GObject *object)
{
  BatonAccountState *self = BATON_ACCOUNT_STATE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->of_keeper);
  g_clear_object (&self->trial);
  g_clear_object (&self->connection);
  g_clear_object (&self->clock);
  g_clear_object (&self->store);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (baton_account_state_parent_class)->dispose (object);
}

static void
baton_account_state_finalize (GObject *object)
{
  BatonAccountState *self = BATON_ACCOUNT_STATE (object);

  g_object_unref (self->cancellable);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (baton_account_state_parent_class)->finalize (object);
}

static void
baton_account_state_class_init (BatonAccountStateClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_account_state_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_account_state_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baton_account_state_init (BatonAccountState *self)
{
  self->cancellable = g_cancellable_new ();
  self->of_keeper = g_signal_group_new (BATON_TYPE_TOKEN_KEEPER);
  g_signal_group_connect_swapped (self->of_keeper, "notify::state", G_CALLBACK (emit_changed),
                                  self);
  g_signal_group_connect_swapped (self->of_keeper, "notify::token", G_CALLBACK (token_changed_cb),
                                  self);
}

BatonAccountState *
baton_account_state_new (BatonAccount *account, BatonSecretStore *store, BatonClock *clock)
{
  BatonAccountState *self = NULL;

  g_return_val_if_fail (BATON_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (BATON_IS_SECRET_STORE (store), NULL);
  g_return_val_if_fail (clock == NULL || BATON_IS_CLOCK (clock), NULL);

  self = g_object_new (BATON_TYPE_ACCOUNT_STATE, NULL);
  self->account = g_object_ref (account);
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock != NULL ? clock : baton_clock_get_default ());
  g_signal_connect_object (store, "changed", G_CALLBACK (secret_changed_cb), self,
                           G_CONNECT_SWAPPED);
  look_up (self);

  return self;
}

void
baton_account_state_set_connection (BatonAccountState *self, BatonConnection *connection)
{
  g_return_if_fail (BATON_IS_ACCOUNT_STATE (self));
  g_return_if_fail (connection == NULL || BATON_IS_CONNECTION (connection));

  if (!g_set_object (&self->connection, connection))
    return;
  g_signal_group_set_target (self->of_keeper,
                             connection != NULL ? baton_connection_get_keeper (connection) : NULL);
  emit_changed (self);
}

BatonAccount *
baton_account_state_get_account (BatonAccountState *self)
{
  g_return_val_if_fail (BATON_IS_ACCOUNT_STATE (self), NULL);

  return self->account;
}

static BatonTokenKeeper *
get_keeper (BatonAccountState *self)
{
  return self->connection != NULL ? baton_connection_get_keeper (self->connection) : NULL;
}

static BatonAccountCondition
find_kept (BatonAccountState *self)
{
  gint64 now = baton_clock_now (self->clock);

  if (!self->asked)
    return BATON_ACCOUNT_UNKNOWN;
  if (!self->kept)
    return BATON_ACCOUNT_NOT_KEPT;
  if (self->kept_until != 0 && self->kept_until <= now)
    return BATON_ACCOUNT_EXPIRED;
  if (self->checked_until > now)
    return BATON_ACCOUNT_VALID;

  return BATON_ACCOUNT_KEPT;
}

static BatonAccountCondition
find_failure (const GError *error)
{
  if (g_error_matches (error, BATON_ERROR, BATON_ERROR_KEY_REVOKED)
      || g_error_matches (error, BATON_ERROR, BATON_ERROR_BAD_CREDENTIALS)
      || g_error_matches (error, BATON_ERROR, BATON_ERROR_NOT_SIGNED_IN))
    return BATON_ACCOUNT_REVOKED;
  if (g_error_matches (error, BATON_ERROR, BATON_ERROR_NO_NETWORK)
      || g_error_matches (error, BATON_ERROR, BATON_ERROR_TIMED_OUT))
    return BATON_ACCOUNT_OFFLINE;
  if (g_error_matches (error, BATON_ERROR, BATON_ERROR_KEYRING_LOCKED)
      || g_error_matches (error, BATON_ERROR, BATON_ERROR_KEYRING_UNAVAILABLE))
    return BATON_ACCOUNT_UNKNOWN;

  return BATON_ACCOUNT_FAILED;
}

BatonAccountCondition
baton_account_state_get_condition (BatonAccountState *self)
{
  BatonTokenKeeper *keeper = NULL;
  BatonAccountCondition kept;

  g_return_val_if_fail (BATON_IS_ACCOUNT_STATE (self), BATON_ACCOUNT_UNKNOWN);

  if (self->trial != NULL)
    return BATON_ACCOUNT_RENEWING;

  keeper = get_keeper (self);
  if (keeper != NULL && self->error == NULL
      && baton_token_keeper_get_state (keeper) != BATON_KEEPER_SIGNED_OUT)
    switch (baton_token_keeper_get_state (keeper))
      {
      case BATON_KEEPER_RENEWING:
        return BATON_ACCOUNT_RENEWING;
      case BATON_KEEPER_VALID:
        return BATON_ACCOUNT_VALID;
      case BATON_KEEPER_OFFLINE:
        return BATON_ACCOUNT_OFFLINE;
      case BATON_KEEPER_REVOKED:
        return find_kept (self) == BATON_ACCOUNT_EXPIRED ? BATON_ACCOUNT_EXPIRED
                                                         : BATON_ACCOUNT_REVOKED;
      case BATON_KEEPER_SIGNED_OUT:
      default:
        break;
      }

  kept = find_kept (self);
  if (kept == BATON_ACCOUNT_EXPIRED || self->error == NULL)
    return kept;

  return find_failure (self->error);
}

gint64
baton_account_state_get_valid_until (BatonAccountState *self)
{
  BatonTokenKeeper *keeper = NULL;
  BatonToken *token = NULL;

  g_return_val_if_fail (BATON_IS_ACCOUNT_STATE (self), 0);

  keeper = get_keeper (self);
  if (keeper != NULL)
    token = baton_token_keeper_get_token (keeper);

  return token != NULL ? baton_token_get_expires_at (token) : self->checked_until;
}

gint64
baton_account_state_get_kept_until (BatonAccountState *self)
{
  g_return_val_if_fail (BATON_IS_ACCOUNT_STATE (self), 0);

  return self->kept_until;
}

const GError *
baton_account_state_get_error (BatonAccountState *self)
{
  BatonTokenKeeper *keeper = NULL;

  g_return_val_if_fail (BATON_IS_ACCOUNT_STATE (self), NULL);

  keeper = get_keeper (self);
  if (keeper != NULL && baton_token_keeper_get_error (keeper) != NULL)
    return baton_token_keeper_get_error (keeper);

  return self->error;
}

gboolean
baton_account_state_is_checking (BatonAccountState *self)
{
  g_return_val_if_fail (BATON_IS_ACCOUNT_STATE (self), FALSE);

  return self->trial != NULL;
}

/* An opaque token is not asked for, so that the address that refuses it is the first to say that it
 * was revoked. */
static gboolean
is_refusal (BatonAccountState *self, const GError *error)
{
  const BatonErrorDetails *details = baton_error_get_details (error);

  return baton_account_get_method (self->account) == BATON_METHOD_PERSONAL_ACCESS_TOKEN
         && details != NULL && details->http_status == 401;
}

/* @error: (transfer full) (nullable) */
static void
end_check (BatonAccountState *self, GError *error)
{
  g_autoptr (BatonConnection) trial = g_steal_pointer (&self->trial);
  BatonToken *token = baton_token_keeper_get_token (baton_connection_get_keeper (trial));

  self->checked_until = 0;
  if (error == NULL && token != NULL)
    self->checked_until
        = baton_token_get_expires_at (token) != 0 ? baton_token_get_expires_at (token) : G_MAXINT64;
  if (error != NULL && is_refusal (self, error))
    {
      g_set_error_literal (&self->error, BATON_ERROR, BATON_ERROR_KEY_REVOKED, error->message);
      g_clear_error (&error);
    }
  else
    {
      self->error = error;
    }
  emit_changed (self);
  if (self->error == NULL)
    look_up (self);
}

static void
probed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonAccountState) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = baton_pipeline_send_finish (BATON_PIPELINE (object), result, &error);

  if (self->trial == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  end_check (self, g_steal_pointer (&error));
}

void
baton_account_state_check (BatonAccountState *self)
{
  g_autoptr (BatonRequest) request = NULL;

  g_return_if_fail (BATON_IS_ACCOUNT_STATE (self));

  if (self->trial != NULL)
    return;

  g_clear_error (&self->error);
  self->trial = self->connection != NULL
                    ? g_object_ref (self->connection)
                    : baton_connection_new (self->account, self->store, self->clock);
  request = baton_request_new ("GET", PROBE);
  baton_pipeline_send_async (baton_connection_get_pipeline (self->trial), request, NULL, NULL, NULL,
                             NULL, self->cancellable, probed_cb, g_object_ref (self));
  emit_changed (self);
}
