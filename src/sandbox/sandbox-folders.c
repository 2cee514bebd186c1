/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"
#include "sandbox-parameter.h"
#include "sandbox-sets.h"
#include "sandbox-writer.h"

#define MAX_TAKE 1000
/* What CurrentUserFolderDto has of a folder (definition). */
static const char *const current_user_fields[] = {
  "Id",          "Key",        "DisplayName", "FullyQualifiedName",
  "Description", "FolderType", "ParentId",    "ParentKey",
};

#define VISIBLE                                                                                    \
  " FROM \"Folders\" f JOIN \"SeenFolders\" u ON u.\"FolderId\" = f.\"Id\" AND u.\"UserId\" = ?1"  \
  " WHERE f.\"TenantId\" = ?2"

static gint64
count_folders (SandboxRequest *request)
{
  sqlite3_stmt *statement = sandbox_store_prepare (request->store, "SELECT count(*)" VISIBLE);
  gint64 count = 0;

  sqlite3_bind_int64 (statement, 1, request->user);
  sqlite3_bind_int64 (statement, 2, request->tenant);
  if (sqlite3_step (statement) == SQLITE_ROW)
    count = sqlite3_column_int64 (statement, 0);
  sandbox_store_done (statement);

  return count;
}

/* Fact sheet 6.1: {"PageItems":[…],"Count":n}. */
static void
all_for_current_user_cb (SandboxRequest *request)
{
  gint64 take = MAX_TAKE, skip = 0;
  g_autoptr (SandboxShape) shape = sandbox_shape_new (&sandbox_set_folders);
  g_autoptr (SandboxWriter) writer = NULL;
  sqlite3_stmt *statement;
  GString *json;

  if (!sandbox_parameter_read_int (request, "take", 0, MAX_TAKE, &take) ||
      !sandbox_parameter_read_int (request, "skip", 0, G_MAXINT32, &skip))
    return;

  shape->fields = g_ptr_array_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (current_user_fields); i++)
    g_ptr_array_add (shape->fields, (gpointer) sandbox_entity_set_find_field (
                                        &sandbox_set_folders, current_user_fields[i]));
  writer = sandbox_writer_new (request->store, shape, FALSE);

  json = g_string_new ("{\"PageItems\":[");
  statement = sandbox_store_prepare (request->store,
                                     "SELECT f.\"Id\"" VISIBLE
                                     " ORDER BY f.\"FullyQualifiedName\" LIMIT ?3 OFFSET ?4");
  sqlite3_bind_int64 (statement, 1, request->user);
  sqlite3_bind_int64 (statement, 2, request->tenant);
  sqlite3_bind_int64 (statement, 3, take);
  sqlite3_bind_int64 (statement, 4, skip);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      if (json->str[json->len - 1] == '}')
        g_string_append_c (json, ',');
      sandbox_writer_write (writer, json, sqlite3_column_int64 (statement, 0), NULL);
    }
  sandbox_store_done (statement);
  g_string_append_printf (json, "],\"Count\":%" G_GINT64_FORMAT "}", count_folders (request));
  sandbox_reply_json (request, SOUP_STATUS_OK, json);
}

/* Definition: ExtendedFolderDto, a bare array. A tree in the order of its paths, a folder before
 * those within it. */
static void
navigation_cb (SandboxRequest *request)
{
  g_autoptr (SandboxShape) shape = sandbox_shape_new (&sandbox_set_folders);
  g_autoptr (SandboxWriter) writer = sandbox_writer_new (request->store, shape, FALSE);
  GString *json = g_string_new ("[");
  sqlite3_stmt *statement = sandbox_store_prepare (
      request->store, "SELECT f.\"Id\", length(f.\"FullyQualifiedName\") - "
                      "length(replace(f.\"FullyQualifiedName\", '/', '')),"
                      " EXISTS (SELECT 1 FROM \"Folders\" c JOIN \"SeenFolders\" v ON "
                      "v.\"FolderId\" = c.\"Id\" AND v.\"UserId\" = ?1"
                      " WHERE c.\"ParentId\" = f.\"Id\")" VISIBLE
                      " ORDER BY replace(f.\"FullyQualifiedName\", '/', char(1)) COLLATE NOCASE");

  sqlite3_bind_int64 (statement, 1, request->user);
  sqlite3_bind_int64 (statement, 2, request->tenant);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      g_autofree char *head =
          g_strdup_printf ("\"IsSelectable\":true,\"HasChildren\":%s,\"Level\":%d,",
                           sqlite3_column_int (statement, 2) != 0 ? "true" : "false",
                           sqlite3_column_int (statement, 1));

      if (json->len > 1)
        g_string_append_c (json, ',');
      sandbox_writer_write (writer, json, sqlite3_column_int64 (statement, 0), head);
    }
  sandbox_store_done (statement);
  g_string_append_c (json, ']');
  sandbox_reply_json (request, SOUP_STATUS_OK, json);
}

const SandboxOperation sandbox_folders_operations[] = {
  { "GET", "/api/Folders/GetAllForCurrentUser", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, NULL,
    all_for_current_user_cb },
  { "GET", "/api/FoldersNavigation/GetAllFoldersForCurrentUser", SANDBOX_SIGNED,
    SANDBOX_SCOPE_TENANT, NULL, navigation_cb },
  { NULL },
};
