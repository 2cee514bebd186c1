/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-cell-factory.h"
#include "baton-cell.h"

typedef struct
{
  const BatonResource *resource;
  guint field;
  gboolean names;
} CellFactory;

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const CellFactory *data = user_data;

  gtk_list_item_set_child (item, baton_cell_new (data->resource, data->field));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const CellFactory *data = user_data;
  BatonCell *cell = BATON_CELL (gtk_list_item_get_child (item));

  baton_cell_set_row (cell, gtk_list_item_get_item (item));
  if (data->names)
    baton_cell_label_row (cell);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  baton_cell_set_row (BATON_CELL (gtk_list_item_get_child (item)), NULL);
}

GtkListItemFactory *
baton_cell_factory_new (const BatonResource *resource, guint field)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  CellFactory *data = g_new0 (CellFactory, 1);

  data->resource = resource;
  data->field = field;
  data->names = g_strcmp0 (resource->fields[field].id, resource->name) == 0;
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), data);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), data);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), data);
  g_object_set_data_full (G_OBJECT (factory), "baton-data", data, g_free);
  return factory;
}
