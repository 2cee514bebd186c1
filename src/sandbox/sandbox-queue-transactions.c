/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "baton-json.h"
#include "sandbox-body.h"
#include "sandbox-clock.h"
#include "sandbox-enums.h"
#include "sandbox-queue-add.h"
#include "sandbox-queue-item.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"

#define SVC "UiPathODataSvc."
/* Characters of a reason and of details (fact sheet 5.2). */
#define MAX_EXCEPTION 102400

static const char *const reference_options[] = { "Equals", "StartsWith", NULL };
static const SandboxBodyField start_wrapper[]
    = { { "transactionData", SANDBOX_BODY_OBJECT }, { NULL } };
/* Definition: TransactionDataDto. */
static const SandboxBodyField start_fields[] = {
  { "Name", SANDBOX_BODY_TEXT, 1, 50 },
  { "RobotIdentifier", SANDBOX_BODY_GUID },
  { "SpecificContent", SANDBOX_BODY_OBJECT },
  { "DeferDate", SANDBOX_BODY_TIME },
  { "DueDate", SANDBOX_BODY_TIME },
  { "Reference", SANDBOX_BODY_TEXT, 0, 128 },
  { "ReferenceFilterOption", SANDBOX_BODY_ENUM, .names = reference_options },
  { "ParentOperationId", SANDBOX_BODY_TEXT, 0, 128 },
  { NULL },
};
static const SandboxBodyField progress_fields[] = { { "progress", SANDBOX_BODY_TEXT }, { NULL } };
static const SandboxBodyField result_wrapper[]
    = { { "transactionResult", SANDBOX_BODY_OBJECT }, { NULL } };
/* Definition: TransactionResultDto. */
static const SandboxBodyField result_fields[] = {
  { "IsSuccessful", SANDBOX_BODY_BOOL },
  { "ProcessingException", SANDBOX_BODY_OBJECT },
  { "DeferDate", SANDBOX_BODY_TIME },
  { "DueDate", SANDBOX_BODY_TIME },
  { "Output", SANDBOX_BODY_OBJECT },
  { "Analytics", SANDBOX_BODY_OBJECT },
  { "Progress", SANDBOX_BODY_TEXT },
  { "OperationId", SANDBOX_BODY_TEXT, 0, 128 },
  { NULL },
};
/* Definition: ProcessingExceptionDto. */
static const SandboxBodyField exception_fields[] = {
  { "Reason", SANDBOX_BODY_TEXT, 0, MAX_EXCEPTION },
  { "Details", SANDBOX_BODY_TEXT, 0, MAX_EXCEPTION },
  { "Type", SANDBOX_BODY_ENUM, .names = sandbox_enum_exception_type },
  { "AssociatedImageFilePath", SANDBOX_BODY_TEXT },
  { "CreationTime", SANDBOX_BODY_TIME },
  { NULL },
};

/* The robot that asks: by the key of its machine, or of its user. One that the sandbox has never
 * heard of is served too, as there is nothing that a robot could pair with. */
static gint64
find_robot (SandboxRequest *request, const char *identifier)
{
  if (identifier == NULL)
    return 0;

  return sandbox_statement_ask (
      request->store,
      "SELECT r.\"Id\" FROM \"Robots\" r WHERE r.\"TenantId\" = ? AND (r.\"LicenseKey\" = ? OR "
      "r.\"UserId\" IN (SELECT u.\"Id\" FROM \"Users\" u WHERE u.\"Key\" = ?)) LIMIT 1",
      "iss", request->tenant, identifier, identifier);
}

/* First what is due, by priority and date, then the rest by priority and age, as the service's
 * guide on the order of processing has it. Made when the first transaction starts: most sandboxes
 * see none. */
static void
want_order (SandboxStore *store)
{
  sandbox_store_exec (store, "CREATE INDEX IF NOT EXISTS \"QueueItemsToProcess\" ON \"QueueItems\" "
                             "(\"QueueDefinitionId\", (\"DueDate\" IS NULL), \"Priority\", "
                             "\"DueDate\", \"Id\") WHERE \"Status\" = 0");
}

