/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-asset-body.h"
#include "baton-json.h"

static const char *const types[] = {
  [BATON_ASSET_TEXT] = "Text",
  [BATON_ASSET_BOOL] = "Bool",
  [BATON_ASSET_INTEGER] = "Integer",
  [BATON_ASSET_CREDENTIAL] = "Credential",
  [BATON_ASSET_SECRET] = "Secret",
};

/* Members that a form does not show and that must come back as they were, of the asset and of one
 * of its values. Whatever else the service sent it computes itself. */
static const char *const kept[] = {
  "Id", "Key", "CredentialStoreId", "ExternalName", "KeyValueList", "Tags", "AllowDirectApiAccess", NULL,
};
static const char *const kept_of_value[] = {
  "Id", "CredentialStoreId", "ExternalName", "KeyValueList", NULL,
};

const char *
baton_asset_type_to_text (BatonAssetType type)
{
  return type < BATON_ASSET_OTHER ? types[type] : NULL;
}

BatonAssetType
baton_asset_type_from_text (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_strcmp0 (types[i], text) == 0)
      return i;
  return BATON_ASSET_OTHER;
}

static void
add_text (JsonObject *body, const char *name, const char *value)
{
  json_object_set_string_member (body, name, value != NULL ? value : "");
}

static void
copy_member (JsonObject *body, JsonObject *original, const char *name)
{
  JsonNode *node = baton_json_peek_node (original, name);

  if (node != NULL && !JSON_NODE_HOLDS_NULL (node))
    json_object_set_member (body, name, json_node_copy (node));
}

static void
copy_members (JsonObject *body, JsonObject *original, const char *const *names)
{
  for (; original != NULL && *names != NULL; names++)
    copy_member (body, original, *names);
}

/* A password or a secret is read back as "": sent so, it would be erased. */
static void
add_value (JsonObject *body, BatonAssetType type, const BatonAssetValue *value, JsonObject *original)
{
  switch (type)
    {
    case BATON_ASSET_TEXT:
      add_text (body, "StringValue", value->text);
      break;
    case BATON_ASSET_BOOL:
      json_object_set_boolean_member (body, "BoolValue", value->on);
      break;
    case BATON_ASSET_INTEGER:
      json_object_set_int_member (body, "IntValue", value->number);
      break;
    case BATON_ASSET_CREDENTIAL:
      add_text (body, "CredentialUsername", value->user_name);
      if (*value->secret != '\0')
        add_text (body, "CredentialPassword", value->secret);
      break;
    case BATON_ASSET_SECRET:
      if (*value->secret != '\0')
        add_text (body, "SecretValue", value->secret);
      break;
    case BATON_ASSET_OTHER:
    default:
      copy_member (body, original, "StringValue");
      copy_member (body, original, "CredentialUsername");
    }
}

static JsonObject *
make_user_value (const BatonAssetUserValue *value, BatonAssetType type, const char *type_name)
{
  JsonObject *object = json_object_new ();

  copy_members (object, value->original, kept_of_value);
  json_object_set_int_member (object, "UserId", value->user);
  if (value->machine != 0)
    json_object_set_int_member (object, "MachineId", value->machine);
  add_text (object, "ValueType", type_name);
  add_value (object, type, &value->value, value->original);
  return object;
}

JsonNode *
baton_asset_make_body (const BatonAssetForm *form, JsonObject *original)
{
  JsonNode *root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *body = json_object_new ();
  gboolean per_account = form->n_user_values > 0 || !form->has_default;
  const char *type = form->type != BATON_ASSET_OTHER
                         ? types[form->type]
                         : baton_json_peek_string (original, "ValueType");

  json_node_take_object (root, body);
  add_text (body, "Name", form->name);
  add_text (body, "ValueScope", per_account ? "PerRobot" : "Global");
  add_text (body, "ValueType", type);
  if (original != NULL || *form->description != '\0')
    add_text (body, "Description", form->description);
  copy_members (body, original, kept);
  if (original != NULL || per_account)
    json_object_set_boolean_member (body, "HasDefaultValue", form->has_default);
  if (form->has_default)
    add_value (body, form->type, &form->value, original);
  if (per_account)
    {
      JsonArray *values = json_array_new ();

      for (guint i = 0; i < form->n_user_values; i++)
        json_array_add_object_element (values,
                                       make_user_value (&form->user_values[i], form->type, type));
      json_object_set_array_member (body, "UserValues", values);
    }
  return root;
}

int
baton_asset_find_double (const BatonAssetForm *form)
{
  for (guint i = 1; i < form->n_user_values; i++)
    for (guint j = 0; j < i; j++)
      if (form->user_values[i].user != 0 && form->user_values[i].user == form->user_values[j].user
          && form->user_values[i].machine == form->user_values[j].machine)
        return (int) i;
  return -1;
}
