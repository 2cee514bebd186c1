/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-column-chooser.h"

struct _BatonColumnChooser
{
  GtkWidget parent_instance;

  GtkWidget *button;
  GtkWidget *choices;
  BatonColumns *columns; /* (owned) (nullable) */
  gboolean restoring;
};

G_DEFINE_FINAL_TYPE (BatonColumnChooser, baton_column_chooser, GTK_TYPE_WIDGET)

#define FIELD_KEY "baton-field"

static guint
get_field (GtkWidget *check)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (check), FIELD_KEY));
}

static void
restore (BatonColumnChooser *self)
{
  GtkWidget *only = NULL;
  guint n_visible = 0;

  self->restoring = TRUE;
  for (GtkWidget *check = gtk_widget_get_first_child (self->choices); check != NULL;
       check = gtk_widget_get_next_sibling (check))
    {
      gboolean visible = baton_columns_get_visible (self->columns, get_field (check));

      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), visible);
      gtk_widget_set_sensitive (check, TRUE);
      if (visible)
        {
          n_visible++;
          only = check;
        }
    }
  /* A table without a column shows nothing and cannot be clicked. */
  if (n_visible == 1)
    gtk_widget_set_sensitive (only, FALSE);
  self->restoring = FALSE;
}

static void
toggled_cb (BatonColumnChooser *self, GtkCheckButton *check)
{
  if (self->restoring)
    return;
  baton_columns_set_visible (self->columns, get_field (GTK_WIDGET (check)),
                             gtk_check_button_get_active (check));
  restore (self);
}

static void
reset_cb (BatonColumnChooser *self)
{
  if (self->columns == NULL)
    return;
  baton_columns_reset (self->columns);
  restore (self);
}

static GtkWidget *
create_popover (BatonColumnChooser *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *reset = gtk_button_new_with_label (_("Reset to defaults"));

  self->choices = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 420);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->choices);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_widget_add_css_class (reset, "flat");
  g_signal_connect_object (reset, "clicked", G_CALLBACK (reset_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), reset);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  return popover;
}

static void
baton_column_chooser_dispose (GObject *object)
{
  BatonColumnChooser *self = BATON_COLUMN_CHOOSER (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->columns);
  G_OBJECT_CLASS (baton_column_chooser_parent_class)->dispose (object);
}

static void
baton_column_chooser_class_init (BatonColumnChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_column_chooser_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
baton_column_chooser_init (BatonColumnChooser *self)
{
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "baton-columns-symbolic");
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_tooltip_text (self->button, _("Columns"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Columns"), -1);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), create_popover (self));
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

void
baton_column_chooser_set_columns (BatonColumnChooser *self, BatonColumns *columns)
{
  const BatonResource *resource;
  GtkWidget *child;

  g_return_if_fail (BATON_IS_COLUMN_CHOOSER (self));

  g_set_object (&self->columns, columns);
  while ((child = gtk_widget_get_first_child (self->choices)) != NULL)
    gtk_box_remove (GTK_BOX (self->choices), child);
  if (columns == NULL)
    return;

  resource = baton_columns_get_resource (columns);
  for (guint i = 0; resource->fields[i].id != NULL; i++)
    {
      GtkWidget *check;

      if (!baton_columns_has (columns, i))
        continue;
      check = gtk_check_button_new_with_label (_(resource->fields[i].title));
      g_object_set_data (G_OBJECT (check), FIELD_KEY, GUINT_TO_POINTER (i));
      g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->choices), check);
    }
  restore (self);
}
