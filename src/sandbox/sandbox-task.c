/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-task.h"

#include "baton-json.h"
#include "sandbox-audit.h"
#include "sandbox-clock.h"
#include "sandbox-event.h"
#include "sandbox-odata-query.h"
#include "sandbox-permission.h"
#include "sandbox-row.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-writer.h"

G_DEFINE_QUARK (sandbox - task - error, sandbox_task_error)

gboolean
sandbox_task_load (SandboxTask *self, SandboxRequest *request, gint64 id)
{
  gboolean found = FALSE;
  sqlite3_stmt *statement;

  g_return_val_if_fail (self != NULL && request != NULL, FALSE);

  statement = sandbox_statement_open (
      request->store,
      "SELECT \"OrganizationUnitId\", \"AssignedToUserId\", \"Type\", \"Status\" FROM \"Tasks\" "
      "WHERE \"Id\" = ? AND \"TenantId\" = ? AND NOT \"IsDeleted\"",
      "ii", id, request->tenant);
  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      *self = (SandboxTask){ .id = id,
                             .folder = sqlite3_column_int64 (statement, 0),
                             .assignee = sqlite3_column_int64 (statement, 1),
                             .type = (SandboxTaskType)sqlite3_column_int (statement, 2),
                             .status = (SandboxTaskStatus)sqlite3_column_int (statement, 3) };
      found = TRUE;
    }
  sandbox_store_done (statement);

  return found
         && (request->folder != 0 ? self->folder == request->folder
                                  : sandbox_permission_sees_folder (request->store, request->tenant,
                                                                    request->user, self->folder));
}

gboolean
sandbox_task_require (SandboxTask *self, SandboxRequest *request, gint64 id)
{
  if (sandbox_task_load (self, request, id))
    return TRUE;

  sandbox_reply_error (request, 404, 1002, "Task %" G_GINT64_FORMAT " does not exist.", id);
  return FALSE;
}

void
sandbox_task_tell (const SandboxTask *self, SandboxRequest *request, const char *type)
{
  const SandboxEvent event = { .type = type,
                               .tenant = request->tenant,
                               .folder = self->folder,
                               .user = request->user,
                               .member = "Tasks",
                               .set = &sandbox_set_tasks,
                               .id = self->id };

  sandbox_event_emit (request->store, &event);
}

/* What the audit log calls it; of a note and of a first look it says nothing. */
static const char *const audited[] = {
  [SANDBOX_ACTIVITY_CREATED] = "Create",
  [SANDBOX_ACTIVITY_ASSIGNED] = "Assign",
  [SANDBOX_ACTIVITY_REASSIGNED] = "Assign",
  [SANDBOX_ACTIVITY_UNASSIGNED] = "Unassign",
  [SANDBOX_ACTIVITY_SAVED] = "Save",
  [SANDBOX_ACTIVITY_FORWARDED] = "Forward",
  [SANDBOX_ACTIVITY_COMPLETED] = "ChangeStatus",
  [SANDBOX_ACTIVITY_DELETED] = "Delete",
  [SANDBOX_ACTIVITY_BULK_SAVED] = "BulkSave",
  [SANDBOX_ACTIVITY_BULK_COMPLETED] = "BulkComplete",
  [SANDBOX_ACTIVITY_FIRST_OPENED] = NULL,
};

void
sandbox_task_log (const SandboxTask *self,
                  SandboxRequest *request,
                  SandboxTaskActivity activity,
                  gint64 user,
                  gint64 note)
{
  g_autofree char *key = g_uuid_string_random ();

  sandbox_insert (request->store, "TaskActivities", SANDBOX_INT ("TenantId", request->tenant),
                  SANDBOX_INT ("OrganizationUnitId", self->folder), SANDBOX_TEXT ("Key", key),
                  SANDBOX_INT ("TaskId", self->id), SANDBOX_INT ("ActivityType", activity),
                  SANDBOX_ID ("CreatorUserId", request->user), SANDBOX_ID ("TargetUserId", user),
                  SANDBOX_ID ("TaskNoteId", note),
                  SANDBOX_TIME ("CreationTime", sandbox_clock_now ()));
  if (audited[activity] != NULL)
    sandbox_audit_row (request, &sandbox_set_tasks, audited[activity], self->id, NULL);
}

