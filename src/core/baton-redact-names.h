/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A piece of a text to take out, in bytes. */
typedef struct
{
  gsize start;
  gsize end;
} BatonRedactRange;

/* Any thread. Adds to @ranges (element-type BatonRedactRange) the value of each secret name in @text, and what is
 * a token by its look: a JSON web token, `Bearer …`, the password in an address. In no order. */
void baton_redact_find_by_name (const char *text, GArray *ranges);

G_END_DECLS
