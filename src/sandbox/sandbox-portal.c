/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-portal.h"

#include <glib/gi18n.h>

#include "sandbox-form.h"
#include "sandbox-html.h"
#include "sandbox-oauth-scope.h"
#include "sandbox-session.h"
#include "sandbox-token.h"
#include "sandbox-world.h"

/* The pages, as they are named at the top of each. */
static const struct
{
  const char *page;
  const char *name;
} pages[] = {
  { "apiAccess", N_ ("API Access") },
  { "personalAccessToken", N_ ("Personal Access Tokens") },
  { "externalApps", N_ ("External Applications") },
};

SandboxPerson *
sandbox_portal_find_person (SandboxRequest *request, const char *name)
{
  SandboxPerson *person
      = name != NULL ? sandbox_person_find_active (request->store, name) : NULL;
  g_autoptr (SandboxSession) session = NULL;

  if (person != NULL)
    return person;
  session = sandbox_session_find (request);
  if (session != NULL)
    return g_steal_pointer (&session->person);

  person = sandbox_person_find_active (request->store, SANDBOX_USER_NAME);
  if (person == NULL)
    sandbox_html_redirect (request, 302, "/identity_/web/login");

  return person;
}

char *
sandbox_portal_make_link (const char *page, const SandboxPerson *person, const char *more)
{
  g_autofree char *user = g_uri_escape_string (person->user_name, NULL, FALSE);

  return g_strconcat (page, "?user=", user, more != NULL ? "&" : NULL, more, NULL);
}

GString *
sandbox_portal_begin (const char *title, const SandboxPerson *person, const char *current)
{
  GString *html = sandbox_html_begin (title, person);

  g_string_append (html, "<nav>");
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *link = sandbox_portal_make_link (pages[i].page, person, NULL);
      g_autofree char *open
          = g_strdup_printf ("a href=\"%s\"%s", link,
                             g_str_equal (pages[i].page, current) ? " aria-current=\"page\"" : "");

      sandbox_html_append_element (html, open, _ (pages[i].name));
    }
  g_string_append (html, "</nav>");

  return html;
}

/* A form of one button. @id: (nullable). */
static void
append_form (GString *html,
             const char *method,
             const SandboxPerson *person,
             const char *page,
             const char *id,
             const char *button,
             const char *label)
{
  g_string_append_printf (html, "<form method=\"%s\" action=\"%s\">", method, page);
  sandbox_html_append_hidden (html, "user", person->user_name);
  if (id != NULL)
    sandbox_html_append_hidden (html, "id", id);
  sandbox_html_append_element (html, button, label);
  g_string_append (html, "</form>");
}

void
sandbox_portal_append_button (GString *html,
                              const SandboxPerson *person,
                              const char *page,
                              const char *action,
                              const char *id,
                              const char *class,
                              const char *label)
{
  g_autofree char *button
      = g_strdup_printf ("button class=\"%s\" name=\"action\" value=\"%s\"", class, action);

  append_form (html, "post", person, page, id, button, label);
}

void
sandbox_portal_append_ask (GString *html,
                           const SandboxPerson *person,
                           const char *page,
                           const char *action,
                           const char *id,
                           const char *class,
                           const char *label)
{
  g_autofree char *button
      = g_strdup_printf ("button class=\"%s\" name=\"confirm\" value=\"%s\"", class, action);

  append_form (html, "get", person, page, id, button, label);
}

void
sandbox_portal_reply_question (SandboxRequest *request,
                               const SandboxPerson *person,
                               const SandboxPortalQuestion *question)
{
  GString *html = sandbox_portal_begin (question->title, person, question->page);
  g_autofree char *link = sandbox_portal_make_link (question->page, person, NULL);
  g_autofree char *back = g_strdup_printf ("a class=\"button\" href=\"%s\"", link);

  g_string_append (html, "<section class=\"card\" role=\"alertdialog\" aria-labelledby=\"why\">");
  sandbox_html_append_element (html, "p id=\"why\"", question->text);
  g_string_append (html, "<div class=\"actions\">");
  sandbox_html_append_element (html, back, _ ("Cancel"));
  sandbox_portal_append_button (html, person, question->page, question->action, question->id,
                                "danger solid", question->label);
  g_string_append (html, "</div></section>");
  sandbox_html_reply (request, 200, html, NULL);
}

