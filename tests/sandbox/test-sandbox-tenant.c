/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "baton-json.h"
#include "sandbox-test.h"

#define US "UiPath.Server.Configuration.OData."
#define VIEWER "rt_sandbox-viewer-access-token-0123456789ab"

static SandboxTest *test;

static SandboxAnswer *
send (const char *method, const char *address, const char *body)
{
  return sandbox_test_send (test, method, address, test->token, 0, NULL, body);
}

static gint64
get_id (SandboxAnswer *answer)
{
  return baton_json_peek_int (answer->json, "Id", 0);
}

static char *
dup_setting (const char *name)
{
  g_autofree char *address = g_strdup_printf ("odata/Settings('%s')", name);
  g_autoptr (SandboxAnswer) answer = send ("GET", address, NULL);

  return g_strdup (baton_json_peek_string (answer->json, "value"));
}

/* A machine's secret is told once, and once for each that is added. */
static void
test_machine_secret (void)
{
  g_autoptr (SandboxAnswer) made = send ("POST", "odata/Machines", "{\"Name\":\"SECRETIVE\"}");
  const char *secret = baton_json_peek_string (made->json, "ClientSecret");
  const char *key = baton_json_peek_string (made->json, "LicenseKey");
  g_autofree char *address
      = g_strdup_printf ("odata/Machines(%" G_GINT64_FORMAT ")", get_id (made));
  g_autofree char *secrets = g_strdup_printf ("api/clientsecrets/%s", key);
  g_autoptr (SandboxAnswer) read = send ("GET", address, NULL);
  g_autoptr (SandboxAnswer) added = send ("POST", secrets, NULL);
  g_autoptr (SandboxAnswer) list = send ("GET", secrets, NULL);
  g_autofree char *one = g_strdup_printf ("api/clientsecrets/%" G_GINT64_FORMAT,
                                          baton_json_peek_int (added->json, "id", 0));
  g_autoptr (SandboxAnswer) removed = send ("DELETE", one, NULL);
  g_autoptr (SandboxAnswer) again = send ("DELETE", one, NULL);
  g_autoptr (SandboxAnswer) audit = send ("GET", "odata/AuditLogs?$expand=Entities", NULL);

  sandbox_assert_status (made, 201);
  g_assert_cmpuint (strlen (secret), >, 20);
  g_assert_true (g_uuid_string_is_valid (key));
  g_assert_null (strstr (read->text, secret));
  sandbox_assert_status (added, 201);
  g_assert_cmpuint (baton_json_length (baton_json_peek_root_array (list->node)), ==, 2);
  g_assert_null (strstr (list->text, baton_json_peek_string (added->json, "secret")));
  sandbox_assert_status (removed, 204);
  sandbox_assert_error (again, 404, 1002);
  g_assert_null (strstr (audit->text, secret));
}

static void
test_machines_bulk (void)
{
  g_autoptr (SandboxAnswer) first = send ("POST", "odata/Machines", "{\"Name\":\"BULK-1\"}");
  g_autoptr (SandboxAnswer) second = send ("POST", "odata/Machines", "{\"Name\":\"BULK-2\"}");
  g_autofree char *half
      = g_strdup_printf ("{\"machineIds\":[%" G_GINT64_FORMAT ",987654]}", get_id (first));
  g_autofree char *both
      = g_strdup_printf ("{\"machineIds\":[%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT "]}",
                         get_id (first), get_id (second));
  g_autoptr (SandboxAnswer) refused = send ("POST", "odata/Machines/" US "DeleteBulk", half);
  g_autoptr (SandboxAnswer) deleted = send ("POST", "odata/Machines/" US "DeleteBulk", both);

  sandbox_assert_error (refused, 404, 1002);
  sandbox_assert_status (deleted, 204);
}

