/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-error.h"
#include "baton-lock.h"
#include "baton-secret-store-private.h"

/* What the keyring did not take, though it is the only one that is good: in memory until it does. */

/* A keyring is unlocked, or its service started again, within seconds or not for long. Each attempt
 * costs a few calls on the bus. */
#define FIRST_PAUSE 2
#define LONGEST_PAUSE (5 * 60)

typedef struct
{
  BatonSecretStore *store; /* (unowned): has this */
  char *account_id;        /* (owned) */
  char *label;             /* (owned) */
  GError *error;           /* (owned): why it is not kept */
  BatonLock *lock;         /* (owned) (nullable): tells other processes that they have an older one */
  guint pause;             /* seconds */
  guint timer;
  gboolean trying;
} Unkept;

static void
unkept_free (Unkept *unkept)
{
  g_clear_handle_id (&unkept->timer, g_source_remove);
  g_clear_pointer (&unkept->lock, baton_lock_release);
  g_clear_error (&unkept->error);
  g_free (unkept->label);
  g_free (unkept->account_id);
  g_free (unkept);
}

GHashTable *
_baton_secret_store_make_unkept (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) unkept_free);
}

static char *
make_lock_name (const char *account_id)
{
  return g_strconcat (account_id, ".unkept", NULL);
}

static void unkept_try (Unkept *unkept);

static void
pause_over_cb (gpointer user_data)
{
  Unkept *unkept = user_data;

  unkept->timer = 0;
  unkept_try (unkept);
}

static void
unkept_wait (Unkept *unkept)
{
  g_clear_handle_id (&unkept->timer, g_source_remove);
  unkept->timer = g_timeout_add_once (unkept->pause * 1000, pause_over_cb, unkept);
  unkept->pause = MIN (2 * unkept->pause, LONGEST_PAUSE);
}

static void
persisted_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  BatonSecretStore *self = BATON_SECRET_STORE (object);
  g_autofree char *account_id = user_data;
  g_autoptr (GError) error = NULL;
  gboolean kept = baton_secret_store_persist_finish (self, result, &error);
  Unkept *unkept = g_hash_table_lookup (self->unkept, account_id);

  /* Somebody else cared for it meanwhile. */
  if (unkept == NULL)
    return;

  unkept->trying = FALSE;
  if (kept && baton_secret_store_is_in_memory (self, account_id))
    {
      /* A newer one has taken its place there. */
      unkept_try (unkept);
      return;
    }
  if (kept || g_error_matches (error, BATON_ERROR, BATON_ERROR_NOT_SIGNED_IN))
    {
      g_hash_table_remove (self->unkept, account_id);
    }
  else
    {
      g_clear_error (&unkept->error);
      unkept->error = g_steal_pointer (&error);
      unkept_wait (unkept);
    }
  _baton_secret_store_emit_changed (self, account_id);
}

static void
unkept_try (Unkept *unkept)
{
  if (unkept->trying)
    return;

  unkept->trying = TRUE;
  g_clear_handle_id (&unkept->timer, g_source_remove);
  baton_secret_store_persist_async (unkept->store, unkept->account_id, unkept->label, NULL,
                                    persisted_cb, g_strdup (unkept->account_id));
}

void
baton_secret_store_keep_until_kept (BatonSecretStore *self,
                                    const char *account_id,
                                    const char *label,
                                    BatonSecret *secret,
                                    const GError *error)
{
  g_autofree char *lock_name = NULL;
  g_autoptr (GError) lock_error = NULL;
  Unkept *unkept = NULL;

  g_return_if_fail (BATON_IS_SECRET_STORE (self));
  g_return_if_fail (account_id != NULL);
  g_return_if_fail (label != NULL);
  g_return_if_fail (secret != NULL);
  g_return_if_fail (error != NULL);

  lock_name = make_lock_name (account_id);
  unkept = g_new0 (Unkept, 1);
  unkept->store = self;
  unkept->account_id = g_strdup (account_id);
  unkept->label = g_strdup (label);
  unkept->error = g_error_copy (error);
  unkept->pause = FIRST_PAUSE;
  g_hash_table_remove (self->unkept, account_id);
  unkept->lock = baton_lock_try (lock_name, &lock_error);
  if (lock_error != NULL)
    g_debug ("Keeping in memory without a lock: %s", lock_error->message);

  baton_secret_store_keep_in_memory (self, account_id, secret);
  g_hash_table_insert (self->unkept, unkept->account_id, unkept);
  unkept_wait (unkept);
  _baton_secret_store_emit_changed (self, account_id);
}

const GError *
baton_secret_store_get_unkept_error (BatonSecretStore *self, const char *account_id)
{
  Unkept *unkept = NULL;

  g_return_val_if_fail (BATON_IS_SECRET_STORE (self), NULL);
  g_return_val_if_fail (account_id != NULL, NULL);

  unkept = g_hash_table_lookup (self->unkept, account_id);

  return unkept != NULL ? unkept->error : NULL;
}

void
baton_secret_store_keep_again (BatonSecretStore *self, const char *account_id)
{
  GHashTableIter iter;
  gpointer id, unkept;

  g_return_if_fail (BATON_IS_SECRET_STORE (self));

  g_hash_table_iter_init (&iter, self->unkept);
  while (g_hash_table_iter_next (&iter, &id, &unkept))
    if (account_id == NULL || g_str_equal (id, account_id))
      unkept_try (unkept);
}

static int
compare_labels (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(const char *const *)a, *(const char *const *)b);
}

char **
baton_secret_store_dup_unkept (BatonSecretStore *self)
{
  GPtrArray *labels = NULL;
  GHashTableIter iter;
  gpointer value;

  g_return_val_if_fail (BATON_IS_SECRET_STORE (self), NULL);

  labels = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, self->unkept);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (labels, g_strdup (((Unkept *)value)->label));
  g_ptr_array_sort (labels, compare_labels);
  g_ptr_array_add (labels, NULL);

  return (char **)g_ptr_array_free (labels, FALSE);
}

gboolean
baton_secret_store_is_trying (BatonSecretStore *self)
{
  GHashTableIter iter;
  gpointer value;

  g_return_val_if_fail (BATON_IS_SECRET_STORE (self), FALSE);

  g_hash_table_iter_init (&iter, self->unkept);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Unkept *)value)->trying)
      return TRUE;

  return FALSE;
}

gboolean
baton_secret_store_is_unkept_elsewhere (BatonSecretStore *self, const char *account_id)
{
  g_autofree char *lock_name = NULL;
  g_autoptr (BatonLock) lock = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (BATON_IS_SECRET_STORE (self), FALSE);
  g_return_val_if_fail (account_id != NULL, FALSE);

  if (baton_secret_store_is_in_memory (self, account_id))
    return FALSE;

  lock_name = make_lock_name (account_id);
  lock = baton_lock_try (lock_name, &error);

  return lock == NULL && error == NULL;
}
