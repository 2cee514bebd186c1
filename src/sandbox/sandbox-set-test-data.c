/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "sandbox-change.h"
#include "sandbox-json-schema.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"

/* Queues of data that tests take, and what is in them. */

/* FieldNotEditable (fact sheet 4.3). */
#define ERROR_NOT_EDITABLE 1023

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

/* Definition: 409 where its name would be another. */
static gboolean
keeps_name (SandboxRequest *request, SandboxChange *change)
{
  const char *name = baton_json_peek_string (change->body, "Name");

  if (change->id == 0
      || sandbox_statement_ask (request->store,
                                "SELECT \"Name\" = ? FROM \"TestDataQueues\" WHERE \"Id\" = ?",
                                "si", name, change->id)
             != 0)
    return TRUE;

  sandbox_reply_error (request, 409, ERROR_NOT_EDITABLE,
                       "The name of a test data queue cannot be changed.");

  return FALSE;
}

static gboolean
check_queue (SandboxRequest *request, SandboxChange *change)
{
  const char *text = sandbox_change_get_text (change, "ContentJsonSchema");
  g_autofree char *problem = NULL;
  g_autoptr (SandboxJsonSchema) schema
      = text != NULL ? sandbox_json_schema_new (text, &problem) : NULL;

  if (text != NULL && schema == NULL)
    {
      sandbox_reply_error (request, 400, 1009, "ContentJsonSchema is no valid JSON schema. %s",
                           problem);
      return FALSE;
    }

  return keeps_name (request, change);
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