static void
test_robots (void)
{
  g_autoptr (SandboxAnswer) machine = send ("POST", "odata/Machines", "{\"Name\":\"ROBOTIC\"}");
  g_autoptr (SandboxAnswer) lacking
      = send ("POST", "odata/Robots",
              "{\"Name\":\"R0\",\"Type\":\"Unattended\",\"HostingType\":\"Standard\"}");
  g_autoptr (SandboxAnswer) made
      = send ("POST", "odata/Robots",
              "{\"Name\":\"R1\",\"Type\":\"Unattended\",\"HostingType\":\"Standard\","
              "\"MachineName\":\"robotic\",\"Password\":\"never-shown-2\"}");
  gint64 id = get_id (made);
  g_autofree char *address = g_strdup_printf ("odata/Robots(%" G_GINT64_FORMAT ")", id);
  g_autofree char *toggle
      = g_strdup_printf ("{\"robotIds\":[%" G_GINT64_FORMAT "],\"enabled\":false}", id);
  g_autofree char *convert = g_strdup_printf ("{\"robotId\":%" G_GINT64_FORMAT "}", id);
  g_autoptr (SandboxAnswer) off = send ("POST", "odata/Robots/" US "ToggleEnabledStatus", toggle);
  g_autoptr (SandboxAnswer) after = send ("GET", address, NULL);
  g_autoptr (SandboxAnswer) floating
      = send ("POST", "odata/Robots/" US "ConvertToFloating", convert);
  g_autoptr (SandboxAnswer) last = send ("GET", address, NULL);
  g_autoptr (SandboxAnswer) deleted = send ("DELETE", address, NULL);

  sandbox_assert_error (lacking, 400, 1014);
  sandbox_assert_status (made, 201);
  g_assert_cmpint (baton_json_peek_int (made->json, "MachineId", 0), ==, get_id (machine));
  g_assert_null (strstr (made->text, "never-shown-2"));
  sandbox_assert_status (off, 200);
  g_assert_false (baton_json_peek_bool (after->json, "Enabled", TRUE));
  sandbox_assert_status (floating, 200);
  g_assert_cmpstr (baton_json_peek_string (last->json, "HostingType"), ==, "Floating");
  g_assert_false (baton_json_has (last->json, "MachineName"));
  sandbox_assert_status (deleted, 204);
}

static void
test_robots_of_folder (void)
{
  g_autofree char *address = g_strdup_printf (
      "odata/Robots/" US "GetRobotsFromFolder(folderId=%" G_GINT64_FORMAT ")", test->shared);
  g_autoptr (SandboxAnswer) list = send ("GET", address, NULL);
  JsonObject *robot = baton_json_peek_object_at (baton_json_peek_array (list->json, "value"), 0);
  g_autoptr (SandboxAnswer) nowhere
      = send ("GET", "odata/Robots/" US "GetRobotsFromFolder(folderId=987654)", NULL);

  sandbox_assert_status (list, 200);
  g_assert_cmpstr (baton_json_peek_string (robot, "UserType"), ==, "Robot");
  g_assert_true (g_uuid_string_is_valid (baton_json_peek_string (robot, "UserKey")));
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (nowhere->json, "value")), ==, 0);

  {
    g_autofree char *body = g_strdup_printf ("{\"userId\":%" G_GINT64_FORMAT "}",
                                             baton_json_peek_int (robot, "UserId", 0));
    g_autofree char *remove = g_strdup_printf (
        "odata/Folders(%" G_GINT64_FORMAT ")/" US "RemoveUserFromFolder", test->shared);
    g_autoptr (SandboxAnswer) removed = send ("POST", remove, body);
    g_autoptr (SandboxAnswer) fewer = send ("GET", address, NULL);

    sandbox_assert_status (removed, 204);
    g_assert_cmpuint (sandbox_answer_length (fewer), ==, sandbox_answer_length (list) - 1);
  }
}

static SandboxAnswer *
get_assigned (const char *folder)
{
  return sandbox_test_ask (test, "GET", 0, NULL,
                           "odata/Machines/" US "GetAssignedMachines(folderId=%" G_GINT64_FORMAT
                           ")",
                           sandbox_test_find_folder (test, folder));
}

static gint64
count_runtimes (const char *folder)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_ask (
      test, "GET", 0, NULL,
      "odata/Machines/" US "GetRuntimesForFolder(folderId=%" G_GINT64_FORMAT ")",
      sandbox_test_find_folder (test, folder));
  gint64 total = 0;

  for (guint i = 0; i < sandbox_answer_length (answer); i++)
    total += baton_json_peek_int (sandbox_answer_get (answer, i), "Total", 0);

  return total;
}

/* A folder has the machines that are assigned to it, or handed down to it, and no others. */
static void
test_machines_of_folder (void)
{
  g_autoptr (SandboxAnswer) shared = get_assigned ("Shared");
  g_autoptr (SandboxAnswer) finance = get_assigned ("Finance");
  g_autoptr (SandboxAnswer) below = get_assigned ("Finance/Treasury");
  g_autoptr (SandboxAnswer) hosts = sandbox_test_ask (
      test, "GET", 0, NULL,
      "odata/Sessions/" US "GetMachineSessionRuntimesByFolderId(folderId=%" G_GINT64_FORMAT ")",
      sandbox_test_find_folder (test, "Finance"));
  gint64 runtimes = count_runtimes ("Finance");
  g_autofree char *body
      = g_strdup_printf ("{'associations':{'FolderId':%" G_GINT64_FORMAT ",'AddedMachineIds':[],"
                         "'RemovedMachineIds':[%" G_GINT64_FORMAT "]}}",
                         sandbox_test_find_folder (test, "Finance"),
                         baton_json_peek_int (sandbox_answer_get (finance, 0), "Id", 0));
  g_autoptr (SandboxAnswer) removed = NULL;
  g_autoptr (SandboxAnswer) fewer = NULL;

  g_assert_cmpuint (sandbox_answer_length (finance), >, 1);
  g_assert_cmpuint (sandbox_answer_length (finance), <, sandbox_answer_length (shared));
  g_assert_cmpuint (sandbox_answer_length (below), ==, sandbox_answer_length (finance));
  g_assert_cmpuint (sandbox_answer_length (hosts), ==, sandbox_answer_length (finance));
  g_assert_cmpint (runtimes, <, count_runtimes ("Shared"));

  removed = sandbox_test_ask (test, "POST", 0, body,
                              "odata/Folders/" US "UpdateMachinesToFolderAssociations");
  sandbox_assert_status (removed, 204);
  fewer = get_assigned ("Finance/Treasury");
  g_assert_cmpuint (sandbox_answer_length (fewer), ==, sandbox_answer_length (below) - 1);
  g_assert_cmpint (count_runtimes ("Finance"), <, runtimes);
}

