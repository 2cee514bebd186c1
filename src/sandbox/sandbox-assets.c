/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-clock.h"
#include "sandbox-operations.h"

#include "baton-json.h"
#include "sandbox-asset.h"
#include "sandbox-body.h"
#include "sandbox-enums.h"
#include "sandbox-sets.h"
#include "sandbox-share.h"

#define INT32_FIELD SANDBOX_BODY_INT, G_MININT32, G_MAXINT32

/* Definition: AssetDto. What only the server writes may come along, as it was read. */
static const SandboxBodyField asset_fields[] = {
  { "Id", SANDBOX_BODY_INT },
  { "Key", SANDBOX_BODY_TEXT },
  { "Name", SANDBOX_BODY_TEXT, 1, 256 },
  { "CanBeDeleted", SANDBOX_BODY_BOOL },
  { "ValueScope", SANDBOX_BODY_ENUM, .names = sandbox_enum_asset_scope },
  { "ValueType", SANDBOX_BODY_ENUM, .names = sandbox_enum_asset_type },
  { "Value", SANDBOX_BODY_TEXT },
  { "StringValue", SANDBOX_BODY_TEXT, 0, 1000000 },
  { "BoolValue", SANDBOX_BODY_BOOL },
  { "IntValue", INT32_FIELD },
  { "CredentialUsername", SANDBOX_BODY_TEXT, 0, 512 },
  { "CredentialPassword", SANDBOX_BODY_TEXT, 0, 25000 },
  { "SecretValue", SANDBOX_BODY_TEXT, 0, 25000 },
  { "ExternalName", SANDBOX_BODY_TEXT, 0, 450 },
  { "CredentialStoreId", SANDBOX_BODY_INT },
  { "KeyValueList", SANDBOX_BODY_ARRAY },
  { "HasDefaultValue", SANDBOX_BODY_BOOL },
  { "Description", SANDBOX_BODY_TEXT, 0, 250 },
  { "RobotValues", SANDBOX_BODY_ARRAY },
  { "UserValues", SANDBOX_BODY_ARRAY },
  { "Tags", SANDBOX_BODY_ARRAY },
  { "FoldersCount", SANDBOX_BODY_INT },
  { "LastModificationTime", SANDBOX_BODY_TIME },
  { "LastModifierUserId", SANDBOX_BODY_INT },
  { "CreationTime", SANDBOX_BODY_TIME },
  { "CreatorUserId", SANDBOX_BODY_INT },
  { NULL },
};
/* Definition: AssetUserValueDto. */
static const SandboxBodyField user_value_fields[] = {
  { "Id", SANDBOX_BODY_INT },
  { "Name", SANDBOX_BODY_TEXT },
  { "UserId", SANDBOX_BODY_INT },
  { "UserName", SANDBOX_BODY_TEXT },
  { "MachineId", SANDBOX_BODY_INT },
  { "MachineName", SANDBOX_BODY_TEXT },
  { "ValueType", SANDBOX_BODY_ENUM, .names = sandbox_enum_asset_type },
  { "StringValue", SANDBOX_BODY_TEXT, 0, 1000000 },
  { "BoolValue", SANDBOX_BODY_BOOL },
  { "IntValue", INT32_FIELD },
  { "Value", SANDBOX_BODY_TEXT },
  { "CredentialUsername", SANDBOX_BODY_TEXT, 0, 512 },
  { "CredentialPassword", SANDBOX_BODY_TEXT, 0, 25000 },
  { "SecretValue", SANDBOX_BODY_TEXT, 0, 25000 },
  { "CredentialStoreId", SANDBOX_BODY_INT },
  { "ExternalName", SANDBOX_BODY_TEXT, 0, 450 },
  { "KeyValueList", SANDBOX_BODY_ARRAY },
  { NULL },
};

