/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-catalogue-private.h"

/* Fact sheet 6.10; definition: QueueDefinitions. */

static const BatonField fields[] = {
  { "name", "Name", N_("Name"), BATON_FIELD_TEXT,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_SEARCHED, 200 },
  { "description", "Description", N_("Description"), BATON_FIELD_LONG,
    BATON_FIELD_DEFAULT | BATON_FIELD_SEARCHED, 280 },
  { "retries", "MaxNumberOfRetries", N_("Retries"), BATON_FIELD_NUMBER, BATON_FIELD_DEFAULT, 90 },
  { "auto-retry", "AcceptAutomaticallyRetry", N_("Automatic retry"), BATON_FIELD_BOOL,
    BATON_FIELD_DEFAULT, 130 },
  { "unique", "EnforceUniqueReference", N_("Unique references"), BATON_FIELD_BOOL,
    BATON_FIELD_DEFAULT | BATON_FIELD_FILTERED, 140 },
  { "encrypted", "Encrypted", N_("Encrypted"), BATON_FIELD_BOOL, BATON_FIELD_FILTERED, 100 },
  { "created", "CreationTime", N_("Created"), BATON_FIELD_TIME,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_FILTERED },
  { "folder", "OrganizationUnitFullyQualifiedName", N_("Folder"), BATON_FIELD_TEXT, 0, 160 },
  { "id", "Id", N_("ID"), BATON_FIELD_NUMBER, BATON_FIELD_SORTABLE | BATON_FIELD_MONOSPACE, 90 },
  { "key", "Key", N_("Key"), BATON_FIELD_TEXT, BATON_FIELD_HIDDEN | BATON_FIELD_MONOSPACE },
  { "process-id", "ReleaseId", N_("Process ID"), BATON_FIELD_NUMBER,
    BATON_FIELD_HIDDEN | BATON_FIELD_MONOSPACE },
  { "sla", "SlaInMinutes", N_("Minutes to be done in"), BATON_FIELD_NUMBER, BATON_FIELD_DETAIL, 0,
    NULL, NULL, N_("Service level") },
  { "risk-sla", "RiskSlaInMinutes", N_("Minutes until at risk"), BATON_FIELD_NUMBER,
    BATON_FIELD_DETAIL, 0, NULL, NULL, N_("Service level") },
  { "folders", "FoldersCount", N_("In folders"), BATON_FIELD_NUMBER, BATON_FIELD_DETAIL },
  { "labels", "Tags/DisplayName", N_("Labels"), BATON_FIELD_TEXT, BATON_FIELD_DETAIL },
  { "specific-schema", "SpecificDataJsonSchema", N_("Specific data"), BATON_FIELD_JSON,
    BATON_FIELD_DETAIL, 0, NULL, NULL, N_("Schemas") },
  { "output-schema", "OutputDataJsonSchema", N_("Output data"), BATON_FIELD_JSON,
    BATON_FIELD_DETAIL, 0, NULL, NULL, N_("Schemas") },
  { "analytics-schema", "AnalyticsDataJsonSchema", N_("Analytics data"), BATON_FIELD_JSON,
    BATON_FIELD_DETAIL, 0, NULL, NULL, N_("Schemas") },
  { NULL },
};

/* Definition: AddQueueItem needs Queues.View and Transactions.Create. */
static const BatonAction actions[] = {
  { "add-queue-item", N_("Add item"), "list-add-symbolic", "Transactions.Create",
    .form = "add-queue-item", .needs_row = TRUE },
  { NULL },
};

static char *
filter_items (BatonRecord *record)
{
  return baton_catalogue_filter_number (record, NULL, "QueueDefinitionId");
}

static char *
filter_process (BatonRecord *record)
{
  return baton_catalogue_filter_number (record, "process-id", "Id");
}

static const BatonLink links[] = {
  { N_("Items of this queue"), "view-list-bullet-symbolic", "queue-items", filter_items },
  { N_("Triggers of this queue"), "alarm-symbolic", "triggers", filter_items },
  { N_("Process"), "application-x-executable-symbolic", "processes", filter_process },
  { NULL },
};

const BatonResource baton_queues_resource = {
  .id = "queues",
  .title = N_("Queues"),
  .singular = N_("queue"),
  .icon = "view-list-ordered-symbolic",
  .group = N_("Data"),
  .path = "/odata/QueueDefinitions",
  .detail_path = "/odata/QueueDefinitions(%s)",
  .key = "Id",
  .name = "name",
  .sort = "name",
  .tie_breaker = "Id",
  .scope = BATON_SCOPE_CROSS_FOLDER,
  .permission = "Queues.View",
  .empty_title = N_("No queues"),
  .empty_hint = N_("A queue holds the items that processes work through."),
  .fields = fields,
  .actions = actions,
  .links = links,
};
