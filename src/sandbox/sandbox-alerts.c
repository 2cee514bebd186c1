/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include <baton-json.h>

#include "sandbox-alert.h"
#include "sandbox-body.h"
#include "sandbox-enums.h"
#include "sandbox-list.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"

#define US "UiPath.Server.Configuration.OData."
#define ERROR_NOT_FOUND 1002

static const SandboxBodyField read_fields[] = { { "ids", SANDBOX_BODY_ARRAY }, { NULL } };
static const SandboxBodyField raise_fields[]
    = { { "processAlert", SANDBOX_BODY_OBJECT }, { NULL } };

/* Definition: ProcessAlertDto. */
static const SandboxBodyField process_fields[] = {
  { "Message", SANDBOX_BODY_TEXT, 1, 512 },
  { "Severity", SANDBOX_BODY_ENUM, .names = sandbox_enum_alert_severity },
  { "RobotName", SANDBOX_BODY_TEXT, 1, 512 },
  { "ProcessName", SANDBOX_BODY_TEXT, 1, 512 },
  { NULL },
};

static void
list_cb (SandboxRequest *request)
{
  g_autoptr (SandboxSql) sql = sandbox_list_begin (request, &sandbox_set_alerts);

  sandbox_sql_add_condition (sql, "t.\"UserId\" = ?", 1, request->user);
  sandbox_list_reply (request, &sandbox_set_alerts, sql);
}

static void
reply_unread (SandboxRequest *request)
{
  gint64 count = sandbox_statement_ask (
      request->store, "SELECT count(*) FROM \"Alerts\" WHERE \"UserId\" = ? AND \"State\" = 0", "i",
      request->user);
  g_autofree char *json = g_strdup_printf ("%" G_GINT64_FORMAT, count);

  sandbox_reply_value (request, "Edm.Int64", json);
}

/* Answers where one of them is none of the caller's. */
static gboolean
mark_all (SandboxRequest *request, JsonArray *ids)
{
  for (guint i = 0; i < baton_json_length (ids); i++)
    {
      const char *id = baton_json_peek_string_at (ids, i);
      g_autofree char *lower = g_ascii_strdown (id != NULL ? id : "", -1);

      sandbox_statement_run (request->store,
                             "UPDATE \"Alerts\" SET \"State\" = 1 WHERE \"TenantId\" = ? AND "
                             "\"UserId\" = ? AND \"Id\" = ?",
                             "iis", request->tenant, request->user, lower);
      if (sandbox_store_changes (request->store) > 0)
        continue;
      sandbox_reply_error (request, 404, ERROR_NOT_FOUND, "The alert %s does not exist.", lower);
      return FALSE;
    }

  return TRUE;
}

static void
mark_cb (SandboxRequest *request)
{
  if (!sandbox_body_check (request, request->body, "alertsMarkAsReadParameters", read_fields)
      || !sandbox_body_require (request, request->body, "ids", NULL))
    return;

  sandbox_store_begin (request->store);
  if (!mark_all (request, baton_json_peek_array (request->body, "ids")))
    {
      sandbox_store_rollback (request->store);
      return;
    }
  sandbox_store_commit (request->store);
  reply_unread (request);
}

static void
raise_cb (SandboxRequest *request)
{
  JsonObject *alert;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *data = NULL;

  if (!sandbox_body_check (request, request->body, "raiseProcessAlertParameters", raise_fields)
      || !sandbox_body_require (request, request->body, "processAlert", NULL))
    return;
  alert = baton_json_peek_object (request->body, "processAlert");
  if (!sandbox_body_check (request, alert, "processAlertDto", process_fields)
      || !sandbox_body_require (request, alert, "Message", "Severity", "RobotName", "ProcessName",
                                NULL))
    return;

  json_node_set_object (node, alert);
  data = baton_json_to_text (node, FALSE);
  sandbox_alert_raise (request->store,
                       &(SandboxAlert){ request->tenant, "Process",
                                        sandbox_enum_alert_severity[sandbox_body_get_enum (
                                            alert, "Severity", sandbox_enum_alert_severity, 0)],
                                        "Process.Alert", data });
  sandbox_reply_empty (request, 200);
}

const SandboxOperation sandbox_alerts_operations[] = {
  { "GET", "/odata/Alerts", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, "Alerts.View", list_cb },
  { "GET", "/odata/Alerts/" US "GetUnreadCount", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Alerts.View", reply_unread },
  { "POST", "/odata/Alerts/" US "MarkAsRead", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, "Alerts.View",
    mark_cb },
  { "POST", "/odata/Alerts/" US "RaiseProcessAlert", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Alerts.Create", raise_cb },
  { NULL },
};
