/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-asset.h"

#include "baton-json.h"
#include "sandbox-credential-store.h"
#include "sandbox-sets.h"
#include "sandbox-statement.h"

#define ERROR_NOT_FOUND 1002
#define ERROR_ITEM_EXISTS 1004
#define ERROR_INVALID_ARGUMENT 1009
#define ERROR_PARAMETER_MISSING 1014
#define ERROR_EMPTY_PASSWORD 1500

/* What may hold a value, and which of the types hold it there. */
#define ONLY(type) (1 << SANDBOX_ASSET_##type)
#define TEXTS (ONLY (TEXT) | ONLY (DB_CONNECTION) | ONLY (HTTP_CONNECTION))
#define CREDENTIALS (ONLY (CREDENTIAL) | ONLY (WINDOWS_CREDENTIAL))

static const struct
{
  const char *column;
  guint types;
} columns[] = {
  { "StringValue", TEXTS },
  { "BoolValue", ONLY (BOOL) },
  { "IntValue", ONLY (INTEGER) },
  { "KeyValueList", ONLY (KEY_VALUE_LIST) },
  { "CredentialUsername", CREDENTIALS },
  { "CredentialPassword", CREDENTIALS },
  { "SecretValue", ONLY (SECRET) },
  { "ExternalName", CREDENTIALS | ONLY (SECRET) },
  { "CredentialStoreId", CREDENTIALS | ONLY (SECRET) },
};

/* Returns: TRUE where the row that is changed has a text in @column; and that one, where @text. */
static gboolean
keeps (SandboxRequest *request, SandboxChange *change, const char *column, const char *text)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT \"%s\" IS NOT NULL AND (?2 IS NULL OR \"%s\" = ?2)"
                         " FROM \"%s\" WHERE rowid = ?1",
                         column, column, change->set->name);

  return sandbox_statement_ask (request->store, sql, "is", change->id, text) != 0;
}

static gboolean
check_password (SandboxRequest *request, SandboxChange *change)
{
  const char *user_name = sandbox_change_get_text (change, "CredentialUsername");
  const char *password = sandbox_change_get_text (change, "CredentialPassword");

  if (password != NULL ? *password != '\0'
                       : keeps (request, change, "CredentialUsername", user_name)
                             && keeps (request, change, "CredentialPassword", NULL))
    return TRUE;

  sandbox_reply_error (request, 400, ERROR_EMPTY_PASSWORD,
                       "A password is required for a new credential user name.");

  return FALSE;
}

static gboolean
lacks (SandboxRequest *request, const char *column)
{
  sandbox_reply_error (request, 400, ERROR_PARAMETER_MISSING, "The %s field is required.", column);

  return FALSE;
}

static gboolean
has_text (SandboxChange *change, const char *column)
{
  const char *text = sandbox_change_get_text (change, column);

  return text != NULL && *text != '\0';
}

/* Answers where the value lacks. */
static gboolean
check_value (SandboxRequest *request, SandboxChange *change, SandboxAssetType type)
{
  /* In a store of its own the value has only a name here. */
  if (has_text (change, "ExternalName"))
    return TRUE;

  switch (type)
    {
    case SANDBOX_ASSET_BOOL:
      return sandbox_change_get_int (change, "BoolValue", -1) >= 0 || lacks (request, "BoolValue");
    case SANDBOX_ASSET_INTEGER:
      return sandbox_change_get_int (change, "IntValue", G_MAXINT64) < G_MAXINT64
             || lacks (request, "IntValue");
    case SANDBOX_ASSET_CREDENTIAL:
    case SANDBOX_ASSET_WINDOWS_CREDENTIAL:
      return has_text (change, "CredentialUsername") ? check_password (request, change)
                                                     : lacks (request, "CredentialUsername");
    case SANDBOX_ASSET_SECRET:
      return has_text (change, "SecretValue")
             || (!sandbox_change_has (change, "SecretValue")
                 && keeps (request, change, "SecretValue", NULL))
             || lacks (request, "SecretValue");
    case SANDBOX_ASSET_KEY_VALUE_LIST:
      return has_text (change, "KeyValueList") || lacks (request, "KeyValueList");
    case SANDBOX_ASSET_TEXT:
    case SANDBOX_ASSET_DB_CONNECTION:
    case SANDBOX_ASSET_HTTP_CONNECTION:
    default:
      return sandbox_change_get_text (change, "StringValue") != NULL
             || lacks (request, "StringValue");
    }
}

