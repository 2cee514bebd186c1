/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-browser-panel.h"
#include "baton-clipboard.h"
#include "baton-entry-name.h"
#include "baton-local-time.h"

struct _BatonBrowserPanel
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkSpinner *spinner;
  GtkLabel *left;
  GtkLabel *problem;
  GtkWidget *cancel;
  GtkWidget *address;

  BatonBrowserSignIn *sign_in; /* (owned) (nullable) */
  GCancellable *cancellable;   /* (owned) (nullable) */
  gint64 ends_at;              /* monotonic */
  guint tick_id;
};

enum
{
  SIGNAL_DONE,
  SIGNAL_CANCELLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonBrowserPanel, baton_browser_panel, GTK_TYPE_WIDGET)

static void
show_problem (BatonBrowserPanel *self, const char *text)
{
  gtk_label_set_text (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

static gboolean
tick_cb (gpointer user_data)
{
  BatonBrowserPanel *self = user_data;
  g_autofree char *span = baton_local_time_format_span (self->ends_at - g_get_monotonic_time ());
  /* TRANSLATORS: %s is a span of time: "2 min 14 s". */
  g_autofree char *text = g_strdup_printf (_ ("Baton waits for another %s."), span);

  gtk_label_set_text (self->left, text);

  return G_SOURCE_CONTINUE;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonBrowserPanel) self = user_data;
  g_autoptr (GError) error = NULL;

  if (gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error) || self->sign_in == NULL
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  show_problem (self, _ ("The browser could not be opened. Copy the address and open it yourself, "
                         "on this computer."));
}

/* Goes through the portal where Baton is confined. */
static void
open_browser (BatonBrowserPanel *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->sign_in != NULL && GTK_IS_WINDOW (root))
    gtk_show_uri_full (GTK_WINDOW (root), baton_browser_sign_in_get_url (self->sign_in),
                       GDK_CURRENT_TIME, self->cancellable, opened_cb, g_object_ref (self));
}

static void
again_cb (BatonBrowserPanel *self)
{
  show_problem (self, NULL);
  open_browser (self);
}

static void
copy_cb (BatonBrowserPanel *self)
{
  if (self->sign_in != NULL)
    baton_clipboard_copy (GTK_WIDGET (self), baton_browser_sign_in_get_url (self->sign_in));
}

static void
cancel_cb (BatonBrowserPanel *self)
{
  g_signal_emit (self, signals[SIGNAL_CANCELLED], 0);
}

static void
address_cb (BatonBrowserPanel *self)
{
  g_autoptr (GError) error = NULL;
  const char *address = gtk_editable_get_text (GTK_EDITABLE (self->address));

  if (self->sign_in != NULL && !baton_browser_sign_in_take_address (self->sign_in, address, &error))
    show_problem (self, error->message);
}

static void
run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonBrowserPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonSecret) secret
      = baton_browser_sign_in_run_finish (BATON_BROWSER_SIGN_IN (source), result, &error);

  if ((gpointer)self->sign_in != source
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  baton_browser_panel_stop (self);
  g_signal_emit (self, signals[SIGNAL_DONE], 0, secret, error);
}

static gboolean
baton_browser_panel_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (BATON_BROWSER_PANEL (widget)->cancel);
}

static void
baton_browser_panel_dispose (GObject *object)
{
  baton_browser_panel_stop (BATON_BROWSER_PANEL (object));
  gtk_widget_dispose_template (GTK_WIDGET (object), BATON_TYPE_BROWSER_PANEL);
  G_OBJECT_CLASS (baton_browser_panel_parent_class)->dispose (object);
}

static void
baton_browser_panel_class_init (BatonBrowserPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_browser_panel_dispose;
  widget_class->grab_focus = baton_browser_panel_grab_focus;

  signals[SIGNAL_DONE]
      = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, BATON_TYPE_SECRET, G_TYPE_ERROR);
  signals[SIGNAL_CANCELLED] = g_signal_new ("cancelled", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-browser-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonBrowserPanel, content);
  gtk_widget_class_bind_template_child (widget_class, BatonBrowserPanel, spinner);
  gtk_widget_class_bind_template_child (widget_class, BatonBrowserPanel, left);
  gtk_widget_class_bind_template_child (widget_class, BatonBrowserPanel, problem);
  gtk_widget_class_bind_template_child (widget_class, BatonBrowserPanel, cancel);
  gtk_widget_class_bind_template_child (widget_class, BatonBrowserPanel, address);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, address_cb);
}

static void
baton_browser_panel_init (BatonBrowserPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  baton_entry_name_set (self->address);
}

gboolean
baton_browser_panel_start (BatonBrowserPanel *self,
                           BatonAccount *account,
                           const char *client_secret,
                           GError **error)
{
  g_return_val_if_fail (BATON_IS_BROWSER_PANEL (self), FALSE);

  baton_browser_panel_stop (self);
  self->sign_in = baton_browser_sign_in_new (account, client_secret, NULL, error);
  if (self->sign_in == NULL)
    return FALSE;

  self->cancellable = g_cancellable_new ();
  self->ends_at = g_get_monotonic_time () + BATON_BROWSER_SIGN_IN_LIMIT;
  self->tick_id = g_timeout_add_seconds (1, tick_cb, self);
  tick_cb (self);
  show_problem (self, NULL);
  gtk_spinner_start (self->spinner);
  baton_browser_sign_in_run_async (self->sign_in, self->cancellable, run_cb, g_object_ref (self));
  open_browser (self);

  return TRUE;
}

void
baton_browser_panel_stop (BatonBrowserPanel *self)
{
  g_return_if_fail (BATON_IS_BROWSER_PANEL (self));

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->sign_in);
  if (self->spinner == NULL)
    return;
  gtk_spinner_stop (self->spinner);
  /* An address may hold a code. */
  gtk_editable_set_text (GTK_EDITABLE (self->address), "");
}

const char *
baton_browser_panel_get_url (BatonBrowserPanel *self)
{
  g_return_val_if_fail (BATON_IS_BROWSER_PANEL (self), NULL);

  return self->sign_in != NULL ? baton_browser_sign_in_get_url (self->sign_in) : NULL;
}
