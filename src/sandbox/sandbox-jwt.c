/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-jwt.h"

#include <gnutls/abstract.h>

#include "baton-json.h"
#include "sandbox-secret.h"

/* Longer ones are none of ours. */
#define MAX_LENGTH 16384

#define ALGORITHM "RS256"
#define KEY_ID "QB6CK-pynCP7fZM5xiX463G40XCctyGqFcNeYct0dnA"

/* PROTECTS NOTHING. A development key that everybody knows, as Azurite has one: in the program, so
 * that it is the same at every start, costs no time to make, and tokens outlive a restart. */
static const char development_key[]
    = "-----BEGIN RSA PRIVATE KEY-----\n"
      "MIIEowIBAAKCAQEAuROfzKT66Kw5BLPs4J/00AFPpcSij3EGed+f4nKpJbr2ozuT\n"
      "kvaxaWzfKjD4UAiUKgwFzJkvkzDyb08i4/po+w48vilBDla0ytpVDFKz74O6LJtt\n"
      "U8GXqlhRsl3h7giaHEU8im3TOL96G5lUcE7ZRmMvmJygczDBLRNj9FMH1yU5NW1a\n"
      "YzGKa2Z+pc4nxMRDnp9soZfd/gUkWNs5vmsET7hxtHMcc+rgKMVWbP2kq6Pyj7yv\n"
      "1FnIspgxRqxsDT/oiNQHMLf9QPyRK9Skcw7kaZQFuRacWzagORq1bbkEtaX39CFO\n"
      "WXKrmkpz+iURBV+6gwYw3ZNliID5Jwuq2lJFQQIDAQABAoIBACRZYde4CV18QcCW\n"
      "M+5UDCl0MHfuvDyu5qY2EPlRKr5xz3H0yAGjuOlrTBNFxec2IB93+AWcinb+tIa/\n"
      "BKvA6TBxteVlRdUym1SB+BUxAw0GEqEjL6A1E/wNV5JQFQkCoH3v7TmE42iwVqOo\n"
      "BCkAm3TTEyyGio7FIxOezNFWI2KSI1/n7En+xwE2FICxAPkUvVeWl4fvZ46XDkaO\n"
      "9EzhfJAJlXUTzRBMvXEYiRLx9Nz17Q5XjewI/7ja0+0BYw+WLirJ55akk+iioell\n"
      "rN43jyLtKBJ0IJy+/FO4+JKoFsHNsvxoI3zf64HL0rESut9ri5HtlnXqMay0iR/k\n"
      "2rPHEDcCgYEA9ZKV2A5/N0xM+jfQL3Vd0Z4enYfzNYOo/25VdU/d0r/zITzW/I+Z\n"
      "Bod2hKfmgrRjZ7IinecRODVmP/EY2/m2pFx12Ccx6v4fQQh0T/nkMon0oAKBepm1\n"
      "SV9e7FoSFI2duhllfyT657+UFm9E+yjNC2/TBZZrWMYWmvS8JxzEMEMCgYEAwO9w\n"
      "IfX25EVasuysnv9SvzRD7Ts3ia4bzmg0s/UI2p3mHwUshm/iUXvgnx+I12JUBfZw\n"
      "3WscttZ3JofMs8mQh9iN/Tl4+TT2Gobtr2CvW1E7b4vMLE84vknfBdCfj6Cy88au\n"
      "4jp54rUqXh8PJMPuqQoMP6n9w6Zbp089S2HzjisCgYEA9Yj+J8u+6RRyNxDNKFaK\n"
      "WsdlRw8iXtRoihTQf34+hbUErKv/LQGK+JtDJjoWYYNpjMnwkL7zWacSuEYhG/je\n"
      "5BHKhjgSUiqKJ2UDnt91ig6jt8UpnuLG/zjLWThpsYEzPlqcP/dCo6rKr2/LofBW\n"
      "q+PAM2sFo/pTqdWftt+tTa8CgYANb59LfimXdA0A8OKEoBtPHYCtgLY5bFqbYT5q\n"
      "WeIn918TQfT718bXDd1yt2t8NGjNkYACq3bwdLcPg92Jl7vs+fPJcrst/7Yz2rmq\n"
      "wPz1Sw7skbvCSjIVbmeNrB2wjuxndaqwLopWc29j5p3TXaG9O+nmdRwrB+bSG/6U\n"
      "xVmEyQKBgClOBuyyfScXwiWSIfcwNXrDAM/Ho0zWMERvtxEwBJ+3ncmbS5mnV4bg\n"
      "SVztAHv+l7yQoJ1tJZcCOoDPqZOcMfDDrVi7U4qPc0zBSkgmEWO6S8rttWECZyvx\n"
      "tBcMLrrL3lkFtgW0Mx5kJvTNuNE/Dffe9LfFgJ459FxzLdYGtlBP\n"
      "-----END RSA PRIVATE KEY-----\n";

typedef struct
{
  gnutls_privkey_t private;
  gnutls_pubkey_t public;
} Keys;

