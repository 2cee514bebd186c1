/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "sandbox-language.h"
#include "sandbox-statement.h"
#include "sandbox-time-zone.h"
#include "sandbox-version.h"
#include "sandbox-writer.h"

/* What the functions of Settings tell of the service itself. */

#define US "UiPath.Server.Configuration.OData."
#define ERROR_INVALID_ARGUMENT 1009
#define POLLING_SECONDS 3600

typedef struct
{
  const char *key;
  const char *display_name;
  const char *type;
  const char *preset;
  const char *values; /* in bars; "" where any will do */
} Definition;

/* How a robot runs what it runs (definition: ExecutionSettingDefinition). */
static const Definition execution_settings[] = {
  { "TracingLevel", "Logging level", "Choice", "Information",
    "Verbose|Trace|Information|Warning|Error|Critical|Off" },
  { "StudioNotifyServer", "Report to the server from Studio", "Boolean", "true", "" },
  { "LoginToConsole", "Log in to the console", "Boolean", "true", "" },
  { "ResolutionWidth", "Width of the screen", "Integer", "0", "" },
  { "ResolutionHeight", "Height of the screen", "Integer", "0", "" },
  { "ResolutionDepth", "Depth of colours", "Integer", "0", "" },
  { "FontSmoothing", "Smooth fonts", "Boolean", "true", "" },
  { "AutoDownloadProcess", "Download processes by itself", "Boolean", "false", "" },
};

/* What a credential store is told (definition: ConfigurationEntry), by its type. */
static const struct
{
  const char *store;
  const char *key;
  const char *display_name;
  const char *type;
} store_entries[] = {
  { "CyberArk", "ApplicationId", "App ID", "String" },
  { "CyberArk", "Safe", "CyberArk Safe", "String" },
  { "CyberArk", "Folder", "CyberArk Folder", "String" },
  { "CyberArkCCP", "ApplicationId", "App ID", "String" },
  { "CyberArkCCP", "Safe", "CyberArk Safe", "String" },
  { "CyberArkCCP", "CentralCredentialProviderUrl", "Central Credential Provider URL", "String" },
  { "CyberArkCCP", "ClientCertificate", "Client certificate", "SecretFile" },
  { "AzureKeyVault", "KeyVaultUri", "Key Vault URI", "String" },
  { "AzureKeyVault", "DirectoryId", "Directory ID", "String" },
  { "AzureKeyVault", "ClientId", "Client ID", "String" },
  { "AzureKeyVault", "ClientSecret", "Client secret", "Secret" },
  { "HashiCorpVault", "VaultUri", "Vault URI", "String" },
  { "HashiCorpVault", "AuthenticationType", "Authentication type", "Choice" },
  { "HashiCorpVault", "RoleId", "Role ID", "String" },
  { "HashiCorpVault", "SecretId", "Secret ID", "Secret" },
  { "HashiCorpVault", "UseLdapUserPrefix", "Use the LDAP user prefix", "Boolean" },
  { "BeyondTrust", "Hostname", "BeyondTrust host URL", "String" },
  { "BeyondTrust", "ApiRegistrationKey", "API registration key", "Secret" },
  { "Thycotic", "SecretServerUrl", "Secret Server URL", "String" },
  { "Thycotic", "RuleName", "Rule name", "String" },
  { "Thycotic", "RuleKey", "Rule key", "Secret" },
};

static void
append_member (GString *json, const char *name, const char *value)
{
  if (json->str[json->len - 1] != '{')
    g_string_append_c (json, ',');
  g_string_append_printf (json, "\"%s\":", name);
  sandbox_json_append_string (json, value);
}

static void
activity_cb (SandboxRequest *request)
{
  GString *json = sandbox_request_begin_json (request, US "ActivitySettingsDto");
  g_autofree char *hub = g_strconcat (request->base, "/signalr/activity", NULL);

  g_string_append_printf (json, "\"ApiVersion\":\"%s\",\"SignalR\":{",
                          sandbox_version_get_header ());
  append_member (json, "url", hub);
  g_string_append (json, ",\"skipNegotiation\":false}}");
  sandbox_reply_json (request, 200, json);
}

