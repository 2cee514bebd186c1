/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "baton-json.h"
#include "sandbox-body.h"
#include "sandbox-clock.h"
#include "sandbox-enums.h"
#include "sandbox-json-schema.h"
#include "sandbox-parameter.h"
#include "sandbox-retention.h"
#include "sandbox-row.h"
#include "sandbox-sets.h"
#include "sandbox-share.h"
#include "sandbox-statement.h"
#include "sandbox-write.h"
#include "sandbox-writer.h"

#define US "UiPath.Server.Configuration.OData."

/* Answers where no body came. */
static gboolean
has_body (SandboxRequest *request, const char *name)
{
  if (request->body == NULL)
    sandbox_reply_error (request, 400, 1000, "%s must not be null", name);

  return request->body != NULL;
}

static gboolean
write_policy (SandboxRequest *request, gint64 catalog)
{
  JsonObject *body = request->body;

  if (!sandbox_body_has (body, "RetentionAction") && !sandbox_body_has (body, "RetentionPeriod"))
    return TRUE;

  return sandbox_retention_set (
      request, &sandbox_set_task_retention, catalog,
      sandbox_body_get_enum (body, "RetentionAction", sandbox_enum_retention_action, 0),
      baton_json_peek_int (body, "RetentionPeriod", SANDBOX_RETENTION_FINAL_DAYS),
      baton_json_peek_int (body, "RetentionBucketId", 0));
}

/* Writes the catalogue and its policy, or neither. @id: 0 for a new one. Returns: its id, or 0. */
static gint64
write_catalog (SandboxRequest *request, gint64 id)
{
  const SandboxEntitySet *set = &sandbox_set_task_catalogs;

  sandbox_store_begin (request->store);
  if (id == 0)
    id = sandbox_write_create (request, set, request->body);
  else if (!sandbox_write_change (request, set, id, request->body, SANDBOX_WRITE_REPLACE))
    id = 0;
  if (id != 0 && write_policy (request, id))
    {
      sandbox_store_commit (request->store);
      return id;
    }
  sandbox_store_rollback (request->store);

  return 0;
}

static void
create_cb (SandboxRequest *request)
{
  gint64 id = has_body (request, "taskCatalogRequest") ? write_catalog (request, 0) : 0;

  if (id != 0)
    sandbox_reply_entity (request, 201, &sandbox_set_task_catalogs, id);
}

static void
update_cb (SandboxRequest *request)
{
  gint64 id;

  if (!has_body (request, "taskCatalogRequest"))
    return;
  id = sandbox_write_find_row (request, &sandbox_set_task_catalogs, "Id", request->key);
  if (id != 0 && write_catalog (request, id) != 0)
    sandbox_reply_empty (request, 200);
}

/* Definition: TaskCatalogExtendedDetailsDto. */
static void
details_cb (SandboxRequest *request)
{
  const char *key = sandbox_request_get_argument (request, "taskCatalogId");
  gint64 id
      = sandbox_write_find_row (request, &sandbox_set_task_catalogs, "Id", key != NULL ? key : "");
  GString *json;
  sqlite3_stmt *statement;

  if (id == 0)
    return;

  json = sandbox_request_begin_json (request, US "TaskCatalogExtendedDetailsDto");
  statement = sandbox_statement_open (
      request->store,
      "SELECT (SELECT count(*) FROM \"Tasks\" t WHERE t.\"TaskCatalogId\" = c.\"Id\" AND NOT "
      "t.\"IsDeleted\"), c.\"Encrypted\", " SANDBOX_FOLDERS_COUNT_OF (
          "c", "TaskCatalogs") ", c.\"Key\" FROM \"TaskCatalogs\" c WHERE c.\"Id\" = ?",
      "i", id);
  sqlite3_step (statement);
  g_string_append_printf (
      json,
      "\"AssociatedTasksCount\":%d,\"IsEncrypted\":%s,\"TotalFolderCount\":%d,\"Key\":\"%s\"}",
      sqlite3_column_int (statement, 0), sqlite3_column_int (statement, 1) != 0 ? "true" : "false",
      sqlite3_column_int (statement, 2), (const char *)sqlite3_column_text (statement, 3));
  sandbox_store_done (statement);
  sandbox_reply_json (request, 200, json);
}

/* Definition: TaskDefinitionPropertiesRequest. */
static const SandboxBodyField properties_fields[] = {
  { "schema", SANDBOX_BODY_TEXT },
  { "allowedActions", SANDBOX_BODY_ARRAY },
  { NULL },
};

