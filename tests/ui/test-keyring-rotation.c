/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-server.h"
#include "keyring-window.h"
#include "ui-fixture.h"

/* A refresh token is replaced while something happens to the keyring, or to the answer: what the
 * window says, and where the next token is in the end. */

#define BASE "/acme/Production/orchestrator_"
#define TOKEN "POST /identity_/connect/token"

typedef struct
{
  FaultServer *server;
  KeyringWindow on;
} Case;

static void
answer (Case *self, const char *what, const char *json)
{
  fault_server_add (self->server, what, 200, NULL, json);
}

/* The account is open, and the keyring has "rt-2". */
static void
set_up (Case *self, gconstpointer data)
{
  g_autofree char *address = NULL;
  g_autoptr (BatonDeployment) deployment = NULL;
  g_autoptr (BatonAccount) account = NULL;

  self->server = fault_server_new (NULL);
  answer (self, TOKEN, "{\"access_token\":\"at-1\",\"expires_in\":3600,\"refresh_token\":\"rt-2\"}");
  answer (self, "GET " BASE "/api/FoldersNavigation/GetAllFoldersForCurrentUser",
          "[{\"Id\":2,\"DisplayName\":\"Shared\",\"FullyQualifiedName\":\"Shared\",\"IsSelectable\":true}]");
  answer (self, "GET " BASE "/odata/Users/UiPath.Server.Configuration.OData.GetCurrentUser", "{\"Id\":1,\"UserName\":\"ada\"}");
  answer (self, "GET " BASE "/odata/Users/UiPath.Server.Configuration.OData.GetCurrentPermissions",
          "{\"UserId\":1,\"Permissions\":[\"Jobs.View\"]}");
  answer (self, "GET " BASE "/odata", "{\"@odata.count\":0,\"value\":[]}");

  address = g_strconcat (fault_server_get_origin (self->server), "/acme/Production", NULL);
  deployment = baton_deployment_parse (address, NULL);
  account = baton_account_new ("rotating", deployment, BATON_METHOD_BROWSER);
  baton_account_set_client_id (account, "client-1");
  keyring_window_set_up (&self->on, account, baton_secret_new (BATON_SECRET_REFRESH_TOKEN, "rt-1", 0, 0));
  keyring_window_open_account (&self->on);
  ui_wait (keyring_window_works (&self->on));
}

static void
tear_down (Case *self, gconstpointer data)
{
  keyring_window_tear_down (&self->on);
  fault_server_free (self->server);
}

static void
assert_kept (Case *self, const char *value)
{
  g_autoptr (BatonSecret) secret = keyring_window_look_up (&self->on);

  g_assert_nonnull (secret);
  g_assert_cmpstr (baton_secret_get_value (secret), ==, value);
}

/* The server has "rt-2", and says nothing yet. */
static void
begin_renewal (Case *self)
{
  fault_server_reset (self->server, TOKEN);
  fault_server_add_raw (self->server, TOKEN, "", 0, TRUE);
  keyring_window_renew (&self->on);
  ui_wait (fault_server_count (self->server, TOKEN) == 1);
}

static void
end_renewal (Case *self)
{
  fault_server_let_go (self->server, 200, "{\"access_token\":\"at-2\",\"expires_in\":3600,\"refresh_token\":\"rt-3\"}");
}

static void
test_dies (Case *self, gconstpointer data)
{
  assert_kept (self, "rt-2");
  begin_renewal (self);
  keyring_window_stop_daemon (&self->on);
  end_renewal (self);
  ui_wait (keyring_window_says (&self->on, "The keyring does not answer: the renewed sign-in is only in memory")
           && keyring_window_offers (&self->on, "Try again"));
  /* Work goes on. */
  g_assert_cmpint (baton_token_keeper_get_state (keyring_window_get_keeper (&self->on)), ==, BATON_KEEPER_VALID);
  g_assert_true (keyring_window_shows (&self->on, GTK_TYPE_BUTTON, "Tenant"));

  keyring_window_start_daemon (&self->on, TRUE);
  keyring_window_click (&self->on, "Try again");
  ui_wait (keyring_window_works (&self->on));
  assert_kept (self, "rt-3");
}

