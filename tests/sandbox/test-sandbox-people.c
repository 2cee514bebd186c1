/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "baton-json.h"
#include "oauth-test.h"

#define ORGANIZATION "6f0c3a52-8f1d-4c4e-9b7a-2f6d0e51a001"
#define API "/acme/identity_/api/"
#define ADMIN_KEY "c0a80101-5f1d-4c0e-8a4b-2a0071c3e9d1"
#define VIEWER_KEY "c0a80101-5f1d-4c0e-8a4b-2a0071c3e9d2"
#define VIEWER_TOKEN "rt_sandbox-viewer-access-token-0123456789ab"
#define PASSWORD "correct horse"

static SandboxTest *test;

/* @body: (nullable): ' stands for ". */
static SandboxAnswer *
ask_as (const char *bearer, const char *method, const char *path, const char *body)
{
  g_autofree char *address = g_strconcat (API, path, NULL);
  g_autofree char *text = body != NULL ? g_strdelimit (g_strdup (body), "'", '"') : NULL;

  return sandbox_test_send (test, method, address, bearer, 0, NULL, text);
}

static SandboxAnswer *
ask (const char *method, const char *path, const char *body)
{
  return ask_as (sandbox_test_get_ready (test, "personalAccessToken"), method, path, body);
}

static void
assert_done (SandboxAnswer *answer)
{
  sandbox_assert_status (answer, 200);
  g_assert_true (baton_json_peek_bool (answer->json, "succeeded", FALSE));
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (answer->json, "errors")), ==, 0);
}

static void
assert_fault (SandboxAnswer *answer, const char *code)
{
  JsonObject *error = baton_json_peek_object_at (baton_json_peek_array (answer->json, "errors"), 0);

  sandbox_assert_status (answer, 400);
  g_assert_false (baton_json_peek_bool (answer->json, "succeeded", TRUE));
  g_assert_cmpstr (baton_json_peek_string (error, "code"), ==, code);
  g_assert_nonnull (baton_json_peek_string (error, "description"));
}

/* Returns: (transfer full): the id of the group of this name. */
static char *
find_group (const char *name)
{
  g_autoptr (SandboxAnswer) groups = ask ("GET", "Group/" ORGANIZATION, NULL);
  JsonArray *list = baton_json_peek_root_array (groups->node);

  for (guint i = 0; i < baton_json_length (list); i++)
    {
      JsonObject *group = baton_json_peek_object_at (list, i);

      if (g_str_equal (baton_json_peek_string (group, "name"), name))
        return g_strdup (baton_json_peek_string (group, "id"));
    }
  g_error ("There is no group %s", name);
}

/* Returns: (transfer full): the GUID of a new person, who has PASSWORD. @group: (nullable): a name.
 */
static char *
make_person (const char *user_name, const char *group)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *group_id = group != NULL ? find_group (group) : NULL;
  g_autofree char *groups = group != NULL ? g_strdup_printf ("'%s'", group_id) : g_strdup ("");
  g_autofree char *body = g_strdup_printf (
      "{'id':'%s','userName':'%s','email':'%s@acme.example','name':'Nora','surname':'New',"
      "'type':'user','partitionGlobalId':'" ORGANIZATION "','password':'" PASSWORD
      "','validatePassword':true,'groupIDs':[%s]}",
      id, user_name, user_name, groups);
  g_autoptr (SandboxAnswer) answer = ask ("POST", "User", body);

  assert_done (answer);

  return g_steal_pointer (&id);
}

/* Returns: (transfer full) (nullable): a token by user name and password. */
static char *
sign_in (const char *user_name, const char *password)
{
  g_autofree char *body
      = g_strdup_printf ("{\"tenancyName\":\"DefaultTenant\",\"usernameOrEmailAddress\":\"%s\","
                         "\"password\":\"%s\"}",
                         user_name, password);
  g_autoptr (SandboxAnswer) answer = sandbox_test_send (test, "POST", "/api/Account/Authenticate",
                                                        NULL, 0, "application/json", body);

  return g_strdup (baton_json_peek_string (answer->json, "result"));
}

static guint
get_status (const char *bearer, const char *address)
{
  g_autoptr (SandboxAnswer) answer
      = sandbox_test_send (test, "GET", address, bearer, test->shared, NULL, NULL);

  return answer->status;
}

