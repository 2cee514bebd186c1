/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keyring-window.h"

#include <glib/gstdio.h>

#include "baton-window.h"
#include "baton-workspace.h"
#include "ui-fixture.h"

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

void
keyring_window_put (KeyringWindow *self, BatonSecret *secret)
{
  BatonSecretStore *other = baton_secret_store_new ();
  const char *id = baton_account_get_id (self->account);
  gboolean done = FALSE;

  if (secret != NULL)
    baton_secret_store_store_async (other, id, "Acme", secret, NULL, stored_cb, &done);
  else
    baton_secret_store_clear_async (other, id, NULL, cleared_cb, &done);
  ui_wait (done);
  ui_assert_goes (other);
}

typedef struct
{
  BatonSecret *secret;
  gboolean done;
} Found;

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Found *found = user_data;
  g_autoptr (GError) error = NULL;

  found->secret = baton_secret_store_lookup_finish (BATON_SECRET_STORE (source), result, &error);
  g_assert_no_error (error);
  found->done = TRUE;
}

BatonSecret *
keyring_window_look_up (KeyringWindow *self)
{
  BatonSecretStore *other = baton_secret_store_new ();
  Found found = { NULL };

  baton_secret_store_lookup_async (other, baton_account_get_id (self->account), NULL, looked_up_cb, &found);
  ui_wait (found.done);
  ui_assert_goes (other);
  return found.secret;
}

void
keyring_window_set_up (KeyringWindow *self, BatonAccount *account, BatonSecret *secret)
{
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "keyring-window.ini", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  self->account = g_object_ref (account);
  if (!keyring_daemon_is_file ())
    self->daemon = keyring_daemon_start (TRUE);
  keyring_window_put (self, secret);
  baton_secret_unref (secret);

  g_remove (path);
  self->accounts = baton_accounts_new (file);
  baton_accounts_add (self->accounts, account);
  self->store = baton_secret_store_new ();
  self->settings = g_settings_new ("io.github.baton_desktop.Baton");
  g_settings_reset (self->settings, "last-account");
  self->session = baton_session_new (self->accounts, self->store, self->settings);
  self->window = GTK_WIDGET (baton_window_new (NULL, self->session, self->settings));
  gtk_window_present (GTK_WINDOW (self->window));
  ui_wait (gtk_widget_get_mapped (self->window));
}

void
keyring_window_stop_daemon (KeyringWindow *self)
{
  g_clear_pointer (&self->daemon, keyring_daemon_stop);
}

void
keyring_window_start_daemon (KeyringWindow *self, gboolean unlocked)
{
  keyring_window_stop_daemon (self);
  self->daemon = keyring_daemon_start (unlocked);
}

void
keyring_window_tear_down (KeyringWindow *self)
{
  if (self->window != NULL)
    {
      g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
      gtk_window_destroy (GTK_WINDOW (self->window));
    }
  ui_wait (self->window == NULL);
  ui_assert_goes (self->session);
  ui_assert_goes (self->accounts);
  ui_assert_goes (self->store);
  g_clear_object (&self->settings);
  g_clear_object (&self->account);
  keyring_window_stop_daemon (self);
}

void
keyring_window_open_account (KeyringWindow *self)
{
  baton_session_open (self->session, self->account);
}

BatonTokenKeeper *
keyring_window_get_keeper (KeyringWindow *self)
{
  return baton_connection_get_keeper (baton_session_get_connection (self->session));
}

void
keyring_window_renew (KeyringWindow *self)
{
  baton_token_keeper_renew_async (keyring_window_get_keeper (self), NULL, NULL, NULL);
}

GtkWidget *
keyring_window_get_page (KeyringWindow *self)
{
  GtkWidget *stack = ui_find (self->window, GTK_TYPE_STACK, NULL);

  return gtk_stack_get_visible_child (GTK_STACK (stack));
}

gboolean
keyring_window_shows (KeyringWindow *self, GType type, const char *name)
{
  GtkWidget *widget = ui_find (keyring_window_get_page (self), type, name);

  return widget != NULL && gtk_widget_get_mapped (widget);
}

gboolean
keyring_window_offers (KeyringWindow *self, const char *button)
{
  GtkWidget *widget = ui_find (keyring_window_get_page (self), GTK_TYPE_BUTTON, button);

  return widget != NULL && gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget);
}

gboolean
keyring_window_says (KeyringWindow *self, const char *part)
{
  return ui_says (keyring_window_get_page (self), part);
}

void
keyring_window_click (KeyringWindow *self, const char *button)
{
  ui_click (keyring_window_get_page (self), button);
}

static void
ask (KeyringWindow *self)
{
  keyring_daemon_prompt (self->daemon);
  keyring_window_click (self, "Unlock");
}

static gboolean
answer (KeyringWindow *self)
{
  if (!keyring_daemon_answer (self->daemon, TRUE) && keyring_window_offers (self, "Unlock"))
    ask (self);
  return keyring_window_works (self);
}

void
keyring_window_unlock (KeyringWindow *self)
{
  ask (self);
  ui_wait (answer (self));
}

gboolean
keyring_window_works (KeyringWindow *self)
{
  return keyring_window_shows (self, BATON_TYPE_WORKSPACE, NULL) && keyring_window_shows (self, GTK_TYPE_BUTTON, "Tenant")
         && !keyring_window_says (self, "keyring") && baton_token_keeper_get_token (keyring_window_get_keeper (self)) != NULL;
}
