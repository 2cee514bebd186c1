/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-enums.h"
#include "sandbox-sets.h"

/* The feed is null where it is the tenant's, else the GUID of a folder's. */
static const SandboxField processes_fields[] = {
  { "Id", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "IsActive", SANDBOX_FIELD_BOOL },
  { "Arguments", SANDBOX_FIELD_JSON },
  { "SupportsMultipleEntryPoints", SANDBOX_FIELD_BOOL },
  { "MainEntryPointPath", SANDBOX_FIELD_STRING },
  { "RequiresUserInteraction", SANDBOX_FIELD_BOOL },
  { "IsAttended", SANDBOX_FIELD_BOOL },
  { "TargetFramework", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_target_framework },
  { "EntryPoints", SANDBOX_FIELD_JSON },
  { "PackageType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_package_type },
  { "Title", SANDBOX_FIELD_STRING },
  { "Version", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL },
  { "Key", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL },
  { "Description", SANDBOX_FIELD_STRING },
  { "Published", SANDBOX_FIELD_TIME },
  { "IsLatestVersion", SANDBOX_FIELD_BOOL },
  { "OldVersion", SANDBOX_FIELD_STRING },
  { "ReleaseNotes", SANDBOX_FIELD_STRING },
  { "Authors", SANDBOX_FIELD_STRING },
  { "ProjectType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_project_type },
  { "Tags", SANDBOX_FIELD_STRING },
  { "IsCompiled", SANDBOX_FIELD_BOOL },
  { "LicenseUrl", SANDBOX_FIELD_STRING },
  { "ProjectUrl", SANDBOX_FIELD_STRING },
  { "ResourceTags", SANDBOX_FIELD_JSON },
  { "FeedId", SANDBOX_FIELD_GUID, SANDBOX_FIELD_HIDDEN },
  { NULL },
};

const SandboxEntitySet sandbox_set_processes = {
  .name = "Processes",
  .type = "ProcessDto",
  .key = "Key",
  .scope = SANDBOX_SCOPE_TENANT,
  .permission = "Packages",
  .oauth = "OR.Execution",
  .max_top = 1000,
  .default_order = "Id",
  .in_feeds = TRUE,
  .fields = processes_fields,
};

static const SandboxField libraries_fields[] = {
  { "Id", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "Created", SANDBOX_FIELD_TIME },
  { "LastUpdated", SANDBOX_FIELD_TIME },
  { "Owners", SANDBOX_FIELD_STRING },
  { "IconUrl", SANDBOX_FIELD_STRING },
  { "Summary", SANDBOX_FIELD_STRING },
  { "PackageSize", SANDBOX_FIELD_INT64 },
  { "IsPrerelease", SANDBOX_FIELD_BOOL },
  { "Title", SANDBOX_FIELD_STRING },
  { "Version", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL },
  { "Key", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL },
  { "Description", SANDBOX_FIELD_STRING },
  { "Published", SANDBOX_FIELD_TIME },
  { "IsLatestVersion", SANDBOX_FIELD_BOOL },
  { "OldVersion", SANDBOX_FIELD_STRING },
  { "ReleaseNotes", SANDBOX_FIELD_STRING },
  { "Authors", SANDBOX_FIELD_STRING },
  { "ProjectType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_project_type },
  { "Tags", SANDBOX_FIELD_STRING },
  { "IsCompiled", SANDBOX_FIELD_BOOL },
  { "LicenseUrl", SANDBOX_FIELD_STRING },
  { "ProjectUrl", SANDBOX_FIELD_STRING },
  { "ResourceTags", SANDBOX_FIELD_JSON },
  { "FeedId", SANDBOX_FIELD_GUID, SANDBOX_FIELD_HIDDEN },
  { NULL },
};

const SandboxEntitySet sandbox_set_libraries = {
  .name = "Libraries",
  .type = "LibraryDto",
  .key = "Key",
  .scope = SANDBOX_SCOPE_TENANT,
  .permission = "Libraries",
  .oauth = "OR.Execution",
  .max_top = 1000,
  .default_order = "Id",
  .in_feeds = TRUE,
  .fields = libraries_fields,
};
