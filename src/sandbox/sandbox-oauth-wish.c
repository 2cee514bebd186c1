/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "baton-json.h"
#include "sandbox-clock.h"
#include "sandbox-line.h"
#include "sandbox-oauth-scope.h"
#include "sandbox-oauth.h"
#include "sandbox-html.h"
#include "sandbox-secret.h"
#include "sandbox-server.h"
#include "sandbox-session.h"

#define AUTHORIZE "/identity_/connect/authorize"
/* Seconds. As long as the whole grant where that is shorter. */
#define CODE_LIFE 300
/* Of a SHA-256 in base64url. */
#define CHALLENGE_LENGTH 43
/* From the year 1 to 1970 in units of 100 ns, as .NET counts. */
#define UNIX_TICKS G_GINT64_CONSTANT (621355968000000000)

void
sandbox_wish_free (SandboxWish *self)
{
  if (self == NULL)
    return;

  sandbox_form_free (self->parameters);
  sandbox_application_free (self->application);
  g_free (self);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value != NULL ? value : "");
}

/* Identity keeps the browser on a page of its own, in shapes that people paste (fact sheet 2.3). */
static void
reply_error_page (SandboxRequest *request,
                  SandboxForm *parameters,
                  const char *error,
                  const char *description)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *request_id = sandbox_secret_make_guid ();
  g_autofree char *text = NULL;
  g_autofree char *encoded = NULL;
  g_autofree char *id = NULL;
  g_autofree char *location = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "Created");
  json_builder_add_int_value (builder, UNIX_TICKS + sandbox_clock_now () * 10);
  json_builder_set_member_name (builder, "Data");
  json_builder_begin_object (builder);
  add_text (builder, "Error", error);
  add_text (builder, "ErrorDescription", description);
  add_text (builder, "ClientId",
            parameters != NULL ? sandbox_form_get (parameters, "client_id") : "");
  add_text (builder, "RedirectUri",
            parameters != NULL ? sandbox_form_get (parameters, "redirect_uri") : "");
  add_text (builder, "RequestId", request_id);
  add_text (builder, "ActivityId", request_id);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  text = baton_json_to_text (node, FALSE);
  encoded = g_base64_encode ((const guchar *)text, strlen (text));
  id = g_uri_escape_string (encoded, NULL, FALSE);
  location = g_strdup_printf ("/identity_/web/?errorCode=%s&errorId=%s", error, id);
  sandbox_html_redirect (request, 302, location);
}

/* OpenID Connect Core, 6.1 and 6.2: what is not done here is refused, lest it is thought to count. */
static const char *
find_unsupported (SandboxForm *parameters)
{
  static const struct
  {
    const char *name;
    const char *error;
  } parts[] = { { "request", "request_not_supported" },
                { "request_uri", "request_uri_not_supported" },
                { "registration", "registration_not_supported" } };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (sandbox_form_get (parameters, parts[i].name) != NULL)
      return parts[i].error;

  return NULL;
}

/* Core, 3.1.2.1. Returns: FALSE where "prompt" or "max_age" cannot be met. */
static gboolean
read_visit (SandboxWish *self)
{
  const char *max_age = sandbox_form_get (self->parameters, "max_age");

  self->max_age = -1;
  if (max_age != NULL
      && !g_ascii_string_to_signed (max_age, 10, 0, G_MAXINT32, &self->max_age, NULL))
    return FALSE;

  return !sandbox_oauth_scope_contains (self->prompt, "none")
         || g_str_equal (self->prompt, "none");
}

