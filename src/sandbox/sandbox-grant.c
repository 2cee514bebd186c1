/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-grant.h"

#include "sandbox-clock.h"
#include "sandbox-secret.h"
#include "sandbox-token.h"

#define ID_BYTES 16
#define SECRET_BYTES 32

void
sandbox_grant_free (SandboxGrant *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->client);
  sandbox_person_unref (self->person);
  g_free (self->scopes);
  g_free (self->redirect_uri);
  g_free (self->challenge);
  g_free (self->nonce);
  g_free (self->session);
  g_free (self);
}

void
sandbox_grant_prepare (SandboxStore *store)
{
  g_return_if_fail (SANDBOX_IS_STORE (store));

  sandbox_store_exec (
      store, "CREATE TABLE IF NOT EXISTS \"IdentityGrants\" (\"Id\" TEXT PRIMARY KEY, "
             "\"Client\" TEXT NOT NULL COLLATE NOCASE, \"Person\" TEXT NOT NULL, "
             "\"Scopes\" TEXT NOT NULL, \"RedirectUri\" TEXT NOT NULL, \"Challenge\" TEXT, "
             "\"Nonce\" TEXT, \"Session\" TEXT NOT NULL, \"SignedIn\" INTEGER NOT NULL, "
             "\"Ends\" INTEGER NOT NULL)");
  /* A used one stays as long as its family lives, so that it is known when it comes again. */
  sandbox_store_exec (store,
                      "CREATE TABLE IF NOT EXISTS \"IdentityGrantSecrets\" (\"Hash\" BLOB PRIMARY "
                      "KEY, \"Grant\" TEXT NOT NULL REFERENCES \"IdentityGrants\" (\"Id\") ON "
                      "DELETE CASCADE, \"Kind\" INTEGER NOT NULL, \"Used\" INTEGER NOT NULL, "
                      "\"Expires\" INTEGER NOT NULL)");
  sandbox_store_exec (store, "CREATE INDEX IF NOT EXISTS \"IdentityGrantSecretsGrant\" ON "
                             "\"IdentityGrantSecrets\" (\"Grant\")");
  sandbox_store_exec (store,
                      "CREATE TABLE IF NOT EXISTS \"IdentityConsents\" (\"Person\" TEXT NOT NULL, "
                      "\"Client\" TEXT NOT NULL COLLATE NOCASE, \"Scope\" TEXT NOT NULL, PRIMARY "
                      "KEY (\"Person\", \"Client\", \"Scope\")) WITHOUT ROWID");
}

static void
bind_text (sqlite3_stmt *statement, int position, const char *text)
{
  sqlite3_bind_text (statement, position, text, -1, SQLITE_TRANSIENT);
}

/* Runs what takes one or two texts. */
static void
run (SandboxStore *store, const char *sql, const char *first, const char *second)
{
  sqlite3_stmt *statement = sandbox_store_prepare (store, sql);

  bind_text (statement, 1, first);
  if (second != NULL)
    bind_text (statement, 2, second);
  sqlite3_step (statement);
  sandbox_store_done (statement);
}