/* Answers where the fields of the definition are no schema of an object. */
static gboolean
check_properties (SandboxRequest *request, JsonObject *properties)
{
  const char *text;
  g_autofree char *problem = NULL;
  g_autoptr (SandboxJsonSchema) schema = NULL;

  if (!sandbox_body_check (request, properties, "properties", properties_fields))
    return FALSE;
  text = baton_json_peek_string (properties, "schema");
  if (text == NULL || *text == '\0')
    return TRUE;
  schema = sandbox_json_schema_new (text, &problem);
  if (schema == NULL)
    sandbox_reply_error (request, 400, 1009, "The schema is not valid. %s", problem);

  return schema != NULL;
}

static void
add_version (SandboxRequest *request, gint64 definition)
{
  JsonObject *properties = baton_json_peek_object (request->body, "Properties");
  JsonNode *actions = baton_json_peek_node (properties, "allowedActions");
  g_autofree char *text
      = actions != NULL ? baton_json_to_text (actions, FALSE) : g_strdup ("[\"submit\"]");
  gint64 version = sandbox_statement_ask (
      request->store,
      "SELECT max (\"Version\") FROM \"TaskDefinitionVersions\" WHERE \"TaskDefinitionId\" = ?",
      "i", definition);

  sandbox_insert (
      request->store, "TaskDefinitionVersions", SANDBOX_INT ("TenantId", request->tenant),
      SANDBOX_INT ("TaskDefinitionId", definition), SANDBOX_INT ("Version", version + 1),
      SANDBOX_TEXT ("Schema", baton_json_peek_string (properties, "schema")),
      SANDBOX_TEXT ("AllowedActions", text), SANDBOX_TIME ("CreationTime", sandbox_clock_now ()),
      SANDBOX_ID ("CreatorUserId", request->user));
}

/* Writes the definition; its properties become another version. @id: 0 for a new one. Returns: its
 * id, or 0. */
static gint64
write_definition (SandboxRequest *request, gint64 id)
{
  const SandboxEntitySet *set = &sandbox_set_task_definitions;
  gboolean is_new = id == 0;

  if (sandbox_body_has (request->body, "Properties")
      && !check_properties (request, baton_json_peek_object (request->body, "Properties")))
    return 0;

  sandbox_store_begin (request->store);
  if (is_new)
    id = sandbox_write_create (request, set, request->body);
  else if (!sandbox_write_change (request, set, id, request->body, SANDBOX_WRITE_PATCH))
    id = 0;
  if (id == 0)
    {
      sandbox_store_rollback (request->store);
      return 0;
    }
  if (is_new || sandbox_body_has (request->body, "Properties"))
    add_version (request, id);
  sandbox_store_commit (request->store);

  return id;
}

static void
create_definition_cb (SandboxRequest *request)
{
  gint64 id = has_body (request, "taskDefinitionRequest") ? write_definition (request, 0) : 0;

  if (id != 0)
    sandbox_reply_entity (request, 201, &sandbox_set_task_definitions, id);
}

static void
update_definition_cb (SandboxRequest *request)
{
  gint64 id;

  if (!has_body (request, "taskDefinitionRequest"))
    return;
  id = sandbox_write_find_row (request, &sandbox_set_task_definitions, "Id", request->key);
  if (id != 0 && write_definition (request, id) != 0)
    sandbox_reply_empty (request, 200);
}

/* Answers where tasks are made of what is to go. @version: 0 for all. */
static gboolean
may_delete_version (SandboxRequest *request, gint64 definition, gint64 version)
{
  if (sandbox_statement_ask (
          request->store,
          "SELECT 1 FROM \"Tasks\" t JOIN \"TaskDefinitionVersions\" v ON v.\"Id\" = "
          "t.\"TaskDefinitionPropertiesId\" WHERE v.\"TaskDefinitionId\" = ?1 AND ?2 IN (0, "
          "v.\"Version\") AND t.\"Status\" < 2 AND NOT t.\"IsDeleted\" LIMIT 1",
          "ii", definition, version)
      == 0)
    return TRUE;

  sandbox_reply_error (request, 409, 1012, "The task definition has active tasks.");
  return FALSE;
}

/* With a version only that goes, and the definition with its last. */
static void
delete_definition_cb (SandboxRequest *request)
{
  gint64 id, version = 0;

  if (!sandbox_parameter_read_int (request, "taskDefinitionVersion", 1, G_MAXINT64, &version))
    return;
  id = sandbox_write_find_row (request, &sandbox_set_task_definitions, "Id", request->key);
  if (id == 0 || !may_delete_version (request, id, version))
    return;

  sandbox_store_begin (request->store);
  sandbox_statement_run (
      request->store,
      "DELETE FROM \"TaskDefinitionVersions\" WHERE \"TaskDefinitionId\" = ?1 AND "
      "?2 IN (0, \"Version\")",
      "ii", id, version);
  if (sandbox_store_changes (request->store) == 0)
    sandbox_reply_error (request, 404, 1002, "The task definition has no such version.");
  else if (sandbox_statement_ask (
               request->store,
               "SELECT 1 FROM \"TaskDefinitionVersions\" WHERE \"TaskDefinitionId\" = ?", "i", id)
               != 0
           || sandbox_write_delete (request, &sandbox_set_task_definitions, id))
    sandbox_reply_empty (request, 204);
  sandbox_store_commit (request->store);
}

