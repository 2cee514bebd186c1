/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "baton-account-group.h"
#include "baton-accounts.h"

#define WRITE_DELAY_MS 300

/* The file, which the writing threads share. Counted, and guarded. */
typedef struct
{
  gatomicrefcount references;
  GMutex mutex;
  char *path;         /* (owned) */
  guint64 written;    /* the serial of what is in the file: an older text never follows a newer */
} Target;

typedef struct
{
  Target *target; /* (owned) */
  char *text;     /* (owned) */
  gsize length;
  guint64 serial;
} Write;

struct _BatonAccounts
{
  GObject parent_instance;

  GPtrArray *accounts; /* (owned) (element-type BatonAccount) */
  GKeyFile *file;      /* (owned): with what others, or a later Baton, wrote in it */
  Target *target;      /* (owned) */
  GError *error;       /* (owned) (nullable) */
  gboolean read_only;  /* what is there could neither be read nor put aside */
  gboolean changed;
  guint timer;
  guint64 serial;
};

static void baton_accounts_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BatonAccounts,
                               baton_accounts,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      baton_accounts_list_model_init))

static void
target_unref (Target *target)
{
  if (!g_atomic_ref_count_dec (&target->references))
    return;

  g_mutex_clear (&target->mutex);
  g_free (target->path);
  g_free (target);
}

static void
write_free (Write *write)
{
  target_unref (write->target);
  g_free (write->text);
  g_free (write);
}

