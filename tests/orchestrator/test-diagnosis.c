/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "client-fixture.h"
#include "diagnosis/baton-diagnosis.h"
#include "resources/baton-display.h"

#define VERSION "GET " TEST_BASE "/api/Status/Version"
#define NAVIGATION "GET " TEST_BASE "/api/FoldersNavigation/GetAllFoldersForCurrentUser"
#define FOLDERS "GET " TEST_BASE "/odata/Folders"
#define ASSETS "GET " TEST_BASE "/odata/Assets"
#define USER "GET " TEST_BASE "/odata/Users/UiPath.Server.Configuration.OData.GetCurrentUser"
#define PERMISSIONS                                                                                \
  "GET " TEST_BASE "/odata/Users/UiPath.Server.Configuration.OData.GetCurrentPermissions"
#define ACCOUNTS "GET /cloudrpa/api/getAccountsForUser"
#define INSTANCES "GET /cloudrpa/api/account/acme/getAllServiceInstances"
#define PORTAL "GET /acme/portal_/api/filtering/leftnav/tenantsAndOrganizationInfo"

#define ABP_401                                                                                    \
  "{\"message\":null,\"errorCode\":0,\"success\":false,\"error\":{\"code\":0,"                     \
  "\"message\":\"You are not authenticated!\"},\"unAuthorizedRequest\":false,\"__abp\":true}"
#define ALL_PERMISSIONS                                                                            \
  "\"Assets.View\",\"Jobs.View\",\"Logs.View\",\"Machines.View\",\"Packages.View\","               \
  "\"Processes.View\",\"Queues.View\",\"Robots.View\",\"Roles.View\",\"Schedules.View\","          \
  "\"Transactions.View\",\"Units.View\",\"Users.View\",\"Monitoring.View\""

/* of the states: waiting, running, good, notice, failed, skipped */
#define LETTERS "wrgnfs"

typedef struct
{
  Client client;
  BatonConnection *connection;
  BatonDiagnosis *diagnosis;
} Fixture;

typedef struct
{
  gboolean done;
  gboolean good;
  GError *error;
} Run;

/* A claim of every kind; 2026-01-01 is 1767225600. */
static char *
make_token (const char *claims)
{
  g_autofree char *payload = g_base64_encode ((const guchar *)claims, strlen (claims));
  char *end = NULL;

  g_strdelimit (payload, "+", '-');
  g_strdelimit (payload, "/", '_');
  end = strchr (payload, '=');
  if (end != NULL)
    *end = '\0';

  return g_strdup_printf ("eyJhbGciOiJSUzI1NiJ9.%s.c2lnbmF0dXJl", payload);
}

static void
give_token (Fixture *fixture, const char *claims)
{
  g_autofree char *token = make_token (claims);

  client_give_tokens (&fixture->client, token, "86400");
}

static void
answer (Fixture *fixture, const char *what, guint status, const char *body)
{
  fault_server_reset (fixture->client.server, what);
  fault_server_add (fixture->client.server, what, status, NULL, body);
}

static void
look_at (Fixture *fixture, BatonAccount *account)
{
  g_clear_object (&fixture->diagnosis);
  g_clear_object (&fixture->connection);
  fixture->connection
      = baton_connection_new (account, fixture->client.store, fixture->client.clock);
  fixture->diagnosis = baton_diagnosis_new (fixture->connection, fixture->client.clock);
}

