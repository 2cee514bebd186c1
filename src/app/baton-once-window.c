/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-clipboard.h"
#include "baton-once-window.h"

struct _BatonOnceWindow
{
  AdwWindow parent_instance;

  GtkWidget *value; /* (unowned) (nullable) */
  GtkWidget *note;  /* (unowned) */

  BatonSecret *secret; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BatonOnceWindow, baton_once_window, ADW_TYPE_WINDOW)

static void
copy_cb (BatonOnceWindow *self)
{
  if (self->secret == NULL)
    return;
  baton_clipboard_copy_secret (GTK_WIDGET (self), baton_secret_get_value (self->secret), NULL);
  gtk_label_set_text (GTK_LABEL (self->note),
                      _ ("Copied; the clipboard is cleared in 30 seconds."));
}

static void
baton_once_window_dispose (GObject *object)
{
  BatonOnceWindow *self = BATON_ONCE_WINDOW (object);

  if (self->value != NULL)
    gtk_label_set_text (GTK_LABEL (self->value), "");
  self->value = NULL;
  g_clear_pointer (&self->secret, baton_secret_unref);
  G_OBJECT_CLASS (baton_once_window_parent_class)->dispose (object);
}

static void
baton_once_window_class_init (BatonOnceWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_once_window_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
baton_once_window_init (BatonOnceWindow *self)
{
  GtkWidget *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *copy = gtk_button_new_with_label (_ ("Copy"));
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  self->value = make_label (NULL, "monospace");
  gtk_label_set_wrap_mode (GTK_LABEL (self->value), PANGO_WRAP_CHAR);
  /* A hyphen at the end of a line would be read as one of the secret. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (self->value), attributes);
  gtk_label_set_selectable (GTK_LABEL (self->value), TRUE);
  self->note
      = make_label (_ ("The server shows it this once. Copy it now to where it is needed, or "
                       "close this window if nobody does."),
                    "dim-label");
  gtk_widget_add_css_class (copy, "pill");
  gtk_widget_add_css_class (copy, "suggested-action");
  gtk_widget_set_halign (copy, GTK_ALIGN_CENTER);
  g_signal_connect_object (copy, "clicked", G_CALLBACK (copy_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->value);
  gtk_box_append (GTK_BOX (box), self->note);
  gtk_box_append (GTK_BOX (box), copy);
  gtk_widget_set_margin_top (box, 24);
  gtk_widget_set_margin_bottom (box, 24);
  gtk_widget_set_margin_start (box, 24);
  gtk_widget_set_margin_end (box, 24);
  gtk_box_append (GTK_BOX (all), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (all), box);
  adw_window_set_content (ADW_WINDOW (self), all);
  gtk_window_set_default_size (GTK_WINDOW (self), 460, -1);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
  gtk_window_set_focus (GTK_WINDOW (self), copy);
}

GtkWindow *
baton_once_window_new (GtkWindow *parent, const char *title, BatonSecret *secret)
{
  BatonOnceWindow *self;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (secret != NULL, NULL);

  self = g_object_new (BATON_TYPE_ONCE_WINDOW, "transient-for", parent, "title", title, NULL);
  self->secret = baton_secret_ref (secret);
  gtk_label_set_text (GTK_LABEL (self->value), baton_secret_get_value (secret));
  return GTK_WINDOW (self);
}
