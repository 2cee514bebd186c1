/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-enums.h"
#include "sandbox-sets.h"

static const SandboxField jobs_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "Key", SANDBOX_FIELD_GUID, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "StartTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_INDEXED },
  { "EndTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_INDEXED },
  { "State", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED,
    sandbox_enum_job_state },
  { "SubState", SANDBOX_FIELD_STRING },
  { "JobPriority", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_job_priority },
  { "SpecificPriorityValue", SANDBOX_FIELD_INT32 },
  { "ResourceOverwrites", SANDBOX_FIELD_STRING },
  { "Source", SANDBOX_FIELD_STRING },
  { "SourceType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_job_source_type },
  { "BatchExecutionKey", SANDBOX_FIELD_GUID },
  { "Info", SANDBOX_FIELD_STRING },
  { "CreationTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "StartingScheduleId", SANDBOX_FIELD_INT64 },
  { "ReleaseName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_INDEXED },
  { "Type", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_job_type },
  { "InputArguments", SANDBOX_FIELD_STRING, SANDBOX_FIELD_DETAIL },
  { "InputFile", SANDBOX_FIELD_GUID },
  { "EnvironmentVariables", SANDBOX_FIELD_STRING },
  { "OutputArguments", SANDBOX_FIELD_STRING, SANDBOX_FIELD_DETAIL },
  { "OutputFile", SANDBOX_FIELD_GUID },
  { "HostMachineName", SANDBOX_FIELD_STRING },
  { "HasMediaRecorded", SANDBOX_FIELD_BOOL },
  { "HasVideoRecorded", SANDBOX_FIELD_BOOL },
  { "PersistenceId", SANDBOX_FIELD_GUID },
  { "ResumeVersion", SANDBOX_FIELD_INT32 },
  { "StopStrategy", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_stop_strategy },
  { "RuntimeType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_runtime_type },
  { "RequiresUserInteraction", SANDBOX_FIELD_BOOL },
  { "ReleaseVersionId", SANDBOX_FIELD_INT64 },
  { "EntryPointPath", SANDBOX_FIELD_STRING },
  { "OrganizationUnitId", SANDBOX_FIELD_INT64 },
  { "OrganizationUnitFullyQualifiedName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, NULL,
    "(SELECT \"FullyQualifiedName\" FROM \"Folders\" WHERE \"Id\" = "
    "@.\"OrganizationUnitId\")" },
  { "Reference", SANDBOX_FIELD_STRING },
  { "ProcessType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_process_type },
  { "ProfilingOptions", SANDBOX_FIELD_STRING },
  { "ResumeOnSameContext", SANDBOX_FIELD_BOOL },
  { "LocalSystemAccount", SANDBOX_FIELD_STRING },
  { "OrchestratorUserIdentity", SANDBOX_FIELD_STRING },
  { "RemoteControlAccess", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_remote_control },
  { "StartingTriggerId", SANDBOX_FIELD_GUID },
  { "MaxExpectedRunningTimeSeconds", SANDBOX_FIELD_INT64 },
  { "ServerlessJobType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_serverless_job_type },
  { "ParentJobKey", SANDBOX_FIELD_GUID },
  { "ResumeTime", SANDBOX_FIELD_TIME },
  { "LastModificationTime", SANDBOX_FIELD_TIME },
  { "JobError", SANDBOX_FIELD_JSON },
  { "ErrorCode", SANDBOX_FIELD_STRING },
  { "FpsProperties", SANDBOX_FIELD_STRING },
  { "TraceId", SANDBOX_FIELD_STRING },
  { "ParentSpanId", SANDBOX_FIELD_STRING },
  { "RootSpanId", SANDBOX_FIELD_STRING },
  { "AutopilotForRobots", SANDBOX_FIELD_JSON },
  { "FpsContext", SANDBOX_FIELD_STRING },
  { "RobotId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_HIDDEN },
  { "MachineId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_HIDDEN },
  { "ReleaseId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_HIDDEN },
  { "SessionId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_HIDDEN },
  { "WantedRobotId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_HIDDEN },
  { "WantedMachineId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_HIDDEN },
  { "WantedSessionId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_HIDDEN },
  { "StopAfter", SANDBOX_FIELD_INT64, SANDBOX_FIELD_HIDDEN },
  { "KillAfter", SANDBOX_FIELD_INT64, SANDBOX_FIELD_HIDDEN },
  { "DueTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_HIDDEN },
  { NULL },
};

static const SandboxNavigation jobs_navigations[] = {
  { "Robot", "Robots", "RobotId", "Id", FALSE },
  { "Machine", "Machines", "MachineId", "Id", FALSE },
  { "Release", "Releases", "ReleaseId", "Id", FALSE },
  { NULL },
};

const SandboxEntitySet sandbox_set_jobs = {
  .name = "Jobs",
  .type = "JobDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_CROSS_FOLDER,
  .permission = "Jobs",
  .oauth = "OR.Jobs",
  .max_top = 1000,
  .count_on_demand = TRUE,
  .recent = "CreationTime",
  .default_order = "Id",
  .fields = jobs_fields,
  .navigations = jobs_navigations,
};

static const char *const trigger_types[]
    = { "None", "QueueItem", "Job", "Task", "Timer", "Inbox", "Api", NULL };
static const char *const trigger_states[] = { "New", "Ready", "Fired", NULL };

static const SandboxField jobtriggers_fields[] = {
  { "JobId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "TriggerType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NOT_NULL, trigger_types },
  { "Status", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NOT_NULL, trigger_states },
  { "ItemKey", SANDBOX_FIELD_GUID, SANDBOX_FIELD_INDEXED },
  { "ItemId", SANDBOX_FIELD_INT64 },
  { "Timer", SANDBOX_FIELD_TIME },
  { "TriggerMessage", SANDBOX_FIELD_STRING },
  { "TriggerConfiguration", SANDBOX_FIELD_STRING },
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "Payload", SANDBOX_FIELD_JSON, SANDBOX_FIELD_HIDDEN },
  { "CreationTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_HIDDEN },
  { "ModifiedTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_HIDDEN },
  { NULL },
};

const SandboxEntitySet sandbox_set_job_triggers = {
  .name = "JobTriggers",
  .type = "JobTriggerDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_FOLDER,
  .permission = "Jobs",
  .oauth = "OR.Jobs",
  .max_top = 1000,
  .default_order = "Id",
  .fields = jobtriggers_fields,
};

/* The same with what is known of the item. A job waits for no task here that somebody could be
 * assigned to. */
static const SandboxField jobtriggerswithevents_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "JobId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "TriggerType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NOT_NULL, trigger_types },
  { "Status", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NOT_NULL, trigger_states },
  { "ItemKey", SANDBOX_FIELD_GUID },
  { "ItemId", SANDBOX_FIELD_INT64 },
  { "Timer", SANDBOX_FIELD_TIME },
  { "TriggerMessage", SANDBOX_FIELD_STRING },
  { "ItemName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, NULL,
    "(SELECT i.\"ReleaseName\" FROM \"Jobs\" i WHERE i.\"Key\" = @.\"ItemKey\")" },
  { "AssignedToUserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NONE, NULL, "NULL" },
  { "Name", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, NULL, "NULL" },
  { "Surname", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, NULL, "NULL" },
  { "UserName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, NULL, "NULL" },
  { "EmailAddress", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, NULL, "NULL" },
  { "CreationTime", SANDBOX_FIELD_TIME },
  { "ModifiedTime", SANDBOX_FIELD_TIME },
  { NULL },
};

const SandboxEntitySet sandbox_set_job_triggers_with_events = {
  .name = "JobTriggersWithWaitEvents",
  .type = "JobTriggerWithWaitEventsDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_FOLDER,
  .permission = "Jobs",
  .oauth = "OR.Jobs",
  .query = "SELECT rowid AS rowid, * FROM \"JobTriggers\"",
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Id",
  .fields = jobtriggerswithevents_fields,
};