static const Keys *
get_keys (void)
{
  static Keys keys;
  const gnutls_datum_t pem = { (unsigned char *)development_key, sizeof development_key - 1 };

  if (keys.private != NULL)
    return &keys;

  gnutls_privkey_init (&keys.private);
  gnutls_pubkey_init (&keys.public);
  if (gnutls_privkey_import_x509_raw (keys.private, &pem, GNUTLS_X509_FMT_PEM, NULL, 0) < 0
      || gnutls_pubkey_import_privkey (keys.public, keys.private, 0, 0) < 0)
    g_error ("The key cannot be read");

  return &keys;
}

/* Returns: (transfer full): the signature of @text in base64url. */
static char *
sign (const char *text)
{
  const gnutls_datum_t data = { (unsigned char *)text, (guint)strlen (text) };
  gnutls_datum_t signature;
  char *encoded;

  if (gnutls_privkey_sign_data2 (get_keys ()->private, GNUTLS_SIGN_RSA_SHA256, 0, &data, &signature)
      < 0)
    g_error ("A token could not be signed");
  encoded = sandbox_secret_encode (signature.data, signature.size);
  gnutls_free (signature.data);

  return encoded;
}

/* Returns: (transfer full) (nullable): of base64url, with a NUL behind its @length bytes. */
static char *
decode (const char *text, gsize *length)
{
  gsize n = strlen (text);
  g_autofree char *padded = g_strconcat (text, "==", NULL);

  if (n == 0 || n % 4 == 1
      || text[strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_")] != '\0')
    return NULL;
  padded[n + (4 - n % 4) % 4] = '\0';
  g_strdelimit (padded, "-", '+');
  g_strdelimit (padded, "_", '/');
  g_base64_decode_inplace (padded, length);
  padded[*length] = '\0';

  return g_steal_pointer (&padded);
}

/* Returns: (transfer full) (nullable): an object. */
static JsonNode *
read_part (const char *part)
{
  gsize length;
  g_autofree char *text = decode (part, &length);
  g_autoptr (JsonNode) node
      = text != NULL ? baton_json_parse_text (text, (gssize)length, NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? g_steal_pointer (&node) : NULL;
}

/* Whose algorithm is another than the key's would be checked by another, or by none. */
static gboolean
has_our_algorithm (const char *header)
{
  g_autoptr (JsonNode) node = read_part (header);

  return node != NULL
         && g_strcmp0 (baton_json_peek_string (json_node_get_object (node), "alg"), ALGORITHM) == 0;
}

static gboolean
is_signed (const char *text, const char *signature)
{
  const gnutls_datum_t data = { (unsigned char *)text, (guint)strlen (text) };
  gsize length;
  g_autofree char *bytes = decode (signature, &length);
  gnutls_datum_t bare = { (unsigned char *)bytes, (guint)length };

  return bytes != NULL
         && gnutls_pubkey_verify_data2 (get_keys ()->public, GNUTLS_SIGN_RSA_SHA256, 0, &data,
                                        &bare)
                >= 0;
}

char *
sandbox_jwt_make (const char *claims, const char *type)
{
  g_autofree char *header = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *text = NULL;
  g_autofree char *signature = NULL;

  g_return_val_if_fail (claims != NULL && type != NULL, NULL);

  header
      = g_strdup_printf ("{\"alg\":\"" ALGORITHM "\",\"kid\":\"" KEY_ID "\",\"typ\":\"%s\"}", type);
  first = sandbox_secret_encode ((const guint8 *)header, strlen (header));
  second = sandbox_secret_encode ((const guint8 *)claims, strlen (claims));
  text = g_strjoin (".", first, second, NULL);
  signature = sign (text);

  return g_strjoin (".", text, signature, NULL);
}

char *
sandbox_jwt_read (const char *token)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) claims = NULL;

  g_return_val_if_fail (token != NULL, NULL);

  if (strnlen (token, MAX_LENGTH + 1) > MAX_LENGTH)
    return NULL;
  parts = g_strsplit (token, ".", 4);
  if (g_strv_length (parts) != 3)
    return NULL;

  text = g_strjoin (".", parts[0], parts[1], NULL);
  if (!has_our_algorithm (parts[0]) || !is_signed (text, parts[2]))
    return NULL;
  claims = read_part (parts[1]);

  return claims != NULL ? json_to_string (claims, FALSE) : NULL;
}

char *
sandbox_jwt_make_key_set (void)
{
  g_autofree char *n = NULL;
  g_autofree char *e = NULL;
  gnutls_datum_t modulus, exponent;

  if (gnutls_pubkey_export_rsa_raw2 (get_keys ()->public, &modulus, &exponent,
                                     GNUTLS_EXPORT_FLAG_NO_LZ)
      < 0)
    g_error ("The key has no public part");
  n = sandbox_secret_encode (modulus.data, modulus.size);
  e = sandbox_secret_encode (exponent.data, exponent.size);
  gnutls_free (modulus.data);
  gnutls_free (exponent.data);

  return g_strdup_printf ("{\"keys\":[{\"kty\":\"RSA\",\"alg\":\"" ALGORITHM
                          "\",\"use\":\"sig\",\"kid\":\"" KEY_ID "\",\"n\":\"%s\",\"e\":\"%s\"}]}",
                          n, e);
}
