/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * SandboxConnections:
 *
 * Closes the connections that their clients have closed. libsoup before 3.3 forgets one that ends
 * between two requests and keeps its socket (its commit d20c6601), until a server that stands for
 * long, or meets many short clients, has none left. One thread.
 */
typedef struct _SandboxConnections SandboxConnections;

SandboxConnections *sandbox_connections_new (void);
void sandbox_connections_free (SandboxConnections *self);

/* Looks after the connection of a request that has come. */
void sandbox_connections_watch (SandboxConnections *self, SoupServerMessage *message);

G_END_DECLS
