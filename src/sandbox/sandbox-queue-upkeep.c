/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-queue-upkeep.h"

#include "sandbox-clock.h"
#include "sandbox-queue-work.h"
#include "sandbox-statement.h"

#define DAY (G_GINT64_CONSTANT (24 * 3600) * G_USEC_PER_SEC)

static void
abandon (SandboxStore *store, gint64 id)
{
  g_auto (SandboxQueueItem) item = { 0 };
  g_auto (SandboxQueue) queue = { 0 };

  if (!sandbox_queue_item_load (&item, store, id)
      || !sandbox_queue_load (&queue, store, item.queue))
    return;

  sandbox_queue_item_change (&item, store, 0, SANDBOX_ITEM_EVENT_STATUS,
                             SANDBOX_INT ("Status", SANDBOX_ITEM_ABANDONED));
  sandbox_queue_item_tell (&item, store, 0, "queueItem.transactionAbandoned");
  if (queue.retries_abandoned && item.retry < queue.max_retries)
    sandbox_queue_item_retry (&item, store, 0, FALSE);
}

gboolean
sandbox_queue_abandon (SandboxStore *store)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement;

  g_return_val_if_fail (SANDBOX_IS_STORE (store), FALSE);

  sandbox_queue_work_want_started (store);
  statement = sandbox_statement_open (store,
                                      "SELECT \"Id\" FROM \"QueueItems\" WHERE \"Status\" = 1 "
                                      "AND \"StartProcessing\" <= ?",
                                      "i", sandbox_clock_now () - DAY);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_array_append_vals (ids, &(gint64){ sqlite3_column_int64 (statement, 0) }, 1);
  sandbox_store_done (statement);

  for (guint i = 0; i < ids->len; i++)
    abandon (store, g_array_index (ids, gint64, i));

  return FALSE;
}