/* As a person sees it in a list. */
static void
show (SandboxChange *change, SandboxAssetType type)
{
  const char *user_name = sandbox_change_get_text (change, "CredentialUsername");
  g_autofree char *text = NULL;

  if (type == SANDBOX_ASSET_BOOL)
    text = g_strdup (sandbox_change_get_int (change, "BoolValue", 0) != 0 ? "True" : "False");
  else if (type == SANDBOX_ASSET_INTEGER)
    text = g_strdup_printf ("%" G_GINT64_FORMAT, sandbox_change_get_int (change, "IntValue", 0));
  else if (user_name != NULL)
    text = g_strdup_printf ("username: %s", user_name);
  else
    text = g_strdup (sandbox_change_get_text (change, "StringValue"));

  sandbox_change_set_text (change, "Value", text);
}

/* Answers where the store that is named is not there. */
static gboolean
put_in_store (SandboxRequest *request, SandboxChange *change, SandboxAssetType type)
{
  gint64 store = sandbox_change_get_int (change, "CredentialStoreId", 0);

  if (((CREDENTIALS | ONLY (SECRET)) & (1 << type)) == 0)
    return TRUE;

  if (store == 0)
    {
      store = sandbox_credential_store_get_default (
          request->store, request->tenant,
          type == SANDBOX_ASSET_SECRET ? "Secrets" : "AssetCredential");
      sandbox_change_set_int (change, "CredentialStoreId", store);
    }
  else if (sandbox_statement_ask (
               request->store,
               "SELECT 1 FROM \"CredentialStores\" WHERE \"Id\" = ? AND \"TenantId\" = ?", "ii",
               store, request->tenant)
           == 0)
    {
      sandbox_reply_error (request, 404, ERROR_NOT_FOUND, "The credential store does not exist.");
      return FALSE;
    }

  return TRUE;
}

