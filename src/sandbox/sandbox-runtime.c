/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-runtime.h"

#include "sandbox-clock.h"
#include "sandbox-folder-tree.h"
#include "sandbox-job.h"
#include "sandbox-statement.h"

/* In the numbers of the definition: Status, MaintenanceMode. */
#define DISCONNECTED "2"

/* What must hold for a place to be taken, from the least on; each with what is wrong where no place
 * meets it, too. "s" is a host with its runtimes, "r" a robot. */
static const struct
{
  const char *condition;
  const char *code;
  const char *message;
} conditions[] = {
  { "(?3 = 0 OR r.\"Id\" = ?3) AND r.\"Enabled\"", "RobotNotFound",
    "There is no such unattended robot that is enabled." },
  { "(r.\"MachineId\" IS NULL OR r.\"MachineId\" = s.\"MachineId\" OR (?3 <> 0 AND ?4 <> 0)) AND "
    "(?4 = 0 OR s.\"MachineId\" = ?4) AND (?5 = 0 OR s.\"SessionId\" = ?5) AND "
    "s.\"RuntimeType\" = ?2",
    "TemplateNoRuntime", "No machine has runtimes of this type." },
  { "s.\"Status\" <> " DISCONNECTED, "TemplateNoHostsAvailable",
    "No host with runtimes of this type is connected." },
  { "s.\"MaintenanceMode\" IS NOT 1", "TemplateMaintenanceMode",
    "The hosts with runtimes of this type are in maintenance." },
  { "ifnull (s.\"UsedRuntimes\", 0) < s.\"Runtimes\"", "TemplateFullCapacity",
    "All runtimes of this type are in use." },
  { "NOT (ifnull (r.\"LimitConcurrentExecution\", 0) AND EXISTS (SELECT 1 FROM \"Jobs\" j WHERE "
    "j.\"TenantId\" = ?1 AND j.\"State\" " SANDBOX_JOB_TAKES_RUNTIME
    " AND j.\"RobotId\" = r.\"Id\"))",
    "RobotConcurrencyLimit", "The robots run as many jobs at once as they may." },
};

/* The places that meet the first @n conditions, the emptiest host first. */
static sqlite3_stmt *
prepare (SandboxStore *store, const SandboxRuntimeWish *wish, gsize n)
{
  g_autoptr (GString) sql
      = g_string_new ("SELECT s.\"SessionId\", r.\"Id\", s.\"MachineId\" FROM \"Robots\" r, "
                      "\"MachineSessionRuntimes\" s WHERE r.\"TenantId\" = ?1 AND s.\"TenantId\" = "
                      "?1");
  sqlite3_stmt *statement;

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (sql, " AND %s", conditions[i].condition);
  g_string_append (sql, " ORDER BY ifnull (s.\"UsedRuntimes\", 0), (r.\"Id\" + ?6) % 7 LIMIT 1");

  statement = sandbox_store_prepare (store, sql->str);
  sqlite3_bind_int64 (statement, 1, wish->tenant);
  sqlite3_bind_int (statement, 2, wish->type);
  sqlite3_bind_int64 (statement, 3, wish->robot);
  sqlite3_bind_int64 (statement, 4, wish->machine);
  sqlite3_bind_int64 (statement, 5, wish->session);
  sqlite3_bind_int64 (statement, 6, wish->job);

  return statement;
}

gboolean
sandbox_runtime_find (SandboxStore *store, const SandboxRuntimeWish *wish, SandboxRuntime *found)
{
  sqlite3_stmt *statement;
  gboolean is_there;

  g_return_val_if_fail (SANDBOX_IS_STORE (store), FALSE);
  g_return_val_if_fail (wish != NULL && found != NULL, FALSE);

  statement = prepare (store, wish, G_N_ELEMENTS (conditions));
  is_there = sqlite3_step (statement) == SQLITE_ROW;
  if (is_there)
    *found = (SandboxRuntime){ .session = sqlite3_column_int64 (statement, 0),
                               .robot = sqlite3_column_int64 (statement, 1),
                               .machine = sqlite3_column_int64 (statement, 2) };
  sandbox_store_done (statement);

  return is_there;
}

void
sandbox_runtime_list_robots (SandboxStore *store, gint64 folder, GArray *places)
{
  sqlite3_stmt *statement;

  g_return_if_fail (SANDBOX_IS_STORE (store));
  g_return_if_fail (places != NULL);

  statement = sandbox_statement_open (
      store,
      "SELECT r.\"Id\" FROM \"Robots\" r WHERE r.\"Enabled\" AND " SANDBOX_FOLDER_HAS_USER (
          "r.\"UserId\"") " ORDER BY r.\"Id\"",
      "i", folder);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      SandboxRuntimeWish place = { .robot = sqlite3_column_int64 (statement, 0) };

      g_array_append_val (places, place);
    }
  sandbox_store_done (statement);
}

const char *
sandbox_runtime_explain (SandboxStore *store, const SandboxRuntimeWish *wish, const char **message)
{
  g_return_val_if_fail (SANDBOX_IS_STORE (store), NULL);
  g_return_val_if_fail (wish != NULL && message != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (conditions); i++)
    {
      sqlite3_stmt *statement = prepare (store, wish, i + 1);
      gboolean is_there = sqlite3_step (statement) == SQLITE_ROW;

      sandbox_store_done (statement);
      if (is_there)
        continue;
      *message = conditions[i].message;
      return conditions[i].code;
    }

  return NULL;
}

void
sandbox_runtime_refresh (SandboxStore *store, gint64 tenant, gint64 session, gint64 robot)
{
  g_return_if_fail (SANDBOX_IS_STORE (store));

  sandbox_statement_run (
      store,
      "UPDATE \"MachineSessionRuntimes\" AS s SET (\"UsedRuntimes\", \"Status\") = (SELECT "
      "count (*), iif (s.\"Status\" = " DISCONNECTED
      ", s.\"Status\", count (*) > 0) FROM \"Jobs\" j "
      "WHERE j.\"TenantId\" = ?1 AND j.\"State\" " SANDBOX_JOB_TAKES_RUNTIME
      " AND j.\"SessionId\" = "
      "s.\"SessionId\") WHERE s.\"TenantId\" = ?1 AND ?2 IN (0, s.\"SessionId\")",
      "ii", tenant, session);
  sandbox_statement_run (
      store,
      "UPDATE \"Sessions\" AS s SET (\"JobId\", \"State\") = (SELECT max (j.\"Id\"), iif "
      "(s.\"State\" = " DISCONNECTED ", s.\"State\", count (*) > 0) FROM \"Jobs\" j WHERE "
      "j.\"TenantId\" = ?1 AND j.\"State\" " SANDBOX_JOB_TAKES_RUNTIME
      " AND j.\"RobotId\" = s.\"RobotId\") "
      "WHERE s.\"TenantId\" = ?1 AND ?2 IN (0, s.\"RobotId\")",
      "ii", tenant, robot);
}

static void
now_func (sqlite3_context *context, int n_arguments, sqlite3_value **arguments)
{
  sqlite3_result_int64 (context, sandbox_clock_now ());
}

void
sandbox_runtime_prepare (SandboxStore *store)
{
  g_return_if_fail (SANDBOX_IS_STORE (store));

  sqlite3_create_function (sandbox_store_get_database (store), "sandbox_now", 0, SQLITE_UTF8, NULL,
                           now_func, NULL, NULL);
}
