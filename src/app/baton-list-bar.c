/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-column-chooser.h"
#include "baton-filter-bar.h"
#include "baton-list-bar.h"
#include "baton-permission-text.h"
#include "baton-sort-menu.h"

struct _BatonListBar
{
  GtkBox parent_instance;

  const BatonResource *resource;
  const BatonAction *first; /* (nullable): what the button does */
  BatonColumns *columns;    /* (owned) (nullable) */

  GtkSearchEntry *search;
  GtkWidget *primary;
  GtkImage *primary_icon;
  GtkLabel *primary_label;
  BatonColumnChooser *chooser;
  GtkMenuButton *menu;
  GtkBox *filter_box;
  BatonFilterBar *filters;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_LEFT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonListBar, baton_list_bar, GTK_TYPE_BOX)

static gboolean
is_searching (BatonListBar *self)
{
  return *baton_list_bar_get_search (self) != '\0';
}

static void
search_changed_cb (BatonListBar *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
search_stopped_cb (BatonListBar *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  g_signal_emit (self, signals[SIGNAL_LEFT], 0);
}

static void
search_activate_cb (BatonListBar *self)
{
  search_changed_cb (self);
  g_signal_emit (self, signals[SIGNAL_LEFT], 0);
}

static void
filters_changed_cb (BatonListBar *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->filter_box), baton_filter_bar_has_chips (self->filters));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
baton_list_bar_dispose (GObject *object)
{
  BatonListBar *self = BATON_LIST_BAR (object);

  if (self->chooser != NULL)
    baton_column_chooser_set_columns (self->chooser, NULL);
  self->chooser = NULL;
  g_clear_object (&self->columns);
  gtk_widget_dispose_template (GTK_WIDGET (self), BATON_TYPE_LIST_BAR);
  G_OBJECT_CLASS (baton_list_bar_parent_class)->dispose (object);
}

static void
baton_list_bar_class_init (BatonListBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_list_bar_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_LEFT] = g_signal_new ("left", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (BATON_TYPE_COLUMN_CHOOSER);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-list-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonListBar, search);
  gtk_widget_class_bind_template_child (widget_class, BatonListBar, primary);
  gtk_widget_class_bind_template_child (widget_class, BatonListBar, primary_icon);
  gtk_widget_class_bind_template_child (widget_class, BatonListBar, primary_label);
  gtk_widget_class_bind_template_child (widget_class, BatonListBar, chooser);
  gtk_widget_class_bind_template_child (widget_class, BatonListBar, menu);
  gtk_widget_class_bind_template_child (widget_class, BatonListBar, filter_box);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
}

static void
baton_list_bar_init (BatonListBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static gboolean
has_search (const BatonResource *resource)
{
  for (const BatonField *field = resource->fields; field->id != NULL; field++)
    if (field->flags & BATON_FIELD_SEARCHED)
      return TRUE;
  return resource->search_parameter != NULL;
}

static void
set_up_search (BatonListBar *self)
{
  g_autofree char *lower = g_utf8_strdown (_(self->resource->title), -1);
  /* TRANSLATORS: %s is "jobs", "queues", … */
  g_autofree char *placeholder = g_strdup_printf (_("Search %s"), lower);

  g_object_set (self->search, "placeholder-text", placeholder, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  placeholder, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->search), has_search (self->resource));
}

/* The button of the first action that needs no row. */
static void
set_up_primary (BatonListBar *self)
{
  const BatonAction *action = self->resource->actions;
  g_autofree char *name = NULL;

  while (action != NULL && action->id != NULL && action->needs_row)
    action++;
  if (action == NULL || action->id == NULL)
    return;
  self->first = action;
  name = g_strdup_printf ("view.do-%s", action->id);
  gtk_image_set_from_icon_name (self->primary_icon, action->icon);
  gtk_label_set_text (self->primary_label, _(action->label));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->primary), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->primary), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _(action->label), -1);
  gtk_widget_set_visible (self->primary, TRUE);
}

