/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-entry-name.h"
#include "baton-error-text.h"
#include "baton-failure-box.h"
#include "baton-key-dialog.h"

struct _BatonKeyDialog
{
  AdwWindow parent_instance;

  BatonFailureBox *failure;
  AdwPreferencesGroup *group;
  GtkWidget *key;
  GtkWidget *apply;
  GtkWidget *working;
  GtkSpinner *spinner;

  BatonConnection *connection; /* (owned) (nullable) */
  GCancellable *cancellable;   /* (owned) (nullable) */
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (BatonKeyDialog, baton_key_dialog, ADW_TYPE_WINDOW)

static gboolean
is_by_key (BatonKeyDialog *self)
{
  return baton_account_get_method (baton_connection_get_account (self->connection))
         == BATON_METHOD_USER_KEY;
}

static void
changed_cb (BatonKeyDialog *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->key));

  gtk_widget_set_sensitive (self->apply, !self->busy && *text != '\0');
}

static void
set_busy (BatonKeyDialog *self, gboolean busy)
{
  self->busy = busy;
  gtk_editable_set_editable (GTK_EDITABLE (self->key), !busy);
  gtk_widget_set_visible (self->working, busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  changed_cb (self);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonKeyDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) keyring_error = NULL;
  g_autoptr (BatonErrorText) text = NULL;
  gboolean good = baton_token_keeper_sign_in_finish (BATON_TOKEN_KEEPER (source), result, &keyring_error,
                                                     &error);

  if (self->connection == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (self, FALSE);
  if (good)
    {
      baton_connection_reload (self->connection);
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  text = baton_error_text_new (error, is_by_key (self) ? _("The key was not accepted")
                                                       : _("The password was not accepted"));
  baton_failure_box_set (self->failure, text);
  gtk_widget_grab_focus (self->key);
}

static void
apply_cb (BatonKeyDialog *self)
{
  g_autoptr (BatonSecret) secret = NULL;
  g_autofree char *value = NULL;

  value = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->key)));
  if (is_by_key (self))
    g_strstrip (value);
  if (self->busy || *value == '\0')
    return;
  secret = baton_secret_new (is_by_key (self) ? BATON_SECRET_USER_KEY : BATON_SECRET_PASSWORD, value,
                             g_get_real_time (), 0);
  memset (value, 0, strlen (value));
  baton_failure_box_set (self->failure, NULL);
  set_busy (self, TRUE);
  baton_token_keeper_sign_in_async (baton_connection_get_keeper (self->connection), secret,
                                    self->cancellable, signed_in_cb, g_object_ref (self));
}

static void
baton_key_dialog_dispose (GObject *object)
{
  BatonKeyDialog *self = BATON_KEY_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->connection);
  G_OBJECT_CLASS (baton_key_dialog_parent_class)->dispose (object);
}

static void
baton_key_dialog_class_init (BatonKeyDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_key_dialog_dispose;
  g_type_ensure (BATON_TYPE_FAILURE_BOX);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-key-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonKeyDialog, failure);
  gtk_widget_class_bind_template_child (widget_class, BatonKeyDialog, group);
  gtk_widget_class_bind_template_child (widget_class, BatonKeyDialog, key);
  gtk_widget_class_bind_template_child (widget_class, BatonKeyDialog, apply);
  gtk_widget_class_bind_template_child (widget_class, BatonKeyDialog, working);
  gtk_widget_class_bind_template_child (widget_class, BatonKeyDialog, spinner);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
}

static void
baton_key_dialog_init (BatonKeyDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

/* Words for the way this account signs in. */
static void
set_words (BatonKeyDialog *self)
{
  BatonAccount *account = baton_connection_get_account (self->connection);
  g_autofree char *description = NULL;
  g_autofree char *name = g_markup_escape_text (baton_account_get_name (account), -1);

  if (is_by_key (self))
    {
      gtk_window_set_title (GTK_WINDOW (self), _("New user key"));
      /* TRANSLATORS: %s is the name of an account. */
      description = g_strdup_printf (_("The new key for “%s”. The API Access page of Orchestrator shows it, or makes one. Baton keeps it only once "
                                       "Orchestrator has accepted it."),
                                     name);
    }
  else
    {
      gtk_window_set_title (GTK_WINDOW (self), _("Password"));
      gtk_button_set_label (GTK_BUTTON (self->apply), _("Use this password"));
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->key), _("Password"));
      /* TRANSLATORS: %s is the name of an account. */
      description = g_strdup_printf (_("The password of “%s”."), name);
    }
  adw_preferences_group_set_description (self->group, description);
  baton_entry_name_set (self->key);
}

GtkWidget *
baton_key_dialog_new (GtkWindow *parent, BatonConnection *connection)
{
  BatonKeyDialog *self;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (BATON_IS_CONNECTION (connection), NULL);

  self = g_object_new (BATON_TYPE_KEY_DIALOG, "transient-for", parent, NULL);
  self->connection = g_object_ref (connection);
  set_words (self);
  gtk_window_set_focus (GTK_WINDOW (self), self->key);
  return GTK_WIDGET (self);
}
