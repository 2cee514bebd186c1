/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "baton-sort-menu.h"

#include <glib/gi18n.h>

static void
sort_cb (BatonColumns *columns, GVariant *parameter)
{
  const BatonResource *resource = baton_columns_get_resource (columns);
  int field = baton_resource_find_field (resource, g_variant_get_string (parameter, NULL));
  gboolean descending;

  if (field < 0)
    return;
  /* As the header: the newest first, another field from its first value on. */
  if (baton_columns_get_sort (columns, &descending) != field)
    descending = resource->fields[field].kind == BATON_FIELD_TIME;
  baton_columns_set_sort (columns, (guint) field, descending);
}

static void
order_cb (BatonColumns *columns, GVariant *parameter)
{
  int field = baton_columns_get_sort (columns, NULL);

  if (field >= 0 && baton_columns_get_resource (columns)->fields[field].flags & BATON_FIELD_SORTABLE)
    baton_columns_set_sort (columns, (guint) field,
                          g_str_equal (g_variant_get_string (parameter, NULL), "descending"));
}

/* The marks in the menu follow the table, whose headers are clicked too. */
static void
sorted_cb (BatonColumns *columns, GActionMap *actions)
{
  gboolean descending = FALSE;
  int field = baton_columns_get_sort (columns, &descending);
  const char *id = field >= 0 ? baton_columns_get_resource (columns)->fields[field].id : "";

  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (actions, "sort")),
                             g_variant_new_string (id));
  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (actions, "sort-order")),
                             g_variant_new_string (descending ? "descending" : "ascending"));
}

static void
add_action (BatonColumns *columns, GActionMap *actions, const char *name, GCallback activated)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new_stateful (name, G_VARIANT_TYPE_STRING,
                                                                   g_variant_new_string (""));

  g_signal_connect_object (action, "activate", activated, columns, G_CONNECT_SWAPPED);
  g_action_map_add_action (actions, G_ACTION (action));
}

GMenuModel *
baton_sort_menu_new (BatonColumns *columns, GActionMap *actions)
{
  const BatonResource *resource = baton_columns_get_resource (columns);
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) orders = g_menu_new ();

  add_action (columns, actions, "sort", G_CALLBACK (sort_cb));
  add_action (columns, actions, "sort-order", G_CALLBACK (order_cb));
  g_signal_connect_object (columns, "sorted", G_CALLBACK (sorted_cb), actions, 0);
  sorted_cb (columns, actions);

  for (guint i = 0; resource->fields[i].id != NULL; i++)
    if (baton_columns_has (columns, i) && resource->fields[i].flags & BATON_FIELD_SORTABLE)
      {
        g_autoptr (GMenuItem) item = g_menu_item_new (_ (resource->fields[i].title), NULL);

        g_menu_item_set_action_and_target (item, "view.sort", "s", resource->fields[i].id);
        g_menu_append_item (menu, item);
      }
  g_menu_append (orders, _ ("_Ascending"), "view.sort-order::ascending");
  g_menu_append (orders, _ ("_Descending"), "view.sort-order::descending");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (orders));
  return G_MENU_MODEL (menu);
}
