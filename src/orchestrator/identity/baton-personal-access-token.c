/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "baton-identity-body.h"
#include "baton-personal-access-token.h"

void
baton_personal_access_token_free (BatonPersonalAccessToken *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->scopes);
  g_free (self);
}

static BatonPersonalAccessToken *
read_token (JsonObject *object, GError **error)
{
  const char *id = baton_json_require_string (object, "id", error);
  const char *name = baton_json_peek_string (object, "name");
  BatonPersonalAccessToken *self = NULL;

  if (id == NULL)
    return NULL;

  self = g_new0 (BatonPersonalAccessToken, 1);
  self->id = g_strdup (id);
  self->name = g_strdup (name != NULL ? name : id);
  self->scopes = baton_identity_join_names (baton_json_peek_array (object, "scopes"));
  self->created_at = baton_json_peek_time (object, "creationTime");
  self->expires_at = baton_json_peek_time (object, "expiryTime");

  return self;
}

BatonRequest *
baton_personal_access_token_make_list (void)
{
  return baton_identity_make_request ("GET", "/api/ReferenceToken", NULL);
}

gpointer
baton_personal_access_token_decode_list (JsonNode *root, gpointer data, GError **error)
{
  JsonArray *array = baton_json_peek_root_array (root);
  g_autoptr (GPtrArray) tokens
      = g_ptr_array_new_with_free_func ((GDestroyNotify)baton_personal_access_token_free);

  for (guint i = 0; i < baton_json_length (array); i++)
    {
      BatonPersonalAccessToken *token = read_token (baton_json_peek_object_at (array, i), error);

      if (token == NULL)
        return NULL;
      g_ptr_array_add (tokens, token);
    }

  return g_steal_pointer (&tokens);
}

BatonRequest *
baton_personal_access_token_make_create (const char *name, const char *scopes, gint64 expires_at)
{
  g_autoptr (JsonBuilder) body = json_builder_new ();
  g_auto (GStrv) names = NULL;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (scopes != NULL, NULL);

  names = g_strsplit_set (scopes, " \t\n", -1);
  json_builder_begin_object (body);
  baton_identity_add_text (body, "name", name);
  json_builder_set_member_name (body, "scopes");
  json_builder_begin_array (body);
  for (guint i = 0; names[i] != NULL; i++)
    if (*names[i] != '\0')
      json_builder_add_string_value (body, names[i]);
  json_builder_end_array (body);
  baton_identity_add_time (body, "expiryTime", expires_at);
  json_builder_end_object (body);

  return baton_identity_make_request ("POST", "/api/ReferenceToken", body);
}

BatonRequest *
baton_personal_access_token_make_revoke (const char *id)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (id != NULL, NULL);

  path = baton_identity_make_path ("/api/ReferenceToken", id, NULL);

  return baton_identity_make_request ("DELETE", path, NULL);
}

BatonPersonalAccessToken *
baton_personal_access_token_read_created (JsonNode *answer, char **value, GError **error)
{
  JsonObject *object = baton_json_require_root_object (answer, error);
  const char *token = NULL;
  BatonPersonalAccessToken *self = NULL;

  g_return_val_if_fail (value != NULL, NULL);

  if (object == NULL)
    return NULL;
  token = baton_json_require_string (object, "token", error);
  if (token == NULL)
    return NULL;
  self = read_token (object, error);
  if (self != NULL)
    *value = g_strdup (token);

  return self;
}