static void
set_up (Fixture *fixture, gconstpointer certificate)
{
  client_set_up (&fixture->client, certificate);
  give_token (fixture, "{\"iss\":\"https://id\",\"nbf\":1767225600,\"exp\":1767312000,"
                       "\"email\":\"ada@example.org\",\"scope\":\"openid\"}");
  answer (fixture, VERSION, 200, "{\"version\":\"26.3.0\",\"deployment\":null}");
  answer (fixture, ACCOUNTS, 200,
          "{\"accounts\":[{\"accountName\":\"Acme Inc.\",\"accountLogicalName\":\"acme\"}]}");
  answer (fixture, INSTANCES, 200,
          "[{\"serviceInstanceName\":\"Acme Production\","
          "\"serviceInstanceLogicalName\":\"Production\",\"serviceType\":\"ORCHESTRATOR\"},"
          "{\"serviceInstanceName\":\"Test\",\"serviceInstanceLogicalName\":\"AcmeTest12\","
          "\"serviceType\":\"ORCHESTRATOR\"}]");
  answer (fixture, USER, 200, "{\"Id\":1,\"UserName\":\"ada\",\"TenancyName\":\"Production\"}");
  answer (fixture, NAVIGATION, 200,
          "[{\"Id\":2,\"DisplayName\":\"Shared\",\"FullyQualifiedName\":\"Shared\"},"
          "{\"Id\":3,\"DisplayName\":\"Finance\",\"FullyQualifiedName\":\"Shared/Finance\","
          "\"ParentId\":2}]");
  answer (fixture, ASSETS, 200, "{\"value\":[]}");
  answer (fixture, PERMISSIONS, 200, "{\"UserId\":1,\"Permissions\":[" ALL_PERMISSIONS "]}");
  look_at (fixture, fixture->client.account);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->diagnosis);
  g_assert_finalize_object (fixture->connection);
  client_tear_down (&fixture->client, NULL);
}

static void
ran_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;

  run->good = baton_diagnosis_run_finish (BATON_DIAGNOSIS (source), result, &run->error);
  run->done = TRUE;
}

static BatonCheck *
get_check (Fixture *fixture, const char *id)
{
  GListModel *checks = baton_diagnosis_get_checks (fixture->diagnosis);

  for (guint i = 0; i < g_list_model_get_n_items (checks); i++)
    {
      g_autoptr (BatonCheck) check = g_list_model_get_item (checks, i);

      if (g_str_equal (baton_check_get_id (check), id))
        return check; /* the list keeps it */
    }
  g_assert_not_reached ();
}

static void
print (Fixture *fixture)
{
  GListModel *checks = baton_diagnosis_get_checks (fixture->diagnosis);

  for (guint i = 0; i < g_list_model_get_n_items (checks); i++)
    {
      g_autoptr (BatonCheck) check = g_list_model_get_item (checks, i);

      g_test_message ("%c %s: %s (%.1f ms)", LETTERS[baton_check_get_state (check)],
                      baton_check_get_title (check), baton_check_get_sentence (check),
                      (double)baton_check_get_duration (check) / 1000);
    }
}

static void
diagnose (Fixture *fixture)
{
  Run run = { 0 };

  baton_diagnosis_run_async (fixture->diagnosis, NULL, ran_cb, &run);
  client_wait (&fixture->client, &run.done);
  g_assert_no_error (run.error);
  g_assert_true (run.good);
  g_assert_false (baton_diagnosis_is_running (fixture->diagnosis));
  print (fixture);
}

/* @states: one letter a check, in their order: good, notice, failed, skipped. */
static void
assert_states (Fixture *fixture, const char *states)
{
  GListModel *checks = baton_diagnosis_get_checks (fixture->diagnosis);
  GString *found = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (checks); i++)
    {
      g_autoptr (BatonCheck) check = g_list_model_get_item (checks, i);
      BatonCheckState state = baton_check_get_state (check);

      g_string_append_c (found, LETTERS[state]);
      g_assert_nonnull (baton_check_get_sentence (check));
      g_assert_true ((baton_check_get_error (check) != NULL) == (state == BATON_CHECK_FAILED));
      g_assert_true (state != BATON_CHECK_SKIPPED || baton_check_get_duration (check) == 0);
    }
  g_assert_cmpstr (found->str, ==, states);
  g_string_free (found, TRUE);
}

static void
assert_says (Fixture *fixture, const char *id, const char *words)
{
  g_test_message ("%s: %s", id, words);
  g_assert_nonnull (strstr (baton_check_get_sentence (get_check (fixture, id)), words));
}

static void
assert_fails (Fixture *fixture, const char *id, BatonErrorCode code, const char *reason)
{
  const GError *error = baton_check_get_error (get_check (fixture, id));

  g_assert_error (error, BATON_ERROR, (int)code);
  g_assert_cmpstr (baton_error_get_details (error)->reason, ==, reason);
}

static const char *
get_detail (Fixture *fixture, const char *id, const char *wanted)
{
  BatonCheck *check = get_check (fixture, id);

  for (guint i = 0; i < baton_check_get_n_details (check); i++)
    {
      const char *name, *value;

      baton_check_get_detail (check, i, &name, &value);
      if (g_str_equal (name, wanted))
        return value;
    }

  return NULL;
}

