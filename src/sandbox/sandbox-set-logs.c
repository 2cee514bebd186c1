/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-enums.h"
#include "sandbox-sets.h"

static const SandboxField robotlogs_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "Level", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NOT_NULL, sandbox_enum_log_level },
  { "WindowsIdentity", SANDBOX_FIELD_STRING },
  { "ProcessName", SANDBOX_FIELD_STRING },
  { "TimeStamp", SANDBOX_FIELD_TIME, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "Message", SANDBOX_FIELD_STRING },
  { "JobKey", SANDBOX_FIELD_GUID, SANDBOX_FIELD_INDEXED },
  { "RawMessage", SANDBOX_FIELD_STRING },
  { "RobotName", SANDBOX_FIELD_STRING },
  { "HostMachineName", SANDBOX_FIELD_STRING },
  { "MachineId", SANDBOX_FIELD_INT64 },
  { "MachineKey", SANDBOX_FIELD_GUID },
  { "RuntimeType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_runtime_type },
  { NULL },
};

const SandboxEntitySet sandbox_set_robot_logs = {
  .name = "RobotLogs",
  .type = "LogDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_FOLDER,
  .permission = "Logs",
  .oauth = "OR.Monitoring",
  .max_top = 1000,
  .recent = "TimeStamp",
  .default_order = "TimeStamp desc",
  .fields = robotlogs_fields,
};

static const SandboxField executionmedia_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "StorageLocation", SANDBOX_FIELD_STRING },
  { "Name", SANDBOX_FIELD_STRING },
  { "JobId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "ReleaseName", SANDBOX_FIELD_STRING },
  { NULL },
};

const SandboxEntitySet sandbox_set_execution_media = {
  .name = "ExecutionMedia",
  .type = "ExecutionMediaDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_FOLDER,
  .permission = "ExecutionMedia",
  .oauth = "OR.Monitoring",
  .max_top = 1000,
  .default_order = "Id desc",
  .fields = executionmedia_fields,
};
