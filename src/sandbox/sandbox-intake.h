/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What comes in, before it is a request: a body that is too large is answered 413 and not kept, and
 * a connection that says nothing for long is closed. */

/* Looks after all requests of @soup. */
void sandbox_intake_watch (SoupServer *soup);

/* Lets as many clients in at a time as the system allows this process. */
void sandbox_intake_raise_limits (void);

/* Listens on the loopback interface with room for many clients that come at once. @tls: whether
 * they speak TLS. Returns: the port, 0 with an error. */
guint sandbox_intake_listen (SoupServer *soup, guint port, gboolean tls, GError **error);

G_END_DECLS
