/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "baton-diagnosis-window.h"
#include "baton-failure-box.h"
#include "baton-window.h"
#include "baton-workspace.h"
#include "ui-fixture.h"

typedef struct
{
  BatonAccounts *accounts;
  BatonSecretStore *store;
  GSettings *settings;
  BatonSession *session;
  GtkWidget *window;
} Case;

static void
case_set_up (Case *self)
{
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "baton-window-test.ini", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  self->accounts = baton_accounts_new (file);
  self->store = baton_secret_store_new ();
  self->settings = g_settings_new ("io.github.baton_desktop.Baton");
  g_settings_reset (self->settings, "last-account");
  self->session = baton_session_new (self->accounts, self->store, self->settings);
  self->window = GTK_WIDGET (baton_window_new (NULL, self->session, self->settings));
  gtk_window_present (GTK_WINDOW (self->window));
  ui_wait (gtk_widget_get_mapped (self->window));
}

static void
case_tear_down (Case *self)
{
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
  gtk_window_destroy (GTK_WINDOW (self->window));
  ui_wait (self->window == NULL);
  ui_assert_goes (self->session);
  ui_assert_goes (self->accounts);
  ui_assert_goes (self->store);
  g_clear_object (&self->settings);
}

static gboolean
is_on_screen (Case *self, GType type, const char *name)
{
  GtkWidget *widget = ui_find (self->window, type, name);

  return widget != NULL && gtk_widget_get_mapped (widget);
}

static void
activate (Case *self, const char *action)
{
  g_action_group_activate_action (G_ACTION_GROUP (self->window), action, NULL);
}

static void
test_welcome (void)
{
  Case self = { NULL };

  case_set_up (&self);
  baton_window_start (BATON_WINDOW (self.window));
  ui_wait (is_on_screen (&self, GTK_TYPE_BUTTON, "Try the sandbox"));
  activate (&self, "sign-in");
  ui_wait (is_on_screen (&self, GTK_TYPE_TEXT, "Orchestrator address"));
  activate (&self, "back");
  ui_wait (is_on_screen (&self, GTK_TYPE_BUTTON, "Try the sandbox"));
  case_tear_down (&self);
}

static void
test_sandbox (void)
{
  Case self = { NULL };

  case_set_up (&self);
  activate (&self, "try-sandbox");
  ui_wait (is_on_screen (&self, BATON_TYPE_WORKSPACE, NULL));
  ui_wait (is_on_screen (&self, GTK_TYPE_BUTTON, "Tenant"));
  case_tear_down (&self);
}

static GtkWidget *
find_diagnosis (Case *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (BATON_IS_DIAGNOSIS_WINDOW (window) && gtk_window_get_transient_for (GTK_WINDOW (window)) == GTK_WINDOW (self->window))
        return window;
    }
  return NULL;
}

/* Of the account that is open, and of one whose server is away: what helps that one begins with opening it. */
static void
test_check_connection (void)
{
  Case self = { NULL };
  g_autoptr (BatonDeployment) deployment = baton_deployment_parse ("http://127.0.0.1:1/acme/Prod/orchestrator_", NULL);
  g_autoptr (BatonAccount) account = baton_account_new ("away", deployment, BATON_METHOD_USER_KEY);

  case_set_up (&self);
  activate (&self, "try-sandbox");
  ui_wait (is_on_screen (&self, GTK_TYPE_BUTTON, "Tenant"));
  activate (&self, "check-connection");
  ui_wait (ui_find (find_diagnosis (&self), GTK_TYPE_LABEL, "Everything works.") != NULL);
  gtk_window_close (GTK_WINDOW (find_diagnosis (&self)));
  ui_wait (find_diagnosis (&self) == NULL);

  baton_accounts_add (self.accounts, account);
  g_action_group_activate_action (G_ACTION_GROUP (self.window), "check-account", g_variant_new_string ("away"));
  ui_wait (ui_find (find_diagnosis (&self), GTK_TYPE_BUTTON, "Edit the account") != NULL);
  ui_click (find_diagnosis (&self), "Edit the account");
  ui_wait (find_diagnosis (&self) == NULL);
  ui_wait (baton_connection_get_account (baton_session_get_connection (self.session)) == account);
  case_tear_down (&self);
}

static void
test_cancelled_sandbox (void)
{
  Case self = { NULL };

  case_set_up (&self);
  baton_window_start (BATON_WINDOW (self.window));
  activate (&self, "try-sandbox");
  ui_wait (is_on_screen (&self, GTK_TYPE_BUTTON, "Cancel"));
  activate (&self, "cancel");
  ui_wait (is_on_screen (&self, GTK_TYPE_BUTTON, "Try the sandbox"));
  case_tear_down (&self);
}

/* The account whose key nobody has: asked for, with the rest filled in. */
static void
test_no_secret (void)
{
  Case self = { NULL };
  g_autoptr (BatonDeployment) deployment = baton_deployment_parse ("http://127.0.0.1:1/acme/Prod/orchestrator_", NULL);
  g_autoptr (BatonAccount) account = baton_account_new ("forgotten", deployment, BATON_METHOD_USER_KEY);

  case_set_up (&self);
  baton_account_set_client_id (account, "a-client-id");
  baton_accounts_add (self.accounts, account);
  g_settings_set_string (self.settings, "last-account", "forgotten");
  baton_window_start (BATON_WINDOW (self.window));
  /* The place is on screen at once. */
  g_assert_true (is_on_screen (&self, BATON_TYPE_WORKSPACE, NULL));
  ui_wait (is_on_screen (&self, GTK_TYPE_TEXT, "User key"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (ui_find (self.window, GTK_TYPE_TEXT, "Client ID"))), ==,
                   "a-client-id");
  g_assert_nonnull (ui_find (ui_find (self.window, BATON_TYPE_FAILURE_BOX, NULL), GTK_TYPE_LABEL,
                             "You are not signed in"));
  g_assert_nonnull (baton_accounts_find (self.accounts, "forgotten"));
  g_settings_reset (self.settings, "last-account");
  case_tear_down (&self);
}

/* Every key that does something is told of in the window of the shortcuts. */
static void
test_help_overlay (void)
{
  static const char *const actions[]
      = { "app.quit", "app.preferences", "win.show-help-overlay", "win.choose-tenant", "win.sign-in", "window.close" };
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/io/github/baton_desktop/Baton/gtk/help-overlay.ui");
  g_autoptr (GBytes) text = g_resources_lookup_data ("/io/github/baton_desktop/Baton/gtk/help-overlay.ui", 0, NULL);
  GtkWidget *window = GTK_WIDGET (gtk_builder_get_object (builder, "help_overlay"));

  g_assert_true (GTK_IS_SHORTCUTS_WINDOW (window));
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *wanted = g_strdup_printf (">%s<", actions[i]);

      g_assert_nonnull (g_strstr_len (g_bytes_get_data (text, NULL), (gssize) g_bytes_get_size (text), wanted));
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/baton/app/window/welcome", test_welcome);
  g_test_add_func ("/baton/app/window/sandbox", test_sandbox);
  g_test_add_func ("/baton/app/window/check-connection", test_check_connection);
  g_test_add_func ("/baton/app/window/cancelled-sandbox", test_cancelled_sandbox);
  g_test_add_func ("/baton/app/window/no-secret", test_no_secret);
  g_test_add_func ("/baton/app/window/help-overlay", test_help_overlay);
  return g_test_run ();
}
