/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "baton-json.h"
#include "sandbox-audit.h"
#include "sandbox-body.h"
#include "sandbox-folder-tree.h"
#include "sandbox-list.h"
#include "sandbox-parameter.h"
#include "sandbox-permission.h"
#include "sandbox-row.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-write.h"

/* What is done to folders beside their plain writes. */

#define US "UiPath.Server.Configuration.OData."
#define ENTER_TOP "Units.Create&Units.Edit"
#define ERROR_NAME_USED 1001
#define ERROR_NOT_FOUND 1002
#define ERROR_INVALID_ARGUMENT 1009
#define ERROR_NOT_EDITABLE 1102

static gboolean
is_personal (SandboxRequest *request, gint64 folder)
{
  return sandbox_statement_ask (
             request->store, "SELECT \"IsPersonal\" FROM \"Folders\" WHERE \"Id\" = ?", "i", folder)
         != 0;
}

/* Answers where @folder cannot go below @target, 0 for the top. */
static gboolean
check_move (SandboxRequest *request, gint64 folder, gint64 target, const char *name)
{
  if (is_personal (request, folder) || is_personal (request, target))
    sandbox_reply_error (request, 400, ERROR_NOT_EDITABLE, "A personal workspace does not move.");
  else if (sandbox_folder_tree_is_below (request->store, target, folder))
    sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT,
                         "A folder cannot be moved into itself.");
  else if (sandbox_folder_tree_get_depth (request->store, target)
               + sandbox_folder_tree_get_height (request->store, folder)
           > SANDBOX_FOLDER_MAX_DEPTH)
    sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT, "Folders go %d deep and no deeper.",
                         SANDBOX_FOLDER_MAX_DEPTH);
  else if (sandbox_folder_tree_has_name (request->store, request->tenant, target, name, folder))
    sandbox_reply_error (request, 409, ERROR_NAME_USED, "A folder named %s is already there.",
                         name);
  else
    return TRUE;

  return FALSE;
}

static void
move_cb (SandboxRequest *request)
{
  const char *text = sandbox_request_get_query (request, "targetParentId");
  gint64 folder = sandbox_write_find_row (request, &sandbox_set_folders, "Id", request->key);
  gint64 target = 0;
  g_autofree char *name = NULL;

  if (folder == 0)
    return;
  if (text != NULL && *text != '\0'
      && (target = sandbox_write_find_row (request, &sandbox_set_folders, "Id", text)) == 0)
    return;
  if (!sandbox_permission_check_in (request, folder, SANDBOX_FOLDER_DELETE)
      || !sandbox_permission_check_in (request, target, target != 0 ? SANDBOX_FOLDER_ENTER : ENTER_TOP))
    return;
  name = sandbox_statement_ask_text (
      request->store, "SELECT \"DisplayName\" FROM \"Folders\" WHERE \"Id\" = ?", "i", folder);
  if (!check_move (request, folder, target, name))
    return;

  sandbox_store_begin (request->store);
  sandbox_statement_run (request->store,
                         "UPDATE \"Folders\" SET \"ParentId\" = nullif(?1, 0), \"ParentKey\" ="
                         " (SELECT \"Key\" FROM \"Folders\" WHERE \"Id\" = ?1) WHERE \"Id\" = ?2",
                         "ii", target, folder);
  if (target == 0)
    sandbox_folder_tree_assign_caller (request, folder);
  sandbox_folder_tree_rename (request->store, folder);
  sandbox_folder_tree_refresh (request->store, request->tenant);
  sandbox_audit (request, "Folders", "Move", folder, name, NULL);
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 204);
}

/* The folder of the parameter "key", a GUID. Answers where there is none. Returns: its id, or 0. */
static gint64
find_by_key (SandboxRequest *request)
{
  const char *text = sandbox_parameter_require_text (request, "key");
  g_autofree char *key = text != NULL ? g_ascii_strdown (text, -1) : NULL;

  return key != NULL ? sandbox_write_find_row (request, &sandbox_set_folders, "Key", key) : 0;
}

static void
delete_by_key_cb (SandboxRequest *request)
{
  gint64 folder = find_by_key (request);

  if (folder != 0 && sandbox_write_delete (request, &sandbox_set_folders, folder))
    sandbox_reply_empty (request, 204);
}

/* Definition: FolderUpdateNameDescriptionRequest. */
static void
patch_cb (SandboxRequest *request)
{
  static const SandboxBodyField fields[] = {
    { "name", SANDBOX_BODY_TEXT, 1, 115 },
    { "description", SANDBOX_BODY_TEXT, 0, 500 },
    { NULL },
  };
  g_autoptr (JsonObject) body = json_object_new ();
  gint64 folder = find_by_key (request);

  if (folder == 0
      || !sandbox_body_check (request, request->body, "folderUpdateNameDescriptionRequest", fields))
    return;
  if (sandbox_body_has (request->body, "name"))
    json_object_set_string_member (body, "DisplayName",
                                   baton_json_peek_string (request->body, "name"));
  if (sandbox_body_has (request->body, "description"))
    json_object_set_string_member (body, "Description",
                                   baton_json_peek_string (request->body, "description"));
  if (sandbox_write_change (request, &sandbox_set_folders, folder, body, SANDBOX_WRITE_PATCH))
    sandbox_reply_empty (request, 200);
}

