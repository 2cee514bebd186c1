/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-enums.h"
#include "sandbox-role.h"
#include "sandbox-sets.h"

static const SandboxField roles_fields[] = {
  { "Id", SANDBOX_FIELD_INT32, SANDBOX_FIELD_NOT_NULL },
  { "Name", SANDBOX_FIELD_STRING,
    SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED | SANDBOX_FIELD_REQUIRED, .maximum = 64 },
  { "DisplayName", SANDBOX_FIELD_STRING, .maximum = 64 },
  { "Type", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_CREATE_ONLY, sandbox_enum_role_type },
  { "Groups", SANDBOX_FIELD_STRING },
  { "IsStatic", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_READ_ONLY },
  { "IsEditable", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_READ_ONLY },
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
  .view = "Roles.View|Units.Edit|SubFolders.Edit",
  .oauth = "OR.Users",
  .max_top = 1000,
  .default_order = "Name",
  .fields = roles_fields,
  .navigations = roles_navigations,
  .writes = SANDBOX_WRITE_CREATE | SANDBOX_WRITE_REPLACE_QUIET | SANDBOX_WRITE_DELETE,
  .unique = "Name",
  .component = "Roles",
  .hooks = &sandbox_role_hooks,
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

/* The catalogue: what a role can be granted. */
static const SandboxField permissions_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "Name", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL },
  { "IsGranted", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_NOT_NULL },
  { "RoleId", SANDBOX_FIELD_INT32, SANDBOX_FIELD_NOT_NULL },
  { "Scope", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_permission_scope },
  { NULL },
};

const SandboxEntitySet sandbox_set_permissions = {
  .name = "Permissions",
  .type = "PermissionDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .permission = "Roles",
  .view = "",
  .oauth = "OR.Users",
  .max_top = 1000,
  .default_order = "Name",
  .fields = permissions_fields,
};
