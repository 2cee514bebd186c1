/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-catalogue-private.h"

/* Fact sheet 6.6; definition: Jobs. Ordered by: CreationTime, Release/Name, State, StartTime,
 * EndTime, SourceType. */

static const BatonState states[] = {
  { "Pending", N_("Pending"), "content-loading-symbolic", BATON_TONE_NEUTRAL },
  { "Running", N_("Running"), "media-playback-start-symbolic", BATON_TONE_ACCENT },
  { "Stopping", N_("Stopping"), "media-playback-stop-symbolic", BATON_TONE_WARNING },
  { "Terminating", N_("Terminating"), "process-stop-symbolic", BATON_TONE_WARNING },
  { "Faulted", N_("Faulted"), "dialog-error-symbolic", BATON_TONE_ERROR },
  { "Successful", N_("Successful"), "emblem-ok-symbolic", BATON_TONE_SUCCESS },
  { "Stopped", N_("Stopped"), "media-playback-stop-symbolic", BATON_TONE_NEUTRAL },
  { "Suspended", N_("Suspended"), "media-playback-pause-symbolic", BATON_TONE_WARNING },
  { "Resumed", N_("Resumed"), "media-seek-forward-symbolic", BATON_TONE_ACCENT },
  { NULL },
};

static const BatonState source_states[] = {
  { "Manual", N_("Manual"), NULL, BATON_TONE_NEUTRAL },
  { "Schedule", N_("Time trigger"), NULL, BATON_TONE_NEUTRAL },
  { "Queue", N_("Queue trigger"), NULL, BATON_TONE_NEUTRAL },
  { "Agent", N_("Assistant"), NULL, BATON_TONE_NEUTRAL },
  { "HttpTrigger", N_("API trigger"), NULL, BATON_TONE_NEUTRAL },
  { "IntegrationTrigger", N_("Event trigger"), NULL, BATON_TONE_NEUTRAL },
  { "StudioWeb", N_("Studio Web"), NULL, BATON_TONE_NEUTRAL },
  { "StudioDesktop", N_("Studio"), NULL, BATON_TONE_NEUTRAL },
  { "CommandLine", N_("Command line"), NULL, BATON_TONE_NEUTRAL },
  { "RobotAPI", N_("Robot API"), NULL, BATON_TONE_NEUTRAL },
  { "Apps", N_("Apps"), NULL, BATON_TONE_NEUTRAL },
  { "Autopilot", N_("Autopilot"), NULL, BATON_TONE_NEUTRAL },
  { "TestManager", N_("Test Manager"), NULL, BATON_TONE_NEUTRAL },
  { "ApiWorkflow", N_("API workflow"), NULL, BATON_TONE_NEUTRAL },
  { NULL },
};

static const BatonField fields[] = {
  { "process", "ReleaseName", N_("Process"), BATON_FIELD_TEXT,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_SEARCHED | BATON_FIELD_FILTERED, 220,
    .sort_property = "Release/Name" },
  { "state", "State", N_("State"), BATON_FIELD_STATE,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_FILTERED, 120, NULL, states },
  { "started", "StartTime", N_("Started"), BATON_FIELD_TIME,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE },
  { "ended", "EndTime", N_("Ended"), BATON_FIELD_TIME, BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE },
  { "duration", "StartTime", N_("Duration"), BATON_FIELD_DURATION, BATON_FIELD_DEFAULT, 0,
    "EndTime" },
  { "host", "HostMachineName", N_("Host"), BATON_FIELD_TEXT,
    BATON_FIELD_DEFAULT | BATON_FIELD_SEARCHED | BATON_FIELD_FILTERED, 130 },
  { "source", "SourceType", N_("Source"), BATON_FIELD_STATE,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_FILTERED, 120, NULL, source_states },
  { "created", "CreationTime", N_("Created"), BATON_FIELD_TIME,
    BATON_FIELD_SORTABLE | BATON_FIELD_FILTERED },
  { "priority", "JobPriority", N_("Priority"), BATON_FIELD_STATE, BATON_FIELD_FILTERED, 100, NULL,
    baton_priority_states },
  { "runtime", "RuntimeType", N_("Runtime"), BATON_FIELD_STATE, 0, 120, NULL,
    baton_runtime_states },
  { "account", "LocalSystemAccount", N_("Account"), BATON_FIELD_TEXT, 0, 140 },
  { "folder", "OrganizationUnitFullyQualifiedName", N_("Folder"), BATON_FIELD_TEXT, 0, 160 },
  { "id", "Id", N_("ID"), BATON_FIELD_NUMBER, BATON_FIELD_SORTABLE | BATON_FIELD_MONOSPACE, 90 },
  { "key", "Key", N_("Key"), BATON_FIELD_TEXT, BATON_FIELD_HIDDEN | BATON_FIELD_MONOSPACE },
  { "trigger", "StartingScheduleId", N_("Trigger ID"), BATON_FIELD_NUMBER,
    BATON_FIELD_HIDDEN | BATON_FIELD_MONOSPACE },
  { "source-text", "Source", N_("Source name"), BATON_FIELD_TEXT, BATON_FIELD_DETAIL },
  { "reference", "Reference", N_("Reference"), BATON_FIELD_TEXT, BATON_FIELD_DETAIL },
  { "entry-point", "EntryPointPath", N_("Entry point"), BATON_FIELD_TEXT, BATON_FIELD_DETAIL },
  { "version", "Release/ProcessVersion", N_("Version"), BATON_FIELD_TEXT, BATON_FIELD_DETAIL },
  { "robot", "Robot/Name", N_("Robot"), BATON_FIELD_TEXT, BATON_FIELD_DETAIL },
  { "machine", "Machine/Name", N_("Machine"), BATON_FIELD_TEXT, BATON_FIELD_DETAIL },
  { "info", "Info", N_("Message"), BATON_FIELD_LONG, BATON_FIELD_DETAIL, 0, NULL, NULL,
    N_("Result") },
  { "error-code", "ErrorCode", N_("Error code"), BATON_FIELD_TEXT,
    BATON_FIELD_DETAIL | BATON_FIELD_MONOSPACE, 0, NULL, NULL, N_("Result") },
  { "error", "JobError/detail", N_("Error"), BATON_FIELD_LONG, BATON_FIELD_DETAIL, 0, NULL, NULL,
    N_("Result") },
  { "input", "InputArguments", N_("Input"), BATON_FIELD_JSON, BATON_FIELD_DETAIL, 0, NULL, NULL,
    N_("Arguments") },
  { "output", "OutputArguments", N_("Output"), BATON_FIELD_JSON, BATON_FIELD_DETAIL, 0, NULL, NULL,
    N_("Arguments") },
  { NULL },
};

