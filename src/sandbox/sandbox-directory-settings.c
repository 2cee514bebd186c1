/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-directory.h"

#include "baton-json.h"
#include "sandbox-identity-api.h"
#include "sandbox-identity-page.h"
#include "sandbox-statement.h"
#include "sandbox-world.h"

/* Answers where the organisation that is named is another. */
static gboolean
check_partition (SandboxRequest *request, const char *partition)
{
  if (partition == NULL || g_ascii_strcasecmp (partition, SANDBOX_ORGANIZATION_KEY) == 0)
    return TRUE;
  sandbox_identity_api_reply_error (request, 400, "InvalidPartition",
                                    "partitionGlobalId is not your organization.");

  return FALSE;
}

/* Answers SettingDto of @key, or of all where that is NULL, an array. @user: "" for the
 * organisation's. */
static void
reply_settings (SandboxRequest *request, const char *key, const char *user)
{
  GString *json = g_string_new ("[");
  sqlite3_stmt *statement = sandbox_statement_open (
      request->store,
      "SELECT \"Id\", \"Key\", \"Value\" FROM \"IdentitySettings\" WHERE \"User\" = ?1 AND (?2 IS "
      "NULL OR \"Key\" = ?2) ORDER BY \"Key\"",
      "ss", user, key);

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      g_string_append (json, json->len > 1 ? ",{" : "{");
      sandbox_identity_api_append_int (json, "id", sqlite3_column_int64 (statement, 0));
      sandbox_identity_api_append_text (json, "key",
                                        (const char *)sqlite3_column_text (statement, 1));
      if (sqlite3_column_type (statement, 2) != SQLITE_NULL)
        sandbox_identity_api_append_text (json, "value",
                                          (const char *)sqlite3_column_text (statement, 2));
      sandbox_identity_api_append_text (json, "partitionGlobalId", SANDBOX_ORGANIZATION_KEY);
      if (*user != '\0')
        sandbox_identity_api_append_text (json, "userId", user);
      g_string_append_c (json, '}');
    }
  sandbox_store_done (statement);
  g_string_append_c (json, ']');
  sandbox_reply_json (request, 200, json);
}

static void
get_settings_cb (SandboxRequest *request)
{
  const char *user = sandbox_request_get_query (request, "userId");
  g_auto (SandboxToken) token = { 0 };

  if (sandbox_identity_api_check (request, "PM.Setting", SANDBOX_IDENTITY_ADMINISTRATOR, &token)
      && check_partition (request, sandbox_request_get_query (request, "partitionGlobalId")))
    reply_settings (request, sandbox_request_get_query (request, "key"), user != NULL ? user : "");
}

static void
put_settings_cb (SandboxRequest *request)
{
  JsonArray *settings = baton_json_peek_array (request->body, "settings");
  const char *user = baton_json_peek_string (request->body, "userId");
  g_auto (SandboxToken) token = { 0 };

  if (!sandbox_identity_api_check (request, "PM.Setting", SANDBOX_IDENTITY_ADMINISTRATOR, &token)
      || !check_partition (request, baton_json_peek_string (request->body, "partitionGlobalId")))
    return;
  for (guint i = 0; i < baton_json_length (settings); i++)
    if (baton_json_peek_string (baton_json_peek_object_at (settings, i), "key") == NULL)
      {
        sandbox_identity_api_reply_error (request, 400, "InvalidSetting",
                                          "Each setting needs a key.");
        return;
      }

  sandbox_store_begin (request->store);
  for (guint i = 0; i < baton_json_length (settings); i++)
    {
      JsonObject *setting = baton_json_peek_object_at (settings, i);

      sandbox_statement_run (request->store,
                             "INSERT INTO \"IdentitySettings\" (\"Key\", \"User\", \"Value\") "
                             "VALUES (?1, ?2, ?3) ON CONFLICT (\"Key\", \"User\") DO UPDATE SET "
                             "\"Value\" = ?3",
                             "sss", baton_json_peek_string (setting, "key"),
                             user != NULL ? user : "", baton_json_peek_string (setting, "value"));
    }
  sandbox_store_commit (request->store);
  reply_settings (request, NULL, user != NULL ? user : "");
}

/* Definition: AuditQueryRecordDto. */
static void
audit_cb (SandboxRequest *request)
{
  g_autoptr (GPtrArray) entries = sandbox_identity_page_new ();
  g_auto (SandboxToken) token = { 0 };
  sqlite3_stmt *statement;

  if (!sandbox_identity_api_check (request, "PM.Audit", SANDBOX_IDENTITY_ADMINISTRATOR, &token))
    return;

  statement = sandbox_statement_open (
      request->store,
      "SELECT \"Created\", \"Person\", \"Category\", \"Action\", \"Message\" FROM "
      "\"IdentityAudit\" ORDER BY \"Id\" DESC",
      "");
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *name = (const char *)sqlite3_column_text (statement, 1);
      const SandboxPerson *person = name != NULL ? sandbox_person_find (name) : NULL;
      gint64 created = sqlite3_column_int64 (statement, 0);
      GString *json = g_string_new ("{");

      sandbox_identity_api_append_time (json, "createdOn", created);
      sandbox_identity_api_append_text (json, "category",
                                        (const char *)sqlite3_column_text (statement, 2));
      sandbox_identity_api_append_text (json, "action",
                                        (const char *)sqlite3_column_text (statement, 3));
      sandbox_identity_api_append_text (json, "userName", name != NULL ? name : "");
      sandbox_identity_api_append_text (json, "email", person != NULL ? person->email : "");
      sandbox_identity_api_append_text (json, "message",
                                        (const char *)sqlite3_column_text (statement, 4));
      sandbox_identity_api_append_text (json, "detailsVersion", "1.0");
      sandbox_identity_api_append_text (json, "source", "Identity");
      g_string_append_c (json, '}');
      sandbox_identity_page_add (entries, name, NULL, NULL, created, json);
    }
  sandbox_store_done (statement);
  sandbox_identity_page_reply (request, entries);
}

const SandboxOperation sandbox_directory_setting_operations[] = {
  SANDBOX_IDENTITY_API ("GET", "Setting", get_settings_cb),
  SANDBOX_IDENTITY_API ("PUT", "Setting", put_settings_cb),
  SANDBOX_IDENTITY_API ("GET", "AuditQuery/{p}", audit_cb),
  { NULL },
};
