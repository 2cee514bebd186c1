/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "baton-error.h"
#include "baton-json.h"
#include "baton-time.h"
#include "odata/baton-page.h"
#include "resources/baton-display.h"

#define JOB                                                                                        \
  "{\"Id\":9007199254740993,\"Key\":\"a0b1c2d3-0000-4000-8000-000000000001\",\"ReleaseName\":"     \
  "\"Invoice\","                                                                                   \
  "\"State\":\"Faulted\",\"StartTime\":\"2026-01-31T12:00:00.1234567Z\",\"EndTime\":\"2026-01-"    \
  "31T12:03:12.1234567Z\","                                                                        \
  "\"CreationTime\":\"2026-01-31T11:59:58Z\",\"SourceType\":\"Telepathy\",\"OrganizationUnitId\":" \
  "7,"                                                                                             \
  "\"Robot\":{\"Name\":\"BOT-07\"},\"InputArguments\":\"{\\\"a\\\":1}\",\"HostMachineName\":null}"

static BatonRecord *
make (const char *id, const char *text, GError **error)
{
  g_autoptr (JsonNode) root = baton_json_parse_text (text, -1, NULL);

  g_assert_nonnull (root);
  return baton_record_new (baton_catalogue_find (id), baton_json_peek_root_object (root), error);
}

static char *
display (BatonRecord *record, const char *field)
{
  int i = baton_resource_find_field (baton_record_get_resource (record), field);

  g_assert_cmpint (i, >=, 0);
  return baton_record_dup_display (record, (guint) i);
}

static void
test_values (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonRecord) record = make ("jobs", JOB, &error);
  g_autofree char *state = NULL;
  g_autofree char *source = NULL;
  g_autofree char *duration = NULL;
  g_autofree char *host = NULL;
  g_autofree char *id = NULL;
  const BatonField *field;
  gint64 started;

  g_assert_no_error (error);
  /* Beyond what a double holds: keys stay whole. */
  g_assert_cmpstr (baton_record_get_key (record), ==, "9007199254740993");
  g_assert_cmpint (baton_record_get_int (record, "id"), ==, G_GINT64_CONSTANT (9007199254740993));
  g_assert_cmpstr (baton_record_get_name (record), ==, "Invoice");
  g_assert_cmpint (baton_record_get_folder (record), ==, 7);
  g_assert_cmpstr (baton_record_get (record, "robot"), ==, "BOT-07");
  g_assert_cmpstr (baton_record_get (record, "input"), ==, "{\"a\":1}");
  g_assert_null (baton_record_get (record, "host"));
  g_assert_null (baton_record_get (record, "ended-or-not"));

  field = &baton_record_get_resource (record)
               ->fields[baton_resource_find_field (baton_record_get_resource (record), "state")];
  g_assert_cmpstr (field->states[baton_record_get_int (record, "state")].value, ==, "Faulted");
  g_assert_cmpint (baton_record_get_int (record, "source"), ==, -1);
  g_assert_cmpstr (baton_record_get (record, "source"), ==, "Telepathy");
  g_assert_true (baton_time_parse ("2026-01-31T12:00:00.123456Z", &started));
  g_assert_cmpint (baton_record_get_int (record, "started"), ==, started);
  g_assert_cmpint (baton_record_get_int (record, "duration"), ==, 192 * G_TIME_SPAN_SECOND);

  state = display (record, "state");
  source = display (record, "source");
  duration = display (record, "duration");
  host = display (record, "host");
  id = display (record, "id");
  g_assert_cmpstr (state, ==, "Faulted");
  g_assert_cmpstr (source, ==, "Telepathy");
  g_assert_cmpstr (duration, ==, "3 min 12 s");
  g_assert_cmpstr (host, ==, "");
  g_assert_cmpstr (id, ==, "9007199254740993");
}

