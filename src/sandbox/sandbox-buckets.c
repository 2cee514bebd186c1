/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include <string.h>

#include "sandbox-audit.h"
#include "sandbox-blob.h"
#include "sandbox-bucket.h"
#include "sandbox-list.h"
#include "sandbox-parameter.h"
#include "sandbox-sets.h"
#include "sandbox-share.h"
#include "sandbox-statement.h"
#include "sandbox-write.h"
#include "sandbox-writer.h"

#define US "UiPath.Server.Configuration.OData."
#define ERROR_INVALID_ARGUMENT 1009
#define ERROR_NOT_FOUND 1002
#define ERROR_FORBIDDEN_OPERATION 1017
#define MINUTES 30
#define MAX_MINUTES (7 * 24 * 60)
#define TAKE 500
#define MAX_TAKE 1000

/* In the numbers of BucketDto.Options. */
enum
{
  READ_ONLY = 1,
  AUDIT_READ_ACCESS = 2,
};

/* Answers where the folder has no such bucket. */
static gint64
find_bucket (SandboxRequest *request)
{
  const char *key
      = request->key != NULL ? request->key : sandbox_request_get_argument (request, "id");

  return sandbox_write_find_row (request, &sandbox_set_buckets, "Id", key);
}

gboolean
sandbox_bucket_is_read_only (SandboxStore *store, gint64 id)
{
  g_return_val_if_fail (SANDBOX_IS_STORE (store), TRUE);

  return sandbox_statement_ask (store, "SELECT \"Options\" FROM \"Buckets\" WHERE \"Id\" = ?", "i",
                                id)
         == READ_ONLY;
}

static gint64
get_options (SandboxRequest *request, gint64 bucket)
{
  return sandbox_statement_ask (
      request->store, "SELECT \"Options\" FROM \"Buckets\" WHERE \"Id\" = ?", "i", bucket);
}

/* Returns: (transfer none): a path as it is stored, without slashes before it. */
static const char *
skip_slashes (const char *path)
{
  return path + strspn (path, "/");
}

/* Answers where it lacks, or leads out of the bucket. Returns: (nullable). */
static const char *
read_path (SandboxRequest *request)
{
  const char *path = sandbox_parameter_require_text (request, "path");
  g_auto (GStrv) parts = NULL;

  if (path == NULL)
    return NULL;

  path = skip_slashes (path);
  parts = g_strsplit (path, "/", -1);
  for (gsize i = 0; parts[i] != NULL; i++)
    {
      if (*parts[i] != '\0' && !g_str_equal (parts[i], ".") && !g_str_equal (parts[i], ".."))
        continue;
      sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT, "'%s' is no path of a file.",
                           path);
      return NULL;
    }
  if (*path == '\0')
    sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT, "The path is empty.");

  return *path != '\0' ? path : NULL;
}

/* Returns: FALSE, and answers, where it is out of range; 0 is the default. */
static gboolean
read_minutes (SandboxRequest *request, gint64 *minutes)
{
  return sandbox_parameter_read_int (request, "expiryInMinutes", 0, MAX_MINUTES, minutes);
}

static void
reply_files (SandboxRequest *request, const SandboxEntitySet *set, gboolean recursive)
{
  gint64 bucket = find_bucket (request);
  const char *text = sandbox_request_get_query (request, "directory");
  const char *glob = sandbox_request_get_query (request, "fileNameGlob");
  g_autofree char *directory = g_strdup (text != NULL ? skip_slashes (text) : "");
  g_autoptr (SandboxSql) sql = sandbox_list_begin_tenant (request, set);

  if (bucket == 0)
    return;

  g_strchomp (directory);
  while (g_str_has_suffix (directory, "/"))
    directory[strlen (directory) - 1] = '\0';
  sandbox_sql_add_condition (sql, "t.\"BucketId\" = ?", 1, bucket);
  if (!recursive)
    sandbox_sql_add_text_condition (sql, "t.\"Directory\" = ?", directory);
  else if (*directory != '\0')
    {
      g_autofree char *below = g_strconcat (directory, "/", NULL);

      sandbox_sql_add_text_condition (sql, "instr(t.\"FullPath\", ?) = 1", below);
    }
  if (glob != NULL && *glob != '\0')
    sandbox_sql_add_text_condition (sql, "t.\"Name\" GLOB ?", glob);
  sandbox_list_reply (request, set, sql);
}