/* Nobody presses anything. */
static void
test_comes_back (Case *self, gconstpointer data)
{
  begin_renewal (self);
  keyring_window_stop_daemon (&self->on);
  end_renewal (self);
  ui_wait (keyring_window_says (&self->on, "The keyring does not answer"));
  keyring_window_start_daemon (&self->on, TRUE);
  ui_wait (keyring_window_works (&self->on));
  assert_kept (self, "rt-3");
}

static void
test_locks (Case *self, gconstpointer data)
{
  begin_renewal (self);
  keyring_daemon_lock (self->on.daemon);
  end_renewal (self);
  ui_wait (keyring_window_says (&self->on, "The keyring is locked: the renewed sign-in is only in memory")
           && keyring_window_offers (&self->on, "Unlock"));
  if (!keyring_daemon_has_prompter ())
    return;

  keyring_window_unlock (&self->on);
  assert_kept (self, "rt-3");
}

static void
tried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *done = user_data;
  g_autoptr (GError) error = NULL;

  baton_token_keeper_try_finish (BATON_TOKEN_KEEPER (source), result, &error);
  g_assert_no_error (error);
  *done = TRUE;
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BatonSecret **secret = user_data;

  *secret = baton_secret_store_lookup_finish (BATON_SECRET_STORE (source), result, NULL);
}

/* Somebody signs in anew meanwhile, and then does not. */
static void
test_given_up (Case *self, gconstpointer data)
{
  BatonAuthenticator *authenticator = baton_authenticator_new (BATON_METHOD_BROWSER, NULL);
  BatonTokenKeeper *other = baton_token_keeper_new (self->on.account, authenticator, self->on.store, NULL);
  g_autoptr (BatonSecret) code = baton_secret_new_code ("code", "verifier", NULL, 0);
  g_autoptr (BatonSecret) on_trial = NULL;
  gboolean done = FALSE;

  begin_renewal (self);
  fault_server_reset (self->server, TOKEN);
  answer (self, TOKEN, "{\"access_token\":\"at-9\",\"expires_in\":3600,\"refresh_token\":\"rt-9\"}");
  baton_token_keeper_try_async (other, code, NULL, tried_cb, &done);
  ui_wait (done);
  end_renewal (self);
  ui_wait (baton_token_keeper_get_state (keyring_window_get_keeper (&self->on)) == BATON_KEEPER_VALID);

  baton_secret_store_lookup_async (self->on.store, "rotating", NULL, looked_up_cb, &on_trial);
  ui_wait (on_trial != NULL);
  g_assert_cmpstr (baton_secret_get_value (on_trial), ==, "rt-9");
  baton_token_keeper_give_up (other);
  assert_kept (self, "rt-3");
  ui_assert_goes (other);
  g_object_unref (authenticator);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *done = user_data;
  g_autoptr (GError) error = NULL;

  baton_session_remove_account_finish (BATON_SESSION (source), result, &error);
  g_assert_no_error (error);
  *done = TRUE;
}

/* Nothing of an account that is removed meanwhile comes to the keyring again. */
static void
test_removed (Case *self, gconstpointer data)
{
  gboolean done = FALSE;

  begin_renewal (self);
  baton_session_remove_account_async (self->on.session, self->on.account, NULL, removed_cb, &done);
  ui_settle ();
  g_assert_false (done);
  end_renewal (self);
  ui_wait (done);
  g_assert_null (keyring_window_look_up (&self->on));
  g_assert_null (baton_accounts_find (self->on.accounts, "rotating"));
}

#define KEEP "_Try to Keep It, Then Quit"

static AdwMessageDialog *
find_question (void)
{
  return (AdwMessageDialog *) ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
}

static void
respond (const char *button)
{
  ui_wait (find_question () != NULL);
  ui_click (GTK_WIDGET (find_question ()), button);
}

static gboolean
is_closed (Case *self)
{
  return !gtk_widget_get_mapped (self->on.window);
}

/* "rt-3" is in memory alone, and the keyring is away. */
static void
lose_keyring (Case *self)
{
  /* What is destroyed is looked at still. */
  g_object_ref (self->on.window);
  begin_renewal (self);
  keyring_window_stop_daemon (&self->on);
  end_renewal (self);
  ui_wait (keyring_window_says (&self->on, "The keyring does not answer"));
}

