/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-directory.h"

#include "baton-json.h"
#include "sandbox-clock.h"
#include "sandbox-identity-api.h"
#include "sandbox-identity-page.h"
#include "sandbox-secret.h"
#include "sandbox-statement.h"

#define FAMILY "PM.RobotAccount"
#define COLUMNS "\"Id\", \"Name\", \"DisplayName\", \"Created\" FROM \"IdentityRobotAccounts\""

/* Definition: RobotAccountDto. */
static GString *
make_account (SandboxStore *store, sqlite3_stmt *statement)
{
  GString *json = g_string_new ("{");
  const char *id = (const char *)sqlite3_column_text (statement, 0);

  sandbox_identity_api_append_text (json, "id", id);
  sandbox_identity_api_append_text (json, "name", (const char *)sqlite3_column_text (statement, 1));
  sandbox_identity_api_append_text (json, "displayName",
                                    (const char *)sqlite3_column_text (statement, 2));
  sandbox_identity_api_append_time (json, "creationTime", sqlite3_column_int64 (statement, 3));
  g_string_append (json, ",\"groupIds\":");
  sandbox_directory_append_groups (json, store, id);
  g_string_append_c (json, '}');

  return json;
}

static void
list_cb (SandboxRequest *request)
{
  g_autoptr (GPtrArray) entries = sandbox_identity_page_new ();
  g_auto (SandboxToken) token = { 0 };
  sqlite3_stmt *statement;

  if (!sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_ADMINISTRATOR, &token))
    return;

  statement = sandbox_statement_open (request->store, "SELECT " COLUMNS, "");
  while (sqlite3_step (statement) == SQLITE_ROW)
    sandbox_identity_page_add (entries, (const char *)sqlite3_column_text (statement, 1),
                               (const char *)sqlite3_column_text (statement, 2), NULL,
                               sqlite3_column_int64 (statement, 3),
                               make_account (request->store, statement));
  sandbox_store_done (statement);
  sandbox_identity_page_reply (request, entries);
}

/* Answers the account, or 404. */
static void
reply_account (SandboxRequest *request, guint status, const char *id)
{
  sqlite3_stmt *statement
      = sandbox_statement_open (request->store, "SELECT " COLUMNS " WHERE \"Id\" = ?", "s", id);
  GString *json = NULL;

  if (sqlite3_step (statement) == SQLITE_ROW)
    json = make_account (request->store, statement);
  sandbox_store_done (statement);
  if (json != NULL)
    sandbox_reply_json (request, status, json);
  else
    sandbox_identity_api_reply_error (request, 404, "RobotAccountNotFound",
                                      "There is no such robot account.");
}

static void
get_cb (SandboxRequest *request)
{
  g_auto (SandboxToken) token = { 0 };

  if (sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_ADMINISTRATOR, &token))
    reply_account (request, 200, sandbox_request_get_argument (request, "robotAccountId"));
}

static void
create_cb (SandboxRequest *request)
{
  const char *name = baton_json_peek_string (request->body, "name");
  const char *display = baton_json_peek_string (request->body, "displayName");
  g_autofree char *id = sandbox_secret_make_guid ();
  g_auto (SandboxToken) token = { 0 };

  if (!sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_ADMINISTRATOR, &token))
    return;
  if (name == NULL || *name == '\0')
    {
      sandbox_identity_api_reply_error (request, 400, "InvalidRobotAccount",
                                        "The robot account needs a name.");
      return;
    }
  if (sandbox_statement_ask (request->store,
                             "SELECT count(*) FROM \"IdentityRobotAccounts\" WHERE \"Name\" = ?",
                             "s", name)
      != 0)
    {
      sandbox_identity_api_reply_error (request, 409, "DuplicateRobotAccount",
                                        "There is a robot account of that name already.");
      return;
    }

  sandbox_store_begin (request->store);
  sandbox_statement_run (request->store,
                         "INSERT INTO \"IdentityRobotAccounts\" (\"Id\", \"Name\", "
                         "\"DisplayName\", \"Created\") VALUES (?, ?, ?, ?)",
                         "sssi", id, name, display != NULL ? display : name, sandbox_clock_now ());
  sandbox_directory_change_groups (request->store, id,
                                   baton_json_peek_array (request->body, "groupIDsToAdd"), NULL);
  sandbox_directory_audit (request->store, token.person, "RobotAccount", "Create", name);
  sandbox_store_commit (request->store);
  reply_account (request, 201, id);
}

/* Name and identity stay as they are (definition: UpdateRobotAccountCommand). */
static void
update_cb (SandboxRequest *request)
{
  const char *id = sandbox_request_get_argument (request, "robotAccountId");
  g_auto (SandboxToken) token = { 0 };

  if (!sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_ADMINISTRATOR, &token))
    return;

  sandbox_store_begin (request->store);
  sandbox_statement_run (request->store,
                         "UPDATE \"IdentityRobotAccounts\" SET \"DisplayName\" = ifnull (?, "
                         "\"DisplayName\") WHERE \"Id\" = ?",
                         "ss", baton_json_peek_string (request->body, "displayName"), id);
  if (sandbox_store_changes (request->store) > 0)
    sandbox_directory_change_groups (request->store, id,
                                     baton_json_peek_array (request->body, "groupIDsToAdd"),
                                     baton_json_peek_array (request->body, "groupIDsToRemove"));
  sandbox_store_commit (request->store);
  reply_account (request, 200, id);
}

static gboolean
delete_account (SandboxStore *store, const char *id)
{
  sandbox_statement_run (store, "DELETE FROM \"IdentityMembers\" WHERE \"Member\" = ?", "s", id);
  sandbox_statement_run (store, "DELETE FROM \"IdentityRobotAccounts\" WHERE \"Id\" = ?", "s", id);

  return sandbox_store_changes (store) > 0;
}

static void
delete_cb (SandboxRequest *request)
{
  g_auto (SandboxToken) token = { 0 };

  if (!sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_ADMINISTRATOR, &token))
    return;
  if (delete_account (request->store, sandbox_request_get_argument (request, "robotAccountId")))
    sandbox_reply_empty (request, 204);
  else
    sandbox_identity_api_reply_error (request, 404, "RobotAccountNotFound",
                                      "There is no such robot account.");
}

static void
delete_many_cb (SandboxRequest *request)
{
  JsonArray *ids = baton_json_peek_array (request->body, "robotAccountIDs");
  g_auto (SandboxToken) token = { 0 };

  if (!sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_ADMINISTRATOR, &token))
    return;

  sandbox_store_begin (request->store);
  for (guint i = 0; i < baton_json_length (ids); i++)
    delete_account (request->store, baton_json_peek_string_at (ids, i));
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 204);
}

const SandboxOperation sandbox_directory_robot_operations[] = {
  SANDBOX_IDENTITY_API ("POST", "RobotAccount", create_cb),
  SANDBOX_IDENTITY_API ("GET", "RobotAccount/{p}", list_cb),
  SANDBOX_IDENTITY_API ("DELETE", "RobotAccount/{p}", delete_many_cb),
  SANDBOX_IDENTITY_API ("PUT", "RobotAccount/{robotAccountId}", update_cb),
  SANDBOX_IDENTITY_API ("GET", "RobotAccount/{p}/{robotAccountId}", get_cb),
  SANDBOX_IDENTITY_API ("DELETE", "RobotAccount/{p}/{robotAccountId}", delete_cb),
  { NULL },
};
