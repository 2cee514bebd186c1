/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-cell.h"
#include "baton-tone.h"
#include "baton-value-text.h"

struct _BatonCell
{
  GtkWidget parent_instance;

  const BatonResource *resource;
  guint field;

  GtkWidget *image; /* (unowned) (nullable): states alone have one */
  GtkInscription *text;
  GSignalGroup *signals; /* (owned): watches the row that is shown now */

  const BatonState *state; /* what image and colour show now */
  gboolean dimmed;
  gboolean labels_row;
};

G_DEFINE_FINAL_TYPE (BatonCell, baton_cell, GTK_TYPE_WIDGET)

/* Drawn half transparent by an attribute: a CSS class would restyle each cell twice on every jump. */
static PangoAttrList *
get_dim_attributes (void)
{
  static PangoAttrList *attributes = NULL;

  if (attributes == NULL)
    {
      attributes = pango_attr_list_new ();
      pango_attr_list_insert (attributes, pango_attr_foreground_alpha_new (G_MAXUINT16 / 3));
    }
  return attributes;
}

static void
baton_cell_set_dimmed (BatonCell *self, gboolean dimmed)
{
  if (self->dimmed == dimmed)
    return;
  self->dimmed = dimmed;
  gtk_inscription_set_attributes (self->text, dimmed ? get_dim_attributes () : NULL);
}

static void
baton_cell_set_state (BatonCell *self, const BatonState *state)
{
  const char *old_class = self->state != NULL ? baton_tone_get_css_class (self->state->tone) : NULL;
  const char *new_class = state != NULL ? baton_tone_get_css_class (state->tone) : NULL;

  if (self->image == NULL || self->state == state)
    return;
  self->state = state;
  gtk_image_set_from_icon_name (GTK_IMAGE (self->image), state != NULL ? state->icon : NULL);
  if (old_class == new_class)
    return;
  if (old_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), old_class);
  if (new_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), new_class);
}

static void
baton_cell_update (BatonCell *self)
{
  const BatonField *field = &self->resource->fields[self->field];
  BatonRow *row = baton_cell_get_row (self);
  BatonRecord *record = row != NULL ? baton_row_get_record (row) : NULL;
  g_autofree char *display = NULL;

  if (record == NULL)
    {
      gboolean failed = row != NULL && baton_row_get_state (row) == BATON_ROW_FAILED;

      baton_cell_set_state (self, NULL);
      baton_cell_set_dimmed (self, TRUE);
      gtk_inscription_set_text (self->text, row == NULL ? NULL : failed ? "⚠" : "· · ·");
      return;
    }

  baton_cell_set_state (
      self, field->kind == BATON_FIELD_STATE
                ? baton_field_find_state (field, baton_record_get_text (record, self->field))
                : NULL);
  baton_cell_set_dimmed (self, FALSE);
  display = baton_value_dup_line (record, self->field);
  gtk_inscription_set_text (self->text, display);
}

/* GtkInscription does not tell whether it cut its text off. */
static gboolean
is_cut_off (BatonCell *self)
{
  g_autoptr (PangoLayout) layout
      = gtk_widget_create_pango_layout (GTK_WIDGET (self->text), gtk_inscription_get_text (self->text));
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width > gtk_widget_get_width (GTK_WIDGET (self->text));
}

static gboolean
baton_cell_query_tooltip (GtkWidget *widget,
                          int x,
                          int y,
                          gboolean keyboard,
                          GtkTooltip *tooltip)
{
  BatonCell *self = BATON_CELL (widget);
  BatonRow *row = baton_cell_get_row (self);
  BatonRecord *record = row != NULL ? baton_row_get_record (row) : NULL;
  g_autofree char *text = NULL;

  if (row != NULL && baton_row_get_state (row) == BATON_ROW_FAILED)
    text = g_strdup (_("This row could not be loaded"));
  else if (record != NULL
           && (self->resource->fields[self->field].kind == BATON_FIELD_TIME || is_cut_off (self)))
    text = baton_value_dup_tooltip (record, self->field);
  if (text == NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
baton_cell_dispose (GObject *object)
{
  BatonCell *self = BATON_CELL (object);
  GtkWidget *child;

  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->signals);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (baton_cell_parent_class)->dispose (object);
}

static void
baton_cell_class_init (BatonCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_cell_dispose;
  widget_class->query_tooltip = baton_cell_query_tooltip;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "batoncell");
}

static void
baton_cell_init (BatonCell *self)
{
  self->signals = g_signal_group_new (BATON_TYPE_ROW);
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (baton_cell_update), self);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

static gboolean
has_icons (const BatonField *field)
{
  for (const BatonState *state = field->states; state != NULL && state->value != NULL; state++)
    if (state->icon != NULL)
      return TRUE;
  return FALSE;
}

GtkWidget *
baton_cell_new (const BatonResource *resource, guint field)
{
  BatonCell *self = g_object_new (BATON_TYPE_CELL, NULL);
  const BatonField *description = &resource->fields[field];
  GtkWidget *text = gtk_inscription_new (NULL);

  self->resource = resource;
  self->field = field;
  self->text = GTK_INSCRIPTION (text);

  if (description->kind == BATON_FIELD_STATE && has_icons (description))
    {
      GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

      gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
      self->image = gtk_image_new ();
      gtk_widget_set_parent (self->image, GTK_WIDGET (self));
    }
  gtk_inscription_set_text_overflow (self->text, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_lines (self->text, 1);
  gtk_inscription_set_nat_lines (self->text, 1);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_set_parent (text, GTK_WIDGET (self));

  if (description->flags & BATON_FIELD_MONOSPACE)
    gtk_widget_add_css_class (text, "monospace");
  /* On the left as its header is: GTK 4.8 cannot align that one. */
  if (baton_value_is_numeric (description))
    gtk_widget_add_css_class (text, "numeric");
  return GTK_WIDGET (self);
}

void
baton_cell_set_row (BatonCell *self, BatonRow *row)
{
  g_return_if_fail (BATON_IS_CELL (self));

  g_signal_group_set_target (self->signals, row);
  baton_cell_update (self);
}

BatonRow *
baton_cell_get_row (BatonCell *self)
{
  g_autoptr (GObject) row = NULL;

  g_return_val_if_fail (BATON_IS_CELL (self), NULL);

  /* The row outlives this call: the list item that the cell stands in holds it. */
  row = g_signal_group_dup_target (self->signals);
  return row != NULL ? BATON_ROW (row) : NULL;
}

guint
baton_cell_get_field (BatonCell *self)
{
  g_return_val_if_fail (BATON_IS_CELL (self), 0);

  return self->field;
}

void
baton_cell_refresh (BatonCell *self)
{
  g_return_if_fail (BATON_IS_CELL (self));

  if (self->resource->fields[self->field].kind == BATON_FIELD_DURATION)
    baton_cell_update (self);
}

void
baton_cell_label_row (BatonCell *self)
{
  GtkWidget *row;

  g_return_if_fail (BATON_IS_CELL (self));

  /* The cell of the column view, then its row; there from the first bind on. */
  row = gtk_widget_get_parent (GTK_WIDGET (self));
  row = row != NULL ? gtk_widget_get_parent (row) : NULL;
  if (self->labels_row || row == NULL)
    return;
  self->labels_row = TRUE;
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  self->text, NULL, -1);
}
