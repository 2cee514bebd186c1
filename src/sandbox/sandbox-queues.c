/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-clock.h"
#include "sandbox-operations.h"

#include "baton-json.h"
#include "sandbox-body.h"
#include "sandbox-enums.h"
#include "sandbox-row.h"
#include "sandbox-sets.h"

/* Bytes of SpecificContent that the service takes (fact sheet 5.2). */
#define MAX_CONTENT (500 * 1024)

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

typedef struct
{
  gint64 id;
  gboolean unique;
  gint64 sla; /* minutes until an item is due, 0 for none */
  gint64 risk_sla;
} Queue;

/* Answers where there is no such queue in the folder. */
static gboolean
find_queue (SandboxRequest *request, const char *name, Queue *queue)
{
  gboolean found = FALSE;
  sqlite3_stmt *statement = sandbox_store_prepare (
      request->store,
      "SELECT \"Id\", \"EnforceUniqueReference\", \"SlaInMinutes\", \"RiskSlaInMinutes\" FROM "
      "\"QueueDefinitions\" "
      "WHERE \"TenantId\" = ? AND \"OrganizationUnitId\" = ? AND \"Name\" = ?");

  sqlite3_bind_int64 (statement, 1, request->tenant);
  sqlite3_bind_int64 (statement, 2, request->folder);
  sqlite3_bind_text (statement, 3, name, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      queue->id = sqlite3_column_int64 (statement, 0);
      queue->unique = sqlite3_column_int (statement, 1);
      queue->sla = sqlite3_column_int64 (statement, 2);
      queue->risk_sla = sqlite3_column_int64 (statement, 3);
      found = TRUE;
    }
  sandbox_store_done (statement);
  if (!found)
    sandbox_reply_error (request, 404, 1002, "%s does not exist.", name);

  return found;
}

/* Deleted items count too (fact sheet 8, number 12). */
static gboolean
has_reference (SandboxRequest *request, gint64 queue, const char *reference)
{
  gboolean found;
  sqlite3_stmt *statement = sandbox_store_prepare (
      request->store,
      "SELECT 1 FROM \"QueueItems\" WHERE \"QueueDefinitionId\" = ? AND \"Reference\" = ? LIMIT 1");

  sqlite3_bind_int64 (statement, 1, queue);
  sqlite3_bind_text (statement, 2, reference, -1, SQLITE_STATIC);
  found = sqlite3_step (statement) == SQLITE_ROW;
  sandbox_store_done (statement);

  return found;
}

/* Answers where the content is larger or deeper than the service takes it. Returns: (transfer full)
 * (nullable). */
static char *
dup_content (SandboxRequest *request, JsonObject *item)
{
  JsonObject *object = baton_json_peek_object (item, "SpecificContent");
  g_auto (GStrv) names = object != NULL ? baton_json_dup_names (object) : NULL;
  char *content;

  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    {
      JsonNode *node = baton_json_peek_node (object, names[i]);

      if (JSON_NODE_HOLDS_OBJECT (node) || JSON_NODE_HOLDS_ARRAY (node))
        {
          sandbox_reply_error (
              request, 400, 1009, "SpecificContent may not hold objects or arrays: %s.", names[i]);
          return NULL;
        }
    }

  content = object != NULL
                ? baton_json_to_text (baton_json_peek_node (item, "SpecificContent"), FALSE)
                : g_strdup ("{}");
  if (strlen (content) > MAX_CONTENT)
    {
      sandbox_reply_error (
          request, 400, 1009, "SpecificContent is larger than %d bytes.", MAX_CONTENT);
      g_clear_pointer (&content, g_free);
    }

  return content;
}

/* Returns: the time of the member, or what the queue's agreement makes of now; 0 for none. */
static gint64
get_due (JsonObject *item, const char *name, gint64 now, gint64 minutes)
{
  if (sandbox_body_has (item, name))
    return baton_json_peek_time (item, name);

  return minutes > 0 ? now + minutes * 60 * G_USEC_PER_SEC : 0;
}

