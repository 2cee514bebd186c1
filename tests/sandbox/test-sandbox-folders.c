/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "sandbox-test.h"

#define US "UiPath.Server.Configuration.OData."
#define ID G_GINT64_FORMAT
#define VIEWER "rt_sandbox-viewer-access-token-0123456789ab"

static SandboxTest *test;

/* @parent: 0 at the top. */
static SandboxAnswer *
send_new (const char *name, gint64 parent)
{
  g_autofree char *below
      = parent != 0 ? g_strdup_printf (",'ParentId':%" ID, parent) : g_strdup ("");
  g_autofree char *body = g_strdup_printf ("{'DisplayName':'%s'%s}", name, below);

  return sandbox_test_ask (test, "POST", 0, body, "odata/Folders");
}

static gint64
create (const char *name, gint64 parent)
{
  g_autoptr (SandboxAnswer) answer = send_new (name, parent);

  sandbox_assert_status (answer, 201);

  return baton_json_peek_int (answer->json, "Id", 0);
}

static SandboxAnswer *
move (gint64 folder, gint64 target)
{
  g_autofree char *query
      = target != 0 ? g_strdup_printf ("?targetParentId=%" ID, target) : g_strdup ("");

  return sandbox_test_ask (test, "PUT", 0, NULL, "odata/Folders(%" ID ")/" US "MoveFolder%s",
                           folder, query);
}

static SandboxAnswer *
remove_folder (gint64 folder)
{
  return sandbox_test_ask (test, "DELETE", 0, NULL, "odata/Folders(%" ID ")", folder);
}

static void
assert_path (gint64 folder, const char *path)
{
  g_autoptr (SandboxAnswer) answer
      = sandbox_test_ask (test, "GET", 0, NULL, "odata/Folders(%" ID ")", folder);

  sandbox_assert_status (answer, 200);
  g_assert_cmpstr (baton_json_peek_string (answer->json, "FullyQualifiedName"), ==, path);
}

static void
test_tree (void)
{
  gint64 top = create ("Top", 0), middle = create ("Middle", top), leaf = create ("Leaf", middle);
  gint64 other = create ("Other", 0);
  g_autoptr (SandboxAnswer) renamed = sandbox_test_ask (
      test, "PUT", 0, "{'DisplayName':'Renamed','Description':'d'}", "odata/Folders(%" ID ")", top);
  g_autoptr (SandboxAnswer) moved = NULL;
  g_autoptr (SandboxAnswer) back = NULL;

  sandbox_assert_status (renamed, 200);
  assert_path (leaf, "Renamed/Middle/Leaf");
  moved = move (middle, other);
  sandbox_assert_status (moved, 204);
  assert_path (middle, "Other/Middle");
  assert_path (leaf, "Other/Middle/Leaf");
  back = move (leaf, 0);
  sandbox_assert_status (back, 204);
  assert_path (leaf, "Leaf");
}

static void
test_refused (void)
{
  gint64 a = create ("Refused", 0), b = create ("B", a), twin = create ("Twin", 0);
  g_autoptr (SandboxAnswer) taken = send_new ("refused", 0);
  g_autoptr (SandboxAnswer) slash = send_new ("A/B", 0);
  g_autoptr (SandboxAnswer) unnamed = sandbox_test_ask (test, "POST", 0, "{}", "odata/Folders");
  g_autoptr (SandboxAnswer) nowhere = send_new ("Nowhere", 999999);
  g_autoptr (SandboxAnswer) cycle = move (a, b);
  g_autoptr (SandboxAnswer) itself = move (a, a);
  g_autoptr (SandboxAnswer) unknown = move (a, 999999);
  g_autoptr (SandboxAnswer) full = remove_folder (a);
  g_autoptr (SandboxAnswer) renamed = sandbox_test_ask (test, "PUT", 0, "{'DisplayName':'Refused'}",
                                                        "odata/Folders(%" ID ")", twin);
  g_autoptr (SandboxAnswer) seeded = remove_folder (test->shared);
  g_autoptr (SandboxAnswer) forbidden
      = sandbox_test_send (test, "POST", "odata/Folders", VIEWER, 0, "application/json",
                           "{\"DisplayName\":\"Of the viewer\"}");

  sandbox_assert_error (taken, 409, 1001);
  sandbox_assert_error (slash, 400, 1009);
  sandbox_assert_error (unnamed, 400, 1014);
  sandbox_assert_error (nowhere, 404, 1002);
  sandbox_assert_error (cycle, 400, 1009);
  sandbox_assert_error (itself, 400, 1009);
  sandbox_assert_error (unknown, 404, 1002);
  sandbox_assert_error (full, 409, 1012);
  sandbox_assert_error (renamed, 409, 1001);
  sandbox_assert_error (seeded, 409, 1012);
  sandbox_assert_status (forbidden, 403);
}

