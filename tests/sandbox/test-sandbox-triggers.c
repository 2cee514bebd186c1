/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <baton-json.h>
#include <baton-time.h>

#include "sandbox-test.h"

#define US "UiPath.Server.Configuration.OData."
#define DAY (G_GINT64_CONSTANT (24 * 3600) * G_USEC_PER_SEC)

static SandboxTest *test;
static char *process;

/* @more: further members in which ' stands for ". */
static SandboxAnswer *
create (const char *name, const char *more)
{
  g_autofree char *body = g_strdup_printf ("{'Name':'%s','ReleaseKey':'%s','TimeZoneId':'UTC'%s%s}",
                                           name, process, *more != '\0' ? "," : "", more);

  return sandbox_test_ask (test, "POST", test->shared, body, "odata/ProcessSchedules");
}

static gint64
create_one (const char *name, const char *more)
{
  g_autoptr (SandboxAnswer) answer = create (name, more);

  sandbox_assert_status (answer, 201);

  return baton_json_peek_int (answer->json, "Id", 0);
}

static void
advance (gint64 seconds)
{
  g_autofree char *body = g_strdup_printf ("{\"seconds\":%" G_GINT64_FORMAT "}", seconds);
  g_autoptr (SandboxAnswer) answer = sandbox_test_control (test, "POST", "clock/advance", body);

  sandbox_assert_status (answer, 200);
}

static gint64
count_jobs (gint64 trigger)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_ask (
      test, "GET", test->shared, NULL,
      "odata/Jobs?$filter=StartingScheduleId%%20eq%%20%" G_GINT64_FORMAT "&$count=true&$top=0",
      trigger);

  return baton_json_peek_int (answer->json, "@odata.count", -1);
}

static SandboxAnswer *
get_trigger (gint64 id)
{
  return sandbox_test_ask (test, "GET", test->shared, NULL,
                           "odata/ProcessSchedules(%" G_GINT64_FORMAT ")", id);
}

static void
delete_trigger (gint64 id)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_ask (
      test, "DELETE", test->shared, NULL, "odata/ProcessSchedules(%" G_GINT64_FORMAT ")", id);

  sandbox_assert_status (answer, 204);
}

static void
test_fires (void)
{
  gint64 id = create_one ("Each ten minutes",
                          "'StartProcessCron':'0 0/10 * * * ?','StartStrategy':2,"
                          "'SpecificPriorityValue':95,'InputArguments':'{\\'sandboxSeconds\\':1}'");
  g_autoptr (SandboxAnswer) made = get_trigger (id);
  g_autoptr (SandboxAnswer) jobs = NULL;
  JsonObject *job;

  g_assert_cmpstr (baton_json_peek_string (made->json, "StartProcessCronSummary"), ==,
                   "Every 10 minutes");
  g_assert_cmpstr (baton_json_peek_string (made->json, "ReleaseName"), ==, "Stock_Sync");
  g_assert_cmpint (count_jobs (id), ==, 0);
  advance (1800);
  g_assert_cmpint (count_jobs (id), ==, 6);
  jobs = sandbox_test_ask (
      test, "GET", test->shared, NULL,
      "odata/Jobs?$filter=StartingScheduleId%%20eq%%20%" G_GINT64_FORMAT "&$top=1", id);
  job = sandbox_answer_get (jobs, 0);
  g_assert_cmpstr (baton_json_peek_string (job, "Source"), ==, "Each ten minutes");
  g_assert_cmpstr (baton_json_peek_string (job, "SourceType"), ==, "Schedule");
  g_assert_cmpint (baton_json_peek_int (job, "SpecificPriorityValue", 0), ==, 95);
  g_assert_cmpint (baton_json_peek_time (job, "CreationTime") / G_USEC_PER_SEC % 600, ==, 0);
  delete_trigger (id);
  advance (1800);
  g_assert_cmpint (count_jobs (id), ==, 6);
}

/* Returns: the robots of the folder, as StartStrategy -1 means them. */
static SandboxAnswer *
list_robots (void)
{
  return sandbox_test_ask (test, "GET", 0, NULL,
                           "odata/Robots/" US "GetRobotsFromFolder(folderId=%" G_GINT64_FORMAT
                           ")?$filter=Enabled%%20eq%%20true",
                           test->shared);
}

