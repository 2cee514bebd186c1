/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "sandbox-list.h"
#include "sandbox-queue-item.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-write.h"

#define US "UiPath.Server.Configuration.OData."
#define ERROR_UPDATING 1007

static void
add_cb (SandboxRequest *request)
{
  gint64 id = sandbox_write_create (request, &sandbox_set_queue_item_comments, request->body);

  if (id != 0)
    sandbox_reply_entity (request, 201, &sandbox_set_queue_item_comments, id);
}

/* Answers where there is none, or where it is somebody else's (fact sheet 4.3, 1007). Returns: its
 * id, or 0. */
static gint64
find_own (SandboxRequest *request)
{
  gint64 id
      = sandbox_write_find_row (request, &sandbox_set_queue_item_comments, "Id", request->key);

  if (id == 0
      || sandbox_statement_ask (request->store,
                                "SELECT \"UserId\" FROM \"QueueItemComments\" WHERE \"Id\" = ?",
                                "i", id)
             == request->user)
    return id;

  sandbox_reply_error (request, 403, ERROR_UPDATING, "The comment is somebody else's.");
  return 0;
}

static void
edit_cb (SandboxRequest *request)
{
  gint64 id = find_own (request);

  if (id != 0
      && sandbox_write_change (request, &sandbox_set_queue_item_comments, id, request->body,
                               SANDBOX_WRITE_REPLACE))
    sandbox_reply_empty (request, 200);
}

static void
delete_cb (SandboxRequest *request)
{
  gint64 id = find_own (request);

  if (id != 0 && sandbox_write_delete (request, &sandbox_set_queue_item_comments, id))
    sandbox_reply_empty (request, 204);
}

/* What stands beside all items of a chain of retries. */
static void
reply_history (SandboxRequest *request, const SandboxEntitySet *set)
{
  g_autoptr (SandboxSql) sql = sandbox_list_begin_tenant (request, set);
  g_auto (SandboxQueueItem) item = { 0 };

  if (!sandbox_queue_item_load_key (&item, request,
                                    sandbox_request_get_argument (request, "queueItemId")))
    return;
  sandbox_sql_add_condition (
      sql,
      "t.\"QueueItemId\" IN (SELECT i.\"Id\" FROM \"QueueItems\" i WHERE i.\"TenantId\" = ? AND "
      "i.\"Key\" = (SELECT \"Key\" FROM \"QueueItems\" WHERE \"Id\" = ?))",
      2, request->tenant, item.id);
  sandbox_list_reply (request, set, sql);
}

static void
comments_cb (SandboxRequest *request)
{
  reply_history (request, &sandbox_set_queue_item_comments);
}

static void
events_cb (SandboxRequest *request)
{
  reply_history (request, &sandbox_set_queue_item_events);
}

#define SEE "Queues.View&Transactions.View"
#define CHANGE "Queues.View&Transactions.Edit"

const SandboxOperation sandbox_queue_comments_operations[] = {
  { "POST", "/odata/QueueItemComments", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, CHANGE, add_cb },
  { "PUT", "/odata/QueueItemComments({key})", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, CHANGE,
    edit_cb },
  { "DELETE", "/odata/QueueItemComments({key})", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, CHANGE,
    delete_cb },
  { "GET", "/odata/QueueItemComments/" US "GetQueueItemCommentsHistory", SANDBOX_SIGNED,
    SANDBOX_SCOPE_FOLDER, SEE, comments_cb },
  { "GET", "/odata/QueueItemEvents/" US "GetQueueItemEventsHistory", SANDBOX_SIGNED,
    SANDBOX_SCOPE_FOLDER, SEE, events_cb },
  { NULL },
};
