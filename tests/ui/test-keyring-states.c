/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "baton-error.h"
#include "baton-session.h"
#include "baton-window.h"
#include "baton-workspace.h"
#include "keyring-daemon.h"
#include "ui-fixture.h"

/* What the window shows, and which button leads on, for each state that a keyring can be in: with
 * the daemons that people have, on a bus that this test has for itself. */

#define ID "an-account"
#define KEY "sandbox-user-key-for-everyone-0123456789abcdef"

typedef struct
{
  UiFixture sandbox;
  KeyringDaemon *daemon; /* (owned) (nullable) */
  BatonAccounts *accounts;
  BatonSecretStore *store;
  GSettings *settings;
  BatonSession *session;
  GtkWidget *window;
} Case;

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *done = user_data;
  g_autoptr (GError) error = NULL;

  baton_secret_store_store_finish (BATON_SECRET_STORE (source), result, &error);
  g_assert_no_error (error);
  *done = TRUE;
}

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *done = user_data;
  g_autoptr (GError) error = NULL;

  baton_secret_store_clear_finish (BATON_SECRET_STORE (source), result, &error);
  g_assert_no_error (error);
  *done = TRUE;
}

/* Another program puts the key there, or takes it away. */
static void
put_key (gboolean there)
{
  BatonSecretStore *other = baton_secret_store_new ();
  g_autoptr (BatonSecret) secret = baton_secret_new (BATON_SECRET_USER_KEY, KEY, 0, 0);
  gboolean done = FALSE;

  if (there)
    baton_secret_store_store_async (other, ID, "Acme", secret, NULL, stored_cb, &done);
  else
    baton_secret_store_clear_async (other, ID, NULL, cleared_cb, &done);
  ui_wait (done);
  ui_assert_goes (other);
}

static void
set_up (Case *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "keyring-states.ini", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (BatonAccount) account = NULL;

  ui_fixture_set_up (&self->sandbox, NULL);
  if (!keyring_daemon_is_file ())
    self->daemon = keyring_daemon_start (TRUE);
  put_key (TRUE);

  g_remove (path);
  self->accounts = baton_accounts_new (file);
  self->store = baton_secret_store_new ();
  self->settings = g_settings_new ("io.github.baton_desktop.Baton");
  g_settings_reset (self->settings, "last-account");
  self->session = baton_session_new (self->accounts, self->store, self->settings);
  account = baton_account_new (ID, baton_account_get_deployment (self->sandbox.account), BATON_METHOD_USER_KEY);
  baton_account_set_client_id (account, baton_account_get_client_id (self->sandbox.account));
  baton_accounts_add (self->accounts, account);
  self->window = GTK_WIDGET (baton_window_new (NULL, self->session, self->settings));
  gtk_window_present (GTK_WINDOW (self->window));
  ui_wait (gtk_widget_get_mapped (self->window));
}

static void
stop_daemon (Case *self)
{
  g_clear_pointer (&self->daemon, keyring_daemon_stop);
}

static void
restart_daemon (Case *self, gboolean unlocked)
{
  stop_daemon (self);
  self->daemon = keyring_daemon_start (unlocked);
}

static void
tear_down (Case *self, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
  gtk_window_destroy (GTK_WINDOW (self->window));
  ui_wait (self->window == NULL);
  ui_assert_goes (self->session);
  ui_assert_goes (self->accounts);
  ui_assert_goes (self->store);
  g_clear_object (&self->settings);
  stop_daemon (self);
  ui_fixture_tear_down (&self->sandbox);
}

/* The page that is shown: those behind it have buttons of the same names. */
static GtkWidget *
page (Case *self)
{
  GtkWidget *stack = ui_find (self->window, GTK_TYPE_STACK, NULL);

  return gtk_stack_get_visible_child (GTK_STACK (stack));
}

static gboolean
shows (Case *self, GType type, const char *name)
{
  GtkWidget *widget = ui_find (page (self), type, name);

  return widget != NULL && gtk_widget_get_mapped (widget);
}

static gboolean
offers (Case *self, const char *button)
{
  GtkWidget *widget = ui_find (page (self), GTK_TYPE_BUTTON, button);

  return widget != NULL && gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget);
}

/* Whether a label that is shown has @part in it. */
static gboolean
says (GtkWidget *root, const char *part)
{
  if (GTK_IS_LABEL (root) && gtk_widget_get_mapped (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), part) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (says (child, part))
      return TRUE;
  return FALSE;
}

static void
open_account (Case *self)
{
  baton_session_open (self->session, baton_accounts_find (self->accounts, ID));
}

/* The account is open, and nothing is said of a keyring. */
static gboolean
works (Case *self)
{
  return shows (self, BATON_TYPE_WORKSPACE, NULL) && shows (self, GTK_TYPE_BUTTON, "Tenant") && !says (page (self), "keyring")
         && baton_token_keeper_get_token (baton_connection_get_keeper (baton_session_get_connection (self->session))) != NULL;
}

static void
renew (Case *self)
{
  baton_token_keeper_renew_async (baton_connection_get_keeper (baton_session_get_connection (self->session)), NULL, NULL, NULL);
}

