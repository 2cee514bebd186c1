/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-enums.h"
#include "sandbox-robot.h"
#include "sandbox-sets.h"

static const SandboxField robots_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "LicenseKey", SANDBOX_FIELD_STRING, .maximum = 255 },
  { "MachineName", SANDBOX_FIELD_STRING, .maximum = 450 },
  { "MachineId", SANDBOX_FIELD_INT64 },
  { "Name", SANDBOX_FIELD_STRING,
    SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED | SANDBOX_FIELD_REQUIRED, .maximum = 19 },
  { "Username", SANDBOX_FIELD_STRING, .maximum = 100 },
  { "ExternalName", SANDBOX_FIELD_STRING, .maximum = 450 },
  { "Description", SANDBOX_FIELD_STRING, .maximum = 500 },
  { "Type", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_REQUIRED, sandbox_enum_runtime_type },
  { "HostingType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_REQUIRED, sandbox_enum_hosting_type },
  { "ProvisionType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_provision_type },
  { "Password", SANDBOX_FIELD_STRING, SANDBOX_FIELD_WRITE_ONLY, .maximum = 100 },
  { "CredentialStoreId", SANDBOX_FIELD_INT64 },
  { "UserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_INDEXED },
  { "Enabled", SANDBOX_FIELD_BOOL },
  { "CredentialType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_credential_type },
  { "Environments", SANDBOX_FIELD_JSON },
  { "RobotEnvironments", SANDBOX_FIELD_STRING },
  { "ExecutionSettings", SANDBOX_FIELD_JSON },
  { "IsExternalLicensed", SANDBOX_FIELD_BOOL },
  { "LimitConcurrentExecution", SANDBOX_FIELD_BOOL },
  { "LastModificationTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_READ_ONLY },
  { "LastModifierUserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_READ_ONLY },
  { "CreationTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_READ_ONLY },
  { "CreatorUserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_READ_ONLY },
  { NULL },
};

static const SandboxNavigation robots_navigations[] = {
  { "User", "Users", "UserId", "Id", FALSE },
  { "License", "RobotLicenses", "Id", "RobotId", FALSE },
  { NULL },
};

const SandboxEntitySet sandbox_set_robots = {
  .name = "Robots",
  .type = "ExtendedRobotDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .permission = "Robots",
  .oauth = "OR.Robots",
  .max_top = 1000,
  .default_order = "Id",
  .fields = robots_fields,
  .navigations = robots_navigations,
  .writes = SANDBOX_WRITE_CREATE | SANDBOX_WRITE_REPLACE_QUIET | SANDBOX_WRITE_PATCH_QUIET
            | SANDBOX_WRITE_DELETE,
  .unique = "Name",
  .component = "Robots",
  .event = "robot",
  .hooks = &sandbox_robot_hooks,
};

/* A robot with whom it runs as: RobotsFromFolderModel of the definition. */
static const SandboxField folderrobots_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "UserType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_user_type },
  { "UserEmail", SANDBOX_FIELD_STRING },
  { "UserFullName", SANDBOX_FIELD_STRING },
  { "UserKey", SANDBOX_FIELD_GUID },
  { "LicenseKey", SANDBOX_FIELD_STRING },
  { "MachineName", SANDBOX_FIELD_STRING },
  { "MachineId", SANDBOX_FIELD_INT64 },
  { "Name", SANDBOX_FIELD_STRING },
  { "Username", SANDBOX_FIELD_STRING },
  { "ExternalName", SANDBOX_FIELD_STRING },
  { "Description", SANDBOX_FIELD_STRING },
  { "Type", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_runtime_type },
  { "HostingType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_hosting_type },
  { "ProvisionType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_provision_type },
  { "CredentialStoreId", SANDBOX_FIELD_INT64 },
  { "UserId", SANDBOX_FIELD_INT64 },
  { "Enabled", SANDBOX_FIELD_BOOL },
  { "CredentialType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_credential_type },
  { "Environments", SANDBOX_FIELD_JSON },
  { "RobotEnvironments", SANDBOX_FIELD_STRING },
  { "ExecutionSettings", SANDBOX_FIELD_JSON },
  { "IsExternalLicensed", SANDBOX_FIELD_BOOL },
  { "LimitConcurrentExecution", SANDBOX_FIELD_BOOL },
  { "LastModificationTime", SANDBOX_FIELD_TIME },
  { "LastModifierUserId", SANDBOX_FIELD_INT64 },
  { "CreationTime", SANDBOX_FIELD_TIME },
  { "CreatorUserId", SANDBOX_FIELD_INT64 },
  { NULL },
};

const SandboxEntitySet sandbox_set_folder_robots = {
  .name = "FolderRobots",
  .type = "RobotsFromFolderModel",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Id",
  .fields = folderrobots_fields,
  .query = "SELECT r.\"Id\" AS rowid, r.*, u.\"Type\" AS \"UserType\", u.\"EmailAddress\" AS "
            "\"UserEmail\", u.\"FullName\" AS \"UserFullName\", u.\"Key\" AS \"UserKey\""
            " FROM \"Robots\" r LEFT JOIN \"Users\" u ON u.\"Id\" = r.\"UserId\"",
};

static const SandboxField robotlicenses_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "RobotId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_INDEXED },
  { "Timestamp", SANDBOX_FIELD_TIME },
  { NULL },
};

const SandboxEntitySet sandbox_set_robot_licenses = {
  .name = "RobotLicenses",
  .type = "RobotLicenseDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Id",
  .fields = robotlicenses_fields,
};
