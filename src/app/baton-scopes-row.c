/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "auth/baton-scopes.h"
#include "baton-scopes-row.h"
#include "baton-scopes-window.h"

struct _BatonScopesRow
{
  AdwEntryRow parent_instance;

  BatonMethod method;
  char *words; /* (owned) (nullable): for what is given; NULL where it is asked for */
};

G_DEFINE_FINAL_TYPE (BatonScopesRow, baton_scopes_row, ADW_TYPE_ENTRY_ROW)

static void
chosen_cb (BatonScopesRow *self, const char *scopes)
{
  gtk_editable_set_text (GTK_EDITABLE (self), scopes);
}

static void
choose_cb (BatonScopesRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *window
      = baton_scopes_window_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->method,
                                 gtk_editable_get_text (GTK_EDITABLE (self)));

  if (self->words != NULL)
    baton_scopes_window_set_words (BATON_SCOPES_WINDOW (window), self->words);
  g_signal_connect_object (window, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

static void
baton_scopes_row_finalize (GObject *object)
{
  g_free (BATON_SCOPES_ROW (object)->words);
  G_OBJECT_CLASS (baton_scopes_row_parent_class)->finalize (object);
}

static void
baton_scopes_row_class_init (BatonScopesRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_scopes_row_finalize;
}

static void
baton_scopes_row_init (BatonScopesRow *self)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Choose…"));

  self->method = BATON_METHOD_BROWSER;
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Choose scopes"), -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (choose_cb), self, G_CONNECT_SWAPPED);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), button);
}

GtkWidget *
baton_scopes_row_new_to_give (const char *title, BatonMethod method, const char *words)
{
  BatonScopesRow *self;

  g_return_val_if_fail (title != NULL, NULL);
  g_return_val_if_fail (words != NULL, NULL);

  self = g_object_new (BATON_TYPE_SCOPES_ROW, "title", title, NULL);
  self->method = method;
  self->words = g_strdup (words);
  return GTK_WIDGET (self);
}

void
baton_scopes_row_set_method (BatonScopesRow *self, BatonMethod method)
{
  g_return_if_fail (BATON_IS_SCOPES_ROW (self));

  if (baton_scopes_are_asked_for (method))
    self->method = method;
}
