/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-reference-token.h"

#include "sandbox-clock.h"
#include "sandbox-oauth-scope.h"
#include "sandbox-secret.h"
#include "sandbox-world.h"

/* Bytes of the random part. */
#define VALUE_BYTES 48
/* The well-known ones: nobody should have to make another. */
#define SEED_LIFE (3650 * G_TIME_SPAN_DAY)

#define COLUMNS                                                                                    \
  "\"Id\", \"Person\", \"Name\", \"Scopes\", \"Created\", \"Expires\" FROM "                       \
  "\"IdentityReferenceTokens\""

void
sandbox_reference_token_free (SandboxReferenceToken *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  sandbox_person_unref (self->person);
  g_free (self->name);
  g_free (self->scopes);
  g_free (self);
}

void
sandbox_reference_token_prepare (SandboxStore *store)
{
  g_return_if_fail (SANDBOX_IS_STORE (store));

  sandbox_store_exec (store,
                      "CREATE TABLE IF NOT EXISTS \"IdentityReferenceTokens\" (\"Id\" TEXT PRIMARY "
                      "KEY, \"Hash\" BLOB NOT NULL UNIQUE, \"Person\" TEXT NOT NULL, \"Name\" TEXT "
                      "NOT NULL, \"Scopes\" TEXT NOT NULL, \"Created\" INTEGER NOT NULL, "
                      "\"Expires\" INTEGER NOT NULL)");
}

static void
insert (SandboxStore *store, SandboxReferenceToken *self, const char *value)
{
  sqlite3_stmt *statement = sandbox_store_prepare (
      store, "INSERT INTO \"IdentityReferenceTokens\" (\"Id\", \"Hash\", \"Person\", \"Name\", "
             "\"Scopes\", \"Created\", \"Expires\") VALUES (?, ?, ?, ?, ?, ?, ?)");

  g_free (self->id);
  self->id = sandbox_secret_make_guid ();
  self->created = sandbox_clock_now ();
  sqlite3_bind_text (statement, 1, self->id, -1, SQLITE_STATIC);
  sandbox_secret_bind (statement, 2, value);
  sqlite3_bind_text (statement, 3, self->person->user_name, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 4, self->name, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 5, self->scopes, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 6, self->created);
  sqlite3_bind_int64 (statement, 7, self->expires);
  sqlite3_step (statement);
  sandbox_store_done (statement);
}

void
sandbox_reference_token_seed (SandboxStore *store)
{
  g_return_if_fail (SANDBOX_IS_STORE (store));

  for (const SandboxWorldPerson *person = sandbox_world_get_people (); person->key != NULL; person++)
    {
      g_autoptr (SandboxReferenceToken) self = g_new0 (SandboxReferenceToken, 1);

      self->person = sandbox_person_find_key (store, person->key);
      self->name = g_strdup ("Well-known token");
      self->scopes = sandbox_oauth_scope_dup_all (TRUE);
      self->expires = sandbox_clock_now () + SEED_LIFE;
      insert (store, self, person->token);
    }
}

static SandboxReferenceToken *
read_row (SandboxStore *store, sqlite3_stmt *statement)
{
  SandboxReferenceToken *self = g_new0 (SandboxReferenceToken, 1);

  self->id = g_strdup ((const char *)sqlite3_column_text (statement, 0));
  self->person = sandbox_person_find_active (store, (const char *)sqlite3_column_text (statement, 1));
  self->name = g_strdup ((const char *)sqlite3_column_text (statement, 2));
  self->scopes = g_strdup ((const char *)sqlite3_column_text (statement, 3));
  self->created = sqlite3_column_int64 (statement, 4);
  self->expires = sqlite3_column_int64 (statement, 5);

  return self;
}

GPtrArray *
sandbox_reference_token_list (SandboxStore *store, const SandboxPerson *person)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)sandbox_reference_token_free);
  sqlite3_stmt *statement;

  g_return_val_if_fail (SANDBOX_IS_STORE (store), list);

  statement
      = sandbox_store_prepare (store, "SELECT " COLUMNS " WHERE ?1 IS NULL OR \"Person\" = ?1 "
                                      "ORDER BY \"Created\" DESC, \"Id\"");
  sqlite3_bind_text (statement, 1, person != NULL ? person->user_name : NULL, -1, SQLITE_STATIC);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_ptr_array_add (list, read_row (store, statement));
  sandbox_store_done (statement);

  return list;
}

