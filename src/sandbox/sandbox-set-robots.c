/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-enums.h"
#include "sandbox-sets.h"

static const SandboxField robots_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "LicenseKey", SANDBOX_FIELD_STRING },
  { "MachineName", SANDBOX_FIELD_STRING },
  { "MachineId", SANDBOX_FIELD_INT64 },
  { "Name", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "Username", SANDBOX_FIELD_STRING },
  { "ExternalName", SANDBOX_FIELD_STRING },
  { "Description", SANDBOX_FIELD_STRING },
  { "Type", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_runtime_type },
  { "HostingType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_hosting_type },
  { "ProvisionType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_provision_type },
  { "Password", SANDBOX_FIELD_STRING, SANDBOX_FIELD_WRITE_ONLY },
  { "CredentialStoreId", SANDBOX_FIELD_INT64 },
  { "UserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_INDEXED },
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
