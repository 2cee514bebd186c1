/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-connection.h"
#include "client-fixture.h"

#define NAVIGATION "GET " TEST_BASE "/api/FoldersNavigation/GetAllFoldersForCurrentUser"
#define FOLDERS "GET " TEST_BASE "/odata/Folders"
#define USER "GET " TEST_BASE "/odata/Users/UiPath.Server.Configuration.OData.GetCurrentUser"
#define PERMISSIONS \
  "GET " TEST_BASE "/odata/Users/UiPath.Server.Configuration.OData.GetCurrentPermissions"
#define ACCOUNTS "GET /cloudrpa/api/getAccountsForUser"
#define INSTANCES "GET /cloudrpa/api/account/acme/getAllServiceInstances"
#define PORTAL "GET /acme/portal_/api/filtering/leftnav/tenantsAndOrganizationInfo"
#define OTHER "/acme/AcmeDef123/orchestrator_"

#define FOLDER_LIST \
  "[{\"Id\":3,\"Key\":\"k3\",\"DisplayName\":\"Finance\"," \
  "\"FullyQualifiedName\":\"Shared/Finance\",\"ParentId\":2}," \
  "{\"Id\":9,\"DisplayName\":\"ada's workspace\",\"FullyQualifiedName\":\"ada's workspace\"," \
  "\"FolderType\":" \
  "\"Personal\"}," \
  "{\"Id\":5,\"DisplayName\":\"Shared B\",\"FullyQualifiedName\":\"Shared B\",\"ParentId\":null}," \
  "{\"Id\":2,\"DisplayName\":\"Shared\",\"FullyQualifiedName\":\"Shared\"," \
  "\"IsSelectable\":false}," \
  "{\"DisplayName\":\"no id\"}, 7," \
  "{\"Id\":4,\"DisplayName\":\"Deep\",\"FullyQualifiedName\":\"Shared/Hidden/Deep\"," \
  "\"ParentId\":77}]"

#define TENANT_LIST \
  "[{\"serviceInstanceName\":\"Production\",\"serviceInstanceLogicalName\":\"Production\"," \
  "\"serviceType\":" \
  "\"ORCHESTRATOR\"},{\"serviceInstanceName\":\"Acme Default\"," \
  "\"serviceInstanceLogicalName\":\"AcmeDef123\"}," \
  "{\"serviceInstanceName\":\"x\",\"serviceInstanceLogicalName\":\"x\"," \
  "\"serviceType\":\"INSIGHTS\"}]"

typedef struct
{
  Client client;
  BatonConnection *connection;
} Fixture;

typedef struct
{
  gboolean done;
  gboolean opened;
  GError *keyring_error;
  GError *error;
} Opened;

static void
add_tenants (Fixture *fixture)
{
  fault_server_add (fixture->client.server, ACCOUNTS, 200, NULL,
                    "{\"userEmail\":\"a@b.c\",\"accounts\":[{\"accountName\":\"Acme Inc.\","
                    "\"accountLogicalName\":"
                    "\"acme\"}]}");
  fault_server_add (fixture->client.server, INSTANCES, 200, NULL, TENANT_LIST);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  FaultServer *server = NULL;

  client_set_up (&fixture->client, NULL);
  server = fixture->client.server;

  fault_server_add (server, NAVIGATION, 200, NULL, FOLDER_LIST);
  fault_server_add (server, USER, 200, NULL, "{\"Id\":1,\"UserName\":\"ada\"}");
  fault_server_add (server, PERMISSIONS, 200, NULL,
                    "{\"UserId\":1,\"Permissions\":[\"Jobs.View\",\"Jobs.Create\"]}");
  add_tenants (fixture);

  fixture->connection =
      baton_connection_new (fixture->client.account, fixture->client.store, fixture->client.clock);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  /* requests that still run must neither keep it nor touch it */
  g_assert_finalize_object (fixture->connection);
  client_tear_down (&fixture->client, NULL);
}

static void
opened_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Opened *opened = user_data;

  opened->opened = baton_connection_open_finish (BATON_CONNECTION (object), result,
                                                 &opened->keyring_error, &opened->error);
  opened->done = TRUE;
}

