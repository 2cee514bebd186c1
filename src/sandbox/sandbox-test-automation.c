/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "baton-json.h"
#include "sandbox-body.h"
#include "sandbox-enums.h"
#include "sandbox-odata-query.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-test-set.h"
#include "sandbox-write.h"
#include "sandbox-writer.h"

#define AT "/api/TestAutomation/"
/* Fact sheet 4.3. */
#define ERROR_EMPTY 3204
/* One pixel: there is no screen that a picture could be of. */
#define SCREENSHOT                                                                                 \
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg" \
  "=="

/* Definition: TestSetExecutionOptionsDto. */
static const SandboxBodyField options_fields[] = {
  { "batchExecutionKey", SANDBOX_BODY_GUID },
  { "triggerType", SANDBOX_BODY_ENUM, .names = sandbox_enum_test_trigger },
  { "testCases", SANDBOX_BODY_ARRAY },
  { NULL },
};
static const SandboxBodyField again_fields[]
    = { { "testCaseExecutions", SANDBOX_BODY_ARRAY }, { NULL } };
static const SandboxBodyField argument_fields[]
    = { { "testCaseExecutionId", SANDBOX_BODY_INT }, { NULL } };
/* Definition: BuildTestSetRequestMessage. */
static const SandboxBodyField build_fields[] = {
  { "releaseId", SANDBOX_BODY_INT },           { "versionNumber", SANDBOX_BODY_TEXT, 1, 0 },
  { "testCaseUniqueIds", SANDBOX_BODY_ARRAY }, { "enableCoverage", SANDBOX_BODY_BOOL },
  { "maskBuildVersion", SANDBOX_BODY_BOOL },   { NULL },
};
/* Definition: TestCaseExecutionAttachmentFilterDto and its twin. */
static const SandboxBodyField filter_fields[] = {
  { "testCaseExecutionId", SANDBOX_BODY_INT },
  { "testSetExecutionId", SANDBOX_BODY_INT },
  { "tags", SANDBOX_BODY_ARRAY },
  { NULL },
};

static void
reply_number (SandboxRequest *request, guint status, gint64 number)
{
  GString *json = g_string_new (NULL);

  g_string_append_printf (json, "%" G_GINT64_FORMAT, number);
  sandbox_reply_json (request, status, json);
}

/* Answers an array of those entities of @set whose ids @sql finds with @value; what is no OData has
 * no more around it. */
static void
reply_array (SandboxRequest *request, const SandboxEntitySet *set, const char *sql, gint64 value)
{
  g_autoptr (SandboxShape) shape = sandbox_shape_new (set);
  g_autoptr (SandboxWriter) writer = sandbox_writer_new (request->store, shape, TRUE);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GString *json = g_string_new ("[");
  sqlite3_stmt *statement = sandbox_statement_open (request->store, sql, "iii", request->tenant,
                                                    request->folder, value);

  while (sqlite3_step (statement) == SQLITE_ROW)
    g_array_append_vals (ids, &(gint64){ sqlite3_column_int64 (statement, 0) }, 1);
  sandbox_store_done (statement);
  for (guint i = 0; i < ids->len; i++)
    {
      if (json->len > 1)
        g_string_append_c (json, ',');
      sandbox_writer_write (writer, json, g_array_index (ids, gint64, i), NULL);
    }
  g_string_append_c (json, ']');
  sandbox_reply_json (request, 200, json);
}

/* The row of @set that the query parameter @name gives; answers where there is none. */
static gint64
find_by_query (SandboxRequest *request, const SandboxEntitySet *set, const char *name)
{
  const char *text = sandbox_request_get_query (request, name);

  return sandbox_write_find_row (request, set, "Id", text != NULL ? text : "");
}

static gint64
find_test_set (SandboxRequest *request)
{
  const char *key = sandbox_request_get_query (request, "testSetKey");
  g_autofree char *lower = key != NULL ? g_ascii_strdown (key, -1) : NULL;

  if (sandbox_request_get_query (request, "testSetId") == NULL && lower != NULL)
    return sandbox_write_find_row (request, &sandbox_set_test_sets, "Key", lower);

  return find_by_query (request, &sandbox_set_test_sets, "testSetId");
}

