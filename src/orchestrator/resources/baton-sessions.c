/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-catalogue-private.h"

/* Fact sheet 6.17; definition: GetMachineSessionRuntimes, the best view of who is connected. */

static const BatonState states[] = {
  { "Available", N_("Available"), "network-transmit-receive-symbolic", BATON_TONE_SUCCESS },
  { "Busy", N_("Busy"), "media-playback-start-symbolic", BATON_TONE_ACCENT },
  { "Disconnected", N_("Disconnected"), "network-offline-symbolic", BATON_TONE_ERROR },
  { "Unknown", N_("Unknown"), "dialog-question-symbolic", BATON_TONE_WARNING },
  { NULL },
};

static const BatonState maintenance_states[] = {
  { "Default", N_("Off"), NULL, BATON_TONE_NEUTRAL },
  { "Enabled", N_("On"), "applications-engineering-symbolic", BATON_TONE_WARNING },
  { NULL },
};

static const BatonField fields[] = {
  { "host", "HostMachineName", N_("Host"), BATON_FIELD_TEXT,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_SEARCHED, 130 },
  { "status", "Status", N_("Status"), BATON_FIELD_STATE,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_FILTERED, 140, NULL, states },
  { "machine", "MachineName", N_("Machine"), BATON_FIELD_TEXT,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_SEARCHED | BATON_FIELD_FILTERED, 190 },
  { "runtime", "RuntimeType", N_("Runtime"), BATON_FIELD_STATE,
    BATON_FIELD_DEFAULT | BATON_FIELD_FILTERED, 120, NULL, baton_runtime_states },
  { "used", "UsedRuntimes", N_("In use"), BATON_FIELD_NUMBER, BATON_FIELD_DEFAULT, 80 },
  { "runtimes", "Runtimes", N_("Runtimes"), BATON_FIELD_NUMBER, BATON_FIELD_DEFAULT, 90 },
  { "user", "ServiceUserName", N_("Service user"), BATON_FIELD_TEXT, 0, 190 },
  { "heartbeat", "ReportingTime", N_("Last heartbeat"), BATON_FIELD_TIME,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_PRECISE, 160 },
  { "unresponsive", "IsUnresponsive", N_("Unresponsive"), BATON_FIELD_BOOL, BATON_FIELD_FILTERED,
    120 },
  { "maintenance", "MaintenanceMode", N_("Maintenance"), BATON_FIELD_STATE, BATON_FIELD_FILTERED,
    120, NULL, maintenance_states },
  { "version", "Version", N_("Version"), BATON_FIELD_TEXT, BATON_FIELD_DEFAULT, 110 },
  { "platform", "Platform", N_("Platform"), BATON_FIELD_TEXT, 0, 100 },
  { "machine-id", "MachineId", N_("Machine ID"), BATON_FIELD_NUMBER,
    BATON_FIELD_HIDDEN | BATON_FIELD_MONOSPACE },
  { "id", "SessionId", N_("ID"), BATON_FIELD_NUMBER,
    BATON_FIELD_SORTABLE | BATON_FIELD_MONOSPACE, 90 },
  { NULL },
};

static char *
filter_machine (BatonRecord *record)
{
  return baton_catalogue_filter_number (record, "machine-id", "Id");
}

static char *
filter_jobs (BatonRecord *record)
{
  return baton_catalogue_filter_text (record, "host", "HostMachineName");
}

static const BatonLink links[] = {
  { N_("Machine"), "computer-symbolic", "machines", filter_machine },
  { N_("Jobs on this host"), "system-run-symbolic", "jobs", filter_jobs },
  { NULL },
};

const BatonResource baton_sessions_resource = {
  .id = "sessions",
  .title = N_("Sessions"),
  .singular = N_("session"),
  .icon = "network-transmit-receive-symbolic",
  .group = N_("Robots"),
  .path = "/odata/Sessions/UiPath.Server.Configuration.OData.GetMachineSessionRuntimes",
  .key = "SessionId",
  .name = "host",
  .sort = "host",
  .tie_breaker = "SessionId",
  .scope = BATON_SCOPE_TENANT,
  .permission = "Machines.View",
  .live = TRUE,
  .empty_title = N_("No sessions"),
  .empty_hint = N_("A host shows here once its robot has connected."),
  .fields = fields,
  .links = links,
};
