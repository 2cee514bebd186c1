/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "baton-check-row.h"
#include "baton-check-text.h"
#include "baton-diagnosis-window.h"
#include "baton-error.h"
#include "baton-failure-box.h"
#include "ui-fixture.h"

#define N_CHECKS 12

typedef struct
{
  UiFixture fixture;
  GtkWidget *window;
  char *remedy;
  char *tenant;
} Case;

static void
remedy_cb (Case *self, const char *action)
{
  g_free (self->remedy);
  self->remedy = g_strdup (action);
}

static void
tenant_cb (Case *self, BatonTenant *tenant)
{
  g_free (self->tenant);
  self->tenant = g_strconcat (baton_tenant_get_organization (tenant), "/", baton_tenant_get_name (tenant), NULL);
}

static BatonCheckRow *
find_row (Case *self, const char *title)
{
  GtkWidget *row = ui_find (self->window, BATON_TYPE_CHECK_ROW, title);

  g_assert_nonnull (row);
  return BATON_CHECK_ROW (row);
}

static BatonCheckState
get_state (Case *self, const char *title)
{
  return baton_check_get_state (baton_check_row_get_check (find_row (self, title)));
}

static gboolean
has_run (Case *self)
{
  GtkWidget *again = ui_find (self->window, GTK_TYPE_BUTTON, "Check again");

  return again != NULL && gtk_widget_get_mapped (again);
}

static void
show (Case *self, BatonConnection *connection)
{
  self->window = baton_diagnosis_window_new (NULL, connection);
  g_signal_connect_swapped (self->window, "remedy", G_CALLBACK (remedy_cb), self);
  g_signal_connect_swapped (self->window, "tenant-chosen", G_CALLBACK (tenant_cb), self);
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
  gtk_window_present (GTK_WINDOW (self->window));
  ui_wait (has_run (self));
}

static void
close_window (Case *self)
{
  if (self->window != NULL)
    gtk_window_close (GTK_WINDOW (self->window));
  ui_wait (self->window == NULL);
}

static void
case_clear (Case *self)
{
  close_window (self);
  g_free (self->remedy);
  g_free (self->tenant);
  ui_fixture_tear_down (&self->fixture);
}

static char *
read_clipboard (GtkWidget *widget)
{
  GdkContentProvider *content = gdk_clipboard_get_content (gtk_widget_get_clipboard (widget));
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (content);
  g_value_init (&value, G_TYPE_STRING);
  gdk_content_provider_get_value (content, &value, &error);
  g_assert_no_error (error);
  return g_value_dup_string (&value);
}

static void
test_good (void)
{
  static const char *const titles[] = { "Address", "DNS", "Proxy", "Connection and TLS", "Edition and version", "Access token",
                                        "Claims", "Organisation", "Tenant", "Folder access", "Permissions", "Scopes" };
  Case self = { 0 };
  g_autofree char *report = NULL;
  BatonToken *token;

  ui_fixture_set_up (&self.fixture, NULL);
  show (&self, self.fixture.connection);
  g_assert_cmpuint (G_N_ELEMENTS (titles), ==, N_CHECKS);
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_test_message ("%s: %s", titles[i], baton_check_get_sentence (baton_check_row_get_check (find_row (&self, titles[i]))));
      g_assert_cmpint (get_state (&self, titles[i]), ==, BATON_CHECK_GOOD);
      g_assert_false (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (find_row (&self, titles[i]))));
    }
  g_assert_nonnull (ui_find (self.window, GTK_TYPE_LABEL, "Everything works."));

  ui_click (self.window, "Copy report");
  report = read_clipboard (self.window);
  g_test_message ("%s", report);
  g_assert_nonnull (strstr (report, "[Good] DNS"));
  g_assert_nonnull (strstr (report, "Everything works."));
  token = baton_token_keeper_get_token (baton_connection_get_keeper (self.fixture.connection));
  g_assert_null (strstr (report, baton_token_get_access_token (token)));

  ui_click (self.window, "Check again");
  ui_wait (has_run (&self));
  g_assert_nonnull (ui_find (self.window, GTK_TYPE_LABEL, "Everything works."));
  case_clear (&self);
}

/* A key that can see tenants, at an address that names none of them. */
static void
test_wrong_address (void)
{
  Case self = { 0 };
  BatonDeployment *right;
  g_autofree char *wanted = NULL;
  g_autofree char *label = NULL;

  ui_fixture_set_up (&self.fixture, NULL);
  right = baton_account_get_deployment (self.fixture.account);
  wanted = g_strconcat (baton_deployment_get_organization (right), "/", baton_deployment_get_tenant (right), NULL);
  {
    g_autoptr (BatonDeployment) wrong
        = baton_deployment_with_tenant (right, baton_deployment_get_organization (right), "Shared");

    baton_account_set_deployment (self.fixture.account, wrong);
  }
  show (&self, self.fixture.connection);
  g_assert_cmpint (get_state (&self, "Organisation"), ==, BATON_CHECK_GOOD);
  g_assert_cmpint (get_state (&self, "Tenant"), ==, BATON_CHECK_FAILED);
  g_assert_cmpint (get_state (&self, "Folder access"), ==, BATON_CHECK_SKIPPED);
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (find_row (&self, "Tenant"))));
  label = g_strconcat ("Use ", wanted, NULL);
  ui_click (self.window, label);
  ui_wait (self.window == NULL);
  g_assert_cmpstr (self.tenant, ==, wanted);
  case_clear (&self);
}