/* Returns: TRUE where it is in order; else @error and @description say what is wrong. */
static gboolean
check_protocol (SandboxWish *self, const char **error, const char **description)
{
  const char *type = sandbox_form_get (self->parameters, "response_type");
  const char *mode = sandbox_form_get (self->parameters, "response_mode");
  const char *method = sandbox_form_get (self->parameters, "code_challenge_method");
  const char *unsupported = find_unsupported (self->parameters);

  *error = "invalid_request";
  if (unsupported != NULL)
    {
      *error = unsupported;
      *description = "A parameter is not supported here.";
    }
  else if (!read_visit (self))
    *description = "The prompt or the max_age is not valid.";
  else if (type == NULL || !g_str_equal (type, "code"))
    {
      *error = "unsupported_response_type";
      *description = "The response_type must be code.";
    }
  else if (mode != NULL && !g_str_equal (mode, "query"))
    *description = "The response_mode must be query.";
  else if (*self->application->user_scopes == '\0')
    {
      *error = "unauthorized_client";
      *description = "The application has no user scopes, so that nobody can sign in to it.";
    }
  else if (self->challenge == NULL && !self->application->confidential)
    *description = "code challenge required";
  else if (self->challenge != NULL && g_strcmp0 (method, "S256") != 0)
    *description = "The code_challenge_method must be S256.";
  else if (self->challenge != NULL && strlen (self->challenge) != CHALLENGE_LENGTH)
    *description = "The code_challenge is no SHA-256 in base64url.";
  else if (self->scopes == NULL)
    *description = "The scope is missing.";
  else if (!sandbox_oauth_are_granted (self->scopes, self->application->user_scopes, TRUE))
    {
      *error = "invalid_scope";
      *description = "A scope does not exist, or the application was not given it as a user scope.";
    }
  else
    return TRUE;

  return FALSE;
}

/* What comes before there is an application that an error could be told to. */
static gboolean
check_client (SandboxRequest *request,
              SandboxWish *self,
              const char **error,
              const char **description)
{
  const char *client = sandbox_form_get (self->parameters, "client_id");
  const char *repeated = sandbox_form_get_repeated (self->parameters);

  *error = "invalid_request";
  if (repeated != NULL)
    *description = "A parameter comes more than once.";
  else if (client == NULL)
    *description = "The client_id is missing.";
  else if ((self->application = sandbox_application_find (request->store, client)) == NULL)
    {
      *error = "unauthorized_client";
      *description = "There is no such application.";
    }
  else if (self->redirect_uri == NULL)
    *description = "The redirect_uri is missing.";
  else if (!sandbox_application_has_redirect_uri (self->application, self->redirect_uri))
    *description = "Invalid redirect_uri";
  else
    return TRUE;

  return FALSE;
}

SandboxWish *
sandbox_wish_new (SandboxRequest *request, SandboxForm *parameters)
{
  g_autoptr (SandboxWish) self = NULL;
  const char *error, *description;

  g_return_val_if_fail (request != NULL, NULL);

  if (parameters == NULL)
    {
      reply_error_page (request, NULL, "invalid_request", "The address is encoded wrongly.");
      return NULL;
    }

  self = g_new0 (SandboxWish, 1);
  self->parameters = parameters;
  self->redirect_uri = sandbox_form_get (parameters, "redirect_uri");
  self->scopes = sandbox_form_get_words (parameters, "scope");
  self->state = sandbox_form_get (parameters, "state");
  self->nonce = sandbox_form_get (parameters, "nonce");
  self->challenge = sandbox_form_get (parameters, "code_challenge");
  self->prompt = sandbox_form_get (parameters, "prompt");
  if (self->prompt == NULL)
    self->prompt = "";
  if (check_client (request, self, &error, &description)
      && check_protocol (self, &error, &description))
    return g_steal_pointer (&self);

  reply_error_page (request, parameters, error, description);

  return NULL;
}

SandboxWish *
sandbox_wish_new_from_return (SandboxRequest *request, const char *return_url)
{
  const char *query;

  g_return_val_if_fail (request != NULL, NULL);

  /* Nowhere else: the page would send people to any site. */
  if (return_url == NULL || !g_str_has_prefix (return_url, AUTHORIZE "?"))
    {
      sandbox_reply_error (request, 400, 1000, "The returnUrl leads elsewhere.");
      return NULL;
    }
  query = return_url + strlen (AUTHORIZE "?");

  return sandbox_wish_new (request, sandbox_form_parse (query, strlen (query)));
}

