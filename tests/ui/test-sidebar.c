/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "baton-folder-list.h"
#include "baton-sidebar.h"
#include "ui-fixture.h"

static void
page_cb (GtkWidget *sidebar, const char *id, char **chosen)
{
  g_free (*chosen);
  *chosen = g_strdup (id);
}

static void
folder_cb (GtkWidget *widget, BatonFolder *folder, char **chosen)
{
  g_free (*chosen);
  *chosen = g_strdup (folder != NULL ? baton_folder_get_path (folder) : "*");
}

static void
test_rows (void)
{
  static const char *const names[] = { "Processes", "Jobs",   "Triggers", "Logs",
                                       "Queues",    "Assets", "Tenant",   "API access" };
  GtkWidget *sidebar = baton_sidebar_new ();
  GtkWidget *window = ui_open (sidebar, 240, 800);
  g_autofree char *chosen = NULL;
  GtkWidget *row;

  g_signal_connect (sidebar, "page-chosen", G_CALLBACK (page_cb), &chosen);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_nonnull (ui_find (sidebar, GTK_TYPE_LIST_BOX_ROW, names[i]));

  row = ui_find (sidebar, GTK_TYPE_LIST_BOX_ROW, "Assets");
  gtk_widget_activate (row);
  g_assert_cmpstr (chosen, ==, "assets");

  /* The page that is shown is marked, without being chosen again. */
  baton_sidebar_set_page (BATON_SIDEBAR (sidebar), "jobs");
  row = ui_find (sidebar, GTK_TYPE_LIST_BOX_ROW, "Jobs");
  g_assert_true (gtk_list_box_row_is_selected (GTK_LIST_BOX_ROW (row)));
  g_assert_cmpstr (chosen, ==, "assets");

  /* The arrow keys select: chosen a moment later. */
  row = ui_find (sidebar, GTK_TYPE_LIST_BOX_ROW, "API access");
  gtk_list_box_select_row (GTK_LIST_BOX (gtk_widget_get_parent (row)), GTK_LIST_BOX_ROW (row));
  ui_wait (g_strcmp0 (chosen, "api-access") == 0);

  baton_sidebar_set_count (BATON_SIDEBAR (sidebar), "jobs", 1204);
  g_assert_nonnull (ui_find (ui_find (sidebar, GTK_TYPE_LIST_BOX_ROW, "Jobs"), GTK_TYPE_LABEL,
                             "1204"));
  g_assert_cmpstr (baton_sidebar_get_nth_page (BATON_SIDEBAR (sidebar), 0), ==, "processes");
  g_assert_null (baton_sidebar_get_nth_page (BATON_SIDEBAR (sidebar), 99));

  g_object_ref (sidebar);
  ui_close (window);
  g_assert_finalize_object (sidebar);
}

static void
test_folders (void)
{
  UiFixture fixture = { NULL };
  GtkWidget *list, *window, *search, *view;
  GtkSelectionModel *model;
  g_autofree char *chosen = NULL;
  guint n_all;

  ui_fixture_set_up (&fixture, NULL);
  list = baton_folder_list_new ();
  baton_folder_list_set_connection (BATON_FOLDER_LIST (list), fixture.connection);
  g_signal_connect (list, "chosen", G_CALLBACK (folder_cb), &chosen);
  window = ui_open (list, 280, 500);
  search = ui_find (list, GTK_TYPE_SEARCH_ENTRY, NULL);
  view = ui_find (list, GTK_TYPE_LIST_VIEW, NULL);

  /* All of them, and "All folders" first. */
  model = gtk_list_view_get_model (GTK_LIST_VIEW (view));
  n_all = g_list_model_get_n_items (G_LIST_MODEL (model));
  g_assert_cmpuint (n_all, ==,
                    1
                        + g_list_model_get_n_items (
                            baton_connection_get_folders (fixture.connection)));
  gtk_widget_activate_action (view, "list.activate-item", "u", 0);
  g_assert_cmpstr (chosen, ==, "*");

  baton_folder_list_set_allow_all (BATON_FOLDER_LIST (list), FALSE);
  model = gtk_list_view_get_model (GTK_LIST_VIEW (view));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, n_all - 1);

  gtk_editable_set_text (GTK_EDITABLE (search), "SHARED");
  ui_wait (g_list_model_get_n_items (
               G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (view))))
           == 1);
  g_signal_emit_by_name (search, "activate");
  g_assert_cmpstr (chosen, ==, "Shared");

  gtk_editable_set_text (GTK_EDITABLE (search), "no folder is called so");
  ui_wait (gtk_widget_get_mapped (ui_find (list, GTK_TYPE_LABEL, "No folder found")));

  g_object_ref (list);
  ui_close (window);
  g_assert_finalize_object (list);
  ui_fixture_tear_down (&fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/baton/app/sidebar/rows", test_rows);
  g_test_add_func ("/baton/app/folder-list/tree-and-search", test_folders);
  return g_test_run ();
}
