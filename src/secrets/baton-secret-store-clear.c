/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-keyring.h"
#include "baton-secret-store-private.h"

/* Out of memory and keyring. */

typedef struct
{
  char *account_id;         /* (owned) */
  BatonKeyringFound *found; /* (owned) (nullable): while it is written */
} Clear;

static void
clear_free (Clear *clear)
{
  g_free (clear->account_id);
  g_clear_pointer (&clear->found, baton_keyring_found_free);
  g_free (clear);
}

static void
clear_cleared_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BatonSecretStore *self = g_task_get_source_object (task);
  Clear *clear = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  secret_password_clear_finish (result, &error);
  g_clear_pointer (&clear->found, baton_keyring_found_free);

  if (error != NULL)
    {
      _baton_secret_store_return_error (task, g_steal_pointer (&error));
      return;
    }

  _baton_secret_store_emit_changed (self, clear->account_id);
  g_task_return_boolean (task, TRUE);
}

static void
clear_found_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Clear *clear = g_task_get_task_data (task);
  g_autoptr (BatonKeyringFound) found = _baton_secret_store_search_finish (task, result);
  g_autoptr (GHashTable) attributes = NULL;

  if (found == NULL)
    return;

  if (found->locked_items != NULL || (found->locked && found->collection != NULL))
    {
      _baton_secret_store_return_locked (task);
      return;
    }

  if (found->items->len == 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  attributes = secret_attributes_build (&baton_keyring_schema,
                                        BATON_KEYRING_ACCOUNT, clear->account_id, NULL);
  clear->found = g_steal_pointer (&found);
  secret_password_clearv (&baton_keyring_schema, attributes, NULL, clear_cleared_cb,
                          g_object_ref (task));
}

/**
 * baton_secret_store_clear_async:
 * @self: a store
 * @account_id: the id of the account
 * @cancellable: (nullable): a cancellable
 * @callback: called when nothing is kept any more
 * @user_data: given to @callback
 *
 * Main thread. The memory forgets at once. Where the keyring then cannot be asked, that is the error: it
 * may hold an older secret of the account.
 */
void
baton_secret_store_clear_async (BatonSecretStore *self,
                                const char *account_id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Clear *clear = NULL;

  g_return_if_fail (BATON_IS_SECRET_STORE (self));
  g_return_if_fail (account_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, baton_secret_store_clear_async);
  clear = g_new0 (Clear, 1);
  clear->account_id = g_strdup (account_id);
  g_task_set_task_data (task, clear, (GDestroyNotify) clear_free);

  baton_secret_store_drop_from_memory (self, account_id);
  baton_keyring_search_async (account_id, FALSE, cancellable, clear_found_cb, g_steal_pointer (&task));
}

/**
 * baton_secret_store_clear_finish:
 * @self: a store
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: whether nothing is kept any more
 */
gboolean
baton_secret_store_clear_finish (BatonSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (BATON_IS_SECRET_STORE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
