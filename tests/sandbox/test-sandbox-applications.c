/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "oauth-test.h"

#define ORGANIZATION "6f0c3a52-8f1d-4c4e-9b7a-2f6d0e51a001"
#define API "/acme/identity_/api/"
#define CLIENTS API "ExternalClient/" ORGANIZATION

static SandboxTest *test;

static SandboxAnswer *
ask (const char *method, const char *address, const char *body)
{
  return sandbox_test_send (test, method, address,
                            sandbox_test_get_ready (test, "personalAccessToken"), 0, NULL, body);
}

static SandboxAnswer *
create (const char *name, const char *confidential, const char *scopes)
{
  g_autofree char *body = g_strdup_printf (
      "{\"partitionGlobalId\":\"" ORGANIZATION "\",\"name\":\"%s\",\"isConfidential\":%s,"
      "\"redirectUri\":\"http://localhost:9999/back\",\"scopes\":[%s]}",
      name, confidential, scopes);

  return ask ("POST", API "ExternalClient", body);
}

static SandboxAnswer *
sign_in (const char *id, const char *secret, const char *scope)
{
  g_autofree char *body = g_strdup_printf (
      "grant_type=client_credentials&client_id=%s&client_secret=%s&scope=%s", id, secret, scope);

  return oauth_ask_token (test, body);
}

static void
test_catalogue (void)
{
  g_autoptr (SandboxAnswer) answer = ask ("GET", API "ExternalApiResource", NULL);
  JsonArray *resources = baton_json_peek_root_array (answer->node);
  JsonObject *orchestrator = baton_json_peek_object_at (resources, 0);
  JsonObject *scope;

  sandbox_assert_status (answer, 200);
  g_assert_cmpuint (baton_json_length (resources), ==, 2);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (orchestrator, "scopes")), >, 60);
  scope = baton_json_peek_object_at (baton_json_peek_array (orchestrator, "scopes"), 0);
  g_assert_nonnull (baton_json_peek_string (scope, "name"));
  g_assert_nonnull (baton_json_peek_string (scope, "description"));
}

static void
test_life (void)
{
  g_autoptr (SandboxAnswer) made = create (
      "Mine", "true", "{\"name\":\"OR.Jobs\",\"type\":2},{\"name\":\"OR.Folders\",\"type\":2}");
  const char *id = baton_json_peek_string (made->json, "id");
  const char *secret = baton_json_peek_string (made->json, "secret");
  g_autofree char *address = g_strconcat (CLIENTS "/", id, NULL);
  g_autofree char *generate = g_strdup_printf ("{\"partitionGlobalId\":\"" ORGANIZATION
                                               "\",\"clientId\":\"%s\",\"description\":\"second\"}",
                                               id);
  g_autoptr (SandboxAnswer) first = NULL;
  g_autoptr (SandboxAnswer) read = NULL;
  g_autoptr (SandboxAnswer) second = NULL;
  g_autoptr (SandboxAnswer) with_second = NULL;
  g_autoptr (SandboxAnswer) gone = NULL;
  g_autoptr (SandboxAnswer) with_first = NULL;
  g_autoptr (SandboxAnswer) replaced = NULL;
  g_autoptr (SandboxAnswer) fewer = NULL;
  g_autoptr (SandboxAnswer) deleted = NULL;
  g_autoptr (SandboxAnswer) dead = NULL;
  g_autoptr (SandboxAnswer) missing = NULL;
  g_autofree char *first_secret = NULL;
  JsonArray *secrets;
  gint64 first_id;

  sandbox_assert_status (made, 201);
  g_assert_cmpuint (strlen (secret), >, 20);
  first = sign_in (id, secret, "OR.Folders");
  sandbox_assert_status (first, 200);

  /* The secret is told once. */
  read = ask ("GET", address, NULL);
  sandbox_assert_status (read, 200);
  g_assert_null (strstr (read->text, secret));
  secrets = baton_json_peek_array (read->json, "secrets");
  g_assert_cmpuint (baton_json_length (secrets), ==, 1);
  first_id = baton_json_peek_int (baton_json_peek_object_at (secrets, 0), "id", 0);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (read->json, "resources")), ==, 1);

  second = ask ("POST", API "ExternalClient/GenerateSecret", generate);
  sandbox_assert_status (second, 201);
  with_second = sign_in (id, baton_json_peek_string (second->json, "secret"), "OR.Folders");
  sandbox_assert_status (with_second, 200);
  first_secret = g_strdup_printf (CLIENTS "/secrets/%" G_GINT64_FORMAT, first_id);
  gone = ask ("DELETE", first_secret, NULL);
  sandbox_assert_status (gone, 204);
  with_first = sign_in (id, secret, "OR.Folders");
  oauth_assert_error (with_first, 400, "invalid_client");

  replaced = ask ("PUT", address,
                  "{\"name\":\"Yours\",\"isConfidential\":true,"
                  "\"scopes\":[{\"name\":\"OR.Jobs\",\"type\":2}]}");
  sandbox_assert_status (replaced, 200);
  g_assert_cmpstr (baton_json_peek_string (replaced->json, "name"), ==, "Yours");
  fewer = sign_in (id, baton_json_peek_string (second->json, "secret"), "OR.Folders");
  oauth_assert_error (fewer, 400, "invalid_scope");

  deleted = ask ("DELETE", address, NULL);
  sandbox_assert_status (deleted, 204);
  dead = sandbox_test_send (test, "GET", "odata/Folders",
                            baton_json_peek_string (first->json, "access_token"), 0, NULL, NULL);
  sandbox_assert_status (dead, 401);
  missing = ask ("GET", address, NULL);
  sandbox_assert_status (missing, 404);
}

