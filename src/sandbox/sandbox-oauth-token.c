/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "baton-json.h"
#include "sandbox-oauth-scope.h"
#include "sandbox-oauth.h"
#include "sandbox-secret.h"
#include "sandbox-server.h"

#define MIN_VERIFIER 43
#define MAX_VERIFIER 128

static void
reply_error (SandboxRequest *request, const char *error, const char *description)
{
  sandbox_reply_oauth_error (request, 400, error, description);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

/* @grant: (nullable): NULL where the application acts by itself. What is answered is in the store
 * before. */
static void
reply_tokens (SandboxRequest *request,
              const SandboxApplication *application,
              const SandboxGrant *grant,
              const char *scopes)
{
  const SandboxOptions *options = sandbox_server_get_options (request->server);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *access_token = NULL;

  sandbox_store_begin (request->store);
  access_token = sandbox_oauth_make_access_token (request, application, grant, scopes);
  json_builder_begin_object (builder);
  if (grant != NULL && sandbox_oauth_scope_contains (scopes, "openid"))
    {
      g_autofree char *id_token = sandbox_oauth_make_id_token (request, grant);

      add_text (builder, "id_token", id_token);
    }
  add_text (builder, "access_token", access_token);
  json_builder_set_member_name (builder, "expires_in");
  json_builder_add_int_value (builder, options->access_token_life);
  add_text (builder, "token_type", "Bearer");
  if (grant != NULL && sandbox_oauth_scope_contains (grant->scopes, SANDBOX_OAUTH_SCOPE_OFFLINE))
    {
      g_autofree char *refresh_token = sandbox_grant_issue (
          request->store, grant, SANDBOX_GRANT_REFRESH, options->refresh_token_life);

      add_text (builder, "refresh_token", refresh_token);
    }
  add_text (builder, "scope", scopes);
  json_builder_end_object (builder);
  sandbox_store_commit (request->store);

  node = json_builder_get_root (builder);
  sandbox_reply_node (request, 200, node);
}

/* Finds the grant of a code or refresh token, which is good once. One that comes again has been
 * stolen, from the client or by it: its whole family ends. Answers where it is not good. Returns:
 * (transfer full) (nullable). */
static SandboxGrant *
check_grant (SandboxRequest *request,
             const SandboxApplication *application,
             SandboxGrantKind kind,
             const char *text)
{
  g_autoptr (SandboxGrant) grant = sandbox_grant_find (request->store, kind, text);

  if (grant != NULL && g_str_equal (grant->client, application->id))
    {
      if (!grant->used)
        return g_steal_pointer (&grant);
      sandbox_grant_revoke (request->store, grant->id);
    }
  reply_error (request, "invalid_grant", NULL);

  return NULL;
}

/* RFC 7636, 4.6. */
static gboolean
is_verified (const SandboxGrant *grant, const char *verifier)
{
  g_autofree char *challenge = NULL;
  gsize length;

  if (grant->challenge == NULL || verifier == NULL)
    return grant->challenge == NULL && verifier == NULL;
  length = strlen (verifier);
  if (length < MIN_VERIFIER || length > MAX_VERIFIER)
    return FALSE;
  challenge = sandbox_secret_hash (verifier);

  return g_str_equal (challenge, grant->challenge);
}

static void
take_code (SandboxRequest *request, SandboxForm *form, const SandboxApplication *application)
{
  const char *code = sandbox_form_get (form, "code");
  const char *redirect_uri = sandbox_form_get (form, "redirect_uri");
  g_autoptr (SandboxGrant) grant = NULL;

  if (code == NULL)
    {
      reply_error (request, "invalid_request", "Missing required parameter: code");
      return;
    }
  grant = check_grant (request, application, SANDBOX_GRANT_CODE, code);
  if (grant == NULL)
    return;

  /* A code that was tried with something wrong is spent as well. */
  sandbox_grant_use (request->store, code);
  if (g_strcmp0 (redirect_uri, grant->redirect_uri) != 0
      || !is_verified (grant, sandbox_form_get (form, "code_verifier")))
    reply_error (request, "invalid_grant", NULL);
  else
    reply_tokens (request, application, grant, grant->scopes);
}

/* RFC 6749, 6: what was granted may be asked for again, whole or in part. */
static gboolean
is_within (const char *scopes, const char *granted)
{
  g_auto (GStrv) names = g_strsplit (scopes, " ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    if (!sandbox_oauth_scope_contains (granted, names[i]))
      return FALSE;

  return TRUE;
}

static void
take_refresh_token (SandboxRequest *request,
                    SandboxForm *form,
                    const SandboxApplication *application)
{
  const char *refresh_token = sandbox_form_get (form, "refresh_token");
  const char *scopes = sandbox_form_get_words (form, "scope");
  g_autoptr (SandboxGrant) grant = NULL;

  if (refresh_token == NULL)
    {
      reply_error (request, "invalid_request", "Missing required parameter: refresh_token");
      return;
    }
  grant = check_grant (request, application, SANDBOX_GRANT_REFRESH, refresh_token);
  if (grant == NULL)
    return;
  if (scopes != NULL && !is_within (scopes, grant->scopes))
    {
      reply_error (request, "invalid_scope", NULL);
      return;
    }

  /* The old one goes when the new one comes, or neither. */
  sandbox_store_begin (request->store);
  sandbox_grant_use (request->store, refresh_token);
  reply_tokens (request, application, grant, scopes != NULL ? scopes : grant->scopes);
  sandbox_store_commit (request->store);
}

static void
take_client (SandboxRequest *request, SandboxForm *form, const SandboxApplication *application)
{
  const char *scopes = sandbox_form_get_words (form, "scope");

  if (!application->confidential || *application->application_scopes == '\0')
    reply_error (request, "unauthorized_client", NULL);
  /* offline_access, too, is none that an application can have (fact sheet 2.3). */
  else if (scopes != NULL
           && !sandbox_oauth_are_granted (scopes, application->application_scopes, FALSE))
    reply_error (request, "invalid_scope", NULL);
  else
    reply_tokens (request, application, NULL,
                  scopes != NULL ? scopes : application->application_scopes);
}

static const struct
{
  const char *type;
  gboolean person; /* in somebody's name */
  void (*take) (SandboxRequest *, SandboxForm *, const SandboxApplication *);
} grants[] = {
  { "authorization_code", TRUE, take_code },
  { "refresh_token", TRUE, take_refresh_token },
  { "client_credentials", FALSE, take_client },
};

/* Answers where the form is none of OAuth's. Returns: TRUE where it is. */
static gboolean
check_form (SandboxRequest *request, SandboxForm *form, const char *needed)
{
  const char *type = soup_message_headers_get_content_type (
      soup_server_message_get_request_headers (request->message), NULL);

  if (type == NULL || g_ascii_strcasecmp (type, "application/x-www-form-urlencoded") != 0)
    reply_error (request, "invalid_request", "The body must be a form.");
  else if (sandbox_form_get_repeated (form) != NULL)
    reply_error (request, "invalid_request", "A parameter comes more than once.");
  else if (sandbox_form_get (form, needed) == NULL)
    {
      g_autofree char *description = g_strconcat ("Missing required parameter: ", needed, NULL);

      reply_error (request, "invalid_request", description);
    }
  else
    return TRUE;

  return FALSE;
}

static void
token_cb (SandboxRequest *request)
{
  g_autoptr (SandboxForm) form = sandbox_form_new (request);
  g_autoptr (SandboxApplication) application = NULL;
  const char *type;

  if (!check_form (request, form, "grant_type"))
    return;
  application = sandbox_oauth_check_client (request, form);
  if (application == NULL)
    return;

  type = sandbox_form_get (form, "grant_type");
  for (gsize i = 0; i < G_N_ELEMENTS (grants); i++)
    {
      if (!g_str_equal (grants[i].type, type))
        continue;
      if (grants[i].person && *application->user_scopes == '\0')
        reply_error (request, "unauthorized_client", NULL);
      else
        grants[i].take (request, form, application);
      return;
    }
  reply_error (request, "unsupported_grant_type", NULL);
}

/* RFC 7009: 200 also for what is unknown. A refresh token takes its family with it. */
static void
revocation_cb (SandboxRequest *request)
{
  g_autoptr (SandboxForm) form = sandbox_form_new (request);
  g_autoptr (SandboxApplication) application = NULL;
  g_autoptr (SandboxGrant) grant = NULL;
  g_auto (SandboxToken) token = { 0 };
  const char *text;

  if (!check_form (request, form, "token"))
    return;
  application = sandbox_oauth_check_client (request, form);
  if (application == NULL)
    return;

  text = sandbox_form_get (form, "token");
  grant = sandbox_grant_find (request->store, SANDBOX_GRANT_REFRESH, text);
  if (grant != NULL && g_str_equal (grant->client, application->id))
    sandbox_grant_revoke (request->store, grant->id);
  else if (sandbox_token_find (request->store, text, &token)
           && g_strcmp0 (token.client, application->id) == 0)
    sandbox_token_revoke (request->store, text);
  sandbox_reply_empty (request, 200);
}

const SandboxOperation sandbox_oauth_token_operations[] = {
  SANDBOX_OAUTH_AT ("POST", "/connect/token", token_cb),
  SANDBOX_OAUTH_AT ("POST", "/connect/revocation", revocation_cb),
  { NULL },
};
