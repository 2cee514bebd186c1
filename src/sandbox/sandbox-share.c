/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-share.h"

#include <baton-json.h>

#include "sandbox-audit.h"
#include "sandbox-body.h"
#include "sandbox-list.h"
#include "sandbox-operations.h"
#include "sandbox-permission.h"
#include "sandbox-schema.h"
#include "sandbox-statement.h"
#include "sandbox-writer.h"

#define US "UiPath.Server.Configuration.OData."
#define ERROR_INVALID_REQUEST 1000
#define ERROR_NAME_USED 1001
#define ERROR_NOT_FOUND 1002
#define ERROR_INVALID_ARGUMENT 1009
#define ERROR_FORBIDDEN_OPERATION 1017

/* What lies with a row moves with it. */
static void
follow (SandboxStore *store, const SandboxEntitySet *set)
{
  g_autofree char *sql = g_strdup_printf (
      "CREATE TRIGGER IF NOT EXISTS \"%sFollow\" AFTER UPDATE OF \"OrganizationUnitId\" ON \"%s\""
      " WHEN OLD.\"OrganizationUnitId\" <> NEW.\"OrganizationUnitId\" BEGIN UPDATE \"%s\" SET"
      " \"OrganizationUnitId\" = NEW.\"OrganizationUnitId\" WHERE \"%s\" = NEW.rowid; END",
      set->name, set->beside, set->name, set->beside_by);

  sandbox_store_exec (store, sql);
}

void
sandbox_share_prepare (SandboxStore *store)
{
  const SandboxEntitySet *const *sets = sandbox_entity_sets ();

  g_return_if_fail (SANDBOX_IS_STORE (store));

  sandbox_store_exec (store, "CREATE TABLE IF NOT EXISTS \"FolderLinks\" ("
                             "\"TenantId\" INTEGER NOT NULL, \"SetName\" TEXT NOT NULL, "
                             "\"EntityId\" INTEGER NOT NULL, \"FolderId\" INTEGER NOT NULL, "
                             "UNIQUE (\"SetName\", \"EntityId\", \"FolderId\"))");
  sandbox_store_exec (store, "CREATE INDEX IF NOT EXISTS \"FolderLinksInFolder\""
                             " ON \"FolderLinks\" (\"FolderId\", \"SetName\")");
  for (gsize i = 0; sets[i] != NULL; i++)
    {
      g_autofree char *sql = NULL;

      if (sets[i]->beside != NULL)
        follow (store, sets[i]);
      if (sets[i]->shared == NULL)
        continue;
      sql = g_strdup_printf ("CREATE TRIGGER IF NOT EXISTS \"%sUnlink\" AFTER DELETE ON \"%s\""
                             " BEGIN DELETE FROM \"FolderLinks\" WHERE \"SetName\" = '%s'"
                             " AND \"EntityId\" = OLD.rowid; END",
                             sets[i]->name, sets[i]->name, sets[i]->name);
      sandbox_store_exec (store, sql);
    }
}

char *
sandbox_share_make_condition (const SandboxEntitySet *set, const char *folder)
{
  g_return_val_if_fail (set != NULL && folder != NULL, NULL);

  if (set->shared == NULL)
    return g_strdup_printf ("t.\"OrganizationUnitId\" = %s", folder);

  return g_strdup_printf ("(t.\"OrganizationUnitId\" = %s OR t.rowid IN (SELECT \"EntityId\" FROM "
                          "\"FolderLinks\" WHERE \"SetName\" = '%s' AND \"FolderId\" = %s))",
                          folder, set->name, folder);
}

/* Most folders have no link: then the index by folder serves the list. */
static gboolean
has_links (SandboxStore *store, const char *set, gint64 folder)
{
  return sandbox_statement_ask (
             store, "SELECT 1 FROM \"FolderLinks\" WHERE \"FolderId\" = ? AND \"SetName\" = ?",
             "is", folder, set)
         != 0;
}

void
sandbox_share_confine (SandboxSql *sql,
                       SandboxStore *store,
                       const SandboxEntitySet *set,
                       gint64 folder)
{
  g_autofree char *condition = NULL;

  g_return_if_fail (sql != NULL && set != NULL);

  if (set->beside != NULL && has_links (store, set->beside, folder))
    {
      condition = g_strdup_printf (
          "(t.\"OrganizationUnitId\" = ? OR t.\"%s\" IN (SELECT \"EntityId\" FROM "
          "\"FolderLinks\" WHERE \"SetName\" = '%s' AND \"FolderId\" = ?))",
          set->beside_by, set->beside);
      sandbox_sql_add_condition (sql, condition, 2, folder, folder);
      return;
    }

  condition = sandbox_share_make_condition (set, "?");
  sandbox_sql_add_condition (sql, condition, set->shared != NULL ? 2 : 1, folder, folder);
}

