/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-error.h"
#include "baton-sandbox-process.h"
#include "baton-session.h"
#include "auth/baton-forget.h"
#include "network/baton-network.h"

#define SANDBOX_ID "sandbox"

struct _BatonSession
{
  GObject parent_instance;

  BatonAccounts *accounts;      /* (owned) */
  BatonSecretStore *store;      /* (owned) */
  GSettings *settings;          /* (owned) */
  BatonConnection *connection;  /* (owned) (nullable) */
  BatonSandboxProcess *sandbox; /* (owned) (nullable) */
  GCancellable *cancellable;    /* (owned) (nullable): of what is going on */
  gboolean opened;              /* the connection was good once */
};

enum
{
  PROP_0,
  PROP_CONNECTION,
  N_PROPS
};

enum
{
  SIGNAL_OPENED,
  SIGNAL_FAILED,
  SIGNAL_SANDBOX_FAILED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonSession, baton_session, G_TYPE_OBJECT)

static void
set_connection (BatonSession *self, BatonConnection *connection)
{
  if (g_set_object (&self->connection, connection))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONNECTION]);
}

static void
remember (BatonSession *self)
{
  const char *id = baton_account_get_id (baton_connection_get_account (self->connection));

  if (g_strcmp0 (id, SANDBOX_ID) != 0)
    g_settings_set_string (self->settings, "last-account", id);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonSession) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) keyring_error = NULL;
  gboolean good = baton_connection_open_finish (BATON_CONNECTION (source), result, &keyring_error, &error);

  /* Another one was chosen in the meantime. */
  if (BATON_CONNECTION (source) != self->connection
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  self->opened = good;
  if (good)
    {
      remember (self);
      g_signal_emit (self, signals[SIGNAL_OPENED], 0, keyring_error);
    }
  else
    {
      g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
    }
}

static void
open_connection (BatonSession *self, BatonConnection *connection)
{
  baton_session_cancel (self);
  self->cancellable = g_cancellable_new ();
  self->opened = FALSE;
  set_connection (self, connection);
  baton_connection_open_async (connection, NULL, self->cancellable, opened_cb, g_object_ref (self));
}

static void
open_started_sandbox (BatonSession *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonDeployment) deployment = NULL;
  g_autoptr (BatonAccount) account = NULL;
  g_autoptr (BatonSecret) secret = NULL;
  g_autoptr (BatonConnection) connection = NULL;

  deployment = baton_deployment_parse (baton_sandbox_process_get_orchestrator (self->sandbox), &error);
  if (deployment == NULL)
    {
      g_signal_emit (self, signals[SIGNAL_SANDBOX_FAILED], 0, error);
      return;
    }
  account = baton_account_new (SANDBOX_ID, deployment, BATON_METHOD_USER_KEY);
  baton_account_set_client_id (account, baton_sandbox_process_get_client_id (self->sandbox));
  /* Its key is printed in the manual: nothing for the keyring. */
  secret = baton_secret_new (BATON_SECRET_USER_KEY,
                             baton_sandbox_process_get_user_key (self->sandbox), g_get_real_time (), 0);
  baton_secret_store_keep_in_memory (self->store, SANDBOX_ID, secret);
  connection = baton_connection_new (account, self->store, NULL);
  open_connection (self, connection);
}

static void
sandbox_started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonSession) self = user_data;
  g_autoptr (GError) error = NULL;

  if (baton_sandbox_process_start_finish (BATON_SANDBOX_PROCESS (source), result, &error))
    open_started_sandbox (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[SIGNAL_SANDBOX_FAILED], 0, error);
}

static void
baton_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_CONNECTION:
      g_value_set_object (value, BATON_SESSION (object)->connection);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
baton_session_dispose (GObject *object)
{
  BatonSession *self = BATON_SESSION (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->connection);
  g_clear_object (&self->sandbox);
  g_clear_object (&self->settings);
  g_clear_object (&self->store);
  g_clear_object (&self->accounts);
  G_OBJECT_CLASS (baton_session_parent_class)->dispose (object);
}

