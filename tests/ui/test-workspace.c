/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "baton-resource-view.h"
#include "baton-sidebar.h"
#include "baton-tenant-selector.h"
#include "baton-tenant.h"
#include "baton-workspace.h"
#include "ui-fixture.h"

static const char *const few_jobs[] = { "--jobs=200", NULL };

typedef struct
{
  UiFixture fixture;
  GtkWidget *workspace;
  GtkWidget *window;
} Stage;

static void
set_up (Stage *stage, const char *folder, int width)
{
  ui_fixture_set_up (&stage->fixture, few_jobs);
  baton_account_set_folder_path (stage->fixture.account, folder);
  stage->workspace = baton_workspace_new ();
  baton_workspace_set_connection (BATON_WORKSPACE (stage->workspace), stage->fixture.connection);
  stage->window = ui_open (stage->workspace, width, 760);
}

static void
tear_down (Stage *stage)
{
  g_object_ref (stage->workspace);
  ui_close (stage->window);
  g_assert_finalize_object (stage->workspace);
  ui_fixture_tear_down (&stage->fixture);
}

/* The view that is on screen. */
static BatonResourceView *
get_view (Stage *stage)
{
  GtkWidget *table = ui_find (stage->workspace, BATON_TYPE_RESOURCE_VIEW, NULL);

  while (table != NULL && !gtk_widget_get_mapped (table))
    table = gtk_widget_get_next_sibling (table);
  return table != NULL ? BATON_RESOURCE_VIEW (table) : NULL;
}

static gboolean
shows (Stage *stage, const char *resource)
{
  BatonResourceView *view = get_view (stage);
  BatonPagedList *list = view != NULL ? baton_resource_view_get_list (view) : NULL;

  return list != NULL && g_str_equal (baton_resource_view_get_resource (view)->id, resource)
         && g_str_equal (baton_resource_view_get_state (view), "table")
         && !baton_paged_list_get_loading (list);
}

static void
test_pages (void)
{
  Stage stage = { 0 };
  GtkWidget *row;

  set_up (&stage, NULL, 1200);
  g_assert_cmpstr (baton_workspace_get_page (BATON_WORKSPACE (stage.workspace)), ==, "jobs");
  ui_wait (shows (&stage, "jobs"));
  g_assert_nonnull (ui_find (stage.workspace, GTK_TYPE_COLUMN_VIEW, "Jobs"));

  row = ui_find (stage.workspace, GTK_TYPE_LIST_BOX_ROW, "Queues");
  gtk_widget_activate (row);
  g_assert_cmpstr (baton_workspace_get_page (BATON_WORKSPACE (stage.workspace)), ==, "queues");
  ui_wait (shows (&stage, "queues"));

  gtk_widget_activate_action (stage.workspace, "workspace.show-nth", "u", 0u);
  ui_wait (shows (&stage, "processes"));
  baton_workspace_show_page (BATON_WORKSPACE (stage.workspace), "tenant", NULL, NULL);
  g_assert_cmpstr (baton_workspace_get_page (BATON_WORKSPACE (stage.workspace)), ==, "tenant");
  baton_workspace_show_page (BATON_WORKSPACE (stage.workspace), "api-access", NULL, NULL);
  ui_settle ();
  tear_down (&stage);
}

static void
test_folder (void)
{
  Stage stage = { 0 };
  BatonFolder *shared;

  set_up (&stage, "Shared", 1200);
  shared = baton_connection_find_folder (stage.fixture.connection, "Shared");
  ui_wait (shows (&stage, "jobs"));
  g_assert_cmpint (baton_paged_list_get_folder (baton_resource_view_get_list (get_view (&stage))),
                   ==, baton_folder_get_id (shared));
  g_assert_nonnull (ui_find (stage.workspace, GTK_TYPE_MENU_BUTTON, "Folder: Shared"));

  /* Another choice is kept in the account, by its path. */
  g_signal_emit_by_name (ui_find (stage.workspace, BATON_TYPE_SIDEBAR, NULL), "folder-chosen", NULL);
  g_assert_null (baton_account_get_folder_path (stage.fixture.account));
  ui_wait (shows (&stage, "jobs")
           && baton_paged_list_get_folder (baton_resource_view_get_list (get_view (&stage))) == 0);
  tear_down (&stage);
}

