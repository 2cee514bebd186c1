/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-queue-work.h"

#include <baton-json.h>

#include "sandbox-clock.h"
#include "sandbox-enums.h"
#include "sandbox-statement.h"

void
sandbox_queue_result_clear (SandboxQueueResult *self)
{
  g_clear_pointer (&self->exception, g_free);
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->analytics, g_free);
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

gint64
sandbox_queue_work_find (const SandboxQueue *queue,
                         SandboxStore *store,
                         const char *reference,
                         gboolean prefix)
{
  g_return_val_if_fail (queue != NULL && SANDBOX_IS_STORE (store), 0);

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

char *
sandbox_queue_work_make_exception (JsonObject *exception, int type)
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

void
sandbox_queue_work_want_started (SandboxStore *store)
{
  g_return_if_fail (SANDBOX_IS_STORE (store));

  sandbox_store_exec (store, "CREATE INDEX IF NOT EXISTS \"QueueItemsInProgress\" ON "
                             "\"QueueItems\" (\"StartProcessing\") WHERE \"Status\" = 1");
}

void
sandbox_queue_work_start (
    SandboxStore *store, gint64 id, gint64 user, gint64 robot, const char *job)
{
  g_auto (SandboxQueueItem) item = { 0 };

  g_return_if_fail (SANDBOX_IS_STORE (store));

  sandbox_queue_item_load (&item, store, id);
  sandbox_queue_item_change (&item, store, user, SANDBOX_ITEM_EVENT_STATUS,
                             SANDBOX_INT ("Status", SANDBOX_ITEM_IN_PROGRESS),
                             SANDBOX_TIME ("StartProcessing", sandbox_clock_now ()),
                             SANDBOX_ID ("RobotId", robot), SANDBOX_TEXT ("ExecutorJobKey", job));
  sandbox_queue_item_tell (&item, store, user, "queueItem.transactionStarted");
}

static void
postpone (SandboxStore *store,
          const SandboxQueueItem *item,
          gint64 user,
          const SandboxQueueResult *result)
{
  sandbox_queue_item_change (
      item, store, user, SANDBOX_ITEM_EVENT_STATUS, SANDBOX_INT ("Status", SANDBOX_ITEM_NEW),
      SANDBOX_TIME ("StartProcessing", 0), SANDBOX_TIME ("DeferDate", result->defer));
  if (result->due != 0)
    sandbox_update (store, "QueueItems", item->id, SANDBOX_TIME ("DueDate", result->due));
}

/* An application exception may pass, so that the queue tries again; a business exception does not
 * (the definition of AcceptAutomaticallyRetry). */
static void
finish (SandboxStore *store,
        const SandboxQueue *queue,
        const SandboxQueueItem *item,
        gint64 user,
        const SandboxQueueResult *result)
{
  gboolean again = !result->successful && result->type == 0 && queue->retries_failed
                   && item->retry < queue->max_retries;
  SandboxItemStatus status = result->successful ? SANDBOX_ITEM_SUCCESSFUL
                             : again            ? SANDBOX_ITEM_RETRIED
                                                : SANDBOX_ITEM_FAILED;

  sandbox_queue_item_change (
      item, store, user, SANDBOX_ITEM_EVENT_STATUS, SANDBOX_INT ("Status", status),
      SANDBOX_TIME ("EndProcessing", sandbox_clock_now ()),
      SANDBOX_TEXT ("ProcessingException", result->exception),
      SANDBOX_INT_IF ("ProcessingExceptionType", !result->successful, result->type),
      SANDBOX_TEXT ("Output", result->output), SANDBOX_TEXT ("OutputData", result->output),
      SANDBOX_TEXT ("Analytics", result->analytics),
      SANDBOX_TEXT ("AnalyticsData", result->analytics),
      SANDBOX_TEXT ("OperationId", result->operation));
  if (result->progress != NULL)
    sandbox_update (store, "QueueItems", item->id, SANDBOX_TEXT ("Progress", result->progress));
  sandbox_queue_item_tell (item, store, user,
                           result->successful ? "queueItem.transactionCompleted"
                                              : "queueItem.transactionFailed");
  if (again)
    {
      gint64 id = sandbox_queue_item_retry (item, store, user, FALSE);

      sandbox_update (store, "QueueItems", id, SANDBOX_TIME ("DeferDate", result->defer));
      if (result->due != 0)
        sandbox_update (store, "QueueItems", id, SANDBOX_TIME ("DueDate", result->due));
    }
}

void
sandbox_queue_work_end (SandboxStore *store,
                        const SandboxQueue *queue,
                        const SandboxQueueItem *item,
                        gint64 user,
                        const SandboxQueueResult *result)
{
  g_return_if_fail (SANDBOX_IS_STORE (store));
  g_return_if_fail (queue != NULL && item != NULL && result != NULL);

  if (result->postponed)
    postpone (store, item, user, result);
  else
    finish (store, queue, item, user, result);
}
