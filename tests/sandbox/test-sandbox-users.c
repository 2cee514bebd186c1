/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "baton-json.h"
#include "sandbox-test.h"

#define US "UiPath.Server.Configuration.OData."
#define VIEWER "rt_sandbox-viewer-access-token-0123456789ab"
#define POLICY "\"UpdatePolicy\":{\"Type\":\"None\"}"

static SandboxTest *test;

#define send(method, body, ...) sandbox_test_ask (test, method, 0, body, __VA_ARGS__)

/* Creates an entity. Returns: its Id. */
static gint64
create (const char *set, const char *body)
{
  g_autoptr (SandboxAnswer) answer = send ("POST", body, "odata/%s", set);

  sandbox_assert_status (answer, 201);

  return baton_json_peek_int (answer->json, "Id", 0);
}

/* Returns: the Id of the first that the filter finds. */
static gint64
find (const char *set, const char *filter)
{
  g_autofree char *encoded = g_uri_escape_string (filter, NULL, FALSE);
  g_autoptr (SandboxAnswer) list = send ("GET", NULL, "odata/%s?$filter=%s", set, encoded);

  sandbox_assert_status (list, 200);

  return baton_json_peek_int (
      baton_json_peek_object_at (baton_json_peek_array (list->json, "value"), 0), "Id", 0);
}

static gboolean
has_role (gint64 user, const char *role)
{
  g_autoptr (SandboxAnswer) answer = send ("GET", NULL, "odata/Users(%" G_GINT64_FORMAT ")", user);
  JsonArray *roles = baton_json_peek_array (answer->json, "RolesList");

  for (guint i = 0; i < baton_json_length (roles); i++)
    if (g_str_equal (baton_json_peek_string_at (roles, i), role))
      return TRUE;

  return FALSE;
}

static void
test_create (void)
{
  gint64 id = create ("Users", "{\"UserName\":\"nina.new\",\"Name\":\"Nina\",\"Surname\":\"New\","
                               "\"EmailAddress\":\"nina@acme.example\",\"Type\":\"User\","
                               "\"RolesList\":[\"Viewer\"]," POLICY "}");
  g_autoptr (SandboxAnswer) user = send ("GET", NULL, "odata/Users(%" G_GINT64_FORMAT ")", id);

  g_assert_cmpstr (baton_json_peek_string (user->json, "FullName"), ==, "Nina New");
  g_assert_cmpstr (baton_json_peek_string (user->json, "TenancyName"), ==, "DefaultTenant");
  g_assert_true (baton_json_peek_bool (user->json, "IsActive", FALSE));
  g_assert_true (has_role (id, "Viewer"));
}

static void
test_refused (void)
{
  static const SandboxRefusal cases[] = {
    { "{\"UserName\":\"a\"}", 400, 1014 }, /* without an UpdatePolicy */
    { "{" POLICY "}", 400, 1014 },
    { "{\"UserName\":\"ADMIN\"," POLICY "}", 409, 1001 },
    { "{\"UserName\":\"b\",\"EmailAddress\":\"nowhere@\"," POLICY "}", 400, 1009 },
    { "{\"UserName\":\"c\",\"RolesList\":[\"Emperor\"]," POLICY "}", 404, 1002 },
    { "{\"UserName\":\"d\",\"UpdatePolicy\":{\"Type\":\"Sometimes\"}}", 400, 1000 },
    { "{\"UserName\":\"e\",\"Shoes\":42," POLICY "}", 400, 1000 },
  };

  sandbox_test_assert_refused (test, 0, "odata/Users", cases, G_N_ELEMENTS (cases));
  /* What was refused halfway has left nothing. */
  g_assert_cmpint (find ("Users", "UserName eq 'c'"), ==, 0);
}

