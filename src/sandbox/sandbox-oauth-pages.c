/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-json.h"
#include "sandbox-oauth-scope.h"
#include "sandbox-oauth.h"
#include "sandbox-directory.h"
#include "sandbox-html.h"
#include "sandbox-session.h"

static void
append_note (GString *html, const char *text)
{
  sandbox_html_append_element (html, "p class=\"note bad\" role=\"alert\"", text);
}

/* @wish: (nullable): NULL where somebody came here by hand. */
static void
reply_login_page (SandboxRequest *request, SandboxWish *wish, const char *name, const char *problem)
{
  GString *html = sandbox_html_begin (_ ("Sign in"), NULL);
  g_autofree char *target = wish != NULL ? sandbox_wish_dup_target (wish) : NULL;

  if (wish != NULL)
    {
      g_autofree char *lead = g_strdup_printf (_ ("to go on to “%s”"), wish->application->name);

      sandbox_html_append_element (html, "p class=\"lead\"", lead);
    }
  if (problem != NULL)
    append_note (html, problem);
  g_string_append (html, "<form class=\"card\" method=\"post\" action=\"/identity_/web/login\">");
  if (wish != NULL)
    {
      g_autofree char *address = sandbox_wish_dup_return (wish);

      sandbox_html_append_hidden (html, "returnUrl", address);
    }
  sandbox_html_append_input (html, "user", _ ("User name or e-mail address"), "text", name);
  sandbox_html_append_input (html, "password", _ ("Password"), "password", "");
  g_string_append (html, "<div class=\"actions\">");
  sandbox_html_append_element (html, "button id=\"sign-in\" class=\"primary\"", _ ("Sign in"));
  g_string_append (html, "</div></form>");
  sandbox_html_reply (request, problem != NULL ? 400 : 200, html, target);
}

static void
show_login_cb (SandboxRequest *request)
{
  const char *address = sandbox_request_get_query (request, "returnUrl");
  g_autoptr (SandboxWish) wish = NULL;
  const char *hint = NULL;

  if (address != NULL)
    {
      wish = sandbox_wish_new_from_return (request, address);
      if (wish == NULL)
        return;
      hint = sandbox_form_get (wish->parameters, "login_hint");
    }
  reply_login_page (request, wish, hint != NULL ? hint : "", NULL);
}

static void
login_cb (SandboxRequest *request)
{
  g_autoptr (SandboxForm) form = sandbox_form_new (request);
  const char *address = sandbox_form_get (form, "returnUrl");
  const char *name = sandbox_form_get (form, "user");
  const char *password = sandbox_form_get (form, "password");
  g_autoptr (SandboxPerson) person
      = name != NULL ? sandbox_person_find (request->store, name) : NULL;
  g_autoptr (SandboxWish) wish = NULL;
  gboolean good;

  if (!sandbox_html_check_origin (request))
    return;
  if (address != NULL)
    {
      wish = sandbox_wish_new_from_return (request, address);
      if (wish == NULL)
        return;
    }

  good = person != NULL && sandbox_person_has_password (request->store, person, password);
  sandbox_directory_add_attempt (request, person, name != NULL ? name : "",
                                 !good             ? SANDBOX_ATTEMPT_WRONG
                                 : !person->active ? SANDBOX_ATTEMPT_INACTIVE
                                                   : SANDBOX_ATTEMPT_GOOD);
  if (!good || !person->active)
    {
      reply_login_page (request, wish, name != NULL ? name : "",
                        _ ("User name or password is wrong."));
      return;
    }
  sandbox_session_begin (request, person);
  sandbox_directory_audit (request->store, person, "User", "Login", person->user_name);
  sandbox_html_redirect (request, 303, address != NULL ? address : "/portal_/apiAccess");
}

static const char *
find_meaning (const char *scope)
{
  if (g_str_equal (scope, "openid"))
    return _ ("Who you are");
  if (g_str_equal (scope, "profile"))
    return _ ("Your name");
  if (g_str_equal (scope, "email"))
    return _ ("Your e-mail address");
  if (g_str_equal (scope, SANDBOX_OAUTH_SCOPE_OFFLINE))
    return _ ("Access while you are away, until you revoke it");

  for (const SandboxOauthFamily *family = sandbox_oauth_scope_get_families (); family->name != NULL;
       family++)
    {
      gsize length = strlen (family->name);

      if (strncmp (scope, family->name, length) == 0
          && (scope[length] == '\0' || scope[length] == '.'))
        return family->opens;
    }

  return "";
}

