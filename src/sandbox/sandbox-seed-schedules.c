/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-cron.h"
#include "sandbox-seed-private.h"

/* The service looks at its queue triggers again this often. */
#define QUEUE_CRON "0 0/30 * 1/1 * ? *"

/* The names of a time zone: as Windows has it, as IANA has it. */
#define UTC "UTC", "Etc/UTC"
#define BERLIN "W. Europe Standard Time", "Europe/Berlin"
#define LONDON "GMT Standard Time", "Europe/London"

typedef struct
{
  const char *name;
  const char *process;
  const char *cron; /* Quartz */
  const char *summary;
  const char *zone;
  const char *iana;
  gboolean disabled;
  const char *queue; /* (nullable): a queue trigger */
} Schedule;

static const Schedule schedules[] = {
  { "Invoices every 15 minutes", "Invoice_Posting", "0 0/15 * 1/1 * ? *", "Every 15 minutes", UTC },
  { "Match invoices",
    "Invoice_Matching",
    "0 10 6 ? * MON-FRI *",
    "At 06:10 AM, Monday through Friday",
    BERLIN },
  { "Bank statements in the morning",
    "Bank_Reconciliation",
    "0 30 5 1/1 * ? *",
    "At 05:30 AM",
    BERLIN },
  { "Bank statements at noon",
    "Bank_Reconciliation",
    "0 0 12 ? * MON-FRI *",
    "At 12:00 PM, Monday through Friday",
    LONDON },
  { "Sales report", "Daily_Sales_Report", "0 0 7 1/1 * ? *", "At 07:00 AM", BERLIN },
  { "Dunning run", "Dunning_Letters", "0 0 9 ? * MON *", "At 09:00 AM, only on Monday", BERLIN },
  { "Stock every 5 minutes", "Stock_Sync", "0 0/5 * 1/1 * ? *", "Every 5 minutes", UTC },
  { "Customer addresses", "Customer_Master_Data_Sync", "0 0 0/1 1/1 * ? *", "Every hour", UTC },
  { "Contracts on the first",
    "Contract_Renewal_Reminder",
    "0 0 8 1 1/1 ? *",
    "At 08:00 AM, on day 1 of the month",
    LONDON },
  { "Expense audit (paused for the audit season)",
    "Expense_Report_Audit",
    "0 0 20 ? * FRI *",
    "At 08:00 PM, only on Friday",
    BERLIN,
    TRUE },
  { "Web shop orders", "Order_Entry", QUEUE_CRON, "Every 30 minutes", UTC, FALSE, "Orders_Web" },
  { "New colleagues", "HR_Onboarding", QUEUE_CRON, "Every 30 minutes", UTC, FALSE, "New_Hires" },
  { "Archive at night", "Invoice_Archiving", "0 0 2 1/1 * ? *", "At 02:00 AM", UTC },
  { "Payroll on the 25th",
    "Payroll_Export",
    "0 0 18 25 1/1 ? *",
    "At 06:00 PM, on day 25 of the month",
    BERLIN },
  { "Rücksendungen",
    "Ruecksendung_Bearbeiten",
    QUEUE_CRON,
    "Every 30 minutes",
    UTC,
    FALSE,
    "Rücksendungen" },
  { "Goods receipt", "Goods_Receipt_Check", "0 0/20 * 1/1 * ? *", "Every 20 minutes", UTC },
};

static gint64
find_queue (SandboxSeed *self, const char *name)
{
  gint64 id = 0;
  sqlite3_stmt *statement = sandbox_store_prepare (
      self->store,
      "SELECT \"Id\" FROM \"QueueDefinitions\" WHERE \"TenantId\" = ? AND \"Name\" = ?");

  sqlite3_bind_int64 (statement, 1, self->tenant);
  sqlite3_bind_text (statement, 2, name, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_ROW)
    id = sqlite3_column_int64 (statement, 0);
  sandbox_store_done (statement);

  return id;
}

static void
make_queue_trigger (SandboxSeed *self,
                    gint64 id,
                    const SandboxSeedRelease *release,
                    const char *queue)
{
  gint64 queue_id = find_queue (self, queue);

  sandbox_update (self->store,
                  "ProcessSchedules",
                  id,
                  SANDBOX_INT ("QueueDefinitionId", queue_id),
                  SANDBOX_TEXT ("QueueDefinitionName", queue),
                  SANDBOX_INT ("ItemsActivationThreshold", 1),
                  SANDBOX_INT ("ItemsPerJobActivationTarget", 20),
                  SANDBOX_INT ("MaxJobsForActivation", 3),
                  SANDBOX_INT ("ActivateOnJobComplete", TRUE));
  sandbox_update (self->store,
                  "QueueDefinitions",
                  queue_id,
                  SANDBOX_INT ("ProcessScheduleId", id),
                  SANDBOX_INT ("ReleaseId", release->id),
                  SANDBOX_INT ("IsProcessInCurrentFolder", TRUE));
}

