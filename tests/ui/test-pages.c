/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "baton-address-preview.h"
#include "baton-api-access-page.h"
#include "baton-clipboard.h"
#include "baton-entry-name.h"
#include "baton-error.h"
#include "baton-key-dialog.h"
#include "baton-keyring-page.h"
#include "baton-local-time.h"
#include "baton-preferences-window.h"
#include "baton-tenant-page.h"
#include "baton-tenant-selector.h"
#include "baton-value-row.h"
#include "baton-welcome-page.h"
#include "ui-fixture.h"

/* Shown, closed, and gone with the last reference, once what is on its way has come. */
static void
show_and_finalize (GtkWidget *page)
{
  GtkWidget *window = ui_open (page, 360, 640);

  g_object_ref (page);
  ui_settle ();
  ui_close (window);
  ui_assert_goes (page);
}

static void
test_finalize (void)
{
  show_and_finalize (baton_welcome_page_new ());
  show_and_finalize (baton_keyring_page_new ());
  show_and_finalize (baton_api_access_page_new ());
  show_and_finalize (baton_tenant_page_new ());
  show_and_finalize (baton_tenant_selector_new ());
  show_and_finalize (g_object_new (BATON_TYPE_ADDRESS_PREVIEW, NULL));
}

static void
test_finalize_connected (void)
{
  UiFixture fixture = { NULL };
  GtkWidget *page;

  ui_fixture_set_up (&fixture, NULL);
  page = baton_api_access_page_new ();
  baton_api_access_page_set_connection (BATON_API_ACCESS_PAGE (page), fixture.connection);
  show_and_finalize (page);
  page = baton_tenant_page_new ();
  baton_tenant_page_set_connection (BATON_TENANT_PAGE (page), fixture.connection);
  show_and_finalize (page);
  page = baton_tenant_selector_new ();
  baton_tenant_selector_set_connection (BATON_TENANT_SELECTOR (page), fixture.connection);
  show_and_finalize (page);
  ui_fixture_tear_down (&fixture);
}

static void
count_cb (int *count)
{
  *count += 1;
}

static void
test_welcome (void)
{
  GtkWidget *page = baton_welcome_page_new ();
  GtkWidget *window = ui_open (page, 500, 640);

  g_assert_true (gtk_widget_get_mapped (ui_find (page, GTK_TYPE_BUTTON, "Sign in")));
  g_assert_true (gtk_widget_get_mapped (ui_find (page, GTK_TYPE_BUTTON, "Try the sandbox")));
  baton_welcome_page_set_busy (BATON_WELCOME_PAGE (page), "Starting the sandbox…");
  ui_wait (gtk_widget_get_mapped (ui_find (page, GTK_TYPE_BUTTON, "Cancel")));
  baton_welcome_page_set_busy (BATON_WELCOME_PAGE (page), NULL);
  baton_welcome_page_set_failure (BATON_WELCOME_PAGE (page), "It failed", "For this reason");
  ui_wait (gtk_widget_get_mapped (ui_find (page, GTK_TYPE_LABEL, "It failed\nFor this reason")));
  ui_close (window);
}

static void
test_keyring (void)
{
  GtkWidget *page = baton_keyring_page_new ();
  GtkWidget *window = ui_open (page, 500, 640);
  g_autoptr (GError) locked = g_error_new_literal (BATON_ERROR, BATON_ERROR_KEYRING_LOCKED, "x");
  g_autoptr (GError) absent = g_error_new_literal (BATON_ERROR, BATON_ERROR_KEYRING_UNAVAILABLE, "x");
  int unlocks = 0, keeps = 0, retries = 0;

  g_signal_connect_swapped (page, "unlock", G_CALLBACK (count_cb), &unlocks);
  g_signal_connect_swapped (page, "keep", G_CALLBACK (count_cb), &keeps);
  g_signal_connect_swapped (page, "retry", G_CALLBACK (count_cb), &retries);
  baton_keyring_page_set (BATON_KEYRING_PAGE (page), locked, FALSE);
  g_signal_emit_by_name (ui_find (page, GTK_TYPE_BUTTON, "Unlock"), "clicked");
  g_signal_emit_by_name (ui_find (page, GTK_TYPE_BUTTON, "Keep for this run only"), "clicked");
  g_signal_emit_by_name (ui_find (page, GTK_TYPE_BUTTON, "Try again"), "clicked");
  g_assert_cmpint (unlocks, ==, 1);
  g_assert_cmpint (keeps, ==, 1);
  g_assert_cmpint (retries, ==, 1);
  /* There is nothing to unlock where there is no keyring. */
  baton_keyring_page_set (BATON_KEYRING_PAGE (page), absent, TRUE);
  g_assert_false (gtk_widget_get_visible (ui_find (page, GTK_TYPE_BUTTON, "Unlock")));
  ui_close (window);
}

