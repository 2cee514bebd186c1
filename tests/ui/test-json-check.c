/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "baton-error.h"
#include "baton-json-check.h"
#include "baton-json-editor.h"
#include "baton-start-job-window.h"
#include "baton-queue-item-window.h"
#include "ui-fixture.h"

static void
test_good (void)
{
  static const char *const texts[] = {
    "{}", " { } ", "{\"a\":1}", "{\"a\":[1,2.5,-3e+4,true,false,null,\"x\\u00e9\\n\"],\"b\":{\"c\":{}}}",
    "{\n  \"name\": \"M\xc3\xbcller\",\n  \"list\": []\n}\n", "[1]", "\"text\"", "0", "-0.5E-3",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (baton_json_check (texts[i], FALSE, NULL, NULL, &error));
      g_assert_no_error (error);
    }
}

static void
test_place (void)
{
  static const struct
  {
    const char *text;
    guint line, column;
  } faults[] = {
    { "", 1, 1 },
    { "[1]", 1, 1 },              /* no object */
    { "{\"a\" 1}", 1, 6 },        /* no colon */
    { "{\"a\":1,}", 1, 8 },       /* a comma too many */
    { "{\"a\":1 \"b\":2}", 1, 8 }, /* a comma too few */
    { "{\n  \"a\": 'x'\n}", 2, 8 },
    { "{\n  \"a\": yes\n}", 2, 8 },
    { "{\"\xc3\xa4\xc3\xb6\": }", 1, 8 }, /* columns count characters, not bytes */
    { "{\"a\": \"open", 1, 7 },
    { "{\"a\": \"\\x\"}", 1, 8 },
    { "{\"a\": \"\\u12g4\"}", 1, 8 },
    { "{\"a\": 01}", 1, 7 },
    { "{\"a\": 1.}", 1, 8 },
    { "{\"a\": 1e}", 1, 9 },
    { "{\"a\": [1, 2}", 1, 12 },
    { "{\"a\": 1", 1, 8 },
    { "{}\n{}", 2, 1 },
    { "{a: 1}", 1, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *start = NULL;
      guint line = 0, column = 0;

      g_test_message ("%s", faults[i].text);
      g_assert_false (baton_json_check (faults[i].text, TRUE, &line, &column, &error));
      g_assert_error (error, BATON_ERROR, BATON_ERROR_INVALID);
      g_assert_cmpuint (line, ==, faults[i].line);
      g_assert_cmpuint (column, ==, faults[i].column);
      start = g_strdup_printf ("Line %u, column %u: ", line, column);
      g_assert_true (g_str_has_prefix (error->message, start));
    }
}

static void
test_deep (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 300000; i++)
    g_string_append_c (text, '[');
  g_assert_false (baton_json_check (text->str, FALSE, NULL, NULL, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_INVALID);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
test_editor (void)
{
  GtkWidget *editor = baton_json_editor_new ("Arguments");
  GtkWidget *window = ui_open (editor, 360, 300);
  GtkWidget *view = ui_find (editor, GTK_TYPE_TEXT_VIEW, NULL);
  g_autofree char *text = NULL;
  guint n = 0;

  g_signal_connect_swapped (editor, "changed", G_CALLBACK (count_cb), &n);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Arguments");
  g_assert_true (baton_json_editor_is_valid (BATON_JSON_EDITOR (editor)));

  baton_json_editor_set_text (BATON_JSON_EDITOR (editor), "{ \"a\": }");
  g_assert_cmpuint (n, >, 0);
  g_assert_false (baton_json_editor_is_valid (BATON_JSON_EDITOR (editor)));
  g_assert_true (g_str_has_prefix (baton_json_editor_get_fault (BATON_JSON_EDITOR (editor)),
                                   "Line 1, column 8: "));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);

  baton_json_editor_set_text (BATON_JSON_EDITOR (editor), "\n{ \"a\": 1 }\n");
  g_assert_true (baton_json_editor_is_valid (BATON_JSON_EDITOR (editor)));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_FALSE);
  text = baton_json_editor_dup_text (BATON_JSON_EDITOR (editor));
  g_assert_cmpstr (text, ==, "{ \"a\": 1 }");

  g_object_ref (editor);
  ui_close (window);
  g_assert_finalize_object (editor);
}

static void
test_arguments (void)
{
  g_autofree char *none = baton_start_job_make_arguments (NULL);
  g_autofree char *odd = baton_start_job_make_arguments ("{\"not\":\"a list\"}");
  g_autofree char *some = baton_start_job_make_arguments (
      "[{\"name\":\"in_Path\",\"type\":\"System.String, mscorlib\",\"required\":true,\"hasDefault\":false},"
      "{\"name\":\"in_Count\",\"type\":\"System.Int32\",\"required\":false,\"hasDefault\":false},"
      "{\"name\":\"in_Left\",\"type\":\"System.String\",\"hasDefault\":true}]");

  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (odd, ==, "");
  g_assert_true (baton_json_check (some, TRUE, NULL, NULL, NULL));
  g_assert_nonnull (strstr (some, "\"in_Path\""));
  g_assert_nonnull (strstr (some, "\"in_Count\""));
  g_assert_null (strstr (some, "in_Left"));
}

static void
test_times (void)
{
  gint64 time, midnight;

  g_assert_true (baton_queue_item_parse_time (" ", &time));
  g_assert_cmpint (time, ==, 0);
  g_assert_true (baton_queue_item_parse_time ("2026-01-31", &midnight));
  g_assert_true (baton_queue_item_parse_time ("2026-01-31 12:30", &time));
  g_assert_cmpint (time - midnight, ==, (gint64) (12 * 60 + 30) * 60 * G_USEC_PER_SEC);
  g_assert_true (baton_queue_item_parse_time ("2026-01-31T12:30", &time));
  g_assert_false (baton_queue_item_parse_time ("2026-02-31", &time));
  g_assert_false (baton_queue_item_parse_time ("tomorrow", &time));
  g_assert_false (baton_queue_item_parse_time ("2026-01-31 25:00", &time));
  g_assert_false (baton_queue_item_parse_time ("2026-01-31 12:30 or so", &time));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/baton/app/json-check/good", test_good);
  g_test_add_func ("/baton/app/json-check/place", test_place);
  g_test_add_func ("/baton/app/json-check/deep", test_deep);
  g_test_add_func ("/baton/app/json-editor/says-where", test_editor);
  g_test_add_func ("/baton/app/start-job/arguments", test_arguments);
  g_test_add_func ("/baton/app/queue-item/times", test_times);
  return g_test_run ();
}
