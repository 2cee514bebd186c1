/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-enums.h"
#include "sandbox-sets.h"

/* Tasks of the Action Center and what belongs to them. */

#define WHOLE(table) "SELECT rowid AS rowid, * FROM \"" table "\""
#define FOLDER_NAME                                                                                \
  "(SELECT \"FullyQualifiedName\" FROM \"Folders\" WHERE \"Id\" = @.\"OrganizationUnitId\")"
#define USER_NAME(column) "(SELECT \"UserName\" FROM \"Users\" WHERE \"Id\" = @.\"" column "\")"

static const SandboxField tasks_fields[] = {
  { "Status", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED,
    sandbox_enum_task_status },
  { "TaskAssignmentCriteria", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE,
    sandbox_enum_assignment_criteria },
  { "TaskCatalogName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, NULL,
    "(SELECT \"Name\" FROM \"TaskCatalogs\" WHERE \"Id\" = @.\"TaskCatalogId\")" },
  { "IsCompleted", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_NONE, NULL, "(@.\"Status\" = 2)" },
  { "BulkFormLayoutId", SANDBOX_FIELD_INT64 },
  { "FormLayoutId", SANDBOX_FIELD_INT64 },
  { "Encrypted", SANDBOX_FIELD_BOOL },
  { "Tags", SANDBOX_FIELD_JSON },
  { "Action", SANDBOX_FIELD_STRING },
  { "TaskAssigneeName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, NULL,
    USER_NAME ("AssignedToUserId") },
  { "Title", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL },
  { "Type", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NOT_NULL, sandbox_enum_task_type },
  { "Priority", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NOT_NULL, sandbox_enum_task_priority },
  { "AssignedToUserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_INDEXED },
  { "OrganizationUnitId", SANDBOX_FIELD_INT64 },
  { "ExternalTag", SANDBOX_FIELD_STRING },
  { "CreatorJobKey", SANDBOX_FIELD_GUID },
  { "WaitJobKey", SANDBOX_FIELD_GUID },
  { "LastAssignedTime", SANDBOX_FIELD_TIME },
  { "CompletionTime", SANDBOX_FIELD_TIME },
  { "ParentOperationId", SANDBOX_FIELD_STRING },
  { "Key", SANDBOX_FIELD_GUID, SANDBOX_FIELD_NOT_NULL },
  { "IsDeleted", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_NOT_NULL },
  { "DeleterUserId", SANDBOX_FIELD_INT64 },
  { "DeletionTime", SANDBOX_FIELD_TIME },
  { "LastModificationTime", SANDBOX_FIELD_TIME },
  { "LastModifierUserId", SANDBOX_FIELD_INT64 },
  { "CreationTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_INDEXED },
  { "CreatorUserId", SANDBOX_FIELD_INT64 },
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "TaskCatalogId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_HIDDEN },
  { "CompletedByUserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_HIDDEN },
  { "Data", SANDBOX_FIELD_JSON, SANDBOX_FIELD_HIDDEN },
  { "FormLayout", SANDBOX_FIELD_JSON, SANDBOX_FIELD_HIDDEN },
  { "AppTasksMetadata", SANDBOX_FIELD_JSON, SANDBOX_FIELD_HIDDEN },
  { "TaskSource", SANDBOX_FIELD_JSON, SANDBOX_FIELD_HIDDEN },
  { "TaskDefinitionPropertiesId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_HIDDEN },
  { NULL },
};

static const SandboxNavigation tasks_navigations[] = {
  { "AssignedToUser", "UserLogins", "AssignedToUserId", "id", FALSE },
  { "CreatorUser", "UserLogins", "CreatorUserId", "id", FALSE },
  { "LastModifierUser", "UserLogins", "LastModifierUserId", "id", FALSE },
  { "Activities", "TaskActivities", "Id", "TaskId", TRUE },
  { "TaskAssignments", "TaskAssignments", "Id", "id", TRUE },
  { NULL },
};

const SandboxEntitySet sandbox_set_tasks = {
  .name = "Tasks",
  .type = "TaskDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_CROSS_FOLDER,
  .permission = "Tasks",
  .oauth = "OR.Tasks",
  .max_top = 1000,
  .recent = "CreationTime",
  .default_order = "Id",
  .fields = tasks_fields,
  .component = "Tasks",
  .navigations = tasks_navigations,
};

/* Definition: UserLoginInfoDto, whose names are in lower case wherever it stands. */
static const SandboxField logins_fields[] = {
  { "name", SANDBOX_FIELD_STRING },
  { "surname", SANDBOX_FIELD_STRING },
  { "userName", SANDBOX_FIELD_STRING },
  { "emailAddress", SANDBOX_FIELD_STRING },
  { "displayName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, NULL,
    "ifnull(@.\"FullName\", @.\"UserName\")" },
  { "id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { NULL },
};

const SandboxEntitySet sandbox_set_user_logins = {
  .name = "UserLogins",
  .type = "UserLoginInfoDto",
  .key = "id",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "id",
  .fields = logins_fields,
  .query = WHOLE ("Users"),
};

static const SandboxField assignments_fields[] = {
  { "id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "AssignedToUserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_HIDDEN },
  { NULL },
};

static const SandboxNavigation assignments_navigations[] = {
  { "assignee", "UserLogins", "AssignedToUserId", "id", FALSE },
  { NULL },
};

const SandboxEntitySet sandbox_set_task_assignments = {
  .name = "TaskAssignments",
  .type = "TaskAssignmentDto",
  .key = "id",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "id",
  .fields = assignments_fields,
  .navigations = assignments_navigations,
  .query = "SELECT rowid AS rowid, \"TenantId\", \"Id\" AS \"id\", \"AssignedToUserId\" FROM "
           "\"Tasks\" WHERE \"AssignedToUserId\" IS NOT NULL",
};

/* Definition: TaskDataDto. The same rows as of Tasks, in the names of what is no OData. */
#define DATA_FIELDS                                                                                \
  { "status", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_task_status },                  \
      { "data", SANDBOX_FIELD_JSON }, { "action", SANDBOX_FIELD_STRING },                          \
      { "waitJobState", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_job_state,            \
        "(SELECT j.\"State\" FROM \"Jobs\" j WHERE j.\"Key\" = @.\"WaitJobKey\")" },               \
      { "organizationUnitFullyQualifiedName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, NULL,      \
        FOLDER_NAME },                                                                             \
      { "tags", SANDBOX_FIELD_JSON },                                                              \
      { "taskAssignmentCriteria", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE,                          \
        sandbox_enum_assignment_criteria },                                                        \
      { "taskSource", SANDBOX_FIELD_JSON },                                                        \
      { "processingTime", SANDBOX_FIELD_INT32, SANDBOX_FIELD_NONE, NULL,                           \
        "(@.\"CompletionTime\" - @.\"LastAssignedTime\") / 1000000" },                             \
      { "title", SANDBOX_FIELD_STRING },                                                           \
      { "type", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_task_type },                  \
      { "priority", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_task_priority },          \
      { "assignedToUserId", SANDBOX_FIELD_INT64 }, { "organizationUnitId", SANDBOX_FIELD_INT64 },  \
      { "externalTag", SANDBOX_FIELD_STRING }, { "creatorJobKey", SANDBOX_FIELD_GUID },            \
      { "waitJobKey", SANDBOX_FIELD_GUID }, { "lastAssignedTime", SANDBOX_FIELD_TIME },            \
      { "completionTime", SANDBOX_FIELD_TIME }, { "parentOperationId", SANDBOX_FIELD_STRING },     \
      { "key", SANDBOX_FIELD_GUID }, { "isDeleted", SANDBOX_FIELD_BOOL },                          \
      { "lastModificationTime", SANDBOX_FIELD_TIME },                                              \
      { "lastModifierUserId", SANDBOX_FIELD_INT64 }, { "creationTime", SANDBOX_FIELD_TIME },       \
      { "creatorUserId", SANDBOX_FIELD_INT64 },                                                    \
      { "id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },                                       \
  {                                                                                                \
    "CompletedByUserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_HIDDEN                                 \
  }

static const SandboxField data_fields[] = { DATA_FIELDS, { NULL } };

static const SandboxField form_fields[] = {
  { "formLayout", SANDBOX_FIELD_JSON },
  { "formLayoutId", SANDBOX_FIELD_INT64 },
  { "bulkFormLayoutId", SANDBOX_FIELD_INT64 },
  DATA_FIELDS,
  { NULL },
};

static const SandboxField app_fields[] = {
  { "taskDefinitionPropertiesId", SANDBOX_FIELD_INT64 },
  { "appTasksMetadata", SANDBOX_FIELD_JSON },
  DATA_FIELDS,
  { NULL },
};

static const SandboxNavigation data_navigations[] = {
  { "assignedToUser", "UserLogins", "assignedToUserId", "id", FALSE },
  { "completedByUser", "UserLogins", "CompletedByUserId", "id", FALSE },
  { "taskAssignees", "UserLogins", "assignedToUserId", "id", TRUE },
  { NULL },
};

#define DATA_SET(its_name, its_type, its_fields)                                                   \
  {                                                                                                \
    .name = its_name, .type = its_type, .key = "id", .scope = SANDBOX_SCOPE_CROSS_FOLDER,          \
    .internal = TRUE, .max_top = 1000, .default_order = "id", .fields = its_fields,                \
    .navigations = data_navigations, .query = WHOLE ("Tasks"),                                     \
  }

const SandboxEntitySet sandbox_set_task_data = DATA_SET ("TaskData", "TaskDataDto", data_fields);
const SandboxEntitySet sandbox_set_task_forms = DATA_SET ("TaskForms", "TaskFormDto", form_fields);
const SandboxEntitySet sandbox_set_app_tasks = DATA_SET ("AppTasks", "AppTasksDataDto", app_fields);

static const SandboxField notes_fields[] = {
  { "Key", SANDBOX_FIELD_GUID, SANDBOX_FIELD_NOT_NULL },
  { "TenantId", SANDBOX_FIELD_INT32 },
  { "OrganizationUnitId", SANDBOX_FIELD_INT64 },
  { "TaskId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "Text", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL },
  { "CreatorUserId", SANDBOX_FIELD_INT64 },
  { "CreationTime", SANDBOX_FIELD_TIME },
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { NULL },
};

static const SandboxNavigation notes_navigations[] = {
  { "CreatorUser", "UserLogins", "CreatorUserId", "id", FALSE },
  { NULL },
};

const SandboxEntitySet sandbox_set_task_notes = {
  .name = "TaskNotes",
  .type = "TaskNoteDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_CROSS_FOLDER,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Id",
  .fields = notes_fields,
  .navigations = notes_navigations,
};

static const SandboxField activities_fields[] = {
  { "Key", SANDBOX_FIELD_GUID, SANDBOX_FIELD_NOT_NULL },
  { "TenantId", SANDBOX_FIELD_INT32 },
  { "OrganizationUnitId", SANDBOX_FIELD_INT64 },
  { "TaskId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "TaskKey", SANDBOX_FIELD_GUID, SANDBOX_FIELD_NONE, NULL,
    "(SELECT \"Key\" FROM \"Tasks\" WHERE \"Id\" = @.\"TaskId\")" },
  { "ActivityType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NOT_NULL, sandbox_enum_task_activity },
  { "CreatorUserId", SANDBOX_FIELD_INT64 },
  { "TargetUserId", SANDBOX_FIELD_INT64 },
  { "TaskNoteId", SANDBOX_FIELD_INT64 },
  { "CreationTime", SANDBOX_FIELD_TIME },
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { NULL },
};

static const SandboxNavigation activities_navigations[] = {
  { "CreatorUser", "UserLogins", "CreatorUserId", "id", FALSE },
  { "TargetUser", "UserLogins", "TargetUserId", "id", FALSE },
  { "Task", "Tasks", "TaskId", "Id", FALSE },
  { "TaskNote", "TaskNotes", "TaskNoteId", "Id", FALSE },
  { NULL },
};

const SandboxEntitySet sandbox_set_task_activities = {
  .name = "TaskActivities",
  .type = "TaskActivityDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_CROSS_FOLDER,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Id",
  .fields = activities_fields,
  .navigations = activities_navigations,
};
