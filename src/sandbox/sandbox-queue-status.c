/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"
#include "sandbox-share.h"
#include "sandbox-writer.h"

/* The numbers of QueueItemDto.Status and ProcessingExceptionType in the definition's order. */
#define SUCCESSFUL "i.\"Status\" = 3"
#define APPLICATION "i.\"Status\" = 2 AND i.\"ProcessingExceptionType\" IS NOT 1"
#define BUSINESS "i.\"Status\" = 2 AND i.\"ProcessingExceptionType\" = 1"
#define SECONDS "(i.\"EndProcessing\" - i.\"StartProcessing\") / 1000000.0"

typedef enum
{
  NUMBER,
  REAL,
  TEXT,
  TRUTH,
  TIME,
} Kind;

/* Definition: QueueProcessingStatusDto, a property and what it is of the queue "q" and its items
 * "i". */
static const struct
{
  const char *name;
  Kind kind;
  const char *sql;
} columns[] = {
  { "Id", NUMBER, "q.\"Id\"" },
  { "ItemsToProcess", NUMBER, "count(*) FILTER (WHERE i.\"Status\" = 0)" },
  { "ItemsInProgress", NUMBER, "count(*) FILTER (WHERE i.\"Status\" = 1)" },
  { "QueueDefinitionId", NUMBER, "q.\"Id\"" },
  { "QueueDefinitionKey", TEXT, "q.\"Key\"" },
  { "QueueDefinitionName", TEXT, "q.\"Name\"" },
  { "QueueDefinitionDescription", TEXT, "q.\"Description\"" },
  { "QueueDefinitionAcceptAutomaticallyRetry", TRUTH, "q.\"AcceptAutomaticallyRetry\"" },
  { "QueueDefinitionRetryAbandonedItems", TRUTH, "q.\"RetryAbandonedItems\"" },
  { "QueueDefinitionMaxNumberOfRetries", NUMBER, "q.\"MaxNumberOfRetries\"" },
  { "QueueDefinitionEnforceUniqueReference", TRUTH, "q.\"EnforceUniqueReference\"" },
  { "ProcessingMeanTime", REAL, "avg(" SECONDS ")" },
  { "SuccessfulTransactionsNo", NUMBER, "count(*) FILTER (WHERE " SUCCESSFUL ")" },
  { "ApplicationExceptionsNo", NUMBER, "count(*) FILTER (WHERE " APPLICATION ")" },
  { "BusinessExceptionsNo", NUMBER, "count(*) FILTER (WHERE " BUSINESS ")" },
  { "SuccessfulTransactionsProcessingTime", REAL,
    "avg(" SECONDS ") FILTER (WHERE " SUCCESSFUL ")" },
  { "ApplicationExceptionsProcessingTime", REAL,
    "avg(" SECONDS ") FILTER (WHERE " APPLICATION ")" },
  { "BusinessExceptionsProcessingTime", REAL, "avg(" SECONDS ") FILTER (WHERE " BUSINESS ")" },
  { "TotalNumberOfTransactions", NUMBER, "count(*) FILTER (WHERE i.\"Status\" IN (2, 3))" },
  { "LastProcessed", TIME, "max(i.\"EndProcessing\")" },
  { "ReleaseName", TEXT,
    "(SELECT r.\"Name\" FROM \"Releases\" r WHERE r.\"Id\" = q.\"ReleaseId\")" },
  { "ReleaseId", NUMBER, "q.\"ReleaseId\"" },
  { "IsProcessInCurrentFolder", TRUTH, "q.\"IsProcessInCurrentFolder\"" },
  { "SpecificDataJsonSchemaExists", TRUTH, "q.\"SpecificDataJsonSchema\" IS NOT NULL" },
  { "OutputDataJsonSchemaExists", TRUTH, "q.\"OutputDataJsonSchema\" IS NOT NULL" },
  { "AnalyticsDataJsonSchemaExists", TRUTH, "q.\"AnalyticsDataJsonSchema\" IS NOT NULL" },
  { "ProcessScheduleId", NUMBER, "q.\"ProcessScheduleId\"" },
  { "QueueFoldersCount", NUMBER, SANDBOX_FOLDERS_COUNT_OF ("q", "QueueDefinitions") },
};

static void
append_value (GString *json, sqlite3_stmt *statement, int column)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  switch (columns[column].kind)
    {
    case NUMBER:
      g_string_append_printf (json, "%" G_GINT64_FORMAT,
                              (gint64) sqlite3_column_int64 (statement, column));
      break;
    case REAL:
      g_string_append (json, g_ascii_formatd (number, sizeof number, "%.3f",
                                              sqlite3_column_double (statement, column)));
      break;
    case TEXT:
      sandbox_json_append_string (json, (const char *) sqlite3_column_text (statement, column));
      break;
    case TRUTH:
      g_string_append (json, sqlite3_column_int (statement, column) != 0 ? "true" : "false");
      break;
    case TIME:
      sandbox_json_append_time (json, sqlite3_column_int64 (statement, column));
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
append_row (GString *json, sqlite3_stmt *statement)
{
  g_string_append_c (json, '{');
  for (int i = 0; i < (int) G_N_ELEMENTS (columns); i++)
    {
      if (sqlite3_column_type (statement, i) == SQLITE_NULL)
        continue;
      g_string_append_printf (json, "\"%s\":", columns[i].name);
      append_value (json, statement, i);
      g_string_append_c (json, ',');
    }
  json->str[json->len - 1] = '}';
}

static void
processing_status_cb (SandboxRequest *request)
{
  g_autoptr (GString) sql = g_string_new ("SELECT ");
  g_autofree char *context = g_strdup_printf ("%s/odata/$metadata#QueueProcessingRecords",
                                              request->base);
  GString *json = g_string_new ("{\"@odata.context\":");
  sqlite3_stmt *statement;

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    g_string_append_printf (sql, "%s%s", i > 0 ? ", " : "", columns[i].sql);
  g_string_append (
      sql,
      " FROM \"QueueDefinitions\" q LEFT JOIN \"QueueItems\" i ON i.\"QueueDefinitionId\" = "
      "q.\"Id\""
      " AND i.\"TenantId\" = q.\"TenantId\" AND i.\"OrganizationUnitId\" = q.\"OrganizationUnitId\""
      " WHERE q.\"TenantId\" = ? AND q.\"OrganizationUnitId\" = ?"
      " GROUP BY q.\"Id\" ORDER BY q.\"Name\"");

  sandbox_json_append_string (json, context);
  g_string_append (json, ",\"value\":[");
  statement = sandbox_store_prepare (request->store, sql->str);
  sqlite3_bind_int64 (statement, 1, request->tenant);
  sqlite3_bind_int64 (statement, 2, request->folder);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      if (json->str[json->len - 1] == '}')
        g_string_append_c (json, ',');
      append_row (json, statement);
    }
  sandbox_store_done (statement);
  g_string_append (json, "]}");
  sandbox_reply_json (request, SOUP_STATUS_OK, json);
}

const SandboxOperation sandbox_queue_status_operations[] = {
  { "GET", "/odata/QueueProcessingRecords/UiPathODataSvc.RetrieveQueuesProcessingStatus",
    SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, "Queues.View", processing_status_cb },
  { NULL },
};
