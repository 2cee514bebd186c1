/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-external-application.h"
#include "baton-identity-body.h"
#include "baton-json.h"

/* The service's own numbers were not established (fact sheet 2.5): these are the sandbox's. */
#define TYPE_USER 1
#define TYPE_APPLICATION 2

#define ROOT "/api/ExternalClient"

void
baton_application_secret_free (BatonApplicationSecret *self)
{
  g_free (self->id);
  g_free (self->description);
  g_free (self);
}

void
baton_external_application_free (BatonExternalApplication *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->redirect_uri);
  g_free (self->user_scopes);
  g_free (self->application_scopes);
  g_clear_pointer (&self->secrets, g_ptr_array_unref);
  g_free (self);
}

static BatonApplicationSecret *
read_secret (JsonObject *object, GError **error)
{
  const char *description = baton_json_peek_string (object, "description");
  BatonApplicationSecret *self = NULL;
  gint64 id;

  if (!baton_json_require_int (object, "id", &id, error))
    return NULL;

  self = g_new0 (BatonApplicationSecret, 1);
  self->id = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  self->description = g_strdup (description != NULL ? description : "");
  self->created_at = baton_json_peek_time (object, "creationTime");
  self->expires_at = baton_json_peek_time (object, "expiryTime");

  return self;
}

/* resources: [{ scopes: [{ name, type }] }] */
static char *
read_scopes (JsonArray *resources, gint64 type)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < baton_json_length (resources); i++)
    {
      JsonArray *scopes
          = baton_json_peek_array (baton_json_peek_object_at (resources, i), "scopes");

      for (guint j = 0; j < baton_json_length (scopes); j++)
        {
          JsonObject *scope = baton_json_peek_object_at (scopes, j);
          const char *name = baton_json_peek_string (scope, "name");

          if (name != NULL && (baton_json_peek_int (scope, "type", 0) & type) != 0)
            g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", name);
        }
    }

  return g_string_free (joined, FALSE);
}

static BatonExternalApplication *
read_application (JsonObject *object, GError **error)
{
  const char *id = baton_json_require_string (object, "id", error);
  const char *name = baton_json_peek_string (object, "name");
  JsonArray *resources = baton_json_peek_array (object, "resources");
  JsonArray *secrets = baton_json_peek_array (object, "secrets");
  g_autoptr (BatonExternalApplication) self = NULL;

  if (id == NULL)
    return NULL;

  self = g_new0 (BatonExternalApplication, 1);
  self->id = g_strdup (id);
  self->name = g_strdup (name != NULL ? name : id);
  self->confidential = baton_json_peek_bool (object, "isConfidential", FALSE);
  self->redirect_uri = g_strdup (baton_json_peek_string (object, "redirectUri"));
  self->user_scopes = read_scopes (resources, TYPE_USER);
  self->application_scopes = read_scopes (resources, TYPE_APPLICATION);
  self->secrets = g_ptr_array_new_with_free_func ((GDestroyNotify)baton_application_secret_free);
  for (guint i = 0; i < baton_json_length (secrets); i++)
    {
      BatonApplicationSecret *secret = read_secret (baton_json_peek_object_at (secrets, i), error);

      if (secret == NULL)
        return NULL;
      g_ptr_array_add (self->secrets, secret);
    }

  return g_steal_pointer (&self);
}

BatonRequest *
baton_external_application_make_list (const char *organization)
{
  g_autofree char *path = baton_identity_make_path (ROOT, organization, NULL);

  return baton_identity_make_request ("GET", path, NULL);
}

gpointer
baton_external_application_decode_list (JsonNode *root, gpointer data, GError **error)
{
  JsonArray *array = baton_json_peek_root_array (root);
  g_autoptr (GPtrArray) applications
      = g_ptr_array_new_with_free_func ((GDestroyNotify)baton_external_application_free);

  for (guint i = 0; i < baton_json_length (array); i++)
    {
      BatonExternalApplication *application
          = read_application (baton_json_peek_object_at (array, i), error);

      if (application == NULL)
        return NULL;
      g_ptr_array_add (applications, application);
    }

  return g_steal_pointer (&applications);
}

