/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "baton-json.h"
#include "sandbox-application.h"
#include "sandbox-directory.h"
#include "sandbox-identity-api.h"
#include "sandbox-oauth-scope.h"
#include "sandbox-world.h"
#include "sandbox-writer.h"

#define FAMILY "PM.OAuthApp"

/* The kinds of a scope. The service's own numbers were not established (fact sheet 2.5): these are
 * the sandbox's; a scope of the catalogue that can be both has their sum. */
#define TYPE_USER 1
#define TYPE_APPLICATION 2

static void
append_scope (GString *json, const char *name, int type)
{
  g_string_append (json, json->str[json->len - 1] == '[' ? "{" : ",{");
  sandbox_identity_api_append_text (json, "name", name);
  sandbox_identity_api_append_text (json, "displayName", name);
  sandbox_identity_api_append_int (json, "type", type);
  g_string_append_c (json, '}');
}

static void
append_catalogue_scope (GString *json, const SandboxOauthFamily *family, const char *suffix)
{
  g_autofree char *name = g_strconcat (family->name, suffix, NULL);

  g_string_append (json, json->str[json->len - 1] == '[' ? "{" : ",{");
  sandbox_identity_api_append_text (json, "name", name);
  sandbox_identity_api_append_text (json, "displayName", name);
  sandbox_identity_api_append_text (json, "description", family->opens);
  sandbox_identity_api_append_int (json, "type", TYPE_USER + TYPE_APPLICATION);
  g_string_append_c (json, '}');
}

static const char *
get_display_name (const char *resource)
{
  return g_str_equal (resource, "OrchestratorApi") ? "Orchestrator API Access"
                                                   : "Platform Management API Access";
}

static void
begin_resource (GString *json, const char *resource)
{
  g_string_append (json, json->str[json->len - 1] == '[' ? "{" : "]},{");
  sandbox_identity_api_append_text (json, "name", resource);
  sandbox_identity_api_append_text (json, "displayName", get_display_name (resource));
}

static void
resources_cb (SandboxRequest *request)
{
  g_auto (SandboxToken) token = { 0 };
  const char *resource = "";
  GString *json;

  if (!sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_ANYBODY, &token))
    return;

  json = g_string_new ("[");
  for (const SandboxOauthFamily *family = sandbox_oauth_scope_get_families (); family->name != NULL;
       family++)
    {
      if (!g_str_equal (family->resource, resource))
        {
          resource = family->resource;
          begin_resource (json, resource);
          sandbox_identity_api_append_text (json, "description", get_display_name (resource));
          g_string_append (json, ",\"scopes\":[");
        }
      append_catalogue_scope (json, family, "");
      if (family->alone)
        continue;
      append_catalogue_scope (json, family, ".Read");
      append_catalogue_scope (json, family, ".Write");
    }
  g_string_append (json, "]}]");
  sandbox_reply_json (request, 200, json);
}

/* Appends those of @scopes whose names begin with @prefix. */
static void
append_scopes (GString *json, const char *scopes, const char *prefix, int type)
{
  g_auto (GStrv) names = g_strsplit (scopes, " ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_has_prefix (names[i], prefix))
      append_scope (json, names[i], type);
}

static void
append_resources (GString *json, const SandboxApplication *application)
{
  static const struct
  {
    const char *resource;
    const char *prefix;
  } resources[] = { { "OrchestratorApi", "OR." }, { "PlatformManagementApi", "PM." } };
  gboolean has_any = FALSE;

  g_string_append (json, ",\"resources\":[");
  for (gsize i = 0; i < G_N_ELEMENTS (resources); i++)
    {
      if (strstr (application->user_scopes, resources[i].prefix) == NULL
          && strstr (application->application_scopes, resources[i].prefix) == NULL)
        continue;
      has_any = TRUE;
      begin_resource (json, resources[i].resource);
      g_string_append (json, ",\"scopes\":[");
      append_scopes (json, application->user_scopes, resources[i].prefix, TYPE_USER);
      append_scopes (json, application->application_scopes, resources[i].prefix, TYPE_APPLICATION);
    }
  g_string_append (json, has_any ? "]}]" : "]");
}

static void
append_secret (GString *json, const SandboxApplicationSecret *secret, const char *value)
{
  g_string_append (json, json->str[json->len - 1] == '[' ? "{" : ",{");
  sandbox_identity_api_append_int (json, "id", secret->id);
  sandbox_identity_api_append_text (json, "description", secret->description);
  sandbox_identity_api_append_text (json, "secret", value);
  sandbox_identity_api_append_time (json, "creationTime", secret->created);
  sandbox_identity_api_append_time (json, "expiryTime", secret->expires);
  g_string_append_c (json, '}');
}

/* @secret: (nullable): told once, with the application that was made. */
static void
append_application (GString *json,
                    SandboxStore *store,
                    const SandboxApplication *application,
                    const char *secret)
{
  g_autoptr (GPtrArray) secrets = sandbox_application_list_secrets (store, application->id);

  g_string_append_c (json, '{');
  sandbox_identity_api_append_text (json, "id", application->id);
  sandbox_identity_api_append_text (json, "name", application->name);
  sandbox_identity_api_append_bool (json, "isConfidential", application->confidential);
  sandbox_identity_api_append_text (
      json, "redirectUri", *application->redirect_uris != '\0' ? application->redirect_uris : NULL);
  sandbox_identity_api_append_time (json, "creationTime", application->created);
  append_resources (json, application);
  g_string_append (json, ",\"secrets\":[");
  for (guint i = 0; i < secrets->len; i++)
    append_secret (json, secrets->pdata[i], NULL);
  g_string_append_c (json, ']');
  if (secret != NULL)
    sandbox_identity_api_append_text (json, "secret", secret);
  g_string_append_c (json, '}');
}

static void
list_cb (SandboxRequest *request)
{
  g_autoptr (GPtrArray) applications = NULL;
  g_auto (SandboxToken) token = { 0 };
  GString *json;

  if (!sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_ADMINISTRATOR, &token))
    return;

  applications = sandbox_application_list (request->store);
  json = g_string_new ("[");
  for (guint i = 0; i < applications->len; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      append_application (json, request->store, applications->pdata[i], NULL);
    }
  g_string_append_c (json, ']');
  sandbox_reply_json (request, 200, json);
}

