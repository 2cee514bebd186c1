/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* JSON web tokens, signed with RS256 by GnuTLS. Whether a token lives is looked up in the store;
 * the signature is for clients, which check it against the key set. Claims go in and come out as
 * JSON text. */

/* @claims: an object. @type: "typ" of the header, "at+jwt" or "JWT". Returns: (transfer full): the
 * token. */
char *sandbox_jwt_make (const char *claims, const char *type);

/* Returns: (transfer full) (nullable): the claims of a token that this sandbox, or another, has
 * signed. Its times are not looked at. */
char *sandbox_jwt_read (const char *token);

/* Returns: (transfer full): the JSON web key set of the public key. */
char *sandbox_jwt_make_key_set (void);

G_END_DECLS
