/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include <string.h>

#include "baton-json.h"
#include "sandbox-body.h"
#include "sandbox-enums.h"
#include "sandbox-list.h"
#include "sandbox-parameter.h"
#include "sandbox-permission.h"
#include "sandbox-row.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-task.h"
#include "sandbox-writer.h"

/* Tasks over OData: whose they are, and what is said of them. */

#define US "UiPath.Server.Configuration.OData."

static const SandboxBodyField assign_fields[]
    = { { "taskAssignments", SANDBOX_BODY_ARRAY }, { NULL } };
/* Definition: TaskAssignmentRequest. */
static const SandboxBodyField assignment_fields[] = {
  { "TaskId", SANDBOX_BODY_INT },
  { "UserId", SANDBOX_BODY_INT },
  { "UserNameOrEmail", SANDBOX_BODY_TEXT, 0, 256 },
  { "AssignmentCriteria", SANDBOX_BODY_ENUM, .names = sandbox_enum_assignment_criteria },
  { "AssigneeNamesOrEmails", SANDBOX_BODY_ARRAY },
  { "AssigneeUserIds", SANDBOX_BODY_ARRAY },
  { NULL },
};
static const SandboxBodyField ids_fields[] = { { "taskIds", SANDBOX_BODY_ARRAY }, { NULL } };
/* Definition: EditTaskMetadataRequest. */
static const SandboxBodyField metadata_fields[] = {
  { "TaskId", SANDBOX_BODY_INT },
  { "Title", SANDBOX_BODY_TEXT, 1, 512 },
  { "TaskCatalogId", SANDBOX_BODY_INT },
  { "UnsetTaskCatalog", SANDBOX_BODY_BOOL },
  { "Priority", SANDBOX_BODY_ENUM, .names = sandbox_enum_task_priority },
  { "NoteText", SANDBOX_BODY_TEXT, 0, 512 },
  { NULL },
};
static const SandboxBodyField note_fields[] = {
  { "Text", SANDBOX_BODY_TEXT, 1, 512 },
  { "TaskId", SANDBOX_BODY_INT },
  { NULL },
};

/* What is deleted is seen by those alone who ask for it. */
static void
hide_deleted (SandboxRequest *request, SandboxSql *sql)
{
  const char *filter = sandbox_request_get_query (request, "$filter");
  g_autofree char *lower = filter != NULL ? g_ascii_strdown (filter, -1) : NULL;

  if (lower == NULL || strstr (lower, "isdeleted") == NULL)
    sandbox_sql_add_condition (sql, "NOT t.\"IsDeleted\"", 0);
}

static void
list_cb (SandboxRequest *request)
{
  g_autoptr (SandboxSql) sql = sandbox_list_begin (request, &sandbox_set_tasks);

  hide_deleted (request, sql);
  sandbox_list_reply (request, &sandbox_set_tasks, sql);
}

static void
list_all_cb (SandboxRequest *request)
{
  g_autoptr (SandboxSql) sql = sandbox_list_begin_tenant (request, &sandbox_set_tasks);

  hide_deleted (request, sql);
  sandbox_list_reply (request, &sandbox_set_tasks, sql);
}

static void
by_id_cb (SandboxRequest *request)
{
  SandboxTask task;

  if (sandbox_task_require (&task, request, g_ascii_strtoll (request->key, NULL, 10)))
    sandbox_reply_entity (request, 200, &sandbox_set_tasks, task.id);
}

static void
by_key_cb (SandboxRequest *request)
{
  const char *text = sandbox_request_get_argument (request, "identifier");
  g_autofree char *key = text != NULL ? g_ascii_strdown (text, -1) : g_strdup ("");
  gint64 id = sandbox_statement_ask (
      request->store, "SELECT \"Id\" FROM \"Tasks\" WHERE \"TenantId\" = ? AND \"Key\" = ?", "is",
      request->tenant, key);
  SandboxTask task;

  if (!g_uuid_string_is_valid (key))
    sandbox_reply_error (request, 400, 1000, "'identifier' must be a GUID, and is '%s'.", key);
  else if (sandbox_task_require (&task, request, id))
    sandbox_reply_entity (request, 200, &sandbox_set_tasks, task.id);
}