void
sandbox_share_confine_to (SandboxSql *sql, const SandboxEntitySet *set, const char *folders)
{
  g_autofree char *condition = NULL;

  g_return_if_fail (sql != NULL && set != NULL && folders != NULL);

  condition = g_strdup_printf (
      "(t.\"OrganizationUnitId\" IN (%s) OR t.rowid IN (SELECT \"EntityId\" FROM \"FolderLinks\""
      " WHERE \"SetName\" = '%s' AND \"FolderId\" IN (%s)))",
      folders, set->name, folders);
  sandbox_sql_add_condition (sql, condition, 0);
}

static gint64
get_home (SandboxStore *store, const SandboxEntitySet *set, gint64 id)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT \"OrganizationUnitId\" FROM \"%s\" WHERE rowid = ?", set->name);

  return sandbox_statement_ask (store, sql, "i", id);
}

static gboolean
is_linked (SandboxStore *store, const SandboxEntitySet *set, gint64 id, gint64 folder)
{
  return sandbox_statement_ask (store,
                                "SELECT 1 FROM \"FolderLinks\" WHERE \"SetName\" = ?"
                                " AND \"EntityId\" = ? AND \"FolderId\" = ?",
                                "sii", set->name, id, folder)
         != 0;
}

gboolean
sandbox_share_is_in (SandboxStore *store, const SandboxEntitySet *set, gint64 id, gint64 folder)
{
  g_return_val_if_fail (SANDBOX_IS_STORE (store) && set != NULL, FALSE);

  return get_home (store, set, id) == folder || is_linked (store, set, id, folder);
}

void
sandbox_share_link (
    SandboxStore *store, const SandboxEntitySet *set, gint64 tenant, gint64 id, gint64 folder)
{
  g_return_if_fail (SANDBOX_IS_STORE (store) && set != NULL);

  sandbox_statement_run (store,
                         "INSERT OR IGNORE INTO \"FolderLinks\""
                         " (\"TenantId\", \"SetName\", \"EntityId\", \"FolderId\")"
                         " VALUES (?, ?, ?, ?)",
                         "isii", tenant, set->name, id, folder);
}

/* Takes a row out of a folder. Returns: FALSE where that is its last. */
static gboolean
unlink_from (SandboxStore *store, const SandboxEntitySet *set, gint64 id, gint64 folder)
{
  if (get_home (store, set, id) == folder)
    {
      g_autofree char *move = NULL;
      gint64 next = sandbox_statement_ask (store,
                                           "SELECT min(\"FolderId\") FROM \"FolderLinks\""
                                           " WHERE \"SetName\" = ? AND \"EntityId\" = ?",
                                           "si", set->name, id);

      if (next == 0)
        return FALSE;
      move = g_strdup_printf ("UPDATE \"%s\" SET \"OrganizationUnitId\" = ? WHERE rowid = ?",
                              set->name);
      sandbox_statement_run (store, move, "ii", next, id);
      folder = next;
    }

  sandbox_statement_run (store,
                         "DELETE FROM \"FolderLinks\" WHERE \"SetName\" = ?"
                         " AND \"EntityId\" = ? AND \"FolderId\" = ?",
                         "sii", set->name, id, folder);

  return TRUE;
}

/* Returns: the set of "/odata/Assets/…". */
static const SandboxEntitySet *
find_set (SandboxRequest *request)
{
  g_auto (GStrv) parts = g_strsplit (request->path, "/", 4);
  const SandboxEntitySet *set = sandbox_entity_set_find (parts[2]);

  g_assert (set != NULL && set->shared != NULL);

  return set;
}

void
sandbox_share_across_folders_cb (SandboxRequest *request)
{
  const SandboxEntitySet *set = find_set (request);
  g_autoptr (SandboxSql) sql = sandbox_list_begin_tenant (request, set);
  const char *text = sandbox_request_get_query (request, "excludeFolderId");
  g_autofree char *inside = NULL;
  g_autofree char *outside = NULL;
  gint64 folder;

  if (text != NULL && *text != '\0')
    {
      if (!g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &folder, NULL))
        {
          sandbox_reply_error (request, SOUP_STATUS_BAD_REQUEST, ERROR_INVALID_REQUEST,
                               "'excludeFolderId' must be a number, and is '%s'.", text);
          return;
        }
      inside = sandbox_share_make_condition (set, "?");
      outside = g_strconcat ("NOT ", inside, NULL);
      sandbox_sql_add_condition (sql, outside, 2, folder, folder);
    }
  sandbox_list_reply (request, set, sql);
}

/* Answers where the caller sees no such row in any folder. @key: as it stands in a body or an
 * argument. Returns: its rowid, or 0. */
