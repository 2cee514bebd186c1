/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "sandbox-folder-tree.h"
#include "sandbox-parameter.h"
#include "sandbox-permission.h"
#include "sandbox-statement.h"

/* Which roles an account has in which folders. */

#define US "UiPath.Server.Configuration.OData."
#define ERROR_NOT_FOUND 1002
#define MAX_TAKE 1000

/* Of the account ?1, in the folders of the JSON array ?3 or, where that is NULL, in all:
 * RoleUsersDto of a role "r". */
#define ROLE                                                                                       \
  "json_object('Id', r.\"Id\", 'Name', r.\"Name\", 'Users', json_array(json_object('Id', "         \
  "u.\"Id\","                                                                                      \
  " 'UserName', u.\"UserName\", 'IsInherited', json('false'), 'Source', 'Orchestrator')))"
#define FOLDERS                                                                                    \
  " FROM \"FolderUsers\" l JOIN \"Folders\" f ON f.\"Id\" = l.\"FolderId\""                        \
  " JOIN \"Users\" u ON u.\"Id\" = l.\"UserId\" LEFT JOIN \"Roles\" r ON r.\"Id\" = l.\"RoleId\""  \
  " WHERE l.\"UserId\" = ?1 AND (?2 = '' OR instr(lower(f.\"FullyQualifiedName\"), lower(?2)))"    \
  " AND (?3 IS NULL OR f.\"Id\" IN (SELECT value FROM json_each(?3)))"

/* Returns: (transfer full) (nullable): the folders whose roles the caller may see as JSON, NULL
 * where he may see all. */
static char *
list_folders (SandboxRequest *request)
{
  gboolean all;
  g_autoptr (GArray) folders = NULL;
  GString *json;

  if (sandbox_permission_has (request->store, request->user, "Units.View"))
    return NULL;

  folders = sandbox_permission_list_folders (request->store, request->tenant, request->user, &all);
  json = g_string_new ("[");
  for (guint i = 0; i < folders->len; i++)
    {
      gint64 folder = g_array_index (folders, gint64, i);

      if (sandbox_permission_has_in (request->store, request->user, folder, "SubFolders.View"))
        g_string_append_printf (json, "%s%" G_GINT64_FORMAT, json->len > 1 ? "," : "", folder);
    }
  g_string_append_c (json, ']');

  return g_string_free (json, FALSE);
}

/* Definition: UserRoleAssignmentsDto, of the OData function and of the navigation alike. */
static void
roles_for_user_cb (SandboxRequest *request)
{
  const char *name = sandbox_parameter_require_text (request, "username");
  const char *text = sandbox_request_get_query (request, "searchText");
  gint64 skip = 0, take = MAX_TAKE;
  gint64 user, count;
  g_autofree char *folders = list_folders (request);
  g_autofree char *tenant_roles = NULL;
  g_autofree char *page = NULL;
  GString *json;

  if (name == NULL || !sandbox_parameter_read_int (request, "skip", 0, G_MAXINT32, &skip)
      || !sandbox_parameter_read_int (request, "take", 0, MAX_TAKE, &take))
    return;
  user = sandbox_statement_ask (
      request->store, "SELECT \"Id\" FROM \"Users\" WHERE \"UserName\" = ? AND \"TenantId\" = ?",
      "si", name, request->tenant);
  if (user == 0)
    {
      sandbox_reply_error (request, 404, ERROR_NOT_FOUND, "The user %s does not exist.", name);
      return;
    }

  text = text != NULL ? text : "";
  tenant_roles = sandbox_statement_ask_text (
      request->store,
      "SELECT json_group_array(" ROLE ") FROM \"UserRoles\" l JOIN \"Users\" u ON u.\"Id\" ="
      " l.\"UserId\" JOIN \"Roles\" r ON r.\"Id\" = l.\"RoleId\" WHERE l.\"UserId\" = ?",
      "i", user);
  page = sandbox_statement_ask_text (
      request->store,
      "SELECT json_group_array(json(item)) FROM (SELECT json_object('Folder', json_object('Id',"
      " f.\"Id\", 'DisplayName', f.\"DisplayName\", 'FullyQualifiedName',"
      " f.\"FullyQualifiedName\"), 'Roles', json_group_array(" ROLE ")"
      " FILTER (WHERE r.\"Id\" IS NOT NULL)) AS item" FOLDERS " GROUP BY f.\"Id\""
      " ORDER BY f.\"FullyQualifiedName\" LIMIT ?4 OFFSET ?5)",
      "issii", user, text, folders, take, skip);
  count = sandbox_statement_ask (request->store, "SELECT count(DISTINCT f.\"Id\")" FOLDERS, "iss",
                                 user, text, folders);

  json = g_str_has_prefix (request->path, "/odata/")
             ? sandbox_request_begin_json (request, US "UserRoleAssignmentsDto")
             : g_string_new ("{");
  g_string_append_printf (json,
                          "\"Id\":%" G_GINT64_FORMAT ",\"TenantRoles\":%s,\"PageItems\":%s,"
                          "\"Count\":%" G_GINT64_FORMAT "}",
                          user, folders == NULL ? tenant_roles : "[]", page, count);
  sandbox_reply_json (request, 200, json);
}

const SandboxOperation sandbox_folder_roles_operations[] = {
  { "GET", "/odata/Folders/" US "GetAllRolesForUser", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, SANDBOX_FOLDER_VIEW,
    roles_for_user_cb },
  { "GET", "/api/FoldersNavigation/GetAllRolesForUser", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, SANDBOX_FOLDER_VIEW,
    roles_for_user_cb },
  { NULL },
};