void
sandbox_portal_append_scopes (GString *html)
{
  g_string_append (html, "<fieldset><legend>");
  sandbox_html_append_text (html, _ ("Scopes"));
  g_string_append (html, "</legend><label class=\"box\"><input type=\"checkbox\" name=\"read\" "
                         "value=\"1\">");
  sandbox_html_append_text (html, _ ("Reading only"));
  g_string_append (html, "</label><div class=\"boxes\">");
  for (const SandboxOauthFamily *family = sandbox_oauth_scope_get_families (); family->name != NULL;
       family++)
    {
      g_string_append_printf (
          html,
          "<label class=\"box\"><input type=\"checkbox\" name=\"scope\" value=\"%s\"><code>%s"
          "</code><span>",
          family->name, family->name);
      sandbox_html_append_text (html, family->opens);
      g_string_append (html, "</span></label>");
    }
  g_string_append (html, "</div></fieldset>");
}

char *
sandbox_portal_read_scopes (SandboxForm *form)
{
  g_autoptr (GPtrArray) names = sandbox_form_list (form, "scope");
  gboolean reading = sandbox_form_get (form, "read") != NULL;
  GString *scopes = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    {
      gboolean alone = g_str_equal (names->pdata[i], SANDBOX_OAUTH_SCOPE_DEFAULT);

      g_string_append_printf (scopes, "%s%s%s", i > 0 ? " " : "", (const char *)names->pdata[i],
                              reading && !alone ? ".Read" : "");
      /* As in the vendor's dialog, the whole of a family is its parts as well. */
      if (!reading && !alone)
        g_string_append_printf (scopes, " %s.Read %s.Write", (const char *)names->pdata[i],
                                (const char *)names->pdata[i]);
    }

  return g_string_free (scopes, FALSE);
}

void
sandbox_portal_append_long (GString *html, const char *summary, const char *text)
{
  g_string_append (html, "<details>");
  sandbox_html_append_element (html, "summary", summary);
  sandbox_html_append_element (html, "p class=\"scopes\"", text);
  g_string_append (html, "</details>");
}

void
sandbox_portal_append_note (GString *html, const char *text, gboolean bad)
{
  if (text != NULL)
    sandbox_html_append_element (
        html, bad ? "p class=\"note bad\" role=\"alert\"" : "p class=\"note\" role=\"status\"",
        text);
}

static void
append_tenants (GString *html)
{
  const char *label = _ ("Tenant Logical Name");

  sandbox_html_append_label (html, "tenantLogicalName", label);
  g_string_append (html, "<select id=\"tenantLogicalName\" name=\"tenantLogicalName\">"
                         "<option value=\"" SANDBOX_TENANT "\">" SANDBOX_TENANT "</option>"
                         "<option value=\"" SANDBOX_SECOND_TENANT "\">" SANDBOX_SECOND_TENANT
                         " (" SANDBOX_SECOND_TENANT_DISPLAY ")</option></select>");
  sandbox_html_append_copy (html, "tenantLogicalName", label, TRUE);
}

static const char *
get_notice (const char *notice)
{
  if (g_strcmp0 (notice, "generated") == 0)
    return _ ("A new user key was generated. Keys that were generated before it still work.");
  if (g_strcmp0 (notice, "revoked") == 0)
    return _ ("Access was revoked. Programs that used a user key of yours can no longer sign in.");

  return NULL;
}

