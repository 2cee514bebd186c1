/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "baton-json.h"
#include "sandbox-audit.h"
#include "sandbox-body.h"
#include "sandbox-enums.h"
#include "sandbox-folder-tree.h"
#include "sandbox-list.h"
#include "sandbox-parameter.h"
#include "sandbox-permission.h"
#include "sandbox-row.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-write.h"

/* Who and what is assigned to folders (fact sheet 6.1). */

#define US "UiPath.Server.Configuration.OData."
#define ERROR_NOT_FOUND 1002
#define ERROR_INVALID_ARGUMENT 1009
#define ERROR_PARAMETER_MISSING 1014
/* Definition: who sees the users of a folder. */
#define VIEW_USERS SANDBOX_FOLDER_VIEW "|Assets.Create|Assets.Edit"

static const SandboxBodyField roles_fields[] = {
  { "FolderId", SANDBOX_BODY_INT },
  { "RoleIds", SANDBOX_BODY_ARRAY },
  { NULL },
};

/* Answers where the tenant has no such row. */
static gboolean
check_row (SandboxRequest *request, const char *table, gint64 id)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT 1 FROM \"%s\" WHERE rowid = ? AND \"TenantId\" = ?", table);

  if (sandbox_statement_ask (request->store, sql, "ii", id, request->tenant) != 0)
    return TRUE;

  sandbox_reply_error (request, 404, ERROR_NOT_FOUND, "%s %" G_GINT64_FORMAT " does not exist.",
                       table, id);

  return FALSE;
}

static gboolean
check_rows (SandboxRequest *request, const char *table, GArray *ids)
{
  for (guint i = 0; i < ids->len; i++)
    if (!check_row (request, table, g_array_index (ids, gint64, i)))
      return FALSE;

  return TRUE;
}

/* Answers where there is no such folder, or the caller may not do there what it takes
 * @permission for. */
static gboolean
check_folder (SandboxRequest *request, gint64 folder, const char *permission)
{
  return check_row (request, "Folders", folder)
         && sandbox_permission_check_in (request, folder, permission);
}

/* Returns: (transfer full) (nullable): the ids of rows that are all there, else NULL with an
 * answer. */
static GArray *
read_rows (SandboxRequest *request, JsonObject *object, const char *name, const char *table)
{
  g_autoptr (GArray) ids = sandbox_body_read_ids (request, object, name);

  return ids != NULL && check_rows (request, table, ids) ? g_steal_pointer (&ids) : NULL;
}

/* Returns: (transfer none) (nullable): the object @name that the body is about, NULL with an answer
 * where it does not fit. */
static JsonObject *
read_wrapped (SandboxRequest *request, const char *name, const SandboxBodyField *fields)
{
  const SandboxBodyField outer[] = { { name, SANDBOX_BODY_OBJECT }, { NULL } };
  JsonObject *object;

  if (!sandbox_body_check (request, request->body, "parameters", outer))
    return NULL;
  object = baton_json_peek_object (request->body, name);

  return sandbox_body_check (request, object, name, fields) ? object : NULL;
}

static void
tell (SandboxRequest *request, gint64 folder, const char *action)
{
  g_autofree char *name = sandbox_statement_ask_text (
      request->store, "SELECT \"FullyQualifiedName\" FROM \"Folders\" WHERE \"Id\" = ?", "i",
      folder);

  sandbox_audit (request, "Folders", action, folder, name, request->body);
}

/* Commits and answers 204 where @ok, else takes back what has been done; an answer is there then.
 */
static void
finish (SandboxRequest *request, gboolean ok)
{
  if (!ok)
    {
      sandbox_store_rollback (request->store);
      return;
    }
  sandbox_folder_tree_refresh (request->store, request->tenant);
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 204);
}

/* @roles: FolderRolesDto of the body. The roles of an account in a folder are those of the last
 * assignment. */
