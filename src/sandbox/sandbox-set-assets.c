/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-enums.h"
#include "sandbox-sets.h"
#include "sandbox-share.h"

static const SandboxField assets_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "Key", SANDBOX_FIELD_GUID, SANDBOX_FIELD_NOT_NULL },
  { "Name", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "CanBeDeleted", SANDBOX_FIELD_BOOL },
  { "ValueScope", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NOT_NULL, sandbox_enum_asset_scope },
  { "ValueType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NOT_NULL, sandbox_enum_asset_type },
  { "Value", SANDBOX_FIELD_STRING },
  { "StringValue", SANDBOX_FIELD_STRING },
  { "BoolValue", SANDBOX_FIELD_BOOL },
  { "IntValue", SANDBOX_FIELD_INT32 },
  { "CredentialUsername", SANDBOX_FIELD_STRING },
  { "CredentialPassword", SANDBOX_FIELD_STRING, SANDBOX_FIELD_WRITE_ONLY },
  { "SecretValue", SANDBOX_FIELD_STRING, SANDBOX_FIELD_WRITE_ONLY },
  { "ExternalName", SANDBOX_FIELD_STRING },
  { "CredentialStoreId", SANDBOX_FIELD_INT64 },
  { "KeyValueList", SANDBOX_FIELD_JSON },
  { "HasDefaultValue", SANDBOX_FIELD_BOOL },
  { "Description", SANDBOX_FIELD_STRING },
  { "RobotValues", SANDBOX_FIELD_JSON },
  { "Tags", SANDBOX_FIELD_JSON },
  { "FoldersCount", SANDBOX_FIELD_INT32, SANDBOX_FIELD_NONE, NULL,
    SANDBOX_FOLDERS_COUNT ("Assets") },
  { "LastModificationTime", SANDBOX_FIELD_TIME },
  { "LastModifierUserId", SANDBOX_FIELD_INT64 },
  { "CreationTime", SANDBOX_FIELD_TIME },
  { "CreatorUserId", SANDBOX_FIELD_INT64 },
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
  .component = "Assets",
  .shared = "AssetIds",
};

static const SandboxField assetuservalues_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "Name", SANDBOX_FIELD_STRING },
  { "UserId", SANDBOX_FIELD_INT64 },
  { "UserName", SANDBOX_FIELD_STRING },
  { "MachineId", SANDBOX_FIELD_INT64 },
  { "MachineName", SANDBOX_FIELD_STRING },
  { "ValueType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_asset_type },
  { "StringValue", SANDBOX_FIELD_STRING },
  { "BoolValue", SANDBOX_FIELD_BOOL },
  { "IntValue", SANDBOX_FIELD_INT32 },
  { "Value", SANDBOX_FIELD_STRING },
  { "CredentialUsername", SANDBOX_FIELD_STRING },
  { "CredentialPassword", SANDBOX_FIELD_STRING, SANDBOX_FIELD_WRITE_ONLY },
  { "SecretValue", SANDBOX_FIELD_STRING, SANDBOX_FIELD_WRITE_ONLY },
  { "CredentialStoreId", SANDBOX_FIELD_INT64 },
  { "ExternalName", SANDBOX_FIELD_STRING },
  { "KeyValueList", SANDBOX_FIELD_JSON },
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
