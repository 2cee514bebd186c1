/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-connection-private.h"
#include "baton-error.h"
#include "baton-json.h"
#include "auth/baton-scopes.h"
#include "network/baton-network.h"

/* Milliseconds: names and routes of a network come a moment after it. */
#define NETWORK_DELAY 2000

enum
{
  PROP_0,
  PROP_ACCOUNT,
  PROP_TENANTS,
  PROP_FOLDERS,
  PROP_LOADING,
  PROP_ERROR,
  PROP_USER_NAME,
  PROP_PERMISSIONS,
  PROP_PROGRESS,
  N_PROPS
};

enum
{
  TENANT_CHANGED,
  CHOOSE_TENANT,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (BatonConnection, baton_connection, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

void
_baton_connection_set_progress (BatonConnection *self, const char *progress)
{
  if (self->progress == progress)
    return;

  self->progress = progress;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

void
_baton_connection_set_loading (BatonConnection *self, gboolean loading)
{
  if (self->loading == loading)
    return;

  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

void
_baton_connection_set_error (BatonConnection *self, const GError *error)
{
  if (self->error == NULL && error == NULL)
    return;

  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static gboolean
is_same_folder (BatonFolder *a, BatonFolder *b)
{
  return baton_folder_get_id (a) == baton_folder_get_id (b) &&
         baton_folder_get_depth (a) == baton_folder_get_depth (b) &&
         g_str_equal (baton_folder_get_path (a), baton_folder_get_path (b)) &&
         g_str_equal (baton_folder_get_name (a), baton_folder_get_name (b));
}

/* One change of the list, and none where all is as it was: a reload must not move what a person
 * looks at. */
void
_baton_connection_set_folders (BatonConnection *self, GPtrArray *folders)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->folders));
  gboolean same = folders->len == n;

  for (guint i = 0; same && i < n; i++)
    {
      g_autoptr (BatonFolder) old = g_list_model_get_item (G_LIST_MODEL (self->folders), i);

      same = is_same_folder (old, g_ptr_array_index (folders, i));
    }

  if (!same)
    g_list_store_splice (self->folders, 0, n, folders->pdata, folders->len);
}

void
_baton_connection_take_user (BatonConnection *self, JsonNode *user)
{
  g_clear_pointer (&self->user, json_node_unref);
  self->user = user;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_USER_NAME]);
}

void
_baton_connection_take_permissions (BatonConnection *self, char **permissions)
{
  g_clear_pointer (&self->permission_set, g_hash_table_unref);
  g_strfreev (self->permissions);
  self->permissions = permissions;

  if (permissions != NULL)
    {
      self->permission_set = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; permissions[i] != NULL; i++)
        g_hash_table_add (self->permission_set, permissions[i]);
    }

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERMISSIONS]);
}

void
_baton_connection_set_tenants (BatonConnection *self, GPtrArray *tenants)
{
  g_list_store_splice (self->tenants, 0, g_list_model_get_n_items (G_LIST_MODEL (self->tenants)),
                       tenants->pdata, tenants->len);
}

gboolean
_baton_connection_offer (BatonConnection *self, GPtrArray *tenants)
{
  g_autoptr (GListStore) list = g_list_store_new (BATON_TYPE_TENANT);

  if (!g_signal_has_handler_pending (self, signals[CHOOSE_TENANT], 0, FALSE))
    return FALSE;

  g_list_store_splice (list, 0, 0, tenants->pdata, tenants->len);
  g_signal_emit (self, signals[CHOOSE_TENANT], 0, list);

  return TRUE;
}

void
_baton_connection_enter (BatonConnection *self, BatonTenant *tenant)
{
  g_autoptr (BatonDeployment) deployment =
      baton_deployment_with_tenant (baton_account_get_deployment (self->account),
                                    baton_tenant_get_organization (tenant),
                                    baton_tenant_get_name (tenant));

  g_object_freeze_notify (G_OBJECT (self->account));
  baton_account_set_organization_display (self->account,
                                          baton_tenant_get_organization_display (tenant));
  baton_account_set_tenant_display (self->account, baton_tenant_get_display (tenant));
  baton_account_set_deployment (self->account, deployment);
  g_object_thaw_notify (G_OBJECT (self->account));
}

static void
baton_connection_dispose (GObject *object)
{
  BatonConnection *self = BATON_CONNECTION (object);

  g_clear_handle_id (&self->back_timer, g_source_remove);
  g_cancellable_cancel (self->load);
  g_clear_object (&self->load);
  _baton_connection_drop_choice (self);

  G_OBJECT_CLASS (baton_connection_parent_class)->dispose (object);
}

static void
baton_connection_finalize (GObject *object)
{
  BatonConnection *self = BATON_CONNECTION (object);

  g_clear_object (&self->pipeline);
  g_clear_object (&self->keeper);
  g_clear_object (&self->account);
  g_clear_object (&self->tenants);
  g_clear_object (&self->folders);
  g_clear_pointer (&self->permission_set, g_hash_table_unref);
  g_strfreev (self->permissions);
  g_free (self->scopes);
  g_clear_pointer (&self->user, json_node_unref);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (baton_connection_parent_class)->finalize (object);
}