/* Returns: the item that is next, 0 for none. */
static gint64
find_next (const SandboxQueue *queue, SandboxStore *store, const char *reference, gboolean prefix)
{
  want_order (store);

  return sandbox_statement_ask (
      store,
      "SELECT \"Id\" FROM \"QueueItems\" WHERE \"QueueDefinitionId\" = ?1 AND \"Status\" = 0 "
      "AND (\"DeferDate\" IS NULL OR \"DeferDate\" <= ?2) "
      "AND (?3 IS NULL OR CASE WHEN ?4 THEN substr (\"Reference\", 1, length (?3)) ELSE "
      "\"Reference\" END = ?3 COLLATE NOCASE) "
      "ORDER BY \"DueDate\" IS NULL, \"Priority\", \"DueDate\", \"Id\" LIMIT 1",
      "iisi", queue->id, sandbox_clock_now (), reference, (gint64)prefix);
}

/* The job that the robot is running. Returns: (transfer full) (nullable). */
static char *
dup_job_key (SandboxStore *store, gint64 robot)
{
  return sandbox_statement_ask_text (
      store,
      "SELECT j.\"Key\" FROM \"Sessions\" s JOIN \"Jobs\" j ON j.\"Id\" = s.\"JobId\" "
      "WHERE s.\"RobotId\" = ?",
      "i", robot);
}

static void
start_item (SandboxRequest *request, gint64 id, gint64 robot)
{
  g_auto (SandboxQueueItem) item = { 0 };
  g_autofree char *job = dup_job_key (request->store, robot);

  sandbox_queue_item_load (&item, request->store, id);
  sandbox_queue_item_change (&item, request->store, request->user, SANDBOX_ITEM_EVENT_STATUS,
                             SANDBOX_INT ("Status", SANDBOX_ITEM_IN_PROGRESS),
                             SANDBOX_TIME ("StartProcessing", sandbox_clock_now ()),
                             SANDBOX_ID ("RobotId", robot), SANDBOX_TEXT ("ExecutorJobKey", job));
  sandbox_queue_item_tell (&item, request->store, request->user, "queueItem.transactionStarted");
}

/* Returns: the item that was added or found, 0 where there is none, with an error or without. */
static gint64
choose_item (SandboxRequest *request, const SandboxQueue *queue, JsonObject *data, GError **error)
{
  const char *reference = baton_json_peek_string (data, "Reference");
  int option = sandbox_body_get_enum (data, "ReferenceFilterOption", reference_options, 0);

  if (sandbox_body_has (data, "SpecificContent"))
    return sandbox_queue_add (queue, request, data, error);

  return find_next (queue, request->store,
                    reference != NULL && *reference != '\0' ? reference : NULL, option == 1);
}

static void
start_cb (SandboxRequest *request)
{
  g_auto (SandboxQueue) queue = { 0 };
  g_autoptr (GError) error = NULL;
  JsonObject *data = sandbox_queue_read_body (&queue, request, "startTransactionParameters",
                                              start_wrapper, "transactionData", start_fields);
  gint64 id;

  if (data == NULL)
    return;

  sandbox_store_begin (request->store);
  id = choose_item (request, &queue, data, &error);
  if (id != 0)
    start_item (request, id,
                find_robot (request, baton_json_peek_string (data, "RobotIdentifier")));
  sandbox_store_commit (request->store);

  if (error != NULL)
    sandbox_queue_reply_error (request, error);
  else if (id != 0)
    sandbox_reply_entity (request, 200, &sandbox_set_queue_items, id);
  else
    sandbox_reply_empty (request, 204);
}

/* Answers where the item is not being processed. */
static gboolean
load_started (SandboxRequest *request, SandboxQueueItem *item)
{
  if (!sandbox_queue_item_load_key (item, request, request->key))
    return FALSE;
  if (item->status == SANDBOX_ITEM_IN_PROGRESS)
    return TRUE;

  sandbox_reply_error (request, 409, 1009,
                       "The item %" G_GINT64_FORMAT " is %s: its transaction is not started.",
                       item->id, sandbox_enum_queue_item_status[item->status]);
  return FALSE;
}