/* Returns: how many users of the tenant have the name. */
static guint
count_users (const char *user_name)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_ask (
      test, "GET", 0, NULL, "odata/Users?$filter=UserName%%20eq%%20'%s'", user_name);

  sandbox_assert_status (answer, 200);

  return sandbox_answer_length (answer);
}

static gboolean
is_in_directory (const char *prefix, const char *id)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_ask (
      test, "GET", 0, NULL,
      "api/DirectoryService/SearchForUsersAndGroups?searchContext=Users&domain=autogen&prefix=%s",
      prefix);

  sandbox_assert_status (answer, 200);

  return strstr (answer->text, id) != NULL;
}

static void
test_create (void)
{
  g_autofree char *id = make_person ("nora", NULL);
  g_autofree char *address = g_strconcat ("User/", id, NULL);
  g_autoptr (SandboxAnswer) user = ask ("GET", address, NULL);
  g_autoptr (SandboxAnswer) list = ask ("GET", "User/users/" ORGANIZATION "?searchTerm=nora", NULL);

  sandbox_assert_status (user, 200);
  g_assert_cmpstr (baton_json_peek_string (user->json, "id"), ==, id);
  g_assert_cmpstr (baton_json_peek_string (user->json, "userName"), ==, "nora");
  g_assert_cmpstr (baton_json_peek_string (user->json, "displayName"), ==, "Nora New");
  g_assert_true (baton_json_peek_bool (user->json, "isActive", FALSE));
  g_assert_false (baton_json_peek_bool (user->json, "invitationAccepted", TRUE));
  g_assert_null (strstr (user->text, PASSWORD));
  g_assert_cmpint (baton_json_peek_int (list->json, "totalCount", 0), ==, 1);
  /* The directory knows her; the tenant does not, until somebody takes her in. */
  g_assert_true (is_in_directory ("nora", id));
  g_assert_cmpuint (count_users ("nora"), ==, 0);
}

static void
test_faults (void)
{
  static const struct
  {
    const char *body;
    const char *code;
  } cases[] = {
    { "{'userName':'x','email':'x@acme.example'}", "InvalidPartition" },
    { "{'userName':'x','partitionGlobalId':'" ADMIN_KEY "'}", "InvalidPartition" },
    { "{'partitionGlobalId':'" ORGANIZATION "'}", "InvalidUserName" },
    { "{'userName':'ADMIN','partitionGlobalId':'" ORGANIZATION "'}", "DuplicateUserName" },
    { "{'userName':'x','email':'Vera.Viewer@acme.example','partitionGlobalId':'" ORGANIZATION "'}",
      "DuplicateEmail" },
    { "{'userName':'x','email':'no address','partitionGlobalId':'" ORGANIZATION "'}",
      "InvalidEmail" },
    { "{'userName':'x','id':'7','partitionGlobalId':'" ORGANIZATION "'}", "InvalidUserId" },
    { "{'userName':'x','id':'" VIEWER_KEY "','partitionGlobalId':'" ORGANIZATION "'}",
      "DuplicateUserId" },
    { "{'userName':'x','type':'king','partitionGlobalId':'" ORGANIZATION "'}", "InvalidUserType" },
    { "{'userName':'x','password':'short','validatePassword':true,'partitionGlobalId':"
      "'" ORGANIZATION "'}",
      "PasswordTooShort" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SandboxAnswer) answer = ask ("POST", "User", cases[i].body);

      g_test_message ("%s", cases[i].body);
      assert_fault (answer, cases[i].code);
    }
}

static void
test_create_many (void)
{
  g_autoptr (SandboxAnswer) made
      = ask ("POST", "User/BulkCreate",
             "{'partitionGlobalId':'" ORGANIZATION "','groupIDs':[],'users':["
             "{'email':'many.1@acme.example'},{'email':'many.2@acme.example'}]}");
  g_autoptr (SandboxAnswer) half
      = ask ("POST", "User/BulkCreate",
             "{'partitionGlobalId':'" ORGANIZATION "','users':[{'email':'many.3@acme.example'},"
             "{'email':'many.1@acme.example'}]}");
  g_autoptr (SandboxAnswer) list
      = ask ("GET", "User/users/" ORGANIZATION "?searchTerm=many.", NULL);

  assert_done (made);
  assert_fault (half, "DuplicateUserName");
  g_assert_cmpint (baton_json_peek_int (list->json, "totalCount", 0), ==, 2);
}

