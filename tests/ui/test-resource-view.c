/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "baton-cell.h"
#include "baton-filter-bar.h"
#include "baton-filter-chip.h"
#include "baton-resource-view.h"
#include "baton-table.h"
#include "baton-view-settings.h"
#include "ui-fixture.h"

/* A clock that stands still, so that no trigger brings another one. */
static const char *const few_jobs[] = { "--jobs=400", "--speed=0", NULL };

typedef struct
{
  UiFixture fixture;
  GtkWidget *view;
  GtkWidget *window;
  BatonPagedList *list; /* (unowned) */
} Stage;

static void
set_up (Stage *stage, const char *resource, const char *folder)
{
  ui_fixture_set_up (&stage->fixture, few_jobs);
  stage->view = baton_resource_view_new (baton_catalogue_find (resource));
  if (folder != NULL)
    baton_resource_view_set_folder (
        BATON_RESOURCE_VIEW (stage->view),
        baton_folder_get_id (baton_connection_find_folder (stage->fixture.connection, folder)));
  baton_resource_view_set_connection (BATON_RESOURCE_VIEW (stage->view), stage->fixture.connection);
  stage->window = ui_open (stage->view, 1100, 700);
  stage->list = baton_resource_view_get_list (BATON_RESOURCE_VIEW (stage->view));
}

static void
tear_down (Stage *stage)
{
  g_object_ref (stage->view);
  ui_close (stage->window);
  g_assert_finalize_object (stage->view);
  ui_fixture_tear_down (&stage->fixture);
}

static BatonRecord *
get_record (Stage *stage, guint position)
{
  g_autoptr (BatonRow) row = g_list_model_get_item (G_LIST_MODEL (stage->list), position);

  /* The list keeps what is on screen. */
  return row != NULL ? baton_row_get_record (row) : NULL;
}

static gboolean
is_loaded (Stage *stage)
{
  return g_str_equal (baton_resource_view_get_state (BATON_RESOURCE_VIEW (stage->view)), "table")
         && !baton_paged_list_get_loading (stage->list) && get_record (stage, 0) != NULL;
}

static void
activate (Stage *stage, const char *action)
{
  g_action_group_activate_action (
      baton_resource_view_get_actions (BATON_RESOURCE_VIEW (stage->view)), action, NULL);
}

static gboolean
is_enabled (Stage *stage, const char *action)
{
  return g_action_group_get_action_enabled (
      baton_resource_view_get_actions (BATON_RESOURCE_VIEW (stage->view)), action);
}

static void
select_only (Stage *stage, guint position)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (stage->list), position, TRUE);
  ui_settle ();
}

