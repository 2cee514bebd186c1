/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "baton-deployment.h"

/* Whatever is pasted as an address, what Baton calls then is an address. */
FUZZ_WITHOUT_LEAKS

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = fuzz_text (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonDeployment) deployment = baton_deployment_parse (text, &error);
  const char *urls[3];

  if (deployment == NULL)
    {
      g_assert_nonnull (error);
      return 0;
    }

  urls[0] = baton_deployment_get_origin (deployment);
  urls[1] = baton_deployment_get_base_url (deployment);
  urls[2] = baton_deployment_get_token_url (deployment);

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    if (urls[i] != NULL)
      {
        g_autoptr (GUri) uri = g_uri_parse (urls[i], G_URI_FLAGS_NONE, &error);

        g_assert_no_error (error);
        g_assert_null (g_uri_get_userinfo (uri));
        g_assert_cmpstr (g_uri_get_host (uri), !=, "");
      }

  return 0;
}
