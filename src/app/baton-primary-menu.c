/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-primary-menu.h"

GtkWidget *
baton_primary_menu_new (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) accounts = g_menu_new ();
  g_autoptr (GMenu) program = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  g_menu_append (accounts, _("_Add account…"), "win.sign-in");
  g_menu_append (accounts, _("Try the _sandbox"), "win.try-sandbox");
  g_menu_append (accounts, _("_Keys and tokens"), "win.show-keys");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (accounts));
  g_menu_append (program, _("_Preferences"), "app.preferences");
  g_menu_append (program, _("_Keyboard shortcuts"), "win.show-help-overlay");
  g_menu_append (program, _("_About Baton"), "app.about");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (program));

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "open-menu-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_primary (GTK_MENU_BUTTON (button), TRUE);
  gtk_widget_set_tooltip_text (button, _("Main menu"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Main menu"), -1);
  return button;
}
