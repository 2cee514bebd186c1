/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where a server sends a request on to. Baton tells it and does not follow: what it signs in with
 * goes to no other address than the one that a person entered. Any thread. */

/* @from: what was asked. @location: (nullable): the header of the answer. @moved: (out): TRUE where
 * the same is to be had there, as after a move of the server, and not a page. Returns: (transfer
 * full) (nullable): an address without user, query and fragment, which may be secret. */
char *baton_redirect_read (GUri *from, const char *location, gboolean *moved);

G_END_DECLS
