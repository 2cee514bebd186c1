/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-token.h"

#include <sys/random.h>

#include "sandbox-clock.h"
#include "sandbox-world.h"

#define HASH_LENGTH 32
/* Bytes of a fresh user key: as long as those that the service gave out. */
#define USER_KEY_BYTES 33

static void
hash (const char *text, guint8 digest[HASH_LENGTH])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = HASH_LENGTH;

  g_checksum_update (checksum, (const guchar *) text, -1);
  g_checksum_get_digest (checksum, digest, &length);
}

static void
add_user_key (SandboxStore *store, const SandboxPerson *person, const char *value)
{
  guint8 digest[HASH_LENGTH];
  sqlite3_stmt *statement =
      sandbox_store_prepare (store,
                             "INSERT OR IGNORE INTO \"IdentityUserKeys\" (\"Hash\", \"Person\", "
                             "\"Value\", \"Created\") VALUES (?, ?, ?, ?)");

  hash (value, digest);
  sqlite3_bind_blob (statement, 1, digest, HASH_LENGTH, SQLITE_TRANSIENT);
  sqlite3_bind_text (statement, 2, person->user_name, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, value, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (statement, 4, sandbox_clock_now ());
  sqlite3_step (statement);
  sandbox_store_done (statement);
}

void
sandbox_token_prepare (SandboxStore *store)
{
  g_return_if_fail (SANDBOX_IS_STORE (store));

  sandbox_store_begin (store);
  /* The value of a live key is kept because the API Access page shows it; a revoked one is left as
   * its hash alone, so that the well-known key does not come back to life at the next start. */
  sandbox_store_exec (store,
                      "CREATE TABLE IF NOT EXISTS \"IdentityUserKeys\" (\"Id\" INTEGER PRIMARY "
                      "KEY, \"Hash\" BLOB NOT NULL UNIQUE, "
                      "\"Person\" TEXT NOT NULL, \"Value\" TEXT, \"Created\" INTEGER NOT NULL)");
  sandbox_store_exec (store,
                      "CREATE TABLE IF NOT EXISTS \"IdentityTokens\" (\"Hash\" BLOB PRIMARY KEY, "
                      "\"Person\" TEXT NOT NULL, "
                      "\"Kind\" INTEGER NOT NULL, \"Tenant\" INTEGER NOT NULL, \"UserKey\" BLOB, "
                      "\"Expires\" INTEGER NOT NULL) WITHOUT ROWID");
  add_user_key (store, sandbox_person_find (SANDBOX_USER_NAME), SANDBOX_USER_KEY);
  sandbox_store_commit (store);
}

void
sandbox_token_keep (SandboxStore *store,
                    const char *text,
                    const SandboxPerson *person,
                    SandboxTokenKind kind,
                    gint64 tenant,
                    const char *user_key,
                    int life)
{
  guint8 digest[HASH_LENGTH];
  gint64 now = sandbox_clock_now ();
  sqlite3_stmt *statement;

  g_return_if_fail (text != NULL && person != NULL);

  statement = sandbox_store_prepare (store, "DELETE FROM \"IdentityTokens\" WHERE \"Expires\" < ?");
  sqlite3_bind_int64 (statement, 1, now);
  sqlite3_step (statement);
  sandbox_store_done (statement);

  statement = sandbox_store_prepare (
      store,
      "INSERT INTO \"IdentityTokens\" (\"Hash\", \"Person\", \"Kind\", \"Tenant\", \"UserKey\", "
      "\"Expires\") VALUES (?, ?, ?, ?, ?, ?)");
  hash (text, digest);
  sqlite3_bind_blob (statement, 1, digest, HASH_LENGTH, SQLITE_TRANSIENT);
  sqlite3_bind_text (statement, 2, person->user_name, -1, SQLITE_STATIC);
  sqlite3_bind_int (statement, 3, kind);
  sqlite3_bind_int64 (statement, 4, tenant);
  if (user_key != NULL)
    {
      hash (user_key, digest);
      sqlite3_bind_blob (statement, 5, digest, HASH_LENGTH, SQLITE_TRANSIENT);
    }
  sqlite3_bind_int64 (statement, 6, now + (gint64) life * G_USEC_PER_SEC);
  sqlite3_step (statement);
  sandbox_store_done (statement);
}

gboolean
sandbox_token_find (SandboxStore *store, const char *text, SandboxToken *token)
{
  guint8 digest[HASH_LENGTH];
  gboolean found = FALSE;
  sqlite3_stmt *statement;

  g_return_val_if_fail (text != NULL && token != NULL, FALSE);

  statement = sandbox_store_prepare (store,
                                     "SELECT \"Person\", \"Kind\", \"Tenant\" FROM "
                                     "\"IdentityTokens\" WHERE \"Hash\" = ? AND \"Expires\" > ?");
  hash (text, digest);
  sqlite3_bind_blob (statement, 1, digest, HASH_LENGTH, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, sandbox_clock_now ());
  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      token->person = sandbox_person_find ((const char *) sqlite3_column_text (statement, 0));
      token->kind = sqlite3_column_int (statement, 1);
      token->tenant = sqlite3_column_int64 (statement, 2);
      found = token->person != NULL;
    }
  sandbox_store_done (statement);

  return found;
}