static gboolean
assign_users (SandboxRequest *request, GArray *users, JsonArray *roles)
{
  for (guint i = 0; i < baton_json_length (roles); i++)
    {
      JsonObject *object = baton_json_peek_object_at (roles, i);
      gint64 folder = baton_json_peek_int (object, "FolderId", 0);
      g_autoptr (GArray) ids = NULL;

      if (!sandbox_body_check (request, object, "folderRolesDto", roles_fields)
          || !check_folder (request, folder, SANDBOX_FOLDER_EDIT)
          || (ids = read_rows (request, object, "RoleIds", "Roles")) == NULL)
        return FALSE;

      for (guint j = 0; j < users->len; j++)
        {
          gint64 user = g_array_index (users, gint64, j);

          sandbox_statement_run (request->store,
                                 "DELETE FROM \"FolderUsers\" WHERE \"FolderId\" = ?"
                                 " AND \"UserId\" = ?",
                                 "ii", folder, user);
          if (ids->len == 0)
            sandbox_folder_tree_assign (request->store, request->tenant, folder, user, 0);
          for (guint k = 0; k < ids->len; k++)
            sandbox_folder_tree_assign (request->store, request->tenant, folder, user,
                                        g_array_index (ids, gint64, k));
        }
      tell (request, folder, "Associate");
    }

  return TRUE;
}

/* Definition: UserAssignmentsDto. */
static void
assign_users_cb (SandboxRequest *request)
{
  static const SandboxBodyField fields[] = {
    { "UserIds", SANDBOX_BODY_ARRAY },
    { "RolesPerFolder", SANDBOX_BODY_ARRAY },
    { NULL },
  };
  JsonObject *object = read_wrapped (request, "assignments", fields);
  g_autoptr (GArray) users = NULL;

  if (object == NULL || (users = read_rows (request, object, "UserIds", "Users")) == NULL)
    return;

  sandbox_store_begin (request->store);
  finish (request, assign_users (request, users, baton_json_peek_array (object, "RolesPerFolder")));
}

/* Definition: DomainUserAssignmentDto. An account of the directory that the tenant does not know
 * yet comes to it by this. Returns: Users.Id. */
static gint64
find_or_add_user (SandboxRequest *request, JsonObject *object)
{
  const char *name = baton_json_peek_string (object, "UserName");
  const char *directory = baton_json_peek_string (object, "DirectoryIdentifier");
  gint64 id = sandbox_statement_ask (request->store,
                                     "SELECT \"Id\" FROM \"Users\" WHERE \"TenantId\" = ?"
                                     " AND (\"UserName\" = ? OR \"DirectoryIdentifier\" = ?)",
                                     "iss", request->tenant, name, directory);
  g_autofree char *key = g_uuid_string_random ();

  if (id != 0)
    return id;

  return sandbox_insert (
      request->store, "Users", SANDBOX_INT ("TenantId", request->tenant), SANDBOX_TEXT ("Key", key),
      SANDBOX_TEXT ("UserName", name), SANDBOX_TEXT ("FullName", name),
      SANDBOX_TEXT ("Domain", baton_json_peek_string (object, "Domain")),
      SANDBOX_TEXT ("DirectoryIdentifier", directory),
      SANDBOX_INT ("Type", sandbox_body_get_enum (object, "UserType", sandbox_enum_user_type, 2)),
      SANDBOX_INT ("IsActive", TRUE));
}

static void
assign_domain_user_cb (SandboxRequest *request)
{
  static const SandboxBodyField fields[] = {
    { "Domain", SANDBOX_BODY_TEXT },
    { "UserName", SANDBOX_BODY_TEXT, 1 },
    { "DirectoryIdentifier", SANDBOX_BODY_TEXT },
    { "UserType", SANDBOX_BODY_ENUM, .names = sandbox_enum_user_type },
    { "RolesPerFolder", SANDBOX_BODY_ARRAY },
    { NULL },
  };
  JsonObject *object = read_wrapped (request, "assignment", fields);
  g_autoptr (GArray) users = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 user;

  if (object == NULL)
    return;
  if (!sandbox_body_has (object, "UserName"))
    {
      sandbox_reply_error (request, 400, ERROR_PARAMETER_MISSING,
                           "The UserName field is required.");
      return;
    }

  sandbox_store_begin (request->store);
  user = find_or_add_user (request, object);
  g_array_append_val (users, user);
  finish (request, assign_users (request, users, baton_json_peek_array (object, "RolesPerFolder")));
}

