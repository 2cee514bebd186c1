/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-error.h"
#include "baton-keyring.h"
#include "baton-redact.h"

/* Its name beside those of accounts, whose ids have no dot. */
#define FILE_LOCK "keyring.file"

const SecretSchema baton_keyring_schema = {
  APPLICATION_ID,
  SECRET_SCHEMA_NONE,
  {
    { BATON_KEYRING_ACCOUNT, SECRET_SCHEMA_ATTRIBUTE_STRING },
    { BATON_KEYRING_KIND, SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

typedef struct
{
  char *account_id; /* (owned) (nullable) */
  gboolean load;
  BatonKeyringFound *found; /* (owned) */
} Search;

void
baton_keyring_found_free (BatonKeyringFound *found)
{
  g_ptr_array_unref (found->items);
  g_list_free_full (found->locked_items, g_object_unref);
  g_clear_object (&found->service);
  g_clear_object (&found->collection);
  baton_lock_release (found->lock);
  g_free (found);
}

static void
search_free (Search *search)
{
  g_free (search->account_id);
  g_clear_pointer (&search->found, baton_keyring_found_free);
  g_free (search);
}

GError *
baton_keyring_convert_error (GError *error)
{
  BatonErrorDetails *details = NULL;
  GError *converted = NULL;
  g_autoptr (GError) foreign = NULL;

  if (error->domain == BATON_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return error;

  foreign = error;

  if (g_error_matches (foreign, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    {
      converted = g_error_new_literal (BATON_ERROR, BATON_ERROR_KEYRING_LOCKED, "The keyring is locked");
    }
  else
    {
      converted = g_error_new_literal (BATON_ERROR, BATON_ERROR_KEYRING_UNAVAILABLE,
                                       "The keyring cannot be used");
      /* What libsecret holds of a service that went away, its session above all, would fail for ever. */
      secret_service_disconnect ();
    }

  details = baton_error_get_details (converted);
  details->technical = baton_redact (foreign->message);

  return converted;
}

static void
return_error (GTask *task, GError *error)
{
  g_task_return_error (task, baton_keyring_convert_error (error));
}

/* libsecret 0.20.5 may deadlock where a call of its file backend is cancelled, so only the calls to a
 * service are. */
static GCancellable *
cancellable_for (GTask *task, SecretService *service)
{
  return service != NULL ? g_task_get_cancellable (task) : NULL;
}

static void
keyring_item_free (BatonKeyringItem *item)
{
  g_object_unref (item->kept);
  g_free (item->account_id);
  g_free (item->kind);
  g_free (item->label);
  g_free (item);
}

static BatonKeyringItem *
keyring_item_new (SecretRetrievable *kept)
{
  g_autoptr (GHashTable) attributes = secret_retrievable_get_attributes (kept);
  BatonKeyringItem *item = g_new0 (BatonKeyringItem, 1);

  item->kept = g_object_ref (kept);
  item->label = secret_retrievable_get_label (kept);
  item->modified = (gint64) secret_retrievable_get_modified (kept) * G_USEC_PER_SEC;

  if (attributes != NULL)
    {
      item->account_id = g_strdup (g_hash_table_lookup (attributes, BATON_KEYRING_ACCOUNT));
      item->kind = g_strdup (g_hash_table_lookup (attributes, BATON_KEYRING_KIND));
    }

  return item;
}

/* Whether the service has told all these properties of an object and is still there. */
static gboolean
is_whole (gpointer object, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GVariant) value = g_dbus_proxy_get_cached_property (G_DBUS_PROXY (object), names[i]);

      if (value == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
found_take (BatonKeyringFound *found, GList *items)
{
  static const char *const names[] = { "Locked", "Attributes", "Label", "Created", "Modified", NULL };

  for (GList *l = items; l != NULL; l = l->next)
    {
      if (SECRET_IS_ITEM (l->data) && !is_whole (l->data, names))
        return FALSE;

      if (SECRET_IS_ITEM (l->data) && secret_item_get_locked (l->data))
        found->locked_items = g_list_prepend (found->locked_items, g_object_ref (l->data));
      else
        g_ptr_array_add (found->items, keyring_item_new (l->data));
    }

  return TRUE;
}

static void
return_gone (GTask *task)
{
  return_error (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CLOSED,
                                           "The secret service went away, or the item did"));
}

static void
search_items_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *search = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autolist (GObject) items = secret_password_search_finish (result, &error);

  if (error != NULL)
    return_error (task, g_steal_pointer (&error));
  else if (!found_take (search->found, items))
    return_gone (task);
  else
    g_task_return_pointer (task, g_steal_pointer (&search->found),
                           (GDestroyNotify) baton_keyring_found_free);
}

static void
search_items (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  g_autoptr (GHashTable) attributes = g_hash_table_new (g_str_hash, g_str_equal);
  SecretSearchFlags flags = SECRET_SEARCH_ALL;

  if (search->account_id != NULL)
    g_hash_table_insert (attributes, (gpointer) BATON_KEYRING_ACCOUNT, search->account_id);
  if (search->load)
    flags |= SECRET_SEARCH_LOAD_SECRETS;

  /* Not secret_password_lookup(): it prompts where the item is locked, and says "not there" where no
   * one can be prompted. */
  secret_password_searchv (&baton_keyring_schema, attributes, flags,
                           cancellable_for (task, search->found->service),
                           search_items_cb, g_object_ref (task));
}

static void
search_collection_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  static const char *const names[] = { "Locked", NULL };
  g_autoptr (GTask) task = user_data;
  Search *search = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  search->found->collection = secret_collection_for_alias_finish (result, &error);

  if (error != NULL)
    {
      return_error (task, g_steal_pointer (&error));
      return;
    }

  if (search->found->collection != NULL && !is_whole (search->found->collection, names))
    {
      return_gone (task);
      return;
    }

  search->found->locked = search->found->collection == NULL ||
                          secret_collection_get_locked (search->found->collection);
  search_items (task);
}

static void
search_service_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *search = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  search->found->service = secret_service_get_finish (result, &error);

  if (error != NULL)
    {
      return_error (task, g_steal_pointer (&error));
      return;
    }

  secret_collection_for_alias (search->found->service, SECRET_COLLECTION_DEFAULT,
                               SECRET_COLLECTION_NONE, g_task_get_cancellable (task),
                               search_collection_cb, g_object_ref (task));
}

/* Whether libsecret keeps a file of its own, as it does in a sandbox, and so no service need be there. It
 * does not tell, so this asks what it asks. */
static gboolean
keyring_is_file (void)
{
  return g_strcmp0 (g_getenv ("SECRET_BACKEND"), "file") == 0 ||
         g_getenv ("SNAP_NAME") != NULL ||
         g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

static void
search_locked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *search = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  search->found->lock = baton_lock_acquire_finish (result, &error);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (error != NULL)
    g_debug ("The keyring's file without a lock: %s", error->message);

  /* libsecret 0.20.5 reads its file once, shows for ever what was in it then, and writes no more
   * where another process wrote. With nothing cached it reads the file anew. */
  secret_service_disconnect ();
  search_items (task);
}

void
baton_keyring_search_async (const char *account_id,
                            gboolean load,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  search->account_id = g_strdup (account_id);
  search->load = load;
  search->found = g_new0 (BatonKeyringFound, 1);
  search->found->items = g_ptr_array_new_with_free_func ((GDestroyNotify) keyring_item_free);

  g_task_set_source_tag (task, baton_keyring_search_async);
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);

  if (keyring_is_file ())
    baton_lock_acquire_async (FILE_LOCK, cancellable, search_locked_cb, g_steal_pointer (&task));
  else
    secret_service_get (SECRET_SERVICE_NONE, cancellable, search_service_cb, g_steal_pointer (&task));
}

BatonKeyringFound *
baton_keyring_search_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
unlock_checked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonKeyringFound) found = baton_keyring_search_finish (result, &error);

  if (found == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (found->locked || found->locked_items != NULL)
    g_task_return_new_error (task, BATON_ERROR, BATON_ERROR_KEYRING_LOCKED,
                             "The keyring was not unlocked");
  else
    g_task_return_boolean (task, TRUE);
}

/* Looks anew whatever the prompt said: what counts is whether the keyring is open now. */
static void
unlock_check (GTask *task)
{
  baton_keyring_search_async (NULL, FALSE, g_task_get_cancellable (task), unlock_checked_cb,
                              g_object_ref (task));
}

static void
unlock_unlocked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  secret_service_unlock_finish (SECRET_SERVICE (object), result, NULL, &error);

  if (g_task_return_error_if_cancelled (task))
    return;

  if (error != NULL)
    g_debug ("Unlocking: %s", error->message);

  unlock_check (task);
}