static void
users_cb (SandboxRequest *request)
{
  g_autoptr (SandboxSql) sql = sandbox_list_begin_tenant (request, &sandbox_set_user_logins);
  const char *text = sandbox_request_get_argument (request, "organizationUnitId");
  gint64 folder;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &folder, NULL)
      || !sandbox_permission_sees_folder (request->store, request->tenant, request->user, folder))
    {
      sandbox_reply_error (request, 404, 1100,
                           "Folder does not exist or the user does not have access to the folder.");
      return;
    }
  sandbox_sql_add_condition (sql, "t." SANDBOX_TASK_USERS, 1, folder);
  sandbox_list_reply (request, &sandbox_set_user_logins, sql);
}

/* Definition: PermissionDto, those that are about tasks. */
static void
permissions_cb (SandboxRequest *request)
{
  g_autoptr (SandboxSql) sql = sandbox_list_begin_tenant (request, &sandbox_set_role_permissions);

  sandbox_sql_add_condition (
      sql,
      "t.\"Id\" IN (SELECT min (p.\"Id\") FROM \"RolePermissions\" p JOIN \"UserRoles\" u ON "
      "u.\"RoleId\" = p.\"RoleId\" WHERE u.\"UserId\" = ? AND p.\"IsGranted\" AND p.\"Name\" LIKE "
      "'Task%' GROUP BY p.\"Name\")",
      1, request->user);
  sandbox_list_reply (request, &sandbox_set_role_permissions, sql);
}

/* Definition: TaskOperationErrorResponse. @assignment: (nullable). */
static void
append_error (GString *json, gint64 task, JsonObject *assignment, const GError *error)
{
  gint64 user = baton_json_peek_int (assignment, "UserId", 0);
  const char *name = baton_json_peek_string (assignment, "UserNameOrEmail");

  if (json->str[json->len - 1] == '}')
    g_string_append_c (json, ',');
  g_string_append_printf (
      json, "{\"TaskId\":%" G_GINT64_FORMAT ",\"ErrorCode\":%d,\"ErrorMessage\":", task,
      error->code);
  sandbox_json_append_string (json, error->message);
  if (user != 0)
    g_string_append_printf (json, ",\"UserId\":%" G_GINT64_FORMAT, user);
  if (name != NULL)
    {
      g_string_append (json, ",\"UserNameOrEmail\":");
      sandbox_json_append_string (json, name);
    }
  g_string_append_c (json, '}');
}

/* Of several the one with the fewest pending tasks, where the load decides; else the first. */
static gint64
choose_assignee (SandboxRequest *request,
                 const SandboxTask *task,
                 JsonObject *assignment,
                 GError **error)
{
  JsonArray *ids = baton_json_peek_array (assignment, "AssigneeUserIds");
  JsonArray *names = baton_json_peek_array (assignment, "AssigneeNamesOrEmails");
  guint n = baton_json_length (ids) + baton_json_length (names);
  gboolean by_load = sandbox_body_get_enum (assignment, "AssignmentCriteria",
                                            sandbox_enum_assignment_criteria, 0)
                     == 1;
  gint64 best = 0, fewest = G_MAXINT64;

  if (n == 0)
    return sandbox_task_find_user (request, task->folder,
                                   baton_json_peek_int (assignment, "UserId", 0),
                                   baton_json_peek_string (assignment, "UserNameOrEmail"), error);

  for (guint i = 0; i < n; i++)
    {
      gboolean by_id = i < baton_json_length (ids);
      g_autofree char *id = by_id ? baton_json_dup_scalar (baton_json_peek_node_at (ids, i)) : NULL;
      gint64 number = 0;
      gint64 user, load;

      if (id != NULL && !g_ascii_string_to_signed (id, 10, G_MININT64, G_MAXINT64, &number, NULL))
        number = 0;
      user = sandbox_task_find_user (
          request, task->folder, number,
          by_id ? NULL : baton_json_peek_string_at (names, i - baton_json_length (ids)), error);

      if (user == 0)
        return 0;
      load = sandbox_statement_ask (request->store,
                                    "SELECT count(*) FROM \"Tasks\" WHERE \"AssignedToUserId\" = ? "
                                    "AND \"Status\" = 1 AND NOT \"IsDeleted\"",
                                    "i", user);
      if (best == 0 || (by_load && load < fewest))
        {
          best = user;
          fewest = load;
        }
    }

  return best;
}

