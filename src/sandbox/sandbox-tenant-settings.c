/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include <baton-json.h>

#include "sandbox-audit.h"
#include "sandbox-body.h"
#include "sandbox-calendar.h"
#include "sandbox-enums.h"
#include "sandbox-row.h"
#include "sandbox-tenant-setting.h"
#include "sandbox-statement.h"
#include "sandbox-writer.h"

#define US "UiPath.Server.Configuration.OData."
#define ERROR_NOT_FOUND 1002
#define ERROR_INVALID_ARGUMENT 1009
#define ZONE_SETTING "Abp.Timing.TimeZone"
#define DATES_SETTING "Calendar.ExcludedDates"

/* Definition: SettingsDto. */
static const SandboxBodyField setting_fields[] = {
  { "Id", SANDBOX_BODY_TEXT },
  { "Name", SANDBOX_BODY_TEXT, 1, 128 },
  { "Value", SANDBOX_BODY_TEXT },
  { "Scope", SANDBOX_BODY_ENUM, .names = sandbox_enum_setting_scope },
  { NULL },
};
static const SandboxBodyField delete_fields[]
    = { { "settingNames", SANDBOX_BODY_ARRAY }, { NULL } };
static const SandboxBodyField update_fields[] = { { "settings", SANDBOX_BODY_ARRAY }, { NULL } };
static const SandboxBodyField own_fields[] = { { "setting", SANDBOX_BODY_OBJECT }, { NULL } };
static const SandboxBodyField calendar_fields[] = {
  { "TimeZoneId", SANDBOX_BODY_TEXT, 0, 80 },
  { "ExcludedDates", SANDBOX_BODY_ARRAY },
  { NULL },
};

char *
sandbox_tenant_setting_dup (SandboxStore *store, gint64 tenant, const char *name)
{
  g_return_val_if_fail (SANDBOX_IS_STORE (store) && name != NULL, NULL);

  return sandbox_statement_ask_text (
      store, "SELECT \"Value\" FROM \"Settings\" WHERE \"TenantId\" = ? AND \"Id\" = ?", "is",
      tenant, name);
}

static gint64
find_row (SandboxRequest *request, const char *name)
{
  return sandbox_statement_ask (
      request->store, "SELECT rowid FROM \"Settings\" WHERE \"TenantId\" = ? AND \"Id\" = ?", "is",
      request->tenant, name);
}

static void
put (SandboxRequest *request, const char *name, const char *value, int scope)
{
  gint64 row = find_row (request, name);

  if (row != 0)
    sandbox_update (request->store, "Settings", row, SANDBOX_TEXT ("Value", value));
  else
    sandbox_insert (request->store, "Settings", SANDBOX_INT ("TenantId", request->tenant),
                    SANDBOX_TEXT ("Id", name), SANDBOX_TEXT ("Name", name),
                    SANDBOX_TEXT ("Value", value), SANDBOX_INT ("Scope", scope));
}

/* Answers where @setting is none. */
static gboolean
check_setting (SandboxRequest *request, JsonObject *setting)
{
  return sandbox_body_check (request, setting, "settingsDto", setting_fields)
         && sandbox_body_require (request, setting, "Name", NULL);
}

static void
put_setting (SandboxRequest *request, JsonObject *setting)
{
  put (request, baton_json_peek_string (setting, "Name"), baton_json_peek_string (setting, "Value"),
       sandbox_body_get_enum (setting, "Scope", sandbox_enum_setting_scope,
                              sandbox_row_get_enum ("Settings", "Scope", "Tenant")));
}

/* Definition: ODataValueOfString. */
static void
get_cb (SandboxRequest *request)
{
  g_autofree char *value
      = sandbox_tenant_setting_dup (request->store, request->tenant, request->key);
  g_autoptr (GString) json = g_string_new (NULL);

  if (value == NULL && find_row (request, request->key) == 0)
    {
      sandbox_reply_error (request, 404, ERROR_NOT_FOUND, "The setting '%s' does not exist.",
                           request->key);
      return;
    }
  sandbox_json_append_string (json, value != NULL ? value : "");
  sandbox_reply_value (request, "Edm.String", json->str);
}

static void
put_cb (SandboxRequest *request)
{
  gint64 row = find_row (request, request->key);

  if (row == 0)
    {
      sandbox_reply_error (request, 404, ERROR_NOT_FOUND, "The setting '%s' does not exist.",
                           request->key);
      return;
    }
  if (!check_setting (request, request->body))
    return;
  if (g_ascii_strcasecmp (baton_json_peek_string (request->body, "Name"), request->key) != 0)
    {
      sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT,
                           "The name of a setting cannot be changed.");
      return;
    }

  sandbox_store_begin (request->store);
  put_setting (request, request->body);
  sandbox_audit (request, "Settings", "Update", row, request->key, NULL);
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 200);
}

