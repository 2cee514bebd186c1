/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-test-set.h"

#include "baton-json.h"
#include "sandbox-body.h"
#include "sandbox-change.h"
#include "sandbox-clock.h"
#include "sandbox-job.h"
#include "sandbox-process.h"
#include "sandbox-row.h"
#include "sandbox-simulator.h"
#include "sandbox-start.h"
#include "sandbox-statement.h"

/* Fact sheet 4.3. */
#define ERROR_EMPTY 3204

static const SandboxBodyField package_fields[] = {
  { "PackageIdentifier", SANDBOX_BODY_TEXT, 1, 0 },
  { "VersionMask", SANDBOX_BODY_TEXT, 1, 0 },
  { "IncludePrerelease", SANDBOX_BODY_BOOL },
  { "TestSetId", SANDBOX_BODY_ANY },
  { "TestSet", SANDBOX_BODY_ANY },
  { "LastModificationTime", SANDBOX_BODY_ANY },
  { "LastModifierUserId", SANDBOX_BODY_ANY },
  { "CreationTime", SANDBOX_BODY_ANY },
  { "CreatorUserId", SANDBOX_BODY_ANY },
  { "Id", SANDBOX_BODY_ANY },
  { NULL },
};
static const SandboxBodyField case_fields[] = {
  { "Enabled", SANDBOX_BODY_BOOL },
  { "DefinitionId", SANDBOX_BODY_INT },
  { "ReleaseId", SANDBOX_BODY_INT },
  { "VersionNumber", SANDBOX_BODY_TEXT, 1, 0 },
  { "Definition", SANDBOX_BODY_ANY },
  { "TestSetId", SANDBOX_BODY_ANY },
  { "TestSet", SANDBOX_BODY_ANY },
  { "LastModificationTime", SANDBOX_BODY_ANY },
  { "LastModifierUserId", SANDBOX_BODY_ANY },
  { "CreationTime", SANDBOX_BODY_ANY },
  { "CreatorUserId", SANDBOX_BODY_ANY },
  { "Id", SANDBOX_BODY_ANY },
  { NULL },
};

/* Answers where a test case is none of the folder. */
static gboolean
check_case (SandboxRequest *request, JsonObject *body)
{
  if (!sandbox_body_check (request, body, "testCaseDto", case_fields))
    return FALSE;
  if (sandbox_statement_ask (
          request->store,
          "SELECT 1 FROM \"TestCaseDefinitions\" WHERE \"TenantId\" = ? AND \"Id\" = ?", "ii",
          request->tenant, baton_json_peek_int (body, "DefinitionId", 0))
          != 0
      && sandbox_statement_ask (
             request->store,
             "SELECT 1 FROM \"Releases\" WHERE \"TenantId\" = ? AND \"OrganizationUnitId\" = ? AND "
             "\"Id\" = ?",
             "iii", request->tenant, request->folder, baton_json_peek_int (body, "ReleaseId", 0))
             != 0)
    return TRUE;

  sandbox_reply_error (request, 400, 1009,
                       "A test case is not valid: its definition or process does "
                       "not exist.");
  return FALSE;
}

static gboolean
check_set (SandboxRequest *request, SandboxChange *change)
{
  JsonArray *packages = baton_json_peek_array (change->body, "Packages");
  JsonArray *cases = baton_json_peek_array (change->body, "TestCases");

  if (baton_json_length (packages) == 0 || baton_json_length (cases) == 0)
    {
      sandbox_reply_error (
          request, 400, ERROR_EMPTY,
          "Test Set is empty. It should have at least one package and one test case.");
      return FALSE;
    }
  for (guint i = 0; i < baton_json_length (packages); i++)
    if (!sandbox_body_check (request, baton_json_peek_object_at (packages, i), "testSetPackageDto",
                             package_fields))
      return FALSE;
  for (guint i = 0; i < baton_json_length (cases); i++)
    if (!check_case (request, baton_json_peek_object_at (cases, i)))
      return FALSE;
  if (change->kind == SANDBOX_WRITE_CREATE)
    {
      sandbox_change_set_int (change, "Enabled", sandbox_change_get_int (change, "Enabled", TRUE));
      sandbox_change_set_int (change, "EnableCoverage",
                              sandbox_change_get_int (change, "EnableCoverage", FALSE));
      sandbox_change_set_int (change, "SourceType",
                              sandbox_change_get_int (change, "SourceType", 0));
    }

  return TRUE;
}

static void
remove_parts (SandboxStore *store, gint64 set)
{
  sandbox_statement_run (store, "DELETE FROM \"TestSetPackages\" WHERE \"TestSetId\" = ?", "i",
                         set);
  sandbox_statement_run (store, "DELETE FROM \"TestCases\" WHERE \"TestSetId\" = ?", "i", set);
}

