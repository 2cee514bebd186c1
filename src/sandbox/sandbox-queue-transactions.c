/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "baton-json.h"
#include "sandbox-body.h"
#include "sandbox-enums.h"
#include "sandbox-queue-add.h"
#include "sandbox-queue-work.h"
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

/* Returns: the item that was added or found, 0 where there is none, with an error or without. */
static gint64
choose_item (SandboxRequest *request, const SandboxQueue *queue, JsonObject *data, GError **error)
{
  const char *reference = baton_json_peek_string (data, "Reference");
  int option = sandbox_body_get_enum (data, "ReferenceFilterOption", reference_options, 0);

  if (sandbox_body_has (data, "SpecificContent"))
    return sandbox_queue_add (queue, request, data, error);

  return sandbox_queue_work_find (queue, request->store,
                                  reference != NULL && *reference != '\0' ? reference : NULL,
                                  option == 1);
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
    {
      gint64 robot = find_robot (request, baton_json_peek_string (data, "RobotIdentifier"));
      g_autofree char *job = dup_job_key (request->store, robot);

      sandbox_queue_work_start (request->store, id, request->user, robot, job);
    }
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

/* Answers where the service would not take it. */
static gboolean
read_result (SandboxRequest *request,
             const SandboxQueue *queue,
             JsonObject *body,
             SandboxQueueResult *result)
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
      result->exception = sandbox_queue_work_make_exception (exception, result->type);
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
result_cb (SandboxRequest *request)
{
  g_auto (SandboxQueueItem) item = { 0 };
  g_auto (SandboxQueue) queue = { 0 };
  g_auto (SandboxQueueResult) result = { 0 };
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
  sandbox_queue_work_end (request->store, &queue, &item, request->user, &result);
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
