/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-enums.h"
#include "sandbox-retention.h"
#include "sandbox-sets.h"

static const SandboxField queue_fields[] = {
  { "QueueDefinitionId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  SANDBOX_RETENTION_FIELDS,
  { NULL },
};

const SandboxEntitySet sandbox_set_queue_retention = {
  .name = "QueueRetention",
  .type = "QueueRetentionSettingDto",
  .key = "QueueDefinitionId",
  .scope = SANDBOX_SCOPE_FOLDER,
  .permission = "Queues",
  .oauth = "OR.Queues",
  .max_top = 1000,
  .default_order = "QueueDefinitionId",
  .fields = queue_fields,
};

/* Of items that were never taken up; chosen by a query parameter. */
const SandboxEntitySet sandbox_set_queue_stale_retention = {
  .name = "QueueStaleRetention",
  .type = "QueueRetentionSettingDto",
  .key = "QueueDefinitionId",
  .scope = SANDBOX_SCOPE_FOLDER,
  .permission = "Queues",
  .oauth = "OR.Queues",
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "QueueDefinitionId",
  .fields = queue_fields,
};

static const SandboxField task_fields[] = {
  { "TaskCatalogId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  SANDBOX_RETENTION_FIELDS,
  { NULL },
};

const SandboxEntitySet sandbox_set_task_retention = {
  .name = "TaskRetention",
  .type = "TaskRetentionSettingDto",
  .key = "TaskCatalogId",
  .scope = SANDBOX_SCOPE_FOLDER,
  .permission = "TaskCatalogs",
  .oauth = "OR.Execution",
  .max_top = 1000,
  .default_order = "TaskCatalogId",
  .fields = task_fields,
};

static const SandboxField release_fields[] = {
  { "ReleaseId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  SANDBOX_RETENTION_FIELDS,
  { NULL },
};

const SandboxEntitySet sandbox_set_release_retention = {
  .name = "ReleaseRetention",
  .type = "ReleaseRetentionSettingDto",
  .key = "ReleaseId",
  .scope = SANDBOX_SCOPE_FOLDER,
  .permission = "Processes",
  .oauth = "OR.Execution",
  .max_top = 1000,
  .default_order = "ReleaseId",
  .fields = release_fields,
};

const SandboxEntitySet sandbox_set_release_stale_retention = {
  .name = "ReleaseStaleRetention",
  .type = "ReleaseRetentionSettingDto",
  .key = "ReleaseId",
  .scope = SANDBOX_SCOPE_FOLDER,
  .permission = "Processes",
  .oauth = "OR.Execution",
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "ReleaseId",
  .fields = release_fields,
};