static guint
add_signal (BatonSessionClass *klass, const char *name)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
baton_session_class_init (BatonSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = baton_session_dispose;
  object_class->get_property = baton_session_get_property;

  properties[PROP_CONNECTION]
      = g_param_spec_object ("connection", NULL, NULL, BATON_TYPE_CONNECTION,
                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_OPENED] = add_signal (klass, "opened");
  signals[SIGNAL_FAILED] = add_signal (klass, "failed");
  signals[SIGNAL_SANDBOX_FAILED] = add_signal (klass, "sandbox-failed");
}

static void
baton_session_init (BatonSession *self)
{
}

BatonSession *
baton_session_new (BatonAccounts *accounts, BatonSecretStore *store, GSettings *settings)
{
  BatonSession *self;

  g_return_val_if_fail (BATON_IS_ACCOUNTS (accounts), NULL);
  g_return_val_if_fail (BATON_IS_SECRET_STORE (store), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (BATON_TYPE_SESSION, NULL);
  self->accounts = g_object_ref (accounts);
  self->store = g_object_ref (store);
  self->settings = g_object_ref (settings);
  return self;
}

BatonAccounts *
baton_session_get_accounts (BatonSession *self)
{
  g_return_val_if_fail (BATON_IS_SESSION (self), NULL);
  return self->accounts;
}

BatonSecretStore *
baton_session_get_secret_store (BatonSession *self)
{
  g_return_val_if_fail (BATON_IS_SESSION (self), NULL);
  return self->store;
}

BatonConnection *
baton_session_get_connection (BatonSession *self)
{
  g_return_val_if_fail (BATON_IS_SESSION (self), NULL);
  return self->connection;
}

gboolean
baton_session_is_sandbox (BatonSession *self)
{
  g_return_val_if_fail (BATON_IS_SESSION (self), FALSE);

  return self->connection != NULL
         && g_strcmp0 (baton_account_get_id (baton_connection_get_account (self->connection)),
                       SANDBOX_ID)
                == 0;
}

BatonAccount *
baton_session_get_last_account (BatonSession *self)
{
  g_autofree char *id = NULL;

  g_return_val_if_fail (BATON_IS_SESSION (self), NULL);

  id = g_settings_get_string (self->settings, "last-account");
  return *id != '\0' ? baton_accounts_find (self->accounts, id) : NULL;
}

void
baton_session_open (BatonSession *self, BatonAccount *account)
{
  g_autoptr (BatonConnection) connection = NULL;

  g_return_if_fail (BATON_IS_SESSION (self));
  g_return_if_fail (BATON_IS_ACCOUNT (account));

  connection = baton_connection_new (account, self->store, NULL);
  open_connection (self, connection);
}

/* Returns: (transfer full) (nullable): another account by which the same user signs in to the same tenant in the same way. */
static BatonAccount *
find_double (BatonSession *self, BatonAccount *account)
{
  GListModel *list = G_LIST_MODEL (self->accounts);
  const char *base = baton_deployment_get_base_url (baton_account_get_deployment (account));
  const char *user_name = baton_account_get_user_name (account);

  if (base == NULL || user_name == NULL)
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BatonAccount) other = g_list_model_get_item (list, i);

      if (g_strcmp0 (baton_account_get_id (other), baton_account_get_id (account)) != 0
          && baton_account_get_method (other) == baton_account_get_method (account)
          && g_strcmp0 (baton_account_get_user_name (other), user_name) == 0
          && g_strcmp0 (baton_deployment_get_base_url (baton_account_get_deployment (other)), base) == 0)
        return g_steal_pointer (&other);
    }
  return NULL;
}

static void
forget (BatonSession *self, BatonAccount *account, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  /* Only what the browser brought is replaced by each renewal. */
  baton_forget_async (self->store, baton_account_get_id (account), baton_account_get_method (account) == BATON_METHOD_BROWSER,
                      cancellable, callback, user_data);
}

