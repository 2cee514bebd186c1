/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "sandbox-odata-filter.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = fuzz_text (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (SandboxExpression) expression = sandbox_filter_parse (text, &error);

  g_assert_true ((expression == NULL) == (error != NULL));

  return 0;
}