/* Returns: (nullable): a cell of that row that is on screen. */
static GtkWidget *
find_cell (GtkWidget *root, guint position)
{
  if (BATON_IS_CELL (root) && gtk_widget_get_mapped (root)
      && baton_cell_get_row (BATON_CELL (root)) != NULL
      && baton_row_get_position (baton_cell_get_row (BATON_CELL (root))) == position)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_cell (child, position);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_names (void)
{
  Stage stage = { 0 };
  GtkWidget *table;

  set_up (&stage, "jobs", NULL);
  ui_wait (is_loaded (&stage));
  table = ui_find (stage.view, GTK_TYPE_COLUMN_VIEW, "Jobs");
  g_assert_nonnull (table);
  g_assert_nonnull (ui_find (stage.view, GTK_TYPE_BUTTON, "Start job"));
  g_assert_nonnull (ui_find (stage.view, GTK_TYPE_BUTTON, "Refresh"));
  g_assert_cmpint (baton_resource_view_get_total (BATON_RESOURCE_VIEW (stage.view)), ==, 400);
  g_assert_nonnull (ui_find (stage.view, BATON_TYPE_CELL, NULL));
  tear_down (&stage);
}

static GActionGroup *
get_actions (Stage *stage)
{
  return baton_resource_view_get_actions (BATON_RESOURCE_VIEW (stage->view));
}

static void
assert_sorted (Stage *stage, const char *field, const char *order)
{
  g_autoptr (GVariant) by = g_action_group_get_action_state (get_actions (stage), "sort");
  g_autoptr (GVariant) way = g_action_group_get_action_state (get_actions (stage), "sort-order");

  g_assert_cmpstr (g_variant_get_string (by, NULL), ==, field);
  g_assert_cmpstr (g_variant_get_string (way, NULL), ==, order);
}

/* Clicking a header asks the server, and is kept. */
static void
test_sort (void)
{
  Stage stage = { 0 };
  BatonTable *table;
  g_autoptr (BatonViewSettings) settings = NULL;
  g_autofree char *id = NULL;
  gboolean descending = FALSE;
  GtkColumnView *columns;
  g_autoptr (GtkColumnViewColumn) ended = NULL;
  guint n;

  set_up (&stage, "jobs", NULL);
  ui_wait (is_loaded (&stage));
  columns = GTK_COLUMN_VIEW (ui_find (stage.view, GTK_TYPE_COLUMN_VIEW, "Jobs"));
  table = BATON_TABLE (ui_find (stage.view, BATON_TYPE_TABLE, NULL));
  n = g_list_model_get_n_items (gtk_column_view_get_columns (columns));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkColumnViewColumn) column
          = g_list_model_get_item (gtk_column_view_get_columns (columns), i);

      if (g_strcmp0 (gtk_column_view_column_get_title (column), "ID") == 0)
        ended = g_steal_pointer (&column);
    }
  g_assert_nonnull (ended);
  gtk_column_view_sort_by_column (columns, ended, GTK_SORT_ASCENDING);
  ui_wait (is_loaded (&stage)
           && g_strcmp0 (baton_record_get_key (get_record (&stage, 0)), "1") == 0);

  settings = baton_view_settings_new (baton_catalogue_find ("jobs"));
  id = baton_view_settings_dup_sort (settings, &descending);
  g_assert_cmpstr (id, ==, "id");
  g_assert_false (descending);

  /* The menu says so too, and turns it round: what the keyboard has in place of the headers. */
  assert_sorted (&stage, "id", "ascending");
  g_action_group_activate_action (get_actions (&stage), "sort-order",
                                  g_variant_new_string ("descending"));
  ui_wait (is_loaded (&stage)
           && g_strcmp0 (baton_record_get_key (get_record (&stage, 0)), "400") == 0);
  assert_sorted (&stage, "id", "descending");
  g_action_group_activate_action (get_actions (&stage), "sort", g_variant_new_string ("ended"));
  assert_sorted (&stage, "ended", "descending");
  g_action_group_activate_action (get_actions (&stage), "sort", g_variant_new_string ("id"));
  assert_sorted (&stage, "id", "ascending");

  baton_columns_reset (baton_table_get_columns (table));
  ui_wait (is_loaded (&stage)
           && g_strcmp0 (baton_record_get_key (get_record (&stage, 0)), "1") != 0);
  tear_down (&stage);
}

static void
test_columns (void)
{
  Stage stage = { 0 };
  const BatonResource *jobs = baton_catalogue_find ("jobs");
  guint host = (guint) baton_resource_find_field (jobs, "host");
  guint id = (guint) baton_resource_find_field (jobs, "id");
  guint input = (guint) baton_resource_find_field (jobs, "input");
  BatonColumns *columns;
  g_autoptr (GtkWidget) again = NULL;

  set_up (&stage, "jobs", NULL);
  columns = baton_table_get_columns (BATON_TABLE (ui_find (stage.view, BATON_TYPE_TABLE, NULL)));
  g_assert_true (baton_columns_get_visible (columns, host));
  g_assert_false (baton_columns_get_visible (columns, id));
  g_assert_false (baton_columns_has (columns, input));
  baton_columns_set_visible (columns, host, FALSE);
  baton_columns_set_visible (columns, id, TRUE);

  /* Another table of the same resource shows what was chosen. */
  again = g_object_ref_sink (baton_table_new (jobs));
  g_assert_false (baton_columns_get_visible (baton_table_get_columns (BATON_TABLE (again)), host));
  g_assert_true (baton_columns_get_visible (baton_table_get_columns (BATON_TABLE (again)), id));

  activate (&stage, "reset-columns");
  g_assert_true (baton_columns_get_visible (columns, host));
  g_assert_false (baton_columns_get_visible (columns, id));
  tear_down (&stage);
}

