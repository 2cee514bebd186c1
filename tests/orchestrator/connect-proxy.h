/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* An http proxy over a real socket, which only makes tunnels. Its connections run in threads of
 * their own. */
typedef struct _ConnectProxy ConnectProxy;

/* @login: (nullable): "user:password" that it asks for. */
ConnectProxy *connect_proxy_new (const char *login);
void connect_proxy_free (ConnectProxy *self);
const char *connect_proxy_get_address (ConnectProxy *self); /* "127.0.0.1:port" */
/* How many tunnels it made, and how many requests it turned away. */
guint connect_proxy_count (ConnectProxy *self);
guint connect_proxy_count_refused (ConnectProxy *self);
/* Returns: (transfer full): all that it read outside and inside of its tunnels. */
GBytes *connect_proxy_dup_seen (ConnectProxy *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConnectProxy, connect_proxy_free)

G_END_DECLS