static void
test_settings (void)
{
  g_autoptr (SandboxAnswer) bulk
      = send ("POST", "odata/Settings/" US "UpdateBulk",
              "{\"settings\":[{\"Name\":\"Test.One\",\"Value\":\"1\",\"Scope\":\"Tenant\"},"
              "{\"Name\":\"Test.Two\",\"Value\":\"2\",\"Scope\":\"Tenant\"}]}");
  g_autoptr (SandboxAnswer) put
      = send ("PUT", "odata/Settings('Test.One')", "{\"Name\":\"Test.One\",\"Value\":\"eins\"}");
  g_autoptr (SandboxAnswer) renamed
      = send ("PUT", "odata/Settings('Test.One')", "{\"Name\":\"Test.Other\",\"Value\":\"x\"}");
  g_autoptr (SandboxAnswer) absent
      = send ("PUT", "odata/Settings('Test.Nine')", "{\"Name\":\"Test.Nine\",\"Value\":\"9\"}");
  g_autoptr (SandboxAnswer) half = send ("POST", "odata/Settings/" US "DeleteBulk",
                                         "{\"settingNames\":[\"Test.Two\",\"Test.Nine\"]}");
  g_autofree char *one = dup_setting ("Test.One");
  g_autofree char *two = dup_setting ("Test.Two");
  g_autoptr (SandboxAnswer) deleted = send ("POST", "odata/Settings/" US "DeleteBulk",
                                            "{\"settingNames\":[\"Test.One\",\"Test.Two\"]}");

  sandbox_assert_status (bulk, 200);
  sandbox_assert_status (put, 200);
  sandbox_assert_error (renamed, 400, 1009);
  sandbox_assert_error (absent, 404, 1002);
  sandbox_assert_error (half, 404, 1002);
  g_assert_cmpstr (one, ==, "eins");
  g_assert_cmpstr (two, ==, "2");
  sandbox_assert_status (deleted, 204);
}

/* What somebody sets for himself is his own. */
static void
test_own_setting (void)
{
  g_autoptr (SandboxAnswer) set
      = send ("POST", "odata/Settings/" US "UpdateUserSetting",
              "{\"setting\":{\"Name\":\"Test.Mine\",\"Value\":\"only-here\",\"Scope\":\"User\"}}");
  g_autoptr (SandboxAnswer) mine = send ("GET", "odata/Settings/" US "GetWebSettings", NULL);
  g_autoptr (SandboxAnswer) theirs = sandbox_test_send (
      test, "GET", "odata/Settings/" US "GetWebSettings", VIEWER, 0, NULL, NULL);

  sandbox_assert_status (set, 200);
  g_assert_nonnull (strstr (mine->text, "only-here"));
  g_assert_null (strstr (theirs->text, "only-here"));
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (mine->json, "Keys")), ==,
                    baton_json_length (baton_json_peek_array (mine->json, "Values")));
}

