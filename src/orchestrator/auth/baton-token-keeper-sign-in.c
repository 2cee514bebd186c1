/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-error.h"
#include "baton-lock.h"
#include "baton-token-keeper-private.h"
#include "http/baton-answer.h"

/* Signing in: the server is asked first, and then the secret comes to the keyring. */

typedef struct
{
  BatonSecret *secret;   /* (owned) (nullable) */
  BatonSecret *former;   /* (owned) (nullable): what the keyring kept before */
  gboolean on_trial;     /* the caller keeps it, or gives it up */
  BatonToken *token;     /* (owned) (nullable) */
  BatonLock *lock;       /* (owned) (nullable): while the keyring is written */
  GError *keyring_error; /* (owned) (nullable) */
} Step;

static void
step_free (Step *step)
{
  g_clear_pointer (&step->secret, baton_secret_unref);
  g_clear_pointer (&step->former, baton_secret_unref);
  g_clear_pointer (&step->token, baton_token_unref);
  g_clear_pointer (&step->lock, baton_lock_release);
  g_clear_error (&step->keyring_error);
  g_free (step);
}

static GTask *
new_task (BatonTokenKeeper *self,
          GCancellable *cancellable,
          gpointer tag,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, g_new0 (Step, 1), (GDestroyNotify)step_free);

  return task;
}

static void
baton_token_keeper_signed_in (GTask *task)
{
  BatonTokenKeeper *self = g_task_get_source_object (task);
  Step *step = g_task_get_task_data (task);

  self->generation++;
  g_clear_pointer (&self->unrevoked, baton_secret_unref);
  baton_renewal_pace_reset (self->pace);
  _baton_token_keeper_take_token (self, step->token, step->secret);

  g_task_return_boolean (task, TRUE);
}

/* Only memory knows a secret on trial: nothing is left in the keyring of what came to nothing. */
static void
baton_token_keeper_begin_trial (BatonTokenKeeper *self, BatonSecret *secret)
{
  const char *id = baton_account_get_id (self->account);

  /* The person has not chosen the memory for what only waits there for the keyring. */
  if (baton_secret_store_get_unkept_error (self->store, id) != NULL)
    baton_secret_store_drop_from_memory (self->store, id);
  if (!baton_secret_store_is_in_memory (self->store, id))
    self->on_trial = TRUE;
  baton_secret_store_keep_in_memory (self->store, id, secret);
}

static void
baton_token_keeper_kept (GTask *task)
{
  Step *step = g_task_get_task_data (task);

  g_clear_pointer (&step->lock, baton_lock_release);
  if (step->token != NULL)
    baton_token_keeper_signed_in (task);
  else
    g_task_return_boolean (task, TRUE);
}

static void
baton_token_keeper_restored_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Step *step = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (step->former != NULL)
    baton_secret_store_store_finish (BATON_SECRET_STORE (object), result, &error);
  else
    baton_secret_store_clear_finish (BATON_SECRET_STORE (object), result, &error);
  if (error != NULL)
    g_debug ("The keyring is not as it was: %s", error->message);

  g_clear_pointer (&step->lock, baton_lock_release);
  g_task_return_error_if_cancelled (task);
}

static void
baton_token_keeper_stored_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BatonTokenKeeper *self = g_task_get_source_object (task);
  const char *id = baton_account_get_id (self->account);
  Step *step = g_task_get_task_data (task);
  gboolean stored
      = baton_secret_store_store_finish (BATON_SECRET_STORE (object), result, &step->keyring_error);

  /* Writing cannot be called back, only undone. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      if (step->former != NULL)
        baton_secret_store_store_async (self->store, id, baton_account_get_name (self->account),
                                        step->former, NULL, baton_token_keeper_restored_cb,
                                        g_object_ref (task));
      else
        baton_secret_store_clear_async (self->store, id, NULL, baton_token_keeper_restored_cb,
                                        g_object_ref (task));
      return;
    }

  if (!stored)
    baton_secret_store_keep_in_memory (self->store, id, step->secret);
  else if (step->lock != NULL)
    baton_lock_set_mark (step->lock, FALSE);
  baton_token_keeper_kept (task);
}

static void
baton_token_keeper_former_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BatonTokenKeeper *self = g_task_get_source_object (task);
  Step *step = g_task_get_task_data (task);

  /* Where it cannot be read it is taken for none: the store says why in a moment. */
  step->former = baton_secret_store_lookup_finish (BATON_SECRET_STORE (object), result, NULL);
  if (g_task_return_error_if_cancelled (task))
    return;

  baton_secret_store_store_async (self->store, baton_account_get_id (self->account),
                                  baton_account_get_name (self->account), step->secret, NULL,
                                  baton_token_keeper_stored_cb, g_object_ref (task));
}