/* A user with an unattended robot has one that jobs run as; the password is never to be seen. */
static void
test_unattended (void)
{
  gint64 id = create ("Users", "{\"UserName\":\"bot.account\",\"Type\":\"Robot\","
                               "\"MayHaveUnattendedSession\":true,\"UnattendedRobot\":{"
                               "\"UserName\":\"ACME\\\\bot\",\"Password\":\"never-shown-1\","
                               "\"LimitConcurrentExecution\":true}," POLICY "}");
  g_autoptr (SandboxAnswer) user = send ("GET", NULL, "odata/Users(%" G_GINT64_FORMAT ")", id);
  JsonObject *robot = baton_json_peek_object (user->json, "UnattendedRobot");
  g_autofree char *filter = g_strdup_printf ("UserId eq %" G_GINT64_FORMAT, id);
  g_autoptr (SandboxAnswer) deleted = NULL;

  g_assert_cmpstr (baton_json_peek_string (robot, "UserName"), ==, "ACME\\bot");
  g_assert_true (baton_json_peek_bool (robot, "LimitConcurrentExecution", FALSE));
  g_assert_null (strstr (user->text, "never-shown-1"));
  g_assert_cmpint (baton_json_peek_int (robot, "RobotId", 0), ==, find ("Robots", filter));
  g_assert_cmpint (find ("Robots", filter), >, 0);

  deleted = send ("DELETE", NULL, "odata/Users(%" G_GINT64_FORMAT ")", id);
  sandbox_assert_status (deleted, 204);
  g_assert_cmpint (find ("Robots", filter), ==, 0);
}

static void
test_assign (void)
{
  gint64 id = create ("Users", "{\"UserName\":\"rolf\"," POLICY "}");
  gint64 developer = find ("Roles", "Name eq 'Automation Developer'");
  g_autofree char *body = g_strdup_printf ("{\"roleIds\":[%" G_GINT64_FORMAT "]}", developer);
  g_autoptr (SandboxAnswer) assigned
      = send ("POST", body, "odata/Users(%" G_GINT64_FORMAT ")/" US "AssignRoles", id);
  g_autoptr (SandboxAnswer) toggled = NULL;
  g_autoptr (SandboxAnswer) unknown = NULL;

  sandbox_assert_status (assigned, 200);
  g_assert_true (has_role (id, "Automation Developer"));

  toggled = send ("POST", "{\"role\":\"Viewer\",\"toggle\":true}",
                  "odata/Users(%" G_GINT64_FORMAT ")/" US "ToggleRole", id);
  sandbox_assert_status (toggled, 200);
  g_assert_true (has_role (id, "Viewer"));

  unknown = send ("POST", "{\"roleIds\":[987654]}",
                  "odata/Users(%" G_GINT64_FORMAT ")/" US "AssignRoles", id);
  sandbox_assert_error (unknown, 404, 1002);
  g_assert_true (has_role (id, "Viewer"));
}

/* Whatever way one tries, an administrator stays. */
static void
test_last_administrator (void)
{
  gint64 admin = find ("Users", "UserName eq 'admin'");
  gint64 role = find ("Roles", "Name eq 'Administrator'");
  g_autofree char *removed
      = g_strdup_printf ("{\"addedUserIds\":[],\"removedUserIds\":[%" G_GINT64_FORMAT "]}", admin);
  g_autoptr (SandboxAnswer) none = send (
      "POST", "{\"roleIds\":[]}", "odata/Users(%" G_GINT64_FORMAT ")/" US "AssignRoles", admin);
  g_autoptr (SandboxAnswer) off
      = send ("POST", "{\"role\":\"Administrator\",\"toggle\":false}",
              "odata/Users(%" G_GINT64_FORMAT ")/" US "ToggleRole", admin);
  g_autoptr (SandboxAnswer) inactive
      = send ("PATCH", "{\"IsActive\":false}", "odata/Users(%" G_GINT64_FORMAT ")", admin);
  g_autoptr (SandboxAnswer) set
      = send ("POST", removed, "odata/Roles(%" G_GINT64_FORMAT ")/" US "SetUsers", role);
  g_autoptr (SandboxAnswer) gone
      = send ("DELETE", NULL, "odata/Users(%" G_GINT64_FORMAT ")", admin);

  sandbox_assert_error (none, 409, 1017);
  sandbox_assert_error (off, 409, 1017);
  sandbox_assert_error (inactive, 409, 1017);
  sandbox_assert_error (set, 409, 1017);
  sandbox_assert_error (gone, 409, 1017);
  g_assert_true (has_role (admin, "Administrator"));
}

