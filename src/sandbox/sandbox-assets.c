/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include "baton-json.h"
#include "sandbox-asset.h"
#include "sandbox-audit.h"
#include "sandbox-body.h"
#include "sandbox-enums.h"
#include "sandbox-list.h"
#include "sandbox-parameter.h"
#include "sandbox-permission.h"
#include "sandbox-sets.h"
#include "sandbox-share.h"
#include "sandbox-statement.h"
#include "sandbox-write.h"
#include "sandbox-writer.h"

#define US "UiPath.Server.Configuration.OData."
#define ERROR_NOT_FOUND 1002
#define ERROR_INVALID_ARGUMENT 1009
#define ERROR_PARAMETER_MISSING 1014

/* Definition: AssetsGetRobotByNameAndKeyRequest. */
static const SandboxBodyField by_name_fields[] = {
  { "robotKey", SANDBOX_BODY_TEXT, 1 },
  { "assetName", SANDBOX_BODY_TEXT, 1 },
  { "supportsCredentialsProxyDisconnected", SANDBOX_BODY_BOOL },
  { NULL },
};
/* Definition: AssetsSetRobotAssetsByKeyRequest. */
static const SandboxBodyField set_fields[] = {
  { "robotKey", SANDBOX_BODY_TEXT, 1 },
  { "robotAsset", SANDBOX_BODY_OBJECT },
  { NULL },
};
/* Definition: UserAssetDto, the value of an asset for one robot. */
static const SandboxBodyField user_asset_fields[] = {
  { "Id", SANDBOX_BODY_INT },
  { "Name", SANDBOX_BODY_TEXT, 1, 128 },
  { "ValueType", SANDBOX_BODY_ENUM, .names = sandbox_enum_asset_type },
  { "StringValue", SANDBOX_BODY_TEXT, 0, 1000000 },
  { "BoolValue", SANDBOX_BODY_BOOL },
  { "IntValue", SANDBOX_BODY_INT, G_MININT32, G_MAXINT32 },
  { "SecretValue", SANDBOX_BODY_TEXT, 0, 25000 },
  { "CredentialUsername", SANDBOX_BODY_TEXT, 0, 512 },
  { "CredentialPassword", SANDBOX_BODY_TEXT, 0, 25000 },
  { "ExternalName", SANDBOX_BODY_TEXT, 0, 450 },
  { "CredentialStoreId", SANDBOX_BODY_INT },
  { "KeyValueList", SANDBOX_BODY_ARRAY },
  { "ConnectionData", SANDBOX_BODY_OBJECT },
  { NULL },
};

/* Who asks for a value: the account of a robot, on its machine. */
typedef struct
{
  gint64 user;
  gint64 machine;
} Robot;

/* @column: of Robots: "LicenseKey", "Id". Answers where there is none. */
static gboolean
find_robot (SandboxRequest *request, const char *column, const char *key, Robot *robot)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT \"UserId\", \"MachineId\" FROM \"Robots\" WHERE \"TenantId\" = ? AND \"%s\" = ?",
      column);
  sqlite3_stmt *statement
      = sandbox_statement_open (request->store, sql, "is", request->tenant, key);
  gboolean found = sqlite3_step (statement) == SQLITE_ROW;

  if (found)
    {
      robot->user = sqlite3_column_int64 (statement, 0);
      robot->machine = sqlite3_column_int64 (statement, 1);
    }
  sandbox_store_done (statement);
  if (!found)
    sandbox_reply_error (request, 404, ERROR_NOT_FOUND, "The robot does not exist.");

  return found;
}

/* Returns: the row of AssetUserValues that is the robot's: on its machine before on any; or 0. */
static gint64
find_user_value (SandboxRequest *request, gint64 asset, const Robot *robot)
{
  return sandbox_statement_ask (request->store,
                                "SELECT \"Id\" FROM \"AssetUserValues\" WHERE \"AssetId\" = ?"
                                " AND \"UserId\" = ? AND coalesce (\"MachineId\", 0) IN (0, ?)"
                                " ORDER BY \"MachineId\" IS NULL LIMIT 1",
                                "iii", asset, robot->user, robot->machine);
}