gboolean
sandbox_asset_complete (SandboxRequest *request,
                        SandboxChange *change,
                        SandboxAssetType type,
                        gboolean must)
{
  g_return_val_if_fail (request != NULL && change != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    if (!must || (columns[i].types & (1 << type)) == 0)
      sandbox_change_set_text (change, columns[i].column, NULL);
  sandbox_change_set_int (change, "ValueType", type);
  sandbox_change_set_text (change, "Value", NULL);
  if (!must)
    return TRUE;

  if (!check_value (request, change, type) || !put_in_store (request, change, type))
    return FALSE;
  show (change, type);

  return TRUE;
}

/* Answers where the tenant has no such account or machine. */
static gboolean
name_account (SandboxRequest *request, SandboxChange *change)
{
  gint64 user = sandbox_change_get_int (change, "UserId", 0);
  gint64 machine = sandbox_change_get_int (change, "MachineId", 0);
  g_autofree char *user_name = sandbox_statement_ask_text (
      request->store, "SELECT \"UserName\" FROM \"Users\" WHERE \"Id\" = ? AND \"TenantId\" = ?",
      "ii", user, request->tenant);
  g_autofree char *machine_name = sandbox_statement_ask_text (
      request->store, "SELECT \"Name\" FROM \"Machines\" WHERE \"Id\" = ? AND \"TenantId\" = ?",
      "ii", machine, request->tenant);

  if (user_name == NULL || (machine != 0 && machine_name == NULL))
    {
      sandbox_reply_error (request, 404, ERROR_NOT_FOUND, "The %s of the value does not exist.",
                           user_name == NULL ? "user" : "machine");
      return FALSE;
    }
  sandbox_change_set_text (change, "UserName", user_name);
  sandbox_change_set_text (change, "MachineName", machine_name);

  return TRUE;
}

gboolean
sandbox_asset_write_user_value (
    SandboxRequest *request, gint64 id, SandboxAssetType type, JsonObject *object, gint64 *written)
{
  gint64 old = sandbox_statement_ask (
      request->store,
      "SELECT \"Id\" FROM \"AssetUserValues\" WHERE \"AssetId\" = ? AND \"UserId\" = ? AND "
      "coalesce (\"MachineId\", 0) = ?",
      "iii", id, baton_json_peek_int (object, "UserId", 0),
      baton_json_peek_int (object, "MachineId", 0));
  g_autoptr (SandboxChange) change
      = sandbox_change_new (request, &sandbox_set_asset_user_values, object,
                            old != 0 ? SANDBOX_WRITE_REPLACE : SANDBOX_WRITE_CREATE, old);

  if (change == NULL || !name_account (request, change)
      || !sandbox_asset_complete (request, change, type, TRUE))
    return FALSE;

  sandbox_change_set_int (change, "AssetId", id);
  sandbox_change_write (change, request);
  *written = change->id;

  return TRUE;
}

gboolean
sandbox_asset_write_user_values (SandboxRequest *request,
                                 gint64 id,
                                 SandboxAssetType type,
                                 JsonArray *array)
{
  g_autoptr (GString) kept = g_string_new ("0");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autofree gint64 *ids = g_new0 (gint64, baton_json_length (array) + 1);
  g_autofree char *sql = NULL;

  for (guint i = 0; i < baton_json_length (array); i++)
    {
      if (!sandbox_asset_write_user_value (request, id, type, baton_json_peek_object_at (array, i),
                                           &ids[i]))
        return FALSE;
      if (!g_hash_table_add (seen, &ids[i]))
        {
          sandbox_reply_error (request, 409, ERROR_ITEM_EXISTS,
                               "The asset has two values for the same account and machine.");
          return FALSE;
        }
      g_string_append_printf (kept, ", %" G_GINT64_FORMAT, ids[i]);
    }

  sql = g_strdup_printf (
      "DELETE FROM \"AssetUserValues\" WHERE \"AssetId\" = ? AND \"Id\" NOT IN (%s)", kept->str);
  sandbox_statement_run (request->store, sql, "i", id);

  return TRUE;
}

static gboolean
is_global (SandboxChange *change)
{
  return sandbox_change_get_int (change, "ValueScope", 0) == 0;
}

static gboolean
check (SandboxRequest *request, SandboxChange *change)
{
  gboolean has_default
      = is_global (change) || sandbox_change_get_int (change, "HasDefaultValue", FALSE) != 0;

  if (!has_default && baton_json_length (baton_json_peek_array (change->body, "UserValues")) == 0)
    {
      sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT,
                           "An asset without a default value needs a value of an account.");
      return FALSE;
    }
  sandbox_change_set_int (change, "HasDefaultValue", has_default);
  sandbox_change_set_int (change, "CanBeDeleted", TRUE);

  return sandbox_asset_complete (request, change,
                                 (SandboxAssetType)sandbox_change_get_int (change, "ValueType", 0),
                                 has_default);
}

static gboolean
written (SandboxRequest *request, SandboxChange *change)
{
  JsonArray *values
      = is_global (change) ? NULL : baton_json_peek_array (change->body, "UserValues");

  return sandbox_asset_write_user_values (
      request, change->id, (SandboxAssetType)sandbox_change_get_int (change, "ValueType", 0),
      values);
}

static gboolean
may_delete (SandboxRequest *request, gint64 id)
{
  sandbox_statement_run (request->store, "DELETE FROM \"AssetUserValues\" WHERE \"AssetId\" = ?",
                         "i", id);

  return TRUE;
}

const SandboxSetHooks sandbox_asset_hooks
    = { .check = check, .written = written, .may_delete = may_delete };
