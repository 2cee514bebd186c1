/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-folder-tree.h"

#include <string.h>

#include "sandbox-change.h"
#include "sandbox-permission.h"
#include "sandbox-row.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"

#define ERROR_NAME_USED 1001
#define ERROR_NOT_FOUND 1002
#define ERROR_INVALID_ARGUMENT 1009
#define ERROR_HAS_DEPENDENT_ITEMS 1012
#define ERROR_NOT_EDITABLE 1102

void
sandbox_folder_tree_prepare (SandboxStore *store)
{
  static const char *const statements[] = {
    "CREATE TABLE IF NOT EXISTS \"FolderUsers\" (\"TenantId\" INTEGER NOT NULL,"
    " \"FolderId\" INTEGER NOT NULL, \"UserId\" INTEGER NOT NULL, \"RoleId\" INTEGER NOT NULL,"
    " UNIQUE (\"FolderId\", \"UserId\", \"RoleId\"))",
    "CREATE INDEX IF NOT EXISTS \"FolderUsersByUser\" ON \"FolderUsers\" (\"UserId\")",
    /* A file of an earlier version knows only who sees what. */
    "INSERT INTO \"FolderUsers\" (\"TenantId\", \"FolderId\", \"UserId\", \"RoleId\")"
    " SELECT \"TenantId\", \"FolderId\", \"UserId\", 0 FROM \"UserFolders\""
    " WHERE NOT EXISTS (SELECT 1 FROM \"FolderUsers\")",
    "CREATE TABLE IF NOT EXISTS \"FolderMachines\" (\"TenantId\" INTEGER NOT NULL,"
    " \"FolderId\" INTEGER NOT NULL, \"MachineId\" INTEGER NOT NULL,"
    " \"Propagate\" INTEGER NOT NULL, UNIQUE (\"FolderId\", \"MachineId\"))",
    "CREATE TABLE IF NOT EXISTS \"FolderExplorers\" (\"TenantId\" INTEGER NOT NULL,"
    " \"FolderId\" INTEGER NOT NULL, \"UserId\" INTEGER NOT NULL,"
    " UNIQUE (\"FolderId\", \"UserId\"))",
    "CREATE TEMP VIEW \"FolderAncestors\" AS WITH RECURSIVE up(folder, ancestor, distance) AS ("
    "SELECT \"Id\", \"Id\", 0 FROM \"Folders\" UNION ALL SELECT folder, f.\"ParentId\","
    " distance + 1 FROM up JOIN \"Folders\" f ON f.\"Id\" = ancestor"
    " WHERE f.\"ParentId\" IS NOT NULL) SELECT folder AS \"FolderId\", ancestor AS \"AncestorId\","
    " distance AS \"Distance\" FROM up",
    "CREATE TRIGGER IF NOT EXISTS \"FoldersGone\" AFTER DELETE ON \"Folders\" BEGIN"
    " DELETE FROM \"FolderUsers\" WHERE \"FolderId\" = OLD.\"Id\";"
    " DELETE FROM \"UserFolders\" WHERE \"FolderId\" = OLD.\"Id\";"
    " DELETE FROM \"FolderMachines\" WHERE \"FolderId\" = OLD.\"Id\";"
    " DELETE FROM \"FolderExplorers\" WHERE \"FolderId\" = OLD.\"Id\";"
    " DELETE FROM \"FolderLinks\" WHERE \"FolderId\" = OLD.\"Id\"; END",
    "CREATE TRIGGER IF NOT EXISTS \"FolderUsersGone\" AFTER DELETE ON \"Users\" BEGIN"
    " DELETE FROM \"FolderUsers\" WHERE \"UserId\" = OLD.\"Id\";"
    " DELETE FROM \"UserFolders\" WHERE \"UserId\" = OLD.\"Id\";"
    " DELETE FROM \"FolderExplorers\" WHERE \"UserId\" = OLD.\"Id\"; END",
    "CREATE TRIGGER IF NOT EXISTS \"FolderMachinesGone\" AFTER DELETE ON \"Machines\" BEGIN"
    " DELETE FROM \"FolderMachines\" WHERE \"MachineId\" = OLD.\"Id\"; END",
  };

  g_return_if_fail (SANDBOX_IS_STORE (store));

  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++)
    sandbox_store_exec (store, statements[i]);
}

void
sandbox_folder_tree_refresh (SandboxStore *store, gint64 tenant)
{
  sandbox_statement_run (store, "DELETE FROM \"UserFolders\" WHERE \"TenantId\" = ?", "i", tenant);
  sandbox_statement_run (
      store,
      "INSERT OR IGNORE INTO \"UserFolders\" (\"TenantId\", \"UserId\", \"FolderId\")"
      " SELECT u.\"TenantId\", u.\"UserId\", a.\"FolderId\" FROM \"FolderUsers\" u"
      " JOIN \"FolderAncestors\" a ON a.\"AncestorId\" = u.\"FolderId\" WHERE u.\"TenantId\" = ?1"
      " UNION SELECT e.\"TenantId\", e.\"UserId\", a.\"FolderId\" FROM \"FolderExplorers\" e"
      " JOIN \"FolderAncestors\" a ON a.\"AncestorId\" = e.\"FolderId\" WHERE e.\"TenantId\" = ?1",
      "i", tenant);
}