/* Answers a ResponseDictionaryDto: what comes out of @statement, names and values. */
static void
reply_dictionary (SandboxRequest *request, sqlite3_stmt *statement)
{
  GString *json = sandbox_request_begin_json (request, US "ResponseDictionaryDto");
  g_autoptr (GString) values = g_string_new (NULL);

  g_string_append (json, "\"Keys\":[");
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *value = (const char *)sqlite3_column_text (statement, 1);

      if (values->len > 0)
        {
          g_string_append_c (json, ',');
          g_string_append_c (values, ',');
        }
      sandbox_json_append_string (json, (const char *)sqlite3_column_text (statement, 0));
      sandbox_json_append_string (values, value != NULL ? value : "");
    }
  sandbox_store_done (statement);
  g_string_append_printf (json, "],\"Values\":[%s]}", values->str);
  sandbox_reply_json (request, 200, json);
}

static void
authentication_cb (SandboxRequest *request)
{
  reply_dictionary (request,
                    sandbox_statement_open (request->store,
                                            "SELECT \"Name\", \"Value\" FROM \"Settings\""
                                            " WHERE \"TenantId\" = ? AND \"Name\" LIKE 'Auth.%'"
                                            " ORDER BY \"Name\"",
                                            "i", request->tenant));
}

/* What somebody has set for himself stands in front of what the tenant has. */
static void
web_cb (SandboxRequest *request)
{
  reply_dictionary (
      request, sandbox_statement_open (
                   request->store,
                   "SELECT s.\"Name\", ifnull (u.\"Value\", s.\"Value\") FROM \"Settings\" s"
                   " LEFT JOIN \"UserSettings\" u ON u.\"UserId\" = ?2 AND u.\"Name\" = s.\"Name\""
                   " WHERE s.\"TenantId\" = ?1"
                   " UNION SELECT \"Name\", \"Value\" FROM \"UserSettings\" WHERE \"UserId\" = ?2"
                   " ORDER BY 1",
                   "ii", request->tenant, request->user));
}

static void
append_values (GString *json, const char *values)
{
  g_auto (GStrv) list = g_strsplit (values, "|", -1);

  g_string_append (json, ",\"PossibleValues\":[");
  for (guint i = 0; list[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      sandbox_json_append_string (json, list[i]);
    }
  g_string_append_c (json, ']');
}

/* Fact sheet 6.21: scope 0 is Global, 1 a robot. */
static void
execution_cb (SandboxRequest *request)
{
  const char *scope = sandbox_request_get_argument (request, "scope");
  gboolean is_robot = scope != NULL && (g_str_equal (scope, "1") || g_str_equal (scope, "Robot"));
  GString *json;

  if (scope == NULL || (!is_robot && !g_str_equal (scope, "0") && !g_str_equal (scope, "Global")))
    {
      sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT, "There is no scope '%s'.",
                           scope != NULL ? scope : "");
      return;
    }

  json = sandbox_request_begin_json (request, US "ExecutionSettingsConfiguration");
  g_string_append_printf (json, "\"Scope\":\"%s\",\"Configuration\":[",
                          is_robot ? "Robot" : "Global");
  for (gsize i = 0; i < G_N_ELEMENTS (execution_settings); i++)
    {
      const Definition *setting = &execution_settings[i];

      g_string_append (json, i > 0 ? ",{" : "{");
      append_member (json, "Key", setting->key);
      append_member (json, "DisplayName", setting->display_name);
      append_member (json, "ValueType", setting->type);
      append_member (json, "DefaultValue", setting->preset);
      append_values (json, setting->values);
      g_string_append_c (json, '}');
    }
  g_string_append (json, "]}");
  sandbox_reply_json (request, 200, json);
}