/* The older call of the fact sheet 2.5, and a secret that expires. */
static void
test_secrets (void)
{
  g_autoptr (SandboxAnswer) made = create ("Secrets", "true", "{\"name\":\"OR.Jobs\",\"type\":2}");
  const char *id = baton_json_peek_string (made->json, "id");
  g_autofree char *older = g_strdup_printf (CLIENTS "/%s/GenerateSecret", id);
  g_autofree char *past
      = g_strdup_printf ("{\"clientId\":\"%s\",\"expiryTime\":\"2020-01-01T00:00:00Z\"}", id);
  g_autoptr (SandboxAnswer) second = ask ("GET", older, NULL);
  g_autoptr (SandboxAnswer) third = ask ("POST", API "ExternalClient/GenerateSecret", past);
  g_autoptr (SandboxAnswer) good
      = sign_in (id, baton_json_peek_string (second->json, "secret"), "OR.Jobs");
  g_autoptr (SandboxAnswer) expired
      = sign_in (id, baton_json_peek_string (third->json, "secret"), "OR.Jobs");

  sandbox_assert_status (good, 200);
  oauth_assert_error (expired, 400, "invalid_client");
}

static void
test_rules (void)
{
  static const struct
  {
    const char *name;
    const char *confidential;
    const char *scopes;
    guint status;
  } cases[] = {
    { "Tool", "false", "{\"name\":\"OR.Jobs\",\"type\":1}", 201 },
    { "Tool", "false", "{\"name\":\"OR.Jobs\",\"type\":1}", 201 },
    { "Tool", "false", "{\"name\":\"OR.Jobs\",\"type\":2}", 400 },
    { "Tool", "true", "{\"name\":\"OR.Jobs\",\"type\":1},{\"name\":\"OR.Jobs\",\"type\":2}", 201 },
    { "Tool", "true", "{\"name\":\"OR.Nothing\",\"type\":2}", 400 },
    { "Tool", "true", "{\"name\":\"OR.Jobs\",\"type\":7}", 400 },
    { "Tool", "true", "", 400 },
    { "", "true", "{\"name\":\"OR.Jobs\",\"type\":2}", 400 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SandboxAnswer) answer
          = create (cases[i].name, cases[i].confidential, cases[i].scopes);

      sandbox_assert_status (answer, cases[i].status);
      if (cases[i].status == 400)
        g_assert_cmpuint (baton_json_length (baton_json_peek_array (answer->json, "errors")), ==,
                          1);
      else
        g_assert_cmpint (baton_json_has (answer->json, "secret"), ==,
                         g_str_equal (cases[i].confidential, "true"));
    }
}

static void
test_redirects (void)
{
  static const char *const wrong[]
      = { "javascript:alert(1)", "data:text/html,x", "/back", "http://localhost:1/#a" };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *body = g_strdup_printf (
          "{\"partitionGlobalId\":\"" ORGANIZATION "\",\"name\":\"Tool\",\"isConfidential\":false,"
          "\"redirectUri\":\"%s\",\"scopes\":[{\"name\":\"OR.Jobs\",\"type\":1}]}",
          wrong[i]);
      g_autoptr (SandboxAnswer) answer = ask ("POST", API "ExternalClient", body);

      g_test_message ("%s", wrong[i]);
      sandbox_assert_status (answer, 400);
    }
}

