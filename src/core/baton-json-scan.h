/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A place in a text that is JSON and yet not for json-glib 1.6. */
typedef struct
{
  gsize offset;
  gsize length;
} BatonJsonFault;

/* Any thread. Reads @text once, without recursion, as strict JSON (RFC 8259) nested at most
 * BATON_JSON_MAX_DEPTH deep. json-glib is lax and recursive, so it only gets what passed here.
 * @faults: (out) (transfer full) (nullable): (element-type BatonJsonFault): \u0000 and lone surrogates in strings, which
 * become no UTF-8; whole numbers past 64 bits, which become -1; others past a double, which become no JSON. NULL for none.
 * Returns: FALSE with BATON_ERROR_BAD_ANSWER. */
gboolean baton_json_scan (const char *text, gsize length, GArray **faults, GError **error);

/* Writes in place of each fault, in as many bytes, \ufffd or the largest number. */
void baton_json_repair (char *text, GArray *faults);

G_END_DECLS
