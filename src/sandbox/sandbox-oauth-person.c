/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "sandbox-jwt.h"
#include "sandbox-oauth-scope.h"
#include "sandbox-oauth.h"
#include "sandbox-html.h"
#include "sandbox-session.h"
#include "sandbox-world.h"

/* RFC 6750, 3. */
static void
refuse_bearer (SandboxRequest *request, guint status, const char *error)
{
  g_autofree char *challenge
      = error != NULL ? g_strdup_printf ("Bearer error=\"%s\"", error) : g_strdup ("Bearer");

  soup_message_headers_replace (soup_server_message_get_response_headers (request->message),
                                "WWW-Authenticate", challenge);
  sandbox_reply_empty (request, status);
}

/* RFC 6750, 2.2: the token may come in a form, too. */
static void
userinfo_cb (SandboxRequest *request)
{
  g_autoptr (SandboxForm) form = sandbox_form_new (request);
  const char *in_form = sandbox_form_get (form, "access_token");
  const char *bearer = in_form != NULL ? in_form : sandbox_request_get_bearer (request);
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_auto (SandboxToken) token = { 0 };

  if (bearer == NULL)
    refuse_bearer (request, 401, NULL);
  else if (!sandbox_token_find (request->store, bearer, &token))
    refuse_bearer (request, 401, "invalid_token");
  else if (token.person == NULL || token.kind != SANDBOX_TOKEN_APPLICATION
           || !sandbox_oauth_scope_contains (token.scopes, "openid"))
    refuse_bearer (request, 403, "insufficient_scope");
  else
    {
      builder = json_builder_new ();
      json_builder_begin_object (builder);
      sandbox_oauth_append_person (builder, token.person, token.scopes);
      json_builder_set_member_name (builder, "prt_id");
      json_builder_add_string_value (builder, SANDBOX_ORGANIZATION_KEY);
      json_builder_end_object (builder);
      node = json_builder_get_root (builder);
      sandbox_reply_node (request, 200, node);
    }
}

/* Returns: (transfer full) (nullable): the application that the hint, an id token, was made for. */
static SandboxApplication *
find_application (SandboxRequest *request, const char *hint)
{
  g_autofree char *text = hint != NULL ? sandbox_jwt_read (hint) : NULL;
  g_autoptr (JsonNode) claims = text != NULL ? baton_json_parse_text (text, -1, NULL) : NULL;
  const char *client = claims != NULL
                           ? baton_json_peek_string (baton_json_peek_root_object (claims), "aud")
                           : NULL;

  return client != NULL ? sandbox_application_find (request->store, client) : NULL;
}

/* OpenID Connect RP-Initiated Logout. The browser goes on only to where the application has
 * registered. */
static void
end_session (SandboxRequest *request, SandboxForm *parameters)
{
  g_autoptr (SandboxApplication) application
      = find_application (request, sandbox_form_get (parameters, "id_token_hint"));
  const char *address = sandbox_form_get (parameters, "post_logout_redirect_uri");
  const char *state = sandbox_form_get (parameters, "state");
  const char *client = sandbox_form_get (parameters, "client_id");

  sandbox_session_end (request);
  if (application != NULL && address != NULL
      && (client == NULL || g_str_equal (client, application->id))
      && sandbox_application_has_redirect_uri (application, address))
    {
      g_autofree char *escaped = state != NULL ? g_uri_escape_string (state, NULL, FALSE) : NULL;
      g_autofree char *location
          = escaped != NULL ? g_strdup_printf ("%s%cstate=%s", address,
                                               strchr (address, '?') != NULL ? '&' : '?', escaped)
                            : g_strdup (address);

      sandbox_html_redirect (request, 302, location);
      return;
    }
  sandbox_html_reply (request, 200, sandbox_html_begin ("You are signed out", NULL), NULL);
}

static void
get_end_session_cb (SandboxRequest *request)
{
  const char *query = g_uri_get_query (soup_server_message_get_uri (request->message));
  g_autoptr (SandboxForm) parameters
      = sandbox_form_parse (query, query != NULL ? strlen (query) : 0);

  if (parameters != NULL)
    end_session (request, parameters);
  else
    sandbox_reply_error (request, 400, 1000, "The address is encoded wrongly.");
}

static void
post_end_session_cb (SandboxRequest *request)
{
  g_autoptr (SandboxForm) parameters = sandbox_form_new (request);

  end_session (request, parameters);
}

const SandboxOperation sandbox_oauth_person_operations[] = {
  SANDBOX_OAUTH_AT ("GET", "/connect/userinfo", userinfo_cb),
  SANDBOX_OAUTH_AT ("POST", "/connect/userinfo", userinfo_cb),
  SANDBOX_OAUTH_AT ("GET", "/connect/endsession", get_end_session_cb),
  SANDBOX_OAUTH_AT ("POST", "/connect/endsession", post_end_session_cb),
  { NULL },
};
