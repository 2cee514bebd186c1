/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-enums.h"
#include "sandbox-release.h"
#include "sandbox-sets.h"

static const SandboxField releases_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "Key", SANDBOX_FIELD_STRING,
    SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED | SANDBOX_FIELD_READ_ONLY },
  { "ProcessKey", SANDBOX_FIELD_STRING,
    SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED | SANDBOX_FIELD_CREATE_ONLY },
  { "ProcessVersion", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED },
  { "IsLatestVersion", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_NONE, NULL,
    "EXISTS (SELECT 1 FROM \"Processes\" p WHERE p.\"TenantId\" = @.\"TenantId\" AND p.\"Id\" = "
    "@.\"ProcessKey\" AND p.\"Version\" = @.\"ProcessVersion\" AND p.\"FeedId\" IS @.\"FeedId\" "
    "AND "
    "p.\"IsLatestVersion\")" },
  { "IsProcessDeleted", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_READ_ONLY },
  { "Description", SANDBOX_FIELD_STRING },
  { "Name", SANDBOX_FIELD_STRING,
    SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED | SANDBOX_FIELD_REQUIRED },
  { "EntryPointId", SANDBOX_FIELD_INT64 },
  { "EntryPointPath", SANDBOX_FIELD_STRING },
  { "InputArguments", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, .maximum = 10000 },
  { "EnvironmentVariables", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, .maximum = 4000 },
  { "ProcessType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_READ_ONLY, sandbox_enum_process_type },
  { "SupportsMultipleEntryPoints", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_READ_ONLY },
  { "RequiresUserInteraction", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_READ_ONLY },
  { "IsConversational", SANDBOX_FIELD_BOOL },
  { "MinRequiredRobotVersion", SANDBOX_FIELD_STRING },
  { "IsAttended", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_READ_ONLY },
  { "IsCompiled", SANDBOX_FIELD_BOOL },
  { "AutomationHubIdeaUrl", SANDBOX_FIELD_STRING },
  { "Arguments", SANDBOX_FIELD_JSON, SANDBOX_FIELD_READ_ONLY },
  { "ProcessSettings", SANDBOX_FIELD_JSON },
  { "VideoRecordingSettings", SANDBOX_FIELD_JSON },
  { "AutoUpdate", SANDBOX_FIELD_BOOL },
  { "HiddenForAttendedUser", SANDBOX_FIELD_BOOL },
  { "FeedId", SANDBOX_FIELD_GUID },
  { "JobPriority", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_job_priority },
  { "SpecificPriorityValue", SANDBOX_FIELD_INT32, SANDBOX_FIELD_NONE, .maximum = 100 },
  { "FolderKey", SANDBOX_FIELD_GUID, SANDBOX_FIELD_READ_ONLY },
  { "OrganizationUnitId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_READ_ONLY },
  { "OrganizationUnitFullyQualifiedName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, NULL,
    "(SELECT \"FullyQualifiedName\" FROM \"Folders\" WHERE \"Id\" = "
    "@.\"OrganizationUnitId\")" },
  { "TargetFramework", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_READ_ONLY, sandbox_enum_target_framework },
  { "RobotSize", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_robot_size },
  { "Tags", SANDBOX_FIELD_JSON },
  { "RemoteControlAccess", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_remote_control },
  { "LastModificationTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_READ_ONLY },
  { "LastModifierUserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_READ_ONLY },
  { "CreationTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_READ_ONLY },
  { "CreatorUserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_READ_ONLY },
  { "CurrentVersionId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_HIDDEN },
  { NULL },
};

static const SandboxNavigation releases_navigations[] = {
  { "EntryPoint", "EntryPoints", "EntryPointId", "Id", FALSE },
  { "CurrentVersion", "ReleaseVersions", "CurrentVersionId", "Id", FALSE },
  { "ReleaseVersions", "ReleaseVersions", "Id", "ReleaseId", TRUE },
  { NULL },
};

const SandboxEntitySet sandbox_set_releases = {
  .name = "Releases",
  .type = "ReleaseDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_CROSS_FOLDER,
  .permission = "Processes",
  .oauth = "OR.Execution",
  .max_top = 1000,
  .default_order = "Id",
  .fields = releases_fields,
  .navigations = releases_navigations,
  .writes = SANDBOX_WRITE_CREATE | SANDBOX_WRITE_REPLACE_QUIET | SANDBOX_WRITE_PATCH_QUIET
            | SANDBOX_WRITE_DELETE,
  .unique = "Name",
  .component = "Processes",
  .event = "process",
  .hooks = &sandbox_release_hooks,
};

static const SandboxField releaseversions_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "ReleaseId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "VersionNumber", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL },
  { "CreationTime", SANDBOX_FIELD_TIME },
  { "ReleaseName", SANDBOX_FIELD_STRING },
  { NULL },
};

const SandboxEntitySet sandbox_set_release_versions = {
  .name = "ReleaseVersions",
  .type = "ReleaseVersionDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Id",
  .fields = releaseversions_fields,
};

static const SandboxField entrypoints_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "UniqueId", SANDBOX_FIELD_GUID },
  { "Path", SANDBOX_FIELD_STRING },
  { "InputArguments", SANDBOX_FIELD_STRING },
  { "OutputArguments", SANDBOX_FIELD_STRING },
  { "DataVariation", SANDBOX_FIELD_JSON },
  { NULL },
};

const SandboxEntitySet sandbox_set_entry_points = {
  .name = "EntryPoints",
  .type = "EntryPointDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Id",
  .fields = entrypoints_fields,
};
