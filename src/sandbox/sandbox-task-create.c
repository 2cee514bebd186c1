/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "baton-json.h"
#include "sandbox-body.h"
#include "sandbox-clock.h"
#include "sandbox-enums.h"
#include "sandbox-row.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-task.h"

/* Tasks are created at one address for each kind, each with a request of its own. */

/* Definition: what the requests that create a task have in common. */
#define CREATE_FIELDS                                                                              \
  { "type", SANDBOX_BODY_ENUM, .names = sandbox_enum_task_type },                                  \
      { "title", SANDBOX_BODY_TEXT, 1, 512 },                                                      \
      { "priority", SANDBOX_BODY_ENUM, .names = sandbox_enum_task_priority },                      \
      { "data", SANDBOX_BODY_OBJECT }, { "taskCatalogName", SANDBOX_BODY_TEXT, 0, 50 },            \
      { "externalTag", SANDBOX_BODY_TEXT, 0, 512 }, { "tags", SANDBOX_BODY_ARRAY },                \
      { "parentOperationId", SANDBOX_BODY_TEXT, 0, 128 }, { "taskSource", SANDBOX_BODY_OBJECT },   \
  {                                                                                                \
    "creatorJobKey", SANDBOX_BODY_GUID                                                             \
  }

static const SandboxBodyField generic_fields[] = { CREATE_FIELDS, { NULL } };
static const SandboxBodyField form_fields[] = {
  { "formLayout", SANDBOX_BODY_OBJECT },
  { "formLayoutId", SANDBOX_BODY_INT },
  { "bulkFormLayoutId", SANDBOX_BODY_INT },
  CREATE_FIELDS,
  { NULL },
};
static const SandboxBodyField app_fields[] = {
  { "taskDefinitionId", SANDBOX_BODY_INT },
  { "taskDefinitionVersion", SANDBOX_BODY_INT },
  { "appId", SANDBOX_BODY_TEXT, 1, 34 },
  { "appVersion", SANDBOX_BODY_INT },
  { "appProcessKey", SANDBOX_BODY_GUID },
  { "folderKey", SANDBOX_BODY_GUID },
  { "fpsContext", SANDBOX_BODY_OBJECT },
  { "runtime", SANDBOX_BODY_TEXT },
  { "appType", SANDBOX_BODY_TEXT },
  { "isActionableMessageEnabled", SANDBOX_BODY_BOOL },
  { "actionableMessageMetaData", SANDBOX_BODY_OBJECT },
  CREATE_FIELDS,
  { NULL },
};
static char *
dup_member (JsonObject *body, const char *name)
{
  JsonNode *node = baton_json_peek_node (body, name);

  return node != NULL ? baton_json_to_text (node, FALSE) : NULL;
}

/* Answers where the catalogue is not in the folder. @id: (out): 0 for none. */
static gboolean
find_catalog (SandboxRequest *request, const char *name, gint64 *id)
{
  *id = 0;
  if (name == NULL || *name == '\0')
    return TRUE;

  *id = sandbox_statement_ask (
      request->store,
      "SELECT \"Id\" FROM \"TaskCatalogs\" WHERE \"TenantId\" = ?1 AND \"Name\" = ?2 AND "
      "(\"OrganizationUnitId\" = ?3 OR \"Id\" IN (SELECT \"EntityId\" FROM \"FolderLinks\" WHERE "
      "\"SetName\" = 'TaskCatalogs' AND \"FolderId\" = ?3))",
      "isi", request->tenant, name, request->folder);
  if (*id == 0)
    sandbox_reply_error (request, 404, 1002, "The task catalog %s does not exist.", name);

  return *id != 0;
}

/* Returns: the id of the new task, or 0 with an answer. */
static gint64
create (SandboxRequest *request, SandboxTaskType type)
{
  JsonObject *body = request->body;
  g_autofree char *key = g_uuid_string_random ();
  g_autofree char *data = dup_member (body, "data");
  g_autofree char *tags = dup_member (body, "tags");
  g_autofree char *source = dup_member (body, "taskSource");
  g_autofree char *layout = dup_member (body, "formLayout");
  SandboxTask task = { .folder = request->folder, .type = type };
  gint64 catalog, now = sandbox_clock_now ();

  if (!sandbox_body_has (body, "title"))
    {
      sandbox_reply_error (request, 400, 1014, "The title field is required.");
      return 0;
    }
  if (!find_catalog (request, baton_json_peek_string (body, "taskCatalogName"), &catalog))
    return 0;

  task.id = sandbox_insert (
      request->store, "Tasks", SANDBOX_INT ("TenantId", request->tenant),
      SANDBOX_INT ("OrganizationUnitId", request->folder), SANDBOX_TEXT ("Key", key),
      SANDBOX_INT ("Status", SANDBOX_TASK_UNASSIGNED), SANDBOX_INT ("Type", type),
      SANDBOX_TEXT ("Title", baton_json_peek_string (body, "title")),
      SANDBOX_INT ("Priority",
                   sandbox_body_get_enum (body, "priority", sandbox_enum_task_priority, 1)),
      SANDBOX_TEXT ("Data", data != NULL ? data : "{}"), SANDBOX_TEXT ("Tags", tags),
      SANDBOX_TEXT ("TaskSource", source), SANDBOX_TEXT ("FormLayout", layout),
      SANDBOX_ID ("FormLayoutId", baton_json_peek_int (body, "formLayoutId", 0)),
      SANDBOX_ID ("BulkFormLayoutId", baton_json_peek_int (body, "bulkFormLayoutId", 0)),
      SANDBOX_TEXT ("ExternalTag", baton_json_peek_string (body, "externalTag")),
      SANDBOX_TEXT ("ParentOperationId", baton_json_peek_string (body, "parentOperationId")),
      SANDBOX_TEXT ("CreatorJobKey", baton_json_peek_string (body, "creatorJobKey")),
      SANDBOX_ID ("TaskCatalogId", catalog), SANDBOX_INT ("Encrypted", FALSE),
      SANDBOX_INT ("IsDeleted", FALSE), SANDBOX_TIME ("CreationTime", now),
      SANDBOX_ID ("CreatorUserId", request->user), SANDBOX_TIME ("LastModificationTime", now));
  sandbox_task_log (&task, request, SANDBOX_ACTIVITY_CREATED, 0, 0);
  sandbox_task_tell (&task, request, "task.created");

  return task.id;
}