static void
start (SandboxRequest *request, int trigger, const char *batch)
{
  gint64 set = find_test_set (request);
  gint64 id;

  if (set == 0)
    return;
  sandbox_store_begin (request->store);
  id = sandbox_test_set_start (request->server, set, request->user, (SandboxTestTrigger)trigger, 0,
                               batch);
  sandbox_store_commit (request->store);
  if (id != 0)
    reply_number (request, 200, id);
  else
    sandbox_reply_error (
        request, 400, ERROR_EMPTY,
        "Test Set is empty. It should have at least one package and one test case.");
}

static void
start_cb (SandboxRequest *request)
{
  const SandboxField *field
      = sandbox_entity_set_find_field (&sandbox_set_test_set_executions, "TriggerType");
  const char *name = sandbox_request_get_query (request, "triggerType");
  int trigger = name != NULL ? sandbox_field_find_name (field, name) : 0;

  if (trigger < 0)
    sandbox_reply_error (request, 400, 1000, "There is no trigger type '%s'.", name);
  else
    start (request, trigger, NULL);
}

static void
start_with_options_cb (SandboxRequest *request)
{
  if (!sandbox_body_check (request, request->body, "testSetExecutionOptionsDto", options_fields))
    return;
  start (request,
         sandbox_body_get_enum (request->body, "triggerType", sandbox_enum_test_trigger, 0),
         baton_json_peek_string (request->body, "batchExecutionKey"));
}

static void
cancel_case_cb (SandboxRequest *request)
{
  gint64 id = find_by_query (request, &sandbox_set_test_case_executions, "testCaseExecutionId");

  if (id == 0)
    return;
  sandbox_store_begin (request->store);
  sandbox_test_case_cancel (request->server, id);
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 202);
}

static void
cancel_set_cb (SandboxRequest *request)
{
  gint64 id = find_by_query (request, &sandbox_set_test_set_executions, "testSetExecutionId");
  g_autoptr (GArray) cases = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement;

  if (id == 0)
    return;
  statement = sandbox_statement_open (
      request->store, "SELECT \"Id\" FROM \"TestCaseExecutions\" WHERE \"TestSetExecutionId\" = ?",
      "i", id);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_array_append_vals (cases, &(gint64){ sqlite3_column_int64 (statement, 0) }, 1);
  sandbox_store_done (statement);

  sandbox_store_begin (request->store);
  for (guint i = 0; i < cases->len; i++)
    sandbox_test_case_cancel (request->server, g_array_index (cases, gint64, i));
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 202);
}

/* Answers where one is not there, or is not over. Returns: (transfer full) (nullable) */
static GArray *
read_again (SandboxRequest *request)
{
  JsonArray *items = baton_json_peek_array (request->body, "testCaseExecutions");
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < baton_json_length (items); i++)
    {
      JsonObject *item = baton_json_peek_object_at (items, i);
      g_autofree char *key = NULL;
      gint64 id;

      if (!sandbox_body_check (request, item, "testCaseExecutions", argument_fields))
        return NULL;
      key = g_strdup_printf ("%" G_GINT64_FORMAT,
                             baton_json_peek_int (item, "testCaseExecutionId", 0));
      id = sandbox_write_find_row (request, &sandbox_set_test_case_executions, "Id", key);
      if (id == 0)
        return NULL;
      if (sandbox_statement_ask (request->store,
                                 "SELECT 1 FROM (" SANDBOX_TEST_CASES
                                 ") s WHERE s.\"Case\" = ? AND s.\"State\" < 3",
                                 "i", id)
          != 0)
        {
          sandbox_reply_error (request, 409, 1009, "The test case %s is still being executed.",
                               key);
          return NULL;
        }
      g_array_append_val (ids, id);
    }

  return g_steal_pointer (&ids);
}

static void
execute_again_cb (SandboxRequest *request)
{
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GString) sql = NULL;
  gboolean done = TRUE;

  if (!sandbox_body_check (request, request->body, "reexecuteTestCasesOptionsDto", again_fields))
    return;
  ids = read_again (request);
  if (ids == NULL)
    return;

  sql = g_string_new ("SELECT \"Id\" FROM \"TestCaseExecutions\" WHERE \"TenantId\" = ? AND "
                      "\"OrganizationUnitId\" = ? AND \"Id\" IN (?");
  sandbox_store_begin (request->store);
  for (guint i = 0; done && i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);

      done = sandbox_test_case_start_again (request->server, id, request->user);
      g_string_append_printf (sql, ", %" G_GINT64_FORMAT, id);
    }
  g_string_append (sql, ") ORDER BY \"Id\"");
  if (!done)
    {
      sandbox_store_rollback (request->store);
      sandbox_reply_error (request, 409, 1009, "The process of a test case is no longer there.");
      return;
    }
  sandbox_store_commit (request->store);
  reply_array (request, &sandbox_set_test_case_executions, sql->str, 0);
}

