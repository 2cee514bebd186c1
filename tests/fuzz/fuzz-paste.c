/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "baton-paste.h"

FUZZ_WITHOUT_LEAKS

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = fuzz_text (data, size);
  g_autoptr (BatonPaste) paste = baton_paste_parse (text);
  g_autofree char *address = NULL;

  if (paste != NULL)
    address = baton_paste_make_address (paste, "https://cloud.uipath.com/acme/production");

  return 0;
}