/* Writes the row with who changed it and when. */
#define CHANGE(self, request, ...)                                                                 \
  sandbox_update ((request)->store, "Tasks", (self)->id, __VA_ARGS__,                              \
                  SANDBOX_TIME ("LastModificationTime", sandbox_clock_now ()),                     \
                  SANDBOX_ID ("LastModifierUserId", (request)->user))

static gboolean G_GNUC_PRINTF (2, 3) refuse (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, SANDBOX_TASK_ERROR, SANDBOX_TASK_ERROR_INVALID, message);

  return FALSE;
}

gint64
sandbox_task_find_user (
    SandboxRequest *request, gint64 folder, gint64 id, const char *name, GError **error)
{
  gint64 user;

  g_return_val_if_fail (request != NULL, 0);

  user = sandbox_statement_ask (
      request->store,
      "SELECT \"Id\" FROM \"Users\" WHERE \"TenantId\" = ? AND (\"Id\" = ? OR \"UserName\" = ? OR "
      "\"EmailAddress\" = ?) AND " SANDBOX_TASK_USERS,
      "iissi", request->tenant, id, id == 0 ? name : NULL, id == 0 ? name : NULL, folder);
  if (user == 0)
    g_set_error (error, SANDBOX_TASK_ERROR, SANDBOX_TASK_ERROR_NOT_FOUND,
                 "The assignee does not exist, or may not work on tasks of the folder.");

  return user;
}

gboolean
sandbox_task_assign (
    const SandboxTask *self, SandboxRequest *request, gint64 user, gboolean again, GError **error)
{
  g_return_val_if_fail (self != NULL && request != NULL && user != 0, FALSE);

  if (self->status == SANDBOX_TASK_COMPLETED)
    return refuse (error, "The task is already completed.");
  if (again && self->assignee == 0)
    return refuse (error, "The task is not assigned yet.");
  if (!again && self->assignee != 0)
    return refuse (error, self->assignee == user ? "The task is already assigned to the same user."
                                                 : "The task is already assigned to another user.");

  CHANGE (self, request, SANDBOX_INT ("Status", SANDBOX_TASK_PENDING),
          SANDBOX_INT ("AssignedToUserId", user),
          SANDBOX_TIME ("LastAssignedTime", sandbox_clock_now ()));
  sandbox_task_log (self, request, again ? SANDBOX_ACTIVITY_REASSIGNED : SANDBOX_ACTIVITY_ASSIGNED,
                    user, 0);
  sandbox_task_tell (self, request, "task.assignmentChanged");

  return TRUE;
}

gboolean
sandbox_task_unassign (const SandboxTask *self, SandboxRequest *request, GError **error)
{
  g_return_val_if_fail (self != NULL && request != NULL, FALSE);

  if (self->status == SANDBOX_TASK_COMPLETED)
    return refuse (error, "The task is already completed.");
  if (self->assignee == 0)
    return refuse (error, "The task is not assigned yet.");

  CHANGE (self, request, SANDBOX_INT ("Status", SANDBOX_TASK_UNASSIGNED),
          SANDBOX_ID ("AssignedToUserId", 0));
  sandbox_task_log (self, request, SANDBOX_ACTIVITY_UNASSIGNED, self->assignee, 0);
  sandbox_task_tell (self, request, "task.assignmentChanged");

  return TRUE;
}

gboolean
sandbox_task_delete (const SandboxTask *self, SandboxRequest *request, GError **error)
{
  g_return_val_if_fail (self != NULL && request != NULL, FALSE);

  CHANGE (self, request, SANDBOX_INT ("IsDeleted", TRUE),
          SANDBOX_ID ("DeleterUserId", request->user),
          SANDBOX_TIME ("DeletionTime", sandbox_clock_now ()));
  sandbox_task_log (self, request, SANDBOX_ACTIVITY_DELETED, 0, 0);
  sandbox_task_tell (self, request, "task.deleted");

  return TRUE;
}

