/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-detailed-action.h"
#include "baton-failure-box.h"

#define ADD_SCOPE "win.add-scope::"
#define CHECK_CONNECTION "win.check-connection"

struct _BatonFailureBox
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkLabel *title;
  GtkLabel *body;
  GtkBox *choices;
  GtkExpander *details;
  GtkLabel *technical;
};

G_DEFINE_FINAL_TYPE (BatonFailureBox, baton_failure_box, GTK_TYPE_WIDGET)

static void
baton_failure_box_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BATON_TYPE_FAILURE_BOX);
  G_OBJECT_CLASS (baton_failure_box_parent_class)->dispose (object);
}

static void
baton_failure_box_class_init (BatonFailureBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_failure_box_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-failure-box.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonFailureBox, content);
  gtk_widget_class_bind_template_child (widget_class, BatonFailureBox, title);
  gtk_widget_class_bind_template_child (widget_class, BatonFailureBox, body);
  gtk_widget_class_bind_template_child (widget_class, BatonFailureBox, choices);
  gtk_widget_class_bind_template_child (widget_class, BatonFailureBox, details);
  gtk_widget_class_bind_template_child (widget_class, BatonFailureBox, technical);
}

static void
baton_failure_box_init (BatonFailureBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show (BatonFailureBox *self, const char *title, const char *body, const char *technical)
{
  GtkWidget *choice;

  while ((choice = gtk_widget_get_first_child (GTK_WIDGET (self->choices))) != NULL)
    gtk_box_remove (self->choices, choice);
  gtk_widget_set_visible (GTK_WIDGET (self->choices), FALSE);

  gtk_label_set_text (self->title, title != NULL ? title : "");
  gtk_label_set_text (self->body, body != NULL ? body : "");
  gtk_widget_set_visible (GTK_WIDGET (self->body), body != NULL && *body != '\0');
  gtk_label_set_text (self->technical, technical != NULL ? technical : "");
  gtk_widget_set_visible (GTK_WIDGET (self->details), technical != NULL);
  gtk_expander_set_expanded (self->details, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title != NULL ? title : "", GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  body != NULL ? body : "", -1);
  gtk_widget_set_visible (GTK_WIDGET (self), title != NULL);
}

/* Of the window over which a form lies: a form knows no actions but its own. Where the way on is to
 * sign in again, the form goes: it is one of the connection that was refused. */
static void
remedy_cb (BatonFailureBox *self, GtkWidget *button)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWindow *parent = GTK_IS_WINDOW (root) ? gtk_window_get_transient_for (GTK_WINDOW (root)) : NULL;
  g_autofree char *action = g_strdup (g_object_get_data (G_OBJECT (button), "action"));

  if (parent == NULL)
    return;
  if (!g_str_equal (action, CHECK_CONNECTION))
    gtk_window_close (GTK_WINDOW (root));
  baton_detailed_action_activate (GTK_WIDGET (parent), action);
}

static void
offer_remedy (BatonFailureBox *self, const BatonErrorText *text)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *button;

  if (text->action == NULL
      || !(g_str_equal (text->action, CHECK_CONNECTION) || g_str_has_prefix (text->action, ADD_SCOPE))
      || !GTK_IS_WINDOW (root) || gtk_window_get_transient_for (GTK_WINDOW (root)) == NULL)
    return;
  button = gtk_button_new_with_label (text->button);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (button), "action", g_strdup (text->action), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remedy_cb), self, G_CONNECT_SWAPPED);
  baton_failure_box_add_choice (self, button);
}

void
baton_failure_box_set (BatonFailureBox *self, const BatonErrorText *text)
{
  g_return_if_fail (BATON_IS_FAILURE_BOX (self));

  if (text == NULL)
    {
      show (self, NULL, NULL, NULL);
      return;
    }
  show (self, text->title, text->body, text->technical);
  offer_remedy (self, text);
}

void
baton_failure_box_set_words (BatonFailureBox *self, const char *title, const char *body)
{
  g_return_if_fail (BATON_IS_FAILURE_BOX (self));

  show (self, title, body, NULL);
}

void
baton_failure_box_add_choice (BatonFailureBox *self, GtkWidget *choice)
{
  g_return_if_fail (BATON_IS_FAILURE_BOX (self));

  gtk_box_append (self->choices, choice);
  gtk_widget_set_visible (GTK_WIDGET (self->choices), TRUE);
}
