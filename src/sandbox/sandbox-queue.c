/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-queue.h"

#include <string.h>

#include "baton-json.h"
#include "sandbox-json-schema.h"
#include "sandbox-statement.h"

/* Fact sheet 5.2. */
#define MAX_SPECIFIC (500 * 1024)
#define MAX_OUTPUT (100 * 1024)
#define MAX_ANALYTICS (10 * 1024)
#define MAX_PROGRESS 104857

G_DEFINE_QUARK (sandbox - queue - error, sandbox_queue_error)

/* Numbers of the fact sheet, 4.3; where only the name is known, the number of what it is a kind of.
 */
static const struct
{
  const char *name;
  guint status;
  int code;
} errors[] = {
  [SANDBOX_QUEUE_ERROR_INVALID_REQUEST] = { "InvalidRequest", 400, 1000 },
  [SANDBOX_QUEUE_ERROR_INVALID_ARGUMENT] = { "InvalidArgument", 400, 1009 },
  [SANDBOX_QUEUE_ERROR_REFERENCE_REQUIRED] = { "TransactionReferenceRequired", 400, 1014 },
  [SANDBOX_QUEUE_ERROR_DUPLICATE_REFERENCE] = { "DuplicateReference", 409, 1016 },
  [SANDBOX_QUEUE_ERROR_CONTENT_SIZE] = { "QueueItemContentSizeExceeded", 400, 1009 },
  [SANDBOX_QUEUE_ERROR_OUTPUT_SIZE] = { "QueueItemOutputDataSizeExceeded", 400, 1009 },
  [SANDBOX_QUEUE_ERROR_ANALYTICS_SIZE] = { "QueueItemAnalyticsDataSizeExceeded", 400, 1009 },
  [SANDBOX_QUEUE_ERROR_PROGRESS_SIZE] = { "QueueItemProgressDataSizeExceeded", 400, 1009 },
  [SANDBOX_QUEUE_ERROR_EXCEPTION_SIZE] = { "QueueProcessingExceptionFieldSizeExceeded", 400, 1009 },
  [SANDBOX_QUEUE_ERROR_SCHEMA] = { "QueueItemSchemaViolationException", 400, 1009 },
};

static const struct
{
  const char *name;
  gsize maximum; /* bytes */
  SandboxQueueErrorCode too_large;
  gsize schema; /* where the text stands in a SandboxQueue */
} datas[] = {
  [SANDBOX_QUEUE_SPECIFIC] = { "SpecificContent", MAX_SPECIFIC, SANDBOX_QUEUE_ERROR_CONTENT_SIZE,
                               G_STRUCT_OFFSET (SandboxQueue, specific_schema) },
  [SANDBOX_QUEUE_OUTPUT] = { "Output", MAX_OUTPUT, SANDBOX_QUEUE_ERROR_OUTPUT_SIZE,
                             G_STRUCT_OFFSET (SandboxQueue, output_schema) },
  [SANDBOX_QUEUE_ANALYTICS] = { "Analytics", MAX_ANALYTICS, SANDBOX_QUEUE_ERROR_ANALYTICS_SIZE,
                                G_STRUCT_OFFSET (SandboxQueue, analytics_schema) },
};

void
sandbox_queue_clear (SandboxQueue *self)
{
  g_clear_pointer (&self->specific_schema, g_free);
  g_clear_pointer (&self->output_schema, g_free);
  g_clear_pointer (&self->analytics_schema, g_free);
}

static char *
dup_column (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *)sqlite3_column_text (statement, column));
}

gboolean
sandbox_queue_load (SandboxQueue *self, SandboxStore *store, gint64 id)
{
  gboolean found = FALSE;
  sqlite3_stmt *statement = sandbox_store_prepare (
      store,
      "SELECT \"TenantId\", \"OrganizationUnitId\", \"EnforceUniqueReference\", \"Encrypted\", "
      "\"AcceptAutomaticallyRetry\", \"RetryAbandonedItems\", \"MaxNumberOfRetries\", "
      "\"SlaInMinutes\", \"RiskSlaInMinutes\", \"SpecificDataJsonSchema\", "
      "\"OutputDataJsonSchema\", \"AnalyticsDataJsonSchema\" FROM \"QueueDefinitions\" "
      "WHERE \"Id\" = ?");

  sqlite3_bind_int64 (statement, 1, id);
  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      *self = (SandboxQueue){ .id = id,
                              .tenant = sqlite3_column_int64 (statement, 0),
                              .folder = sqlite3_column_int64 (statement, 1),
                              .unique = sqlite3_column_int (statement, 2),
                              .encrypted = sqlite3_column_int (statement, 3),
                              .retries_failed = sqlite3_column_int (statement, 4),
                              .retries_abandoned = sqlite3_column_int (statement, 5),
                              .max_retries = sqlite3_column_int (statement, 6),
                              .sla = sqlite3_column_int64 (statement, 7),
                              .risk_sla = sqlite3_column_int64 (statement, 8),
                              .specific_schema = dup_column (statement, 9),
                              .output_schema = dup_column (statement, 10),
                              .analytics_schema = dup_column (statement, 11) };
      found = TRUE;
    }
  sandbox_store_done (statement);

  return found;
}

