/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "auth/baton-discovery.h"
#include "baton-connection-private.h"
#include "baton-error.h"
#include "baton-json.h"
#include "http/baton-answer.h"

#define FOLDERS_PATH "/api/FoldersNavigation/GetAllFoldersForCurrentUser"
#define FOLDERS_PAGE 1000
#define USER_PATH "/odata/Users/UiPath.Server.Configuration.OData.GetCurrentUser"
#define PERMISSIONS_PATH "/odata/Users/UiPath.Server.Configuration.OData.GetCurrentPermissions"

/* One time that all there is to know of a tenant is asked for. Counted: each request holds it. */
typedef struct
{
  BatonConnection *connection; /* (unowned): disposing it cancels us */
  GCancellable *cancellable;   /* (owned) */
  GTask *task;                 /* (owned) (nullable): of open, until it has returned */
  GSource *cancel_watch;       /* (owned) (nullable): of the one who opens */
  GError *keyring_error;       /* (owned) (nullable) */

  guint n_pending;
  gboolean discovering;
  gboolean discovered;         /* asked already */
  GPtrArray *folders;          /* (owned): what the fallback has found */
  GError *folders_error;       /* (owned) (nullable) */
} Load;

/* A page of /odata/Folders, or all there is. */
typedef struct
{
  GPtrArray *folders; /* (owned) */
  gint64 total;
} FolderPage;

static void baton_connection_ask_folder_page (Load *load);
static void baton_connection_ask_all (Load *load);

static void
load_clear (Load *load)
{
  if (load->cancel_watch != NULL)
    {
      g_source_destroy (load->cancel_watch);
      g_source_unref (load->cancel_watch);
    }
  g_clear_object (&load->cancellable);
  /* another load took its place */
  if (load->task != NULL)
    g_task_return_new_error (load->task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s",
                             _("Operation was cancelled"));
  g_clear_object (&load->task);
  g_clear_error (&load->keyring_error);
  g_clear_pointer (&load->folders, g_ptr_array_unref);
  g_clear_error (&load->folders_error);
}

static void
load_unref (Load *load)
{
  g_rc_box_release_full (load, (GDestroyNotify) load_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, load_unref)

static void
folder_page_free (FolderPage *page)
{
  g_ptr_array_unref (page->folders);
  g_free (page);
}

static Load *
baton_connection_new_load (BatonConnection *self)
{
  Load *load = g_rc_box_new0 (Load);

  g_cancellable_cancel (self->load);
  g_clear_object (&self->load);
  _baton_connection_drop_choice (self);

  load->connection = self;
  load->cancellable = g_cancellable_new ();
  load->folders = g_ptr_array_new_with_free_func (g_object_unref);
  self->load = g_object_ref (load->cancellable);

  return load;
}

static gboolean
is_cancelled (Load *load)
{
  return g_cancellable_is_cancelled (load->cancellable);
}

/* Ends the open, where there is one. @error: (transfer full) (nullable). */
static void
load_return (Load *load, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&load->task);

  if (load->cancel_watch != NULL)
    {
      g_source_destroy (load->cancel_watch);
      g_clear_pointer (&load->cancel_watch, g_source_unref);
    }

  if (task == NULL)
    {
      g_clear_error (&error);
    }
  else if (error != NULL)
    {
      baton_token_keeper_give_up (load->connection->keeper);
      g_task_return_error (task, error);
    }
  else
    g_task_return_pointer (task, g_steal_pointer (&load->keyring_error),
                           (GDestroyNotify) g_error_free);
}

/* Called whenever something has come. */
static void
load_check (Load *load)
{
  BatonConnection *self = load->connection;

  /* What is offered in place of a wrong address comes with the error, not after it. */
  if (load->folders_error != NULL &&
      !(load->discovering &&
        g_error_matches (load->folders_error, BATON_ERROR, BATON_ERROR_WRONG_ADDRESS)))
    {
      GError *error = g_steal_pointer (&load->folders_error);

      if (g_error_matches (error, BATON_ERROR, BATON_ERROR_WRONG_ADDRESS))
        error = _baton_connection_explain_wrong_address (self, error);
      _baton_connection_set_error (self, error);
      _baton_connection_set_progress (self, NULL);
      load_return (load, error);
    }

  if (load->n_pending == 0)
    _baton_connection_set_loading (self, FALSE);
}