/* Seven deep, whether made there or moved. */
static void
test_depth (void)
{
  gint64 folder = 0, fourth = 0;
  gint64 pair = create ("Pair", 0);
  g_autoptr (SandboxAnswer) eighth = NULL;
  g_autoptr (SandboxAnswer) moved = NULL;
  g_autoptr (SandboxAnswer) fits = NULL;

  create ("Below pair", pair);
  for (int i = 1; i <= 7; i++)
    {
      g_autofree char *name = g_strdup_printf ("Level %d", i);

      folder = create (name, folder);
      fourth = i == 4 ? folder : fourth;
      if (i == 6)
        moved = move (pair, folder);
    }
  eighth = send_new ("Level 8", folder);
  sandbox_assert_error (eighth, 400, 1009);
  sandbox_assert_error (moved, 400, 1009);
  fits = move (pair, fourth);
  sandbox_assert_status (fits, 204);
}

static void
test_by_key (void)
{
  gint64 id = create ("By key", 0);
  g_autoptr (SandboxAnswer) folder
      = sandbox_test_ask (test, "GET", 0, NULL, "odata/Folders(%" ID ")", id);
  const char *key = baton_json_peek_string (folder->json, "Key");
  g_autoptr (SandboxAnswer) patched
      = sandbox_test_ask (test, "PATCH", 0, "{'name':'Patched','description':'p'}",
                          "api/Folders/PatchNameDescription?key=%s", key);
  g_autoptr (SandboxAnswer) gone = NULL;
  g_autoptr (SandboxAnswer) again = NULL;

  sandbox_assert_status (patched, 200);
  assert_path (id, "Patched");
  gone = sandbox_test_ask (test, "DELETE", 0, NULL, "api/Folders/DeleteByKey?key=%s", key);
  sandbox_assert_status (gone, 204);
  again = sandbox_test_ask (test, "DELETE", 0, NULL, "api/Folders/DeleteByKey?key=%s", key);
  sandbox_assert_error (again, 404, 1002);
}

static gint64
find_id (const char *set, const char *column, const char *name)
{
  g_autofree char *escaped = g_uri_escape_string (name, NULL, FALSE);
  g_autoptr (SandboxAnswer) answer = sandbox_test_ask (
      test, "GET", 0, NULL, "odata/%s?$filter=%s%%20eq%%20'%s'", set, column, escaped);

  g_assert_cmpuint (sandbox_answer_length (answer), ==, 1);

  return baton_json_peek_int (sandbox_answer_get (answer, 0), "Id", 0);
}

/* As the viewer. Returns: the status of a new asset in the folder. */
static guint
add_asset (const char *name, gint64 folder)
{
  g_autofree char *body
      = g_strdup_printf ("{\"Name\":\"%s\",\"ValueScope\":\"Global\",\"ValueType\":"
                         "\"Text\",\"StringValue\":\"x\"}",
                         name);
  g_autoptr (SandboxAnswer) answer
      = sandbox_test_send (test, "POST", "odata/Assets", VIEWER, folder, "application/json", body);

  return answer->status;
}

static void
assign (gint64 user, gint64 folder, gint64 role)
{
  g_autofree char *body = g_strdup_printf ("{'assignments':{'UserIds':[%" ID "],'RolesPerFolder':"
                                           "[{'FolderId':%" ID ",'RoleIds':[%" ID "]}]}}",
                                           user, folder, role);
  g_autoptr (SandboxAnswer) answer
      = sandbox_test_ask (test, "POST", 0, body, "odata/Folders/" US "AssignUsers");

  sandbox_assert_status (answer, 204);
}

static SandboxAnswer *
get_users (gint64 folder, gboolean inherited)
{
  SandboxAnswer *answer
      = sandbox_test_ask (test, "GET", 0, NULL,
                          "odata/Folders/" US "GetUsersForFolder(key=%" ID
                          ",includeInherited=%s)?$expand=UserEntity,Roles&$orderby=Id",
                          folder, inherited ? "true" : "false");

  sandbox_assert_status (answer, 200);

  return answer;
}

