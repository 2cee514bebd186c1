/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-secret.h"

#include <sys/random.h>

#define HASH_LENGTH 32

char *
sandbox_secret_encode (const guint8 *data, gsize length)
{
  char *text = g_base64_encode (data, length);
  char *end = text;

  for (char *p = text; *p != '\0' && *p != '='; p++)
    {
      if (*p == '+')
        *p = '-';
      else if (*p == '/')
        *p = '_';
      end = p + 1;
    }
  *end = '\0';

  return text;
}

static void
digest (const char *text, guint8 hash[HASH_LENGTH])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = HASH_LENGTH;

  g_checksum_update (checksum, (const guchar *)text, -1);
  g_checksum_get_digest (checksum, hash, &length);
}

static void
fill (guint8 *bytes, gsize n_bytes)
{
  /* Up to 256 bytes the call is never cut short once the source is ready. */
  g_assert (n_bytes <= 256);
  if (getrandom (bytes, n_bytes, 0) != (gssize)n_bytes)
    g_error ("The system gave no random bytes");
}

char *
sandbox_secret_make (gsize n_bytes)
{
  g_autofree guint8 *bytes = g_malloc (n_bytes);

  fill (bytes, n_bytes);

  return sandbox_secret_encode (bytes, n_bytes);
}

char *
sandbox_secret_hash (const char *text)
{
  guint8 hash[HASH_LENGTH];

  g_return_val_if_fail (text != NULL, NULL);

  digest (text, hash);

  return sandbox_secret_encode (hash, HASH_LENGTH);
}

char *
sandbox_secret_make_guid (void)
{
  guint8 b[16];

  fill (b, sizeof b);
  /* Version 4, variant 1. */
  b[6] = (b[6] & 0x0f) | 0x40;
  b[8] = (b[8] & 0x3f) | 0x80;

  return g_strdup_printf ("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                          b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11],
                          b[12], b[13], b[14], b[15]);
}

void
sandbox_secret_bind (sqlite3_stmt *statement, int position, const char *text)
{
  guint8 hash[HASH_LENGTH];

  g_return_if_fail (statement != NULL && text != NULL);

  digest (text, hash);
  sqlite3_bind_blob (statement, position, hash, HASH_LENGTH, SQLITE_TRANSIENT);
}