static void
languages_cb (SandboxRequest *request)
{
  GString *json = sandbox_request_begin_json (request, US "ListResultDtoOfLanguageInfo");

  g_string_append (json, "\"Items\":[");
  for (gsize i = 0; sandbox_languages[i].name != NULL; i++)
    {
      g_string_append (json, i > 0 ? ",{" : "{");
      append_member (json, "Name", sandbox_languages[i].name);
      append_member (json, "DisplayName", sandbox_languages[i].display_name);
      append_member (json, "Icon", sandbox_languages[i].name);
      g_string_append_printf (json, ",\"IsDefault\":%s,\"IsDisabled\":false}",
                              i == 0 ? "true" : "false");
    }
  g_string_append (json, "]}");
  sandbox_reply_json (request, 200, json);
}

static void
time_zones_cb (SandboxRequest *request)
{
  GString *json = sandbox_request_begin_json (request, US "ListResultDtoOfNameValueDto");
  g_auto (GStrv) zones = sandbox_time_zone_list_windows ();

  g_string_append (json, "\"Items\":[");
  for (guint i = 0; zones[i] != NULL; i++)
    {
      g_string_append (json, i > 0 ? ",{" : "{");
      append_member (json, "Name", zones[i]);
      append_member (json, "Value", zones[i]);
      g_string_append_c (json, '}');
    }
  g_string_append (json, "]}");
  sandbox_reply_json (request, 200, json);
}

static void
update_cb (SandboxRequest *request)
{
  GString *json = sandbox_request_begin_json (request, US "UpdateSettingsDto");

  g_string_append (json, "\"UpdateServerSource\":\"Orchestrator\"");
  append_member (json, "UpdateServerUrl", request->base);
  g_string_append_printf (json, ",\"PollingInterval\":%d}", POLLING_SECONDS);
  sandbox_reply_json (request, 200, json);
}

static void
secure_store_cb (SandboxRequest *request)
{
  const char *store = sandbox_request_get_argument (request, "storeTypeName");
  g_autoptr (GString) json = g_string_new ("[");

  for (gsize i = 0; store != NULL && i < G_N_ELEMENTS (store_entries); i++)
    {
      if (g_ascii_strcasecmp (store_entries[i].store, store) != 0)
        continue;
      g_string_append (json, json->len > 1 ? ",{" : "{");
      append_member (json, "Key", store_entries[i].key);
      append_member (json, "DisplayName", store_entries[i].display_name);
      append_member (json, "ValueType", store_entries[i].type);
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');

  /* The store within the database has nothing to tell. */
  if (json->len == 2 && (store == NULL || g_ascii_strcasecmp (store, "Database") != 0))
    sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT,
                         "There is no type of credential stores '%s'.", store != NULL ? store : "");
  else
    sandbox_reply_value (request, "Collection(" US "ConfigurationEntry)", json->str);
}

const SandboxOperation sandbox_service_info_operations[] = {
  { "GET", "/odata/Settings/" US "GetActivitySettings", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, NULL,
    activity_cb },
  { "GET", "/odata/Settings/" US "GetAuthenticationSettings", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    NULL, authentication_cb },
  { "GET", "/odata/Settings/" US "GetExecutionSettingsConfiguration", SANDBOX_SIGNED,
    SANDBOX_SCOPE_TENANT, "Settings.Edit|Robots.Create|Robots.Edit", execution_cb },
  { "GET", "/odata/Settings/" US "GetLanguages", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, NULL,
    languages_cb },
  { "GET", "/odata/Settings/" US "GetSecureStoreConfiguration", SANDBOX_SIGNED,
    SANDBOX_SCOPE_TENANT, "Settings.View", secure_store_cb },
  { "GET", "/odata/Settings/" US "GetTimezones", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, NULL,
    time_zones_cb },
  { "GET", "/odata/Settings/" US "GetUpdateSettings", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, NULL,
    update_cb },
  { "GET", "/odata/Settings/" US "GetWebSettings", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, NULL,
    web_cb },
  { NULL },
};