static void
baton_connection_discovered_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Load) load = user_data;
  BatonConnection *self = load->connection;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tenants = baton_discovery_run_finish (result, &error);

  if (is_cancelled (load))
    return;

  load->n_pending--;
  load->discovering = FALSE;
  load->discovered = TRUE;

  if (tenants != NULL)
    _baton_connection_take_tenants (self, tenants);
  else
    g_debug ("Cannot ask for the tenants: %s", error->message);

  load_check (load);
}

static void
baton_connection_ask_tenants (Load *load)
{
  BatonConnection *self = load->connection;

  load->n_pending++;
  load->discovering = TRUE;
  baton_discovery_run_async (baton_network_get (self->account),
                             baton_account_get_deployment (self->account),
                             baton_token_keeper_get_token (self->keeper), load->cancellable,
                             baton_connection_discovered_cb, g_rc_box_acquire (load));
}

/* In a worker thread. */
static gpointer
decode_folders (JsonNode *root, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) folders = baton_folders_read (root, error);
  FolderPage *page = NULL;

  if (folders == NULL)
    return NULL;

  page = g_new0 (FolderPage, 1);
  page->total = baton_json_peek_int (baton_json_peek_root_object (root), "@odata.count", 0);
  page->folders = g_steal_pointer (&folders);

  return page;
}

/* What the proxy and the client's certificate ask for goes the way of the key. */
static void
baton_connection_network_kept_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!baton_network_keep_finish (BATON_NETWORK (object), result, &error))
    g_message ("What the network asks for stays in memory, for this run: %s", error->message);
}

static void
baton_connection_kept_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Load) load = user_data;
  g_autoptr (GError) error = NULL;

  baton_token_keeper_keep_finish (BATON_TOKEN_KEEPER (object), result, &load->keyring_error,
                                  &error);
  if (is_cancelled (load))
    return;

  if (error == NULL && load->keyring_error == NULL)
    baton_network_keep_async (baton_network_get (load->connection->account), NULL,
                              baton_connection_network_kept_cb, NULL);
  _baton_connection_set_progress (load->connection, NULL);
  load_return (load, g_steal_pointer (&error));
}

static void
load_take_folders (Load *load)
{
  BatonConnection *self = load->connection;

  baton_folders_arrange (load->folders);
  _baton_connection_set_folders (self, load->folders);
  _baton_connection_set_error (self, NULL);
  /* The address has proved good: only now is there something to keep. */
  if (load->task != NULL)
    {
      baton_token_keeper_keep_async (self->keeper, load->cancellable, baton_connection_kept_cb,
                                     g_rc_box_acquire (load));
      return;
    }
  _baton_connection_set_progress (self, NULL);
}

static void
baton_connection_folder_page_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Load) load = user_data;
  g_autoptr (GError) error = NULL;
  FolderPage *page = baton_pipeline_send_finish (BATON_PIPELINE (object), result, &error);
  gboolean more = FALSE;

  if (page != NULL)
    {
      guint n = page->folders->len;

      g_ptr_array_extend_and_steal (load->folders, g_steal_pointer (&page->folders));
      page->folders = g_ptr_array_new ();
      more = n > 0 && (gint64) load->folders->len < page->total;
      folder_page_free (page);
    }

  if (is_cancelled (load))
    return;

  load->n_pending--;
  if (error != NULL)
    load->folders_error = g_steal_pointer (&error);
  else if (more)
    baton_connection_ask_folder_page (load);
  else
    load_take_folders (load);

  load_check (load);
}

static void
load_send (Load *load, const char *path, BatonDecodeFunc decode, GDestroyNotify free_result,
           GAsyncReadyCallback callback)
{
  g_autoptr (BatonRequest) request = baton_request_new ("GET", path);

  load->n_pending++;
  baton_pipeline_send_async (load->connection->pipeline, request, decode, NULL, NULL, free_result,
                             load->cancellable, callback, g_rc_box_acquire (load));
}

static void
baton_connection_ask_folder_page (Load *load)
{
  g_autofree char *path =
      g_strdup_printf ("/odata/Folders?$orderby=FullyQualifiedName%%20asc&$count=true"
                       "&$top=%d&$skip=%u",
                       FOLDERS_PAGE, load->folders->len);

  load_send (load, path, decode_folders, (GDestroyNotify) folder_page_free,
             baton_connection_folder_page_cb);
}

/* Tokens of applications are refused here, and old servers lack it (fact sheet 6.1). */
static gboolean
has_no_navigation (const GError *error)
{
  return g_error_matches (error, BATON_ERROR, BATON_ERROR_NOT_ALLOWED) ||
         g_error_matches (error, BATON_ERROR, BATON_ERROR_NOT_FOUND) ||
         g_error_matches (error, BATON_ERROR, BATON_ERROR_NOT_IMPLEMENTED);
}

