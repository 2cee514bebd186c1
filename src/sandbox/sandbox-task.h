/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* The numbers of TaskDto.Status in the definition's order. */
typedef enum
{
  SANDBOX_TASK_UNASSIGNED,
  SANDBOX_TASK_PENDING,
  SANDBOX_TASK_COMPLETED,
} SandboxTaskStatus;

/* TaskDto.Type. */
typedef enum
{
  SANDBOX_TASK_FORM,
  SANDBOX_TASK_EXTERNAL,
  SANDBOX_TASK_DOCUMENT_VALIDATION,
  SANDBOX_TASK_DOCUMENT_CLASSIFICATION,
  SANDBOX_TASK_DATA_LABELING,
  SANDBOX_TASK_APP,
} SandboxTaskType;

/* As bits: those that have no address of their own. */
#define SANDBOX_TASK_GENERIC                                                                       \
  (1 << SANDBOX_TASK_EXTERNAL | 1 << SANDBOX_TASK_DOCUMENT_VALIDATION                              \
   | 1 << SANDBOX_TASK_DOCUMENT_CLASSIFICATION | 1 << SANDBOX_TASK_DATA_LABELING)

/* TaskActivityDto.ActivityType. */
typedef enum
{
  SANDBOX_ACTIVITY_CREATED,
  SANDBOX_ACTIVITY_ASSIGNED,
  SANDBOX_ACTIVITY_REASSIGNED,
  SANDBOX_ACTIVITY_UNASSIGNED,
  SANDBOX_ACTIVITY_SAVED,
  SANDBOX_ACTIVITY_FORWARDED,
  SANDBOX_ACTIVITY_COMPLETED,
  SANDBOX_ACTIVITY_COMMENTED,
  SANDBOX_ACTIVITY_DELETED,
  SANDBOX_ACTIVITY_BULK_SAVED,
  SANDBOX_ACTIVITY_BULK_COMPLETED,
  SANDBOX_ACTIVITY_FIRST_OPENED,
} SandboxTaskActivity;

typedef struct
{
  gint64 id;
  gint64 folder;
  gint64 assignee; /* Users.Id, 0 for none */
  SandboxTaskType type;
  SandboxTaskStatus status;
} SandboxTask;

/* Returns: TRUE where there is such a task in the request's folder or, without one, in any that the
 * caller sees. */
gboolean sandbox_task_load (SandboxTask *self, SandboxRequest *request, gint64 id);
/* The same with an answer where there is none. */
gboolean sandbox_task_require (SandboxTask *self, SandboxRequest *request, gint64 id);

/* Why a task is not changed: the numbers are those of the fact sheet, 4.3, of what it is a kind
 * of. */
#define SANDBOX_TASK_ERROR (sandbox_task_error_quark ())
GQuark sandbox_task_error_quark (void);

typedef enum
{
  SANDBOX_TASK_ERROR_NOT_FOUND = 1002,
  SANDBOX_TASK_ERROR_INVALID = 1009,
} SandboxTaskErrorCode;

/* What is done to tasks, within a transaction of the caller. Each writes the activity and tells
 * webhooks. Those that may fail return FALSE with an error of SANDBOX_TASK_ERROR. */

/* @user: Users.Id. @again: whether it must have an assignee already, or must have none. */
gboolean sandbox_task_assign (
    const SandboxTask *self, SandboxRequest *request, gint64 user, gboolean again, GError **error);
gboolean sandbox_task_unassign (const SandboxTask *self, SandboxRequest *request, GError **error);
gboolean sandbox_task_delete (const SandboxTask *self, SandboxRequest *request, GError **error);
/* Answers the assignee alone may save and complete. @data: (nullable): what is kept of before. */
gboolean sandbox_task_save (const SandboxTask *self,
                            SandboxRequest *request,
                            JsonNode *data,
                            SandboxTaskActivity activity,
                            GError **error);
gboolean sandbox_task_complete (const SandboxTask *self,
                                SandboxRequest *request,
                                JsonNode *data,
                                const char *action,
                                SandboxTaskActivity activity,
                                GError **error);
/* Returns: the id of the note. */
gint64 sandbox_task_add_note (const SandboxTask *self, SandboxRequest *request, const char *text);
/* @user and @note: 0 for none. */
void sandbox_task_log (const SandboxTask *self,
                       SandboxRequest *request,
                       SandboxTaskActivity activity,
                       gint64 user,
                       gint64 note);
/* @type: "task.created". */
void sandbox_task_tell (const SandboxTask *self, SandboxRequest *request, const char *type);

/* Answers with the task as @set, a view over "Tasks", has it. */
void sandbox_task_reply (SandboxRequest *request,
                         guint status,
                         const SandboxEntitySet *set,
                         gint64 id);

/* Returns: Users.Id of who may work on tasks of @folder, by number or, where that is 0, by user
 * name or address; 0 with an error where there is nobody. */
gint64 sandbox_task_find_user (
    SandboxRequest *request, gint64 folder, gint64 id, const char *name, GError **error);

/* SQL: those who may work on tasks of the folder "?", of a table with their "Id". */
#define SANDBOX_TASK_USERS                                                                         \
  "\"Id\" IN (SELECT f.\"UserId\" FROM \"UserFolders\" f WHERE f.\"FolderId\" = ?) AND \"Id\" IN " \
  "(SELECT u.\"UserId\" FROM \"UserRoles\" u JOIN \"RolePermissions\" p ON p.\"RoleId\" = "        \
  "u.\"RoleId\" WHERE p.\"IsGranted\" AND p.\"Name\" = 'Tasks.View') AND \"Id\" IN "               \
  "(SELECT u.\"UserId\" FROM \"UserRoles\" u JOIN \"RolePermissions\" p ON p.\"RoleId\" = "        \
  "u.\"RoleId\" WHERE p.\"IsGranted\" AND p.\"Name\" = 'Tasks.Edit')"

G_END_DECLS