static gboolean
open_connection (Fixture *fixture, const char *key, GError **error)
{
  g_autoptr (BatonSecret) secret =
      key != NULL ? baton_secret_new (BATON_SECRET_USER_KEY, key, 0, 0) : NULL;
  Opened opened = { 0 };

  baton_connection_open_async (fixture->connection, secret, NULL, opened_cb, &opened);
  client_wait (&fixture->client, &opened.done);
  g_assert_true (opened.opened == (opened.error == NULL));
  g_clear_error (&opened.keyring_error);
  if (opened.error != NULL)
    g_propagate_error (error, opened.error);

  return opened.opened;
}

static void
wait_loaded (Fixture *fixture)
{
  gint64 limit = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;
  gboolean loading = TRUE;

  while (loading)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
      g_main_context_iteration (NULL, FALSE);
      g_object_get (fixture->connection, "loading", &loading, NULL);
    }
}

static char *
list_folders (Fixture *fixture)
{
  GListModel *folders = baton_connection_get_folders (fixture->connection);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (folders); i++)
    {
      g_autoptr (BatonFolder) folder = g_list_model_get_item (folders, i);

      g_string_append_printf (text, "%u:%s%s%s;", baton_folder_get_depth (folder),
                              baton_folder_get_path (folder),
                              baton_folder_is_personal (folder) ? "*" : "",
                              baton_folder_is_selectable (folder) ? "" : "-");
    }

  return g_string_free (text, FALSE);
}

static void
test_open (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folders = NULL;
  g_autofree char *request = NULL;
  g_autoptr (BatonTenant) second = NULL;
  BatonFolder *finance = NULL;

  g_assert_true (baton_connection_may (fixture->connection, "Assets.Delete"));
  g_assert_true (open_connection (fixture, "typed-key-77", &error));
  g_assert_no_error (error);
  wait_loaded (fixture);

  folders = list_folders (fixture);
  g_assert_cmpstr (folders, ==,
                   "0:Shared-;1:Shared/Finance;0:Shared/Hidden/Deep;0:Shared B;0:ada's "
                   "workspace*;");
  finance = baton_connection_find_folder (fixture->connection, "shared/FINANCE");
  g_assert_cmpint (baton_folder_get_id (finance), ==, 3);
  g_assert_cmpint (baton_folder_get_parent (finance), ==, 2);
  g_assert_cmpstr (baton_folder_get_key (finance), ==, "k3");
  g_assert_true (baton_connection_find_folder_by_id (fixture->connection, 3) == finance);
  g_assert_null (baton_connection_find_folder (fixture->connection, "None"));
  g_assert_null (baton_connection_find_folder (fixture->connection, NULL));

  g_assert_cmpstr (baton_connection_get_user_name (fixture->connection), ==, "ada");
  g_assert_nonnull (baton_connection_get_user (fixture->connection));
  g_assert_true (baton_connection_may (fixture->connection, "Jobs.Create"));
  g_assert_false (baton_connection_may (fixture->connection, "Assets.Delete"));

  g_assert_cmpuint (g_list_model_get_n_items (baton_connection_get_tenants (fixture->connection)),
                    ==, 2);
  second = g_list_model_get_item (baton_connection_get_tenants (fixture->connection), 1);
  g_assert_cmpstr (baton_tenant_get_name (second), ==, "AcmeDef123");
  g_assert_cmpstr (baton_tenant_get_display (second), ==, "Acme Default");
  g_assert_cmpstr (baton_account_get_name (fixture->client.account), ==, "Acme Inc. / Production");
  g_assert_null (baton_connection_get_progress (fixture->connection));

  /* discovery is asked with the id token, Orchestrator with the access token (fact sheet 2.1) */
  request = fault_server_dup_request (fixture->client.server, ACCOUNTS);
  g_assert_nonnull (strstr (request, "Bearer id-access-1"));
  g_assert_cmpuint (fault_server_count (fixture->client.server, TEST_TOKENS), ==, 1);
}

