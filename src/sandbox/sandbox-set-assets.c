/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-asset.h"
#include "sandbox-enums.h"
#include "sandbox-sets.h"
#include "sandbox-share.h"

#define REQUIRED SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED
#define SECRET SANDBOX_FIELD_WRITE_ONLY | SANDBOX_FIELD_EMPTY

/* Definition: values of the other types are empty, not absent. */
static const SandboxField assets_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "Key", SANDBOX_FIELD_GUID, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_READ_ONLY },
  { "Name", SANDBOX_FIELD_STRING, REQUIRED | SANDBOX_FIELD_INDEXED, .maximum = 256 },
  { "CanBeDeleted", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_READ_ONLY },
  { "ValueScope", SANDBOX_FIELD_ENUM, REQUIRED, sandbox_enum_asset_scope },
  { "ValueType", SANDBOX_FIELD_ENUM, REQUIRED, sandbox_enum_asset_type },
  { "Value", SANDBOX_FIELD_STRING },
  { "StringValue", SANDBOX_FIELD_STRING, SANDBOX_FIELD_EMPTY, .maximum = 1000000 },
  { "BoolValue", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_EMPTY },
  { "IntValue", SANDBOX_FIELD_INT32, SANDBOX_FIELD_EMPTY },
  { "CredentialUsername", SANDBOX_FIELD_STRING, SANDBOX_FIELD_EMPTY, .maximum = 512 },
  { "CredentialPassword", SANDBOX_FIELD_STRING, SECRET, .maximum = 25000 },
  { "SecretValue", SANDBOX_FIELD_STRING, SECRET, .maximum = 25000 },
  { "ExternalName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, .maximum = 450 },
  { "CredentialStoreId", SANDBOX_FIELD_INT64 },
  { "KeyValueList", SANDBOX_FIELD_JSON, SANDBOX_FIELD_EMPTY },
  { "HasDefaultValue", SANDBOX_FIELD_BOOL },
  { "Description", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, .maximum = 250 },
  { "RobotValues", SANDBOX_FIELD_JSON, SANDBOX_FIELD_READ_ONLY },
  { "Tags", SANDBOX_FIELD_JSON },
  { "FoldersCount", SANDBOX_FIELD_INT32, SANDBOX_FIELD_NONE, NULL,
    SANDBOX_FOLDERS_COUNT ("Assets") },
  { "LastModificationTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_READ_ONLY },
  { "LastModifierUserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_READ_ONLY },
  { "CreationTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_READ_ONLY },
  { "CreatorUserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_READ_ONLY },
  /* The definition does not know it yet (fact sheet 6.12), so that it is taken and not shown. */
  { "AllowDirectApiAccess", SANDBOX_FIELD_BOOL },
  { NULL },
};

static const SandboxNavigation assets_navigations[] = {
  { "UserValues", "AssetUserValues", "Id", "AssetId", TRUE },
  { NULL },
};

const SandboxEntitySet sandbox_set_assets = {
  .name = "Assets",
  .type = "AssetDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_FOLDER,
  .permission = "Assets",
  .oauth = "OR.Assets",
  .max_top = 1000,
  .default_order = "Name",
  .fields = assets_fields,
  .navigations = assets_navigations,
  .writes = SANDBOX_WRITE_CREATE | SANDBOX_WRITE_REPLACE_QUIET | SANDBOX_WRITE_DELETE,
  .unique = "Name",
  .component = "Assets",
  .hooks = &sandbox_asset_hooks,
  .shared = "AssetIds",
};

static const SandboxField assetuservalues_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "Name", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, NULL,
    "(SELECT a.\"Name\" FROM \"Assets\" a WHERE a.\"Id\" = @.\"AssetId\")" },
  { "UserId", SANDBOX_FIELD_INT64 },
  { "UserName", SANDBOX_FIELD_STRING },
  { "MachineId", SANDBOX_FIELD_INT64 },
  { "MachineName", SANDBOX_FIELD_STRING },
  { "ValueType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_asset_type },
  { "StringValue", SANDBOX_FIELD_STRING, SANDBOX_FIELD_EMPTY, .maximum = 1000000 },
  { "BoolValue", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_EMPTY },
  { "IntValue", SANDBOX_FIELD_INT32, SANDBOX_FIELD_EMPTY },
  { "Value", SANDBOX_FIELD_STRING },
  { "CredentialUsername", SANDBOX_FIELD_STRING, SANDBOX_FIELD_EMPTY, .maximum = 512 },
  { "CredentialPassword", SANDBOX_FIELD_STRING, SECRET, .maximum = 25000 },
  { "SecretValue", SANDBOX_FIELD_STRING, SECRET, .maximum = 25000 },
  { "CredentialStoreId", SANDBOX_FIELD_INT64 },
  { "ExternalName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, .maximum = 450 },
  { "KeyValueList", SANDBOX_FIELD_JSON, SANDBOX_FIELD_EMPTY },
  { "AssetId", SANDBOX_FIELD_INT64,
    SANDBOX_FIELD_HIDDEN | SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { NULL },
};

const SandboxEntitySet sandbox_set_asset_user_values = {
  .name = "AssetUserValues",
  .type = "AssetUserValueDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Id",
  .fields = assetuservalues_fields,
};