static void
test_value_row (void)
{
  GtkWidget *row = baton_value_row_new ("Client ID", NULL);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *window;
  GtkWidget *copy = ui_find (row, GTK_TYPE_BUTTON, "Copy Client ID");

  gtk_list_box_append (GTK_LIST_BOX (list), row);
  window = ui_open (list, 400, 100);
  g_assert_nonnull (copy);
  g_assert_false (gtk_widget_get_visible (copy));
  /* What the server says is no markup. */
  baton_value_row_set_value (BATON_VALUE_ROW (row), "<b>a & b</b>");
  g_assert_true (gtk_widget_get_visible (copy));
  g_assert_nonnull (ui_find (row, GTK_TYPE_LABEL, "<b>a & b</b>"));
  g_object_ref (row);
  ui_close (window);
  g_assert_finalize_object (row);
}

static void
test_api_access (void)
{
  UiFixture fixture = { NULL };
  GtkWidget *page = baton_api_access_page_new ();
  GtkWidget *window;
  BatonTokenKeeper *keeper;
  g_autoptr (BatonToken) first = NULL;

  ui_fixture_set_up (&fixture, NULL);
  keeper = baton_connection_get_keeper (fixture.connection);
  baton_api_access_page_set_connection (BATON_API_ACCESS_PAGE (page), fixture.connection);
  window = ui_open (page, 700, 800);
  g_assert_nonnull (ui_find (page, GTK_TYPE_LABEL, baton_account_get_client_id (fixture.account)));
  g_assert_nonnull (ui_find (page, GTK_TYPE_BUTTON, "Revoke access"));
  g_assert_nonnull (ui_find (page, GTK_TYPE_LABEL, "Valid"));

  first = baton_token_ref (baton_token_keeper_get_token (keeper));
  g_signal_emit_by_name (ui_find (page, GTK_TYPE_BUTTON, "Renew now"), "clicked");
  ui_wait (baton_token_keeper_get_token (keeper) != NULL && baton_token_keeper_get_token (keeper) != first);
  ui_wait (gtk_widget_get_sensitive (ui_find (page, GTK_TYPE_BUTTON, "Renew now")));
  ui_close (window);
  ui_fixture_tear_down (&fixture);
}

/* Shown only when asked for, and hidden again. */
static void
test_reveal (void)
{
  UiFixture fixture = { NULL };
  GtkWidget *page = baton_api_access_page_new ();
  GtkWidget *window, *reveal;
  const char hidden[] = "••••••••••••••••";

  ui_fixture_set_up (&fixture, NULL);
  baton_api_access_page_set_connection (BATON_API_ACCESS_PAGE (page), fixture.connection);
  window = ui_open (page, 700, 800);
  reveal = ui_find (page, GTK_TYPE_TOGGLE_BUTTON, "Show the user key");
  g_assert_nonnull (ui_find (page, GTK_TYPE_LABEL, hidden));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (reveal), TRUE);
  ui_wait (ui_find (page, GTK_TYPE_LABEL, hidden) == NULL);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (reveal), FALSE);
  g_assert_nonnull (ui_find (page, GTK_TYPE_LABEL, hidden));
  ui_close (window);
  ui_fixture_tear_down (&fixture);
}

