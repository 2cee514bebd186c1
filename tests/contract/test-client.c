/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-connection.h"
#include "baton-error.h"
#include "baton-json.h"
#include "baton-paste.h"
#include "odata/baton-page.h"
#include "tests/wait.h"

/* The built sandbox and a client of it. */
typedef struct
{
  GSubprocess *process;
  BatonPaste *ready; /* its announcement, as a person pastes it */
  BatonSecretStore *store;
  BatonConnection *connection;
} Fixture;

typedef struct
{
  gboolean done;
  GAsyncResult *result;
} Wait;

static void
wait_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;

  wait->result = g_object_ref (result);
  wait->done = TRUE;
}

static void
wait_for (Wait *wait)
{
  wait_until (wait->done);
}

/* @data: (nullable): one more option of the program */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *program
      = g_test_build_filename (G_TEST_BUILT, "..", "src", "sandbox", "baton-sandbox", NULL);
  g_autoptr (GDataInputStream) stream = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;

  fixture->process = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program,
      "--with-parent", "--jobs=1000", data != NULL ? (const char *)data : "--seed=1", NULL);
  g_assert_no_error (error);
  stream = g_data_input_stream_new (g_subprocess_get_stdout_pipe (fixture->process));
  line = g_data_input_stream_read_line (stream, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);

  fixture->ready = baton_paste_parse (line);
  g_assert_nonnull (fixture->ready);
  g_assert_nonnull (fixture->ready->address);
  g_assert_nonnull (fixture->ready->user_key);
  g_assert_nonnull (fixture->ready->client_id);
  fixture->store = baton_secret_store_new ();
}

static void
drop_connection (Fixture *fixture)
{
  if (fixture->connection != NULL)
    wait_gone (fixture->connection);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  drop_connection (fixture);
  g_output_stream_close (g_subprocess_get_stdin_pipe (fixture->process), NULL, NULL);
  g_assert_true (g_subprocess_wait_check (fixture->process, NULL, NULL));
  g_clear_object (&fixture->process);
  g_clear_object (&fixture->store);
  baton_paste_free (fixture->ready);
}

/* @tenant: (nullable): in place of the one that was announced */
static void
use_tenant (Fixture *fixture, BatonMethod method, const char *organization, const char *tenant)
{
  g_autoptr (BatonDeployment) announced = baton_deployment_parse (fixture->ready->address, NULL);
  g_autoptr (BatonDeployment) deployment
      = tenant != NULL ? baton_deployment_with_tenant (announced, organization, tenant)
                       : g_object_ref (announced);
  g_autoptr (BatonAccount) account = baton_account_new (NULL, deployment, method);

  drop_connection (fixture);
  g_assert_cmpint (baton_deployment_get_edition (deployment), ==, BATON_EDITION_SANDBOX);
  baton_account_set_client_id (account, fixture->ready->client_id);
  baton_account_set_user_name (account, fixture->ready->user_name);
  fixture->connection = baton_connection_new (account, fixture->store, NULL);
}

static gboolean
sign_in (Fixture *fixture, BatonSecretKind kind, const char *value, GError **error)
{
  g_autoptr (BatonSecret) secret = baton_secret_new (kind, value, 0, 0);
  g_autoptr (GError) keyring_error = NULL;
  Wait wait = { 0 };
  gboolean good;

  baton_connection_open_async (fixture->connection, secret, NULL, wait_cb, &wait);
  wait_for (&wait);
  good = baton_connection_open_finish (fixture->connection, wait.result, &keyring_error, error);
  g_object_unref (wait.result);

  return good;
}

static gboolean
sign_in_with_key (Fixture *fixture, GError **error)
{
  return sign_in (fixture, BATON_SECRET_USER_KEY, fixture->ready->user_key, error);
}

static gboolean
is_loading (Fixture *fixture)
{
  gboolean loading;

  g_object_get (fixture->connection, "loading", &loading, NULL);
  return loading;
}

static gpointer
send (Fixture *fixture,
      BatonRequest *request,
      BatonDecodeFunc decode,
      gpointer data,
      GDestroyNotify free_result,
      GError **error)
{
  Wait wait = { 0 };
  gpointer value = NULL;

  baton_pipeline_send_async (baton_connection_get_pipeline (fixture->connection), request, decode,
                             data, NULL, free_result, NULL, wait_cb, &wait);
  wait_for (&wait);
  value = baton_pipeline_send_finish (baton_connection_get_pipeline (fixture->connection),
                                      wait.result, error);
  g_object_unref (wait.result);

  return value;
}

