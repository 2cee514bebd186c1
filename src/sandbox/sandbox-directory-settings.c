/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-directory.h"

#include "baton-json.h"
#include "sandbox-identity-api.h"
#include "sandbox-identity-page.h"
#include "sandbox-statement.h"
#include "sandbox-world.h"

#define MAX_DOWNLOAD 100000

static gboolean
check_partition (SandboxRequest *request, const char *partition)
{
  return partition == NULL || sandbox_identity_api_check_partition (request, partition);
}

/* Appends SettingDto of @key, or of all where that is NULL. @user: "" for the organisation's. */
static void
append_settings (GString *json, SandboxStore *store, const char *key, const char *user)
{
  sqlite3_stmt *statement = sandbox_statement_open (
      store,
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
}

/* The definition's list is "key" as often as there are keys. Returns: (transfer full): none where
 * all are asked for. */
static GPtrArray *
read_keys (SandboxRequest *request)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);
  const char *query = g_uri_get_query (soup_server_message_get_uri (request->message));
  g_autofree char *value = NULL;
  g_autofree char *name = NULL;
  GUriParamsIter iter;

  g_uri_params_iter_init (&iter, query != NULL ? query : "", -1, "&", G_URI_PARAMS_WWW_FORM);
  while (g_uri_params_iter_next (&iter, &name, &value, NULL))
    {
      if (g_ascii_strcasecmp (name, "key") == 0)
        g_ptr_array_add (keys, g_steal_pointer (&value));
      g_clear_pointer (&name, g_free);
      g_clear_pointer (&value, g_free);
    }

  return keys;
}

static void
get_settings_cb (SandboxRequest *request)
{
  const char *user = sandbox_request_get_query (request, "userId");
  g_autoptr (GPtrArray) keys = NULL;
  g_auto (SandboxToken) token = { 0 };
  GString *json;

  if (!sandbox_identity_api_check (request, "PM.Setting", SANDBOX_IDENTITY_ADMINISTRATOR, &token)
      || !check_partition (request, sandbox_request_get_query (request, "partitionGlobalId")))
    return;

  keys = read_keys (request);
  json = g_string_new ("[");
  for (guint i = 0; i < MAX (keys->len, 1); i++)
    append_settings (json, request->store, keys->len > 0 ? keys->pdata[i] : NULL,
                     user != NULL ? user : "");
  g_string_append_c (json, ']');
  sandbox_reply_json (request, 200, json);
}

static void
put_settings_cb (SandboxRequest *request)
{
  JsonArray *settings = baton_json_peek_array (request->body, "settings");
  const char *user = baton_json_peek_string (request->body, "userId");
  g_auto (SandboxToken) token = { 0 };
  GString *json;

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

  if (user == NULL)
    user = "";
  json = g_string_new ("[");
  sandbox_store_begin (request->store);
  for (guint i = 0; i < baton_json_length (settings); i++)
    {
      JsonObject *setting = baton_json_peek_object_at (settings, i);
      const char *key = baton_json_peek_string (setting, "key");

      sandbox_statement_run (request->store,
                             "INSERT INTO \"IdentitySettings\" (\"Key\", \"User\", \"Value\") "
                             "VALUES (?1, ?2, ?3) ON CONFLICT (\"Key\", \"User\") DO UPDATE SET "
                             "\"Value\" = ?3",
                             "sss", key, user, baton_json_peek_string (setting, "value"));
      append_settings (json, request->store, key, user);
    }
  sandbox_store_commit (request->store);
  g_string_append_c (json, ']');
  sandbox_reply_json (request, 200, json);
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

  statement = sandbox_statement_open (request->store,
                                      "SELECT a.\"Created\", a.\"Person\", a.\"Category\", "
                                      "a.\"Action\", a.\"Message\", p.\"Email\" FROM "
                                      "\"IdentityAudit\" a LEFT JOIN \"IdentityPeople\" p ON "
                                      "p.\"UserName\" = a.\"Person\" ORDER BY a.\"Id\" DESC",
                                      "");
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *name = (const char *)sqlite3_column_text (statement, 1);
      const char *email = (const char *)sqlite3_column_text (statement, 5);
      gint64 created = sqlite3_column_int64 (statement, 0);
      GString *json = g_string_new ("{");

      sandbox_identity_api_append_time (json, "createdOn", created);
      sandbox_identity_api_append_text (json, "category",
                                        (const char *)sqlite3_column_text (statement, 2));
      sandbox_identity_api_append_text (json, "action",
                                        (const char *)sqlite3_column_text (statement, 3));
      sandbox_identity_api_append_text (json, "userName", name != NULL ? name : "");
      sandbox_identity_api_append_text (json, "email", email != NULL ? email : "");
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

static void
append_cell (GString *csv, const char *text, const char *end)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", "\"", -1);
  g_autofree char *doubled = g_strjoinv ("\"\"", parts);

  g_string_append_printf (csv, "\"%s\"%s", doubled, end);
}

/* What the definition calls a file: its lines, the newest first, as many as "size" says. */
static void
download_cb (SandboxRequest *request)
{
  const char *size = sandbox_request_get_query (request, "size");
  gint64 most = MAX_DOWNLOAD;
  GString *csv;
  g_autoptr (GBytes) content = NULL;
  g_auto (SandboxToken) token = { 0 };
  sqlite3_stmt *statement;

  if (!sandbox_identity_api_check (request, "PM.Audit", SANDBOX_IDENTITY_ADMINISTRATOR, &token))
    return;
  if (size != NULL && !g_ascii_string_to_signed (size, 10, 0, MAX_DOWNLOAD, &most, NULL))
    {
      sandbox_identity_api_reply_error (request, 400, "InvalidParameter",
                                        "size must be a number from 0 to 100000.");
      return;
    }

  csv = g_string_new ("Time,User,Category,Action,Message\r\n");
  statement = sandbox_statement_open (
      request->store,
      "SELECT strftime ('%Y-%m-%dT%H:%M:%SZ', \"Created\" / 1000000, 'unixepoch'), \"Person\","
      " \"Category\", \"Action\", \"Message\" FROM \"IdentityAudit\" ORDER BY \"Id\" DESC LIMIT ?",
      "i", most);
  while (sqlite3_step (statement) == SQLITE_ROW)
    for (int i = 0; i < 5; i++)
      append_cell (csv, (const char *)sqlite3_column_text (statement, i), i < 4 ? "," : "\r\n");
  sandbox_store_done (statement);
  content = g_string_free_to_bytes (csv);
  sandbox_reply_file (request, "audit.csv", "application/octet-stream", content);
}

const SandboxOperation sandbox_directory_setting_operations[] = {
  SANDBOX_IDENTITY_API ("GET", "Setting", get_settings_cb),
  SANDBOX_IDENTITY_API ("PUT", "Setting", put_settings_cb),
  SANDBOX_IDENTITY_API ("GET", "AuditQuery/{p}", audit_cb),
  SANDBOX_IDENTITY_API ("GET", "AuditQuery/{p}/download", download_cb),
  { NULL },
};
