/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-clipboard.h"
#include "baton-value-row.h"

struct _BatonValueRow
{
  AdwActionRow parent_instance;

  GtkWidget *copy;
  char *value;  /* (owned) (nullable) */
  char *copied; /* (owned) (nullable) */
};

enum
{
  PROP_0,
  PROP_VALUE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BatonValueRow, baton_value_row, ADW_TYPE_ACTION_ROW)

static void
copy_cb (BatonValueRow *self)
{
  const char *text = self->copied != NULL ? self->copied : self->value;

  if (text != NULL)
    baton_clipboard_copy (GTK_WIDGET (self), text);
}

static void
title_changed_cb (BatonValueRow *self)
{
  g_autofree char *label = NULL;

  /* TRANSLATORS: %s is what is copied, e.g. Client ID. */
  label = g_strdup_printf (_("Copy %s"), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)));
  gtk_widget_set_tooltip_text (self->copy, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void
baton_value_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_VALUE:
      g_value_set_string (value, BATON_VALUE_ROW (object)->value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
baton_value_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_VALUE:
      baton_value_row_set_value (BATON_VALUE_ROW (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
baton_value_row_finalize (GObject *object)
{
  BatonValueRow *self = BATON_VALUE_ROW (object);

  g_free (self->value);
  g_free (self->copied);
  G_OBJECT_CLASS (baton_value_row_parent_class)->finalize (object);
}

static void
baton_value_row_class_init (BatonValueRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = baton_value_row_finalize;
  object_class->get_property = baton_value_row_get_property;
  object_class->set_property = baton_value_row_set_property;

  properties[PROP_VALUE]
      = g_param_spec_string ("value", NULL, NULL, NULL,
                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
baton_value_row_init (BatonValueRow *self)
{
  self->copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  gtk_widget_set_valign (self->copy, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->copy, "flat");
  gtk_widget_set_visible (self->copy, FALSE);
  g_signal_connect_object (self->copy, "clicked", G_CALLBACK (copy_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->copy);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), "–");
  gtk_widget_add_css_class (GTK_WIDGET (self), "baton-value");
  g_signal_connect (self, "notify::title", G_CALLBACK (title_changed_cb), NULL);
}

GtkWidget *
baton_value_row_new (const char *title, const char *value)
{
  return g_object_new (BATON_TYPE_VALUE_ROW, "title", title, "value", value, NULL);
}

void
baton_value_row_set_value (BatonValueRow *self, const char *value)
{
  g_autofree char *markup = NULL;

  g_return_if_fail (BATON_IS_VALUE_ROW (self));

  if (g_strcmp0 (self->value, value) == 0)
    return;
  g_free (self->value);
  self->value = g_strdup (value);
  /* A subtitle is markup; what the server says is not. */
  markup = g_markup_escape_text (value != NULL && *value != '\0' ? value : "–", -1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), markup);
  gtk_widget_set_visible (self->copy, value != NULL && *value != '\0');
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
}

const char *
baton_value_row_get_value (BatonValueRow *self)
{
  g_return_val_if_fail (BATON_IS_VALUE_ROW (self), NULL);
  return self->value;
}

void
baton_value_row_set_copied (BatonValueRow *self, const char *copied)
{
  g_return_if_fail (BATON_IS_VALUE_ROW (self));

  g_free (self->copied);
  self->copied = g_strdup (copied);
}
