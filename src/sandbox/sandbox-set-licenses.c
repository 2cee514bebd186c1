/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-enums.h"
#include "sandbox-sets.h"

/* clang-format off */
#define MACHINES_OF(condition) \
  "(SELECT json_group_array (DISTINCT s.\"MachineName\") FROM \"Sessions\" s" \
  " JOIN \"Robots\" r ON r.\"Id\" = s.\"RobotId\"" \
  " WHERE r.\"UserId\" = u.\"Id\" AND " condition ")"
#define NAMED_USERS \
  "SELECT u.\"Id\" AS rowid, u.\"TenantId\", u.\"Key\", u.\"UserName\", u.\"LicenseType\"," \
  " u.\"LastLoginTime\" AS \"LastLoginDate\", u.\"IsActive\" AS \"IsLicensed\"," \
  " ifnull (u.\"IsExternalLicensed\", 0) AS \"IsExternalLicensed\"," \
  " json_array_length (" MACHINES_OF ("TRUE") ") AS \"MachinesCount\"," \
  " (SELECT r.\"Id\" FROM \"Robots\" r JOIN \"Sessions\" s ON s.\"RobotId\" = r.\"Id\"" \
  " AND s.\"State\" < 2 WHERE r.\"UserId\" = u.\"Id\" LIMIT 1) AS \"ActiveRobotId\"," \
  " " MACHINES_OF ("TRUE") " AS \"MachineNames\"," \
  " " MACHINES_OF ("s.\"State\" < 2") " AS \"ActiveMachineNames\"" \
  " FROM \"Users\" u WHERE u.\"LicenseType\" IS NOT NULL"

/* The slots of all machines for one runtime; @number is its RuntimeType. */
#define SLOTS(column, number) \
  "SELECT \"Id\", \"" column "\" AS \"Slots\", " number " AS \"Runtime\" FROM \"Machines\"" \
  " WHERE \"" column "\" > 0"
#define OF_SESSIONS(what) \
  "(SELECT " what " FROM \"MachineSessionRuntimes\" s WHERE s.\"MachineId\" = m.\"Id\"" \
  " AND s.\"RuntimeType\" = l.\"Runtime\")"
#define RUNTIMES \
  "SELECT m.\"Id\" * 100 + l.\"Runtime\" AS rowid, m.\"TenantId\", m.\"LicenseKey\" AS \"Key\"," \
  " m.\"Id\" AS \"MachineId\", m.\"Name\" AS \"MachineName\", m.\"Type\" AS \"MachineType\"," \
  " m.\"Scope\" AS \"MachineScope\", l.\"Slots\" AS \"Runtimes\", l.\"Runtime\" AS \"RuntimeType\"," \
  " " OF_SESSIONS ("max (s.\"HostMachineName\")") " AS \"HostMachineName\"," \
  " " OF_SESSIONS ("max (s.\"ServiceUserName\")") " AS \"ServiceUserName\"," \
  " " OF_SESSIONS ("ifnull (sum (s.\"UsedRuntimes\"), 0)") " AS \"ExecutingCount\"," \
  " " OF_SESSIONS ("ifnull (min (s.\"Status\"), 9) < 2") " AS \"IsOnline\"," \
  " (SELECT count(*) FROM \"Robots\" r WHERE r.\"MachineId\" = m.\"Id\") AS \"RobotsCount\"," \
  " o.\"Id\" IS NULL AS \"IsLicensed\", o.\"Id\" IS NULL AS \"Enabled\"" \
  " FROM (" SLOTS ("NonProductionSlots", "0") " UNION ALL " SLOTS ("UnattendedSlots", "2") \
  " UNION ALL " SLOTS ("HeadlessSlots", "8") " UNION ALL " SLOTS ("TestAutomationSlots", "11") \
  ") l JOIN \"Machines\" m ON m.\"Id\" = l.\"Id\" LEFT JOIN \"DisabledRuntimes\" o" \
  " ON o.\"MachineId\" = m.\"Id\" AND o.\"RuntimeType\" = l.\"Runtime\""
