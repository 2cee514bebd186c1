/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-clipboard.h"
#include "baton-error-text.h"
#include "baton-share-window.h"
#include "baton-share.h"
#include "baton-redact.h"

struct _BatonShareWindow
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwComboRow *format;
  AdwActionRow *with_secrets_row;
  GtkSwitch *with_secrets;
  GtkLabel *preview;
  GtkWidget *copy;

  BatonAccount *account;       /* (owned) (nullable) */
  BatonSecretStore *store;     /* (owned) (nullable) */
  BatonConnection *connection; /* (owned) (nullable) */
  GCancellable *cancellable;   /* (owned) */
};

G_DEFINE_FINAL_TYPE (BatonShareWindow, baton_share_window, ADW_TYPE_WINDOW)

static void
say (BatonShareWindow *self, const char *text)
{
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (text));
}

static BatonShareFormat
get_format (BatonShareWindow *self)
{
  guint selected = adw_combo_row_get_selected (self->format);

  return selected < BATON_SHARE_N_FORMATS ? (BatonShareFormat)selected : BATON_SHARE_CURL;
}

static void
update (BatonShareWindow *self)
{
  g_autofree char *text = NULL;

  if (self->account == NULL)
    return;
  text = baton_share_make (get_format (self), self->account, NULL, NULL);
  gtk_label_set_text (self->preview, text);
}

static BatonToken *
get_token (BatonShareWindow *self)
{
  if (self->connection == NULL)
    return NULL;
  return baton_token_keeper_get_token (baton_connection_get_keeper (self->connection));
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonShareWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonErrorText) text = NULL;
  g_autoptr (BatonSecret) secret
      = baton_secret_store_lookup_finish (BATON_SECRET_STORE (source), result, &error);
  char *copied;

  if (self->account == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_set_sensitive (self->copy, TRUE);
  if (error != NULL)
    {
      text = baton_error_text_new (error, NULL);
      say (self, text->title);
      return;
    }
  if (secret == NULL && get_token (self) == NULL)
    {
      say (self, _ ("Nothing secret is kept of this account"));
      return;
    }
  copied = baton_share_make (get_format (self), self->account, secret, get_token (self));
  baton_clipboard_copy_secret (GTK_WIDGET (self), copied, NULL);
  baton_secret_free (copied);
  say (self, _ ("Copied with the secrets; cleared in 30 seconds"));
}

static void
copy_cb (BatonShareWindow *self)
{
  g_autofree char *text = NULL;

  if (gtk_switch_get_active (self->with_secrets))
    {
      gtk_widget_set_sensitive (self->copy, FALSE);
      baton_secret_store_lookup_async (self->store, baton_account_get_id (self->account),
                                       self->cancellable, looked_up_cb, g_object_ref (self));
      return;
    }
  text = baton_share_make (get_format (self), self->account, NULL, NULL);
  baton_clipboard_copy (GTK_WIDGET (self), text);
  say (self, _ ("Copied without the secrets"));
}

static void
baton_share_window_dispose (GObject *object)
{
  BatonShareWindow *self = BATON_SHARE_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->account);
  g_clear_object (&self->store);
  g_clear_object (&self->connection);
  G_OBJECT_CLASS (baton_share_window_parent_class)->dispose (object);
}

static void
baton_share_window_finalize (GObject *object)
{
  g_object_unref (BATON_SHARE_WINDOW (object)->cancellable);
  G_OBJECT_CLASS (baton_share_window_parent_class)->finalize (object);
}

static void
baton_share_window_class_init (BatonShareWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_share_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_share_window_finalize;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-share-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonShareWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, BatonShareWindow, format);
  gtk_widget_class_bind_template_child (widget_class, BatonShareWindow, with_secrets_row);
  gtk_widget_class_bind_template_child (widget_class, BatonShareWindow, with_secrets);
  gtk_widget_class_bind_template_child (widget_class, BatonShareWindow, preview);
  gtk_widget_class_bind_template_child (widget_class, BatonShareWindow, copy);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
baton_share_window_init (BatonShareWindow *self)
{
  g_autoptr (GtkStringList) formats = gtk_string_list_new (NULL);

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int i = 0; i < BATON_SHARE_N_FORMATS; i++)
    gtk_string_list_append (formats, baton_share_get_name ((BatonShareFormat)i));
  adw_combo_row_set_model (self->format, G_LIST_MODEL (formats));
}

GtkWidget *
baton_share_window_new (GtkWindow *parent,
                        BatonAccount *account,
                        BatonSecretStore *store,
                        BatonConnection *connection)
{
  BatonShareWindow *self;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (BATON_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (BATON_IS_SECRET_STORE (store), NULL);
  g_return_val_if_fail (connection == NULL || BATON_IS_CONNECTION (connection), NULL);

  self = g_object_new (BATON_TYPE_SHARE_WINDOW, "transient-for", parent, NULL);
  self->account = g_object_ref (account);
  self->store = g_object_ref (store);
  g_set_object (&self->connection, connection);
  adw_action_row_set_subtitle (
      self->with_secrets_row,
      baton_share_has_secret (baton_account_get_method (account))
          ? _ ("Whoever gets the text can act as you. The clipboard is cleared after 30 seconds.")
          : _ ("The access token of now, good for an hour. The refresh token stays here: it is "
               "good for one program alone."));
  update (self);
  return GTK_WIDGET (self);
}
