/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-jwt.h"

#include "baton-json.h"
#include "sandbox-token.h"

#define HEADER "{\"alg\":\"HS256\",\"typ\":\"JWT\"}"

static const char *
get_secret (void)
{
  static char *secret;

  if (secret == NULL)
    secret = sandbox_random_text (32);

  return secret;
}

char *
sandbox_jwt_make (JsonNode *claims)
{
  g_autofree char *payload = baton_json_to_text (claims, FALSE);
  g_autofree char *first = sandbox_base64url ((const guint8 *) HEADER, strlen (HEADER));
  g_autofree char *second = sandbox_base64url ((const guint8 *) payload, strlen (payload));
  g_autofree char *signed_part = g_strconcat (first, ".", second, NULL);
  g_autofree char *signature = NULL;
  const char *secret = get_secret ();
  guint8 digest[32];
  gsize length = sizeof digest;
  GHmac *hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret));

  g_hmac_update (hmac, (const guchar *) signed_part, -1);
  g_hmac_get_digest (hmac, digest, &length);
  g_hmac_unref (hmac);
  signature = sandbox_base64url (digest, length);

  return g_strconcat (signed_part, ".", signature, NULL);
}
