/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "baton-detail-pane.h"
#include "baton-json.h"
#include "baton-property.h"
#include "odata/baton-page.h"
#include "ui-fixture.h"

static const char *const few_jobs[] = { "--jobs=200", NULL };

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  BatonPage **page = user_data;

  *page = baton_pipeline_send_finish (BATON_PIPELINE (source), result, &error);
  g_assert_no_error (error);
}

/* Returns: (transfer full): the first record of @resource for which @filter holds. */
static BatonRecord *
fetch_record (UiFixture *fixture, const BatonResource *resource, gint64 folder, const char *filter)
{
  g_autoptr (BatonQuery) query = baton_resource_make_query (resource, folder, NULL, FALSE);
  g_autoptr (BatonRequest) request = NULL;
  g_autofree char *path = NULL;
  g_autoptr (BatonPage) page = NULL;

  baton_query_add_filter (query, filter);
  baton_query_set_range (query, 0, 1);
  path = baton_query_to_path (query);
  request = baton_request_new ("GET", path);
  baton_request_set_folder (request, folder);
  baton_pipeline_send_async (baton_connection_get_pipeline (fixture->connection), request,
                             baton_page_decode, (gpointer) resource, NULL,
                             (GDestroyNotify) baton_page_free, NULL, page_cb, &page);
  ui_wait (page != NULL);
  g_assert_cmpuint (page->records->len, ==, 1);
  return baton_record_ref (g_ptr_array_index (page->records, 0));
}

static void
test_job (void)
{
  UiFixture fixture = { NULL };
  const BatonResource *jobs = baton_catalogue_find ("jobs");
  GtkWidget *pane, *window;
  BatonRecord *record;
  g_autofree char *json = NULL;
  g_autoptr (JsonNode) root = NULL;

  ui_fixture_set_up (&fixture, few_jobs);
  record = fetch_record (&fixture, jobs, 0, "State eq 'Faulted'");
  pane = baton_detail_pane_new (jobs);
  baton_detail_pane_set_connection (BATON_DETAIL_PANE (pane), fixture.connection);
  window = ui_open (pane, 360, 700);
  g_assert_nonnull (ui_find (pane, GTK_TYPE_LABEL, "Nothing selected"));

  /* The list's values at once, the rest a moment later. */
  baton_detail_pane_set_selection (BATON_DETAIL_PANE (pane), record, 1, 0);
  g_assert_nonnull (ui_find (pane, GTK_TYPE_LABEL, baton_record_get_name (record)));
  g_assert_nonnull (ui_find (pane, GTK_TYPE_LABEL, "Faulted"));
  g_assert_null (baton_detail_pane_dup_json (BATON_DETAIL_PANE (pane)));
  ui_wait (
      baton_record_get (baton_detail_pane_get_record (BATON_DETAIL_PANE (pane)), "info") != NULL);
  json = baton_detail_pane_dup_json (BATON_DETAIL_PANE (pane));
  root = baton_json_parse_text (json, -1, NULL);
  g_assert_cmpstr (baton_json_peek_string (baton_json_peek_root_object (root), "State"), ==,
                   "Faulted");

  /* The error is there to read and to copy, and its logs are one click away. */
  g_assert_nonnull (ui_find (pane, GTK_TYPE_LABEL, "Result"));
  g_assert_nonnull (ui_find (pane, ADW_TYPE_ACTION_ROW, "Logs of this job"));
  g_assert_nonnull (ui_find (pane, GTK_TYPE_BUTTON, "Restart"));

  /* As the service sent it. */
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (ui_find (pane, GTK_TYPE_TOGGLE_BUTTON, "JSON")), TRUE);
  g_assert_nonnull (ui_find (pane, GTK_TYPE_TEXT_VIEW, "JSON"));

  baton_detail_pane_set_selection (BATON_DETAIL_PANE (pane), NULL, 3, 0);
  g_assert_nonnull (ui_find (pane, GTK_TYPE_LABEL, "3 selected"));

  baton_record_unref (record);
  g_object_ref (pane);
  ui_close (window);
  g_assert_finalize_object (pane);
  ui_fixture_tear_down (&fixture);
}

/* Closed while the record is on its way. */
static void
test_close_early (void)
{
  UiFixture fixture = { NULL };
  const BatonResource *jobs = baton_catalogue_find ("jobs");
  BatonRecord *record;
  GtkWidget *pane, *window;
  gint64 until;

  ui_fixture_set_up (&fixture, few_jobs);
  record = fetch_record (&fixture, jobs, 0, NULL);
  pane = baton_detail_pane_new (jobs);
  baton_detail_pane_set_connection (BATON_DETAIL_PANE (pane), fixture.connection);
  window = ui_open (pane, 360, 700);
  baton_detail_pane_set_selection (BATON_DETAIL_PANE (pane), record, 1, 0);
  /* Past the moment that it waits for before it asks. */
  until = g_get_monotonic_time () + 160 * G_TIME_SPAN_MILLISECOND;
  while (g_get_monotonic_time () < until)
    ui_iterate ();
  g_object_ref (pane);
  ui_close (window);
  g_assert_finalize_object (pane);
  baton_record_unref (record);
  ui_fixture_tear_down (&fixture);
}

/* What the user may not do says which permission it needs. */
static void
test_permission (void)
{
  static const BatonField fields[]
      = { { .id = "name", .property = "Name", .title = "Name", .kind = BATON_FIELD_TEXT }, { NULL } };
  static const BatonAction actions[]
      = { { "stop", "Stop", NULL, "Jobs.Edit", .needs_row = TRUE },
          { "vanish", "Vanish", NULL, "Nobody.MayDoThis", .needs_row = TRUE },
          { NULL } };
  static const BatonResource resource = { .id = "tests", .title = "Tests", .key = "Id",
                                          .name = "name", .fields = fields, .actions = actions };
  UiFixture fixture = { NULL };
  GtkWidget *pane, *window;

  ui_fixture_set_up (&fixture, few_jobs);
  ui_wait (baton_connection_get_permissions (fixture.connection) != NULL);
  pane = baton_detail_pane_new (&resource);
  baton_detail_pane_set_connection (BATON_DETAIL_PANE (pane), fixture.connection);
  window = ui_open (pane, 360, 400);
  g_assert_null (gtk_widget_get_tooltip_text (ui_find (pane, GTK_TYPE_BUTTON, "Stop")));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (ui_find (pane, GTK_TYPE_BUTTON, "Vanish")), ==,
                   "This needs the permission Nobody.MayDoThis");
  ui_close (window);
  ui_fixture_tear_down (&fixture);
}

static void
test_text (void)
{
  GtkWidget *text = baton_property_new_text ("Input", "{\n  \"a\": 1\n}", TRUE, TRUE);
  GtkWidget *window = ui_open (text, 360, 200);

  g_assert_nonnull (ui_find (text, GTK_TYPE_BUTTON, "Copy Input"));
  g_assert_true (gtk_widget_get_mapped (ui_find (text, GTK_TYPE_TEXT_VIEW, "Input")));
  ui_close (window);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/baton/app/detail-pane/job", test_job);
  g_test_add_func ("/baton/app/detail-pane/close-early", test_close_early);
  g_test_add_func ("/baton/app/detail-pane/permission", test_permission);
  g_test_add_func ("/baton/app/property/text", test_text);
  return g_test_run ();
}
