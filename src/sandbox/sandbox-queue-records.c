/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "sandbox-clock.h"
#include "sandbox-enums.h"
#include "sandbox-list.h"
#include "sandbox-row.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-write.h"

#define SVC "UiPathODataSvc."
#define HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define MAX_DAYS 366

/* The rows of this set are made when they are asked for, and are gone again with the answer: thus
 * they take every option of OData. */
static const SandboxField records_fields[] = {
  { "QueueDefinitionId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "ProcessingTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_NOT_NULL },
  { "ReportType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NOT_NULL, sandbox_enum_report_type },
  { "NumberOfRemainingTransactions", SANDBOX_FIELD_INT32 },
  { "NumberOfInProgressTransactions", SANDBOX_FIELD_INT32 },
  { "NumberOfApplicationExceptions", SANDBOX_FIELD_INT32 },
  { "NumberOfBusinessExceptions", SANDBOX_FIELD_INT32 },
  { "NumberOfSuccessfulTransactions", SANDBOX_FIELD_INT32 },
  { "NumberOfRetriedItems", SANDBOX_FIELD_INT32 },
  { "ApplicationExceptionsProcessingTime", SANDBOX_FIELD_DOUBLE },
  { "BusinessExceptionsProcessingTime", SANDBOX_FIELD_DOUBLE },
  { "SuccessfulTransactionsProcessingTime", SANDBOX_FIELD_DOUBLE },
  { "TotalNumberOfTransactions", SANDBOX_FIELD_INT32 },
  { "TenantId", SANDBOX_FIELD_INT32 },
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { NULL },
};

static const SandboxNavigation records_navigations[] = {
  { "UiQueueMetadata", "QueueDefinitions", "QueueDefinitionId", "Id", FALSE },
  { NULL },
};

const SandboxEntitySet sandbox_set_queue_processing_records = {
  .name = "QueueProcessingRecords",
  .type = "QueueProcessingRecordDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .permission = "Queues",
  .oauth = "OR.Queues",
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "ProcessingTime",
  .fields = records_fields,
  .navigations = records_navigations,
};

/* Ended within the period; an exception that was tried again counts as one, too. */
#define ENDED "i.\"EndProcessing\" > ?3 AND i.\"EndProcessing\" <= ?4"
#define SUCCESSFUL "(WHERE i.\"Status\" = 3 AND " ENDED ")"
#define APPLICATION                                                                                \
  "(WHERE i.\"Status\" IN (2, 5) AND i.\"ProcessingExceptionType\" IS NOT 1 AND " ENDED ")"
#define BUSINESS                                                                                   \
  "(WHERE i.\"Status\" IN (2, 5) AND i.\"ProcessingExceptionType\" = 1 AND " ENDED ")"
#define SECONDS "ifnull (sum ((i.\"EndProcessing\" - i.\"StartProcessing\") / 1000000.0)"

static void
add_record (SandboxRequest *request, gint64 queue, gint64 from, gint64 to, const char *report)
{
  sandbox_statement_run (
      request->store,
      "INSERT INTO \"QueueProcessingRecords\" (\"TenantId\", \"QueueDefinitionId\", "
      "\"ProcessingTime\", \"ReportType\", \"NumberOfRemainingTransactions\", "
      "\"NumberOfInProgressTransactions\", \"NumberOfApplicationExceptions\", "
      "\"NumberOfBusinessExceptions\", \"NumberOfSuccessfulTransactions\", "
      "\"NumberOfRetriedItems\", \"ApplicationExceptionsProcessingTime\", "
      "\"BusinessExceptionsProcessingTime\", \"SuccessfulTransactionsProcessingTime\", "
      "\"TotalNumberOfTransactions\") SELECT ?1, ?2, ?4, ?5, "
      "count(*) FILTER (WHERE i.\"Status\" <> 6 AND i.\"CreationTime\" <= ?4 AND "
      "(i.\"StartProcessing\" IS NULL OR i.\"StartProcessing\" > ?4)), "
      "count(*) FILTER (WHERE i.\"StartProcessing\" <= ?4 AND (i.\"Status\" = 1 OR "
      "i.\"EndProcessing\" > ?4)), "
      "count(*) FILTER " APPLICATION ", count(*) FILTER " BUSINESS ", count(*) FILTER " SUCCESSFUL
      ", count(*) FILTER (WHERE i.\"Status\" = 5 AND " ENDED "), " SECONDS " FILTER " APPLICATION
      ", 0), " SECONDS " FILTER " BUSINESS ", 0), " SECONDS " FILTER " SUCCESSFUL
      ", 0), count(*) FILTER (WHERE i.\"Status\" IN (2, 3, 5) AND " ENDED ") "
      "FROM \"QueueItems\" i WHERE i.\"TenantId\" = ?1 AND i.\"QueueDefinitionId\" = ?2",
      "iiiii", request->tenant, queue, from, to,
      (gint64)sandbox_row_get_enum ("QueueProcessingRecords", "ReportType", report));
}

/* Of one day the hours, of more the days. */
static void
add_records (SandboxRequest *request, gint64 queue, gint64 days)
{
  gint64 now = sandbox_clock_now ();
  gint64 step = days == 1 ? HOUR : 24 * HOUR;
  gint64 n = days == 1 ? 24 : days;

  for (gint64 i = n; i > 0; i--)
    add_record (request, queue, now - i * step, now - (i - 1) * step, days == 1 ? "Hour" : "Day");
}

static void
last_days_cb (SandboxRequest *request)
{
  const char *days_text = sandbox_request_get_argument (request, "daysNo");
  const char *queue_text = sandbox_request_get_argument (request, "queueDefinitionId");
  gint64 queue, days;

  if (days_text == NULL || !g_ascii_string_to_signed (days_text, 10, 1, MAX_DAYS, &days, NULL))
    {
      sandbox_reply_error (request, 400, 1000, "'daysNo' must be a number from 1 to %d.", MAX_DAYS);
      return;
    }
  queue = sandbox_write_find_row (request, &sandbox_set_queue_definitions, "Id",
                                  queue_text != NULL ? queue_text : "");
  if (queue == 0)
    return;

  sandbox_store_begin (request->store);
  add_records (request, queue, days);
  sandbox_list_reply_all (request, &sandbox_set_queue_processing_records);
  sandbox_store_rollback (request->store);
}

const SandboxOperation sandbox_queue_records_operations[] = {
  { "GET", "/odata/QueueProcessingRecords/" SVC "RetrieveLastDaysProcessingRecords", SANDBOX_SIGNED,
    SANDBOX_SCOPE_FOLDER, "Queues.View&Transactions.View", last_days_cb },
  { NULL },
};
