/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-catalogue-private.h"

/* Fact sheet 6.5; definition: Releases. */

static const BatonField fields[] = {
  { "name", "Name", N_("Name"), BATON_FIELD_TEXT,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_SEARCHED, 210 },
  { "package", "ProcessKey", N_("Package"), BATON_FIELD_TEXT,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_SEARCHED | BATON_FIELD_FILTERED, 210 },
  { "version", "ProcessVersion", N_("Version"), BATON_FIELD_TEXT, BATON_FIELD_DEFAULT, 90 },
  { "latest", "IsLatestVersion", N_("Latest version"), BATON_FIELD_BOOL, BATON_FIELD_DEFAULT },
  { "type", "ProcessType", N_("Type"), BATON_FIELD_STATE, BATON_FIELD_FILTERED, 0, NULL,
    baton_process_type_states },
  { "priority", "JobPriority", N_("Priority"), BATON_FIELD_STATE, BATON_FIELD_DEFAULT, 100, NULL,
    baton_priority_states },
  { "description", "Description", N_("Description"), BATON_FIELD_LONG,
    BATON_FIELD_DEFAULT | BATON_FIELD_SEARCHED, 260 },
  { "folder", "OrganizationUnitFullyQualifiedName", N_("Folder"), BATON_FIELD_TEXT, 0, 160 },
  { "created", "CreationTime", N_("Created"), BATON_FIELD_TIME,
    BATON_FIELD_SORTABLE | BATON_FIELD_FILTERED },
  { "id", "Id", N_("ID"), BATON_FIELD_NUMBER, BATON_FIELD_SORTABLE | BATON_FIELD_MONOSPACE, 90 },
  { "key", "Key", N_("Key"), BATON_FIELD_TEXT, BATON_FIELD_HIDDEN | BATON_FIELD_MONOSPACE },
  { "entry-point", "EntryPointPath", N_("Entry point"), BATON_FIELD_TEXT, BATON_FIELD_DETAIL },
  { "foreground", "RequiresUserInteraction", N_("Foreground"), BATON_FIELD_BOOL,
    BATON_FIELD_DETAIL },
  { "framework", "TargetFramework", N_("Target framework"), BATON_FIELD_STATE, BATON_FIELD_DETAIL,
    0, NULL, baton_framework_states },
  { "auto-update", "AutoUpdate", N_("Updates by itself"), BATON_FIELD_BOOL, BATON_FIELD_DETAIL },
  { "modified", "LastModificationTime", N_("Changed"), BATON_FIELD_TIME, BATON_FIELD_DETAIL },
  { "labels", "Tags/DisplayName", N_("Labels"), BATON_FIELD_TEXT, BATON_FIELD_DETAIL },
  { "defaults", "InputArguments", N_("Input by default"), BATON_FIELD_JSON, BATON_FIELD_DETAIL, 0,
    NULL, NULL, N_("Arguments") },
  { "input", "Arguments/Input", N_("Input"), BATON_FIELD_JSON, BATON_FIELD_DETAIL, 0, NULL, NULL,
    N_("Arguments") },
  { "output", "Arguments/Output", N_("Output"), BATON_FIELD_JSON, BATON_FIELD_DETAIL, 0, NULL,
    NULL, N_("Arguments") },
  { NULL },
};

static const BatonAction actions[] = {
  { "start-job", N_("Start job"), "media-playback-start-symbolic", "Jobs.Create", "/odata/Jobs",
    .form = "start-job", .needs_row = TRUE },
  { NULL },
};

static char *
filter_jobs (BatonRecord *record)
{
  return baton_catalogue_filter_text (record, "name", "ReleaseName");
}

static char *
filter_triggers (BatonRecord *record)
{
  return baton_catalogue_filter_number (record, NULL, "ReleaseId");
}

static char *
filter_logs (BatonRecord *record)
{
  return baton_catalogue_filter_text (record, "name", "ProcessName");
}

static char *
filter_package (BatonRecord *record)
{
  return baton_catalogue_filter_text (record, "package", "Id");
}

static const BatonLink links[] = {
  { N_("Jobs of this process"), "system-run-symbolic", "jobs", filter_jobs },
  { N_("Triggers of this process"), "alarm-symbolic", "triggers", filter_triggers },
  { N_("Logs of this process"), "text-x-generic-symbolic", "logs", filter_logs },
  { N_("Package"), "package-x-generic-symbolic", "packages", filter_package },
  { NULL },
};

const BatonResource baton_processes_resource = {
  .id = "processes",
  .title = N_("Processes"),
  .singular = N_("process"),
  .icon = "application-x-executable-symbolic",
  .group = N_("Automation"),
  .path = "/odata/Releases",
  .detail_path = "/odata/Releases(%s)",
  .key = "Id",
  .name = "name",
  .sort = "name",
  .tie_breaker = "Id",
  .scope = BATON_SCOPE_CROSS_FOLDER,
  .permission = "Processes.View",
  .empty_title = N_("No processes"),
  .empty_hint = N_("A process is a package that was added to a folder, ready to be started."),
  .fields = fields,
  .actions = actions,
  .links = links,
};
