/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <baton-json.h>
#include <baton-time.h>

#include "sandbox-test.h"

static char *
make_option (const char *option, const char *file)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "sandbox", file, NULL);

  return g_strconcat (option, path, NULL);
}

static JsonNode *
load_schema (void)
{
  g_autofree char *path = make_option ("", "scenario.schema.json");
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  JsonNode *node;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  node = baton_json_parse_text (text, -1, &error);
  g_assert_no_error (error);

  return node;
}

static JsonObject *
get_properties (JsonNode *schema, const char *definition)
{
  JsonObject *definitions = baton_json_peek_object (baton_json_peek_root_object (schema), "$defs");

  return baton_json_peek_object (baton_json_peek_object (definitions, definition), "properties");
}

static gint64
count (SandboxTest *sandbox, const char *address)
{
  g_autoptr (SandboxAnswer) answer
      = sandbox_test_send (sandbox, "GET", address, sandbox->token, 0, NULL, NULL);

  sandbox_assert_status (answer, 200);

  return baton_json_peek_int (answer->json, "@odata.count", -1);
}

/* The schema and the program say the same. */
static void
test_schema (void)
{
  g_autoptr (SandboxTest) sandbox = sandbox_test_start ("--jobs=0", NULL);
  g_autoptr (SandboxAnswer) settings = sandbox_test_control (sandbox, "GET", "settings", NULL);
  g_autoptr (JsonNode) schema = load_schema ();
  JsonObject *described = get_properties (schema, "settings");
  JsonArray *kinds = baton_json_peek_array (
      baton_json_peek_object (get_properties (schema, "fault"), "kind"), "enum");
  g_auto (GStrv) names = baton_json_dup_names (settings->json);

  g_assert_cmpuint (json_object_get_size (described), ==, g_strv_length (names));
  for (gsize i = 0; names[i] != NULL; i++)
    g_assert_nonnull (baton_json_peek_object (described, names[i]));

  g_assert_cmpuint (baton_json_length (kinds), ==, 8);
  for (guint i = 0; i < baton_json_length (kinds); i++)
    {
      g_autofree char *fault = g_strdup_printf ("{\"path\":\"/nothing\",\"kind\":\"%s\"}",
                                                baton_json_peek_string_at (kinds, i));
      g_autoptr (SandboxAnswer) added = sandbox_test_control (sandbox, "POST", "faults", fault);

      sandbox_assert_status (added, 201);
    }
}

static void
assert_example (SandboxTest *sandbox)
{
  g_autoptr (SandboxAnswer) jobs = sandbox_test_get (sandbox, "odata/Jobs?$expand=Release");
  g_autoptr (SandboxAnswer) assets = NULL;
  g_autoptr (SandboxAnswer) faults = sandbox_test_control (sandbox, "GET", "faults", NULL);
  g_autoptr (SandboxAnswer) folders
      = sandbox_test_get (sandbox, "odata/Folders?$filter=DisplayName%20eq%20'Payroll'");
  JsonArray *rows = baton_json_peek_array (jobs->json, "value");
  JsonObject *job = baton_json_peek_object_at (rows, 0);
  gint64 folder = baton_json_peek_int (
      baton_json_peek_object_at (baton_json_peek_array (folders->json, "value"), 0), "Id", 0);

  g_assert_cmpuint (baton_json_length (rows), ==, 1);
  g_assert_cmpstr (baton_json_peek_string (job, "State"), ==, "Faulted");
  g_assert_cmpstr (baton_json_peek_string (baton_json_peek_object (job, "Release"), "Name"), ==,
                   "Stock_Sync");
  g_assert_cmpint (baton_json_peek_time (job, "EndTime") - baton_json_peek_time (job, "StartTime"),
                   >=, 59 * G_USEC_PER_SEC);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (faults->json, "faults")), ==, 2);

  g_assert_cmpint (folder, >, 0);
  assets = sandbox_test_send (sandbox, "GET", "odata/Assets", sandbox->token, folder, NULL, NULL);
  g_assert_cmpint (baton_json_peek_int (
                       baton_json_peek_object_at (baton_json_peek_array (assets->json, "value"), 0),
                       "IntValue", 0),
                   ==, 25);
}

