/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-enums.h"
#include "sandbox-folder-tree.h"
#include "sandbox-sets.h"

#define REQUIRED SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED
#define OWN SANDBOX_FIELD_READ_ONLY
#define KEPT SANDBOX_FIELD_CREATE_ONLY

static const SandboxField folders_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "Key", SANDBOX_FIELD_GUID, SANDBOX_FIELD_NOT_NULL | OWN },
  { "DisplayName", SANDBOX_FIELD_STRING, REQUIRED, .maximum = 115 },
  { "FullyQualifiedName", SANDBOX_FIELD_STRING,
    SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED | OWN },
  { "Description", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, .maximum = 500 },
  { "FolderType", SANDBOX_FIELD_ENUM, OWN, sandbox_enum_folder_type },
  { "IsPersonal", SANDBOX_FIELD_BOOL, OWN },
  { "ProvisionType", SANDBOX_FIELD_ENUM, KEPT, sandbox_enum_provision_type },
  { "PermissionModel", SANDBOX_FIELD_ENUM, KEPT, sandbox_enum_permission_model },
  { "ParentId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_INDEXED | KEPT },
  { "ParentKey", SANDBOX_FIELD_GUID, OWN },
  { "FeedType", SANDBOX_FIELD_ENUM, KEPT, sandbox_enum_feed_type },
  { "OwnerId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_HIDDEN },
  { NULL },
};

const SandboxEntitySet sandbox_set_folders = {
  .name = "Folders",
  .type = "FolderDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .permission = "Units",
  .subtree = "SubFolders",
  .view = SANDBOX_FOLDER_VIEW,
  .oauth = "OR.Folders",
  .max_top = 1000,
  .default_order = "FullyQualifiedName",
  .fields = folders_fields,
  .writes = SANDBOX_WRITE_CREATE | SANDBOX_WRITE_REPLACE | SANDBOX_WRITE_DELETE,
  .component = "Folders",
  .hooks = &sandbox_folder_hooks,
};

/* Classic folders, which a modern tenant shows as they were. */
static const SandboxField units_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "DisplayName", SANDBOX_FIELD_STRING, REQUIRED, .maximum = 128 },
  { NULL },
};

const SandboxEntitySet sandbox_set_organization_units = {
  .name = "OrganizationUnits",
  .type = "OrganizationUnitDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .permission = "Units",
  .oauth = "OR.Folders",
  .max_top = 1000,
  .default_order = "DisplayName",
  .fields = units_fields,
  .query = "SELECT \"Id\" AS rowid, \"TenantId\", \"Id\", \"DisplayName\" FROM \"Folders\""
           " WHERE NOT \"IsPersonal\"",
};

static const SandboxField workspaces_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "Key", SANDBOX_FIELD_GUID },
  { "Name", SANDBOX_FIELD_STRING },
  { "IsActive", SANDBOX_FIELD_BOOL },
  { "OwnerId", SANDBOX_FIELD_INT64 },
  { "OwnerKey", SANDBOX_FIELD_GUID },
  { "OwnerName", SANDBOX_FIELD_STRING },
  { "LastLogin", SANDBOX_FIELD_TIME },
  { "ExploringUserIds", SANDBOX_FIELD_JSON },
  { NULL },
};

const SandboxEntitySet sandbox_set_personal_workspaces = {
  .name = "PersonalWorkspaces",
  .type = "PersonalWorkspaceDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .permission = "Units",
  .oauth = "OR.Folders",
  .max_top = 1000,
  .default_order = "Name",
  .fields = workspaces_fields,
  .query = "SELECT f.\"Id\" AS rowid, f.\"TenantId\", f.\"Id\", f.\"Key\","
           " f.\"DisplayName\" AS \"Name\", 1 AS \"IsActive\", f.\"OwnerId\","
           " u.\"Key\" AS \"OwnerKey\", u.\"FullName\" AS \"OwnerName\","
           " u.\"LastLoginTime\" AS \"LastLogin\", (SELECT json_group_array(e.\"UserId\") FROM"
           " \"FolderExplorers\" e WHERE e.\"FolderId\" = f.\"Id\") AS \"ExploringUserIds\""
           " FROM \"Folders\" f JOIN \"Users\" u ON u.\"Id\" = f.\"OwnerId\""
           " WHERE f.\"IsPersonal\"",
};
