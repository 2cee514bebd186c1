/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-session.h"

G_BEGIN_DECLS

/**
 * BatonWindow:
 *
 * The one window: welcome, sign-in, keyring or workspace, each made when it is first needed. Its actions: win.sign-in, win.sign-in-again,
 * win.back, win.cancel, win.try-sandbox, win.reconnect, win.replace-key, win.unlock-keyring, win.switch-account(s: id), win.remove-account(s: id);
 * the tenant selector adds win.choose-tenant.
 */
#define BATON_TYPE_WINDOW (baton_window_get_type ())
G_DECLARE_FINAL_TYPE (BatonWindow, baton_window, BATON, WINDOW, AdwApplicationWindow)

BatonWindow *baton_window_new (GtkApplication *application, BatonSession *session, GSettings *settings);

/* What the program was started for: the account last used, else the welcome page. Once. */
void baton_window_start (BatonWindow *self);

G_END_DECLS
