/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "baton-banner.h"
#include "ui-fixture.h"

static void
test_text_is_name (void)
{
  GtkWidget *banner = baton_banner_new ();
  GtkWidget *window = ui_open (banner, 400, 100);

  g_assert_false (gtk_widget_get_visible (banner));
  baton_banner_set (BATON_BANNER (banner), "The user key was revoked", "Enter a new key", "win.replace-key");
  g_assert_true (gtk_widget_get_visible (banner));
  gtk_test_accessible_assert_role (banner, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_test_accessible_assert_property (banner, GTK_ACCESSIBLE_PROPERTY_LABEL, "The user key was revoked");
  g_assert_nonnull (ui_find (banner, GTK_TYPE_BUTTON, "Enter a new key"));
  ui_close (window);
}

static void
test_hides (void)
{
  GtkWidget *banner = baton_banner_new ();
  GtkWidget *window = ui_open (banner, 400, 100);
  gboolean revealed = TRUE;

  baton_banner_set (BATON_BANNER (banner), "One thing", NULL, NULL);
  g_assert_false (gtk_widget_get_visible (ui_find (banner, GTK_TYPE_BUTTON, NULL)));
  baton_banner_set (BATON_BANNER (banner), NULL, NULL, NULL);
  g_object_get (banner, "revealed", &revealed, NULL);
  g_assert_false (revealed);
  /* Once it has slid away a screen reader does not find it either. */
  ui_wait (!gtk_widget_get_visible (banner));
  ui_close (window);
}

static void
test_again (void)
{
  GtkWidget *banner = baton_banner_new ();
  GtkWidget *window = ui_open (banner, 400, 100);
  g_autofree char *title = NULL;

  baton_banner_set (BATON_BANNER (banner), "One thing", "Do it", "win.do");
  baton_banner_set (BATON_BANNER (banner), NULL, NULL, NULL);
  baton_banner_set (BATON_BANNER (banner), "Another thing", NULL, NULL);
  ui_settle ();
  g_object_get (banner, "title", &title, NULL);
  g_assert_cmpstr (title, ==, "Another thing");
  g_assert_true (gtk_widget_get_visible (banner));
  g_assert_false (gtk_widget_get_visible (ui_find (banner, GTK_TYPE_BUTTON, NULL)));
  ui_close (window);
}

static void
test_finalize (void)
{
  GtkWidget *banner = g_object_ref_sink (baton_banner_new ());

  g_assert_finalize_object (banner);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/baton/app/banner/text-is-name", test_text_is_name);
  g_test_add_func ("/baton/app/banner/hides", test_hides);
  g_test_add_func ("/baton/app/banner/again", test_again);
  g_test_add_func ("/baton/app/banner/finalize", test_finalize);
  return g_test_run ();
}
