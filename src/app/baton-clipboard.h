/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "baton-clock.h"

G_BEGIN_DECLS

#define BATON_CLIPBOARD_SECRET_SECONDS 30

/* Puts @text on the clipboard of @widget. Main thread. */
void baton_clipboard_copy (GtkWidget *widget, const char *text);
/* The same for a secret: after 30 seconds the clipboard is cleared, but only where it still holds what was put there, not what
 * somebody copied since. Marked as a password, so that clipboard managers do not keep it.
 * @clock: (nullable): by which the time passes; NULL is the machine's. */
void baton_clipboard_copy_secret (GtkWidget *widget, const char *secret, BatonClock *clock);
/* Clears it at once: for the end of the program, when the desktop would keep a copy for good. */
void baton_clipboard_forget_secret (void);

G_END_DECLS
