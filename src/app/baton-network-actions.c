/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-certificate-window.h"
#include "baton-error-text.h"
#include "baton-network-actions.h"
#include "baton-network-window.h"
#include "network/baton-network.h"

#define DATA "baton-network-session"

/* What a window that was opened is about. */
typedef struct
{
  GtkWindow *window;     /* (weak) (nullable) */
  BatonSession *session; /* (owned) */
  BatonAccount *account; /* (owned) */
} Change;

static Change *
change_new (GtkWindow *window, BatonAccount *account)
{
  Change *change = g_new0 (Change, 1);

  g_set_weak_pointer (&change->window, window);
  change->session = g_object_ref (g_object_get_data (G_OBJECT (window), DATA));
  change->account = g_object_ref (account);
  return change;
}

static void
change_free (gpointer data, GClosure *closure)
{
  Change *change = data;

  g_clear_weak_pointer (&change->window);
  g_object_unref (change->session);
  g_object_unref (change->account);
  g_free (change);
}

static BatonAccount *
get_open_account (BatonSession *session)
{
  BatonConnection *connection = baton_session_get_connection (session);

  return connection != NULL ? baton_connection_get_account (connection) : NULL;
}

static void
try_again (Change *change)
{
  if (get_open_account (change->session) == change->account)
    baton_session_reopen (change->session);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWindow) window = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonErrorText) text = NULL;
  g_autofree char *body = NULL;
  GtkWidget *dialog;

  if (baton_network_keep_finish (BATON_NETWORK (source), result, &error)
      || !gtk_widget_get_mapped (GTK_WIDGET (window)))
    return;
  text = baton_error_text_new (error, NULL);
  /* TRANSLATORS: %s is a sentence that says why */
  body = g_strdup_printf (_ ("%s What you typed is used all the same, until Baton ends."),
                          text->body);
  dialog = adw_message_dialog_new (window, _ ("The keyring did not take it"), body);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
saved_cb (Change *change, BatonTrust *trust, BatonSecret *login, BatonSecret *password)
{
  BatonNetwork *network = baton_network_get (change->account);

  baton_network_set_store (network, baton_session_get_secret_store (change->session));
  baton_account_set_trust (change->account, trust);
  if (login != NULL)
    baton_network_set_proxy_login (network, login);
  if (password != NULL)
    baton_network_set_certificate_password (network, password);
  if (change->window != NULL)
    baton_network_keep_async (network, NULL, kept_cb, g_object_ref (change->window));
  try_again (change);
}

static void
trusted_cb (Change *change, const char *host, const char *fingerprint)
{
  g_autoptr (BatonTrust) trust
      = baton_trust_with_pin (baton_account_get_trust (change->account), host, fingerprint);

  baton_account_set_trust (change->account, trust);
  try_again (change);
}

/* Returns: (transfer full) (nullable): what is wrong with the connection that is open. */
static GError *
dup_error (BatonSession *session)
{
  BatonConnection *connection = baton_session_get_connection (session);
  const GError *of_keeper;
  GError *error = NULL;

  if (connection == NULL)
    return NULL;
  of_keeper = baton_token_keeper_get_error (baton_connection_get_keeper (connection));
  if (of_keeper != NULL)
    return g_error_copy (of_keeper);
  g_object_get (connection, "error", &error, NULL);
  return error;
}

/* @account, @error: (nullable). */
static void
open_settings (GtkWindow *window, BatonAccount *account, const GError *error)
{
  GtkWidget *settings;

  if (account == NULL)
    return;
  settings = baton_network_window_new (window, baton_account_get_trust (account));
  g_signal_connect_data (settings, "saved", G_CALLBACK (saved_cb), change_new (window, account),
                         change_free, G_CONNECT_SWAPPED);
  baton_network_window_focus (BATON_NETWORK_WINDOW (settings), error);
  gtk_window_present (GTK_WINDOW (settings));
}

static BatonSession *
get_session (gpointer window)
{
  return g_object_get_data (G_OBJECT (window), DATA);
}

static void
network_settings_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  BatonSession *session = get_session (window);
  g_autoptr (GError) error = dup_error (session);

  open_settings (window, get_open_account (session), error);
}

static void
account_network_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  BatonSession *session = get_session (window);
  const char *id = g_variant_get_string (parameter, NULL);
  BatonAccount *account = get_open_account (session);

  /* The sandbox is open, but not kept. */
  if (account == NULL || g_strcmp0 (baton_account_get_id (account), id) != 0)
    account = baton_accounts_find (baton_session_get_accounts (session), id);
  open_settings (window, account, NULL);
}

static void
show_certificate_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  BatonAccount *account = get_open_account (get_session (window));
  const char *host = NULL;
  BatonHandshake *refused = NULL;
  GtkWidget *shown;

  if (account != NULL)
    refused = baton_network_get_refused (baton_network_get (account), &host);
  if (refused == NULL)
    return;
  shown = baton_certificate_window_new (window, host, refused);
  g_signal_connect_data (shown, "trusted", G_CALLBACK (trusted_cb), change_new (window, account),
                         change_free, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (shown));
}

void
baton_network_actions_add (GtkApplicationWindow *window, BatonSession *session)
{
  static const GActionEntry entries[] = {
    { "network-settings", network_settings_activated, NULL, NULL, NULL, { 0 } },
    { "account-network", account_network_activated, "s", NULL, NULL, { 0 } },
    { "show-certificate", show_certificate_activated, NULL, NULL, NULL, { 0 } },
  };

  g_return_if_fail (GTK_IS_APPLICATION_WINDOW (window));
  g_return_if_fail (BATON_IS_SESSION (session));

  g_object_set_data_full (G_OBJECT (window), DATA, g_object_ref (session), g_object_unref);
  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
}
