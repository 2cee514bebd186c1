/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Passwords that people choose are kept as "ROUNDS:SALT:HASH", PBKDF2 with SHA-256, in base64url.
 */

/* What is to be done for somebody's own; 1 is enough for what everybody knows. */
#define SANDBOX_PASSWORD_ROUNDS 20000

/* Returns: (transfer full): of @password with a salt of its own. */
char *sandbox_password_hash (const char *password, guint rounds);
/* Returns: TRUE where @hash was made of @password. */
gboolean sandbox_password_matches (const char *password, const char *hash);

G_END_DECLS