static void
test_filters (void)
{
  Stage stage = { 0 };
  BatonFilterBar *bar;
  BatonFilterChip *chip;
  GtkWidget *search;

  set_up (&stage, "jobs", NULL);
  ui_wait (is_loaded (&stage));
  g_assert_false (is_enabled (&stage, "clear-filters"));
  bar = BATON_FILTER_BAR (ui_find (stage.view, BATON_TYPE_FILTER_BAR, NULL));
  chip = BATON_FILTER_CHIP (baton_filter_bar_get_chip (bar, "state"));
  baton_filter_set_value (baton_filter_chip_get_filter (chip), "Faulted", TRUE);
  baton_filter_chip_update (chip);
  ui_wait (baton_paged_list_get_total (stage.list) < 400 && is_loaded (&stage));
  g_assert_cmpstr (baton_record_get (get_record (&stage, 0), "state"), ==, "Faulted");
  g_assert_true (baton_resource_view_is_filtered (BATON_RESOURCE_VIEW (stage.view)));

  search = ui_find (stage.view, GTK_TYPE_SEARCH_ENTRY, "Search jobs");
  gtk_editable_set_text (GTK_EDITABLE (search), "no process is called so");
  ui_wait (g_str_equal (baton_resource_view_get_state (BATON_RESOURCE_VIEW (stage.view)), "empty"));
  ui_wait (gtk_widget_get_mapped (ui_find (stage.view, GTK_TYPE_LABEL, "Nothing matches")));
  g_assert_true (is_enabled (&stage, "clear-filters"));

  activate (&stage, "clear-filters");
  ui_wait (is_loaded (&stage) && baton_paged_list_get_total (stage.list) == 400);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (search)), ==, "");
  tear_down (&stage);
}

/* A refresh neither moves the list nor loses what is selected. */
static void
test_refresh (void)
{
  Stage stage = { 0 };
  g_autofree char *key = NULL;
  guint first = 0, last = 0, again_first = 0, again_last = 0;
  gint64 updated;
  BatonTable *table;

  set_up (&stage, "jobs", NULL);
  ui_wait (is_loaded (&stage));
  table = BATON_TABLE (ui_find (stage.view, BATON_TYPE_TABLE, NULL));
  /* A table that has no place yet cannot scroll. */
  ui_wait (baton_table_get_visible_range (table, &first, &last) && last > 5);
  baton_table_scroll_to (table, 250);
  ui_wait (baton_table_get_visible_range (table, &first, &last) && first > 200
           && get_record (&stage, 250) != NULL);
  select_only (&stage, 250);
  key = g_strdup (baton_record_get_key (get_record (&stage, 250)));
  updated = baton_paged_list_get_updated_at (stage.list);
  baton_table_get_visible_range (table, &first, &last);

  ui_click (stage.view, "Refresh");
  ui_wait (baton_paged_list_get_updated_at (stage.list) > updated
           && !baton_paged_list_get_loading (stage.list));
  g_assert_true (baton_table_get_visible_range (table, &again_first, &again_last));
  g_assert_cmpuint (again_first, ==, first);
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (stage.list), 250));
  g_assert_cmpstr (baton_record_get_key (get_record (&stage, 250)), ==, key);
  tear_down (&stage);
}