static void
test_roles (void)
{
  gint64 id = create ("Roles", "{\"Name\":\"Watcher\",\"Permissions\":["
                               "{\"Name\":\"Jobs.View\",\"IsGranted\":true},"
                               "{\"Name\":\"Users.View\",\"IsGranted\":false}]}");
  g_autoptr (SandboxAnswer) role
      = send ("GET", NULL, "odata/Roles(%" G_GINT64_FORMAT ")?$expand=Permissions", id);
  JsonArray *permissions = baton_json_peek_array (role->json, "Permissions");
  gint64 administrator = find ("Roles", "Name eq 'Administrator'");
  g_autoptr (SandboxAnswer) wrong
      = send ("POST", "{\"Name\":\"X\",\"Permissions\":[{\"Name\":\"Cake.Eat\"}]}", "odata/Roles");
  g_autoptr (SandboxAnswer) replaced = send ("PUT", "{\"Name\":\"Watcher\",\"Permissions\":[]}",
                                             "odata/Roles(%" G_GINT64_FORMAT ")", id);
  g_autoptr (SandboxAnswer) is_static
      = send ("PUT", "{\"Name\":\"Emperor\"}", "odata/Roles(%" G_GINT64_FORMAT ")", administrator);
  g_autoptr (SandboxAnswer) stays
      = send ("DELETE", NULL, "odata/Roles(%" G_GINT64_FORMAT ")", administrator);
  g_autoptr (SandboxAnswer) goes = send ("DELETE", NULL, "odata/Roles(%" G_GINT64_FORMAT ")", id);

  g_assert_cmpuint (baton_json_length (permissions), ==, 1);
  g_assert_cmpstr (baton_json_peek_string (baton_json_peek_object_at (permissions, 0), "Name"), ==,
                   "Jobs.View");
  sandbox_assert_error (wrong, 400, 1009);
  g_assert_cmpint (find ("Roles", "Name eq 'X'"), ==, 0);
  sandbox_assert_status (replaced, 200);
  sandbox_assert_error (is_static, 409, 1017);
  sandbox_assert_error (stays, 409, 1017);
  sandbox_assert_status (goes, 204);
}

/* What a role gives is so at the next request, and so is what it no longer gives. */
static void
test_enforced (void)
{
  gint64 viewer = find ("Users", "UserName eq 'viewer'");
  gint64 role = create ("Roles", "{\"Name\":\"Machinist\",\"Permissions\":["
                                 "{\"Name\":\"Machines.Create\",\"IsGranted\":true}]}");
  g_autofree char *added
      = g_strdup_printf ("{\"addedUserIds\":[%" G_GINT64_FORMAT "],\"removedUserIds\":[]}", viewer);
  guint statuses[3];
  const char *const names[] = { "V-0", "V-1", "V-2" };

  for (int i = 0; i < 3; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"Name\":\"%s\"}", names[i]);
      g_autoptr (SandboxAnswer) made
          = sandbox_test_send (test, "POST", "odata/Machines", VIEWER, 0, NULL, body);
      g_autoptr (SandboxAnswer) changed
          = i == 0 ? send ("POST", added, "odata/Roles(%" G_GINT64_FORMAT ")/" US "SetUsers", role)
                   : send ("DELETE", NULL, "odata/Roles(%" G_GINT64_FORMAT ")", role);

      statuses[i] = made->status;
      if (i < 2)
        g_assert_cmpuint (changed->status, ==, 204);
    }

  g_assert_cmpuint (statuses[0], ==, 403);
  g_assert_cmpuint (statuses[1], ==, 201);
  g_assert_cmpuint (statuses[2], ==, 403);
}

