/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "sandbox-nupkg.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (SandboxNupkg) nuspec = g_new0 (SandboxNupkg, 1);
  g_autoptr (GError) error = NULL;
  gboolean ok = sandbox_nupkg_read_nuspec (nuspec, (const char *)data, size, &error);

  g_assert_true (ok == (error == NULL));
  /* What is good can be made again. */
  if (ok)
    {
      g_autoptr (GBytes) made = sandbox_nupkg_make (nuspec, 0);
      g_autoptr (SandboxNupkg) again = sandbox_nupkg_read (made, NULL);

      g_assert_nonnull (again);
      g_assert_cmpstr (again->id, ==, nuspec->id);
      g_assert_cmpstr (again->version, ==, nuspec->version);
    }

  return 0;
}
