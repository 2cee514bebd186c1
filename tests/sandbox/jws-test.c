/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jws-test.h"

#include <jose/b64.h>
#include <jose/jws.h>

char *
jws_test_verify (const char *token, const char *keys)
{
  g_auto (GStrv) parts = g_strsplit (token, ".", -1);
  json_auto_t *set = json_loads (keys, 0, NULL);
  json_auto_t *jws = NULL;
  json_auto_t *claims = NULL;
  g_autofree char *text = NULL;
  char *dumped;

  g_assert_cmpuint (g_strv_length (parts), ==, 3);
  g_assert_nonnull (set);
  jws = json_pack ("{s:s,s:s,s:s}", "protected", parts[0], "payload", parts[1], "signature",
                   parts[2]);
  if (!jose_jws_ver (NULL, jws, NULL, set, FALSE))
    return NULL;

  claims = jose_b64_dec_load (json_object_get (jws, "payload"));
  dumped = json_dumps (claims, JSON_COMPACT);
  text = g_strdup (dumped);
  free (dumped);

  return g_steal_pointer (&text);
}
