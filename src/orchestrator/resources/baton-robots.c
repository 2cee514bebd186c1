/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-catalogue-private.h"

/* Fact sheet 6.16; definition: Robots. */

static const BatonState hostings[] = {
  { "Standard", N_("Standard"), NULL, BATON_TONE_NEUTRAL },
  { "Floating", N_("Floating"), NULL, BATON_TONE_NEUTRAL },
  { NULL },
};

static const BatonField fields[] = {
  { "name", "Name", N_("Name"), BATON_FIELD_TEXT,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_SEARCHED, 200 },
  { "account", "Username", N_("Account"), BATON_FIELD_TEXT,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_SEARCHED, 200 },
  { "machine", "MachineName", N_("Machine"), BATON_FIELD_TEXT,
    BATON_FIELD_DEFAULT | BATON_FIELD_FILTERED, 190 },
  { "type", "Type", N_("Type"), BATON_FIELD_STATE,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_FILTERED, 130, NULL,
    baton_runtime_states },
  { "hosting", "HostingType", N_("Hosting"), BATON_FIELD_STATE, BATON_FIELD_DEFAULT, 110, NULL,
    hostings },
  { "description", "Description", N_("Description"), BATON_FIELD_LONG, 0, 260 },
  { "enabled", "Enabled", N_("Enabled"), BATON_FIELD_BOOL, BATON_FIELD_FILTERED, 90 },
  { "provision", "ProvisionType", N_("Set up"), BATON_FIELD_STATE, BATON_FIELD_DEFAULT, 110, NULL,
    baton_provision_states },
  { "id", "Id", N_("ID"), BATON_FIELD_NUMBER, BATON_FIELD_SORTABLE | BATON_FIELD_MONOSPACE, 90 },
  { "machine-id", "MachineId", N_("Machine ID"), BATON_FIELD_NUMBER,
    BATON_FIELD_HIDDEN | BATON_FIELD_MONOSPACE },
  { "user-id", "UserId", N_("User ID"), BATON_FIELD_NUMBER,
    BATON_FIELD_HIDDEN | BATON_FIELD_MONOSPACE },
  { "limited", "LimitConcurrentExecution", N_("One job at a time"), BATON_FIELD_BOOL,
    BATON_FIELD_DETAIL },
  { "credential", "CredentialType", N_("Credential"), BATON_FIELD_TEXT, BATON_FIELD_DETAIL },
  { "created", "CreationTime", N_("Created"), BATON_FIELD_TIME, BATON_FIELD_DETAIL },
  { "settings", "ExecutionSettings", N_("Settings"), BATON_FIELD_JSON, BATON_FIELD_DETAIL, 0, NULL,
    NULL, N_("Execution") },
  { NULL },
};

static char *
filter_machine (BatonRecord *record)
{
  return baton_catalogue_filter_number (record, "machine-id", "Id");
}

static char *
filter_user (BatonRecord *record)
{
  return baton_catalogue_filter_number (record, "user-id", "Id");
}

static const BatonLink links[] = {
  { N_("Machine"), "computer-symbolic", "machines", filter_machine },
  { N_("User"), "system-users-symbolic", "users", filter_user },
  { NULL },
};

const BatonResource baton_robots_resource = {
  .id = "robots",
  .title = N_("Robots"),
  .singular = N_("robot"),
  .icon = "application-x-appliance-symbolic",
  .group = N_("Robots"),
  .path = "/odata/Robots",
  .detail_path = "/odata/Robots(%s)",
  .key = "Id",
  .name = "name",
  .sort = "name",
  .tie_breaker = "Id",
  .scope = BATON_SCOPE_TENANT,
  .permission = "Robots.View",
  .empty_title = N_("No robots"),
  .empty_hint = N_("A robot is an account that may run processes on a machine."),
  .fields = fields,
  .links = links,
};