/* A group that is always there lets its members in, with its role. */
static void
test_groups_let_in (void)
{
  g_autofree char *id = make_person ("gina", "Automation Developers");
  g_autofree char *token = sign_in ("gina", PASSWORD);
  g_autofree char *group = find_group ("Automation Developers");
  g_autofree char *address = g_strconcat ("User/", id, NULL);
  g_autofree char *leave = g_strdup_printf ("{'groupIDsToRemove':['%s']}", group);
  g_autoptr (SandboxAnswer) left = NULL;

  g_assert_nonnull (token);
  g_assert_cmpuint (count_users ("gina"), ==, 1);
  g_assert_cmpuint (get_status (token, "odata/Assets?$top=1"), ==, 200);
  g_assert_cmpuint (get_status (token, "odata/Users?$top=1"), ==, 200);
  left = ask ("PUT", address, leave);
  assert_done (left);
  g_assert_cmpuint (count_users ("gina"), ==, 1);
  g_assert_cmpuint (get_status (token, "odata/Users?$top=1"), ==, 403);
}

/* By hand, as an administrator of the tenant does it. */
static void
test_tenant_takes_in (void)
{
  g_autofree char *id = make_person ("tina", NULL);
  g_autofree char *token = sign_in ("tina@acme.example", PASSWORD);
  g_autofree char *body
      = g_strdup_printf ("{'UserName':'tina','Type':'DirectoryUser','DirectoryIdentifier':'%s',"
                         "'RolesList':['Viewer'],'UpdatePolicy':{'Type':'None'}}",
                         id);
  g_autoptr (SandboxAnswer) taken = NULL;

  g_assert_nonnull (token);
  g_assert_cmpuint (get_status (token, "odata/Roles?$top=1"), ==, 401);
  taken = sandbox_test_ask (test, "POST", 0, body, "odata/Users");
  sandbox_assert_status (taken, 201);
  g_assert_cmpuint (get_status (token, "odata/Roles?$top=1"), ==, 200);
}

static void
test_update (void)
{
  g_autofree char *id = make_person ("uma", "Automation Users");
  g_autofree char *address = g_strconcat ("User/", id, NULL);
  g_autofree char *old_token = NULL;
  g_autofree char *new_token = NULL;
  g_autoptr (SandboxAnswer) changed
      = ask ("PUT", address,
             "{'name':'Ursula','email':'ursula@acme.example','password':'battery staple',"
             "'invitationAccepted':true,'bypassBasicAuthRestriction':true,"
             "'extensionUserAttributesToAddOrUpdate':{'floor':'4','desk':'b'}}");
  g_autoptr (SandboxAnswer) again
      = ask ("PUT", address, "{'extensionUserAttributesToRemove':['desk']}");
  g_autoptr (SandboxAnswer) user = ask ("GET", address, NULL);
  g_autoptr (SandboxAnswer) taken = ask ("PUT", address, "{'email':'vera.viewer@acme.example'}");
  g_autoptr (SandboxAnswer) nobody
      = ask ("PUT", "User/00000000-0000-0000-0000-000000000000", "{'name':'x'}");
  g_autoptr (SandboxAnswer) tenant = sandbox_test_get (
      test, "odata/Users?$filter=UserName%20eq%20'uma'&$select=FullName,EmailAddress");
  g_autofree char *group = find_group ("Automation Users");
  g_autofree char *members = g_strconcat ("Group/" ORGANIZATION "/", group, NULL);
  g_autoptr (SandboxAnswer) seen = ask ("GET", members, NULL);

  assert_done (changed);
  assert_done (again);
  g_assert_cmpstr (baton_json_peek_string (user->json, "displayName"), ==, "Ursula New");
  g_assert_cmpstr (baton_json_peek_string (user->json, "email"), ==, "ursula@acme.example");
  g_assert_true (baton_json_peek_bool (user->json, "bypassBasicAuthRestriction", FALSE));
  g_assert_true (baton_json_peek_bool (user->json, "invitationAccepted", FALSE));
  g_assert_nonnull (baton_json_peek_string (user->json, "lastModificationTime"));
  assert_fault (taken, "DuplicateEmail");
  sandbox_assert_status (nobody, 404);
  g_assert_cmpstr (baton_json_peek_string (sandbox_answer_get (tenant, 0), "FullName"), ==,
                   "Ursula New");
  g_assert_nonnull (strstr (seen->text, "\"extensionUserAttributes\":{\"floor\":\"4\"}"));
  old_token = sign_in ("uma", PASSWORD);
  new_token = sign_in ("ursula@acme.example", "battery staple");
  g_assert_null (old_token);
  g_assert_nonnull (new_token);
}

