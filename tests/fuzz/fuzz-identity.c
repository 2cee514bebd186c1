/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <string.h>

#include "baton-json.h"
#include "sandbox-form.h"
#include "sandbox-jwt.h"
#include "sandbox-oauth-scope.h"

/* A body of the token endpoint, with its token read: whatever comes, a form is UTF-8 throughout,
 * and a token that is believed is an object that was signed here. */
static void
read_form (const char *text, gsize size)
{
  g_autoptr (SandboxForm) form = sandbox_form_parse (text, size);
  g_autoptr (GPtrArray) values = NULL;
  const char *scope;

  if (form == NULL)
    return;
  values = sandbox_form_list (form, "scope");
  for (guint i = 0; i < values->len; i++)
    g_assert_true (g_utf8_validate (values->pdata[i], -1, NULL));
  scope = sandbox_form_get (form, "scope");
  if (scope != NULL)
    {
      sandbox_oauth_scope_is_known (scope);
      g_assert_true (sandbox_oauth_scope_contains (scope, scope));
      sandbox_oauth_scope_allows (scope, "OR.Jobs", TRUE);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = fuzz_text (data, size);
  g_autofree char *raw = g_strndup ((const char *)data, size);
  g_autofree char *claims = NULL;

  read_form ((const char *)data, size);
  read_form (text, strlen (text));

  /* Also what is no UTF-8. */
  if (!g_str_equal (raw, text))
    g_free (sandbox_jwt_read (raw));
  claims = sandbox_jwt_read (text);
  if (claims != NULL)
    {
      g_autoptr (JsonNode) node = baton_json_parse_text (claims, -1, NULL);

      g_assert_nonnull (node);
      g_assert_nonnull (baton_json_peek_root_object (node));
    }

  return 0;
}
