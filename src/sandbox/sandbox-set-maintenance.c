/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-enums.h"
#include "sandbox-sets.h"

/* The states that a tenant has been in, the last one at the end. */
static const SandboxField maintenance_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "State", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NOT_NULL, sandbox_enum_maintenance_state },
  { "TimeStamp", SANDBOX_FIELD_TIME, SANDBOX_FIELD_NOT_NULL },
  { "JobStops", SANDBOX_FIELD_INT32 },
  { "JobKills", SANDBOX_FIELD_INT32 },
  { "TriggersSkipped", SANDBOX_FIELD_INT32 },
  { NULL },
};

const SandboxEntitySet sandbox_set_maintenance_logs = {
  .name = "MaintenanceLogs",
  .type = "MaintenanceStateLog",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Id",
  .fields = maintenance_fields,
};