void
sandbox_folder_tree_assign (
    SandboxStore *store, gint64 tenant, gint64 folder, gint64 user, gint64 role)
{
  sandbox_statement_run (
      store,
      "INSERT OR IGNORE INTO \"FolderUsers\""
      " (\"TenantId\", \"FolderId\", \"UserId\", \"RoleId\") VALUES (?, ?, ?, ?)",
      "iiii", tenant, folder, user, role);
}

gint64
sandbox_folder_tree_get_depth (SandboxStore *store, gint64 folder)
{
  return sandbox_statement_ask (
      store, "SELECT count(*) FROM \"FolderAncestors\" WHERE \"FolderId\" = ?", "i", folder);
}

gint64
sandbox_folder_tree_get_height (SandboxStore *store, gint64 folder)
{
  return sandbox_statement_ask (
      store, "SELECT max(\"Distance\") + 1 FROM \"FolderAncestors\" WHERE \"AncestorId\" = ?", "i",
      folder);
}

gboolean
sandbox_folder_tree_is_below (SandboxStore *store, gint64 folder, gint64 ancestor)
{
  return sandbox_statement_ask (
             store,
             "SELECT 1 FROM \"FolderAncestors\" WHERE \"FolderId\" = ? AND \"AncestorId\" = ?",
             "ii", folder, ancestor)
         != 0;
}

gboolean
sandbox_folder_tree_has_name (
    SandboxStore *store, gint64 tenant, gint64 parent, const char *name, gint64 except)
{
  return sandbox_statement_ask (
             store,
             "SELECT 1 FROM \"Folders\" WHERE \"TenantId\" = ? AND ifnull(\"ParentId\", 0) = ?"
             " AND \"DisplayName\" = ? AND \"Id\" <> ?",
             "iisi", tenant, parent, name, except)
         != 0;
}

void
sandbox_folder_tree_rename (SandboxStore *store, gint64 folder)
{
  sandbox_statement_run (
      store,
      "UPDATE \"Folders\" SET \"FullyQualifiedName\" = (SELECT group_concat(name, '/') FROM ("
      "SELECT f.\"DisplayName\" AS name FROM \"FolderAncestors\" a JOIN \"Folders\" f"
      " ON f.\"Id\" = a.\"AncestorId\" WHERE a.\"FolderId\" = \"Folders\".\"Id\""
      " ORDER BY a.\"Distance\" DESC)) WHERE \"Id\" IN (SELECT \"FolderId\""
      " FROM \"FolderAncestors\" WHERE \"AncestorId\" = ?)",
      "i", folder);
}

const char *
sandbox_folder_tree_find_content (SandboxStore *store, gint64 folder)
{
  /* Of a folder that is deleted these have to go first; jobs, logs and items go with it. */
  static const char *const kept[]
      = { "Releases",      "Assets",           "QueueDefinitions", "Buckets",
          "TaskCatalogs",  "ProcessSchedules", "HttpTriggers",     "ApiTriggers",
          "BusinessRules", "TestSets",         "TestDataQueues" };

  if (sandbox_statement_ask (store, "SELECT 1 FROM \"Folders\" WHERE \"ParentId\" = ?", "i", folder)
      != 0)
    return "Folders";

  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autofree char *sql = NULL;

      if (sandbox_entity_set_find (kept[i]) == NULL)
        continue;
      sql = g_strdup_printf ("SELECT 1 FROM \"%s\" WHERE \"OrganizationUnitId\" = ?", kept[i]);
      if (sandbox_statement_ask (store, sql, "i", folder) != 0)
        return kept[i];
    }

  return NULL;
}

char *
sandbox_folder_tree_dup_feed (SandboxStore *store, gint64 folder)
{
  static const char sql[]
      = "SELECT f.\"Key\" FROM \"FolderAncestors\" a JOIN \"Folders\" f ON f.\"Id\" = "
        "a.\"AncestorId\""
        " WHERE a.\"FolderId\" = ? AND f.\"FeedType\" IN (?, ?) ORDER BY a.\"Distance\" LIMIT 1";

  return sandbox_statement_ask_text (
      store, sql, "iii", folder,
      (gint64)sandbox_row_get_enum ("Folders", "FeedType", "FolderHierarchy"),
      (gint64)sandbox_row_get_enum ("Folders", "FeedType", "PersonalWorkspace"));
}

static gboolean
refuse_name (SandboxRequest *request, const char *name)
{
  sandbox_reply_error (request, 409, ERROR_NAME_USED, "A folder named %s is already there.", name);

  return FALSE;
}