/* Answers where there is none. */
static SandboxApplication *
find (SandboxRequest *request, const char *id)
{
  SandboxApplication *application
      = id != NULL ? sandbox_application_find (request->store, id) : NULL;

  if (application == NULL)
    sandbox_identity_api_reply_error (request, 404, "ExternalClientNotFound",
                                      "There is no such external application.");

  return application;
}

static void
reply_application (SandboxRequest *request,
                   guint status,
                   const SandboxApplication *application,
                   const char *secret)
{
  GString *json = g_string_new (NULL);

  append_application (json, request->store, application, secret);
  sandbox_reply_json (request, status, json);
}

static void
get_cb (SandboxRequest *request)
{
  g_autoptr (SandboxApplication) application = NULL;
  g_auto (SandboxToken) token = { 0 };

  if (!sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_ADMINISTRATOR, &token))
    return;
  application = find (request, sandbox_request_get_argument (request, "id"));
  if (application != NULL)
    reply_application (request, 200, application, NULL);
}

static void
add_word (GString *words, const char *word)
{
  if (words->len > 0)
    g_string_append_c (words, ' ');
  g_string_append (words, word);
}

/* Reads name, kind, redirect address and scopes of a body into @application. Answers where they do
 * not make one. */
static gboolean
read_body (SandboxRequest *request, SandboxApplication *application)
{
  JsonArray *scopes = baton_json_peek_array (request->body, "scopes");
  const char *partition = baton_json_peek_string (request->body, "partitionGlobalId");
  const char *name = baton_json_peek_string (request->body, "name");
  const char *redirect_uri = baton_json_peek_string (request->body, "redirectUri");
  g_autoptr (GString) user = g_string_new (NULL);
  g_autoptr (GString) own = g_string_new (NULL);
  const char *fault = NULL;

  for (guint i = 0; i < baton_json_length (scopes); i++)
    {
      JsonObject *scope = baton_json_peek_object_at (scopes, i);
      const char *scope_name = baton_json_peek_string (scope, "name");
      gint64 type = baton_json_peek_int (scope, "type", 0);

      if (scope_name == NULL || (type != TYPE_USER && type != TYPE_APPLICATION))
        fault = "A scope needs a name, and the type 1 (user) or 2 (application).";
      else
        add_word (type == TYPE_USER ? user : own, scope_name);
    }
  g_free (application->name);
  application->name = g_strdup (name != NULL ? name : "");
  g_free (application->redirect_uris);
  application->redirect_uris = g_strdup (redirect_uri != NULL ? redirect_uri : "");
  g_free (application->user_scopes);
  application->user_scopes = g_strdup (user->str);
  g_free (application->application_scopes);
  application->application_scopes = g_strdup (own->str);
  application->confidential
      = baton_json_peek_bool (request->body, "isConfidential", application->confidential);

  if (partition != NULL && g_ascii_strcasecmp (partition, SANDBOX_ORGANIZATION_KEY) != 0)
    fault = "partitionGlobalId is not your organization.";
  if (fault == NULL)
    fault = sandbox_application_find_fault (application);
  if (fault != NULL)
    sandbox_identity_api_reply_error (request, 400, "InvalidExternalClient", fault);

  return fault == NULL;
}