static BatonPage *
get_page (Fixture *fixture,
          const BatonResource *resource,
          BatonQuery *query,
          gint64 folder,
          GError **error)
{
  g_autofree char *path = baton_query_to_path (query);
  g_autoptr (BatonRequest) request = baton_request_new ("GET", path);

  g_test_message ("%s", path);
  baton_request_set_folder (request, folder);

  return send (fixture, request, baton_page_decode, (gpointer)resource,
               (GDestroyNotify)baton_page_free, error);
}

static JsonNode *
ask (Fixture *fixture, const char *path, GError **error)
{
  g_autoptr (BatonRequest) request = baton_request_new ("GET", path);

  return send (fixture, request, NULL, NULL, NULL, error);
}

static BatonTenant *
find_tenant (Fixture *fixture, gboolean display_differs)
{
  GListModel *tenants = baton_connection_get_tenants (fixture->connection);

  for (guint i = 0; i < g_list_model_get_n_items (tenants); i++)
    {
      g_autoptr (BatonTenant) tenant = g_list_model_get_item (tenants, i);

      if (display_differs
          == !g_str_equal (baton_tenant_get_name (tenant), baton_tenant_get_display (tenant)))
        return tenant; /* the list keeps it */
    }

  return NULL;
}

static void
test_open (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GListModel *folders = NULL;
  gboolean personal = FALSE;

  use_tenant (fixture, BATON_METHOD_USER_KEY, NULL, NULL);
  g_assert_true (sign_in_with_key (fixture, &error));
  g_assert_no_error (error);
  wait_until (!is_loading (fixture));

  folders = baton_connection_get_folders (fixture->connection);
  g_assert_cmpuint (g_list_model_get_n_items (folders), >=, 8);
  g_assert_nonnull (baton_connection_find_folder (fixture->connection, "Shared"));
  for (guint i = 0; i < g_list_model_get_n_items (folders); i++)
    {
      g_autoptr (BatonFolder) folder = g_list_model_get_item (folders, i);

      personal = personal || baton_folder_is_personal (folder);
    }
  g_assert_true (personal);

  g_assert_nonnull (baton_connection_get_user_name (fixture->connection));
  g_assert_true (baton_connection_may (fixture->connection, "Jobs.Create"));
  g_assert_nonnull (baton_connection_get_permissions (fixture->connection));
  g_assert_cmpuint (g_list_model_get_n_items (baton_connection_get_tenants (fixture->connection)),
                    ==, 2);
  g_assert_nonnull (find_tenant (fixture, TRUE));
}

static void
test_tenant_switched (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BatonTenant) other = NULL;
  g_autoptr (GError) error = NULL;

  use_tenant (fixture, BATON_METHOD_USER_KEY, NULL, NULL);
  g_assert_true (sign_in_with_key (fixture, NULL));
  wait_until (!is_loading (fixture));
  other = g_object_ref (find_tenant (fixture, TRUE));
  baton_connection_set_tenant (fixture->connection, other);
  wait_until (!is_loading (fixture));
  g_object_get (fixture->connection, "error", &error, NULL);
  g_assert_no_error (error);
  g_assert_nonnull (baton_connection_find_folder (fixture->connection, "Shared"));
}

