/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-enums.h"
#include "sandbox-sets.h"

static const SandboxField auditlogs_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "ServiceName", SANDBOX_FIELD_STRING },
  { "MethodName", SANDBOX_FIELD_STRING },
  { "Parameters", SANDBOX_FIELD_STRING },
  { "ExecutionTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_INDEXED },
  { "Action", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_audit_action },
  { "Component", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_audit_component },
  { "DisplayName", SANDBOX_FIELD_STRING },
  { "EntityId", SANDBOX_FIELD_INT64 },
  { "OperationText", SANDBOX_FIELD_STRING },
  { "UserName", SANDBOX_FIELD_STRING },
  { "UserType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_user_type },
  { "ExternalClientId", SANDBOX_FIELD_STRING },
  { "UserId", SANDBOX_FIELD_INT64 },
  { "UserIsDeleted", SANDBOX_FIELD_BOOL },
  { NULL },
};

static const SandboxNavigation auditlogs_navigations[] = {
  { "Entities", "AuditLogEntities", "Id", "AuditLogId", TRUE },
  { NULL },
};

const SandboxEntitySet sandbox_set_audit_logs = {
  .name = "AuditLogs",
  .type = "AuditLogDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .permission = "Audit",
  .oauth = "OR.Audit",
  .max_top = 1000,
  .default_order = "Id desc",
  .fields = auditlogs_fields,
  .navigations = auditlogs_navigations,
};

static const SandboxField auditlogentities_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "AuditLogId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "CustomData", SANDBOX_FIELD_STRING },
  { "EntityId", SANDBOX_FIELD_INT64 },
  { "EntityName", SANDBOX_FIELD_STRING },
  { "Action", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_audit_action },
  { NULL },
};

const SandboxEntitySet sandbox_set_audit_log_entities = {
  .name = "AuditLogEntities",
  .type = "AuditLogEntityDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Id",
  .fields = auditlogentities_fields,
};