static void
test_quit_cancelled (Case *self, gconstpointer data)
{
  lose_keyring (self);
  gtk_window_close (GTK_WINDOW (self->on.window));
  ui_wait (find_question () != NULL);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (find_question ()), baton_account_get_name (self->on.account)));
  /* Once is enough. */
  gtk_window_close (GTK_WINDOW (self->on.window));
  respond ("_Cancel");
  ui_wait (find_question () == NULL);
  g_assert_false (is_closed (self));
  keyring_window_start_daemon (&self->on, TRUE);
  ui_wait (keyring_window_works (&self->on));
  assert_kept (self, "rt-3");
  /* Nothing is lost any more, and nothing is asked. */
  gtk_window_close (GTK_WINDOW (self->on.window));
  g_assert_null (find_question ());
  g_assert_true (is_closed (self));
  g_clear_object (&self->on.window);
}

/* It asks as long as the keyring does not take it. */
static void
test_quit_kept (Case *self, gconstpointer data)
{
  AdwMessageDialog *first = NULL;

  lose_keyring (self);
  gtk_window_close (GTK_WINDOW (self->on.window));
  ui_wait (find_question () != NULL);
  first = find_question ();
  respond (KEEP);
  ui_wait (find_question () != NULL && find_question () != first);
  g_assert_false (is_closed (self));
  keyring_window_start_daemon (&self->on, TRUE);
  respond (KEEP);
  ui_wait (is_closed (self));
  assert_kept (self, "rt-3");
  g_clear_object (&self->on.window);
}

static void
test_quit_lost (Case *self, gconstpointer data)
{
  lose_keyring (self);
  gtk_window_close (GTK_WINDOW (self->on.window));
  respond ("_Quit");
  ui_wait (is_closed (self));
  g_assert_true (is_closed (self));
  g_clear_object (&self->on.window);
}

/* Who chose the memory knows. */
static void
test_quit_chosen (Case *self, gconstpointer data)
{
  g_autoptr (BatonSecret) secret = baton_secret_new (BATON_SECRET_REFRESH_TOKEN, "rt-2", 0, 0);

  g_object_ref (self->on.window);
  keyring_window_stop_daemon (&self->on);
  baton_secret_store_keep_in_memory (self->on.store, "rotating", secret);
  begin_renewal (self);
  end_renewal (self);
  ui_wait (baton_token_keeper_get_state (keyring_window_get_keeper (&self->on)) == BATON_KEEPER_VALID);
  gtk_window_close (GTK_WINDOW (self->on.window));
  g_assert_null (find_question ());
  g_assert_true (is_closed (self));
  g_clear_object (&self->on.window);
}

/* The answer did not come, and the server takes "rt-2" no more. */
static void
test_cut_off (Case *self, gconstpointer data)
{
  fault_server_reset (self->server, TOKEN);
  fault_server_add_raw (self->server, TOKEN, "", 0, FALSE);
  fault_server_add (self->server, TOKEN, 400, NULL, "{\"error\":\"invalid_grant\"}");
  keyring_window_renew (&self->on);
  ui_wait (fault_server_count (self->server, TOKEN) == 1
           && baton_token_keeper_get_error (keyring_window_get_keeper (&self->on)) != NULL);
  keyring_window_renew (&self->on);
  ui_wait (keyring_window_says (&self->on, "A renewal was cut off: please sign in again")
           && keyring_window_offers (&self->on, "Sign in again"));
  keyring_window_click (&self->on, "Sign in again");
  ui_wait (keyring_window_shows (&self->on, GTK_TYPE_TEXT, "Orchestrator address"));
  g_assert_nonnull (baton_accounts_find (self->on.accounts, "rotating"));
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(name, function) g_test_add ("/baton/app/keyring-rotation/" name, Case, NULL, set_up, function, tear_down)
  ADD ("dies", test_dies);
  ADD ("comes-back", test_comes_back);
  ADD ("locks", test_locks);
  ADD ("given-up", test_given_up);
  ADD ("removed", test_removed);
  ADD ("cut-off", test_cut_off);
  ADD ("quit-cancelled", test_quit_cancelled);
  ADD ("quit-kept", test_quit_kept);
  ADD ("quit-lost", test_quit_lost);
  ADD ("quit-chosen", test_quit_chosen);
  return g_test_run ();
}
