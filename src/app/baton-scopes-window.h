/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-account.h"

G_BEGIN_DECLS

/**
 * BatonScopesWindow:
 *
 * Chooses the scopes that a sign-in asks for, or that something is given, by what they are about and which pages they open. What
 * it does not know stays as it is. Main thread. Signal: chosen (const char *scopes): then it closes.
 */
#define BATON_TYPE_SCOPES_WINDOW (baton_scopes_window_get_type ())
G_DECLARE_FINAL_TYPE (BatonScopesWindow, baton_scopes_window, BATON, SCOPES_WINDOW, AdwWindow)

/* @parent: (nullable). @method: how whoever has the scopes signs in. @scopes: parted by blanks: those
 * so far. */
GtkWidget *baton_scopes_window_new (GtkWindow *parent, BatonMethod method, const char *scopes);

/* @words: said above the choice, in place of what is said of a sign-in. */
void baton_scopes_window_set_words (BatonScopesWindow *self, const char *words);

G_END_DECLS
