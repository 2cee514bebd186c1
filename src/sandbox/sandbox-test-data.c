/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "baton-json.h"
#include "sandbox-body.h"
#include "sandbox-json-schema.h"
#include "sandbox-row.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"

#define AT "/api/TestDataQueueActions/"
/* Fact sheet 4.3; its status is of the definition. */
#define ERROR_SCHEMA 3219

static const SandboxBodyField add_fields[] = {
  { "queueName", SANDBOX_BODY_TEXT, 1, 0 },
  { "content", SANDBOX_BODY_OBJECT },
  { NULL },
};
static const SandboxBodyField add_many_fields[] = {
  { "queueName", SANDBOX_BODY_TEXT, 1, 0 },
  { "items", SANDBOX_BODY_ARRAY },
  { NULL },
};
static const SandboxBodyField next_fields[] = {
  { "queueName", SANDBOX_BODY_TEXT, 1, 0 },
  { "setConsumed", SANDBOX_BODY_BOOL },
  { NULL },
};
static const SandboxBodyField consume_all_fields[] = {
  { "queueName", SANDBOX_BODY_TEXT, 1, 0 },
  { "isConsumed", SANDBOX_BODY_BOOL },
  { NULL },
};
static const SandboxBodyField consume_fields[] = {
  { "itemIds", SANDBOX_BODY_ARRAY },
  { "isConsumed", SANDBOX_BODY_BOOL },
  { NULL },
};

/* Answers where the folder has no such queue. @name: (nullable). Returns: its id, or 0. */
static gint64
find_queue (SandboxRequest *request, const char *name)
{
  gint64 id = sandbox_statement_ask (
      request->store,
      "SELECT \"Id\" FROM \"TestDataQueues\" WHERE \"TenantId\" = ? AND \"OrganizationUnitId\" = ? "
      "AND \"Name\" = ?",
      "iis", request->tenant, request->folder, name);

  if (id == 0)
    sandbox_reply_error (request, 404, 1002, "The test data queue %s does not exist.",
                         name != NULL ? name : "");

  return id;
}

/* Returns: (transfer full): the schema of a queue. */
static SandboxJsonSchema *
load_schema (SandboxRequest *request, gint64 queue)
{
  g_autofree char *problem = NULL;
  g_autofree char *text = sandbox_statement_ask_text (
      request->store, "SELECT \"ContentJsonSchema\" FROM \"TestDataQueues\" WHERE \"Id\" = ?", "i",
      queue);

  return sandbox_json_schema_new (text, &problem);
}

/* Answers where the content is none of the queue. @content: (nullable). Returns: the id, or 0. */
static gint64
add (SandboxRequest *request, gint64 queue, SandboxJsonSchema *schema, JsonNode *content)
{
  g_autofree char *problem = sandbox_json_schema_find_problem (schema, content);
  g_autofree char *text = content != NULL ? baton_json_to_text (content, FALSE) : g_strdup ("null");

  if (problem != NULL)
    {
      sandbox_reply_error (request, 409, ERROR_SCHEMA,
                           "The content does not fit the schema of the test data queue: %s.",
                           problem);
      return 0;
    }

  return sandbox_insert (
      request->store, "TestDataQueueItems", SANDBOX_INT ("TenantId", request->tenant),
      SANDBOX_INT ("OrganizationUnitId", request->folder), SANDBOX_INT ("TestDataQueueId", queue),
      SANDBOX_TEXT ("ContentJson", text), SANDBOX_INT ("IsConsumed", FALSE));
}

/* Definition: TestDataQueueItemDto. */
static void
reply_item (SandboxRequest *request, guint status, gint64 id)
{
  sqlite3_stmt *statement = sandbox_statement_open (
      request->store,
      "SELECT \"TestDataQueueId\", \"ContentJson\", \"IsConsumed\" FROM \"TestDataQueueItems\" "
      "WHERE \"Id\" = ?",
      "i", id);
  GString *json = g_string_new (NULL);

  sqlite3_step (statement);
  g_string_append_printf (json,
                          "{\"testDataQueueId\":%" G_GINT64_FORMAT
                          ",\"content\":%s,\"isConsumed\":%s,\"id\":%" G_GINT64_FORMAT "}",
                          (gint64)sqlite3_column_int64 (statement, 0),
                          (const char *)sqlite3_column_text (statement, 1),
                          sqlite3_column_int (statement, 2) != 0 ? "true" : "false", id);
  sandbox_store_done (statement);
  sandbox_reply_json (request, status, json);
}

/* Answers where the body is wrong or the queue is not there. Returns: its id, or 0. */
static gint64
read_queue (SandboxRequest *request, const char *name, const SandboxBodyField *fields)
{
  if (!sandbox_body_check (request, request->body, name, fields))
    return 0;

  return find_queue (request, baton_json_peek_string (request->body, "queueName"));
}

static void
add_cb (SandboxRequest *request)
{
  gint64 queue = read_queue (request, "testDataQueueAddItemDto", add_fields);
  g_autoptr (SandboxJsonSchema) schema = NULL;
  gint64 id;

  if (queue == 0)
    return;
  schema = load_schema (request, queue);
  id = add (request, queue, schema, baton_json_peek_node (request->body, "content"));
  if (id != 0)
    reply_item (request, 201, id);
}