static void
progress_cb (SandboxRequest *request)
{
  g_auto (SandboxQueueItem) item = { 0 };
  g_autoptr (GError) error = NULL;
  const char *progress;

  if (!sandbox_body_check (request, request->body, "setTransactionProgressParameters",
                           progress_fields)
      || !load_started (request, &item))
    return;
  progress = baton_json_peek_string (request->body, "progress");
  if (!sandbox_queue_check_progress (progress, &error))
    {
      sandbox_queue_reply_error (request, error);
      return;
    }

  sandbox_store_begin (request->store);
  sandbox_queue_item_change (&item, request->store, request->user, SANDBOX_ITEM_EVENT_EDIT,
                             SANDBOX_TEXT ("Progress", progress));
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 200);
}

/* What the robot says of the end of its work, looked at. */
typedef struct
{
  gboolean successful;
  gboolean postponed; /* neither done nor failed: to be tried later */
  int type;           /* of ProcessingExceptionType */
  char *exception;    /* (owned) (nullable): JSON */
  char *output;       /* (owned) (nullable): JSON */
  char *analytics;    /* (owned) (nullable): JSON */
  const char *progress;
  const char *operation;
  gint64 defer;
  gint64 due;
} Result;

static void
result_clear (Result *self)
{
  g_clear_pointer (&self->exception, g_free);
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->analytics, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Result, result_clear)

/* Returns: (transfer full): as the item keeps it; with a type and a time, if need be of now. */
static char *
make_exception (JsonObject *exception, int type)
{
  static const char *const texts[] = { "Reason", "Details", "AssociatedImageFilePath" };
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (sandbox_clock_now () / G_USEC_PER_SEC);
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  const char *given = baton_json_peek_string (exception, "CreationTime");
  JsonObject *object = json_object_new ();

  json_node_take_object (node, object);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (baton_json_peek_string (exception, texts[i]) != NULL)
      json_object_set_string_member (object, texts[i],
                                     baton_json_peek_string (exception, texts[i]));
  json_object_set_string_member (object, "Type", sandbox_enum_exception_type[type]);
  json_object_set_string_member (object, "CreationTime", given != NULL ? given : time);

  return baton_json_to_text (node, FALSE);
}

/* Answers where the service would not take it. */
static gboolean
read_result (SandboxRequest *request, const SandboxQueue *queue, JsonObject *body, Result *result)
{
  JsonObject *exception = baton_json_peek_object (body, "ProcessingException");
  g_autoptr (GError) error = NULL;

  if (exception != NULL
      && !sandbox_body_check (request, exception, "processingException", exception_fields))
    return FALSE;

  result->successful = baton_json_peek_bool (body, "IsSuccessful", FALSE);
  result->progress = baton_json_peek_string (body, "Progress");
  result->operation = baton_json_peek_string (body, "OperationId");
  result->defer = baton_json_peek_time (body, "DeferDate");
  result->due = baton_json_peek_time (body, "DueDate");
  result->postponed = !result->successful && exception == NULL && result->defer != 0;
  if (!result->successful && !result->postponed)
    {
      result->type = sandbox_body_get_enum (exception, "Type", sandbox_enum_exception_type, 0);
      result->exception = make_exception (exception, result->type);
    }

  if (sandbox_queue_check_progress (result->progress, &error)
      && (result->successful || sandbox_body_has (body, "Output")))
    result->output = sandbox_queue_dup_data (queue, SANDBOX_QUEUE_OUTPUT,
                                             baton_json_peek_node (body, "Output"), &error);
  if (error == NULL && (result->successful || sandbox_body_has (body, "Analytics")))
    result->analytics = sandbox_queue_dup_data (queue, SANDBOX_QUEUE_ANALYTICS,
                                                baton_json_peek_node (body, "Analytics"), &error);
  if (error != NULL)
    sandbox_queue_reply_error (request, error);

  return error == NULL;
}