const SandboxPerson *
sandbox_user_key_find (SandboxStore *store, const char *user_key)
{
  guint8 digest[HASH_LENGTH];
  const SandboxPerson *person = NULL;
  sqlite3_stmt *statement;

  g_return_val_if_fail (user_key != NULL, NULL);

  statement = sandbox_store_prepare (
      store,
      "SELECT \"Person\" FROM \"IdentityUserKeys\" WHERE \"Hash\" = ? AND \"Value\" IS NOT NULL");
  hash (user_key, digest);
  sqlite3_bind_blob (statement, 1, digest, HASH_LENGTH, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_ROW)
    person = sandbox_person_find ((const char *) sqlite3_column_text (statement, 0));
  sandbox_store_done (statement);

  return person;
}

char *
sandbox_user_key_dup_current (SandboxStore *store, const SandboxPerson *person, gint64 *created)
{
  char *value = NULL;
  sqlite3_stmt *statement =
      sandbox_store_prepare (store,
                             "SELECT \"Value\", \"Created\" FROM \"IdentityUserKeys\" WHERE "
                             "\"Person\" = ? AND \"Value\" IS NOT NULL "
                             "ORDER BY \"Id\" DESC LIMIT 1");

  sqlite3_bind_text (statement, 1, person->user_name, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      value = g_strdup ((const char *) sqlite3_column_text (statement, 0));
      if (created != NULL)
        *created = sqlite3_column_int64 (statement, 1);
    }
  sandbox_store_done (statement);

  return value;
}

void
sandbox_user_key_generate (SandboxStore *store, const SandboxPerson *person)
{
  g_autofree char *value = sandbox_random_text (USER_KEY_BYTES);

  add_user_key (store, person, value);
}

void
sandbox_user_key_revoke_all (SandboxStore *store, const SandboxPerson *person)
{
  static const char *const steps[] = {
    "DELETE FROM \"IdentityTokens\" WHERE \"Person\" = ? AND \"UserKey\" IS NOT NULL",
    "UPDATE \"IdentityUserKeys\" SET \"Value\" = NULL WHERE \"Person\" = ?",
  };

  sandbox_store_begin (store);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      sqlite3_stmt *statement = sandbox_store_prepare (store, steps[i]);

      sqlite3_bind_text (statement, 1, person->user_name, -1, SQLITE_STATIC);
      sqlite3_step (statement);
      sandbox_store_done (statement);
    }
  sandbox_store_commit (store);
}

char *
sandbox_base64url (const guint8 *data, gsize length)
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

char *
sandbox_random_text (gsize n_bytes)
{
  g_autofree guint8 *bytes = g_malloc (n_bytes);

  /* Up to 256 bytes the call is never cut short once the source is ready. */
  g_assert (n_bytes <= 256);
  if (getrandom (bytes, n_bytes, 0) != (gssize) n_bytes)
    g_error ("The system gave no random bytes");

  return sandbox_base64url (bytes, n_bytes);
}
