/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-method-chooser.h"
#include "baton-method-text.h"

static const char *const toggle_names[] = {
  [BATON_METHOD_USER_KEY] = "by_key",
  [BATON_METHOD_PASSWORD] = "by_password",
  [BATON_METHOD_BROWSER] = "by_browser",
  [BATON_METHOD_CLIENT_CREDENTIALS] = "by_credentials",
  [BATON_METHOD_PERSONAL_ACCESS_TOKEN] = "by_token",
};

#define N_METHODS G_N_ELEMENTS (toggle_names)

struct _BatonMethodChooser
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkToggleButton *toggles[N_METHODS];

  BatonMethod method;
  gboolean filling; /* the program chooses */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonMethodChooser, baton_method_chooser, GTK_TYPE_WIDGET)

static void
toggled_cb (BatonMethodChooser *self, GtkToggleButton *toggle)
{
  if (!gtk_toggle_button_get_active (toggle))
    return;
  for (guint i = 0; i < N_METHODS; i++)
    if (self->toggles[i] == toggle)
      self->method = (BatonMethod)i;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, !self->filling);
}

static void
baton_method_chooser_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BATON_TYPE_METHOD_CHOOSER);
  G_OBJECT_CLASS (baton_method_chooser_parent_class)->dispose (object);
}

static void
baton_method_chooser_class_init (BatonMethodChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_method_chooser_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-method-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonMethodChooser, content);
  for (guint i = 0; i < N_METHODS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, toggle_names[i], FALSE, 0);
}

static void
name_toggle (GtkToggleButton *toggle, const char *name)
{
  GtkWidget *label = gtk_label_new (name);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_button_set_child (GTK_BUTTON (toggle), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
baton_method_chooser_init (BatonMethodChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < N_METHODS; i++)
    {
      self->toggles[i] = GTK_TOGGLE_BUTTON (gtk_widget_get_template_child (
          GTK_WIDGET (self), BATON_TYPE_METHOD_CHOOSER, toggle_names[i]));
      name_toggle (self->toggles[i], _ (baton_method_text_get ((BatonMethod)i)->name));
      g_signal_connect_object (self->toggles[i], "toggled", G_CALLBACK (toggled_cb), self,
                               G_CONNECT_SWAPPED);
    }
}

BatonMethod
baton_method_chooser_get_method (BatonMethodChooser *self)
{
  g_return_val_if_fail (BATON_IS_METHOD_CHOOSER (self), BATON_METHOD_USER_KEY);

  return self->method;
}

void
baton_method_chooser_set_method (BatonMethodChooser *self, BatonMethod method)
{
  g_return_if_fail (BATON_IS_METHOD_CHOOSER (self));
  g_return_if_fail ((guint)method < N_METHODS);

  self->filling = TRUE;
  gtk_toggle_button_set_active (self->toggles[method], TRUE);
  self->filling = FALSE;
}