static void
assert_code (SandboxAnswer *answer, guint status, const char *code)
{
  sandbox_assert_status (answer, status);
  g_assert_cmpstr (
      baton_json_peek_string (
          baton_json_peek_object_at (baton_json_peek_array (answer->json, "errors"), 0), "code"),
      ==, code);
}

static void
test_refused (void)
{
  g_autofree char *few = oauth_get_batch_token (test, "OR.Jobs");
  g_autofree char *reading = oauth_get_batch_token (test, "PM.OAuthApp.Read");
  g_autoptr (SandboxAnswer) nobody = sandbox_test_send (test, "GET", CLIENTS, NULL, 0, NULL, NULL);
  g_autoptr (SandboxAnswer) unscoped = sandbox_test_send (test, "GET", CLIENTS, few, 0, NULL, NULL);
  g_autoptr (SandboxAnswer) reads
      = sandbox_test_send (test, "GET", CLIENTS, reading, 0, NULL, NULL);
  g_autoptr (SandboxAnswer) writes = sandbox_test_send (
      test, "POST", API "ExternalClient/GenerateSecret", reading, 0, NULL, "{}");
  g_autoptr (SandboxAnswer) viewer = sandbox_test_send (
      test, "GET", CLIENTS, "rt_sandbox-viewer-access-token-0123456789ab", 0, NULL, NULL);
  g_autoptr (SandboxAnswer) host = ask ("GET", "/identity_/api/ExternalClient/" ORGANIZATION, NULL);
  g_autoptr (SandboxAnswer) other
      = ask ("GET", API "ExternalClient/00000000-0000-0000-0000-000000000000", NULL);
  g_autoptr (SandboxAnswer) elsewhere
      = ask ("GET", "/other/identity_/api/ExternalClient/" ORGANIZATION, NULL);

  sandbox_assert_status (nobody, 401);
  assert_code (unscoped, 403, "Forbidden");
  sandbox_assert_status (reads, 200);
  assert_code (writes, 403, "Forbidden");
  assert_code (viewer, 403, "Forbidden");
  assert_code (host, 400, "InvalidPartition");
  assert_code (other, 400, "InvalidPartition");
  assert_code (elsewhere, 400, "InvalidPartition");
}

static SandboxAnswer *
use (const char *token)
{
  return sandbox_test_send (test, "GET", "odata/Folders", token, 0, NULL, NULL);
}

static void
test_reference_tokens (void)
{
  g_autoptr (SandboxAnswer) made = ask ("POST", API "ReferenceToken",
                                        "{\"name\":\"laptop\",\"scopes\":[\"OR.Folders.Read\"],"
                                        "\"expiryTime\":\"2090-01-01T00:00:00Z\"}");
  const char *value = baton_json_peek_string (made->json, "token");
  g_autofree char *address
      = g_strconcat (API "ReferenceToken/", baton_json_peek_string (made->json, "id"), NULL);
  g_autoptr (SandboxAnswer) good = use (value);
  g_autoptr (SandboxAnswer) jobs
      = sandbox_test_send (test, "GET", "odata/Jobs", value, 0, NULL, NULL);
  g_autoptr (SandboxAnswer) list = ask ("GET", API "ReferenceToken", NULL);
  g_autoptr (SandboxAnswer) foreign = sandbox_test_send (
      test, "GET", address, "rt_sandbox-viewer-access-token-0123456789ab", 0, NULL, NULL);
  g_autoptr (SandboxAnswer) changed
      = ask ("PUT", address, "{\"name\":\"desktop\",\"regenerate\":true}");
  g_autoptr (SandboxAnswer) old = use (value);
  g_autoptr (SandboxAnswer) fresh = use (baton_json_peek_string (changed->json, "token"));
  g_autoptr (SandboxAnswer) deleted = ask ("DELETE", address, NULL);
  g_autoptr (SandboxAnswer) dead = use (baton_json_peek_string (changed->json, "token"));
  g_autoptr (SandboxAnswer) missing = ask ("GET", address, NULL);

  sandbox_assert_status (made, 201);
  g_assert_true (g_str_has_prefix (value, "rt_"));
  sandbox_assert_status (good, 200);
  sandbox_assert_status (jobs, 403);
  sandbox_assert_status (list, 200);
  g_assert_cmpuint (baton_json_length (baton_json_peek_root_array (list->node)), ==, 2);
  g_assert_null (strstr (list->text, value));
  sandbox_assert_status (foreign, 404);
  sandbox_assert_status (changed, 200);
  g_assert_cmpstr (baton_json_peek_string (changed->json, "name"), ==, "desktop");
  sandbox_assert_status (old, 401);
  sandbox_assert_status (fresh, 200);
  sandbox_assert_status (deleted, 204);
  sandbox_assert_status (dead, 401);
  sandbox_assert_status (missing, 404);
}

