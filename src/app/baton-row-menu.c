/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-permission-text.h"
#include "baton-row-menu.h"

static void
append_action (GMenu *menu, const BatonResource *resource, const BatonAction *action, BatonConnection *connection)
{
  g_autofree char *name = g_strdup_printf ("view.do-%s", action->id);
  g_autofree char *lacks = baton_permission_text (connection, resource, action);
  /* A menu item has no tooltip: what it lacks stands in the item. */
  g_autofree char *label = lacks != NULL ? g_strdup_printf ("%s — %s", _(action->label), lacks)
                                         : g_strdup (_(action->label));

  g_menu_append (menu, label, name);
}

GMenuModel *
baton_row_menu_new (const BatonResource *resource, BatonConnection *connection, guint field)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) reading = g_menu_new ();
  g_autoptr (GMenu) doing = g_menu_new ();
  g_autoptr (GMenu) copying = g_menu_new ();
  g_autofree char *cell = NULL;

  g_menu_append (reading, _("_Details"), "view.open-details");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (reading));
  for (const BatonAction *action = resource->actions; action != NULL && action->id != NULL; action++)
    if (action->needs_row)
      append_action (doing, resource, action, connection);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (doing));
  /* TRANSLATORS: %s is the title of a column */
  cell = g_strdup_printf (_("Copy “%s”"), _(resource->fields[field].title));
  g_menu_append (copying, cell, "view.copy-cell");
  g_menu_append (copying, _("Copy _row"), "view.copy-row");
  g_menu_append (copying, _("Copy as _JSON"), "view.copy-json");
  g_menu_append (copying, _("Copy as c_URL"), "view.copy-row-curl");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (copying));
  return G_MENU_MODEL (menu);
}