/* Folders come although nothing else does. */
static void
test_only_folders (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonTenant) own = NULL;

  fault_server_reset (fixture->client.server, USER);
  fault_server_add (fixture->client.server, USER, 204, NULL, "");
  fault_server_reset (fixture->client.server, PERMISSIONS);
  fault_server_add (fixture->client.server, PERMISSIONS, 403, NULL,
                    "{\"message\":\"no\",\"errorCode\":0}");
  fault_server_reset (fixture->client.server, ACCOUNTS);

  g_assert_true (open_connection (fixture, NULL, &error));
  wait_loaded (fixture);
  g_assert_null (baton_connection_get_user (fixture->connection));
  g_assert_null (baton_connection_get_permissions (fixture->connection));
  g_assert_true (baton_connection_may (fixture->connection, "Assets.Delete"));

  /* at least where we are */
  g_assert_cmpuint (g_list_model_get_n_items (baton_connection_get_tenants (fixture->connection)),
                    ==, 1);
  own = g_list_model_get_item (baton_connection_get_tenants (fixture->connection), 0);
  g_assert_cmpstr (baton_tenant_get_name (own), ==, "Production");
}

static void
test_folders_fallback (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folders = NULL;
  g_autofree char *request = NULL;

  fault_server_reset (fixture->client.server, NAVIGATION);
  fault_server_add (fixture->client.server, NAVIGATION, 403, NULL, "");
  fault_server_add (fixture->client.server, FOLDERS, 200, NULL,
                    "{\"@odata.count\":3,\"value\":[{\"Id\":1,\"DisplayName\":\"A\"},{\"Id\":2,"
                    "\"DisplayName\":\"B\"}]}");
  fault_server_add (fixture->client.server, FOLDERS, 200, NULL,
                    "{\"@odata.count\":3,\"value\":[{\"Id\":3,\"DisplayName\":\"C\"}]}");

  g_assert_true (open_connection (fixture, NULL, &error));
  folders = list_folders (fixture);
  g_assert_cmpstr (folders, ==, "0:A;0:B;0:C;");
  request = fault_server_dup_request (fixture->client.server, FOLDERS);
  g_assert_nonnull (strstr (request, "$skip=2"));
}

static void
test_portal_fallback (Fixture *fixture, gconstpointer data)
{
  fault_server_reset (fixture->client.server, ACCOUNTS);
  fault_server_add (fixture->client.server, ACCOUNTS, 200, "Content-Type: text/html\r\n", "<html>");
  fault_server_add (fixture->client.server, PORTAL, 200, NULL,
                    "{\"organization\":{\"id\":\"g\",\"name\":\"acme\"},"
                    "\"tenants\":[{\"id\":\"1\",\"name\":\"Production\"},"
                    "{\"id\":\"2\",\"name\":\"Test\"},{\"id\":\"3\",\"name\":\"Dev\"}]}");

  g_assert_true (open_connection (fixture, NULL, NULL));
  wait_loaded (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (baton_connection_get_tenants (fixture->connection)),
                    ==, 3);
}

/* The seed's mistake: it is named, and what would be right is offered. */
static void
test_wrong_address (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonTenant) right = NULL;
  g_autofree char *folders = NULL;
  const char *paths[] = { NAVIGATION, USER, PERMISSIONS };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      fault_server_reset (fixture->client.server, paths[i]);
      fault_server_add (fixture->client.server, paths[i], 401, NULL,
                        "{\"success\":false,\"error\":{\"message\":\"You are not authenticated!\"},"
                        "\"unAuthorizedRequest\":false,\"__abp\":true}");
    }

  g_assert_false (open_connection (fixture, "typed-key-77", &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_WRONG_ADDRESS);
  g_assert_nonnull (strstr (error->message, "acme/Production"));
  g_assert_nonnull (strstr (error->message, "acme/AcmeDef123"));
  g_assert_nonnull (strstr (error->message, "logical name"));
  g_assert_cmpuint (g_list_model_get_n_items (baton_connection_get_tenants (fixture->connection)),
                    ==, 2);
  wait_loaded (fixture);

  /* taking one of those goes on without signing in again */
  fault_server_add (fixture->client.server, "GET " OTHER "/api/FoldersNavigation", 200, NULL,
                    "[{\"Id\":11,\"DisplayName\":\"Shared\"}]");
  right = g_list_model_get_item (baton_connection_get_tenants (fixture->connection), 1);
  baton_connection_set_tenant (fixture->connection, right);
  wait_loaded (fixture);
  folders = list_folders (fixture);
  g_assert_cmpstr (folders, ==, "0:Shared;");
  g_assert_cmpuint (fault_server_count (fixture->client.server, TEST_TOKENS), ==, 1);
}

static void
count_cb (BatonConnection *connection, gpointer user_data)
{
  guint *count = user_data;

  /* nothing of the old tenant is left to be seen */
  g_assert_cmpuint (g_list_model_get_n_items (baton_connection_get_folders (connection)), ==, 0);
  g_assert_null (baton_connection_get_permissions (connection));
  (*count)++;
}