/* Everybody may change his own name, and no more. */
static void
test_own_profile (void)
{
  gint64 viewer = find ("Users", "UserName eq 'viewer'");
  gint64 admin = find ("Users", "UserName eq 'admin'");
  g_autofree char *own = g_strdup_printf ("odata/Users(%" G_GINT64_FORMAT ")", viewer);
  g_autofree char *other = g_strdup_printf ("odata/Users(%" G_GINT64_FORMAT ")", admin);
  g_autoptr (SandboxAnswer) name
      = sandbox_test_send (test, "PATCH", own, VIEWER, 0, NULL, "{\"Name\":\"Vera\"}");
  g_autoptr (SandboxAnswer) roles = sandbox_test_send (test, "PATCH", own, VIEWER, 0, NULL,
                                                       "{\"RolesList\":[\"Administrator\"]}");
  g_autoptr (SandboxAnswer) foreign
      = sandbox_test_send (test, "PATCH", other, VIEWER, 0, NULL, "{\"Name\":\"Bob\"}");
  g_autoptr (SandboxAnswer) created = sandbox_test_send (test, "POST", "odata/Users", VIEWER, 0,
                                                         NULL, "{\"UserName\":\"x\"," POLICY "}");

  sandbox_assert_status (name, 200);
  sandbox_assert_status (roles, 403);
  sandbox_assert_status (foreign, 403);
  sandbox_assert_status (created, 403);
}

static void
test_culture (void)
{
  g_autoptr (SandboxAnswer) known
      = send ("POST", "{\"culture\":\"ja\"}", "odata/Users/" US "ChangeCulture");
  g_autoptr (SandboxAnswer) unknown
      = send ("POST", "{\"culture\":\"tlh\"}", "odata/Users/" US "ChangeCulture");

  sandbox_assert_status (known, 200);
  sandbox_assert_error (unknown, 400, 1009);
}

static void
test_validate (void)
{
  gint64 user = find ("Users", "UserName eq 'viewer'");
  g_autofree char *member = g_strdup_printf ("%" G_GINT64_FORMAT, user);
  g_autoptr (SandboxAnswer) valid = send (
      "GET", NULL, "odata/Users/" US "Validate(userIds=[%" G_GINT64_FORMAT ",987654])", user);
  JsonObject *value = baton_json_peek_object (valid->json, "value");

  sandbox_assert_status (valid, 200);
  g_assert_true (baton_json_peek_bool (value, member, FALSE));
  g_assert_true (baton_json_has (value, "987654"));
}

static gint64
count_jobs (gint64 folder, gint64 *first_folder)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_send (
      test, "GET", "odata/Jobs?$count=true&$top=1", VIEWER, folder, NULL, NULL);

  sandbox_assert_status (answer, 200);
  *first_folder = baton_json_peek_int (
      baton_json_peek_object_at (baton_json_peek_array (answer->json, "value"), 0),
      "OrganizationUnitId", 0);

  return baton_json_peek_int (answer->json, "@odata.count", -1);
}

/* Gives the user exactly one role in a folder, or none where @role is 0. */
static void
assign_in_folder (gint64 user, gint64 folder, gint64 role)
{
  g_autofree char *roles = role != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, role) : g_strdup ("");
  g_autofree char *body = g_strdup_printf ("{\"assignments\":{\"UserIds\":[%" G_GINT64_FORMAT
                                           "],\"RolesPerFolder\":[{\"FolderId\":"
                                           "%" G_GINT64_FORMAT ",\"RoleIds\":[%s]}]}}",
                                           user, folder, roles);
  g_autoptr (SandboxAnswer) answer = send ("POST", body, "odata/Folders/" US "AssignUsers");

  sandbox_assert_status (answer, 204);
}

/* Takes all roles of the viewer, in the tenant and in its folders. */
static void
strip_viewer (gint64 viewer)
{
  g_autoptr (SandboxAnswer) none = send (
      "POST", "{\"roleIds\":[]}", "odata/Users(%" G_GINT64_FORMAT ")/" US "AssignRoles", viewer);
  g_autoptr (SandboxAnswer) folders = send ("GET", NULL, "odata/Folders");
  JsonArray *list = baton_json_peek_array (folders->json, "value");

  sandbox_assert_status (none, 200);
  for (guint i = 0; i < baton_json_length (list); i++)
    assign_in_folder (viewer, baton_json_peek_int (baton_json_peek_object_at (list, i), "Id", 0),
                      0);
}

static gint64
find_job_in (gint64 folder)
{
  g_autofree char *filter = g_strdup_printf ("OrganizationUnitId eq %" G_GINT64_FORMAT, folder);

  return find ("Jobs", filter);
}

/* A role in one folder opens that one, by whatever way, and no other. The viewer loses his roles,
 * so that it and what follows comes last. */
