/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include <string.h>

#include "baton-json.h"
#include "sandbox-change.h"
#include "sandbox-json-schema.h"
#include "sandbox-odata-query.h"
#include "sandbox-policy.h"
#include "sandbox-queue.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-write.h"

#define SVC "UiPathODataSvc."
#define US "UiPath.Server.Configuration.OData."
#define ERROR_HAS_DEPENDENT_ITEMS 1012
#define DTO "queueDefinitionDto"

/* Definition: QueueSchemaType, the parameter of GetJsonSchemaDefinition, and where it is kept. */
static const struct
{
  const char *type;
  const char *column;
} schemas[] = {
  { "SpecificData", "SpecificDataJsonSchema" },
  { "OutputData", "OutputDataJsonSchema" },
  { "AnalyticsData", "AnalyticsDataJsonSchema" },
};

static gboolean
check_schemas (SandboxRequest *request, SandboxChange *change)
{
  for (gsize i = 0; i < G_N_ELEMENTS (schemas); i++)
    {
      const char *text = sandbox_change_get_text (change, schemas[i].column);
      g_autofree char *problem = NULL;
      g_autoptr (SandboxJsonSchema) schema = NULL;

      if (text == NULL || *text == '\0')
        continue;
      schema = sandbox_json_schema_new (text, &problem);
      if (schema != NULL)
        continue;
      sandbox_reply_error (request, 400, 1009, "%s is no valid JSON schema. %s", schemas[i].column,
                           problem);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_numbers (SandboxRequest *request, SandboxChange *change)
{
  static const char *const columns[] = { "MaxNumberOfRetries", "SlaInMinutes", "RiskSlaInMinutes" };
  gint64 sla = sandbox_change_get_int (change, "SlaInMinutes", 0);

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    if (sandbox_change_get_int (change, columns[i], 0) < 0)
      {
        sandbox_reply_error (request, 400, 1000, "The field %s must not be negative.", columns[i]);
        return FALSE;
      }
  if (sla > 0 && sandbox_change_get_int (change, "RiskSlaInMinutes", 0) > sla)
    {
      sandbox_reply_error (request, 400, 1009, "RiskSlaInMinutes must not be above SlaInMinutes.");
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_release (SandboxRequest *request, SandboxChange *change)
{
  gint64 release = sandbox_change_get_int (change, "ReleaseId", 0);
  gint64 folder;

  if (release == 0)
    return TRUE;
  folder = sandbox_statement_ask (
      request->store,
      "SELECT \"OrganizationUnitId\" FROM \"Releases\" WHERE \"TenantId\" = ? AND \"Id\" = ?", "ii",
      request->tenant, release);
  if (folder == 0)
    {
      sandbox_reply_error (request, 404, 1002, "The process %" G_GINT64_FORMAT " does not exist.",
                           release);
      return FALSE;
    }
  sandbox_change_set_int (change, "IsProcessInCurrentFolder", folder == request->folder);

  return TRUE;
}

/* What the service gives out always: a create and a replace that do not mention them mean no. */
static void
set_defaults (SandboxChange *change)
{
  static const char *const numbers[] = { "MaxNumberOfRetries", "SlaInMinutes", "RiskSlaInMinutes" };
  static const char *const switches[] = { "AcceptAutomaticallyRetry", "RetryAbandonedItems" };
  static const char *const fixed[] = { "EnforceUniqueReference", "Encrypted" };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    sandbox_change_set_int (change, numbers[i], sandbox_change_get_int (change, numbers[i], 0));
  for (gsize i = 0; i < G_N_ELEMENTS (switches); i++)
    sandbox_change_set_int (change, switches[i], sandbox_change_get_int (change, switches[i], 0));
  for (gsize i = 0; change->kind == SANDBOX_WRITE_CREATE && i < G_N_ELEMENTS (fixed); i++)
    sandbox_change_set_int (change, fixed[i], sandbox_change_get_int (change, fixed[i], 0));
}

static gboolean
check_queue (SandboxRequest *request, SandboxChange *change)
{
  if (!check_schemas (request, change) || !check_numbers (request, change)
      || !check_release (request, change))
    return FALSE;
  set_defaults (change);

  return TRUE;
}

/* A queue that a trigger watches stays; its items go with it. */
static gboolean
may_delete_queue (SandboxRequest *request, gint64 id)
{
  static const char *const statements[] = {
    "DELETE FROM \"QueueItemEvents\" WHERE \"QueueItemId\" IN (SELECT \"Id\" FROM \"QueueItems\" "
    "WHERE \"QueueDefinitionId\" = ?)",
    "DELETE FROM \"QueueItemComments\" WHERE \"QueueItemId\" IN (SELECT \"Id\" FROM \"QueueItems\" "
    "WHERE \"QueueDefinitionId\" = ?)",
    "DELETE FROM \"QueueItems\" WHERE \"QueueDefinitionId\" = ?",
    "DELETE FROM \"QueueRetention\" WHERE \"QueueDefinitionId\" = ?",
    "DELETE FROM \"QueueStaleRetention\" WHERE \"QueueDefinitionId\" = ?",
  };

  if (sandbox_statement_ask (request->store,
                             "SELECT 1 FROM \"ProcessSchedules\" WHERE \"QueueDefinitionId\" = ?",
                             "i", id)
      != 0)
    {
      sandbox_reply_error (request, 409, ERROR_HAS_DEPENDENT_ITEMS,
                           "The queue has a trigger: delete that first.");
      return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++)
    sandbox_statement_run (request->store, statements[i], "i", id);

  return TRUE;
}

const SandboxSetHooks sandbox_queue_hooks = {
  .check = check_queue,
  .may_delete = may_delete_queue,
};

/* Answers where no body came. */
static gboolean
has_body (SandboxRequest *request)
{
  if (request->body == NULL)
    sandbox_reply_error (request, 400, 1000, DTO " must not be null");

  return request->body != NULL;
}

static void
create_cb (SandboxRequest *request)
{
  gint64 id = has_body (request)
                  ? sandbox_policy_write (request, &sandbox_set_queue_definitions, 0, DTO)
                  : 0;

  if (id != 0)
    sandbox_policy_reply (request, &sandbox_set_queue_definitions, 201, id);
}

static void
edit_cb (SandboxRequest *request)
{
  g_autofree char *key = NULL;
  gint64 id;

  if (!has_body (request))
    return;
  key = g_strdup_printf ("%" G_GINT64_FORMAT, baton_json_peek_int (request->body, "Id", 0));
  id = sandbox_write_find_row (request, &sandbox_set_queue_definitions, "Id", key);
  if (id != 0 && sandbox_policy_write (request, &sandbox_set_queue_definitions, id, DTO) != 0)
    sandbox_policy_reply (request, &sandbox_set_queue_definitions, 200, id);
}

static void
get_cb (SandboxRequest *request)
{
  const char *key = sandbox_request_get_argument (request, "id");
  gint64 id = sandbox_write_find_row (request, &sandbox_set_queue_definitions, "Id",
                                      key != NULL ? key : "");

  if (id != 0)
    sandbox_policy_reply (request, &sandbox_set_queue_definitions, 200, id);
}

static const char *
find_schema_column (const char *type)
{
  for (gsize i = 0; type != NULL && i < G_N_ELEMENTS (schemas); i++)
    if (g_ascii_strcasecmp (schemas[i].type, type) == 0)
      return schemas[i].column;

  return NULL;
}

static void
schema_cb (SandboxRequest *request)
{
  const char *type = sandbox_request_get_argument (request, "jsonSchemaType");
  const char *column = find_schema_column (type);
  gint64 id = sandbox_write_find_row (request, &sandbox_set_queue_definitions, "Id", request->key);
  g_autofree char *sql = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GBytes) content = NULL;

  if (id == 0)
    return;
  if (column == NULL)
    {
      sandbox_reply_error (request, 400, 1009, "There is no schema of the type '%s'.",
                           type != NULL ? type : "");
      return;
    }
  sql = g_strdup_printf ("SELECT \"%s\" FROM \"QueueDefinitions\" WHERE \"Id\" = ?", column);
  text = sandbox_statement_ask_text (request->store, sql, "i", id);
  if (text == NULL || *text == '\0')
    {
      sandbox_reply_error (request, 404, 1002, "The queue has no schema of the type '%s'.", type);
      return;
    }
  name = g_strconcat (type, ".json", NULL);
  content = g_bytes_new (text, strlen (text));
  sandbox_reply_file (request, name, "application/octet-stream", content);
}

const SandboxOperation sandbox_queue_definitions_operations[] = {
  { "POST", "/odata/QueueDefinitions/" US "CreateQueue", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "Queues.Create", create_cb },
  { "POST", "/odata/QueueDefinitions/" US "EditQueue", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "Queues.Edit", edit_cb },
  { "GET", "/odata/QueueDefinitions/" US "GetQueue", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "Queues.View", get_cb },
  { "GET", "/odata/QueueDefinitions({key})/" SVC "GetJsonSchemaDefinition", SANDBOX_SIGNED,
    SANDBOX_SCOPE_FOLDER, "Queues.Edit", schema_cb },
  { NULL },
};
