/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-enums.h"
#include "sandbox-sets.h"
#include "sandbox-user.h"

/* The robot that runs as the user (definition: UnattendedRobotDto), without its password. */
#define UNATTENDED_ROBOT                                                                           \
  "(SELECT json_object('UserName', r.\"Username\", 'CredentialType', CASE r.\"CredentialType\""     \
  " WHEN 1 THEN 'SmartCard' WHEN 2 THEN 'NCipher' WHEN 3 THEN 'SafeNet' WHEN 4 THEN"               \
  " 'NoCredential' ELSE 'Default' END, 'ExecutionSettings',"                                       \
  " json(ifnull(r.\"ExecutionSettings\", '{}')), 'LimitConcurrentExecution',"                      \
  " json(iif(r.\"LimitConcurrentExecution\", 'true', 'false')), 'RobotId', r.\"Id\","              \
  " 'MachineMappingsCount', 0) FROM \"Robots\" r WHERE r.\"UserId\" = @.\"Id\" LIMIT 1)"

static const SandboxField users_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "Name", SANDBOX_FIELD_STRING, .maximum = 1024 },
  { "Surname", SANDBOX_FIELD_STRING, .maximum = 1024 },
  { "UserName", SANDBOX_FIELD_STRING,
    SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED | SANDBOX_FIELD_REQUIRED, .maximum = 256 },
  { "Domain", SANDBOX_FIELD_STRING },
  { "DirectoryIdentifier", SANDBOX_FIELD_STRING },
  { "FullName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_READ_ONLY },
  { "EmailAddress", SANDBOX_FIELD_STRING, .maximum = 256 },
  { "LastLoginTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_READ_ONLY },
  { "IsActive", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_NOT_NULL },
  { "CreationTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_READ_ONLY },
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
  { "TenantId", SANDBOX_FIELD_INT32, SANDBOX_FIELD_READ_ONLY },
  { "TenancyName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_READ_ONLY },
  { "TenantDisplayName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_READ_ONLY },
  { "TenantKey", SANDBOX_FIELD_STRING, SANDBOX_FIELD_READ_ONLY },
  { "Type", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_CREATE_ONLY, sandbox_enum_user_type },
  { "ProvisionType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_provision_type },
  { "LicenseType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_runtime_type },
  { "RobotProvision", SANDBOX_FIELD_JSON },
  { "UnattendedRobot", SANDBOX_FIELD_JSON, SANDBOX_FIELD_DETAIL, .sql = UNATTENDED_ROBOT },
  { "NotificationSubscription", SANDBOX_FIELD_JSON },
  { "Key", SANDBOX_FIELD_GUID, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_READ_ONLY },
  { "MayHaveUserSession", SANDBOX_FIELD_BOOL },
  { "MayHaveRobotSession", SANDBOX_FIELD_BOOL },
  { "MayHaveUnattendedSession", SANDBOX_FIELD_BOOL },
  { "MayHavePersonalWorkspace", SANDBOX_FIELD_BOOL },
  { "RestrictToPersonalWorkspace", SANDBOX_FIELD_BOOL },
  { "UpdatePolicy", SANDBOX_FIELD_JSON },
  { "AccountId", SANDBOX_FIELD_STRING, SANDBOX_FIELD_READ_ONLY },
  { "HasOnlyInheritedPrivileges", SANDBOX_FIELD_BOOL },
  { "ExplicitMayHaveUserSession", SANDBOX_FIELD_BOOL },
  { "ExplicitMayHaveRobotSession", SANDBOX_FIELD_BOOL },
  { "ExplicitMayHavePersonalWorkspace", SANDBOX_FIELD_BOOL },
  { "ExplicitRestrictToPersonalWorkspace", SANDBOX_FIELD_BOOL },
  { "LastModificationTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_READ_ONLY },
  { "LastModifierUserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_READ_ONLY },
  { "CreatorUserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_READ_ONLY },
  { "Culture", SANDBOX_FIELD_STRING, SANDBOX_FIELD_HIDDEN },
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
  .writes = SANDBOX_WRITE_CREATE | SANDBOX_WRITE_DELETE,
  .unique = "UserName",
  .component = "Users",
  .hooks = &sandbox_user_hooks,
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