static void
test_calendars (void)
{
  g_autoptr (SandboxAnswer) made
      = send ("POST", "odata/Calendars",
              "{\"Name\":\"Days off\",\"TimeZoneId\":\"GTB Standard Time\",\"ExcludedDates\":["
              "\"2026-12-25T08:30:00Z\",\"2026-12-24T00:00:00Z\",\"2026-12-25T00:00:00Z\"]}");
  g_autofree char *address
      = g_strdup_printf ("odata/Calendars(%" G_GINT64_FORMAT ")", get_id (made));
  g_autoptr (SandboxAnswer) read = send ("GET", address, NULL);
  JsonArray *dates = baton_json_peek_array (read->json, "ExcludedDates");
  g_autoptr (SandboxAnswer) list = send ("GET", "odata/Calendars", NULL);
  g_autoptr (SandboxAnswer) zone
      = send ("POST", "odata/Calendars", "{\"Name\":\"Z\",\"TimeZoneId\":\"Moon Standard Time\"}");
  g_autoptr (SandboxAnswer) date
      = send ("POST", "odata/Calendars", "{\"Name\":\"D\",\"ExcludedDates\":[\"tomorrow\"]}");
  g_autoptr (SandboxAnswer) exists
      = send ("POST", "odata/Calendars/" US "CalendarExists", "{\"calendarName\":\"days OFF\"}");
  g_autoptr (SandboxAnswer) deleted = send ("DELETE", address, NULL);

  sandbox_assert_status (made, 201);
  g_assert_cmpuint (baton_json_length (dates), ==, 2);
  g_assert_cmpstr (baton_json_peek_string_at (dates, 0), ==, "2026-12-24T00:00:00Z");
  /* By key alone (fact sheet 6.21). */
  g_assert_null (strstr (list->text, "ExcludedDates"));
  sandbox_assert_error (zone, 400, 1009);
  sandbox_assert_error (date, 400, 1009);
  g_assert_true (baton_json_peek_bool (exists->json, "value", FALSE));
  sandbox_assert_status (deleted, 204);
}

static gint64
count_unread (const char *bearer)
{
  g_autoptr (SandboxAnswer) answer
      = sandbox_test_send (test, "GET", "odata/Alerts/" US "GetUnreadCount", bearer, 0, NULL, NULL);

  sandbox_assert_status (answer, 200);

  return baton_json_peek_int (answer->json, "value", -1);
}

static void
test_alerts (void)
{
  gint64 before = count_unread (test->token);
  g_autoptr (SandboxAnswer) raised
      = send ("POST", "odata/Alerts/" US "RaiseProcessAlert",
              "{\"processAlert\":{\"Message\":\"Stock is low\",\"Severity\":\"Warn\","
              "\"RobotName\":\"Order-Bot\",\"ProcessName\":\"Orders\"}}");
  g_autoptr (SandboxAnswer) list = send ("GET", "odata/Alerts?$top=1", NULL);
  JsonObject *alert = baton_json_peek_object_at (baton_json_peek_array (list->json, "value"), 0);
  g_autofree char *body
      = g_strdup_printf ("{\"ids\":[\"%s\"]}", baton_json_peek_string (alert, "Id"));
  g_autoptr (SandboxAnswer) marked = send ("POST", "odata/Alerts/" US "MarkAsRead", body);
  g_autoptr (SandboxAnswer) unknown = send ("POST", "odata/Alerts/" US "MarkAsRead",
                                            "{\"ids\":[\"00000000-0000-0000-0000-000000000000\"]}");
  g_autoptr (SandboxAnswer) viewer
      = sandbox_test_send (test, "GET", "odata/Alerts", VIEWER, 0, NULL, NULL);

  sandbox_assert_status (raised, 200);
  g_assert_cmpstr (baton_json_peek_string (alert, "Component"), ==, "Process");
  g_assert_cmpstr (baton_json_peek_string (alert, "State"), ==, "Unread");
  g_assert_nonnull (strstr (baton_json_peek_string (alert, "Data"), "Stock is low"));
  sandbox_assert_status (marked, 200);
  g_assert_cmpint (baton_json_peek_int (marked->json, "value", -1), ==, before);
  sandbox_assert_error (unknown, 404, 1002);
  sandbox_assert_status (viewer, 403);
}

static gint64
get_count (SandboxAnswer *stats, const char *title)
{
  JsonArray *array = baton_json_peek_root_array (stats->node);

  for (guint i = 0; i < baton_json_length (array); i++)
    {
      JsonObject *item = baton_json_peek_object_at (array, i);

      if (g_str_equal (baton_json_peek_string (item, "title"), title))
        return baton_json_peek_int (item, "count", -2);
    }

  return -3;
}

static void
test_stats (void)
{
  g_autoptr (SandboxAnswer) jobs = send ("GET", "api/Stats/GetJobsStats", NULL);
  g_autoptr (SandboxAnswer) faulted
      = send ("GET", "odata/Jobs?$count=true&$top=1&$filter=State%20eq%20'Faulted'", NULL);
  g_autoptr (SandboxAnswer) counts = send ("GET", "api/Stats/GetCountStats", NULL);
  g_autoptr (SandboxAnswer) releases = send ("GET", "odata/Releases?$top=1", NULL);

  g_assert_cmpint (get_count (jobs, "Faulted"), ==,
                   baton_json_peek_int (faulted->json, "@odata.count", -1));
  g_assert_cmpint (get_count (counts, "Processes"), ==,
                   baton_json_peek_int (releases->json, "@odata.count", -1));
}

