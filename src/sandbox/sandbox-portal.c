/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-portal.h"

#include <glib/gi18n.h>

#include "sandbox-server.h"
#include "sandbox-token.h"

static const char script[] =
    "for(const b of document.querySelectorAll('[data-copy]')){b.hidden=false;b.onclick=async()=>{"
    "const f=document.getElementById(b.dataset.copy);const say=document.getElementById('said');"
    "try{await "
    "navigator.clipboard.writeText(f.value)}catch{f.focus();f.select&&f.select();document."
    "execCommand('copy')}"
    "say.textContent=b.dataset.said;const "
    "t=b.textContent;b.textContent='✓';setTimeout(()=>b.textContent=t,1200)}}";

static const SandboxPerson *
get_person (const char *name)
{
  const SandboxPerson *person = name != NULL ? sandbox_person_find (name) : NULL;

  return person != NULL ? person : sandbox_person_find (SANDBOX_USER_NAME);
}

static void
append_escaped (GString *html, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (html, escaped);
}

static void
append_head (GString *html, const char *title, const SandboxPerson *person)
{
  /* TRANSLATORS: the code of the language that you translate to, for the lang attribute of a web
   * page. */
  g_string_append_printf (
      html, "<!DOCTYPE html><html lang=\"%s\"><head><meta charset=\"utf-8\">", _ ("en"));
  g_string_append (
      html, "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>");
  append_escaped (html, title);
  g_string_append_printf (html,
                          "</title><style>%s</style></head><body><header><span class=\"mark\" "
                          "aria-hidden=\"true\">A</span>"
                          "<strong>" SANDBOX_ORGANIZATION_DISPLAY
                          "</strong><span class=\"who\">%s %s<br>%s</span></header>"
                          "<main><h1>",
                          sandbox_portal_style,
                          person->name,
                          person->surname,
                          person->email);
  append_escaped (html, title);
  g_string_append (html, "</h1>");
}

static void
append_foot (GString *html)
{
  g_string_append (html, "<footer>");
  append_escaped (html,
                  _ ("This is the sandbox of Baton: everything in it is made up, and it answers on "
                     "this computer alone. "
                     "Not affiliated with UiPath."));
  g_string_append (html, "</footer></main></body></html>");
}

static void
append_copy (GString *html, const char *id, const char *label, gboolean enabled)
{
  g_autofree char *name = g_strdup_printf (_ ("Copy %s"), label);
  g_autofree char *said = g_strdup_printf (_ ("%s copied"), label);
  g_autofree char *name_escaped = g_markup_escape_text (name, -1);
  g_autofree char *said_escaped = g_markup_escape_text (said, -1);

  g_string_append_printf (
      html,
      "<button type=\"button\" hidden data-copy=\"%s\" data-said=\"%s\" aria-label=\"%s\"%s>",
      id,
      said_escaped,
      name_escaped,
      enabled ? "" : " disabled");
  append_escaped (html, _ ("Copy"));
  g_string_append (html, "</button></div></div>");
}

static void
append_label (GString *html, const char *id, const char *label)
{
  g_string_append_printf (html, "<div class=\"field\"><label for=\"%s\">", id);
  append_escaped (html, label);
  g_string_append (html, "</label><div class=\"row\">");
}

static void
append_field (
    GString *html, const char *id, const char *label, const char *value, const char *placeholder)
{
  append_label (html, id, label);
  g_string_append_printf (
      html, "<input id=\"%s\" name=\"%s\" readonly spellcheck=\"false\" value=\"", id, id);
  append_escaped (html, value != NULL ? value : "");
  g_string_append (html, "\" placeholder=\"");
  append_escaped (html, placeholder);
  g_string_append (html, "\">");
  append_copy (html, id, label, value != NULL);
}

static void
append_tenants (GString *html)
{
  const char *label = _ ("Tenant Logical Name");

  append_label (html, "tenantLogicalName", label);
  g_string_append (html,
                   "<select id=\"tenantLogicalName\" name=\"tenantLogicalName\">"
                   "<option value=\"" SANDBOX_TENANT "\">" SANDBOX_TENANT "</option>"
                   "<option value=\"" SANDBOX_SECOND_TENANT "\">" SANDBOX_SECOND_TENANT
                   " (" SANDBOX_SECOND_TENANT_DISPLAY ")</option></select>");
  append_copy (html, "tenantLogicalName", label, TRUE);
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
                          person->user_name,
                          class,
                          action);
  append_escaped (html, label);
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
reply_page (SandboxRequest *request, GString *html)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);

  /* No other site may frame the page and have its buttons pressed. */
  soup_message_headers_replace (
      headers,
      "Content-Security-Policy",
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
      "form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  sandbox_reply_html (request, 200, html->str);
  g_string_free (html, TRUE);
}

