/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-request.h"

G_BEGIN_DECLS

/* SQL: how a test case stands (TestCaseExecutionDto.Status) by its job of the alias @job. */
#define SANDBOX_TEST_STATE_OF(job)                                                                 \
  "CASE " job ".\"State\" WHEN 0 THEN 0 WHEN 1 THEN 1 WHEN 2 THEN 2 WHEN 3 THEN 2 WHEN 4 THEN 4 "  \
  "WHEN 5 THEN 3 WHEN 6 THEN 5 ELSE 1 END"

/* SQL: all executions of test cases with how they stand now. */
#define SANDBOX_TEST_CASES                                                                         \
  "SELECT x.\"Id\" AS \"Case\", x.\"TestSetExecutionId\" AS \"Set\", x.\"TenantId\", "             \
  "x.\"OrganizationUnitId\", x.\"TestCaseId\", x.\"JobId\", CASE WHEN k.\"Id\" IS NULL THEN "      \
  "x.\"LastStatus\" ELSE " SANDBOX_TEST_STATE_OF (                                                 \
      "k") " END AS \"State\", ifnull(k.\"StartTime\", x.\"LastStart\") AS \"StartTime\", "        \
           "ifnull(k.\"EndTime\", x.\"LastEnd\") AS \"EndTime\" FROM \"TestCaseExecutions\" x "    \
           "LEFT JOIN \"Jobs\" k ON k.\"Id\" = x.\"JobId\""

/* Of the set of test sets. */
extern const SandboxSetHooks sandbox_test_set_hooks;

/* TestSetExecutionDto.TriggerType. */
typedef enum
{
  SANDBOX_TEST_TRIGGER_MANUAL,
  SANDBOX_TEST_TRIGGER_SCHEDULED,
  SANDBOX_TEST_TRIGGER_EXTERNAL_TOOL,
  SANDBOX_TEST_TRIGGER_TEST_MANAGER,
} SandboxTestTrigger;

/* Starts a job for each enabled test case of @set, within a transaction of the caller. @user: 0 for
 * the service itself. @schedule: TestSetSchedules.Id, or 0. @batch: (nullable): a key. Returns:
 * TestSetExecutions.Id, 0 where there is no such set or nothing in it that could run. */
gint64 sandbox_test_set_start (SandboxServer *server,
                               gint64 set,
                               gint64 user,
                               SandboxTestTrigger trigger,
                               gint64 schedule,
                               const char *batch);
/* Starts a test case again that has been executed. Returns: FALSE where its process is gone. */
gboolean sandbox_test_case_start_again (SandboxServer *server, gint64 execution, gint64 user);
/* Asks the job of a test case to stop. */
void sandbox_test_case_cancel (SandboxServer *server, gint64 execution);

/* Of the set of schedules. */
extern const SandboxSetHooks sandbox_test_schedule_hooks;
/* Starts what is due, and waits for the next. */
void sandbox_test_schedules_arm (SandboxServer *server);

G_END_DECLS