/* Answers where there is no such folder, or the caller may not change it. Returns: its id, or 0. */
static gint64
find_folder (SandboxRequest *request)
{
  gint64 folder = sandbox_write_find_row (request, &sandbox_set_folders, "Id", request->key);

  return folder != 0 && sandbox_permission_check_in (request, folder, SANDBOX_FOLDER_EDIT) ? folder : 0;
}

static void
remove_user (SandboxRequest *request, gint64 folder, gint64 user)
{
  if (sandbox_statement_ask (request->store,
                             "SELECT 1 FROM \"FolderUsers\" WHERE \"FolderId\" = ?"
                             " AND \"UserId\" = ?",
                             "ii", folder, user)
      == 0)
    {
      sandbox_reply_error (request, 404, ERROR_NOT_FOUND,
                           "The user is not assigned to this folder.");
      return;
    }

  sandbox_store_begin (request->store);
  sandbox_statement_run (request->store,
                         "DELETE FROM \"FolderUsers\" WHERE \"FolderId\" = ? AND \"UserId\" = ?",
                         "ii", folder, user);
  tell (request, folder, "Unassign");
  finish (request, TRUE);
}

static void
remove_user_cb (SandboxRequest *request)
{
  static const SandboxBodyField fields[] = { { "userId", SANDBOX_BODY_INT }, { NULL } };
  gint64 folder = find_folder (request);

  if (folder != 0 && sandbox_body_check (request, request->body, "parameters", fields))
    remove_user (request, folder, baton_json_peek_int (request->body, "userId", 0));
}

static void
remove_user_by_key_cb (SandboxRequest *request)
{
  static const SandboxBodyField fields[] = { { "userKey", SANDBOX_BODY_GUID }, { NULL } };
  gint64 folder = find_folder (request);
  g_autofree char *key = NULL;

  if (folder == 0 || !sandbox_body_check (request, request->body, "parameters", fields))
    return;

  key = g_strdup (baton_json_peek_string (request->body, "userKey"));
  remove_user (request, folder,
               sandbox_statement_ask (
                   request->store,
                   "SELECT \"Id\" FROM \"Users\" WHERE \"Key\" = lower(?) AND \"TenantId\" = ?",
                   "si", key, request->tenant));
}

static void
assign_machine (SandboxRequest *request, gint64 folder, gint64 machine)
{
  sandbox_statement_run (request->store,
                         "INSERT OR IGNORE INTO \"FolderMachines\" (\"TenantId\", \"FolderId\","
                         " \"MachineId\", \"Propagate\") VALUES (?, ?, ?, 0)",
                         "iii", request->tenant, folder, machine);
}

static void
unassign_machine (SandboxRequest *request, gint64 folder, gint64 machine)
{
  sandbox_statement_run (
      request->store, "DELETE FROM \"FolderMachines\" WHERE \"FolderId\" = ? AND \"MachineId\" = ?",
      "ii", folder, machine);
}

/* Definition: MachineAssignmentsDto. */
static void
assign_machines_cb (SandboxRequest *request)
{
  static const SandboxBodyField fields[] = {
    { "MachineIds", SANDBOX_BODY_ARRAY },
    { "FolderIds", SANDBOX_BODY_ARRAY },
    { NULL },
  };
  JsonObject *object = read_wrapped (request, "assignments", fields);
  g_autoptr (GArray) machines = NULL;
  g_autoptr (GArray) folders = NULL;

  if (object == NULL || (machines = read_rows (request, object, "MachineIds", "Machines")) == NULL
      || (folders = read_rows (request, object, "FolderIds", "Folders")) == NULL)
    return;
  for (guint i = 0; i < folders->len; i++)
    if (!check_folder (request, g_array_index (folders, gint64, i), SANDBOX_FOLDER_EDIT))
      return;

  sandbox_store_begin (request->store);
  for (guint i = 0; i < folders->len; i++)
    {
      for (guint j = 0; j < machines->len; j++)
        assign_machine (request, g_array_index (folders, gint64, i),
                        g_array_index (machines, gint64, j));
      tell (request, g_array_index (folders, gint64, i), "Associate");
    }
  finish (request, TRUE);
}

