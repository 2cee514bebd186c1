/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-clock.h"
#include "baton-filter-chip.h"
#include "baton-tone.h"

struct _BatonFilterChip
{
  GtkWidget parent_instance;

  BatonFilter *filter; /* (owned) */
  GtkWidget *button;
  GtkLabel *label;
  GtkWidget *choices;  /* (unowned): the box in the popover */
  GtkWidget *entry;    /* (unowned) (nullable) */
  gboolean restoring;  /* the controls follow the filter, not the other way */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonFilterChip, baton_filter_chip, GTK_TYPE_WIDGET)

#define VALUE_KEY "baton-value"

static void
baton_filter_chip_show (BatonFilterChip *self)
{
  g_autofree char *label = baton_filter_dup_label (self->filter);

  gtk_label_set_text (self->label, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  if (baton_filter_is_set (self->filter))
    gtk_widget_add_css_class (GTK_WIDGET (self), "active");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "active");
}

static void
changed (BatonFilterChip *self)
{
  baton_filter_chip_show (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* The controls show what the filter asks. */
static void
restore_controls (BatonFilterChip *self)
{
  self->restoring = TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (self->choices); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const char *value = g_object_get_data (G_OBJECT (child), VALUE_KEY);
      gboolean on;

      if (!GTK_IS_CHECK_BUTTON (child))
        continue;
      if (baton_filter_get_field (self->filter)->kind == BATON_FIELD_TIME)
        on = baton_filter_get_span (self->filter) == GPOINTER_TO_UINT (value);
      else
        on = baton_filter_has_value (self->filter, value);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (child), on);
    }
  if (self->entry != NULL && !baton_filter_is_set (self->filter))
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  self->restoring = FALSE;
}

static void
value_toggled_cb (BatonFilterChip *self, GtkCheckButton *check)
{
  if (self->restoring)
    return;
  baton_filter_set_value (self->filter, g_object_get_data (G_OBJECT (check), VALUE_KEY),
                          gtk_check_button_get_active (check));
  changed (self);
}

static void
span_toggled_cb (BatonFilterChip *self, GtkCheckButton *check)
{
  if (self->restoring || !gtk_check_button_get_active (check))
    return;
  baton_filter_set_span (self->filter,
                         GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (check), VALUE_KEY)),
                         baton_clock_now (baton_clock_get_default ()));
  changed (self);
}

static void
text_changed_cb (BatonFilterChip *self, GtkEditable *entry)
{
  g_autofree char *before = baton_filter_dup_label (self->filter);
  g_autofree char *after = NULL;

  if (self->restoring)
    return;
  baton_filter_set_text (self->filter, gtk_editable_get_text (entry));
  after = baton_filter_dup_label (self->filter);
  /* A search entry also tells of a text that we cleared. */
  if (!g_str_equal (before, after))
    changed (self);
}

static void
text_activate_cb (BatonFilterChip *self)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
}

static void
add_value (BatonFilterChip *self, const char *value, const char *label, const BatonState *state)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  if (state != NULL && state->icon != NULL)
    {
      GtkWidget *image = gtk_image_new_from_icon_name (state->icon);
      const char *css_class = baton_tone_get_css_class (state->tone);

      if (css_class != NULL)
        gtk_widget_add_css_class (image, css_class);
      gtk_box_append (GTK_BOX (box), image);
    }
  gtk_box_append (GTK_BOX (box), gtk_label_new (label));
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), box);
  g_object_set_data (G_OBJECT (check), VALUE_KEY, (gpointer) value);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (check, "toggled", G_CALLBACK (value_toggled_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->choices), check);
}

static void
add_spans (BatonFilterChip *self)
{
  GtkCheckButton *group = NULL;

  for (BatonSpan span = BATON_SPAN_ANY; span < BATON_N_SPANS; span++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (baton_span_get_label (span));

      gtk_check_button_set_group (GTK_CHECK_BUTTON (check), group);
      group = GTK_CHECK_BUTTON (check);
      gtk_check_button_set_active (group, span == BATON_SPAN_ANY);
      g_object_set_data (G_OBJECT (check), VALUE_KEY, GUINT_TO_POINTER (span));
      g_signal_connect_object (check, "toggled", G_CALLBACK (span_toggled_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->choices), check);
    }
}

static void
add_entry (BatonFilterChip *self, const BatonField *field)
{
  gboolean number = field->kind == BATON_FIELD_NUMBER;

  self->entry = gtk_search_entry_new ();
  gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (self->entry), 400);
  g_object_set (self->entry, "placeholder-text", number ? _("Equals") : _("Contains"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _(field->title), -1);
  g_signal_connect_object (self->entry, "search-changed", G_CALLBACK (text_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (text_activate_cb), self,
                           G_CONNECT_SWAPPED);
  /* Escape: the search takes it, and the popover would not hear of it. */
  g_signal_connect_object (self->entry, "stop-search", G_CALLBACK (text_activate_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->choices), self->entry);
}

static void
add_choices (BatonFilterChip *self, const BatonField *field)
{
  if (field->kind == BATON_FIELD_BOOL)
    {
      add_value (self, "true", _("Yes"), NULL);
      add_value (self, "false", _("No"), NULL);
    }
  else if (field->kind == BATON_FIELD_TIME)
    {
      add_spans (self);
    }
  else if (field->states != NULL)
    {
      for (const BatonState *state = field->states; state->value != NULL; state++)
        add_value (self, state->value, _(state->label), state);
    }
  else
    {
      add_entry (self, field);
    }
}

static void
baton_filter_chip_dispose (GObject *object)
{
  BatonFilterChip *self = BATON_FILTER_CHIP (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  self->entry = NULL;
  G_OBJECT_CLASS (baton_filter_chip_parent_class)->dispose (object);
}

static void
baton_filter_chip_finalize (GObject *object)
{
  g_clear_pointer (&BATON_FILTER_CHIP (object)->filter, baton_filter_free);
  G_OBJECT_CLASS (baton_filter_chip_parent_class)->finalize (object);
}

static void
baton_filter_chip_class_init (BatonFilterChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_filter_chip_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_filter_chip_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "batonchip");
}

static void
baton_filter_chip_init (BatonFilterChip *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (self->label, 32);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), content);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

GtkWidget *
baton_filter_chip_new (const BatonField *field)
{
  BatonFilterChip *self = g_object_new (BATON_TYPE_FILTER_CHIP, NULL);
  GtkWidget *popover = gtk_popover_new ();

  self->filter = baton_filter_new (field);
  self->choices = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_margin_top (self->choices, 6);
  gtk_widget_set_margin_bottom (self->choices, 6);
  gtk_widget_set_margin_start (self->choices, 6);
  gtk_widget_set_margin_end (self->choices, 6);
  add_choices (self, field);
  gtk_popover_set_child (GTK_POPOVER (popover), self->choices);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  baton_filter_chip_show (self);
  return GTK_WIDGET (self);
}

BatonFilter *
baton_filter_chip_get_filter (BatonFilterChip *self)
{
  g_return_val_if_fail (BATON_IS_FILTER_CHIP (self), NULL);

  return self->filter;
}

void
baton_filter_chip_clear (BatonFilterChip *self)
{
  g_return_if_fail (BATON_IS_FILTER_CHIP (self));

  if (!baton_filter_is_set (self->filter))
    return;
  baton_filter_clear (self->filter);
  baton_filter_chip_update (self);
}

void
baton_filter_chip_update (BatonFilterChip *self)
{
  g_return_if_fail (BATON_IS_FILTER_CHIP (self));

  restore_controls (self);
  changed (self);
}