static void
add_scopes (JsonBuilder *body, const char *scopes, gint64 type)
{
  g_auto (GStrv) names = g_strsplit_set (scopes != NULL ? scopes : "", " \t\n", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (*names[i] == '\0')
        continue;
      json_builder_begin_object (body);
      baton_identity_add_text (body, "name", names[i]);
      json_builder_set_member_name (body, "type");
      json_builder_add_int_value (body, type);
      json_builder_end_object (body);
    }
}

BatonRequest *
baton_external_application_make_save (BatonExternalApplication *self, const char *organization)
{
  g_autoptr (JsonBuilder) body = json_builder_new ();
  g_autofree char *path = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (organization != NULL, NULL);

  json_builder_begin_object (body);
  baton_identity_add_text (body, "partitionGlobalId", organization);
  baton_identity_add_text (body, "name", self->name);
  json_builder_set_member_name (body, "isConfidential");
  json_builder_add_boolean_value (body, self->confidential);
  if (self->redirect_uri != NULL)
    baton_identity_add_text (body, "redirectUri", self->redirect_uri);
  json_builder_set_member_name (body, "scopes");
  json_builder_begin_array (body);
  add_scopes (body, self->user_scopes, TYPE_USER);
  add_scopes (body, self->application_scopes, TYPE_APPLICATION);
  json_builder_end_array (body);
  json_builder_end_object (body);

  if (self->id == NULL)
    return baton_identity_make_request ("POST", ROOT, body);

  path = baton_identity_make_path (ROOT, organization, self->id, NULL);

  return baton_identity_make_request ("PUT", path, body);
}

BatonRequest *
baton_external_application_make_delete (const char *organization, const char *id)
{
  g_autofree char *path = baton_identity_make_path (ROOT, organization, id, NULL);

  return baton_identity_make_request ("DELETE", path, NULL);
}

char *
baton_external_application_read_secret (JsonNode *answer)
{
  return g_strdup (baton_json_peek_string (baton_json_peek_root_object (answer), "secret"));
}

BatonRequest *
baton_application_secret_make_add (const char *organization,
                                   const char *application,
                                   const char *description,
                                   gint64 expires_at)
{
  g_autoptr (JsonBuilder) body = json_builder_new ();

  g_return_val_if_fail (organization != NULL, NULL);
  g_return_val_if_fail (application != NULL, NULL);
  g_return_val_if_fail (description != NULL, NULL);

  json_builder_begin_object (body);
  baton_identity_add_text (body, "partitionGlobalId", organization);
  baton_identity_add_text (body, "clientId", application);
  baton_identity_add_text (body, "description", description);
  baton_identity_add_time (body, "expiryTime", expires_at);
  json_builder_end_object (body);

  return baton_identity_make_request ("POST", ROOT "/GenerateSecret", body);
}

BatonRequest *
baton_application_secret_make_delete (const char *organization, const char *id)
{
  g_autofree char *path = baton_identity_make_path (ROOT, organization, "secrets", id, NULL);

  return baton_identity_make_request ("DELETE", path, NULL);
}

BatonApplicationSecret *
baton_application_secret_read_added (JsonNode *answer, char **value, GError **error)
{
  JsonObject *object = baton_json_require_root_object (answer, error);
  const char *secret = NULL;
  BatonApplicationSecret *self = NULL;

  g_return_val_if_fail (value != NULL, NULL);

  if (object == NULL)
    return NULL;
  secret = baton_json_require_string (object, "secret", error);
  if (secret == NULL)
    return NULL;
  self = read_secret (object, error);
  if (self != NULL)
    *value = g_strdup (secret);

  return self;
}
