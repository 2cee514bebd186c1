/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "baton-error.h"
#include "baton-keyring.h"
#include "baton-redact.h"
#include "baton-secret-store-private.h"

/* Into the keyring: the new one first, then what it replaces goes, then the look whether it is really there. */

typedef struct
{
  char *account_id;    /* (owned) */
  char *label;         /* (owned) */
  BatonSecret *secret; /* (owned) */
  GPtrArray *outdated; /* (owned) (element-type utf8): kinds of items that @secret replaces */
  BatonKeyringFound *found; /* (owned) (nullable): while it is written */
  gboolean from_memory;     /* where it is until the keyring has it */
} Store;

static void
store_free (Store *store)
{
  g_free (store->account_id);
  g_free (store->label);
  baton_secret_unref (store->secret);
  g_ptr_array_unref (store->outdated);
  g_clear_pointer (&store->found, baton_keyring_found_free);
  g_free (store);
}

static void
store_verified_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  BatonSecretStore *self = BATON_SECRET_STORE (object);
  g_autoptr (GTask) task = user_data;
  Store *store = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonSecret) kept = _baton_secret_store_look_up_finish (result, &error);

  if (error != NULL && !g_error_matches (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER))
    {
      _baton_secret_store_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (kept == NULL || baton_secret_get_kind (kept) != baton_secret_get_kind (store->secret) ||
      strcmp (baton_secret_get_value (kept), baton_secret_get_value (store->secret)) != 0)
    {
      _baton_secret_store_return_error (task, g_error_new_literal (BATON_ERROR, BATON_ERROR_KEYRING_UNAVAILABLE,
                                               "The keyring did not keep the secret"));
      return;
    }

  if (store->from_memory && g_hash_table_lookup (self->in_memory, store->account_id) == store->secret)
    g_hash_table_remove (self->in_memory, store->account_id);
  _baton_secret_store_emit_changed (self, store->account_id);
  g_task_return_boolean (task, TRUE);
}

static void store_clear_outdated (GTask *task);

/* @error: (nullable): of the step before. */
static void
store_go_on (GTask *task, const GError *error)
{
  Store *store = g_task_get_task_data (task);

  if (error == NULL)
    {
      store_clear_outdated (task);
      return;
    }

  g_clear_pointer (&store->found, baton_keyring_found_free);
  _baton_secret_store_return_error (task, g_error_copy (error));
}

static void
store_outdated_cleared_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  secret_password_clear_finish (result, &error);
  store_go_on (task, error);
}

/* After the new one is there, so that at no time there is none. Then the look whether it really is. */
static void
store_clear_outdated (GTask *task)
{
  BatonSecretStore *self = g_task_get_source_object (task);
  Store *store = g_task_get_task_data (task);
  g_autoptr (GHashTable) attributes = NULL;
  g_autofree char *kind = NULL;

  if (store->outdated->len == 0)
    {
      g_clear_pointer (&store->found, baton_keyring_found_free);
      _baton_secret_store_look_up_async (self, store->account_id, g_task_get_cancellable (task),
                                         store_verified_cb, g_object_ref (task));
      return;
    }

  kind = g_ptr_array_steal_index_fast (store->outdated, 0);
  attributes = secret_attributes_build (&baton_keyring_schema,
                                        BATON_KEYRING_ACCOUNT, store->account_id,
                                        BATON_KEYRING_KIND, kind,
                                        NULL);
  secret_password_clearv (&baton_keyring_schema, attributes, NULL, store_outdated_cleared_cb,
                          g_object_ref (task));
}

static void
store_stored_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  secret_password_store_finish (result, &error);
  store_go_on (task, error);
}

