/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* Definition: what it takes to do this to a folder, in the whole tenant or there, and to put one
 * below another. */
#define SANDBOX_FOLDER_VIEW "Units.View|SubFolders.View"
#define SANDBOX_FOLDER_CREATE "Units.Create|SubFolders.Create"
#define SANDBOX_FOLDER_EDIT "Units.Edit|SubFolders.Edit"
#define SANDBOX_FOLDER_DELETE "Units.Delete|SubFolders.Delete"
#define SANDBOX_FOLDER_ENTER SANDBOX_FOLDER_CREATE "&" SANDBOX_FOLDER_EDIT

/* The tree of folders, and who and what is assigned to them. Accounts are in "FolderUsers"
 * ("FolderId", "UserId", "RoleId", 0 for none), machines in "FolderMachines" ("FolderId",
 * "MachineId", "Propagate"), who explores a personal workspace in "FolderExplorers". What follows
 * for the folders below comes from the view "FolderAncestors" ("FolderId", "AncestorId",
 * "Distance", 0 for itself); which folders an account sees is kept in "UserFolders". */

/* SQL that holds where the machine is in the folder '?', by itself or handed down from above it. */
#define SANDBOX_FOLDER_HAS_MACHINE(machine)                                                        \
  "EXISTS (SELECT 1 FROM \"FolderMachines\" l JOIN \"FolderAncestors\" a ON a.\"AncestorId\" = "   \
  "l.\"FolderId\" WHERE l.\"MachineId\" = " machine " AND a.\"FolderId\" = ? AND "                 \
  "(a.\"Distance\" = 0 OR l.\"Propagate\"))"
/* The same of the account, which is in all folders below one of its own. */
#define SANDBOX_FOLDER_HAS_USER(user)                                                              \
  "EXISTS (SELECT 1 FROM \"UserFolders\" u WHERE u.\"UserId\" = " user " AND u.\"FolderId\" = ?)"

/* How deep folders go (fact sheet 6.1). */
#define SANDBOX_FOLDER_MAX_DEPTH 7

/* Makes the tables, and what empties them. */
void sandbox_folder_tree_prepare (SandboxStore *store);

/* Works out anew which folders the accounts of the tenant see. Call when the tree or an account's
 * folders have changed. */
void sandbox_folder_tree_refresh (SandboxStore *store, gint64 tenant);

/* @role: 0 for none. Without sandbox_folder_tree_refresh(). */
void sandbox_folder_tree_assign (
    SandboxStore *store, gint64 tenant, gint64 folder, gint64 user, gint64 role);

/* Who puts a folder to the top, where nobody is by being above, is assigned to it with the roles
 * that they have in the tenant. */
void sandbox_folder_tree_assign_caller (SandboxRequest *request, gint64 folder);

/* Returns: how many folders lead from the top to it, itself among them; 0 for no folder. */
gint64 sandbox_folder_tree_get_depth (SandboxStore *store, gint64 folder);
/* Returns: how many folders lead from it to the deepest below it, itself among them. */
gint64 sandbox_folder_tree_get_height (SandboxStore *store, gint64 folder);
/* Returns: TRUE where @folder is @ancestor, or lies somewhere below it. */
gboolean sandbox_folder_tree_is_below (SandboxStore *store, gint64 folder, gint64 ancestor);
/* Returns: TRUE where another folder beside it has the name. @parent: 0 at the top. */
gboolean sandbox_folder_tree_has_name (
    SandboxStore *store, gint64 tenant, gint64 parent, const char *name, gint64 except);
/* Works out the full names of @folder and of all below it from their own. */
void sandbox_folder_tree_rename (SandboxStore *store, gint64 folder);
/* Returns: (transfer none) (nullable): the entity set that has something in it, "Folders" where
 * another folder is. */
const char *sandbox_folder_tree_find_content (SandboxStore *store, gint64 folder);

/* Returns: (transfer full) (nullable): the GUID of the feed of packages that the folder has of its
 * own, or shares with those above it; NULL where it uses the tenant's. */
char *sandbox_folder_tree_dup_feed (SandboxStore *store, gint64 folder);

extern const SandboxSetHooks sandbox_folder_hooks;

G_END_DECLS
