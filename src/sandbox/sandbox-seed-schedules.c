/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-seed-private.h"

/* Days of the week, Monday first, as bits. */
#define EVERY_DAY 0x7f
#define WORKDAYS 0x1f
#define MONDAY 0x01
/* The service looks at its queue triggers again this often. */
#define QUEUE_CRON "0 0/30 * 1/1 * ? *"

typedef struct
{
  const char *name;
  const char *process;
  const char *cron;    /* Quartz */
  const char *summary;
  const char *zone;    /* as Windows calls it */
  const char *iana;
  guint every;         /* minutes, 0: at a time of the day */
  guint days;          /* of the week */
  guint day;           /* of the month, 0: any */
  guint hour;
  guint minute;
  gboolean disabled;
  const char *queue;   /* (nullable): a queue trigger */
} Schedule;

static const Schedule schedules[] = {
  { "Invoices every 15 minutes", "Invoice_Posting", "0 0/15 * 1/1 * ? *", "Every 15 minutes", "UTC", "Etc/UTC", 15 },
  { "Match invoices", "Invoice_Matching", "0 10 6 ? * MON-FRI *", "At 06:10 AM, Monday through Friday",
    "W. Europe Standard Time", "Europe/Berlin", 0, WORKDAYS, 0, 6, 10 },
  { "Bank statements in the morning", "Bank_Reconciliation", "0 30 5 1/1 * ? *", "At 05:30 AM", "W. Europe Standard Time",
    "Europe/Berlin", 0, EVERY_DAY, 0, 5, 30 },
  { "Bank statements at noon", "Bank_Reconciliation", "0 0 12 ? * MON-FRI *", "At 12:00 PM, Monday through Friday",
    "GMT Standard Time", "Europe/London", 0, WORKDAYS, 0, 12, 0 },
  { "Sales report", "Daily_Sales_Report", "0 0 7 1/1 * ? *", "At 07:00 AM", "W. Europe Standard Time", "Europe/Berlin", 0,
    EVERY_DAY, 0, 7, 0 },
  { "Dunning run", "Dunning_Letters", "0 0 9 ? * MON *", "At 09:00 AM, only on Monday", "W. Europe Standard Time",
    "Europe/Berlin", 0, MONDAY, 0, 9, 0 },
  { "Stock every 5 minutes", "Stock_Sync", "0 0/5 * 1/1 * ? *", "Every 5 minutes", "UTC", "Etc/UTC", 5 },
  { "Customer addresses", "Customer_Master_Data_Sync", "0 0 0/1 1/1 * ? *", "Every hour", "UTC", "Etc/UTC", 60 },
  { "Contracts on the first", "Contract_Renewal_Reminder", "0 0 8 1 1/1 ? *", "At 08:00 AM, on day 1 of the month",
    "GMT Standard Time", "Europe/London", 0, EVERY_DAY, 1, 8, 0 },
  { "Expense audit (paused for the audit season)", "Expense_Report_Audit", "0 0 20 ? * FRI *", "At 08:00 PM, only on Friday",
    "W. Europe Standard Time", "Europe/Berlin", 0, 0x10, 0, 20, 0, TRUE },
  { "Web shop orders", "Order_Entry", QUEUE_CRON, "Every 30 minutes", "UTC", "Etc/UTC", 30, 0, 0, 0, 0, FALSE, "Orders_Web" },
  { "New colleagues", "HR_Onboarding", QUEUE_CRON, "Every 30 minutes", "UTC", "Etc/UTC", 30, 0, 0, 0, 0, FALSE, "New_Hires" },
  { "Archive at night", "Invoice_Archiving", "0 0 2 1/1 * ? *", "At 02:00 AM", "UTC", "Etc/UTC", 0, EVERY_DAY, 0, 2, 0 },
  { "Payroll on the 25th", "Payroll_Export", "0 0 18 25 1/1 ? *", "At 06:00 PM, on day 25 of the month",
    "W. Europe Standard Time", "Europe/Berlin", 0, EVERY_DAY, 25, 18, 0 },
  { "Rücksendungen", "Ruecksendung_Bearbeiten", QUEUE_CRON, "Every 30 minutes", "UTC", "Etc/UTC", 30, 0, 0, 0, 0, FALSE,
    "Rücksendungen" },
  { "Goods receipt", "Goods_Receipt_Check", "0 0/20 * 1/1 * ? *", "Every 20 minutes", "UTC", "Etc/UTC", 20 },
};

static gint64
find_next (SandboxSeed *self, const Schedule *schedule)
{
  gint64 step = schedule->every * SANDBOX_MINUTE;
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;

  if (step > 0)
    return (self->now / step + 1) * step;

  zone = g_time_zone_new_identifier (schedule->iana);
  if (zone == NULL)
    zone = g_time_zone_new_utc ();
  utc = g_date_time_new_from_unix_utc (self->now / G_USEC_PER_SEC);
  local = g_date_time_to_timezone (utc, zone);
  for (int day = 0; day < 63; day++)
    {
      g_autoptr (GDateTime) date = g_date_time_add_days (local, day);
      g_autoptr (GDateTime) next = g_date_time_new (zone,
                                                    g_date_time_get_year (date),
                                                    g_date_time_get_month (date),
                                                    g_date_time_get_day_of_month (date),
                                                    (int) schedule->hour,
                                                    (int) schedule->minute,
                                                    0);

      if (next != NULL && (schedule->days & (1u << (g_date_time_get_day_of_week (date) - 1))) != 0 &&
          (schedule->day == 0 || (int) schedule->day == g_date_time_get_day_of_month (date)) &&
          g_date_time_to_unix (next) * G_USEC_PER_SEC > self->now)
        return g_date_time_to_unix (next) * G_USEC_PER_SEC;
    }

  g_return_val_if_reached (0);
}

static gint64
find_queue (SandboxSeed *self, const char *name)
{
  gint64 id = 0;
  sqlite3_stmt *statement = sandbox_store_prepare (
      self->store, "SELECT \"Id\" FROM \"QueueDefinitions\" WHERE \"TenantId\" = ? AND \"Name\" = ?");

  sqlite3_bind_int64 (statement, 1, self->tenant);
  sqlite3_bind_text (statement, 2, name, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_ROW)
    id = sqlite3_column_int64 (statement, 0);
  sandbox_store_done (statement);

  return id;
}

static void
make_queue_trigger (SandboxSeed *self, gint64 id, const SandboxSeedRelease *release, const char *queue)
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

void
sandbox_seed_schedules (SandboxSeed *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (schedules); i++)
    {
      const Schedule *schedule = &schedules[i];
      SandboxSeedRelease *release = sandbox_seed_find_release (self, schedule->process);
      g_autofree char *details = NULL;
      char key[37];
      gint64 id;

      if (release == NULL)
        continue;

      details = g_strdup_printf ("{\"type\":5,\"minutely\":{},\"hourly\":{},\"daily\":{},\"weekly\":{\"weekdays\":[]},"
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
                           SANDBOX_TIME ("StartProcessNextOccurrence", schedule->disabled ? 0 : find_next (self, schedule)),
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
}
