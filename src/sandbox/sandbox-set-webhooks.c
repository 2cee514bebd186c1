/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-sets.h"
#include "sandbox-webhook.h"

static const SandboxField webhooks_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "Key", SANDBOX_FIELD_GUID, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_READ_ONLY },
  { "Name", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED, .maximum = 128 },
  { "Description", SANDBOX_FIELD_STRING, .maximum = 256 },
  { "Url", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED, .maximum = 2000 },
  { "Enabled", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED },
  { "Secret", SANDBOX_FIELD_STRING, SANDBOX_FIELD_WRITE_ONLY, .maximum = 100 },
  { "SubscribeToAllEvents", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED },
  { "AllowInsecureSsl", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED },
  { "Events", SANDBOX_FIELD_JSON },
  { "BrokenUntil", SANDBOX_FIELD_TIME, SANDBOX_FIELD_HIDDEN },
  { NULL },
};

const SandboxEntitySet sandbox_set_webhooks = {
  .name = "Webhooks",
  .type = "WebhookDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .permission = "Webhooks",
  .oauth = "OR.Webhooks",
  .max_top = 1000,
  .default_order = "Name",
  .fields = webhooks_fields,
  .writes
  = SANDBOX_WRITE_CREATE | SANDBOX_WRITE_REPLACE | SANDBOX_WRITE_PATCH | SANDBOX_WRITE_DELETE,
  .unique = "Name",
  .component = "Webhooks",
  .hooks = &sandbox_webhook_hooks,
};

/* What is still to be told: a webhook, or where an API trigger has its callers told (WebhookId 0).
 */
static const SandboxField deliveries_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "WebhookId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "Body", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL },
  { "Attempt", SANDBOX_FIELD_INT32, SANDBOX_FIELD_NOT_NULL },
  { "DueTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_NOT_NULL },
  { "TriggerId", SANDBOX_FIELD_GUID },
  { "Url", SANDBOX_FIELD_STRING },
  { NULL },
};

const SandboxEntitySet sandbox_set_webhook_deliveries = {
  .name = "WebhookDeliveries",
  .type = "WebhookDelivery",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Id",
  .fields = deliveries_fields,
};
