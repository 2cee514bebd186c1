/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-session.h"

G_BEGIN_DECLS

/**
 * BatonWindow:
 *
 * The one window: welcome, sign-in, keyring, keys or workspace, each made when it is first needed. Its actions: win.sign-in,
 * win.sign-in-again, win.add-scope(s), win.back, win.cancel, win.show-keys, win.try-sandbox, win.unlock-keyring, win.use-keyring, and
 * those of baton-account-actions and baton-network-actions; the tenant selector adds win.choose-tenant. Main thread.
 */
#define BATON_TYPE_WINDOW (baton_window_get_type ())
G_DECLARE_FINAL_TYPE (BatonWindow, baton_window, BATON, WINDOW, AdwApplicationWindow)

BatonWindow *baton_window_new (GtkApplication *application, BatonSession *session, GSettings *settings);

/* What the program was started for: the account last used, else the welcome page. Once. */
void baton_window_start (BatonWindow *self);
/* Goes, and asks nothing. */
void baton_window_leave (BatonWindow *self);

/* Returns: (transfer none) (nullable): NULL once the window is closed. */
BatonSession *baton_window_get_session (BatonWindow *self);
/* Returns: (transfer none) (nullable): the page that is shown. */
GtkWidget *baton_window_get_page (BatonWindow *self);
/* Says @title, which is read as markup, for some seconds over the page that is shown. */
void baton_window_add_toast (BatonWindow *self, const char *title);

G_END_DECLS
