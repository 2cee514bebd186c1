/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-account-actions.h"
#include "baton-detailed-action.h"
#include "baton-diagnosis-window.h"
#include "baton-error-text.h"
#include "baton-error.h"
#include "baton-key-dialog.h"
#include "baton-method-text.h"
#include "baton-question.h"

/* Returns: (transfer none) (nullable). */
static BatonConnection *
get_connection (BatonWindow *window)
{
  return baton_session_get_connection (baton_window_get_session (window));
}

/* Returns: (transfer none) (nullable): the account whose id is @parameter. */
static BatonAccount *
find_account (BatonWindow *window, GVariant *parameter)
{
  return baton_accounts_find (baton_session_get_accounts (baton_window_get_session (window)),
                              g_variant_get_string (parameter, NULL));
}

/* How the open account is signed in. */

static void
reconnect_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  BatonSession *session = baton_window_get_session (window);
  BatonConnection *connection = baton_session_get_connection (session);

  /* A token that is still good needs no keyring, and would not ask for it. */
  if (connection != NULL
      && g_error_matches (baton_token_keeper_get_error (baton_connection_get_keeper (connection)), BATON_ERROR,
                          BATON_ERROR_KEYRING_UNAVAILABLE))
    baton_token_keeper_renew_async (baton_connection_get_keeper (connection), NULL, NULL, NULL);
  baton_session_reopen (session);
}

static void
replace_key_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  BatonConnection *connection = get_connection (window);

  if (connection == NULL)
    return;
  /* What comes from the browser is nothing to type. */
  if (baton_method_text_get_of (baton_connection_get_account (connection))->typed)
    gtk_window_present (GTK_WINDOW (baton_key_dialog_new (GTK_WINDOW (window), connection)));
  else
    gtk_widget_activate_action (GTK_WIDGET (window), "win.sign-in-again", NULL);
}

/* "Check connection". */

/* The page of the window knows more actions than the window. */
static void
remedy_cb (BatonWindow *window, const char *action)
{
  GtkWidget *page = baton_window_get_page (window);

  baton_detailed_action_activate (page != NULL ? page : GTK_WIDGET (window), action);
}

static void
check (BatonWindow *window, BatonConnection *connection)
{
  GtkWidget *checks = baton_diagnosis_window_new (GTK_WINDOW (window), connection);

  g_signal_connect_object (checks, "remedy", G_CALLBACK (remedy_cb), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (checks, "tenant-chosen", G_CALLBACK (baton_connection_set_tenant), connection, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (checks));
}

/* What helps another account begins with opening it. */
static void
open_account_cb (BatonDiagnosisWindow *checks, const char *action, BatonWindow *window)
{
  baton_session_open (baton_window_get_session (window), g_object_get_data (G_OBJECT (checks), "account"));
}

static void
open_tenant_cb (BatonDiagnosisWindow *checks, BatonTenant *tenant, BatonWindow *window)
{
  BatonAccount *account = g_object_get_data (G_OBJECT (checks), "account");
  g_autoptr (BatonDeployment) deployment = baton_deployment_with_tenant (
      baton_account_get_deployment (account), baton_tenant_get_organization (tenant), baton_tenant_get_name (tenant));

  baton_account_set_deployment (account, deployment);
  baton_session_open (baton_window_get_session (window), account);
}

/* Of an account that is not open. */
static void
check_other (BatonWindow *window, BatonAccount *account)
{
  g_autoptr (BatonConnection) connection
      = baton_connection_new (account, baton_session_get_secret_store (baton_window_get_session (window)), NULL);
  GtkWidget *checks = baton_diagnosis_window_new (GTK_WINDOW (window), connection);

  g_object_set_data_full (G_OBJECT (checks), "account", g_object_ref (account), g_object_unref);
  g_signal_connect_object (checks, "remedy", G_CALLBACK (open_account_cb), window, 0);
  g_signal_connect_object (checks, "tenant-chosen", G_CALLBACK (open_tenant_cb), window, 0);
  gtk_window_present (GTK_WINDOW (checks));
}

static void
check_account_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  BatonConnection *connection = get_connection (window);
  BatonAccount *account = find_account (window, parameter);
  const char *open = connection != NULL ? baton_account_get_id (baton_connection_get_account (connection)) : NULL;

  if (g_strcmp0 (g_variant_get_string (parameter, NULL), open) == 0)
    check (window, connection);
  else if (account != NULL)
    check_other (window, account);
}

static void
check_connection_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  BatonConnection *connection = get_connection (window);

  if (connection != NULL)
    check (window, connection);
}

/* Which accounts there are. */

static void
switch_account_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  BatonAccount *account = find_account (window, parameter);

  if (account != NULL)
    baton_session_open (baton_window_get_session (window), account);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BatonWindow) window = user_data;
  BatonSession *session = baton_window_get_session (window);
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonErrorText) text = NULL;
  g_autoptr (BatonAccount) next = NULL;

  if (baton_session_remove_account_finish (BATON_SESSION (source), result, &error))
    {
      /* Who has another account goes on with that. */
      if (session != NULL && baton_session_get_connection (session) == NULL)
        next = g_list_model_get_item (G_LIST_MODEL (baton_session_get_accounts (session)), 0);
      if (next != NULL)
        baton_session_open (session, next);
      baton_window_add_toast (window, _("The account was removed"));
      return;
    }
  text = baton_error_text_new (error, _("The account was not removed"));
  baton_window_add_toast (window, text->title);
}

static void
remove_cb (gpointer window, gpointer account)
{
  BatonSession *session = baton_window_get_session (window);

  if (session != NULL)
    baton_session_remove_account_async (session, account, NULL, removed_cb, g_object_ref (window));
}

static void
remove_account_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  BatonAccount *account = find_account (window, parameter);
  g_autofree char *heading = NULL;

  if (account == NULL)
    return;
  /* TRANSLATORS: %s is the name of an account. */
  heading = g_strdup_printf (_("Remove “%s”?"), baton_account_get_name (account));
  baton_question_ask (GTK_WINDOW (window), heading,
                      _("Baton forgets the account and what the keyring has of it. On the server nothing changes: a key stays "
                        "good until its access is revoked."),
                      _("Remove"), window, remove_cb, g_object_ref (account), g_object_unref);
}

void
baton_account_actions_add (BatonWindow *window)
{
  static const GActionEntry entries[] = {
    { "reconnect", reconnect_activated, NULL, NULL, NULL, { 0 } },
    { "replace-key", replace_key_activated, NULL, NULL, NULL, { 0 } },
    { "check-account", check_account_activated, "s", NULL, NULL, { 0 } },
    { "check-connection", check_connection_activated, NULL, NULL, NULL, { 0 } },
    { "switch-account", switch_account_activated, "s", NULL, NULL, { 0 } },
    { "remove-account", remove_account_activated, "s", NULL, NULL, { 0 } },
  };

  g_return_if_fail (BATON_IS_WINDOW (window));

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
}