void
sandbox_grant_begin (SandboxStore *store, SandboxGrant *self)
{
  sqlite3_stmt *statement;

  g_return_if_fail (SANDBOX_IS_STORE (store) && self != NULL && self->id == NULL);

  statement = sandbox_store_prepare (store, "DELETE FROM \"IdentityGrants\" WHERE \"Ends\" < ?");
  sqlite3_bind_int64 (statement, 1, sandbox_clock_now ());
  sqlite3_step (statement);
  sandbox_store_done (statement);

  self->id = sandbox_secret_make (ID_BYTES);
  statement = sandbox_store_prepare (
      store, "INSERT INTO \"IdentityGrants\" (\"Id\", \"Client\", \"Person\", \"Scopes\", "
             "\"RedirectUri\", \"Challenge\", \"Nonce\", \"Session\", \"SignedIn\", \"Ends\") "
             "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  bind_text (statement, 1, self->id);
  bind_text (statement, 2, self->client);
  bind_text (statement, 3, self->person->user_name);
  bind_text (statement, 4, self->scopes);
  bind_text (statement, 5, self->redirect_uri);
  bind_text (statement, 6, self->challenge);
  bind_text (statement, 7, self->nonce);
  bind_text (statement, 8, self->session);
  sqlite3_bind_int64 (statement, 9, self->signed_in);
  sqlite3_bind_int64 (statement, 10, self->ends);
  sqlite3_step (statement);
  sandbox_store_done (statement);
}

char *
sandbox_grant_issue (SandboxStore *store, const SandboxGrant *self, SandboxGrantKind kind, int life)
{
  char *text;
  sqlite3_stmt *statement;

  g_return_val_if_fail (SANDBOX_IS_STORE (store) && self != NULL && self->id != NULL, NULL);

  text = sandbox_secret_make (SECRET_BYTES);
  statement = sandbox_store_prepare (
      store, "INSERT INTO \"IdentityGrantSecrets\" (\"Hash\", \"Grant\", \"Kind\", \"Used\", "
             "\"Expires\") VALUES (?, ?, ?, 0, ?)");
  sandbox_secret_bind (statement, 1, text);
  bind_text (statement, 2, self->id);
  sqlite3_bind_int (statement, 3, kind);
  sqlite3_bind_int64 (statement, 4,
                      MIN (self->ends, sandbox_clock_now () + (gint64)life * G_USEC_PER_SEC));
  sqlite3_step (statement);
  sandbox_store_done (statement);

  return text;
}

static SandboxGrant *
read_row (SandboxStore *store, sqlite3_stmt *statement)
{
  SandboxGrant *self = g_new0 (SandboxGrant, 1);

  self->id = g_strdup ((const char *)sqlite3_column_text (statement, 0));
  self->client = g_strdup ((const char *)sqlite3_column_text (statement, 1));
  self->person = sandbox_person_find_active (store, (const char *)sqlite3_column_text (statement, 2));
  self->scopes = g_strdup ((const char *)sqlite3_column_text (statement, 3));
  self->redirect_uri = g_strdup ((const char *)sqlite3_column_text (statement, 4));
  self->challenge = g_strdup ((const char *)sqlite3_column_text (statement, 5));
  self->nonce = g_strdup ((const char *)sqlite3_column_text (statement, 6));
  self->session = g_strdup ((const char *)sqlite3_column_text (statement, 7));
  self->signed_in = sqlite3_column_int64 (statement, 8);
  self->ends = sqlite3_column_int64 (statement, 9);
  self->used = sqlite3_column_int (statement, 10) != 0;

  return self;
}

SandboxGrant *
sandbox_grant_find (SandboxStore *store, SandboxGrantKind kind, const char *text)
{
  g_autoptr (SandboxGrant) self = NULL;
  sqlite3_stmt *statement;

  g_return_val_if_fail (SANDBOX_IS_STORE (store) && text != NULL, NULL);

  statement = sandbox_store_prepare (
      store, "SELECT g.\"Id\", g.\"Client\", g.\"Person\", g.\"Scopes\", g.\"RedirectUri\", "
             "g.\"Challenge\", g.\"Nonce\", g.\"Session\", g.\"SignedIn\", g.\"Ends\", s.\"Used\" "
             "FROM \"IdentityGrantSecrets\" s JOIN \"IdentityGrants\" g ON g.\"Id\" = s.\"Grant\" "
             "WHERE s.\"Hash\" = ?1 AND s.\"Kind\" = ?2 AND (s.\"Used\" OR s.\"Expires\" > ?3) AND "
             "g.\"Ends\" > ?3");
  sandbox_secret_bind (statement, 1, text);
  sqlite3_bind_int (statement, 2, kind);
  sqlite3_bind_int64 (statement, 3, sandbox_clock_now ());
  if (sqlite3_step (statement) == SQLITE_ROW)
    self = read_row (store, statement);
  sandbox_store_done (statement);

  return self != NULL && self->person != NULL ? g_steal_pointer (&self) : NULL;
}

void
sandbox_grant_use (SandboxStore *store, const char *text)
{
  sqlite3_stmt *statement;

  g_return_if_fail (SANDBOX_IS_STORE (store) && text != NULL);

  statement = sandbox_store_prepare (
      store, "UPDATE \"IdentityGrantSecrets\" SET \"Used\" = 1 WHERE \"Hash\" = ?");
  sandbox_secret_bind (statement, 1, text);
  sqlite3_step (statement);
  sandbox_store_done (statement);
}

void
sandbox_grant_revoke (SandboxStore *store, const char *id)
{
  g_return_if_fail (SANDBOX_IS_STORE (store) && id != NULL);

  sandbox_store_begin (store);
  run (store, "DELETE FROM \"IdentityGrants\" WHERE \"Id\" = ?", id, NULL);
  sandbox_token_revoke_grant (store, id);
  sandbox_store_commit (store);
}

void
sandbox_grant_revoke_client (SandboxStore *store, const char *client)
{
  g_return_if_fail (SANDBOX_IS_STORE (store) && client != NULL);

  sandbox_store_begin (store);
  run (store, "DELETE FROM \"IdentityGrants\" WHERE \"Client\" = ?", client, NULL);
  run (store, "DELETE FROM \"IdentityConsents\" WHERE \"Client\" = ?", client, NULL);
  sandbox_token_revoke_client (store, client);
  sandbox_store_commit (store);
}

gboolean
sandbox_grant_has_consent (SandboxStore *store,
                           const SandboxPerson *person,
                           const char *client,
                           const char *scopes)
{
  g_auto (GStrv) names = NULL;
  gboolean all = TRUE;

  g_return_val_if_fail (SANDBOX_IS_STORE (store) && person != NULL && scopes != NULL, FALSE);

  names = g_strsplit (scopes, " ", -1);
  for (guint i = 0; all && names[i] != NULL; i++)
    {
      sqlite3_stmt *statement = sandbox_store_prepare (
          store, "SELECT 1 FROM \"IdentityConsents\" WHERE \"Person\" = ? AND \"Client\" = ? AND "
                 "\"Scope\" = ?");

      bind_text (statement, 1, person->user_name);
      bind_text (statement, 2, client);
      bind_text (statement, 3, names[i]);
      all = sqlite3_step (statement) == SQLITE_ROW;
      sandbox_store_done (statement);
    }

  return all;
}

void
sandbox_grant_keep_consent (SandboxStore *store,
                            const SandboxPerson *person,
                            const char *client,
                            const char *scopes)
{
  g_auto (GStrv) names = NULL;

  g_return_if_fail (SANDBOX_IS_STORE (store) && person != NULL && scopes != NULL);

  sandbox_store_begin (store);
  names = g_strsplit (scopes, " ", -1);
  for (guint i = 0; names[i] != NULL; i++)
    {
      sqlite3_stmt *statement = sandbox_store_prepare (
          store, "INSERT OR IGNORE INTO \"IdentityConsents\" (\"Person\", \"Client\", \"Scope\") "
                 "VALUES (?, ?, ?)");

      bind_text (statement, 1, person->user_name);
      bind_text (statement, 2, client);
      bind_text (statement, 3, names[i]);
      sqlite3_step (statement);
      sandbox_store_done (statement);
    }
  sandbox_store_commit (store);
}