/* The web shop asks for its orders to be entered at once. */
static void
add_http_trigger (SandboxSeed *self)
{
  const SandboxSeedRelease *release = sandbox_seed_find_release (self, "Order_Entry");
  char id[37];
  char key[37];

  if (release == NULL)
    return;

  sandbox_insert (self->store, "HttpTriggers", SANDBOX_INT ("TenantId", self->tenant),
                  SANDBOX_INT ("OrganizationUnitId", release->folder),
                  SANDBOX_TEXT ("Id", sandbox_seed_guid (self, id)),
                  SANDBOX_TEXT ("Key", sandbox_seed_guid (self, key)),
                  SANDBOX_TEXT ("Name", "Order from the web shop"), SANDBOX_INT ("Enabled", TRUE),
                  SANDBOX_TEXT ("ReleaseKey", release->key),
                  SANDBOX_TEXT ("ReleaseName", release->process->name),
                  SANDBOX_ENUM ("Method", "Post"), SANDBOX_TEXT ("Slug", "web-shop/order"),
                  SANDBOX_ENUM ("CallingMode", "LongPolling"), SANDBOX_INT ("JobCount", 1),
                  SANDBOX_ENUM ("JobPriority", "High"), SANDBOX_INT ("SpecificPriorityValue", 65),
                  SANDBOX_ENUM ("RuntimeType", "Unattended"), SANDBOX_TEXT ("MachineRobots", "[]"));
}

void
sandbox_seed_schedules (SandboxSeed *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (schedules); i++)
    {
      const Schedule *schedule = &schedules[i];
      SandboxSeedRelease *release = sandbox_seed_find_release (self, schedule->process);
      g_autofree char *details = NULL;
      gint64 next = 0;
      char key[37];
      gint64 id;

      if (release == NULL)
        continue;

      if (!schedule->disabled)
        next = sandbox_cron_find_next (schedule->cron, schedule->iana, self->now);

      details = g_strdup_printf (
          "{\"type\":5,\"minutely\":{},\"hourly\":{},\"daily\":{},\"weekly\":{\"weekdays\":[]},"
          "\"monthly\":{\"weekdays\":[]},\"advancedCron\":\"%s\"}",
          schedule->cron);
      id = sandbox_insert (self->store,
                           "ProcessSchedules",
                           SANDBOX_INT ("TenantId", self->tenant),
                           SANDBOX_INT ("OrganizationUnitId", release->folder),
                           SANDBOX_TEXT ("Key", sandbox_seed_guid (self, key)),
                           SANDBOX_INT ("Enabled", !schedule->disabled),
                           SANDBOX_TEXT ("Name", schedule->name),
                           SANDBOX_INT ("ReleaseId", release->id),
                           SANDBOX_TEXT ("ReleaseKey", release->key),
                           SANDBOX_TEXT ("ReleaseName", release->process->name),
                           SANDBOX_TEXT ("PackageName", release->process->name),
                           SANDBOX_TEXT ("EntryPointPath", "Main.xaml"),
                           SANDBOX_ENUM ("JobPriority", "Normal"),
                           SANDBOX_INT ("SpecificPriorityValue", 45),
                           SANDBOX_ENUM ("RuntimeType", "Unattended"),
                           SANDBOX_TEXT ("StartProcessCron", schedule->cron),
                           SANDBOX_TEXT ("StartProcessCronDetails", details),
                           SANDBOX_TEXT ("StartProcessCronSummary", schedule->summary),
                           SANDBOX_TIME ("StartProcessNextOccurrence", next),
                           SANDBOX_INT ("StartStrategy", 1),
                           SANDBOX_TEXT ("ExecutorRobots", "[]"),
                           SANDBOX_TEXT ("MachineRobots", "[]"),
                           SANDBOX_TEXT ("TimeZoneId", schedule->zone),
                           SANDBOX_TEXT ("TimeZoneIana", schedule->iana),
                           SANDBOX_INT ("UseCalendar", FALSE),
                           SANDBOX_INT ("RunAsMe", FALSE),
                           SANDBOX_INT ("IsConnected", TRUE));
      if (schedule->queue != NULL)
        make_queue_trigger (self, id, release, schedule->queue);
      release->schedule = id;
      release->schedule_name = schedule->name;
      release->by_queue = schedule->queue != NULL;
    }
  add_http_trigger (self);
}