static void
test_switch (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BatonTenant) other = NULL;
  guint changed = 0;

  g_assert_true (open_connection (fixture, NULL, NULL));
  wait_loaded (fixture);
  g_signal_connect (fixture->connection, "tenant-changed", G_CALLBACK (count_cb), &changed);

  fault_server_add (fixture->client.server, "GET " OTHER "/api/FoldersNavigation", 200, NULL,
                    "[{\"Id\":11,\"DisplayName\":\"Shared\"}]");
  other = g_list_model_get_item (baton_connection_get_tenants (fixture->connection), 1);
  baton_connection_set_tenant (fixture->connection, other);
  g_assert_cmpuint (changed, ==, 1);
  wait_loaded (fixture);

  g_assert_cmpint (baton_folder_get_id (baton_connection_find_folder (fixture->connection,
                                                                      "Shared")), ==,
                   11);
  g_assert_cmpstr (baton_account_get_tenant_display (fixture->client.account), ==, "Acme Default");
  g_assert_cmpstr (
      baton_deployment_get_tenant (baton_account_get_deployment (fixture->client.account)), ==,
      "AcmeDef123");
}

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  guint *count = user_data;

  (*count)++;
}

/* What is as it was does not move what a person looks at. */
static void
test_reload (Fixture *fixture, gconstpointer data)
{
  guint changed = 0;

  g_assert_true (open_connection (fixture, NULL, NULL));
  wait_loaded (fixture);
  g_signal_connect (baton_connection_get_folders (fixture->connection), "items-changed",
                    G_CALLBACK (items_changed_cb), &changed);
  baton_connection_reload (fixture->connection);
  baton_connection_reload (fixture->connection);
  wait_loaded (fixture);
  g_assert_cmpuint (changed, ==, 0);
  g_assert_cmpuint (fault_server_count (fixture->client.server, ACCOUNTS), ==, 1);

  fault_server_reset (fixture->client.server, NAVIGATION);
  fault_server_add (fixture->client.server, NAVIGATION, 200, NULL, "[]");
  baton_connection_reload (fixture->connection);
  wait_loaded (fixture);
  g_assert_cmpuint (changed, ==, 1);
}

/* The address names no tenant, or its display name: the key knows. */
static void
test_no_tenant (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *organization;
    const char *tenant;
    const char *found;
  } cases[] = {
    { NULL, NULL, "Production" },
    { "acme", NULL, "Production" },
    { NULL, "acme default", "AcmeDef123" },
    { NULL, "Production", "Production" },
    { NULL, "Nowhere", NULL },
  };
  g_autoptr (BatonDeployment) origin =
      baton_deployment_parse (fault_server_get_origin (fixture->client.server), NULL);

  fault_server_add (fixture->client.server, "GET " OTHER "/api/FoldersNavigation", 200, NULL, "[]");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BatonDeployment) deployment =
          baton_deployment_with_tenant (origin, cases[i].organization, cases[i].tenant);
      g_autoptr (GError) error = NULL;

      g_assert_finalize_object (g_steal_pointer (&fixture->connection));
      baton_account_set_deployment (fixture->client.account, deployment);
      fixture->connection =
          baton_connection_new (fixture->client.account, fixture->client.store,
                                fixture->client.clock);

      if (cases[i].found == NULL)
        {
          g_assert_false (open_connection (fixture, NULL, &error));
          g_assert_error (error, BATON_ERROR, BATON_ERROR_WRONG_ADDRESS);
          continue;
        }
      g_assert_true (open_connection (fixture, NULL, &error));
      g_assert_cmpstr (
          baton_deployment_get_organization (baton_account_get_deployment (fixture->client.account)), ==,
          "acme");
      g_assert_cmpstr (
          baton_deployment_get_tenant (baton_account_get_deployment (fixture->client.account)), ==,
          cases[i].found);
      wait_loaded (fixture);
    }
}

/* Puts the fixture's account, and a new connection, at the place that its server is known by alone. */
static void
forget_tenant (Fixture *fixture)
{
  g_autoptr (BatonDeployment) origin =
      baton_deployment_parse (fault_server_get_origin (fixture->client.server), NULL);

  g_assert_finalize_object (g_steal_pointer (&fixture->connection));
  baton_account_set_deployment (fixture->client.account, origin);
  fixture->connection = baton_connection_new (fixture->client.account, fixture->client.store,
                                              fixture->client.clock);
}

