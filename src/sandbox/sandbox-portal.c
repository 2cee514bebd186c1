/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-portal.h"

#include <glib/gi18n.h>

#include "sandbox-form.h"
#include "sandbox-html.h"
#include "sandbox-server.h"
#include "sandbox-token.h"

static const SandboxPerson *
get_person (const char *name)
{
  const SandboxPerson *person = name != NULL ? sandbox_person_find (name) : NULL;

  return person != NULL ? person : sandbox_person_find (SANDBOX_USER_NAME);
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

static void
append_post (GString *html,
             const SandboxPerson *person,
             const char *action,
             const char *class,
             const char *label)
{
  g_string_append_printf (html,
                          "<form method=\"post\" action=\"apiAccess\"><input type=\"hidden\" "
                          "name=\"user\" value=\"%s\">"
                          "<button class=\"%s\" name=\"action\" value=\"%s\">",
                          person->user_name, class, action);
  sandbox_html_append_text (html, label);
  g_string_append (html, "</button></form>");
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
  GString *html = sandbox_html_begin (_ ("API Access"), person);

  g_string_append (html, "<p class=\"lead\">");
  sandbox_html_append_text (
      html, _ ("What a program needs to call the Orchestrator API in your name. Keep the "
               "user key secret."));
  g_string_append (html, "</p>");
  if (notice != NULL)
    {
      g_string_append (html, "<p class=\"note\" role=\"status\">");
      sandbox_html_append_text (html, notice);
      g_string_append (html, "</p>");
    }

  g_string_append (html, "<section class=\"card\">");
  sandbox_html_append_field (html, "userKey", _ ("User Key"), user_key,
                             _ ("None: generate a new key"));
  sandbox_html_append_field (html, "accountLogicalName", _ ("Account Logical Name"),
                             SANDBOX_ORGANIZATION, "");
  append_tenants (html);
  sandbox_html_append_field (html, "clientId", _ ("Client Id"), SANDBOX_CLIENT_ID, "");
  g_string_append (html, "<div class=\"actions\">");
  append_post (html, person, "generate", "primary", _ ("Generate new key"));
  g_string_append_printf (
      html,
      "<form class=\"end\" method=\"get\" action=\"apiAccess\"><input type=\"hidden\" "
      "name=\"user\" "
      "value=\"%s\"><button class=\"danger\" name=\"confirm\" value=\"revoke\"%s>",
      person->user_name, user_key != NULL ? "" : " disabled");
  sandbox_html_append_text (html, _ ("Revoke access"));
  g_string_append (html, "</button></form></div></section>");
  sandbox_html_append_script (html);
  sandbox_html_reply (request, 200, html, NULL);
}

static void
reply_confirmation (SandboxRequest *request, const SandboxPerson *person)
{
  GString *html = sandbox_html_begin (_ ("Revoke access?"), person);

  g_string_append (
      html, "<section class=\"card\" role=\"alertdialog\" aria-labelledby=\"why\"><p id=\"why\">");
  sandbox_html_append_text (
      html, _ ("This cancels all user keys that were issued to you. Every program that uses "
               "one of them is signed out "
               "and can not sign in again with it. This cannot be undone."));
  g_string_append (html, "</p><div class=\"actions\">");
  g_string_append_printf (html, "<a class=\"button\" href=\"apiAccess?user=%s\">",
                          person->user_name);
  sandbox_html_append_text (html, _ ("Cancel"));
  g_string_append (html, "</a>");
  append_post (html, person, "revoke", "danger solid", _ ("Revoke access"));
  g_string_append (html, "</div></section>");
  sandbox_html_reply (request, 200, html, NULL);
}

static void
show_cb (SandboxRequest *request)
{
  const SandboxPerson *person = get_person (sandbox_request_get_query (request, "user"));

  if (g_strcmp0 (sandbox_request_get_query (request, "confirm"), "revoke") == 0)
    reply_confirmation (request, person);
  else
    reply_access_page (request, person);
}

static void
change_cb (SandboxRequest *request)
{
  g_autoptr (SandboxForm) form = sandbox_form_new (request);
  const SandboxPerson *person = get_person (sandbox_form_get (form, "user"));
  const char *action = sandbox_form_get (form, "action");
  g_autofree char *location = NULL;

  if (!sandbox_html_check_origin (request))
    return;

  if (g_strcmp0 (action, "generate") == 0)
    {
      sandbox_user_key_generate (request->store, person);
      location = g_strdup_printf ("apiAccess?user=%s&notice=generated", person->user_name);
    }
  else if (g_strcmp0 (action, "revoke") == 0)
    {
      sandbox_user_key_revoke_all (request->store, person);
      location = g_strdup_printf ("apiAccess?user=%s&notice=revoked", person->user_name);
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
