/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-folder.h"

#include <string.h>

#include "sandbox-permission.h"
#include "sandbox-server.h"
#include "sandbox-settings.h"

#define ERROR_INVALID_REQUEST 1000
#define ERROR_INVALID_FOLDER 1100
#define ERROR_FOLDER_REQUIRED 1101

#define NO_HEADER (-1)
#define CONTRADICTION (-2)

static gint64
find_folder (SandboxRequest *request, const char *column, const char *value)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT \"Id\" FROM \"Folders\" WHERE \"TenantId\" = ? AND \"%s\" = ? COLLATE NOCASE",
      column);
  sqlite3_stmt *statement = sandbox_store_prepare (request->store, sql);
  gint64 folder = 0;

  sqlite3_bind_int64 (statement, 1, request->tenant);
  sqlite3_bind_text (statement, 2, value, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_ROW)
    folder = sqlite3_column_int64 (statement, 0);
  sandbox_store_done (statement);

  return folder;
}

/* Base64 of the UTF-16LE of the path. Returns: (transfer full) (nullable). */
static char *
decode_path (const char *encoded)
{
  gsize length;
  g_autofree guchar *bytes = g_base64_decode (encoded, &length);

  if (length == 0 || length % 2 != 0)
    return NULL;

  return g_convert ((const char *)bytes, (gssize)length, "UTF-8", "UTF-16LE", NULL, NULL, NULL);
}

static const char *
skip_slash (const char *path)
{
  return *path == '/' ? path + 1 : path;
}

static gint64
find_by_id (SandboxRequest *request, const char *value)
{
  gint64 folder = 0;

  return g_ascii_string_to_signed (value, 10, 1, G_MAXINT64, &folder, NULL) ? folder : 0;
}

static gint64
find_by_key (SandboxRequest *request, const char *value)
{
  return find_folder (request, "Key", value);
}

static gint64
find_by_path (SandboxRequest *request, const char *value)
{
  return find_folder (request, "FullyQualifiedName", skip_slash (value));
}

/* Fact sheet 1.2. The folder that it starts from is the one that another header names: the sheet
 * does not say how else. */
static gboolean
is_relative (const char *path)
{
  gsize dots = strspn (path, ".");

  return *path == '/' || ((dots == 1 || dots == 2) && (path[dots] == '/' || path[dots] == '\0'));
}

/* Returns: (transfer full) (nullable): where @path leads from @folder, NULL if to nowhere. */
static char *
follow_path (SandboxRequest *request, gint64 folder, const char *path)
{
  g_autofree char *start = NULL;
  g_auto (GStrv) steps = g_strsplit (skip_slash (path), "/", -1);
  g_autoptr (GString) place = NULL;
  sqlite3_stmt *statement = sandbox_store_prepare (
      request->store,
      "SELECT \"FullyQualifiedName\" FROM \"Folders\" WHERE \"TenantId\" = ? AND \"Id\" = ?");

  sqlite3_bind_int64 (statement, 1, request->tenant);
  sqlite3_bind_int64 (statement, 2, folder);
  if (sqlite3_step (statement) == SQLITE_ROW)
    start = g_strdup ((const char *)sqlite3_column_text (statement, 0));
  sandbox_store_done (statement);
  if (start == NULL)
    return NULL;

  place = g_string_new (start);
  if (*path == '/')
    g_string_truncate (place, strcspn (place->str, "/"));
  for (gsize i = 0; steps[i] != NULL; i++)
    if (g_str_equal (steps[i], ".."))
      {
        const char *parent = strrchr (place->str, '/');

        if (place->len == 0)
          return NULL;
        g_string_truncate (place, parent != NULL ? (gsize)(parent - place->str) : 0);
      }
    else if (!g_str_equal (steps[i], "."))
      g_string_append_printf (place, place->len > 0 ? "/%s" : "%s", steps[i]);

  return g_string_free (g_steal_pointer (&place), FALSE);
}