static void
test_tenants (void)
{
  g_autoptr (SandboxAnswer) list = send ("GET", "odata/Tenants", NULL);
  JsonObject *tenant = baton_json_peek_object_at (baton_json_peek_array (list->json, "value"), 0);
  g_autoptr (SandboxAnswer) other = send ("GET", "odata/Tenants(2)", NULL);

  g_assert_cmpuint (baton_json_length (baton_json_peek_array (list->json, "value")), ==, 1);
  g_assert_cmpstr (baton_json_peek_string (tenant, "Name"), ==, "DefaultTenant");
  g_assert_cmpstr (baton_json_peek_string (tenant, "AdminEmailAddress"), ==,
                   "ada.admin@acme.example");
  sandbox_assert_error (other, 404, 1002);
}

/* A trigger that is due in the two minutes that go by. Returns: how many jobs it has started. */
static gint64
run_trigger (const char *name)
{
  g_autofree char *process = sandbox_test_find_process (test, "Stock_Sync");
  g_autofree char *body = g_strdup_printf ("{'Name':'%s','ReleaseKey':'%s','TimeZoneId':'UTC',"
                                           "'StartProcessCron':'0 0/1 * * * ?'}",
                                           name, process);
  g_autoptr (SandboxAnswer) made
      = sandbox_test_ask (test, "POST", test->shared, body, "odata/ProcessSchedules");
  g_autoptr (SandboxAnswer) jobs = NULL;

  sandbox_assert_status (made, 201);
  sandbox_answer_free (sandbox_test_control (test, "POST", "clock/advance", "{\"seconds\":120}"));
  jobs = sandbox_test_ask (test, "GET", test->shared, NULL,
                           "odata/Jobs?$filter=StartingScheduleId%%20eq%%20%" G_GINT64_FORMAT
                           "&$count=true&$top=0",
                           get_id (made));
  sandbox_answer_free (sandbox_test_ask (test, "DELETE", test->shared, NULL,
                                         "odata/ProcessSchedules(%" G_GINT64_FORMAT ")",
                                         get_id (made)));

  return baton_json_peek_int (jobs->json, "@odata.count", -1);
}

static void
test_maintenance (void)
{
  gint64 before = run_trigger ("Before maintenance");
  static const char start[] = "api/Maintenance/Start?phase=Draining";
  static const char suspend[] = "api/Maintenance/Start?phase=Suspended";
  g_autoptr (SandboxAnswer) foreign
      = sandbox_test_send (test, "POST", start, VIEWER, 0, NULL, NULL);
  g_autoptr (SandboxAnswer) early = send ("POST", suspend, NULL);
  g_autoptr (SandboxAnswer) drained = send ("POST", start, NULL);
  g_autoptr (SandboxAnswer) job = sandbox_test_post (test, "odata/Jobs/" US "StartJobs",
                                                     "{\"startInfo\":{\"ReleaseName\":\"any\"}}");
  gint64 during = run_trigger ("During maintenance");
  g_autoptr (SandboxAnswer) forced
      = send ("POST", "api/Maintenance/Start?phase=Suspended&force=true", NULL);
  g_autoptr (SandboxAnswer) closed = send ("GET", "odata/Folders", NULL);
  g_autoptr (SandboxAnswer) open = send ("GET", "api/Maintenance/Get", NULL);
  g_autoptr (SandboxAnswer) ended = send ("POST", "api/Maintenance/End", NULL);
  g_autoptr (SandboxAnswer) again = send ("GET", "odata/Folders", NULL);
  g_autoptr (SandboxAnswer) after = send ("GET", "api/Maintenance/Get", NULL);

  sandbox_assert_status (foreign, 403);
  sandbox_assert_error (early, 409, 1013);
  sandbox_assert_status (drained, 204);
  sandbox_assert_error (job, 409, 1024);
  g_assert_cmpint (before, >, 0);
  g_assert_cmpint (during, ==, 0);
  g_assert_cmpint (baton_json_peek_int (open->json, "triggersSkipped", 0), >, 0);
  sandbox_assert_status (forced, 204);
  sandbox_assert_error (closed, 503, 1024);
  sandbox_assert_status (open, 200);
  g_assert_cmpstr (baton_json_peek_string (open->json, "state"), ==, "Suspended");
  sandbox_assert_status (ended, 204);
  sandbox_assert_status (again, 200);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (after->json, "maintenanceLogs")), ==,
                    3);
}