static void
baton_token_keeper_tried_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BatonTokenKeeper *self = g_task_get_source_object (task);
  const char *id = baton_account_get_id (self->account);
  Step *step = g_task_get_task_data (task);

  g_clear_pointer (&step->secret, baton_secret_unref);
  step->secret = baton_secret_store_lookup_finish (BATON_SECRET_STORE (object), result, NULL);
  self->on_trial = FALSE;
  baton_secret_store_drop_from_memory (self->store, id);
  /* Given up in the meantime, or forgotten by the person. */
  if (g_task_return_error_if_cancelled (task))
    return;
  if (step->secret == NULL)
    {
      baton_token_keeper_kept (task);
      return;
    }

  baton_secret_store_lookup_async (self->store, id, g_task_get_cancellable (task),
                                   baton_token_keeper_former_cb, g_object_ref (task));
}

static void
baton_token_keeper_look_up_tried (GTask *task)
{
  BatonTokenKeeper *self = g_task_get_source_object (task);

  baton_secret_store_lookup_async (self->store, baton_account_get_id (self->account), NULL,
                                   baton_token_keeper_tried_cb, g_object_ref (task));
}

static void
baton_token_keeper_keep_locked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Step *step = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  step->lock = baton_lock_acquire_finish (result, &error);
  if (g_task_return_error_if_cancelled (task))
    return;
  /* As of a renewal. */
  if (error != NULL)
    g_debug ("Signing in without a lock: %s", error->message);

  baton_token_keeper_look_up_tried (task);
}

/* @task: (transfer full). What is on trial goes from memory to the keyring. Where a renewal writes
 * there too, under its lock: what one brings for the secret from before, here or in another
 * process, is not to take the new one's place. */
static void
baton_token_keeper_keep (GTask *task)
{
  g_autoptr (GTask) kept = task;
  BatonTokenKeeper *self = g_task_get_source_object (task);

  if (!self->on_trial)
    baton_token_keeper_kept (task);
  else if (baton_authenticator_rotates (self->authenticator))
    baton_lock_acquire_async (baton_account_get_id (self->account), g_task_get_cancellable (task),
                              baton_token_keeper_keep_locked_cb, g_object_ref (task));
  else
    baton_token_keeper_look_up_tried (task);
}

static void
baton_token_keeper_sign_in_acquired_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BatonTokenKeeper *self = g_task_get_source_object (task);
  Step *step = g_task_get_task_data (task);
  BatonSecret *rotated = NULL;
  g_autoptr (GError) error = NULL;

  step->token
      = baton_authenticator_acquire_finish (BATON_AUTHENTICATOR (object), result, &rotated, &error);
  if (step->token == NULL)
    {
      /* It was typed a moment ago: more likely wrong than revoked. */
      if (g_error_matches (error, BATON_ERROR, BATON_ERROR_KEY_REVOKED))
        {
          g_autofree char *message = g_strdup (error->message);

          error = baton_answer_retell (g_steal_pointer (&error), BATON_ERROR_BAD_CREDENTIALS,
                                       message);
        }

      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (rotated != NULL)
    {
      baton_secret_unref (step->secret);
      step->secret = rotated;
    }

  baton_token_keeper_begin_trial (self, step->secret);
  if (step->on_trial)
    baton_token_keeper_signed_in (task);
  else
    baton_token_keeper_keep (g_steal_pointer (&task));
}