/* The body of a test set with all test cases of a process's package. Returns: (transfer full) */
static JsonNode *
make_test_set (SandboxRequest *request, gint64 release, const char *package)
{
  g_autoptr (GString) text = g_string_new ("{\"Name\":");
  g_autofree char *name
      = g_strdup_printf ("%s %s", package, baton_json_peek_string (request->body, "versionNumber"));
  gboolean coverage = baton_json_peek_bool (request->body, "enableCoverage", FALSE);
  gboolean first = TRUE;
  sqlite3_stmt *statement;

  sandbox_json_append_string (text, name);
  g_string_append_printf (text,
                          ",\"SourceType\":\"Transient\",\"EnableCoverage\":%s,\"Packages\":[{"
                          "\"PackageIdentifier\":",
                          coverage ? "true" : "false");
  sandbox_json_append_string (text, package);
  g_string_append (text, ",\"VersionMask\":");
  sandbox_json_append_string (text, baton_json_peek_string (request->body, "versionNumber"));
  g_string_append (text, "}],\"TestCases\":[");
  statement
      = sandbox_statement_open (request->store,
                                "SELECT \"Id\" FROM \"TestCaseDefinitions\" WHERE \"TenantId\" "
                                "= ? AND \"PackageIdentifier\" = ?",
                                "is", request->tenant, package);
  for (; sqlite3_step (statement) == SQLITE_ROW; first = FALSE)
    {
      g_string_append_printf (text,
                              "%s{\"DefinitionId\":%" G_GINT64_FORMAT
                              ",\"ReleaseId\":%" G_GINT64_FORMAT ",\"Enabled\":true,"
                              "\"VersionNumber\":",
                              first ? "" : ",", (gint64)sqlite3_column_int64 (statement, 0),
                              release);
      sandbox_json_append_string (text, baton_json_peek_string (request->body, "versionNumber"));
      g_string_append_c (text, '}');
    }
  sandbox_store_done (statement);
  g_string_append (text, "]}");

  return baton_json_parse_text (text->str, (gssize)text->len, NULL);
}

static void
build_cb (SandboxRequest *request)
{
  gint64 release;
  g_autofree char *package = NULL;
  g_autoptr (JsonNode) body = NULL;
  gint64 id;

  if (!sandbox_body_check (request, request->body, "buildTestSetRequestMessage", build_fields))
    return;
  if (!sandbox_body_has (request->body, "versionNumber"))
    {
      sandbox_reply_error (request, 400, 1014, "The versionNumber field is required.");
      return;
    }
  release = baton_json_peek_int (request->body, "releaseId", 0);
  package = sandbox_statement_ask_text (request->store,
                                        "SELECT \"ProcessKey\" FROM \"Releases\" WHERE "
                                        "\"TenantId\" = ? AND \"OrganizationUnitId\" = ? "
                                        "AND \"Id\" = ?",
                                        "iii", request->tenant, request->folder, release);
  if (package == NULL)
    {
      sandbox_reply_error (request, 404, 1002, "The process %" G_GINT64_FORMAT " does not exist.",
                           release);
      return;
    }
  body = make_test_set (request, release, package);
  id = sandbox_write_create (request, &sandbox_set_test_sets, baton_json_peek_root_object (body));
  if (id != 0)
    reply_number (request, 201, id);
}

static void
package_info_cb (SandboxRequest *request)
{
  const char *id = sandbox_request_get_query (request, "testCaseUniqueId");
  g_autofree char *lower = id != NULL ? g_ascii_strdown (id, -1) : NULL;
  sqlite3_stmt *statement = sandbox_statement_open (
      request->store,
      "SELECT \"PackageIdentifier\", \"LatestVersion\" FROM \"TestCaseDefinitions\" WHERE "
      "\"TenantId\" = ? AND (\"UniqueId\" = ? OR \"PackageIdentifier\" = ?) LIMIT 1",
      "iss", request->tenant, lower, sandbox_request_get_query (request, "packageIdentifier"));
  GString *json = NULL;

  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      json = g_string_new ("{\"packageIdentifier\":");
      sandbox_json_append_string (json, (const char *)sqlite3_column_text (statement, 0));
      g_string_append (json, ",\"latestVersion\":");
      sandbox_json_append_string (json, (const char *)sqlite3_column_text (statement, 1));
      g_string_append_c (json, '}');
    }
  sandbox_store_done (statement);
  if (json != NULL)
    sandbox_reply_json (request, 200, json);
  else
    sandbox_reply_error (request, 404, 1002, "The test case does not exist.");
}

