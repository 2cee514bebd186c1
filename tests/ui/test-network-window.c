/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "baton-error.h"
#include "baton-failure-box.h"
#include "baton-file-row.h"
#include "baton-network-window.h"
#include "network/baton-proxy-resolver.h"
#include "ui-fixture.h"

/* What was saved. */
typedef struct
{
  GtkWidget *window;
  guint times;
  BatonTrust *trust;
  BatonSecret *login;
  BatonSecret *password;
} Saved;

static void
saved_cb (Saved *saved, BatonTrust *trust, BatonSecret *login, BatonSecret *password)
{
  saved->times++;
  g_set_object (&saved->trust, trust);
  saved->login = login != NULL ? baton_secret_ref (login) : NULL;
  saved->password = password != NULL ? baton_secret_ref (password) : NULL;
}

static void
open_window (Saved *saved, BatonTrust *trust)
{
  saved->window = baton_network_window_new (NULL, trust);
  g_signal_connect_swapped (saved->window, "saved", G_CALLBACK (saved_cb), saved);
  gtk_window_present (GTK_WINDOW (saved->window));
  ui_wait (gtk_widget_get_mapped (saved->window));
}

static void
clear (Saved *saved)
{
  g_clear_object (&saved->trust);
  g_clear_pointer (&saved->login, baton_secret_unref);
  g_clear_pointer (&saved->password, baton_secret_unref);
}

static void
type (Saved *saved, const char *entry, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (ui_find (saved->window, GTK_TYPE_TEXT, entry)), text);
}

static gboolean
is_refused (Saved *saved)
{
  GtkWidget *box = ui_find (saved->window, BATON_TYPE_FAILURE_BOX, NULL);

  return box != NULL && gtk_widget_get_mapped (box);
}

/* Nothing is saved, and nothing that was typed is lost, until it can be used. */
static void
test_bad_address (void)
{
  static const char *const bad[] = { "", "proxy", "ftp://proxy:21", "http://ada:secret@proxy:3128" };
  g_autoptr (BatonTrust) none = baton_trust_new ();
  Saved saved = { NULL };

  open_window (&saved, none);
  adw_combo_row_set_selected (ADW_COMBO_ROW (ui_find (saved.window, ADW_TYPE_COMBO_ROW, NULL)), BATON_PROXY_ADDRESS);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      type (&saved, "Address of the proxy, with its port", bad[i]);
      ui_click (saved.window, "Save");
      ui_wait (is_refused (&saved));
      g_assert_cmpuint (saved.times, ==, 0);
    }
  type (&saved, "Address of the proxy, with its port", "proxy.example.org:3128");
  type (&saved, "Password at the proxy", "a-password-55");
  ui_click (saved.window, "Save");
  ui_wait (is_refused (&saved));
  g_assert_cmpuint (saved.times, ==, 0);

  type (&saved, "User name at the proxy", "ada");
  g_object_add_weak_pointer (G_OBJECT (saved.window), (gpointer *) &saved.window);
  ui_click (saved.window, "Save");
  ui_wait (saved.window == NULL);
  g_assert_cmpuint (saved.times, ==, 1);
  g_assert_cmpint (baton_trust_get_proxy_mode (saved.trust), ==, BATON_PROXY_ADDRESS);
  g_assert_cmpstr (baton_trust_get_proxy_address (saved.trust), ==, "proxy.example.org:3128");
  g_assert_cmpstr (baton_secret_get_value (saved.login), ==, "ada:a-password-55");
  g_assert_null (saved.password);
  clear (&saved);
}

/* What there is, is shown; saved without a change it is the same. */
static void
test_as_it_was (void)
{
  g_autoptr (BatonTrust) none = baton_trust_new ();
  g_autoptr (BatonTrust) direct = baton_trust_with_proxy (none, BATON_PROXY_NONE, NULL);
  g_autoptr (BatonTrust) authority = baton_trust_with_authorities (direct, "/etc/ssl/own.pem");
  g_autoptr (BatonTrust) certified = baton_trust_with_certificate (authority, "/etc/ssl/ada.p12");
  g_autoptr (BatonTrust) trust = baton_trust_with_pin (certified, "rpa.example:443", "AB:CD");
  g_autoptr (GError) error = g_error_new_literal (BATON_ERROR, BATON_ERROR_TLS, "It does not open");
  Saved saved = { NULL };

  open_window (&saved, trust);
  g_assert_nonnull (ui_find (saved.window, GTK_TYPE_LABEL, "/etc/ssl/own.pem"));
  g_assert_nonnull (ui_find (saved.window, GTK_TYPE_LABEL, "rpa.example:443"));
  baton_error_get_details (error)->reason = g_strdup (BATON_REASON_CERTIFICATE_PASSWORD);
  baton_network_window_focus (BATON_NETWORK_WINDOW (saved.window), error);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (saved.window))
                 == ui_find (saved.window, GTK_TYPE_TEXT, "Password of the file"));
  type (&saved, "Password of the file", "certificate-password-55");
  g_object_add_weak_pointer (G_OBJECT (saved.window), (gpointer *) &saved.window);
  ui_click (saved.window, "Save");
  ui_wait (saved.window == NULL);
  g_assert_true (baton_trust_equal (saved.trust, trust));
  g_assert_null (saved.login);
  g_assert_cmpint (baton_secret_get_kind (saved.password), ==, BATON_SECRET_CERTIFICATE_PASSWORD);
  g_assert_cmpstr (baton_secret_get_value (saved.password), ==, "certificate-password-55");
  clear (&saved);
}

/* Taken back, and cancelled: nothing is saved. */
static void
test_cancelled (void)
{
  g_autoptr (BatonTrust) none = baton_trust_new ();
  g_autoptr (BatonTrust) trust = baton_trust_with_pin (none, "rpa.example:443", "AB:CD");
  Saved saved = { NULL };

  open_window (&saved, trust);
  ui_click (saved.window, "Trust rpa.example:443 no more");
  ui_wait (ui_find (saved.window, GTK_TYPE_LABEL, "rpa.example:443") == NULL);
  g_object_add_weak_pointer (G_OBJECT (saved.window), (gpointer *) &saved.window);
  ui_click (saved.window, "Cancel");
  ui_wait (saved.window == NULL);
  g_assert_cmpuint (saved.times, ==, 0);
  g_assert_cmpstr (baton_trust_get_pin (trust, "rpa.example:443"), ==, "AB:CD");
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/baton/app/network-window/bad-address", test_bad_address);
  g_test_add_func ("/baton/app/network-window/as-it-was", test_as_it_was);
  g_test_add_func ("/baton/app/network-window/cancelled", test_cancelled);
  return g_test_run ();
}