/* Page and folder stay where the other tenant has them. */
static void
test_tenant (void)
{
  Stage stage = { 0 };
  GListModel *tenants;
  g_autoptr (BatonTenant) other = NULL;
  const char *current;
  BatonFolder *shared;

  set_up (&stage, "Shared", 1200);
  ui_wait (shows (&stage, "jobs"));
  baton_workspace_show_page (BATON_WORKSPACE (stage.workspace), "processes", NULL, NULL);
  ui_wait (shows (&stage, "processes"));

  tenants = baton_connection_get_tenants (stage.fixture.connection);
  ui_wait (g_list_model_get_n_items (tenants) > 1);
  current = baton_deployment_get_tenant (baton_account_get_deployment (stage.fixture.account));
  for (guint i = 0; i < g_list_model_get_n_items (tenants); i++)
    {
      g_autoptr (BatonTenant) tenant = g_list_model_get_item (tenants, i);

      if (g_strcmp0 (baton_tenant_get_name (tenant), current) != 0)
        g_set_object (&other, tenant);
    }
  g_assert_nonnull (other);
  baton_connection_set_tenant (stage.fixture.connection, other);
  g_assert_null (baton_resource_view_get_list (get_view (&stage)));
  ui_wait (shows (&stage, "processes"));
  g_assert_cmpstr (baton_workspace_get_page (BATON_WORKSPACE (stage.workspace)), ==, "processes");
  shared = baton_connection_find_folder (stage.fixture.connection, "Shared");
  g_assert_nonnull (shared);
  g_assert_cmpint (baton_paged_list_get_folder (baton_resource_view_get_list (get_view (&stage))),
                   ==, baton_folder_get_id (shared));
  tear_down (&stage);
}

static void
test_link (void)
{
  Stage stage = { 0 };
  BatonFolder *shared;

  set_up (&stage, NULL, 1200);
  ui_wait (shows (&stage, "jobs"));
  shared = baton_connection_find_folder (stage.fixture.connection, "Shared");

  /* Where all folders are shown they stay so. */
  gtk_widget_activate_action (stage.workspace, "workspace.follow-link", "(sssx)", "processes",
                              "Id gt 0", "Process: Invoice_Posting",
                              baton_folder_get_id (shared));
  ui_wait (shows (&stage, "processes"));
  g_assert_nonnull (ui_find (stage.workspace, GTK_TYPE_BUTTON,
                             "Remove the filter “Process: Invoice_Posting”"));
  g_assert_null (baton_account_get_folder_path (stage.fixture.account));
  g_assert_true (gtk_widget_get_visible (ui_find (stage.workspace, GTK_TYPE_BUTTON, "Back")));

  /* What needs a folder takes that of the record. */
  gtk_widget_activate_action (stage.workspace, "workspace.follow-link", "(sssx)", "assets",
                              "Id gt 0", "Assets", baton_folder_get_id (shared));
  ui_wait (shows (&stage, "assets"));
  g_assert_cmpstr (baton_account_get_folder_path (stage.fixture.account), ==, "Shared");

  gtk_widget_activate_action (stage.workspace, "workspace.back", NULL);
  g_assert_cmpstr (baton_workspace_get_page (BATON_WORKSPACE (stage.workspace)), ==, "processes");
  gtk_widget_activate_action (stage.workspace, "workspace.back", NULL);
  g_assert_cmpstr (baton_workspace_get_page (BATON_WORKSPACE (stage.workspace)), ==, "jobs");
  g_assert_false (gtk_widget_get_visible (ui_find (stage.workspace, GTK_TYPE_BUTTON, "Back")));
  tear_down (&stage);
}

/* A phone's width is enough for every page of the catalogue. */
static void
test_narrow (void)
{
  Stage stage = { 0 };
  const BatonResource *const *catalogue = baton_catalogue_get ();

  set_up (&stage, "Shared", 360);
  ui_wait (gtk_widget_get_width (stage.window) <= 360);
  for (guint i = 0; catalogue[i] != NULL; i++)
    {
      int minimum = 0;

      baton_workspace_show_page (BATON_WORKSPACE (stage.workspace), catalogue[i]->id, NULL, NULL);
      ui_settle ();
      gtk_widget_measure (stage.window, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      g_test_message ("%s: %d", catalogue[i]->id, minimum);
      g_assert_cmpint (minimum, <=, 360);
    }
  /* The tenant is there all the same: on top of the sidebar. */
  g_assert_nonnull (ui_find (ui_find (stage.workspace, BATON_TYPE_SIDEBAR, NULL),
                             BATON_TYPE_TENANT_SELECTOR, NULL));
  tear_down (&stage);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/baton/app/workspace/pages", test_pages);
  g_test_add_func ("/baton/app/workspace/folder", test_folder);
  g_test_add_func ("/baton/app/workspace/tenant", test_tenant);
  g_test_add_func ("/baton/app/workspace/link", test_link);
  g_test_add_func ("/baton/app/workspace/narrow", test_narrow);
  return g_test_run ();
}
