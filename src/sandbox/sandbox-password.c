/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-password.h"

#include <string.h>

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

#include "sandbox-secret.h"

#define HASH_LENGTH 32
#define SALT_BYTES 16

static char *
derive (const char *password, const char *salt, guint rounds)
{
  guint8 hash[HASH_LENGTH];
  gnutls_datum_t key = { (guchar *)password, (guint)strlen (password) };
  gnutls_datum_t seasoning = { (guchar *)salt, (guint)strlen (salt) };

  if (gnutls_pbkdf2 (GNUTLS_MAC_SHA256, &key, &seasoning, rounds, hash, sizeof hash) < 0)
    g_error ("No hash can be made of a password");

  return sandbox_secret_encode (hash, sizeof hash);
}

char *
sandbox_password_hash (const char *password, guint rounds)
{
  g_autofree char *salt = NULL;
  g_autofree char *hash = NULL;

  g_return_val_if_fail (password != NULL, NULL);

  salt = sandbox_secret_make (SALT_BYTES);
  hash = derive (password, salt, rounds);

  return g_strdup_printf ("%u:%s:%s", rounds, salt, hash);
}

gboolean
sandbox_password_matches (const char *password, const char *hash)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *derived = NULL;
  guint64 rounds = 0;

  g_return_val_if_fail (password != NULL && hash != NULL, FALSE);

  parts = g_strsplit (hash, ":", 3);
  if (g_strv_length (parts) != 3
      || !g_ascii_string_to_unsigned (parts[0], 10, 1, G_MAXINT, &rounds, NULL))
    return FALSE;
  derived = derive (password, parts[1], (guint)rounds);

  return g_str_equal (derived, parts[2]);
}
