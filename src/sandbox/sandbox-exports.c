/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "sandbox-blob-access.h"
#include "sandbox-export.h"
#include "sandbox-list.h"
#include "sandbox-row.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-write.h"

#define US "UiPath.Server.Configuration.OData."
#define SVC "UiPathODataSvc."
#define ERROR_NOT_FOUND 1002
#define ERROR_ITEM_IN_USE 1013
#define LINK_MINUTES 30

static void
export_jobs_cb (SandboxRequest *request)
{
  g_autoptr (SandboxSql) sql = sandbox_list_begin (request, &sandbox_set_jobs);

  sandbox_export_reply (request, &sandbox_set_jobs, sql, "Jobs", "Jobs");
}

static void
export_logs_cb (SandboxRequest *request)
{
  g_autoptr (SandboxSql) sql = sandbox_list_begin (request, &sandbox_set_robot_logs);

  sandbox_export_reply (request, &sandbox_set_robot_logs, sql, "Logs", "Logs");
}

/* The items of one queue. */
static void
export_queue_cb (SandboxRequest *request)
{
  gint64 queue
      = sandbox_write_find_row (request, &sandbox_set_queue_definitions, "Id", request->key);
  g_autofree char *name = NULL;
  g_autoptr (SandboxSql) sql = NULL;

  if (queue == 0)
    return;
  name = sandbox_statement_ask_text (
      request->store, "SELECT \"Name\" FROM \"QueueDefinitions\" WHERE \"Id\" = ?", "i", queue);
  sql = sandbox_list_begin (request, &sandbox_set_queue_items);
  sandbox_sql_add_condition (sql, "t.\"QueueDefinitionId\" = ?", 1, queue);
  sandbox_export_reply (request, &sandbox_set_queue_items, sql, "Queues", name);
}

/* Returns: the export that the key names where it is the caller's; answers and returns 0 where it
 * is not. */
static gint64
find_own (SandboxRequest *request)
{
  gint64 id = sandbox_statement_ask (request->store,
                                     "SELECT \"Id\" FROM \"Exports\" WHERE \"TenantId\" = ?"
                                     " AND \"UserId\" = ? AND \"Id\" = ?",
                                     "iis", request->tenant, request->user, request->key);

  if (id == 0)
    sandbox_reply_error (request, 404, ERROR_NOT_FOUND, "The export %s does not exist.",
                         request->key);

  return id;
}

static void
get_cb (SandboxRequest *request)
{
  gint64 id = find_own (request);

  if (id != 0)
    sandbox_reply_entity (request, 200, &sandbox_set_exports, id);
}

static gboolean
is_completed (SandboxRequest *request, gint64 id)
{
  return sandbox_statement_ask (request->store,
                                "SELECT \"Status\" FROM \"Exports\" WHERE \"Id\" = ?", "i", id)
         == sandbox_row_get_enum ("Exports", "Status", "Completed");
}

static void
link_cb (SandboxRequest *request)
{
  gint64 id = find_own (request);
  g_autofree char *path = g_strdup_printf ("/api/ExportFiles/%" G_GINT64_FORMAT, id);

  if (id == 0)
    return;
  if (is_completed (request, id))
    sandbox_blob_access_reply (request, path, "GET", LINK_MINUTES, NULL);
  else
    sandbox_reply_error (request, 409, ERROR_ITEM_IN_USE,
                         "The export %s is not completed, so there is nothing to download.",
                         request->key);
}

static void
set_file_name (SandboxRequest *request, const char *id)
{
  g_autoptr (GHashTable) parameters = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *name = sandbox_statement_ask_text (
      request->store, "SELECT \"Name\" FROM \"Exports\" WHERE \"Id\" = ?", "s", id);

  g_hash_table_insert (parameters, (gpointer) "filename", name);
  soup_message_headers_set_content_disposition (
      soup_server_message_get_response_headers (request->message), "attachment", parameters);
}

static void
download_cb (SandboxRequest *request)
{
  const char *id = sandbox_request_get_argument (request, "id");
  SoupMessageBody *body = soup_server_message_get_response_body (request->message);
  sqlite3_stmt *statement;

  if (!sandbox_blob_access_check (request))
    return;

  statement = sandbox_statement_open (
      request->store,
      "SELECT p.\"Text\" FROM \"ExportParts\" p JOIN \"Exports\" e ON e.\"Id\" = p.\"ExportId\""
      " WHERE e.\"TenantId\" = ? AND p.\"ExportId\" = ? ORDER BY p.\"Part\"",
      "is", request->tenant, id);
  while (sqlite3_step (statement) == SQLITE_ROW)
    soup_message_body_append (body, SOUP_MEMORY_COPY, sqlite3_column_text (statement, 0),
                              (gsize)sqlite3_column_bytes (statement, 0));
  sandbox_store_done (statement);

  soup_message_headers_set_content_type (
      soup_server_message_get_response_headers (request->message), "text/csv; charset=utf-8", NULL);
  set_file_name (request, id);
  sandbox_reply_empty (request, 200);
}

const SandboxOperation sandbox_exports_operations[] = {
  { "POST", "/odata/Jobs/" US "Export", SANDBOX_SIGNED, SANDBOX_SCOPE_CROSS_FOLDER, "Jobs.View",
    export_jobs_cb },
  { "POST", "/odata/RobotLogs/" US "Export", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, "Logs.View",
    export_logs_cb },
  { "POST", "/odata/QueueDefinitions({key})/" SVC "Export", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "Queues.View&Transactions.View", export_queue_cb },
  { "GET", "/odata/Exports({key})", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, NULL, get_cb },
  { "GET", "/odata/Exports({key})/" US "GetDownloadLink", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    NULL, link_cb },
  { "GET", "/api/ExportFiles/{id}", SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, download_cb },
  { NULL },
};
