/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "sandbox-body.h"
#include "sandbox-clock.h"
#include "sandbox-directory.h"
#include "sandbox-identity-api.h"
#include "sandbox-oauth-scope.h"
#include "sandbox-reference-token.h"

/* That these are the calls of personal access tokens is known, their bodies are not (fact sheet
 * 2.4): the members are named as those of external applications are. */

#define FAMILY "PM.User"
/* Without an expiry of its own. */
#define DEFAULT_LIFE (90 * G_TIME_SPAN_DAY)

/* @value: (nullable): told once. */
static void
append_token (GString *json, const SandboxReferenceToken *reference, const char *value)
{
  g_auto (GStrv) scopes = g_strsplit (reference->scopes, " ", -1);
  g_autofree char *list = g_strjoinv ("\",\"", scopes);

  g_string_append_c (json, '{');
  sandbox_identity_api_append_text (json, "id", reference->id);
  sandbox_identity_api_append_text (json, "name", reference->name);
  if (reference->person != NULL)
    sandbox_identity_api_append_text (json, "userId", reference->person->key);
  g_string_append_printf (json, ",\"scopes\":[\"%s\"]", list);
  sandbox_identity_api_append_time (json, "creationTime", reference->created);
  sandbox_identity_api_append_time (json, "expiryTime", reference->expires);
  if (value != NULL)
    sandbox_identity_api_append_text (json, "token", value);
  g_string_append_c (json, '}');
}

static void
reply_token (SandboxRequest *request,
             guint status,
             const SandboxReferenceToken *reference,
             const char *value)
{
  GString *json = g_string_new (NULL);

  append_token (json, reference, value);
  sandbox_reply_json (request, status, json);
}

static void
reply_list (SandboxRequest *request, const SandboxPerson *person)
{
  g_autoptr (GPtrArray) tokens = sandbox_reference_token_list (request->store, person);
  GString *json = g_string_new ("[");

  for (guint i = 0; i < tokens->len; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      append_token (json, tokens->pdata[i], NULL);
    }
  g_string_append_c (json, ']');
  sandbox_reply_json (request, 200, json);
}

static void
list_cb (SandboxRequest *request)
{
  g_auto (SandboxToken) token = { 0 };

  if (sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_PERSON, &token))
    reply_list (request, token.person);
}

static void
list_all_cb (SandboxRequest *request)
{
  g_auto (SandboxToken) token = { 0 };

  if (sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_ADMINISTRATOR, &token))
    reply_list (request, NULL);
}

/* Answers where it is unknown, or somebody else's. */
static SandboxReferenceToken *
find (SandboxRequest *request, const SandboxToken *token)
{
  g_autoptr (SandboxReferenceToken) reference = sandbox_reference_token_find (
      request->store, sandbox_request_get_argument (request, "referenceTokenId"));

  if (reference != NULL && sandbox_person_is (reference->person, token->person))
    return g_steal_pointer (&reference);

  sandbox_identity_api_reply_error (request, 404, "ReferenceTokenNotFound",
                                    "There is no such personal access token.");

  return NULL;
}

static char *
read_scopes (JsonArray *scopes)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < baton_json_length (scopes); i++)
    {
      const char *scope = baton_json_peek_string_at (scopes, i);

      if (scope == NULL || !sandbox_oauth_scope_is_known (scope))
        {
          g_string_free (all, TRUE);
          return NULL;
        }
      g_string_append_printf (all, "%s%s", i > 0 ? " " : "", scope);
    }

  return g_string_free (all, FALSE);
}

/* Reads what the body has of name, scopes and expiry. Answers where that is no token. */
static gboolean
read_body (SandboxRequest *request, SandboxReferenceToken *reference)
{
  const char *name = baton_json_peek_string (request->body, "name");
  JsonArray *scopes = baton_json_peek_array (request->body, "scopes");
  gint64 expires = baton_json_peek_time (request->body, "expiryTime");
  const char *fault = NULL;

  if (name != NULL)
    {
      g_free (reference->name);
      reference->name = g_strdup (name);
    }
  if (scopes != NULL)
    {
      g_free (reference->scopes);
      reference->scopes = read_scopes (scopes);
    }
  /* What is no time is long past. */
  if (sandbox_body_has (request->body, "expiryTime"))
    reference->expires = expires;

  if (reference->name == NULL || *reference->name == '\0')
    fault = "The token needs a name.";
  else if (g_utf8_strlen (reference->name, -1) > SANDBOX_REFERENCE_TOKEN_MAX_NAME)
    fault = "The name of the token is too long.";
  else if (reference->scopes == NULL || *reference->scopes == '\0')
    fault = "The token needs scopes that exist.";
  else if (reference->expires <= sandbox_clock_now ())
    fault = "The token must expire in the future.";
  if (fault != NULL)
    sandbox_identity_api_reply_error (request, 400, "InvalidReferenceToken", fault);

  return fault == NULL;
}

