/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-folder.h"

#include <string.h>

#include "sandbox-permission.h"

#define ERROR_INVALID_FOLDER 1100
#define ERROR_FOLDER_REQUIRED 1101

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

  return g_convert ((const char *) bytes, (gssize) length, "UTF-8", "UTF-16LE", NULL, NULL, NULL);
}

static const char *
skip_slash (const char *path)
{
  return *path == '/' ? path + 1 : path;
}

/* Returns: the folder, 0 where there is none, -1 where no header was sent. */
static gint64
find_by_header (SandboxRequest *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  const char *value;
  gint64 folder = 0;

  value = soup_message_headers_get_one (headers, "X-UIPATH-OrganizationUnitId");
  if (value != NULL && *value != '\0')
    return g_ascii_string_to_signed (value, 10, 1, G_MAXINT64, &folder, NULL) ? folder : 0;

  value = soup_message_headers_get_one (headers, "X-UIPATH-FolderKey");
  if (value != NULL && *value != '\0')
    return find_folder (request, "Key", value);

  value = soup_message_headers_get_one (headers, "X-UIPATH-FolderPath");
  if (value != NULL && *value != '\0')
    return find_folder (request, "FullyQualifiedName", skip_slash (value));

  value = soup_message_headers_get_one (headers, "X-UIPATH-FolderPath-Encoded");
  if (value != NULL && *value != '\0')
    {
      g_autofree char *path = decode_path (value);

      return path != NULL ? find_folder (request, "FullyQualifiedName", skip_slash (path)) : 0;
    }

  return -1;
}

gboolean
sandbox_folder_resolve (SandboxRequest *request, SandboxScope scope)
{
  gint64 folder;

  g_return_val_if_fail (request != NULL, FALSE);

  if (scope == SANDBOX_SCOPE_TENANT)
    return TRUE;

  folder = find_by_header (request);
  if (folder == -1)
    {
      if (scope == SANDBOX_SCOPE_CROSS_FOLDER)
        return TRUE;
      sandbox_reply_error (request, SOUP_STATUS_BAD_REQUEST, ERROR_FOLDER_REQUIRED,
                           "A folder is required for this action.");
      return FALSE;
    }

  if (folder == 0 || !sandbox_permission_sees_folder (request->store, request->user, folder))
    {
      sandbox_reply_error (request, SOUP_STATUS_BAD_REQUEST, ERROR_INVALID_FOLDER,
                           "Folder does not exist or the user does not have access to the folder.");
      return FALSE;
    }
  request->folder = folder;

  return TRUE;
}
