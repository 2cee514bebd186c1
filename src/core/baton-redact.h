/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Redaction by name and by value. Any thread. */

#define BATON_REDACTED "‹redacted›"

/* Remembers a secret so that baton_redact() takes it out of any text, also where it is
 * percent-encoded or base64. Counted: forget as often as you remember. Values under 4 bytes are left alone. */
void baton_redact_remember (const char *secret);
void baton_redact_forget (const char *secret);

/* Returns: TRUE where the value of a header, a query or form parameter or a JSON member of
 * this name (any case) is secret. */
gboolean baton_redact_is_secret_name (const char *name);

/* Returns: (transfer full): @text with all remembered values, and the values of secret names in headers, URLs, forms
 * and JSON, replaced. */
char *baton_redact (const char *text);

/* Overwrites @secret in memory and frees it. NULL is allowed. */
void baton_secret_free (char *secret);
/* The same with all of an array that ends with NULL, and the array. NULL is allowed. */
void baton_secret_free_all (char **secrets);

/* For g_autoptr(): a text that is wiped. For g_auto(): an array of such. */
typedef char BatonSecretText;
typedef char **BatonSecretTexts;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonSecretText, baton_secret_free)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (BatonSecretTexts, baton_secret_free_all, NULL)

/* Main thread, once, first of all: all that is logged, by any library, is redacted and then written by
 * GLib's default writer. */
void baton_redact_install_log_writer (void);

G_END_DECLS