static void
create_cb (SandboxRequest *request)
{
  g_autoptr (SandboxApplication) application = g_new0 (SandboxApplication, 1);
  g_auto (SandboxToken) token = { 0 };
  g_autofree char *secret = NULL;
  gint64 secret_id;

  if (!sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_ADMINISTRATOR, &token)
      || !read_body (request, application))
    return;

  sandbox_store_begin (request->store);
  sandbox_application_save (request->store, application);
  if (application->confidential)
    secret
        = sandbox_application_add_secret (request->store, application->id, "Secret", 0, &secret_id);
  sandbox_directory_audit (request->store, token.person, "ExternalClient", "Create",
                           application->name);
  sandbox_store_commit (request->store);
  reply_application (request, 201, application, secret);
}

static void
replace_cb (SandboxRequest *request)
{
  g_autoptr (SandboxApplication) application = NULL;
  g_auto (SandboxToken) token = { 0 };

  if (!sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_ADMINISTRATOR, &token))
    return;
  application = find (request, sandbox_request_get_argument (request, "id"));
  if (application == NULL || !read_body (request, application))
    return;

  sandbox_application_save (request->store, application);
  reply_application (request, 200, application, NULL);
}

static void
delete_cb (SandboxRequest *request)
{
  g_autoptr (SandboxApplication) application = NULL;
  g_auto (SandboxToken) token = { 0 };

  if (!sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_ADMINISTRATOR, &token))
    return;
  application = find (request, sandbox_request_get_argument (request, "id"));
  if (application == NULL)
    return;

  sandbox_store_begin (request->store);
  sandbox_application_delete (request->store, application->id);
  sandbox_directory_audit (request->store, token.person, "ExternalClient", "Delete",
                           application->name);
  sandbox_store_commit (request->store);
  sandbox_reply_empty (request, 204);
}

static void
generate_secret (SandboxRequest *request, const char *id)
{
  g_autoptr (SandboxApplication) application = find (request, id);
  const char *description = baton_json_peek_string (request->body, "description");
  gint64 expires = baton_json_peek_time (request->body, "expiryTime");
  g_autoptr (GPtrArray) secrets = NULL;
  g_autofree char *value = NULL;
  GString *json;
  gint64 secret_id;

  if (application == NULL)
    return;
  if (!application->confidential)
    {
      sandbox_identity_api_reply_error (request, 400, "InvalidExternalClient",
                                        "A non-confidential application has no secrets.");
      return;
    }

  value = sandbox_application_add_secret (
      request->store, application->id, description != NULL ? description : "", expires, &secret_id);
  secrets = sandbox_application_list_secrets (request->store, application->id);
  json = g_string_new ("[");
  append_secret (json, secrets->pdata[secrets->len - 1], value);
  g_string_erase (json, 0, 1);
  sandbox_reply_json (request, 201, json);
}

/* The body of this call was not established (fact sheet 2.5). */
static void
post_secret_cb (SandboxRequest *request)
{
  g_auto (SandboxToken) token = { 0 };

  if (sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_ADMINISTRATOR, &token))
    generate_secret (request, baton_json_peek_string (request->body, "clientId"));
}

static void
get_secret_cb (SandboxRequest *request)
{
  g_auto (SandboxToken) token = { 0 };

  if (sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_ADMINISTRATOR, &token))
    generate_secret (request, sandbox_request_get_argument (request, "id"));
}

static void
delete_secret_cb (SandboxRequest *request)
{
  const char *id = sandbox_request_get_argument (request, "secretId");
  g_auto (SandboxToken) token = { 0 };
  gint64 number;

  if (!sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_ADMINISTRATOR, &token))
    return;
  if (g_ascii_string_to_signed (id, 10, 1, G_MAXINT64, &number, NULL)
      && sandbox_application_delete_secret (request->store, number))
    sandbox_reply_empty (request, 204);
  else
    sandbox_identity_api_reply_error (request, 404, "SecretNotFound", "There is no such secret.");
}

const SandboxOperation sandbox_application_api_operations[] = {
  SANDBOX_IDENTITY_API ("GET", "ExternalApiResource", resources_cb),
  SANDBOX_IDENTITY_API ("POST", "ExternalClient/GenerateSecret", post_secret_cb),
  SANDBOX_IDENTITY_API ("POST", "ExternalClient", create_cb),
  SANDBOX_IDENTITY_API ("GET", "ExternalClient/{p}", list_cb),
  SANDBOX_IDENTITY_API ("DELETE", "ExternalClient/{p}/secrets/{secretId}", delete_secret_cb),
  SANDBOX_IDENTITY_API ("GET", "ExternalClient/{p}/{id}/GenerateSecret", get_secret_cb),
  SANDBOX_IDENTITY_API ("GET", "ExternalClient/{p}/{id}", get_cb),
  SANDBOX_IDENTITY_API ("PUT", "ExternalClient/{p}/{id}", replace_cb),
  SANDBOX_IDENTITY_API ("DELETE", "ExternalClient/{p}/{id}", delete_cb),
  { NULL },
};
