/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-change.h"
#include "sandbox-json-schema.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"

/* Queues of data that tests take, and what is in them. */

#define COUNT(condition)                                                                           \
  "(SELECT count(*) FROM \"TestDataQueueItems\" i WHERE i.\"TestDataQueueId\" = "                  \
  "@.\"Id\"" condition ")"

static const SandboxField queues_fields[] = {
  { "Name", SANDBOX_FIELD_STRING,
    SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED | SANDBOX_FIELD_CREATE_ONLY, .maximum = 256 },
  { "Description", SANDBOX_FIELD_STRING },
  { "ContentJsonSchema", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED },
  { "ItemsCount", SANDBOX_FIELD_INT32, SANDBOX_FIELD_NONE, NULL, COUNT ("") },
  { "ConsumedItemsCount", SANDBOX_FIELD_INT32, SANDBOX_FIELD_NONE, NULL,
    COUNT (" AND i.\"IsConsumed\"") },
  { "IsDeleted", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_NONE, NULL, "(@.\"Id\" IS NULL)" },
  { "DeleterUserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NONE, NULL, "NULL" },
  { "DeletionTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_NONE, NULL, "NULL" },
  { "LastModificationTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_READ_ONLY },
  { "LastModifierUserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_READ_ONLY },
  { "CreationTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_READ_ONLY },
  { "CreatorUserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_READ_ONLY },
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { NULL },
};

static gboolean
check_queue (SandboxRequest *request, SandboxChange *change)
{
  const char *text = sandbox_change_get_text (change, "ContentJsonSchema");
  g_autofree char *problem = NULL;
  g_autoptr (SandboxJsonSchema) schema
      = text != NULL ? sandbox_json_schema_new (text, &problem) : NULL;

  if (problem != NULL)
    sandbox_reply_error (request, 400, 1009, "ContentJsonSchema is no valid JSON schema. %s",
                         problem);

  return problem == NULL;
}

static gboolean
may_delete_queue (SandboxRequest *request, gint64 id)
{
  sandbox_statement_run (
      request->store, "DELETE FROM \"TestDataQueueItems\" WHERE \"TestDataQueueId\" = ?", "i", id);

  return TRUE;
}

static const SandboxSetHooks queues_hooks
    = { .check = check_queue, .may_delete = may_delete_queue };

const SandboxEntitySet sandbox_set_test_data_queues = {
  .name = "TestDataQueues",
  .type = "TestDataQueueDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_FOLDER,
  .permission = "TestDataQueues",
  .oauth = "OR.TestDataQueues",
  .max_top = 1000,
  .default_order = "Name",
  .fields = queues_fields,
  .writes = SANDBOX_WRITE_CREATE | SANDBOX_WRITE_REPLACE | SANDBOX_WRITE_DELETE,
  .unique = "Name",
  .component = "TestDataQueues",
  .hooks = &queues_hooks,
};

static const SandboxField items_fields[] = {
  { "TestDataQueueId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "ContentJson", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL },
  { "IsConsumed", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_NOT_NULL },
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { NULL },
};

const SandboxEntitySet sandbox_set_test_data_queue_items = {
  .name = "TestDataQueueItems",
  .type = "TestDataQueueItemODataDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_FOLDER,
  .permission = "TestDataQueueItems",
  .oauth = "OR.TestDataQueues",
  .max_top = 1000,
  .default_order = "Id",
  .fields = items_fields,
};
