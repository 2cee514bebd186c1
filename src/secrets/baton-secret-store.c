/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "baton-error.h"
#include "baton-keyring.h"
#include "baton-redact.h"
#include "baton-secret-store-private.h"

typedef struct
{
  char *account_id;    /* (owned) */
  char *label;         /* (owned) */
  BatonSecret *secret; /* (owned) */
  GPtrArray *outdated; /* (owned) (element-type utf8): kinds of items that @secret replaces */
  BatonKeyringFound *found; /* (owned) (nullable): while it is written */
  gboolean from_memory;     /* where it is until the keyring has it */
} Store;

typedef struct
{
  char *account_id;         /* (owned) */
  BatonKeyringFound *found; /* (owned) (nullable): while it is written */
} Clear;

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
clear_free (Clear *clear)
{
  g_free (clear->account_id);
  g_clear_pointer (&clear->found, baton_keyring_found_free);
  g_free (clear);
}

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

static void
look_up_in_keyring (BatonSecretStore *self,
                    const char *account_id,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, look_up_in_keyring);
  baton_keyring_search_async (account_id, TRUE, cancellable, lookup_found_cb, task);
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
      look_up_in_keyring (self, account_id, cancellable, callback, user_data);
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

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
store_verified_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  BatonSecretStore *self = BATON_SECRET_STORE (object);
  g_autoptr (GTask) task = user_data;
  Store *store = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonSecret) kept = baton_secret_store_lookup_finish (self, result, &error);

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
      look_up_in_keyring (self, store->account_id, g_task_get_cancellable (task), store_verified_cb,
                          g_object_ref (task));
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

void
baton_secret_store_drop_from_memory (BatonSecretStore *self, const char *account_id)
{
  g_return_if_fail (BATON_IS_SECRET_STORE (self));
  g_return_if_fail (account_id != NULL);

  g_hash_table_remove (self->unkept, account_id);
  if (g_hash_table_remove (self->in_memory, account_id))
    _baton_secret_store_emit_changed (self, account_id);
}
