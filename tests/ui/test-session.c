/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "baton-error.h"
#include "baton-session.h"
#include "ui-fixture.h"

typedef struct
{
  char *folder;
  BatonAccounts *accounts;
  BatonSecretStore *store;
  GSettings *settings;
  BatonSession *session;
  guint opened;
  GError *error;
} Case;

static void
opened_cb (BatonSession *session, GError *keyring_error, Case *self)
{
  g_assert_no_error (keyring_error);
  self->opened++;
}

static void
failed_cb (BatonSession *session, GError *error, Case *self)
{
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
}

/* As the program begins: what is known is what lies in @folder. */
static void
case_begin (Case *self)
{
  g_autofree char *path = g_build_filename (self->folder, "accounts.ini", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  self->opened = 0;
  self->accounts = baton_accounts_new (file);
  self->store = baton_secret_store_new ();
  self->settings = g_settings_new ("io.github.baton_desktop.Baton");
  self->session = baton_session_new (self->accounts, self->store, self->settings);
  g_signal_connect (self->session, "opened", G_CALLBACK (opened_cb), self);
  g_signal_connect (self->session, "failed", G_CALLBACK (failed_cb), self);
  g_signal_connect (self->session, "sandbox-failed", G_CALLBACK (failed_cb), self);
}

static void
case_end (Case *self)
{
  baton_accounts_flush (self->accounts);
  ui_assert_goes (self->session);
  ui_assert_goes (self->accounts);
  ui_assert_goes (self->store);
  g_clear_object (&self->settings);
  g_clear_error (&self->error);
}

static void
case_set_up (Case *self)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("baton-session-XXXXXX", &error);
  g_assert_no_error (error);
  case_begin (self);
  g_settings_reset (self->settings, "last-account");
}

static void
case_tear_down (Case *self)
{
  g_autofree char *path = g_build_filename (self->folder, "accounts.ini", NULL);

  case_end (self);
  g_remove (path);
  g_rmdir (self->folder);
  g_clear_pointer (&self->folder, g_free);
}

static void
test_sandbox (void)
{
  Case self = { NULL };
  g_autofree char *last = NULL;

  case_set_up (&self);
  baton_session_open_sandbox (self.session);
  ui_wait (self.opened == 1);
  g_assert_no_error (self.error);
  g_assert_true (baton_session_is_sandbox (self.session));
  /* Nothing of it is kept: it is another one next time. */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self.accounts)), ==, 0);
  last = g_settings_get_string (self.settings, "last-account");
  g_assert_cmpstr (last, ==, "");
  case_tear_down (&self);
}

static void
test_no_sandbox (void)
{
  g_autofree char *program = g_strdup (g_getenv ("BATON_SANDBOX"));
  Case self = { NULL };

  case_set_up (&self);
  g_setenv ("BATON_SANDBOX", "/nonexistent/baton-sandbox", TRUE);
  baton_session_open_sandbox (self.session);
  ui_wait (self.error != NULL);
  g_assert_null (baton_session_get_connection (self.session));
  /* A program that says something else. */
  g_clear_error (&self.error);
  g_setenv ("BATON_SANDBOX", "/bin/echo", TRUE);
  baton_session_open_sandbox (self.session);
  ui_wait (self.error != NULL);
  g_assert_error (self.error, BATON_ERROR, BATON_ERROR_BAD_ANSWER);
  g_setenv ("BATON_SANDBOX", program, TRUE);
  case_tear_down (&self);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean *done = user_data;

  baton_connection_open_finish (BATON_CONNECTION (source), result, NULL, &error);
  g_assert_no_error (error);
  *done = TRUE;
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BatonSecret **secret = user_data;
  g_autoptr (GError) error = NULL;

  *secret = baton_token_keeper_lookup_secret_finish (BATON_TOKEN_KEEPER (source), result, &error);
  g_assert_no_error (error);
}

/* As the sign-in page does: a connection of its own, opened with what was typed. */
static BatonConnection *
sign_in (Case *self, UiFixture *fixture, const char *id)
{
  g_autoptr (BatonAccount) account = baton_account_new (
      id, baton_account_get_deployment (fixture->account), BATON_METHOD_USER_KEY);
  g_autoptr (BatonSecret) secret = NULL;
  BatonConnection *connection;
  gboolean done = FALSE;

  baton_token_keeper_lookup_secret_async (baton_connection_get_keeper (fixture->connection), NULL,
                                          looked_up_cb, &secret);
  ui_wait (secret != NULL);
  baton_account_set_client_id (account, baton_account_get_client_id (fixture->account));
  connection = baton_connection_new (account, self->store, NULL);
  baton_connection_open_async (connection, secret, NULL, signed_in_cb, &done);
  ui_wait (done);
  return connection;
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean *done = user_data;

  baton_session_remove_account_finish (BATON_SESSION (source), result, &error);
  g_assert_no_error (error);
  *done = TRUE;
}

