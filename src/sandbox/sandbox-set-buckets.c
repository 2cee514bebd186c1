/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-change.h"
#include "sandbox-credential-store.h"
#include "sandbox-enums.h"
#include "sandbox-sets.h"
#include "sandbox-share.h"

#define KEPT SANDBOX_FIELD_CREATE_ONLY

static const SandboxField buckets_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "Name", SANDBOX_FIELD_STRING,
    SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED | SANDBOX_FIELD_INDEXED, .maximum = 128 },
  { "Description", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, .maximum = 512 },
  { "Identifier", SANDBOX_FIELD_GUID, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED | KEPT },
  { "StorageProvider", SANDBOX_FIELD_STRING, KEPT },
  { "StorageParameters", SANDBOX_FIELD_STRING, KEPT },
  { "StorageContainer", SANDBOX_FIELD_STRING, KEPT },
  { "Options", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_bucket_options },
  { "CredentialStoreId", SANDBOX_FIELD_INT64 },
  { "ExternalName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, .maximum = 450 },
  { "Password", SANDBOX_FIELD_STRING, SANDBOX_FIELD_WRITE_ONLY },
  { "FoldersCount", SANDBOX_FIELD_INT32, SANDBOX_FIELD_NONE, NULL,
    SANDBOX_FOLDERS_COUNT ("Buckets") },
  { "Tags", SANDBOX_FIELD_JSON },
  { NULL },
};

static gboolean
check (SandboxRequest *request, SandboxChange *change)
{
  if (sandbox_change_get_text (change, "Password") != NULL
      && sandbox_change_get_int (change, "CredentialStoreId", 0) == 0)
    sandbox_change_set_int (
        change, "CredentialStoreId",
        sandbox_credential_store_get_default (request->store, request->tenant, "BucketCredential"));
  if (change->kind == SANDBOX_WRITE_CREATE && !sandbox_change_has (change, "Options"))
    sandbox_change_set_enum (change, "Options", "None");

  return TRUE;
}

static const SandboxSetHooks hooks = { .check = check };

const SandboxEntitySet sandbox_set_buckets = {
  .name = "Buckets",
  .type = "BucketDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_FOLDER,
  .permission = "Buckets",
  .oauth = "OR.Administration",
  .max_top = 1000,
  .default_order = "Name",
  .fields = buckets_fields,
  .writes = SANDBOX_WRITE_CREATE | SANDBOX_WRITE_REPLACE | SANDBOX_WRITE_DELETE,
  .unique = "Name",
  .component = "Buckets",
  .hooks = &hooks,
  .shared = "BucketIds",
};

static const SandboxField files_fields[] = {
  { "FullPath", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL },
  { "ContentType", SANDBOX_FIELD_STRING },
  { "Size", SANDBOX_FIELD_INT64 },
  { "IsDirectory", SANDBOX_FIELD_BOOL },
  { "Id", SANDBOX_FIELD_STRING },
  { "Directory", SANDBOX_FIELD_STRING, SANDBOX_FIELD_HIDDEN },
  { "Name", SANDBOX_FIELD_STRING, SANDBOX_FIELD_HIDDEN },
  { "BucketId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_HIDDEN },
  { NULL },
};

/* Of a path: what comes before its last slash, and behind it. */
#define DIRECTORY(path) "rtrim(rtrim(" path ", replace(" path ", '/', '')), '/')"
#define NAME(path) "substr(" path ", length(rtrim(" path ", replace(" path ", '/', ''))) + 1)"
#define PARTS(path) DIRECTORY (path) " AS \"Directory\", " NAME (path) " AS \"Name\""
#define FILES                                                                                      \
  " FROM \"Blobs\" f JOIN \"Buckets\" b ON b.\"Id\" = f.\"OwnerId\""                               \
  " WHERE f.\"SetName\" = 'Buckets'"

const SandboxEntitySet sandbox_set_bucket_files = {
  .name = "BucketFiles",
  .type = "BlobFileDto",
  .key = "FullPath",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "FullPath",
  .fields = files_fields,
  .query
  = "SELECT f.\"Id\" AS rowid, b.\"TenantId\", b.\"Id\" AS \"BucketId\", 0 AS \"IsDirectory\","
    " f.\"Path\" AS \"FullPath\", f.\"ContentType\", f.\"Size\","
    " CAST(f.\"Id\" AS TEXT) AS \"Id\", " PARTS ("f.\"Path\"") FILES,
};

/* There is a directory where something lies in it, or in one below. Its number is that of its first
 * file and its depth. */
const SandboxEntitySet sandbox_set_bucket_directories = {
  .name = "BucketDirectories",
  .type = "BlobFileDto",
  .key = "FullPath",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "FullPath",
  .fields = files_fields,
  .query = "WITH RECURSIVE up(file, bucket, tenant, path) AS (SELECT f.\"Id\", b.\"Id\","
           " b.\"TenantId\", " DIRECTORY ("f.\"Path\"") FILES
  " UNION ALL SELECT file, bucket,"
  " tenant, " DIRECTORY (
      "path") " FROM up WHERE path <> '') SELECT min(file) * 1024"
              " + length(path) - length(replace(path, '/', '')) AS rowid, tenant AS \"TenantId\","
              " bucket AS \"BucketId\", 1 AS \"IsDirectory\", path AS \"FullPath\","
              " NULL AS \"ContentType\", NULL AS \"Size\", NULL AS \"Id\", " PARTS (
                  "path") " FROM up WHERE path <> '' GROUP BY bucket, path",
};