/* Returns: the number that a query of one number gives, 0 where it gives none. */
static gint64
find_number (SandboxRequest *request,
             const char *sql,
             gint64 first,
             gint64 second,
             gint64 third,
             const char *text)
{
  gint64 number = 0;
  sqlite3_stmt *statement = sandbox_store_prepare (request->store, sql);

  sqlite3_bind_int64 (statement, 1, first);
  sqlite3_bind_int64 (statement, 2, second);
  sqlite3_bind_int64 (statement, 3, third);
  if (text != NULL)
    sqlite3_bind_text (statement, 4, text, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_ROW)
    number = sqlite3_column_int64 (statement, 0);
  sandbox_store_done (statement);

  return number;
}

/* Returns: (transfer full) (nullable): the name of a row of the tenant. */
static char *
dup_name (SandboxRequest *request, const char *table, const char *column, gint64 id)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT \"%s\" FROM \"%s\" WHERE \"TenantId\" = ? AND \"Id\" = ?", column, table);
  sqlite3_stmt *statement = sandbox_store_prepare (request->store, sql);
  char *name = NULL;

  sqlite3_bind_int64 (statement, 1, request->tenant);
  sqlite3_bind_int64 (statement, 2, id);
  if (sqlite3_step (statement) == SQLITE_ROW)
    name = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sandbox_store_done (statement);

  return name;
}

typedef struct
{
  gint64 user;
  gint64 machine;     /* 0: any */
  char *user_name;    /* (owned) */
  char *machine_name; /* (owned) (nullable) */
  SandboxAssetValue value;
} UserValue;

static void
user_value_clear (gpointer data)
{
  UserValue *self = data;

  g_free (self->user_name);
  g_free (self->machine_name);
  sandbox_asset_value_clear (&self->value);
}

/* An asset as it shall be. */
typedef struct
{
  const char *name;        /* (unowned) */
  const char *description; /* (unowned) (nullable) */
  int scope;               /* 0 Global, 1 PerRobot */
  gboolean has_default;
  SandboxAssetValue value;
  GArray *user_values; /* (owned) (nullable): UserValue */
  char *tags;          /* (owned) (nullable): JSON */
} Asset;

