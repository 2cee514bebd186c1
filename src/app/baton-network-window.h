/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-secret.h"
#include "network/baton-trust.h"

G_BEGIN_DECLS

/**
 * BatonNetworkWindow:
 *
 * "Network and certificates": the BatonTrust of one account, and what its proxy and its client
 * certificate ask for. Main thread.
 *
 * Signal: saved (BatonTrust *trust, BatonSecret *login, BatonSecret *password): the last two are of
 * the proxy and of the client certificate, NULL where nothing was typed. The window closes then.
 */
#define BATON_TYPE_NETWORK_WINDOW (baton_network_window_get_type ())
G_DECLARE_FINAL_TYPE (BatonNetworkWindow, baton_network_window, BATON, NETWORK_WINDOW, AdwWindow)

/* @parent: (nullable). @trust: what there is. */
GtkWidget *baton_network_window_new (GtkWindow *parent, BatonTrust *trust);
/* Stands where can be changed what @error (nullable) is about. */
void baton_network_window_focus (BatonNetworkWindow *self, const GError *error);

G_END_DECLS