static void
show_consent_cb (SandboxRequest *request)
{
  g_autoptr (SandboxWish) wish
      = sandbox_wish_new_from_return (request, sandbox_request_get_query (request, "returnUrl"));
  g_autoptr (SandboxSession) session = NULL;
  g_autofree char *address = NULL;
  g_autofree char *target = NULL;
  g_autofree char *title = NULL;
  g_auto (GStrv) scopes = NULL;
  GString *html;

  if (wish == NULL)
    return;
  address = sandbox_wish_dup_return (wish);
  session = sandbox_session_find (request);
  if (session == NULL)
    {
      sandbox_html_redirect (request, 302, address);
      return;
    }

  title = g_strdup_printf (_ ("Allow “%s”?"), wish->application->name);
  target = sandbox_wish_dup_target (wish);
  html = sandbox_html_begin (title, session->person);
  sandbox_html_append_element (html, "p class=\"lead\"",
                               _ ("The application asks for access in your name to:"));
  g_string_append (
      html,
      "<form class=\"card\" method=\"post\" action=\"/identity_/web/consent\"><ul class=\"list\">");
  scopes = g_strsplit (wish->scopes, " ", -1);
  for (guint i = 0; scopes[i] != NULL; i++)
    {
      g_string_append (html, "<li>");
      sandbox_html_append_element (html, "code", scopes[i]);
      sandbox_html_append_element (html, "span", find_meaning (scopes[i]));
      g_string_append (html, "</li>");
    }
  g_string_append (html, "</ul>");
  sandbox_html_append_hidden (html, "returnUrl", address);
  g_string_append (html, "<div class=\"actions\">");
  sandbox_html_append_element (
      html, "button id=\"allow\" class=\"primary\" name=\"action\" value=\"allow\"", _ ("Allow"));
  sandbox_html_append_element (html, "button id=\"deny\" name=\"action\" value=\"deny\"",
                               _ ("Refuse"));
  g_string_append (html, "</div></form>");
  sandbox_html_reply (request, 200, html, target);
}

static void
consent_cb (SandboxRequest *request)
{
  g_autoptr (SandboxForm) form = sandbox_form_new (request);
  g_autoptr (SandboxSession) session = sandbox_session_find (request);
  g_autoptr (SandboxWish) wish = NULL;

  if (!sandbox_html_check_origin (request))
    return;
  wish = sandbox_wish_new_from_return (request, sandbox_form_get (form, "returnUrl"));
  if (wish == NULL)
    return;

  if (session == NULL)
    sandbox_html_redirect (request, 303, sandbox_form_get (form, "returnUrl"));
  else if (g_strcmp0 (sandbox_form_get (form, "action"), "allow") == 0)
    {
      sandbox_grant_keep_consent (request->store, session->person, wish->application->id,
                                  wish->scopes);
      sandbox_wish_reply_code (request, wish, 303);
    }
  else
    sandbox_wish_reply_error (request, wish, 303, "access_denied", "The person refused.");
}

/* What is in errorId, as reply_error_page() wrote it. Returns: (transfer full) (nullable). */
static JsonNode *
read_error (const char *id)
{
  gsize length;
  g_autofree guchar *bytes = NULL;

  if (id == NULL || *id == '\0')
    return NULL;
  bytes = g_base64_decode (id, &length);

  return baton_json_parse_text ((const char *)bytes, (gssize)length, NULL);
}

static void
show_error_cb (SandboxRequest *request)
{
  const char *code = sandbox_request_get_query (request, "errorCode");
  g_autoptr (JsonNode) root = read_error (sandbox_request_get_query (request, "errorId"));
  JsonObject *data = NULL;
  GString *html;

  if (code == NULL)
    {
      reply_login_page (request, NULL, "", NULL);
      return;
    }

  if (root != NULL)
    data = baton_json_peek_object (baton_json_peek_root_object (root), "Data");
  html = sandbox_html_begin (_ ("Something is wrong"), NULL);
  g_string_append (html, "<section class=\"card\">");
  sandbox_html_append_element (html, "p id=\"errorCode\"", code);
  if (baton_json_peek_string (data, "ErrorDescription") != NULL)
    sandbox_html_append_element (html, "p id=\"errorDescription\"",
                                 baton_json_peek_string (data, "ErrorDescription"));
  if (baton_json_peek_string (data, "RequestId") != NULL)
    sandbox_html_append_element (html, "p class=\"lead\"",
                                 baton_json_peek_string (data, "RequestId"));
  g_string_append (html, "</section>");
  sandbox_html_reply (request, 200, html, NULL);
}

const SandboxOperation sandbox_oauth_page_operations[] = {
  SANDBOX_OAUTH_AT ("GET", "/web", show_error_cb),
  SANDBOX_OAUTH_AT ("GET", "/web/login", show_login_cb),
  SANDBOX_OAUTH_AT ("POST", "/web/login", login_cb),
  SANDBOX_OAUTH_AT ("GET", "/web/consent", show_consent_cb),
  SANDBOX_OAUTH_AT ("POST", "/web/consent", consent_cb),
  { NULL },
};