/* Answers where a new folder may not be at its place. */
static gboolean
place (SandboxRequest *request, SandboxChange *change)
{
  gint64 parent = sandbox_change_get_int (change, "ParentId", 0);
  g_autofree char *key = sandbox_statement_ask_text (
      request->store, "SELECT \"Key\" FROM \"Folders\" WHERE \"Id\" = ? AND \"TenantId\" = ?", "ii",
      parent, request->tenant);

  if (parent != 0 && key == NULL)
    {
      sandbox_reply_error (request, 404, ERROR_NOT_FOUND, "The parent folder does not exist.");
      return FALSE;
    }
  if (!sandbox_permission_check_in (
          request, parent, parent != 0 ? SANDBOX_FOLDER_CREATE : "Units.Create"))
    return FALSE;
  if (sandbox_folder_tree_get_depth (request->store, parent) >= SANDBOX_FOLDER_MAX_DEPTH)
    {
      sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT,
                           "Folders go %d deep and no deeper.", SANDBOX_FOLDER_MAX_DEPTH);
      return FALSE;
    }

  sandbox_change_set_text (change, "ParentKey", key);
  /* Worked out when it is there. */
  sandbox_change_set_text (change, "FullyQualifiedName", "");
  sandbox_change_set_int (change, "IsPersonal", FALSE);
  sandbox_change_set_enum (change, "FolderType", "Standard");
  if (!sandbox_change_has (change, "ProvisionType"))
    sandbox_change_set_enum (change, "ProvisionType", "Automatic");
  if (!sandbox_change_has (change, "PermissionModel"))
    sandbox_change_set_enum (change, "PermissionModel", "FineGrained");
  if (!sandbox_change_has (change, "FeedType"))
    sandbox_change_set_enum (change, "FeedType", "Processes");

  return TRUE;
}

static gboolean
check (SandboxRequest *request, SandboxChange *change)
{
  const char *name = sandbox_change_get_text (change, "DisplayName");
  gboolean is_new = change->kind == SANDBOX_WRITE_CREATE;
  gint64 parent
      = is_new ? sandbox_change_get_int (change, "ParentId", 0)
               : sandbox_statement_ask (request->store,
                                        "SELECT \"ParentId\" FROM \"Folders\" WHERE \"Id\" = ?",
                                        "i", change->id);

  if (!is_new && !sandbox_permission_check_in (request, change->id, SANDBOX_FOLDER_EDIT))
    return FALSE;
  if (!is_new
      && sandbox_statement_ask (request->store,
                                "SELECT \"IsPersonal\" FROM \"Folders\" WHERE \"Id\" = ?", "i",
                                change->id)
             != 0)
    {
      sandbox_reply_error (request, 400, ERROR_NOT_EDITABLE,
                           "A personal workspace is not edited as a folder.");
      return FALSE;
    }
  if (name != NULL && (strchr (name, '/') != NULL || g_ascii_isspace (*name)))
    {
      sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT,
                           "The name of a folder holds no slash, and does not begin with a blank.");
      return FALSE;
    }
  if (name != NULL
      && sandbox_folder_tree_has_name (request->store, request->tenant, parent, name, change->id))
    return refuse_name (request, name);

  return !is_new || place (request, change);
}

void
sandbox_folder_tree_assign_caller (SandboxRequest *request, gint64 folder)
{
  if (request->user == 0)
    return;

  sandbox_folder_tree_assign (request->store, request->tenant, folder, request->user, 0);
  sandbox_statement_run (
      request->store,
      "INSERT OR IGNORE INTO \"FolderUsers\" (\"TenantId\", \"FolderId\", \"UserId\","
      " \"RoleId\") SELECT ?1, ?2, \"UserId\", \"RoleId\" FROM \"UserRoles\""
      " WHERE \"UserId\" = ?3",
      "iii", request->tenant, folder, request->user);
}

static gboolean
written (SandboxRequest *request, SandboxChange *change)
{
  sandbox_folder_tree_rename (request->store, change->id);
  if (change->kind != SANDBOX_WRITE_CREATE)
    return TRUE;

  if (sandbox_change_get_int (change, "ParentId", 0) == 0)
    sandbox_folder_tree_assign_caller (request, change->id);
  sandbox_folder_tree_refresh (request->store, request->tenant);

  return TRUE;
}

static gboolean
may_delete (SandboxRequest *request, gint64 id)
{
  const char *content;

  if (!sandbox_permission_check_in (request, id, SANDBOX_FOLDER_DELETE))
    return FALSE;
  content = sandbox_folder_tree_find_content (request->store, id);
  if (content == NULL)
    return TRUE;

  sandbox_reply_error (request, 409, ERROR_HAS_DEPENDENT_ITEMS,
                       "The folder is not empty: it has %s.", content);

  return FALSE;
}

const SandboxSetHooks sandbox_folder_hooks
    = { .check = check, .written = written, .may_delete = may_delete };
