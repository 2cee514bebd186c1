/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-connection.h"
#include "baton-secret-store.h"

G_BEGIN_DECLS

/* Copies an account in the form that another program takes, its secrets only where asked for. */
#define BATON_TYPE_SHARE_WINDOW (baton_share_window_get_type ())
G_DECLARE_FINAL_TYPE (BatonShareWindow, baton_share_window, BATON, SHARE_WINDOW, AdwWindow)

/* @parent: (nullable). @connection: (nullable): the open one, where it is of @account: it has an
 * access token. */
GtkWidget *baton_share_window_new (GtkWindow *parent,
                                   BatonAccount *account,
                                   BatonSecretStore *store,
                                   BatonConnection *connection);

G_END_DECLS