/* Definition: TestReleaseVersionDto. */
static void
releases_cb (SandboxRequest *request)
{
  sqlite3_stmt *statement = sandbox_statement_open (
      request->store,
      "SELECT \"Id\", \"ProcessVersion\", \"OrganizationUnitId\" FROM \"Releases\" WHERE "
      "\"TenantId\" = ? AND \"OrganizationUnitId\" = ? AND \"ProcessKey\" = ? AND "
      "ifnull (?, \"ProcessVersion\") = \"ProcessVersion\" ORDER BY \"Id\"",
      "iiss", request->tenant, request->folder,
      sandbox_request_get_query (request, "packageIdentifier"),
      sandbox_request_get_query (request, "version"));
  GString *json = g_string_new ("[");

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      g_string_append_printf (json, "%s{\"releaseId\":%" G_GINT64_FORMAT ",\"versionNumber\":",
                              json->len > 1 ? "," : "",
                              (gint64)sqlite3_column_int64 (statement, 0));
      sandbox_json_append_string (json, (const char *)sqlite3_column_text (statement, 1));
      g_string_append_printf (json, ",\"organizationUnitId\":%" G_GINT64_FORMAT "}",
                              (gint64)sqlite3_column_int64 (statement, 2));
    }
  sandbox_store_done (statement);
  g_string_append_c (json, ']');
  sandbox_reply_json (request, 200, json);
}

static void
screenshot_cb (SandboxRequest *request)
{
  gint64 id = find_by_query (request, &sandbox_set_test_case_assertions, "testCaseAssertionId");
  g_autoptr (GBytes) content = NULL;
  guchar *data;
  gsize length;

  if (id == 0)
    return;
  if (sandbox_statement_ask (
          request->store, "SELECT \"HasScreenshot\" FROM \"TestCaseAssertions\" WHERE \"Id\" = ?",
          "i", id)
      == 0)
    {
      sandbox_reply_error (request, 404, 1002, "The assertion has no screenshot.");
      return;
    }
  data = g_base64_decode (SCREENSHOT, &length);
  content = g_bytes_new_take (data, length);
  sandbox_reply_file (request, "screenshot.png", "application/octet-stream", content);
}

/* What the robot wrote while it ran. */
static void
case_attachment_cb (SandboxRequest *request)
{
  gint64 id = find_by_query (request, &sandbox_set_test_case_execution_attachments,
                             "testCaseExecutionAttachmentId");
  g_autoptr (GString) text = NULL;
  g_autoptr (GBytes) content = NULL;
  sqlite3_stmt *statement;

  if (id == 0)
    return;
  text = g_string_new (NULL);
  statement = sandbox_statement_open (
      request->store,
      "SELECT strftime ('%Y-%m-%dT%H:%M:%SZ', l.\"TimeStamp\" / 1000000, 'unixepoch') || ' ' || "
      "l.\"Message\" FROM \"TestCaseExecutions\" x JOIN \"Jobs\" j ON j.\"Id\" = x.\"JobId\" JOIN "
      "\"RobotLogs\" l ON l.\"JobKey\" = j.\"Key\" WHERE x.\"Id\" = ? ORDER BY l.\"TimeStamp\"",
      "i", id);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_string_append_printf (text, "%s\n", (const char *)sqlite3_column_text (statement, 0));
  sandbox_store_done (statement);
  if (text->len == 0)
    g_string_append (text, "The logs of this execution are no longer kept.\n");
  content = g_string_free_to_bytes (g_steal_pointer (&text));
  sandbox_reply_file (request, "execution.log", "application/octet-stream", content);
}

