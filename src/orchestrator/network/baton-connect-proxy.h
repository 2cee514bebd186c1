/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The protocol under which GIO goes through an http proxy by itself. Under "http" it would leave
 * that to libsoup, whose second CONNECT, the one with the password, asks for the proxy's own port
 * (3.2.3). */
#define BATON_CONNECT_PROXY_PROTOCOL "baton-connect"

/**
 * BatonConnectProxy:
 *
 * GIO's own http proxy under another name. Basic authentication alone.
 */
#define BATON_TYPE_CONNECT_PROXY (baton_connect_proxy_get_type ())
G_DECLARE_FINAL_TYPE (BatonConnectProxy, baton_connect_proxy, BATON, CONNECT_PROXY, GObject)

/* Makes the protocol known to GIO. Main thread; any number of times. */
void baton_connect_proxy_register (void);

G_END_DECLS
