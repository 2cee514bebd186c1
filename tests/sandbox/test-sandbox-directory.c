/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "oauth-test.h"

#define ORGANIZATION "6f0c3a52-8f1d-4c4e-9b7a-2f6d0e51a001"
#define API "/acme/identity_/api/"
#define ADMIN_KEY "c0a80101-5f1d-4c0e-8a4b-2a0071c3e9d1"
#define VIEWER_TOKEN "rt_sandbox-viewer-access-token-0123456789ab"

static SandboxTest *test;

static SandboxAnswer *
ask (const char *method, const char *address, const char *body)
{
  return sandbox_test_send (test, method, address,
                            sandbox_test_get_ready (test, "personalAccessToken"), 0, NULL, body);
}

static JsonObject *
get_result (SandboxAnswer *answer, guint position)
{
  return baton_json_peek_object_at (baton_json_peek_array (answer->json, "results"), position);
}

static void
test_users (void)
{
  static const struct
  {
    const char *query;
    gint64 total;
    guint n;
    const char *first; /* (nullable) */
  } cases[] = {
    { "", 3, 3, "admin" },
    { "?top=1", 3, 1, "admin" },
    { "?top=2&skip=2", 3, 1, "operator" },
    { "?top=0", 3, 0, NULL },
    { "?skip=10", 3, 0, NULL },
    { "?searchTerm=VERA", 1, 1, "viewer" },
    { "?searchTerm=nobody", 0, 0, NULL },
    { "?sortBy=userName&sortOrder=desc", 3, 3, "viewer" },
    { "?sortBy=email&sortOrder=asc", 3, 3, "admin" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *address = g_strconcat (API "User/users/" ORGANIZATION, cases[i].query, NULL);
      g_autoptr (SandboxAnswer) answer = ask ("GET", address, NULL);

      g_test_message ("%s", cases[i].query);
      sandbox_assert_status (answer, 200);
      g_assert_cmpint (baton_json_peek_int (answer->json, "totalCount", -1), ==, cases[i].total);
      g_assert_cmpuint (baton_json_length (baton_json_peek_array (answer->json, "results")), ==,
                        cases[i].n);
      if (cases[i].first != NULL)
        g_assert_cmpstr (baton_json_peek_string (get_result (answer, 0), "userName"), ==,
                         cases[i].first);
    }
}

static void
test_wrong_parameters (void)
{
  static const char *const queries[]
      = { "?top=-1", "?top=1001", "?skip=x", "?sortBy=nothing", "?sortOrder=sideways" };

  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *address = g_strconcat (API "User/users/" ORGANIZATION, queries[i], NULL);
      g_autoptr (SandboxAnswer) answer = ask ("GET", address, NULL);

      sandbox_assert_status (answer, 400);
      g_assert_false (baton_json_peek_bool (answer->json, "succeeded", TRUE));
    }
}

static void
test_who_may_read (void)
{
  g_autoptr (SandboxAnswer) own = sandbox_test_send (
      test, "GET", API "User/c0a80101-5f1d-4c0e-8a4b-2a0071c3e9d2", VIEWER_TOKEN, 0, NULL, NULL);
  g_autoptr (SandboxAnswer) other
      = sandbox_test_send (test, "GET", API "User/" ADMIN_KEY, VIEWER_TOKEN, 0, NULL, NULL);
  g_autoptr (SandboxAnswer) all = sandbox_test_send (test, "GET", API "User/users/" ORGANIZATION,
                                                     VIEWER_TOKEN, 0, NULL, NULL);
  g_autoptr (SandboxAnswer) nobody
      = ask ("GET", API "User/00000000-0000-0000-0000-000000000000", NULL);
  g_autofree char *token = oauth_get_batch_token (test, "PM.User.Read");
  g_autoptr (SandboxAnswer) application
      = sandbox_test_send (test, "GET", API "User/users/" ORGANIZATION, token, 0, NULL, NULL);
  g_autoptr (SandboxAnswer) groups
      = sandbox_test_send (test, "GET", API "Group/" ORGANIZATION, token, 0, NULL, NULL);

  sandbox_assert_status (own, 200);
  g_assert_cmpstr (baton_json_peek_string (own->json, "displayName"), ==, "Vera Viewer");
  sandbox_assert_status (other, 403);
  sandbox_assert_status (all, 403);
  sandbox_assert_status (nobody, 404);
  sandbox_assert_status (application, 200);
  sandbox_assert_status (groups, 403);
}

