/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-connection.h"

G_BEGIN_DECLS

/* Asks for a new user key, or the password, of an account, over the page that stays; keeps what was typed until the server took it. */
#define BATON_TYPE_KEY_DIALOG (baton_key_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BatonKeyDialog, baton_key_dialog, BATON, KEY_DIALOG, AdwWindow)

/* @parent: (nullable). */
GtkWidget *baton_key_dialog_new (GtkWindow *parent, BatonConnection *connection);

G_END_DECLS