/* @others: what the other headers say. */
static gint64
find_by_encoded_path (SandboxRequest *request, const char *value, gint64 others)
{
  g_autofree char *path = decode_path (value);
  g_autofree char *place = NULL;
  gint64 folder;

  if (path != NULL && others > 0 && is_relative (path))
    {
      place = follow_path (request, others, path);
      return place != NULL ? find_folder (request, "FullyQualifiedName", place) : 0;
    }
  folder = path != NULL ? find_by_path (request, path) : 0;

  return others == NO_HEADER || others == folder ? folder : CONTRADICTION;
}

/* Returns: the folder, 0 where there is none, NO_HEADER, or CONTRADICTION. */
static gint64
find_by_header (SandboxRequest *request)
{
  static const struct
  {
    const char *name;
    gint64 (*find) (SandboxRequest *request, const char *value);
  } kinds[] = {
    { "X-UIPATH-OrganizationUnitId", find_by_id },
    { "X-UIPATH-FolderKey", find_by_key },
    { "X-UIPATH-FolderPath", find_by_path },
  };
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  const char *encoded = soup_message_headers_get_list (headers, "X-UIPATH-FolderPath-Encoded");
  gint64 folder = NO_HEADER;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      /* One that comes twice is a list of both, which no folder is called. */
      const char *value = soup_message_headers_get_list (headers, kinds[i].name);
      gint64 found;

      if (value == NULL || *value == '\0')
        continue;
      found = kinds[i].find (request, value);
      if (folder != NO_HEADER && folder != found)
        return CONTRADICTION;
      folder = found;
    }

  return encoded != NULL && *encoded != '\0' ? find_by_encoded_path (request, encoded, folder)
                                             : folder;
}

/* Returns: the first folder that the caller sees, NO_HEADER where there is none. */
static gint64
find_first (SandboxRequest *request)
{
  gint64 folder = NO_HEADER;
  sqlite3_stmt *statement = sandbox_store_prepare (
      request->store, "SELECT f.\"Id\" FROM \"SeenFolders\" u JOIN \"Folders\" f ON f.\"Id\" = "
                      "u.\"FolderId\" WHERE f.\"TenantId\" = ? AND u.\"UserId\" = ? ORDER BY "
                      "f.\"Id\" LIMIT 1");

  sqlite3_bind_int64 (statement, 1, request->tenant);
  sqlite3_bind_int64 (statement, 2, request->user);
  if (sqlite3_step (statement) == SQLITE_ROW)
    folder = sqlite3_column_int64 (statement, 0);
  sandbox_store_done (statement);

  return folder;
}

gboolean
sandbox_folder_resolve (SandboxRequest *request, SandboxScope scope)
{
  gint64 folder;

  g_return_val_if_fail (request != NULL, FALSE);

  if (scope == SANDBOX_SCOPE_TENANT)
    return TRUE;

  request->crosses = scope == SANDBOX_SCOPE_CROSS_FOLDER;
  folder = find_by_header (request);
  if (folder == CONTRADICTION)
    {
      /* Fact sheet 1.2: exactly one is to be sent. */
      sandbox_reply_error (request, SOUP_STATUS_BAD_REQUEST, ERROR_INVALID_REQUEST,
                           "Two headers mean different folders.");
      return FALSE;
    }
  if (folder == NO_HEADER)
    {
      if (scope == SANDBOX_SCOPE_CROSS_FOLDER)
        return TRUE;
      if (sandbox_server_get_options (request->server)->folder_header
          == SANDBOX_FOLDER_HEADER_OPTIONAL)
        folder = find_first (request);
    }
  if (folder == NO_HEADER)
    {
      sandbox_reply_error (request, SOUP_STATUS_BAD_REQUEST, ERROR_FOLDER_REQUIRED,
                           "A folder is required for this action.");
      return FALSE;
    }

  if (folder == 0
      || !sandbox_permission_sees_folder (request->store, request->tenant, request->user, folder))
    {
      sandbox_reply_error (request, SOUP_STATUS_BAD_REQUEST, ERROR_INVALID_FOLDER,
                           "Folder does not exist or the user does not have access to the folder.");
      return FALSE;
    }
  request->folder = folder;

  return TRUE;
}