/* Creates and answers. */
static void
create_and_reply (SandboxRequest *request, SandboxTaskType type, const SandboxEntitySet *set)
{
  gint64 id;

  sandbox_store_begin (request->store);
  id = create (request, type);
  sandbox_store_commit (request->store);
  if (id != 0)
    sandbox_task_reply (request, 201, set, id);
}

static void
create_generic_cb (SandboxRequest *request)
{
  int type;

  if (!sandbox_body_check (request, request->body, "taskCreateRequest", generic_fields))
    return;
  type = sandbox_body_get_enum (request->body, "type", sandbox_enum_task_type,
                                SANDBOX_TASK_EXTERNAL);
  if ((SANDBOX_TASK_GENERIC & (1 << type)) != 0)
    create_and_reply (request, (SandboxTaskType)type, &sandbox_set_task_data);
  else
    sandbox_reply_error (request, 400, 1009, "A %s has an address of its own.",
                         sandbox_enum_task_type[type]);
}

static void
create_form_cb (SandboxRequest *request)
{
  JsonObject *body = request->body;

  if (!sandbox_body_check (request, body, "formTaskCreateRequest", form_fields))
    return;
  if (sandbox_body_has (body, "formLayout") || sandbox_body_has (body, "formLayoutId"))
    create_and_reply (request, SANDBOX_TASK_FORM, &sandbox_set_task_data);
  else
    sandbox_reply_error (request, 400, 1014, "The formLayout or formLayoutId field is required.");
}

/* Definition: AppTasksMetadataDto, which is a part of the request. Returns: (transfer full) */
static char *
make_metadata (SandboxRequest *request)
{
  static const char *const names[]
      = { "appId", "appVersion", "appProcessKey", "folderKey", "fpsContext", "runtime", "appType" };
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *metadata = json_object_new ();

  json_node_take_object (node, metadata);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      JsonNode *value = baton_json_peek_node (request->body, names[i]);

      if (value != NULL)
        json_object_set_member (metadata, names[i], json_node_copy (value));
    }

  return baton_json_to_text (node, FALSE);
}

/* Answers where there is no such version of the definition. @id: (out): of its properties, 0 where
 * none is named. */
static gboolean
find_definition (SandboxRequest *request, gint64 *id)
{
  gint64 definition = baton_json_peek_int (request->body, "taskDefinitionId", 0);

  *id = 0;
  if (definition == 0)
    return TRUE;

  *id = sandbox_statement_ask (
      request->store,
      "SELECT \"Id\" FROM \"TaskDefinitionVersions\" WHERE \"TenantId\" = ?1 AND "
      "\"TaskDefinitionId\" = ?2 AND ?3 IN (0, \"Version\") ORDER BY \"Version\" DESC LIMIT 1",
      "iii", request->tenant, definition,
      baton_json_peek_int (request->body, "taskDefinitionVersion", 0));
  if (*id == 0)
    sandbox_reply_error (request, 404, 1002, "The task definition does not exist.");

  return *id != 0;
}

static void
create_app_cb (SandboxRequest *request)
{
  g_autofree char *metadata = NULL;
  gint64 id, properties;

  if (!sandbox_body_check (request, request->body, "appTasksCreateRequest", app_fields))
    return;
  if (!sandbox_body_has (request->body, "appId") || !sandbox_body_has (request->body, "appVersion"))
    {
      sandbox_reply_error (request, 400, 1014, "The appId and appVersion fields are required.");
      return;
    }
  if (!find_definition (request, &properties))
    return;

  metadata = make_metadata (request);
  sandbox_store_begin (request->store);
  id = create (request, SANDBOX_TASK_APP);
  if (id != 0)
    sandbox_update (request->store, "Tasks", id, SANDBOX_TEXT ("AppTasksMetadata", metadata),
                    SANDBOX_ID ("TaskDefinitionPropertiesId", properties));
  sandbox_store_commit (request->store);
  if (id != 0)
    sandbox_task_reply (request, 201, &sandbox_set_app_tasks, id);
}

#define CREATE(address, handler)                                                                   \
  {                                                                                                \
    "POST", address, SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, "Tasks.Create", handler                 \
  }

const SandboxOperation sandbox_task_create_operations[] = {
  CREATE ("/tasks/GenericTasks/CreateTask", create_generic_cb),
  CREATE ("/tasks/AppTasks/CreateAppTask", create_app_cb),
  CREATE ("/forms/TaskForms/CreateFormTask", create_form_cb),
  { NULL },
};
