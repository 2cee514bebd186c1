/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-error-text.h"
#include "baton-error.h"
#include "baton-local-time.h"
#include "baton-secrets-group.h"
#include "auth/baton-forget.h"

struct _BatonSecretsGroup
{
  GtkWidget parent_instance;

  AdwPreferencesGroup *group;
  GtkWidget *note;
  GtkWidget *unlock;

  GPtrArray *rows;           /* (owned) (element-type GtkWidget, unowned) */
  BatonSecretStore *store;   /* (owned) (nullable) */
  char *account_id;          /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable): of the listing */
};

G_DEFINE_FINAL_TYPE (BatonSecretsGroup, baton_secrets_group, GTK_TYPE_WIDGET)

static void load (BatonSecretsGroup *self);

static const char *
kind_name (BatonSecretKind kind)
{
  switch (kind)
    {
    case BATON_SECRET_USER_KEY:
      return _("User key");
    case BATON_SECRET_PASSWORD:
      return _("Password");
    case BATON_SECRET_REFRESH_TOKEN:
      return _("Refresh token");
    case BATON_SECRET_CLIENT_SECRET:
      return _("Client secret");
    case BATON_SECRET_PERSONAL_ACCESS_TOKEN:
      return _("Personal access token");
    case BATON_SECRET_PROXY_LOGIN:
      return _("User name and password of the proxy");
    case BATON_SECRET_CERTIFICATE_PASSWORD:
      return _("Password of the client certificate");
    case BATON_SECRET_AUTHORIZATION_CODE:
    default:
      return _("Secret");
    }
}

static void
show_note (BatonSecretsGroup *self, const char *title, const char *subtitle, gboolean unlock)
{
  g_autofree char *markup = subtitle != NULL ? g_markup_escape_text (subtitle, -1) : NULL;

  gtk_widget_set_visible (self->note, title != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->note), title != NULL ? title : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->note), markup != NULL ? markup : "");
  gtk_widget_set_visible (self->unlock, unlock);
}

static void
show_error (BatonSecretsGroup *self, const GError *error)
{
  g_autoptr (BatonErrorText) text = baton_error_text_new (error, NULL);

  show_note (self, text->title, text->body,
             g_error_matches (error, BATON_ERROR, BATON_ERROR_KEYRING_LOCKED));
}

static void
forgotten_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonSecretsGroup) self = user_data;
  g_autoptr (GError) error = NULL;

  baton_forget_finish (BATON_SECRET_STORE (source), result, &error);
  if (self->store == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    show_error (self, error);
  else
    load (self);
}

typedef struct
{
  BatonSecretsGroup *self; /* (owned) */
  char *account_id;        /* (owned) */
  gboolean rotates;        /* each renewal replaces it */
} Forgetting;

static void
forgetting_free (gpointer data, GClosure *closure)
{
  Forgetting *forgetting = data;

  g_object_unref (forgetting->self);
  g_free (forgetting->account_id);
  g_free (forgetting);
}

static void
forget_response_cb (Forgetting *forgetting, const char *response)
{
  BatonSecretsGroup *self = forgetting->self;

  if (g_strcmp0 (response, "forget") == 0 && self->store != NULL)
    baton_forget_async (self->store, forgetting->account_id, forgetting->rotates, NULL, forgotten_cb,
                        g_object_ref (self));
}

