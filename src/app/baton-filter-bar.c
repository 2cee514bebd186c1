/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-filter-bar.h"
#include "baton-filter-chip.h"

struct _BatonFilterBar
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkWidget *box;
  GPtrArray *chips; /* (owned) of BatonFilterChip (unowned) */
  GtkWidget *clear;

  GtkWidget *link;      /* a button that takes the link's filter away */
  GtkLabel *link_label;
  char *link_filter; /* (owned) (nullable) */

  gboolean quiet; /* several chips change as one */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonFilterBar, baton_filter_bar, GTK_TYPE_WIDGET)

static void
baton_filter_bar_changed (BatonFilterBar *self)
{
  if (self->quiet)
    return;
  gtk_widget_set_visible (self->clear, baton_filter_bar_is_set (self));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
set_link (BatonFilterBar *self, const char *filter, const char *label)
{
  g_autofree char *tooltip = NULL;

  g_free (self->link_filter);
  self->link_filter = g_strdup (filter);
  gtk_widget_set_visible (self->link, filter != NULL);
  if (filter == NULL)
    return;
  label = label != NULL ? label : filter;
  gtk_label_set_text (self->link_label, label);
  /* TRANSLATORS: of a filter: "Remove the filter Logs of this job" */
  tooltip = g_strdup_printf (_("Remove the filter “%s”"), label);
  gtk_widget_set_tooltip_text (self->link, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->link), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  tooltip, -1);
}

static void
link_clicked_cb (BatonFilterBar *self)
{
  set_link (self, NULL, NULL);
  baton_filter_bar_changed (self);
}

static GtkWidget *
create_link (BatonFilterBar *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = gtk_button_new ();

  self->link_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->link_label, PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (self->link_label, 40);
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("insert-link-symbolic"));
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->link_label));
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "baton-link-chip");
  gtk_widget_set_visible (button, FALSE);
  g_signal_connect_object (button, "clicked", G_CALLBACK (link_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  return button;
}

static void
baton_filter_bar_dispose (GObject *object)
{
  BatonFilterBar *self = BATON_FILTER_BAR (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_ptr_array_set_size (self->chips, 0);
  G_OBJECT_CLASS (baton_filter_bar_parent_class)->dispose (object);
}

static void
baton_filter_bar_finalize (GObject *object)
{
  BatonFilterBar *self = BATON_FILTER_BAR (object);

  g_ptr_array_unref (self->chips);
  g_free (self->link_filter);
  G_OBJECT_CLASS (baton_filter_bar_parent_class)->finalize (object);
}

static void
baton_filter_bar_class_init (BatonFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_filter_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_filter_bar_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "batonfilterbar");
}

static void
baton_filter_bar_init (BatonFilterBar *self)
{
  self->chips = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->box);
  /* Chips keep their words and scroll sideways; a viewport squeezes by itself. */
  gtk_scrollable_set_hscroll_policy (
      GTK_SCROLLABLE (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (self->scroller))),
      GTK_SCROLL_NATURAL);
  gtk_widget_set_hexpand (self->scroller, TRUE);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));

  self->link = create_link (self);
  gtk_box_append (GTK_BOX (self->box), self->link);
}

GtkWidget *
baton_filter_bar_new (const BatonResource *resource)
{
  BatonFilterBar *self = g_object_new (BATON_TYPE_FILTER_BAR, NULL);

  for (const BatonField *field = resource->fields; field->id != NULL; field++)
    {
      GtkWidget *chip;

      if (!(field->flags & BATON_FIELD_FILTERED))
        continue;
      chip = baton_filter_chip_new (field);
      g_signal_connect_object (chip, "changed", G_CALLBACK (baton_filter_bar_changed), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->box), chip);
      g_ptr_array_add (self->chips, chip);
    }

  self->clear = gtk_button_new_with_label (_("Clear filters"));
  gtk_widget_add_css_class (self->clear, "flat");
  gtk_widget_add_css_class (self->clear, "baton-clear");
  gtk_widget_set_visible (self->clear, FALSE);
  g_signal_connect_object (self->clear, "clicked", G_CALLBACK (baton_filter_bar_clear), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->clear);
  return GTK_WIDGET (self);
}

gboolean
baton_filter_bar_has_chips (BatonFilterBar *self)
{
  g_return_val_if_fail (BATON_IS_FILTER_BAR (self), FALSE);

  return self->chips->len > 0 || self->link_filter != NULL;
}

static BatonFilter *
get_filter (BatonFilterBar *self, guint i)
{
  return baton_filter_chip_get_filter (g_ptr_array_index (self->chips, i));
}

gboolean
baton_filter_bar_is_set (BatonFilterBar *self)
{
  g_return_val_if_fail (BATON_IS_FILTER_BAR (self), FALSE);

  for (guint i = 0; i < self->chips->len; i++)
    if (baton_filter_is_set (get_filter (self, i)))
      return TRUE;
  return self->link_filter != NULL;
}

char *
baton_filter_bar_to_odata (BatonFilterBar *self)
{
  g_autoptr (GString) filter = g_string_new (self->link_filter);

  g_return_val_if_fail (BATON_IS_FILTER_BAR (self), NULL);

  for (guint i = 0; i < self->chips->len; i++)
    {
      g_autofree char *term = baton_filter_to_odata (get_filter (self, i));

      if (term != NULL)
        g_string_append_printf (filter, "%s%s", filter->len > 0 ? " and " : "", term);
    }
  return filter->len > 0 ? g_string_free (g_steal_pointer (&filter), FALSE) : NULL;
}

char *
baton_filter_bar_dup_summary (BatonFilterBar *self)
{
  g_autoptr (GString) summary = g_string_new (NULL);

  g_return_val_if_fail (BATON_IS_FILTER_BAR (self), NULL);

  if (self->link_filter != NULL)
    g_string_append (summary, gtk_label_get_text (self->link_label));
  for (guint i = 0; i < self->chips->len; i++)
    {
      g_autofree char *label = NULL;

      if (!baton_filter_is_set (get_filter (self, i)))
        continue;
      label = baton_filter_dup_label (get_filter (self, i));
      g_string_append_printf (summary, "%s%s", summary->len > 0 ? "\n" : "", label);
    }
  return g_string_free (g_steal_pointer (&summary), FALSE);
}

static void
clear_chips (BatonFilterBar *self)
{
  self->quiet = TRUE;
  for (guint i = 0; i < self->chips->len; i++)
    baton_filter_chip_clear (g_ptr_array_index (self->chips, i));
  self->quiet = FALSE;
}

void
baton_filter_bar_clear (BatonFilterBar *self)
{
  g_return_if_fail (BATON_IS_FILTER_BAR (self));

  if (!baton_filter_bar_is_set (self))
    return;
  clear_chips (self);
  set_link (self, NULL, NULL);
  baton_filter_bar_changed (self);
}

void
baton_filter_bar_set_link (BatonFilterBar *self, const char *filter, const char *label)
{
  g_return_if_fail (BATON_IS_FILTER_BAR (self));

  if (g_strcmp0 (filter, self->link_filter) == 0 && filter == NULL)
    return;
  clear_chips (self);
  set_link (self, filter, label);
  baton_filter_bar_changed (self);
}

GtkWidget *
baton_filter_bar_get_chip (BatonFilterBar *self, const char *field_id)
{
  g_return_val_if_fail (BATON_IS_FILTER_BAR (self), NULL);

  for (guint i = 0; i < self->chips->len; i++)
    if (g_str_equal (baton_filter_get_field (get_filter (self, i))->id, field_id))
      return g_ptr_array_index (self->chips, i);
  return NULL;
}