static void
files_cb (SandboxRequest *request)
{
  gboolean recursive = FALSE;

  if (sandbox_parameter_read_bool (request, "recursive", &recursive))
    reply_files (request, &sandbox_set_bucket_files, recursive);
}

static void
directories_cb (SandboxRequest *request)
{
  reply_files (request, &sandbox_set_bucket_directories, FALSE);
}

/* Answers where the bucket has no such file. Returns: its number. */
static gint64
find_file (SandboxRequest *request, gint64 bucket, const char *path)
{
  gint64 id = sandbox_statement_ask (request->store,
                                     "SELECT \"Id\" FROM \"Blobs\" WHERE \"SetName\" = 'Buckets'"
                                     " AND \"OwnerId\" = ? AND \"Path\" = ?",
                                     "is", bucket, path);

  if (id == 0)
    sandbox_reply_error (request, 404, ERROR_NOT_FOUND, "The file %s does not exist.", path);

  return id;
}

static void
file_cb (SandboxRequest *request)
{
  gint64 bucket = find_bucket (request);
  const char *path = bucket != 0 ? read_path (request) : NULL;
  gint64 id = path != NULL ? find_file (request, bucket, path) : 0;

  if (id != 0)
    sandbox_reply_entity (request, 200, &sandbox_set_bucket_files, id);
}

/* Answers where files may not be changed. */
static gboolean
check_writable (SandboxRequest *request, gint64 bucket)
{
  if (get_options (request, bucket) != READ_ONLY)
    return TRUE;

  sandbox_reply_error (request, 403, ERROR_FORBIDDEN_OPERATION, "The bucket is read-only.");

  return FALSE;
}

static void
delete_file_cb (SandboxRequest *request)
{
  gint64 bucket = find_bucket (request);
  const char *path = bucket != 0 ? read_path (request) : NULL;

  if (path == NULL || !check_writable (request, bucket) || find_file (request, bucket, path) == 0)
    return;

  sandbox_store_begin (request->store);
  sandbox_blob_delete (request->store, &sandbox_set_buckets, bucket, path);
  sandbox_audit (request, "Buckets", "DeleteBlobFile", bucket, path, NULL);
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 204);
}

static void
reply_access (SandboxRequest *request, gint64 bucket, const char *verb, const char *type)
{
  const char *path = read_path (request);
  g_autoptr (GString) access = g_string_new (NULL);
  gboolean is_read = g_str_equal (verb, SOUP_METHOD_GET);
  gint64 minutes = 0;
  GString *json;

  if (path == NULL || !read_minutes (request, &minutes))
    return;

  sandbox_blob_append_access (access, request, &sandbox_set_buckets, bucket, path, verb, type,
                              minutes > 0 ? (int)minutes : MINUTES);
  if (!is_read || get_options (request, bucket) == AUDIT_READ_ACCESS)
    {
      sandbox_store_begin (request->store);
      sandbox_audit (request, "Buckets", "CreateBlobFileSas", bucket, path, NULL);
      sandbox_store_commit (request->store);
    }
  json = sandbox_request_begin_json (request, US "BlobFileAccessDto");
  g_string_append (json, access->str + 1);
  sandbox_reply_json (request, 200, json);
}

static void
read_uri_cb (SandboxRequest *request)
{
  gint64 bucket = find_bucket (request);

  if (bucket != 0)
    reply_access (request, bucket, SOUP_METHOD_GET, NULL);
}

static void
write_uri_cb (SandboxRequest *request)
{
  gint64 bucket = find_bucket (request);
  const char *type = sandbox_request_get_query (request, "contentType");

  if (bucket != 0 && check_writable (request, bucket))
    reply_access (request, bucket, SOUP_METHOD_PUT, type != NULL && *type != '\0' ? type : NULL);
}

/* A page ends with the path of its last file, which the next goes on behind. Returns: (transfer
 * full) (nullable): NULL with an answer where the token is none. */
static char *
read_token (SandboxRequest *request)
{
  const char *token = sandbox_request_get_query (request, "continuationToken");
  g_autofree guchar *bytes = NULL;
  g_autofree char *path = NULL;
  gsize length;

  if (token == NULL || *token == '\0')
    return g_strdup ("");

  bytes = g_base64_decode (token, &length);
  path = g_strndup ((const char *)bytes, length);
  if (*path != '\0' && g_utf8_validate (path, -1, NULL))
    return g_steal_pointer (&path);

  sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT,
                       "The continuation token is not valid.");

  return NULL;
}

