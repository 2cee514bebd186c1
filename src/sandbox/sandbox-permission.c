/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-permission.h"

#include <string.h>

#include "sandbox-statement.h"

#define GRANTED                                                                                    \
  " FROM \"UserRoles\" u JOIN \"RolePermissions\" p ON p.\"RoleId\" = u.\"RoleId\""                \
  " WHERE u.\"UserId\" = ? AND p.\"IsGranted\""

/* A role of the tenant counts everywhere, one of a folder in it and below. */
static gboolean
has_one (SandboxStore *store, gint64 user, gint64 folder, const char *permission)
{
  if (sandbox_statement_ask (store, "SELECT 1" GRANTED " AND p.\"Name\" = ? LIMIT 1", "is", user,
                             permission)
      != 0)
    return TRUE;

  return folder != 0
         && sandbox_statement_ask (
                store,
                "SELECT 1 FROM \"FolderUsers\" u JOIN \"FolderAncestors\" a"
                " ON a.\"AncestorId\" = u.\"FolderId\" JOIN \"RolePermissions\" p"
                " ON p.\"RoleId\" = u.\"RoleId\" WHERE u.\"UserId\" = ? AND a.\"FolderId\" = ?"
                " AND p.\"Name\" = ? AND p.\"IsGranted\" LIMIT 1",
                "iis", user, folder, permission)
                != 0;
}

gboolean
sandbox_permission_has (SandboxStore *store, gint64 user, const char *permission)
{
  return sandbox_permission_has_in (store, user, 0, permission);
}

gboolean
sandbox_permission_has_in (SandboxStore *store, gint64 user, gint64 folder, const char *permission)
{
  g_auto (GStrv) needed = NULL;

  g_return_val_if_fail (SANDBOX_IS_STORE (store), FALSE);
  g_return_val_if_fail (permission != NULL, FALSE);

  if (user == SANDBOX_PERMISSION_APPLICATION)
    return TRUE;
  needed = g_strsplit (permission, "&", -1);
  for (guint i = 0; needed[i] != NULL; i++)
    {
      g_auto (GStrv) names = g_strsplit (needed[i], "|", -1);
      gboolean has = FALSE;

      for (guint j = 0; !has && names[j] != NULL; j++)
        has = has_one (store, user, folder, names[j]);
      if (!has)
        return FALSE;
    }

  return TRUE;
}

GPtrArray *
sandbox_permission_list (SandboxStore *store, gint64 user)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement;

  g_return_val_if_fail (SANDBOX_IS_STORE (store), names);

  statement
      = sandbox_store_prepare (store, "SELECT DISTINCT p.\"Name\"" GRANTED " ORDER BY p.\"Name\"");
  sqlite3_bind_int64 (statement, 1, user);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_ptr_array_add (names, g_strdup ((const char *)sqlite3_column_text (statement, 0)));
  sandbox_store_done (statement);

  return names;
}

gboolean
sandbox_permission_sees_folder (SandboxStore *store, gint64 tenant, gint64 user, gint64 folder)
{
  sqlite3_stmt *statement;
  gboolean found;

  g_return_val_if_fail (SANDBOX_IS_STORE (store), FALSE);

  statement = sandbox_store_prepare (
      store, "SELECT 1 FROM \"SeenFolders\" u JOIN \"Folders\" f ON f.\"Id\" = u.\"FolderId\""
             " WHERE u.\"UserId\" = ? AND u.\"FolderId\" = ? AND f.\"TenantId\" = ?");
  sqlite3_bind_int64 (statement, 1, user);
  sqlite3_bind_int64 (statement, 2, folder);
  sqlite3_bind_int64 (statement, 3, tenant);
  found = sqlite3_step (statement) == SQLITE_ROW;
  sandbox_store_done (statement);

  return found;
}

GArray *
sandbox_permission_list_folders (SandboxStore *store, gint64 tenant, gint64 user, gboolean *all)
{
  GArray *folders = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement;

  g_return_val_if_fail (SANDBOX_IS_STORE (store), folders);

  *all = TRUE;
  statement = sandbox_store_prepare (
      store, "SELECT f.\"Id\", u.\"FolderId\" IS NOT NULL FROM \"Folders\" f"
             " LEFT JOIN \"SeenFolders\" u ON u.\"UserId\" = ? AND u.\"FolderId\" = f.\"Id\""
             " WHERE f.\"TenantId\" = ?");
  sqlite3_bind_int64 (statement, 1, user);
  sqlite3_bind_int64 (statement, 2, tenant);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      gint64 folder = sqlite3_column_int64 (statement, 0);

      if (sqlite3_column_int (statement, 1) != 0)
        g_array_append_val (folders, folder);
      else
        *all = FALSE;
    }
  sandbox_store_done (statement);

  return folders;
}

void
sandbox_permission_confine (SandboxRequest *request, GArray *folders)
{
  g_return_if_fail (request != NULL && folders != NULL);

  for (guint i = folders->len; request->confined != NULL && i > 0; i--)
    {
      gint64 folder = g_array_index (folders, gint64, i - 1);

      if (!sandbox_permission_has_in (request->store, request->user, folder, request->confined))
        g_array_remove_index (folders, i - 1);
    }
}

static gboolean
has_somewhere (SandboxRequest *request, const char *permission)
{
  gboolean all;
  g_autoptr (GArray) folders = sandbox_permission_list_folders (request->store, request->tenant,
                                                                request->user, &all);

  for (guint i = 0; i < folders->len; i++)
    if (sandbox_permission_has_in (request->store, request->user,
                                   g_array_index (folders, gint64, i), permission))
      return TRUE;

  return FALSE;
}

char *
sandbox_permission_describe (const char *permission)
{
  GString *text = g_string_new (permission);

  g_string_replace (text, "|", " or ", 0);
  g_string_replace (text, "&", " and ", 0);

  return g_string_free (text, FALSE);
}

static void
refuse (SandboxRequest *request, const char *permission)
{
  g_autofree char *needed = sandbox_permission_describe (permission);

  sandbox_reply_error (request, SOUP_STATUS_FORBIDDEN, 0,
                       "You are not authorized! You are not allowed to perform this operation. "
                       "Required permissions: %s.",
                       needed);
}

gboolean
sandbox_permission_check (SandboxRequest *request, const char *permission)
{
  g_return_val_if_fail (request != NULL && permission != NULL, FALSE);

  if (sandbox_permission_has (request->store, request->user, permission))
    return TRUE;
  if (request->folder != 0
          ? sandbox_permission_has_in (request->store, request->user, request->folder, permission)
          : request->crosses && has_somewhere (request, permission))
    {
      request->confined = g_intern_string (permission);
      return TRUE;
    }
  if (strstr (permission, "SubFolders.") != NULL && has_somewhere (request, permission))
    return TRUE;

  refuse (request, permission);

  return FALSE;
}

gboolean
sandbox_permission_check_in (SandboxRequest *request, gint64 folder, const char *permission)
{
  g_return_val_if_fail (request != NULL && permission != NULL, FALSE);

  if (sandbox_permission_has_in (request->store, request->user, folder, permission))
    return TRUE;

  refuse (request, permission);

  return FALSE;
}
