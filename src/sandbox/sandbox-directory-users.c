/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-directory.h"

#include "sandbox-identity-api.h"
#include "sandbox-identity-page.h"
#include "sandbox-statement.h"
#include "sandbox-world.h"

void
sandbox_directory_append_user (GString *json, SandboxStore *store, const SandboxPerson *person)
{
  gint64 last = sandbox_statement_ask (store,
                                       "SELECT max(\"Created\") FROM \"IdentityLoginAttempts\" "
                                       "WHERE \"Person\" = ? AND \"Success\" = ?",
                                       "si", person->user_name, (gint64)SANDBOX_ATTEMPT_GOOD);

  g_string_append_c (json, '{');
  sandbox_identity_api_append_text (json, "id", person->key);
  sandbox_identity_api_append_text (json, "userName", person->user_name);
  sandbox_identity_api_append_text (json, "email", person->email);
  sandbox_identity_api_append_bool (json, "emailConfirmed", person->invitation_accepted);
  sandbox_identity_api_append_text (json, "name", person->name);
  sandbox_identity_api_append_text (json, "surname", person->surname);
  sandbox_identity_api_append_text (json, "displayName", person->display_name);
  sandbox_identity_api_append_time (json, "creationTime", person->created);
  if (person->modified != 0)
    sandbox_identity_api_append_time (json, "lastModificationTime", person->modified);
  if (last != 0)
    sandbox_identity_api_append_time (json, "lastLoginTime", last);
  g_string_append (json, ",\"groupIDs\":");
  sandbox_directory_append_groups (json, store, person->key);
  sandbox_identity_api_append_int (json, "legacyId", person->legacy_id);
  sandbox_identity_api_append_bool (json, "isActive", person->active);
  sandbox_identity_api_append_bool (json, "bypassBasicAuthRestriction", person->bypasses);
  sandbox_identity_api_append_text (json, "type", person->type);
  sandbox_identity_api_append_bool (json, "invitationAccepted", person->invitation_accepted);
  g_string_append_c (json, '}');
}

static GString *
make_user (SandboxStore *store, const SandboxPerson *person)
{
  GString *json = g_string_new (NULL);

  sandbox_directory_append_user (json, store, person);

  return json;
}

static void
list_cb (SandboxRequest *request)
{
  g_autoptr (GPtrArray) entries = sandbox_identity_page_new ();
  g_autoptr (GPtrArray) people = NULL;
  g_auto (SandboxToken) token = { 0 };

  if (!sandbox_identity_api_check (request, "PM.User", SANDBOX_IDENTITY_ADMINISTRATOR, &token))
    return;

  people = sandbox_person_list (request->store);
  for (guint i = 0; i < people->len; i++)
    {
      const SandboxPerson *person = people->pdata[i];

      sandbox_identity_page_add (entries, person->user_name, person->display_name, person->email,
                                 person->created, make_user (request->store, person));
    }
  sandbox_identity_page_reply (request, entries);
}

SandboxPerson *
sandbox_directory_find_person (SandboxRequest *request)
{
  SandboxPerson *person;

  g_return_val_if_fail (request != NULL, NULL);

  person
      = sandbox_person_find_key (request->store, sandbox_request_get_argument (request, "userId"));
  if (person == NULL)
    sandbox_identity_api_reply_error (request, 404, "UserNotFound", "There is no such user.");

  return person;
}

gboolean
sandbox_directory_check_own (SandboxRequest *request,
                             const SandboxToken *token,
                             const SandboxPerson *person)
{
  g_return_val_if_fail (request != NULL && token != NULL && person != NULL, FALSE);

  if (token->person == NULL || sandbox_person_is (token->person, person)
      || token->person->administrator)
    return TRUE;

  sandbox_identity_api_reply_error (request, 403, "Forbidden",
                                    "Only an administrator may do this for somebody else.");

  return FALSE;
}

static void
get_cb (SandboxRequest *request)
{
  g_autoptr (SandboxPerson) person = NULL;
  g_auto (SandboxToken) token = { 0 };

  if (!sandbox_identity_api_check (request, "PM.User", SANDBOX_IDENTITY_ANYBODY, &token))
    return;
  person = sandbox_directory_find_person (request);
  if (person == NULL)
    return;
  if (sandbox_directory_check_own (request, &token, person))
    sandbox_reply_json (request, 200, make_user (request->store, person));
}

/* Definition: UserLoginAttemptDto. */
static void
attempts_cb (SandboxRequest *request)
{
  /* By SandboxAttempt, as the definition's LoginAttemptResult names them. */
  static const char *const results[] = { "invalidPassword", "success", "userIsNotActive" };
  g_autoptr (SandboxPerson) person = NULL;
  g_autoptr (GPtrArray) entries = sandbox_identity_page_new ();
  g_auto (SandboxToken) token = { 0 };
  sqlite3_stmt *statement;

  if (!sandbox_identity_api_check (request, "PM.UserLoginAttempt", SANDBOX_IDENTITY_ADMINISTRATOR,
                                   &token))
    return;
  person = sandbox_directory_find_person (request);
  if (person == NULL)
    return;

  statement = sandbox_statement_open (request->store,
                                      "SELECT \"Id\", \"Created\", \"Name\", \"Success\", "
                                      "\"Browser\" FROM \"IdentityLoginAttempts\" WHERE "
                                      "\"Person\" = ? ORDER BY \"Id\"",
                                      "s", person->user_name);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *name = (const char *)sqlite3_column_text (statement, 2);
      const char *browser = (const char *)sqlite3_column_text (statement, 4);
      gint64 created = sqlite3_column_int64 (statement, 1);
      GString *json = g_string_new ("{");

      sandbox_identity_api_append_int (json, "id", sqlite3_column_int64 (statement, 0));
      sandbox_identity_api_append_text (json, "partitionName", SANDBOX_ORGANIZATION);
      sandbox_identity_api_append_text (json, "userId", person->key);
      sandbox_identity_api_append_text (json, "userNameOrEmailAddress", name);
      sandbox_identity_api_append_text (json, "clientIpAddress", "127.0.0.1");
      sandbox_identity_api_append_text (json, "browserInfo", browser != NULL ? browser : "");
      sandbox_identity_api_append_text (json, "result", results[sqlite3_column_int (statement, 3)]);
      sandbox_identity_api_append_time (json, "creationTime", created);
      sandbox_identity_api_append_text (json, "partitionGlobalId", SANDBOX_ORGANIZATION_KEY);
      g_string_append_c (json, '}');
      sandbox_identity_page_add (entries, name, NULL, NULL, created, json);
    }
  sandbox_store_done (statement);
  sandbox_identity_page_reply (request, entries);
}

const SandboxOperation sandbox_directory_user_operations[] = {
  SANDBOX_IDENTITY_API ("GET", "User/users/{p}", list_cb),
  SANDBOX_IDENTITY_API ("GET", "User/{userId}/loginAttempts", attempts_cb),
  SANDBOX_IDENTITY_API ("GET", "User/{userId}", get_cb),
  { NULL },
};
