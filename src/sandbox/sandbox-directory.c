/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-directory.h"

#include "baton-json.h"
#include "sandbox-clock.h"
#include "sandbox-secret.h"
#include "sandbox-statement.h"
#include "sandbox-world.h"
#include "sandbox-writer.h"

static const char *const tables[] = {
  "CREATE TABLE IF NOT EXISTS \"IdentityGroups\" (\"Id\" TEXT PRIMARY KEY COLLATE NOCASE, \"Name\" "
  "TEXT NOT NULL UNIQUE COLLATE NOCASE, \"Custom\" INTEGER NOT NULL, \"Created\" INTEGER NOT NULL, "
  "\"Modified\" INTEGER)",
  "CREATE TABLE IF NOT EXISTS \"IdentityMembers\" (\"Group\" TEXT NOT NULL COLLATE NOCASE "
  "REFERENCES \"IdentityGroups\" (\"Id\") ON DELETE CASCADE, \"Member\" TEXT NOT NULL COLLATE "
  "NOCASE, PRIMARY KEY (\"Group\", \"Member\")) WITHOUT ROWID",
  "CREATE TABLE IF NOT EXISTS \"IdentityRobotAccounts\" (\"Id\" TEXT PRIMARY KEY COLLATE NOCASE, "
  "\"Name\" TEXT NOT NULL UNIQUE COLLATE NOCASE, \"DisplayName\" TEXT NOT NULL, \"Created\" "
  "INTEGER "
  "NOT NULL)",
  "CREATE TABLE IF NOT EXISTS \"IdentitySettings\" (\"Id\" INTEGER PRIMARY KEY, \"Key\" TEXT NOT "
  "NULL COLLATE NOCASE, \"User\" TEXT NOT NULL COLLATE NOCASE, \"Value\" TEXT, UNIQUE (\"Key\", "
  "\"User\"))",
  "CREATE TABLE IF NOT EXISTS \"IdentityTemplates\" (\"Id\" INTEGER PRIMARY KEY, \"Name\" TEXT NOT "
  "NULL UNIQUE COLLATE NOCASE, \"Value\" TEXT NOT NULL)",
  "CREATE TABLE IF NOT EXISTS \"IdentityCertificates\" (\"Id\" INTEGER PRIMARY KEY AUTOINCREMENT, "
  "\"Primary\" INTEGER NOT NULL UNIQUE, \"Certificate\" TEXT NOT NULL, \"Thumbprint\" TEXT NOT NULL)",
  "CREATE TABLE IF NOT EXISTS \"IdentityAudit\" (\"Id\" INTEGER PRIMARY KEY, \"Created\" INTEGER "
  "NOT "
  "NULL, \"Person\" TEXT, \"Category\" TEXT NOT NULL, \"Action\" TEXT NOT NULL, \"Message\" TEXT "
  "NOT "
  "NULL)",
  "CREATE TABLE IF NOT EXISTS \"IdentityLoginAttempts\" (\"Id\" INTEGER PRIMARY KEY, \"Created\" "
  "INTEGER NOT NULL, \"Person\" TEXT, \"Name\" TEXT NOT NULL, \"Success\" INTEGER NOT NULL, "
  "\"Browser\" TEXT)",
};

void
sandbox_directory_prepare (SandboxStore *store)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    sandbox_store_exec (store, tables[i]);
  sandbox_directory_prepare_templates (store);
}

static void
add_group (SandboxStore *store, const char *name)
{
  g_autofree char *id = sandbox_secret_make_guid ();

  sandbox_statement_run (store,
                         "INSERT INTO \"IdentityGroups\" (\"Id\", \"Name\", \"Custom\", "
                         "\"Created\") VALUES (?, ?, 0, ?)",
                         "ssi", id, name, sandbox_clock_now ());
  for (const SandboxWorldPerson *person = sandbox_world_get_people (); person->key != NULL; person++)
    if (g_str_equal (person->group, name))
      sandbox_statement_run (store,
                             "INSERT INTO \"IdentityMembers\" (\"Group\", \"Member\") VALUES (?, ?)",
                             "ss", id, person->key);
}

void
sandbox_directory_seed (SandboxStore *store)
{
  static const char *const robots[] = { "unattended-01", "unattended-02" };
  static const char *const groups[]
      = { "Administrators", "Automation Users", "Automation Developers", "Automation Express" };

  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    add_group (store, groups[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (robots); i++)
    {
      g_autofree char *id = sandbox_secret_make_guid ();

      sandbox_statement_run (store,
                             "INSERT INTO \"IdentityRobotAccounts\" (\"Id\", \"Name\", "
                             "\"DisplayName\", \"Created\") VALUES (?, ?, ?, ?)",
                             "sssi", id, robots[i], robots[i], sandbox_clock_now ());
    }
  sandbox_statement_run (store,
                         "INSERT INTO \"IdentitySettings\" (\"Key\", \"User\", \"Value\") VALUES "
                         "(?, '', ?)",
                         "ss", "Abp.Localization.DefaultLanguageName", "en");
}

void
sandbox_directory_audit (SandboxStore *store,
                         const SandboxPerson *person,
                         const char *category,
                         const char *action,
                         const char *message)
{
  sandbox_statement_run (store,
                         "INSERT INTO \"IdentityAudit\" (\"Created\", \"Person\", \"Category\", "
                         "\"Action\", \"Message\") VALUES (?, ?, ?, ?, ?)",
                         "issss", sandbox_clock_now (), person != NULL ? person->user_name : NULL,
                         category, action, message);
}

void
sandbox_directory_add_attempt (SandboxRequest *request,
                               const SandboxPerson *person,
                               const char *name,
                               SandboxAttempt attempt)
{
  const char *browser = soup_message_headers_get_one (
      soup_server_message_get_request_headers (request->message), "User-Agent");

  sandbox_statement_run (request->store,
                         "INSERT INTO \"IdentityLoginAttempts\" (\"Created\", \"Person\", "
                         "\"Name\", \"Success\", \"Browser\") VALUES (?, ?, ?, ?, ?)",
                         "issis", sandbox_clock_now (), person != NULL ? person->user_name : NULL,
                         name, (gint64)attempt, browser);
}

void
sandbox_directory_append_groups (GString *json, SandboxStore *store, const char *member)
{
  sqlite3_stmt *statement = sandbox_statement_open (
      store, "SELECT \"Group\" FROM \"IdentityMembers\" WHERE \"Member\" = ? ORDER BY 1", "s",
      member);

  g_string_append_c (json, '[');
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      if (json->str[json->len - 1] != '[')
        g_string_append_c (json, ',');
      sandbox_json_append_string (json, (const char *)sqlite3_column_text (statement, 0));
    }
  sandbox_store_done (statement);
  g_string_append_c (json, ']');
}

void
sandbox_directory_change_groups (SandboxStore *store,
                                 const char *member,
                                 JsonArray *add,
                                 JsonArray *remove)
{
  for (guint i = 0; i < baton_json_length (add); i++)
    if (baton_json_peek_string_at (add, i) != NULL)
      sandbox_directory_join (store, baton_json_peek_string_at (add, i), member, TRUE);
  for (guint i = 0; i < baton_json_length (remove); i++)
    if (baton_json_peek_string_at (remove, i) != NULL)
      sandbox_directory_join (store, baton_json_peek_string_at (remove, i), member, FALSE);
}