static void
drop_double (BatonSession *self, BatonAccount *account)
{
  g_autoptr (BatonAccount) other = find_double (self, account);

  if (other == NULL)
    return;
  forget (self, other, NULL, NULL, NULL);
  baton_accounts_remove (self->accounts, other);
}

void
baton_session_adopt (BatonSession *self, BatonConnection *connection)
{
  BatonAccount *account, *known;

  g_return_if_fail (BATON_IS_SESSION (self));
  g_return_if_fail (BATON_IS_CONNECTION (connection));

  baton_session_cancel (self);
  account = baton_connection_get_account (connection);
  known = baton_accounts_find (self->accounts, baton_account_get_id (account));
  if (known != account)
    {
      if (known != NULL)
        baton_accounts_remove (self->accounts, known);
      baton_accounts_add (self->accounts, account);
    }
  if (baton_account_get_user_name (account) == NULL)
    baton_account_set_user_name (account, baton_connection_get_user_name (connection));
  drop_double (self, account);
  self->opened = TRUE;
  set_connection (self, connection);
  remember (self);
}

void
baton_session_reopen (BatonSession *self)
{
  g_return_if_fail (BATON_IS_SESSION (self));

  if (self->connection == NULL)
    return;
  if (baton_session_is_sandbox (self)
      && (self->sandbox == NULL || baton_sandbox_process_get_orchestrator (self->sandbox) == NULL))
    baton_session_open_sandbox (self);
  else if (self->opened)
    baton_connection_reload (self->connection);
  else
    {
      /* The same connection: its keeper knows how often the server was asked already. */
      baton_token_keeper_insist (baton_connection_get_keeper (self->connection));
      open_connection (self, self->connection);
    }
}

void
baton_session_open_sandbox (BatonSession *self)
{
  g_return_if_fail (BATON_IS_SESSION (self));

  baton_session_cancel (self);
  if (self->sandbox == NULL)
    self->sandbox = baton_sandbox_process_new ();
  self->cancellable = g_cancellable_new ();
  baton_sandbox_process_start_async (self->sandbox, self->cancellable, sandbox_started_cb,
                                     g_object_ref (self));
}

void
baton_session_cancel (BatonSession *self)
{
  g_return_if_fail (BATON_IS_SESSION (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
network_forgotten_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  BatonSession *self = g_task_get_source_object (task);
  BatonAccount *account = g_task_get_task_data (task);

  if (!baton_network_forget_finish (result, &error)
      && !g_error_matches (error, BATON_ERROR, BATON_ERROR_KEYRING_UNAVAILABLE))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (self->connection != NULL && baton_connection_get_account (self->connection) == account)
    {
      baton_session_cancel (self);
      set_connection (self, NULL);
    }
  if (baton_session_get_last_account (self) == account)
    g_settings_set_string (self->settings, "last-account", "");
  if (baton_accounts_find (self->accounts, baton_account_get_id (account)) == account)
    baton_accounts_remove (self->accounts, account);
  g_task_return_boolean (task, TRUE);
}

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  /* Without a secret service there is no secret to forget. */
  if (!baton_forget_finish (BATON_SECRET_STORE (source), result, &error)
      && !g_error_matches (error, BATON_ERROR, BATON_ERROR_KEYRING_UNAVAILABLE))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  baton_network_forget_async (BATON_SECRET_STORE (source),
                              baton_account_get_id (g_task_get_task_data (task)),
                              g_task_get_cancellable (task), network_forgotten_cb,
                              g_object_ref (task));
}

void
baton_session_remove_account_async (BatonSession *self,
                                    BatonAccount *account,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (BATON_IS_SESSION (self));
  g_return_if_fail (BATON_IS_ACCOUNT (account));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, baton_session_remove_account_async);
  g_task_set_task_data (task, g_object_ref (account), g_object_unref);
  forget (self, account, cancellable, cleared_cb, g_steal_pointer (&task));
}

gboolean
baton_session_remove_account_finish (BatonSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
