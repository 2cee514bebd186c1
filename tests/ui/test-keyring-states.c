/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keyring-window.h"
#include "ui-fixture.h"

/* What the window shows, and which button leads on, for each state that a keyring can be in: with
 * the daemons that people have, on a bus that this test has for itself. */

#define KEY "sandbox-user-key-for-everyone-0123456789abcdef"

typedef struct
{
  UiFixture sandbox;
  KeyringWindow on;
} Case;

static void
set_up (Case *self, gconstpointer data)
{
  g_autoptr (BatonAccount) account = NULL;

  ui_fixture_set_up (&self->sandbox, NULL);
  account = baton_account_new ("an-account", baton_account_get_deployment (self->sandbox.account), BATON_METHOD_USER_KEY);
  baton_account_set_client_id (account, baton_account_get_client_id (self->sandbox.account));
  keyring_window_set_up (&self->on, account, baton_secret_new (BATON_SECRET_USER_KEY, KEY, 0, 0));
}

static void
tear_down (Case *self, gconstpointer data)
{
  keyring_window_tear_down (&self->on);
  ui_fixture_tear_down (&self->sandbox);
}

static gboolean
shows (Case *self, GType type, const char *name)
{
  return keyring_window_shows (&self->on, type, name);
}

static gboolean
offers (Case *self, const char *button)
{
  return keyring_window_offers (&self->on, button);
}

static gboolean
works (Case *self)
{
  return keyring_window_works (&self->on);
}

static void
test_unlocked (Case *self, gconstpointer data)
{
  keyring_window_open_account (&self->on);
  ui_wait (works (self));
}

/* Nobody who could ask: the button is there again, and so is all else. */
static void
test_locked (Case *self, gconstpointer data)
{
  keyring_window_start_daemon (&self->on, FALSE);
  keyring_window_open_account (&self->on);
  ui_wait (shows (self, GTK_TYPE_LABEL, "The keyring is locked") && offers (self, "Unlock"));
  g_assert_true (keyring_window_says (&self->on, "and that is locked"));
  g_assert_true (offers (self, "Keep for this run only"));
  keyring_window_click (&self->on, "Unlock");
  ui_wait (!offers (self, "Unlock"));
  ui_wait (offers (self, "Unlock"));
  g_assert_true (shows (self, GTK_TYPE_LABEL, "The keyring is locked"));

  keyring_window_start_daemon (&self->on, TRUE);
  keyring_window_click (&self->on, "Try again");
  ui_wait (works (self));
}

static gboolean
is_put_away (Case *self)
{
  keyring_daemon_answer (self->on.daemon, FALSE);
  return offers (self, "Unlock");
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
  keyring_window_start_daemon (&self->on, FALSE);
  keyring_window_open_account (&self->on);
  ui_wait (offers (self, "Unlock"));
  keyring_daemon_prompt (self->on.daemon);
  keyring_window_click (&self->on, "Unlock");
  ui_wait (!offers (self, "Unlock"));
  ui_wait (is_put_away (self));
  g_assert_true (shows (self, GTK_TYPE_LABEL, "The keyring is locked"));

  keyring_window_unlock (&self->on);
}

static void
test_no_service (Case *self, gconstpointer data)
{
  keyring_window_stop_daemon (&self->on);
  keyring_window_open_account (&self->on);
  ui_wait (shows (self, GTK_TYPE_LABEL, "There is no keyring") && offers (self, "Try again"));
  g_assert_true (keyring_window_says (&self->on, "no service that keeps secrets"));
  g_assert_true (offers (self, "Keep for this run only"));
  g_assert_false (offers (self, "Unlock"));

  keyring_window_click (&self->on, "Try again");
  ui_wait (offers (self, "Try again"));
  keyring_window_start_daemon (&self->on, TRUE);
  keyring_window_click (&self->on, "Try again");
  ui_wait (works (self));
}

/* In the middle: what is open stays, and one banner says what is wrong. */
static void
test_dies (Case *self, gconstpointer data)
{
  keyring_window_open_account (&self->on);
  ui_wait (works (self));
  keyring_window_stop_daemon (&self->on);
  keyring_window_renew (&self->on);
  ui_wait (shows (self, GTK_TYPE_LABEL, "There is no keyring") && offers (self, "Try again"));
  g_assert_true (shows (self, GTK_TYPE_BUTTON, "Tenant"));

  keyring_window_start_daemon (&self->on, TRUE);
  keyring_window_click (&self->on, "Try again");
  ui_wait (works (self));
}