static void
test_reference_token_ends (void)
{
  g_autoptr (SandboxAnswer) made
      = ask ("POST", API "ReferenceToken", "{\"name\":\"short\",\"scopes\":[\"OR.Folders.Read\"]}");
  g_autofree char *body
      = g_strdup_printf ("{\"token\":\"%s\"}", baton_json_peek_string (made->json, "token"));
  g_autoptr (SandboxAnswer) past
      = ask ("POST", API "ReferenceToken",
             "{\"name\":\"old\",\"scopes\":[\"OR.Jobs\"],\"expiryTime\":\"2020-01-01T00:00:00Z\"}");
  g_autoptr (SandboxAnswer) nameless
      = ask ("POST", API "ReferenceToken", "{\"scopes\":[\"OR.Jobs\"]}");
  g_autoptr (SandboxAnswer) wrong
      = ask ("POST", API "ReferenceToken", "{\"name\":\"x\",\"scopes\":[\"OR.Nothing\"]}");
  g_autoptr (SandboxAnswer) never
      = ask ("POST", API "ReferenceToken",
             "{\"name\":\"x\",\"scopes\":[\"OR.Jobs\"],\"expiryTime\":\"never\"}");
  g_autoptr (SandboxAnswer) revoked = ask ("DELETE", API "ReferenceToken/Revoke", body);
  g_autoptr (SandboxAnswer) again = ask ("DELETE", API "ReferenceToken/Revoke", body);
  g_autoptr (SandboxAnswer) dead = use (baton_json_peek_string (made->json, "token"));

  assert_code (past, 400, "InvalidReferenceToken");
  assert_code (nameless, 400, "InvalidReferenceToken");
  assert_code (wrong, 400, "InvalidReferenceToken");
  assert_code (never, 400, "InvalidReferenceToken");
  sandbox_assert_status (revoked, 204);
  sandbox_assert_status (again, 404);
  sandbox_assert_status (dead, 401);
}

/* What was deleted of the well-known things stays so. */
static void
test_persists (void)
{
  g_autofree char *folder = g_dir_make_tmp ("baton-applications-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "a sandbox.db", NULL);
  g_autofree char *option = g_strconcat ("--data=", file, NULL);
  SandboxTest *outer = test;

  {
    g_autoptr (SandboxTest) own = oauth_start (option, NULL);
    g_autoptr (SandboxAnswer) deleted = NULL;

    test = own;
    deleted = ask ("DELETE", CLIENTS "/" OAUTH_BATCH, NULL);
    sandbox_assert_status (deleted, 204);
  }
  {
    g_autoptr (SandboxTest) own = oauth_start (option, NULL);
    g_autoptr (SandboxAnswer) list = NULL;

    test = own;
    list = ask ("GET", CLIENTS, NULL);
    sandbox_assert_status (list, 200);
    g_assert_cmpuint (baton_json_length (baton_json_peek_root_array (list->node)), ==, 3);
  }
  test = outer;
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = oauth_start (NULL, NULL);

  g_test_add_func ("/sandbox/applications/catalogue", test_catalogue);
  g_test_add_func ("/sandbox/applications/life", test_life);
  g_test_add_func ("/sandbox/applications/secrets", test_secrets);
  g_test_add_func ("/sandbox/applications/rules", test_rules);
  g_test_add_func ("/sandbox/applications/redirects", test_redirects);
  g_test_add_func ("/sandbox/applications/refused", test_refused);
  g_test_add_func ("/sandbox/applications/reference-tokens", test_reference_tokens);
  g_test_add_func ("/sandbox/applications/reference-token-ends", test_reference_token_ends);
  g_test_add_func ("/sandbox/applications/persists", test_persists);

  status = g_test_run ();
  sandbox_test_stop (test);

  return status;
}