static void
unlock_created_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  SecretCollection *collection = secret_collection_create_finish (result, &error);

  g_clear_object (&collection);

  if (g_task_return_error_if_cancelled (task))
    return;

  if (error != NULL)
    g_debug ("Making a keyring: %s", error->message);

  unlock_check (task);
}

static void
unlock_found_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonKeyringFound) found = baton_keyring_search_finish (result, &error);
  g_autoptr (GList) objects = NULL;

  if (found == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (!found->locked && found->locked_items == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (found->collection == NULL)
    {
      /* The name that the user's keyring program will show for the keyring that is made. */
      secret_collection_create (found->service, _("Default keyring"), SECRET_COLLECTION_DEFAULT,
                                SECRET_COLLECTION_CREATE_NONE, g_task_get_cancellable (task),
                                unlock_created_cb, g_object_ref (task));
      return;
    }

  objects = g_list_copy (found->locked_items);
  if (found->locked)
    objects = g_list_prepend (objects, found->collection);

  secret_service_unlock (found->service, objects, g_task_get_cancellable (task),
                         unlock_unlocked_cb, g_object_ref (task));
}

void
baton_keyring_unlock_async (GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, baton_keyring_unlock_async);

  baton_keyring_search_async (NULL, FALSE, cancellable, unlock_found_cb, g_steal_pointer (&task));
}

gboolean
baton_keyring_unlock_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
