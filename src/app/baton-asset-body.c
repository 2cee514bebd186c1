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

/* Members that a form does not show and that must come back as they were. Whatever else the service sent it computes itself. */
static const char *const kept[] = {
  "Id", "Key", "CredentialStoreId", "ExternalName", "KeyValueList", "Tags", "AllowDirectApiAccess",
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

/* A secret is read back as "": sent so, it would be erased. */
static void
drop_blank (JsonObject *object, const char *name)
{
  const char *value = baton_json_peek_string (object, name);

  if (value == NULL || *value == '\0')
    json_object_remove_member (object, name);
}

static void
copy_user_values (JsonObject *body, JsonObject *original)
{
  JsonArray *values = baton_json_peek_array (original, "UserValues");
  g_autoptr (JsonArray) copy = NULL;

  if (baton_json_length (values) == 0)
    return;
  copy = json_array_new ();
  for (guint i = 0; i < baton_json_length (values); i++)
    {
      JsonNode *node = baton_json_peek_node_at (values, i);
      g_autoptr (JsonNode) value = NULL;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        continue;
      /* The text goes there and back: a copy of a node shares its object. */
      {
        g_autofree char *text = baton_json_to_text (node, FALSE);

        value = baton_json_parse_text (text, -1, NULL);
      }
      if (value == NULL)
        continue;
      drop_blank (baton_json_peek_root_object (value), "CredentialPassword");
      drop_blank (baton_json_peek_root_object (value), "SecretValue");
      json_array_add_element (copy, g_steal_pointer (&value));
    }
  json_object_set_array_member (body, "UserValues", g_steal_pointer (&copy));
}

static void
add_value (JsonObject *body, const BatonAssetValues *values, JsonObject *original)
{
  switch (values->type)
    {
    case BATON_ASSET_TEXT:
      add_text (body, "StringValue", values->text);
      break;
    case BATON_ASSET_BOOL:
      json_object_set_boolean_member (body, "BoolValue", values->on);
      break;
    case BATON_ASSET_INTEGER:
      json_object_set_int_member (body, "IntValue", values->number);
      break;
    case BATON_ASSET_CREDENTIAL:
      add_text (body, "CredentialUsername", values->user_name);
      if (*values->secret != '\0')
        add_text (body, "CredentialPassword", values->secret);
      break;
    case BATON_ASSET_SECRET:
      if (*values->secret != '\0')
        add_text (body, "SecretValue", values->secret);
      break;
    case BATON_ASSET_OTHER:
    default:
      copy_member (body, original, "StringValue");
      copy_member (body, original, "CredentialUsername");
    }
}

JsonNode *
baton_asset_make_body (const BatonAssetValues *values, JsonObject *original)
{
  JsonNode *root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *body = json_object_new ();
  const char *scope = original != NULL ? baton_json_peek_string (original, "ValueScope") : NULL;
  gboolean has_default
      = original == NULL || baton_json_peek_bool (original, "HasDefaultValue", TRUE);

  json_node_take_object (root, body);
  add_text (body, "Name", values->name);
  add_text (body, "ValueScope", scope != NULL ? scope : "Global");
  add_text (body, "ValueType",
            values->type != BATON_ASSET_OTHER ? types[values->type]
                                              : baton_json_peek_string (original, "ValueType"));
  if (original != NULL || *values->description != '\0')
    add_text (body, "Description", values->description);
  if (original != NULL)
    {
      for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
        copy_member (body, original, kept[i]);
      json_object_set_boolean_member (body, "HasDefaultValue", has_default);
      copy_user_values (body, original);
    }
  if (has_default)
    add_value (body, values, original);
  return root;
}

static gboolean
text_differs (JsonObject *original, const char *name, const char *value)
{
  const char *old = baton_json_peek_string (original, name);

  return g_strcmp0 (old != NULL ? old : "", value != NULL ? value : "") != 0;
}

gboolean
baton_asset_differs (const BatonAssetValues *values, JsonObject *original)
{
  if (text_differs (original, "Name", values->name)
      || text_differs (original, "Description", values->description))
    return TRUE;

  switch (values->type)
    {
    case BATON_ASSET_TEXT:
      return text_differs (original, "StringValue", values->text);
    case BATON_ASSET_BOOL:
      return baton_json_peek_bool (original, "BoolValue", FALSE) != values->on;
    case BATON_ASSET_INTEGER:
      return baton_json_peek_int (original, "IntValue", 0) != values->number;
    case BATON_ASSET_CREDENTIAL:
      return *values->secret != '\0'
             || text_differs (original, "CredentialUsername", values->user_name);
    case BATON_ASSET_SECRET:
      return *values->secret != '\0';
    case BATON_ASSET_OTHER:
    default:
      return FALSE;
    }
}
