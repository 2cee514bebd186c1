/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-catalogue-private.h"

/* Fact sheet 6.11; definition: QueueItems. The service gives 100 of them at once at most (fact
 * sheet 5.2). */

static const BatonState states[] = {
  { "New", N_("New"), "mail-unread-symbolic", BATON_TONE_NEUTRAL },
  { "InProgress", N_("In progress"), "media-playback-start-symbolic", BATON_TONE_ACCENT },
  { "Failed", N_("Failed"), "dialog-error-symbolic", BATON_TONE_ERROR },
  { "Successful", N_("Successful"), "emblem-ok-symbolic", BATON_TONE_SUCCESS },
  { "Abandoned", N_("Abandoned"), "dialog-warning-symbolic", BATON_TONE_WARNING },
  { "Retried", N_("Retried"), "view-refresh-symbolic", BATON_TONE_WARNING },
  { "Deleted", N_("Deleted"), "user-trash-symbolic", BATON_TONE_NEUTRAL },
  { NULL },
};

static const BatonState review_states[] = {
  { "None", N_("None"), NULL, BATON_TONE_NEUTRAL },
  { "InReview", N_("In review"), "view-reveal-symbolic", BATON_TONE_ACCENT },
  { "Verified", N_("Verified"), "emblem-ok-symbolic", BATON_TONE_SUCCESS },
  { "Retried", N_("Retried"), "view-refresh-symbolic", BATON_TONE_WARNING },
  { NULL },
};

static const BatonState exception_states[] = {
  { "ApplicationException", N_("Application"), "dialog-error-symbolic", BATON_TONE_ERROR },
  { "BusinessException", N_("Business"), "dialog-warning-symbolic", BATON_TONE_WARNING },
  { NULL },
};

static const BatonField fields[] = {
  { "reference", "Reference", N_("Reference"), BATON_FIELD_TEXT,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_SEARCHED | BATON_FIELD_FILTERED, 140 },
  { "status", "Status", N_("Status"), BATON_FIELD_STATE,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_FILTERED, 120, NULL, states },
  { "queue", "QueueDefinition/Name", N_("Queue"), BATON_FIELD_TEXT, BATON_FIELD_DEFAULT, 150 },
  { "priority", "Priority", N_("Priority"), BATON_FIELD_STATE,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_FILTERED, 100, NULL,
    baton_priority_states },
  { "created", "CreationTime", N_("Created"), BATON_FIELD_TIME,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE | BATON_FIELD_FILTERED },
  { "started", "StartProcessing", N_("Started"), BATON_FIELD_TIME,
    BATON_FIELD_DEFAULT | BATON_FIELD_SORTABLE },
  { "duration", "StartProcessing", N_("Duration"), BATON_FIELD_DURATION, BATON_FIELD_DEFAULT, 0,
    "EndProcessing" },
  { "exception", "ProcessingExceptionType", N_("Exception"), BATON_FIELD_STATE,
    BATON_FIELD_DEFAULT | BATON_FIELD_FILTERED, 120, NULL, exception_states },
  { "ended", "EndProcessing", N_("Ended"), BATON_FIELD_TIME, BATON_FIELD_SORTABLE },
  { "due", "DueDate", N_("Deadline"), BATON_FIELD_TIME,
    BATON_FIELD_SORTABLE | BATON_FIELD_FILTERED },
  { "deferred", "DeferDate", N_("Postponed until"), BATON_FIELD_TIME, BATON_FIELD_SORTABLE },
  { "review", "ReviewStatus", N_("Review"), BATON_FIELD_STATE, BATON_FIELD_FILTERED, 110, NULL,
    review_states },
  { "retry", "RetryNumber", N_("Attempt"), BATON_FIELD_NUMBER, 0, 90 },
  { "robot", "Robot/Name", N_("Robot"), BATON_FIELD_TEXT, 0, 140 },
  { "progress", "Progress", N_("Progress"), BATON_FIELD_TEXT, 0, 160 },
  { "folder", "OrganizationUnitFullyQualifiedName", N_("Folder"), BATON_FIELD_TEXT, 0, 160 },
  { "id", "Id", N_("ID"), BATON_FIELD_NUMBER, BATON_FIELD_SORTABLE | BATON_FIELD_MONOSPACE, 90 },
  { "key", "Key", N_("Key"), BATON_FIELD_TEXT, BATON_FIELD_HIDDEN | BATON_FIELD_MONOSPACE },
  { "queue-id", "QueueDefinitionId", N_("Queue ID"), BATON_FIELD_NUMBER,
    BATON_FIELD_HIDDEN | BATON_FIELD_MONOSPACE },
  { "executor", "ExecutorJobKey", N_("Worked on by job"), BATON_FIELD_TEXT,
    BATON_FIELD_HIDDEN | BATON_FIELD_MONOSPACE },
  { "creator", "CreatorJobKey", N_("Added by job"), BATON_FIELD_TEXT,
    BATON_FIELD_HIDDEN | BATON_FIELD_MONOSPACE },
  { "risk", "RiskSlaDate", N_("At risk from"), BATON_FIELD_TIME, BATON_FIELD_DETAIL },
  { "previous", "SecondsInPreviousAttempts", N_("Time in earlier attempts"), BATON_FIELD_SECONDS,
    BATON_FIELD_DETAIL },
  { "reviewer", "ReviewerUser/UserName", N_("Reviewer"), BATON_FIELD_TEXT, BATON_FIELD_DETAIL },
  { "reason", "ProcessingException/Reason", N_("Reason"), BATON_FIELD_LONG, BATON_FIELD_DETAIL, 0,
    NULL, NULL, N_("Exception") },
  { "details", "ProcessingException/Details", N_("Details"), BATON_FIELD_LONG, BATON_FIELD_DETAIL,
    0, NULL, NULL, N_("Exception") },
  { "content", "SpecificContent", N_("Specific data"), BATON_FIELD_JSON, BATON_FIELD_DETAIL, 0,
    NULL, NULL, N_("Data") },
  { "output", "Output", N_("Output"), BATON_FIELD_JSON, BATON_FIELD_DETAIL, 0, NULL, NULL,
    N_("Data") },
  { "analytics", "Analytics", N_("Analytics"), BATON_FIELD_JSON, BATON_FIELD_DETAIL, 0, NULL, NULL,
    N_("Data") },
  { NULL },
};