SandboxReferenceToken *
sandbox_reference_token_find (SandboxStore *store, const char *id)
{
  SandboxReferenceToken *self = NULL;
  sqlite3_stmt *statement;

  g_return_val_if_fail (SANDBOX_IS_STORE (store) && id != NULL, NULL);

  statement = sandbox_store_prepare (store, "SELECT " COLUMNS " WHERE \"Id\" = ? COLLATE NOCASE");
  sqlite3_bind_text (statement, 1, id, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_ROW)
    self = read_row (store, statement);
  sandbox_store_done (statement);

  return self;
}

static char *
make_value (void)
{
  g_autofree char *random = sandbox_secret_make (VALUE_BYTES);

  return g_strconcat ("rt_", random, NULL);
}

char *
sandbox_reference_token_create (SandboxStore *store, SandboxReferenceToken *self)
{
  char *value;

  g_return_val_if_fail (SANDBOX_IS_STORE (store) && self != NULL, NULL);

  value = make_value ();
  insert (store, self, value);

  return value;
}

void
sandbox_reference_token_update (SandboxStore *store, const SandboxReferenceToken *self)
{
  sqlite3_stmt *statement;

  g_return_if_fail (SANDBOX_IS_STORE (store) && self != NULL);

  statement = sandbox_store_prepare (store, "UPDATE \"IdentityReferenceTokens\" SET \"Name\" = ?, "
                                            "\"Scopes\" = ?, \"Expires\" = ? WHERE \"Id\" = ?");
  sqlite3_bind_text (statement, 1, self->name, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, self->scopes, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 3, self->expires);
  sqlite3_bind_text (statement, 4, self->id, -1, SQLITE_STATIC);
  sqlite3_step (statement);
  sandbox_store_done (statement);
}

char *
sandbox_reference_token_regenerate (SandboxStore *store, const char *id)
{
  char *value;
  sqlite3_stmt *statement;

  g_return_val_if_fail (SANDBOX_IS_STORE (store) && id != NULL, NULL);

  value = make_value ();
  statement = sandbox_store_prepare (
      store, "UPDATE \"IdentityReferenceTokens\" SET \"Hash\" = ? WHERE \"Id\" = ?");
  sandbox_secret_bind (statement, 1, value);
  sqlite3_bind_text (statement, 2, id, -1, SQLITE_STATIC);
  sqlite3_step (statement);
  sandbox_store_done (statement);

  return value;
}

void
sandbox_reference_token_revoke (SandboxStore *store, const char *id)
{
  sqlite3_stmt *statement;

  g_return_if_fail (SANDBOX_IS_STORE (store) && id != NULL);

  statement
      = sandbox_store_prepare (store, "DELETE FROM \"IdentityReferenceTokens\" WHERE \"Id\" = ?");
  sqlite3_bind_text (statement, 1, id, -1, SQLITE_STATIC);
  sqlite3_step (statement);
  sandbox_store_done (statement);
}

gboolean
sandbox_reference_token_find_value (SandboxStore *store, const char *value, SandboxToken *token)
{
  gboolean found = FALSE;
  sqlite3_stmt *statement;

  g_return_val_if_fail (SANDBOX_IS_STORE (store) && value != NULL && token != NULL, FALSE);

  statement
      = sandbox_store_prepare (store, "SELECT " COLUMNS " WHERE \"Hash\" = ? AND \"Expires\" > ?");
  sandbox_secret_bind (statement, 1, value);
  sqlite3_bind_int64 (statement, 2, sandbox_clock_now ());
  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      g_autoptr (SandboxReferenceToken) self = read_row (store, statement);

      found = self->person != NULL;
      if (found)
        *token = (SandboxToken){ .kind = SANDBOX_TOKEN_PERSONAL,
                                 .person = g_steal_pointer (&self->person),
                                 .scopes = g_steal_pointer (&self->scopes),
                                 .grant = g_steal_pointer (&self->id) };
    }
  sandbox_store_done (statement);

  return found;
}