static void
reply_access_page (SandboxRequest *request, const SandboxPerson *person)
{
  g_autofree char *user_key = sandbox_user_key_dup_current (request->store, person, NULL);
  const char *notice = get_notice (sandbox_request_get_query (request, "notice"));
  GString *html = g_string_new (NULL);

  append_head (html, _ ("API Access"), person);
  g_string_append (html, "<p class=\"lead\">");
  append_escaped (html,
                  _ ("What a program needs to call the Orchestrator API in your name. Keep the "
                     "user key secret."));
  g_string_append (html, "</p>");
  if (notice != NULL)
    {
      g_string_append (html, "<p class=\"note\" role=\"status\">");
      append_escaped (html, notice);
      g_string_append (html, "</p>");
    }

  g_string_append (html, "<section class=\"card\">");
  append_field (html, "userKey", _ ("User Key"), user_key, _ ("None: generate a new key"));
  append_field (html, "accountLogicalName", _ ("Account Logical Name"), SANDBOX_ORGANIZATION, "");
  append_tenants (html);
  append_field (html, "clientId", _ ("Client Id"), SANDBOX_CLIENT_ID, "");
  g_string_append (html, "<div class=\"actions\">");
  append_post (html, person, "generate", "primary", _ ("Generate new key"));
  g_string_append_printf (
      html,
      "<form class=\"end\" method=\"get\" action=\"apiAccess\"><input type=\"hidden\" "
      "name=\"user\" "
      "value=\"%s\"><button class=\"danger\" name=\"confirm\" value=\"revoke\"%s>",
      person->user_name,
      user_key != NULL ? "" : " disabled");
  append_escaped (html, _ ("Revoke access"));
  g_string_append (
      html, "</button></form></div></section><p id=\"said\" role=\"status\" class=\"lead\"></p>");
  g_string_append_printf (html, "<script>%s</script>", script);
  append_foot (html);

  reply_page (request, html);
}

static void
reply_confirmation (SandboxRequest *request, const SandboxPerson *person)
{
  GString *html = g_string_new (NULL);

  append_head (html, _ ("Revoke access?"), person);
  g_string_append (
      html, "<section class=\"card\" role=\"alertdialog\" aria-labelledby=\"why\"><p id=\"why\">");
  append_escaped (html,
                  _ ("This cancels all user keys that were issued to you. Every program that uses "
                     "one of them is signed out "
                     "and can not sign in again with it. This cannot be undone."));
  g_string_append (html, "</p><div class=\"actions\">");
  g_string_append_printf (
      html, "<a class=\"button\" href=\"apiAccess?user=%s\">", person->user_name);
  append_escaped (html, _ ("Cancel"));
  g_string_append (html, "</a>");
  append_post (html, person, "revoke", "danger solid", _ ("Revoke access"));
  g_string_append (html, "</div></section>");
  append_foot (html);

  reply_page (request, html);
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

/* Browsers say from which site a form came; one of another site must not press these buttons. */
static gboolean
is_same_origin (SandboxRequest *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  const char *origin = soup_message_headers_get_one (headers, "Origin");
  const char *host = soup_message_headers_get_one (headers, "Host");
  g_autofree char *own = g_strconcat ("http://", host, NULL);

  return origin == NULL || g_ascii_strcasecmp (origin, own) == 0;
}

static void
change_cb (SandboxRequest *request)
{
  g_autoptr (GBytes) bytes =
      soup_message_body_flatten (soup_server_message_get_request_body (request->message));
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (GHashTable) form = soup_form_decode (text);
  const SandboxPerson *person = get_person (g_hash_table_lookup (form, "user"));
  const char *action = g_hash_table_lookup (form, "action");
  g_autofree char *location = NULL;

  if (!is_same_origin (request))
    {
      sandbox_reply_error (request, 403, 0, "The form came from another site.");
      return;
    }

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

  /* To a page of its own, so that a reload does not send the form again. */
  soup_message_headers_replace (
      soup_server_message_get_response_headers (request->message), "Location", location);
  sandbox_reply_empty (request, 303);
}

const SandboxOperation sandbox_portal_operations[] = {
  { "GET", "/portal_/apiAccess", SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, show_cb },
  { "POST", "/portal_/apiAccess", SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, change_cb },
  { "GET", "/{organization}/portal_/apiAccess", SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, show_cb },
  { "POST",
    "/{organization}/portal_/apiAccess",
    SANDBOX_OPEN,
    SANDBOX_SCOPE_TENANT,
    NULL,
    change_cb },
  { NULL },
};
