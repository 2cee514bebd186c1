/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-secret.h"

G_BEGIN_DECLS

/* Shows a secret that the server tells once, to be copied now. @parent: (nullable). @title: what it
 * is. Nothing of it is left when the window closes, but on the clipboard for its 30 seconds. */
#define BATON_TYPE_ONCE_WINDOW (baton_once_window_get_type ())
G_DECLARE_FINAL_TYPE (BatonOnceWindow, baton_once_window, BATON, ONCE_WINDOW, AdwWindow)

GtkWindow *baton_once_window_new (GtkWindow *parent, const char *title, BatonSecret *secret);

G_END_DECLS