/* Whoever may not sign in any more is out at once. */
static void
test_inactive (void)
{
  g_autofree char *id = make_person ("ines", "Automation Users");
  g_autofree char *address = g_strconcat ("User/", id, NULL);
  g_autofree char *attempts_address = g_strconcat ("User/", id, "/loginAttempts", NULL);
  g_autofree char *token = sign_in ("ines", PASSWORD);
  g_autofree char *refused = NULL;
  g_autoptr (SandboxAnswer) off = NULL;
  g_autoptr (SandboxAnswer) page = NULL;
  g_autoptr (SandboxAnswer) attempts = NULL;
  g_autoptr (SandboxAnswer) on = NULL;

  g_assert_cmpuint (get_status (token, "odata/Assets?$top=1"), ==, 200);
  off = ask ("PUT", address, "{'isActive':false}");
  assert_done (off);
  g_assert_cmpuint (get_status (token, "odata/Assets?$top=1"), ==, 401);
  refused = sign_in ("ines", PASSWORD);
  g_assert_null (refused);
  page = sandbox_test_send (test, "POST", "/identity_/web/login", NULL, 0, OAUTH_FORM,
                            "user=ines&password=correct%20horse");
  sandbox_assert_status (page, 400);
  attempts = ask ("GET", attempts_address, NULL);
  g_assert_nonnull (strstr (attempts->text, "\"result\":\"userIsNotActive\""));
  on = ask ("PUT", address, "{'isActive':true}");
  assert_done (on);
  g_assert_cmpuint (get_status (token, "odata/Assets?$top=1"), ==, 200);
}

/* With a person go the tokens, the sessions, and the users of the tenants. */
static void
test_delete (void)
{
  g_autofree char *id = make_person ("dora", "Automation Users");
  g_autofree char *address = g_strconcat ("User/", id, NULL);
  g_autofree char *token = sign_in ("dora", PASSWORD);
  g_autoptr (SandboxAnswer) tokens
      = oauth_get_tokens (test, "PM.User OR.Assets offline_access", "dora:" PASSWORD);
  const char *bearer = baton_json_peek_string (tokens->json, "access_token");
  g_autofree char *renew
      = g_strconcat ("grant_type=refresh_token&client_id=" OAUTH_DESKTOP "&refresh_token=",
                     baton_json_peek_string (tokens->json, "refresh_token"), NULL);
  g_autoptr (SandboxAnswer) personal
      = ask_as (bearer, "POST", "ReferenceToken", "{'name':'mine','scopes':['OR.Assets']}");
  const char *value = baton_json_peek_string (personal->json, "token");
  g_autoptr (SandboxAnswer) deleted = NULL;
  g_autoptr (SandboxAnswer) gone = NULL;
  g_autoptr (SandboxAnswer) renewed = NULL;
  g_autoptr (SandboxAnswer) page = NULL;
  g_autoptr (SandboxAnswer) audit = NULL;
  g_autofree char *again = NULL;
  g_autofree char *second = NULL;

  sandbox_assert_status (personal, 201);
  g_assert_cmpuint (get_status (bearer, "odata/Assets?$top=1"), ==, 200);
  g_assert_cmpuint (get_status (value, "odata/Assets?$top=1"), ==, 200);
  deleted = ask ("DELETE", address, NULL);
  sandbox_assert_status (deleted, 204);

  gone = ask ("GET", address, NULL);
  sandbox_assert_status (gone, 404);
  g_assert_cmpuint (count_users ("dora"), ==, 0);
  g_assert_false (is_in_directory ("dora", id));
  g_assert_cmpuint (get_status (token, "odata/Assets?$top=1"), ==, 401);
  g_assert_cmpuint (get_status (bearer, "odata/Assets?$top=1"), ==, 401);
  g_assert_cmpuint (get_status (value, "odata/Assets?$top=1"), ==, 401);
  renewed = oauth_ask_token (test, renew);
  oauth_assert_error (renewed, 400, "invalid_grant");
  again = sign_in ("dora", PASSWORD);
  g_assert_null (again);
  /* The browser that she was signed in with asks who it is. */
  page = oauth_authorize (test, "response_type=code&client_id=" OAUTH_DESKTOP
                                "&redirect_uri=" OAUTH_REDIRECT "&code_challenge=" OAUTH_CHALLENGE
                                "&code_challenge_method=S256&scope=OR.Assets");
  g_assert_true (g_str_has_prefix (page->location, "/identity_/web/login"));
  audit = ask ("GET", "AuditQuery/" ORGANIZATION "?top=1", NULL);
  g_assert_nonnull (strstr (audit->text, "\"action\":\"Delete\""));

  /* Whoever comes after her by that name begins anew. */
  second = make_person ("dora", "Automation Users");
  g_assert_cmpuint (get_status (token, "odata/Assets?$top=1"), ==, 401);
  g_assert_cmpuint (get_status (value, "odata/Assets?$top=1"), ==, 401);
}

