/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-html.h"

#include <glib/gi18n.h>

#include "sandbox-world.h"

static const char script[]
    = "for(const b of document.querySelectorAll('[data-copy]')){b.hidden=false;b.onclick=async()=>{"
      "const f=document.getElementById(b.dataset.copy);const say=document.getElementById('said');"
      "try{await "
      "navigator.clipboard.writeText(f.value)}catch{f.focus();f.select&&f.select();document."
      "execCommand('copy')}"
      "say.textContent=b.dataset.said;const "
      "t=b.textContent;b.textContent='✓';setTimeout(()=>b.textContent=t,1200)}}";

void
sandbox_html_append_text (GString *html, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (html, escaped);
}

void
sandbox_html_append_element (GString *html, const char *open, const char *text)
{
  g_autofree char *name = g_strndup (open, strcspn (open, " "));

  g_string_append_printf (html, "<%s>", open);
  sandbox_html_append_text (html, text);
  g_string_append_printf (html, "</%s>", name);
}

void
sandbox_html_append_hidden (GString *html, const char *name, const char *value)
{
  g_string_append_printf (html, "<input type=\"hidden\" name=\"%s\" value=\"", name);
  sandbox_html_append_text (html, value);
  g_string_append (html, "\">");
}

void
sandbox_html_append_input (
    GString *html, const char *name, const char *label, const char *type, const char *value)
{
  sandbox_html_append_label (html, name, label);
  g_string_append_printf (
      html, "<input id=\"%s\" name=\"%s\" type=\"%s\" required spellcheck=\"false\" value=\"", name,
      name, type);
  sandbox_html_append_text (html, value);
  g_string_append (html, "\"></div></div>");
}

GString *
sandbox_html_begin (const char *title, const SandboxPerson *person)
{
  GString *html = g_string_new (NULL);

  /* TRANSLATORS: the code of the language that you translate to, for the lang attribute of a web
   * page. */
  g_string_append_printf (html, "<!DOCTYPE html><html lang=\"%s\"><head><meta charset=\"utf-8\">",
                          _ ("en"));
  g_string_append (
      html, "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>");
  sandbox_html_append_text (html, title);
  g_string_append_printf (html,
                          "</title><style>%s</style></head><body><header><span class=\"mark\" "
                          "aria-hidden=\"true\">A</span><strong>" SANDBOX_ORGANIZATION_DISPLAY
                          "</strong>",
                          sandbox_html_style);
  if (person != NULL)
    {
      g_string_append (html, "<span class=\"who\">");
      sandbox_html_append_text (html, person->display_name);
      g_string_append (html, "<br>");
      sandbox_html_append_text (html, person->email);
      g_string_append (html, "</span>");
    }
  g_string_append (html, "</header><main><h1>");
  sandbox_html_append_text (html, title);
  g_string_append (html, "</h1>");

  return html;
}

static void
append_foot (GString *html)
{
  g_string_append (html, "<footer>");
  sandbox_html_append_text (
      html, _ ("This is the sandbox of Baton: everything in it is made up, and it answers on "
               "this computer alone. "
               "Not affiliated with UiPath."));
  g_string_append (html, "</footer></main></body></html>");
}

void
sandbox_html_append_copy (GString *html, const char *id, const char *label, gboolean enabled)
{
  g_autofree char *name = g_strdup_printf (_ ("Copy %s"), label);
  g_autofree char *said = g_strdup_printf (_ ("%s copied"), label);
  g_autofree char *name_escaped = g_markup_escape_text (name, -1);
  g_autofree char *said_escaped = g_markup_escape_text (said, -1);

  g_string_append_printf (
      html, "<button type=\"button\" hidden data-copy=\"%s\" data-said=\"%s\" aria-label=\"%s\"%s>",
      id, said_escaped, name_escaped, enabled ? "" : " disabled");
  sandbox_html_append_text (html, _ ("Copy"));
  g_string_append (html, "</button></div></div>");
}

void
sandbox_html_append_label (GString *html, const char *id, const char *label)
{
  g_string_append_printf (html, "<div class=\"field\"><label for=\"%s\">", id);
  sandbox_html_append_text (html, label);
  g_string_append (html, "</label><div class=\"row\">");
}

void
sandbox_html_append_field (
    GString *html, const char *id, const char *label, const char *value, const char *placeholder)
{
  sandbox_html_append_label (html, id, label);
  g_string_append_printf (
      html, "<input id=\"%s\" name=\"%s\" readonly spellcheck=\"false\" value=\"", id, id);
  sandbox_html_append_text (html, value != NULL ? value : "");
  g_string_append (html, "\" placeholder=\"");
  sandbox_html_append_text (html, placeholder);
  g_string_append (html, "\">");
  sandbox_html_append_copy (html, id, label, value != NULL);
}

void
sandbox_html_append_script (GString *html)
{
  g_string_append_printf (
      html, "<p id=\"said\" role=\"status\" class=\"lead\"></p><script>%s</script>", script);
}

void
sandbox_html_reply (SandboxRequest *request, guint status, GString *html, const char *targets)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);
  g_autofree char *policy = g_strdup_printf (
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
      "form-action 'self'%s%s; frame-ancestors 'none'; base-uri 'none'",
      targets != NULL ? " " : "", targets != NULL ? targets : "");

  /* No other site may frame the page and have its buttons pressed. */
  soup_message_headers_replace (headers, "Content-Security-Policy", policy);
  append_foot (html);
  sandbox_reply_html (request, status, html->str);
  g_string_free (html, TRUE);
}

void
sandbox_html_redirect (SandboxRequest *request, guint status, const char *location)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (request->message),
                                "Location", location);
  sandbox_reply_empty (request, status);
}

gboolean
sandbox_html_check_origin (SandboxRequest *request)
{
  const char *origin = soup_message_headers_get_one (
      soup_server_message_get_request_headers (request->message), "Origin");
  g_autofree char *own = sandbox_request_dup_origin (request);

  if (origin == NULL || g_ascii_strcasecmp (origin, own) == 0)
    return TRUE;

  sandbox_reply_error (request, 403, 0, "The form came from another site.");

  return FALSE;
}