static void
test_groups (void)
{
  g_autoptr (SandboxAnswer) made
      = ask ("POST", API "Group",
             "{\"partitionGlobalId\":\"" ORGANIZATION "\",\"name\":\"Night shift\","
             "\"directoryUserMemberIDs\":[\"" ADMIN_KEY "\"]}");
  const char *id = baton_json_peek_string (made->json, "id");
  g_autofree char *address = g_strconcat (API "Group/" ORGANIZATION "/", id, NULL);
  g_autofree char *change = g_strconcat (API "Group/", id, NULL);
  g_autoptr (SandboxAnswer) twice = ask ("POST", API "Group", "{\"name\":\"night SHIFT\"}");
  g_autoptr (SandboxAnswer) nameless = ask ("POST", API "Group", "{}");
  g_autoptr (SandboxAnswer) user = ask ("GET", API "User/" ADMIN_KEY, NULL);
  g_autoptr (SandboxAnswer) changed = ask (
      "PUT", change, "{\"name\":\"Day shift\",\"directoryUserIDsToRemove\":[\"" ADMIN_KEY "\"]}");
  g_autoptr (SandboxAnswer) deleted = ask ("DELETE", address, NULL);
  g_autoptr (SandboxAnswer) gone = ask ("GET", address, NULL);
  g_autoptr (SandboxAnswer) list = ask ("GET", API "Group/" ORGANIZATION, NULL);
  g_autofree char *built_in = NULL;
  g_autoptr (SandboxAnswer) refused = NULL;

  sandbox_assert_status (made, 201);
  g_assert_cmpstr (baton_json_peek_string (made->json, "type"), ==, "custom");
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (made->json, "members")), ==, 1);
  sandbox_assert_status (twice, 409);
  sandbox_assert_status (nameless, 400);
  g_assert_nonnull (strstr (user->text, id));
  sandbox_assert_status (changed, 200);
  g_assert_cmpstr (baton_json_peek_string (changed->json, "name"), ==, "Day shift");
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (changed->json, "members")), ==, 0);
  sandbox_assert_status (deleted, 204);
  sandbox_assert_status (gone, 404);
  g_assert_cmpuint (baton_json_length (baton_json_peek_root_array (list->node)), ==, 4);
  built_in = g_strconcat (
      API "Group/" ORGANIZATION "/",
      baton_json_peek_string (
          baton_json_peek_object_at (baton_json_peek_root_array (list->node), 0), "id"),
      NULL);
  refused = ask ("DELETE", built_in, NULL);
  sandbox_assert_status (refused, 400);
}

static void
test_robot_accounts (void)
{
  g_autoptr (SandboxAnswer) made = ask ("POST", API "RobotAccount",
                                        "{\"partitionGlobalId\":\"" ORGANIZATION
                                        "\",\"name\":\"bot-9\",\"displayName\":\"Nine\"}");
  const char *id = baton_json_peek_string (made->json, "id");
  g_autofree char *address = g_strconcat (API "RobotAccount/" ORGANIZATION "/", id, NULL);
  g_autofree char *change = g_strconcat (API "RobotAccount/", id, NULL);
  g_autofree char *many = g_strdup_printf ("{\"robotAccountIDs\":[\"%s\"]}", id);
  g_autoptr (SandboxAnswer) twice = ask ("POST", API "RobotAccount", "{\"name\":\"BOT-9\"}");
  g_autoptr (SandboxAnswer) changed = ask ("PUT", change, "{\"displayName\":\"Neun\"}");
  g_autoptr (SandboxAnswer) found
      = ask ("GET", API "RobotAccount/" ORGANIZATION "?searchTerm=neun", NULL);
  g_autoptr (SandboxAnswer) deleted = ask ("DELETE", API "RobotAccount/" ORGANIZATION, many);
  g_autoptr (SandboxAnswer) gone = ask ("GET", address, NULL);
  g_autoptr (SandboxAnswer) list = ask ("GET", API "RobotAccount/" ORGANIZATION, NULL);

  sandbox_assert_status (made, 201);
  sandbox_assert_status (twice, 409);
  sandbox_assert_status (changed, 200);
  g_assert_cmpstr (baton_json_peek_string (changed->json, "displayName"), ==, "Neun");
  g_assert_cmpstr (baton_json_peek_string (changed->json, "name"), ==, "bot-9");
  g_assert_cmpint (baton_json_peek_int (found->json, "totalCount", 0), ==, 1);
  sandbox_assert_status (deleted, 204);
  sandbox_assert_status (gone, 404);
  g_assert_cmpint (baton_json_peek_int (list->json, "totalCount", 0), ==, 2);
}

