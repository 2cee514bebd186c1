/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "baton-property.h"
#include "baton-tone.h"
#include "baton-value-text.h"

/* Bytes: more than this is no line any more. */
#define MAX_LINE 160
/* Pixels. */
#define MAX_TEXT_HEIGHT 320

gboolean
baton_property_is_wide (BatonRecord *record, guint field)
{
  const BatonField *description = &baton_record_get_resource (record)->fields[field];
  const char *text = baton_record_get_text (record, field);

  if (text == NULL)
    return FALSE;
  switch (description->kind)
    {
    case BATON_FIELD_JSON:
      return TRUE;
    case BATON_FIELD_LONG:
    case BATON_FIELD_TEXT:
      return strlen (text) > MAX_LINE || strchr (text, '\n') != NULL;
    case BATON_FIELD_NUMBER:
    case BATON_FIELD_BOOL:
    case BATON_FIELD_TIME:
    case BATON_FIELD_DURATION:
    case BATON_FIELD_SECONDS:
    case BATON_FIELD_STATE:
    default:
      return FALSE;
    }
}

GtkWidget *
baton_property_new_value (BatonRecord *record, guint field)
{
  const BatonField *description = &baton_record_get_resource (record)->fields[field];
  g_autofree char *display = baton_record_dup_display (record, field);
  GtkWidget *label = gtk_label_new (display);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  const BatonState *state = NULL;
  GtkWidget *box;

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  /* A hyphen where a name or a key is broken would be taken for a part of it. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  if (description->flags & BATON_FIELD_MONOSPACE)
    gtk_widget_add_css_class (label, "monospace");
  if (description->kind == BATON_FIELD_TIME)
    {
      g_autofree char *utc = baton_value_dup_tooltip (record, field);

      gtk_widget_set_tooltip_text (label, utc);
    }

  if (description->kind == BATON_FIELD_STATE)
    state = baton_field_find_state (description, baton_record_get_text (record, field));
  if (state == NULL || state->icon == NULL)
    return label;

  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (state->icon));
  gtk_box_append (GTK_BOX (box), label);
  if (baton_tone_get_css_class (state->tone) != NULL)
    gtk_widget_add_css_class (box, baton_tone_get_css_class (state->tone));
  return box;
}

GtkWidget *
baton_property_new_text_view (const char *title, const char *text, gboolean monospace, int max_height)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_cursor_visible (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), monospace);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 9);
  /* Tab goes on to the next widget: there is nothing to type here. */
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  if (max_height > 0)
    {
      gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
      gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), max_height);
    }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  return scroller;
}

static void
copy_clicked_cb (GtkWidget *button, gpointer user_data)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (button),
                          g_object_get_data (G_OBJECT (button), "baton-text"));
}

GtkWidget *
baton_property_new_text (const char *title, const char *text, gboolean monospace, gboolean expanded)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *expander = gtk_expander_new (title);
  GtkWidget *copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *view = baton_property_new_text_view (title, text, monospace, MAX_TEXT_HEIGHT);
  g_autofree char *copy_label = NULL;

  /* TRANSLATORS: of a field of the detail pane: "Copy Input arguments" */
  copy_label = g_strdup_printf (_("Copy %s"), title);
  gtk_widget_set_tooltip_text (copy, copy_label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (copy), GTK_ACCESSIBLE_PROPERTY_LABEL, copy_label,
                                  -1);
  gtk_widget_add_css_class (copy, "flat");
  gtk_widget_set_halign (copy, GTK_ALIGN_END);
  gtk_widget_set_valign (copy, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (copy), "baton-text", g_strdup (text), g_free);
  g_signal_connect (copy, "clicked", G_CALLBACK (copy_clicked_cb), NULL);

  gtk_widget_add_css_class (view, "card");
  gtk_widget_add_css_class (view, "baton-text");
  gtk_widget_set_margin_top (view, 6);
  gtk_expander_set_child (GTK_EXPANDER (expander), view);
  gtk_expander_set_expanded (GTK_EXPANDER (expander), expanded);
  gtk_widget_add_css_class (expander, "baton-expander");
  /* The button stands in the line of the heading, beside what opens and closes. */
  gtk_overlay_set_child (GTK_OVERLAY (overlay), expander);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), copy);
  gtk_box_append (GTK_BOX (box), overlay);
  return box;
}