/* @task: (transfer full) */
static void
baton_token_keeper_acquire (GTask *task, BatonSecret *secret, gboolean on_trial)
{
  BatonTokenKeeper *self = g_task_get_source_object (task);
  Step *step = g_task_get_task_data (task);

  step->secret = baton_secret_ref (secret);
  step->on_trial = on_trial;

  baton_authenticator_acquire_async (self->authenticator, self->account, secret,
                                     g_task_get_cancellable (task),
                                     baton_token_keeper_sign_in_acquired_cb, task);
}

/**
 * baton_token_keeper_sign_in_async:
 * @secret: what was typed
 * @cancellable: (nullable): a cancellable
 *
 * Main thread. Where it fails, all is as it was: what is kept, the token, the state. Errors: as of
 * baton_authenticator_acquire_async(), but BAD_CREDENTIALS for a key that the server does not know.
 */
void
baton_token_keeper_sign_in_async (BatonTokenKeeper *self,
                                  BatonSecret *secret,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (BATON_IS_TOKEN_KEEPER (self));
  g_return_if_fail (secret != NULL);

  baton_token_keeper_acquire (
      new_task (self, cancellable, baton_token_keeper_sign_in_async, callback, user_data), secret,
      FALSE);
}

gboolean
baton_token_keeper_sign_in_finish (BatonTokenKeeper *self,
                                   GAsyncResult *result,
                                   GError **keyring_error,
                                   GError **error)
{
  return baton_token_keeper_keep_finish (self, result, keyring_error, error);
}

/**
 * baton_token_keeper_try_async:
 * @secret: what was typed
 * @cancellable: (nullable): a cancellable
 *
 * Main thread. As baton_token_keeper_sign_in_async(), but the secret stays out of the keyring until
 * baton_token_keeper_keep_async(): the token may be good and the sign-in come to nothing all the
 * same, over a wrong address.
 */
void
baton_token_keeper_try_async (BatonTokenKeeper *self,
                              BatonSecret *secret,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (BATON_IS_TOKEN_KEEPER (self));
  g_return_if_fail (secret != NULL);

  baton_token_keeper_acquire (
      new_task (self, cancellable, baton_token_keeper_try_async, callback, user_data), secret,
      TRUE);
}

gboolean
baton_token_keeper_try_finish (BatonTokenKeeper *self, GAsyncResult *result, GError **error)
{
  return baton_token_keeper_keep_finish (self, result, NULL, error);
}

/**
 * baton_token_keeper_keep_async:
 * @cancellable: (nullable): cancelled, the keyring is as it was before the trial
 *
 * Main thread. Nothing where nothing is on trial.
 */
void
baton_token_keeper_keep_async (BatonTokenKeeper *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (BATON_IS_TOKEN_KEEPER (self));

  baton_token_keeper_keep (
      new_task (self, cancellable, baton_token_keeper_keep_async, callback, user_data));
}

void
baton_token_keeper_give_up (BatonTokenKeeper *self)
{
  g_return_if_fail (BATON_IS_TOKEN_KEEPER (self));

  if (!self->on_trial)
    return;

  self->on_trial = FALSE;
  self->generation++;
  baton_secret_store_drop_from_memory (self->store, baton_account_get_id (self->account));
  _baton_token_keeper_drop_token (self);
  _baton_token_keeper_set_state (self, BATON_KEEPER_SIGNED_OUT, NULL);
}

gboolean
baton_token_keeper_keep_finish (BatonTokenKeeper *self,
                                GAsyncResult *result,
                                GError **keyring_error,
                                GError **error)
{
  Step *step = NULL;

  g_return_val_if_fail (BATON_IS_TOKEN_KEEPER (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  step = g_task_get_task_data (G_TASK (result));
  if (keyring_error != NULL)
    *keyring_error = g_steal_pointer (&step->keyring_error);

  return TRUE;
}