static void
test_example (void)
{
  g_autofree char *option = make_option ("--scenario=", "example-scenario.json");
  g_autoptr (SandboxTest) sandbox = sandbox_test_start ("--jobs=50", option, NULL);
  g_autoptr (SandboxAnswer) reset = NULL;

  assert_example (sandbox);
  sandbox_answer_free (sandbox_test_control (sandbox, "DELETE", "faults", NULL));
  sandbox_answer_free (sandbox_test_control (
      sandbox, "POST", "scenario", "{\"entities\":{\"Jobs\":{\"replace\":true,\"rows\":[]}}}"));
  g_assert_cmpint (count (sandbox, "odata/Jobs?$count=true"), ==, 0);

  /* What is gone back to is the scenario. */
  reset = sandbox_test_control (sandbox, "POST", "reset", NULL);
  sandbox_assert_status (reset, 204);
  g_free (sandbox->token);
  sandbox->token = sandbox_test_sign_in (sandbox, sandbox_test_get_ready (sandbox, "userKey"));
  assert_example (sandbox);
}

static void
test_refused (void)
{
  static const char *const wrong[] = {
    "{\"nothing\":{}}",
    "{\"settings\":[]}",
    "{\"settings\":{\"nothing\":1}}",
    "{\"clock\":{\"now\":\"never\"}}",
    "{\"faults\":{}}",
    "{\"faults\":[1]}",
    "{\"faults\":[{\"path\":\"/x\"}]}",
    "{\"entities\":{\"Nothing\":[]}}",
    "{\"entities\":{\"Jobs\":1}}",
    "{\"entities\":{\"Jobs\":[1]}}",
    "{\"entities\":{\"Jobs\":[{\"State\":\"Faulted\"}]}}",
    "{\"entities\":{\"Jobs\":[{\"Folder\":\"Nowhere\"}]}}",
    "{\"entities\":{\"Jobs\":[{\"Folder\":\"Shared\",\"State\":\"Lost\"}]}}",
    "{\"entities\":{\"Jobs\":[{\"Folder\":\"Shared\",\"StartTime\":\"soon\"}]}}",
    "{\"entities\":{\"Jobs\":[{\"Folder\":\"Shared\",\"StartTime\":1e300}]}}",
    "{\"entities\":{\"Jobs\":[{\"Folder\":\"Shared\",\"Key\":\"x\"}]}}",
    "{\"entities\":{\"Jobs\":{\"replace\":\"yes\",\"rows\":[]}}}",
    "{\"entities\":{\"Jobs\":{\"repalce\":true,\"rows\":[]}}}",
    "{\"entities\":{\"Jobs\":[{\"Folder\":\"Shared\",\"Nothing\":1}]}}",
    "{\"entities\":{\"Jobs\":[{\"Folder\":\"Shared\",\"Release\":{\"Name\":\"None\"}}]}}",
    "{\"entities\":{\"Jobs\":[{\"Folder\":\"Shared\",\"Release\":5}]}}",
    "{\"entities\":{\"Jobs\":[{\"Folder\":\"Shared\",\"Tenant\":\"None\"}]}}",
    /* The first row is good, and still not written. */
    "{\"entities\":{\"Jobs\":{\"replace\":true,\"rows\":[{\"Folder\":\"Shared\"},{\"a\":1}]}}}",
  };
  g_autoptr (SandboxTest) sandbox = sandbox_test_start ("--jobs=50", NULL);
  gint64 before = count (sandbox, "odata/Jobs?$count=true");

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (SandboxAnswer) answer
          = sandbox_test_control (sandbox, "POST", "scenario", wrong[i]);

      g_test_message ("%s", wrong[i]);
      sandbox_assert_status (answer, 400);
      g_assert_cmpint (count (sandbox, "odata/Jobs?$count=true"), ==, before);
    }
}

/* A file that has other data has the seed after a reset, and all else goes on as before. */
static void
test_reset_of_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("baton-reset-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "sandbox.db", NULL);
  g_autofree char *option = g_strconcat ("--data=", file, NULL);
  g_autoptr (SandboxAnswer) leapt = NULL;
  SandboxTest *sandbox = sandbox_test_start (option, "--jobs=200", NULL);
  gint64 jobs, calendars = count (sandbox, "odata/Calendars?$count=true&$top=1");

  sandbox_answer_free (
      sandbox_test_post (sandbox, "odata/Calendars",
                         "{\"Name\":\"New\",\"TimeZoneId\":\"UTC\",\"ExcludedDates\":[]}"));
  sandbox_test_stop (sandbox);

  sandbox = sandbox_test_start (option, "--jobs=200", "--speed=0",
                                "--user-key-token-life=100000000", NULL);
  g_assert_cmpint (count (sandbox, "odata/Calendars?$count=true&$top=1"), ==, calendars + 1);
  {
    g_autoptr (SandboxAnswer) reset = sandbox_test_control (sandbox, "POST", "reset", NULL);

    sandbox_assert_status (reset, 204);
  }
  g_free (sandbox->token);
  sandbox->token = sandbox_test_sign_in (sandbox, sandbox_test_get_ready (sandbox, "userKey"));
  g_assert_cmpint (count (sandbox, "odata/Calendars?$count=true&$top=1"), ==, calendars);
  /* A leap runs through the triggers of its last day alone: some hundred jobs, not some thousand.
   */
  jobs = count (sandbox, "odata/Jobs?$count=true&$top=1&$filter=Id%20gt%200");
  leapt = sandbox_test_control (sandbox, "POST", "clock/advance", "{\"seconds\":518400}");
  sandbox_assert_status (leapt, 200);
  g_assert_cmpint (count (sandbox, "odata/Jobs?$count=true&$top=1&$filter=Id%20gt%200"), <,
                   jobs + 1500);
  sandbox_test_stop (sandbox);
}

