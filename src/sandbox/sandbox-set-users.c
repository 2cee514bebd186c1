/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-enums.h"
#include "sandbox-sets.h"

static const SandboxField users_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "Name", SANDBOX_FIELD_STRING },
  { "Surname", SANDBOX_FIELD_STRING },
  { "UserName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "Domain", SANDBOX_FIELD_STRING },
  { "DirectoryIdentifier", SANDBOX_FIELD_STRING },
  { "FullName", SANDBOX_FIELD_STRING },
  { "EmailAddress", SANDBOX_FIELD_STRING },
  { "LastLoginTime", SANDBOX_FIELD_TIME },
  { "IsActive", SANDBOX_FIELD_BOOL },
  { "CreationTime", SANDBOX_FIELD_TIME },
  { "AuthenticationSource", SANDBOX_FIELD_STRING },
  { "Password", SANDBOX_FIELD_STRING, SANDBOX_FIELD_WRITE_ONLY },
  { "IsExternalLicensed", SANDBOX_FIELD_BOOL },
  { "RolesList", SANDBOX_FIELD_JSON, SANDBOX_FIELD_NONE, NULL,
    "(SELECT json_group_array(r.\"Name\") FROM \"UserRoles\" u JOIN \"Roles\" r ON "
    "r.\"Id\" = u.\"RoleId\" WHERE u.\"UserId\" = @.\"Id\")" },
  { "LoginProviders", SANDBOX_FIELD_JSON },
  { "OrganizationUnits", SANDBOX_FIELD_JSON, SANDBOX_FIELD_NONE, NULL,
    "(SELECT json_group_array(json_object('DisplayName', f.\"DisplayName\", 'Id', "
    "f.\"Id\")) FROM \"UserFolders\" u JOIN \"Folders\" f ON f.\"Id\" = u.\"FolderId\" "
    "WHERE u.\"UserId\" = @.\"Id\")" },
  { "TenantId", SANDBOX_FIELD_INT32 },
  { "TenancyName", SANDBOX_FIELD_STRING },
  { "TenantDisplayName", SANDBOX_FIELD_STRING },
  { "TenantKey", SANDBOX_FIELD_STRING },
  { "Type", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_user_type },
  { "ProvisionType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_provision_type },
  { "LicenseType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_runtime_type },
  { "RobotProvision", SANDBOX_FIELD_JSON },
  { "UnattendedRobot", SANDBOX_FIELD_JSON },
  { "NotificationSubscription", SANDBOX_FIELD_JSON },
  { "Key", SANDBOX_FIELD_GUID, SANDBOX_FIELD_NOT_NULL },
  { "MayHaveUserSession", SANDBOX_FIELD_BOOL },
  { "MayHaveRobotSession", SANDBOX_FIELD_BOOL },
  { "MayHaveUnattendedSession", SANDBOX_FIELD_BOOL },
  { "MayHavePersonalWorkspace", SANDBOX_FIELD_BOOL },
  { "RestrictToPersonalWorkspace", SANDBOX_FIELD_BOOL },
  { "UpdatePolicy", SANDBOX_FIELD_JSON },
  { "AccountId", SANDBOX_FIELD_STRING },
  { "HasOnlyInheritedPrivileges", SANDBOX_FIELD_BOOL },
  { "ExplicitMayHaveUserSession", SANDBOX_FIELD_BOOL },
  { "ExplicitMayHaveRobotSession", SANDBOX_FIELD_BOOL },
  { "ExplicitMayHavePersonalWorkspace", SANDBOX_FIELD_BOOL },
  { "ExplicitRestrictToPersonalWorkspace", SANDBOX_FIELD_BOOL },
  { "LastModificationTime", SANDBOX_FIELD_TIME },
  { "LastModifierUserId", SANDBOX_FIELD_INT64 },
  { "CreatorUserId", SANDBOX_FIELD_INT64 },
  { NULL },
};

static const SandboxNavigation users_navigations[] = {
  { "UserRoles", "UserRoles", "Id", "UserId", TRUE },
  { NULL },
};

const SandboxEntitySet sandbox_set_users = {
  .name = "Users",
  .type = "UserDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .permission = "Users",
  .oauth = "OR.Users",
  .max_top = 1000,
  .default_order = "Id",
  .fields = users_fields,
  .navigations = users_navigations,
};

static const SandboxField userroles_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "UserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "RoleId", SANDBOX_FIELD_INT32, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "UserName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, NULL,
    "(SELECT \"UserName\" FROM \"Users\" WHERE \"Id\" = @.\"UserId\")" },
  { "RoleName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, NULL,
    "(SELECT \"Name\" FROM \"Roles\" WHERE \"Id\" = @.\"RoleId\")" },
  { "RoleType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_role_type,
    "(SELECT \"Type\" FROM \"Roles\" WHERE \"Id\" = @.\"RoleId\")" },
  { NULL },
};

const SandboxEntitySet sandbox_set_user_roles = {
  .name = "UserRoles",
  .type = "UserRoleDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Id",
  .fields = userroles_fields,
};