static void
assert_robots (gint64 trigger, guint n)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_ask (
      test, "GET", test->shared, NULL,
      "odata/ProcessSchedules/" US "GetRobotIdsForSchedule(key=%" G_GINT64_FORMAT ")", trigger);

  sandbox_assert_status (answer, 200);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (answer->json, "value")), ==, n);
}

/* -1: one job on each robot of the folder; 0: on each that is named. */
static void
test_strategies (void)
{
  g_autoptr (SandboxAnswer) robots = list_robots ();
  gint64 first = baton_json_peek_int (sandbox_answer_get (robots, 0), "Id", 0);
  gint64 second = baton_json_peek_int (sandbox_answer_get (robots, 1), "Id", 0);
  g_autofree char *two = g_strdup_printf (
      "'StartProcessCron':'0 0/10 * * * ?','StartStrategy':0,'EntryPointPath':'Other.xaml',"
      "'ExecutorRobots':[{'Id':%" G_GINT64_FORMAT "},{'Id':%" G_GINT64_FORMAT
      "}],'InputArguments':'{\\'sandboxSeconds\\':1}'",
      first, second);
  gint64 named = create_one ("On two robots", two);
  g_autoptr (SandboxAnswer) jobs = NULL;
  gint64 all;

  assert_robots (named, 2);
  advance (600);
  jobs = sandbox_test_ask (test, "GET", test->shared, NULL,
                           "odata/Jobs?$filter=StartingScheduleId%%20eq%%20%" G_GINT64_FORMAT
                           "&$expand=Robot&$orderby=Id",
                           named);
  g_assert_cmpuint (sandbox_answer_length (jobs), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      JsonObject *job = sandbox_answer_get (jobs, i);

      g_assert_cmpint (baton_json_peek_int (baton_json_peek_object (job, "Robot"), "Id", 0), ==,
                       i == 0 ? first : second);
      g_assert_cmpstr (baton_json_peek_string (job, "EntryPointPath"), ==, "Other.xaml");
    }
  delete_trigger (named);

  all = create_one ("On all robots", "'StartProcessCron':'0 0/10 * * * ?','StartStrategy':-1,"
                                     "'InputArguments':'{\\'sandboxSeconds\\':1}'");
  advance (600);
  g_assert_cmpint (count_jobs (all), ==, sandbox_answer_length (robots));
  delete_trigger (all);
}

/* Enabled, it fires again; what lay between is lost. */
static void
test_disabled (void)
{
  gint64 id = create_one ("Each hour", "'StartProcessCron':'0 0 * * * ?','Enabled':false");
  g_autofree char *body
      = g_strdup_printf ("{'scheduleIds':[%" G_GINT64_FORMAT "],'enabled':true}", id);
  g_autoptr (SandboxAnswer) made = get_trigger (id);
  g_autoptr (SandboxAnswer) sent = NULL;

  g_assert_false (baton_json_has (made->json, "StartProcessNextOccurrence"));
  advance (7200);
  g_assert_cmpint (count_jobs (id), ==, 0);
  sent = sandbox_test_ask (test, "POST", test->shared, body,
                           "odata/ProcessSchedules/" US "SetEnabled");
  sandbox_assert_status (sent, 200);
  advance (3600);
  g_assert_cmpint (count_jobs (id), ==, 1);
  delete_trigger (id);
}