static void
test_licenses (void)
{
  static const char runtimes[]
      = "odata/LicensesRuntime/" US "GetLicensesRuntime(robotType='Unattended')";
  g_autoptr (SandboxAnswer) before = send ("GET", runtimes, NULL);
  JsonObject *machine
      = baton_json_peek_object_at (baton_json_peek_array (before->json, "value"), 0);
  const char *name = baton_json_peek_string (machine, "MachineName");
  g_autofree char *escaped = g_uri_escape_string (name, NULL, FALSE);
  g_autofree char *address
      = g_strdup_printf ("odata/LicensesRuntime('%s')/" US "ToggleEnabled", escaped);
  g_autofree char *body
      = g_strdup_printf ("{\"key\":\"%s\",\"robotType\":\"Unattended\",\"enabled\":false}",
                         baton_json_peek_string (machine, "Key"));
  g_autoptr (SandboxAnswer) toggled = send ("POST", address, body);
  g_autoptr (SandboxAnswer) after = send ("GET", runtimes, NULL);
  g_autoptr (SandboxAnswer) named = send (
      "GET", "odata/LicensesNamedUser/" US "GetLicensesNamedUser(robotType='Attended')", NULL);
  g_autoptr (SandboxAnswer) wrong
      = send ("GET", "odata/LicensesNamedUser/" US "GetLicensesNamedUser(robotType='Steam')", NULL);

  sandbox_assert_status (toggled, 200);
  g_assert_false (baton_json_peek_bool (
      baton_json_peek_object_at (baton_json_peek_array (after->json, "value"), 0), "Enabled",
      TRUE));
  g_assert_cmpint (baton_json_peek_int (named->json, "@odata.count", 0), >, 0);
  sandbox_assert_error (wrong, 400, 1009);

  {
    g_autoptr (SandboxAnswer) license = send ("GET", "odata/Settings/" US "GetLicense", NULL);
    JsonObject *allowed = baton_json_peek_object (license->json, "Allowed");
    JsonObject *used = baton_json_peek_object (license->json, "Used");
    g_autoptr (GList) kinds = json_object_get_members (allowed);

    g_assert_cmpint (
        baton_json_peek_int (baton_json_peek_object (license->json, "Used"), "Attended", -1), ==,
        baton_json_peek_int (named->json, "@odata.count", 0));
    for (GList *l = kinds; l != NULL; l = l->next)
      g_assert_cmpint (baton_json_peek_int (used, l->data, G_MAXINT64), <=,
                       baton_json_peek_int (allowed, l->data, 0));
  }
}