static void
test_delete_many (void)
{
  g_autofree char *first = make_person ("bulk.1", NULL);
  g_autofree char *second = make_person ("bulk.2", NULL);
  g_autofree char *body
      = g_strdup_printf ("{'partitionGlobalId':'" ORGANIZATION "','userIds':['%s','%s',"
                         "'00000000-0000-0000-0000-000000000000']}",
                         first, second);
  g_autoptr (SandboxAnswer) deleted = ask ("DELETE", "User", body);
  g_autoptr (SandboxAnswer) list
      = ask ("GET", "User/users/" ORGANIZATION "?searchTerm=bulk.", NULL);

  sandbox_assert_status (deleted, 204);
  g_assert_cmpint (baton_json_peek_int (list->json, "totalCount", -1), ==, 0);
}

static void
test_last_administrator (void)
{
  g_autofree char *group = find_group ("Administrators");
  g_autofree char *group_address = g_strconcat ("Group/", group, NULL);
  g_autoptr (SandboxAnswer) off = ask ("PUT", "User/" ADMIN_KEY, "{'isActive':false}");
  g_autoptr (SandboxAnswer) out
      = ask ("PUT", group_address, "{'directoryUserIDsToRemove':['" ADMIN_KEY "']}");
  g_autoptr (SandboxAnswer) gone = ask ("DELETE", "User/" ADMIN_KEY, NULL);
  g_autoptr (SandboxAnswer) admin = ask ("GET", "User/" ADMIN_KEY, NULL);

  assert_fault (off, "LastAdministrator");
  assert_fault (out, "LastAdministrator");
  assert_fault (gone, "LastAdministrator");
  g_assert_true (baton_json_peek_bool (admin->json, "isActive", FALSE));
}

static void
test_change_password (void)
{
  g_autofree char *id = make_person ("paul", "Automation Users");
  g_autofree char *address = g_strconcat ("User/", id, "/changepassword", NULL);
  g_autoptr (SandboxAnswer) wrong
      = ask ("POST", address, "{'oldPassword':'no','newPassword':'battery staple'}");
  g_autoptr (SandboxAnswer) short_one
      = ask ("POST", address, "{'oldPassword':'" PASSWORD "','newPassword':'x'}");
  g_autoptr (SandboxAnswer) other
      = ask_as (VIEWER_TOKEN, "POST", address,
                "{'oldPassword':'" PASSWORD "','newPassword':'battery staple'}");
  g_autoptr (SandboxAnswer) changed
      = ask ("POST", address, "{'oldPassword':'" PASSWORD "','newPassword':'battery staple'}");
  g_autofree char *old_token = sign_in ("paul", PASSWORD);
  g_autofree char *token = sign_in ("paul", "battery staple");

  assert_fault (wrong, "PasswordMismatch");
  assert_fault (short_one, "PasswordTooShort");
  sandbox_assert_status (other, 403);
  assert_done (changed);
  g_assert_null (old_token);
  g_assert_nonnull (token);
}

static void
test_who_may (void)
{
  g_autofree char *reader = oauth_get_batch_token (test, "PM.User.Read");
  g_autofree char *writer = oauth_get_batch_token (test, "PM.User.Write");
  const char *body = "{'userName':'who','partitionGlobalId':'" ORGANIZATION "'}";
  g_autoptr (SandboxAnswer) viewer = ask_as (VIEWER_TOKEN, "POST", "User", body);
  g_autoptr (SandboxAnswer) no = ask_as (reader, "POST", "User", body);
  g_autoptr (SandboxAnswer) yes = ask_as (writer, "POST", "User", body);
  g_autoptr (SandboxAnswer) nobody = ask_as (NULL, "DELETE", "User/" VIEWER_KEY, NULL);

  sandbox_assert_status (viewer, 403);
  sandbox_assert_status (no, 403);
  assert_done (yes);
  sandbox_assert_status (nobody, 401);
}