static void
test_good (Fixture *fixture, gconstpointer data)
{
  gint64 now = baton_clock_now (fixture->client.clock);
  g_autofree char *until = baton_display_time (now + G_TIME_SPAN_DAY, now, NULL, FALSE);
  g_autofree char *request = NULL;

  diagnose (fixture);
  assert_states (fixture, "gggggggggggg");
  assert_says (fixture, "version", "26.3.0");
  assert_says (fixture, "token", until);
  assert_says (fixture, "folders", "2 folders");
  assert_says (fixture, "scopes", "no scopes");
  g_assert_cmpstr (get_detail (fixture, "claims", "Issued by"), ==, "https://id");
  g_assert_cmpstr (get_detail (fixture, "tenant", "The server calls it"), ==, "Production");
  g_assert_cmpuint (g_list_model_get_n_items (baton_diagnosis_get_tenants (fixture->diagnosis)), ==,
                    0);

  /* The version is anybody's to ask; the folder is opened by its header. */
  request = fault_server_dup_request (fixture->client.server, VERSION);
  g_assert_null (strstr (request, "Authorization"));
  g_clear_pointer (&request, g_free);
  request = fault_server_dup_request (fixture->client.server, ASSETS);
  g_assert_nonnull (strstr (request, "X-UIPATH-OrganizationUnitId: 2\r\n"));

  /* and again, on the token that is there */
  diagnose (fixture);
  assert_states (fixture, "gggggggggggg");
  g_assert_cmpuint (fault_server_count (fixture->client.server, TEST_TOKENS), ==, 1);
}

static void
use_address (Fixture *fixture, const char *address)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonDeployment) deployment = baton_deployment_parse (address, &error);

  g_assert_no_error (error);
  baton_account_set_deployment (fixture->client.account, deployment);
}

static void
test_address (Fixture *fixture, gconstpointer data)
{
  use_address (fixture, "https://cloud.uipath.com/acme");
  diagnose (fixture);
  assert_states (fixture, "fsssssssssss");
  assert_fails (fixture, "address", BATON_ERROR_INVALID, NULL);
  assert_says (fixture, "dns", "Address");
  assert_says (fixture, "scopes", "Address");

  use_address (fixture, "http://orchestrator.example.org/acme/Production");
  diagnose (fixture);
  assert_states (fixture, "fsssssssssss");
  assert_says (fixture, "address", "https");
}

static void
test_dns (Fixture *fixture, gconstpointer data)
{
  use_address (fixture, "https://orchestrator.invalid/acme/Production");
  diagnose (fixture);
  assert_states (fixture, "gfssssssssss");
  assert_fails (fixture, "dns", BATON_ERROR_NO_NETWORK, BATON_REASON_DNS);
  assert_says (fixture, "token", "DNS");
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u/acme/Production", port);

  g_socket_listener_close (listener);
  use_address (fixture, address);
  diagnose (fixture);
  assert_states (fixture, "gggfssssssss");
  assert_fails (fixture, "tls", BATON_ERROR_NO_NETWORK, BATON_REASON_REFUSED);
}

static void
test_untrusted (Fixture *fixture, gconstpointer data)
{
  const char *fingerprint = NULL;

  diagnose (fixture);
  assert_states (fixture, "gggfssssssss");
  assert_fails (fixture, "tls", BATON_ERROR_TLS, BATON_REASON_CERTIFICATE);
  assert_says (fixture, "tls", "not trusted");
  g_assert_nonnull (get_detail (fixture, "tls", "Certificate of"));
  g_assert_nonnull (get_detail (fixture, "tls", "Issued by"));
  g_assert_nonnull (strstr (get_detail (fixture, "tls", "Valid"), " to "));
  fingerprint = get_detail (fixture, "tls", "SHA-256 fingerprint");
  g_assert_cmpuint (strlen (fingerprint), ==, 32 * 3 - 1);
  /* nothing was sent */
  g_assert_cmpuint (fault_server_count (fixture->client.server, TEST_TOKENS), ==, 0);
}

static void
test_web_page (Fixture *fixture, gconstpointer data)
{
  answer (fixture, VERSION, 200, "<!DOCTYPE html><title>Portal</title>");
  diagnose (fixture);
  assert_states (fixture, "ggggfggggggg");
  assert_fails (fixture, "version", BATON_ERROR_WRONG_ADDRESS, BATON_REASON_WEB_PAGE);
}