/* What a role gives in a folder it gives below it too, and nowhere else. */
static void
test_roles (void)
{
  gint64 user = find_id ("Users", "UserName", "viewer");
  gint64 role = find_id ("Roles", "Name", "Automation Developer");
  gint64 top = create ("Roles", 0), below = create ("Below", top);
  g_autoptr (SandboxAnswer) direct = NULL;
  g_autoptr (SandboxAnswer) inherited = NULL;
  g_autoptr (SandboxAnswer) removed = NULL;
  g_autofree char *body = g_strdup_printf ("{'userId':%" ID "}", user);
  JsonObject *entry = NULL;

  g_assert_cmpuint (add_asset ("Unseen", below), ==, 400);
  assign (user, top, role);
  g_assert_cmpuint (add_asset ("In it", top), ==, 201);
  g_assert_cmpuint (add_asset ("Below it", below), ==, 201);
  g_assert_cmpuint (add_asset ("Elsewhere", test->shared), ==, 403);

  direct = get_users (below, FALSE);
  g_assert_cmpuint (sandbox_answer_length (direct), ==, 0);
  inherited = get_users (below, TRUE);
  for (guint i = 0; i < sandbox_answer_length (inherited); i++)
    if (baton_json_peek_int (sandbox_answer_get (inherited, i), "Id", 0) == user)
      entry = sandbox_answer_get (inherited, i);
  g_assert_nonnull (entry);
  g_assert_true (
      baton_json_peek_bool (baton_json_peek_object (entry, "UserEntity"), "IsInherited", FALSE));
  entry = baton_json_peek_object_at (baton_json_peek_array (entry, "Roles"), 0);
  g_assert_cmpstr (baton_json_peek_string (entry, "Origin"), ==, "Inherited");
  g_assert_cmpint (
      baton_json_peek_int (baton_json_peek_object (entry, "InheritedFromFolder"), "Id", 0), ==,
      top);

  removed = sandbox_test_ask (test, "POST", 0, body,
                              "odata/Folders(%" ID ")/" US "RemoveUserFromFolder", top);
  sandbox_assert_status (removed, 204);
  g_assert_cmpuint (add_asset ("Gone", below), ==, 400);
}

static void
test_roles_of_user (void)
{
  static const char *const addresses[] = {
    "odata/Folders/" US "GetAllRolesForUser(username='viewer',skip=0,take=2)",
    "api/FoldersNavigation/GetAllRolesForUser?username=viewer&skip=0&take=2",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (SandboxAnswer) answer = sandbox_test_get (test, addresses[i]);
      JsonArray *page = baton_json_peek_array (answer->json, "PageItems");
      JsonArray *roles = baton_json_peek_array (answer->json, "TenantRoles");

      sandbox_assert_status (answer, 200);
      g_assert_cmpuint (baton_json_length (page), ==, 2);
      g_assert_cmpint (baton_json_peek_int (answer->json, "Count", 0), >, 2);
      g_assert_cmpstr (baton_json_peek_string (baton_json_peek_object_at (roles, 0), "Name"), ==,
                       "Viewer");
    }
}

/* Asserts how the machine comes to the folder. */
static void
assert_machine (gint64 folder, gint64 machine, gboolean assigned, gboolean inherited)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_ask (
      test, "GET", 0, NULL,
      "odata/Folders/" US "GetMachinesForFolder(key=%" ID ")?$filter=Id%%20eq%%20%" ID, folder,
      machine);
  JsonObject *found = sandbox_answer_get (answer, 0);

  sandbox_assert_status (answer, 200);
  g_assert_true (baton_json_peek_bool (found, "IsAssignedToFolder", !assigned) == assigned);
  g_assert_true (baton_json_peek_bool (found, "IsInherited", !inherited) == inherited);
}