/* Names are text on every page, whatever is in them. */
static void
test_pages (void)
{
  g_autoptr (SandboxAnswer) made
      = ask ("POST", "User",
             "{'userName':'<b>&x=1','name':'<i>','surname':'</i>','email':'eve@acme.example',"
             "'partitionGlobalId':'" ORGANIZATION "'}");
  static const char *const pages[] = { "apiAccess", "personalAccessToken" };

  assert_done (made);
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *address = g_strdup_printf ("/portal_/%s?user=eve@acme.example", pages[i]);
      g_autoptr (SandboxAnswer) page
          = sandbox_test_send (test, "GET", address, NULL, 0, NULL, NULL);

      sandbox_assert_status (page, 200);
      g_assert_null (strstr (page->text, "<i>"));
      g_assert_null (strstr (page->text, "<b>"));
      g_assert_nonnull (strstr (page->text, "?user=%3Cb%3E%26x%3D1"));
    }
}

/* Both over a restart, and not over a reset. */
static void
test_restart (void)
{
  g_autofree char *folder = g_dir_make_tmp ("people-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "data.db", NULL);
  g_autofree char *option = g_strconcat ("--data=", file, NULL);
  SandboxTest *before = test;
  g_autofree char *made = NULL;
  g_autofree char *signed_in = NULL;
  g_autofree char *viewer = NULL;
  g_autoptr (SandboxAnswer) deleted = NULL;
  g_autoptr (SandboxAnswer) reset = NULL;

  test = oauth_start (option, NULL);
  made = make_person ("rita", "Automation Users");
  deleted = ask ("DELETE", "User/" VIEWER_KEY, NULL);
  sandbox_assert_status (deleted, 204);
  sandbox_test_stop (test);

  test = oauth_start (option, NULL);
  signed_in = sign_in ("rita", PASSWORD);
  g_assert_nonnull (signed_in);
  g_assert_cmpuint (get_status (signed_in, "odata/Assets?$top=1"), ==, 200);
  viewer = sign_in ("viewer", "sandbox-viewer-password");
  g_assert_null (viewer);
  g_assert_cmpuint (get_status (VIEWER_TOKEN, "odata/Assets?$top=1"), ==, 401);

  reset = sandbox_test_control (test, "POST", "reset", NULL);
  g_assert_cmpuint (reset->status / 100, ==, 2);
  g_clear_pointer (&signed_in, g_free);
  signed_in = sign_in ("rita", PASSWORD);
  g_assert_null (signed_in);
  viewer = sign_in ("viewer", "sandbox-viewer-password");
  g_assert_nonnull (viewer);
  g_assert_cmpuint (get_status (VIEWER_TOKEN, "odata/Assets?$top=1"), ==, 200);
  sandbox_test_stop (test);

  test = before;
  g_assert_no_errno (g_remove (file));
  g_assert_no_errno (g_rmdir (folder));
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = oauth_start (NULL, NULL);

  g_test_add_func ("/sandbox/people/create", test_create);
  g_test_add_func ("/sandbox/people/faults", test_faults);
  g_test_add_func ("/sandbox/people/create-many", test_create_many);
  g_test_add_func ("/sandbox/people/groups-let-in", test_groups_let_in);
  g_test_add_func ("/sandbox/people/tenant-takes-in", test_tenant_takes_in);
  g_test_add_func ("/sandbox/people/update", test_update);
  g_test_add_func ("/sandbox/people/inactive", test_inactive);
  g_test_add_func ("/sandbox/people/delete", test_delete);
  g_test_add_func ("/sandbox/people/delete-many", test_delete_many);
  g_test_add_func ("/sandbox/people/last-administrator", test_last_administrator);
  g_test_add_func ("/sandbox/people/change-password", test_change_password);
  g_test_add_func ("/sandbox/people/who-may", test_who_may);
  g_test_add_func ("/sandbox/people/pages", test_pages);
  g_test_add_func ("/sandbox/people/restart", test_restart);

  status = g_test_run ();
  sandbox_test_stop (test);

  return status;
}
