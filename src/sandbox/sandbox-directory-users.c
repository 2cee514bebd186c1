/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-directory.h"

#include "sandbox-identity-api.h"
#include "sandbox-identity-page.h"
#include "sandbox-statement.h"
#include "sandbox-world.h"

/* When everybody was taken on: 2024-01-02. */
#define TAKEN_ON (G_GINT64_CONSTANT (1704153600) * G_USEC_PER_SEC)

/* Definition: UserDto. */
static GString *
make_user (SandboxStore *store, const SandboxPerson *person)
{
  GString *json = g_string_new ("{");
  g_autofree char *display = g_strconcat (person->name, " ", person->surname, NULL);
  gint64 last = sandbox_statement_ask (store,
                                       "SELECT max(\"Created\") FROM \"IdentityLoginAttempts\" "
                                       "WHERE \"Person\" = ? AND \"Success\"",
                                       "s", person->user_name);

  sandbox_identity_api_append_text (json, "id", person->key);
  sandbox_identity_api_append_text (json, "userName", person->user_name);
  sandbox_identity_api_append_text (json, "email", person->email);
  sandbox_identity_api_append_bool (json, "emailConfirmed", TRUE);
  sandbox_identity_api_append_text (json, "name", person->name);
  sandbox_identity_api_append_text (json, "surname", person->surname);
  sandbox_identity_api_append_text (json, "displayName", display);
  sandbox_identity_api_append_time (json, "creationTime", TAKEN_ON);
  if (last != 0)
    sandbox_identity_api_append_time (json, "lastLoginTime", last);
  g_string_append (json, ",\"groupIDs\":");
  sandbox_directory_append_groups (json, store, person->key);
  sandbox_identity_api_append_bool (json, "isActive", TRUE);
  sandbox_identity_api_append_bool (json, "bypassBasicAuthRestriction", FALSE);
  sandbox_identity_api_append_text (json, "type", "user");
  sandbox_identity_api_append_bool (json, "invitationAccepted", TRUE);
  g_string_append_c (json, '}');

  return json;
}

static void
list_cb (SandboxRequest *request)
{
  g_autoptr (GPtrArray) entries = sandbox_identity_page_new ();
  g_auto (SandboxToken) token = { 0 };

  if (!sandbox_identity_api_check (request, "PM.User", SANDBOX_IDENTITY_ADMINISTRATOR, &token))
    return;

  for (const SandboxPerson *person = sandbox_person_get_all (); person->user_name != NULL; person++)
    {
      g_autofree char *display = g_strconcat (person->name, " ", person->surname, NULL);

      sandbox_identity_page_add (entries, person->user_name, display, person->email, TAKEN_ON,
                                 make_user (request->store, person));
    }
  sandbox_identity_page_reply (request, entries);
}

/* Answers where there is nobody of that GUID. */
static const SandboxPerson *
find (SandboxRequest *request)
{
  const char *id = sandbox_request_get_argument (request, "userId");

  for (const SandboxPerson *person = sandbox_person_get_all (); person->user_name != NULL; person++)
    if (g_ascii_strcasecmp (person->key, id) == 0)
      return person;

  sandbox_identity_api_reply_error (request, 404, "UserNotFound", "There is no such user.");

  return NULL;
}

static void
get_cb (SandboxRequest *request)
{
  const SandboxPerson *person;
  g_auto (SandboxToken) token = { 0 };

  if (!sandbox_identity_api_check (request, "PM.User", SANDBOX_IDENTITY_ANYBODY, &token))
    return;
  person = find (request);
  if (person == NULL)
    return;
  if (token.person != NULL && token.person != person && !token.person->administrator)
    sandbox_identity_api_reply_error (request, 403, "Forbidden",
                                      "Only an administrator may read somebody else.");
  else
    sandbox_reply_json (request, 200, make_user (request->store, person));
}

/* Definition: UserLoginAttemptDto. */
static void
attempts_cb (SandboxRequest *request)
{
  const SandboxPerson *person;
  g_autoptr (GPtrArray) entries = sandbox_identity_page_new ();
  g_auto (SandboxToken) token = { 0 };
  sqlite3_stmt *statement;

  if (!sandbox_identity_api_check (request, "PM.UserLoginAttempt", SANDBOX_IDENTITY_ADMINISTRATOR,
                                   &token))
    return;
  person = find (request);
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
      sandbox_identity_api_append_text (
          json, "result", sqlite3_column_int (statement, 3) != 0 ? "success" : "invalidPassword");
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