static gint64
find_row (SandboxRequest *request, const SandboxEntitySet *set, const char *key)
{
  g_autoptr (SandboxSql) sql = sandbox_list_begin_tenant (request, set);
  g_autofree char *condition = g_strdup_printf ("t.\"%s\" = ?", set->key);
  gint64 id;

  sandbox_sql_add_text_condition (sql, condition, key != NULL ? key : "");
  id = sandbox_list_find (request, sql);
  if (id == 0)
    sandbox_reply_error (request, SOUP_STATUS_NOT_FOUND, ERROR_NOT_FOUND, "%s '%s' does not exist.",
                         set->name, key != NULL ? key : "");

  return id;
}

void
sandbox_share_folders_for_cb (SandboxRequest *request)
{
  const SandboxEntitySet *set = find_set (request);
  gint64 id = find_row (request, set, sandbox_request_get_argument (request, "id"));
  g_autofree char *sql = NULL;
  sqlite3_stmt *statement;
  GString *json;
  int total = 0;

  if (id == 0)
    return;

  json = sandbox_request_begin_json (request, US "AccessibleFoldersDto");
  g_string_append (json, "\"AccessibleFolders\":[");
  sql = g_strdup_printf (
      "SELECT f.\"Id\", f.\"DisplayName\", f.\"FullyQualifiedName\", u.\"UserId\" IS NOT NULL"
      " FROM \"Folders\" f LEFT JOIN \"SeenFolders\" u ON u.\"UserId\" = ? AND"
      " u.\"FolderId\" = f.\"Id\" WHERE f.\"Id\" IN (SELECT \"OrganizationUnitId\" FROM \"%s\""
      " WHERE rowid = ? UNION SELECT \"FolderId\" FROM \"FolderLinks\" WHERE \"SetName\" = ?"
      " AND \"EntityId\" = ?) ORDER BY f.\"FullyQualifiedName\"",
      set->name);
  statement
      = sandbox_statement_open (request->store, sql, "iisi", request->user, id, set->name, id);
  for (; sqlite3_step (statement) == SQLITE_ROW; total++)
    {
      if (sqlite3_column_int (statement, 3) == 0)
        continue;
      if (json->str[json->len - 1] == '}')
        g_string_append_c (json, ',');
      g_string_append_printf (json, "{\"Id\":%" G_GINT64_FORMAT ",\"DisplayName\":",
                              (gint64)sqlite3_column_int64 (statement, 0));
      sandbox_json_append_string (json, (const char *)sqlite3_column_text (statement, 1));
      g_string_append (json, ",\"FullyQualifiedName\":");
      sandbox_json_append_string (json, (const char *)sqlite3_column_text (statement, 2));
      g_string_append_c (json, '}');
    }
  sandbox_store_done (statement);
  g_string_append_printf (json, "],\"TotalFoldersCount\":%d}", total);
  sandbox_reply_json (request, SOUP_STATUS_OK, json);
}

/* Answers where the caller sees no such folder, or may not change what is in it. */
static gboolean
check_folder (SandboxRequest *request, const SandboxEntitySet *set, gint64 folder)
{
  g_autofree char *permission = g_strconcat (set->permission, ".Edit", NULL);

  if (!sandbox_permission_sees_folder (request->store, request->tenant, request->user, folder))
    sandbox_reply_error (request, SOUP_STATUS_NOT_FOUND, ERROR_NOT_FOUND,
                         "One of the folders specified does not exist.");
  else if (!sandbox_permission_has_in (request->store, request->user, folder, permission))
    sandbox_reply_error (request, SOUP_STATUS_FORBIDDEN, ERROR_FORBIDDEN_OPERATION,
                         "%s is not granted in folder %" G_GINT64_FORMAT ".", permission, folder);
  else
    return TRUE;

  return FALSE;
}

/* Answers where @folder has another row of the same name. */
static gboolean
check_name (SandboxRequest *request, const SandboxEntitySet *set, gint64 id, gint64 folder)
{
  g_autofree char *inside = sandbox_share_make_condition (set, "?2");
  g_autofree char *sql = g_strdup_printf (
      "SELECT t.\"Name\" FROM \"%s\" t, \"%s\" o WHERE o.rowid = ?1 AND t.rowid <> o.rowid"
      " AND t.\"Name\" = o.\"Name\" AND %s",
      set->name, set->name, inside);
  g_autofree char *name = sandbox_statement_ask_text (request->store, sql, "ii", id, folder);

  if (name == NULL)
    return TRUE;

  sandbox_reply_error (request, SOUP_STATUS_CONFLICT, ERROR_NAME_USED,
                       "The name %s is already used in folder %" G_GINT64_FORMAT ".", name, folder);

  return FALSE;
}