static gboolean
assign_one (SandboxRequest *request, JsonObject *assignment, gboolean again, GError **error)
{
  gint64 id = baton_json_peek_int (assignment, "TaskId", 0);
  SandboxTask task;
  gint64 user;

  if (!sandbox_task_load (&task, request, id))
    {
      g_set_error (error, SANDBOX_TASK_ERROR, SANDBOX_TASK_ERROR_NOT_FOUND,
                   "The task does not exist.");
      return FALSE;
    }
  user = choose_assignee (request, &task, assignment, error);
  if (user == 0 || !sandbox_task_assign (&task, request, user, again, error))
    return FALSE;

  sandbox_update (request->store, "Tasks", id,
                  SANDBOX_INT ("TaskAssignmentCriteria",
                               sandbox_body_get_enum (assignment, "AssignmentCriteria",
                                                      sandbox_enum_assignment_criteria, 0)));

  return TRUE;
}

static GString *
begin_errors (SandboxRequest *request)
{
  GString *json
      = sandbox_request_begin_json (request, "Collection(" US "TaskOperationErrorResponse)");

  return g_string_append (json, "\"value\":[");
}

/* Definition: an empty list says that all went well. */
static void
assign (SandboxRequest *request, gboolean again)
{
  JsonArray *assignments;
  g_autoptr (GString) json = NULL;

  if (!sandbox_body_check (request, request->body, "taskAssignmentsParameters", assign_fields))
    return;
  assignments = baton_json_peek_array (request->body, "taskAssignments");
  for (guint i = 0; i < baton_json_length (assignments); i++)
    if (!sandbox_body_check (request, baton_json_peek_object_at (assignments, i), "taskAssignments",
                             assignment_fields))
      return;
  if (baton_json_length (assignments) == 0)
    {
      sandbox_reply_error (request, 400, 1014, "The taskAssignments field is required.");
      return;
    }

  json = begin_errors (request);
  sandbox_store_begin (request->store);
  for (guint i = 0; i < baton_json_length (assignments); i++)
    {
      JsonObject *assignment = baton_json_peek_object_at (assignments, i);
      g_autoptr (GError) error = NULL;

      if (!assign_one (request, assignment, again, &error))
        append_error (json, baton_json_peek_int (assignment, "TaskId", 0), assignment, error);
    }
  sandbox_store_commit (request->store);
  g_string_append (json, "]}");
  sandbox_reply_json (request, 200, g_steal_pointer (&json));
}

static void
assign_cb (SandboxRequest *request)
{
  assign (request, FALSE);
}

static void
reassign_cb (SandboxRequest *request)
{
  assign (request, TRUE);
}

static void
run_many (SandboxRequest *request,
          gboolean (*run) (const SandboxTask *task, SandboxRequest *request, GError **error))
{
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GString) json = NULL;

  if (!sandbox_body_check (request, request->body, "taskIdsParameters", ids_fields))
    return;
  ids = sandbox_body_read_ids (request, request->body, "taskIds");
  if (ids == NULL)
    return;

  json = begin_errors (request);
  sandbox_store_begin (request->store);
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      g_autoptr (GError) error = NULL;
      SandboxTask task;

      if (!sandbox_task_load (&task, request, id))
        g_set_error (&error, SANDBOX_TASK_ERROR, SANDBOX_TASK_ERROR_NOT_FOUND,
                     "The task does not exist.");
      else
        run (&task, request, &error);
      if (error != NULL)
        append_error (json, id, NULL, error);
    }
  sandbox_store_commit (request->store);
  g_string_append (json, "]}");
  sandbox_reply_json (request, 200, g_steal_pointer (&json));
}