static void
test_folder_role (void)
{
  gint64 viewer = find ("Users", "UserName eq 'viewer'");
  gint64 finance = find ("Folders", "FullyQualifiedName eq 'Finance/Treasury'");
  g_autofree char *own
      = g_strdup_printf ("odata/Jobs(%" G_GINT64_FORMAT ")", find_job_in (finance));
  g_autofree char *foreign
      = g_strdup_printf ("odata/Jobs(%" G_GINT64_FORMAT ")", find_job_in (test->shared));
  gint64 inside, over_all, folder;

  strip_viewer (viewer);
  {
    g_autoptr (SandboxAnswer) before
        = sandbox_test_send (test, "GET", "odata/Jobs", VIEWER, 0, NULL, NULL);

    sandbox_assert_status (before, 403);
  }

  assign_in_folder (viewer, finance, find ("Roles", "Name eq 'Automation User'"));
  inside = count_jobs (finance, &folder);
  over_all = count_jobs (0, &folder);
  g_assert_cmpint (inside, >, 0);
  g_assert_cmpint (over_all, ==, inside);
  g_assert_cmpint (folder, ==, finance);

  {
    g_autoptr (SandboxAnswer) elsewhere
        = sandbox_test_send (test, "GET", "odata/Jobs", VIEWER, test->shared, NULL, NULL);
    g_autoptr (SandboxAnswer) mine = sandbox_test_send (test, "GET", own, VIEWER, 0, NULL, NULL);
    g_autoptr (SandboxAnswer) theirs
        = sandbox_test_send (test, "GET", foreign, VIEWER, 0, NULL, NULL);
    g_autoptr (SandboxAnswer) machines
        = sandbox_test_send (test, "GET", "odata/Machines", VIEWER, 0, NULL, NULL);
    /* Tenant-wide (fact sheet 6.18). */
    g_autoptr (SandboxAnswer) tenant = sandbox_test_send (
        test, "GET", "odata/Users/" US "GetCurrentPermissions", VIEWER, 0, NULL, NULL);

    sandbox_assert_status (elsewhere, 403);
    sandbox_assert_status (mine, 200);
    sandbox_assert_error (theirs, 404, 1002);
    sandbox_assert_status (machines, 403);
    g_assert_cmpuint (baton_json_length (baton_json_peek_array (tenant->json, "Permissions")), ==,
                      0);
  }
}

static guint ask_as_viewer (const char *method, const char *body, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* To "odata/Folders", and what @format makes. @body: (nullable): JSON in which ' stands for ".
 * Returns: the status. */
static guint
ask_as_viewer (const char *method, const char *body, const char *format, ...)
{
  g_autofree char *quoted = g_strdup (body);
  g_autoptr (GString) address = g_string_new ("odata/Folders");
  g_autoptr (SandboxAnswer) answer = NULL;
  va_list arguments;

  va_start (arguments, format);
  g_string_append_vprintf (address, format, arguments);
  va_end (arguments);
  answer = sandbox_test_send (test, method, address->str, VIEWER, 0, NULL,
                              quoted != NULL ? g_strdelimit (quoted, "'", '"') : NULL);

  return answer->status;
}

/* Returns: Roles.Id of a new role, which gives this alone. */
static gint64
create_right (gsize number, const char *permission)
{
  g_autofree char *body = g_strdup_printf ("{\"Name\":\"%s %d\",\"Permissions\":[{\"Name\":\"%s\","
                                           "\"IsGranted\":true}]}",
                                           permission, (int)number, permission);

  return create ("Roles", body);
}

/* Where the definition names several permissions, or one for a part of what is asked. */
static void
test_permissions (void)
{
  static const struct
  {
    const char *permission;
    const char *method;
    const char *address;
    const char *body; /* (nullable) */
    guint status;
  } cases[] = {
    { "Users.View", "GET", "odata/Robots/" US "FindAllAcrossFolders", NULL, 200 },
    { "Machines.Edit", "GET", "odata/Robots/" US "FindAllAcrossFolders", NULL, 200 },
    { "Jobs.View", "GET", "odata/Robots/" US "FindAllAcrossFolders", NULL, 403 },
    { "Robots.View", "GET", "odata/Robots/" US "GetConfiguredRobots", NULL, 200 },
    { "Robots.View", "GET", "odata/Robots/" US "GetConfiguredRobots?$expand=User", NULL, 403 },
    { "Processes.Create", "POST", "odata/Releases",
      "{\"Name\":\"Unwatched\",\"ProcessKey\":\"Invoice_Posting\",\"ProcessVersion\":\"1.1.3\"}",
      201 },
    { "Processes.Create", "POST", "odata/Releases",
      "{\"Name\":\"Watched\",\"ProcessKey\":\"Invoice_Posting\",\"ProcessVersion\":\"1.1.3\","
      "\"RemoteControlAccess\":\"Full\"}",
      403 },
  };
  gint64 viewer = find ("Users", "UserName eq 'viewer'");

  strip_viewer (viewer);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *roles = g_strdup_printf ("{\"roleIds\":[%" G_GINT64_FORMAT "]}",
                                                create_right (i, cases[i].permission));
      g_autoptr (SandboxAnswer) given
          = send ("POST", roles, "odata/Users(%" G_GINT64_FORMAT ")/" US "AssignRoles", viewer);
      g_autoptr (SandboxAnswer) answer = sandbox_test_send (
          test, cases[i].method, cases[i].address, VIEWER, test->shared, NULL, cases[i].body);

      g_test_message ("%s %s", cases[i].permission, cases[i].address);
      sandbox_assert_status (given, 200);
      sandbox_assert_status (answer, cases[i].status);
    }
}