/* Where to, and that it is not followed. */
static void
test_redirect (Fixture *fixture, gconstpointer data)
{
  const GError *error = NULL;

  fault_server_reset (fixture->client.server, VERSION);
  fault_server_add (fixture->client.server, VERSION, 302,
                    "Location: https://new.example/portal_/login?x=1\r\n", "");
  diagnose (fixture);
  assert_states (fixture, "ggggfggggggg");
  assert_fails (fixture, "version", BATON_ERROR_WRONG_ADDRESS, BATON_REASON_REDIRECT);
  error = baton_check_get_error (get_check (fixture, "version"));
  g_assert_cmpstr (baton_error_get_details (error)->location, ==,
                   "https://new.example/portal_/login");
  g_assert_cmpuint (fault_server_count (fixture->client.server, VERSION), ==, 1);
}

/* Whoever checks does not wait for the end of a pause. */
static void
test_after_outage (Fixture *fixture, gconstpointer data)
{
  fault_server_reset (fixture->client.server, TEST_TOKENS);
  fault_server_add_raw (fixture->client.server, TEST_TOKENS, "", 0, FALSE);
  for (guint i = 0; i < 2; i++)
    {
      diagnose (fixture);
      assert_fails (fixture, "token", BATON_ERROR_NO_NETWORK, NULL);
    }
  client_give_tokens (&fixture->client, "access-1", "600");
  diagnose (fixture);
  assert_states (fixture, "gggggggggggg");
}

static void
test_version (Fixture *fixture, gconstpointer data)
{
  answer (fixture, VERSION, 401, ABP_401);
  diagnose (fixture);
  assert_states (fixture, "ggggnggggggg");

  answer (fixture, VERSION, 200, "{\"version\":\"23.4.1\",\"deployment\":\"ServiceFabric\"}");
  diagnose (fixture);
  assert_states (fixture, "ggggnggggggg");
  assert_says (fixture, "version", "Automation Suite");

  answer (fixture, VERSION, 500, "{\"message\":\"An internal error occurred\"}");
  diagnose (fixture);
  assert_states (fixture, "ggggfggggggg");
  assert_fails (fixture, "version", BATON_ERROR_SERVER, NULL);
}

static void
test_revoked (Fixture *fixture, gconstpointer data)
{
  answer (fixture, TEST_TOKENS, 403,
          "{\"error\":\"invalid_grant\",\"error_description\":\"Unknown or invalid refresh "
          "token.\"}");
  diagnose (fixture);
  assert_states (fixture, "gggggfssssss");
  assert_fails (fixture, "token", BATON_ERROR_KEY_REVOKED, "invalid_grant");
  assert_says (fixture, "permissions", "Access token");
}

static void
test_clock (Fixture *fixture, gconstpointer data)
{
  give_token (fixture, "{\"nbf\":1767226200,\"exp\":1767312000}");
  diagnose (fixture);
  assert_states (fixture, "ggggggnggggg");
  assert_says (fixture, "claims", "10 minutes");
  assert_says (fixture, "claims", "clock is slow");

  give_token (fixture, "{\"exp\":1767225000}");
  look_at (fixture, fixture->client.account);
  diagnose (fixture);
  assert_states (fixture, "ggggggnggggg");
  assert_says (fixture, "claims", "clock is fast");
}

