/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-seed-private.h"
#include "sandbox-statement.h"

#define MAX_ALERTS 25

typedef struct
{
  char id[37];
  char other[37];
  char *data; /* (owned) */
  gint64 time;
} Alert;

static void
alert_clear (Alert *self)
{
  g_free (self->data);
}

/* The last jobs that faulted. */
static GArray *
list_alerts (SandboxSeed *self)
{
  GArray *alerts = g_array_new (FALSE, TRUE, sizeof (Alert));
  sqlite3_stmt *statement = sandbox_statement_open (
      self->store,
      "SELECT \"EndTime\", json_object ('JobId', \"Id\", 'ProcessName', \"ReleaseName\", "
      "'HostMachineName', \"HostMachineName\", 'FolderId', \"OrganizationUnitId\", 'Message', "
      "\"Info\") FROM \"Jobs\" WHERE \"State\" = ?1 AND \"TenantId\" = ?2 ORDER BY \"Id\" DESC "
      "LIMIT ?3",
      "iii", (gint64)sandbox_row_get_enum ("Jobs", "State", "Faulted"), self->tenant,
      (gint64)MAX_ALERTS);

  g_array_set_clear_func (alerts, (GDestroyNotify)alert_clear);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      Alert alert = { .time = sqlite3_column_int64 (statement, 0),
                      .data = g_strdup ((const char *)sqlite3_column_text (statement, 1)) };

      sandbox_seed_guid (self, alert.id);
      sandbox_seed_guid (self, alert.other);
      g_array_append_val (alerts, alert);
    }
  sandbox_store_done (statement);

  return alerts;
}

/* The administrator's, of whom he has read the older ones. */
void
sandbox_seed_alerts (SandboxSeed *self)
{
  g_autoptr (GArray) alerts = list_alerts (self);

  for (guint i = 0; i < alerts->len; i++)
    {
      const Alert *alert = &g_array_index (alerts, Alert, i);

      sandbox_insert (self->store, "Alerts", SANDBOX_INT ("TenantId", self->tenant),
                      SANDBOX_INT ("UserId", self->admin), SANDBOX_TEXT ("Id", alert->id),
                      SANDBOX_TEXT ("UserNotificationId", alert->other),
                      SANDBOX_TEXT ("NotificationName", "Job.Faulted"),
                      SANDBOX_TEXT ("Data", alert->data), SANDBOX_ENUM ("Component", "Jobs"),
                      SANDBOX_ENUM ("Severity", "Error"),
                      SANDBOX_TIME ("CreationTime", alert->time),
                      SANDBOX_ENUM ("State", i < 8 ? "Unread" : "Read"));
    }
}
