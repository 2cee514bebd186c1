/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-queue-item.h"

#include "sandbox-clock.h"
#include "sandbox-event.h"
#include "sandbox-sets.h"
#include "sandbox-share.h"
#include "sandbox-trigger.h"

/* What a retry takes from the item before it. */
#define INHERITED                                                                                  \
  "\"TenantId\", \"OrganizationUnitId\", \"QueueDefinitionId\", \"SpecificContent\", "             \
  "\"SpecificData\", \"Key\", \"Reference\", \"Priority\", \"DueDate\", \"RiskSlaDate\", "         \
  "\"Encrypted\", \"CreatorJobKey\", \"ParentOperationId\""

void
sandbox_queue_item_clear (SandboxQueueItem *self)
{
  g_clear_pointer (&self->row_version, g_free);
}

gboolean
sandbox_queue_item_load (SandboxQueueItem *self, SandboxStore *store, gint64 id)
{
  gboolean found = FALSE;
  sqlite3_stmt *statement = sandbox_store_prepare (
      store, "SELECT \"TenantId\", \"OrganizationUnitId\", \"QueueDefinitionId\", \"Status\", "
             "\"RetryNumber\", \"RowVersion\" FROM \"QueueItems\" WHERE \"Id\" = ?");

  sqlite3_bind_int64 (statement, 1, id);
  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      *self = (SandboxQueueItem){ .id = id,
                                  .tenant = sqlite3_column_int64 (statement, 0),
                                  .folder = sqlite3_column_int64 (statement, 1),
                                  .queue = sqlite3_column_int64 (statement, 2),
                                  .status = (SandboxItemStatus)sqlite3_column_int (statement, 3),
                                  .retry = sqlite3_column_int (statement, 4),
                                  .row_version
                                  = g_strdup ((const char *)sqlite3_column_text (statement, 5)) };
      found = TRUE;
    }
  sandbox_store_done (statement);

  return found;
}

gboolean
sandbox_queue_item_is_in (const SandboxQueueItem *self, SandboxRequest *request)
{
  g_return_val_if_fail (self != NULL && request != NULL, FALSE);

  return self->tenant == request->tenant
         && (self->folder == request->folder
             || sandbox_share_is_in (request->store, &sandbox_set_queue_definitions, self->queue,
                                     request->folder));
}

gboolean
sandbox_queue_item_load_key (SandboxQueueItem *self, SandboxRequest *request, const char *key)
{
  gint64 id;

  if (key != NULL && g_ascii_string_to_signed (key, 10, 1, G_MAXINT64, &id, NULL)
      && sandbox_queue_item_load (self, request->store, id))
    {
      if (sandbox_queue_item_is_in (self, request))
        return TRUE;
      sandbox_queue_item_clear (self);
    }

  sandbox_reply_error (request, 404, 1002, "Queue item %s does not exist.", key != NULL ? key : "");
  return FALSE;
}

/* Returns: (transfer full) */
static char *
make_row_version (void)
{
  guint32 version[2] = { g_random_int (), g_random_int () };

  return g_base64_encode ((const guchar *)version, sizeof version);
}

/* The definition: a snapshot of the item as it is now. */
static void
write_event (SandboxStore *store, gint64 item, gint64 user, SandboxItemEvent event)
{
  sqlite3_stmt *statement = sandbox_store_prepare (
      store,
      "INSERT INTO \"QueueItemEvents\" (\"TenantId\", \"OrganizationUnitId\", \"QueueItemId\", "
      "\"Timestamp\", \"Action\", \"UserId\", \"UserName\", \"Status\", \"ReviewStatus\", "
      "\"ReviewerUserId\") SELECT \"TenantId\", \"OrganizationUnitId\", \"Id\", ?2, ?3, "
      "nullif (?4, 0), (SELECT \"UserName\" FROM \"Users\" u WHERE u.\"Id\" = ?4), \"Status\", "
      "\"ReviewStatus\", \"ReviewerUserId\" FROM \"QueueItems\" WHERE \"Id\" = ?1");

  sqlite3_bind_int64 (statement, 1, item);
  sqlite3_bind_int64 (statement, 2, sandbox_clock_now ());
  sqlite3_bind_int (statement, 3, (int)event);
  sqlite3_bind_int64 (statement, 4, user);
  sqlite3_step (statement);
  sandbox_store_done (statement);
}

