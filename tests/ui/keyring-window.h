/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-session.h"
#include "keyring-daemon.h"

G_BEGIN_DECLS

/* Baton's window with one account, whose secret lies in the keyring. */
typedef struct
{
  KeyringDaemon *daemon; /* (owned) (nullable) */
  BatonAccount *account; /* (owned) */
  BatonAccounts *accounts;
  BatonSecretStore *store;
  GSettings *settings;
  BatonSession *session;
  GtkWidget *window; /* (nullable): NULL where the test closed it */
} KeyringWindow;

/* Starts the daemon, unlocked, and puts @secret (transfer full) there. */
void keyring_window_set_up (KeyringWindow *self, BatonAccount *account, BatonSecret *secret);
void keyring_window_tear_down (KeyringWindow *self);

void keyring_window_stop_daemon (KeyringWindow *self);
/* Stops it where it runs. */
void keyring_window_start_daemon (KeyringWindow *self, gboolean unlocked);

/* As another program does. @secret: (nullable): NULL deletes. */
void keyring_window_put (KeyringWindow *self, BatonSecret *secret);
/* Returns: (transfer full) (nullable): what the keyring has, as another program sees it. */
BatonSecret *keyring_window_look_up (KeyringWindow *self);

void keyring_window_open_account (KeyringWindow *self);
BatonTokenKeeper *keyring_window_get_keeper (KeyringWindow *self);
/* "Renew now", without waiting. */
void keyring_window_renew (KeyringWindow *self);

/* The page that is shown: those behind it have buttons of the same names. */
GtkWidget *keyring_window_get_page (KeyringWindow *self);
gboolean keyring_window_shows (KeyringWindow *self, GType type, const char *name);
/* Whether there is such a button to press. */
gboolean keyring_window_offers (KeyringWindow *self, const char *button);
/* Whether a label that is shown has @part in it. */
gboolean keyring_window_says (KeyringWindow *self, const char *part);
void keyring_window_click (KeyringWindow *self, const char *button);
/* Presses "Unlock" and types the password into the dialog, until the account works. */
void keyring_window_unlock (KeyringWindow *self);
/* The account is open, and nothing is said of a keyring. */
gboolean keyring_window_works (KeyringWindow *self);

G_END_DECLS
