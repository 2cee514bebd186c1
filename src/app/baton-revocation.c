/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "baton-error-text.h"
#include "baton-method-text.h"
#include "baton-error.h"
#include "baton-revocation.h"

typedef struct
{
  GWeakRef parent;
  BatonConnection *connection; /* (owned) */
} Revocation;

static void
revocation_free (Revocation *self)
{
  g_weak_ref_clear (&self->parent);
  g_object_unref (self->connection);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Revocation, revocation_free)

static void
revocation_notify (gpointer data, GClosure *closure)
{
  revocation_free (data);
}

static Revocation *
revocation_new (GtkWindow *parent, BatonConnection *connection)
{
  Revocation *self = g_new0 (Revocation, 1);

  g_weak_ref_init (&self->parent, parent);
  self->connection = g_object_ref (connection);
  return self;
}

/* One of the two outcomes: an icon, where, and what came of it. */
static GtkWidget *
make_outcome (const char *where, const char *success, const GError *error)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (error == NULL ? "emblem-ok-symbolic"
                                                                : "dialog-error-symbolic");
  g_autoptr (BatonErrorText) text = error != NULL ? baton_error_text_new (error, NULL) : NULL;
  g_autofree char *said
      = text != NULL ? g_strdup_printf ("%s. %s", text->title, text->body) : g_strdup (success);
  g_autofree char *markup = g_markup_escape_text (said, -1);

  gtk_widget_add_css_class (icon, error == NULL ? "success" : "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  error == NULL ? _("Done") : _("Failed"), -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), where);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), markup);
  return row;
}

/* The page of the portal where a person ends what the server offers no call for. (nullable) */
static const char *
get_page (BatonMethod method)
{
  static const char *const pages[] = {
    [BATON_METHOD_CLIENT_CREDENTIALS] = "externalApps",
    [BATON_METHOD_PERSONAL_ACCESS_TOKEN] = "personalAccessToken",
  };

  return (guint) method < G_N_ELEMENTS (pages) ? pages[method] : NULL;
}

static void
browse_cb (const char *url, const char *response, GtkWidget *dialog)
{
  if (g_strcmp0 (response, "browse") == 0)
    gtk_show_uri (gtk_window_get_transient_for (GTK_WINDOW (dialog)), url, GDK_CURRENT_TIME);
}

static void
free_url (gpointer url, GClosure *closure)
{
  g_free (url);
}

static void
offer_browser (AdwMessageDialog *dialog, BatonAccount *account)
{
  const char *page = get_page (baton_account_get_method (account));

  if (page == NULL)
    return;
  adw_message_dialog_add_response (dialog, "browse", _("Open in the browser"));
  adw_message_dialog_set_response_appearance (dialog, "browse", ADW_RESPONSE_SUGGESTED);
  g_signal_connect_data (dialog, "response", G_CALLBACK (browse_cb),
                         baton_deployment_make_portal_url (baton_account_get_deployment (account), page),
                         free_url, G_CONNECT_SWAPPED);
}

static void
show_outcomes (GtkWindow *parent,
               BatonAccount *account,
               const GError *server_error,
               const GError *keyring_error)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, NULL, NULL));
  const BatonMethodText *words = baton_method_text_get_of (account);
  GtkWidget *group = adw_preferences_group_new ();
  const char *heading;

  if (server_error == NULL && keyring_error == NULL)
    heading = _("Access was revoked");
  else if (server_error == NULL)
    heading = _(words->still_here);
  else if (keyring_error == NULL)
    heading = _(words->still_there);
  else
    heading = _("Access was not revoked");
  adw_message_dialog_set_heading (dialog, heading);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             make_outcome (_("On the server"), _(words->ended_there),
                                           server_error));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             make_outcome (_("In the keyring"), _(words->ended_here),
                                           keyring_error));
  adw_message_dialog_set_extra_child (dialog, group);
  adw_message_dialog_add_response (dialog, "close", _("Close"));
  if (g_error_matches (server_error, BATON_ERROR, BATON_ERROR_NOT_IMPLEMENTED))
    offer_browser (dialog, account);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
revoked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Revocation) self = user_data;
  g_autoptr (GtkWindow) parent = g_weak_ref_get (&self->parent);
  g_autoptr (GError) server_error = NULL;
  g_autoptr (GError) keyring_error = NULL;

  if (baton_token_keeper_revoke_finish (BATON_TOKEN_KEEPER (source), result, &server_error, &keyring_error))
    show_outcomes (parent, baton_connection_get_account (self->connection), server_error, keyring_error);
}

static void
response_cb (Revocation *self, const char *response)
{
  g_autoptr (GtkWindow) parent = g_weak_ref_get (&self->parent);

  if (g_strcmp0 (response, "revoke") == 0)
    baton_token_keeper_revoke_async (baton_connection_get_keeper (self->connection), NULL, revoked_cb,
                                     revocation_new (parent, self->connection));
}

void
baton_revocation_ask (GtkWindow *parent, BatonConnection *connection)
{
  AdwMessageDialog *dialog;
  BatonAccount *account;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (BATON_IS_CONNECTION (connection));

  account = baton_connection_get_account (connection);
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, NULL, NULL));
  /* TRANSLATORS: %s is the name of an account. */
  adw_message_dialog_format_heading (dialog, _("Revoke access of “%s”?"), baton_account_get_name (account));
  adw_message_dialog_set_body (dialog, _(baton_method_text_get_of (account)->end_question));
  adw_message_dialog_add_responses (dialog, "cancel", _("Cancel"), "revoke", _("Revoke access"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "revoke", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), revocation_new (parent, connection),
                         revocation_notify, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}
