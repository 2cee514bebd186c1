/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-enums.h"
#include "sandbox-sets.h"

static const SandboxField folders_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "Key", SANDBOX_FIELD_GUID, SANDBOX_FIELD_NOT_NULL },
  { "DisplayName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL },
  { "FullyQualifiedName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "Description", SANDBOX_FIELD_STRING },
  { "FolderType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_folder_type },
  { "IsPersonal", SANDBOX_FIELD_BOOL },
  { "ProvisionType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_provision_type },
  { "PermissionModel", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_permission_model },
  { "ParentId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_INDEXED },
  { "ParentKey", SANDBOX_FIELD_GUID },
  { "FeedType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_feed_type },
  { NULL },
};

const SandboxEntitySet sandbox_set_folders = {
  .name = "Folders",
  .type = "FolderDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .permission = "Units",
  .oauth = "OR.Folders",
  .max_top = 1000,
  .default_order = "FullyQualifiedName",
  .fields = folders_fields,
};