/* Appends the value in a row of @set, each member with its comma. @with_secrets: those too. */
static void
append_value (
    GString *json, SandboxRequest *request, const char *set, gint64 id, gboolean with_secrets)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT json_patch('{}', json_object('StringValue', coalesce(\"StringValue\", ''),"
      " 'BoolValue', json(iif(\"BoolValue\", 'true', 'false')),"
      " 'IntValue', coalesce(\"IntValue\", 0),"
      " 'CredentialUsername', coalesce(\"CredentialUsername\", ''),"
      " 'CredentialPassword', iif(?2, coalesce(\"CredentialPassword\", ''), ''),"
      " 'SecretValue', iif(?2, coalesce(\"SecretValue\", ''), ''),"
      " 'ExternalName', \"ExternalName\", 'CredentialStoreId', \"CredentialStoreId\","
      " 'KeyValueList', json(coalesce(\"KeyValueList\", '[]')))) FROM \"%s\" WHERE rowid = ?1",
      set);
  g_autofree char *text
      = sandbox_statement_ask_text (request->store, sql, "ii", id, (gint64)with_secrets);

  g_assert (text != NULL && *text == '{');

  g_string_append (json, text + 1);
}

/* Answers UserAssetDto: the robot's own value, or the default, or 404. */
static void
reply_value (SandboxRequest *request, const char *name, const Robot *robot, gboolean with_secrets)
{
  gint64 id = sandbox_write_find_row (request, &sandbox_set_assets, "Name", name);
  gint64 own = id != 0 ? find_user_value (request, id, robot) : 0;
  g_autofree char *title = NULL;
  gint64 type;
  GString *json;

  if (id == 0)
    return;
  if (own == 0
      && sandbox_statement_ask (
             request->store, "SELECT \"HasDefaultValue\" FROM \"Assets\" WHERE \"Id\" = ?", "i", id)
             == 0)
    {
      sandbox_reply_error (request, 404, ERROR_NOT_FOUND,
                           "The asset %s is not available for this robot.", name);
      return;
    }

  title = sandbox_statement_ask_text (request->store,
                                      "SELECT \"Name\" FROM \"Assets\" WHERE \"Id\" = ?", "i", id);
  type = sandbox_statement_ask (request->store,
                                "SELECT \"ValueType\" FROM \"Assets\" WHERE \"Id\" = ?", "i", id);
  json = sandbox_request_begin_json (request, US "UserAssetDto");
  g_string_append (json, "\"Name\":");
  sandbox_json_append_string (json, title);
  g_string_append_printf (json, ",\"Id\":%" G_GINT64_FORMAT ",\"ValueType\":\"%s\",", id,
                          sandbox_enum_asset_type[type]);
  append_value (json, request, own != 0 ? "AssetUserValues" : "Assets", own != 0 ? own : id,
                with_secrets);
  sandbox_reply_json (request, 200, json);
}

static void
robot_asset_cb (SandboxRequest *request)
{
  const char *key = sandbox_parameter_require_text (request, "robotId");
  const char *name = key != NULL ? sandbox_parameter_require_text (request, "assetName") : NULL;
  Robot robot;

  if (name != NULL && find_robot (request, "LicenseKey", key, &robot))
    reply_value (request, name, &robot, FALSE);
}

static void
robot_asset_by_id_cb (SandboxRequest *request)
{
  const char *id = sandbox_parameter_require_text (request, "robotId");
  const char *name = id != NULL ? sandbox_parameter_require_text (request, "assetName") : NULL;
  Robot robot;

  if (name != NULL && find_robot (request, "Id", id, &robot))
    reply_value (request, name, &robot, FALSE);
}

/* Answers where a text of the body lacks. Returns: (nullable). */
static const char *
require (SandboxRequest *request, JsonObject *object, const char *name)
{
  const char *text = baton_json_peek_string (object, name);

  if (text == NULL)
    sandbox_reply_error (request, 400, ERROR_PARAMETER_MISSING, "The %s field is required.", name);

  return text;
}

/* Fact sheet 6.12. */
static gboolean
is_direct (SandboxRequest *request, const char *name)
{
  return sandbox_statement_ask (request->store,
                                "SELECT 1 FROM \"Assets\" WHERE \"TenantId\" = ? AND \"Name\" = ? AND"
                                " \"AllowDirectApiAccess\"",
                                "is", request->tenant, name)
         != 0;
}

/* Who has a robot's key is that robot, and gets what it is to work with. The vendor's Python SDK
 * sends none where the asset allows direct access. */
static void
robot_asset_by_name_cb (SandboxRequest *request)
{
  const char *key, *name;
  Robot robot = { 0 };

  if (!sandbox_body_check (request, request->body, "parameters", by_name_fields))
    return;
  name = require (request, request->body, "assetName");
  if (name == NULL)
    return;
  if (!sandbox_body_has (request->body, "robotKey") && is_direct (request, name))
    {
      reply_value (request, name, &robot, TRUE);
      return;
    }
  key = require (request, request->body, "robotKey");
  if (key != NULL && find_robot (request, "LicenseKey", key, &robot))
    reply_value (request, name, &robot, TRUE);
}

/* Returns: (transfer full): the members of @from that are a value, for an AssetDto or an
 * AssetUserValueDto. */
static JsonObject *
make_body (JsonObject *from)
{
  JsonObject *body = json_object_new ();
  g_auto (GStrv) names = baton_json_dup_names (from);

  for (gsize i = 0; names[i] != NULL; i++)
    if (!g_str_equal (names[i], "Id") && !g_str_equal (names[i], "Name")
        && !g_str_equal (names[i], "ConnectionData"))
      json_object_set_member (body, names[i],
                              baton_json_copy_node (baton_json_peek_node (from, names[i])));

  return body;
}

/* An asset with values of accounts gets one for the robot, in the place of the one that the robot
 * sees; any other another value. */
static gboolean
set_value (SandboxRequest *request, gint64 id, JsonObject *asset, const Robot *robot)
{
  g_autoptr (JsonObject) body = make_body (asset);
  SandboxAssetType type = (SandboxAssetType)sandbox_statement_ask (
      request->store, "SELECT \"ValueType\" FROM \"Assets\" WHERE \"Id\" = ?", "i", id);
  gint64 own = find_user_value (request, id, robot);
  g_autoptr (SandboxChange) change = NULL;

  if (sandbox_body_get_enum (asset, "ValueType", sandbox_enum_asset_type, (int)type) != (int)type)
    {
      sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT, "The asset is of another type.");
      return FALSE;
    }
  if (sandbox_statement_ask (request->store,
                             "SELECT \"ValueScope\" FROM \"Assets\" WHERE \"Id\" = ?", "i", id)
      != 0)
    {
      gint64 machine = sandbox_statement_ask (
          request->store, "SELECT \"MachineId\" FROM \"AssetUserValues\" WHERE \"Id\" = ?", "i",
          own);

      json_object_set_int_member (body, "UserId", robot->user);
      if (machine != 0)
        json_object_set_int_member (body, "MachineId", machine);
      return sandbox_asset_write_user_value (request, id, type, body, &own);
    }

  change = sandbox_change_new (request, &sandbox_set_assets, body, SANDBOX_WRITE_PATCH, id);
  if (change == NULL || !sandbox_asset_complete (request, change, type, TRUE))
    return FALSE;
  sandbox_change_write (change, request);

  return TRUE;
}

