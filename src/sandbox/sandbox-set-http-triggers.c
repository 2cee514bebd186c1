/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-enums.h"
#include "sandbox-http-trigger.h"
#include "sandbox-sets.h"

static const char *const methods[] = { "Get", "Post", "Put", "Delete", "Patch", NULL };
static const char *const calling_modes[]
    = { "AsyncRequestReply", "FireAndForget", "LongPolling", "AsyncCallback", NULL };
/* Definition: HttpTriggerCreatedEvent. */
static const char *const callback_modes[] = { "Disabled", "OnSuccess", "OnFailure", "OnAny", NULL };

/* What HttpTriggers and ApiTriggers have in common (fact sheet 6.9; not in the definition). */
#define BASE_FIELDS                                                                                \
  { "Id", SANDBOX_FIELD_GUID, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_READ_ONLY },                  \
      { "Key", SANDBOX_FIELD_GUID, SANDBOX_FIELD_READ_ONLY },                                      \
      { "Name", SANDBOX_FIELD_STRING,                                                              \
        SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED | SANDBOX_FIELD_REQUIRED, .maximum = 255 }, \
      { "Description", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, .maximum = 512 },                 \
      { "Enabled", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_NOT_NULL },                                   \
      { "ReleaseKey", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED },     \
      { "ReleaseName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_READ_ONLY },                            \
      { "EntryPointPath", SANDBOX_FIELD_STRING },                                                  \
      { "InputArguments", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, .maximum = 10000 },            \
      { "JobCount", SANDBOX_FIELD_INT32 },                                                         \
      { "JobPriority", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_job_priority },        \
      { "SpecificPriorityValue", SANDBOX_FIELD_INT32, SANDBOX_FIELD_NONE, .maximum = 100 },        \
      { "RuntimeType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_runtime_type },        \
      { "MachineRobots", SANDBOX_FIELD_JSON },                                                     \
      { "StopStrategy", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_stop_strategy },      \
      { "StopJobAfterSeconds", SANDBOX_FIELD_INT64 },                                              \
      { "KillJobAfterSeconds", SANDBOX_FIELD_INT64 },                                              \
      { "AlertPendingJobAfterSeconds", SANDBOX_FIELD_INT64 },                                      \
      { "AlertRunningJobAfterSeconds", SANDBOX_FIELD_INT64 },                                      \
      { "ConsecutiveJobFailuresThreshold", SANDBOX_FIELD_INT32 },                                  \
      { "JobFailuresGracePeriodInHours", SANDBOX_FIELD_INT32 },                                    \
      { "RunAsMe", SANDBOX_FIELD_BOOL },                                                           \
      { "ResumeOnSameContext", SANDBOX_FIELD_BOOL },                                               \
      { "RemoteControlAccess", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE,                             \
        sandbox_enum_remote_control },                                                             \
  {                                                                                                \
    "Tags", SANDBOX_FIELD_JSON                                                                     \
  }

static const SandboxField httptriggers_fields[] = {
  BASE_FIELDS,
  { "Method", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, methods },
  { "Slug", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED, .maximum = 255 },
  { "CallingMode", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, calling_modes },
  { "CallbackMode", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, callback_modes },
  { "SuccessCallbackUrl", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, .maximum = 2000 },
  { "FailureCallbackUrl", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, .maximum = 2000 },
  { "Secret", SANDBOX_FIELD_STRING, SANDBOX_FIELD_WRITE_ONLY },
  { "AllowInsecureSsl", SANDBOX_FIELD_BOOL },
  { "RunAsCaller", SANDBOX_FIELD_BOOL },
  { NULL },
};

const SandboxEntitySet sandbox_set_http_triggers = {
  .name = "HttpTriggers",
  .type = "HttpTriggerDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_FOLDER,
  .permission = "Schedules",
  .oauth = "OR.Jobs",
  .max_top = 1000,
  .default_order = "Name",
  .fields = httptriggers_fields,
  .writes = SANDBOX_WRITE_CREATE | SANDBOX_WRITE_REPLACE | SANDBOX_WRITE_DELETE,
  .unique = "Slug",
  .component = "HttpTriggers",
  .hooks = &sandbox_http_trigger_hooks,
};

/* Integration Service's. No connector is there to fire them. */
static const SandboxField apitriggers_fields[] = {
  BASE_FIELDS,
  { "ConnectorKey", SANDBOX_FIELD_STRING },
  { "ConnectionId", SANDBOX_FIELD_STRING },
  { "Operation", SANDBOX_FIELD_STRING },
  { "ObjectName", SANDBOX_FIELD_STRING },
  { "FilterExpression", SANDBOX_FIELD_STRING },
  { "IsConnected", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_READ_ONLY },
  { NULL },
};

const SandboxEntitySet sandbox_set_api_triggers = {
  .name = "ApiTriggers",
  .type = "ApiTriggerDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_FOLDER,
  .permission = "Schedules",
  .oauth = "OR.Jobs",
  .max_top = 1000,
  .default_order = "Name",
  .fields = apitriggers_fields,
  .writes = SANDBOX_WRITE_CREATE | SANDBOX_WRITE_REPLACE | SANDBOX_WRITE_PATCH
            | SANDBOX_WRITE_DELETE,
  .unique = "Name",
  .component = "IntegrationTriggers",
  .hooks = &sandbox_http_trigger_hooks,
};