/* The seed's mistake: a good token, and an address of other names (fact sheet 1.5). */
static void
test_wrong_names (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *names;
    const char *states;
    const char *check;
    const char *words;
    const char *first;
  } cases[] = {
    /* a tenant's display name */
    { "/acme/Test",
      "ggggnggg"
      "fss"
      "g",
      "tenant", "acme/AcmeTest12", "AcmeTest12" },
    /* both display names */
    { "/Acme Inc./Acme Production",
      "ggggngg"
      "fsss"
      "g",
      "organization", "acme/Production", "Production" },
    /* a tenant in the place of the organisation, a folder in that of the tenant */
    { "/Production/Shared",
      "ggggngg"
      "fsss"
      "g",
      "organization", "acme/Production, acme/AcmeTest12", "Production" },
    /* a folder in the place of the tenant */
    { "/acme/Shared",
      "ggggnggg"
      "fss"
      "g",
      "tenant", "cannot see a tenant", "Production" },
  };

  answer (fixture, "GET /", 401, ABP_401);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BatonDeployment) deployment = NULL;
      g_autoptr (BatonTenant) first = NULL;
      g_auto (GStrv) parts = g_strsplit (cases[i].names, "/", -1);

      deployment = baton_deployment_with_tenant (
          baton_account_get_deployment (fixture->client.account), parts[1], parts[2]);
      baton_account_set_deployment (fixture->client.account, deployment);
      diagnose (fixture);
      assert_states (fixture, cases[i].states);
      assert_fails (fixture, cases[i].check, BATON_ERROR_WRONG_ADDRESS, NULL);
      assert_says (fixture, cases[i].check, cases[i].words);
      first = g_list_model_get_item (baton_diagnosis_get_tenants (fixture->diagnosis), 0);
      g_assert_cmpstr (baton_tenant_get_name (first), ==, cases[i].first);
      g_assert_cmpuint (g_list_model_get_n_items (baton_diagnosis_get_tenants (fixture->diagnosis)),
                        ==, 2);
    }
}

/* Where nobody tells what there is, the tenant itself says no. */
static void
test_unknown_tenants (Fixture *fixture, gconstpointer data)
{
  answer (fixture, ACCOUNTS, 404, "");
  answer (fixture, PORTAL, 403, "");
  diagnose (fixture);
  assert_states (fixture, "gggggggngggg");

  answer (fixture, USER, 401, ABP_401);
  look_at (fixture, fixture->client.account);
  diagnose (fixture);
  assert_states (fixture, "gggggggnfssg");
  assert_fails (fixture, "tenant", BATON_ERROR_WRONG_ADDRESS, BATON_REASON_ABP);
}

static void
test_folders (Fixture *fixture, gconstpointer data)
{
  baton_account_set_folder_path (fixture->client.account, "Shared/Gone");
  diagnose (fixture);
  assert_states (fixture, "gggggggggfgg");
  assert_fails (fixture, "folders", BATON_ERROR_FOLDER_MISSING, NULL);
  assert_says (fixture, "folders", "Shared/Gone");

  baton_account_set_folder_path (fixture->client.account, "Shared/Finance");
  answer (fixture, ASSETS, 400,
          "{\"message\":\"Folder does not exist or the user does not have access to the "
          "folder.\",\"errorCode\":1100,\"traceId\":\"00-1\"}");
  diagnose (fixture);
  assert_states (fixture, "gggggggggfgg");
  assert_fails (fixture, "folders", BATON_ERROR_FOLDER_MISSING, NULL);
  g_assert_cmpint (baton_error_get_details (baton_check_get_error (get_check (fixture, "folders")))
                       ->service_code,
                   ==, 1100);

  answer (fixture, NAVIGATION, 200, "[]");
  diagnose (fixture);
  assert_states (fixture, "gggggggggfgg");
  assert_says (fixture, "folders", "No folder");

  /* what applications meet */
  answer (fixture, NAVIGATION, 403, "{\"message\":\"You are not authorized!\",\"errorCode\":0}");
  answer (fixture, FOLDERS, 200,
          "{\"value\":[{\"Id\":3,\"DisplayName\":\"Finance\","
          "\"FullyQualifiedName\":\"Shared/Finance\"}]}");
  answer (fixture, ASSETS, 403, "{\"message\":\"You are not authorized!\",\"errorCode\":0}");
  diagnose (fixture);
  assert_states (fixture, "gggggggggggg");
  assert_says (fixture, "folders", "1 folder is visible");
}