/* Nobody listens there: the cause, and the button to the account. */
static void
test_refused (void)
{
  Case self = { 0 };
  g_autoptr (BatonDeployment) nowhere = baton_deployment_parse ("http://127.0.0.1:1/acme/Prod/orchestrator_", NULL);
  GtkWidget *row;

  ui_fixture_set_up (&self.fixture, NULL);
  baton_account_set_deployment (self.fixture.account, nowhere);
  show (&self, self.fixture.connection);
  g_assert_cmpint (get_state (&self, "Connection and TLS"), ==, BATON_CHECK_FAILED);
  g_assert_cmpint (get_state (&self, "Scopes"), ==, BATON_CHECK_SKIPPED);
  row = GTK_WIDGET (find_row (&self, "Connection and TLS"));
  g_assert_cmpstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row)), ==, "Orchestrator cannot be reached");
  g_assert_nonnull (ui_find (self.window, GTK_TYPE_LABEL, "1 step failed. What to do stands with it."));
  ui_click (row, "Edit the account");
  ui_wait (self.window == NULL);
  g_assert_cmpstr (self.remedy, ==, "win.sign-in-again");
  case_clear (&self);
}

/* It waits for an answer that never comes, until it is stopped, or closed. */
static void
test_stopped (void)
{
  Case self = { 0 };
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u/acme/Prod/orchestrator_", port);
  g_autoptr (BatonDeployment) silent = baton_deployment_parse (address, NULL);

  ui_fixture_set_up (&self.fixture, NULL);
  baton_account_set_deployment (self.fixture.account, silent);
  for (guint i = 0; i < 2; i++)
    {
      self.window = baton_diagnosis_window_new (NULL, self.fixture.connection);
      g_object_add_weak_pointer (G_OBJECT (self.window), (gpointer *) &self.window);
      gtk_window_present (GTK_WINDOW (self.window));
      ui_wait (get_state (&self, "Edition and version") == BATON_CHECK_RUNNING);
      g_assert_false (has_run (&self));
      g_assert_false (gtk_widget_get_sensitive (ui_find (self.window, GTK_TYPE_BUTTON, "Copy report")));
      if (i == 0)
        {
          ui_click (self.window, "Stop");
          ui_wait (has_run (&self));
          g_assert_cmpint (get_state (&self, "Edition and version"), ==, BATON_CHECK_WAITING);
          g_assert_nonnull (ui_find (self.window, GTK_TYPE_LABEL, "The check was stopped."));
        }
      close_window (&self);
    }
  case_clear (&self);
}

static void
activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

/* A form over the window: the check is the window's. */
static void
test_from_a_form (void)
{
  GtkWidget *window = ui_open (gtk_label_new ("window"), 400, 300);
  GtkWidget *box = g_object_new (BATON_TYPE_FAILURE_BOX, NULL);
  GtkWidget *form = ui_open (box, 360, 300);
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("check-connection", NULL);
  g_autoptr (GError) away = g_error_new_literal (BATON_ERROR, BATON_ERROR_NO_NETWORK, "x");
  g_autoptr (GError) taken = g_error_new_literal (BATON_ERROR, BATON_ERROR_CONFLICT, "x");
  g_autoptr (BatonErrorText) away_text = baton_error_text_new (away, NULL);
  g_autoptr (BatonErrorText) taken_text = baton_error_text_new (taken, NULL);
  gboolean activated = FALSE;

  g_signal_connect (action, "activate", G_CALLBACK (activated_cb), &activated);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (action));
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (actions));

  /* In the window itself the page has its own way. */
  baton_failure_box_set (BATON_FAILURE_BOX (box), away_text);
  g_assert_null (ui_find (form, GTK_TYPE_BUTTON, "Check connection"));

  gtk_window_set_transient_for (GTK_WINDOW (form), GTK_WINDOW (window));
  baton_failure_box_set (BATON_FAILURE_BOX (box), taken_text);
  g_assert_null (ui_find (form, GTK_TYPE_BUTTON, "Check connection"));
  baton_failure_box_set (BATON_FAILURE_BOX (box), away_text);
  ui_click (form, "Check connection");
  g_assert_true (activated);
  ui_close (form);
  ui_close (window);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/baton/app/diagnosis/good", test_good);
  g_test_add_func ("/baton/app/diagnosis/wrong-address", test_wrong_address);
  g_test_add_func ("/baton/app/diagnosis/refused", test_refused);
  g_test_add_func ("/baton/app/diagnosis/stopped", test_stopped);
  g_test_add_func ("/baton/app/diagnosis/from-a-form", test_from_a_form);
  return g_test_run ();
}