static void
update_bulk_cb (SandboxRequest *request)
{
  JsonArray *settings;

  if (!sandbox_body_check (request, request->body, "settingsUpdateBulkParameters", update_fields)
      || !sandbox_body_require (request, request->body, "settings", NULL))
    return;
  settings = baton_json_peek_array (request->body, "settings");
  for (guint i = 0; i < baton_json_length (settings); i++)
    if (!check_setting (request, baton_json_peek_object_at (settings, i)))
      return;

  sandbox_store_begin (request->store);
  for (guint i = 0; i < baton_json_length (settings); i++)
    {
      JsonObject *setting = baton_json_peek_object_at (settings, i);

      put_setting (request, setting);
      sandbox_audit (request, "Settings", "Update", 0, baton_json_peek_string (setting, "Name"),
                     NULL);
    }
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 200);
}

static void
delete_bulk_cb (SandboxRequest *request)
{
  JsonArray *names;

  if (!sandbox_body_check (request, request->body, "settingsDeleteBulkParameters", delete_fields)
      || !sandbox_body_require (request, request->body, "settingNames", NULL))
    return;

  names = baton_json_peek_array (request->body, "settingNames");
  sandbox_store_begin (request->store);
  for (guint i = 0; i < baton_json_length (names); i++)
    {
      const char *name = baton_json_peek_string_at (names, i);

      if (name == NULL || find_row (request, name) == 0)
        {
          sandbox_store_rollback (request->store);
          sandbox_reply_error (request, 404, ERROR_NOT_FOUND, "The setting '%s' does not exist.",
                               name != NULL ? name : "");
          return;
        }
      sandbox_statement_run (request->store,
                             "DELETE FROM \"Settings\" WHERE \"TenantId\" = ? AND \"Id\" = ?", "is",
                             request->tenant, name);
      sandbox_audit (request, "Settings", "Delete", 0, name, NULL);
    }
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 204);
}

static void
update_own_cb (SandboxRequest *request)
{
  JsonObject *setting;
  const char *name;

  if (!sandbox_body_check (request, request->body, "updateUserSettingParameters", own_fields)
      || !sandbox_body_require (request, request->body, "setting", NULL))
    return;
  setting = baton_json_peek_object (request->body, "setting");
  if (!check_setting (request, setting))
    return;

  name = baton_json_peek_string (setting, "Name");
  sandbox_store_begin (request->store);
  sandbox_statement_run (request->store,
                         "DELETE FROM \"UserSettings\" WHERE \"UserId\" = ? AND \"Name\" = ?", "is",
                         request->user, name);
  sandbox_insert (request->store, "UserSettings", SANDBOX_INT ("TenantId", request->tenant),
                  SANDBOX_INT ("UserId", request->user), SANDBOX_TEXT ("Name", name),
                  SANDBOX_TEXT ("Value", baton_json_peek_string (setting, "Value")));
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 200);
}

/* Definition: CalendarDto, the one that the tenant had before there were Calendars. */
static void
get_calendar_cb (SandboxRequest *request)
{
  g_autofree char *zone
      = sandbox_tenant_setting_dup (request->store, request->tenant, ZONE_SETTING);
  g_autofree char *dates
      = sandbox_tenant_setting_dup (request->store, request->tenant, DATES_SETTING);
  GString *json = sandbox_request_begin_json (request, US "CalendarDto");

  g_string_append (json, "\"TimeZoneId\":");
  sandbox_json_append_string (json, zone != NULL ? zone : "UTC");
  g_string_append_printf (json, ",\"ExcludedDates\":%s}", dates != NULL ? dates : "[]");
  sandbox_reply_json (request, 200, json);
}

static void
set_calendar_cb (SandboxRequest *request)
{
  g_autofree char *dates = NULL;
  const char *zone;
  int scope = sandbox_row_get_enum ("Settings", "Scope", "Tenant");

  if (!sandbox_body_check (request, request->body, "calendarDto", calendar_fields)
      || !sandbox_calendar_check (request, request->body, &dates))
    return;

  zone = baton_json_peek_string (request->body, "TimeZoneId");
  sandbox_store_begin (request->store);
  if (zone != NULL)
    put (request, ZONE_SETTING, zone, scope);
  put (request, DATES_SETTING, dates, scope);
  sandbox_audit (request, "Settings", "Update", 0, "Calendar", request->body);
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 200);
}

const SandboxOperation sandbox_tenant_settings_operations[] = {
  { "GET", "/odata/Settings({key})", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, "Settings.View",
    get_cb },
  { "PUT", "/odata/Settings({key})", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, "Settings.Edit",
    put_cb },
  { "POST", "/odata/Settings/" US "UpdateBulk", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Settings.Edit", update_bulk_cb },
  { "POST", "/odata/Settings/" US "DeleteBulk", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Settings.Delete", delete_bulk_cb },
  { "POST", "/odata/Settings/" US "UpdateUserSetting", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, NULL,
    update_own_cb },
  { "GET", "/odata/Settings/" US "GetCalendar", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Settings.View", get_calendar_cb },
  { "POST", "/odata/Settings/" US "SetCalendar", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Settings.Edit", set_calendar_cb },
  { NULL },
};
