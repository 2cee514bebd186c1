/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "sandbox-folder-tree.h"
#include "sandbox-parameter.h"
#include "sandbox-row.h"
#include "sandbox-world.h"
#include "sandbox-writer.h"

/* Which feeds of packages there are: the tenant's, that of each folder with one of its own, and
 * those of personal workspaces. */

/* Fact sheet 6.1: the feed that a folder and those below it have of their own, or null. */
static void
folder_feed_cb (SandboxRequest *request)
{
  gint64 folder;
  g_autofree char *key = NULL;
  GString *json = NULL;

  if (!sandbox_parameter_require_id (request, "folderId", &folder))
    return;

  key = sandbox_folder_tree_dup_feed (request->store, folder);
  json = g_string_new (NULL);
  g_string_append_printf (json, key != NULL ? "\"%s\"" : "null", key);
  sandbox_reply_json (request, 200, json);
}

static void
append_feed (GString *json, const char *name, const char *id)
{
  g_autofree char *whole = g_strdup_printf ("Orchestrator %s Feed", name);

  if (json->len > 1)
    g_string_append_c (json, ',');
  g_string_append (json, "{\"name\":");
  sandbox_json_append_string (json, whole);
  g_string_append_printf (json, ",\"id\":\"%s\",\"purpose\":\"Processes\"}", id);
}

/* What the vendor's Python command line offers to publish to, by the names its manual shows. */
static void
feeds_cb (SandboxRequest *request)
{
  static const char sql[]
      = "SELECT CASE WHEN f.\"IsPersonal\" AND f.\"OwnerId\" = u.\"UserId\" "
        "THEN 'Personal Workspace' ELSE f.\"DisplayName\" END, f.\"Key\" FROM \"Folders\" f "
        "JOIN \"SeenFolders\" u ON u.\"FolderId\" = f.\"Id\" "
        "WHERE u.\"UserId\" = ? AND f.\"TenantId\" = ? AND f.\"FeedType\" IN (?, ?) ORDER BY "
        "f.\"Id\"";
  GString *json = g_string_new ("[");
  sqlite3_stmt *statement = sandbox_store_prepare (request->store, sql);

  append_feed (json, "Tenant Processes", sandbox_world_get_tenant_key (request->tenant));
  sqlite3_bind_int64 (statement, 1, request->user);
  sqlite3_bind_int64 (statement, 2, request->tenant);
  sqlite3_bind_int64 (statement, 3,
                      sandbox_row_get_enum ("Folders", "FeedType", "FolderHierarchy"));
  sqlite3_bind_int64 (statement, 4,
                      sandbox_row_get_enum ("Folders", "FeedType", "PersonalWorkspace"));
  while (sqlite3_step (statement) == SQLITE_ROW)
    append_feed (json, (const char *)sqlite3_column_text (statement, 0),
                 (const char *)sqlite3_column_text (statement, 1));
  sandbox_store_done (statement);
  g_string_append_c (json, ']');
  sandbox_reply_json (request, 200, json);
}

const SandboxOperation sandbox_feeds_operations[] = {
  { "GET", "/api/PackageFeeds/GetFolderFeed", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, NULL,
    folder_feed_cb },
  { "GET", "/api/PackageFeeds/GetFeeds", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, NULL, feeds_cb },
  { NULL },
};