static void
baton_connection_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  BatonConnection *self = BATON_CONNECTION (object);

  switch (prop_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_TENANTS:
      g_value_set_object (value, self->tenants);
      break;
    case PROP_FOLDERS:
      g_value_set_object (value, self->folders);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_USER_NAME:
      g_value_set_string (value, baton_connection_get_user_name (self));
      break;
    case PROP_PERMISSIONS:
      g_value_set_boxed (value, self->permissions);
      break;
    case PROP_PROGRESS:
      g_value_set_string (value, self->progress);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
baton_connection_class_init (BatonConnectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = baton_connection_dispose;
  object_class->finalize = baton_connection_finalize;
  object_class->get_property = baton_connection_get_property;

  properties[PROP_ACCOUNT] =
      g_param_spec_object ("account", NULL, NULL, BATON_TYPE_ACCOUNT, flags);
  properties[PROP_TENANTS] =
      g_param_spec_object ("tenants", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_FOLDERS] =
      g_param_spec_object ("folders", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_USER_NAME] = g_param_spec_string ("user-name", NULL, NULL, NULL, flags);
  properties[PROP_PERMISSIONS] =
      g_param_spec_boxed ("permissions", NULL, NULL, G_TYPE_STRV, flags);
  properties[PROP_PROGRESS] = g_param_spec_string ("progress", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[TENANT_CHANGED] = g_signal_new ("tenant-changed", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHOOSE_TENANT] =
      g_signal_new ("choose-tenant", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_LIST_MODEL);
}

static void
baton_connection_init (BatonConnection *self)
{
  self->tenants = g_list_store_new (BATON_TYPE_TENANT);
  self->folders = g_list_store_new (BATON_TYPE_FOLDER);
}

/* What it may do is looked up once a token: a menu asks for each of its items. */
static void
baton_connection_token_changed_cb (BatonConnection *self)
{
  BatonToken *token = baton_token_keeper_get_token (self->keeper);
  g_autofree char *scopes = NULL;

  /* One that comes in the place of another says so when it is there. */
  if (token == NULL)
    return;
  scopes = baton_scopes_dup_granted (self->account, token);
  if (g_strcmp0 (scopes, self->scopes) == 0)
    return;

  g_free (self->scopes);
  self->scopes = g_steal_pointer (&scopes);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERMISSIONS]);
}

/* The last that was asked did not get through, or signing in did not. */
static gboolean
is_kept_away (BatonConnection *self)
{
  gboolean offline = FALSE;

  g_object_get (self->pipeline, "offline", &offline, NULL);

  return offline || g_error_matches (self->error, BATON_ERROR, BATON_ERROR_NO_NETWORK)
         || g_error_matches (self->error, BATON_ERROR, BATON_ERROR_TIMED_OUT);
}

/* What the network kept away is asked for again. Where somebody does so already, that is enough. */
static void
baton_connection_come_back (BatonConnection *self)
{
  if (is_kept_away (self) && !self->loading)
    _baton_connection_load (self);
}

static void
baton_connection_state_changed_cb (BatonConnection *self)
{
  BatonKeeperState state = baton_token_keeper_get_state (self->keeper);

  if (state == BATON_KEEPER_VALID && self->away)
    baton_connection_come_back (self);
  if (state != BATON_KEEPER_RENEWING)
    self->away = state == BATON_KEEPER_OFFLINE;
}

static void
back_cb (gpointer user_data)
{
  BatonConnection *self = user_data;

  self->back_timer = 0;
  baton_connection_come_back (self);
}

/* Where a token is wanted first, the keeper sees to it. */
static void
baton_connection_network_changed_cb (BatonConnection *self, gboolean available)
{
  if (!available || !is_kept_away (self) || self->back_timer != 0
      || baton_token_keeper_get_state (self->keeper) != BATON_KEEPER_VALID)
    return;
  self->back_timer = g_timeout_add_once (NETWORK_DELAY, back_cb, self);
}

