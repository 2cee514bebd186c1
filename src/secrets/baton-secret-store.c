/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-error.h"
#include "baton-keyring.h"
#include "baton-secret-store-private.h"

enum
{
  PROP_0,
  PROP_STATE,
  N_PROPS
};

enum
{
  CHANGED,
  N_SIGNALS
};

G_DEFINE_ENUM_TYPE (BatonSecretStoreState, baton_secret_store_state,
                    G_DEFINE_ENUM_VALUE (BATON_SECRET_STORE_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (BATON_SECRET_STORE_AVAILABLE, "available"),
                    G_DEFINE_ENUM_VALUE (BATON_SECRET_STORE_LOCKED, "locked"),
                    G_DEFINE_ENUM_VALUE (BATON_SECRET_STORE_UNAVAILABLE, "unavailable"))

G_DEFINE_FINAL_TYPE (BatonSecretStore, baton_secret_store, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

void
_baton_secret_store_set_state (BatonSecretStore *self, BatonSecretStoreState state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  if (state == BATON_SECRET_STORE_AVAILABLE)
    baton_secret_store_keep_again (self, NULL);
}

void
_baton_secret_store_emit_changed (BatonSecretStore *self, const char *account_id)
{
  g_signal_emit (self, signals[CHANGED], 0, account_id);
}

void
_baton_secret_store_return_error (GTask *task, GError *error)
{
  BatonSecretStore *self = g_task_get_source_object (task);
  GError *converted = baton_keyring_convert_error (error);

  if (g_error_matches (converted, BATON_ERROR, BATON_ERROR_KEYRING_LOCKED))
    _baton_secret_store_set_state (self, BATON_SECRET_STORE_LOCKED);
  else if (g_error_matches (converted, BATON_ERROR, BATON_ERROR_KEYRING_UNAVAILABLE))
    _baton_secret_store_set_state (self, BATON_SECRET_STORE_UNAVAILABLE);

  g_task_return_error (task, converted);
}

void
_baton_secret_store_return_locked (GTask *task)
{
  _baton_secret_store_return_error (task, g_error_new_literal (BATON_ERROR, BATON_ERROR_KEYRING_LOCKED,
                                           "The keyring is locked"));
}

BatonKeyringFound *
_baton_secret_store_search_finish (GTask *task, GAsyncResult *result)
{
  BatonSecretStore *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  BatonKeyringFound *found = baton_keyring_search_finish (result, &error);

  if (found == NULL)
    {
      _baton_secret_store_return_error (task, g_steal_pointer (&error));
      return NULL;
    }

  _baton_secret_store_set_state (self, found->locked ? BATON_SECRET_STORE_LOCKED
                                                    : BATON_SECRET_STORE_AVAILABLE);

  return found;
}

static void
baton_secret_store_finalize (GObject *object)
{
  BatonSecretStore *self = BATON_SECRET_STORE (object);

  g_hash_table_unref (self->unkept);
  g_hash_table_unref (self->in_memory);

  G_OBJECT_CLASS (baton_secret_store_parent_class)->finalize (object);
}

static void
baton_secret_store_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  BatonSecretStore *self = BATON_SECRET_STORE (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, (int) self->state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
baton_secret_store_class_init (BatonSecretStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = baton_secret_store_finalize;
  object_class->get_property = baton_secret_store_get_property;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, BATON_TYPE_SECRET_STORE_STATE,
                                              BATON_SECRET_STORE_UNKNOWN,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
baton_secret_store_init (BatonSecretStore *self)
{
  self->in_memory = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) baton_secret_unref);
  self->unkept = _baton_secret_store_make_unkept ();
}

/**
 * baton_secret_store_new:
 *
 * Asks no keyring yet.
 *
 * Returns: (transfer full): a store
 */
BatonSecretStore *
baton_secret_store_new (void)
{
  return g_object_new (BATON_TYPE_SECRET_STORE, NULL);
}

BatonSecretStoreState
baton_secret_store_get_state (BatonSecretStore *self)
{
  g_return_val_if_fail (BATON_IS_SECRET_STORE (self), BATON_SECRET_STORE_UNKNOWN);

  return self->state;
}

static void
lookup_retrieved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretValue) value = NULL;
  BatonSecret *secret = NULL;

  value = secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (object), result, &error);

  /* Another program deleted it between the two calls. */
  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_NO_SUCH_OBJECT) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD))
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }

  if (error != NULL)
    {
      _baton_secret_store_return_error (task, g_steal_pointer (&error));
      return;
    }

  secret = baton_secret_from_text (value != NULL ? secret_value_get_text (value) : NULL, &error);

  if (secret == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, secret, (GDestroyNotify) baton_secret_unref);
}