static void
test_zone (void)
{
  gint64 id = create_one ("In Bucharest",
                          "'StartProcessCron':'0 30 7 * * ?','TimeZoneId':'GTB Standard Time'");
  g_autoptr (SandboxAnswer) made = get_trigger (id);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Bucharest");
  gint64 next = baton_json_peek_time (made->json, "StartProcessNextOccurrence");
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (next / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  g_assert_cmpstr (baton_json_peek_string (made->json, "TimeZoneIana"), ==, "Europe/Bucharest");
  g_assert_cmpint (g_date_time_get_hour (local), ==, 7);
  g_assert_cmpint (g_date_time_get_minute (local), ==, 30);
  delete_trigger (id);
}

static void
test_calendar (void)
{
  g_autoptr (SandboxAnswer) clock = sandbox_test_control (test, "GET", "clock", NULL);
  gint64 today = baton_json_peek_time (clock->json, "now") / DAY * DAY;
  g_autofree char *first = baton_time_format (today);
  g_autofree char *second = baton_time_format (today + DAY);
  g_autofree char *body = g_strdup_printf ("{'Name':'Holidays','TimeZoneId':'UTC',"
                                           "'ExcludedDates':['%.10sT00:00:00Z','%.10sT00:00:00Z']}",
                                           first, second);
  g_autoptr (SandboxAnswer) calendar = sandbox_test_ask (test, "POST", 0, body, "odata/Calendars");
  g_autofree char *more
      = g_strdup_printf ("'StartProcessCron':'0 0 12 * * ?','CalendarId':%" G_GINT64_FORMAT,
                         baton_json_peek_int (calendar->json, "Id", 0));
  gint64 id;
  g_autoptr (SandboxAnswer) made = NULL;

  sandbox_assert_status (calendar, 201);
  id = create_one ("Not on holidays", more);
  made = get_trigger (id);
  g_assert_cmpint (baton_json_peek_time (made->json, "StartProcessNextOccurrence"), ==,
                   today + 2 * DAY + DAY / 2);
  g_assert_cmpstr (baton_json_peek_string (made->json, "CalendarName"), ==, "Holidays");
  delete_trigger (id);
}

/* It is on until then, has no more to do before that, and does not come back. */
static void
test_last_day (void)
{
  const gint64 hour = DAY / 24;
  g_autoptr (SandboxAnswer) clock = sandbox_test_control (test, "GET", "clock", NULL);
  gint64 now = baton_json_peek_time (clock->json, "now");
  /* Half past an hour, two hours after the half past that comes next. */
  g_autofree char *end = baton_time_format ((now / hour + 3) * hour + hour / 2);
  g_autofree char *more
      = g_strdup_printf ("'StartProcessCron':'0 0 * * * ?','StopProcessDate':'%s'", end);
  g_autofree char *enable = NULL;
  g_autoptr (SandboxAnswer) waits = NULL;
  g_autoptr (SandboxAnswer) ended = NULL;
  g_autoptr (SandboxAnswer) refused = NULL;
  gint64 id;

  advance ((hour + hour / 2 - now % hour) / G_USEC_PER_SEC);
  id = create_one ("Two hours more", more);
  enable = g_strdup_printf ("{'scheduleIds':[%" G_GINT64_FORMAT "],'enabled':true}", id);
  advance (6000);
  g_assert_cmpint (count_jobs (id), ==, 2);
  waits = get_trigger (id);
  g_assert_true (baton_json_peek_bool (waits->json, "Enabled", FALSE));
  g_assert_false (baton_json_has (waits->json, "StartProcessNextOccurrence"));
  advance (4 * 3600);
  g_assert_cmpint (count_jobs (id), ==, 2);
  ended = get_trigger (id);
  g_assert_false (baton_json_peek_bool (ended->json, "Enabled", TRUE));
  refused = sandbox_test_ask (test, "POST", test->shared, enable,
                              "odata/ProcessSchedules/" US "SetEnabled");
  sandbox_assert_error (refused, 400, 1009);
  delete_trigger (id);
}

static void
test_replace (void)
{
  gint64 id = create_one ("To be changed", "'StartProcessCron':'0 0 7 * * ?'");
  g_autofree char *body = g_strdup_printf (
      "{'Name':'Changed','ReleaseKey':'%s','TimeZoneId':'UTC','StartProcessCron':'0 0 8 * * ?'}",
      process);
  g_autoptr (SandboxAnswer) sent = sandbox_test_ask (
      test, "PUT", test->shared, body, "odata/ProcessSchedules(%" G_GINT64_FORMAT ")", id);
  g_autoptr (SandboxAnswer) changed = get_trigger (id);
  g_autoptr (SandboxAnswer) again = create ("Changed", "'StartProcessCron':'0 0 7 * * ?'");
  g_autoptr (SandboxAnswer) robots = sandbox_test_ask (
      test, "GET", test->shared, NULL,
      "odata/ProcessSchedules/" US "GetRobotIdsForSchedule(key=%" G_GINT64_FORMAT ")", id);
  g_autoptr (SandboxAnswer) activated
      = sandbox_test_ask (test, "POST", test->shared, NULL,
                          "odata/ProcessSchedules(%" G_GINT64_FORMAT ")/" US "Activate", id);

  sandbox_assert_status (sent, 204);
  g_assert_cmpstr (baton_json_peek_string (changed->json, "StartProcessCronSummary"), ==,
                   "At 08:00 AM");
  sandbox_assert_error (again, 409, 1001);
  sandbox_assert_status (robots, 200);
  sandbox_assert_error (activated, 409, 1009);
  delete_trigger (id);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *more;
    guint status;
    int code;
  } cases[] = {
    { "", 400, 1009 },
    { "'StartProcessCron':'0 0 7 * * *'", 400, 1009 },
    { "'StartProcessCron':'0 0 7 * * ? 2020'", 400, 1009 },
    { "'StartProcessCron':'0 0 7 * * ?','TimeZoneId':'Mars'", 400, 1009 },
    { "'StartProcessCron':'0 0 7 * * ?','CalendarId':999999", 404, 1002 },
    { "'StartProcessCron':'0 0 7 * * ?','ReleaseId':999999", 404, 1002 },
    { "'StartProcessCron':'0 0 7 * * ?','InputArguments':'[]'", 400, 1009 },
    { "'StartProcessCron':'0 0 7 * * ?','StopProcessExpression':'x'", 400, 1009 },
    { "'StartProcessCron':'0 0 7 * * ?','QueueDefinitionId':999999", 404, 1002 },
    { "'StartProcessCron':'0 0 7 * * ?','StartStrategy':-2", 400, 1009 },
    { "'StartProcessCron':'0 0 7 * * ?','StartStrategy':0,'ExecutorRobots':[{'Id':999999}]", 404,
      1002 },
    { "'StartProcessCron':'0 0 7 * * ?','Nonsense':1", 400, 1000 },
  };
  g_autoptr (SandboxAnswer) nameless = sandbox_test_ask (
      test, "POST", test->shared, "{'TimeZoneId':'UTC'}", "odata/ProcessSchedules");

  sandbox_assert_error (nameless, 400, 1014);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SandboxAnswer) answer = create ("Refused", cases[i].more);

      g_test_message ("%s", cases[i].more);
      sandbox_assert_error (answer, cases[i].status, cases[i].code);
    }
}

