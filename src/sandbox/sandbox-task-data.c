/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "baton-json.h"
#include "sandbox-body.h"
#include "sandbox-enums.h"
#include "sandbox-parameter.h"
#include "sandbox-row.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-task.h"
#include "sandbox-writer.h"

/* What is in tasks: the addresses below "/tasks" and "/forms", one group for each kind of task. */

#define FORM (1 << SANDBOX_TASK_FORM)
#define APP (1 << SANDBOX_TASK_APP)
#define ANY (SANDBOX_TASK_GENERIC | FORM | APP)

static const SandboxBodyField work_fields[] = {
  { "taskId", SANDBOX_BODY_INT },
  { "data", SANDBOX_BODY_OBJECT },
  { "action", SANDBOX_BODY_TEXT },
  { NULL },
};
static const SandboxBodyField tags_fields[] = {
  { "taskId", SANDBOX_BODY_INT },
  { "tags", SANDBOX_BODY_ARRAY },
  { NULL },
};
/* Definition: TaskSaveAndReassignmentRequest. */
static const SandboxBodyField forward_fields[] = {
  { "SaveData", SANDBOX_BODY_BOOL },
  { "Data", SANDBOX_BODY_OBJECT },
  { "NoteText", SANDBOX_BODY_TEXT, 0, 512 },
  { "TaskId", SANDBOX_BODY_INT },
  { "UserId", SANDBOX_BODY_INT },
  { "UserNameOrEmail", SANDBOX_BODY_TEXT, 0, 256 },
  { NULL },
};
/* Definition: BulkTasksDataUpdateRequest and BulkTasksCompletionRequest. */
static const SandboxBodyField bulk_fields[] = {
  { "action", SANDBOX_BODY_TEXT, 1, 0 },
  { "taskIds", SANDBOX_BODY_ARRAY },
  { "data", SANDBOX_BODY_OBJECT },
  { "title", SANDBOX_BODY_TEXT, 0, 512 },
  { "taskCatalogId", SANDBOX_BODY_INT },
  { "unsetTaskCatalog", SANDBOX_BODY_BOOL },
  { "priority", SANDBOX_BODY_ENUM, .names = sandbox_enum_task_priority },
  { "noteText", SANDBOX_BODY_TEXT, 0, 512 },
  { NULL },
};

static void
reply_task_error (SandboxRequest *request, const GError *error)
{
  sandbox_reply_error (request, error->code == SANDBOX_TASK_ERROR_NOT_FOUND ? 404 : 400,
                       error->code, "%s", error->message);
}

/* Answers where the task is not there, or of another kind than the address is for. */
static gboolean
require_kind (SandboxRequest *request, gint64 id, guint kinds, SandboxTask *task)
{
  if (!sandbox_task_require (task, request, id))
    return FALSE;
  if ((kinds & (1u << task->type)) != 0)
    return TRUE;

  sandbox_reply_error (request, 400, 1009, "The task is a %s, which has other addresses.",
                       sandbox_enum_task_type[task->type]);
  return FALSE;
}

/* The task that "taskId" or "taskKey" names. */
static void
get (SandboxRequest *request, guint kinds, const SandboxEntitySet *set)
{
  const char *text = sandbox_request_get_query (request, "taskKey");
  g_autofree char *key = text != NULL ? g_ascii_strdown (text, -1) : NULL;
  gint64 id = 0;
  SandboxTask task;

  if (sandbox_request_get_query (request, "taskId") == NULL)
    id = sandbox_statement_ask (
        request->store, "SELECT \"Id\" FROM \"Tasks\" WHERE \"TenantId\" = ? AND \"Key\" = ?",
        "is", request->tenant, key);
  else if (!sandbox_parameter_require_id (request, "taskId", &id))
    return;

  if (require_kind (request, id, kinds, &task))
    sandbox_task_reply (request, 200, set, id);
}

static void
get_data_cb (SandboxRequest *request)
{
  get (request, ANY, &sandbox_set_task_data);
}

static void
get_form_cb (SandboxRequest *request)
{
  get (request, FORM, &sandbox_set_task_forms);
}

static void
get_app_cb (SandboxRequest *request)
{
  get (request, APP, &sandbox_set_app_tasks);
}

/* Ends the transaction and answers. @error: (nullable): why nothing was done. */
static void
finish (SandboxRequest *request, const GError *error)
{
  if (error == NULL)
    {
      sandbox_store_commit (request->store);
      sandbox_reply_empty (request, 204);
      return;
    }

  sandbox_store_rollback (request->store);
  reply_task_error (request, error);
}

static void
complete (SandboxRequest *request, guint kinds)
{
  JsonObject *body = request->body;
  g_autoptr (GError) error = NULL;
  SandboxTask task;

  if (!sandbox_body_check (request, body, "taskCompletionRequest", work_fields)
      || !require_kind (request, baton_json_peek_int (body, "taskId", 0), kinds, &task))
    return;

  sandbox_store_begin (request->store);
  sandbox_task_complete (&task, request, baton_json_peek_node (body, "data"),
                         baton_json_peek_string (body, "action"), SANDBOX_ACTIVITY_COMPLETED,
                         &error);
  finish (request, error);
}

