/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <string.h>

#include "baton-redact.h"

#define SECRET "Zq7/x+Wv \"9\\kJ=2&p"

static char *
write_secret (guint8 form)
{
  switch (form % 5)
    {
    case 0:
      return g_uri_escape_string (SECRET, NULL, FALSE);
    case 1:
      return g_base64_encode ((const guchar *) SECRET, strlen (SECRET));
    case 2:
      return g_strdup ("Zq7/x+Wv \\\"9\\\\kJ=2&p");
    default:
      return g_strdup (SECRET);
    }
}

/* A secret put anywhere in any text is gone, whatever the text around it makes of it. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *rest = NULL;
  g_autofree char *before = NULL;
  g_autofree char *text = NULL;
  g_autofree char *written = NULL;
  g_autofree char *clean = NULL;
  g_autofree char *twice = NULL;
  gsize cut = 0;

  if (size < 2)
    return 0;

  rest = g_strndup ((const char *) data + 2, size - 2);
  cut = strlen (rest) * data[1] / 255;
  before = g_strndup (rest, cut);
  written = write_secret (data[0]);
  text = g_strconcat (before, written, rest + cut, NULL);

  baton_redact_remember (SECRET);
  clean = baton_redact (text);
  twice = baton_redact (clean);
  baton_redact_forget (SECRET);

  g_assert_null (strstr (clean, written));
  g_assert_nonnull (strstr (clean, BATON_REDACTED));
  g_assert_null (strstr (twice, written));

  return 0;
}