static void
test_consumption (void)
{
  static const struct
  {
    const char *method;
    const char *address;
    const char *body;
    const char *error; /* NULL where it succeeds */
  } steps[] = {
    { "POST", "api/Licensing/Acquire",
      "{\"reference\":\"a\",\"type\":\"RobotUnits\",\"count\":999}", NULL },
    { "POST", "api/Licensing/Acquire", "{\"reference\":\"a\",\"type\":\"RobotUnits\",\"count\":1}",
      "LicenseIsAlreadyInUse" },
    { "POST", "api/Licensing/Acquire", "{\"reference\":\"b\",\"type\":\"RobotUnits\",\"count\":2}",
      "NoAvailableLicenses" },
    { "PUT", "api/Licensing/Release", "{\"reference\":\"a\",\"type\":\"RobotUnits\"}", NULL },
    { "POST", "api/Licensing/Acquire", "{\"reference\":\"b\",\"type\":\"RobotUnits\",\"count\":2}",
      NULL },
    { "POST", "api/Licensing/Acquire", "{\"reference\":\"c\",\"type\":\"Sunshine\",\"count\":2}",
      "InvalidRequest" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (SandboxAnswer) answer = send (steps[i].method, steps[i].address, steps[i].body);

      sandbox_assert_status (answer, 200);
      g_assert_cmpint (baton_json_peek_bool (answer->json, "isSuccess", FALSE), ==,
                       steps[i].error == NULL);
      g_assert_cmpstr (baton_json_peek_string (answer->json, "errorCode"), ==, steps[i].error);
    }
}

static void
test_directory (void)
{
  g_autoptr (SandboxAnswer) found = send (
      "GET", "api/DirectoryService/SearchForUsersAndGroups?searchContext=Users&prefix=ADA", NULL);
  g_autoptr (SandboxAnswer) robots = send (
      "GET", "api/DirectoryService/SearchForUsersAndGroups?searchContext=Robots&prefix=ada", NULL);
  g_autoptr (SandboxAnswer) id
      = send ("GET", "api/DirectoryService/GetDomainUserId?userName=viewer", NULL);
  g_autoptr (SandboxAnswer) nobody
      = send ("GET", "api/DirectoryService/GetDomainUserId?userName=nobody", NULL);
  JsonArray *people = baton_json_peek_root_array (found->node);

  g_assert_cmpuint (baton_json_length (people), ==, 1);
  g_assert_cmpstr (baton_json_peek_string (baton_json_peek_object_at (people, 0), "identityName"),
                   ==, "admin");
  g_assert_cmpuint (baton_json_length (baton_json_peek_root_array (robots->node)), ==, 0);
  g_assert_cmpint (g_ascii_strtoll (id->text, NULL, 10), >, 0);
  sandbox_assert_error (nobody, 404, 1002);
}

/* The sandbox itself is there; nothing listens at the discard port; others are not asked. */
static void
test_verify_host (void)
{
  g_autofree char *own = g_strdup_printf ("api/Status/VerifyHostAvailibility?url=%s", test->origin);
  g_autoptr (SandboxAnswer) there = send ("GET", own, NULL);
  g_autoptr (SandboxAnswer) nobody
      = send ("GET", "api/Status/VerifyHostAvailibility?url=http://127.0.0.1:9/", NULL);
  g_autoptr (SandboxAnswer) remote
      = send ("GET", "api/Status/VerifyHostAvailibility?url=http://192.0.2.1/", NULL);
  g_autoptr (SandboxAnswer) wrong
      = send ("GET", "api/Status/VerifyHostAvailibility?url=elsewhere", NULL);

  g_assert_true (baton_json_peek_bool (there->json, "canConnect", FALSE));
  g_assert_false (baton_json_peek_bool (nobody->json, "canConnect", TRUE));
  g_assert_false (baton_json_peek_bool (remote->json, "canConnect", TRUE));
  g_assert_nonnull (baton_json_peek_string (remote->json, "connectionError"));
  sandbox_assert_error (wrong, 400, 1009);
}

/* A mail server of one mail: says yes to all but what is for "refused@". */
static gpointer
serve_mail (gpointer data)
{
  GSocketListener *listener = data;
  g_autoptr (GSocketConnection) connection = g_socket_listener_accept (listener, NULL, NULL, NULL);
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autoptr (GDataInputStream) input
      = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  GString *heard = g_string_new (NULL);
  gboolean is_data = FALSE;
  const char *answer = "220 here\r\n";

  g_data_input_stream_set_newline_type (input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  do
    {
      g_autofree char *line = NULL;

      if (answer != NULL)
        g_output_stream_write_all (output, answer, strlen (answer), NULL, NULL, NULL);
      line = g_data_input_stream_read_line (input, NULL, NULL, NULL);
      if (line == NULL)
        break;
      g_string_append_printf (heard, "%s\n", line);
      if (g_str_equal (line, "."))
        is_data = FALSE;
      answer = is_data                                  ? NULL
               : g_str_has_prefix (line, "EHLO")        ? "250-here\r\n250 AUTH PLAIN\r\n"
               : g_str_has_prefix (line, "RCPT TO:<re") ? "550 nobody\r\n"
               : g_str_equal (line, "DATA")             ? "354 go on\r\n"
                                                        : "250 yes\r\n";
      is_data = is_data || g_str_equal (line, "DATA");
    }
  while (TRUE);

  return g_string_free (heard, FALSE);
}

/* Returns: (transfer full): what the mail server heard. @status: (out): of the answer. */
static char *
send_mail (const char *to, guint *status)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GError) error = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, &error);
  GThread *thread = g_thread_new ("mail", serve_mail, listener);
  g_autofree char *body = g_strdup_printf (
      "{\"sendTo\":\"%s\",\"smtpSettingModel\":{\"Host\":\"127.0.0.1\",\"Port\":%u,"
      "\"UserName\":\"mailer\",\"Password\":\"made-up\"}}",
      to, port);
  g_autoptr (SandboxAnswer) answer = send ("POST", "odata/Settings/" US "VerifySmtpSetting", body);

  g_assert_no_error (error);
  *status = answer->status;
  g_assert_true (answer->text == NULL || strstr (answer->text, "made-up") == NULL);

  return g_thread_join (thread);
}

static void
test_mail (void)
{
  guint sent, refused;
  g_autofree char *heard = send_mail ("ada@acme.example", &sent);
  g_autofree char *nobody = send_mail ("refused@acme.example", &refused);
  g_autoptr (SandboxAnswer) injected
      = send ("POST", "odata/Settings/" US "VerifySmtpSetting",
              "{\"sendTo\":\"a@b>\\r\\nRCPT TO:<c@d\",\"smtpSettingModel\":{\"Host\":"
              "\"127.0.0.1\",\"Port\":9}}");
  g_autoptr (SandboxAnswer) absent
      = send ("POST", "odata/Settings/" US "VerifySmtpSetting",
              "{\"sendTo\":\"a@b\",\"smtpSettingModel\":{\"Host\":\"127.0.0.1\",\"Port\":9}}");
  g_autoptr (SandboxAnswer) remote
      = send ("POST", "odata/Settings/" US "VerifySmtpSetting",
              "{\"sendTo\":\"a@b\",\"smtpSettingModel\":{\"Host\":\"192.0.2.1\",\"Port\":25}}");

  g_assert_cmpuint (sent, ==, 200);
  g_assert_nonnull (strstr (heard, "AUTH PLAIN AG1haWxlcgBtYWRlLXVw\n"));
  g_assert_nonnull (strstr (heard, "MAIL FROM:<noreply@acme.example>\n"));
  g_assert_nonnull (strstr (heard, "RCPT TO:<ada@acme.example>\n"));
  g_assert_true (g_str_has_suffix (heard, "\n.\nQUIT\n"));
  g_assert_cmpuint (refused, ==, 400);
  g_assert_null (strstr (nobody, "DATA"));
  sandbox_assert_error (injected, 400, 1009);
  sandbox_assert_error (absent, 400, 1008);
  sandbox_assert_error (remote, 400, 1008);
}