/* The address names neither organisation nor tenant, or the tenant's display name alone. */
static void
test_discovered (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *display = NULL;
  g_autofree char *name = NULL;

  use_tenant (fixture, BATON_METHOD_USER_KEY, NULL, "");
  g_assert_true (sign_in_with_key (fixture, &error));
  g_assert_no_error (error);
  wait_until (!is_loading (fixture));
  display = g_strdup (baton_tenant_get_display (find_tenant (fixture, TRUE)));
  name = g_strdup (baton_tenant_get_name (find_tenant (fixture, TRUE)));

  use_tenant (fixture, BATON_METHOD_USER_KEY, NULL, display);
  g_assert_true (sign_in_with_key (fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (baton_deployment_get_tenant (baton_account_get_deployment (
                       baton_connection_get_account (fixture->connection))),
                   ==, name);
}

/* The mistake that started it all (fact sheet 1.5): tenant and folder in place of organisation and
 * tenant. */
static void
test_wrong_address (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  use_tenant (fixture, BATON_METHOD_USER_KEY, fixture->ready->tenant, "Shared");
  g_assert_false (sign_in_with_key (fixture, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_WRONG_ADDRESS);
  g_assert_nonnull (strstr (error->message, "logical name"));
  g_assert_nonnull (strstr (error->message, fixture->ready->tenant));
  g_assert_cmpuint (g_list_model_get_n_items (baton_connection_get_tenants (fixture->connection)),
                    ==, 2);
}

static void
test_wrong_credentials (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) key = NULL;
  g_autoptr (GError) client = NULL;
  g_autoptr (GError) password = NULL;
  g_autoptr (GError) tenant = NULL;

  use_tenant (fixture, BATON_METHOD_USER_KEY, NULL, NULL);
  g_assert_false (sign_in (fixture, BATON_SECRET_USER_KEY, "another-key", &key));
  g_assert_error (key, BATON_ERROR, BATON_ERROR_BAD_CREDENTIALS);

  baton_account_set_client_id (baton_connection_get_account (fixture->connection),
                               "another-client");
  g_assert_false (sign_in_with_key (fixture, &client));
  g_assert_error (client, BATON_ERROR, BATON_ERROR_BAD_CREDENTIALS);

  use_tenant (fixture, BATON_METHOD_PASSWORD, NULL, NULL);
  g_assert_false (sign_in (fixture, BATON_SECRET_PASSWORD, "another-password", &password));
  g_assert_error (password, BATON_ERROR, BATON_ERROR_BAD_CREDENTIALS);

  use_tenant (fixture, BATON_METHOD_PASSWORD, NULL, "Nowhere");
  g_assert_false (sign_in (fixture, BATON_SECRET_PASSWORD, fixture->ready->password, &tenant));
  g_assert_error (tenant, BATON_ERROR, BATON_ERROR_BAD_CREDENTIALS);
  g_assert_nonnull (strstr (tenant->message, "Nowhere"));
}

/* In the path, and in a header as on a standalone. */
static void
test_password (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;

      use_tenant (fixture, BATON_METHOD_PASSWORD, NULL, i == 0 ? NULL : fixture->ready->tenant);
      g_assert_true (sign_in (fixture, BATON_SECRET_PASSWORD, fixture->ready->password, &error));
      g_assert_no_error (error);
      wait_until (!is_loading (fixture));
      g_assert_nonnull (baton_connection_find_folder (fixture->connection, "Shared"));
      g_assert_cmpuint (
          g_list_model_get_n_items (baton_connection_get_tenants (fixture->connection)), ==, 1);
    }
}

/* Well known, as all that the sandbox is made of. */
#define APPLICATION "5a9d1c70-0001-4b7e-9c55-6f0c3a528f1d"
#define APPLICATION_SECRET "sandbox-application-secret-0123456789abcdef"
#define PERSONAL_ACCESS_TOKEN "rt_sandbox-personal-access-token-0123456789"

/* It acts for no person, so that the folders come by another call. */
static void
test_client_credentials (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GError) scope = NULL;
  BatonAccount *account = NULL;

  use_tenant (fixture, BATON_METHOD_CLIENT_CREDENTIALS, NULL, NULL);
  account = baton_connection_get_account (fixture->connection);
  baton_account_set_client_id (account, APPLICATION);
  baton_account_set_scopes (account, "OR.Folders.Read OR.Jobs.Read");
  g_assert_false (sign_in (fixture, BATON_SECRET_CLIENT_SECRET, "wrong", &wrong));
  g_assert_error (wrong, BATON_ERROR, BATON_ERROR_BAD_CREDENTIALS);

  baton_account_set_scopes (account, "OR.Folders.Read OR.Nonsense");
  g_assert_false (sign_in (fixture, BATON_SECRET_CLIENT_SECRET, APPLICATION_SECRET, &scope));
  g_assert_error (scope, BATON_ERROR, BATON_ERROR_INVALID);

  baton_account_set_scopes (account, "OR.Folders.Read OR.Jobs.Read");
  g_assert_true (sign_in (fixture, BATON_SECRET_CLIENT_SECRET, APPLICATION_SECRET, &error));
  g_assert_no_error (error);
  wait_until (!is_loading (fixture));
  g_assert_nonnull (baton_connection_find_folder (fixture->connection, "Shared"));
  g_assert_null (baton_connection_get_user (fixture->connection));
}