static void
test_reset (void)
{
  g_autoptr (SandboxTest) sandbox = sandbox_test_start ("--page-cap=9", "--speed=0", NULL);
  gint64 jobs = count (sandbox, "odata/Jobs?$count=true&$top=1");
  g_autoptr (SandboxAnswer) first = sandbox_test_get (sandbox, "odata/Assets?$orderby=Id");
  g_autoptr (SandboxAnswer) again = NULL;
  g_autoptr (SandboxAnswer) counters = NULL;
  g_autoptr (SandboxAnswer) settings = NULL;
  gint64 began, took = G_MAXINT64;

  sandbox_answer_free (sandbox_test_post (
      sandbox, "odata/Assets",
      "{\"Name\":\"New\",\"ValueScope\":\"Global\",\"ValueType\":\"Integer\",\"IntValue\":7}"));
  sandbox_answer_free (
      sandbox_test_control (sandbox, "PATCH", "settings", "{\"latency\":1,\"pageCap\":2}"));
  sandbox_answer_free (
      sandbox_test_control (sandbox, "POST", "faults", "{\"path\":\"*\",\"kind\":\"status\"}"));
  sandbox_answer_free (
      sandbox_test_control (sandbox, "POST", "clock/advance", "{\"seconds\":600}"));

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (SandboxAnswer) reset = NULL;

      began = g_get_monotonic_time ();
      reset = sandbox_test_control (sandbox, "POST", "reset", NULL);
      took = MIN (took, g_get_monotonic_time () - began);
      sandbox_assert_status (reset, 204);
    }
  g_test_message ("A reset took %" G_GINT64_FORMAT " microseconds", took);

  counters = sandbox_test_control (sandbox, "GET", "counters", NULL);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (counters->json, "counters")), ==, 0);
  settings = sandbox_test_control (sandbox, "GET", "settings", NULL);
  g_assert_cmpint (baton_json_peek_int (settings->json, "pageCap", 0), ==, 9);
  g_assert_cmpint (baton_json_peek_int (settings->json, "latency", -1), ==, 0);

  /* The tokens of before are gone with the rest. */
  again = sandbox_test_get (sandbox, "odata/Assets?$orderby=Id");
  sandbox_assert_status (again, 401);
  sandbox_answer_free (g_steal_pointer (&again));
  g_free (sandbox->token);
  sandbox->token = sandbox_test_sign_in (sandbox, sandbox_test_get_ready (sandbox, "userKey"));
  again = sandbox_test_get (sandbox, "odata/Assets?$orderby=Id");
  g_assert_cmpstr (again->text, ==, first->text);
  g_assert_cmpint (count (sandbox, "odata/Jobs?$count=true&$top=1"), ==, jobs);
}