/* Any thread. Whole or not at all, and for nobody else to read. */
static void
write_run (Write *write)
{
  g_autofree char *folder = g_path_get_dirname (write->target->path);
  g_autoptr (GError) error = NULL;

  g_mutex_lock (&write->target->mutex);

  if (write->serial > write->target->written)
    {
      g_mkdir_with_parents (folder, 0700);
      if (g_file_set_contents_full (write->target->path, write->text, (gssize) write->length,
                                    G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
        write->target->written = write->serial;
      else
        g_message ("Cannot write the accounts: %s", error->message);
    }

  g_mutex_unlock (&write->target->mutex);
}

static void
baton_accounts_write_thread (GTask *task,
                             gpointer source_object,
                             gpointer task_data,
                             GCancellable *cancellable)
{
  write_run (task_data);
  g_task_return_boolean (task, TRUE);
}

/* Returns: (transfer full) (nullable): what is to be written. */
static Write *
baton_accounts_prepare (BatonAccounts *self)
{
  Write *write = NULL;

  g_clear_handle_id (&self->timer, g_source_remove);
  if (!self->changed || self->read_only)
    return NULL;
  self->changed = FALSE;

  for (guint i = 0; i < self->accounts->len; i++)
    baton_account_group_store (g_ptr_array_index (self->accounts, i), self->file);

  write = g_new0 (Write, 1);
  write->target = self->target;
  g_atomic_ref_count_inc (&self->target->references);
  write->text = g_key_file_to_data (self->file, &write->length, NULL);
  write->serial = ++self->serial;

  return write;
}

static void
baton_accounts_timer_cb (gpointer user_data)
{
  BatonAccounts *self = user_data;
  g_autoptr (GTask) task = NULL;
  Write *write = NULL;

  self->timer = 0;
  write = baton_accounts_prepare (self);
  if (write == NULL)
    return;

  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_source_tag (task, baton_accounts_timer_cb);
  g_task_set_task_data (task, write, (GDestroyNotify) write_free);
  g_task_run_in_thread (task, baton_accounts_write_thread);
}

static void
baton_accounts_changed (BatonAccounts *self)
{
  self->changed = TRUE;
  if (self->timer == 0)
    self->timer = g_timeout_add_once (WRITE_DELAY_MS, baton_accounts_timer_cb, self);
}

static void
baton_accounts_account_changed_cb (BatonAccounts *self)
{
  baton_accounts_changed (self);
}

static void
baton_accounts_watch (BatonAccounts *self, BatonAccount *account)
{
  g_signal_connect_object (account, "notify", G_CALLBACK (baton_accounts_account_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/* What cannot be read is somebody's work all the same. */
static void
baton_accounts_put_aside (BatonAccounts *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *aside = g_strdup_printf ("%s.unreadable-%s", self->target->path, stamp);

  if (g_file_test (aside, G_FILE_TEST_EXISTS) || g_rename (self->target->path, aside) != 0)
    self->read_only = TRUE;
}

static void
baton_accounts_load (BatonAccounts *self)
{
  g_auto (GStrv) groups = NULL;

  if (!g_key_file_load_from_file (self->file, self->target->path, G_KEY_FILE_KEEP_COMMENTS,
                                  &self->error))
    {
      g_key_file_unref (self->file);
      self->file = g_key_file_new ();
      if (g_error_matches (self->error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_clear_error (&self->error);
      else
        baton_accounts_put_aside (self);
      return;
    }

  groups = g_key_file_get_groups (self->file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    {
      BatonAccount *account = baton_account_group_load (self->file, groups[i]);

      if (account == NULL)
        continue;
      g_ptr_array_add (self->accounts, account);
      baton_accounts_watch (self, account);
    }
}

static GType
baton_accounts_get_item_type (GListModel *model)
{
  return BATON_TYPE_ACCOUNT;
}

static guint
baton_accounts_get_n_items (GListModel *model)
{
  return BATON_ACCOUNTS (model)->accounts->len;
}

static gpointer
baton_accounts_get_item (GListModel *model, guint position)
{
  BatonAccounts *self = BATON_ACCOUNTS (model);

  return position < self->accounts->len
             ? g_object_ref (g_ptr_array_index (self->accounts, position))
             : NULL;
}

static void
baton_accounts_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = baton_accounts_get_item_type;
  iface->get_n_items = baton_accounts_get_n_items;
  iface->get_item = baton_accounts_get_item;
}

static void
baton_accounts_dispose (GObject *object)
{
  BatonAccounts *self = BATON_ACCOUNTS (object);

  g_clear_handle_id (&self->timer, g_source_remove);

  G_OBJECT_CLASS (baton_accounts_parent_class)->dispose (object);
}

static void
baton_accounts_finalize (GObject *object)
{
  BatonAccounts *self = BATON_ACCOUNTS (object);

  g_ptr_array_unref (self->accounts);
  g_key_file_unref (self->file);
  g_clear_pointer (&self->target, target_unref);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (baton_accounts_parent_class)->finalize (object);
}

static void
baton_accounts_class_init (BatonAccountsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = baton_accounts_dispose;
  object_class->finalize = baton_accounts_finalize;
}

static void
baton_accounts_init (BatonAccounts *self)
{
  self->accounts = g_ptr_array_new_with_free_func (g_object_unref);
  self->file = g_key_file_new ();
}

/**
 * baton_accounts_new:
 * @file: (nullable): a local file; %NULL is `accounts.ini` of the user
 *
 * Main thread. Reads the file here and now: it is small, and there is nothing to show before it.
 *
 * Returns: (transfer full): the accounts
 */
BatonAccounts *
baton_accounts_new (GFile *file)
{
  BatonAccounts *self = g_object_new (BATON_TYPE_ACCOUNTS, NULL);

  self->target = g_new0 (Target, 1);
  g_atomic_ref_count_init (&self->target->references);
  g_mutex_init (&self->target->mutex);
  self->target->path = file != NULL ? g_file_get_path (file)
                                    : g_build_filename (g_get_user_config_dir (), "baton",
                                                        "accounts.ini", NULL);
  baton_accounts_load (self);

  return self;
}

const GError *
baton_accounts_get_error (BatonAccounts *self)
{
  g_return_val_if_fail (BATON_IS_ACCOUNTS (self), NULL);

  return self->error;
}

/* One of the same id takes the place of the one that is there. */
void
baton_accounts_add (BatonAccounts *self, BatonAccount *account)
{
  BatonAccount *old = NULL;
  guint position = 0;

  g_return_if_fail (BATON_IS_ACCOUNTS (self));
  g_return_if_fail (BATON_IS_ACCOUNT (account));

  old = baton_accounts_find (self, baton_account_get_id (account));
  if (old == account)
    return;

  if (old != NULL)
    {
      g_signal_handlers_disconnect_by_func (old, baton_accounts_account_changed_cb, self);
      g_ptr_array_find (self->accounts, old, &position);
      g_object_unref (old);
      self->accounts->pdata[position] = g_object_ref (account);
    }
  else
    {
      position = self->accounts->len;
      g_ptr_array_add (self->accounts, g_object_ref (account));
    }

  baton_accounts_watch (self, account);
  baton_accounts_changed (self);
  g_list_model_items_changed (G_LIST_MODEL (self), position, old != NULL ? 1 : 0, 1);
}

void
baton_accounts_remove (BatonAccounts *self, BatonAccount *account)
{
  guint position = 0;

  g_return_if_fail (BATON_IS_ACCOUNTS (self));
  g_return_if_fail (BATON_IS_ACCOUNT (account));

  if (!g_ptr_array_find (self->accounts, account, &position))
    return;

  baton_account_group_remove (account, self->file);
  g_signal_handlers_disconnect_by_func (account, baton_accounts_account_changed_cb, self);
  g_ptr_array_remove_index (self->accounts, position);

  baton_accounts_changed (self);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

BatonAccount *
baton_accounts_find (BatonAccounts *self, const char *id)
{
  g_return_val_if_fail (BATON_IS_ACCOUNTS (self), NULL);

  for (guint i = 0; i < self->accounts->len; i++)
    {
      BatonAccount *account = g_ptr_array_index (self->accounts, i);

      if (g_strcmp0 (baton_account_get_id (account), id) == 0)
        return account;
    }

  return NULL;
}

void
baton_accounts_flush (BatonAccounts *self)
{
  Write *write = NULL;

  g_return_if_fail (BATON_IS_ACCOUNTS (self));

  write = baton_accounts_prepare (self);
  if (write == NULL)
    return;

  write_run (write);
  write_free (write);
}
