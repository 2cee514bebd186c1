/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "oauth-test.h"

static SandboxTest *test;

static SandboxAnswer *
get (const char *address, const char *bearer)
{
  return sandbox_test_send (test, "GET", address, bearer, 0, NULL, NULL);
}

/* What a token opens. */
static void
test_scopes (void)
{
  static const struct
  {
    const char *scope;
    const char *method;
    const char *address;
    const char *body;
    guint status;
  } cases[] = {
    { "OR.Folders.Read", "GET", "odata/Folders", NULL, 200 },
    { "OR.Folders", "GET", "odata/Folders", NULL, 200 },
    { "OR.Folders.Write", "GET", "odata/Folders", NULL, 403 },
    { "OR.Jobs", "GET", "odata/Folders", NULL, 403 },
    { "OR.Jobs.Read", "GET", "odata/Jobs?$top=1", NULL, 200 },
    { "OR.Users.Read", "GET", "odata/Roles", NULL, 200 },
    { "OR.Jobs.Read", "POST", "odata/Jobs/UiPath.Server.Configuration.OData.StopJobs",
      "{\"jobIds\":[],\"strategy\":\"Kill\"}", 403 },
    { "OR.Jobs.Read", "GET", "api/Stats/GetJobsStats", NULL, 403 },
    /* The definition names no scope. */
    { "OR.Jobs.Read", "GET", "odata/Permissions", NULL, 200 },
    { "OR.Monitoring.Read", "GET", "api/Stats/GetCountStats", NULL, 200 },
    { "OR.Folders.Read", "GET", "odata/Users/UiPath.Server.Configuration.OData.GetCurrentUser",
      NULL, 403 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *token = oauth_get_batch_token (test, cases[i].scope);
      g_autoptr (SandboxAnswer) answer = sandbox_test_send (test, cases[i].method, cases[i].address,
                                                            token, 0, NULL, cases[i].body);

      g_test_message ("%s %s", cases[i].scope, cases[i].address);
      sandbox_assert_status (answer, cases[i].status);
      if (cases[i].status == 403)
        {
          sandbox_assert_error (answer, 403, 0);
          g_assert_nonnull (strstr (answer->text, "You are not authorized!"));
          g_assert_nonnull (strstr (answer->text, "Required scopes: OR."));
        }
    }
}

/* A person's token opens what its scopes and the person's permissions open both. */
static void
test_scopes_and_permissions (void)
{
  g_autoptr (SandboxTest) own = oauth_start (NULL, NULL);
  g_autoptr (SandboxAnswer) tokens
      = oauth_get_tokens (own, "OR.Assets OR.Folders", "viewer:sandbox-viewer-password");
  const char *token = baton_json_peek_string (tokens->json, "access_token");
  g_autoptr (SandboxAnswer) read = NULL;
  g_autoptr (SandboxAnswer) write = NULL;

  sandbox_assert_status (tokens, 200);
  read = sandbox_test_send (own, "GET", "odata/Assets", token, own->shared, NULL, NULL);
  sandbox_assert_status (read, 200);
  write = sandbox_test_send (own, "POST", "odata/Assets", token, own->shared, NULL,
                             "{\"Name\":\"x\",\"ValueScope\":\"Global\",\"ValueType\":\"Text\","
                             "\"StringValue\":\"x\"}");
  sandbox_assert_status (write, 403);
  g_assert_nonnull (strstr (write->text, "Assets.Create"));
}

static void
test_operator (void)
{
  g_autoptr (SandboxTest) own = oauth_start (NULL, NULL);
  g_autoptr (SandboxAnswer) tokens
      = oauth_get_tokens (own, "OR.Folders OR.Jobs", "operator:sandbox-operator-password");
  const char *token = baton_json_peek_string (tokens->json, "access_token");
  g_autoptr (SandboxAnswer) folders
      = sandbox_test_send (own, "GET", "odata/Folders", token, 0, NULL, NULL);
  g_autoptr (SandboxAnswer) hidden
      = sandbox_test_send (own, "GET", "odata/Jobs", token, own->shared, NULL, NULL);

  sandbox_assert_status (folders, 200);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (folders->json, "value")), ==, 2);
  sandbox_assert_error (hidden, 400, 1100);
}

/* "OR.Default": the roles of the application count, in the tenant where it has them. */
static void
test_roles (void)
{
  g_autoptr (SandboxAnswer) answer = oauth_ask_token (
      test, "grant_type=client_credentials&scope=OR.Default&client_id=" OAUTH_ROLES
            "&client_secret=" OAUTH_ROLES_SECRET);
  const char *token = baton_json_peek_string (answer->json, "access_token");
  g_autoptr (SandboxAnswer) folders = NULL;
  g_autoptr (SandboxAnswer) roles = NULL;
  g_autoptr (SandboxAnswer) elsewhere = NULL;

  sandbox_assert_status (answer, 200);
  folders = get ("odata/Folders", token);
  sandbox_assert_status (folders, 200);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (folders->json, "value")), ==, 2);
  roles = get ("odata/Roles", token);
  sandbox_assert_status (roles, 403);
  g_assert_nonnull (strstr (roles->text, "Required permissions"));
  elsewhere = get ("/acme/ProductionXk4v01326/orchestrator_/odata/Folders", token);
  sandbox_assert_status (elsewhere, 403);
}

/* What an application did by itself is told as its own. */
static void
test_audit (void)
{
  g_autofree char *token = oauth_get_batch_token (test, "OR.Assets%20OR.Audit");
  g_autoptr (SandboxAnswer) made = sandbox_test_send (
      test, "POST", "odata/Assets", token, test->shared, NULL,
      "{\"Name\":\"by-application\",\"ValueScope\":\"Global\",\"ValueType\":\"Text\","
      "\"StringValue\":\"x\"}");
  g_autoptr (SandboxAnswer) audit = get ("odata/AuditLogs?$orderby=Id%20desc&$top=1", token);
  JsonObject *line = baton_json_peek_object_at (baton_json_peek_array (audit->json, "value"), 0);

  sandbox_assert_status (made, 201);
  sandbox_assert_status (audit, 200);
  g_assert_cmpstr (baton_json_peek_string (line, "ExternalClientId"), ==, OAUTH_BATCH);
  g_assert_cmpstr (baton_json_peek_string (line, "UserName"), ==, "Nightly Batch");
  g_assert_cmpstr (baton_json_peek_string (line, "UserType"), ==, "DirectoryExternalApplication");
}

static void
test_other_tenant (void)
{
  g_autofree char *token = oauth_get_batch_token (test, "OR.Jobs");
  g_autoptr (SandboxAnswer) other
      = sandbox_test_send (test, "GET", "/acme/ProductionXk4v01326/orchestrator_/odata/Jobs", token,
                           test->shared, NULL, NULL);

  /* The folder is one of the first tenant. */
  sandbox_assert_error (other, 400, 1100);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = oauth_start (NULL, NULL);

  g_test_add_func ("/sandbox/scopes/scopes", test_scopes);
  g_test_add_func ("/sandbox/scopes/scopes-and-permissions", test_scopes_and_permissions);
  g_test_add_func ("/sandbox/scopes/operator", test_operator);
  g_test_add_func ("/sandbox/scopes/roles", test_roles);
  g_test_add_func ("/sandbox/scopes/audit", test_audit);
  g_test_add_func ("/sandbox/scopes/other-tenant", test_other_tenant);

  status = g_test_run ();
  sandbox_test_stop (test);

  return status;
}