static void
test_snapshots (void)
{
  g_autoptr (SandboxTest) sandbox = sandbox_test_start ("--jobs=50", NULL);
  g_autoptr (SandboxAnswer) saved = sandbox_test_control (sandbox, "PUT", "snapshots/a%20b", NULL);
  g_autoptr (SandboxAnswer) list = NULL;
  g_autoptr (SandboxAnswer) restored = NULL;
  g_autoptr (SandboxAnswer) removed = NULL;
  g_autoptr (SandboxAnswer) missing = NULL;
  static const char empty[] = "{\"entities\":{\"Jobs\":{\"replace\":true,\"rows\":[]}}}";
  gint64 before = count (sandbox, "odata/Jobs?$count=true");

  sandbox_assert_status (saved, 201);
  sandbox_answer_free (sandbox_test_control (sandbox, "POST", "scenario", empty));
  g_assert_cmpint (count (sandbox, "odata/Jobs?$count=true"), ==, 0);
  sandbox_answer_free (sandbox_test_control (sandbox, "PUT", "snapshots/none", NULL));

  restored = sandbox_test_control (sandbox, "POST", "snapshots/a%20b/restore", NULL);
  sandbox_assert_status (restored, 204);
  g_assert_cmpint (count (sandbox, "odata/Jobs?$count=true"), ==, before);
  sandbox_answer_free (sandbox_test_control (sandbox, "POST", "snapshots/none/restore", NULL));
  g_assert_cmpint (count (sandbox, "odata/Jobs?$count=true"), ==, 0);

  list = sandbox_test_control (sandbox, "GET", "snapshots", NULL);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (list->json, "snapshots")), ==, 2);
  removed = sandbox_test_control (sandbox, "DELETE", "snapshots/none", NULL);
  sandbox_assert_status (removed, 204);
  missing = sandbox_test_control (sandbox, "POST", "snapshots/none/restore", NULL);
  sandbox_assert_status (missing, 404);
}

static void
set_clock (SandboxTest *sandbox, gint64 time)
{
  g_autofree char *text = baton_time_format (time);
  g_autofree char *body = g_strdup_printf ("{\"now\":\"%s\"}", text);
  g_autoptr (SandboxAnswer) answer = sandbox_test_control (sandbox, "PATCH", "clock", body);

  sandbox_assert_status (answer, 200);
}

/* What is put back is as it was: a trigger that fell due in the meantime does not add to it. */
static void
test_missed_triggers (void)
{
  g_autoptr (SandboxTest) sandbox = sandbox_test_start ("--jobs=50", "--speed=0", NULL);
  g_autoptr (SandboxAnswer) list = sandbox_test_get (
      sandbox, "odata/ProcessSchedules?$filter=Enabled%20and%20QueueDefinitionId%20eq%20null"
               "&$orderby=StartProcessNextOccurrence&$top=1");
  gint64 due = baton_json_peek_time (sandbox_answer_get (list, 0), "StartProcessNextOccurrence");
  gint64 before;

  g_assert_cmpint (due, >, 0);
  set_clock (sandbox, due - 5 * G_USEC_PER_SEC);
  before = count (sandbox, "odata/Jobs?$count=true");
  sandbox_answer_free (sandbox_test_control (sandbox, "PUT", "snapshots/before", NULL));
  set_clock (sandbox, due + 5 * G_USEC_PER_SEC);
  g_assert_cmpint (count (sandbox, "odata/Jobs?$count=true"), >, before);

  sandbox_answer_free (sandbox_test_control (sandbox, "POST", "snapshots/before/restore", NULL));
  sandbox_answer_free (
      sandbox_test_control (sandbox, "POST", "clock/advance", "{\"seconds\":1}"));
  g_assert_cmpint (count (sandbox, "odata/Jobs?$count=true"), ==, before);
}

/* In a file, what was put back is there after the end by force, and goes on being a sandbox's. */
static void
test_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("baton-scenario-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "sandbox.db", NULL);
  g_autofree char *option = g_strconcat ("--data=", file, NULL);
  SandboxTest *first = sandbox_test_start (option, "--jobs=50", NULL);
  gint64 before = count (first, "odata/Jobs?$count=true");

  sandbox_answer_free (sandbox_test_control (
      first, "POST", "scenario", "{\"entities\":{\"Jobs\":{\"replace\":true,\"rows\":[]}}}"));
  sandbox_test_kill (first);

  for (guint i = 0; i < 2; i++)
    {
      SandboxTest *next = sandbox_test_start (option, "--jobs=50", NULL);
      g_autoptr (SandboxAnswer) reset = NULL;

      g_assert_cmpint (count (next, "odata/Jobs?$count=true"), ==, i == 0 ? 0 : before);
      reset = sandbox_test_control (next, "POST", "reset", NULL);
      sandbox_assert_status (reset, 204);
      sandbox_test_kill (next);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/scenario/schema", test_schema);
  g_test_add_func ("/sandbox/scenario/example", test_example);
  g_test_add_func ("/sandbox/scenario/refused", test_refused);
  g_test_add_func ("/sandbox/scenario/reset", test_reset);
  g_test_add_func ("/sandbox/scenario/reset-of-file", test_reset_of_file);
  g_test_add_func ("/sandbox/scenario/snapshots", test_snapshots);
  g_test_add_func ("/sandbox/scenario/missed-triggers", test_missed_triggers);
  g_test_add_func ("/sandbox/scenario/file", test_file);

  return g_test_run ();
}