static void
test_locks (Case *self, gconstpointer data)
{
  keyring_window_open_account (&self->on);
  ui_wait (works (self));
  keyring_daemon_lock (self->on.daemon);
  keyring_window_renew (&self->on);
  ui_wait (shows (self, GTK_TYPE_LABEL, "The keyring is locked") && offers (self, "Unlock"));
  g_assert_true (shows (self, GTK_TYPE_BUTTON, "Tenant"));
  if (!keyring_daemon_has_prompter ())
    return;

  keyring_window_unlock (&self->on);
}

/* Another program takes the key out: while the account is open, and before it is. */
static void
test_deleted (Case *self, gconstpointer data)
{
  keyring_window_open_account (&self->on);
  ui_wait (works (self));
  keyring_window_put (&self->on, NULL);
  keyring_window_renew (&self->on);
  ui_wait (shows (self, GTK_TYPE_LABEL, "You are not signed in") && offers (self, "Sign in"));
  keyring_window_click (&self->on, "Sign in");
  ui_wait (shows (self, GTK_TYPE_TEXT, "Orchestrator address"));
  g_assert_nonnull (baton_accounts_find (self->on.accounts, "an-account"));
}

static void
test_deleted_before (Case *self, gconstpointer data)
{
  GtkWidget *address;

  keyring_window_put (&self->on, NULL);
  keyring_window_open_account (&self->on);
  ui_wait (shows (self, GTK_TYPE_TEXT, "Orchestrator address"));
  address = ui_find (keyring_window_get_page (&self->on), GTK_TYPE_TEXT, "Orchestrator address");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (address)), !=, "");
  g_assert_true (keyring_window_says (&self->on, "no key for this account"));
  g_assert_nonnull (baton_accounts_find (self->on.accounts, "an-account"));
}

static void
type (Case *self, const char *name, const char *text)
{
  GtkWidget *entry = ui_find (keyring_window_get_page (&self->on), GTK_TYPE_TEXT, name);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

/* Signs in by hand: nothing is kept. */
static void
sign_in (Case *self)
{
  keyring_window_put (&self->on, NULL);
  keyring_window_open_account (&self->on);
  ui_wait (shows (self, GTK_TYPE_TEXT, "User key"));
}

/* A key that is good, and a keyring that does not take it: the person decides. */
static void
test_not_taken (Case *self, gconstpointer data)
{
  g_autoptr (BatonSecret) kept = NULL;

  sign_in (self);
  keyring_daemon_lock (self->on.daemon);
  type (self, "User key", KEY);
  keyring_window_click (&self->on, "Sign in");
  ui_wait (shows (self, GTK_TYPE_LABEL, "The keyring is locked") && offers (self, "Unlock"));
  g_assert_true (keyring_window_says (&self->on, "You are signed in"));
  if (!keyring_daemon_has_prompter ())
    return;

  keyring_window_unlock (&self->on);
  kept = keyring_window_look_up (&self->on);
  g_assert_nonnull (kept);
  g_assert_cmpstr (baton_secret_get_value (kept), ==, KEY);
}

static void
test_for_this_run (Case *self, gconstpointer data)
{
  g_autoptr (BatonToken) before = NULL;

  sign_in (self);
  keyring_window_stop_daemon (&self->on);
  type (self, "User key", KEY);
  keyring_window_click (&self->on, "Sign in");
  ui_wait (shows (self, GTK_TYPE_LABEL, "There is no keyring") && offers (self, "Try again"));
  g_assert_true (keyring_window_says (&self->on, "You are signed in"));
  keyring_window_click (&self->on, "Keep for this run only");
  ui_wait (works (self));

  /* It renews, and nothing comes to a keyring that is there again: that was what the person chose. */
  keyring_window_start_daemon (&self->on, TRUE);
  before = baton_token_ref (baton_token_keeper_get_token (keyring_window_get_keeper (&self->on)));
  keyring_window_renew (&self->on);
  ui_wait (baton_token_keeper_get_token (keyring_window_get_keeper (&self->on)) != before);
  g_assert_true (works (self));
  g_assert_null (keyring_window_look_up (&self->on));
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
      ADD ("not-taken", test_not_taken);
      ADD ("for-this-run", test_for_this_run);
    }
  return g_test_run ();
}
