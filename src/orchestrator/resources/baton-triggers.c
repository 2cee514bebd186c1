/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-catalogue-private.h"

/* Fact sheet 6.8; definition: ProcessSchedules. */

static const BatonField fields[] = {
  { "name", "Name", N_("Name"), BATON_FIELD_TEXT,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_SEARCHED, 215 },
  { "enabled", "Enabled", N_("Enabled"), BATON_FIELD_BOOL,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_FILTERED, 90 },
  { "process", "ReleaseName", N_("Process"), BATON_FIELD_TEXT,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_SEARCHED | BATON_FIELD_FILTERED, 215 },
  { "schedule", "StartProcessCronSummary", N_("Schedule"), BATON_FIELD_TEXT, BATON_FIELD_DEFAULT,
    265 },
  { "queue", "QueueDefinitionName", N_("Queue"), BATON_FIELD_TEXT,
    BATON_FIELD_DEFAULT | BATON_FIELD_FILTERED, 120 },
  { "next", "StartProcessNextOccurrence", N_("Next run"), BATON_FIELD_TIME,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE },
  { "priority", "JobPriority", N_("Priority"), BATON_FIELD_STATE, 0, 100, NULL,
    baton_priority_states },
  { "runtime", "RuntimeType", N_("Runtime"), BATON_FIELD_STATE, 0, 120, NULL,
    baton_runtime_states },
  { "id", "Id", N_("ID"), BATON_FIELD_NUMBER, BATON_FIELD_SORTABLE | BATON_FIELD_MONOSPACE, 90 },
  { "key", "Key", N_("Key"), BATON_FIELD_TEXT, BATON_FIELD_HIDDEN | BATON_FIELD_MONOSPACE },
  { "process-id", "ReleaseId", N_("Process ID"), BATON_FIELD_NUMBER,
    BATON_FIELD_HIDDEN | BATON_FIELD_MONOSPACE },
  { "queue-id", "QueueDefinitionId", N_("Queue ID"), BATON_FIELD_NUMBER,
    BATON_FIELD_HIDDEN | BATON_FIELD_MONOSPACE },
  { "description", "Description", N_("Description"), BATON_FIELD_LONG, BATON_FIELD_DETAIL },
  { "package", "PackageName", N_("Package"), BATON_FIELD_TEXT, BATON_FIELD_DETAIL },
  { "entry-point", "EntryPointPath", N_("Entry point"), BATON_FIELD_TEXT, BATON_FIELD_DETAIL },
  { "cron", "StartProcessCron", N_("Cron"), BATON_FIELD_TEXT,
    BATON_FIELD_DETAIL | BATON_FIELD_MONOSPACE, 0, NULL, NULL, N_("When") },
  { "time-zone", "TimeZoneId", N_("Time zone"), BATON_FIELD_TEXT, BATON_FIELD_DETAIL, 0, NULL,
    NULL, N_("When") },
  { "calendar", "CalendarName", N_("Calendar"), BATON_FIELD_TEXT, BATON_FIELD_DETAIL, 0, NULL,
    NULL, N_("When") },
  { "until", "StopProcessDate", N_("Until"), BATON_FIELD_TIME, BATON_FIELD_DETAIL, 0, NULL, NULL,
    N_("When") },
  { "threshold", "ItemsActivationThreshold", N_("Items for the first job"), BATON_FIELD_NUMBER,
    BATON_FIELD_DETAIL, 0, NULL, NULL, N_("Queue") },
  { "per-job", "ItemsPerJobActivationTarget", N_("Items for another job"), BATON_FIELD_NUMBER,
    BATON_FIELD_DETAIL, 0, NULL, NULL, N_("Queue") },
  { "max-jobs", "MaxJobsForActivation", N_("Jobs at most"), BATON_FIELD_NUMBER, BATON_FIELD_DETAIL,
    0, NULL, NULL, N_("Queue") },
  { "input", "InputArguments", N_("Input"), BATON_FIELD_JSON, BATON_FIELD_DETAIL, 0, NULL, NULL,
    N_("Arguments") },
  { NULL },
};

static gboolean
may_enable (BatonRecord *record)
{
  return baton_record_get_int (record, "enabled") == 0;
}

static gboolean
may_disable (BatonRecord *record)
{
  return baton_record_get_int (record, "enabled") != 0;
}

static BatonRequest *
make_set_enabled (BatonRecord *record, gint64 folder, gboolean enabled)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "scheduleIds");
  json_builder_begin_array (builder);
  json_builder_add_int_value (builder, baton_record_get_int (record, "id"));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "enabled");
  json_builder_add_boolean_value (builder, enabled);
  json_builder_end_object (builder);
  return baton_catalogue_request (record, folder, "POST",
                                  "/odata/ProcessSchedules/"
                                  "UiPath.Server.Configuration.OData.SetEnabled",
                                  "Schedules.Edit", json_builder_get_root (builder));
}

static BatonRequest *
make_enable (BatonRecord *record, gint64 folder)
{
  return make_set_enabled (record, folder, TRUE);
}

static BatonRequest *
make_disable (BatonRecord *record, gint64 folder)
{
  return make_set_enabled (record, folder, FALSE);
}

static const BatonAction actions[] = {
  { "enable", N_("Enable"), "emblem-ok-symbolic", "Schedules.Edit",
    .needs_row = TRUE, .applies = may_enable, .make_request = make_enable },
  { "disable", N_("Disable"), "action-unavailable-symbolic", "Schedules.Edit",
    .needs_row = TRUE, .applies = may_disable, .make_request = make_disable },
  { NULL },
};

static char *
filter_process (BatonRecord *record)
{
  return baton_catalogue_filter_number (record, "process-id", "Id");
}

static char *
filter_jobs (BatonRecord *record)
{
  return baton_catalogue_filter_number (record, NULL, "StartingScheduleId");
}

static char *
filter_queue (BatonRecord *record)
{
  return baton_catalogue_filter_number (record, "queue-id", "Id");
}

static const BatonLink links[] = {
  { N_("Process"), "application-x-executable-symbolic", "processes", filter_process },
  { N_("Jobs of this trigger"), "system-run-symbolic", "jobs", filter_jobs },
  { N_("Queue"), "view-list-ordered-symbolic", "queues", filter_queue },
  { NULL },
};

const BatonResource baton_triggers_resource = {
  .id = "triggers",
  .title = N_("Triggers"),
  .singular = N_("trigger"),
  .icon = "alarm-symbolic",
  .group = N_("Automation"),
  .path = "/odata/ProcessSchedules",
  .detail_path = "/odata/ProcessSchedules(%s)",
  .key = "Id",
  .name = "name",
  .sort = "name",
  .tie_breaker = "Id",
  .scope = BATON_SCOPE_FOLDER,
  .permission = "Schedules.View",
  .empty_title = N_("No triggers"),
  .empty_hint = N_("A trigger starts a process by the clock, or when a queue has items."),
  .fields = fields,
  .actions = actions,
  .links = links,
};
