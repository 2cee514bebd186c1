/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Any thread. Reads @text once, without recursion, as strict JSON (RFC 8259) nested at most
 * BATON_JSON_MAX_DEPTH deep. json-glib is lax, recursive, and cannot cope with a lone surrogate, so it only gets what
 * passed here.
 * @has_bad_unicode: (out): set where a string holds \u0000 or a lone surrogate, see below.
 * Returns: FALSE with BATON_ERROR_BAD_ANSWER. */
gboolean baton_json_scan (const char *text, gsize length, gboolean *has_bad_unicode, GError **error);

/* Writes \ufffd, in place, over each \u0000 and each lone surrogate of a text that passed the scan. */
void baton_json_replace_bad_unicode (char *text, gsize length);

G_END_DECLS
