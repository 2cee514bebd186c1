/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auth/baton-scopes.h"
#include "baton-scopes-row.h"
#include "baton-scopes-window.h"
#include "baton-sign-in-page.h"
#include "baton-window.h"
#include "baton-workspace.h"
#include "ui-fixture.h"

/* What the sandbox knows from the start: its ready line says so. */
#define APPLICATION "5a9d1c70-0001-4b7e-9c55-6f0c3a528f1d"
#define APPLICATION_SECRET "sandbox-application-secret-0123456789abcdef"

static void
chosen_cb (char **chosen, const char *scopes)
{
  g_free (*chosen);
  *chosen = g_strdup (scopes);
}

static GtkWidget *
open_window (BatonMethod method, const char *scopes, char **chosen)
{
  GtkWidget *window = baton_scopes_window_new (NULL, method, scopes);

  g_signal_connect_swapped (window, "chosen", G_CALLBACK (chosen_cb), chosen);
  gtk_window_present (GTK_WINDOW (window));
  ui_wait (gtk_widget_get_mapped (window));

  return window;
}

static GtkCheckButton *
find_check (GtkWidget *window, const char *name)
{
  GtkWidget *check = ui_find (window, GTK_TYPE_CHECK_BUTTON, name);

  g_assert_nonnull (check);
  return GTK_CHECK_BUTTON (check);
}

/* What is asked for is shown as ticks; a tick changes that family alone. */
static void
test_ticks (void)
{
  g_autofree char *chosen = NULL;
  GtkWidget *window
      = open_window (BATON_METHOD_BROWSER, "OR.Jobs.Read OR.Assets PM.User.Read", &chosen);

  g_assert_true (gtk_check_button_get_active (find_check (window, "Read: Jobs and triggers")));
  g_assert_false (gtk_check_button_get_active (find_check (window, "Write: Jobs and triggers")));
  g_assert_true (gtk_check_button_get_active (find_check (window, "Write: Assets")));
  g_assert_false (gtk_check_button_get_active (find_check (window, "Read: Webhooks")));
  /* Each says which pages it opens. */
  g_assert_nonnull (ui_find (window, GTK_TYPE_LABEL, "OR.Jobs · opens Jobs, Triggers"));
  g_assert_nonnull (ui_find (window, GTK_TYPE_LABEL, "OR.Webhooks · no page of Baton needs it"));

  gtk_check_button_set_active (find_check (window, "Write: Jobs and triggers"), TRUE);
  gtk_check_button_set_active (find_check (window, "Read: Assets"), FALSE);
  gtk_check_button_set_active (find_check (window, "Read: Webhooks"), TRUE);
  g_assert_nonnull (
      ui_find (window, GTK_TYPE_LABEL,
               "OR.Jobs OR.Assets.Write PM.User.Read OR.Webhooks.Read offline_access"));
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *)&window);
  ui_click (window, "Use");
  g_assert_cmpstr (chosen, ==,
                   "OR.Jobs OR.Assets.Write PM.User.Read OR.Webhooks.Read offline_access");
  ui_wait (window == NULL);
}

static gboolean
can_be_used (GtkWidget *window)
{
  return gtk_widget_is_sensitive (ui_find (window, GTK_TYPE_BUTTON, "Use"));
}

/* All at once, to read or to change; nothing is nothing to sign in with. */
static void
test_quick (void)
{
  g_autofree char *chosen = NULL;
  g_autofree char *by_default = baton_scopes_make_default (BATON_METHOD_BROWSER);
  GtkWidget *window = open_window (BATON_METHOD_BROWSER, "OR.Jobs.Write", &chosen);

  ui_click (window, "Nothing");
  g_assert_false (can_be_used (window));
  ui_click (window, "Everything");
  g_assert_true (gtk_check_button_get_active (find_check (window, "Write: Test sets")));
  ui_click (window, "Read only");
  g_assert_false (gtk_check_button_get_active (find_check (window, "Read: Test sets")));
  g_assert_true (can_be_used (window));
  g_assert_nonnull (ui_find (window, GTK_TYPE_LABEL, by_default));
  /* A person has roles of their own. */
  g_assert_false (gtk_widget_get_mapped (ui_find (window, GTK_TYPE_SWITCH, NULL)));
  ui_close (window);
  g_assert_null (chosen);
}

