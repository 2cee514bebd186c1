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
  gboolean in_memory;       /* @sent is from there, and what comes for it goes there */
  gboolean cut_off;         /* what came of the renewal before is not known */
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

/* Marks that a secret that is good once is about to be spent: whoever looks after this process was
 * killed, or the answer was lost, knows why it is good no more. */
static void
baton_token_keeper_mark_spent (Renewal *renewal, BatonSecret *secret)
{
  if (!is_single_use (secret) || renewal->lock == NULL)
    return;

  if (!renewal->looked_again)
    renewal->cut_off = baton_lock_get_mark (renewal->lock);
  baton_lock_set_mark (renewal->lock, TRUE);
}

/* Returns: TRUE where the server has not taken what was sent to it, as far as @error tells. */
static gboolean
was_not_taken (const GError *error)
{
  const BatonErrorDetails *details = baton_error_get_details (error);

  if (details == NULL)
    return FALSE;
  if (details->http_status != 0)
    return details->http_status < 500;

  return g_strcmp0 (details->reason, BATON_REASON_DNS) == 0
         || g_strcmp0 (details->reason, BATON_REASON_PROXY) == 0
         || g_strcmp0 (details->reason, BATON_REASON_REFUSED) == 0;
}

/* What the failure of a renewal says of the mark, and the mark of the failure. */
static void
baton_token_keeper_note_mark (Renewal *renewal, GError *error)
{
  if (renewal->sent == NULL || !is_single_use (renewal->sent))
    return;

  if (renewal->cut_off && g_error_matches (error, BATON_ERROR, BATON_ERROR_KEY_REVOKED))
    {
      BatonErrorDetails *details = baton_error_get_details (error);

      g_free (details->reason);
      details->reason = g_strdup (BATON_REASON_CUT_OFF);
    }
  else if (renewal->lock != NULL && !renewal->cut_off && was_not_taken (error))
    baton_lock_set_mark (renewal->lock, FALSE);
}

/* Ends a renewal. @token and @error: (transfer full) (nullable), one of them. */
static void
baton_token_keeper_land (GTask *task, BatonToken *token, GError *error)
{
  Renewal *renewal = g_task_get_task_data (task);
  BatonTokenKeeper *self = renewal->keeper;

  if (error != NULL)
    baton_token_keeper_note_mark (renewal, error);
  else if (renewal->rotated == NULL && renewal->lock != NULL)
    baton_lock_set_mark (renewal->lock, FALSE);
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
  const char *id = baton_account_get_id (self->account);
  g_autoptr (GError) error = NULL;

  /* The old secret is spent already: rather in memory for a while than nowhere. */
  if (!baton_secret_store_store_finish (BATON_SECRET_STORE (object), result, &error))
    baton_secret_store_keep_until_kept (self->store, id, baton_account_get_name (self->account),
                                        renewal->rotated, error);
  else if (renewal->lock != NULL && baton_secret_store_get_unkept_error (self->store, id) == NULL)
    baton_lock_set_mark (renewal->lock, FALSE);

  baton_token_keeper_land (task, g_steal_pointer (&renewal->token), NULL);
}

/* Whatever became of the account meanwhile: a new secret that is on trial may yet be given up, and
 * one that is not waits for the lock. Not to be cancelled: the old one is spent. */
static void
baton_token_keeper_keep_rotated (GTask *task)
{
  Renewal *renewal = g_task_get_task_data (task);
  BatonTokenKeeper *self = renewal->keeper;
  const char *id = baton_account_get_id (self->account);
  const char *name = baton_account_get_name (self->account);

  if (renewal->in_memory)
    baton_secret_store_store_async (self->store, id, name, renewal->rotated, NULL,
                                    baton_token_keeper_kept_cb, g_object_ref (task));
  else
    baton_secret_store_store_in_keyring_async (self->store, id, name, renewal->rotated, NULL,
                                               baton_token_keeper_kept_cb, g_object_ref (task));
}

static void
baton_token_keeper_acquired_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Renewal *renewal = g_task_get_task_data (task);
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

  if (token != NULL && renewal->rotated != NULL)
    {
      renewal->token = token;
      baton_token_keeper_keep_rotated (task);
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
  if (error == NULL && is_single_use (secret)
      && baton_secret_store_is_unkept_elsewhere (self->store, baton_account_get_id (self->account)))
    error = g_error_new_literal (BATON_ERROR, BATON_ERROR_CONFLICT,
                                 _ ("Another Baton has this sign-in, and the keyring has not taken "
                                    "it yet"));
  if (error != NULL)
    {
      baton_token_keeper_land (task, NULL, g_steal_pointer (&error));
      return;
    }

  _baton_token_keeper_begin_attempt (self);
  baton_token_keeper_mark_spent (renewal, secret);
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

  renewal->in_memory
      = baton_secret_store_is_in_memory (self->store, baton_account_get_id (self->account));
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

/* The operation of the single flight "renew". */
static void
baton_token_keeper_start (GTask *shared, gpointer user_data)
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

void
_baton_token_keeper_join (BatonTokenKeeper *self, GTask *task)
{
  baton_single_flight_run_async (self->flight, "renew", baton_token_keeper_start, self,
                                 g_task_get_cancellable (task), baton_token_keeper_renewed_cb,
                                 task);
}