/* clang-format on */

static const SandboxField named_fields[] = {
  { "Key", SANDBOX_FIELD_STRING },
  { "UserName", SANDBOX_FIELD_STRING },
  { "LastLoginDate", SANDBOX_FIELD_TIME },
  { "MachinesCount", SANDBOX_FIELD_INT32 },
  { "IsLicensed", SANDBOX_FIELD_BOOL },
  { "IsExternalLicensed", SANDBOX_FIELD_BOOL },
  { "ActiveRobotId", SANDBOX_FIELD_INT64 },
  { "MachineNames", SANDBOX_FIELD_JSON },
  { "ActiveMachineNames", SANDBOX_FIELD_JSON },
  { "LicenseType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_HIDDEN, sandbox_enum_runtime_type },
  { NULL },
};

const SandboxEntitySet sandbox_set_licenses_named_user = {
  .name = "LicensesNamedUser",
  .type = "LicenseNamedUserDto",
  .key = "Key",
  .scope = SANDBOX_SCOPE_TENANT,
  .permission = "License",
  .oauth = "OR.License",
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "UserName",
  .fields = named_fields,
  .query = NAMED_USERS,
};

static const SandboxField runtime_fields[] = {
  { "Key", SANDBOX_FIELD_STRING },
  { "MachineId", SANDBOX_FIELD_INT64 },
  { "MachineName", SANDBOX_FIELD_STRING },
  { "HostMachineName", SANDBOX_FIELD_STRING },
  { "ServiceUserName", SANDBOX_FIELD_STRING },
  { "MachineType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_machine_type },
  { "Runtimes", SANDBOX_FIELD_INT32 },
  { "RobotsCount", SANDBOX_FIELD_INT32 },
  { "ExecutingCount", SANDBOX_FIELD_INT32 },
  { "IsOnline", SANDBOX_FIELD_BOOL },
  { "IsLicensed", SANDBOX_FIELD_BOOL },
  { "Enabled", SANDBOX_FIELD_BOOL },
  { "MachineScope", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_machine_scope },
  { "RuntimeType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_HIDDEN, sandbox_enum_runtime_type },
  { NULL },
};

const SandboxEntitySet sandbox_set_licenses_runtime = {
  .name = "LicensesRuntime",
  .type = "LicenseRuntimeDto",
  .key = "Key",
  .scope = SANDBOX_SCOPE_TENANT,
  .permission = "License",
  .oauth = "OR.License",
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "MachineName",
  .fields = runtime_fields,
  .query = RUNTIMES,
};

/* The runtimes of machines that somebody has switched off. */
static const SandboxField disabled_runtimes_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "MachineId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "RuntimeType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NOT_NULL, sandbox_enum_runtime_type },
  { NULL },
};

const SandboxEntitySet sandbox_set_disabled_runtimes = {
  .name = "DisabledRuntimes",
  .type = "DisabledRuntimes",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Id",
  .fields = disabled_runtimes_fields,
};

/* What is consumed by the piece (Licensing/Acquire): how much there is, and who has some. */
static const SandboxField consumption_pools_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "Type", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL },
  { "Total", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { NULL },
};

const SandboxEntitySet sandbox_set_consumption_pools = {
  .name = "ConsumptionPools",
  .type = "ConsumptionPools",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Id",
  .fields = consumption_pools_fields,
};

static const SandboxField consumption_uses_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "Reference", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL },
  { "Type", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL },
  { "Count", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "AcquiredAt", SANDBOX_FIELD_TIME, SANDBOX_FIELD_NOT_NULL },
  { "ReleasedAt", SANDBOX_FIELD_TIME },
  { NULL },
};

const SandboxEntitySet sandbox_set_consumption_uses = {
  .name = "ConsumptionUses",
  .type = "ConsumptionUses",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Id",
  .fields = consumption_uses_fields,
};
