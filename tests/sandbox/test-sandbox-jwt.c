/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gnutls/abstract.h>

#include "jws-test.h"
#include "sandbox-jwt.h"
#include "sandbox-secret.h"

#define CLAIMS "{\"aud\":[\"a\",\"b\"],\"exp\":1790000000,\"name\":\"J\\u00fcrgen\",\"sub\":\"1\"}"

static char *
encode (const char *text)
{
  return sandbox_secret_encode ((const guint8 *)text, strlen (text));
}

/* Returns: (transfer full): with a NUL at its end. */
static char *
decode (const char *text, gsize *length)
{
  /* GLib's wants the padding. */
  g_autofree char *padded = g_strconcat (text, "==", NULL);
  gsize n = 0;
  guchar *data = g_base64_decode (g_strdelimit (g_strdelimit (padded, "-", '+'), "_", '/'), &n);

  data = g_realloc (data, n + 1);
  data[n] = '\0';
  if (length != NULL)
    *length = n;

  return (char *)data;
}

static char *
decode_part (const char *token, guint part)
{
  g_auto (GStrv) parts = g_strsplit (token, ".", -1);

  return decode (parts[part], NULL);
}

/* Returns: (transfer full): @header and @claims with @signature. */
static char *
join (const char *header, const char *claims, const char *signature)
{
  g_autofree char *first = encode (header);
  g_autofree char *second = encode (claims);

  return g_strjoin (".", first, second, signature, NULL);
}

/* A client that knows libjose alone believes what is made here, and so do we. */
static void
test_made (void)
{
  g_autofree char *token = sandbox_jwt_make (CLAIMS, "at+jwt");
  g_autofree char *keys = sandbox_jwt_make_key_set ();
  g_autofree char *theirs = jws_test_verify (token, keys);
  g_autofree char *ours = sandbox_jwt_read (token);

  g_assert_nonnull (theirs);
  g_assert_cmpstr (ours, ==, theirs);
  g_assert_nonnull (strstr (ours, "J\xc3\xbcrgen"));
}

static void
test_header (void)
{
  g_autofree char *token = sandbox_jwt_make (CLAIMS, "at+jwt");
  g_autofree char *header = decode_part (token, 0);
  g_autofree char *keys = sandbox_jwt_make_key_set ();
  g_auto (GStrv) parts = g_strsplit (keys, "\"kid\":\"", 2);

  g_assert_nonnull (strstr (header, "\"alg\":\"RS256\""));
  g_assert_nonnull (strstr (header, "\"typ\":\"at+jwt\""));
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  *strchr (parts[1], '"') = '\0';
  g_assert_nonnull (strstr (header, parts[1]));
}

/* What is published tells nobody how to sign. */
static void
test_key_set (void)
{
  static const char *const secret[]
      = { "\"d\":", "\"p\":", "\"q\":", "\"dp\":", "\"dq\":", "\"qi\":" };
  g_autofree char *keys = sandbox_jwt_make_key_set ();

  for (gsize i = 0; i < G_N_ELEMENTS (secret); i++)
    g_assert_null (strstr (keys, secret[i]));
  g_assert_nonnull (strstr (keys, "\"use\":\"sig\""));
  g_assert_nonnull (strstr (keys, "\"kty\":\"RSA\""));
}

static void
test_changed (void)
{
  g_autofree char *token = sandbox_jwt_make (CLAIMS, "JWT");
  g_auto (GStrv) parts = g_strsplit (token, ".", -1);
  g_autofree char *other = encode ("{\"sub\":\"2\"}");
  g_autofree char *forged = g_strjoin (".", parts[0], other, parts[2], NULL);
  g_autofree char *longer = g_strconcat (token, "A", NULL);

  g_assert_null (sandbox_jwt_read (forged));
  g_assert_null (sandbox_jwt_read (longer));
  for (gsize i = 0; i < strlen (token); i += 7)
    {
      g_autofree char *cut = g_strndup (token, i);

      g_assert_null (sandbox_jwt_read (cut));
    }
}

/* The header says how it was signed, and whoever forges one writes the header. */
static void
test_other_algorithms (void)
{
  g_autofree char *keys = sandbox_jwt_make_key_set ();
  g_autofree char *signed_here = sandbox_jwt_make (CLAIMS, "JWT");
  g_auto (GStrv) parts = g_strsplit (signed_here, ".", -1);
  static const char *const headers[] = {
    "{\"alg\":\"none\"}",
    "{\"alg\":\"HS256\"}",
    "{\"alg\":\"RS384\"}",
    "{\"alg\":\"PS256\"}",
    "{\"alg\":\"ES256\"}",
    "{\"alg\":256}",
    "{}",
    "[]",
    "null",
    "no JSON",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autofree char *bare = join (headers[i], CLAIMS, "");
      g_autofree char *with = join (headers[i], CLAIMS, parts[2]);

      g_assert_null (sandbox_jwt_read (bare));
      g_assert_null (sandbox_jwt_read (with));
    }
}

/* The public key is everybody's: as the secret of an HMAC it would let everybody sign. */
static void
test_public_key_as_secret (void)
{
  g_autofree char *signing = join ("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", CLAIMS, NULL);
  g_autofree char *keys = sandbox_jwt_make_key_set ();
  g_auto (GStrv) parts = g_strsplit (strstr (keys, "\"n\":\"") + 5, "\"", 2);
  gsize length;
  g_autofree char *modulus = decode (parts[0], &length);
  gnutls_datum_t e = { (guchar *)"\x01\x00\x01", 3 };
  gnutls_datum_t n = { (guchar *)modulus, (guint)length };
  gnutls_datum_t pem;
  gnutls_pubkey_t key;

  g_assert_cmpint (gnutls_pubkey_init (&key), ==, 0);
  g_assert_cmpint (gnutls_pubkey_import_rsa_raw (key, &n, &e), ==, 0);
  g_assert_cmpint (gnutls_pubkey_export2 (key, GNUTLS_X509_FMT_PEM, &pem), ==, 0);

  for (guint cut = 0; cut < 2; cut++)
    {
      gsize size = 32;
      guint8 digest[32];
      g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, pem.data, pem.size - cut);
      g_autofree char *signature = NULL;
      g_autofree char *token = NULL;

      g_hmac_update (hmac, (const guchar *)signing, (gssize)strlen (signing));
      g_hmac_get_digest (hmac, digest, &size);
      signature = sandbox_secret_encode (digest, size);
      token = g_strjoin (".", signing, signature, NULL);
      g_assert_null (sandbox_jwt_read (token));
    }

  gnutls_free (pem.data);
  gnutls_pubkey_deinit (key);
}

static void
test_no_token (void)
{
  static const char *const texts[]
      = { "",      ".",          "..", "...", "a", "a.b", "a.b.c", "a.b.c.d", "\xff.\xfe.\xfd",
          "=.=.=", "eyJ.eyJ.eyJ" };
  g_autofree char *much = g_strnfill (1000000, 'e');
  g_autofree char *dots = g_strnfill (16000, '.');

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_null (sandbox_jwt_read (texts[i]));
  g_assert_null (sandbox_jwt_read (much));
  g_assert_null (sandbox_jwt_read (dots));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/jwt/made", test_made);
  g_test_add_func ("/jwt/header", test_header);
  g_test_add_func ("/jwt/key-set", test_key_set);
  g_test_add_func ("/jwt/changed", test_changed);
  g_test_add_func ("/jwt/other-algorithms", test_other_algorithms);
  g_test_add_func ("/jwt/public-key-as-secret", test_public_key_as_secret);
  g_test_add_func ("/jwt/no-token", test_no_token);

  return g_test_run ();
}