/* Returns: PersonalWorkspaces.Id, 0 with an answer where there is none. */
static gint64
find_workspace (SandboxRequest *request)
{
  return sandbox_write_find_row (request, &sandbox_set_personal_workspaces, "Id", request->key);
}

static void
explore (SandboxRequest *request, const char *sql, const char *action)
{
  gint64 workspace = find_workspace (request);
  g_autofree char *name = NULL;

  if (workspace == 0)
    return;

  name = sandbox_statement_ask_text (
      request->store, "SELECT \"DisplayName\" FROM \"Folders\" WHERE \"Id\" = ?", "i", workspace);
  sandbox_store_begin (request->store);
  sandbox_statement_run (request->store, sql, "iii", request->tenant, workspace, request->user);
  sandbox_folder_tree_refresh (request->store, request->tenant);
  sandbox_audit (request, "PersonalWorkspaces", action, workspace, name, NULL);
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 204);
}

static void
start_exploring_cb (SandboxRequest *request)
{
  explore (request,
           "INSERT OR IGNORE INTO \"FolderExplorers\" (\"TenantId\", \"FolderId\", \"UserId\")"
           " VALUES (?, ?, ?)",
           "ExploreStart");
}

static void
stop_exploring_cb (SandboxRequest *request)
{
  explore (request,
           "DELETE FROM \"FolderExplorers\" WHERE \"TenantId\" = ? AND \"FolderId\" = ?"
           " AND \"UserId\" = ?",
           "ExploreEnd");
}

/* A workspace becomes a folder with a feed of its own; its owner stays in it. */
static void
convert_cb (SandboxRequest *request)
{
  static const SandboxBodyField fields[]
      = { { "folderName", SANDBOX_BODY_TEXT, 1, 115 }, { NULL } };
  gint64 workspace = find_workspace (request);
  const char *name;

  if (workspace == 0 || !sandbox_body_check (request, request->body, "parameters", fields))
    return;
  name = baton_json_peek_string (request->body, "folderName");
  if (name == NULL || strchr (name, '/') != NULL)
    {
      sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT,
                           "The folderName is required, and holds no slash.");
      return;
    }
  if (sandbox_folder_tree_has_name (request->store, request->tenant, 0, name, workspace))
    {
      sandbox_reply_error (request, 409, ERROR_NAME_USED, "A folder named %s is already there.",
                           name);
      return;
    }

  sandbox_store_begin (request->store);
  sandbox_update (request->store, "Folders", workspace, SANDBOX_TEXT ("DisplayName", name),
                  SANDBOX_ENUM ("FolderType", "Standard"), SANDBOX_INT ("IsPersonal", FALSE),
                  SANDBOX_ENUM ("FeedType", "FolderHierarchy"), SANDBOX_ID ("OwnerId", 0));
  sandbox_statement_run (request->store, "DELETE FROM \"FolderExplorers\" WHERE \"FolderId\" = ?",
                         "i", workspace);
  sandbox_folder_tree_rename (request->store, workspace);
  sandbox_folder_tree_refresh (request->store, request->tenant);
  sandbox_audit (request, "PersonalWorkspaces", "Convert", workspace, name, request->body);
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 204);
}

static void
own_workspace_cb (SandboxRequest *request)
{
  gint64 workspace = sandbox_statement_ask (request->store,
                                            "SELECT \"Id\" FROM \"Folders\" WHERE \"TenantId\" = ? "
                                            "AND \"OwnerId\" = ? AND \"IsPersonal\"",
                                            "ii", request->tenant, request->user);

  if (workspace != 0)
    sandbox_reply_entity (request, 200, &sandbox_set_personal_workspaces, workspace);
  else
    sandbox_reply_error (request, 404, ERROR_NOT_FOUND, "You have no personal workspace.");
}

#define TENANT SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT
#define EXPLORE "Units.Edit&Users.View&Roles.View"

const SandboxOperation sandbox_folder_moves_operations[] = {
  { "PUT", "/odata/Folders({key})/" US "MoveFolder", TENANT, SANDBOX_FOLDER_DELETE "&" SANDBOX_FOLDER_ENTER, move_cb },
  { "DELETE", "/api/Folders/DeleteByKey", TENANT, SANDBOX_FOLDER_DELETE,
    delete_by_key_cb },
  { "PATCH", "/api/Folders/PatchNameDescription", TENANT, SANDBOX_FOLDER_EDIT, patch_cb },
  { "POST", "/odata/PersonalWorkspaces({key})/" US "StartExploring", TENANT, EXPLORE,
    start_exploring_cb },
  { "POST", "/odata/PersonalWorkspaces({key})/" US "StopExploring", TENANT, EXPLORE,
    stop_exploring_cb },
  { "POST", "/odata/PersonalWorkspaces({key})/" US "ConvertToFolder", TENANT, "Units.Edit",
    convert_cb },
  { "GET", "/odata/PersonalWorkspaces/" US "GetPersonalWorkspace", TENANT, NULL, own_workspace_cb },
  { NULL },
};
