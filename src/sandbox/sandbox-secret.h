/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-store.h"

G_BEGIN_DECLS

/* Secrets that the sandbox gives out. The store keeps the SHA-256 alone. */

/* Returns: (transfer full): @n_bytes from the system's random source, up to 256, in base64url. */
char *sandbox_secret_make (gsize n_bytes);

/* Returns: (transfer full): in base64url, without "=" at its end. */
char *sandbox_secret_encode (const guint8 *data, gsize length);

/* Returns: (transfer full): the SHA-256 of @text in base64url, as PKCE wants its challenge. */
char *sandbox_secret_hash (const char *text);

/* Returns: (transfer full): a GUID of random bits. */
char *sandbox_secret_make_guid (void);

/* Binds the SHA-256 of @text. */
void sandbox_secret_bind (sqlite3_stmt *statement, int position, const char *text);

G_END_DECLS