static void
element_cb (GMarkupParseContext *context,
            const char *name,
            const char **attributes,
            const char **values,
            gpointer user_data,
            GError **error)
{
  guint *sets = user_data;

  if (g_str_equal (name, "EntitySet"))
    (*sets)++;
}

/* A client asks for it before it has a token; every set in it is there. */
static void
test_metadata (void)
{
  const GMarkupParser parser = { .start_element = element_cb };
  g_autoptr (SandboxAnswer) answer
      = sandbox_test_send (test, "GET", "odata/$metadata", NULL, 0, NULL, NULL);
  guint n_sets = 0;
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &n_sets, NULL);
  g_autoptr (GError) error = NULL;

  sandbox_assert_status (answer, 200);
  g_assert_cmpstr (answer->type, ==, "application/xml");
  g_markup_parse_context_parse (context, answer->text, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_sets, >, 20);
  g_assert_nonnull (strstr (answer->text, "<EntitySet Name=\"Webhooks\""));
  g_assert_nonnull (
      strstr (answer->text, "<NavigationPropertyBinding Path=\"Robot\" Target=\"Robots\"/>"));
  g_assert_nonnull (strstr (answer->text, "<Action Name=\"StartJobs\" IsBound=\"true\">"));
  /* What is no property is not in it. */
  g_assert_null (strstr (answer->text, "BrokenUntil"));
}

static void
test_swagger (void)
{
  static const char *const pages[] = { "swagger", "swagger/index.html", "/swagger/index.html" };
  g_autoptr (SandboxAnswer) json
      = sandbox_test_send (test, "GET", "swagger/v20.0/swagger.json", NULL, 0, NULL, NULL);
  JsonObject *paths = baton_json_peek_object (json->json, "paths");
  JsonObject *webhooks = baton_json_peek_object (paths, "/odata/Webhooks({key})");
  JsonObject *patch = baton_json_peek_object (webhooks, "patch");

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autoptr (SandboxAnswer) page
          = sandbox_test_send (test, "GET", pages[i], NULL, 0, NULL, NULL);

      sandbox_assert_status (page, 200);
      g_assert_cmpstr (page->type, ==, "text/html");
      g_assert_nonnull (strstr (page->text, "Webhooks.Edit"));
    }
  sandbox_assert_status (json, 200);
  g_assert_cmpstr (baton_json_peek_string (patch, "operationId"), ==, "Webhooks_PatchById");
  g_assert_cmpstr (baton_json_peek_string (patch, "description"), ==, "Webhooks.Edit");
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = sandbox_test_start ("--jobs=1000", NULL);

  g_test_add_func ("/sandbox/tenant/machine-secret", test_machine_secret);
  g_test_add_func ("/sandbox/tenant/machines-bulk", test_machines_bulk);
  g_test_add_func ("/sandbox/tenant/robots", test_robots);
  g_test_add_func ("/sandbox/tenant/robots-of-folder", test_robots_of_folder);
  g_test_add_func ("/sandbox/tenant/machines-of-folder", test_machines_of_folder);
  g_test_add_func ("/sandbox/tenant/settings", test_settings);
  g_test_add_func ("/sandbox/tenant/own-setting", test_own_setting);
  g_test_add_func ("/sandbox/tenant/calendars", test_calendars);
  g_test_add_func ("/sandbox/tenant/alerts", test_alerts);
  g_test_add_func ("/sandbox/tenant/stats", test_stats);
  g_test_add_func ("/sandbox/tenant/tenants", test_tenants);
  g_test_add_func ("/sandbox/tenant/licenses", test_licenses);
  g_test_add_func ("/sandbox/tenant/consumption", test_consumption);
  g_test_add_func ("/sandbox/tenant/directory", test_directory);
  g_test_add_func ("/sandbox/tenant/verify-host", test_verify_host);
  g_test_add_func ("/sandbox/tenant/mail", test_mail);
  g_test_add_func ("/sandbox/tenant/metadata", test_metadata);
  g_test_add_func ("/sandbox/tenant/swagger", test_swagger);
  g_test_add_func ("/sandbox/tenant/maintenance", test_maintenance);

  status = g_test_run ();
  sandbox_test_stop (test);

  return status;
}