static void
add_item (const char *queue, guint number)
{
  g_autofree char *body
      = g_strdup_printf ("{'itemData':{'Name':'%s','SpecificContent':{'N':%u}}}", queue, number);
  g_autoptr (SandboxAnswer) answer = sandbox_test_ask (test, "POST", test->shared, body,
                                                       "odata/Queues/UiPathODataSvc.AddQueueItem");

  sandbox_assert_status (answer, 201);
}

static void
test_queue (void)
{
  g_autoptr (SandboxAnswer) queue = sandbox_test_ask (
      test, "POST", test->shared, "{'Name':'Triggered'}", "odata/QueueDefinitions");
  g_autofree char *more
      = g_strdup_printf ("'QueueDefinitionId':%" G_GINT64_FORMAT ",'ItemsActivationThreshold':3,"
                         "'ItemsPerJobActivationTarget':2,'MaxJobsForActivation':3,"
                         "'InputArguments':'{\\'sandboxSeconds\\':600}'",
                         baton_json_peek_int (queue->json, "Id", 0));
  gint64 id;
  g_autoptr (SandboxAnswer) again = NULL;
  g_autoptr (SandboxAnswer) activated = NULL;

  sandbox_assert_status (queue, 201);
  id = create_one ("On the queue", more);
  add_item ("Triggered", 1);
  add_item ("Triggered", 2);
  g_assert_cmpint (count_jobs (id), ==, 0);
  add_item ("Triggered", 3);
  g_assert_cmpint (count_jobs (id), ==, 2);
  add_item ("Triggered", 4);
  g_assert_cmpint (count_jobs (id), ==, 2);
  for (guint i = 5; i < 30; i++)
    add_item ("Triggered", i);
  g_assert_cmpint (count_jobs (id), ==, 3);
  activated = sandbox_test_ask (test, "POST", test->shared, NULL,
                                "odata/ProcessSchedules(%" G_GINT64_FORMAT ")/" US "Activate", id);
  sandbox_assert_status (activated, 200);
  g_assert_cmpint (count_jobs (id), ==, 3);
  again = create ("Also on the queue", more);
  sandbox_assert_error (again, 409, 1009);
  /* Half an hour later the jobs have ended, and some items still wait. */
  advance (3600);
  g_assert_cmpint (count_jobs (id), >, 3);
  delete_trigger (id);
}