static void
test_permissions (Fixture *fixture, gconstpointer data)
{
  answer (fixture, PERMISSIONS, 200, "{\"UserId\":1,\"Permissions\":[\"Jobs.View\"]}");
  diagnose (fixture);
  assert_states (fixture, "ggggggggggng");
  assert_says (fixture, "permissions", "Triggers");
  g_assert_null (strstr (baton_check_get_sentence (get_check (fixture, "permissions")), "Jobs"));
  g_assert_cmpstr (get_detail (fixture, "permissions", "Closed"), ==, "Processes (Processes.View)");
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Run run = { 0 };

  fault_server_reset (fixture->client.server, VERSION);
  fault_server_add_raw (fixture->client.server, VERSION, "", 0, TRUE);
  baton_diagnosis_run_async (fixture->diagnosis, cancellable, ran_cb, &run);
  g_assert_true (baton_diagnosis_is_running (fixture->diagnosis));
  while (baton_check_get_state (get_check (fixture, "version")) != BATON_CHECK_RUNNING)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  client_wait (&fixture->client, &run.done);
  g_assert_error (run.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (run.good);
  g_clear_error (&run.error);
  g_assert_cmpint (baton_check_get_state (get_check (fixture, "tls")), ==, BATON_CHECK_GOOD);
  g_assert_cmpint (baton_check_get_state (get_check (fixture, "version")), ==, BATON_CHECK_WAITING);

  answer (fixture, VERSION, 200, "{\"version\":\"26.3.0\"}");
  diagnose (fixture);
  assert_states (fixture, "gggggggggggg");
}

static void
test_application (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BatonAccount) account
      = baton_account_new ("application", baton_account_get_deployment (fixture->client.account),
                           BATON_METHOD_CLIENT_CREDENTIALS);
  g_autoptr (BatonSecret) secret
      = baton_secret_new (BATON_SECRET_CLIENT_SECRET, "application-secret-1", 0, 0);
  g_autofree char *token
      = make_token ("{\"prt_id\":\"o-1\",\"scope\":[\"OR.Jobs.Read\",\"OR.Folders.Read\"]}");
  g_autofree char *body = g_strdup_printf ("{\"access_token\":\"%s\",\"expires_in\":3600}", token);

  baton_account_set_client_id (account, TEST_CLIENT);
  baton_account_set_scopes (account, "OR.Jobs.Read OR.Folders.Read OR.Assets.Read");
  baton_secret_store_keep_in_memory (fixture->client.store, "application", secret);
  answer (fixture, "POST /identity_/connect/token", 200, body);
  answer (fixture, PORTAL, 401, "");
  answer (fixture, FOLDERS, 200, "{\"value\":[]}");
  answer (fixture, PERMISSIONS, 403, "{\"message\":\"You are not authorized!\"}");
  look_at (fixture, account);
  diagnose (fixture);
  assert_states (fixture, "gggggggnggnn");
  assert_says (fixture, "scopes", "OR.Assets.Read");
  g_assert_null (strstr (baton_check_get_sentence (get_check (fixture, "scopes")), "OR.Jobs"));

  /* all that was asked for, which is not all that Baton shows */
  baton_account_set_scopes (account, "OR.Jobs.Read OR.Folders.Read");
  look_at (fixture, account);
  diagnose (fixture);
  assert_states (fixture, "gggggggnggnn");
  assert_says (fixture, "scopes", "Assets (OR.Assets.Read)");
  g_assert_null (strstr (baton_check_get_sentence (get_check (fixture, "scopes")), "OR.Jobs"));

  answer (fixture, "POST /identity_/connect/token", 400, "{\"error\":\"invalid_scope\"}");
  look_at (fixture, account);
  diagnose (fixture);
  assert_states (fixture, "gggggfssssss");
  assert_fails (fixture, "token", BATON_ERROR_INVALID, "invalid_scope");
}

#define ADD(name, certificate, function)                                                           \
  g_test_add ("/baton/orchestrator/diagnosis/" name, Fixture, certificate, set_up, function,       \
              tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("good", NULL, test_good);
  ADD ("address", NULL, test_address);
  ADD ("dns", NULL, test_dns);
  ADD ("refused", NULL, test_refused);
  ADD ("untrusted", "self-signed.pem", test_untrusted);
  ADD ("web-page", NULL, test_web_page);
  ADD ("redirect", NULL, test_redirect);
  ADD ("after-outage", NULL, test_after_outage);
  ADD ("version", NULL, test_version);
  ADD ("revoked", NULL, test_revoked);
  ADD ("clock", NULL, test_clock);
  ADD ("wrong-names", NULL, test_wrong_names);
  ADD ("unknown-tenants", NULL, test_unknown_tenants);
  ADD ("folders", NULL, test_folders);
  ADD ("permissions", NULL, test_permissions);
  ADD ("cancelled", NULL, test_cancelled);
  ADD ("application", NULL, test_application);

  return g_test_run ();
}