/* Definition: MachinesFolderAssociationsDto. */
static void
update_machines_cb (SandboxRequest *request)
{
  static const SandboxBodyField fields[] = {
    { "FolderId", SANDBOX_BODY_INT },
    { "AddedMachineIds", SANDBOX_BODY_ARRAY },
    { "RemovedMachineIds", SANDBOX_BODY_ARRAY },
    { NULL },
  };
  JsonObject *object = read_wrapped (request, "associations", fields);
  gint64 folder = baton_json_peek_int (object, "FolderId", 0);
  g_autoptr (GArray) added = NULL;
  g_autoptr (GArray) removed = NULL;

  if (object == NULL || !check_folder (request, folder, SANDBOX_FOLDER_EDIT)
      || (added = read_rows (request, object, "AddedMachineIds", "Machines")) == NULL
      || (removed = read_rows (request, object, "RemovedMachineIds", "Machines")) == NULL)
    return;

  sandbox_store_begin (request->store);
  for (guint i = 0; i < removed->len; i++)
    unassign_machine (request, folder, g_array_index (removed, gint64, i));
  for (guint i = 0; i < added->len; i++)
    assign_machine (request, folder, g_array_index (added, gint64, i));
  tell (request, folder, "Associate");
  finish (request, TRUE);
}

static void
remove_machines_cb (SandboxRequest *request)
{
  static const SandboxBodyField fields[] = { { "machineIds", SANDBOX_BODY_ARRAY }, { NULL } };
  gint64 folder = find_folder (request);
  g_autoptr (GArray) machines = NULL;

  if (folder == 0 || !sandbox_body_check (request, request->body, "parameters", fields)
      || (machines = read_rows (request, request->body, "machineIds", "Machines")) == NULL)
    return;

  sandbox_store_begin (request->store);
  for (guint i = 0; i < machines->len; i++)
    unassign_machine (request, folder, g_array_index (machines, gint64, i));
  tell (request, folder, "Unassign");
  finish (request, TRUE);
}

/* Definition: FolderMachineInheritDto. */
static void
toggle_inherit_cb (SandboxRequest *request)
{
  static const SandboxBodyField fields[] = {
    { "MachineId", SANDBOX_BODY_INT },
    { "FolderId", SANDBOX_BODY_INT },
    { "InheritEnabled", SANDBOX_BODY_BOOL },
    { NULL },
  };
  gint64 folder, machine;

  if (!sandbox_body_check (request, request->body, "folderMachineInheritDto", fields))
    return;
  folder = baton_json_peek_int (request->body, "FolderId", 0);
  machine = baton_json_peek_int (request->body, "MachineId", 0);
  if (!check_folder (request, folder, SANDBOX_FOLDER_EDIT) || !check_row (request, "Machines", machine))
    return;

  sandbox_store_begin (request->store);
  sandbox_statement_run (request->store,
                         "UPDATE \"FolderMachines\" SET \"Propagate\" = ? WHERE \"FolderId\" = ? "
                         "AND \"MachineId\" = ?",
                         "iii",
                         (gint64)baton_json_peek_bool (request->body, "InheritEnabled", FALSE),
                         folder, machine);
  if (sandbox_store_changes (request->store) == 0)
    {
      sandbox_store_rollback (request->store);
      sandbox_reply_error (request, 404, ERROR_NOT_FOUND,
                           "The machine is not assigned to this folder.");
      return;
    }
  tell (request, folder, "Toggle");
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 200);
}

/* Answers the rows of a view that belong to the folder of the argument "key". */
static void
reply_members (SandboxRequest *request,
               const SandboxEntitySet *set,
               SandboxSql *sql,
               const char *permission)
{
  gint64 folder;

  if (!sandbox_parameter_require_id (request, "key", &folder)
      || !check_folder (request, folder, permission))
    return;

  sandbox_sql_add_condition (sql, "t.\"FolderId\" = ?", 1, folder);
  sandbox_list_reply (request, set, sql);
}

static void
users_cb (SandboxRequest *request)
{
  g_autoptr (SandboxSql) sql = sandbox_list_begin_tenant (request, &sandbox_set_folder_users);
  gboolean inherited = FALSE;

  if (!sandbox_parameter_read_bool (request, "includeInherited", &inherited))
    return;

  sandbox_sql_add_condition (sql, "t.\"WithInherited\" = ?", 1, (gint64)inherited);
  reply_members (request, &sandbox_set_folder_users, sql, VIEW_USERS);
}