/* All or none. */
static void
add_many_cb (SandboxRequest *request)
{
  gint64 queue = read_queue (request, "testDataQueueBulkAddItemsDto", add_many_fields);
  JsonArray *items;
  g_autoptr (SandboxJsonSchema) schema = NULL;
  guint i = 0, n;

  if (queue == 0)
    return;
  items = baton_json_peek_array (request->body, "items");
  n = baton_json_length (items);
  schema = load_schema (request, queue);
  sandbox_store_begin (request->store);
  while (i < n && add (request, queue, schema, baton_json_peek_node_at (items, i)) != 0)
    i++;
  if (i < n)
    {
      sandbox_store_rollback (request->store);
      return;
    }
  sandbox_store_commit (request->store);
  {
    GString *json = g_string_new (NULL);

    g_string_append_printf (json, "%u", n);
    sandbox_reply_json (request, 200, json);
  }
}

static void
next_cb (SandboxRequest *request)
{
  gint64 queue = read_queue (request, "testDataQueueGetNextItemDto", next_fields);
  gint64 id;

  if (queue == 0)
    return;
  id = sandbox_statement_ask (request->store,
                              "SELECT min (\"Id\") FROM \"TestDataQueueItems\" WHERE "
                              "\"TestDataQueueId\" = ? AND NOT \"IsConsumed\"",
                              "i", queue);
  if (id == 0)
    {
      sandbox_reply_empty (request, 204);
      return;
    }
  if (baton_json_peek_bool (request->body, "setConsumed", FALSE))
    sandbox_update (request->store, "TestDataQueueItems", id, SANDBOX_INT ("IsConsumed", TRUE));
  reply_item (request, 200, id);
}

static void
consume_all_cb (SandboxRequest *request)
{
  gint64 queue = read_queue (request, "testDataQueueSetAllItemsConsumedDto", consume_all_fields);

  if (queue == 0)
    return;
  sandbox_statement_run (
      request->store,
      "UPDATE \"TestDataQueueItems\" SET \"IsConsumed\" = ? WHERE \"TestDataQueueId\" = ?", "ii",
      (gint64)baton_json_peek_bool (request->body, "isConsumed", FALSE), queue);
  sandbox_reply_empty (request, 202);
}

/* Runs @sql with tenant, folder and id for each of @ids; answers 404 where one is not there, and
 * does nothing then. */
static void
change_items (SandboxRequest *request, GArray *ids, const char *sql, guint status)
{
  gboolean there = TRUE;

  sandbox_store_begin (request->store);
  for (guint i = 0; there && i < ids->len; i++)
    {
      sandbox_statement_run (request->store, sql, "iii", request->tenant, request->folder,
                             g_array_index (ids, gint64, i));
      there = sandbox_store_changes (request->store) > 0;
    }
  if (!there)
    {
      sandbox_store_rollback (request->store);
      sandbox_reply_error (request, 404, 1002, "One of the items does not exist.");
      return;
    }
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, status);
}

#define OF_ITEM " WHERE \"TenantId\" = ? AND \"OrganizationUnitId\" = ? AND \"Id\" = ?"

static void
consume_cb (SandboxRequest *request)
{
  g_autoptr (GArray) ids = NULL;

  if (!sandbox_body_check (request, request->body, "testDataQueueSetItemsConsumedDto",
                           consume_fields))
    return;
  ids = sandbox_body_read_ids (request, request->body, "itemIds");
  if (ids == NULL)
    return;
  change_items (request, ids,
                baton_json_peek_bool (request->body, "isConsumed", FALSE)
                    ? "UPDATE \"TestDataQueueItems\" SET \"IsConsumed\" = 1" OF_ITEM
                    : "UPDATE \"TestDataQueueItems\" SET \"IsConsumed\" = 0" OF_ITEM,
                200);
}

/* The body is an array of ids by itself. */
static void
delete_cb (SandboxRequest *request)
{
  g_autoptr (GArray) ids = NULL;

  if (request->items == NULL)
    {
      sandbox_reply_error (request, 400, 1000, "itemIds must not be null");
      return;
    }
  ids = sandbox_body_read_id_array (request, request->items, "itemIds");
  if (ids == NULL)
    return;
  change_items (request, ids, "DELETE FROM \"TestDataQueueItems\"" OF_ITEM, 204);
}

static void
delete_all_cb (SandboxRequest *request)
{
  gint64 queue = find_queue (request, sandbox_request_get_query (request, "queueName"));

  if (queue == 0)
    return;
  sandbox_statement_run (request->store,
                         "DELETE FROM \"TestDataQueueItems\" WHERE \"TestDataQueueId\" = ?", "i",
                         queue);
  sandbox_reply_empty (request, 202);
}

#define ITEMS "TestDataQueueItems."

const SandboxOperation sandbox_test_data_operations[] = {
  { "POST", AT "AddItem", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, ITEMS "Create", add_cb },
  { "POST", AT "BulkAddItems", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, ITEMS "Create", add_many_cb },
  { "POST", AT "GetNextItem", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, ITEMS "View", next_cb },
  { "POST", AT "SetAllItemsConsumed", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, ITEMS "Edit",
    consume_all_cb },
  { "POST", AT "SetItemsConsumed", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, ITEMS "Edit", consume_cb },
  { "DELETE", AT "DeleteItems", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, ITEMS "Delete", delete_cb },
  { "DELETE", AT "DeleteAllItems", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, ITEMS "Delete",
    delete_all_cb },
  { NULL },
};
