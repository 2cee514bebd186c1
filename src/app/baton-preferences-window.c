/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-preferences-window.h"

struct _BatonPreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  GSettings *settings; /* (owned) (nullable) */
  AdwComboRow *color_scheme;
  GtkSwitch *auto_refresh;
  GtkWidget *interval_row;
  GtkAdjustment *interval_adjustment;
};

G_DEFINE_FINAL_TYPE (BatonPreferencesWindow, baton_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

/* An enum of the schema cannot be bound to a position by itself. */
static void
color_scheme_selected_cb (BatonPreferencesWindow *self)
{
  int selected = (int) adw_combo_row_get_selected (self->color_scheme);

  if (g_settings_get_enum (self->settings, "color-scheme") != selected)
    g_settings_set_enum (self->settings, "color-scheme", selected);
}

static void
color_scheme_changed_cb (BatonPreferencesWindow *self)
{
  adw_combo_row_set_selected (self->color_scheme,
                              (guint) g_settings_get_enum (self->settings, "color-scheme"));
}

static void
baton_preferences_window_dispose (GObject *object)
{
  g_clear_object (&BATON_PREFERENCES_WINDOW (object)->settings);
  G_OBJECT_CLASS (baton_preferences_window_parent_class)->dispose (object);
}

static void
baton_preferences_window_class_init (BatonPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_preferences_window_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonPreferencesWindow, color_scheme);
  gtk_widget_class_bind_template_child (widget_class, BatonPreferencesWindow, auto_refresh);
  gtk_widget_class_bind_template_child (widget_class, BatonPreferencesWindow, interval_row);
  gtk_widget_class_bind_template_child (widget_class, BatonPreferencesWindow, interval_adjustment);
}

static void
baton_preferences_window_init (BatonPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
bind (BatonPreferencesWindow *self)
{
  color_scheme_changed_cb (self);
  g_signal_connect_object (self->settings, "changed::color-scheme",
                           G_CALLBACK (color_scheme_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->color_scheme, "notify::selected",
                           G_CALLBACK (color_scheme_selected_cb), self, G_CONNECT_SWAPPED);
  g_settings_bind (self->settings, "auto-refresh", self->auto_refresh, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "auto-refresh", self->interval_row, "sensitive",
                   G_SETTINGS_BIND_GET);
  g_settings_bind (self->settings, "auto-refresh-interval", self->interval_adjustment, "value",
                   G_SETTINGS_BIND_DEFAULT);
}

GtkWidget *
baton_preferences_window_new (GSettings *settings)
{
  BatonPreferencesWindow *self;

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (BATON_TYPE_PREFERENCES_WINDOW, NULL);
  self->settings = g_object_ref (settings);
  bind (self);
  return GTK_WIDGET (self);
}