gboolean
sandbox_queue_load_by_name (SandboxQueue *self, SandboxRequest *request, const char *name)
{
  gint64 id = sandbox_statement_ask (
      request->store,
      "SELECT \"Id\" FROM \"QueueDefinitions\" WHERE \"TenantId\" = ?1 AND \"Name\" = ?2 AND "
      "(\"OrganizationUnitId\" = ?3 OR \"Id\" IN (SELECT \"EntityId\" FROM \"FolderLinks\" WHERE "
      "\"SetName\" = 'QueueDefinitions' AND \"FolderId\" = ?3))",
      "isi", request->tenant, name, request->folder);

  if (id != 0 && sandbox_queue_load (self, request->store, id))
    return TRUE;

  sandbox_reply_error (request, 404, 1002, "%s does not exist.", name);
  return FALSE;
}

JsonObject *
sandbox_queue_read_body (SandboxQueue *self,
                         SandboxRequest *request,
                         const char *what,
                         const SandboxBodyField *wrapper,
                         const char *member,
                         const SandboxBodyField *fields)
{
  JsonObject *object;
  const char *name;

  if (!sandbox_body_check (request, request->body, what, wrapper))
    return NULL;
  object = baton_json_peek_object (request->body, member);
  if (!sandbox_body_check (request, object, member, fields))
    return NULL;

  name = baton_json_peek_string (object, "Name");
  if (name == NULL)
    {
      sandbox_reply_error (request, 400, 1014, "The Name field is required.");
      return NULL;
    }

  return sandbox_queue_load_by_name (self, request, name) ? object : NULL;
}

const char *
sandbox_queue_error_get_name (const GError *error)
{
  g_return_val_if_fail (error != NULL && error->domain == SANDBOX_QUEUE_ERROR, NULL);

  return errors[error->code].name;
}

void
sandbox_queue_reply_error (SandboxRequest *request, const GError *error)
{
  g_return_if_fail (error != NULL && error->domain == SANDBOX_QUEUE_ERROR);

  sandbox_reply_error (request, errors[error->code].status, errors[error->code].code, "%s",
                       error->message);
}

/* Annotations as "Amount@odata.type" are none of the data. Returns: (transfer full). */
static JsonNode *
strip_annotations (JsonObject *object, char **names)
{
  JsonNode *node = json_node_alloc ();
  g_autoptr (JsonObject) plain = json_object_new ();

  for (gsize i = 0; names[i] != NULL; i++)
    if (strchr (names[i], '@') == NULL)
      json_object_set_member (plain, names[i],
                              baton_json_copy_node (baton_json_peek_node (object, names[i])));

  return json_node_init_object (node, plain);
}

static gboolean
check_schema (const char *text, const char *name, JsonObject *object, char **names, GError **error)
{
  g_autoptr (SandboxJsonSchema) schema = NULL;
  g_autoptr (JsonNode) plain = NULL;
  g_autofree char *problem = NULL;

  schema = sandbox_json_schema_new (text, &problem);
  if (schema != NULL)
    {
      plain = strip_annotations (object, names);
      problem = sandbox_json_schema_find_problem (schema, plain);
    }
  if (problem == NULL)
    return TRUE;

  g_set_error (error, SANDBOX_QUEUE_ERROR, SANDBOX_QUEUE_ERROR_SCHEMA,
               "%s does not fit the schema of the queue: %s.", name, problem);
  return FALSE;
}

static gboolean
check_members (JsonObject *object, char **names, const char *name, GError **error)
{
  for (gsize i = 0; names[i] != NULL; i++)
    {
      JsonNode *node = baton_json_peek_node (object, names[i]);

      if (node != NULL && (JSON_NODE_HOLDS_OBJECT (node) || JSON_NODE_HOLDS_ARRAY (node)))
        {
          g_set_error (error, SANDBOX_QUEUE_ERROR, SANDBOX_QUEUE_ERROR_INVALID_ARGUMENT,
                       "%s may not hold objects or arrays: %s.", name, names[i]);
          return FALSE;
        }
    }

  return TRUE;
}

char *
sandbox_queue_dup_data (const SandboxQueue *self,
                        SandboxQueueData kind,
                        JsonNode *data,
                        GError **error)
{
  const char *schema = G_STRUCT_MEMBER (const char *, self, datas[kind].schema);
  g_autoptr (JsonObject) empty = NULL;
  g_auto (GStrv) names = NULL;
  g_autofree char *text = NULL;
  JsonObject *object;

  g_return_val_if_fail (self != NULL, NULL);

  object = data != NULL && JSON_NODE_HOLDS_OBJECT (data) ? json_node_get_object (data) : NULL;
  if (object == NULL)
    object = empty = json_object_new ();
  else
    text = baton_json_to_text (data, FALSE);

  names = baton_json_dup_names (object);
  if (!check_members (object, names, datas[kind].name, error)
      || (schema != NULL && *schema != '\0'
          && !check_schema (schema, datas[kind].name, object, names, error)))
    return NULL;
  if (text != NULL && strlen (text) > datas[kind].maximum)
    {
      g_set_error (error, SANDBOX_QUEUE_ERROR, (int)datas[kind].too_large,
                   "%s is larger than %" G_GSIZE_FORMAT " bytes.", datas[kind].name,
                   datas[kind].maximum);
      return NULL;
    }

  return g_steal_pointer (&text);
}

gboolean
sandbox_queue_check_progress (const char *text, GError **error)
{
  if (text == NULL || g_utf8_strlen (text, -1) <= MAX_PROGRESS)
    return TRUE;

  g_set_error (error, SANDBOX_QUEUE_ERROR, SANDBOX_QUEUE_ERROR_PROGRESS_SIZE,
               "Progress is longer than %d characters.", MAX_PROGRESS);
  return FALSE;
}