static guint
move_as_viewer (gint64 folder, gint64 target)
{
  return ask_as_viewer ("PUT", NULL,
                        "(%" G_GINT64_FORMAT ")/" US "MoveFolder?targetParentId=%" G_GINT64_FORMAT,
                        folder, target);
}

/* SubFolders.* of a role in a folder: for what lies in it, and for nothing else. */
static void
test_folder_administrator (void)
{
  gint64 viewer = find ("Users", "UserName eq 'viewer'");
  gint64 own = create ("Folders", "{\"DisplayName\":\"Department\"}");
  gint64 other = test->shared;
  gint64 role = create ("Roles", "{\"Name\":\"Head\",\"Type\":\"Folder\",\"Permissions\":["
                                 "{\"Name\":\"SubFolders.View\",\"IsGranted\":true},"
                                 "{\"Name\":\"SubFolders.Create\",\"IsGranted\":true},"
                                 "{\"Name\":\"SubFolders.Edit\",\"IsGranted\":true},"
                                 "{\"Name\":\"SubFolders.Delete\",\"IsGranted\":true}]}");
  gint64 user = find ("Roles", "Name eq 'Automation User'");
  const gint64 folders[] = { own, other };
  gint64 team, office;

  strip_viewer (viewer);
  g_assert_cmpuint (ask_as_viewer ("GET", NULL, "(%" G_GINT64_FORMAT ")", own), ==, 403);
  assign_in_folder (viewer, own, role);

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      gint64 folder = folders[i];
      gboolean may = folder == own;
      g_autofree char *below
          = g_strdup_printf ("{'DisplayName':'Team','ParentId':%" G_GINT64_FORMAT "}", folder);
      g_autofree char *people
          = g_strdup_printf ("{'assignments':{'UserIds':[%" G_GINT64_FORMAT
                             "],'RolesPerFolder':[{'FolderId':%" G_GINT64_FORMAT
                             ",'RoleIds':[%" G_GINT64_FORMAT "]}]}}",
                             find ("Users", "UserName eq 'zofia.nowak'"), folder, user);
      g_autofree char *machines = g_strdup_printf (
          "{'assignments':{'MachineIds':[1],'FolderIds':[%" G_GINT64_FORMAT "]}}", folder);

      g_assert_cmpuint (ask_as_viewer ("POST", below, "%s", ""), ==, may ? 201 : 403);
      g_assert_cmpuint (ask_as_viewer ("POST", people, "/" US "AssignUsers"), ==, may ? 204 : 403);
      g_assert_cmpuint (ask_as_viewer ("POST", machines, "/" US "AssignMachines"), ==,
                        may ? 204 : 403);
      g_assert_cmpuint (ask_as_viewer ("GET", NULL,
                                       "/" US "GetUsersForFolder(key=%" G_GINT64_FORMAT
                                       ",includeInherited=false)",
                                       folder),
                        ==, may ? 200 : 403);
      g_assert_cmpuint (ask_as_viewer ("GET", NULL,
                                       "/" US "GetMachinesForFolder(key=%" G_GINT64_FORMAT ")",
                                       folder),
                        ==, may ? 200 : 403);
      g_assert_cmpuint (ask_as_viewer ("POST", "{'machineIds':[1]}",
                                       "(%" G_GINT64_FORMAT ")/" US "RemoveMachinesFromFolder",
                                       folder),
                        ==, may ? 204 : 403);
    }
  g_assert_cmpuint (ask_as_viewer ("POST", "{'DisplayName':'Top'}", "%s", ""), ==, 403);
  g_assert_cmpuint (
      ask_as_viewer ("PUT", "{'DisplayName':'Mine'}", "(%" G_GINT64_FORMAT ")", other), ==, 403);
  g_assert_cmpuint (ask_as_viewer ("DELETE", NULL, "(%" G_GINT64_FORMAT ")", other), ==, 403);

  team = find ("Folders", "FullyQualifiedName eq 'Department/Team'");
  office = find ("Folders", "FullyQualifiedName eq 'Warehouse'");
  g_assert_cmpuint (ask_as_viewer ("PUT", NULL, "(%" G_GINT64_FORMAT ")/" US "MoveFolder", team),
                    ==, 403);
  g_assert_cmpuint (move_as_viewer (team, other), ==, 403);
  g_assert_cmpuint (ask_as_viewer ("DELETE", NULL, "(%" G_GINT64_FORMAT ")", office), ==, 403);
  g_assert_cmpuint (ask_as_viewer ("DELETE", NULL, "(%" G_GINT64_FORMAT ")", team), ==, 204);
}

