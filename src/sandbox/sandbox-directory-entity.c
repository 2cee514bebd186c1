/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-directory.h"

#include "baton-json.h"
#include "sandbox-identity-api.h"
#include "sandbox-statement.h"

/* Begins an object that is not closed yet. @email: (nullable). */
static void
begin (GString *json,
       const char *type,
       const char *id,
       const char *name,
       const char *display_name,
       const char *email)
{
  g_string_append_c (json, '{');
  sandbox_identity_api_append_text (json, "objectType", type);
  sandbox_identity_api_append_text (json, "source", "local");
  sandbox_identity_api_append_text (json, "identifier", id);
  sandbox_identity_api_append_text (json, "name", name);
  sandbox_identity_api_append_text (json, "displayName", display_name);
  if (email != NULL)
    sandbox_identity_api_append_text (json, "email", email);
}

/* Definition: DirectoryUser. */
static void
append_person (GString *json, SandboxStore *store, const SandboxPerson *person)
{
  g_autofree char *attributes = sandbox_statement_ask_text (
      store, "SELECT \"Attributes\" FROM \"IdentityPeople\" WHERE \"Id\" = ?", "s", person->key);

  begin (json, "DirectoryUser", person->key, person->user_name, person->display_name,
         person->email);
  sandbox_identity_api_append_text (json, "firstName", person->name);
  sandbox_identity_api_append_text (json, "lastName", person->surname);
  sandbox_identity_api_append_time (json, "creationTime", person->created);
  g_string_append_printf (json, ",\"extensionUserAttributes\":%s}", attributes);
}

/* Definition: DirectoryRobotUser and DirectoryGroup. Returns: FALSE where there is no such row. */
static gboolean
append_row (GString *json, SandboxStore *store, const char *type, const char *sql, const char *id)
{
  sqlite3_stmt *statement = sandbox_statement_open (store, sql, "s", id);
  gboolean found = sqlite3_step (statement) == SQLITE_ROW;

  if (found)
    {
      begin (json, type, (const char *)sqlite3_column_text (statement, 0),
             (const char *)sqlite3_column_text (statement, 1),
             (const char *)sqlite3_column_text (statement, 2), NULL);
      g_string_append_c (json, '}');
    }
  sandbox_store_done (statement);

  return found;
}

gboolean
sandbox_directory_append_entity (GString *json, SandboxStore *store, const char *id)
{
  g_autoptr (SandboxPerson) person = NULL;

  g_return_val_if_fail (json != NULL && SANDBOX_IS_STORE (store) && id != NULL, FALSE);

  person = sandbox_person_find_key (store, id);
  if (person != NULL)
    {
      append_person (json, store, person);
      return TRUE;
    }

  return append_row (json, store, "DirectoryRobotUser",
                     "SELECT \"Id\", \"Name\", \"DisplayName\" FROM \"IdentityRobotAccounts\""
                     " WHERE \"Id\" = ?",
                     id)
         || append_row (
             json, store, "DirectoryGroup",
             "SELECT \"Id\", \"Name\", \"Name\" FROM \"IdentityGroups\" WHERE \"Id\" = ?", id);
}

/* Not in the definition; the vendor's Python SDK asks here for the address of whoever gets a task:
 * {"entityId","entityType"}. */
static void
resolve_cb (SandboxRequest *request)
{
  const char *id = baton_json_peek_string (request->body, "entityId");
  g_autoptr (GString) json = g_string_new (NULL);
  g_auto (SandboxToken) token = { 0 };

  if (!sandbox_identity_api_check (request, "PM.User", SANDBOX_IDENTITY_ANYBODY, &token))
    return;
  if (id != NULL && sandbox_directory_append_entity (json, request->store, id))
    sandbox_reply_json (request, 200, g_steal_pointer (&json));
  else
    sandbox_identity_api_reply_error (request, 404, "EntityNotFound",
                                      "The directory has nothing of that id.");
}

const SandboxOperation sandbox_directory_entity_operations[] = {
  SANDBOX_IDENTITY_API ("POST", "Directory/Resolve/{p}", resolve_cb),
  { NULL },
};