static void
complete_generic_cb (SandboxRequest *request)
{
  complete (request, SANDBOX_TASK_GENERIC);
}

static void
complete_form_cb (SandboxRequest *request)
{
  complete (request, FORM);
}

static void
complete_app_cb (SandboxRequest *request)
{
  complete (request, APP);
}

static void
save (SandboxRequest *request, guint kinds)
{
  JsonObject *body = request->body;
  g_autoptr (GError) error = NULL;
  SandboxTask task;

  if (!sandbox_body_check (request, body, "taskDataSaveRequest", work_fields)
      || !require_kind (request, baton_json_peek_int (body, "taskId", 0), kinds, &task))
    return;
  if (!sandbox_body_has (body, "data"))
    {
      sandbox_reply_error (request, 400, 1014, "The data field is required.");
      return;
    }

  sandbox_store_begin (request->store);
  sandbox_task_save (&task, request, baton_json_peek_node (body, "data"), SANDBOX_ACTIVITY_SAVED,
                     &error);
  finish (request, error);
}

static void
save_generic_cb (SandboxRequest *request)
{
  save (request, SANDBOX_TASK_GENERIC);
}

static void
save_form_cb (SandboxRequest *request)
{
  save (request, FORM);
}

static void
save_app_cb (SandboxRequest *request)
{
  save (request, APP);
}

static void
save_tags_cb (SandboxRequest *request)
{
  g_autofree char *text = NULL;
  JsonNode *tags;
  SandboxTask task;

  if (!sandbox_body_check (request, request->body, "taskTagsSaveRequest", tags_fields)
      || !require_kind (request, baton_json_peek_int (request->body, "taskId", 0), ANY, &task))
    return;

  tags = baton_json_peek_node (request->body, "tags");
  text = tags != NULL ? baton_json_to_text (tags, FALSE) : NULL;
  sandbox_store_begin (request->store);
  sandbox_update (request->store, "Tasks", task.id, SANDBOX_TEXT ("Tags", text));
  sandbox_task_tell (&task, request, "task.updated");
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 204);
}

static gboolean
forward_task (SandboxRequest *request, SandboxTask *task, GError **error)
{
  JsonObject *body = request->body;
  const char *note = baton_json_peek_string (body, "NoteText");
  gint64 user
      = sandbox_task_find_user (request, task->folder, baton_json_peek_int (body, "UserId", 0),
                                baton_json_peek_string (body, "UserNameOrEmail"), error);

  if (user == 0
      || (baton_json_peek_bool (body, "SaveData", FALSE)
          && !sandbox_task_save (task, request, baton_json_peek_node (body, "Data"),
                                 SANDBOX_ACTIVITY_SAVED, error))
      || !sandbox_task_assign (task, request, user, TRUE, error))
    return FALSE;

  if (note != NULL && *note != '\0')
    sandbox_task_add_note (task, request, note);
  sandbox_task_log (task, request, SANDBOX_ACTIVITY_FORWARDED, user, 0);
  sandbox_task_tell (task, request, "task.forwarded");

  return TRUE;
}

static void
forward_cb (SandboxRequest *request)
{
  g_autoptr (GError) error = NULL;
  SandboxTask task;

  if (!sandbox_body_check (request, request->body, "taskSaveAndReassignmentRequest", forward_fields)
      || !require_kind (request, baton_json_peek_int (request->body, "TaskId", 0), ANY, &task))
    return;

  sandbox_store_begin (request->store);
  forward_task (request, &task, &error);
  finish (request, error);
}

/* The members of @more over those of the task's data. Returns: (transfer full) */
static JsonNode *
merge_data (SandboxRequest *request, const SandboxTask *task, JsonObject *more)
{
  g_autofree char *text = sandbox_statement_ask_text (
      request->store, "SELECT \"Data\" FROM \"Tasks\" WHERE \"Id\" = ?", "i", task->id);
  JsonNode *node = text != NULL ? baton_json_parse_text (text, -1, NULL) : NULL;
  g_auto (GStrv) names = baton_json_dup_names (more);
  JsonObject *data;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_clear_pointer (&node, json_node_unref);
      node = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (node, json_object_new ());
    }
  data = json_node_get_object (node);
  for (gsize i = 0; names[i] != NULL; i++)
    json_object_set_member (data, names[i],
                            baton_json_copy_node (baton_json_peek_node (more, names[i])));

  return node;
}