gint64
sandbox_queue_item_add (const SandboxQueue *queue,
                        SandboxRequest *request,
                        const SandboxValue *values)
{
  SandboxQueueItem item = { .tenant = queue->tenant, .folder = queue->folder };
  g_autofree char *key = g_uuid_string_random ();
  g_autofree char *row_version = make_row_version ();

  item.id = sandbox_insert (
      request->store, "QueueItems", SANDBOX_INT ("TenantId", queue->tenant),
      SANDBOX_INT ("OrganizationUnitId", queue->folder),
      SANDBOX_INT ("QueueDefinitionId", queue->id), SANDBOX_INT ("Status", SANDBOX_ITEM_NEW),
      SANDBOX_INT ("ReviewStatus", SANDBOX_REVIEW_NONE), SANDBOX_TEXT ("Key", key),
      SANDBOX_TEXT ("UniqueKey", key), SANDBOX_INT ("RetryNumber", 0),
      SANDBOX_INT ("SecondsInPreviousAttempts", 0), SANDBOX_INT ("Encrypted", queue->encrypted),
      SANDBOX_TEXT ("RowVersion", row_version),
      SANDBOX_TIME ("CreationTime", sandbox_clock_now ()));
  sandbox_row_update (request->store, "QueueItems", item.id, values);
  write_event (request->store, item.id, request->user, SANDBOX_ITEM_EVENT_CREATE);
  sandbox_queue_item_tell (&item, request->store, request->user, "queueItem.added");
  sandbox_trigger_check_queue (request->server, queue->id);

  return item.id;
}

void
sandbox_queue_item_write (const SandboxQueueItem *self,
                          SandboxStore *store,
                          gint64 user,
                          SandboxItemEvent event,
                          const SandboxValue *values)
{
  g_autofree char *row_version = make_row_version ();

  g_return_if_fail (self != NULL && values != NULL);

  sandbox_row_update (store, "QueueItems", self->id, values);
  sandbox_update (store, "QueueItems", self->id, SANDBOX_TEXT ("RowVersion", row_version));
  write_event (store, self->id, user, event);
}

gint64
sandbox_queue_item_retry (const SandboxQueueItem *self,
                          SandboxStore *store,
                          gint64 user,
                          gboolean manual)
{
  g_autofree char *key = g_uuid_string_random ();
  g_autofree char *row_version = make_row_version ();
  gint64 id;
  sqlite3_stmt *statement = sandbox_store_prepare (
      store,
      "INSERT INTO \"QueueItems\" (" INHERITED ", \"Status\", \"ReviewStatus\", \"UniqueKey\", "
      "\"RowVersion\", \"CreationTime\", \"SecondsInPreviousAttempts\", \"RetryNumber\", "
      "\"ManualRetryNumber\", \"AncestorId\", \"AncestorUniqueKey\", \"ManualAncestorId\", "
      "\"ManualAncestorUniqueKey\") SELECT " INHERITED ", 0, 0, ?2, ?3, ?4, "
      "(\"EndProcessing\" - \"StartProcessing\") / 1000000, "
      "CASE WHEN ?5 THEN 0 ELSE ifnull (\"RetryNumber\", 0) + 1 END, "
      "CASE WHEN ?5 THEN ifnull (\"ManualRetryNumber\", 0) + 1 ELSE \"ManualRetryNumber\" END, "
      "CASE WHEN ?5 THEN NULL ELSE \"Id\" END, CASE WHEN ?5 THEN NULL ELSE \"UniqueKey\" END, "
      "CASE WHEN ?5 THEN \"Id\" END, CASE WHEN ?5 THEN \"UniqueKey\" END "
      "FROM \"QueueItems\" WHERE \"Id\" = ?1");

  g_return_val_if_fail (self != NULL, 0);

  sqlite3_bind_int64 (statement, 1, self->id);
  sqlite3_bind_text (statement, 2, key, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, row_version, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 4, sandbox_clock_now ());
  sqlite3_bind_int (statement, 5, manual);
  sqlite3_step (statement);
  sandbox_store_done (statement);
  id = sandbox_store_last_id (store);
  write_event (store, id, user, SANDBOX_ITEM_EVENT_RETRY);

  return id;
}

void
sandbox_queue_item_tell (const SandboxQueueItem *self,
                         SandboxStore *store,
                         gint64 user,
                         const char *type)
{
  const SandboxEvent event = { .type = type,
                               .tenant = self->tenant,
                               .folder = self->folder,
                               .user = user,
                               .member = "QueueItems",
                               .set = &sandbox_set_queue_items,
                               .id = self->id };

  sandbox_event_emit (store, &event);
}