static void
unassign_cb (SandboxRequest *request)
{
  run_many (request, sandbox_task_unassign);
}

static void
delete_cb (SandboxRequest *request)
{
  run_many (request, sandbox_task_delete);
}

/* Answers where the catalogue is not there. */
static gboolean
write_metadata (SandboxRequest *request, const SandboxTask *task, JsonObject *body)
{
  gint64 catalog = baton_json_peek_int (body, "TaskCatalogId", 0);
  const char *title = baton_json_peek_string (body, "Title");
  int priority = sandbox_body_get_enum (body, "Priority", sandbox_enum_task_priority, -1);

  if (catalog != 0
      && sandbox_statement_ask (
             request->store, "SELECT 1 FROM \"TaskCatalogs\" WHERE \"TenantId\" = ? AND \"Id\" = ?",
             "ii", request->tenant, catalog)
             == 0)
    {
      sandbox_reply_error (request, 404, 1002, "The task catalog does not exist.");
      return FALSE;
    }

  if (title != NULL)
    sandbox_update (request->store, "Tasks", task->id, SANDBOX_TEXT ("Title", title));
  if (priority >= 0)
    sandbox_update (request->store, "Tasks", task->id, SANDBOX_INT ("Priority", priority));
  if (catalog != 0 || baton_json_peek_bool (body, "UnsetTaskCatalog", FALSE))
    sandbox_update (request->store, "Tasks", task->id, SANDBOX_ID ("TaskCatalogId", catalog));
  if (baton_json_peek_string (body, "NoteText") != NULL)
    sandbox_task_add_note (task, request, baton_json_peek_string (body, "NoteText"));
  sandbox_task_log (task, request, SANDBOX_ACTIVITY_SAVED, 0, 0);
  sandbox_task_tell (task, request, "task.updated");

  return TRUE;
}

static void
metadata_cb (SandboxRequest *request)
{
  JsonObject *body = request->body;
  SandboxTask task;
  gboolean written;

  if (!sandbox_body_check (request, body, "editTaskMetadataRequest", metadata_fields)
      || !sandbox_task_require (&task, request, baton_json_peek_int (body, "TaskId", 0)))
    return;
  if (baton_json_peek_bool (body, "UnsetTaskCatalog", FALSE)
      && sandbox_body_has (body, "TaskCatalogId"))
    {
      sandbox_reply_error (request, 400, 1009,
                           "TaskCatalogId and UnsetTaskCatalog cannot both be set.");
      return;
    }

  sandbox_store_begin (request->store);
  written = write_metadata (request, &task, body);
  sandbox_store_commit (request->store);
  if (written)
    sandbox_reply_empty (request, 200);
}

static void
add_note_cb (SandboxRequest *request)
{
  JsonObject *body = request->body;
  SandboxTask task;
  gint64 id;

  if (!sandbox_body_check (request, body, "taskNoteCreateRequest", note_fields)
      || !sandbox_task_require (&task, request, baton_json_peek_int (body, "TaskId", 0)))
    return;
  if (!sandbox_body_has (body, "Text"))
    {
      sandbox_reply_error (request, 400, 1014, "The Text field is required.");
      return;
    }

  sandbox_store_begin (request->store);
  id = sandbox_task_add_note (&task, request, baton_json_peek_string (body, "Text"));
  sandbox_store_commit (request->store);
  sandbox_reply_entity (request, 201, &sandbox_set_task_notes, id);
}

