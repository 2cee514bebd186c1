/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-enums.h"
#include "sandbox-sets.h"

static const SandboxField settings_fields[] = {
  { "Id", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL },
  { "Name", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL },
  { "Value", SANDBOX_FIELD_STRING },
  { "Scope", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_setting_scope },
  { NULL },
};

const SandboxEntitySet sandbox_set_settings = {
  .name = "Settings",
  .type = "SettingsDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .permission = "Settings",
  .oauth = "OR.Settings",
  .max_top = 1000,
  .default_order = "Name",
  .fields = settings_fields,
};
