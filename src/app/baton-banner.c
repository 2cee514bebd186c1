/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-banner.h"
#include "baton-detailed-action.h"

struct _BatonBanner
{
  GtkWidget parent_instance;

  GtkRevealer *revealer; /* the one child */
  GtkLabel *label;
  GtkButton *button;
  char *action; /* (owned) (nullable): its detailed name */
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_BUTTON_LABEL,
  PROP_ACTION_NAME,
  PROP_REVEALED,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (BatonBanner, baton_banner, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static void
set_title (BatonBanner *self, const char *title)
{
  if (g_strcmp0 (gtk_label_get_text (self->label), title != NULL ? title : "") == 0)
    return;
  gtk_label_set_text (self->label, title != NULL ? title : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title != NULL ? title : "", -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

static void
set_button_label (BatonBanner *self, const char *label)
{
  if (g_strcmp0 (gtk_button_get_label (self->button), label) == 0)
    return;
  gtk_button_set_label (self->button, label != NULL ? label : "");
  gtk_widget_set_visible (GTK_WIDGET (self->button), label != NULL && *label != '\0');
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUTTON_LABEL]);
}

static void
set_action_name (BatonBanner *self, const char *action)
{
  if (g_strcmp0 (self->action, action) == 0)
    return;
  g_free (self->action);
  self->action = g_strdup (action);
  baton_detailed_action_set (GTK_ACTIONABLE (self->button), action);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTION_NAME]);
}

static void
set_revealed (BatonBanner *self, gboolean revealed)
{
  if (gtk_revealer_get_reveal_child (self->revealer) == revealed)
    return;
  if (revealed)
    gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, revealed);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REVEALED]);
}

/* Hidden as a whole once it has slid away: an alert that is not there must not be found by a screen reader. */
static void
child_revealed_cb (BatonBanner *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_revealer_get_reveal_child (self->revealer)
                                                 || gtk_revealer_get_child_revealed (self->revealer));
}

static void
baton_banner_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BatonBanner *self = BATON_BANNER (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, gtk_label_get_text (self->label));
      break;
    case PROP_BUTTON_LABEL:
      g_value_set_string (value, gtk_button_get_label (self->button));
      break;
    case PROP_ACTION_NAME:
      g_value_set_string (value, self->action);
      break;
    case PROP_REVEALED:
      g_value_set_boolean (value, gtk_revealer_get_reveal_child (self->revealer));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
baton_banner_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BatonBanner *self = BATON_BANNER (object);

  switch (id)
    {
    case PROP_TITLE:
      set_title (self, g_value_get_string (value));
      break;
    case PROP_BUTTON_LABEL:
      set_button_label (self, g_value_get_string (value));
      break;
    case PROP_ACTION_NAME:
      set_action_name (self, g_value_get_string (value));
      break;
    case PROP_REVEALED:
      set_revealed (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
baton_banner_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BATON_TYPE_BANNER);
  G_OBJECT_CLASS (baton_banner_parent_class)->dispose (object);
}

static void
baton_banner_finalize (GObject *object)
{
  g_free (BATON_BANNER (object)->action);
  G_OBJECT_CLASS (baton_banner_parent_class)->finalize (object);
}

static void
baton_banner_class_init (BatonBannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags
      = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = baton_banner_dispose;
  object_class->finalize = baton_banner_finalize;
  object_class->get_property = baton_banner_get_property;
  object_class->set_property = baton_banner_set_property;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  properties[PROP_BUTTON_LABEL] = g_param_spec_string ("button-label", NULL, NULL, NULL, flags);
  properties[PROP_ACTION_NAME] = g_param_spec_string ("action-name", NULL, NULL, NULL, flags);
  properties[PROP_REVEALED] = g_param_spec_boolean ("revealed", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "batonbanner");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/baton_desktop/Baton/baton-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, BatonBanner, label);
  gtk_widget_class_bind_template_child (widget_class, BatonBanner, button);
}

static void
baton_banner_init (BatonBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect_object (self->revealer, "notify::child-revealed", G_CALLBACK (child_revealed_cb),
                           self, G_CONNECT_SWAPPED);
}

GtkWidget *
baton_banner_new (void)
{
  return g_object_new (BATON_TYPE_BANNER, NULL);
}

void
baton_banner_set (BatonBanner *self, const char *title, const char *button_label, const char *action)
{
  g_return_if_fail (BATON_IS_BANNER (self));

  /* What it said stays readable while it slides away. */
  if (title != NULL)
    {
      set_title (self, title);
      set_action_name (self, action);
      set_button_label (self, button_label);
    }
  set_revealed (self, title != NULL);
}
