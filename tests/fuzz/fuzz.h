/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* libFuzzer's entry. @data holds no NUL at its end. Returns: 0. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Returns: (transfer full): the input as a text, up to its first NUL, and made valid UTF-8. */
static inline char *
fuzz_text (const guint8 *data, gsize size)
{
  g_autofree char *raw = g_strndup ((const char *) data, size);

  return g_utf8_make_valid (raw, -1);
}