static void
create_cb (SandboxRequest *request)
{
  g_autoptr (SandboxReferenceToken) reference = g_new0 (SandboxReferenceToken, 1);
  g_auto (SandboxToken) token = { 0 };
  g_autofree char *value = NULL;

  if (!sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_PERSON, &token))
    return;
  reference->person = sandbox_person_ref (token.person);
  reference->expires = sandbox_clock_now () + DEFAULT_LIFE;
  if (!read_body (request, reference))
    return;

  value = sandbox_reference_token_create (request->store, reference);
  sandbox_directory_audit (request->store, token.person, "ReferenceToken", "Create",
                           reference->name);
  reply_token (request, 201, reference, value);
}

static void
get_cb (SandboxRequest *request)
{
  g_autoptr (SandboxReferenceToken) reference = NULL;
  g_auto (SandboxToken) token = { 0 };

  if (!sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_PERSON, &token))
    return;
  reference = find (request, &token);
  if (reference != NULL)
    reply_token (request, 200, reference, NULL);
}

/* "regenerate": true gives it another value as well. */
static void
replace_cb (SandboxRequest *request)
{
  g_autoptr (SandboxReferenceToken) reference = NULL;
  g_auto (SandboxToken) token = { 0 };
  g_autofree char *value = NULL;

  if (!sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_PERSON, &token))
    return;
  reference = find (request, &token);
  if (reference == NULL || !read_body (request, reference))
    return;

  sandbox_store_begin (request->store);
  sandbox_reference_token_update (request->store, reference);
  if (baton_json_peek_bool (request->body, "regenerate", FALSE))
    value = sandbox_reference_token_regenerate (request->store, reference->id);
  sandbox_store_commit (request->store);
  reply_token (request, 200, reference, value);
}

static void
delete_cb (SandboxRequest *request)
{
  g_autoptr (SandboxReferenceToken) reference = NULL;
  g_auto (SandboxToken) token = { 0 };

  if (!sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_PERSON, &token))
    return;
  reference = find (request, &token);
  if (reference == NULL)
    return;

  sandbox_reference_token_revoke (request->store, reference->id);
  sandbox_directory_audit (request->store, token.person, "ReferenceToken", "Revoke",
                           reference->name);
  sandbox_reply_empty (request, 204);
}

/* By its value, in the body or in the address. */
static void
revoke_cb (SandboxRequest *request)
{
  const char *value = baton_json_peek_string (request->body, "token");
  g_auto (SandboxToken) token = { 0 };
  g_auto (SandboxToken) revoked = { 0 };

  if (!sandbox_identity_api_check (request, FAMILY, SANDBOX_IDENTITY_PERSON, &token))
    return;
  if (value == NULL)
    value = sandbox_request_get_query (request, "token");
  if (value != NULL && sandbox_reference_token_find_value (request->store, value, &revoked)
      && sandbox_person_is (revoked.person, token.person))
    {
      sandbox_reference_token_revoke (request->store, revoked.grant);
      sandbox_reply_empty (request, 204);
      return;
    }
  sandbox_identity_api_reply_error (request, 404, "ReferenceTokenNotFound",
                                    "There is no such personal access token.");
}

const SandboxOperation sandbox_reference_token_api_operations[] = {
  SANDBOX_IDENTITY_API ("GET", "ReferenceToken", list_cb),
  SANDBOX_IDENTITY_API ("POST", "ReferenceToken", create_cb),
  SANDBOX_IDENTITY_API ("DELETE", "ReferenceToken/Revoke", revoke_cb),
  SANDBOX_IDENTITY_API ("GET", "ReferenceToken/partition/{p}", list_all_cb),
  SANDBOX_IDENTITY_API ("GET", "ReferenceToken/{referenceTokenId}", get_cb),
  SANDBOX_IDENTITY_API ("PUT", "ReferenceToken/{referenceTokenId}", replace_cb),
  SANDBOX_IDENTITY_API ("DELETE", "ReferenceToken/{referenceTokenId}", delete_cb),
  { NULL },
};