BatonConnection *
baton_connection_new (BatonAccount *account, BatonSecretStore *store, BatonClock *clock)
{
  BatonConnection *self = NULL;
  g_autoptr (BatonAuthenticator) authenticator = NULL;

  g_return_val_if_fail (BATON_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (BATON_IS_SECRET_STORE (store), NULL);

  self = g_object_new (BATON_TYPE_CONNECTION, NULL);
  self->account = g_object_ref (account);
  baton_network_set_store (baton_network_get (account), store);
  authenticator = baton_authenticator_new (baton_account_get_method (account), clock);
  self->keeper = baton_token_keeper_new (account, authenticator, store, clock);
  self->pipeline = baton_pipeline_new (account, self->keeper, clock);
  g_signal_connect_object (self->keeper, "notify::token",
                           G_CALLBACK (baton_connection_token_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keeper, "notify::state",
                           G_CALLBACK (baton_connection_state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (baton_connection_network_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

BatonAccount *
baton_connection_get_account (BatonConnection *self)
{
  g_return_val_if_fail (BATON_IS_CONNECTION (self), NULL);

  return self->account;
}

BatonTokenKeeper *
baton_connection_get_keeper (BatonConnection *self)
{
  g_return_val_if_fail (BATON_IS_CONNECTION (self), NULL);

  return self->keeper;
}

BatonPipeline *
baton_connection_get_pipeline (BatonConnection *self)
{
  g_return_val_if_fail (BATON_IS_CONNECTION (self), NULL);

  return self->pipeline;
}

const char *
baton_connection_get_progress (BatonConnection *self)
{
  g_return_val_if_fail (BATON_IS_CONNECTION (self), NULL);

  return self->progress;
}

GListModel *
baton_connection_get_tenants (BatonConnection *self)
{
  g_return_val_if_fail (BATON_IS_CONNECTION (self), NULL);

  return G_LIST_MODEL (self->tenants);
}

GListModel *
baton_connection_get_folders (BatonConnection *self)
{
  g_return_val_if_fail (BATON_IS_CONNECTION (self), NULL);

  return G_LIST_MODEL (self->folders);
}

/* The service compares names of folders without regard to case. */
BatonFolder *
baton_connection_find_folder (BatonConnection *self, const char *path)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (BATON_IS_CONNECTION (self), NULL);

  if (path == NULL)
    return NULL;

  folded = g_utf8_casefold (path, -1);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->folders)); i++)
    {
      g_autoptr (BatonFolder) folder = g_list_model_get_item (G_LIST_MODEL (self->folders), i);
      g_autofree char *other = g_utf8_casefold (baton_folder_get_path (folder), -1);

      if (g_str_equal (folded, other))
        return folder; /* the list keeps it */
    }

  return NULL;
}

BatonFolder *
baton_connection_find_folder_by_id (BatonConnection *self, gint64 id)
{
  g_return_val_if_fail (BATON_IS_CONNECTION (self), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->folders)); i++)
    {
      g_autoptr (BatonFolder) folder = g_list_model_get_item (G_LIST_MODEL (self->folders), i);

      if (baton_folder_get_id (folder) == id)
        return folder; /* the list keeps it */
    }

  return NULL;
}

/**
 * baton_connection_set_tenant:
 * @tenant: one that the key can see
 *
 * Main thread. A key is good for all its tenants; a password's token is made for one, so another is
 * asked for.
 */
void
baton_connection_set_tenant (BatonConnection *self, BatonTenant *tenant)
{
  g_autoptr (GPtrArray) none = NULL;
  BatonToken *token = NULL;

  g_return_if_fail (BATON_IS_CONNECTION (self));
  g_return_if_fail (BATON_IS_TENANT (tenant));

  _baton_connection_enter (self, tenant);

  token = baton_token_keeper_get_token (self->keeper);
  if (token != NULL && baton_account_get_method (self->account) == BATON_METHOD_PASSWORD)
    baton_token_keeper_ask_anew (self->keeper);

  none = g_ptr_array_new ();
  _baton_connection_set_folders (self, none);
  _baton_connection_take_user (self, NULL);
  _baton_connection_take_permissions (self, NULL);
  _baton_connection_set_error (self, NULL);

  g_signal_emit (self, signals[TENANT_CHANGED], 0);
  _baton_connection_load (self);
}

void
baton_connection_reload (BatonConnection *self)
{
  g_return_if_fail (BATON_IS_CONNECTION (self));

  baton_token_keeper_insist (self->keeper);
  _baton_connection_load (self);
}

gboolean
baton_connection_may (BatonConnection *self, const char *permission)
{
  g_return_val_if_fail (BATON_IS_CONNECTION (self), TRUE);

  return permission == NULL || self->permission_set == NULL ||
         g_hash_table_contains (self->permission_set, permission);
}

char *
baton_connection_dup_missing_scope (BatonConnection *self, const char *method, const char *path)
{
  g_return_val_if_fail (BATON_IS_CONNECTION (self), NULL);
  g_return_val_if_fail (method != NULL && path != NULL, NULL);

  return baton_scopes_find_missing (self->scopes, method, path);
}

const char *const *
baton_connection_get_permissions (BatonConnection *self)
{
  g_return_val_if_fail (BATON_IS_CONNECTION (self), NULL);

  return (const char *const *) self->permissions;
}

const char *
baton_connection_get_user_name (BatonConnection *self)
{
  JsonObject *user = NULL;
  const char *name = NULL;

  g_return_val_if_fail (BATON_IS_CONNECTION (self), NULL);

  if (self->user != NULL)
    {
      user = baton_json_peek_root_object (self->user);
      name = baton_json_peek_string (user, "UserName");
      if (name == NULL)
        name = baton_json_peek_string (user, "EmailAddress");
    }

  return name != NULL ? name : baton_account_get_user_name (self->account);
}

JsonNode *
baton_connection_get_user (BatonConnection *self)
{
  g_return_val_if_fail (BATON_IS_CONNECTION (self), NULL);

  return self->user;
}