static void
test_actions (void)
{
  Stage stage = { 0 };
  guint finished = GTK_INVALID_LIST_POSITION;

  set_up (&stage, "jobs", NULL);
  ui_wait (is_loaded (&stage));
  g_assert_true (is_enabled (&stage, "do-start-job"));
  g_assert_false (is_enabled (&stage, "do-stop"));
  g_assert_false (is_enabled (&stage, "copy-row"));
  for (guint i = 0; i < 50 && finished == GTK_INVALID_LIST_POSITION; i++)
    if (get_record (&stage, i) != NULL
        && g_str_equal (baton_record_get (get_record (&stage, i), "state"), "Successful"))
      finished = i;
  g_assert_cmpuint (finished, !=, GTK_INVALID_LIST_POSITION);
  select_only (&stage, finished);
  ui_wait (is_enabled (&stage, "do-restart"));
  g_assert_false (is_enabled (&stage, "do-stop"));
  g_assert_true (is_enabled (&stage, "copy-row"));
  g_assert_true (is_enabled (&stage, "copy-json"));

  activate (&stage, "select-all");
  ui_wait (baton_paged_list_get_n_selected (stage.list) == 400 && is_enabled (&stage, "do-stop"));
  activate (&stage, "unselect-all");
  ui_wait (!is_enabled (&stage, "do-stop"));
  tear_down (&stage);
}

static void
got_text_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  char **text = user_data;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static char *
read_clipboard (GtkWidget *widget)
{
  char *text = NULL;

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, got_text_cb, &text);
  ui_wait (text != NULL);
  return text;
}

static void
test_copy (void)
{
  Stage stage = { 0 };
  g_autofree char *row = NULL;
  g_autofree char *row_curl = NULL;
  g_autofree char *path = NULL;
  g_autofree char *rows = NULL;
  g_autofree char *json = NULL;
  g_autofree char *curl = NULL;
  g_autofree char *start = NULL;
  g_auto (GStrv) lines = NULL;

  set_up (&stage, "jobs", NULL);
  ui_wait (is_loaded (&stage));
  select_only (&stage, 0);
  ui_wait (is_enabled (&stage, "copy-row"));
  activate (&stage, "copy-row");
  row = read_clipboard (stage.view);
  start = g_strdup_printf ("%s\t", baton_record_get_name (get_record (&stage, 0)));
  g_assert_true (g_str_has_prefix (row, start));
  g_assert_null (strchr (row, '\n'));
  activate (&stage, "copy-row-curl");
  row_curl = read_clipboard (stage.view);
  path = g_strdup_printf ("/odata/Jobs(%s)", baton_record_get_key (get_record (&stage, 0)));
  g_assert_true (g_str_has_prefix (row_curl, "curl "));
  g_assert_nonnull (strstr (row_curl, path));
  g_assert_nonnull (strstr (row_curl, "$BATON_TOKEN"));

  gtk_selection_model_select_item (GTK_SELECTION_MODEL (stage.list), 1, FALSE);
  ui_settle ();
  ui_wait (baton_paged_list_get_n_selected (stage.list) == 2);
  ui_settle ();
  g_assert_false (is_enabled (&stage, "copy-row-curl"));
  activate (&stage, "copy-row");
  rows = read_clipboard (stage.view);
  lines = g_strsplit (rows, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_true (g_str_has_prefix (lines[0], "Process\tState\t"));

  activate (&stage, "copy-json");
  json = read_clipboard (stage.view);
  g_assert_true (g_str_has_prefix (json, "["));
  g_assert_nonnull (strstr (json, "\"ReleaseName\""));

  activate (&stage, "copy-curl");
  curl = read_clipboard (stage.view);
  g_assert_true (g_str_has_prefix (curl, "curl "));
  g_assert_nonnull (strstr (curl, "$BATON_TOKEN"));
  tear_down (&stage);
}

/* A plain click in the middle of a cell of that row, as far as the table's own gesture is concerned. */
static void
click_row (Stage *stage, guint position)
{
  GtkWidget *columns = ui_find (stage->view, GTK_TYPE_COLUMN_VIEW, "Jobs");
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (columns);
  GtkWidget *cell = find_cell (columns, position);
  double x, y;

  g_assert_nonnull (cell);
  ui_wait (gtk_widget_get_height (cell) > 0);
  gtk_widget_translate_coordinates (cell, columns, 4, gtk_widget_get_height (cell) / 2.0, &x, &y);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_GESTURE_CLICK (controller)
          || gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (controller)) != GDK_BUTTON_PRIMARY)
        continue;
      g_signal_emit_by_name (controller, "pressed", 1, x, y);
      select_only (stage, position);
      g_signal_emit_by_name (controller, "released", 1, x, y);
      ui_settle ();
    }
}

