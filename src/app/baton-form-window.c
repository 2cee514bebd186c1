/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-failure-box.h"
#include "baton-form-window.h"

typedef struct
{
  BatonConnection *connection; /* (owned) (nullable) */
  GCancellable *cancellable;   /* (owned) (nullable): of the call that runs */
  char *what;                  /* (owned) (nullable) */
  gboolean complete;
  GtkWidget *focus; /* (nullable) (weak): where the person was before the call ran */

  GtkButton *submit;
  GtkSpinner *spinner;
  AdwPreferencesPage *page;
  GtkWidget *failure_group;
  BatonFailureBox *failure;
} BatonFormWindowPrivate;

enum
{
  SIGNAL_DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (BatonFormWindow, baton_form_window, ADW_TYPE_WINDOW)

#define PRIVATE(self) \
  ((BatonFormWindowPrivate *) baton_form_window_get_instance_private (BATON_FORM_WINDOW (self)))

static void
update (BatonFormWindow *self)
{
  BatonFormWindowPrivate *priv = PRIVATE (self);
  gboolean busy = priv->cancellable != NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.submit", priv->complete && !busy);
  /* The focus goes first: GtkText does not notice that it lost it to being insensitive. */
  if (busy && priv->focus == NULL)
    {
      g_set_weak_pointer (&priv->focus, gtk_window_get_focus (GTK_WINDOW (self)));
      gtk_window_set_focus (GTK_WINDOW (self), NULL);
    }
  gtk_widget_set_sensitive (GTK_WIDGET (priv->page), !busy);
  if (!busy && priv->focus != NULL)
    {
      gtk_widget_grab_focus (priv->focus);
      g_clear_weak_pointer (&priv->focus);
    }
  gtk_spinner_set_spinning (priv->spinner, busy);
}

static void
set_failure (BatonFormWindow *self, const BatonErrorText *text)
{
  BatonFormWindowPrivate *priv = PRIVATE (self);

  baton_failure_box_set (priv->failure, text);
  gtk_widget_set_visible (priv->failure_group, text != NULL);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer
      = baton_pipeline_send_finish (BATON_PIPELINE (source), result, &error);
  g_autofree char *message = NULL;
  BatonFormWindow *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = BATON_FORM_WINDOW (user_data);
  g_clear_object (&PRIVATE (self)->cancellable);
  update (self);
  if (error != NULL)
    {
      baton_form_window_set_error (self, error, PRIVATE (self)->what);
      return;
    }
  message = BATON_FORM_WINDOW_GET_CLASS (self)->describe_done (self, answer);
  g_signal_emit (self, signals[SIGNAL_DONE], 0, message);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
submit_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  baton_form_window_submit (BATON_FORM_WINDOW (widget));
}

/* In the form, not on the "Cancel" that comes first. */
static void
baton_form_window_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (baton_form_window_parent_class)->map (widget);
  gtk_widget_child_focus (GTK_WIDGET (PRIVATE (widget)->page), GTK_DIR_TAB_FORWARD);
}

static void
baton_form_window_dispose (GObject *object)
{
  BatonFormWindowPrivate *priv = PRIVATE (object);

  if (priv->cancellable != NULL)
    g_cancellable_cancel (priv->cancellable);
  g_clear_object (&priv->cancellable);
  g_clear_weak_pointer (&priv->focus);
  g_clear_object (&priv->connection);
  G_OBJECT_CLASS (baton_form_window_parent_class)->dispose (object);
}

static void
baton_form_window_finalize (GObject *object)
{
  g_free (PRIVATE (object)->what);
  G_OBJECT_CLASS (baton_form_window_parent_class)->finalize (object);
}

static void
baton_form_window_class_init (BatonFormWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_form_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_form_window_finalize;
  GTK_WIDGET_CLASS (klass)->map = baton_form_window_map;
  signals[SIGNAL_DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (BATON_TYPE_FAILURE_BOX);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-form-window.ui");
  gtk_widget_class_bind_template_child_private (widget_class, BatonFormWindow, submit);
  gtk_widget_class_bind_template_child_private (widget_class, BatonFormWindow, spinner);
  gtk_widget_class_bind_template_child_private (widget_class, BatonFormWindow, page);
  gtk_widget_class_bind_template_child_private (widget_class, BatonFormWindow, failure_group);
  gtk_widget_class_bind_template_child_private (widget_class, BatonFormWindow, failure);
  gtk_widget_class_install_action (widget_class, "form.submit", NULL, submit_action);
}

static void
baton_form_window_init (BatonFormWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

void
baton_form_window_set_words (BatonFormWindow *self,
                             const char *title,
                             const char *submit,
                             const char *what)
{
  BatonFormWindowPrivate *priv = PRIVATE (self);

  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_button_set_label (priv->submit, submit);
  g_free (priv->what);
  priv->what = g_strdup (what);
}

void
baton_form_window_set_connection (BatonFormWindow *self, BatonConnection *connection)
{
  g_return_if_fail (BATON_IS_FORM_WINDOW (self));

  g_set_object (&PRIVATE (self)->connection, connection);
}

BatonConnection *
baton_form_window_get_connection (BatonFormWindow *self)
{
  g_return_val_if_fail (BATON_IS_FORM_WINDOW (self), NULL);

  return PRIVATE (self)->connection;
}

void
baton_form_window_add (BatonFormWindow *self, AdwPreferencesGroup *group)
{
  g_return_if_fail (BATON_IS_FORM_WINDOW (self));

  adw_preferences_page_add (PRIVATE (self)->page, group);
}

void
baton_form_window_changed (BatonFormWindow *self)
{
  g_autoptr (BatonRequest) request = NULL;

  g_return_if_fail (BATON_IS_FORM_WINDOW (self));

  request = BATON_FORM_WINDOW_GET_CLASS (self)->make_request (self);
  PRIVATE (self)->complete = request != NULL;
  update (self);
}

gboolean
baton_form_window_is_complete (BatonFormWindow *self)
{
  g_return_val_if_fail (BATON_IS_FORM_WINDOW (self), FALSE);

  return PRIVATE (self)->complete;
}

void
baton_form_window_submit (BatonFormWindow *self)
{
  BatonFormWindowPrivate *priv = PRIVATE (self);
  g_autoptr (BatonRequest) request = NULL;

  g_return_if_fail (BATON_IS_FORM_WINDOW (self));

  if (priv->cancellable != NULL || priv->connection == NULL)
    return;
  request = BATON_FORM_WINDOW_GET_CLASS (self)->make_request (self);
  if (request == NULL)
    return;
  set_failure (self, NULL);
  baton_request_set_priority (request, BATON_PRIORITY_USER);
  priv->cancellable = g_cancellable_new ();
  update (self);
  baton_pipeline_send_async (baton_connection_get_pipeline (priv->connection), request, NULL, NULL,
                             NULL, (GDestroyNotify) json_node_unref, priv->cancellable, sent_cb,
                             self);
}

void
baton_form_window_set_error (BatonFormWindow *self, const GError *error, const char *what)
{
  g_autoptr (BatonErrorText) text = NULL;

  g_return_if_fail (BATON_IS_FORM_WINDOW (self));

  text = error != NULL ? baton_error_text_new (error, what) : NULL;
  set_failure (self, text);
}