static void
reply_of_task (SandboxRequest *request, const SandboxEntitySet *set)
{
  g_autoptr (SandboxSql) sql = NULL;
  SandboxTask task;
  gint64 id;

  if (!sandbox_parameter_require_id (request, "taskId", &id)
      || !sandbox_task_require (&task, request, id))
    return;
  sql = sandbox_list_begin (request, set);
  sandbox_sql_add_condition (sql, "t.\"TaskId\" = ?", 1, task.id);
  sandbox_list_reply (request, set, sql);
}

static void
notes_cb (SandboxRequest *request)
{
  reply_of_task (request, &sandbox_set_task_notes);
}

static void
activities_cb (SandboxRequest *request)
{
  reply_of_task (request, &sandbox_set_task_activities);
}

/* The list alone wants a folder (fact sheet 1.3): with what is asked of a task the vendor's kit for
 * TypeScript sends none. */
const SandboxOperation sandbox_tasks_operations[] = {
  { "GET", "/odata/Tasks", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, "Tasks.View", list_cb },
  { "GET", "/odata/Tasks({key})", SANDBOX_SIGNED, SANDBOX_SCOPE_CROSS_FOLDER, "Tasks.View",
    by_id_cb },
  { "GET", "/odata/Tasks/" US "GetTasksAcrossFolders", SANDBOX_SIGNED, SANDBOX_SCOPE_CROSS_FOLDER,
    "Tasks.View&Tasks.Edit", list_all_cb },
  { "GET", "/odata/Tasks/" US "GetTasksAcrossFoldersForAdmin", SANDBOX_SIGNED,
    SANDBOX_SCOPE_CROSS_FOLDER, "Tasks.View&Tasks.Edit&Tasks.Create", list_all_cb },
  { "GET", "/odata/Tasks/" US "GetByKey", SANDBOX_SIGNED, SANDBOX_SCOPE_CROSS_FOLDER, "Tasks.View",
    by_key_cb },
  { "GET", "/odata/Tasks/" US "GetTaskUsers", SANDBOX_SIGNED, SANDBOX_SCOPE_CROSS_FOLDER,
    "Tasks.View&Tasks.Edit", users_cb },
  { "GET", "/odata/Tasks/" US "GetTaskPermissions", SANDBOX_SIGNED, SANDBOX_SCOPE_CROSS_FOLDER,
    NULL, permissions_cb },
  { "POST", "/odata/Tasks/" US "AssignTasks", SANDBOX_SIGNED, SANDBOX_SCOPE_CROSS_FOLDER,
    "Tasks.Edit", assign_cb },
  { "POST", "/odata/Tasks/" US "ReassignTasks", SANDBOX_SIGNED, SANDBOX_SCOPE_CROSS_FOLDER,
    "Tasks.Edit", reassign_cb },
  { "POST", "/odata/Tasks/" US "UnassignTasks", SANDBOX_SIGNED, SANDBOX_SCOPE_CROSS_FOLDER,
    "Tasks.Edit", unassign_cb },
  { "POST", "/odata/Tasks/" US "DeleteTasks", SANDBOX_SIGNED, SANDBOX_SCOPE_CROSS_FOLDER,
    "Tasks.Delete", delete_cb },
  { "POST", "/odata/Tasks/" US "EditTaskMetadata", SANDBOX_SIGNED, SANDBOX_SCOPE_CROSS_FOLDER,
    "Tasks.Edit", metadata_cb },
  { "POST", "/odata/TaskNotes/" US "CreateTaskNote", SANDBOX_SIGNED, SANDBOX_SCOPE_CROSS_FOLDER,
    "Tasks.Edit", add_note_cb },
  { "GET", "/odata/TaskNotes/" US "GetByTaskId", SANDBOX_SIGNED, SANDBOX_SCOPE_CROSS_FOLDER,
    "Tasks.View", notes_cb },
  { "GET", "/odata/TaskActivities/" US "GetByTaskId", SANDBOX_SIGNED, SANDBOX_SCOPE_CROSS_FOLDER,
    "Tasks.View", activities_cb },
  { NULL },
};