char *
sandbox_wish_dup_target (const SandboxWish *self)
{
  g_autoptr (GUri) uri = NULL;
  const char *scheme;

  g_return_val_if_fail (self != NULL, NULL);

  uri = g_uri_parse (self->redirect_uri, G_URI_FLAGS_NONE, NULL);
  scheme = uri != NULL ? g_uri_get_scheme (uri) : "http";
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return g_strdup_printf ("%s:", scheme);

  return sandbox_line_dup_origin (uri);
}

static void
append_parameter (GString *address, const char *name, const char *value)
{
  g_autofree char *escaped = NULL;

  if (value == NULL)
    return;
  escaped = g_uri_escape_string (value, NULL, FALSE);
  g_string_append_printf (address, "%c%s=%s", strchr (address->str, '?') != NULL ? '&' : '?', name,
                          escaped);
}

char *
sandbox_wish_dup_return (const SandboxWish *self)
{
  /* "prompt" and "max_age" are what was asked of this visit. */
  static const char *const names[]
      = { "client_id", "redirect_uri", "response_type",  "response_mode",         "scope",
          "state",     "nonce",        "code_challenge", "code_challenge_method", "acr_values",
          "login_hint" };
  GString *address = g_string_new (AUTHORIZE);

  g_return_val_if_fail (self != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    append_parameter (address, names[i], sandbox_form_get (self->parameters, names[i]));
  if (sandbox_oauth_scope_contains (self->prompt, "consent"))
    append_parameter (address, "prompt", "consent");

  return g_string_free (address, FALSE);
}

/* OpenID Connect Session Management, 3.2: what changes when somebody else signs in. Returns:
 * (transfer full). */
static char *
make_session_state (const SandboxWish *self, const SandboxSession *session)
{
  g_autofree char *origin = sandbox_wish_dup_target (self);
  g_autofree char *salt = sandbox_secret_make (16);
  g_autofree char *text = g_strconcat (self->application->id, origin, session->id, salt, NULL);
  g_autofree char *hash = sandbox_secret_hash (text);

  return g_strconcat (hash, ".", salt, NULL);
}

void
sandbox_wish_reply_code (SandboxRequest *request, const SandboxWish *self, guint status)
{
  g_autoptr (SandboxSession) session = sandbox_session_find (request);
  g_autoptr (SandboxGrant) grant = g_new0 (SandboxGrant, 1);
  const SandboxOptions *options = sandbox_server_get_options (request->server);
  g_autofree char *code = NULL;
  g_autofree char *session_state = NULL;
  g_autoptr (GString) address = NULL;

  g_return_if_fail (session != NULL);

  grant->client = g_strdup (self->application->id);
  grant->person = sandbox_person_ref (session->person);
  grant->scopes = g_strdup (self->scopes);
  grant->redirect_uri = g_strdup (self->redirect_uri);
  grant->challenge = g_strdup (self->challenge);
  grant->nonce = g_strdup (self->nonce);
  grant->session = g_strdup (session->id);
  grant->signed_in = session->signed_in;
  grant->ends = sandbox_clock_now () + (gint64)options->refresh_token_life * G_USEC_PER_SEC;
  sandbox_store_begin (request->store);
  sandbox_grant_begin (request->store, grant);
  code = sandbox_grant_issue (request->store, grant, SANDBOX_GRANT_CODE, CODE_LIFE);
  sandbox_store_commit (request->store);

  session_state = make_session_state (self, session);
  address = g_string_new (self->redirect_uri);
  append_parameter (address, "code", code);
  append_parameter (address, "scope", self->scopes);
  append_parameter (address, "state", self->state);
  append_parameter (address, "session_state", session_state);
  sandbox_html_redirect (request, status, address->str);
}

void
sandbox_wish_reply_error (SandboxRequest *request,
                          const SandboxWish *self,
                          guint status,
                          const char *error,
                          const char *description)
{
  g_autoptr (GString) address = g_string_new (self->redirect_uri);

  append_parameter (address, "error", error);
  append_parameter (address, "error_description", description);
  append_parameter (address, "state", self->state);
  sandbox_html_redirect (request, status, address->str);
}
