/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-person.h"

#include "sandbox-clock.h"
#include "sandbox-password.h"
#include "sandbox-statement.h"
#include "sandbox-world.h"

#define COLUMNS                                                                                    \
  "SELECT p.\"Id\", p.\"UserName\", p.\"Name\", p.\"Surname\", p.\"DisplayName\", p.\"Email\","    \
  " p.\"Subject\", p.\"Type\", p.\"LegacyId\", p.\"Created\", p.\"Modified\", p.\"Active\","       \
  " p.\"Bypasses\", p.\"Accepted\", EXISTS (SELECT 1 FROM \"IdentityMembers\" m JOIN"              \
  " \"IdentityGroups\" g ON g.\"Id\" = m.\"Group\" WHERE m.\"Member\" = p.\"Id\" AND"              \
  " g.\"Name\" = 'Administrators' AND NOT g.\"Custom\") FROM \"IdentityPeople\" p"

/* When those who are well known were taken on: 2024-01-02. */
#define TAKEN_ON (G_GINT64_CONSTANT (1704153600) * G_USEC_PER_SEC)

SandboxPerson *
sandbox_person_new (void)
{
  return g_rc_box_new0 (SandboxPerson);
}

SandboxPerson *
sandbox_person_ref (SandboxPerson *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  SandboxPerson *self = data;

  g_free (self->key);
  g_free (self->user_name);
  g_free (self->name);
  g_free (self->surname);
  g_free (self->display_name);
  g_free (self->email);
  g_free (self->subject);
  g_free (self->type);
}

void
sandbox_person_unref (SandboxPerson *self)
{
  if (self != NULL)
    g_rc_box_release_full (self, clear);
}

static char *
dup_text (sqlite3_stmt *statement, int column)
{
  const char *text = (const char *)sqlite3_column_text (statement, column);

  return g_strdup (text != NULL ? text : "");
}

static SandboxPerson *
read_row (sqlite3_stmt *statement)
{
  SandboxPerson *self = sandbox_person_new ();

  self->key = dup_text (statement, 0);
  self->user_name = dup_text (statement, 1);
  self->name = dup_text (statement, 2);
  self->surname = dup_text (statement, 3);
  self->display_name = dup_text (statement, 4);
  self->email = dup_text (statement, 5);
  self->subject = dup_text (statement, 6);
  self->type = dup_text (statement, 7);
  self->legacy_id = sqlite3_column_int64 (statement, 8);
  self->created = sqlite3_column_int64 (statement, 9);
  self->modified = sqlite3_column_int64 (statement, 10);
  self->active = sqlite3_column_int (statement, 11) != 0;
  self->bypasses = sqlite3_column_int (statement, 12) != 0;
  self->invitation_accepted = sqlite3_column_int (statement, 13) != 0;
  self->administrator = sqlite3_column_int (statement, 14) != 0;

  return self;
}

static void
set_password (SandboxStore *store, const SandboxPerson *self, const char *password, guint rounds)
{
  g_autofree char *hash = sandbox_password_hash (password, rounds);

  sandbox_statement_run (store, "UPDATE \"IdentityPeople\" SET \"Password\" = ? WHERE \"Id\" = ?",
                         "ss", hash, self->key);
}

static void
add_well_known (SandboxStore *store, const SandboxWorldPerson *known)
{
  g_autoptr (SandboxPerson) self = sandbox_person_new ();

  self->key = g_strdup (known->key);
  self->user_name = g_strdup (known->user_name);
  self->name = g_strdup (known->name);
  self->surname = g_strdup (known->surname);
  self->display_name = g_strconcat (known->name, " ", known->surname, NULL);
  self->email = g_strdup (known->email);
  self->subject = g_strdup (known->subject);
  self->type = g_strdup ("user");
  self->created = TAKEN_ON;
  self->active = TRUE;
  self->invitation_accepted = TRUE;
  sandbox_person_save (store, self);
  set_password (store, self, known->password, 1);
}

void
sandbox_person_prepare (SandboxStore *store)
{
  g_return_if_fail (SANDBOX_IS_STORE (store));

  if (sandbox_statement_ask (
          store, "SELECT count(*) FROM sqlite_schema WHERE \"name\" = 'IdentityPeople'", "")
      != 0)
    return;

  sandbox_store_exec (
      store, "CREATE TABLE \"IdentityPeople\" (\"Id\" TEXT PRIMARY KEY COLLATE NOCASE, \"UserName\""
             " TEXT NOT NULL UNIQUE COLLATE NOCASE, \"Name\" TEXT NOT NULL, \"Surname\" TEXT NOT"
             " NULL, \"DisplayName\" TEXT NOT NULL, \"Email\" TEXT NOT NULL COLLATE NOCASE,"
             " \"Subject\" TEXT NOT NULL, \"Type\" TEXT NOT NULL, \"LegacyId\" INTEGER NOT NULL,"
             " \"Created\" INTEGER NOT NULL, \"Modified\" INTEGER NOT NULL, \"Active\" INTEGER NOT"
             " NULL, \"Bypasses\" INTEGER NOT NULL, \"Accepted\" INTEGER NOT NULL, \"Password\""
             " TEXT, \"Attributes\" TEXT NOT NULL DEFAULT '{}')");
  sandbox_store_exec (store, "CREATE INDEX \"IdentityPeopleByEmail\" ON \"IdentityPeople\""
                             " (\"Email\")");
  for (const SandboxWorldPerson *known = sandbox_world_get_people (); known->key != NULL; known++)
    add_well_known (store, known);
}