static void
postpone (SandboxRequest *request, const SandboxQueueItem *item, const Result *result)
{
  sandbox_queue_item_change (item, request->store, request->user, SANDBOX_ITEM_EVENT_STATUS,
                             SANDBOX_INT ("Status", SANDBOX_ITEM_NEW),
                             SANDBOX_TIME ("StartProcessing", 0),
                             SANDBOX_TIME ("DeferDate", result->defer));
  if (result->due != 0)
    sandbox_update (request->store, "QueueItems", item->id, SANDBOX_TIME ("DueDate", result->due));
}

/* An application exception may pass, so that the queue tries again; a business exception does not
 * (the definition of AcceptAutomaticallyRetry). */
static void
finish (SandboxRequest *request,
        const SandboxQueue *queue,
        const SandboxQueueItem *item,
        const Result *result)
{
  gboolean again = !result->successful && result->type == 0 && queue->retries_failed
                   && item->retry < queue->max_retries;
  SandboxItemStatus status = result->successful ? SANDBOX_ITEM_SUCCESSFUL
                             : again            ? SANDBOX_ITEM_RETRIED
                                                : SANDBOX_ITEM_FAILED;

  sandbox_queue_item_change (
      item, request->store, request->user, SANDBOX_ITEM_EVENT_STATUS,
      SANDBOX_INT ("Status", status), SANDBOX_TIME ("EndProcessing", sandbox_clock_now ()),
      SANDBOX_TEXT ("ProcessingException", result->exception),
      SANDBOX_INT_IF ("ProcessingExceptionType", !result->successful, result->type),
      SANDBOX_TEXT ("Output", result->output), SANDBOX_TEXT ("OutputData", result->output),
      SANDBOX_TEXT ("Analytics", result->analytics),
      SANDBOX_TEXT ("AnalyticsData", result->analytics),
      SANDBOX_TEXT ("OperationId", result->operation));
  if (result->progress != NULL)
    sandbox_update (request->store, "QueueItems", item->id,
                    SANDBOX_TEXT ("Progress", result->progress));
  sandbox_queue_item_tell (item, request->store, request->user,
                           result->successful ? "queueItem.transactionCompleted"
                                              : "queueItem.transactionFailed");
  if (again)
    {
      gint64 id = sandbox_queue_item_retry (item, request->store, request->user, FALSE);

      sandbox_update (request->store, "QueueItems", id, SANDBOX_TIME ("DeferDate", result->defer));
      if (result->due != 0)
        sandbox_update (request->store, "QueueItems", id, SANDBOX_TIME ("DueDate", result->due));
    }
}

static void
result_cb (SandboxRequest *request)
{
  g_auto (SandboxQueueItem) item = { 0 };
  g_auto (SandboxQueue) queue = { 0 };
  g_auto (Result) result = { 0 };
  JsonObject *body;

  if (!sandbox_body_check (request, request->body, "setTransactionResultParameters",
                           result_wrapper))
    return;
  body = baton_json_peek_object (request->body, "transactionResult");
  if (!sandbox_body_check (request, body, "transactionResult", result_fields)
      || !load_started (request, &item))
    return;
  sandbox_queue_load (&queue, request->store, item.queue);
  if (!read_result (request, &queue, body, &result))
    return;

  sandbox_store_begin (request->store);
  if (result.postponed)
    postpone (request, &item, &result);
  else
    finish (request, &queue, &item, &result);
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 200);
}

const SandboxOperation sandbox_queue_transactions_operations[] = {
  { "POST", "/odata/Queues/" SVC "StartTransaction", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "Queues.View&Transactions.View&Transactions.Create&Transactions.Edit", start_cb },
  { "POST", "/odata/Queues({key})/" SVC "SetTransactionResult", SANDBOX_SIGNED,
    SANDBOX_SCOPE_FOLDER, "Queues.View&Transactions.Edit", result_cb },
  { "POST", "/odata/QueueItems({key})/" SVC "SetTransactionProgress", SANDBOX_SIGNED,
    SANDBOX_SCOPE_FOLDER, "Queues.View&Transactions.Edit", progress_cb },
  { NULL },
};
