/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-enums.h"
#include "sandbox-runtime.h"
#include "sandbox-machine.h"
#include "sandbox-sets.h"

static const SandboxField machines_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "LicenseKey", SANDBOX_FIELD_STRING, SANDBOX_FIELD_READ_ONLY },
  { "Name", SANDBOX_FIELD_STRING,
    SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED | SANDBOX_FIELD_REQUIRED, .maximum = 450 },
  { "Description", SANDBOX_FIELD_STRING, .maximum = 500 },
  { "Type", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_machine_type },
  { "Scope", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_machine_scope },
  { "NonProductionSlots", SANDBOX_FIELD_INT32 },
  { "UnattendedSlots", SANDBOX_FIELD_INT32 },
  { "HeadlessSlots", SANDBOX_FIELD_INT32 },
  { "TestAutomationSlots", SANDBOX_FIELD_INT32 },
  { "HostingSlots", SANDBOX_FIELD_INT32 },
  { "AppTestSlots", SANDBOX_FIELD_INT32 },
  { "PerformanceTestSlots", SANDBOX_FIELD_INT32 },
  { "AutomationCloudSlots", SANDBOX_FIELD_INT32 },
  { "AutomationCloudTestAutomationSlots", SANDBOX_FIELD_INT32 },
  { "Key", SANDBOX_FIELD_GUID, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_READ_ONLY },
  { "EndpointDetectionStatus", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_READ_ONLY,
    sandbox_enum_detection_status },
  { "RobotVersions", SANDBOX_FIELD_JSON },
  { "RobotUsers", SANDBOX_FIELD_JSON },
  { "AutomationType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_automation_type },
  { "TargetFramework", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_machine_framework },
  { "ServerlessLicensingModel", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_READ_ONLY,
    sandbox_enum_serverless_licensing },
  { "UpdatePolicy", SANDBOX_FIELD_JSON },
  { "ClientSecret", SANDBOX_FIELD_STRING, SANDBOX_FIELD_WRITE_ONLY | SANDBOX_FIELD_READ_ONLY },
  { "Tags", SANDBOX_FIELD_JSON },
  { "MaintenanceWindow", SANDBOX_FIELD_JSON },
  { "VpnSettings", SANDBOX_FIELD_JSON },
  { "UpdateInfo", SANDBOX_FIELD_JSON },
  { NULL },
};

const SandboxEntitySet sandbox_set_machines = {
  .name = "Machines",
  .type = "ExtendedMachineDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .permission = "Machines",
  .oauth = "OR.Machines",
  .max_top = 1000,
  .default_order = "Name",
  .fields = machines_fields,
  .writes = SANDBOX_WRITE_CREATE | SANDBOX_WRITE_REPLACE_QUIET | SANDBOX_WRITE_PATCH_QUIET
            | SANDBOX_WRITE_DELETE,
  .unique = "Name",
  .component = "Machines",
  .hooks = &sandbox_machine_hooks,
};

/* What hosts sign in with besides the key of their machine (fact sheet 2.5). */
static const SandboxField clientsecrets_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "LicenseKey", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "Hash", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_HIDDEN },
  { "CreationTime", SANDBOX_FIELD_TIME },
  { NULL },
};

const SandboxEntitySet sandbox_set_client_secrets = {
  .name = "ClientSecrets",
  .type = "ClientSecret",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Id",
  .fields = clientsecrets_fields,
};

static const SandboxField machinesessionruntimes_fields[] = {
  { "SessionId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "MachineId", SANDBOX_FIELD_INT64 },
  { "MachineName", SANDBOX_FIELD_STRING },
  { "MaintenanceMode", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_maintenance_mode },
  { "HostMachineName", SANDBOX_FIELD_STRING },
  { "RuntimeType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_runtime_type },
  { "MachineType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_machine_type },
  { "MachineScope", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_machine_scope },
  { "Status", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_session_state },
  { "IsUnresponsive", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_NONE, NULL,
    SANDBOX_IS_UNRESPONSIVE ("Status") },
  { "Runtimes", SANDBOX_FIELD_INT64 },
  { "UsedRuntimes", SANDBOX_FIELD_INT64 },
  { "ServiceUserName", SANDBOX_FIELD_STRING },
  { "ReportingTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_NONE, NULL,
    SANDBOX_REPORTING_TIME ("Status") },
  { "Version", SANDBOX_FIELD_STRING },
  { "DebugModeExpirationDate", SANDBOX_FIELD_TIME },
  { "Platform", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_platform },
  { "EndpointDetection", SANDBOX_FIELD_STRING },
  { "TriggersCount", SANDBOX_FIELD_INT32 },
  { "HeardOf", SANDBOX_FIELD_TIME, SANDBOX_FIELD_HIDDEN },
  { NULL },
};

const SandboxEntitySet sandbox_set_machine_session_runtimes = {
  .name = "MachineSessionRuntimes",
  .type = "MachineSessionRuntimeDto",
  .key = "SessionId",
  .scope = SANDBOX_SCOPE_TENANT,
  .permission = "Machines",
  .oauth = "OR.Robots",
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "MachineName",
  .fields = machinesessionruntimes_fields,
};
