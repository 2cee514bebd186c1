/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "../baton-tenant.h"
#include "../http/baton-answer.h"
#include "../http/baton-http.h"
#include "baton-discovery.h"
#include "baton-json.h"

/* A person is in few organisations; more than these are not asked one by one. */
#define MAX_ACCOUNTS 20

typedef struct
{
  BatonNetwork *network;       /* (owned) */
  BatonDeployment *deployment; /* (owned) */
  BatonToken *token;           /* (owned) */
  GPtrArray *tenants;          /* (owned) (element-type BatonTenant) */
  /* (owned) (element-type GPtrArray): the order is the service's, not that of the answers */
  GPtrArray *by_account;
  guint n_pending;
  GError *error; /* (owned) (nullable): the first */
} Discovery;

/* One organisation that is asked for its tenants. */
typedef struct
{
  GTask *task;        /* (owned) */
  GPtrArray *tenants; /* (owned) (element-type BatonTenant) */
  char *name;         /* (owned) */
  char *display;      /* (owned) (nullable) */
} Account;

static void
discovery_free (Discovery *discovery)
{
  g_clear_object (&discovery->network);
  g_clear_object (&discovery->deployment);
  g_clear_pointer (&discovery->token, baton_token_unref);
  g_clear_pointer (&discovery->tenants, g_ptr_array_unref);
  g_clear_pointer (&discovery->by_account, g_ptr_array_unref);
  g_clear_error (&discovery->error);
  g_free (discovery);
}

static void
account_free (Account *account)
{
  g_object_unref (account->task);
  g_ptr_array_unref (account->tenants);
  g_free (account->name);
  g_free (account->display);
  g_free (account);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Account, account_free)

static void
send (GTask *task,
      const char *url,
      const char *bearer,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  Discovery *discovery = g_task_get_task_data (task);
  BatonCall *call = baton_call_new ("GET", url);

  baton_call_add_header (call, "Accept", "application/json");
  baton_call_set_bearer (call, bearer);
  baton_http_send_async (discovery->network, call, g_task_get_cancellable (task), callback,
                         user_data);
}

static JsonNode *
receive (GAsyncResult *result, GError **error)
{
  BatonAnswerContext context = { .max_bytes = BATON_ANSWER_SMALL };
  g_autoptr (BatonReply) reply = baton_http_send_finish (result, error);

  if (reply == NULL)
    return NULL;

  return baton_answer_read (reply, &context, error);
}

static void
baton_discovery_end (GTask *task)
{
  Discovery *discovery = g_task_get_task_data (task);

  if (discovery->tenants->len > 0)
    g_task_return_pointer (task, g_steal_pointer (&discovery->tenants),
                           (GDestroyNotify)g_ptr_array_unref);
  else if (discovery->error != NULL)
    g_task_return_error (task, g_steal_pointer (&discovery->error));
  else
    g_task_return_new_error (task, BATON_ERROR, BATON_ERROR_NOT_ALLOWED, "%s",
                             _ ("The key is good, but it can see no tenant."));
}

/* {"organization":{"id","name"},"tenants":[{"id","name"}]} */
static void
read_portal (Discovery *discovery, JsonNode *root)
{
  JsonObject *object = root != NULL ? baton_json_peek_root_object (root) : NULL;
  JsonArray *tenants = baton_json_peek_array (object, "tenants");
  const char *organization
      = baton_json_peek_string (baton_json_peek_object (object, "organization"), "name");

  for (guint i = 0; organization != NULL && i < baton_json_length (tenants); i++)
    {
      const char *name = baton_json_peek_string (baton_json_peek_object_at (tenants, i), "name");

      if (name != NULL)
        g_ptr_array_add (discovery->tenants, baton_tenant_new (organization, NULL, name, NULL));
    }
}

static void
baton_discovery_portal_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Discovery *discovery = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = receive (result, &error);

  if (error == NULL)
    read_portal (discovery, root);
  else if (discovery->error == NULL)
    discovery->error = g_steal_pointer (&error);

  baton_discovery_end (task);
}

/* @task: (transfer full) */
static void
baton_discovery_ask_portal (GTask *task)
{
  Discovery *discovery = g_task_get_task_data (task);
  g_autoptr (GTask) owned = task;
  g_autoptr (JsonNode) claims = baton_token_dup_claims (discovery->token);
  const char *organization = NULL;
  g_autoptr (BatonDeployment) placed = NULL;
  g_autofree char *url = NULL;

  if (claims != NULL)
    organization = baton_json_peek_string (baton_json_peek_root_object (claims), "prt_id");
  if (organization == NULL)
    organization = baton_deployment_get_organization (discovery->deployment);
  if (organization == NULL)
    {
      baton_discovery_end (task);
      return;
    }

  placed = baton_deployment_with_tenant (discovery->deployment, organization,
                                         baton_deployment_get_tenant (discovery->deployment));
  url = baton_deployment_make_portal_url (placed,
                                          "api/filtering/leftnav/tenantsAndOrganizationInfo");
  send (task, url, baton_token_get_access_token (discovery->token), baton_discovery_portal_cb,
        g_steal_pointer (&owned));
}

