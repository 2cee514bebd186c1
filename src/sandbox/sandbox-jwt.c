/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-jwt.h"

#include <string.h>

/* Jansson, which libjose speaks, and json-glib have names in common: no header of json-glib may
 * come in here. */
#include <jose/b64.h>
#include <jose/jwk.h>
#include <jose/jws.h>

/* Longer ones are none of ours. */
#define MAX_LENGTH 16384

#define KEY_ID "QB6CK-pynCP7fZM5xiX463G40XCctyGqFcNeYct0dnA"

/* PROTECTS NOTHING. A development key that everybody knows, as Azurite has one: in the program, so
 * that it is the same at every start, costs no time to make, and tokens outlive a restart. */
static const char development_key[]
    = "{\"kty\":\"RSA\",\"alg\":\"RS256\",\"use\":\"sig\",\"kid\":\"" KEY_ID "\""
      ",\"n\":\""
      "uROfzKT66Kw5BLPs4J_00AFPpcSij3EGed-f4nKpJbr2ozuTkvaxaWzfKjD4"
      "UAiUKgwFzJkvkzDyb08i4_po-w48vilBDla0ytpVDFKz74O6LJttU8GXqlhR"
      "sl3h7giaHEU8im3TOL96G5lUcE7ZRmMvmJygczDBLRNj9FMH1yU5NW1aYzGK"
      "a2Z-pc4nxMRDnp9soZfd_gUkWNs5vmsET7hxtHMcc-rgKMVWbP2kq6Pyj7yv"
      "1FnIspgxRqxsDT_oiNQHMLf9QPyRK9Skcw7kaZQFuRacWzagORq1bbkEtaX3"
      "9CFOWXKrmkpz-iURBV-6gwYw3ZNliID5Jwuq2lJFQQ"
      "\""
      ",\"e\":\""
      "AQAB"
      "\""
      ",\"d\":\""
      "JFlh17gJXXxBwJYz7lQMKXQwd-68PK7mpjYQ-VEqvnHPcfTIAaO46WtME0XF"
      "5zYgH3f4BZyKdv60hr8Eq8DpMHG15WVF1TKbVIH4FTEDDQYSoSMvoDUT_A1X"
      "klAVCQKgfe_tOYTjaLBWo6gEKQCbdNMTLIaKjsUjE57M0VYjYpIjX-fsSf7H"
      "ATYUgLEA-RS9V5aXh-9njpcORo70TOF8kAmVdRPNEEy9cRiJEvH03PXtDleN"
      "7Aj_uNrT7QFjD5YuKsnnlqST6KKh6WWs3jePIu0oEnQgnL78U7j4kqgWwc2y"
      "_GgjfN_rgcvSsRK632uLke2WdeoxrLSJH-Tas8cQNw"
      "\""
      ",\"p\":\""
      "9ZKV2A5_N0xM-jfQL3Vd0Z4enYfzNYOo_25VdU_d0r_zITzW_I-ZBod2hKfm"
      "grRjZ7IinecRODVmP_EY2_m2pFx12Ccx6v4fQQh0T_nkMon0oAKBepm1SV9e"
      "7FoSFI2duhllfyT657-UFm9E-yjNC2_TBZZrWMYWmvS8JxzEMEM"
      "\""
      ",\"q\":\""
      "wO9wIfX25EVasuysnv9SvzRD7Ts3ia4bzmg0s_UI2p3mHwUshm_iUXvgnx-I"
      "12JUBfZw3WscttZ3JofMs8mQh9iN_Tl4-TT2Gobtr2CvW1E7b4vMLE84vknf"
      "BdCfj6Cy88au4jp54rUqXh8PJMPuqQoMP6n9w6Zbp089S2Hzjis"
      "\""
      ",\"dp\":\""
      "9Yj-J8u-6RRyNxDNKFaKWsdlRw8iXtRoihTQf34-hbUErKv_LQGK-JtDJjoW"
      "YYNpjMnwkL7zWacSuEYhG_je5BHKhjgSUiqKJ2UDnt91ig6jt8UpnuLG_zjL"
      "WThpsYEzPlqcP_dCo6rKr2_LofBWq-PAM2sFo_pTqdWftt-tTa8"
      "\""
      ",\"dq\":\""
      "DW-fS34pl3QNAPDihKAbTx2ArYC2OWxam2E-alniJ_dfE0H0-9fG1w3dcrdr"
      "fDRozZGAAqt28HS3D4PdiZe77PnzyXK7Lf-2M9q5qsD89UsO7JG7wkoyFW5n"
      "jawdsI7sZ3WqsC6KVnNvY-ad012hvTvp5nUcKwfm0hv-lMVZhMk"
      "\""
      ",\"qi\":\""
      "KU4G7LJ9JxfCJZIh9zA1esMAz8ejTNYwRG-3ETAEn7edyZtLmadXhuBJXO0A"
      "e_6XvJCgnW0llwI6gM-pk5wx8MOtWLtTio9zTMFKSCYRY7pLyu21YQJnK_G0"
      "FwwuusveWQW2BbQzHmQm9M240T8N9970t8WAnjn0XHMt1ga2UE8"
      "\""
      "}";

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