static void
baton_connection_folders_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Load) load = user_data;
  g_autoptr (GError) error = NULL;
  FolderPage *page = baton_pipeline_send_finish (BATON_PIPELINE (object), result, &error);

  if (page != NULL)
    {
      g_ptr_array_extend_and_steal (load->folders, g_steal_pointer (&page->folders));
      g_free (page);
    }

  if (is_cancelled (load))
    return;

  load->n_pending--;
  if (error == NULL)
    load_take_folders (load);
  else if (has_no_navigation (error))
    baton_connection_ask_folder_page (load);
  else
    load->folders_error = g_steal_pointer (&error);

  load_check (load);
}

static void
baton_connection_user_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Load) load = user_data;
  g_autoptr (GError) error = NULL;
  JsonNode *user = baton_pipeline_send_finish (BATON_PIPELINE (object), result, &error);

  if (is_cancelled (load))
    {
      g_clear_pointer (&user, json_node_unref);
      return;
    }

  load->n_pending--;
  /* 204 where the token is of no person (definition: Users_GetCurrentUser) */
  if (user != NULL && JSON_NODE_HOLDS_OBJECT (user))
    _baton_connection_take_user (load->connection, user);
  else
    g_clear_pointer (&user, json_node_unref);

  load_check (load);
}

/* In a worker thread. {"UserId","Permissions":["Jobs.View"]} */
static gpointer
decode_permissions (JsonNode *root, gpointer data, GError **error)
{
  JsonObject *object = baton_json_require_root_object (root, error);
  JsonArray *array =
      object != NULL ? baton_json_require_array (object, "Permissions", error) : NULL;
  g_autoptr (GPtrArray) names = NULL;

  if (array == NULL)
    return NULL;

  names = g_ptr_array_new ();
  for (guint i = 0; i < baton_json_length (array); i++)
    {
      const char *name = baton_json_peek_string_at (array, i);

      if (name != NULL)
        g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_add (names, NULL);

  return g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

static void
baton_connection_permissions_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Load) load = user_data;
  g_autoptr (GError) error = NULL;
  char **permissions = baton_pipeline_send_finish (BATON_PIPELINE (object), result, &error);

  if (is_cancelled (load))
    {
      g_strfreev (permissions);
      return;
    }

  load->n_pending--;
  if (permissions != NULL)
    _baton_connection_take_permissions (load->connection, permissions);

  load_check (load);
}

/* All at the same time: none of them needs the answer of another. */
static void
baton_connection_ask_all (Load *load)
{
  BatonConnection *self = load->connection;

  _baton_connection_set_progress (self, _("Asking for the folders…"));
  _baton_connection_offer_known_tenants (self);

  load_send (load, FOLDERS_PATH, decode_folders, (GDestroyNotify) folder_page_free,
             baton_connection_folders_cb);
  load_send (load, USER_PATH, NULL, NULL, baton_connection_user_cb);
  load_send (load, PERMISSIONS_PATH, decode_permissions, (GDestroyNotify) g_strfreev,
             baton_connection_permissions_cb);

  if (!self->discovered && !load->discovered && _baton_connection_may_discover (self) &&
      baton_token_keeper_get_token (self->keeper) != NULL)
    baton_connection_ask_tenants (load);
}

void
_baton_connection_load (BatonConnection *self)
{
  g_autoptr (Load) load = baton_connection_new_load (self);

  _baton_connection_set_loading (self, TRUE);
  baton_connection_ask_all (load);
}

/* @error: (transfer full) */
static void
load_fail (Load *load, GError *error)
{
  BatonConnection *self = load->connection;

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    _baton_connection_set_error (self, error);
  _baton_connection_set_progress (self, NULL);
  _baton_connection_set_loading (self, FALSE);
  load_return (load, error);
}

void
_baton_connection_drop_choice (BatonConnection *self)
{
  Load *load = g_steal_pointer (&self->choosing);

  if (load != NULL)
    load_unref (load);
}

void
baton_connection_choose_tenant (BatonConnection *self, BatonTenant *tenant)
{
  g_autoptr (Load) load = NULL;

  g_return_if_fail (BATON_IS_CONNECTION (self));
  g_return_if_fail (BATON_IS_TENANT (tenant));

  load = g_steal_pointer (&self->choosing);
  if (load == NULL)
    return;

  _baton_connection_enter (self, tenant);
  baton_connection_ask_all (load);
}