static SandboxPerson *
find (SandboxStore *store, const char *sql, const char *value)
{
  sqlite3_stmt *statement = sandbox_statement_open (store, sql, "s", value);
  SandboxPerson *self = NULL;

  if (sqlite3_step (statement) == SQLITE_ROW)
    self = read_row (statement);
  sandbox_store_done (statement);

  return self;
}

SandboxPerson *
sandbox_person_find (SandboxStore *store, const char *name)
{
  g_return_val_if_fail (SANDBOX_IS_STORE (store) && name != NULL, NULL);

  /* An address that somebody lacks is nobody's. */
  if (*name == '\0')
    return NULL;

  /* Whoever is called so comes before whose address it is. */
  return find (store,
               COLUMNS " WHERE p.\"UserName\" = ?1 OR p.\"Email\" = ?1"
                       " ORDER BY p.\"UserName\" <> ?1 LIMIT 1",
               name);
}

SandboxPerson *
sandbox_person_find_active (SandboxStore *store, const char *name)
{
  g_autoptr (SandboxPerson) self = sandbox_person_find (store, name);

  return self != NULL && self->active ? g_steal_pointer (&self) : NULL;
}

SandboxPerson *
sandbox_person_find_key (SandboxStore *store, const char *key)
{
  g_return_val_if_fail (SANDBOX_IS_STORE (store) && key != NULL, NULL);

  return find (store, COLUMNS " WHERE p.\"Id\" = ?", key);
}

GPtrArray *
sandbox_person_list (SandboxStore *store)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)sandbox_person_unref);
  sqlite3_stmt *statement;

  g_return_val_if_fail (SANDBOX_IS_STORE (store), list);

  statement = sandbox_statement_open (store, COLUMNS " ORDER BY p.rowid", "");
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_ptr_array_add (list, read_row (statement));
  sandbox_store_done (statement);

  return list;
}

gboolean
sandbox_person_is (const SandboxPerson *self, const SandboxPerson *other)
{
  return self != NULL && other != NULL && g_ascii_strcasecmp (self->key, other->key) == 0;
}

void
sandbox_person_save (SandboxStore *store, const SandboxPerson *self)
{
  g_return_if_fail (SANDBOX_IS_STORE (store) && self != NULL);

  sandbox_statement_run (
      store,
      "INSERT INTO \"IdentityPeople\" (\"Id\", \"UserName\", \"Name\", \"Surname\","
      " \"DisplayName\", \"Email\", \"Subject\", \"Type\", \"LegacyId\", \"Created\","
      " \"Modified\", \"Active\", \"Bypasses\", \"Accepted\")"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT (\"Id\") DO UPDATE SET \"Name\" = excluded.\"Name\", \"Surname\" ="
      " excluded.\"Surname\", \"DisplayName\" = excluded.\"DisplayName\", \"Email\" ="
      " excluded.\"Email\", \"Modified\" = excluded.\"Modified\", \"Active\" ="
      " excluded.\"Active\", \"Bypasses\" = excluded.\"Bypasses\", \"Accepted\" ="
      " excluded.\"Accepted\"",
      "ssssssssiiiiii", self->key, self->user_name, self->name, self->surname, self->display_name,
      self->email, self->subject, self->type, self->legacy_id, self->created, self->modified,
      (gint64)self->active, (gint64)self->bypasses, (gint64)self->invitation_accepted);
}

void
sandbox_person_delete (SandboxStore *store, const SandboxPerson *self)
{
  /* What is a person's own. */
  static const char *const tables[]
      = { "IdentityUserKeys", "IdentityAccessTokens",    "IdentitySessions",     "IdentityGrants",
          "IdentityConsents", "IdentityReferenceTokens", "IdentityLoginAttempts" };

  g_return_if_fail (SANDBOX_IS_STORE (store) && self != NULL);

  sandbox_store_begin (store);
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("DELETE FROM \"%s\" WHERE \"Person\" = ?", tables[i]);

      sandbox_statement_run (store, sql, "s", self->user_name);
    }
  sandbox_statement_run (store, "DELETE FROM \"IdentityMembers\" WHERE \"Member\" = ?", "s",
                         self->key);
  sandbox_statement_run (store, "DELETE FROM \"IdentitySettings\" WHERE \"User\" = ?", "s",
                         self->key);
  sandbox_statement_run (store, "DELETE FROM \"IdentityPeople\" WHERE \"Id\" = ?", "s", self->key);
  sandbox_store_commit (store);
}

void
sandbox_person_set_password (SandboxStore *store, const SandboxPerson *self, const char *password)
{
  g_return_if_fail (SANDBOX_IS_STORE (store) && self != NULL && password != NULL);

  set_password (store, self, password, SANDBOX_PASSWORD_ROUNDS);
}

gboolean
sandbox_person_has_password (SandboxStore *store, const SandboxPerson *self, const char *password)
{
  g_autofree char *hash = NULL;

  g_return_val_if_fail (SANDBOX_IS_STORE (store) && self != NULL, FALSE);

  hash = sandbox_statement_ask_text (
      store, "SELECT \"Password\" FROM \"IdentityPeople\" WHERE \"Id\" = ?", "s", self->key);

  return hash != NULL && password != NULL && sandbox_password_matches (password, hash);
}
