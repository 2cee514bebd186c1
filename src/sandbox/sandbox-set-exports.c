/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-enums.h"
#include "sandbox-sets.h"

static const SandboxField exports_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "Name", SANDBOX_FIELD_STRING },
  { "Type", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NOT_NULL, sandbox_enum_export_type },
  { "Status", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NOT_NULL, sandbox_enum_export_status },
  { "RequestedAt", SANDBOX_FIELD_TIME },
  { "ExecutedAt", SANDBOX_FIELD_TIME },
  { "Size", SANDBOX_FIELD_INT64 },
  { "UserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_HIDDEN },
  { NULL },
};

/* Its operations look for the caller's own alone. */
const SandboxEntitySet sandbox_set_exports = {
  .name = "Exports",
  .type = "ExportModel",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Id",
  .fields = exports_fields,
};