/* Moving a folder takes the rights to delete, to create and to edit (definition). */
static void
test_move_folder (void)
{
  static const char *const rights[] = { "Units.Delete", "Units.Create", "Units.Edit" };
  gint64 viewer = find ("Users", "UserName eq 'viewer'");
  gint64 target = create ("Folders", "{\"DisplayName\":\"Target\"}");
  gint64 folder = create ("Folders", "{\"DisplayName\":\"Moved\"}");

  strip_viewer (viewer);
  for (gsize i = 0; i < G_N_ELEMENTS (rights); i++)
    {
      g_autofree char *added = g_strdup_printf (
          "{\"addedUserIds\":[%" G_GINT64_FORMAT "],\"removedUserIds\":[]}", viewer);
      g_autoptr (SandboxAnswer) given = NULL;

      g_assert_cmpuint (move_as_viewer (folder, target), ==, 403);
      given = send ("POST", added, "odata/Roles(%" G_GINT64_FORMAT ")/" US "SetUsers",
                    create_right (99, rights[i]));
      sandbox_assert_status (given, 204);
    }
  g_assert_cmpuint (move_as_viewer (folder, target), ==, 204);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = sandbox_test_start ("--jobs=1000", NULL);

  g_test_add_func ("/sandbox/users/create", test_create);
  g_test_add_func ("/sandbox/users/refused", test_refused);
  g_test_add_func ("/sandbox/users/unattended", test_unattended);
  g_test_add_func ("/sandbox/users/assign", test_assign);
  g_test_add_func ("/sandbox/users/last-administrator", test_last_administrator);
  g_test_add_func ("/sandbox/users/roles", test_roles);
  g_test_add_func ("/sandbox/users/enforced", test_enforced);
  g_test_add_func ("/sandbox/users/own-profile", test_own_profile);
  g_test_add_func ("/sandbox/users/culture", test_culture);
  g_test_add_func ("/sandbox/users/validate", test_validate);
  g_test_add_func ("/sandbox/users/folder-role", test_folder_role);
  g_test_add_func ("/sandbox/users/permissions", test_permissions);
  g_test_add_func ("/sandbox/users/folder-administrator", test_folder_administrator);
  g_test_add_func ("/sandbox/users/move-folder", test_move_folder);

  status = g_test_run ();
  sandbox_test_stop (test);

  return status;
}