static void
test_tenant (void)
{
  UiFixture fixture = { NULL };
  GtkWidget *page = baton_tenant_page_new ();
  GtkWidget *window;

  ui_fixture_set_up (&fixture, NULL);
  baton_tenant_page_set_connection (BATON_TENANT_PAGE (page), fixture.connection);
  window = ui_open (page, 700, 800);
  ui_wait (ui_find (page, GTK_TYPE_LEVEL_BAR, NULL) != NULL);
  ui_wait (baton_connection_get_permissions (fixture.connection) != NULL);
  g_assert_nonnull (ui_find (page, GTK_TYPE_LABEL, baton_connection_get_user_name (fixture.connection)));
  ui_close (window);
  ui_fixture_tear_down (&fixture);
}

static void
tenant_changed_cb (gboolean *changed)
{
  *changed = TRUE;
}

static void
test_selector (void)
{
  UiFixture fixture = { NULL };
  GtkWidget *selector = baton_tenant_selector_new ();
  GtkWidget *window, *row = NULL;
  GListModel *tenants;
  gboolean changed = FALSE;
  const char *current;

  ui_fixture_set_up (&fixture, NULL);
  tenants = baton_connection_get_tenants (fixture.connection);
  ui_wait (g_list_model_get_n_items (tenants) >= 2);
  baton_tenant_selector_set_connection (BATON_TENANT_SELECTOR (selector), fixture.connection);
  window = ui_open (selector, 400, 100);
  gtk_test_accessible_assert_property (ui_find (selector, GTK_TYPE_BUTTON, NULL),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Tenant");
  g_signal_emit_by_name (ui_find (selector, GTK_TYPE_BUTTON, "Tenant"), "clicked");

  current = baton_deployment_get_tenant (baton_account_get_deployment (fixture.account));
  for (guint i = 0; i < g_list_model_get_n_items (tenants) && row == NULL; i++)
    {
      g_autoptr (BatonTenant) tenant = g_list_model_get_item (tenants, i);

      if (g_strcmp0 (baton_tenant_get_name (tenant), current) != 0)
        row = ui_find (selector, GTK_TYPE_LIST_BOX_ROW, baton_tenant_get_display (tenant));
    }
  g_assert_nonnull (row);
  g_signal_connect_swapped (fixture.connection, "tenant-changed", G_CALLBACK (tenant_changed_cb), &changed);
  gtk_widget_activate (row);
  ui_wait (changed);
  ui_wait (!gtk_widget_get_mapped (row));
  ui_close (window);
  ui_fixture_tear_down (&fixture);
}

static gboolean
clipboard_is_empty (GtkWidget *widget)
{
  return gdk_content_formats_get_mime_types (
             gdk_clipboard_get_formats (gtk_widget_get_clipboard (widget)), NULL)
             == NULL
         && gdk_clipboard_get_content (gtk_widget_get_clipboard (widget)) == NULL;
}

/* The X server tells a moment later who lost the clipboard, even to themselves. */
static void
let_clipboard_settle (void)
{
  gint64 until = g_get_monotonic_time () + G_USEC_PER_SEC / 2;

  while (g_get_monotonic_time () < until)
    ui_iterate ();
}

/* A secret leaves the clipboard after half a minute, and with the program; what was copied since stays. */
static void
test_clipboard (void)
{
  GtkWidget *label = gtk_label_new ("Clipboard");
  GtkWidget *window = ui_open (label, 300, 200);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (label);
  g_autoptr (BatonClock) clock = baton_clock_new_fake (0);

  baton_clipboard_copy_secret (label, "a made-up secret", clock);
  let_clipboard_settle ();
  g_assert_false (clipboard_is_empty (label));
  baton_clipboard_forget_secret ();
  let_clipboard_settle ();
  g_assert_true (clipboard_is_empty (label));

  baton_clipboard_copy_secret (label, "a made-up secret", clock);
  let_clipboard_settle ();
  baton_clipboard_copy (label, "something else");
  let_clipboard_settle ();
  baton_clipboard_forget_secret ();
  g_assert_nonnull (gdk_clipboard_get_content (clipboard));

  baton_clipboard_copy_secret (label, "a made-up secret", clock);
  let_clipboard_settle ();
  baton_clock_advance (clock, (BATON_CLIPBOARD_SECRET_SECONDS - 1) * G_USEC_PER_SEC);
  let_clipboard_settle ();
  g_assert_false (clipboard_is_empty (label));
  baton_clock_advance (clock, G_USEC_PER_SEC);
  let_clipboard_settle ();
  g_assert_true (clipboard_is_empty (label));
  ui_close (window);
}

static void
test_spans (void)
{
  static const struct
  {
    gint64 seconds;
    const char *text;
  } spans[] = {
    { -5, "0 s" },
    { 243, "4 min 03 s" },
    { 86399, "23 h 59 min" },
    { 3 * 86400 + 7200, "3 d 2 h" },
    { 90 * 86400 + 7200, "90 days" },
    { (gint64)3649 * 86400, "9 years" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      g_autofree char *text = baton_local_time_format_span (spans[i].seconds * G_USEC_PER_SEC);

      g_assert_cmpstr (text, ==, spans[i].text);
    }
}

/* A wrong key stays in its field with the reason above it; a good one closes the dialog. */
static void
test_key_dialog (void)
{
  UiFixture fixture = { NULL };
  GtkWidget *dialog;
  GtkEditable *text;

  ui_fixture_set_up (&fixture, NULL);
  dialog = g_object_ref (baton_key_dialog_new (NULL, fixture.connection));
  gtk_window_present (GTK_WINDOW (dialog));
  ui_wait (gtk_widget_get_mapped (dialog));
  text = GTK_EDITABLE (ui_find (dialog, GTK_TYPE_TEXT, "User key"));
  gtk_editable_set_text (text, "not-a-key-of-anybody");
  g_signal_emit_by_name (ui_find (dialog, GTK_TYPE_BUTTON, "Use this key"), "clicked");
  ui_wait (ui_find (dialog, GTK_TYPE_LABEL, "The key was not accepted") != NULL);
  g_assert_cmpstr (gtk_editable_get_text (text), ==, "not-a-key-of-anybody");
  gtk_window_destroy (GTK_WINDOW (dialog));
  ui_settle ();
  g_assert_finalize_object (dialog);
  ui_fixture_tear_down (&fixture);
}

/* libadwaita 1.2 names neither the text nor the button. */
static void
test_entry_name (void)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = adw_entry_row_new ();
  GtkWidget *window;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), "Address");
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  window = ui_open (list, 400, 100);
  g_assert_null (ui_find (row, GTK_TYPE_BUTTON, "Apply"));
  baton_entry_name_set (row);
  g_assert_nonnull (ui_find (row, GTK_TYPE_TEXT, "Address"));
  g_assert_nonnull (ui_find (row, GTK_TYPE_BUTTON, "Apply"));
  ui_close (window);
}

