/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-catalogue-private.h"

/* Fact sheet 6.15; definition: Machines. */

static const BatonState types[] = {
  { "Standard", N_("Standard"), "computer-symbolic", BATON_TONE_NEUTRAL },
  { "Template", N_("Template"), "network-workgroup-symbolic", BATON_TONE_NEUTRAL },
  { NULL },
};

static const BatonState scopes[] = {
  { "Default", N_("Default"), NULL, BATON_TONE_NEUTRAL },
  { "Shared", N_("Shared"), NULL, BATON_TONE_NEUTRAL },
  { "PersonalWorkspace", N_("Personal workspace"), NULL, BATON_TONE_NEUTRAL },
  { "Cloud", N_("Cloud"), NULL, BATON_TONE_NEUTRAL },
  { "Serverless", N_("Serverless"), NULL, BATON_TONE_NEUTRAL },
  { "AutomationCloudRobot", N_("Cloud robot"), NULL, BATON_TONE_NEUTRAL },
  { "ElasticRobot", N_("Elastic robot"), NULL, BATON_TONE_NEUTRAL },
  { NULL },
};

static const BatonField fields[] = {
  { "name", "Name", N_("Name"), BATON_FIELD_TEXT,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_SEARCHED, 200 },
  { "type", "Type", N_("Type"), BATON_FIELD_STATE,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_FILTERED, 120, NULL, types },
  { "description", "Description", N_("Description"), BATON_FIELD_LONG,
    BATON_FIELD_DEFAULT | BATON_FIELD_SEARCHED, 260 },
  { "unattended", "UnattendedSlots", N_("Unattended"), BATON_FIELD_NUMBER, BATON_FIELD_DEFAULT,
    110 },
  { "non-production", "NonProductionSlots", N_("Non-production"), BATON_FIELD_NUMBER,
    BATON_FIELD_DEFAULT, 130 },
  { "testing", "TestAutomationSlots", N_("Testing"), BATON_FIELD_NUMBER, 0, 100 },
  { "headless", "HeadlessSlots", N_("Headless"), BATON_FIELD_NUMBER, 0, 100 },
  { "versions", "RobotVersions/Version", N_("Installed versions"), BATON_FIELD_TEXT,
    BATON_FIELD_DETAIL },
  { "scope", "Scope", N_("Scope"), BATON_FIELD_STATE, BATON_FIELD_FILTERED, 140, NULL, scopes },
  { "framework", "TargetFramework", N_("Target framework"), BATON_FIELD_STATE, BATON_FIELD_DEFAULT,
    140, NULL, baton_framework_states },
  { "automation", "AutomationType", N_("Automation"), BATON_FIELD_TEXT, 0, 120 },
  { "id", "Id", N_("ID"), BATON_FIELD_NUMBER, BATON_FIELD_SORTABLE | BATON_FIELD_MONOSPACE, 90 },
  { "key", "Key", N_("Key"), BATON_FIELD_TEXT, BATON_FIELD_HIDDEN | BATON_FIELD_MONOSPACE },
  { "labels", "Tags/DisplayName", N_("Labels"), BATON_FIELD_TEXT, BATON_FIELD_DETAIL },
  { NULL },
};

static char *
filter_sessions (BatonRecord *record)
{
  return baton_catalogue_filter_number (record, NULL, "MachineId");
}

static const BatonLink links[] = {
  { N_("Sessions on this machine"), "network-transmit-receive-symbolic", "sessions", filter_sessions },
  { N_("Robots on this machine"), "application-x-appliance-symbolic", "robots", filter_sessions },
  { NULL },
};

const BatonResource baton_machines_resource = {
  .id = "machines",
  .title = N_("Machines"),
  .singular = N_("machine"),
  .icon = "computer-symbolic",
  .group = N_("Robots"),
  .path = "/odata/Machines",
  .detail_path = "/odata/Machines(%s)",
  .key = "Id",
  .name = "name",
  .sort = "name",
  .tie_breaker = "Id",
  .scope = BATON_SCOPE_TENANT,
  .permission = "Machines.View",
  .empty_title = N_("No machines"),
  .empty_hint = N_("A machine, or a template for many, is where robots run."),
  .fields = fields,
  .links = links,
};