/* The results as JUnit writes them. */
static void
set_attachment_cb (SandboxRequest *request)
{
  gint64 id = find_by_query (request, &sandbox_set_test_set_execution_attachments,
                             "testSetExecutionAttachmentId");
  g_autoptr (GString) cases = NULL;
  g_autofree char *name = NULL;
  g_autofree char *head = NULL;
  g_autoptr (GBytes) content = NULL;
  sqlite3_stmt *statement;
  int n = 0, n_failed = 0;

  if (id == 0)
    return;
  cases = g_string_new (NULL);
  statement = sandbox_statement_open (
      request->store,
      "SELECT ifnull (d.\"Name\", ''), s.\"State\", ifnull ((s.\"EndTime\" - s.\"StartTime\") / "
      "1000000, 0) FROM (" SANDBOX_TEST_CASES ") s LEFT JOIN \"TestCases\" c ON c.\"Id\" = "
      "s.\"TestCaseId\" LEFT JOIN \"TestCaseDefinitions\" d ON d.\"Id\" = c.\"DefinitionId\" WHERE "
      "s.\"Set\" = ? ORDER BY s.\"Case\"",
      "i", id);
  for (; sqlite3_step (statement) == SQLITE_ROW; n++)
    {
      gboolean failed = sqlite3_column_int (statement, 1) != 3;
      g_autofree char *case_name
          = g_markup_escape_text ((const char *)sqlite3_column_text (statement, 0), -1);

      n_failed += failed ? 1 : 0;
      g_string_append_printf (cases, "    <testcase name=\"%s\" time=\"%d\">%s</testcase>\n",
                              case_name, sqlite3_column_int (statement, 2),
                              failed ? "<failure message=\"The test case did not pass\"/>" : "");
    }
  sandbox_store_done (statement);

  name = sandbox_statement_ask_text (
      request->store, "SELECT \"Name\" FROM \"TestSetExecutions\" WHERE \"Id\" = ?", "i", id);
  head = g_markup_printf_escaped (
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<testsuites>\n  <testsuite name=\"%s\" "
      "tests=\"%d\" failures=\"%d\">\n",
      name, n, n_failed);
  g_string_prepend (cases, head);
  g_string_append (cases, "  </testsuite>\n</testsuites>\n");
  content = g_string_free_to_bytes (g_steal_pointer (&cases));
  sandbox_reply_file (request, "junit.xml", "application/octet-stream", content);
}

static void
case_attachments_cb (SandboxRequest *request)
{
  if (sandbox_body_check (request, request->body, "filter", filter_fields))
    reply_array (request, &sandbox_set_test_case_execution_attachments,
                 "SELECT \"Id\" FROM \"TestCaseExecutionAttachments\" WHERE \"TenantId\" = ? AND "
                 "\"OrganizationUnitId\" = ? AND \"TestCaseExecutionId\" = ?",
                 baton_json_peek_int (request->body, "testCaseExecutionId", 0));
}

static void
set_attachments_cb (SandboxRequest *request)
{
  if (sandbox_body_check (request, request->body, "filter", filter_fields))
    reply_array (request, &sandbox_set_test_set_execution_attachments,
                 "SELECT \"Id\" FROM \"TestSetExecutionAttachments\" WHERE \"TenantId\" = ? AND "
                 "\"OrganizationUnitId\" = ? AND \"TestSetExecutionId\" = ?",
                 baton_json_peek_int (request->body, "testSetExecutionId", 0));
}

#define TEST(method, name, permission, handler)                                                    \
  {                                                                                                \
    method, AT name, SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, permission, handler                     \
  }

const SandboxOperation sandbox_test_automation_operations[] = {
  TEST ("POST", "StartTestSetExecution", "TestSetExecutions.Create", start_cb),
  TEST ("POST",
        "StartTestSetExecutionWithOptions",
        "TestSetExecutions.Create",
        start_with_options_cb),
  TEST ("POST", "CancelTestSetExecution", "TestSetExecutions.Edit", cancel_set_cb),
  TEST ("POST", "CancelTestCaseExecution", "TestSetExecutions.Edit", cancel_case_cb),
  TEST ("POST", "ReexecuteTestCases", "TestSetExecutions.Create", execute_again_cb),
  TEST ("POST", "CreateTestSetForReleaseVersion", "TestSets.Create", build_cb),
  { "GET", AT "GetPackageInfoByTestCaseUniqueId", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, NULL,
    package_info_cb },
  TEST ("GET", "GetReleasesForPackageVersion", "Processes.View", releases_cb),
  TEST ("GET", "GetAssertionScreenshot", "TestSetExecutions.View", screenshot_cb),
  TEST ("GET", "GetTestCaseExecutionAttachment", "TestSetExecutions.View", case_attachment_cb),
  TEST ("GET", "GetTestSetExecutionAttachment", "TestSetExecutions.View", set_attachment_cb),
  TEST ("POST", "GetTestCaseExecutionAttachments", "TestSetExecutions.View", case_attachments_cb),
  TEST ("POST", "GetTestSetExecutionAttachments", "TestSetExecutions.View", set_attachments_cb),
  { NULL },
};
