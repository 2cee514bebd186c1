/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-token.h"

#include "sandbox-clock.h"
#include "sandbox-reference-token.h"
#include "sandbox-secret.h"
#include "sandbox-world.h"

/* Bytes of a fresh user key: as long as those that the service gave out. */
#define USER_KEY_BYTES 33

void
sandbox_token_clear (SandboxToken *self)
{
  g_clear_pointer (&self->person, sandbox_person_unref);
  g_clear_pointer (&self->client, g_free);
  g_clear_pointer (&self->scopes, g_free);
  g_clear_pointer (&self->grant, g_free);
}

static void
add_user_key (SandboxStore *store, const char *user_name, const char *value)
{
  sqlite3_stmt *statement = sandbox_store_prepare (
      store, "INSERT OR IGNORE INTO \"IdentityUserKeys\" (\"Hash\", \"Person\", "
             "\"Value\", \"Created\") VALUES (?, ?, ?, ?)");

  sandbox_secret_bind (statement, 1, value);
  sqlite3_bind_text (statement, 2, user_name, -1, SQLITE_STATIC);
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
   * its hash alone. */
  sandbox_store_exec (store,
                      "CREATE TABLE IF NOT EXISTS \"IdentityUserKeys\" (\"Id\" INTEGER PRIMARY "
                      "KEY, \"Hash\" BLOB NOT NULL UNIQUE, "
                      "\"Person\" TEXT NOT NULL, \"Value\" TEXT, \"Created\" INTEGER NOT NULL)");
  /* Tokens of an earlier version are as good as expired. */
  sandbox_store_exec (store, "DROP TABLE IF EXISTS \"IdentityTokens\"");
  sandbox_store_exec (
      store, "CREATE TABLE IF NOT EXISTS \"IdentityAccessTokens\" (\"Hash\" BLOB PRIMARY KEY, "
             "\"Kind\" INTEGER NOT NULL, \"Person\" TEXT, \"Tenant\" INTEGER NOT NULL, "
             "\"Client\" TEXT, \"Scopes\" TEXT, \"Grant\" TEXT, \"Expires\" INTEGER NOT NULL) "
             "WITHOUT ROWID");
  sandbox_store_commit (store);
}

void
sandbox_token_seed (SandboxStore *store)
{
  g_return_if_fail (SANDBOX_IS_STORE (store));

  add_user_key (store, SANDBOX_USER_NAME, SANDBOX_USER_KEY);
}

static void
bind_text (sqlite3_stmt *statement, int position, const char *text)
{
  sqlite3_bind_text (statement, position, text, -1, SQLITE_TRANSIENT);
}

void
sandbox_token_keep (SandboxStore *store, const char *text, const SandboxToken *token, int life)
{
  gint64 now = sandbox_clock_now ();
  sqlite3_stmt *statement;

  g_return_if_fail (text != NULL && token != NULL);

  statement
      = sandbox_store_prepare (store, "DELETE FROM \"IdentityAccessTokens\" WHERE \"Expires\" < ?");
  sqlite3_bind_int64 (statement, 1, now);
  sqlite3_step (statement);
  sandbox_store_done (statement);

  statement = sandbox_store_prepare (
      store, "INSERT INTO \"IdentityAccessTokens\" (\"Hash\", \"Kind\", \"Person\", \"Tenant\", "
             "\"Client\", \"Scopes\", \"Grant\", \"Expires\") VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  sandbox_secret_bind (statement, 1, text);
  sqlite3_bind_int (statement, 2, token->kind);
  bind_text (statement, 3, token->person != NULL ? token->person->user_name : NULL);
  sqlite3_bind_int64 (statement, 4, token->tenant);
  bind_text (statement, 5, token->client);
  bind_text (statement, 6, token->scopes);
  bind_text (statement, 7, token->grant);
  sqlite3_bind_int64 (statement, 8, now + (gint64)life * G_USEC_PER_SEC);
  sqlite3_step (statement);
  sandbox_store_done (statement);
}

gboolean
sandbox_token_find (SandboxStore *store, const char *text, SandboxToken *token)
{
  gboolean found = FALSE;
  sqlite3_stmt *statement;

  g_return_val_if_fail (text != NULL && token != NULL, FALSE);

  *token = (SandboxToken){ 0 };
  if (sandbox_reference_token_find_value (store, text, token))
    return TRUE;

  statement = sandbox_store_prepare (
      store, "SELECT \"Kind\", \"Person\", \"Tenant\", \"Client\", \"Scopes\", \"Grant\" FROM "
             "\"IdentityAccessTokens\" WHERE \"Hash\" = ? AND \"Expires\" > ?");
  sandbox_secret_bind (statement, 1, text);
  sqlite3_bind_int64 (statement, 2, sandbox_clock_now ());
  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *name = (const char *)sqlite3_column_text (statement, 1);

      token->kind = sqlite3_column_int (statement, 0);
      token->person = name != NULL ? sandbox_person_find_active (store, name) : NULL;
      token->tenant = sqlite3_column_int64 (statement, 2);
      token->client = g_strdup ((const char *)sqlite3_column_text (statement, 3));
      token->scopes = g_strdup ((const char *)sqlite3_column_text (statement, 4));
      token->grant = g_strdup ((const char *)sqlite3_column_text (statement, 5));
      found = token->person != NULL || name == NULL;
    }
  sandbox_store_done (statement);

  return found;
}