/* The roles of an application in place of its scopes. */
static void
test_roles (void)
{
  g_autofree char *chosen = NULL;
  GtkWidget *window = open_window (BATON_METHOD_CLIENT_CREDENTIALS, "OR.Jobs.Read", &chosen);
  GtkSwitch *roles = GTK_SWITCH (ui_find (window, GTK_TYPE_SWITCH, NULL));

  gtk_switch_set_active (roles, TRUE);
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (find_check (window, "Read: Assets"))));
  gtk_switch_set_active (roles, FALSE);
  g_assert_true (gtk_check_button_get_active (find_check (window, "Read: Assets")));
  gtk_switch_set_active (roles, TRUE);
  ui_click (window, "Use");
  g_assert_cmpstr (chosen, ==, "OR.Default");
  ui_settle ();
}

static const char *
get_text (GtkWidget *root, const char *name)
{
  GtkWidget *text = ui_find (root, GTK_TYPE_TEXT, name);

  g_assert_nonnull (text);
  return gtk_editable_get_text (GTK_EDITABLE (text));
}

/* From the page and back to it; what was chosen is a person's own, and stays for another way. */
static void
test_from_page (void)
{
  g_autoptr (BatonSecretStore) store = baton_secret_store_new ();
  GtkWidget *page = baton_sign_in_page_new (store, NULL);
  GtkWidget *window = ui_open (page, 600, 800);
  GtkWidget *by_browser = ui_find (page, GTK_TYPE_TOGGLE_BUTTON, "Browser");
  g_autofree char *by_default = baton_scopes_make_default (BATON_METHOD_BROWSER);
  GtkWidget *chooser;

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (by_browser), TRUE);
  g_assert_cmpstr (get_text (page, "Scopes"), ==, by_default);
  ui_click (page, "Choose scopes");
  ui_wait (ui_find_window (BATON_TYPE_SCOPES_WINDOW) != NULL);
  chooser = ui_find_window (BATON_TYPE_SCOPES_WINDOW);
  gtk_check_button_set_active (find_check (chooser, "Write: Jobs and triggers"), TRUE);
  ui_click (chooser, "Use");
  ui_wait (ui_find_window (BATON_TYPE_SCOPES_WINDOW) == NULL);
  g_assert_nonnull (strstr (get_text (page, "Scopes"), "OR.Jobs "));
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (ui_find (page, GTK_TYPE_TOGGLE_BUTTON, "Client credentials")), TRUE);
  g_assert_nonnull (strstr (get_text (page, "Scopes"), "OR.Jobs "));
  ui_close (window);
}

/* Returns: (transfer full): signed in as the application, with a few scopes. */
static BatonConnection *
sign_in (UiFixture *sandbox, const char *scopes)
{
  g_autoptr (BatonAccount) account
      = baton_account_new ("application", baton_account_get_deployment (sandbox->account),
                           BATON_METHOD_CLIENT_CREDENTIALS);
  g_autoptr (BatonSecret) secret = baton_secret_new (BATON_SECRET_CLIENT_SECRET, APPLICATION_SECRET,
                                                     g_get_real_time (), 0);

  baton_account_set_client_id (account, APPLICATION);
  baton_account_set_scopes (account, scopes);

  return ui_fixture_sign_in (sandbox, account, secret);
}

static gboolean
is_on_screen (GtkWidget *root, GType type, const char *name)
{
  GtkWidget *widget = ui_find (root, type, name);

  return widget != NULL && gtk_widget_get_mapped (widget);
}

