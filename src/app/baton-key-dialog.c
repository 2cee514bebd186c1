/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-entry-name.h"
#include "baton-failure-box.h"
#include "baton-date-row.h"
#include "baton-key-dialog.h"
#include "baton-method-text.h"
#include "baton-redact.h"

struct _BatonKeyDialog
{
  AdwWindow parent_instance;

  BatonFailureBox *failure;
  AdwPreferencesGroup *group;
  GtkWidget *key;
  BatonDateRow *expiry;
  GtkWidget *apply;
  GtkWidget *working;
  GtkSpinner *spinner;

  BatonConnection *connection; /* (owned) (nullable) */
  GCancellable *cancellable;   /* (owned) (nullable) */
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (BatonKeyDialog, baton_key_dialog, ADW_TYPE_WINDOW)

static const BatonMethodText *
get_words (BatonKeyDialog *self)
{
  return baton_method_text_get_of (baton_connection_get_account (self->connection));
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
  text = baton_method_text_explain (get_words (self), error);
  baton_failure_box_set (self->failure, text);
  gtk_widget_grab_focus (self->key);
}

static void
apply_cb (BatonKeyDialog *self)
{
  g_autoptr (BatonSecret) secret = NULL;
  const BatonMethodText *words;
  char *value;
  gint64 ends = 0;

  if (self->connection == NULL || self->busy)
    return;
  if (!baton_date_row_read (self->expiry, &ends))
    {
      baton_failure_box_set_words (self->failure, _("Something is missing"),
                                   _("Enter the day as 2026-12-31, or leave it empty."));
      gtk_widget_grab_focus (GTK_WIDGET (self->expiry));
      return;
    }
  words = get_words (self);
  value = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->key)));
  if (!words->blanks_count)
    g_strstrip (value);
  if (*value != '\0')
    secret = baton_secret_new (words->kind, value, g_get_real_time (), ends);
  baton_secret_free (value);
  if (secret == NULL)
    return;
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
  g_type_ensure (BATON_TYPE_DATE_ROW);
  g_type_ensure (BATON_TYPE_FAILURE_BOX);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-key-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonKeyDialog, failure);
  gtk_widget_class_bind_template_child (widget_class, BatonKeyDialog, group);
  gtk_widget_class_bind_template_child (widget_class, BatonKeyDialog, key);
  gtk_widget_class_bind_template_child (widget_class, BatonKeyDialog, expiry);
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
  const BatonMethodText *words = baton_method_text_get_of (account);
  g_autofree char *name = g_markup_escape_text (baton_account_get_name (account), -1);
  g_autoptr (GString) description = g_string_new (_(words->dialog_body));

  g_string_replace (description, "%s", name, 1);
  gtk_window_set_title (GTK_WINDOW (self), _(words->dialog_title));
  gtk_button_set_label (GTK_BUTTON (self->apply), _(words->dialog_apply));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->key), _(words->secret));
  gtk_widget_set_visible (GTK_WIDGET (self->expiry), (words->inputs & BATON_INPUT_EXPIRY) != 0);
  adw_preferences_group_set_description (self->group, description->str);
  baton_entry_name_set (self->key);
  baton_entry_name_set (GTK_WIDGET (self->expiry));
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
