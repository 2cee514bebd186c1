/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* GNOME's keyring on the bus that with-bus.sh brings, with one keyring whose password is known here,
 * and GNOME's dialog that asks for it. All calls wait. */
typedef struct _KeyringDaemon KeyringDaemon;

/* Returns: TRUE where libsecret keeps a file instead (SECRET_BACKEND=file). */
gboolean keyring_daemon_is_file (void);

/* @unlocked: makes the keyring where there is none, and unlocks it. */
KeyringDaemon *keyring_daemon_start (gboolean unlocked);
/* Kills it. */
void keyring_daemon_stop (KeyringDaemon *self);
/* As another program does. */
void keyring_daemon_lock (KeyringDaemon *self);

/* Returns: TRUE where the dialog, and what types into it, is installed. */
gboolean keyring_daemon_has_prompter (void);
/* Lets the dialog come when it is asked for. */
void keyring_daemon_prompt (KeyringDaemon *self);
/* Types the password into the dialog where it is there, or puts it away. To be called until it has
 * helped. Returns: FALSE where the dialog does not wait any more to be asked for: it ends by itself
 * after a while. */
gboolean keyring_daemon_answer (KeyringDaemon *self, gboolean password);

G_END_DECLS