static void
asset_clear (Asset *self)
{
  sandbox_asset_value_clear (&self->value);
  g_clear_pointer (&self->user_values, g_array_unref);
  g_clear_pointer (&self->tags, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asset, asset_clear)

/* Answers where one value is wrong. @id: the asset that is edited, or 0. */
static gboolean
read_user_value (SandboxRequest *request, JsonObject *object, gint64 id, Asset *asset)
{
  UserValue user_value = { 0 };
  g_auto (SandboxAssetValue) old = { 0 };
  gint64 old_id;
  gboolean ok = FALSE;

  if (!sandbox_body_check (request, object, "assetUserValueDto", user_value_fields))
    return FALSE;

  user_value.user = baton_json_peek_int (object, "UserId", 0);
  user_value.machine = baton_json_peek_int (object, "MachineId", 0);
  user_value.user_name = dup_name (request, "Users", "UserName", user_value.user);
  if (user_value.machine != 0)
    user_value.machine_name = dup_name (request, "Machines", "Name", user_value.machine);
  old_id = find_number (
      request,
      "SELECT \"Id\" FROM \"AssetUserValues\" WHERE \"AssetId\" = ? AND \"UserId\" = ? AND "
      "coalesce (\"MachineId\", 0) = ?",
      id,
      user_value.user,
      user_value.machine,
      NULL);

  if (user_value.user_name == NULL)
    sandbox_reply_error (request, 404, 1002, "The user of the value does not exist.");
  else if (user_value.machine != 0 && user_value.machine_name == NULL)
    sandbox_reply_error (request, 404, 1002, "The machine of the value does not exist.");
  else
    {
      gboolean has_old =
          old_id != 0 && sandbox_asset_value_load (&old, request->store, "AssetUserValues", old_id);

      ok = sandbox_asset_value_read (
          &user_value.value, request, object, asset->value.type, has_old ? &old : NULL);
    }
  if (ok)
    g_array_append_val (asset->user_values, user_value);
  else
    user_value_clear (&user_value);

  return ok;
}

static gboolean
is_twice (const Asset *asset, guint position)
{
  const UserValue *value = &g_array_index (asset->user_values, UserValue, position);

  for (guint i = 0; i < position; i++)
    {
      const UserValue *other = &g_array_index (asset->user_values, UserValue, i);

      if (other->user == value->user && other->machine == value->machine)
        return TRUE;
    }

  return FALSE;
}

static gboolean
read_user_values (SandboxRequest *request, gint64 id, Asset *asset)
{
  JsonArray *values = baton_json_peek_array (request->body, "UserValues");

  asset->user_values = g_array_new (FALSE, TRUE, sizeof (UserValue));
  g_array_set_clear_func (asset->user_values, user_value_clear);
  for (guint i = 0; i < baton_json_length (values); i++)
    {
      if (!read_user_value (request, baton_json_peek_object_at (values, i), id, asset))
        return FALSE;
      if (is_twice (asset, i))
        {
          sandbox_reply_error (
              request, 409, 1004, "The asset has two values for the same account and machine.");
          return FALSE;
        }
    }

  return TRUE;
}

/* Answers where the body is no good asset. @id: the one that is edited, or 0. */
static gboolean
read_asset (SandboxRequest *request, gint64 id, const SandboxAssetValue *old, Asset *asset)
{
  JsonObject *body = request->body;
  int type;

  if (!sandbox_body_check (request, body, "assetDto", asset_fields))
    return FALSE;

  asset->name = baton_json_peek_string (body, "Name");
  asset->description = baton_json_peek_string (body, "Description");
  asset->scope = sandbox_body_get_enum (body, "ValueScope", sandbox_enum_asset_scope, -1);
  type = sandbox_body_get_enum (body, "ValueType", sandbox_enum_asset_type, -1);
  if (asset->name == NULL || asset->scope < 0 || type < 0)
    {
      sandbox_reply_error (request,
                           400,
                           1014,
                           "The %s field is required.",
                           asset->name == NULL ? "Name"
                           : asset->scope < 0  ? "ValueScope"
                                               : "ValueType");
      return FALSE;
    }
  if (find_number (request,
                   "SELECT \"Id\" FROM \"Assets\" WHERE \"TenantId\" = ? AND "
                   "\"OrganizationUnitId\" = ? AND \"Id\" <> ? AND "
                   "\"Name\" = ?",
                   request->tenant,
                   request->folder,
                   id,
                   asset->name) != 0)
    {
      sandbox_reply_error (request, 409, 1001, "The name %s is already used.", asset->name);
      return FALSE;
    }

  asset->value.type = type;
  asset->has_default = asset->scope == 0 || baton_json_peek_bool (body, "HasDefaultValue", FALSE);
  if (sandbox_body_has (body, "Tags"))
    asset->tags = baton_json_to_text (baton_json_peek_node (body, "Tags"), FALSE);
  if (asset->has_default && !sandbox_asset_value_read (&asset->value, request, body, type, old))
    return FALSE;
  if (asset->scope != 0 && !read_user_values (request, id, asset))
    return FALSE;
  if (!asset->has_default && asset->user_values->len == 0)
    {
      sandbox_reply_error (
          request, 400, 1009, "An asset without a default value needs a value of an account.");
      return FALSE;
    }

  return TRUE;
}

static void
write_user_values (SandboxRequest *request, gint64 id, const Asset *asset)
{
  sqlite3_stmt *statement = sandbox_store_prepare (
      request->store, "DELETE FROM \"AssetUserValues\" WHERE \"AssetId\" = ?");

  sqlite3_bind_int64 (statement, 1, id);
  sqlite3_step (statement);
  sandbox_store_done (statement);

  for (guint i = 0; asset->user_values != NULL && i < asset->user_values->len; i++)
    {
      const UserValue *value = &g_array_index (asset->user_values, UserValue, i);

      sandbox_insert (request->store,
                      "AssetUserValues",
                      SANDBOX_INT ("TenantId", request->tenant),
                      SANDBOX_INT ("AssetId", id),
                      SANDBOX_TEXT ("Name", asset->name),
                      SANDBOX_INT ("UserId", value->user),
                      SANDBOX_TEXT ("UserName", value->user_name),
                      SANDBOX_ID ("MachineId", value->machine),
                      SANDBOX_TEXT ("MachineName", value->machine_name),
                      SANDBOX_ASSET_VALUES (value->value));
    }
}

static void
create_cb (SandboxRequest *request)
{
  g_auto (Asset) asset = { 0 };
  g_autofree char *key = g_uuid_string_random ();
  gint64 id;

  if (!read_asset (request, 0, NULL, &asset))
    return;

  sandbox_store_begin (request->store);
  id = sandbox_insert (request->store,
                       "Assets",
                       SANDBOX_INT ("TenantId", request->tenant),
                       SANDBOX_INT ("OrganizationUnitId", request->folder),
                       SANDBOX_TEXT ("Key", key),
                       SANDBOX_TEXT ("Name", asset.name),
                       SANDBOX_TEXT ("Description", asset.description),
                       SANDBOX_INT ("CanBeDeleted", TRUE),
                       SANDBOX_INT ("ValueScope", asset.scope),
                       SANDBOX_INT ("HasDefaultValue", asset.has_default),
                       SANDBOX_TEXT ("Tags", asset.tags),
                       SANDBOX_TIME ("CreationTime", sandbox_clock_now ()),
                       SANDBOX_INT ("CreatorUserId", request->user),
                       SANDBOX_ASSET_VALUES (asset.value));
  write_user_values (request, id, &asset);
  sandbox_store_commit (request->store);

  sandbox_reply_entity (request, 201, &sandbox_set_assets, id);
}

/* Answers where the folder has no such asset. Returns: its id, 0 where it has none. */
static gint64
find_asset (SandboxRequest *request)
{
  gint64 id = g_ascii_strtoll (request->key, NULL, 10);

  if (sandbox_share_is_in (request->store, &sandbox_set_assets, id, request->folder))
    return id;

  sandbox_reply_error (request, 404, 1002, "Asset does not exist.");

  return 0;
}

static void
edit_cb (SandboxRequest *request)
{
  g_auto (Asset) asset = { 0 };
  g_auto (SandboxAssetValue) old = { 0 };
  gint64 id = find_asset (request);

  if (id == 0)
    return;
  sandbox_asset_value_load (&old, request->store, "Assets", id);
  if (!read_asset (request, id, &old, &asset))
    return;

  sandbox_store_begin (request->store);
  sandbox_update (request->store,
                  "Assets",
                  id,
                  SANDBOX_TEXT ("Name", asset.name),
                  SANDBOX_TEXT ("Description", asset.description),
                  SANDBOX_INT ("ValueScope", asset.scope),
                  SANDBOX_INT ("HasDefaultValue", asset.has_default),
                  SANDBOX_TEXT ("Tags", asset.tags),
                  SANDBOX_TIME ("LastModificationTime", sandbox_clock_now ()),
                  SANDBOX_INT ("LastModifierUserId", request->user),
                  SANDBOX_ASSET_VALUES (asset.value));
  write_user_values (request, id, &asset);
  sandbox_store_commit (request->store);

  sandbox_reply_empty (request, 200);
}

static void
delete_cb (SandboxRequest *request)
{
  gint64 id = find_asset (request);
  static const char *const steps[] = {
    "DELETE FROM \"AssetUserValues\" WHERE \"AssetId\" = ?",
    "DELETE FROM \"Assets\" WHERE \"Id\" = ?",
  };

  if (id == 0)
    return;

  sandbox_store_begin (request->store);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      sqlite3_stmt *statement = sandbox_store_prepare (request->store, steps[i]);

      sqlite3_bind_int64 (statement, 1, id);
      sqlite3_step (statement);
      sandbox_store_done (statement);
    }
  sandbox_store_commit (request->store);

  sandbox_reply_empty (request, 204);
}

const SandboxOperation sandbox_assets_operations[] = {
  { "POST", "/odata/Assets", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, "Assets.Create", create_cb },
  { "PUT", "/odata/Assets({key})", SANDBOX_SIGNED, SANDBOX_SCOPE_FOLDER, "Assets.Edit", edit_cb },
  { "DELETE",
    "/odata/Assets({key})",
    SANDBOX_SIGNED,
    SANDBOX_SCOPE_FOLDER,
    "Assets.Delete",
    delete_cb },
  { NULL },
};
