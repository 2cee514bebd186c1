/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-expiry-feed.h"

struct _BatonExpiryFeed
{
  GObject parent_instance;

  BatonExpiries *expiries;   /* (owned) */
  BatonAccounts *accounts;   /* (owned) */
  BatonSecretStore *store;   /* (owned) */
  BatonAccount *connected;   /* (owned) (nullable): the account of the connection */
  GSignalGroup *of_keeper;   /* (owned) */
  GSignalGroup *of_account;  /* (owned): what it is called is learnt late */
  GCancellable *cancellable; /* (owned) */
};

/* One account that is looked up. */
typedef struct
{
  BatonExpiryFeed *feed; /* (owned) */
  BatonAccount *account; /* (owned) */
} Lookup;

G_DEFINE_FINAL_TYPE (BatonExpiryFeed, baton_expiry_feed, G_TYPE_OBJECT)

static void
lookup_free (Lookup *lookup)
{
  g_object_unref (lookup->feed);
  g_object_unref (lookup->account);
  g_free (lookup);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Lookup, lookup_free)

/* @expires_at: 0 for never. */
static void
tell (BatonExpiryFeed *self, BatonAccount *account, BatonExpiryKind kind, gint64 expires_at)
{
  const char *id = baton_account_get_id (account);
  g_autoptr (GPtrArray) expiries = g_ptr_array_new_with_free_func (g_object_unref);

  if (expires_at != 0)
    g_ptr_array_add (expiries,
                     baton_expiry_new (kind, id, id, baton_account_get_name (account), expires_at));
  baton_expiries_replace (self->expiries, id, kind, expiries);
}

static void
looked_up_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Lookup) lookup = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonSecret) secret
      = baton_secret_store_lookup_finish (BATON_SECRET_STORE (object), result, &error);
  const char *id = baton_account_get_id (lookup->account);

  if (error != NULL || baton_accounts_find (lookup->feed->accounts, id) != lookup->account)
    return;

  tell (lookup->feed, lookup->account, BATON_EXPIRY_SIGN_IN,
        secret != NULL ? baton_secret_get_expires_at (secret) : 0);
}

static void
look_up (BatonExpiryFeed *self, BatonAccount *account)
{
  Lookup *lookup = g_new0 (Lookup, 1);

  lookup->feed = g_object_ref (self);
  lookup->account = g_object_ref (account);
  baton_secret_store_lookup_async (self->store, baton_account_get_id (account), self->cancellable,
                                   looked_up_cb, lookup);
}

static void
secret_changed_cb (BatonExpiryFeed *self, const char *account_id)
{
  BatonAccount *account = baton_accounts_find (self->accounts, account_id);

  if (account != NULL)
    look_up (self, account);
}

static gboolean
is_known (BatonExpiryFeed *self, const char *account_id)
{
  return baton_accounts_find (self->accounts, account_id) != NULL
         || (self->connected != NULL
             && g_str_equal (baton_account_get_id (self->connected), account_id));
}

/* The sandbox is no account that is kept, and another one each time. */
static void
forget_unknown (BatonExpiryFeed *self)
{
  GListModel *list = G_LIST_MODEL (self->expiries);

  for (guint i = 0; i < g_list_model_get_n_items (list);)
    {
      g_autoptr (BatonExpiry) expiry = g_list_model_get_item (list, i);

      if (is_known (self, baton_expiry_get_account_id (expiry)))
        i++;
      else
        baton_expiries_forget (self->expiries, baton_expiry_get_account_id (expiry));
    }
}

static void
accounts_changed_cb (BatonExpiryFeed *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->accounts));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (BatonAccount) account = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);

      look_up (self, account);
    }
  forget_unknown (self);
}

static void
token_changed_cb (BatonExpiryFeed *self)
{
  g_autoptr (BatonTokenKeeper) keeper = g_signal_group_dup_target (self->of_keeper);
  BatonToken *token = keeper != NULL ? baton_token_keeper_get_token (keeper) : NULL;

  if (self->connected != NULL)
    tell (self, self->connected, BATON_EXPIRY_ACCESS_TOKEN,
          token != NULL ? baton_token_get_expires_at (token) : 0);
}

static void
baton_expiry_feed_dispose (GObject *object)
{
  BatonExpiryFeed *self = BATON_EXPIRY_FEED (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->of_keeper);
  g_clear_object (&self->of_account);
  g_clear_object (&self->connected);
  g_clear_object (&self->store);
  g_clear_object (&self->accounts);
  g_clear_object (&self->expiries);

  G_OBJECT_CLASS (baton_expiry_feed_parent_class)->dispose (object);
}

static void
baton_expiry_feed_finalize (GObject *object)
{
  BatonExpiryFeed *self = BATON_EXPIRY_FEED (object);

  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (baton_expiry_feed_parent_class)->finalize (object);
}

static void
baton_expiry_feed_class_init (BatonExpiryFeedClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_expiry_feed_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_expiry_feed_finalize;
}

static void
baton_expiry_feed_init (BatonExpiryFeed *self)
{
  self->cancellable = g_cancellable_new ();
  self->of_keeper = g_signal_group_new (BATON_TYPE_TOKEN_KEEPER);
  g_signal_group_connect_swapped (self->of_keeper, "notify::token", G_CALLBACK (token_changed_cb),
                                  self);
  self->of_account = g_signal_group_new (BATON_TYPE_ACCOUNT);
  g_signal_group_connect_swapped (self->of_account, "notify", G_CALLBACK (token_changed_cb), self);
}

BatonExpiryFeed *
baton_expiry_feed_new (BatonExpiries *expiries, BatonAccounts *accounts, BatonSecretStore *store)
{
  BatonExpiryFeed *self = NULL;

  g_return_val_if_fail (BATON_IS_EXPIRIES (expiries), NULL);
  g_return_val_if_fail (BATON_IS_ACCOUNTS (accounts), NULL);
  g_return_val_if_fail (BATON_IS_SECRET_STORE (store), NULL);

  self = g_object_new (BATON_TYPE_EXPIRY_FEED, NULL);
  self->expiries = g_object_ref (expiries);
  self->accounts = g_object_ref (accounts);
  self->store = g_object_ref (store);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (accounts_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "changed", G_CALLBACK (secret_changed_cb), self,
                           G_CONNECT_SWAPPED);
  accounts_changed_cb (self);

  return self;
}

void
baton_expiry_feed_set_connection (BatonExpiryFeed *self, BatonConnection *connection)
{
  g_return_if_fail (BATON_IS_EXPIRY_FEED (self));
  g_return_if_fail (connection == NULL || BATON_IS_CONNECTION (connection));

  if (self->connected != NULL)
    tell (self, self->connected, BATON_EXPIRY_ACCESS_TOKEN, 0);
  g_clear_object (&self->connected);
  if (connection != NULL)
    self->connected = g_object_ref (baton_connection_get_account (connection));
  g_signal_group_set_target (self->of_keeper,
                             connection != NULL ? baton_connection_get_keeper (connection) : NULL);
  g_signal_group_set_target (self->of_account, self->connected);
  forget_unknown (self);
  token_changed_cb (self);
}
