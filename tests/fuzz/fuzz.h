/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* libFuzzer's entry. @data holds no NUL at its end. Returns: 0. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* For one that gets to g_uri_unescape_string(), in which GLib 2.74 leaks where the bytes are no
 * UTF-8, from a stack that is too short for a suppression: leaks are not looked for. */
#define FUZZ_WITHOUT_LEAKS                                                                         \
  int __lsan_is_turned_off (void);                                                                 \
  int __lsan_is_turned_off (void)                                                                  \
  {                                                                                                \
    return 1;                                                                                      \
  }

/* Returns: (transfer full): the input as a text, up to its first NUL, and made valid UTF-8. */
static inline char *
fuzz_text (const guint8 *data, gsize size)
{
  g_autofree char *raw = g_strndup ((const char *) data, size);

  return g_utf8_make_valid (raw, -1);
}