static void
append_item (
    GString *json, SandboxRequest *request, sqlite3_stmt *statement, gint64 bucket, gint64 minutes)
{
  const char *path = (const char *)sqlite3_column_text (statement, 0);
  const char *type = (const char *)sqlite3_column_text (statement, 1);

  g_string_append (json, "{\"fullPath\":");
  sandbox_json_append_string (json, path);
  g_string_append (json, ",\"contentType\":");
  sandbox_json_append_string (json, type != NULL ? type : "application/octet-stream");
  g_string_append_printf (json, ",\"size\":%" G_GINT64_FORMAT ",\"lastModified\":",
                          (gint64)sqlite3_column_int64 (statement, 2));
  sandbox_json_append_time (json, sqlite3_column_int64 (statement, 3));
  if (minutes > 0)
    {
      g_string_append (json, ",\"accessInfo\":");
      sandbox_blob_append_access (json, request, &sandbox_set_buckets, bucket, path,
                                  SOUP_METHOD_GET, NULL, (int)minutes);
    }
  g_string_append_c (json, '}');
}

/* Definition: ListBlobItemsResponseDto. */
static void
list_files_cb (SandboxRequest *request)
{
  gint64 bucket = find_bucket (request), take = 0, minutes = 0, n = 0;
  const char *prefix = sandbox_request_get_query (request, "prefix");
  g_autofree char *after = NULL;
  g_autofree char *last = NULL;
  sqlite3_stmt *statement;
  GString *json;

  if (bucket == 0 || !sandbox_parameter_read_int (request, "takeHint", 0, MAX_TAKE, &take)
      || !read_minutes (request, &minutes) || (after = read_token (request)) == NULL)
    return;

  take = take > 0 ? take : TAKE;
  json = g_string_new ("{\"items\":[");
  statement = sandbox_statement_open (
      request->store,
      "SELECT \"Path\", \"ContentType\", \"Size\", \"Modified\" FROM \"Blobs\" WHERE"
      " \"SetName\" = 'Buckets' AND \"OwnerId\" = ? AND \"Path\" > ? AND instr(\"Path\", ?) = 1"
      " ORDER BY \"Path\" LIMIT ?",
      "issi", bucket, after, prefix != NULL ? skip_slashes (prefix) : "", take + 1);
  while (sqlite3_step (statement) == SQLITE_ROW && n++ < take)
    {
      if (n > 1)
        g_string_append_c (json, ',');
      append_item (json, request, statement, bucket, minutes);
      g_free (last);
      last = g_strdup ((const char *)sqlite3_column_text (statement, 0));
    }
  sandbox_store_done (statement);

  g_string_append_c (json, ']');
  if (n > take)
    {
      g_autofree char *token = g_base64_encode ((const guchar *)last, strlen (last));

      g_string_append_printf (json, ",\"continuationToken\":\"%s\"", token);
    }
  g_string_append_c (json, '}');
  sandbox_reply_json (request, 200, json);
}

#define FUNCTION(method, name, permission, handler)                                                \
  {                                                                                                \
    method, "/odata/Buckets({key})/" US name, SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,                \
        "Buckets.View&BlobFiles." permission, handler                                              \
  }

const SandboxOperation sandbox_buckets_operations[] = {
  FUNCTION ("GET", "GetFiles", "View", files_cb),
  FUNCTION ("GET", "GetDirectories", "View", directories_cb),
  FUNCTION ("GET", "GetFile", "View", file_cb),
  FUNCTION ("GET", "GetReadUri", "View", read_uri_cb),
  FUNCTION ("GET", "GetWriteUri", "Create", write_uri_cb),
  FUNCTION ("DELETE", "DeleteFile", "Delete", delete_file_cb),
  { "GET", "/api/Buckets/{id}/ListFiles", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "Buckets.View&BlobFiles.View", list_files_cb },
  { "GET", "/odata/Buckets/" US "GetBucketsAcrossFolders", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Buckets.View", sandbox_share_across_folders_cb },
  { "GET", "/odata/Buckets/" US "GetFoldersForBucket", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Buckets.View", sandbox_share_folders_for_cb },
  { "POST", "/odata/Buckets/" US "ShareToFolders", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, NULL,
    sandbox_share_to_folders_cb },
  { NULL },
};