static SandboxAnswer *
list_items (gint64 queue, const char *filter)
{
  SandboxAnswer *answer = sandbox_test_ask (
      test, "GET", test->shared, NULL,
      "odata/QueueItems?$filter=QueueDefinitionId%%20eq%%20%" G_GINT64_FORMAT "%s&$expand=Robot",
      queue, filter);

  sandbox_assert_status (answer, 200);

  return answer;
}

/* The jobs of a queue's trigger do its items, one after the other; those of others do not. */
static void
test_queue_items (void)
{
  g_autoptr (SandboxAnswer) made
      = sandbox_test_ask (test, "POST", test->shared, "{'Name':'Worked','MaxNumberOfRetries':0}",
                          "odata/QueueDefinitions");
  gint64 queue = baton_json_peek_int (made->json, "Id", 0);
  g_autofree char *more
      = g_strdup_printf ("'QueueDefinitionId':%" G_GINT64_FORMAT ",'ItemsActivationThreshold':20,"
                         "'InputArguments':'{\\'sandboxSeconds\\':60,"
                         "\\'sandboxOutcome\\':\\'Successful\\'}'",
                         queue);
  gint64 by_hand, id;
  g_autoptr (SandboxAnswer) untouched = NULL;
  g_autoptr (SandboxAnswer) at_work = NULL;
  g_autoptr (SandboxAnswer) done = NULL;
  g_autoptr (SandboxAnswer) left = NULL;
  g_autoptr (SandboxAnswer) jobs = NULL;

  sandbox_assert_status (made, 201);
  for (guint i = 0; i < 19; i++)
    add_item ("Worked", i);
  id = create_one ("Works", more);
  by_hand = sandbox_test_start_job (test, process,
                                    "{\"sandboxSeconds\":1,\"sandboxOutcome\":\"Successful\"}");
  advance (60);
  untouched = list_items (queue, "%20and%20Status%20ne%20'New'");
  g_assert_cmpuint (sandbox_answer_length (untouched), ==, 0);
  g_assert_cmpint (count_jobs (id), ==, 0);
  sandbox_answer_free (sandbox_test_wait_for_job (test, by_hand, "Successful"));

  add_item ("Worked", 19);
  advance (30);
  at_work = list_items (queue, "%20and%20Status%20eq%20'InProgress'");
  g_assert_cmpuint (sandbox_answer_length (at_work), ==, 1);
  advance (60);
  jobs = sandbox_test_ask (test, "GET", test->shared, NULL,
                           "odata/Jobs?$filter=StartingScheduleId%%20eq%%20%" G_GINT64_FORMAT, id);
  g_assert_cmpuint (sandbox_answer_length (jobs), ==, 1);
  g_assert_cmpstr (baton_json_peek_string (sandbox_answer_get (jobs, 0), "State"), ==,
                   "Successful");
  done = list_items (queue, "%20and%20(Status%20eq%20'Successful'%20or%20Status%20eq%20'Failed')");
  left = list_items (queue, "%20and%20Status%20eq%20'New'");
  g_assert_cmpuint (sandbox_answer_length (done), >=, 5);
  g_assert_cmpuint (sandbox_answer_length (done) + sandbox_answer_length (left), ==, 20);
  for (guint i = 0; i < sandbox_answer_length (done); i++)
    {
      JsonObject *item = sandbox_answer_get (done, i);

      g_assert_cmpstr (baton_json_peek_string (item, "ExecutorJobKey"), ==,
                       baton_json_peek_string (sandbox_answer_get (jobs, 0), "Key"));
      g_assert_nonnull (baton_json_peek_object (item, "Robot"));
      g_assert_cmpint (baton_json_peek_time (item, "EndProcessing"), >,
                       baton_json_peek_time (item, "StartProcessing"));
      g_assert_cmpint (g_str_equal (baton_json_peek_string (item, "Status"), "Failed"), ==,
                       baton_json_peek_object (item, "ProcessingException") != NULL);
    }
  delete_trigger (id);
}

