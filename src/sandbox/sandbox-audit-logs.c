/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "sandbox-export.h"
#include "sandbox-list.h"
#include "sandbox-sets.h"
#include "sandbox-write.h"

#define US "UiPath.Server.Configuration.OData."
#define ERROR_INVALID_REQUEST 1000

/* The components that the audited service TestAutomation has to itself (definition: AuditedService
 * and the names of Component); the rest is Orchestrator's. */
#define TEST_AUTOMATION "TestSets"

/* Reads @service, a header or a parameter that may lack. Answers where it names none. */
static gboolean
read_service (SandboxRequest *request, const char *service, gboolean *is_testing)
{
  *is_testing = service != NULL && g_ascii_strcasecmp (service, "TestAutomation") == 0;
  if (*is_testing || service == NULL || *service == '\0'
      || g_ascii_strcasecmp (service, "Orchestrator") == 0)
    return TRUE;

  sandbox_reply_error (request, 400, ERROR_INVALID_REQUEST, "There is no audited service '%s'.",
                       service);

  return FALSE;
}

static const char *
get_header (SandboxRequest *request)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (request->message),
                                       "x-UIPATH-AuditedService");
}

/* Returns: (transfer full): the lines of one service. The names of TestAutomation's components are
 * the last ones. */
static SandboxSql *
begin (SandboxRequest *request, gboolean is_testing)
{
  SandboxSql *sql = sandbox_list_begin (request, &sandbox_set_audit_logs);
  const SandboxField *component
      = sandbox_entity_set_find_field (&sandbox_set_audit_logs, "Component");

  sandbox_sql_add_condition (sql, is_testing ? "t.\"Component\" >= ?" : "t.\"Component\" < ?", 1,
                             (gint64)sandbox_field_find_name (component, TEST_AUTOMATION));

  return sql;
}

static void
list_cb (SandboxRequest *request)
{
  gboolean is_testing;
  g_autoptr (SandboxSql) sql = NULL;

  if (!read_service (request, get_header (request), &is_testing))
    return;
  sql = begin (request, is_testing);
  sandbox_list_reply (request, &sandbox_set_audit_logs, sql);
}

static void
export_cb (SandboxRequest *request)
{
  gboolean is_testing;
  g_autoptr (SandboxSql) sql = NULL;

  if (!read_service (request, sandbox_request_get_query (request, "auditedService"), &is_testing))
    return;
  sql = begin (request, is_testing);
  sandbox_export_reply (request, &sandbox_set_audit_logs, sql,
                        is_testing ? "TestAutomationAudit" : "OrchestratorAudit", "Audit");
}

static void
details_cb (SandboxRequest *request)
{
  const char *key = sandbox_request_get_argument (request, "auditLogId");
  gint64 id
      = sandbox_write_find_row (request, &sandbox_set_audit_logs, "Id", key != NULL ? key : "");
  g_autoptr (SandboxSql) sql = NULL;

  if (id == 0)
    return;
  sql = sandbox_list_begin (request, &sandbox_set_audit_log_entities);
  sandbox_sql_add_condition (sql, "t.\"AuditLogId\" = ?", 1, id);
  sandbox_list_reply (request, &sandbox_set_audit_log_entities, sql);
}

const SandboxOperation sandbox_audit_logs_operations[] = {
  { "GET", "/odata/AuditLogs", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, "Audit.View", list_cb },
  { "POST", "/odata/AuditLogs/" US "Export", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, "Audit.View",
    export_cb },
  { "GET", "/odata/AuditLogs/" US "GetAuditLogDetails", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Audit.View", details_cb },
  { NULL },
};