static void
forget_cb (BatonSecretsGroup *self, GtkWidget *button)
{
  BatonSecretItem *item = g_object_get_data (G_OBJECT (button), "item");
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  AdwMessageDialog *dialog;
  Forgetting *forgetting;

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, NULL));
  /* TRANSLATORS: %s is the name of an account. */
  adw_message_dialog_format_heading (dialog, _("Forget the secret of “%s”?"), baton_secret_item_get_label (item));
  adw_message_dialog_set_body (dialog, _("Baton takes it out of the keyring and asks for it at the next sign-in. On the server it stays good until "
                                         "its access is revoked."));
  adw_message_dialog_add_responses (dialog, "cancel", _("Cancel"), "forget", _("Forget"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "forget", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  forgetting = g_new0 (Forgetting, 1);
  forgetting->self = g_object_ref (self);
  forgetting->account_id = g_strdup (baton_secret_item_get_account_id (item));
  forgetting->rotates = baton_secret_item_get_kind (item) == BATON_SECRET_REFRESH_TOKEN;
  g_signal_connect_data (dialog, "response", G_CALLBACK (forget_response_cb), forgetting,
                         forgetting_free, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static GtkWidget *
make_row (BatonSecretsGroup *self, BatonSecretItem *item)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *forget = gtk_button_new_with_label (_("Forget"));
  gint64 saved_at = baton_secret_item_get_saved_at (item);
  g_autofree char *title = g_markup_escape_text (baton_secret_item_get_label (item), -1);
  g_autofree char *saved = saved_at > 0 ? baton_local_time_format (saved_at) : NULL;
  g_autofree char *subtitle = NULL;

  if (saved != NULL)
    /* TRANSLATORS: a kind of secret ("User key"), and when it was saved. */
    subtitle = g_strdup_printf (_("%s, kept since %s"), kind_name (baton_secret_item_get_kind (item)), saved);
  else
    subtitle = g_strdup (kind_name (baton_secret_item_get_kind (item)));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (forget, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (forget), "item", g_object_ref (item), g_object_unref);
  g_signal_connect_object (forget, "clicked", G_CALLBACK (forget_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), forget);
  return row;
}

static void
clear_rows (BatonSecretsGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonSecretsGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) items
      = baton_secret_store_list_finish (BATON_SECRET_STORE (source), result, &error);
  guint n_items;

  if (self->store == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  clear_rows (self);
  if (items == NULL)
    {
      show_error (self, error);
      return;
    }
  n_items = g_list_model_get_n_items (items);
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (BatonSecretItem) item = g_list_model_get_item (items, i);
      GtkWidget *row = make_row (self, item);

      adw_preferences_group_add (self->group, row);
      g_ptr_array_add (self->rows, row);
    }
  if (self->account_id != NULL && baton_secret_store_is_in_memory (self->store, self->account_id))
    show_note (self, _("The key in use is not in the keyring"), _("It is kept in memory, for this run only."), FALSE);
  else if (n_items == 0)
    show_note (self, _("Nothing is kept"), NULL, FALSE);
  else
    show_note (self, NULL, NULL, FALSE);
}

static void
load (BatonSecretsGroup *self)
{
  if (self->store == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  baton_secret_store_list_async (self->store, self->cancellable, listed_cb, g_object_ref (self));
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonSecretsGroup) self = user_data;
  g_autoptr (GError) error = NULL;

  baton_secret_store_unlock_finish (BATON_SECRET_STORE (source), result, &error);
  if (self->store == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_set_sensitive (self->unlock, TRUE);
  if (error != NULL)
    show_error (self, error);
  else
    load (self);
}

static void
unlock_cb (BatonSecretsGroup *self)
{
  if (self->store == NULL)
    return;
  gtk_widget_set_sensitive (self->unlock, FALSE);
  baton_secret_store_unlock_async (self->store, NULL, unlocked_cb, g_object_ref (self));
}

static void
baton_secrets_group_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (baton_secrets_group_parent_class)->map (widget);
  load (BATON_SECRETS_GROUP (widget));
}

static void
baton_secrets_group_dispose (GObject *object)
{
  BatonSecretsGroup *self = BATON_SECRETS_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  gtk_widget_dispose_template (GTK_WIDGET (object), BATON_TYPE_SECRETS_GROUP);
  G_OBJECT_CLASS (baton_secrets_group_parent_class)->dispose (object);
}

static void
baton_secrets_group_finalize (GObject *object)
{
  BatonSecretsGroup *self = BATON_SECRETS_GROUP (object);

  g_ptr_array_unref (self->rows);
  g_free (self->account_id);
  G_OBJECT_CLASS (baton_secrets_group_parent_class)->finalize (object);
}

static void
baton_secrets_group_class_init (BatonSecretsGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_secrets_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_secrets_group_finalize;
  widget_class->map = baton_secrets_group_map;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-secrets-group.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonSecretsGroup, group);
  gtk_widget_class_bind_template_child (widget_class, BatonSecretsGroup, note);
  gtk_widget_class_bind_template_child (widget_class, BatonSecretsGroup, unlock);
  gtk_widget_class_bind_template_callback (widget_class, unlock_cb);
}

static void
baton_secrets_group_init (BatonSecretsGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  show_note (self, _("Asking the keyring…"), NULL, FALSE);
}

void
baton_secrets_group_set_store (BatonSecretsGroup *self, BatonSecretStore *store)
{
  g_return_if_fail (BATON_IS_SECRETS_GROUP (self));

  if (store == self->store)
    return;
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_func (self->store, load, self);
  g_set_object (&self->store, store);
  if (store != NULL)
    g_signal_connect_object (store, "changed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  load (self);
}

void
baton_secrets_group_set_account (BatonSecretsGroup *self, const char *account_id)
{
  g_return_if_fail (BATON_IS_SECRETS_GROUP (self));

  if (g_strcmp0 (self->account_id, account_id) == 0)
    return;
  g_free (self->account_id);
  self->account_id = g_strdup (account_id);
  load (self);
}