static void
test_preferences (void)
{
  g_autoptr (GSettings) settings = g_settings_new ("io.github.baton_desktop.Baton");
  GtkWidget *window = g_object_ref (baton_preferences_window_new (settings));
  GtkWidget *colours = ui_find (window, ADW_TYPE_COMBO_ROW, NULL);

  adw_combo_row_set_selected (ADW_COMBO_ROW (colours), 2);
  g_assert_cmpint (g_settings_get_enum (settings, "color-scheme"), ==, 2);
  g_settings_set_boolean (settings, "auto-refresh", FALSE);
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (ui_find (window, GTK_TYPE_SWITCH, NULL))));
  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle ();
  g_assert_finalize_object (window);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/baton/app/pages/spans", test_spans);
  g_test_add_func ("/baton/app/pages/finalize", test_finalize);
  g_test_add_func ("/baton/app/pages/finalize-connected", test_finalize_connected);
  g_test_add_func ("/baton/app/pages/welcome", test_welcome);
  g_test_add_func ("/baton/app/pages/keyring", test_keyring);
  g_test_add_func ("/baton/app/pages/value-row", test_value_row);
  g_test_add_func ("/baton/app/pages/api-access", test_api_access);
  g_test_add_func ("/baton/app/pages/reveal", test_reveal);
  g_test_add_func ("/baton/app/pages/tenant", test_tenant);
  g_test_add_func ("/baton/app/pages/selector", test_selector);
  g_test_add_func ("/baton/app/pages/clipboard", test_clipboard);
  g_test_add_func ("/baton/app/pages/entry-name", test_entry_name);
  g_test_add_func ("/baton/app/pages/key-dialog", test_key_dialog);
  g_test_add_func ("/baton/app/pages/preferences", test_preferences);
  return g_test_run ();
}
