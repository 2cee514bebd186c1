/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-local-time.h"
#include "baton-timeline.h"

#define DAY (24 * 3600LL * G_USEC_PER_SEC)
/* From when on it is time to do something. */
#define SOON (14 * DAY)

struct _BatonTimeline
{
  GtkWidget parent_instance;

  GtkWidget *group;
  GtkWidget *list;

  BatonExpiries *expiries; /* (owned) (nullable) */
  guint tick_id;
};

G_DEFINE_FINAL_TYPE (BatonTimeline, baton_timeline, GTK_TYPE_WIDGET)

static const char *const icons[] = {
  [BATON_EXPIRY_ACCESS_TOKEN] = "emblem-synchronizing-symbolic",
  [BATON_EXPIRY_SIGN_IN] = "system-users-symbolic",
  [BATON_EXPIRY_PERSONAL_ACCESS_TOKEN] = "dialog-password-symbolic",
  [BATON_EXPIRY_APPLICATION_SECRET] = "application-x-executable-symbolic",
};

char *
baton_timeline_describe (BatonExpiry *expiry)
{
  const char *name;

  g_return_val_if_fail (BATON_IS_EXPIRY (expiry), NULL);

  name = baton_expiry_get_name (expiry);
  switch (baton_expiry_get_kind (expiry))
    {
    case BATON_EXPIRY_ACCESS_TOKEN:
      /* TRANSLATORS: %s is the name of an account. */
      return g_strdup_printf (_ ("Access token of “%s”, renewed by itself"), name);
    case BATON_EXPIRY_PERSONAL_ACCESS_TOKEN:
      /* TRANSLATORS: %s is a name that a person gave. */
      return g_strdup_printf (_ ("Personal access token “%s”"), name);
    case BATON_EXPIRY_APPLICATION_SECRET:
      /* TRANSLATORS: %s is the name of an external application. */
      return g_strdup_printf (_ ("Secret of the application “%s”"), name);
    case BATON_EXPIRY_SIGN_IN:
    default:
      /* TRANSLATORS: %s is the name of an account. */
      return g_strdup_printf (_ ("Sign-in of “%s”"), name);
    }
}

/* "in 3 d 4 h", with a colour where it is time. */
static void
show_left (GtkWidget *row, BatonExpiry *expiry)
{
  GtkLabel *label = g_object_get_data (G_OBJECT (row), "left");
  gint64 left = baton_expiry_get_expires_at (expiry) - g_get_real_time ();
  gboolean renewed = baton_expiry_get_kind (expiry) == BATON_EXPIRY_ACCESS_TOKEN;
  g_autofree char *span = baton_local_time_format_span (left);
  g_autofree char *text = NULL;

  if (left <= 0)
    text = g_strdup (_ ("Expired"));
  else
    /* TRANSLATORS: %s is a span of time, "3 d 4 h". */
    text = g_strdup_printf (_ ("in %s"), span);
  gtk_label_set_text (label, text);
  gtk_widget_remove_css_class (GTK_WIDGET (label), "warning");
  gtk_widget_remove_css_class (GTK_WIDGET (label), "error");
  if (left <= 0)
    gtk_widget_add_css_class (GTK_WIDGET (label), "error");
  else if (left < SOON && !renewed)
    gtk_widget_add_css_class (GTK_WIDGET (label), "warning");
}

static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
  BatonExpiry *expiry = BATON_EXPIRY (item);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (icons[baton_expiry_get_kind (expiry)]);
  GtkWidget *label = gtk_label_new (NULL);
  g_autofree char *text = baton_timeline_describe (expiry);
  g_autofree char *title = g_markup_escape_text (text, -1);
  g_autofree char *time = baton_local_time_format (baton_expiry_get_expires_at (expiry));
  g_autofree char *utc = baton_local_time_format_utc (baton_expiry_get_expires_at (expiry));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), time);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_tooltip_text (row, utc);
  g_object_set (icon, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  g_object_set_data (G_OBJECT (row), "left", label);
  g_object_set_data_full (G_OBJECT (row), "expiry", g_object_ref (expiry), g_object_unref);
  show_left (row, expiry);
  return row;
}

static gboolean
tick_cb (gpointer user_data)
{
  BatonTimeline *self = user_data;

  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      BatonExpiry *expiry = g_object_get_data (G_OBJECT (row), "expiry");

      if (expiry != NULL)
        show_left (row, expiry);
    }
  return G_SOURCE_CONTINUE;
}

static void
baton_timeline_map (GtkWidget *widget)
{
  BatonTimeline *self = BATON_TIMELINE (widget);

  GTK_WIDGET_CLASS (baton_timeline_parent_class)->map (widget);
  tick_cb (self);
  if (self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (1, tick_cb, self);
}

static void
baton_timeline_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&BATON_TIMELINE (widget)->tick_id, g_source_remove);
  GTK_WIDGET_CLASS (baton_timeline_parent_class)->unmap (widget);
}

static void
baton_timeline_dispose (GObject *object)
{
  BatonTimeline *self = BATON_TIMELINE (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_pointer (&self->group, gtk_widget_unparent);
  g_clear_object (&self->expiries);
  G_OBJECT_CLASS (baton_timeline_parent_class)->dispose (object);
}

static void
baton_timeline_class_init (BatonTimelineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_timeline_dispose;
  widget_class->map = baton_timeline_map;
  widget_class->unmap = baton_timeline_unmap;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
baton_timeline_init (BatonTimeline *self)
{
  GtkWidget *nothing = adw_action_row_new ();

  self->group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->group), _ ("What will expire"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->group),
                                         _ ("The soonest first. Baton tells you 14, 3 and 1 days ahead while it runs."));
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (nothing),
                                 _ ("Nothing that Baton knows of expires"));
  gtk_list_box_set_placeholder (GTK_LIST_BOX (self->list), nothing);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What will expire"), -1);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->list);
  gtk_widget_set_parent (self->group, GTK_WIDGET (self));
}

void
baton_timeline_set_expiries (BatonTimeline *self, BatonExpiries *expiries)
{
  g_return_if_fail (BATON_IS_TIMELINE (self));

  if (g_set_object (&self->expiries, expiries))
    gtk_list_box_bind_model (GTK_LIST_BOX (self->list), G_LIST_MODEL (expiries), make_row, self,
                             NULL);
}
