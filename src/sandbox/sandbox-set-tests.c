/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-change.h"
#include "sandbox-enums.h"
#include "sandbox-sets.h"
#include "sandbox-test-set.h"

/* Test sets, and how they went. A case runs as a job: how it stands is what its job says; what has
 * no job any more keeps the columns that begin with "Last". */

#define NEVER                                                                                      \
  { "IsDeleted", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_NONE, NULL, "(@.\"Id\" IS NULL)" },             \
      { "DeleterUserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NONE, NULL, "NULL" },                  \
  {                                                                                                \
    "DeletionTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_NONE, NULL, "NULL"                           \
  }
#define AUDITED                                                                                    \
  { "LastModificationTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_READ_ONLY },                         \
      { "LastModifierUserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_READ_ONLY },                      \
      { "CreationTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_READ_ONLY },                             \
      { "CreatorUserId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_READ_ONLY },                           \
  {                                                                                                \
    "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL                                              \
  }

static const SandboxField sets_fields[] = {
  { "Key", SANDBOX_FIELD_GUID, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_READ_ONLY },
  { "Name", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED },
  { "Description", SANDBOX_FIELD_STRING },
  { "SourceType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_test_set_source },
  { "OrganizationUnitId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_READ_ONLY },
  { "EnvironmentId", SANDBOX_FIELD_INT64 },
  { "TestCaseCount", SANDBOX_FIELD_INT32, SANDBOX_FIELD_NONE, NULL,
    "(SELECT count(*) FROM \"TestCases\" c WHERE c.\"TestSetId\" = @.\"Id\")" },
  { "RobotId", SANDBOX_FIELD_INT64 },
  { "EnableCoverage", SANDBOX_FIELD_BOOL },
  { "Enabled", SANDBOX_FIELD_BOOL },
  { "InputArguments", SANDBOX_FIELD_JSON },
  NEVER,
  AUDITED,
  { NULL },
};

static const SandboxNavigation sets_navigations[] = {
  { "Packages", "TestSetPackages", "Id", "TestSetId", TRUE },
  { "TestCases", "TestCases", "Id", "TestSetId", TRUE },
  { NULL },
};

const SandboxEntitySet sandbox_set_test_sets = {
  .name = "TestSets",
  .type = "TestSetDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_CROSS_FOLDER,
  .permission = "TestSets",
  .oauth = "OR.TestSets",
  .max_top = 1000,
  .default_order = "Name",
  .fields = sets_fields,
  .navigations = sets_navigations,
  .writes = SANDBOX_WRITE_CREATE | SANDBOX_WRITE_REPLACE | SANDBOX_WRITE_DELETE,
  .unique = "Name",
  .component = "TestSets",
  .hooks = &sandbox_test_set_hooks,
};

static const SandboxField packages_fields[] = {
  { "TestSetId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "VersionMask", SANDBOX_FIELD_STRING },
  { "PackageIdentifier", SANDBOX_FIELD_STRING },
  { "IncludePrerelease", SANDBOX_FIELD_BOOL },
  AUDITED,
  { NULL },
};

const SandboxEntitySet sandbox_set_test_set_packages = {
  .name = "TestSetPackages",
  .type = "TestSetPackageDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Id",
  .fields = packages_fields,
};

static const SandboxField cases_fields[] = {
  { "Enabled", SANDBOX_FIELD_BOOL },
  { "DefinitionId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "ReleaseId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "VersionNumber", SANDBOX_FIELD_STRING },
  { "TestSetId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  AUDITED,
  { NULL },
};

static const SandboxNavigation cases_navigations[] = {
  { "Definition", "TestCaseDefinitions", "DefinitionId", "Id", FALSE },
  { NULL },
};

const SandboxEntitySet sandbox_set_test_cases = {
  .name = "TestCases",
  .type = "TestCaseDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Id",
  .fields = cases_fields,
  .navigations = cases_navigations,
};

static const SandboxField definitions_fields[] = {
  { "Name", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL },
  { "PackageIdentifier", SANDBOX_FIELD_STRING },
  { "UniqueId", SANDBOX_FIELD_GUID },
  { "AppVersion", SANDBOX_FIELD_STRING },
  { "CreatedVersion", SANDBOX_FIELD_STRING },
  { "LatestVersion", SANDBOX_FIELD_STRING },
  { "LatestPrereleaseVersion", SANDBOX_FIELD_STRING },
  { "FeedId", SANDBOX_FIELD_GUID },
  AUDITED,
  { NULL },
};

const SandboxEntitySet sandbox_set_test_case_definitions = {
  .name = "TestCaseDefinitions",
  .type = "TestCaseDefinitionDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_CROSS_FOLDER,
  .permission = "TestSets",
  .oauth = "OR.TestSets",
  .max_top = 1000,
  .default_order = "Name",
  .fields = definitions_fields,
};

static const SandboxField executions_fields[] = {
  { "Name", SANDBOX_FIELD_STRING },
  { "TestSetId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "OrganizationUnitId", SANDBOX_FIELD_INT64 },
  { "StartTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_NONE, NULL,
    "(SELECT min(c.\"StartTime\") FROM (" SANDBOX_TEST_CASES ") c WHERE c.\"Set\" = @.\"Id\")" },
  { "EndTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_NONE, NULL,
    "(SELECT CASE WHEN min(c.\"State\") >= 3 THEN max(c.\"EndTime\") END FROM (" SANDBOX_TEST_CASES
    ") c WHERE c.\"Set\" = @.\"Id\")" },
  { "Status", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_test_status,
    "(SELECT CASE WHEN sum(c.\"State\" = 2) > 0 THEN 2 WHEN max(c.\"State\") = 0 THEN 0 WHEN "
    "min(c.\"State\") < 2 THEN 1 WHEN sum(c.\"State\" = 4) > 0 THEN 4 WHEN sum(c.\"State\" = 5) > "
    "0 "
    "THEN 5 ELSE 3 END FROM (" SANDBOX_TEST_CASES ") c WHERE c.\"Set\" = @.\"Id\")" },
  { "TriggerType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_test_trigger },
  { "ScheduleId", SANDBOX_FIELD_INT64 },
  { "BatchExecutionKey", SANDBOX_FIELD_GUID },
  { "CoverageStatus", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_coverage_status },
  { "RunId", SANDBOX_FIELD_INT32 },
  { "EnforceExecutionOrder", SANDBOX_FIELD_BOOL },
  { "CreationTime", SANDBOX_FIELD_TIME },
  { "CreatorUserId", SANDBOX_FIELD_INT64 },
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { NULL },
};

static const SandboxNavigation executions_navigations[] = {
  { "TestSet", "TestSets", "TestSetId", "Id", FALSE },
  { "TestCaseExecutions", "TestCaseExecutions", "Id", "TestSetExecutionId", TRUE },
  { "Attachments", "TestSetExecutionAttachments", "Id", "TestSetExecutionId", TRUE },
  { NULL },
};

const SandboxEntitySet sandbox_set_test_set_executions = {
  .name = "TestSetExecutions",
  .type = "TestSetExecutionDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_CROSS_FOLDER,
  .permission = "TestSetExecutions",
  .oauth = "OR.TestSetExecutions",
  .max_top = 1000,
  .default_order = "Id",
  .fields = executions_fields,
  .navigations = executions_navigations,
};

#define OF_JOB(column) "(SELECT j.\"" column "\" FROM \"Jobs\" j WHERE j.\"Id\" = @.\"JobId\")"

static const SandboxField case_executions_fields[] = {
  { "JobId", SANDBOX_FIELD_INT64 },
  { "JobKey", SANDBOX_FIELD_GUID, SANDBOX_FIELD_NONE, NULL, OF_JOB ("Key") },
  { "TestSetExecutionId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_INDEXED },
  { "TestCaseId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "ReleaseVersionId", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NONE, NULL,
    OF_JOB ("ReleaseVersionId") },
  { "VersionNumber", SANDBOX_FIELD_STRING },
  { "EntryPointPath", SANDBOX_FIELD_STRING },
  { "StartTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_NONE, NULL,
    "ifnull(" OF_JOB ("StartTime") ", @.\"LastStart\")" },
  { "EndTime", SANDBOX_FIELD_TIME, SANDBOX_FIELD_NONE, NULL,
    "ifnull(" OF_JOB ("EndTime") ", @.\"LastEnd\")" },
  { "Status", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_test_status,
    "ifnull((SELECT " SANDBOX_TEST_STATE_OF (
        "j") " FROM \"Jobs\" j WHERE j.\"Id\" = @.\"JobId\"), @.\"LastStatus\")" },
  { "DataVariationIdentifier", SANDBOX_FIELD_STRING },
  { "OutputArguments", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, NULL, OF_JOB ("OutputArguments") },
  { "InputArguments", SANDBOX_FIELD_STRING },
  { "Info", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, NULL, OF_JOB ("Info") },
  { "HostMachineName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, NULL, OF_JOB ("HostMachineName") },
  { "RuntimeType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_runtime_type,
    OF_JOB ("RuntimeType") },
  { "RobotName", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NONE, NULL,
    "(SELECT r.\"Name\" FROM \"Jobs\" j JOIN \"Robots\" r ON r.\"Id\" = j.\"RobotId\" WHERE "
    "j.\"Id\" = @.\"JobId\")" },
  { "HasAssertions", SANDBOX_FIELD_BOOL, SANDBOX_FIELD_NONE, NULL,
    "(ifnull((SELECT " SANDBOX_TEST_STATE_OF (
        "j") " FROM \"Jobs\" j WHERE j.\"Id\" = @.\"JobId\"), @.\"LastStatus\") IN (3, 4))" },
  { "RunId", SANDBOX_FIELD_INT32 },
  { "TestCaseType", SANDBOX_FIELD_ENUM, SANDBOX_FIELD_NONE, sandbox_enum_test_case_type },
  { "ExecutionOrder", SANDBOX_FIELD_INT32 },
  { "TestManagerTestCaseId", SANDBOX_FIELD_GUID },
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "LastStatus", SANDBOX_FIELD_INT32, SANDBOX_FIELD_HIDDEN },
  { "LastStart", SANDBOX_FIELD_TIME, SANDBOX_FIELD_HIDDEN },
  { "LastEnd", SANDBOX_FIELD_TIME, SANDBOX_FIELD_HIDDEN },
  { NULL },
};

static const SandboxNavigation case_executions_navigations[] = {
  { "TestSetExecution", "TestSetExecutions", "TestSetExecutionId", "Id", FALSE },
  { "TestCase", "TestCases", "TestCaseId", "Id", FALSE },
  { "TestCaseAssertions", "TestCaseAssertions", "Id", "TestCaseExecutionId", TRUE },
  { "TestCaseExecutionAttachments", "TestCaseExecutionAttachments", "Id", "TestCaseExecutionId",
    TRUE },
  { NULL },
};

const SandboxEntitySet sandbox_set_test_case_executions = {
  .name = "TestCaseExecutions",
  .type = "TestCaseExecutionDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_CROSS_FOLDER,
  .permission = "TestSetExecutions",
  .oauth = "OR.TestSetExecutions",
  .max_top = 1000,
  .default_order = "Id",
  .fields = case_executions_fields,
  .navigations = case_executions_navigations,
};

/* What a case that has run asserted: that the page came, and that the sum was right. A failed one
 * fails by the second, of which there is a picture. */
#define ENDED                                                                                      \
  "(SELECT s.*, a.\"N\" FROM (" SANDBOX_TEST_CASES                                                 \
  ") s JOIN (SELECT 0 AS \"N\" UNION ALL SELECT 1) "                                               \
  "a WHERE s.\"State\" IN (3, 4))"

static const SandboxField assertions_fields[] = {
  { "Message", SANDBOX_FIELD_STRING },
  { "Succeeded", SANDBOX_FIELD_BOOL },
  { "TestCaseExecutionId", SANDBOX_FIELD_INT64 },
  { "HasScreenshot", SANDBOX_FIELD_BOOL },
  { "CreationTime", SANDBOX_FIELD_TIME },
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { NULL },
};

const SandboxEntitySet sandbox_set_test_case_assertions = {
  .name = "TestCaseAssertions",
  .type = "TestCaseAssertionDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_CROSS_FOLDER,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Id",
  .fields = assertions_fields,
  .query
  = "SELECT e.\"Case\" * 2 + e.\"N\" AS rowid, CAST (e.\"Case\" * 2 + e.\"N\" AS INTEGER) AS "
    "\"Id\", "
    "e.\"TenantId\", e.\"OrganizationUnitId\", e.\"Case\" AS \"TestCaseExecutionId\", "
    "CASE e.\"N\" WHEN 0 THEN 'The page has loaded' ELSE 'The sum is as expected' END AS "
    "\"Message\", NOT (e.\"State\" = 4 AND e.\"N\" = 1) AS \"Succeeded\", "
    "e.\"State\" = 4 AND e.\"N\" = 1 AS \"HasScreenshot\", e.\"EndTime\" AS \"CreationTime\" "
    "FROM " ENDED " e",
};

#define ATTACHMENT_FIELDS(owner)                                                                   \
  { owner, SANDBOX_FIELD_INT64 }, { "FileName", SANDBOX_FIELD_STRING },                            \
      { "MimeType", SANDBOX_FIELD_STRING }, { "CreationTime", SANDBOX_FIELD_TIME },                \
      { "Tags", SANDBOX_FIELD_JSON },                                                              \
  {                                                                                                \
    "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL                                              \
  }

static const SandboxField case_attachments_fields[]
    = { ATTACHMENT_FIELDS ("TestCaseExecutionId"), { NULL } };
static const SandboxField set_attachments_fields[]
    = { ATTACHMENT_FIELDS ("TestSetExecutionId"), { NULL } };

/* The log of a case that has run. */
const SandboxEntitySet sandbox_set_test_case_execution_attachments = {
  .name = "TestCaseExecutionAttachments",
  .type = "TestCaseExecutionAttachmentDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_CROSS_FOLDER,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Id",
  .fields = case_attachments_fields,
  .query = "SELECT s.\"Case\" AS rowid, s.\"Case\" AS \"Id\", s.\"TenantId\", "
           "s.\"OrganizationUnitId\", s.\"Case\" AS \"TestCaseExecutionId\", 'execution.log' AS "
           "\"FileName\", 'text/plain' AS \"MimeType\", s.\"EndTime\" AS \"CreationTime\", "
           "'[\"log\"]' AS \"Tags\" FROM (" SANDBOX_TEST_CASES ") s WHERE s.\"State\" IN (3, 4)",
};

/* The results of a set that has run, as JUnit has them. */
const SandboxEntitySet sandbox_set_test_set_execution_attachments = {
  .name = "TestSetExecutionAttachments",
  .type = "TestSetExecutionAttachmentDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_CROSS_FOLDER,
  .internal = TRUE,
  .max_top = 1000,
  .default_order = "Id",
  .fields = set_attachments_fields,
  .query = "SELECT s.\"Set\" AS rowid, s.\"Set\" AS \"Id\", s.\"TenantId\", "
           "s.\"OrganizationUnitId\", s.\"Set\" AS \"TestSetExecutionId\", 'junit.xml' AS "
           "\"FileName\", 'application/xml' AS \"MimeType\", max (s.\"EndTime\") AS "
           "\"CreationTime\", '[\"junit\"]' AS \"Tags\" FROM (" SANDBOX_TEST_CASES
           ") s GROUP BY s.\"Set\" HAVING min (s.\"State\") >= 3",
};
