/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-enums.h"
#include "sandbox-sets.h"

/* One row an alert and user: whether it is read is a matter of each. */
static const SandboxField alerts_fields[] = {
  { "Id", SANDBOX_FIELD_GUID, SANDBOX_FIELD_NOT_NULL },
  { "NotificationName", SANDBOX_FIELD_STRING },
  { "Data", SANDBOX_FIELD_STRING },
  { "Component", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_alert_component },
  { "Severity", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NOT_NULL, sandbox_enum_alert_severity },
  { "CreationTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_INDEXED },
  { "State", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NOT_NULL, sandbox_enum_alert_state },
  { "UserNotificationId", SANDBOX_FIELD_GUID },
  { "DeepLinkRelativeUrl", SANDBOX_FIELD_STRING },
  { "UserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_HIDDEN | SANDBOX_FIELD_INDEXED },
  { NULL },
};

/* Its operations look for the caller's own alone. */
const SandboxEntitySet sandbox_set_alerts = {
  .name = "Alerts",
  .type = "AlertDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .permission = "Alerts",
  .oauth = "OR.Monitoring",
  .internal = TRUE,
  .max_top = 1000,
  .recent = "CreationTime",
  .default_order = "CreationTime desc",
  .fields = alerts_fields,
};