static void
test_multistatus (void)
{
  gint64 id = create_one ("One of several", "'StartProcessCron':'0 0 7 * * ?'");
  g_autofree char *body = g_strdup_printf ("{'scheduleIds':[%" G_GINT64_FORMAT
                                           ",999999],'enabled':false,'multistatusEnabled':true}",
                                           id);
  g_autoptr (SandboxAnswer) sent = sandbox_test_ask (test, "POST", test->shared, body,
                                                     "odata/ProcessSchedules/" US "SetEnabled");
  g_autoptr (SandboxAnswer) disabled = get_trigger (id);

  sandbox_assert_status (sent, 207);
  g_assert_cmpstr (baton_json_peek_string (sandbox_answer_get (sent, 0), "Status"), ==, "OK");
  g_assert_cmpstr (baton_json_peek_string (sandbox_answer_get (sent, 1), "Status"), ==, "NotFound");
  g_assert_false (baton_json_peek_bool (disabled->json, "Enabled", TRUE));
  delete_trigger (id);
}

static void
test_validate (void)
{
  g_autofree char *good = g_strdup_printf (
      "{'processSchedule':{'Name':'x','ReleaseKey':'%s','TimeZoneId':'UTC','StartProcessCron':"
      "'0 0 7 * * ?'}}",
      process);
  g_autofree char *headless = g_strdup_printf (
      "{'processSchedule':{'Name':'x','ReleaseKey':'%s','TimeZoneId':'UTC','StartProcessCron':"
      "'0 0 7 * * ?','RuntimeType':'Headless'}}",
      process);
  g_autoptr (SandboxAnswer) valid = sandbox_test_ask (
      test, "POST", test->shared, good, "odata/ProcessSchedules/" US "ValidateProcessSchedule");
  g_autoptr (SandboxAnswer) invalid = sandbox_test_ask (
      test, "POST", test->shared, headless, "odata/ProcessSchedules/" US "ValidateProcessSchedule");

  sandbox_assert_status (valid, 200);
  g_assert_true (baton_json_peek_bool (valid->json, "IsValid", FALSE));
  g_assert_false (baton_json_peek_bool (invalid->json, "IsValid", TRUE));
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = sandbox_test_start ("--jobs=100", NULL);
  process = sandbox_test_find_process (test, "Stock_Sync");

  g_test_add_func ("/sandbox/triggers/fires", test_fires);
  g_test_add_func ("/sandbox/triggers/strategies", test_strategies);
  g_test_add_func ("/sandbox/triggers/disabled", test_disabled);
  g_test_add_func ("/sandbox/triggers/zone", test_zone);
  g_test_add_func ("/sandbox/triggers/calendar", test_calendar);
  g_test_add_func ("/sandbox/triggers/last-day", test_last_day);
  g_test_add_func ("/sandbox/triggers/replace", test_replace);
  g_test_add_func ("/sandbox/triggers/refused", test_refused);
  g_test_add_func ("/sandbox/triggers/queue", test_queue);
  g_test_add_func ("/sandbox/triggers/queue-items", test_queue_items);
  g_test_add_func ("/sandbox/triggers/multistatus", test_multistatus);
  g_test_add_func ("/sandbox/triggers/validate", test_validate);

  status = g_test_run ();
  g_free (process);
  sandbox_test_stop (test);

  return status;
}
