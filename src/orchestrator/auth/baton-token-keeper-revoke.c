/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-error.h"
#include "baton-lock.h"
#include "baton-token-keeper-private.h"

/* What a person does with the secret itself: revoking it, looking at it. */

typedef struct
{
  BatonSecret *secret;   /* (owned) (nullable) */
  BatonLock *lock;       /* (owned) (nullable): other processes wait for it */
  GError *server_error;  /* (owned) (nullable) */
  GError *keyring_error; /* (owned) (nullable) */
} Revocation;

static void
revocation_free (Revocation *revocation)
{
  g_clear_pointer (&revocation->secret, baton_secret_unref);
  g_clear_pointer (&revocation->lock, baton_lock_release);
  g_clear_error (&revocation->server_error);
  g_clear_error (&revocation->keyring_error);
  g_free (revocation);
}

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
baton_token_keeper_cleared_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BatonTokenKeeper *self = g_task_get_source_object (task);
  Revocation *revocation = g_task_get_task_data (task);

  baton_secret_store_clear_finish (BATON_SECRET_STORE (object), result, &revocation->keyring_error);

  /* Nothing is kept any more that could be spent. */
  if (revocation->lock != NULL && revocation->keyring_error == NULL)
    baton_lock_set_mark (revocation->lock, FALSE);
  g_clear_pointer (&revocation->lock, baton_lock_release);

  self->generation++;
  _baton_token_keeper_drop_token (self);
  if (revocation->server_error == NULL)
    {
      g_autoptr (GError) error = g_error_new_literal (BATON_ERROR, BATON_ERROR_KEY_REVOKED,
                                                      _ ("You revoked the user key."));

      g_clear_pointer (&self->unrevoked, baton_secret_unref);
      _baton_token_keeper_set_state (self, BATON_KEEPER_REVOKED, error);
    }
  else
    {
      if (revocation->secret != NULL && self->unrevoked != revocation->secret)
        {
          g_clear_pointer (&self->unrevoked, baton_secret_unref);
          self->unrevoked = baton_secret_ref (revocation->secret);
        }
      _baton_token_keeper_set_state (self, BATON_KEEPER_SIGNED_OUT, NULL);
    }

  g_task_return_boolean (task, TRUE);
}

/* @task: (transfer full). What the server has revoked, or has perhaps, is forgotten whatever
 * happens. */
static void
baton_token_keeper_clear (GTask *task)
{
  BatonTokenKeeper *self = g_task_get_source_object (task);

  baton_secret_store_clear_async (self->store, baton_account_get_id (self->account), NULL,
                                  baton_token_keeper_cleared_cb, task);
}

static void
baton_token_keeper_revoked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Revocation *revocation = g_task_get_task_data (task);

  if (!baton_authenticator_revoke_finish (BATON_AUTHENTICATOR (object), result,
                                          &revocation->server_error)
      && is_cancelled (revocation->server_error))
    {
      g_task_return_error (task, g_steal_pointer (&revocation->server_error));
      return;
    }

  baton_token_keeper_clear (g_steal_pointer (&task));
}

/* @task: (transfer full) */
static void
baton_token_keeper_revoke_secret (GTask *task)
{
  BatonTokenKeeper *self = g_task_get_source_object (task);
  Revocation *revocation = g_task_get_task_data (task);

  baton_authenticator_revoke_async (self->authenticator, self->account, revocation->secret,
                                    g_task_get_cancellable (task), baton_token_keeper_revoked_cb,
                                    task);
}

static void
baton_token_keeper_revoke_looked_up_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Revocation *revocation = g_task_get_task_data (task);

  revocation->secret = baton_secret_store_lookup_finish (BATON_SECRET_STORE (object), result,
                                                         &revocation->server_error);

  if (is_cancelled (revocation->server_error))
    {
      g_task_return_error (task, g_steal_pointer (&revocation->server_error));
      return;
    }

  if (revocation->secret == NULL)
    {
      if (revocation->server_error == NULL)
        revocation->server_error = g_error_new_literal (
            BATON_ERROR, BATON_ERROR_NOT_SIGNED_IN, _ ("No key is kept that could be revoked."));
      baton_token_keeper_clear (g_steal_pointer (&task));
      return;
    }

  baton_token_keeper_revoke_secret (g_steal_pointer (&task));
}

