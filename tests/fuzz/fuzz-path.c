/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "sandbox-address.h"
#include "sandbox-operations.h"
#include "sandbox-router.h"

static SandboxRouter *
make_router (void)
{
  SandboxRouter *router = sandbox_router_new ();

  for (gsize i = 0; sandbox_operations[i] != NULL; i++)
    sandbox_router_add (router, sandbox_operations[i]);

  return router;
}

/* Whatever the address says, its parts are text, and what serves it has a place for each. */
FUZZ_WITHOUT_LEAKS

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const char *const methods[] = { "GET", "POST", "DELETE" };
  static SandboxRouter *router;
  g_autofree char *text = fuzz_text (data, size);
  g_autoptr (SandboxPath) path = sandbox_path_parse (text);
  SandboxAddress address;
  guint first;

  if (router == NULL)
    router = make_router ();
  if (path == NULL)
    return 0;

  g_assert_cmpuint (path->segments->len, ==, path->patterns->len);
  for (guint i = 0; i < path->segments->len; i++)
    {
      g_assert_true (g_utf8_validate (path->segments->pdata[i], -1, NULL));
      g_assert_true (g_utf8_validate (path->patterns->pdata[i], -1, NULL));
    }
  g_assert_true (path->key == NULL || g_utf8_validate (path->key, -1, NULL));

  sandbox_address_read (&address, path);
  g_assert_cmpuint (address.n_base, <=, path->segments->len);
  first = address.is_api ? address.n_base : 0;
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      const SandboxOperation *operation = sandbox_router_find (router, methods[i], path, first);

      g_assert_true (operation == NULL || g_str_equal (operation->method, methods[i]));
      if (operation != NULL)
        g_assert_true (sandbox_router_knows_path (router, path, first));
      sandbox_router_find_defined (router, methods[i], path, first);
    }

  return 0;
}