static json_t *
get_key (void)
{
  static json_t *key;

  if (key == NULL)
    key = json_loads (development_key, 0, NULL);
  g_assert (key != NULL);

  return key;
}

char *
sandbox_jwt_make (const char *claims, const char *type)
{
  g_autoptr (json_t) payload = NULL;
  g_autoptr (json_t) jws = NULL;
  g_autoptr (json_t) template = NULL;
  const char *protected, *text, *signature;

  g_return_val_if_fail (claims != NULL && type != NULL, NULL);

  payload = jose_b64_enc (claims, strlen (claims));
  jws = json_pack ("{s:O}", "payload", payload);
  template
      = json_pack ("{s:{s:s,s:s,s:s}}", "protected", "alg", "RS256", "kid", KEY_ID, "typ", type);
  if (!jose_jws_sig (NULL, jws, template, get_key ())
      || json_unpack (jws, "{s:s,s:s,s:s}", "protected", &protected, "payload", &text, "signature",
                      &signature)
             != 0)
    g_error ("A token could not be signed");

  return g_strjoin (".", protected, text, signature, NULL);
}

/* Whose algorithm is another than the key's would be checked by another, or by none. */
static gboolean
has_our_algorithm (const json_t *jws)
{
  g_autoptr (json_t) header = jose_b64_dec_load (json_object_get (jws, "protected"));
  const char *algorithm;

  return header != NULL && json_unpack (header, "{s:s}", "alg", &algorithm) == 0
         && g_str_equal (algorithm, "RS256");
}

char *
sandbox_jwt_read (const char *token)
{
  g_auto (GStrv) parts = NULL;
  g_autoptr (json_t) jws = NULL;
  g_autoptr (json_t) claims = NULL;
  char *dumped, *text;

  g_return_val_if_fail (token != NULL, NULL);

  if (strnlen (token, MAX_LENGTH + 1) > MAX_LENGTH)
    return NULL;
  parts = g_strsplit (token, ".", 4);
  if (g_strv_length (parts) != 3)
    return NULL;

  /* NULL where a part is no UTF-8. */
  jws = json_pack ("{s:s,s:s,s:s}", "protected", parts[0], "payload", parts[1], "signature",
                   parts[2]);
  if (jws == NULL || !has_our_algorithm (jws) || !jose_jws_ver (NULL, jws, NULL, get_key (), FALSE))
    return NULL;
  claims = jose_b64_dec_load (json_object_get (jws, "payload"));
  if (!json_is_object (claims))
    return NULL;

  dumped = json_dumps (claims, JSON_COMPACT);
  text = g_strdup (dumped);
  free (dumped);

  return text;
}

char *
sandbox_jwt_make_key_set (void)
{
  g_autoptr (json_t) key = json_deep_copy (get_key ());
  g_autoptr (json_t) set = NULL;
  char *dumped, *text;

  if (!jose_jwk_pub (NULL, key))
    g_error ("The key has no public part");
  set = json_pack ("{s:[O]}", "keys", key);
  dumped = json_dumps (set, JSON_COMPACT);
  text = g_strdup (dumped);
  free (dumped);

  return text;
}