static void
tell (SandboxRequest *request, const SandboxEntitySet *set, gint64 id)
{
  g_autofree char *sql = g_strdup_printf ("SELECT \"Name\" FROM \"%s\" WHERE rowid = ?", set->name);
  g_autofree char *name = sandbox_statement_ask_text (request->store, sql, "i", id);

  if (set->component != NULL)
    sandbox_audit (request, set->component, "Associate", id, name, request->body);
}

static gboolean
share_one (
    SandboxRequest *request, const SandboxEntitySet *set, gint64 id, GArray *added, GArray *removed)
{
  for (guint i = 0; i < added->len; i++)
    {
      gint64 folder = g_array_index (added, gint64, i);

      if (sandbox_share_is_in (request->store, set, id, folder))
        continue;
      if (!check_name (request, set, id, folder))
        return FALSE;
      sandbox_share_link (request->store, set, request->tenant, id, folder);
    }
  for (guint i = 0; i < removed->len; i++)
    {
      if (unlink_from (request->store, set, id, g_array_index (removed, gint64, i)))
        continue;
      sandbox_reply_error (request, SOUP_STATUS_CONFLICT, ERROR_INVALID_ARGUMENT,
                           "What lies in one folder only cannot be taken out of it; delete it.");
      return FALSE;
    }
  tell (request, set, id);

  return TRUE;
}

/* Answers where a folder is wrong, or stands on both sides. */
static gboolean
check_folders (SandboxRequest *request,
               const SandboxEntitySet *set,
               GArray *folders,
               GArray *others)
{
  for (guint i = 0; i < folders->len; i++)
    {
      gint64 folder = g_array_index (folders, gint64, i);

      if (!check_folder (request, set, folder))
        return FALSE;
      for (guint j = 0; others != NULL && j < others->len; j++)
        if (g_array_index (others, gint64, j) == folder)
          {
            sandbox_reply_error (request, SOUP_STATUS_CONFLICT, ERROR_INVALID_ARGUMENT,
                                 "Folder %" G_GINT64_FORMAT " is both to be added and removed.",
                                 folder);
            return FALSE;
          }
    }

  return TRUE;
}

/* Definition: AssetFoldersShareDto and those like it. */
void
sandbox_share_to_folders_cb (SandboxRequest *request)
{
  const SandboxEntitySet *set = find_set (request);
  const SandboxBodyField fields[] = {
    { set->shared, SANDBOX_BODY_ARRAY },
    { "ToAddFolderIds", SANDBOX_BODY_ARRAY },
    { "ToRemoveFolderIds", SANDBOX_BODY_ARRAY },
    { NULL },
  };
  g_autoptr (GArray) added = NULL;
  g_autoptr (GArray) removed = NULL;
  JsonArray *keys;

  if (!sandbox_body_check (request, request->body, "foldersShareDto", fields))
    return;
  added = sandbox_body_read_ids (request, request->body, "ToAddFolderIds");
  removed
      = added != NULL ? sandbox_body_read_ids (request, request->body, "ToRemoveFolderIds") : NULL;
  if (removed == NULL || !check_folders (request, set, added, removed)
      || !check_folders (request, set, removed, NULL))
    return;

  sandbox_store_begin (request->store);
  keys = baton_json_peek_array (request->body, set->shared);
  for (guint i = 0; i < baton_json_length (keys); i++)
    {
      g_autofree char *key = baton_json_dup_scalar (baton_json_peek_node_at (keys, i));
      gint64 id = find_row (request, set, key);

      if (id == 0 || !share_one (request, set, id, added, removed))
        {
          sandbox_store_rollback (request->store);
          return;
        }
    }
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, SOUP_STATUS_NO_CONTENT);
}

const SandboxOperation sandbox_share_operations[] = {
  { "GET", "/odata/Assets/" US "GetAssetsAcrossFolders", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Assets.View", sandbox_share_across_folders_cb },
  { "GET", "/odata/Assets/" US "GetFoldersForAsset", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Assets.View", sandbox_share_folders_for_cb },
  { "POST", "/odata/Assets/" US "ShareToFolders", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, NULL,
    sandbox_share_to_folders_cb },
  { "GET", "/odata/QueueDefinitions/" US "GetQueuesAcrossFolders", SANDBOX_SIGNED,
    SANDBOX_SCOPE_TENANT, "Queues.View", sandbox_share_across_folders_cb },
  { "GET", "/odata/QueueDefinitions/" US "GetFoldersForQueue", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Queues.View", sandbox_share_folders_for_cb },
  { "POST", "/odata/QueueDefinitions/" US "ShareToFolders", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    NULL, sandbox_share_to_folders_cb },
  { NULL },
};