/* Whether the state of @record is one of @words, which are separated by spaces. */
static gboolean
is_in (BatonRecord *record, const char *words)
{
  const char *state = baton_record_get (record, "state");
  g_auto (GStrv) list = g_strsplit (words, " ", -1);

  return state != NULL && g_strv_contains ((const char *const *) list, state);
}

static gboolean
may_stop (BatonRecord *record)
{
  return is_in (record, "Pending Running Suspended Resumed");
}

static gboolean
may_kill (BatonRecord *record)
{
  return is_in (record, "Pending Running Stopping Suspended Resumed");
}

static gboolean
may_restart (BatonRecord *record)
{
  return is_in (record, "Faulted Successful Stopped");
}

static BatonRequest *
make_stop_of (BatonRecord *record, gint64 folder, const char *strategy)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *path = NULL;

  path = g_strdup_printf ("/odata/Jobs(%s)/UiPath.Server.Configuration.OData.StopJob",
                          baton_record_get_key (record));
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "strategy");
  json_builder_add_string_value (builder, strategy);
  json_builder_end_object (builder);
  return baton_catalogue_request (record, folder, "POST", path, "Jobs.Edit",
                                  json_builder_get_root (builder));
}

static BatonRequest *
make_stop (BatonRecord *record, gint64 folder)
{
  return make_stop_of (record, folder, "SoftStop");
}

static BatonRequest *
make_kill (BatonRecord *record, gint64 folder)
{
  return make_stop_of (record, folder, "Kill");
}

static BatonRequest *
make_restart (BatonRecord *record, gint64 folder)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "jobId");
  json_builder_add_int_value (builder, baton_record_get_int (record, "id"));
  json_builder_end_object (builder);
  return baton_catalogue_request (record, folder, "POST",
                                  "/odata/Jobs/UiPath.Server.Configuration.OData.RestartJob",
                                  "Jobs.Create", json_builder_get_root (builder));
}

static const BatonAction actions[] = {
  { "start-job", N_("Start job"), "media-playback-start-symbolic", "Jobs.Create",
    .form = "start-job" },
  { "stop", N_("Stop"), "media-playback-stop-symbolic", "Jobs.Edit",
    .needs_row = TRUE, .applies = may_stop, .make_request = make_stop },
  { "restart", N_("Restart"), "view-refresh-symbolic", "Jobs.Create",
    .needs_row = TRUE, .applies = may_restart, .make_request = make_restart },
  { "kill", N_("Kill"), "process-stop-symbolic", "Jobs.Edit", .destructive = TRUE,
    .question = N_("A killed job ends at once, in the middle of what it does. What it has open is not "
                    "closed, and a queue item that it works on stays in progress."),
    .needs_row = TRUE, .applies = may_kill, .make_request = make_kill },
  { NULL },
};

static char *
filter_logs (BatonRecord *record)
{
  return baton_catalogue_filter_guid (record, "key", "JobKey");
}

static char *
filter_process (BatonRecord *record)
{
  return baton_catalogue_filter_text (record, "process", "Name");
}

static char *
filter_items (BatonRecord *record)
{
  return baton_catalogue_filter_guid (record, "key", "ExecutorJobKey");
}

static char *
filter_trigger (BatonRecord *record)
{
  return baton_catalogue_filter_number (record, "trigger", "Id");
}

static const BatonLink links[] = {
  { N_("Logs of this job"), "text-x-generic-symbolic", "logs", filter_logs },
  { N_("Process"), "application-x-executable-symbolic", "processes", filter_process },
  { N_("Queue items of this job"), "view-list-bullet-symbolic", "queue-items", filter_items },
  { N_("Trigger"), "alarm-symbolic", "triggers", filter_trigger },
  { NULL },
};

const BatonResource baton_jobs_resource = {
  .id = "jobs",
  .title = N_("Jobs"),
  .singular = N_("job"),
  .icon = "system-run-symbolic",
  .group = N_("Automation"),
  .path = "/odata/Jobs",
  .detail_path = "/odata/Jobs(%s)",
  .detail_expand = "Robot,Machine,Release",
  .key = "Id",
  .name = "process",
  .sort = "created",
  .sort_descending = TRUE,
  .tie_breaker = "Id",
  .scope = BATON_SCOPE_CROSS_FOLDER,
  .permission = "Jobs.View",
  .live = TRUE,
  .empty_title = N_("No jobs"),
  .empty_hint = N_("A job is one run of a process. Start one to see it here."),
  .fields = fields,
  .actions = actions,
  .links = links,
};