static void
test_settings (void)
{
  g_autoptr (SandboxAnswer) put
      = ask ("PUT", API "Setting",
             "{\"partitionGlobalId\":\"" ORGANIZATION
             "\",\"settings\":[{\"key\":\"Some.Key\",\"value\":\"it's\"}]}");
  g_autoptr (SandboxAnswer) one
      = ask ("GET", API "Setting?key=some.key&partitionGlobalId=" ORGANIZATION, NULL);
  g_autoptr (SandboxAnswer) wrong
      = ask ("PUT", API "Setting", "{\"settings\":[{\"value\":\"x\"}]}");
  JsonArray *settings = baton_json_peek_root_array (one->node);

  sandbox_assert_status (put, 200);
  sandbox_assert_status (one, 200);
  g_assert_cmpuint (baton_json_length (settings), ==, 1);
  g_assert_cmpstr (baton_json_peek_string (baton_json_peek_object_at (settings, 0), "value"), ==,
                   "it's");
  sandbox_assert_status (wrong, 400);
}

static void
test_audit (void)
{
  g_autoptr (SandboxTest) own = oauth_start (NULL, NULL);
  const char *token = sandbox_test_get_ready (own, "personalAccessToken");
  g_autoptr (SandboxAnswer) tokens
      = oauth_get_tokens (own, "OR.Folders.Read", "admin:sandbox-password");
  g_autoptr (SandboxAnswer) failed = sandbox_test_send (own, "POST", "/identity_/web/login", NULL,
                                                        0, OAUTH_FORM, "user=admin&password=wrong");
  g_autoptr (SandboxAnswer) audit
      = sandbox_test_send (own, "GET", API "AuditQuery/" ORGANIZATION, token, 0, NULL, NULL);
  g_autoptr (SandboxAnswer) attempts = sandbox_test_send (
      own, "GET", API "User/" ADMIN_KEY "/loginAttempts", token, 0, NULL, NULL);

  sandbox_assert_status (tokens, 200);
  sandbox_assert_status (failed, 400);
  sandbox_assert_status (audit, 200);
  g_assert_cmpstr (baton_json_peek_string (get_result (audit, 0), "action"), ==, "Login");
  sandbox_assert_status (attempts, 200);
  g_assert_cmpint (baton_json_peek_int (attempts->json, "totalCount", 0), ==, 2);
  g_assert_cmpstr (baton_json_peek_string (get_result (attempts, 0), "result"), ==, "success");
  g_assert_cmpstr (baton_json_peek_string (get_result (attempts, 1), "result"), ==,
                   "invalidPassword");
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = oauth_start (NULL, NULL);

  g_test_add_func ("/sandbox/directory/users", test_users);
  g_test_add_func ("/sandbox/directory/wrong-parameters", test_wrong_parameters);
  g_test_add_func ("/sandbox/directory/who-may-read", test_who_may_read);
  g_test_add_func ("/sandbox/directory/groups", test_groups);
  g_test_add_func ("/sandbox/directory/robot-accounts", test_robot_accounts);
  g_test_add_func ("/sandbox/directory/settings", test_settings);
  g_test_add_func ("/sandbox/directory/audit", test_audit);

  status = g_test_run ();
  sandbox_test_stop (test);

  return status;
}