/* Nobody works on what is another's; an application that acts by itself is nobody's rival. */
static gboolean
check_worker (const SandboxTask *self, SandboxRequest *request, GError **error)
{
  if (self->status == SANDBOX_TASK_COMPLETED)
    return refuse (error, "The task is already completed.");
  if (self->assignee != 0 && request->user != SANDBOX_PERMISSION_APPLICATION
      && self->assignee != request->user)
    return refuse (error, "The task is assigned to another user.");

  return TRUE;
}

static void
write_data (const SandboxTask *self, SandboxRequest *request, JsonNode *data)
{
  g_autofree char *text = data != NULL ? baton_json_to_text (data, FALSE) : NULL;

  if (text != NULL)
    sandbox_update (request->store, "Tasks", self->id, SANDBOX_TEXT ("Data", text));
}

gboolean
sandbox_task_save (const SandboxTask *self,
                   SandboxRequest *request,
                   JsonNode *data,
                   SandboxTaskActivity activity,
                   GError **error)
{
  g_return_val_if_fail (self != NULL && request != NULL, FALSE);

  if (!check_worker (self, request, error))
    return FALSE;

  write_data (self, request, data);
  CHANGE (self, request, SANDBOX_INT ("Status", self->status));
  sandbox_task_log (self, request, activity, 0, 0);
  sandbox_task_tell (self, request, "task.saved");

  return TRUE;
}

gboolean
sandbox_task_complete (const SandboxTask *self,
                       SandboxRequest *request,
                       JsonNode *data,
                       const char *action,
                       SandboxTaskActivity activity,
                       GError **error)
{
  g_return_val_if_fail (self != NULL && request != NULL, FALSE);

  if (!check_worker (self, request, error))
    return FALSE;
  if (action == NULL && (self->type == SANDBOX_TASK_FORM || self->type == SANDBOX_TASK_APP))
    return refuse (error, "The action is required.");

  write_data (self, request, data);
  /* Who completes what was nobody's has taken it. */
  CHANGE (self, request, SANDBOX_INT ("Status", SANDBOX_TASK_COMPLETED),
          SANDBOX_TEXT ("Action", action),
          SANDBOX_ID ("AssignedToUserId", self->assignee != 0 ? self->assignee : request->user),
          SANDBOX_ID ("CompletedByUserId", request->user),
          SANDBOX_TIME ("CompletionTime", sandbox_clock_now ()));
  sandbox_task_log (self, request, activity, 0, 0);
  sandbox_task_tell (self, request, "task.completed");

  return TRUE;
}

gint64
sandbox_task_add_note (const SandboxTask *self, SandboxRequest *request, const char *text)
{
  g_autofree char *key = g_uuid_string_random ();
  gint64 id;

  g_return_val_if_fail (self != NULL && request != NULL && text != NULL, 0);

  id = sandbox_insert (request->store, "TaskNotes", SANDBOX_INT ("TenantId", request->tenant),
                       SANDBOX_INT ("OrganizationUnitId", self->folder), SANDBOX_TEXT ("Key", key),
                       SANDBOX_INT ("TaskId", self->id), SANDBOX_TEXT ("Text", text),
                       SANDBOX_ID ("CreatorUserId", request->user),
                       SANDBOX_TIME ("CreationTime", sandbox_clock_now ()));
  sandbox_task_log (self, request, SANDBOX_ACTIVITY_COMMENTED, 0, id);

  return id;
}

void
sandbox_task_reply (SandboxRequest *request, guint status, const SandboxEntitySet *set, gint64 id)
{
  g_autoptr (GHashTable) options = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  g_autoptr (SandboxQuery) query = NULL;
  g_autoptr (SandboxWriter) writer = NULL;
  GString *json = g_string_new (NULL);

  g_hash_table_insert (options, (gpointer) "$expand",
                       (gpointer) "assignedToUser,completedByUser,taskAssignees");
  query = sandbox_query_parse (set, options, TRUE, &error);
  g_assert (query != NULL);
  writer = sandbox_writer_new (request->store, query->shape, TRUE);
  sandbox_writer_write (writer, json, id, NULL);
  sandbox_reply_json (request, status, json);
}
