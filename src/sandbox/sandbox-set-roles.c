/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-enums.h"
#include "sandbox-sets.h"

static const SandboxField roles_fields[] = {
  { "Id", SANDBOX_FIELD_INT32, SANDBOX_FIELD_NOT_NULL },
  { "Name", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "DisplayName", SANDBOX_FIELD_STRING },
  { "Type", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_role_type },
  { "Groups", SANDBOX_FIELD_STRING },
  { "IsStatic", SANDBOX_FIELD_BOOL },
  { "IsEditable", SANDBOX_FIELD_BOOL },
  { NULL },
};

static const SandboxNavigation roles_navigations[] = {
  { "Permissions", "RolePermissions", "Id", "RoleId", TRUE },
  { NULL },
};

const SandboxEntitySet sandbox_set_roles = {
  .name = "Roles",
  .type = "RoleDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .permission = "Roles",
  .oauth = "OR.Users",
  .max_top = 1000,
  .default_order = "Name",
  .fields = roles_fields,
  .navigations = roles_navigations,
};

static const SandboxField rolepermissions_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "Name", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL },
  { "IsGranted", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_NOT_NULL },
  { "RoleId", SANDBOX_FIELD_INT32, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "Scope", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_permission_scope },
  { NULL },
};

const SandboxEntitySet sandbox_set_role_permissions = {
  .name = "RolePermissions",
  .type = "PermissionDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Name",
  .fields = rolepermissions_fields,
};