static void
test_unlocked (Case *self, gconstpointer data)
{
  open_account (self);
  ui_wait (works (self));
}

/* Nobody who could ask: the button is there again, and so is all else. */
static void
test_locked (Case *self, gconstpointer data)
{
  restart_daemon (self, FALSE);
  open_account (self);
  ui_wait (shows (self, GTK_TYPE_LABEL, "The keyring is locked") && offers (self, "Unlock"));
  g_assert_true (says (page (self), "and that is locked"));
  g_assert_true (offers (self, "Keep for this run only"));
  ui_click (page (self), "Unlock");
  ui_wait (!offers (self, "Unlock"));
  ui_wait (offers (self, "Unlock"));
  g_assert_true (shows (self, GTK_TYPE_LABEL, "The keyring is locked"));

  restart_daemon (self, TRUE);
  ui_click (page (self), "Try again");
  ui_wait (works (self));
}

/* With the dialog that GNOME has for it: put away, and then answered. */
static void
test_prompter (Case *self, gconstpointer data)
{
  if (!keyring_daemon_has_prompter ())
    {
      g_test_skip ("gcr-prompter or xdotool is not installed");
      return;
    }
  restart_daemon (self, FALSE);
  open_account (self);
  ui_wait (offers (self, "Unlock"));
  keyring_daemon_prompt (self->daemon);
  ui_click (page (self), "Unlock");
  ui_wait (!offers (self, "Unlock"));
  ui_wait (keyring_daemon_answer (self->daemon, FALSE) && offers (self, "Unlock"));
  g_assert_true (shows (self, GTK_TYPE_LABEL, "The keyring is locked"));

  keyring_daemon_prompt (self->daemon);
  ui_click (page (self), "Unlock");
  ui_wait (keyring_daemon_answer (self->daemon, TRUE) && works (self));
}

static void
test_no_service (Case *self, gconstpointer data)
{
  stop_daemon (self);
  open_account (self);
  ui_wait (shows (self, GTK_TYPE_LABEL, "There is no keyring") && offers (self, "Try again"));
  g_assert_true (says (page (self), "no service that keeps secrets"));
  g_assert_true (offers (self, "Keep for this run only"));
  g_assert_false (offers (self, "Unlock"));

  ui_click (page (self), "Try again");
  ui_wait (offers (self, "Try again"));
  self->daemon = keyring_daemon_start (TRUE);
  ui_click (page (self), "Try again");
  ui_wait (works (self));
}

/* In the middle: what is open stays, and one banner says what is wrong. */
static void
test_dies (Case *self, gconstpointer data)
{
  open_account (self);
  ui_wait (works (self));
  stop_daemon (self);
  renew (self);
  ui_wait (shows (self, GTK_TYPE_LABEL, "There is no keyring") && offers (self, "Try again"));
  g_assert_true (shows (self, GTK_TYPE_BUTTON, "Tenant"));

  self->daemon = keyring_daemon_start (TRUE);
  ui_click (page (self), "Try again");
  ui_wait (works (self));
}

static void
test_locks (Case *self, gconstpointer data)
{
  open_account (self);
  ui_wait (works (self));
  keyring_daemon_lock (self->daemon);
  renew (self);
  ui_wait (shows (self, GTK_TYPE_LABEL, "The keyring is locked") && offers (self, "Unlock"));
  g_assert_true (shows (self, GTK_TYPE_BUTTON, "Tenant"));
  if (!keyring_daemon_has_prompter ())
    return;

  keyring_daemon_prompt (self->daemon);
  ui_click (page (self), "Unlock");
  ui_wait (keyring_daemon_answer (self->daemon, TRUE) && works (self));
}

/* Another program takes the key out: while the account is open, and before it is. */
static void
test_deleted (Case *self, gconstpointer data)
{
  open_account (self);
  ui_wait (works (self));
  put_key (FALSE);
  renew (self);
  ui_wait (shows (self, GTK_TYPE_LABEL, "You are not signed in") && offers (self, "Sign in"));
  ui_click (page (self), "Sign in");
  ui_wait (shows (self, GTK_TYPE_TEXT, "Orchestrator address"));
  g_assert_nonnull (baton_accounts_find (self->accounts, ID));
}

static void
test_deleted_before (Case *self, gconstpointer data)
{
  GtkWidget *address;

  put_key (FALSE);
  open_account (self);
  ui_wait (shows (self, GTK_TYPE_TEXT, "Orchestrator address"));
  address = ui_find (page (self), GTK_TYPE_TEXT, "Orchestrator address");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (address)), !=, "");
  g_assert_true (says (page (self), "no key for this account"));
  g_assert_nonnull (baton_accounts_find (self->accounts, ID));
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(name, function) g_test_add ("/baton/app/keyring-states/" name, Case, NULL, set_up, function, tear_down)
  ADD ("unlocked", test_unlocked);
  ADD ("deleted", test_deleted);
  ADD ("deleted-before", test_deleted_before);
  if (!keyring_daemon_is_file ())
    {
      ADD ("locked", test_locked);
      ADD ("prompter", test_prompter);
      ADD ("no-service", test_no_service);
      ADD ("dies", test_dies);
      ADD ("locks", test_locks);
    }
  return g_test_run ();
}