static void
store_found_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Store *store = g_task_get_task_data (task);
  g_autoptr (BatonKeyringFound) found = _baton_secret_store_search_finish (task, result);
  const char *kind = baton_secret_kind_to_nick (baton_secret_get_kind (store->secret));
  g_autoptr (GHashTable) attributes = NULL;
  g_autofree char *label = NULL;
  char *text = NULL;

  if (found == NULL)
    return;

  /* To store would prompt. */
  if (found->locked || found->locked_items != NULL)
    {
      _baton_secret_store_return_locked (task);
      return;
    }

  for (guint i = 0; i < found->items->len; i++)
    {
      BatonKeyringItem *item = g_ptr_array_index (found->items, i);

      if (item->kind != NULL && strcmp (item->kind, kind) != 0)
        g_ptr_array_add (store->outdated, g_strdup (item->kind));
    }

  attributes = secret_attributes_build (&baton_keyring_schema,
                                        BATON_KEYRING_ACCOUNT, store->account_id,
                                        BATON_KEYRING_KIND, kind,
                                        NULL);
  label = g_strconcat (BATON_SECRET_STORE_LABEL, store->label, NULL);
  store->found = g_steal_pointer (&found);
  text = baton_secret_to_text (store->secret);

  /* Not cancellable from here: a rotated refresh token that was half kept would be lost. */
  secret_password_storev (&baton_keyring_schema, attributes, SECRET_COLLECTION_DEFAULT, label, text,
                          NULL, store_stored_cb, g_object_ref (task));
  baton_secret_free (text);
}

/* @task: (transfer full) */
static void
store_start (GTask *task, const char *account_id, const char *label, BatonSecret *secret, gboolean from_memory)
{
  Store *store = g_new0 (Store, 1);

  store->account_id = g_strdup (account_id);
  store->label = g_strdup (label);
  store->secret = baton_secret_ref (secret);
  store->outdated = g_ptr_array_new_with_free_func (g_free);
  store->from_memory = from_memory;
  g_task_set_task_data (task, store, (GDestroyNotify) store_free);

  baton_keyring_search_async (account_id, FALSE, g_task_get_cancellable (task), store_found_cb, task);
}

/**
 * baton_secret_store_store_async:
 * @self: a store
 * @account_id: the id of the account
 * @label: what a person calls the account
 * @secret: what to keep
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is kept and was read back
 * @user_data: given to @callback
 *
 * Main thread.
 */
void
baton_secret_store_store_async (BatonSecretStore *self,
                                const char *account_id,
                                const char *label,
                                BatonSecret *secret,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (BATON_IS_SECRET_STORE (self));
  g_return_if_fail (account_id != NULL);
  g_return_if_fail (label != NULL);
  g_return_if_fail (secret != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, baton_secret_store_store_async);

  if (baton_secret_store_is_in_memory (self, account_id))
    {
      baton_secret_store_keep_in_memory (self, account_id, secret);
      g_task_return_boolean (task, TRUE);
      return;
    }

  store_start (g_steal_pointer (&task), account_id, label, secret, FALSE);
}

void
baton_secret_store_store_in_keyring_async (BatonSecretStore *self,
                                           const char *account_id,
                                           const char *label,
                                           BatonSecret *secret,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data)
{
  GTask *task = NULL;

  g_return_if_fail (BATON_IS_SECRET_STORE (self));
  g_return_if_fail (account_id != NULL);
  g_return_if_fail (label != NULL);
  g_return_if_fail (secret != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, baton_secret_store_store_in_keyring_async);
  store_start (task, account_id, label, secret, FALSE);
}

/**
 * baton_secret_store_store_finish:
 * @self: a store
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: whether it is kept
 */
gboolean
baton_secret_store_store_finish (BatonSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (BATON_IS_SECRET_STORE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * baton_secret_store_persist_async:
 * @self: a store
 * @account_id: the id of the account
 * @label: what a person calls the account
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is kept and was read back
 * @user_data: given to @callback
 *
 * Main thread. A lookup finds it in memory until then.
 */
void
baton_secret_store_persist_async (BatonSecretStore *self,
                                  const char *account_id,
                                  const char *label,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  BatonSecret *kept = NULL;

  g_return_if_fail (BATON_IS_SECRET_STORE (self));
  g_return_if_fail (account_id != NULL);
  g_return_if_fail (label != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, baton_secret_store_persist_async);

  kept = g_hash_table_lookup (self->in_memory, account_id);
  if (kept != NULL)
    store_start (g_steal_pointer (&task), account_id, label, kept, TRUE);
  else
    g_task_return_new_error (task, BATON_ERROR, BATON_ERROR_NOT_SIGNED_IN, "Memory has nothing to keep");
}

gboolean
baton_secret_store_persist_finish (BatonSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (BATON_IS_SECRET_STORE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