/* What a token that is made on the server is given is chosen in the same window, in words of its own. */
static void
test_give (void)
{
  GtkWidget *row = baton_scopes_row_new_to_give ("Scopes", BATON_METHOD_PERSONAL_ACCESS_TOKEN,
                                                 "What whoever has it may do.");
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *parent, *window;

  gtk_list_box_append (GTK_LIST_BOX (list), row);
  parent = ui_open (list, 500, 300);
  gtk_editable_set_text (GTK_EDITABLE (row), "OR.Jobs.Read");
  ui_click (list, "Choose scopes");
  ui_wait (ui_find_window (BATON_TYPE_SCOPES_WINDOW) != NULL);
  window = ui_find_window (BATON_TYPE_SCOPES_WINDOW);
  ui_wait (gtk_widget_get_mapped (window));
  g_assert_true (ui_says (window, "What whoever has it may do."));
  g_assert_false (ui_says (window, "What Baton asks for when it signs in."));
  /* Roles in place of scopes are for applications that act by themselves. */
  g_assert_false (is_on_screen (window, GTK_TYPE_LABEL, "What its roles allow"));
  gtk_check_button_set_active (find_check (window, "Write: Jobs and triggers"), TRUE);
  ui_click (window, "Use");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "OR.Jobs");
  ui_close (parent);
}

static void
show_machines (GtkWidget *window)
{
  GtkWidget *workspace;

  ui_wait (is_on_screen (window, BATON_TYPE_WORKSPACE, NULL));
  workspace = ui_find (window, BATON_TYPE_WORKSPACE, NULL);
  baton_workspace_show_page (BATON_WORKSPACE (workspace), "machines", NULL, NULL);
}

/* A page that the token's scopes do not open: it says which one lacks, and its button leads to
 * signing in with it; then the page is there. */
static void
test_missing (void)
{
  UiFixture sandbox = { NULL };
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "baton-scopes-test.ini", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GSettings) settings = g_settings_new ("io.github.baton_desktop.Baton");
  g_autoptr (BatonConnection) connection = NULL;
  BatonAccounts *accounts;
  BatonSession *session;
  BatonAccount *account;
  GtkWidget *window;

  ui_fixture_set_up (&sandbox, NULL);
  accounts = baton_accounts_new (file);
  session = baton_session_new (accounts, sandbox.store, settings);
  window = GTK_WIDGET (baton_window_new (NULL, session, settings));
  gtk_window_present (GTK_WINDOW (window));
  connection = sign_in (&sandbox, "OR.Folders.Read OR.Jobs.Read");
  baton_session_adopt (session, connection);
  g_clear_object (&connection);

  show_machines (window);
  ui_wait (is_on_screen (window, GTK_TYPE_LABEL, "Machines could not be loaded"));
  g_assert_true (is_on_screen (
      window, GTK_TYPE_LABEL,
      "Baton misses the scope “OR.Machines.Read” for: Machines. Sign in again with it. Where the "
      "server refuses that, an administrator has to add it to the external application first."));
  ui_click (window, "Sign in with it");
  ui_wait (is_on_screen (window, BATON_TYPE_SIGN_IN_PAGE, NULL));
  g_assert_cmpstr (get_text (window, "Scopes"), ==,
                   "OR.Folders.Read OR.Jobs.Read OR.Machines.Read");

  /* Nobody types the secret again. */
  ui_wait (ui_find (window, GTK_TYPE_TEXT, "Client secret (the kept one, or a new one)") != NULL);
  ui_click (window, "Sign in");
  ui_wait (!is_on_screen (window, BATON_TYPE_SIGN_IN_PAGE, NULL));
  account = baton_accounts_find (accounts, "application");
  g_assert_cmpstr (baton_account_get_scopes (account), ==,
                   "OR.Folders.Read OR.Jobs.Read OR.Machines.Read");
  show_machines (window);
  ui_wait (is_on_screen (window, GTK_TYPE_COLUMN_VIEW, "Machines"));

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *)&window);
  gtk_window_destroy (GTK_WINDOW (window));
  ui_wait (window == NULL);
  ui_assert_goes (session);
  ui_assert_goes (accounts);
  g_settings_reset (settings, "last-account");
  ui_fixture_tear_down (&sandbox);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/baton/app/scopes/ticks", test_ticks);
  g_test_add_func ("/baton/app/scopes/quick", test_quick);
  g_test_add_func ("/baton/app/scopes/roles", test_roles);
  g_test_add_func ("/baton/app/scopes/from-page", test_from_page);
  g_test_add_func ("/baton/app/scopes/missing", test_missing);
  g_test_add_func ("/baton/app/scopes/give", test_give);
  return g_test_run ();
}
