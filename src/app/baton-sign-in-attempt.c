/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-sign-in-attempt.h"

struct _BatonSignInAttempt
{
  GObject parent_instance;

  BatonSecretStore *store;     /* (owned) */
  BatonConnection *connection; /* (owned) */
  GCancellable *cancellable;   /* (owned) */
  gboolean in_memory;          /* the secret is, because of us */
};

G_DEFINE_FINAL_TYPE (BatonSignInAttempt, baton_sign_in_attempt, G_TYPE_OBJECT)

static void
baton_sign_in_attempt_finalize (GObject *object)
{
  BatonSignInAttempt *self = BATON_SIGN_IN_ATTEMPT (object);

  g_clear_object (&self->store);
  g_clear_object (&self->connection);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (baton_sign_in_attempt_parent_class)->finalize (object);
}

static void
baton_sign_in_attempt_class_init (BatonSignInAttemptClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_sign_in_attempt_finalize;
}

static void
baton_sign_in_attempt_init (BatonSignInAttempt *self)
{
  self->cancellable = g_cancellable_new ();
}

BatonSignInAttempt *
baton_sign_in_attempt_new (BatonAccount *account, BatonSecretStore *store)
{
  BatonSignInAttempt *self;

  g_return_val_if_fail (BATON_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (BATON_IS_SECRET_STORE (store), NULL);

  self = g_object_new (BATON_TYPE_SIGN_IN_ATTEMPT, NULL);
  self->store = g_object_ref (store);
  self->connection = baton_connection_new (account, store, NULL);

  return self;
}

BatonConnection *
baton_sign_in_attempt_get_connection (BatonSignInAttempt *self)
{
  g_return_val_if_fail (BATON_IS_SIGN_IN_ATTEMPT (self), NULL);

  return self->connection;
}

static const char *
get_id (BatonSignInAttempt *self)
{
  return baton_account_get_id (baton_connection_get_account (self->connection));
}

static void
forget (BatonSignInAttempt *self)
{
  if (self->in_memory)
    baton_secret_store_drop_from_memory (self->store, get_id (self));
  self->in_memory = FALSE;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *keyring_error = NULL;
  GError *error = NULL;

  if (baton_connection_open_finish (BATON_CONNECTION (source), result, &keyring_error, &error))
    {
      g_task_return_pointer (task, keyring_error, (GDestroyNotify)g_error_free);
      return;
    }
  forget (g_task_get_source_object (task));
  g_task_return_error (task, error);
}

void
baton_sign_in_attempt_run_async (BatonSignInAttempt *self,
                                 BatonSecret *secret,
                                 gboolean for_this_run,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task;

  g_return_if_fail (BATON_IS_SIGN_IN_ATTEMPT (self));
  g_return_if_fail (secret != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, baton_sign_in_attempt_run_async);
  if (for_this_run && !baton_secret_store_is_in_memory (self->store, get_id (self)))
    {
      baton_secret_store_keep_in_memory (self->store, get_id (self), secret);
      self->in_memory = TRUE;
    }
  baton_connection_open_async (self->connection, secret, self->cancellable, opened_cb, task);
}

gboolean
baton_sign_in_attempt_run_finish (BatonSignInAttempt *self,
                                  GAsyncResult *result,
                                  GError **keyring_error,
                                  GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GError) keyring = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  keyring = g_task_propagate_pointer (G_TASK (result), &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (keyring_error != NULL)
    *keyring_error = g_steal_pointer (&keyring);

  return TRUE;
}

void
baton_sign_in_attempt_cancel (BatonSignInAttempt *self)
{
  g_return_if_fail (BATON_IS_SIGN_IN_ATTEMPT (self));

  g_cancellable_cancel (self->cancellable);
  forget (self);
}
