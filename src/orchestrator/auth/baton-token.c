/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "baton-json.h"
#include "baton-redact.h"
#include "baton-token.h"

struct _BatonToken
{
  gatomicrefcount references;

  char *access_token; /* (owned) */
  char *id_token;     /* (owned) (nullable) */
  gint64 issued_at;
  gint64 expires_at;
};

G_DEFINE_BOXED_TYPE (BatonToken, baton_token, baton_token_ref, baton_token_unref)

BatonToken *
baton_token_new (const char *access_token,
                 const char *id_token,
                 gint64 issued_at,
                 gint64 expires_at)
{
  BatonToken *self = NULL;

  g_return_val_if_fail (access_token != NULL, NULL);

  self = g_new0 (BatonToken, 1);
  g_atomic_ref_count_init (&self->references);
  self->access_token = g_strdup (access_token);
  self->id_token = g_strdup (id_token);
  self->issued_at = issued_at;
  self->expires_at = expires_at;

  baton_redact_remember (self->access_token);
  if (self->id_token != NULL)
    baton_redact_remember (self->id_token);

  return self;
}

BatonToken *
baton_token_ref (BatonToken *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
baton_token_unref (BatonToken *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;

  baton_redact_forget (self->access_token);
  baton_secret_free (self->access_token);
  if (self->id_token != NULL)
    {
      baton_redact_forget (self->id_token);
      baton_secret_free (self->id_token);
    }
  g_free (self);
}

const char *
baton_token_get_access_token (BatonToken *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->access_token;
}

const char *
baton_token_get_id_token (BatonToken *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id_token;
}

gint64
baton_token_get_issued_at (BatonToken *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->issued_at;
}

gint64
baton_token_get_expires_at (BatonToken *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->expires_at;
}

/**
 * baton_token_dup_claims:
 *
 * Any thread. For a person to read: nothing in Baton is decided by a claim but the organisation's
 * id.
 *
 * Returns: (transfer full) (nullable): the payload of a JWT; %NULL where the token is opaque
 */
JsonNode *
baton_token_dup_claims (BatonToken *self)
{
  const char *start = NULL;
  const char *end = NULL;
  g_autoptr (GString) payload = NULL;
  g_autofree guchar *text = NULL;
  gsize size = 0;
  g_autoptr (JsonNode) claims = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  /* header.payload.signature; the last is not copied, which is what makes it a secret */
  start = strchr (self->access_token, '.');
  end = start != NULL ? strchr (start + 1, '.') : NULL;
  if (end == NULL || strchr (end + 1, '.') != NULL)
    return NULL;

  /* base64url without padding (RFC 7515, appendix C) */
  payload = g_string_new_len (start + 1, end - start - 1);
  g_string_replace (payload, "-", "+", 0);
  g_string_replace (payload, "_", "/", 0);
  while (payload->len % 4 != 0)
    g_string_append_c (payload, '=');

  text = g_base64_decode (payload->str, &size);
  if (size == 0)
    return NULL;

  claims = baton_json_parse_text ((const char *)text, (gssize)size, NULL);
  if (claims == NULL || !JSON_NODE_HOLDS_OBJECT (claims))
    return NULL;

  return g_steal_pointer (&claims);
}