/* Closed details stay closed for another row, and come back for the same one. */
static void
test_details_again (void)
{
  Stage stage = { 0 };
  AdwFlap *flap;

  set_up (&stage, "jobs", NULL);
  ui_wait (is_loaded (&stage));
  flap = ADW_FLAP (ui_find (stage.view, ADW_TYPE_FLAP, NULL));
  g_assert_false (adw_flap_get_folded (flap));
  ui_wait (find_cell (stage.view, 1) != NULL);

  click_row (&stage, 0);
  g_assert_true (adw_flap_get_reveal_flap (flap));
  activate (&stage, "close-details");
  g_assert_false (adw_flap_get_reveal_flap (flap));
  click_row (&stage, 1);
  g_assert_false (adw_flap_get_reveal_flap (flap));
  click_row (&stage, 1);
  g_assert_true (adw_flap_get_reveal_flap (flap));
  tear_down (&stage);
}

/* What is kept per folder asks for one first. */
static void
test_folder (void)
{
  Stage stage = { 0 };
  BatonFolder *shared;

  set_up (&stage, "assets", NULL);
  g_assert_cmpstr (baton_resource_view_get_state (BATON_RESOURCE_VIEW (stage.view)), ==, "folder");
  g_assert_null (stage.list);
  g_assert_false (is_enabled (&stage, "do-new"));
  shared = baton_connection_find_folder (stage.fixture.connection, "Shared");
  baton_resource_view_set_folder (BATON_RESOURCE_VIEW (stage.view), baton_folder_get_id (shared));
  stage.list = baton_resource_view_get_list (BATON_RESOURCE_VIEW (stage.view));
  ui_wait (is_loaded (&stage));
  ui_wait (is_enabled (&stage, "do-new"));
  tear_down (&stage);
}

/* The service is gone: the page says so, and what was there stays. */
static void
test_error (void)
{
  Stage stage = { 0 };

  set_up (&stage, "queues", NULL);
  ui_wait (is_loaded (&stage));
  g_subprocess_force_exit (stage.fixture.process);
  g_subprocess_wait (stage.fixture.process, NULL, NULL);
  activate (&stage, "refresh");
  ui_wait (baton_paged_list_get_error (stage.list) != NULL);
  g_assert_cmpstr (baton_resource_view_get_state (BATON_RESOURCE_VIEW (stage.view)), ==, "table");

  /* A list that never had rows shows the error itself, with a way on. */
  baton_resource_view_set_folder (BATON_RESOURCE_VIEW (stage.view), 1);
  ui_wait (
      g_str_equal (baton_resource_view_get_state (BATON_RESOURCE_VIEW (stage.view)), "error"));
  ui_wait (gtk_widget_get_mapped (ui_find (stage.view, GTK_TYPE_BUTTON, "Try again")));
  tear_down (&stage);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/baton/app/resource-view/names", test_names);
  g_test_add_func ("/baton/app/resource-view/sort", test_sort);
  g_test_add_func ("/baton/app/resource-view/columns", test_columns);
  g_test_add_func ("/baton/app/resource-view/filters", test_filters);
  g_test_add_func ("/baton/app/resource-view/refresh-stays", test_refresh);
  g_test_add_func ("/baton/app/resource-view/actions", test_actions);
  g_test_add_func ("/baton/app/resource-view/copy", test_copy);
  g_test_add_func ("/baton/app/resource-view/details-again", test_details_again);
  g_test_add_func ("/baton/app/resource-view/folder", test_folder);
  g_test_add_func ("/baton/app/resource-view/error", test_error);
  return g_test_run ();
}
