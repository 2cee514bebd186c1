/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-directory.h"

#include "baton-json.h"
#include "sandbox-clock.h"
#include "sandbox-identity-api.h"
#include "sandbox-secret.h"
#include "sandbox-statement.h"
#include "sandbox-writer.h"

#define FAMILY "PM.Group"

static void
append_members (GString *json, SandboxStore *store, const char *group)
{
  sqlite3_stmt *statement = sandbox_statement_open (
      store, "SELECT \"Member\" FROM \"IdentityMembers\" WHERE \"Group\" = ? ORDER BY 1", "s",
      group);
  const char *separator = "";

  g_string_append (json, ",\"members\":[");
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      g_autoptr (GString) member = g_string_new (NULL);

      if (!sandbox_directory_append_entity (member, store,
                                            (const char *)sqlite3_column_text (statement, 0)))
        continue;
      g_string_append_printf (json, "%s%s", separator, member->str);
      separator = ",";
    }
  sandbox_store_done (statement);
  g_string_append_c (json, ']');
}

/* Definition: GroupDto. */
static void
append_group (GString *json, SandboxStore *store, const char *id)
{
  sqlite3_stmt *statement
      = sandbox_statement_open (store,
                                "SELECT \"Id\", \"Name\", \"Custom\", \"Created\", \"Modified\" "
                                "FROM \"IdentityGroups\" WHERE "
                                "\"Id\" = ?",
                                "s", id);

  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      g_string_append_c (json, '{');
      sandbox_identity_api_append_text (json, "id",
                                        (const char *)sqlite3_column_text (statement, 0));
      sandbox_identity_api_append_text (json, "name",
                                        (const char *)sqlite3_column_text (statement, 1));
      sandbox_identity_api_append_text (json, "displayName",
                                        (const char *)sqlite3_column_text (statement, 1));
      sandbox_identity_api_append_text (
          json, "type", sqlite3_column_int (statement, 2) != 0 ? "custom" : "builtIn");
      sandbox_identity_api_append_time (json, "creationTime", sqlite3_column_int64 (statement, 3));
      if (sqlite3_column_int64 (statement, 4) != 0)
        sandbox_identity_api_append_time (json, "lastModificationTime",
                                          sqlite3_column_int64 (statement, 4));
      append_members (json, store, id);
      g_string_append_c (json, '}');
    }
  sandbox_store_done (statement);
}

static void
list_cb (SandboxRequest *request)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_auto (SandboxToken) token = { 0 };
  sqlite3_stmt *statement;
  GString *json;

  if (!sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_ADMINISTRATOR, &token))
    return;

  statement = sandbox_statement_open (
      request->store, "SELECT \"Id\" FROM \"IdentityGroups\" ORDER BY \"Name\"", "");
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_ptr_array_add (ids, g_strdup ((const char *)sqlite3_column_text (statement, 0)));
  sandbox_store_done (statement);

  json = g_string_new ("[");
  for (guint i = 0; i < ids->len; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      append_group (json, request->store, ids->pdata[i]);
    }
  g_string_append_c (json, ']');
  sandbox_reply_json (request, 200, json);
}

/* Looks at the caller and finds the group of the address. Answers where either lacks. Returns:
 * (transfer full) (nullable): its id. */
static char *
find (SandboxRequest *request)
{
  const char *asked = sandbox_request_get_argument (request, "groupId");
  g_auto (SandboxToken) token = { 0 };
  char *id;

  if (!sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_ADMINISTRATOR, &token))
    return NULL;
  id = sandbox_statement_ask_text (
      request->store, "SELECT \"Id\" FROM \"IdentityGroups\" WHERE \"Id\" = ?", "s", asked);
  if (id == NULL)
    sandbox_identity_api_reply_error (request, 404, "GroupNotFound", "There is no such group.");

  return id;
}

static void
reply_group (SandboxRequest *request, guint status, const char *id)
{
  GString *json = g_string_new (NULL);

  append_group (json, request->store, id);
  sandbox_reply_json (request, status, json);
}

static void
get_cb (SandboxRequest *request)
{
  g_autofree char *id = find (request);

  if (id != NULL)
    reply_group (request, 200, id);
}

/* Answers where the name is missing, or another group's. */
static gboolean
check_name (SandboxRequest *request, const char *name, const char *id)
{
  if (name == NULL || *name == '\0')
    sandbox_identity_api_reply_error (request, 400, "InvalidGroup", "The group needs a name.");
  else if (sandbox_statement_ask (request->store,
                                  "SELECT count(*) FROM \"IdentityGroups\" WHERE \"Name\" = ? AND "
                                  "\"Id\" <> ?",
                                  "ss", name, id)
           != 0)
    sandbox_identity_api_reply_error (request, 409, "DuplicateGroup",
                                      "There is a group of that name already.");
  else
    return TRUE;

  return FALSE;
}