static void
machines_cb (SandboxRequest *request)
{
  g_autoptr (SandboxSql) sql = sandbox_list_begin_tenant (request, &sandbox_set_folder_machines);

  reply_members (request, &sandbox_set_folder_machines, sql, SANDBOX_FOLDER_VIEW);
}

static void
machine_changes_cb (SandboxRequest *request)
{
  const SandboxEntitySet *set = &sandbox_set_move_folder_machine_changes;
  g_autoptr (SandboxSql) sql = sandbox_list_begin_tenant (request, set);
  gint64 folder, target = 0;

  if (!sandbox_parameter_require_id (request, "folderId", &folder)
      || !sandbox_parameter_read_int (request, "targetParentId", 0, G_MAXINT64, &target)
      || !sandbox_permission_check_in (request, folder, SANDBOX_FOLDER_DELETE)
      || !sandbox_permission_check_in (request, target, SANDBOX_FOLDER_ENTER))
    return;

  sandbox_sql_add_condition (sql, "t.\"FolderId\" = ? AND t.\"TargetId\" = ?", 2, folder, target);
  sandbox_list_reply (request, set, sql);
}

static void
subfolders_with_machine_cb (SandboxRequest *request)
{
  g_autoptr (SandboxSql) sql = sandbox_list_begin_tenant (request, &sandbox_set_folders);
  gint64 root, machine;

  if (!sandbox_parameter_require_id (request, "rootFolderId", &root)
      || !sandbox_parameter_require_id (request, "machineId", &machine)
      || !sandbox_permission_check_in (request, root, SANDBOX_FOLDER_VIEW))
    return;

  sandbox_sql_add_condition (
      sql,
      "t.\"Id\" IN (SELECT \"FolderId\" FROM \"FolderAncestors\" WHERE \"AncestorId\" = ?"
      " AND \"Distance\" > 0) AND t.\"Id\" IN (SELECT \"FolderId\" FROM \"FolderMachines\""
      " WHERE \"MachineId\" = ?)",
      2, root, machine);
  sandbox_list_reply (request, &sandbox_set_folders, sql);
}

#define TENANT SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT

const SandboxOperation sandbox_folder_members_operations[] = {
  { "POST", "/odata/Folders/" US "AssignUsers", TENANT, SANDBOX_FOLDER_EDIT, assign_users_cb },
  { "POST", "/odata/Folders/" US "AssignDomainUser", TENANT, SANDBOX_FOLDER_EDIT, assign_domain_user_cb },
  { "POST", "/odata/Folders({key})/" US "RemoveUserFromFolder", TENANT, SANDBOX_FOLDER_EDIT, remove_user_cb },
  { "POST", "/odata/Folders({key})/" US "RemoveUserFromFolderByKey", TENANT, SANDBOX_FOLDER_EDIT,
    remove_user_by_key_cb },
  { "POST", "/odata/Folders/" US "AssignMachines", TENANT, SANDBOX_FOLDER_EDIT, assign_machines_cb },
  { "POST", "/odata/Folders/" US "UpdateMachinesToFolderAssociations", TENANT, SANDBOX_FOLDER_EDIT,
    update_machines_cb },
  { "POST", "/odata/Folders({key})/" US "RemoveMachinesFromFolder", TENANT, SANDBOX_FOLDER_EDIT,
    remove_machines_cb },
  { "POST", "/odata/Folders/" US "ToggleFolderMachineInherit", TENANT, SANDBOX_FOLDER_EDIT, toggle_inherit_cb },
  { "GET", "/odata/Folders/" US "GetUsersForFolder", TENANT, VIEW_USERS, users_cb },
  { "GET", "/odata/Folders/" US "GetMachinesForFolder", TENANT, SANDBOX_FOLDER_VIEW, machines_cb },
  { "GET", "/odata/Folders/" US "GetMoveFolderMachinesChanges", TENANT, SANDBOX_FOLDER_DELETE "&" SANDBOX_FOLDER_ENTER,
    machine_changes_cb },
  { "GET", "/odata/Folders/" US "GetSubfoldersWithAssignedMachine", TENANT, SANDBOX_FOLDER_VIEW,
    subfolders_with_machine_cb },
  { NULL },
};
