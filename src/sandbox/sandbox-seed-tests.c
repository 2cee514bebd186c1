/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-seed-private.h"
#include "sandbox-statement.h"

#define N_EXECUTIONS 12

static const char *const cases[] = {
  "An invoice with an order is posted",
  "An invoice without an order waits for approval",
  "A credit note is posted with its sign",
  "An unknown supplier is refused",
};

/* The release that the tests are of: the first of the folder. */
static gint64
find_release (SandboxSeed *self, gint64 folder, const char *column)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT \"%s\" FROM \"Releases\" WHERE \"TenantId\" = ? AND "
                         "\"OrganizationUnitId\" = ? ORDER BY \"Id\" LIMIT 1",
                         column);

  return sandbox_statement_ask (self->store, sql, "ii", self->tenant, folder);
}

static gint64
add_set (SandboxSeed *self, gint64 folder, gint64 ids[G_N_ELEMENTS (cases)])
{
  gint64 release = find_release (self, folder, "Id");
  gint64 created = self->now - 60 * SANDBOX_DAY;
  g_autofree char *package = sandbox_statement_ask_text (
      self->store, "SELECT \"ProcessKey\" FROM \"Releases\" WHERE \"Id\" = ?", "i", release);
  g_autofree char *version = sandbox_statement_ask_text (
      self->store, "SELECT \"ProcessVersion\" FROM \"Releases\" WHERE \"Id\" = ?", "i", release);
  char key[37];
  gint64 set = sandbox_insert (
      self->store, "TestSets", SANDBOX_INT ("TenantId", self->tenant),
      SANDBOX_INT ("OrganizationUnitId", folder),
      SANDBOX_TEXT ("Key", sandbox_seed_guid (self, key)),
      SANDBOX_TEXT ("Name", "Invoices, every night"),
      SANDBOX_TEXT ("Description", "What must work before a new version goes live"),
      SANDBOX_ENUM ("SourceType", "User"), SANDBOX_INT ("EnableCoverage", FALSE),
      SANDBOX_INT ("Enabled", TRUE), SANDBOX_TIME ("CreationTime", created),
      SANDBOX_INT ("CreatorUserId", self->admin));

  sandbox_insert (self->store, "TestSetPackages", SANDBOX_INT ("TenantId", self->tenant),
                  SANDBOX_INT ("TestSetId", set), SANDBOX_TEXT ("PackageIdentifier", package),
                  SANDBOX_TEXT ("VersionMask", version), SANDBOX_INT ("IncludePrerelease", FALSE),
                  SANDBOX_TIME ("CreationTime", created));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 definition = sandbox_insert (
          self->store, "TestCaseDefinitions", SANDBOX_INT ("TenantId", self->tenant),
          SANDBOX_INT ("OrganizationUnitId", folder), SANDBOX_TEXT ("Name", cases[i]),
          SANDBOX_TEXT ("PackageIdentifier", package),
          SANDBOX_TEXT ("UniqueId", sandbox_seed_guid (self, key)),
          SANDBOX_TEXT ("AppVersion", "1"), SANDBOX_TEXT ("CreatedVersion", version),
          SANDBOX_TEXT ("LatestVersion", version), SANDBOX_TIME ("CreationTime", created));

      ids[i] = sandbox_insert (
          self->store, "TestCases", SANDBOX_INT ("TenantId", self->tenant),
          SANDBOX_INT ("TestSetId", set), SANDBOX_INT ("Enabled", TRUE),
          SANDBOX_INT ("DefinitionId", definition), SANDBOX_INT ("ReleaseId", release),
          SANDBOX_TEXT ("VersionNumber", version), SANDBOX_TIME ("CreationTime", created));
    }

  return set;
}