static void
test_running (void)
{
  g_autofree char *start = baton_time_format (g_get_real_time () - 5 * G_TIME_SPAN_SECOND);
  g_autofree char *text
      = g_strdup_printf ("{\"Id\":1,\"State\":\"Running\",\"StartTime\":\"%s\"}", start);
  g_autoptr (BatonRecord) record = make ("jobs", text, NULL);
  g_autoptr (BatonRecord) pending
      = make ("jobs", "{\"Id\":2,\"State\":\"Pending\",\"StartTime\":null}", NULL);
  g_autofree char *none = display (pending, "duration");

  g_assert_cmpint (baton_record_get_int (record, "duration"), >=, 5 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (baton_record_get_int (record, "duration"), <, 65 * G_TIME_SPAN_SECOND);
  g_assert_cmpstr (none, ==, "");
}

static void
test_equal (void)
{
  g_autoptr (BatonRecord) a = make ("jobs", JOB, NULL);
  g_autoptr (BatonRecord) b = make ("jobs", JOB, NULL);
  g_autoptr (BatonRecord) c
      = make ("jobs", "{\"Id\":9007199254740993,\"State\":\"Running\"}", NULL);
  g_autoptr (BatonRecord) d
      = make ("jobs", "{\"Id\":9007199254740993,\"State\":\"Stopped\"}", NULL);

  g_assert_true (baton_record_equal (a, b));
  g_assert_false (baton_record_equal (a, c));
  g_assert_false (baton_record_equal (c, d));
}

/* Whatever the types are, a record comes out or an error does. */
static void
test_wrong_types (void)
{
  static const char *const texts[] = {
    "{\"Id\":1,\"State\":5,\"ReleaseName\":{},\"StartTime\":[],\"Robot\":\"x\",\"CreationTime\":"
    "\"soon\"}",
    "{\"Id\":\"text\",\"State\":null,\"Robot\":[],\"Release\":[{\"ProcessVersion\":\"1\"}],"
    "\"EndTime\":true}",
    "{\"Id\":1.5,\"StartTime\":\"2026-01-31T12:00:00Z\",\"EndTime\":\"2025-01-31T12:00:00Z\"}",
  };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (BatonRecord) record = make ("jobs", texts[i], &error);

      g_assert_no_error (error);
      for (guint j = 0; j < baton_resource_get_n_fields (baton_record_get_resource (record)); j++)
        {
          g_autofree char *text = baton_record_dup_display (record, j);

          g_assert_nonnull (text);
        }
    }
  g_assert_null (make ("jobs", "{\"State\":\"Running\"}", &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER);
}

static void
test_arrays (void)
{
  g_autoptr (BatonRecord) user
      = make ("users", "{\"Id\":1,\"RolesList\":[\"Administrator\",\"Robot\"]}", NULL);
  g_autoptr (BatonRecord) machine = make (
      "machines",
      "{\"Id\":1,\"RobotVersions\":[{\"Version\":\"23.10.4\",\"Count\":2},{\"Version\":\"24.2\"}]}",
      NULL);
  g_autoptr (BatonRecord) item
      = make ("queue-items", "{\"Id\":1,\"SpecificContent\":{\"Amount\":12,\"Of\":[1,2]}}", NULL);

  g_assert_cmpstr (baton_record_get (user, "roles"), ==, "Administrator, Robot");
  g_assert_cmpstr (baton_record_get (machine, "versions"), ==, "23.10.4, 24.2");
  g_assert_cmpstr (baton_record_get (item, "content"), ==, "{\"Amount\":12,\"Of\":[1,2]}");
}

static void
test_page (void)
{
  const BatonResource *jobs = baton_catalogue_find ("jobs");
  static const struct
  {
    const char *text;
    gint64 count;
    int n;
  } cases[] = {
    { "{\"@odata.count\":12,\"value\":[{\"Id\":1},{\"Id\":2}]}", 12, 2 },
    { "{\"value\":[]}", -1, 0 },
    { "{\"@odata.count\":12}", 0, -1 },
    { "[]", 0, -1 },
    { "{\"value\":{}}", 0, -1 },
    { "{\"value\":[{\"Id\":1},7]}", 0, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) root = baton_json_parse_text (cases[i].text, -1, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (BatonPage) page = baton_page_decode (root, (gpointer) jobs, &error);

      if (cases[i].n < 0)
        {
          g_assert_error (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpint (page->count, ==, cases[i].count);
      g_assert_cmpint (page->records->len, ==, cases[i].n);
    }
}

static gint64
at (const char *text)
{
  gint64 time = 0;

  g_assert_true (baton_time_parse (text, &time));
  return time;
}

static void
test_time (void)
{
  g_autoptr (GTimeZone) athens = g_time_zone_new_identifier ("Europe/Athens");
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *none = NULL;
  gint64 now = at ("2026-01-31T12:00:00Z");
  const struct
  {
    const char *time;
    GTimeZone *zone;
    gboolean precise;
    const char *text;
  } cases[] = {
    { "2026-01-31T10:42:07Z", utc, FALSE, "Today 10:42" },
    { "2026-01-31T10:42:07Z", utc, TRUE, "Today 10:42:07" },
    { "2026-01-30T23:30:00Z", utc, FALSE, "Yesterday 23:30" },
    { "2026-01-30T23:30:00Z", athens, FALSE, "Today 01:30" },
    { "2026-01-05T10:42:00Z", utc, FALSE, "5 Jan 10:42" },
    { "2025-11-12T10:42:00Z", utc, FALSE, "12 Nov 2025 10:42" },
    { "2026-02-01T08:00:00Z", utc, FALSE, "1 Feb 08:00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = NULL;

      if (cases[i].zone == NULL)
        continue;
      text = baton_display_time (at (cases[i].time), now, cases[i].zone, cases[i].precise);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
  none = baton_display_time (0, now, utc, FALSE);
  g_assert_cmpstr (none, ==, "");
  g_free (baton_display_time (G_MAXINT64, now, NULL, FALSE));
}

static void
test_duration (void)
{
  static const struct
  {
    gint64 span;
    const char *text;
  } cases[] = {
    { -5, "0 ms" },
    { 0, "0 ms" },
    { 850 * G_TIME_SPAN_MILLISECOND, "850 ms" },
    { 12 * G_TIME_SPAN_SECOND, "12 s" },
    { 192 * G_TIME_SPAN_SECOND, "3 min 12 s" },
    { 2 * G_TIME_SPAN_HOUR + 5 * G_TIME_SPAN_MINUTE, "2 h 5 min" },
    { 3 * G_TIME_SPAN_DAY + 4 * G_TIME_SPAN_HOUR, "3 d 4 h" },
    { G_MAXINT64, "36500 d 0 h" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = baton_display_duration (cases[i].span);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/baton/models/record/values", test_values);
  g_test_add_func ("/baton/models/record/running", test_running);
  g_test_add_func ("/baton/models/record/equal", test_equal);
  g_test_add_func ("/baton/models/record/wrong-types", test_wrong_types);
  g_test_add_func ("/baton/models/record/arrays", test_arrays);
  g_test_add_func ("/baton/models/record/page", test_page);
  g_test_add_func ("/baton/models/display/time", test_time);
  g_test_add_func ("/baton/models/display/duration", test_duration);
  return g_test_run ();
}