static void
set_robot_asset_cb (SandboxRequest *request)
{
  JsonObject *asset;
  const char *key, *name;
  Robot robot;
  gint64 id;

  if (!sandbox_body_check (request, request->body, "parameters", set_fields))
    return;
  asset = baton_json_peek_object (request->body, "robotAsset");
  if (!sandbox_body_check (request, asset, "robotAsset", user_asset_fields))
    return;
  key = require (request, request->body, "robotKey");
  name = key != NULL ? require (request, asset, "Name") : NULL;
  if (name == NULL || !find_robot (request, "LicenseKey", key, &robot))
    return;
  id = sandbox_write_find_row (request, &sandbox_set_assets, "Name", name);
  if (id == 0)
    return;

  sandbox_store_begin (request->store);
  if (!set_value (request, id, asset, &robot))
    {
      sandbox_store_rollback (request->store);
      return;
    }
  sandbox_audit (request, "Assets", "Update", id, name, NULL);
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 204);
}

/* Fact sheet 6.12: the value of an asset that allows it. What the answer looks like is not
 * established. */
static void
direct_value_cb (SandboxRequest *request)
{
  const char *name = sandbox_request_get_argument (request, "name");
  gint64 id = sandbox_write_find_row (request, &sandbox_set_assets, "Name", name);
  GString *json;

  if (id == 0)
    return;
  if (sandbox_statement_ask (request->store,
                             "SELECT \"AllowDirectApiAccess\" AND \"HasDefaultValue\" FROM "
                             "\"Assets\" WHERE \"Id\" = ?",
                             "i", id)
      == 0)
    {
      sandbox_reply_error (request, 403, 0, "The asset %s does not allow direct access.", name);
      return;
    }

  json = g_string_new ("{");
  append_value (json, request, "Assets", id, TRUE);
  sandbox_reply_json (request, 200, json);
}

/* Fact sheet 5.1: a filter by name or description. */
static void
filtered_cb (SandboxRequest *request)
{
  sandbox_list_reply_all (request, &sandbox_set_assets);
}

const SandboxOperation sandbox_assets_operations[] = {
  { "GET", "/odata/Assets/" US "GetFiltered", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, "Assets.View",
    filtered_cb },
  { "GET", "/odata/Assets/" US "GetRobotAsset", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, "Assets.View",
    robot_asset_cb },
  { "GET", "/odata/Assets/" US "GetRobotAssetByRobotId", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "Assets.View", robot_asset_by_id_cb },
  { "POST", "/odata/Assets/" US "GetRobotAssetByNameForRobotKey", SANDBOX_SIGNED,
    SANDBOX_SCOPE_FOLDER, "Assets.View", robot_asset_by_name_cb },
  { "POST", "/odata/Assets/" US "SetRobotAssetByRobotKey", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER,
    "Assets.Edit", set_robot_asset_cb },
  { "GET", "/api/Assets/name/{name}/value", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, "Assets.View",
    direct_value_cb },
  { NULL },
};