static void
baton_connection_chosen_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Load) load = user_data;
  BatonConnection *self = load->connection;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tenants = baton_discovery_run_finish (result, &error);
  g_autoptr (GPtrArray) meant = NULL;

  if (is_cancelled (load))
    return;

  load->discovered = TRUE;

  if (tenants == NULL)
    {
      /* the third shape of address needs no organisation */
      if (baton_deployment_get_base_url (baton_account_get_deployment (self->account)) != NULL)
        baton_connection_ask_all (load);
      else
        load_fail (load, _baton_connection_explain_unknown_tenant (g_steal_pointer (&error)));
      return;
    }

  _baton_connection_take_tenants (self, tenants);
  meant = _baton_connection_find_meant (self, tenants);
  if (meant->len == 0)
    {
      load_fail (load, _baton_connection_explain_no_tenant (self));
      return;
    }

  self->choosing = g_rc_box_acquire (load);
  if (meant->len > 1 && _baton_connection_offer (self, meant))
    return;

  baton_connection_choose_tenant (self, g_ptr_array_index (meant, 0));
}

/* What there is to do once there is a token. */
static void
baton_connection_go_on (Load *load)
{
  BatonConnection *self = load->connection;
  BatonDeployment *deployment = baton_account_get_deployment (self->account);

  if (_baton_connection_may_discover (self) && (baton_deployment_get_base_url (deployment) == NULL ||
                              baton_deployment_get_organization (deployment) == NULL))
    {
      _baton_connection_set_progress (self, _("Asking which tenants the key can see…"));
      baton_discovery_run_async (baton_network_get (self->account), deployment, baton_token_keeper_get_token (self->keeper),
                                 load->cancellable, baton_connection_chosen_cb,
                                 g_rc_box_acquire (load));
      return;
    }

  baton_connection_ask_all (load);
}

static void
baton_connection_signed_in_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Load) load = user_data;
  g_autoptr (GError) error = NULL;

  baton_token_keeper_try_finish (BATON_TOKEN_KEEPER (object), result, &error);

  if (is_cancelled (load))
    return;

  if (error != NULL)
    load_fail (load, g_steal_pointer (&error));
  else
    baton_connection_go_on (load);
}

static void
baton_connection_got_token_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Load) load = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonToken) token =
      baton_token_keeper_get_token_finish (BATON_TOKEN_KEEPER (object), result, &error);

  if (is_cancelled (load))
    return;

  if (error != NULL)
    load_fail (load, g_steal_pointer (&error));
  else
    baton_connection_go_on (load);
}

static gboolean
baton_connection_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  Load *load = user_data;
  g_autoptr (Load) kept = g_rc_box_acquire (load);
  BatonConnection *self = load->connection;
  GError *error = NULL;

  g_cancellable_cancel (load->cancellable);
  g_cancellable_set_error_if_cancelled (cancellable, &error);
  if (self->load == load->cancellable)
    load_fail (load, error);
  else
    load_return (load, error);
  _baton_connection_drop_choice (self);

  return G_SOURCE_REMOVE;
}

void
baton_connection_open_async (BatonConnection *self,
                             BatonSecret *secret,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (Load) load = NULL;

  g_return_if_fail (BATON_IS_CONNECTION (self));

  load = baton_connection_new_load (self);
  load->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (load->task, baton_connection_open_async);

  if (cancellable != NULL)
    {
      load->cancel_watch = g_cancellable_source_new (cancellable);
      g_source_set_callback (load->cancel_watch, G_SOURCE_FUNC (baton_connection_cancelled_cb),
                             load, NULL);
      g_source_attach (load->cancel_watch, g_task_get_context (load->task));
    }

  _baton_connection_set_error (self, NULL);
  _baton_connection_set_loading (self, TRUE);
  _baton_connection_set_progress (self, _("Asking for an access token…"));

  if (secret != NULL)
    baton_token_keeper_try_async (self->keeper, secret, load->cancellable,
                                  baton_connection_signed_in_cb, g_rc_box_acquire (load));
  else
    baton_token_keeper_get_token_async (self->keeper, load->cancellable,
                                        baton_connection_got_token_cb, g_rc_box_acquire (load));
}

gboolean
baton_connection_open_finish (BatonConnection *self,
                              GAsyncResult *result,
                              GError **keyring_error,
                              GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GError) keyring = NULL;

  g_return_val_if_fail (BATON_IS_CONNECTION (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  keyring = g_task_propagate_pointer (G_TASK (result), &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  if (keyring_error != NULL)
    *keyring_error = g_steal_pointer (&keyring);

  return TRUE;
}