static void
test_personal_access_token (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) wrong = NULL;

  use_tenant (fixture, BATON_METHOD_PERSONAL_ACCESS_TOKEN, NULL, NULL);
  g_assert_false (sign_in (fixture, BATON_SECRET_PERSONAL_ACCESS_TOKEN, "rt_wrong", &wrong));
  g_assert_error (wrong, BATON_ERROR, BATON_ERROR_BAD_CREDENTIALS);

  g_assert_true (
      sign_in (fixture, BATON_SECRET_PERSONAL_ACCESS_TOKEN, PERSONAL_ACCESS_TOKEN, &error));
  g_assert_no_error (error);
  wait_until (!is_loading (fixture));
  g_assert_cmpstr (baton_connection_get_user_name (fixture->connection), ==, "admin");
  g_assert_cmpint (
      baton_token_keeper_get_renews_at (baton_connection_get_keeper (fixture->connection)), ==, 0);
}

/* Every list of the catalogue, by its own and by each other order, searched,
and one entity of it. */
static void
test_catalogue (Fixture *fixture, gconstpointer data)
{
  const BatonResource *const *catalogue = baton_catalogue_get ();
  gint64 shared;

  use_tenant (fixture, BATON_METHOD_USER_KEY, NULL, NULL);
  g_assert_true (sign_in_with_key (fixture, NULL));
  shared = baton_folder_get_id (baton_connection_find_folder (fixture->connection, "Shared"));

  for (guint i = 0; catalogue[i] != NULL; i++)
    {
      const BatonResource *resource = catalogue[i];
      gint64 folder = resource->scope == BATON_SCOPE_TENANT ? 0 : shared;
      g_autoptr (BatonQuery) query = baton_resource_make_query (resource, folder, NULL, FALSE);
      g_autoptr (BatonQuery) searched = baton_resource_make_query (resource, folder, NULL, FALSE);
      g_autoptr (BatonPage) page = NULL;
      g_autoptr (BatonPage) found = NULL;
      g_autoptr (BatonRequest) detail = NULL;
      g_autoptr (GError) error = NULL;

      baton_query_set_range (query, 0, 20);
      page = get_page (fixture, resource, query, folder, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (page->records->len, >, 0);
      g_assert_cmpint (page->count, >=, page->records->len);

      for (guint field = 0;
           !resource->client_only && field < baton_resource_get_n_fields (resource); field++)
        {
          g_autoptr (BatonQuery) sorted = NULL;
          g_autoptr (BatonPage) other = NULL;

          if ((resource->fields[field].flags & BATON_FIELD_SORTABLE) == 0)
            continue;
          sorted = baton_resource_make_query (resource, folder, resource->fields[field].id, TRUE);
          baton_query_set_range (sorted, 0, 5);
          other = get_page (fixture, resource, sorted, folder, &error);
          g_assert_no_error (error);
          g_assert_cmpint (other->count, ==, page->count);
        }

      if (!resource->client_only)
        {
          baton_resource_add_search (resource, searched, "no such name's");
          found = get_page (fixture, resource, searched, folder, &error);
          g_assert_no_error (error);
          g_assert_cmpuint (found->records->len, ==, 0);
        }

      detail = baton_resource_make_detail_request (resource, g_ptr_array_index (page->records, 0),
                                                   folder);
      if (detail != NULL)
        {
          g_autoptr (JsonNode) entity = NULL;

          g_test_message ("%s", baton_request_get_path (detail));
          entity = send (fixture, detail, NULL, NULL, NULL, &error);
          g_assert_no_error (error);
          g_assert_nonnull (baton_json_peek_root_object (entity));
        }
    }
}

static void
test_errors (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) folder = NULL;
  g_autoptr (GError) option = NULL;
  g_autoptr (GError) absent = NULL;
  g_autoptr (GError) route = NULL;
  g_autoptr (JsonNode) root = NULL;

  use_tenant (fixture, BATON_METHOD_USER_KEY, NULL, NULL);
  g_assert_true (sign_in_with_key (fixture, NULL));

  root = ask (fixture, "/odata/Assets", &folder);
  g_assert_error (folder, BATON_ERROR, BATON_ERROR_FOLDER_MISSING);
  g_assert_cmpint (baton_error_get_details (folder)->service_code, ==, 1101);

  root = ask (fixture, "/odata/Jobs?$filter=State%20eq", &option);
  g_assert_error (option, BATON_ERROR, BATON_ERROR_INVALID);

  root = ask (fixture, "/odata/Folders(999999)", &absent);
  g_assert_error (absent, BATON_ERROR, BATON_ERROR_NOT_FOUND);

  root = ask (fixture, "/odata/NoSuchThing", &route);
  g_assert_error (route, BATON_ERROR, BATON_ERROR_NOT_FOUND);
}

