/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-asset.h"

#include "baton-json.h"
#include "sandbox-body.h"

/* In the numbers of the service (definition: AssetDto.ValueType). */
enum
{
  DB_CONNECTION,
  HTTP_CONNECTION,
  TEXT,
  BOOL,
  INTEGER,
  CREDENTIAL,
  WINDOWS_CREDENTIAL,
  KEY_VALUE_LIST,
  SECRET,
};

void
sandbox_asset_value_clear (SandboxAssetValue *self)
{
  g_clear_pointer (&self->value, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->user_name, g_free);
  g_clear_pointer (&self->password, g_free);
  g_clear_pointer (&self->secret, g_free);
  g_clear_pointer (&self->pairs, g_free);
}

static void
set_bool (SandboxAssetValue *self, gboolean boolean)
{
  self->has_bool = TRUE;
  self->boolean = boolean;
  self->value = g_strdup (boolean ? "True" : "False");
}

static void
set_integer (SandboxAssetValue *self, int integer)
{
  self->has_integer = TRUE;
  self->integer = integer;
  self->value = g_strdup_printf ("%d", integer);
}

static void
set_user_name (SandboxAssetValue *self, const char *user_name)
{
  self->user_name = g_strdup (user_name);
  self->value = g_strdup_printf ("username: %s", user_name);
}

static void
set_text (SandboxAssetValue *self, const char *text)
{
  self->text = g_strdup (text);
  self->value = g_strdup (text);
}

void
sandbox_asset_value_parse (SandboxAssetValue *self, const char *type, const char *text)
{
  self->type = sandbox_row_get_enum ("Assets", "ValueType", type);
  if (text == NULL)
    return;

  if (self->type == BOOL)
    set_bool (self, g_ascii_strcasecmp (text, "true") == 0);
  else if (self->type == INTEGER)
    set_integer (self, (int) g_ascii_strtoll (text, NULL, 10));
  else if (self->type == CREDENTIAL)
    set_user_name (self, text);
  else
    set_text (self, text);
}

static gboolean
lacks (SandboxRequest *request, const char *field)
{
  sandbox_reply_error (request, 400, 1014, "The %s field is required.", field);

  return FALSE;
}

static gboolean
read_credential (SandboxAssetValue *self,
                 SandboxRequest *request,
                 JsonObject *object,
                 const SandboxAssetValue *old)
{
  const char *user_name = baton_json_peek_string (object, "CredentialUsername");
  const char *password = baton_json_peek_string (object, "CredentialPassword");
  gboolean same =
      old != NULL && old->password != NULL && g_strcmp0 (old->user_name, user_name) == 0;

  if (user_name == NULL || *user_name == '\0')
    return lacks (request, "CredentialUsername");
  if (password == NULL ? !same : *password == '\0')
    {
      sandbox_reply_error (
          request, 400, 1500, "A password is required for a new credential user name.");
      return FALSE;
    }

  set_user_name (self, user_name);
  self->password = g_strdup (password != NULL ? password : old->password);

  return TRUE;
}

static gboolean
read_secret (SandboxAssetValue *self,
             SandboxRequest *request,
             JsonObject *object,
             const SandboxAssetValue *old)
{
  const char *secret = baton_json_peek_string (object, "SecretValue");

  if (secret == NULL && old != NULL)
    secret = old->secret;
  if (secret == NULL || *secret == '\0')
    return lacks (request, "SecretValue");
  self->secret = g_strdup (secret);

  return TRUE;
}

gboolean
sandbox_asset_value_read (SandboxAssetValue *self,
                          SandboxRequest *request,
                          JsonObject *object,
                          int type,
                          const SandboxAssetValue *old)
{
  self->type = type;
  switch (type)
    {
    case BOOL:
      if (!sandbox_body_has (object, "BoolValue"))
        return lacks (request, "BoolValue");
      set_bool (self, baton_json_peek_bool (object, "BoolValue", FALSE));
      return TRUE;

    case INTEGER:
      if (!sandbox_body_has (object, "IntValue"))
        return lacks (request, "IntValue");
      set_integer (self, (int) baton_json_peek_int (object, "IntValue", 0));
      return TRUE;

    case CREDENTIAL:
    case WINDOWS_CREDENTIAL:
      return read_credential (self, request, object, old);

    case SECRET:
      return read_secret (self, request, object, old);

    case KEY_VALUE_LIST:
      if (!sandbox_body_has (object, "KeyValueList"))
        return lacks (request, "KeyValueList");
      self->pairs = baton_json_to_text (baton_json_peek_node (object, "KeyValueList"), FALSE);
      return TRUE;

    case TEXT:
    case DB_CONNECTION:
    case HTTP_CONNECTION:
    default:
      if (!sandbox_body_has (object, "StringValue"))
        return lacks (request, "StringValue");
      set_text (self, baton_json_peek_string (object, "StringValue"));
      return TRUE;
    }
}

gboolean
sandbox_asset_value_load (SandboxAssetValue *self,
                          SandboxStore *store,
                          const char *table,
                          gint64 id)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT \"ValueType\", \"CredentialUsername\", \"CredentialPassword\", "
                       "\"SecretValue\" FROM \"%s\" WHERE \"Id\" = ?",
                       table);
  sqlite3_stmt *statement = sandbox_store_prepare (store, sql);
  gboolean found = FALSE;

  sqlite3_bind_int64 (statement, 1, id);
  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      self->type = sqlite3_column_int (statement, 0);
      self->user_name = g_strdup ((const char *) sqlite3_column_text (statement, 1));
      self->password = g_strdup ((const char *) sqlite3_column_text (statement, 2));
      self->secret = g_strdup ((const char *) sqlite3_column_text (statement, 3));
      found = TRUE;
    }
  sandbox_store_done (statement);

  return found;
}
