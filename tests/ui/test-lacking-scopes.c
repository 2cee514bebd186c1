/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auth/baton-scopes.h"
#include "baton-detail-pane.h"
#include "baton-resource-view.h"
#include "baton-row-menu.h"
#include "ui-fixture.h"

/* What the scopes of a sign-in do not allow cannot be pressed, and says which one lacks. Where nobody
 * knows of scopes, it can be tried. */

/* What the sandbox knows from the start: its ready line says so. */
#define APPLICATION "5a9d1c70-0001-4b7e-9c55-6f0c3a528f1d"
#define APPLICATION_SECRET "sandbox-application-secret-0123456789abcdef"
#define ROLES "5a9d1c70-0004-4b7e-9c55-6f0c3a528f1d"
#define ROLES_SECRET "sandbox-roles-secret-0123456789abcdef"
#define TOKEN "rt_sandbox-personal-access-token-0123456789"
#define LACKS "This needs the scope OR.Jobs.Write"

/* @scopes: (nullable): of the application; NULL signs in with a personal access token. Returns:
 * (transfer full). */
static BatonConnection *
sign_in (UiFixture *sandbox, const char *scopes)
{
  g_autoptr (BatonAccount) account = baton_account_new (
      "other", baton_account_get_deployment (sandbox->account),
      scopes != NULL ? BATON_METHOD_CLIENT_CREDENTIALS : BATON_METHOD_PERSONAL_ACCESS_TOKEN);
  gboolean by_roles = g_strcmp0 (scopes, BATON_SCOPE_ROLES) == 0;
  g_autoptr (BatonSecret) secret
      = scopes != NULL ? baton_secret_new (BATON_SECRET_CLIENT_SECRET,
                                           by_roles ? ROLES_SECRET : APPLICATION_SECRET, 0, 0)
                       : baton_secret_new (BATON_SECRET_PERSONAL_ACCESS_TOKEN, TOKEN, 0, 0);

  if (scopes != NULL)
    {
      baton_account_set_client_id (account, by_roles ? ROLES : APPLICATION);
      baton_account_set_scopes (account, scopes);
    }

  return ui_fixture_sign_in (sandbox, account, secret);
}

/* Of the button that starts a job in the first folder. Returns: (transfer full). */
static char *
dup_tooltip (BatonConnection *connection, gboolean *sensitive)
{
  GtkWidget *view = baton_resource_view_new (baton_catalogue_find ("jobs"));
  GtkWidget *window = ui_open (view, 900, 600);
  GListModel *folders = baton_connection_get_folders (connection);
  g_autoptr (BatonFolder) folder = NULL;
  GtkWidget *button = NULL;
  char *tooltip = NULL;

  ui_wait (g_list_model_get_n_items (folders) > 0);
  folder = g_list_model_get_item (folders, 0);
  baton_resource_view_set_connection (BATON_RESOURCE_VIEW (view), connection);
  baton_resource_view_set_folder (BATON_RESOURCE_VIEW (view), baton_folder_get_id (folder));
  button = ui_find (view, GTK_TYPE_BUTTON, "Start job");
  g_assert_nonnull (button);
  *sensitive = gtk_widget_is_sensitive (button);
  tooltip = g_strdup (gtk_widget_get_tooltip_text (button));
  ui_close (window);

  return tooltip;
}

/* Returns: TRUE where an item of the context menu says that it lacks the scope. */
static gboolean
menu_says (BatonConnection *connection)
{
  g_autoptr (GMenuModel) menu = baton_row_menu_new (baton_catalogue_find ("jobs"), connection, 0);
  g_autoptr (GMenuModel) doing = g_menu_model_get_item_link (menu, 1, G_MENU_LINK_SECTION);
  g_autofree char *label = NULL;

  g_menu_model_get_item_attribute (doing, 0, G_MENU_ATTRIBUTE_LABEL, "s", &label);

  return strstr (label, LACKS) != NULL;
}

/* The same of a button below the details. */
static gboolean
details_say (BatonConnection *connection)
{
  GtkWidget *pane = baton_detail_pane_new (baton_catalogue_find ("jobs"));
  GtkWidget *window = NULL;
  gboolean said;

  baton_detail_pane_set_connection (BATON_DETAIL_PANE (pane), connection);
  window = ui_open (pane, 360, 600);
  said = g_strcmp0 (gtk_widget_get_tooltip_text (ui_find (pane, GTK_TYPE_BUTTON, "Stop")), LACKS) == 0;
  ui_close (window);

  return said;
}

typedef struct
{
  const char *scopes; /* (nullable) */
  gboolean lacks;
} Case;

static void
test_case (gconstpointer data)
{
  const Case *wanted = data;
  UiFixture sandbox = { NULL };
  BatonConnection *connection;
  g_autofree char *tooltip = NULL;
  gboolean sensitive = FALSE;

  ui_fixture_set_up (&sandbox, NULL);
  connection = sign_in (&sandbox, wanted->scopes);
  tooltip = dup_tooltip (connection, &sensitive);
  g_assert_cmpstr (tooltip, ==, wanted->lacks ? LACKS : "Start job");
  g_assert_true (sensitive == !wanted->lacks);
  g_assert_true (menu_says (connection) == wanted->lacks);
  g_assert_true (details_say (connection) == wanted->lacks);
  ui_assert_goes (connection);
  ui_fixture_tear_down (&sandbox);
}

/* A process starts a job, which is of another family of scopes than the process itself. */
static void
test_path (void)
{
  UiFixture sandbox = { NULL };
  BatonConnection *connection;
  const BatonAction *start = NULL;
  g_autofree char *missing = NULL;
  g_autofree char *reads = NULL;

  ui_fixture_set_up (&sandbox, NULL);
  connection = sign_in (&sandbox, "OR.Folders.Read OR.Execution OR.Jobs.Read");
  start = baton_catalogue_find ("processes")->actions;
  g_assert_cmpstr (start->id, ==, "start-job");
  missing = baton_connection_dup_missing_scope (connection, "POST", start->path);
  g_assert_cmpstr (missing, ==, "OR.Jobs.Write");
  reads = baton_connection_dup_missing_scope (connection, "GET", start->path);
  g_assert_null (reads);
  ui_assert_goes (connection);
  ui_fixture_tear_down (&sandbox);
}

int
main (int argc, char *argv[])
{
  static const Case lacks = { "OR.Folders.Read OR.Jobs.Read", TRUE };
  static const Case has = { "OR.Folders.Read OR.Jobs", FALSE };
  static const Case roles = { BATON_SCOPE_ROLES, FALSE };
  static const Case unknown = { NULL, FALSE };

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_data_func ("/baton/app/lacking-scopes/lacks", &lacks, test_case);
  g_test_add_data_func ("/baton/app/lacking-scopes/has", &has, test_case);
  g_test_add_data_func ("/baton/app/lacking-scopes/roles", &roles, test_case);
  g_test_add_data_func ("/baton/app/lacking-scopes/unknown", &unknown, test_case);
  g_test_add_func ("/baton/app/lacking-scopes/path", test_path);
  return g_test_run ();
}