/* A token of two seconds: whoever looks on sees nothing of it. */
static void
test_short_tokens (Fixture *fixture, gconstpointer data)
{
  BatonTokenKeeper *keeper = NULL;
  gint64 end = g_get_monotonic_time () + 6 * G_USEC_PER_SEC;
  guint renewed = 0;
  BatonToken *last = NULL;

  use_tenant (fixture, BATON_METHOD_USER_KEY, NULL, NULL);
  g_assert_true (sign_in_with_key (fixture, NULL));
  keeper = baton_connection_get_keeper (fixture->connection);

  while (g_get_monotonic_time () < end)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) root = ask (fixture, "/odata/Folders?$top=1", &error);

      g_assert_no_error (error);
      if (baton_token_keeper_get_token (keeper) != last)
        renewed++;
      last = baton_token_keeper_get_token (keeper);
      g_usleep (100 * 1000);
    }
  g_assert_cmpuint (renewed, >=, 3);
}

static void
test_revoked (Fixture *fixture, gconstpointer data)
{
  BatonTokenKeeper *keeper = NULL;
  g_autoptr (GError) server_error = NULL;
  g_autoptr (GError) keyring_error = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;
  g_autoptr (JsonNode) root = NULL;
  Wait wait = { 0 };

  use_tenant (fixture, BATON_METHOD_USER_KEY, NULL, NULL);
  g_assert_true (sign_in_with_key (fixture, NULL));
  wait_until (!is_loading (fixture));
  keeper = baton_connection_get_keeper (fixture->connection);

  baton_token_keeper_revoke_async (keeper, NULL, wait_cb, &wait);
  wait_for (&wait);
  g_assert_true (
      baton_token_keeper_revoke_finish (keeper, wait.result, &server_error, &keyring_error));
  g_object_unref (wait.result);
  g_assert_no_error (server_error);
  g_assert_cmpint (baton_token_keeper_get_state (keeper), ==, BATON_KEEPER_REVOKED);

  root = ask (fixture, "/odata/Folders?$top=1", &error);
  g_assert_error (error, BATON_ERROR, BATON_ERROR_KEY_REVOKED);
  g_assert_false (sign_in_with_key (fixture, &again));
  g_assert_error (again, BATON_ERROR, BATON_ERROR_BAD_CREDENTIALS);
}

int
main (int argc, char **argv)
{
  /* a bus that nobody is at: keys are kept for this run */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_test_init (&argc, &argv, NULL);

#define ADD(name, option, function)                                                                \
  g_test_add ("/baton/contract/client/" name, Fixture, option, set_up, function, tear_down)
  ADD ("open", NULL, test_open);
  ADD ("tenant-switched", NULL, test_tenant_switched);
  ADD ("discovered", NULL, test_discovered);
  ADD ("wrong-address", NULL, test_wrong_address);
  ADD ("wrong-credentials", NULL, test_wrong_credentials);
  ADD ("password", NULL, test_password);
  ADD ("client-credentials", NULL, test_client_credentials);
  ADD ("personal-access-token", NULL, test_personal_access_token);
  ADD ("catalogue", NULL, test_catalogue);
  ADD ("errors", NULL, test_errors);
  ADD ("short-tokens", "--user-key-token-life=2", test_short_tokens);
  ADD ("revoked", NULL, test_revoked);

  return g_test_run ();
}
