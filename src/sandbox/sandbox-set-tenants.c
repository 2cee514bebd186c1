/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-sets.h"

#define OF_ADMINISTRATOR(column)                                                                   \
  "(SELECT u.\"" column "\" FROM \"Users\" u JOIN \"UserRoles\" m ON m.\"UserId\" = u.\"Id\""      \
  " JOIN \"Roles\" r ON r.\"Id\" = m.\"RoleId\" AND r.\"IsStatic\""                                \
  " WHERE u.\"TenantId\" = @.\"TenantId\" ORDER BY u.\"Id\" LIMIT 1)"

static const SandboxField tenants_fields[] = {
  { "Id", SANDBOX_FIELD_INT32, SANDBOX_FIELD_NOT_NULL },
  { "Name", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL },
  { "Key", SANDBOX_FIELD_STRING },
  { "DisplayName", SANDBOX_FIELD_STRING },
  { "AdminEmailAddress", SANDBOX_FIELD_STRING, .sql = OF_ADMINISTRATOR ("EmailAddress") },
  { "AdminName", SANDBOX_FIELD_STRING, .sql = OF_ADMINISTRATOR ("Name") },
  { "AdminSurname", SANDBOX_FIELD_STRING, .sql = OF_ADMINISTRATOR ("Surname") },
  { "AdminUserKey", SANDBOX_FIELD_STRING, .sql = OF_ADMINISTRATOR ("Key") },
  { "AdminPassword", SANDBOX_FIELD_STRING, SANDBOX_FIELD_WRITE_ONLY },
  { "LastLoginTime", SANDBOX_FIELD_TIME,
    .sql = "(SELECT max(\"LastLoginTime\") FROM \"Users\" WHERE \"TenantId\" = @.\"TenantId\")" },
  { "IsActive", SANDBOX_FIELD_BOOL },
  { "License", SANDBOX_FIELD_JSON },
  { "OrganizationName", SANDBOX_FIELD_STRING },
  { NULL },
};

/* Whoever is in a tenant sees that one; the host, who would see all, is nobody here. */
const SandboxEntitySet sandbox_set_tenants = {
  .name = "Tenants",
  .type = "TenantDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .permission = "Tenants",
  .view = "",
  .oauth = "OR.Administration",
  .max_top = 1000,
  .default_order = "Id",
  .fields = tenants_fields,
};