typedef struct
{
  gboolean asked;
  GListModel *tenants; /* (owned) (nullable) */
} Choice;

static void
choose_cb (Choice *choice, GListModel *tenants)
{
  choice->asked = TRUE;
  g_set_object (&choice->tenants, tenants);
}

/* Several tenants, and none is meant: opening waits for a choice, and all of them stay known. */
static void
test_choice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BatonTenant) second = NULL;
  Choice choice = { 0 };
  Opened opened = { 0 };
  BatonAccount *account = fixture->client.account;

  fault_server_add (fixture->client.server, "GET " OTHER "/api/FoldersNavigation", 200, NULL, "[]");
  forget_tenant (fixture);
  g_signal_connect_swapped (fixture->connection, "choose-tenant", G_CALLBACK (choose_cb), &choice);
  baton_connection_open_async (fixture->connection, NULL, NULL, opened_cb, &opened);
  client_wait (&fixture->client, &choice.asked);
  g_assert_cmpuint (g_list_model_get_n_items (choice.tenants), ==, 2);
  g_assert_false (opened.done);
  g_assert_null (baton_deployment_get_tenant (baton_account_get_deployment (account)));

  second = g_list_model_get_item (choice.tenants, 1);
  baton_connection_choose_tenant (fixture->connection, second);
  client_wait (&fixture->client, &opened.done);
  g_assert_no_error (opened.error);
  g_assert_cmpstr (baton_deployment_get_tenant (baton_account_get_deployment (account)), ==,
                   "AcmeDef123");
  g_assert_cmpuint (g_list_model_get_n_items (baton_account_get_tenants (account)), ==, 2);
  /* Once is enough. */
  baton_connection_choose_tenant (fixture->connection, second);
  wait_loaded (fixture);
  g_clear_object (&choice.tenants);

  /* The next time nothing is asked, and what is known is offered at once. */
  g_assert_finalize_object (g_steal_pointer (&fixture->connection));
  fault_server_reset (fixture->client.server, ACCOUNTS);
  fault_server_add (fixture->client.server, ACCOUNTS, 500, NULL, "{}");
  fixture->connection = baton_connection_new (account, fixture->client.store,
                                              fixture->client.clock);
  choice.asked = FALSE;
  g_signal_connect_swapped (fixture->connection, "choose-tenant", G_CALLBACK (choose_cb), &choice);
  g_assert_true (open_connection (fixture, NULL, NULL));
  g_assert_false (choice.asked);
  wait_loaded (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (baton_connection_get_tenants (fixture->connection)),
                    ==, 2);
}

static void
test_choice_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (BatonTenant) late = baton_tenant_new ("acme", NULL, "Production", NULL);
  Choice choice = { 0 };
  Opened opened = { 0 };

  forget_tenant (fixture);
  g_signal_connect_swapped (fixture->connection, "choose-tenant", G_CALLBACK (choose_cb), &choice);
  baton_connection_open_async (fixture->connection, NULL, cancellable, opened_cb, &opened);
  client_wait (&fixture->client, &choice.asked);
  g_cancellable_cancel (cancellable);
  client_wait_still (&opened.done);
  g_assert_error (opened.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&opened.error);
  baton_connection_choose_tenant (fixture->connection, late);
  g_assert_cmpuint (fault_server_count (fixture->client.server, NAVIGATION), ==, 0);
  g_clear_object (&choice.tenants);
}

/* One that is meant by its name, or the only one there is, is nothing to ask about. */
static void
test_no_choice (Fixture *fixture, gconstpointer data)
{
  Choice choice = { 0 };

  fault_server_reset (fixture->client.server, INSTANCES);
  fault_server_add (fixture->client.server, INSTANCES, 200, NULL,
                    "[{\"serviceInstanceLogicalName\":\"Production\"}]");
  forget_tenant (fixture);
  g_signal_connect_swapped (fixture->connection, "choose-tenant", G_CALLBACK (choose_cb), &choice);
  g_assert_true (open_connection (fixture, NULL, NULL));
  g_assert_false (choice.asked);
  wait_loaded (fixture);
}

