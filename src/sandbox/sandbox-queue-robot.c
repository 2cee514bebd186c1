/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-queue-robot.h"

#include "sandbox-queue-work.h"
#include "sandbox-row.h"
#include "sandbox-statement.h"

/* Returns: FALSE where the job is none that a queue trigger started. */
static gboolean
load_queue (SandboxQueue *self, SandboxStore *store, const SandboxJob *job)
{
  gint64 queue = job->schedule != 0
                     ? sandbox_statement_ask (store,
                                              "SELECT \"QueueDefinitionId\" FROM "
                                              "\"ProcessSchedules\" WHERE \"Id\" = ?",
                                              "i", job->schedule)
                     : 0;

  return queue != 0 && sandbox_queue_load (self, store, queue);
}

static char *
make_exception (const SandboxFault *fault, int type)
{
  g_autoptr (JsonObject) exception = json_object_new ();

  json_object_set_string_member (exception, "Reason", fault->message);
  json_object_set_string_member (exception, "Details", fault->trace);

  return sandbox_queue_work_make_exception (exception, type);
}

/* @fault: (nullable): as sandbox_queue_robot_finish() has it. */
static void
end_item (SandboxStore *store,
          const SandboxQueue *queue,
          const SandboxJob *job,
          const SandboxFault *fault)
{
  g_auto (SandboxQueueItem) item = { 0 };
  g_auto (SandboxQueueResult) result = { .successful = TRUE };
  gint64 id;

  sandbox_queue_work_want_started (store);
  id = sandbox_statement_ask (store,
                              "SELECT \"Id\" FROM \"QueueItems\" WHERE \"Status\" = 1 AND "
                              "\"StartProcessing\" > 0 AND \"ExecutorJobKey\" = ? AND "
                              "\"QueueDefinitionId\" = ?",
                              "si", job->key, queue->id);
  if (id == 0 || !sandbox_queue_item_load (&item, store, id))
    return;

  if (fault == NULL && id % 8 == 5)
    fault = sandbox_fault_get ((guint)id);
  if (fault != NULL)
    {
      result.successful = FALSE;
      result.type
          = sandbox_row_get_enum ("QueueItems", "ProcessingExceptionType",
                                  fault->business ? "BusinessException" : "ApplicationException");
      result.exception = make_exception (fault, result.type);
    }
  sandbox_queue_work_end (store, queue, &item, 0, &result);
}

void
sandbox_queue_robot_go_on (SandboxStore *store, const SandboxJob *job)
{
  g_auto (SandboxQueue) queue = { 0 };
  gint64 id;

  g_return_if_fail (SANDBOX_IS_STORE (store) && job != NULL);

  if (!load_queue (&queue, store, job))
    return;
  end_item (store, &queue, job, NULL);
  id = sandbox_queue_work_find (&queue, store, NULL, FALSE);
  if (id != 0)
    sandbox_queue_work_start (store, id, 0, job->robot, job->key);
}

void
sandbox_queue_robot_finish (SandboxStore *store, const SandboxJob *job, const SandboxFault *fault)
{
  g_auto (SandboxQueue) queue = { 0 };

  g_return_if_fail (SANDBOX_IS_STORE (store) && job != NULL);

  if (load_queue (&queue, store, job))
    end_item (store, &queue, job, fault);
}