static void
reply_access_page (SandboxRequest *request, const SandboxPerson *person)
{
  g_autofree char *user_key = sandbox_user_key_dup_current (request->store, person, NULL);
  const char *notice = get_notice (sandbox_request_get_query (request, "notice"));
  GString *html = sandbox_portal_begin (_ ("API Access"), person, "apiAccess");

  g_string_append (html, "<p class=\"lead\">");
  sandbox_html_append_text (
      html, _ ("What a program needs to call the Orchestrator API in your name. Keep the "
               "user key secret."));
  g_string_append (html, "</p>");
  sandbox_portal_append_note (html, notice, FALSE);

  g_string_append (html, "<section class=\"card\">");
  sandbox_html_append_field (html, "userKey", _ ("User Key"), user_key,
                             _ ("None: generate a new key"));
  sandbox_html_append_field (html, "accountLogicalName", _ ("Account Logical Name"),
                             SANDBOX_ORGANIZATION, "");
  append_tenants (html);
  sandbox_html_append_field (html, "clientId", _ ("Client Id"), SANDBOX_CLIENT_ID, "");
  g_string_append (html, "<div class=\"actions\">");
  sandbox_portal_append_button (html, person, "apiAccess", "generate", NULL, "primary",
                                _ ("Generate new key"));
  g_string_append (html, "<form class=\"end\" method=\"get\" action=\"apiAccess\">");
  sandbox_html_append_hidden (html, "user", person->user_name);
  g_string_append_printf (html, "<button class=\"danger\" name=\"confirm\" value=\"revoke\"%s>",
                          user_key != NULL ? "" : " disabled");
  sandbox_html_append_text (html, _ ("Revoke access"));
  g_string_append (html, "</button></form></div></section>");
  sandbox_html_append_script (html);
  sandbox_html_reply (request, 200, html, NULL);
}

static void
show_cb (SandboxRequest *request)
{
  g_autoptr (SandboxPerson) person
      = sandbox_portal_find_person (request, sandbox_request_get_query (request, "user"));

  if (person == NULL)
    return;
  if (g_strcmp0 (sandbox_request_get_query (request, "confirm"), "revoke") == 0)
    sandbox_portal_reply_question (
        request, person,
        &(SandboxPortalQuestion){
            .page = "apiAccess",
            .title = _ ("Revoke access?"),
            .text
            = _ ("This cancels all user keys that were issued to you. Every program that uses "
                 "one of them is signed out "
                 "and can not sign in again with it. This cannot be undone."),
            .action = "revoke",
            .label = _ ("Revoke access") });
  else
    reply_access_page (request, person);
}

static void
change_cb (SandboxRequest *request)
{
  g_autoptr (SandboxForm) form = sandbox_form_new (request);
  g_autoptr (SandboxPerson) person = NULL;
  const char *action = sandbox_form_get (form, "action");
  g_autofree char *location = NULL;

  if (!sandbox_html_check_origin (request)
      || (person = sandbox_portal_find_person (request, sandbox_form_get (form, "user"))) == NULL)
    return;

  if (g_strcmp0 (action, "generate") == 0)
    {
      sandbox_user_key_generate (request->store, person);
      location = sandbox_portal_make_link ("apiAccess", person, "notice=generated");
    }
  else if (g_strcmp0 (action, "revoke") == 0)
    {
      sandbox_user_key_revoke_all (request->store, person);
      location = sandbox_portal_make_link ("apiAccess", person, "notice=revoked");
    }
  else
    {
      sandbox_reply_error (request, 400, 1000, "The form has no known action.");
      return;
    }

  sandbox_html_redirect (request, 303, location);
}

const SandboxOperation sandbox_portal_operations[] = {
  { "GET", "/portal_/apiAccess", SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, show_cb },
  { "POST", "/portal_/apiAccess", SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, change_cb },
  { "GET", "/{organization}/portal_/apiAccess", SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, show_cb },
  { "POST", "/{organization}/portal_/apiAccess", SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL,
    change_cb },
  { NULL },
};