static void
change_members (SandboxRequest *request, const char *id, const char *add, const char *remove)
{
  JsonArray *added = baton_json_peek_array (request->body, add);
  JsonArray *removed = remove != NULL ? baton_json_peek_array (request->body, remove) : NULL;

  for (guint i = 0; i < baton_json_length (added); i++)
    if (baton_json_peek_string_at (added, i) != NULL)
      sandbox_directory_join (request->store, id, baton_json_peek_string_at (added, i), TRUE);
  for (guint i = 0; i < baton_json_length (removed); i++)
    if (baton_json_peek_string_at (removed, i) != NULL)
      sandbox_directory_join (request->store, id, baton_json_peek_string_at (removed, i), FALSE);
}

static void
create_cb (SandboxRequest *request)
{
  const char *name = baton_json_peek_string (request->body, "name");
  g_autofree char *id = sandbox_secret_make_guid ();
  g_auto (SandboxToken) token = { 0 };

  if (!sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_ADMINISTRATOR, &token)
      || !check_name (request, name, ""))
    return;

  sandbox_store_begin (request->store);
  sandbox_statement_run (request->store,
                         "INSERT INTO \"IdentityGroups\" (\"Id\", \"Name\", \"Custom\", "
                         "\"Created\") VALUES (?, ?, 1, ?)",
                         "ssi", id, name, sandbox_clock_now ());
  change_members (request, id, "directoryUserMemberIDs", NULL);
  sandbox_directory_audit (request->store, token.person, "Group", "Create", name);
  sandbox_store_commit (request->store);
  reply_group (request, 201, id);
}

static void
update_cb (SandboxRequest *request)
{
  const char *name = baton_json_peek_string (request->body, "name");
  g_autofree char *id = find (request);

  if (id == NULL || (name != NULL && !check_name (request, name, id)))
    return;

  sandbox_store_begin (request->store);
  sandbox_statement_run (request->store,
                         "UPDATE \"IdentityGroups\" SET \"Name\" = ifnull (?, \"Name\"), "
                         "\"Modified\" = ? WHERE \"Id\" = ?",
                         "sis", name, sandbox_clock_now (), id);
  change_members (request, id, "directoryUserIDsToAdd", "directoryUserIDsToRemove");
  if (!sandbox_directory_keeps_administrator (request))
    {
      sandbox_store_rollback (request->store);
      return;
    }
  sandbox_store_commit (request->store);
  reply_group (request, 200, id);
}

/* Answers where it is one that is always there. */
static gboolean
delete_group (SandboxRequest *request, const char *id)
{
  if (sandbox_statement_ask (request->store,
                             "SELECT count(*) FROM \"IdentityGroups\" WHERE \"Id\" = ? AND NOT "
                             "\"Custom\"",
                             "s", id)
      != 0)
    {
      sandbox_identity_api_reply_error (request, 400, "BuiltInGroup",
                                        "A built-in group cannot be deleted.");
      return FALSE;
    }
  sandbox_statement_run (request->store, "DELETE FROM \"IdentityGroups\" WHERE \"Id\" = ?", "s",
                         id);

  return TRUE;
}

static void
delete_cb (SandboxRequest *request)
{
  g_autofree char *id = find (request);

  if (id != NULL && delete_group (request, id))
    sandbox_reply_empty (request, 204);
}

static void
delete_many_cb (SandboxRequest *request)
{
  JsonArray *ids = baton_json_peek_array (request->body, "groupIDs");
  g_auto (SandboxToken) token = { 0 };
  gboolean done = TRUE;

  if (!sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_ADMINISTRATOR, &token))
    return;

  sandbox_store_begin (request->store);
  for (guint i = 0; done && i < baton_json_length (ids); i++)
    done = delete_group (request, baton_json_peek_string_at (ids, i));
  if (done)
    {
      sandbox_store_commit (request->store);
      sandbox_reply_empty (request, 204);
    }
  else
    sandbox_store_rollback (request->store);
}

const SandboxOperation sandbox_directory_group_operations[] = {
  SANDBOX_IDENTITY_API ("POST", "Group", create_cb),
  SANDBOX_IDENTITY_API ("GET", "Group/{p}", list_cb),
  SANDBOX_IDENTITY_API ("DELETE", "Group/{p}", delete_many_cb),
  SANDBOX_IDENTITY_API ("PUT", "Group/{groupId}", update_cb),
  SANDBOX_IDENTITY_API ("GET", "Group/{p}/{groupId}", get_cb),
  SANDBOX_IDENTITY_API ("DELETE", "Group/{p}/{groupId}", delete_cb),
  { NULL },
};
