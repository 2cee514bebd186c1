/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-enums.h"
#include "sandbox-runtime.h"
#include "sandbox-sets.h"

/* A host that is connected lets hear of itself every 30 seconds, and is unresponsive after 120. */
#define SESSION_FIELDS                                                                             \
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },                                           \
      { "HostMachineName", SANDBOX_FIELD_STRING }, { "MachineId", SANDBOX_FIELD_INT64 },           \
      { "MachineName", SANDBOX_FIELD_STRING },                                                     \
      { "State", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NOT_NULL, sandbox_enum_session_state },         \
      { "ReportingTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_NONE, NULL,                             \
        SANDBOX_REPORTING_TIME ("State") },                                                        \
      { "Info", SANDBOX_FIELD_STRING },                                                            \
      { "IsUnresponsive", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_NONE, NULL,                            \
        SANDBOX_IS_UNRESPONSIVE ("State") },                                                       \
      { "LicenseErrorCode", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_license_error },  \
      { "OrganizationUnitId", SANDBOX_FIELD_INT64 }, { "FolderName", SANDBOX_FIELD_STRING },       \
      { "RobotSessionType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_session_type },   \
      { "Version", SANDBOX_FIELD_STRING },                                                         \
      { "Source", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_session_source },           \
      { "DebugModeExpirationDate", SANDBOX_FIELD_TIME }, { "UpdateInfo", SANDBOX_FIELD_JSON },     \
      { "InstallationId", SANDBOX_FIELD_GUID },                                                    \
      { "Platform", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_platform },               \
      { "EndpointDetection", SANDBOX_FIELD_STRING },                                               \
      { "RobotId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_HIDDEN | SANDBOX_FIELD_INDEXED },            \
      { "JobId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_HIDDEN },                                      \
  {                                                                                                \
    "HeardOf", SANDBOX_FIELD_TIME, SANDBOX_FIELD_HIDDEN                                            \
  }

static const SandboxField sessions_fields[] = {
  SESSION_FIELDS,
  { NULL },
};

static const SandboxNavigation sessions_navigations[] = {
  { "Robot", "Robots", "RobotId", "Id", FALSE },
  { "Job", "Jobs", "JobId", "Id", FALSE },
  { NULL },
};

const SandboxEntitySet sandbox_set_sessions = {
  .name = "Sessions",
  .type = "SessionDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_FOLDER,
  .permission = "Robots",
  .oauth = "OR.Robots",
  .max_top = 1000,
  .default_order = "Id",
  .fields = sessions_fields,
  .navigations = sessions_navigations,
};

/* The same with the account that the robot's service runs as. */
static const SandboxField machinesessions_fields[] = {
  { "ServiceUserName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, NULL,
    "(SELECT r.\"ServiceUserName\" FROM \"MachineSessionRuntimes\" r WHERE r.\"TenantId\" = "
    "@.\"TenantId\" AND r.\"MachineId\" = @.\"MachineId\" LIMIT 1)" },
  SESSION_FIELDS,
  { NULL },
};

const SandboxEntitySet sandbox_set_machine_sessions = {
  .name = "MachineSessions",
  .type = "MachineSessionDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .permission = "Machines",
  .oauth = "OR.Robots",
  .query = "SELECT rowid AS rowid, * FROM \"Sessions\"",
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Id",
  .fields = machinesessions_fields,
  .navigations = sessions_navigations,
};