/* Definition: AddQueueItem needs Queues.View and Transactions.Create. */
static const BatonAction actions[] = {
  { "add-queue-item", N_("Add item"), "list-add-symbolic", "Transactions.Create",
    .form = "add-queue-item" },
  { NULL },
};

static char *
filter_executor (BatonRecord *record)
{
  return baton_catalogue_filter_guid (record, "executor", "Key");
}

static char *
filter_creator (BatonRecord *record)
{
  return baton_catalogue_filter_guid (record, "creator", "Key");
}

static char *
filter_logs (BatonRecord *record)
{
  return baton_catalogue_filter_guid (record, "executor", "JobKey");
}

static char *
filter_queue (BatonRecord *record)
{
  return baton_catalogue_filter_number (record, "queue-id", "Id");
}

static const BatonLink links[] = {
  { N_("Job that worked on it"), "system-run-symbolic", "jobs", filter_executor },
  { N_("Logs of that job"), "text-x-generic-symbolic", "logs", filter_logs },
  { N_("Job that added it"), "system-run-symbolic", "jobs", filter_creator },
  { N_("Queue"), "view-list-ordered-symbolic", "queues", filter_queue },
  { NULL },
};

const BatonResource baton_queue_items_resource = {
  .id = "queue-items",
  .title = N_("Queue items"),
  .singular = N_("queue item"),
  .icon = "view-list-bullet-symbolic",
  .group = N_("Data"),
  .path = "/odata/QueueItems",
  .detail_path = "/odata/QueueItems(%s)",
  .detail_expand = "Robot,QueueDefinition,ReviewerUser",
  .key = "Id",
  .name = "reference",
  .expand = "Robot,QueueDefinition",
  .sort = "created",
  .sort_descending = TRUE,
  .tie_breaker = "Id",
  .scope = BATON_SCOPE_CROSS_FOLDER,
  .permission = "Transactions.View",
  .live = TRUE,
  .empty_title = N_("No queue items"),
  .empty_hint = N_("Items are added by processes, by other programs, or here by hand."),
  .fields = fields,
  .actions = actions,
  .links = links,
};
