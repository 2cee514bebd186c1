/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-enums.h"
#include "sandbox-sets.h"

static const SandboxField settings_fields[] = {
  { "Id", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL },
  { "Name", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED, .maximum = 128 },
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

/* What somebody has set for himself. */
static const SandboxField usersettings_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "UserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "Name", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL },
  { "Value", SANDBOX_FIELD_STRING },
  { NULL },
};

const SandboxEntitySet sandbox_set_user_settings = {
  .name = "UserSettings",
  .type = "SettingsDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Id",
  .fields = usersettings_fields,
};
