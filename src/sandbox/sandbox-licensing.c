/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include <baton-json.h>

#include "sandbox-audit.h"
#include "sandbox-body.h"
#include "sandbox-clock.h"
#include "sandbox-enums.h"
#include "sandbox-list.h"
#include "sandbox-row.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"
#include "sandbox-writer.h"

#define US "UiPath.Server.Configuration.OData."
#define ERROR_NOT_FOUND 1002
#define ERROR_INVALID_ARGUMENT 1009

static const SandboxBodyField toggle_fields[] = {
  { "key", SANDBOX_BODY_TEXT, 1 },
  { "robotType", SANDBOX_BODY_ENUM, .names = sandbox_enum_runtime_type },
  { "enabled", SANDBOX_BODY_BOOL },
  { NULL },
};

/* Definition: ConsumptionLicenseDto. */
static const SandboxBodyField consumption_fields[] = {
  { "reference", SANDBOX_BODY_TEXT, 1, 256 },
  { "type", SANDBOX_BODY_TEXT, 1, 128 },
  { "count", SANDBOX_BODY_INT },
  { NULL },
};

/* Answers the rows of @set that are of the runtime in the argument, or that there is no such. */
static void
reply_of_type (SandboxRequest *request, const SandboxEntitySet *set, const char *column)
{
  const char *type = sandbox_request_get_argument (request, "robotType");
  const SandboxField *field = sandbox_entity_set_find_field (set, column);
  int number = type != NULL ? sandbox_field_find_name (field, type) : -1;
  g_autofree char *condition = g_strdup_printf ("t.\"%s\" = ?", column);
  g_autoptr (SandboxSql) sql = NULL;

  if (number < 0)
    {
      sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT, "There is no robot type '%s'.",
                           type != NULL ? type : "");
      return;
    }
  sql = sandbox_list_begin (request, set);
  sandbox_sql_add_condition (sql, condition, 1, (gint64)number);
  sandbox_list_reply (request, set, sql);
}

static void
named_cb (SandboxRequest *request)
{
  reply_of_type (request, &sandbox_set_licenses_named_user, "LicenseType");
}

static void
runtimes_cb (SandboxRequest *request)
{
  reply_of_type (request, &sandbox_set_licenses_runtime, "RuntimeType");
}

/* The machine is named in the address, and by its key in the body (fact sheet 6.21). */
static void
toggle_cb (SandboxRequest *request)
{
  gint64 machine;
  int type;

  if (!sandbox_body_check (request, request->body, "licensesToggleEnabledParameters", toggle_fields)
      || !sandbox_body_require (request, request->body, "key", "robotType", "enabled", NULL))
    return;

  machine = sandbox_statement_ask (
      request->store,
      "SELECT \"Id\" FROM \"Machines\" WHERE \"TenantId\" = ? AND \"Name\" = ?"
      " AND \"LicenseKey\" = ? COLLATE NOCASE",
      "iss", request->tenant, request->key, baton_json_peek_string (request->body, "key"));
  if (machine == 0)
    {
      sandbox_reply_error (request, 404, ERROR_NOT_FOUND, "The machine %s does not exist.",
                           request->key);
      return;
    }

  type = sandbox_body_get_enum (request->body, "robotType", sandbox_enum_runtime_type, 0);
  sandbox_store_begin (request->store);
  sandbox_statement_run (
      request->store,
      "DELETE FROM \"DisabledRuntimes\" WHERE \"MachineId\" = ? AND \"RuntimeType\" = ?", "ii",
      machine, (gint64)type);
  if (!baton_json_peek_bool (request->body, "enabled", FALSE))
    sandbox_insert (request->store, "DisabledRuntimes", SANDBOX_INT ("TenantId", request->tenant),
                    SANDBOX_INT ("MachineId", machine), SANDBOX_INT ("RuntimeType", type));
  sandbox_audit (request, "License", "Toggle", machine, request->key, NULL);
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 200);
}