static gboolean
change_one (SandboxRequest *request, gint64 id, gboolean completes, GError **error)
{
  JsonObject *body = request->body;
  const char *note = baton_json_peek_string (body, "noteText");
  const char *title = baton_json_peek_string (body, "title");
  int priority = sandbox_body_get_enum (body, "priority", sandbox_enum_task_priority, -1);
  g_autoptr (JsonNode) data = NULL;
  SandboxTask task;

  if (!sandbox_task_load (&task, request, id) || task.type != SANDBOX_TASK_FORM)
    {
      g_set_error (error, SANDBOX_TASK_ERROR, SANDBOX_TASK_ERROR_NOT_FOUND,
                   "The form task does not exist.");
      return FALSE;
    }

  data = merge_data (request, &task, baton_json_peek_object (body, "data"));
  if (completes
          ? !sandbox_task_complete (&task, request, data, baton_json_peek_string (body, "action"),
                                    SANDBOX_ACTIVITY_BULK_COMPLETED, error)
          : !sandbox_task_save (&task, request, data, SANDBOX_ACTIVITY_BULK_SAVED, error))
    return FALSE;

  if (title != NULL && *title != '\0')
    sandbox_update (request->store, "Tasks", id, SANDBOX_TEXT ("Title", title));
  if (priority >= 0)
    sandbox_update (request->store, "Tasks", id, SANDBOX_INT ("Priority", priority));
  if (sandbox_body_has (body, "taskCatalogId")
      || baton_json_peek_bool (body, "unsetTaskCatalog", FALSE))
    sandbox_update (request->store, "Tasks", id,
                    SANDBOX_ID ("TaskCatalogId", baton_json_peek_int (body, "taskCatalogId", 0)));
  if (note != NULL && *note != '\0')
    sandbox_task_add_note (&task, request, note);

  return TRUE;
}

/* Definition: an array of BulkOperationErrorResponse, empty where all went well. */
static void
change_many (SandboxRequest *request, gboolean completes)
{
  g_autoptr (GArray) ids = NULL;
  GString *json;

  if (!sandbox_body_check (request, request->body, "bulkTasksRequest", bulk_fields))
    return;
  if (!sandbox_body_has (request->body, "data")
      || (completes && !sandbox_body_has (request->body, "action")))
    {
      sandbox_reply_error (request, 400, 1014, "The data and action fields are required.");
      return;
    }
  ids = sandbox_body_read_ids (request, request->body, "taskIds");
  if (ids == NULL)
    return;

  json = g_string_new ("[");
  sandbox_store_begin (request->store);
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      g_autoptr (GError) error = NULL;

      if (change_one (request, id, completes, &error))
        continue;
      g_string_append_printf (
          json, "%s{\"taskId\":%" G_GINT64_FORMAT ",\"errorCode\":%d,\"errorMessage\":",
          json->len > 1 ? "," : "", id, error->code);
      sandbox_json_append_string (json, error->message);
      g_string_append_c (json, '}');
    }
  sandbox_store_commit (request->store);
  g_string_append_c (json, ']');
  sandbox_reply_json (request, 200, json);
}

static void
complete_many_cb (SandboxRequest *request)
{
  change_many (request, TRUE);
}

static void
save_many_cb (SandboxRequest *request)
{
  change_many (request, FALSE);
}

#define TASK(method, address, permission, handler)                                                 \
  {                                                                                                \
    method, address, SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, "Tasks." permission, handler            \
  }

const SandboxOperation sandbox_task_data_operations[] = {
  TASK ("GET", "/tasks/GenericTasks/GetTaskDataById", "View", get_data_cb),
  TASK ("GET", "/tasks/GenericTasks/GetTaskDataByKey", "View", get_data_cb),
  TASK ("POST", "/tasks/GenericTasks/CompleteTask", "Edit", complete_generic_cb),
  TASK ("PUT", "/tasks/GenericTasks/SaveTaskData", "Edit", save_generic_cb),
  TASK ("PUT", "/tasks/GenericTasks/SaveTaskTags", "Edit", save_tags_cb),
  TASK ("POST", "/tasks/GenericTasks/SaveAndReassignTask", "Edit", forward_cb),
  TASK ("GET", "/tasks/AppTasks/GetAppTaskById", "View", get_app_cb),
  TASK ("GET", "/tasks/AppTasks/GetAppTaskByKey", "View", get_app_cb),
  TASK ("POST", "/tasks/AppTasks/CompleteAppTask", "Edit", complete_app_cb),
  TASK ("PUT", "/tasks/AppTasks/SaveAppTasksData", "Edit", save_app_cb),
  TASK ("POST", "/tasks/AppTasks/SaveAndReassignAppTasks", "Edit", forward_cb),
  TASK ("GET", "/forms/TaskForms/GetTaskDataById", "View", get_data_cb),
  TASK ("GET", "/forms/TaskForms/GetTaskFormById", "View", get_form_cb),
  TASK ("POST", "/forms/TaskForms/CompleteTask", "Edit", complete_form_cb),
  TASK ("PUT", "/forms/TaskForms/SaveTaskData", "Edit", save_form_cb),
  TASK ("POST", "/forms/TaskForms/SaveAndReassignTask", "Edit", forward_cb),
  TASK ("POST", "/forms/TaskForms/BulkCompleteTasks", "Edit", complete_many_cb),
  TASK ("PUT", "/forms/TaskForms/BulkUpdateTasks", "Edit", save_many_cb),
  { NULL },
};