/* Definition: TaskDefintionVersionDto, spelled so. */
static void
versions_cb (SandboxRequest *request)
{
  const char *key = sandbox_request_get_argument (request, "id");
  gint64 id = sandbox_write_find_row (request, &sandbox_set_task_definitions, "Id",
                                      key != NULL ? key : "");
  g_autofree char *name = NULL;
  gint64 current, created = 0;
  GString *json;
  sqlite3_stmt *statement;

  if (id == 0)
    return;

  name = sandbox_statement_ask_text (
      request->store, "SELECT \"Name\" FROM \"TaskDefinitions\" WHERE \"Id\" = ?", "i", id);
  created = sandbox_statement_ask (
      request->store, "SELECT \"CreationTime\" FROM \"TaskDefinitions\" WHERE \"Id\" = ?", "i", id);
  current = sandbox_statement_ask (
      request->store,
      "SELECT max (\"Version\") FROM \"TaskDefinitionVersions\" WHERE \"TaskDefinitionId\" = ?",
      "i", id);
  json = sandbox_request_begin_json (request, US "TaskDefintionVersionDto");
  g_string_append (json, "\"TaskDefinitionName\":");
  sandbox_json_append_string (json, name);
  g_string_append_printf (
      json, ",\"TaskDefintionCurrentVersion\":%d,\"TaskDefintionCreationDate\":", (int)current);
  sandbox_json_append_time (json, created);
  g_string_append (json, ",\"TaskDefintionVersions\":[");
  statement = sandbox_statement_open (
      request->store,
      "SELECT v.\"Version\", v.\"CreationTime\", ifnull (u.\"UserName\", '') FROM "
      "\"TaskDefinitionVersions\" v LEFT JOIN \"Users\" u ON u.\"Id\" = v.\"CreatorUserId\" WHERE "
      "v.\"TaskDefinitionId\" = ? ORDER BY v.\"Version\" DESC",
      "i", id);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      if (json->str[json->len - 1] == '}')
        g_string_append_c (json, ',');
      g_string_append_printf (
          json, "{\"version\":%d,\"creationDate\":", sqlite3_column_int (statement, 0));
      sandbox_json_append_time (json, sqlite3_column_int64 (statement, 1));
      g_string_append (json, ",\"userName\":");
      sandbox_json_append_string (json, (const char *)sqlite3_column_text (statement, 2));
      g_string_append_c (json, '}');
    }
  sandbox_store_done (statement);
  g_string_append (json, "]}");
  sandbox_reply_json (request, 200, json);
}

const SandboxOperation sandbox_task_catalogs_operations[] = {
  { "POST", "/odata/TaskCatalogs/" US "CreateTaskCatalog", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "TaskCatalogs.Create", create_cb },
  { "POST", "/odata/TaskCatalogs({key})/" US "UpdateTaskCatalog", SANDBOX_SIGNED,
    SANDBOX_SCOPE_FOLDER, "TaskCatalogs.Edit", update_cb },
  { "GET", "/odata/TaskCatalogs/" US "GetTaskCatalogExtendedDetails", SANDBOX_SIGNED,
    SANDBOX_SCOPE_FOLDER, "TaskCatalogs.View", details_cb },
  { "GET", "/odata/TaskCatalogs/" US "GetTaskCatalogsFromFoldersWithPermissions", SANDBOX_SIGNED,
    SANDBOX_SCOPE_TENANT, "TaskCatalogs.View", sandbox_share_across_folders_cb },
  { "GET", "/odata/TaskCatalogs/" US "GetFoldersForTaskCatalog", SANDBOX_SIGNED,
    SANDBOX_SCOPE_TENANT, "TaskCatalogs.View", sandbox_share_folders_for_cb },
  { "POST", "/odata/TaskCatalogs/" US "ShareToFolders", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, NULL,
    sandbox_share_to_folders_cb },
  { "POST", "/odata/TaskDefinitions/" US "CreateTaskDefinition", SANDBOX_SIGNED,
    SANDBOX_SCOPE_TENANT, "ActionDesign.Create", create_definition_cb },
  { "POST", "/odata/TaskDefinitions({key})/" US "UpdateTaskDefinition", SANDBOX_SIGNED,
    SANDBOX_SCOPE_TENANT, "ActionDesign.Edit", update_definition_cb },
  { "DELETE", "/odata/TaskDefinitions({key})", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "ActionDesign.Delete", delete_definition_cb },
  { "GET", "/odata/TaskDefinitions/" US "GetTaskDefinitionVersions", SANDBOX_SIGNED,
    SANDBOX_SCOPE_TENANT, "ActionDesign.View", versions_cb },
  { NULL },
};
