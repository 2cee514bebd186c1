/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "baton-json.h"
#include "sandbox-audit.h"
#include "sandbox-body.h"
#include "sandbox-enums.h"
#include "sandbox-list.h"
#include "sandbox-queue-item.h"
#include "sandbox-schema.h"
#include "sandbox-server.h"
#include "sandbox-sets.h"
#include "sandbox-settings.h"
#include "sandbox-statement.h"

#define SVC "UiPathODataSvc."
#define US "UiPath.Server.Configuration.OData."
#define ERROR_OPTIMISTIC_CONCURRENCY 1020

/* Definition: QueueItemDataDto, in an edit. */
static const char *const item_sources[] = { "Manual", "Apps", "ProcessOrchestration", NULL };
static const SandboxBodyField item_fields[] = {
  { "Name", SANDBOX_BODY_TEXT },
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
static const SandboxBodyField many_fields[] = { { "queueItems", SANDBOX_BODY_ARRAY }, { NULL } };
static const SandboxBodyField reviewer_fields[] = {
  { "userId", SANDBOX_BODY_INT },
  { "queueItems", SANDBOX_BODY_ARRAY },
  { NULL },
};
static const SandboxBodyField review_fields[] = {
  { "status", SANDBOX_BODY_ENUM, .names = sandbox_enum_review_status },
  { "queueItems", SANDBOX_BODY_ARRAY },
  { NULL },
};
/* Definition: LongVersionedEntity. */
static const SandboxBodyField version_fields[] = {
  { "RowVersion", SANDBOX_BODY_TEXT },
  { "Id", SANDBOX_BODY_INT },
  { NULL },
};

/* The states in which nobody works on an item and nothing came of it yet (fact sheet 6.11). */
static gboolean
can_edit (const SandboxQueueItem *item)
{
  return item->status == SANDBOX_ITEM_NEW || item->status == SANDBOX_ITEM_FAILED
         || item->status == SANDBOX_ITEM_ABANDONED;
}

/* As the audit log has it, which knows queues and not their items. */
static void
tell (SandboxRequest *request, gint64 queue, const char *action)
{
  sandbox_audit_row (request, &sandbox_set_queue_definitions, action, queue, request->body);
}

static gboolean
can_delete (const SandboxQueueItem *item)
{
  return item->status != SANDBOX_ITEM_IN_PROGRESS && item->status != SANDBOX_ITEM_DELETED;
}

/* Definition: a review is for failed items alone. */
static gboolean
can_review (const SandboxQueueItem *item)
{
  return item->status == SANDBOX_ITEM_FAILED || item->status == SANDBOX_ITEM_ABANDONED;
}

static gboolean
write_edit (SandboxRequest *request, const SandboxQueueItem *item, JsonObject *body, GError **error)
{
  g_auto (SandboxQueue) queue = { 0 };
  const char *progress = baton_json_peek_string (body, "Progress");
  g_autoptr (GError) problem = NULL;
  g_autofree char *content = NULL;
  g_autofree char *data = NULL;
  int priority = sandbox_body_get_enum (body, "Priority", sandbox_enum_queue_item_priority, -1);

  if (!sandbox_queue_check_progress (progress, error))
    return FALSE;
  sandbox_queue_load (&queue, request->store, item->queue);
  if (sandbox_body_has (body, "SpecificContent"))
    content = sandbox_queue_dup_data (&queue, SANDBOX_QUEUE_SPECIFIC,
                                      baton_json_peek_node (body, "SpecificContent"), &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  /* The definition: these are written, whatever else comes. */
  sandbox_queue_item_change (item, request->store, request->user, SANDBOX_ITEM_EVENT_EDIT,
                             SANDBOX_TEXT ("Progress", progress),
                             SANDBOX_TIME ("DueDate", baton_json_peek_time (body, "DueDate")),
                             SANDBOX_TIME ("DeferDate", baton_json_peek_time (body, "DeferDate")));
  if (priority >= 0)
    sandbox_update (request->store, "QueueItems", item->id, SANDBOX_INT ("Priority", priority));
  if (content != NULL)
    {
      data = g_strdup_printf ("{\"DynamicProperties\":%s}", content);
      sandbox_update (request->store, "QueueItems", item->id,
                      SANDBOX_TEXT ("SpecificContent", content),
                      SANDBOX_TEXT ("SpecificData", data));
    }

  return TRUE;
}

static void
edit_cb (SandboxRequest *request)
{
  g_auto (SandboxQueueItem) item = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean written;

  if (!sandbox_body_check (request, request->body, "queueItemDto", item_fields)
      || !sandbox_queue_item_load_key (&item, request, request->key))
    return;
  if (!can_edit (&item))
    {
      sandbox_reply_error (request, 409, 1009, "An item that is %s cannot be edited.",
                           sandbox_enum_queue_item_status[item.status]);
      return;
    }

  sandbox_store_begin (request->store);
  written = write_edit (request, &item, request->body, &error);
  if (written)
    tell (request, item.queue, "Update");
  sandbox_store_commit (request->store);
  if (written)
    sandbox_reply_empty (request, 200);
  else
    sandbox_queue_reply_error (request, error);
}

/* The item stays, as one that is deleted. */
static void
delete_item (SandboxRequest *request, const SandboxQueueItem *item)
{
  sandbox_queue_item_change (item, request->store, request->user, SANDBOX_ITEM_EVENT_DELETE,
                             SANDBOX_INT ("Status", SANDBOX_ITEM_DELETED));
}

static void
delete_cb (SandboxRequest *request)
{
  g_auto (SandboxQueueItem) item = { 0 };

  if (!sandbox_queue_item_load_key (&item, request, request->key))
    return;
  if (!can_delete (&item))
    {
      sandbox_reply_error (request, 409, 1009, "An item that is %s cannot be deleted.",
                           sandbox_enum_queue_item_status[item.status]);
      return;
    }

  sandbox_store_begin (request->store);
  delete_item (request, &item);
  tell (request, item.queue, "Delete");
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 204);
}

/* One thing that is done to many items, each named with the RowVersion that the caller has seen. */
typedef struct
{
  gboolean (*can) (const SandboxQueueItem *item);
  void (*apply) (SandboxRequest *request, const SandboxQueueItem *item);
  const char *action; /* as the audit log has it, once for each queue */
} Bulk;

/* Definition: BulkOperationResponseDtoOfInt64. */
static void
reply_bulk (SandboxRequest *request, GArray *failed)
{
  GString *json = sandbox_request_begin_json (request, US "BulkOperationResponseDtoOfInt64");

  g_string_append_printf (json, "\"Success\":%s,\"Message\":\"%s\",\"FailedItems\":[",
                          failed->len == 0 ? "true" : "false",
                          failed->len == 0 ? "The operation was successful."
                                           : "The operation failed for some items.");
  for (guint i = 0; i < failed->len; i++)
    g_string_append_printf (json, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
                            g_array_index (failed, gint64, i));
  g_string_append (json, "]}");
  sandbox_reply_json (request, 200, json);
}

/* Answers where one of the items is not well formed. */
static gboolean
check_versions (SandboxRequest *request, JsonArray *items)
{
  for (guint i = 0; i < baton_json_length (items); i++)
    {
      JsonObject *version = baton_json_peek_object_at (items, i);

      if (!sandbox_body_check (request, version, "queueItems", version_fields))
        return FALSE;
      if (!sandbox_body_has (version, "Id"))
        {
          sandbox_reply_error (request, 400, 1014, "The Id field is required.");
          return FALSE;
        }
    }

  return TRUE;
}

/* The failed ones are told one by one; where no item was as the caller had seen it, the whole
 * request is a conflict. */
static void
run_bulk (SandboxRequest *request, const Bulk *bulk)
{
  JsonArray *items = baton_json_peek_array (request->body, "queueItems");
  g_autoptr (GArray) failed = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  guint stale = 0;
  gboolean checked
      = sandbox_server_get_options (request->server)->row_version == SANDBOX_ROW_VERSION_CHECKED;

  if (!check_versions (request, items))
    return;

  sandbox_store_begin (request->store);
  for (guint i = 0; i < baton_json_length (items); i++)
    {
      JsonObject *version = baton_json_peek_object_at (items, i);
      gint64 id = baton_json_peek_int (version, "Id", 0);
      const char *seen = baton_json_peek_string (version, "RowVersion");
      g_auto (SandboxQueueItem) item = { 0 };
      gboolean there = sandbox_queue_item_load (&item, request->store, id)
                       && sandbox_queue_item_is_in (&item, request);
      gboolean moved = checked && there && seen != NULL && g_strcmp0 (seen, item.row_version) != 0;

      stale += moved ? 1 : 0;
      if (!there || moved || !bulk->can (&item))
        {
          g_array_append_val (failed, id);
          continue;
        }
      bulk->apply (request, &item);
      if (g_hash_table_add (told, g_memdup2 (&item.queue, sizeof item.queue)))
        tell (request, item.queue, bulk->action);
    }
  sandbox_store_commit (request->store);

  if (stale > 0 && stale == baton_json_length (items))
    sandbox_reply_error (request, 409, ERROR_OPTIMISTIC_CONCURRENCY,
                         "The item was changed by somebody else in the meantime. Read it again.");
  else
    reply_bulk (request, failed);
}

static void
delete_bulk_cb (SandboxRequest *request)
{
  static const Bulk bulk = { can_delete, delete_item, "Delete" };

  if (sandbox_body_check (request, request->body, "deleteBulkParameters", many_fields))
    run_bulk (request, &bulk);
}

/* Retried: another item is made that robots take up (fact sheet 6.11). */
static void
review_item (SandboxRequest *request, const SandboxQueueItem *item)
{
  int review = sandbox_body_get_enum (request->body, "status", sandbox_enum_review_status,
                                      SANDBOX_REVIEW_NONE);

  sandbox_queue_item_change (item, request->store, request->user, SANDBOX_ITEM_EVENT_EDIT,
                             SANDBOX_INT ("ReviewStatus", review),
                             SANDBOX_INT ("Status", review == SANDBOX_REVIEW_RETRIED
                                                        ? SANDBOX_ITEM_RETRIED
                                                        : item->status));
  if (review == SANDBOX_REVIEW_RETRIED)
    sandbox_queue_item_retry (item, request->store, request->user, TRUE);
}

static void
review_cb (SandboxRequest *request)
{
  static const Bulk bulk = { can_review, review_item, "ChangeStatus" };

  if (!sandbox_body_check (request, request->body, "setItemReviewStatusParameters", review_fields))
    return;
  if (sandbox_body_has (request->body, "status"))
    run_bulk (request, &bulk);
  else
    sandbox_reply_error (request, 400, 1014, "The status field is required.");
}

static void
set_reviewer (SandboxRequest *request, const SandboxQueueItem *item)
{
  sandbox_queue_item_change (
      item, request->store, request->user, SANDBOX_ITEM_EVENT_EDIT,
      SANDBOX_ID ("ReviewerUserId", baton_json_peek_int (request->body, "userId", 0)));
}

/* Those of the folder who may see its queues and change their items. */
#define REVIEWERS                                                                                  \
  "\"Id\" IN (SELECT f.\"UserId\" FROM \"UserFolders\" f WHERE f.\"FolderId\" = ?) AND \"Id\" IN " \
  "(SELECT u.\"UserId\" FROM \"UserRoles\" u JOIN \"RolePermissions\" p ON p.\"RoleId\" = "        \
  "u.\"RoleId\" WHERE p.\"IsGranted\" AND p.\"Name\" = 'Transactions.Edit')"

static void
set_reviewer_cb (SandboxRequest *request)
{
  static const Bulk bulk = { can_review, set_reviewer, "Assign" };

  if (!sandbox_body_check (request, request->body, "setItemReviewerParameters", reviewer_fields))
    return;
  if (sandbox_statement_ask (
          request->store,
          "SELECT 1 FROM \"Users\" WHERE \"TenantId\" = ? AND \"Id\" = ? AND " REVIEWERS, "iii",
          request->tenant, baton_json_peek_int (request->body, "userId", 0), request->folder)
      != 0)
    run_bulk (request, &bulk);
  else
    sandbox_reply_error (request, 404, 1002,
                         "The reviewer does not exist, or may not review here.");
}

static void
unset_reviewer_cb (SandboxRequest *request)
{
  static const Bulk bulk = { can_review, set_reviewer, "Unassign" };

  if (sandbox_body_check (request, request->body, "unsetItemReviewerParameters", many_fields))
    run_bulk (request, &bulk);
}

static void
reviewers_cb (SandboxRequest *request)
{
  g_autoptr (SandboxSql) sql = sandbox_list_begin_tenant (request, &sandbox_set_users);

  sandbox_sql_add_condition (sql, "t." REVIEWERS, 1, request->folder);
  sandbox_list_reply (request, &sandbox_set_users, sql);
}

/* Definition: all items of a chain of retries have the Key of the first. */
static void
history_cb (SandboxRequest *request)
{
  g_autoptr (SandboxSql) sql = sandbox_list_begin_tenant (request, &sandbox_set_queue_items);
  g_auto (SandboxQueueItem) item = { 0 };

  if (!sandbox_queue_item_load_key (&item, request, request->key))
    return;
  sandbox_schema_want_index (request->store, &sandbox_set_queue_items,
                             sandbox_entity_set_find_field (&sandbox_set_queue_items, "Key"));
  sandbox_sql_add_condition (
      sql, "t.\"Key\" = (SELECT \"Key\" FROM \"QueueItems\" WHERE \"Id\" = ?)", 1, item.id);
  sandbox_list_reply (request, &sandbox_set_queue_items, sql);
}

static void
reply_last (SandboxRequest *request, const char *key)
{
  gint64 id = sandbox_statement_ask (request->store,
                                     "SELECT max (\"Id\") FROM \"QueueItems\" WHERE \"TenantId\" = "
                                     "? AND \"Key\" = ?",
                                     "is", request->tenant, key);
  g_auto (SandboxQueueItem) item = { 0 };

  if (id != 0 && sandbox_queue_item_load (&item, request->store, id)
      && sandbox_queue_item_is_in (&item, request))
    sandbox_reply_entity (request, 200, &sandbox_set_queue_items, id);
  else
    sandbox_reply_error (request, 404, 1002, "Queue item %s does not exist.", key);
}

static void
last_retry_cb (SandboxRequest *request)
{
  g_auto (SandboxQueueItem) item = { 0 };
  g_autofree char *key = NULL;

  if (!sandbox_queue_item_load_key (&item, request, request->key))
    return;
  key = sandbox_statement_ask_text (
      request->store, "SELECT \"Key\" FROM \"QueueItems\" WHERE \"Id\" = ?", "i", item.id);
  reply_last (request, key);
}

static void
last_retry_by_key_cb (SandboxRequest *request)
{
  const char *text = sandbox_request_get_argument (request, "key");
  g_autofree char *key = text != NULL ? g_ascii_strdown (text, -1) : g_strdup ("");

  sandbox_schema_want_index (request->store, &sandbox_set_queue_items,
                             sandbox_entity_set_find_field (&sandbox_set_queue_items, "Key"));
  reply_last (request, key);
}

#define SEE "Queues.View&Transactions.View"
#define CHANGE "Queues.View&Transactions.Edit"
#define DELETE "Queues.View&Transactions.Delete"

const SandboxOperation sandbox_queue_items_operations[] = {
  { "PUT", "/odata/QueueItems({key})", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "Queues.Edit&Transactions.Edit", edit_cb },
  { "DELETE", "/odata/QueueItems({key})", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, DELETE, delete_cb },
  { "POST", "/odata/QueueItems/" SVC "DeleteBulk", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, DELETE,
    delete_bulk_cb },
  { "POST", "/odata/QueueItems/" SVC "SetItemReviewStatus", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    CHANGE, review_cb },
  { "POST", "/odata/QueueItems/" SVC "SetItemReviewer", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    CHANGE, set_reviewer_cb },
  { "POST", "/odata/QueueItems/" SVC "UnsetItemReviewer", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    CHANGE, unset_reviewer_cb },
  { "GET", "/odata/QueueItems/" US "GetReviewers", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, CHANGE,
    reviewers_cb },
  { "GET", "/odata/QueueItems({key})/" SVC "GetItemProcessingHistory", SANDBOX_SIGNED,
    SANDBOX_SCOPE_FOLDER, SEE, history_cb },
  { "GET", "/odata/QueueItems({key})/" US "GetItemLastRetry", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    SEE, last_retry_cb },
  { "GET", "/odata/QueueItems/" SVC "GetItemLastRetryByKey", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    SEE, last_retry_by_key_cb },
  { NULL },
};