void
sandbox_token_revoke (SandboxStore *store, const char *text)
{
  sqlite3_stmt *statement;

  g_return_if_fail (text != NULL);

  statement
      = sandbox_store_prepare (store, "DELETE FROM \"IdentityAccessTokens\" WHERE \"Hash\" = ?");
  sandbox_secret_bind (statement, 1, text);
  sqlite3_step (statement);
  sandbox_store_done (statement);
}

static void
revoke_all (SandboxStore *store, const char *sql, const char *value)
{
  sqlite3_stmt *statement = sandbox_store_prepare (store, sql);

  bind_text (statement, 1, value);
  sqlite3_step (statement);
  sandbox_store_done (statement);
}

void
sandbox_token_revoke_grant (SandboxStore *store, const char *grant)
{
  g_return_if_fail (grant != NULL);

  revoke_all (store, "DELETE FROM \"IdentityAccessTokens\" WHERE \"Grant\" = ?", grant);
}

void
sandbox_token_revoke_client (SandboxStore *store, const char *client)
{
  g_return_if_fail (client != NULL);

  revoke_all (store, "DELETE FROM \"IdentityAccessTokens\" WHERE \"Client\" = ?", client);
}

SandboxPerson *
sandbox_user_key_find (SandboxStore *store, const char *user_key)
{
  SandboxPerson *person = NULL;
  sqlite3_stmt *statement;

  g_return_val_if_fail (user_key != NULL, NULL);

  statement = sandbox_store_prepare (
      store,
      "SELECT \"Person\" FROM \"IdentityUserKeys\" WHERE \"Hash\" = ? AND \"Value\" IS NOT NULL");
  sandbox_secret_bind (statement, 1, user_key);
  if (sqlite3_step (statement) == SQLITE_ROW)
    person = sandbox_person_find_active (store, (const char *)sqlite3_column_text (statement, 0));
  sandbox_store_done (statement);

  return person;
}

char *
sandbox_user_key_dup_current (SandboxStore *store, const SandboxPerson *person, gint64 *created)
{
  char *value = NULL;
  sqlite3_stmt *statement = sandbox_store_prepare (
      store, "SELECT \"Value\", \"Created\" FROM \"IdentityUserKeys\" WHERE "
             "\"Person\" = ? AND \"Value\" IS NOT NULL "
             "ORDER BY \"Id\" DESC LIMIT 1");

  sqlite3_bind_text (statement, 1, person->user_name, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      value = g_strdup ((const char *)sqlite3_column_text (statement, 0));
      if (created != NULL)
        *created = sqlite3_column_int64 (statement, 1);
    }
  sandbox_store_done (statement);

  return value;
}

void
sandbox_user_key_generate (SandboxStore *store, const SandboxPerson *person)
{
  g_autofree char *value = sandbox_secret_make (USER_KEY_BYTES);

  add_user_key (store, person->user_name, value);
}

void
sandbox_user_key_revoke_all (SandboxStore *store, const SandboxPerson *person)
{
  sandbox_store_begin (store);
  /* A grant without a client is the person's user keys. */
  revoke_all (store,
              "DELETE FROM \"IdentityAccessTokens\" WHERE \"Person\" = ? AND \"Grant\" IS NOT NULL "
              "AND \"Client\" IS NULL",
              person->user_name);
  revoke_all (store, "UPDATE \"IdentityUserKeys\" SET \"Value\" = NULL WHERE \"Person\" = ?",
              person->user_name);
  sandbox_store_commit (store);
}
