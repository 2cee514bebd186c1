/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-change.h"
#include "sandbox-enums.h"
#include "sandbox-queue-item.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"

/* What people say of queue items, and what happened to them. */

static const SandboxField comments_fields[] = {
  { "Text", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED, .maximum = 512 },
  { "QueueItemId", SANDBOX_FIELD_INT64,
    SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED | SANDBOX_FIELD_REQUIRED
        | SANDBOX_FIELD_CREATE_ONLY },
  { "CreationTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_READ_ONLY },
  { "UserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_READ_ONLY },
  { "UserName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, NULL,
    "(SELECT \"UserName\" FROM \"Users\" WHERE \"Id\" = @.\"UserId\")" },
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { NULL },
};

static gboolean
check_comment (SandboxRequest *request, SandboxChange *change)
{
  g_auto (SandboxQueueItem) item = { 0 };
  g_autofree char *key = NULL;

  if (change->kind != SANDBOX_WRITE_CREATE)
    return TRUE;

  key = g_strdup_printf ("%" G_GINT64_FORMAT, sandbox_change_get_int (change, "QueueItemId", 0));
  sandbox_change_set_int (change, "UserId", request->user);

  return sandbox_queue_item_load_key (&item, request, key);
}

static const SandboxSetHooks comments_hooks = { .check = check_comment };

const SandboxEntitySet sandbox_set_queue_item_comments = {
  .name = "QueueItemComments",
  .type = "QueueItemCommentDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_FOLDER,
  .permission = "Transactions",
  .view = "Queues.View&Transactions.View",
  .oauth = "OR.Queues",
  .max_top = 1000,
  .default_order = "Id",
  .fields = comments_fields,
  .component = "Comments",
  .hooks = &comments_hooks,
};

static const SandboxField events_fields[] = {
  { "QueueItemId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "Timestamp", SANDBOX_FIELD_TIME, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "Action", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NOT_NULL, sandbox_enum_item_event },
  { "Data", SANDBOX_FIELD_STRING },
  { "UserId", SANDBOX_FIELD_INT64 },
  { "UserName", SANDBOX_FIELD_STRING },
  { "Status", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_queue_item_status },
  { "ReviewStatus", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_review_status },
  { "ReviewerUserId", SANDBOX_FIELD_INT64 },
  { "ReviewerUserName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, NULL,
    "(SELECT \"UserName\" FROM \"Users\" WHERE \"Id\" = @.\"ReviewerUserId\")" },
  { "ExternalClientId", SANDBOX_FIELD_STRING },
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { NULL },
};

const SandboxEntitySet sandbox_set_queue_item_events = {
  .name = "QueueItemEvents",
  .type = "QueueItemEventDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_FOLDER,
  .permission = "Transactions",
  .view = "Queues.View&Transactions.View",
  .oauth = "OR.Queues",
  .max_top = 1000,
  .default_order = "Id",
  .fields = events_fields,
};
