/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-error-text.h"
#include "baton-rotation-window.h"

struct _BatonRotationWindow
{
  AdwWindow parent_instance;

  GtkWidget *rows[BATON_ROTATION_DONE];  /* (unowned) */
  GtkWidget *icons[BATON_ROTATION_DONE]; /* (unowned) */
  GtkWidget *stands;                     /* (unowned) */
  GtkWidget *go;                         /* (unowned) */
  GtkWidget *undo;                       /* (unowned) */
  AdwPreferencesGroup *group;            /* (unowned) */

  BatonRotation *rotation; /* (owned) (nullable) */
  gboolean begun;
};

G_DEFINE_FINAL_TYPE (BatonRotationWindow, baton_rotation_window, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const steps[BATON_ROTATION_DONE] = {
  [BATON_ROTATION_MAKE] = N_ ("Make a new secret on the server"),
  [BATON_ROTATION_SIGN_IN] = N_ ("Sign in with it"),
  [BATON_ROTATION_KEEP] = N_ ("Keep it, and use it"),
  [BATON_ROTATION_DELETE] = N_ ("Delete the old one on the server"),
};

static void
show_step (BatonRotationWindow *self, guint step)
{
  static const char *const icons[] = { "content-loading-symbolic", "emblem-synchronizing-symbolic",
                                       "emblem-ok-symbolic", "dialog-error-symbolic" };
  static const char *const classes[] = { "dim-label", "accent", "success", "error" };
  const char *const names[] = { _ ("Not yet"), _ ("Under way"), _ ("Done"), _ ("Failed") };
  BatonRotationStep now = baton_rotation_get_step (self->rotation);
  const GError *error = baton_rotation_get_error (self->rotation);
  g_autofree char *markup = NULL;
  guint state = 0;

  if (step < now && now != BATON_ROTATION_UNDONE)
    state = 2;
  else if (step == now && error != NULL)
    state = 3;
  else if (step == now && baton_rotation_is_running (self->rotation))
    state = 1;
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (self->icons[step], classes[i]);
  gtk_widget_add_css_class (self->icons[step], classes[state]);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icons[step]), icons[state]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->icons[step]), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  names[state], -1);
  if (state == 3)
    {
      g_autoptr (BatonErrorText) text = baton_error_text_new (error, NULL);
      g_autofree char *said = g_strdup_printf ("%s. %s", text->title, text->body);

      markup = g_markup_escape_text (said, -1);
    }
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->rows[step]), markup != NULL ? markup : "");
}

static void
update (BatonRotationWindow *self)
{
  BatonRotationStep step = baton_rotation_get_step (self->rotation);
  gboolean running = baton_rotation_is_running (self->rotation);

  for (guint i = 0; i < BATON_ROTATION_DONE; i++)
    show_step (self, i);
  gtk_label_set_text (GTK_LABEL (self->stands),
                      self->begun ? baton_rotation_describe (self->rotation)
                                  : _ ("The old one is deleted last. Other programs that sign in "
                                       "with it stop working then."));
  gtk_button_set_label (GTK_BUTTON (self->go), self->begun ? _ ("Try again") : _ ("Rotate"));
  gtk_widget_set_visible (self->go, step < BATON_ROTATION_DONE);
  gtk_widget_set_sensitive (self->go, !running);
  gtk_widget_set_visible (self->undo, baton_rotation_can_give_up (self->rotation));
  if (self->begun && !running)
    g_signal_emit (self, signals[SIGNAL_ENDED], 0);
}

static void
go_cb (BatonRotationWindow *self)
{
  self->begun = TRUE;
  baton_rotation_run (self->rotation);
}

static void
undo_cb (BatonRotationWindow *self)
{
  baton_rotation_give_up (self->rotation);
}

static void
baton_rotation_window_dispose (GObject *object)
{
  g_clear_object (&BATON_ROTATION_WINDOW (object)->rotation);
  G_OBJECT_CLASS (baton_rotation_window_parent_class)->dispose (object);
}

static void
baton_rotation_window_class_init (BatonRotationWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_rotation_window_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
  signals[SIGNAL_ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
add_steps (BatonRotationWindow *self)
{
  for (guint i = 0; i < BATON_ROTATION_DONE; i++)
    {
      self->rows[i] = adw_action_row_new ();
      self->icons[i] = gtk_image_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rows[i]), _ (steps[i]));
      adw_action_row_set_title_lines (ADW_ACTION_ROW (self->rows[i]), 0);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self->rows[i]), 0);
      adw_action_row_add_prefix (ADW_ACTION_ROW (self->rows[i]), self->icons[i]);
      adw_preferences_group_add (self->group, self->rows[i]);
    }
}

static GtkWidget *
make_button (BatonRotationWindow *self, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static void
baton_rotation_window_init (BatonRotationWindow *self)
{
  GtkWidget *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  GtkWidget *close = gtk_button_new_with_label (_ ("Close"));

  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (close), "window.close");
  self->go = make_button (self, _ ("Rotate"), G_CALLBACK (go_cb));
  gtk_widget_add_css_class (self->go, "suggested-action");
  self->undo = make_button (self, _ ("Undo"), G_CALLBACK (undo_cb));
  gtk_widget_set_tooltip_text (self->undo, _ ("Delete the new one on the server"));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), close);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->go);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->undo);

  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  add_steps (self);
  self->stands = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->stands), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->stands), 0);
  gtk_widget_set_margin_top (self->stands, 12);
  adw_preferences_group_add (self->group, self->stands);
  adw_preferences_page_add (page, self->group);
  gtk_widget_set_vexpand (GTK_WIDGET (page), TRUE);
  gtk_box_append (GTK_BOX (all), header);
  gtk_box_append (GTK_BOX (all), GTK_WIDGET (page));
  adw_window_set_content (ADW_WINDOW (self), all);
  gtk_window_set_default_size (GTK_WINDOW (self), 480, 460);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
}

GtkWindow *
baton_rotation_window_new (GtkWindow *parent, const char *what, BatonRotation *rotation)
{
  BatonRotationWindow *self;
  g_autofree char *markup = NULL;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (BATON_IS_ROTATION (rotation), NULL);

  self = g_object_new (BATON_TYPE_ROTATION_WINDOW, "transient-for", parent, "title", _ ("Rotate"),
                       NULL);
  markup = g_markup_escape_text (what, -1);
  /* A title would be cut. */
  adw_preferences_group_set_description (self->group, markup);
  self->rotation = g_object_ref (rotation);
  g_signal_connect_object (rotation, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WINDOW (self);
}
