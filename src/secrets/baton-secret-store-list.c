/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "baton-error.h"
#include "baton-secret-store-private.h"

/* What is asked of the keyring as a whole: what it has of Baton's, and to be unlocked. */

static int
compare_items (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return g_utf8_collate (baton_secret_item_get_label ((BatonSecretItem *) a),
                         baton_secret_item_get_label ((BatonSecretItem *) b));
}

/* Returns: (transfer full) (nullable): NULL where it is not one that this version wrote. */
static BatonSecretItem *
make_item (BatonKeyringItem *found)
{
  const char *label = found->label != NULL ? found->label : found->account_id;
  BatonSecretKind kind = BATON_SECRET_USER_KEY;

  if (found->account_id == NULL || !baton_secret_kind_from_nick (found->kind, &kind))
    return NULL;

  if (g_str_has_prefix (label, BATON_SECRET_STORE_LABEL))
    label += strlen (BATON_SECRET_STORE_LABEL);

  return baton_secret_item_new (found->account_id, label, kind, found->modified);
}

static void
list_found_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (BatonKeyringFound) found = _baton_secret_store_search_finish (task, result);
  g_autoptr (GListStore) list = NULL;

  if (found == NULL)
    return;

  /* A list with some left out would look like the whole. libsecret 0.20.5 also gives locked items
   * without attributes. */
  if (found->locked_items != NULL || (found->locked && found->collection != NULL))
    {
      _baton_secret_store_return_locked (task);
      return;
    }

  list = g_list_store_new (BATON_TYPE_SECRET_ITEM);

  for (guint i = 0; i < found->items->len; i++)
    {
      g_autoptr (BatonSecretItem) item = make_item (g_ptr_array_index (found->items, i));

      if (item != NULL)
        g_list_store_insert_sorted (list, item, compare_items, NULL);
    }

  g_task_return_pointer (task, g_steal_pointer (&list), g_object_unref);
}

/**
 * baton_secret_store_list_async:
 * @self: a store
 * @cancellable: (nullable): a cancellable
 * @callback: called with the list
 * @user_data: given to @callback
 *
 * Main thread. Loads no value.
 */
void
baton_secret_store_list_async (BatonSecretStore *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (BATON_IS_SECRET_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, baton_secret_store_list_async);

  baton_keyring_search_async (NULL, FALSE, cancellable, list_found_cb, g_steal_pointer (&task));
}

/**
 * baton_secret_store_list_finish:
 * @self: a store
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a list of #BatonSecretItem that does not change
 */
GListModel *
baton_secret_store_list_finish (BatonSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (BATON_IS_SECRET_STORE (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
unlock_unlocked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BatonSecretStore *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (!baton_keyring_unlock_finish (result, &error))
    {
      _baton_secret_store_return_error (task, g_steal_pointer (&error));
      return;
    }

  _baton_secret_store_set_state (self, BATON_SECRET_STORE_AVAILABLE);
  g_task_return_boolean (task, TRUE);
}

/**
 * baton_secret_store_unlock_async:
 * @self: a store
 * @cancellable: (nullable): a cancellable; takes the system's dialog away too
 * @callback: called when the user has answered
 * @user_data: given to @callback
 *
 * Main thread.
 */
void
baton_secret_store_unlock_async (BatonSecretStore *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (BATON_IS_SECRET_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, baton_secret_store_unlock_async);

  baton_keyring_unlock_async (cancellable, unlock_unlocked_cb, g_steal_pointer (&task));
}

/**
 * baton_secret_store_unlock_finish:
 * @self: a store
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: whether the keyring is open now
 */
gboolean
baton_secret_store_unlock_finish (BatonSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (BATON_IS_SECRET_STORE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
