/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-forget.h"
#include "baton-lock.h"

typedef struct
{
  char *account_id; /* (owned) */
  BatonLock *lock;  /* (owned) (nullable) */
} Forgetting;

static void
forgetting_free (Forgetting *forgetting)
{
  g_clear_pointer (&forgetting->lock, baton_lock_release);
  g_free (forgetting->account_id);
  g_free (forgetting);
}

static void
cleared_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Forgetting *forgetting = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  baton_secret_store_clear_finish (BATON_SECRET_STORE (object), result, &error);
  /* Nothing is kept any more that could have been spent. */
  if (forgetting->lock != NULL && error == NULL)
    baton_lock_set_mark (forgetting->lock, FALSE);
  g_clear_pointer (&forgetting->lock, baton_lock_release);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
clear (GTask *task)
{
  Forgetting *forgetting = g_task_get_task_data (task);

  baton_secret_store_clear_async (g_task_get_source_object (task), forgetting->account_id,
                                  g_task_get_cancellable (task), cleared_cb, g_object_ref (task));
}

static void
locked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Forgetting *forgetting = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  forgetting->lock = baton_lock_acquire_finish (result, &error);
  if (g_task_return_error_if_cancelled (task))
    return;
  /* As of a renewal. */
  if (error != NULL)
    g_debug ("Forgetting without a lock: %s", error->message);

  clear (task);
}

void
baton_forget_async (BatonSecretStore *store,
                    const char *account_id,
                    gboolean rotates,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Forgetting *forgetting = NULL;

  g_return_if_fail (BATON_IS_SECRET_STORE (store));
  g_return_if_fail (account_id != NULL);

  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, baton_forget_async);
  forgetting = g_new0 (Forgetting, 1);
  forgetting->account_id = g_strdup (account_id);
  g_task_set_task_data (task, forgetting, (GDestroyNotify)forgetting_free);

  if (rotates)
    baton_lock_acquire_async (account_id, cancellable, locked_cb, g_object_ref (task));
  else
    clear (task);
}

gboolean
baton_forget_finish (BatonSecretStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (BATON_IS_SECRET_STORE (store), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