static void
test_again_from_keyring (void)
{
  UiFixture fixture = { NULL };
  Case self = { NULL };
  BatonConnection *connection;
  BatonAccount *last;
  gboolean done = FALSE;

  ui_fixture_set_up (&fixture, NULL);
  case_set_up (&self);
  connection = sign_in (&self, &fixture, "an-account");
  baton_session_adopt (self.session, connection);
  g_object_unref (connection);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self.accounts)), ==, 1);
  case_end (&self);

  case_begin (&self);
  last = baton_session_get_last_account (self.session);
  g_assert_nonnull (last);
  g_assert_cmpstr (baton_account_get_id (last), ==, "an-account");
  baton_session_open (self.session, last);
  ui_wait (self.opened == 1);

  baton_session_remove_account_async (self.session, last, NULL, removed_cb, &done);
  ui_wait (done);
  g_assert_null (baton_session_get_connection (self.session));
  g_assert_null (baton_session_get_last_account (self.session));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self.accounts)), ==, 0);
  case_tear_down (&self);
  ui_fixture_tear_down (&fixture);
}

/* Signing in once more as the same user in the same place makes no second account. */
static void
test_no_doubles (void)
{
  UiFixture fixture = { NULL };
  Case self = { NULL };

  ui_fixture_set_up (&fixture, NULL);
  case_set_up (&self);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *id = g_strdup_printf ("account-%u", i);
      g_autoptr (BatonConnection) connection = sign_in (&self, &fixture, id);

      ui_wait (baton_connection_get_user_name (connection) != NULL);
      baton_session_adopt (self.session, connection);
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self.accounts)), ==, 1);
  g_assert_nonnull (baton_accounts_find (self.accounts, "account-1"));
  case_tear_down (&self);
  ui_fixture_tear_down (&fixture);
}

static void
test_failure_keeps_account (void)
{
  Case self = { NULL };
  g_autoptr (BatonDeployment) deployment
      = baton_deployment_parse ("http://127.0.0.1:1/acme/Prod/orchestrator_", NULL);
  g_autoptr (BatonAccount) account = baton_account_new ("an-account", deployment, BATON_METHOD_USER_KEY);
  g_autoptr (BatonSecret) secret = baton_secret_new (BATON_SECRET_USER_KEY, "a-key-of-a-test", 0, 0);

  case_set_up (&self);
  baton_account_set_client_id (account, "abc");
  baton_accounts_add (self.accounts, account);
  baton_secret_store_keep_in_memory (self.store, "an-account", secret);
  baton_session_open (self.session, account);
  /* There at once, so that the window shows the place while it works. */
  g_assert_nonnull (baton_session_get_connection (self.session));
  ui_wait (self.error != NULL);
  g_assert_error (self.error, BATON_ERROR, BATON_ERROR_NO_NETWORK);
  g_assert_nonnull (baton_session_get_connection (self.session));
  g_assert_nonnull (baton_accounts_find (self.accounts, "an-account"));
  g_assert_cmpuint (self.opened, ==, 0);
  g_clear_object (&account);
  case_tear_down (&self);
}

static void
test_cancel (void)
{
  Case self = { NULL };

  case_set_up (&self);
  baton_session_open_sandbox (self.session);
  baton_session_cancel (self.session);
  ui_settle ();
  g_assert_null (baton_session_get_connection (self.session));
  g_assert_no_error (self.error);
  /* And it can be started after all. */
  baton_session_open_sandbox (self.session);
  ui_wait (self.opened == 1);
  case_tear_down (&self);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/baton/app/session/sandbox", test_sandbox);
  g_test_add_func ("/baton/app/session/no-sandbox", test_no_sandbox);
  g_test_add_func ("/baton/app/session/again-from-keyring", test_again_from_keyring);
  g_test_add_func ("/baton/app/session/no-doubles", test_no_doubles);
  g_test_add_func ("/baton/app/session/failure-keeps-account", test_failure_keeps_account);
  g_test_add_func ("/baton/app/session/cancel", test_cancel);
  return g_test_run ();
}