static void
test_machines (void)
{
  gint64 top = create ("Machines", 0), below = create ("Below", top), aside = create ("Aside", 0);
  g_autoptr (SandboxAnswer) list = sandbox_test_get (test, "odata/Machines?$top=1");
  gint64 machine = baton_json_peek_int (sandbox_answer_get (list, 0), "Id", 0);
  g_autofree char *assign_body = g_strdup_printf (
      "{'assignments':{'MachineIds':[%" ID "],'FolderIds':[%" ID "]}}", machine, top);
  g_autofree char *toggle_body = g_strdup_printf (
      "{'MachineId':%" ID ",'FolderId':%" ID ",'InheritEnabled':true}", machine, top);
  g_autofree char *update_body
      = g_strdup_printf ("{'associations':{'FolderId':%" ID ",'AddedMachineIds':[],"
                         "'RemovedMachineIds':[%" ID "]}}",
                         top, machine);
  g_autoptr (SandboxAnswer) assigned
      = sandbox_test_ask (test, "POST", 0, assign_body, "odata/Folders/" US "AssignMachines");
  g_autoptr (SandboxAnswer) toggled = NULL;
  g_autoptr (SandboxAnswer) changes = NULL;
  g_autoptr (SandboxAnswer) updated = NULL;
  g_autoptr (SandboxAnswer) again = NULL;

  sandbox_assert_status (assigned, 204);
  assert_machine (top, machine, TRUE, FALSE);
  assert_machine (below, machine, FALSE, FALSE);
  toggled = sandbox_test_ask (test, "POST", 0, toggle_body,
                              "odata/Folders/" US "ToggleFolderMachineInherit");
  sandbox_assert_status (toggled, 200);
  assert_machine (below, machine, FALSE, TRUE);

  changes = sandbox_test_ask (test, "GET", 0, NULL,
                              "odata/Folders/" US "GetMoveFolderMachinesChanges?folderId=%" ID
                              "&targetParentId=%" ID,
                              below, aside);
  g_assert_cmpuint (sandbox_answer_length (changes), ==, 1);
  g_assert_cmpstr (
      baton_json_peek_string (sandbox_answer_get (changes, 0), "OldMachineFolderState"), ==,
      "Inherited");
  g_assert_cmpstr (
      baton_json_peek_string (sandbox_answer_get (changes, 0), "NewMachineFolderState"), ==,
      "NotAssigned");

  updated = sandbox_test_ask (test, "POST", 0, update_body,
                              "odata/Folders/" US "UpdateMachinesToFolderAssociations");
  sandbox_assert_status (updated, 204);
  assert_machine (below, machine, FALSE, FALSE);
  again = sandbox_test_ask (test, "POST", 0, toggle_body,
                            "odata/Folders/" US "ToggleFolderMachineInherit");
  sandbox_assert_error (again, 404, 1002);
}

static void
test_navigation (void)
{
  gint64 finance = sandbox_test_find_folder (test, "Finance/Accounts Payable");
  g_autoptr (SandboxAnswer) context
      = sandbox_test_ask (test, "GET", 0, NULL,
                          "api/FoldersNavigation/GetFolderNavigationContextForCurrentUser"
                          "?folderId=%" ID,
                          finance);
  g_autoptr (SandboxAnswer) top = sandbox_test_get (
      test, "api/FoldersNavigation/GetFolderNavigationContextForCurrentUser?take=2");
  g_autoptr (SandboxAnswer) found
      = sandbox_test_get (test, "api/FoldersNavigation/GetFoldersForCurrentUser?searchText=treas");
  g_autoptr (SandboxAnswer) personal = sandbox_test_get (
      test, "api/FoldersNavigation/GetFoldersForCurrentUser?folderTypes=Personal");
  g_autoptr (SandboxAnswer) wrong
      = sandbox_test_get (test, "api/FoldersNavigation/GetFoldersForCurrentUser?folderTypes=Round");
  JsonArray *ancestors = baton_json_peek_array (context->json, "Ancestors");
  JsonArray *items = baton_json_peek_array (found->json, "PageItems");

  g_assert_cmpstr (baton_json_peek_string (context->json, "DisplayName"), ==, "Accounts Payable");
  g_assert_cmpuint (baton_json_length (ancestors), ==, 1);
  g_assert_cmpint (baton_json_peek_int (context->json, "ChildrenCount", 0), ==, 1);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (top->json, "ChildrenPage")), ==, 2);
  g_assert_cmpint (baton_json_peek_int (top->json, "ChildrenCount", 0), >, 2);
  g_assert_cmpuint (baton_json_length (items), ==, 1);
  g_assert_cmpstr (baton_json_peek_string (baton_json_peek_object_at (items, 0), "FolderPath"), ==,
                   "Finance/Treasury");
  g_assert_cmpint (baton_json_peek_int (personal->json, "Count", 0), ==, 1);
  sandbox_assert_error (wrong, 400, 1009);
}

