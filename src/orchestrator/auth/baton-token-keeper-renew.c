/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-error.h"
#include "baton-lock.h"
#include "baton-token-keeper-private.h"

/* One renewal from the lock to the token: lock, look up, ask, keep what was rotated, use. */

/* What one renewal needs on its way. */
typedef struct
{
  BatonTokenKeeper *keeper; /* (owned) */
  BatonToken *token;        /* (owned) (nullable): while its rotated secret is kept */
  BatonSecret *sent;        /* (owned) (nullable): what the server was asked with */
  BatonSecret *rotated;     /* (owned) (nullable) */
  BatonLock *lock;          /* (owned) (nullable): other processes wait for it */
  gboolean looked_again;    /* after the server refused the first secret … */
  GError *refusal;          /* (owned) (nullable): … in these words */
  guint generation;
} Renewal;

static void baton_token_keeper_look_up (GTask *task);

/* A refresh token is spent as soon as it is sent. */
static gboolean
is_single_use (BatonSecret *secret)
{
  return baton_secret_get_kind (secret) == BATON_SECRET_REFRESH_TOKEN;
}

static void
renewal_free (Renewal *renewal)
{
  g_clear_pointer (&renewal->token, baton_token_unref);
  g_clear_pointer (&renewal->sent, baton_secret_unref);
  g_clear_pointer (&renewal->rotated, baton_secret_unref);
  g_clear_pointer (&renewal->lock, baton_lock_release);
  g_clear_error (&renewal->refusal);
  g_clear_object (&renewal->keeper);
  g_free (renewal);
}

/* What is refused and comes again as it was is not made good by asking once more. Returns:
 * (transfer full) (nullable). */
static GError *
baton_token_keeper_check_refused (BatonTokenKeeper *self, BatonToken *token)
{
  if (baton_authenticator_asks (self->authenticator) || !self->refused || self->token == NULL
      || !g_str_equal (baton_token_get_access_token (token),
                       baton_token_get_access_token (self->token)))
    return NULL;

  return g_error_new_literal (BATON_ERROR, BATON_ERROR_KEY_REVOKED,
                              _ ("The server does not accept this token any more: it was revoked "
                                 "or has expired."));
}

/* Ends a renewal. @token and @error: (transfer full) (nullable), one of them. */
static void
baton_token_keeper_land (GTask *task, BatonToken *token, GError *error)
{
  Renewal *renewal = g_task_get_task_data (task);
  BatonTokenKeeper *self = renewal->keeper;

  g_clear_pointer (&renewal->lock, baton_lock_release);
  if (token != NULL && renewal->generation == self->generation
      && (error = baton_token_keeper_check_refused (self, token)) != NULL)
    g_clear_pointer (&token, baton_token_unref);

  /* Meanwhile somebody signed in or revoked: what an older secret brought no longer counts. */
  if (renewal->generation != self->generation)
    {
      g_clear_pointer (&token, baton_token_unref);
      if (_baton_token_keeper_has_good_token (self))
        {
          g_clear_error (&error);
          token = baton_token_ref (self->token);
        }
      else if (error == NULL)
        error = g_error_new_literal (BATON_ERROR, BATON_ERROR_NOT_SIGNED_IN,
                                     _ ("You are signed out."));
    }
  else if (token != NULL)
    _baton_token_keeper_take_token (self, token,
                                    renewal->rotated != NULL ? renewal->rotated : renewal->sent);
  else
    _baton_token_keeper_fail (self, error);

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

  if (is_single_use (renewal->sent) && !renewal->looked_again
      && g_error_matches (error, BATON_ERROR, BATON_ERROR_KEY_REVOKED))
    {
      /* Another Baton that shares the keyring, but not the lock, may have been faster. */
      renewal->looked_again = TRUE;
      renewal->refusal = g_steal_pointer (&error);
      baton_token_keeper_look_up (task);
      return;
    }

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

  secret = baton_secret_store_lookup_finish (BATON_SECRET_STORE (object), result, &error);
  if (secret == NULL && error == NULL)
    error = g_error_new_literal (BATON_ERROR, BATON_ERROR_NOT_SIGNED_IN,
                                 _ ("Nothing is kept to sign in with."));
  if (secret != NULL && renewal->looked_again
      && g_str_equal (baton_secret_get_value (secret), baton_secret_get_value (renewal->sent)))
    error = g_steal_pointer (&renewal->refusal);
  if (error != NULL)
    {
      baton_token_keeper_land (task, NULL, g_steal_pointer (&error));
      return;
    }

  _baton_token_keeper_begin_attempt (self);
  g_clear_pointer (&renewal->sent, baton_secret_unref);
  renewal->sent = baton_secret_ref (secret);
  /* What comes back for one that is spent is kept, though nobody may wait for it any more. */
  baton_authenticator_acquire_async (self->authenticator, self->account, secret,
                                     is_single_use (secret) ? NULL : g_task_get_cancellable (task),
                                     baton_token_keeper_acquired_cb, g_object_ref (task));
}

static void
baton_token_keeper_look_up (GTask *task)
{
  Renewal *renewal = g_task_get_task_data (task);
  BatonTokenKeeper *self = renewal->keeper;

  baton_secret_store_lookup_async (self->store, baton_account_get_id (self->account),
                                   g_task_get_cancellable (task), baton_token_keeper_looked_up_cb,
                                   g_object_ref (task));
}

static void
baton_token_keeper_locked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Renewal *renewal = g_task_get_task_data (task);
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

  baton_token_keeper_look_up (task);
}

void
_baton_token_keeper_start (GTask *shared, gpointer user_data)
{
  BatonTokenKeeper *self = user_data;
  Renewal *renewal = g_new0 (Renewal, 1);

  renewal->keeper = g_object_ref (self);
  renewal->generation = self->generation;
  g_task_set_task_data (shared, renewal, (GDestroyNotify)renewal_free);

  _baton_token_keeper_begin (self);

  /* The secret is looked up under the lock: another Baton may have changed it a moment ago. */
  baton_lock_acquire_async (baton_account_get_id (self->account), g_task_get_cancellable (shared),
                            baton_token_keeper_locked_cb, g_object_ref (shared));
}