static void
lookup_found_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (BatonKeyringFound) found = _baton_secret_store_search_finish (task, result);
  BatonKeyringItem *newest = NULL;

  if (found == NULL)
    return;

  /* Two of one account: a store was interrupted before the older one was cleared. */
  for (guint i = 0; i < found->items->len; i++)
    {
      BatonKeyringItem *item = g_ptr_array_index (found->items, i);

      if (newest == NULL || item->modified > newest->modified)
        newest = item;
    }

  if (newest != NULL)
    secret_retrievable_retrieve_secret (newest->kept,
                                        found->service != NULL ? g_task_get_cancellable (task) : NULL,
                                        lookup_retrieved_cb, g_object_ref (task));
  else if (found->locked_items != NULL || (found->locked && found->collection != NULL))
    _baton_secret_store_return_locked (task); /* a locked keyring may hide what it holds */
  else
    g_task_return_pointer (task, NULL, NULL);
}

void
_baton_secret_store_look_up_async (BatonSecretStore *self,
                                   const char *account_id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, _baton_secret_store_look_up_async);
  baton_keyring_search_async (account_id, TRUE, cancellable, lookup_found_cb, task);
}

BatonSecret *
_baton_secret_store_look_up_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * baton_secret_store_lookup_async:
 * @self: a store
 * @account_id: the id of the account
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is read
 * @user_data: given to @callback
 *
 * Main thread. The memory first.
 */
void
baton_secret_store_lookup_async (BatonSecretStore *self,
                                 const char *account_id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  BatonSecret *kept = NULL;

  g_return_if_fail (BATON_IS_SECRET_STORE (self));
  g_return_if_fail (account_id != NULL);

  kept = g_hash_table_lookup (self->in_memory, account_id);
  if (kept == NULL)
    {
      _baton_secret_store_look_up_async (self, account_id, cancellable, callback, user_data);
      return;
    }

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, baton_secret_store_lookup_async);
  g_task_return_pointer (task, baton_secret_ref (kept), (GDestroyNotify) baton_secret_unref);
}

/**
 * baton_secret_store_lookup_finish:
 * @self: a store
 * @result: as the callback got it
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the secret; %NULL without an error where none is kept
 */
BatonSecret *
baton_secret_store_lookup_finish (BatonSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (BATON_IS_SECRET_STORE (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return _baton_secret_store_look_up_finish (result, error);
}

/**
 * baton_secret_store_keep_in_memory:
 * @self: a store
 * @account_id: the id of the account
 * @secret: what to keep
 *
 * Main thread.
 */
void
baton_secret_store_keep_in_memory (BatonSecretStore *self,
                                   const char *account_id,
                                   BatonSecret *secret)
{
  g_return_if_fail (BATON_IS_SECRET_STORE (self));
  g_return_if_fail (account_id != NULL);
  g_return_if_fail (secret != NULL);

  g_hash_table_insert (self->in_memory, g_strdup (account_id), baton_secret_ref (secret));
  baton_secret_store_keep_again (self, account_id);
  _baton_secret_store_emit_changed (self, account_id);
}

gboolean
baton_secret_store_is_in_memory (BatonSecretStore *self, const char *account_id)
{
  g_return_val_if_fail (BATON_IS_SECRET_STORE (self), FALSE);
  g_return_val_if_fail (account_id != NULL, FALSE);

  return g_hash_table_contains (self->in_memory, account_id);
}

void
baton_secret_store_drop_from_memory (BatonSecretStore *self, const char *account_id)
{
  g_return_if_fail (BATON_IS_SECRET_STORE (self));
  g_return_if_fail (account_id != NULL);

  g_hash_table_remove (self->unkept, account_id);
  if (g_hash_table_remove (self->in_memory, account_id))
    _baton_secret_store_emit_changed (self, account_id);
}
