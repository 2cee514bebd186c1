/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-catalogue-private.h"

/* Fact sheet 6.7; definition: RobotLogs. There is no way to ask for one entry: the list brings
 * all of it. */

static const BatonState levels[] = {
  { "Trace", N_("Trace"), "view-more-horizontal-symbolic", BATON_TONE_NEUTRAL },
  { "Debug", N_("Debug"), "utilities-terminal-symbolic", BATON_TONE_NEUTRAL },
  { "Info", N_("Info"), "dialog-information-symbolic", BATON_TONE_NEUTRAL },
  { "Warn", N_("Warning"), "dialog-warning-symbolic", BATON_TONE_WARNING },
  { "Error", N_("Error"), "dialog-error-symbolic", BATON_TONE_ERROR },
  { "Fatal", N_("Fatal"), "process-stop-symbolic", BATON_TONE_ERROR },
  { NULL },
};

static const BatonField fields[] = {
  { "time", "TimeStamp", N_("Time"), BATON_FIELD_TIME,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_FILTERED | BATON_FIELD_PRECISE, 160 },
  { "level", "Level", N_("Level"), BATON_FIELD_STATE,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_FILTERED, 100, NULL, levels },
  { "process", "ProcessName", N_("Process"), BATON_FIELD_TEXT,
    BATON_FIELD_DEFAULT | BATON_FIELD_FILTERED, 205 },
  { "message", "Message", N_("Message"), BATON_FIELD_LONG,
    BATON_FIELD_DEFAULT | BATON_FIELD_SEARCHED, 420 },
  { "host", "HostMachineName", N_("Host"), BATON_FIELD_TEXT,
    BATON_FIELD_DEFAULT | BATON_FIELD_FILTERED, 120 },
  { "robot", "RobotName", N_("Robot"), BATON_FIELD_TEXT, 0, 140 },
  { "identity", "WindowsIdentity", N_("Host identity"), BATON_FIELD_TEXT, BATON_FIELD_FILTERED,
    150 },
  { "runtime", "RuntimeType", N_("Runtime"), BATON_FIELD_STATE, 0, 120, NULL,
    baton_runtime_states },
  { "job", "JobKey", N_("Job key"), BATON_FIELD_TEXT, BATON_FIELD_HIDDEN | BATON_FIELD_MONOSPACE },
  { "machine", "MachineId", N_("Machine ID"), BATON_FIELD_NUMBER,
    BATON_FIELD_HIDDEN | BATON_FIELD_MONOSPACE },
  { "id", "Id", N_("ID"), BATON_FIELD_NUMBER, BATON_FIELD_HIDDEN | BATON_FIELD_MONOSPACE },
  { "raw", "RawMessage", N_("Raw"), BATON_FIELD_JSON, BATON_FIELD_HIDDEN, 0, NULL, NULL,
    N_("As the robot wrote it") },
  { NULL },
};

static char *
filter_job (BatonRecord *record)
{
  return baton_catalogue_filter_guid (record, "job", "Key");
}

static char *
filter_same_job (BatonRecord *record)
{
  return baton_catalogue_filter_guid (record, "job", "JobKey");
}

static char *
filter_machine (BatonRecord *record)
{
  return baton_catalogue_filter_number (record, "machine", "Id");
}

static const BatonLink links[] = {
  { N_("Job"), "system-run-symbolic", "jobs", filter_job },
  { N_("All logs of the job"), "text-x-generic-symbolic", "logs", filter_same_job },
  { N_("Machine"), "computer-symbolic", "machines", filter_machine },
  { NULL },
};

const BatonResource baton_logs_resource = {
  .id = "logs",
  .title = N_("Logs"),
  .singular = N_("log entry"),
  .icon = "text-x-generic-symbolic",
  .group = N_("Automation"),
  .path = "/odata/RobotLogs",
  .key = "Id",
  .name = "process",
  .sort = "time",
  .sort_descending = TRUE,
  .tie_breaker = "Id",
  .scope = BATON_SCOPE_FOLDER,
  .permission = "Logs.View",
  .live = TRUE,
  .empty_title = N_("No logs"),
  .empty_hint = N_("Robots write here what they do while a job runs."),
  .fields = fields,
  .links = links,
};