/* Definition: LicenseResultDto. @error: (nullable): a name of LicenseErrorCode. */
static void
reply_result (SandboxRequest *request, const char *error, const char *message)
{
  GString *json = g_string_new (NULL);

  g_string_append_printf (json, "{\"isSuccess\":%s", error == NULL ? "true" : "false");
  if (error != NULL)
    {
      g_string_append_printf (json, ",\"errorCode\":\"%s\",\"errorMessage\":", error);
      sandbox_json_append_string (json, message);
    }
  g_string_append_c (json, '}');
  sandbox_reply_json (request, 200, json);
}

/* Answers where the body is none. */
static gboolean
check_consumption (SandboxRequest *request)
{
  return sandbox_body_check (request, request->body, "consumptionLicenseDto", consumption_fields)
         && sandbox_body_require (request, request->body, "reference", "type", NULL);
}

static gint64
find_use (SandboxRequest *request, const char *reference, const char *type)
{
  return sandbox_statement_ask (request->store,
                                "SELECT \"Id\" FROM \"ConsumptionUses\" WHERE \"TenantId\" = ? AND "
                                "\"Reference\" = ? AND \"Type\" = ? AND \"ReleasedAt\" IS NULL",
                                "iss", request->tenant, reference, type);
}

static void
acquire_cb (SandboxRequest *request)
{
  const char *reference, *type;
  gint64 count, total, used;

  if (!check_consumption (request))
    return;

  reference = baton_json_peek_string (request->body, "reference");
  type = baton_json_peek_string (request->body, "type");
  count = baton_json_peek_int (request->body, "count", 1);
  total = sandbox_statement_ask (
      request->store,
      "SELECT \"Total\" FROM \"ConsumptionPools\" WHERE \"TenantId\" = ? AND \"Type\" = ?", "is",
      request->tenant, type);
  used = sandbox_statement_ask (request->store,
                                "SELECT sum (\"Count\") FROM \"ConsumptionUses\" WHERE "
                                "\"TenantId\" = ? AND \"Type\" = ? AND \"ReleasedAt\" IS NULL",
                                "is", request->tenant, type);

  if (total == 0 || count < 1)
    reply_result (request, "InvalidRequest", "There is nothing of this type, or so few.");
  else if (find_use (request, reference, type) != 0)
    reply_result (request, "LicenseIsAlreadyInUse", "The reference has acquired already.");
  else if (count > total - used)
    reply_result (request, "NoAvailableLicenses", "There are not that many left.");
  else
    {
      sandbox_insert (request->store, "ConsumptionUses", SANDBOX_INT ("TenantId", request->tenant),
                      SANDBOX_TEXT ("Reference", reference), SANDBOX_TEXT ("Type", type),
                      SANDBOX_INT ("Count", count),
                      SANDBOX_TIME ("AcquiredAt", sandbox_clock_now ()));
      reply_result (request, NULL, NULL);
    }
}

static void
release_cb (SandboxRequest *request)
{
  gint64 use;

  if (!check_consumption (request))
    return;

  use = find_use (request, baton_json_peek_string (request->body, "reference"),
                  baton_json_peek_string (request->body, "type"));
  if (use == 0)
    {
      reply_result (request, "InvalidRequest", "The reference has acquired nothing of this type.");
      return;
    }
  sandbox_update (request->store, "ConsumptionUses", use,
                  SANDBOX_TIME ("ReleasedAt", sandbox_clock_now ()));
  reply_result (request, NULL, NULL);
}

const SandboxOperation sandbox_licensing_operations[] = {
  { "GET", "/odata/LicensesNamedUser/" US "GetLicensesNamedUser", SANDBOX_SIGNED,
    SANDBOX_SCOPE_TENANT, "License.View", named_cb },
  { "GET", "/odata/LicensesRuntime/" US "GetLicensesRuntime", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "License.View", runtimes_cb },
  { "POST", "/odata/LicensesRuntime({key})/" US "ToggleEnabled", SANDBOX_SIGNED,
    SANDBOX_SCOPE_TENANT, "Machines.Edit", toggle_cb },
  { "POST", "/api/Licensing/Acquire", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, NULL, acquire_cb },
  { "PUT", "/api/Licensing/Release", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT, NULL, release_cb },
  { NULL },
};
