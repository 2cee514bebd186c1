/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-alert.h"

#include "sandbox-clock.h"
#include "sandbox-event.h"
#include "sandbox-row.h"
#include "sandbox-statement.h"

/* Version 4, variant 1. */
#define NEW_GUID                                                                                   \
  "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' ||"                               \
  " substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' ||"              \
  " hex(randomblob(6)))"

/* The events that raise one. */
static const struct
{
  const char *event;
  const char *component;
  const char *severity;
  const char *name;
  const char *data; /* SQL that makes it out of the entity ?1 */
} raised[] = {
  { "job.faulted", "Jobs", "Error", "Job.Faulted",
    "SELECT json_object ('JobId', \"Id\", 'ProcessName', \"ReleaseName\", 'HostMachineName', "
    "\"HostMachineName\", 'FolderId', \"OrganizationUnitId\", 'Message', \"Info\") FROM \"Jobs\" "
    "WHERE \"Id\" = ?1" },
  { "schedule.failed", "Schedules", "Error", "Schedule.Failed",
    "SELECT json_object ('ScheduleId', \"Id\", 'ScheduleName', \"Name\", 'FolderId', "
    "\"OrganizationUnitId\") FROM \"ProcessSchedules\" WHERE \"Id\" = ?1" },
  { "queueItem.transactionFailed", "Transactions", "Error", "Transaction.Failed",
    "SELECT json_object ('QueueItemId', \"Id\", 'QueueDefinitionId', \"QueueDefinitionId\", "
    "'FolderId', \"OrganizationUnitId\") FROM \"QueueItems\" WHERE \"Id\" = ?1" },
};

void
sandbox_alert_raise (SandboxStore *store, const SandboxAlert *alert)
{
  g_return_if_fail (SANDBOX_IS_STORE (store));
  g_return_if_fail (alert != NULL);

  sandbox_statement_run (
      store,
      "INSERT INTO \"Alerts\" (\"Id\", \"UserNotificationId\", \"TenantId\", \"UserId\", "
      "\"NotificationName\", \"Data\", \"Component\", \"Severity\", \"CreationTime\", \"State\")"
      " SELECT " NEW_GUID ", " NEW_GUID ", u.\"TenantId\", u.\"Id\", ?2, ?3, ?4, ?5, ?6, 0"
      " FROM \"Users\" u WHERE u.\"TenantId\" = ?1 AND EXISTS (SELECT 1 FROM \"UserRoles\" m JOIN "
      "\"RolePermissions\" p ON p.\"RoleId\" = m.\"RoleId\" WHERE m.\"UserId\" = u.\"Id\" AND "
      "p.\"Name\" = 'Alerts.View' AND p.\"IsGranted\")",
      "issiii", alert->tenant, alert->name, alert->data,
      (gint64)sandbox_row_get_enum ("Alerts", "Component", alert->component),
      (gint64)sandbox_row_get_enum ("Alerts", "Severity", alert->severity), sandbox_clock_now ());
}

static void
event_cb (const SandboxEvent *event, gpointer user_data)
{
  SandboxStore *store = user_data;

  for (gsize i = 0; i < G_N_ELEMENTS (raised); i++)
    {
      g_autofree char *data = NULL;

      if (!g_str_equal (raised[i].event, event->type))
        continue;
      data = sandbox_statement_ask_text (store, raised[i].data, "i", event->id);
      sandbox_alert_raise (store, &(SandboxAlert){ event->tenant, raised[i].component,
                                                   raised[i].severity, raised[i].name, data });
    }
}

void
sandbox_alert_init (SandboxServer *server)
{
  SandboxStore *store;

  g_return_if_fail (SANDBOX_IS_SERVER (server));

  store = sandbox_server_get_store (server);
  sandbox_event_listen (store, event_cb, store);
}