/* One night. */
static void
add_execution (SandboxSeed *self,
               gint64 folder,
               gint64 set,
               const gint64 ids[G_N_ELEMENTS (cases)],
               guint number)
{
  gint64 start = self->now - (N_EXECUTIONS - number) * SANDBOX_DAY;
  char key[37];
  gint64 id = sandbox_insert (
      self->store, "TestSetExecutions", SANDBOX_INT ("TenantId", self->tenant),
      SANDBOX_INT ("OrganizationUnitId", folder), SANDBOX_TEXT ("Name", "Invoices, every night"),
      SANDBOX_INT ("TestSetId", set), SANDBOX_ENUM ("TriggerType", "Scheduled"),
      SANDBOX_TEXT ("BatchExecutionKey", sandbox_seed_guid (self, key)),
      SANDBOX_ENUM ("CoverageStatus", "Disabled"), SANDBOX_INT ("RunId", 1),
      SANDBOX_INT ("EnforceExecutionOrder", FALSE), SANDBOX_TIME ("CreationTime", start),
      SANDBOX_INT ("CreatorUserId", self->admin));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 began = start + (2 * i + 1) * SANDBOX_MINUTE;

      sandbox_insert (
          self->store, "TestCaseExecutions", SANDBOX_INT ("TenantId", self->tenant),
          SANDBOX_INT ("OrganizationUnitId", folder), SANDBOX_INT ("TestSetExecutionId", id),
          SANDBOX_INT ("TestCaseId", ids[i]), SANDBOX_TEXT ("VersionNumber", "1.0.0"),
          SANDBOX_TEXT ("EntryPointPath", "Main.xaml"), SANDBOX_INT ("RunId", 1),
          SANDBOX_INT ("TestCaseType", 0), SANDBOX_INT ("ExecutionOrder", i + 1),
          SANDBOX_INT ("LastStatus", (number + i) % 7 == 0 ? 4 : 3),
          SANDBOX_TIME ("LastStart", began),
          SANDBOX_TIME ("LastEnd", began + (20 + sandbox_seed_below (self, 60)) * G_USEC_PER_SEC));
    }
}

static void
add_data_queue (SandboxSeed *self, gint64 folder)
{
  gint64 queue = sandbox_insert (
      self->store, "TestDataQueues", SANDBOX_INT ("TenantId", self->tenant),
      SANDBOX_INT ("OrganizationUnitId", folder), SANDBOX_TEXT ("Name", "Suppliers"),
      SANDBOX_TEXT ("Description", "Suppliers that tests may send invoices as"),
      SANDBOX_TEXT (
          "ContentJsonSchema",
          "{\"type\":\"object\",\"required\":[\"Name\"],\"properties\":{\"Name\":{\"type\":"
          "\"string\"},\"Number\":{\"type\":\"integer\"}}}"),
      SANDBOX_TIME ("CreationTime", self->now - 60 * SANDBOX_DAY),
      SANDBOX_INT ("CreatorUserId", self->admin));

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *content
          = g_strdup_printf ("{\"Name\":\"Nordwind %u\",\"Number\":%u}", i + 1, 70000 + i);

      sandbox_insert (self->store, "TestDataQueueItems", SANDBOX_INT ("TenantId", self->tenant),
                      SANDBOX_INT ("OrganizationUnitId", folder),
                      SANDBOX_INT ("TestDataQueueId", queue), SANDBOX_TEXT ("ContentJson", content),
                      SANDBOX_INT ("IsConsumed", i < 8));
    }
}

void
sandbox_seed_tests (SandboxSeed *self)
{
  gint64 folder = sandbox_seed_get_folder (self, "Shared")->id;
  gint64 ids[G_N_ELEMENTS (cases)];
  gint64 set = add_set (self, folder, ids);

  for (guint i = 0; i < N_EXECUTIONS; i++)
    add_execution (self, folder, set, ids, i);
  add_data_queue (self, folder);
  sandbox_insert (self->store, "TestSetSchedules", SANDBOX_INT ("TenantId", self->tenant),
                  SANDBOX_INT ("OrganizationUnitId", folder), SANDBOX_INT ("Enabled", FALSE),
                  SANDBOX_TEXT ("Name", "At two in the night"), SANDBOX_INT ("TestSetId", set),
                  SANDBOX_TEXT ("TimeZoneId", "UTC"), SANDBOX_TEXT ("TimeZoneIana", "UTC"),
                  SANDBOX_TEXT ("CronExpression", "0 0 2 * * ?"),
                  SANDBOX_TEXT ("CronSummary", "At 02:00 AM"));
}