static gint64
add_item (SandboxRequest *request, JsonObject *item, const Queue *queue, const char *content)
{
  g_autofree char *key = g_uuid_string_random ();
  g_autofree char *data = g_strdup_printf ("{\"DynamicProperties\":%s}", content);
  guint32 version[2] = { g_random_int (), g_random_int () };
  g_autofree char *row_version = g_base64_encode ((const guchar *) version, sizeof version);
  gint64 now = sandbox_clock_now ();

  return sandbox_insert (
      request->store,
      "QueueItems",
      SANDBOX_INT ("TenantId", request->tenant),
      SANDBOX_INT ("OrganizationUnitId", request->folder),
      SANDBOX_INT ("QueueDefinitionId", queue->id),
      SANDBOX_TEXT ("SpecificContent", content),
      SANDBOX_TEXT ("SpecificData", data),
      SANDBOX_ENUM ("Status", "New"),
      SANDBOX_ENUM ("ReviewStatus", "None"),
      SANDBOX_TEXT ("Key", key),
      SANDBOX_TEXT ("UniqueKey", key),
      SANDBOX_TEXT ("Reference", baton_json_peek_string (item, "Reference")),
      SANDBOX_INT (
          "Priority",
          sandbox_body_get_enum (item,
                                 "Priority",
                                 sandbox_enum_queue_item_priority,
                                 sandbox_row_get_enum ("QueueItems", "Priority", "Normal"))),
      SANDBOX_TIME ("DeferDate", baton_json_peek_time (item, "DeferDate")),
      SANDBOX_TIME ("DueDate", get_due (item, "DueDate", now, queue->sla)),
      SANDBOX_TIME ("RiskSlaDate", get_due (item, "RiskSlaDate", now, queue->risk_sla)),
      SANDBOX_TEXT ("Progress", baton_json_peek_string (item, "Progress")),
      SANDBOX_TEXT ("ParentOperationId", baton_json_peek_string (item, "ParentOperationId")),
      SANDBOX_INT ("RetryNumber", 0),
      SANDBOX_INT ("SecondsInPreviousAttempts", 0),
      SANDBOX_INT ("Encrypted", FALSE),
      SANDBOX_TEXT ("RowVersion", row_version),
      SANDBOX_TIME ("CreationTime", now));
}

static void
add_cb (SandboxRequest *request)
{
  JsonObject *item;
  g_autofree char *content = NULL;
  const char *name;
  const char *reference;
  Queue queue;
  gint64 id;

  if (!sandbox_body_check (request, request->body, "queueItemParameters", add_wrapper))
    return;
  item = baton_json_peek_object (request->body, "itemData");
  if (!sandbox_body_check (request, item, "itemData", item_fields))
    return;

  name = baton_json_peek_string (item, "Name");
  reference = baton_json_peek_string (item, "Reference");
  if (name == NULL)
    {
      sandbox_reply_error (request, 400, 1014, "The Name field is required.");
      return;
    }
  if (!find_queue (request, name, &queue))
    return;
  if (queue.unique && (reference == NULL || *reference == '\0'))
    {
      sandbox_reply_error (
          request, 400, 1014, "The queue enforces unique references: a Reference is required.");
      return;
    }
  if (queue.unique && has_reference (request, queue.id, reference))
    {
      sandbox_reply_error (request, 409, 1016, "Error creating Transaction. Duplicate Reference.");
      return;
    }
  content = dup_content (request, item);
  if (content == NULL)
    return;

  sandbox_store_begin (request->store);
  id = add_item (request, item, &queue, content);
  sandbox_store_commit (request->store);
  sandbox_reply_entity (request, 201, &sandbox_set_queue_items, id);
}

const SandboxOperation sandbox_queues_operations[] = {
  { "POST",
    "/odata/Queues/UiPathODataSvc.AddQueueItem",
    SANDBOX_SIGNED,
    SANDBOX_SCOPE_FOLDER,
    "Queues.View&Transactions.Create",
    add_cb },
  { NULL },
};