void
baton_list_bar_set_up (BatonListBar *self, BatonColumns *columns, GActionMap *actions, GtkWidget *typed)
{
  g_autoptr (GMenuModel) orders = NULL;

  g_return_if_fail (BATON_IS_LIST_BAR (self));
  g_return_if_fail (BATON_IS_COLUMNS (columns));
  g_return_if_fail (GTK_IS_WIDGET (typed));

  self->columns = g_object_ref (columns);
  self->resource = baton_columns_get_resource (columns);
  set_up_search (self);
  gtk_search_entry_set_key_capture_widget (self->search, typed);
  set_up_primary (self);
  baton_column_chooser_set_columns (self->chooser, columns);

  /* Not a submenu: GTK 4.8 loses the keys after an item of one. */
  orders = baton_sort_menu_new (columns, actions);
  g_menu_insert_section (G_MENU (gtk_menu_button_get_menu_model (self->menu)), 1, _ ("Sort by"),
                         orders);

  self->filters = BATON_FILTER_BAR (baton_filter_bar_new (self->resource));
  gtk_widget_set_hexpand (GTK_WIDGET (self->filters), TRUE);
  gtk_box_append (self->filter_box, GTK_WIDGET (self->filters));
  gtk_widget_set_visible (GTK_WIDGET (self->filter_box), baton_filter_bar_has_chips (self->filters));
  g_signal_connect_object (self->filters, "changed", G_CALLBACK (filters_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

const char *
baton_list_bar_get_search (BatonListBar *self)
{
  g_return_val_if_fail (BATON_IS_LIST_BAR (self), "");

  return gtk_editable_get_text (GTK_EDITABLE (self->search));
}

char *
baton_list_bar_dup_filter (BatonListBar *self)
{
  g_return_val_if_fail (BATON_IS_LIST_BAR (self), NULL);

  return baton_filter_bar_to_odata (self->filters);
}

gboolean
baton_list_bar_is_filtered (BatonListBar *self)
{
  g_return_val_if_fail (BATON_IS_LIST_BAR (self), FALSE);

  return is_searching (self) || baton_filter_bar_is_set (self->filters);
}

char *
baton_list_bar_dup_summary (BatonListBar *self)
{
  g_autofree char *filters = NULL;
  g_autofree char *search = NULL;

  g_return_val_if_fail (BATON_IS_LIST_BAR (self), NULL);

  if (!baton_list_bar_is_filtered (self))
    return NULL;
  filters = baton_filter_bar_dup_summary (self->filters);
  if (!is_searching (self))
    return g_steal_pointer (&filters);
  /* TRANSLATORS: what was searched for */
  search = g_strdup_printf (_("Search: “%s”"), baton_list_bar_get_search (self));
  return *filters != '\0' ? g_strdup_printf ("%s\n%s", filters, search) : g_steal_pointer (&search);
}

void
baton_list_bar_clear (BatonListBar *self)
{
  g_return_if_fail (BATON_IS_LIST_BAR (self));

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  search_changed_cb (self);
  baton_filter_bar_clear (self->filters);
}

void
baton_list_bar_set_link (BatonListBar *self, const char *filter, const char *label)
{
  g_return_if_fail (BATON_IS_LIST_BAR (self));

  if (filter != NULL && is_searching (self))
    {
      gtk_editable_set_text (GTK_EDITABLE (self->search), "");
      search_changed_cb (self);
    }
  baton_filter_bar_set_link (self->filters, filter, label);
}

void
baton_list_bar_focus_search (BatonListBar *self)
{
  g_return_if_fail (BATON_IS_LIST_BAR (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

void
baton_list_bar_update_columns (BatonListBar *self)
{
  g_return_if_fail (BATON_IS_LIST_BAR (self));

  baton_column_chooser_set_columns (self->chooser, self->columns);
}

void
baton_list_bar_set_narrow (BatonListBar *self, gboolean narrow)
{
  g_return_if_fail (BATON_IS_LIST_BAR (self));

  gtk_widget_set_visible (GTK_WIDGET (self->primary_label), !narrow);
}

void
baton_list_bar_update_permissions (BatonListBar *self, BatonConnection *connection)
{
  g_autofree char *lacks = NULL;

  g_return_if_fail (BATON_IS_LIST_BAR (self));

  if (self->first == NULL)
    return;
  lacks = baton_permission_text (connection, self->resource, self->first);
  gtk_widget_set_tooltip_text (self->primary, lacks != NULL ? lacks : _(self->first->label));
}
