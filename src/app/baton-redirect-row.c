/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-clipboard.h"
#include "baton-redirect-row.h"

/* What the vendor's own programs register (fact sheet 2.3); the first is Baton's too. */
static const char *const known[] = {
  "http://localhost:8104/oidc/login",
  "http://localhost:8055/oidc/login",
  "http://localhost:42042/oidc/login",
  "http://localhost:8085",
  "http://localhost:12700",
};

struct _BatonRedirectRow
{
  AdwEntryRow parent_instance;
};

G_DEFINE_FINAL_TYPE (BatonRedirectRow, baton_redirect_row, ADW_TYPE_ENTRY_ROW)

static void
known_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_editable_set_text (GTK_EDITABLE (user_data), g_variant_get_string (parameter, NULL));
}

/* One that nobody has at this moment. */
static void
any_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *url = NULL;

  if (port == 0)
    return;
  url = g_strdup_printf ("http://localhost:%u/oidc/login", port);
  gtk_editable_set_text (GTK_EDITABLE (user_data), url);
}

static void
copy_cb (BatonRedirectRow *self)
{
  baton_clipboard_copy (GTK_WIDGET (self), gtk_editable_get_text (GTK_EDITABLE (self)));
}

static GMenuModel *
make_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) urls = g_menu_new ();
  g_autoptr (GMenu) others = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (known[i], NULL);

      g_menu_item_set_action_and_target (item, "redirect.known", "s", known[i]);
      g_menu_append_item (urls, item);
    }
  g_menu_append (others, _ ("A free port, where the server allows any"), "redirect.any");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (urls));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (others));

  return G_MENU_MODEL (menu);
}

static void
add_button (BatonRedirectRow *self, GtkWidget *button, const char *name)
{
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), button);
}

static void
baton_redirect_row_class_init (BatonRedirectRowClass *klass)
{
}

static void
baton_redirect_row_init (BatonRedirectRow *self)
{
  static const GActionEntry entries[] = {
    { .name = "known", .activate = known_activated_cb, .parameter_type = "s" },
    { .name = "any", .activate = any_activated_cb },
  };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GMenuModel) menu = make_menu ();
  GtkWidget *copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  GtkWidget *choose = gtk_menu_button_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "redirect", G_ACTION_GROUP (actions));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (choose), "pan-down-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (choose), menu);
  g_signal_connect_object (copy, "clicked", G_CALLBACK (copy_cb), self, G_CONNECT_SWAPPED);
  add_button (self, copy, _ ("Copy the redirect URL"));
  add_button (self, choose, _ ("Choose another port"));
  gtk_editable_set_text (GTK_EDITABLE (self), known[0]);
}