static gboolean
write_parts (SandboxRequest *request, SandboxChange *change)
{
  JsonArray *packages = baton_json_peek_array (change->body, "Packages");
  JsonArray *cases = baton_json_peek_array (change->body, "TestCases");
  gint64 now = sandbox_clock_now ();

  remove_parts (request->store, change->id);
  for (guint i = 0; i < baton_json_length (packages); i++)
    {
      JsonObject *body = baton_json_peek_object_at (packages, i);

      sandbox_insert (
          request->store, "TestSetPackages", SANDBOX_INT ("TenantId", request->tenant),
          SANDBOX_INT ("TestSetId", change->id),
          SANDBOX_TEXT ("PackageIdentifier", baton_json_peek_string (body, "PackageIdentifier")),
          SANDBOX_TEXT ("VersionMask", baton_json_peek_string (body, "VersionMask")),
          SANDBOX_INT ("IncludePrerelease",
                       baton_json_peek_bool (body, "IncludePrerelease", FALSE)),
          SANDBOX_TIME ("CreationTime", now));
    }
  for (guint i = 0; i < baton_json_length (cases); i++)
    {
      JsonObject *body = baton_json_peek_object_at (cases, i);

      sandbox_insert (
          request->store, "TestCases", SANDBOX_INT ("TenantId", request->tenant),
          SANDBOX_INT ("TestSetId", change->id),
          SANDBOX_INT ("Enabled", baton_json_peek_bool (body, "Enabled", TRUE)),
          SANDBOX_INT ("DefinitionId", baton_json_peek_int (body, "DefinitionId", 0)),
          SANDBOX_INT ("ReleaseId", baton_json_peek_int (body, "ReleaseId", 0)),
          SANDBOX_TEXT ("VersionNumber", baton_json_peek_string (body, "VersionNumber")),
          SANDBOX_TIME ("CreationTime", now));
    }

  return TRUE;
}

static gboolean
may_delete_set (SandboxRequest *request, gint64 id)
{
  if (sandbox_statement_ask (request->store,
                             "SELECT 1 FROM \"TestSetSchedules\" WHERE \"TestSetId\" = ?", "i", id)
      != 0)
    {
      sandbox_reply_error (request, 409, 1012, "The test set has a schedule: delete that first.");
      return FALSE;
    }
  remove_parts (request->store, id);

  return TRUE;
}

const SandboxSetHooks sandbox_test_set_hooks
    = { .check = check_set, .written = write_parts, .may_delete = may_delete_set };

/* Returns: Jobs.Id, 0 where the process is gone. */
static gint64
start_job (SandboxServer *server, gint64 tenant, gint64 folder, gint64 release, gint64 user)
{
  SandboxStore *store = sandbox_server_get_store (server);
  g_auto (SandboxProcess) process = { 0 };
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, release);
  SandboxStart start;

  if (!sandbox_process_find (&process, store, tenant, folder, "Id", key))
    return 0;

  sandbox_start_init (&start, &process);
  start.user = user;
  start.source = "Test set";
  sandbox_start_run (&start, server, &process, 1, ids);

  return ids->len > 0 ? g_array_index (ids, gint64, 0) : 0;
}

typedef struct
{
  gint64 id;
  gint64 release;
  char version[64];
} Case;

/* Returns: (transfer full) (element-type Case): the enabled ones of a set. */
static GArray *
list_cases (SandboxStore *store, gint64 set)
{
  GArray *cases = g_array_new (FALSE, TRUE, sizeof (Case));
  sqlite3_stmt *statement = sandbox_statement_open (
      store,
      "SELECT \"Id\", \"ReleaseId\", ifnull (\"VersionNumber\", '') FROM \"TestCases\" WHERE "
      "\"TestSetId\" = ? AND \"Enabled\" ORDER BY \"Id\"",
      "i", set);

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      Case one = { .id = sqlite3_column_int64 (statement, 0),
                   .release = sqlite3_column_int64 (statement, 1) };

      g_strlcpy (one.version, (const char *)sqlite3_column_text (statement, 2), sizeof one.version);
      g_array_append_val (cases, one);
    }
  sandbox_store_done (statement);

  return cases;
}

static void
start_case (SandboxServer *server,
            gint64 tenant,
            gint64 folder,
            gint64 execution,
            const Case *one,
            guint order,
            gint64 user)
{
  gint64 job = start_job (server, tenant, folder, one->release, user);
  gint64 now = sandbox_clock_now ();

  sandbox_insert (sandbox_server_get_store (server), "TestCaseExecutions",
                  SANDBOX_INT ("TenantId", tenant), SANDBOX_INT ("OrganizationUnitId", folder),
                  SANDBOX_INT ("TestSetExecutionId", execution),
                  SANDBOX_INT ("TestCaseId", one->id), SANDBOX_ID ("JobId", job),
                  SANDBOX_TEXT ("VersionNumber", one->version),
                  SANDBOX_TEXT ("EntryPointPath", "Main.xaml"), SANDBOX_INT ("RunId", 1),
                  SANDBOX_INT ("TestCaseType", 0), SANDBOX_INT ("ExecutionOrder", order),
                  /* Without a process it has failed at once. */
                  SANDBOX_INT ("LastStatus", 4), SANDBOX_TIME ("LastStart", job != 0 ? 0 : now),
                  SANDBOX_TIME ("LastEnd", job != 0 ? 0 : now));
}