/* [{"serviceInstanceName","serviceInstanceLogicalName","serviceType","serviceUrl"}] */
static void
read_instances (Account *account, JsonNode *root)
{
  JsonArray *instances = root != NULL ? baton_json_peek_root_array (root) : NULL;

  for (guint i = 0; i < baton_json_length (instances); i++)
    {
      JsonObject *instance = baton_json_peek_object_at (instances, i);
      const char *name = baton_json_peek_string (instance, "serviceInstanceLogicalName");
      const char *type = baton_json_peek_string (instance, "serviceType");
      const char *display = baton_json_peek_string (instance, "serviceInstanceName");

      if (name != NULL && (type == NULL || g_ascii_strcasecmp (type, "orchestrator") == 0))
        g_ptr_array_add (account->tenants,
                         baton_tenant_new (account->name, account->display, name, display));
    }
}

static void
baton_discovery_instances_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Account) account = user_data;
  g_autoptr (GTask) task = g_object_ref (account->task);
  Discovery *discovery = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = receive (result, &error);

  if (error == NULL)
    read_instances (account, root);
  else if (discovery->error == NULL)
    discovery->error = g_steal_pointer (&error);

  if (--discovery->n_pending > 0)
    return;

  for (guint i = 0; i < discovery->by_account->len; i++)
    {
      GPtrArray *tenants = g_ptr_array_index (discovery->by_account, i);

      for (guint j = 0; j < tenants->len; j++)
        g_ptr_array_add (discovery->tenants, g_object_ref (g_ptr_array_index (tenants, j)));
    }

  if (discovery->tenants->len == 0)
    baton_discovery_ask_portal (g_steal_pointer (&task));
  else
    baton_discovery_end (task);
}

static void
ask_account (GTask *task, const char *name, const char *display)
{
  Discovery *discovery = g_task_get_task_data (task);
  const char *id_token = baton_token_get_id_token (discovery->token);
  g_autofree char *escaped = g_uri_escape_string (name, NULL, FALSE);
  g_autofree char *url
      = g_strdup_printf ("%s/account/%s/getAllServiceInstances",
                         baton_deployment_get_discovery_url (discovery->deployment), escaped);
  Account *account = g_new0 (Account, 1);

  account->task = g_object_ref (task);
  account->tenants = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (discovery->by_account, g_ptr_array_ref (account->tenants));
  account->name = g_strdup (name);
  account->display = g_strdup (display);
  discovery->n_pending++;

  send (task, url, id_token, baton_discovery_instances_cb, account);
}

/* {"userEmail","accounts":[{"accountName","accountLogicalName"}]} */
static void
baton_discovery_accounts_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Discovery *discovery = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = receive (result, &error);
  JsonArray *accounts = NULL;

  if (root != NULL)
    accounts = baton_json_peek_array (baton_json_peek_root_object (root), "accounts");

  for (guint i = 0; i < baton_json_length (accounts) && i < MAX_ACCOUNTS; i++)
    {
      JsonObject *account = baton_json_peek_object_at (accounts, i);
      const char *name = baton_json_peek_string (account, "accountLogicalName");

      if (name != NULL)
        ask_account (task, name, baton_json_peek_string (account, "accountName"));
    }

  if (discovery->n_pending > 0)
    return;

  if (error != NULL)
    discovery->error = g_steal_pointer (&error);
  baton_discovery_ask_portal (g_steal_pointer (&task));
}

void
baton_discovery_run_async (BatonNetwork *network,
                           BatonDeployment *deployment,
                           BatonToken *token,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Discovery *discovery = NULL;
  g_autofree char *url = NULL;

  g_return_if_fail (BATON_IS_NETWORK (network));
  g_return_if_fail (BATON_IS_DEPLOYMENT (deployment));
  g_return_if_fail (token != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, baton_discovery_run_async);

  discovery = g_new0 (Discovery, 1);
  discovery->network = g_object_ref (network);
  discovery->deployment = g_object_ref (deployment);
  discovery->token = baton_token_ref (token);
  discovery->tenants = g_ptr_array_new_with_free_func (g_object_unref);
  discovery->by_account = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  g_task_set_task_data (task, discovery, (GDestroyNotify)discovery_free);

  /* The accounts are asked for with the id token: the access token is for Orchestrator (fact sheet
   * 2.1). */
  if (baton_token_get_id_token (token) == NULL)
    {
      baton_discovery_ask_portal (g_steal_pointer (&task));
      return;
    }

  url = g_strconcat (baton_deployment_get_discovery_url (deployment), "/getAccountsForUser", NULL);
  /* The order in which arguments are evaluated is not known: the callback takes a reference of its
   * own. */
  send (task, url, baton_token_get_id_token (token), baton_discovery_accounts_cb,
        g_object_ref (task));
}

GPtrArray *
baton_discovery_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, baton_discovery_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