/* A server that is there, but tells of no tenants: that is what it says, not that the key is bad. */
static void
test_unknown_tenant (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fault_server_reset (fixture->client.server, ACCOUNTS);
  fault_server_add (fixture->client.server, ACCOUNTS, 404, NULL, "{}");
  forget_tenant (fixture);
  g_assert_false (open_connection (fixture, NULL, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_WRONG_ADDRESS);
  g_assert_cmpstr (baton_error_get_details (error)->reason, ==, BATON_REASON_TENANT);
}

static void
test_wrong_key (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean loading = TRUE;

  fault_server_reset (fixture->client.server, TEST_TOKENS);
  fault_server_add (fixture->client.server, TEST_TOKENS, 403, NULL,
                    "{\"error\":\"invalid_grant\",\"error_description\":\"Unknown or invalid "
                    "refresh token.\"}");
  g_assert_false (open_connection (fixture, "typed-key-77", &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_BAD_CREDENTIALS);
  g_clear_error (&error);

  /* the kept one, at the next start */
  g_assert_false (open_connection (fixture, NULL, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_KEY_REVOKED);
  g_object_get (fixture->connection, "loading", &loading, NULL);
  g_assert_false (loading);
  g_assert_null (baton_connection_get_progress (fixture->connection));
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  static const char *const hanging[] = { TEST_TOKENS, NAVIGATION };

  for (guint i = 0; i < G_N_ELEMENTS (hanging); i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Opened opened = { 0 };
      gboolean loading = TRUE;

      client_give_tokens (&fixture->client, "access-1", "8640");
      fault_server_reset (fixture->client.server, hanging[i]);
      fault_server_add_raw (fixture->client.server, hanging[i], "", 0, TRUE);
      baton_connection_open_async (fixture->connection, NULL, cancellable, opened_cb, &opened);
      while (fault_server_count (fixture->client.server, hanging[i]) == 0)
        g_main_context_iteration (NULL, FALSE);
      g_cancellable_cancel (cancellable);
      client_wait_still (&opened.done);
      g_assert_error (opened.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&opened.error);
      g_object_get (fixture->connection, "loading", &loading, NULL);
      g_assert_false (loading);
      g_assert_null (baton_connection_get_progress (fixture->connection));
    }
}

/* Another load takes the place of an open that runs: its caller hears of it. */
static void
test_overtaken (Fixture *fixture, gconstpointer data)
{
  Opened first = { 0 };
  Opened second = { 0 };

  baton_connection_open_async (fixture->connection, NULL, NULL, opened_cb, &first);
  baton_connection_open_async (fixture->connection, NULL, NULL, opened_cb, &second);
  client_wait_still (&first.done);
  client_wait_still (&second.done);
  g_assert_error (first.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_no_error (second.error);
  g_clear_error (&first.error);
}

/* The user closes the account while it loads. */
static void
test_dropped (Fixture *fixture, gconstpointer data)
{
  g_assert_true (open_connection (fixture, NULL, NULL));
  fault_server_reset (fixture->client.server, USER);
  fault_server_add_raw (fixture->client.server, USER, "", 0, TRUE);
  baton_connection_reload (fixture->connection);
  while (fault_server_count (fixture->client.server, USER) == 0)
    g_main_context_iteration (NULL, FALSE);
  g_assert_finalize_object (g_steal_pointer (&fixture->connection));
  for (guint i = 0; i < 100; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (500);
    }
  fixture->connection =
      baton_connection_new (fixture->client.account, fixture->client.store, fixture->client.clock);
}

int
main (int argc, char **argv)
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/baton/orchestrator/connection/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("open", test_open);
  ADD ("only-folders", test_only_folders);
  ADD ("folders-fallback", test_folders_fallback);
  ADD ("portal-fallback", test_portal_fallback);
  ADD ("wrong-address", test_wrong_address);
  ADD ("switch", test_switch);
  ADD ("reload", test_reload);
  ADD ("no-tenant", test_no_tenant);
  ADD ("choice", test_choice);
  ADD ("choice-cancelled", test_choice_cancelled);
  ADD ("no-choice", test_no_choice);
  ADD ("unknown-tenant", test_unknown_tenant);
  ADD ("wrong-key", test_wrong_key);
  ADD ("cancelled", test_cancelled);
  ADD ("overtaken", test_overtaken);
  ADD ("dropped", test_dropped);

  return g_test_run ();
}