gint64
sandbox_test_set_start (SandboxServer *server,
                        gint64 set,
                        gint64 user,
                        SandboxTestTrigger trigger,
                        gint64 schedule,
                        const char *batch)
{
  SandboxStore *store;
  g_autoptr (GArray) cases = NULL;
  g_autofree char *name = NULL;
  g_autofree char *key = g_uuid_string_random ();
  gint64 tenant, folder, id;

  g_return_val_if_fail (SANDBOX_IS_SERVER (server), 0);

  store = sandbox_server_get_store (server);
  tenant = sandbox_statement_ask (store, "SELECT \"TenantId\" FROM \"TestSets\" WHERE \"Id\" = ?",
                                  "i", set);
  folder = sandbox_statement_ask (
      store, "SELECT \"OrganizationUnitId\" FROM \"TestSets\" WHERE \"Id\" = ?", "i", set);
  cases = list_cases (store, set);
  if (tenant == 0 || cases->len == 0)
    return 0;

  name = sandbox_statement_ask_text (store, "SELECT \"Name\" FROM \"TestSets\" WHERE \"Id\" = ?",
                                     "i", set);
  id = sandbox_insert (store, "TestSetExecutions", SANDBOX_INT ("TenantId", tenant),
                       SANDBOX_INT ("OrganizationUnitId", folder), SANDBOX_TEXT ("Name", name),
                       SANDBOX_INT ("TestSetId", set), SANDBOX_INT ("TriggerType", trigger),
                       SANDBOX_ID ("ScheduleId", schedule),
                       SANDBOX_TEXT ("BatchExecutionKey", batch != NULL ? batch : key),
                       SANDBOX_INT ("CoverageStatus", 0), SANDBOX_INT ("RunId", 1),
                       SANDBOX_INT ("EnforceExecutionOrder", FALSE),
                       SANDBOX_TIME ("CreationTime", sandbox_clock_now ()),
                       SANDBOX_ID ("CreatorUserId", user));
  for (guint i = 0; i < cases->len; i++)
    start_case (server, tenant, folder, id, &g_array_index (cases, Case, i), i + 1, user);

  return id;
}

gboolean
sandbox_test_case_start_again (SandboxServer *server, gint64 execution, gint64 user)
{
  SandboxStore *store;
  sqlite3_stmt *statement;
  gint64 tenant = 0, folder = 0, release = 0, job;

  g_return_val_if_fail (SANDBOX_IS_SERVER (server), FALSE);

  store = sandbox_server_get_store (server);
  statement = sandbox_statement_open (
      store,
      "SELECT x.\"TenantId\", x.\"OrganizationUnitId\", c.\"ReleaseId\" FROM "
      "\"TestCaseExecutions\" x JOIN \"TestCases\" c ON c.\"Id\" = x.\"TestCaseId\" WHERE x.\"Id\" "
      "= ?",
      "i", execution);
  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      tenant = sqlite3_column_int64 (statement, 0);
      folder = sqlite3_column_int64 (statement, 1);
      release = sqlite3_column_int64 (statement, 2);
    }
  sandbox_store_done (statement);

  job = tenant != 0 ? start_job (server, tenant, folder, release, user) : 0;
  if (job == 0)
    return FALSE;
  sandbox_statement_run (
      store,
      "UPDATE \"TestCaseExecutions\" SET \"JobId\" = ?, \"RunId\" = \"RunId\" + 1 "
      "WHERE \"Id\" = ?",
      "ii", job, execution);

  return TRUE;
}

void
sandbox_test_case_cancel (SandboxServer *server, gint64 execution)
{
  SandboxStore *store;
  g_auto (SandboxJob) job = { 0 };
  gint64 id;

  g_return_if_fail (SANDBOX_IS_SERVER (server));

  store = sandbox_server_get_store (server);
  id = sandbox_statement_ask (
      store, "SELECT \"JobId\" FROM \"TestCaseExecutions\" WHERE \"Id\" = ?", "i", execution);
  if (!sandbox_job_load (&job, store, id) || sandbox_job_is_final (&job))
    return;

  if (job.state == SANDBOX_JOB_PENDING)
    {
      sandbox_job_end (&job, store, SANDBOX_JOB_STOPPED, "The test was cancelled", NULL);
      return;
    }
  sandbox_job_set_state (&job, store, SANDBOX_JOB_STOPPING);
  sandbox_simulator_follow (server, &job);
}