static void
test_workspace (void)
{
  gint64 raj = find_id ("PersonalWorkspaces", "OwnerName", "Raj Patel");
  g_autoptr (SandboxAnswer) mine
      = sandbox_test_get (test, "odata/PersonalWorkspaces/" US "GetPersonalWorkspace");
  g_autoptr (SandboxAnswer) hidden = sandbox_test_ask (test, "GET", raj, NULL, "odata/Assets");
  g_autoptr (SandboxAnswer) started = sandbox_test_ask (
      test, "POST", 0, NULL, "odata/PersonalWorkspaces(%" ID ")/" US "StartExploring", raj);
  g_autoptr (SandboxAnswer) shown = sandbox_test_ask (test, "GET", raj, NULL, "odata/Assets");
  g_autoptr (SandboxAnswer) stopped = sandbox_test_ask (
      test, "POST", 0, NULL, "odata/PersonalWorkspaces(%" ID ")/" US "StopExploring", raj);
  g_autoptr (SandboxAnswer) again = sandbox_test_ask (test, "GET", raj, NULL, "odata/Assets");
  g_autoptr (SandboxAnswer) feed = sandbox_test_ask (
      test, "GET", 0, NULL, "api/PackageFeeds/GetFolderFeed?folderId=%" ID, raj);
  g_autoptr (SandboxAnswer) shared_feed = sandbox_test_ask (
      test, "GET", 0, NULL, "api/PackageFeeds/GetFolderFeed?folderId=%" ID, test->shared);
  g_autoptr (SandboxAnswer) taken
      = sandbox_test_ask (test, "POST", 0, "{'folderName':'Shared'}",
                          "odata/PersonalWorkspaces(%" ID ")/" US "ConvertToFolder", raj);
  g_autoptr (SandboxAnswer) converted
      = sandbox_test_ask (test, "POST", 0, "{'folderName':'Of Raj'}",
                          "odata/PersonalWorkspaces(%" ID ")/" US "ConvertToFolder", raj);
  g_autoptr (SandboxAnswer) none = sandbox_test_send (
      test, "GET", "odata/PersonalWorkspaces/" US "GetPersonalWorkspace", VIEWER, 0, NULL, NULL);

  g_assert_cmpstr (baton_json_peek_string (mine->json, "OwnerName"), ==, "Ada Admin");
  sandbox_assert_error (hidden, 400, 1100);
  sandbox_assert_status (started, 204);
  sandbox_assert_status (shown, 200);
  sandbox_assert_status (stopped, 204);
  sandbox_assert_error (again, 400, 1100);
  g_assert_cmpuint (feed->text[0], ==, '"');
  g_assert_cmpstr (shared_feed->text, ==, "null");
  sandbox_assert_error (taken, 409, 1001);
  sandbox_assert_status (converted, 204);
  sandbox_assert_error (none, 404, 1002);
}

static void
test_units (void)
{
  g_autoptr (SandboxAnswer) created
      = sandbox_test_ask (test, "POST", 0, "{'DisplayName':'A unit'}", "odata/OrganizationUnits");
  gint64 id = baton_json_peek_int (created->json, "Id", 0);
  gint64 user = find_id ("Users", "UserName", "viewer");
  g_autofree char *body = g_strdup_printf ("{'addedUserIds':[%" ID "],'removedUserIds':[]}", user);
  g_autoptr (SandboxAnswer) edited = sandbox_test_ask (test, "PUT", 0, "{'DisplayName':'Another'}",
                                                       "odata/OrganizationUnits(%" ID ")", id);
  g_autoptr (SandboxAnswer) set = sandbox_test_ask (
      test, "POST", 0, body, "odata/OrganizationUnits(%" ID ")/" US "SetUsers", id);
  g_autoptr (SandboxAnswer) ids = sandbox_test_ask (
      test, "GET", 0, NULL, "odata/OrganizationUnits/" US "GetUserIdsForUnit(key=%" ID ")", id);
  g_autoptr (SandboxAnswer) gone = NULL;

  sandbox_assert_status (created, 201);
  sandbox_assert_status (edited, 200);
  assert_path (id, "Another");
  sandbox_assert_status (set, 204);
  /* Who made it, and who was added. */
  g_assert_cmpuint (sandbox_answer_length (ids), ==, 2);
  gone = sandbox_test_ask (test, "DELETE", 0, NULL, "odata/OrganizationUnits(%" ID ")", id);
  sandbox_assert_status (gone, 204);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = sandbox_test_start ("--jobs=100", NULL);

  g_test_add_func ("/sandbox/folders/tree", test_tree);
  g_test_add_func ("/sandbox/folders/refused", test_refused);
  g_test_add_func ("/sandbox/folders/depth", test_depth);
  g_test_add_func ("/sandbox/folders/by-key", test_by_key);
  g_test_add_func ("/sandbox/folders/roles", test_roles);
  g_test_add_func ("/sandbox/folders/roles-of-user", test_roles_of_user);
  g_test_add_func ("/sandbox/folders/machines", test_machines);
  g_test_add_func ("/sandbox/folders/navigation", test_navigation);
  g_test_add_func ("/sandbox/folders/workspace", test_workspace);
  g_test_add_func ("/sandbox/folders/units", test_units);

  status = g_test_run ();
  sandbox_test_stop (test);

  return status;
}
