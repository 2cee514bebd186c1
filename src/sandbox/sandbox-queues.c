/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "baton-json.h"
#include "sandbox-audit.h"
#include "sandbox-body.h"
#include "sandbox-enums.h"
#include "sandbox-queue-add.h"
#include "sandbox-sets.h"
#include "sandbox-writer.h"

#define SVC "UiPathODataSvc."
#define US "UiPath.Server.Configuration.OData."

static const SandboxBodyField add_wrapper[] = { { "itemData", SANDBOX_BODY_OBJECT }, { NULL } };
static const char *const item_sources[] = { "Manual", "Apps", "ProcessOrchestration", NULL };
/* Definition: QueueItemDataDto. */
static const SandboxBodyField item_fields[] = {
  { "Name", SANDBOX_BODY_TEXT, 1, 50 },
  { "Priority", SANDBOX_BODY_ENUM, .names = sandbox_enum_queue_item_priority },
  { "SpecificContent", SANDBOX_BODY_OBJECT },
  { "DeferDate", SANDBOX_BODY_TIME },
  { "DueDate", SANDBOX_BODY_TIME },
  { "RiskSlaDate", SANDBOX_BODY_TIME },
  { "Reference", SANDBOX_BODY_TEXT, 0, 128 },
  { "Progress", SANDBOX_BODY_TEXT },
  { "Source", SANDBOX_BODY_ENUM, .names = item_sources },
  { "ParentOperationId", SANDBOX_BODY_TEXT, 0, 128 },
  { NULL },
};

typedef enum
{
  ALL_OR_NOTHING,
  STOP_ON_FIRST_FAILURE,
  PROCESS_ALL_INDEPENDENTLY,
} CommitType;

static const char *const commit_types[]
    = { "AllOrNothing", "StopOnFirstFailure", "ProcessAllIndependently", NULL };
/* Definition: BulkAddQueueItemsRequest. */
static const SandboxBodyField bulk_fields[] = {
  { "queueName", SANDBOX_BODY_TEXT, 1, 50 },
  { "commitType", SANDBOX_BODY_ENUM, .names = commit_types },
  { "queueItems", SANDBOX_BODY_ARRAY },
  { NULL },
};

static void
add_cb (SandboxRequest *request)
{
  g_auto (SandboxQueue) queue = { 0 };
  g_autoptr (GError) error = NULL;
  JsonObject *item = sandbox_queue_read_body (&queue, request, "queueItemParameters", add_wrapper,
                                              "itemData", item_fields);
  gint64 id;

  if (item == NULL)
    return;

  sandbox_store_begin (request->store);
  id = sandbox_queue_add (&queue, request, item, &error);
  sandbox_store_commit (request->store);
  if (id != 0)
    sandbox_reply_entity (request, 201, &sandbox_set_queue_items, id);
  else
    sandbox_queue_reply_error (request, error);
}

static gint64
add_row (const SandboxQueue *queue, SandboxRequest *request, JsonObject *item, GError **error)
{
  g_autofree char *problem = sandbox_body_find_problem (request, item, "queueItem", item_fields);

  if (problem == NULL)
    return sandbox_queue_add (queue, request, item, error);

  g_set_error (error, SANDBOX_QUEUE_ERROR, SANDBOX_QUEUE_ERROR_INVALID_REQUEST, "%s", problem);
  return 0;
}

/* Definition: FailedQueueItemDto. */
static void
append_failure (GString *json, guint ordinal, const GError *error)
{
  g_string_append_printf (json, "%s{\"Ordinal\":%u,\"ErrorCode\":\"%s\",\"ErrorMessage\":",
                          json->len > 0 ? "," : "", ordinal, sandbox_queue_error_get_name (error));
  sandbox_json_append_string (json, error->message);
  g_string_append_c (json, '}');
}

/* Returns: (transfer full): the failures, "" for none. */
static GString *
add_rows (const SandboxQueue *queue, SandboxRequest *request, CommitType commit)
{
  JsonArray *items = baton_json_peek_array (request->body, "queueItems");
  GString *failures = g_string_new (NULL);

  sandbox_store_begin (request->store);
  for (guint i = 0; i < baton_json_length (items); i++)
    {
      g_autoptr (GError) error = NULL;

      if (add_row (queue, request, baton_json_peek_object_at (items, i), &error) != 0)
        continue;
      append_failure (failures, i, error);
      if (commit == STOP_ON_FIRST_FAILURE)
        break;
    }
  if (commit == ALL_OR_NOTHING && failures->len > 0)
    {
      sandbox_store_rollback (request->store);
      return failures;
    }
  sandbox_audit_row (request, &sandbox_set_queue_definitions, "BulkUpload", queue->id, NULL);
  sandbox_store_commit (request->store);

  return failures;
}

static void
bulk_add_cb (SandboxRequest *request)
{
  static const char *const messages[] = {
    [ALL_OR_NOTHING] = "No item was added, as not all of them could be.",
    [STOP_ON_FIRST_FAILURE] = "The items before the one that failed were added.",
    [PROCESS_ALL_INDEPENDENTLY] = "All items but those that failed were added.",
  };
  g_auto (SandboxQueue) queue = { 0 };
  g_autoptr (GString) failures = NULL;
  const char *name;
  GString *json;
  int commit;

  if (!sandbox_body_check (request, request->body, "bulkAddQueueItemsParameters", bulk_fields))
    return;
  name = baton_json_peek_string (request->body, "queueName");
  commit = sandbox_body_get_enum (request->body, "commitType", commit_types, -1);
  if (name == NULL || commit < 0)
    {
      sandbox_reply_error (request, 400, 1014, "The %s field is required.",
                           name == NULL ? "queueName" : "commitType");
      return;
    }
  if (!sandbox_queue_load_by_name (&queue, request, name))
    return;

  failures = add_rows (&queue, request, (CommitType)commit);
  json = sandbox_request_begin_json (request, US "BulkOperationResponseDtoOfFailedQueueItemDto");
  g_string_append_printf (json,
                          "\"Success\":%s,\"Message\":", failures->len == 0 ? "true" : "false");
  sandbox_json_append_string (json,
                              failures->len == 0 ? "All items were added." : messages[commit]);
  g_string_append_printf (json, ",\"FailedItems\":[%s]}", failures->str);
  sandbox_reply_json (request, 200, json);
}

const SandboxOperation sandbox_queues_operations[] = {
  { "POST", "/odata/Queues/" SVC "AddQueueItem", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "Queues.View&Transactions.Create", add_cb },
  { "POST", "/odata/Queues/" SVC "BulkAddQueueItems", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "Queues.View&Transactions.Create", bulk_add_cb },
  { NULL },
};