static void
baton_token_keeper_revoke_look_up (GTask *task)
{
  BatonTokenKeeper *self = g_task_get_source_object (task);
  Revocation *revocation = g_task_get_task_data (task);

  if (self->unrevoked != NULL)
    {
      revocation->secret = baton_secret_ref (self->unrevoked);
      baton_token_keeper_revoke_secret (g_object_ref (task));
      return;
    }

  baton_secret_store_lookup_async (self->store, baton_account_get_id (self->account),
                                   g_task_get_cancellable (task),
                                   baton_token_keeper_revoke_looked_up_cb, g_object_ref (task));
}

static void
baton_token_keeper_revoke_locked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Revocation *revocation = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  revocation->lock = baton_lock_acquire_finish (result, &error);
  if (is_cancelled (error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  /* As of a renewal. */
  if (error != NULL)
    g_debug ("Revoking without a lock: %s", error->message);

  baton_token_keeper_revoke_look_up (task);
}

/**
 * baton_token_keeper_revoke_async:
 * @cancellable: (nullable): until the server has answered
 *
 * Main thread. Revokes on the server, then forgets here, whatever the server said. What the server
 * could not be told is remembered in memory, so that it can be tried once more. A renewal that is
 * on its way and spends the secret, here or in another process, ends first: what it brings is what
 * is revoked.
 */
void
baton_token_keeper_revoke_async (BatonTokenKeeper *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (BATON_IS_TOKEN_KEEPER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, baton_token_keeper_revoke_async);
  g_task_set_task_data (task, g_new0 (Revocation, 1), (GDestroyNotify)revocation_free);
  if (baton_authenticator_rotates (self->authenticator))
    baton_lock_acquire_async (baton_account_get_id (self->account), cancellable,
                              baton_token_keeper_revoke_locked_cb, g_object_ref (task));
  else
    baton_token_keeper_revoke_look_up (task);
}

gboolean
baton_token_keeper_revoke_finish (BatonTokenKeeper *self,
                                  GAsyncResult *result,
                                  GError **server_error,
                                  GError **keyring_error)
{
  Revocation *revocation = NULL;

  g_return_val_if_fail (BATON_IS_TOKEN_KEEPER (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return FALSE;

  revocation = g_task_get_task_data (G_TASK (result));
  if (server_error != NULL)
    *server_error = g_steal_pointer (&revocation->server_error);
  if (keyring_error != NULL)
    *keyring_error = g_steal_pointer (&revocation->keyring_error);

  return TRUE;
}

static void
baton_token_keeper_secret_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  BatonSecret *secret
      = baton_secret_store_lookup_finish (BATON_SECRET_STORE (object), result, &error);

  if (secret != NULL)
    g_task_return_pointer (task, secret, (GDestroyNotify)baton_secret_unref);
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_new_error (task, BATON_ERROR, BATON_ERROR_NOT_SIGNED_IN, "%s",
                             _ ("Nothing is kept to sign in with."));
}

void
baton_token_keeper_lookup_secret_async (BatonTokenKeeper *self,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  GTask *task = NULL;

  g_return_if_fail (BATON_IS_TOKEN_KEEPER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, baton_token_keeper_lookup_secret_async);

  baton_secret_store_lookup_async (self->store, baton_account_get_id (self->account), cancellable,
                                   baton_token_keeper_secret_cb, task);
}

BatonSecret *
baton_token_keeper_lookup_secret_finish (BatonTokenKeeper *self,
                                         GAsyncResult *result,
                                         GError **error)
{
  g_return_val_if_fail (BATON_IS_TOKEN_KEEPER (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
