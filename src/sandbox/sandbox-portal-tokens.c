/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-portal.h"

#include <glib/gi18n.h>

#include "baton-time.h"
#include "sandbox-clock.h"
#include "sandbox-html.h"
#include "sandbox-oauth-scope.h"
#include "sandbox-reference-token.h"

#define PAGE "personalAccessToken"
#define SUGGESTED_LIFE (90 * G_TIME_SPAN_DAY)

/* Returns: (transfer full): "2026-11-25". */
static char *
make_date (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);

  return g_date_time_format (date, "%Y-%m-%d");
}

static void
append_token (GString *html, const SandboxPerson *person, const SandboxReferenceToken *reference)
{
  g_autofree char *date = make_date (reference->expires);
  g_autofree char *expires = g_strdup_printf (
      reference->expires > sandbox_clock_now () ? _ ("Expires on %s") : _ ("Expired on %s"), date);

  g_string_append (html, "<li class=\"item\">");
  sandbox_html_append_element (html, "strong", reference->name);
  sandbox_html_append_element (html, "span", expires);
  sandbox_portal_append_long (html, _ ("Scopes"), reference->scopes);
  g_string_append (html, "<div class=\"actions\">");
  sandbox_portal_append_button (html, person, PAGE, "regenerate", reference->id, "",
                                _ ("Regenerate"));
  sandbox_portal_append_ask (html, person, PAGE, "revoke", reference->id, "danger end",
                             _ ("Revoke"));
  g_string_append (html, "</div></li>");
}

static void
append_form (GString *html, const SandboxPerson *person)
{
  g_autofree char *date = make_date (sandbox_clock_now () + SUGGESTED_LIFE);

  sandbox_html_append_element (html, "h2", _ ("Generate new token"));
  g_string_append (html, "<form class=\"card\" method=\"post\" action=\"" PAGE "\">");
  sandbox_html_append_hidden (html, "user", person->user_name);
  sandbox_html_append_input (html, "name", _ ("Name"), "text", "");
  sandbox_html_append_input (html, "expires", _ ("Expiration date"), "date", date);
  sandbox_portal_append_scopes (html);
  g_string_append (html, "<div class=\"actions\">");
  sandbox_html_append_element (html,
                               "button id=\"create\" class=\"primary\" name=\"action\" "
                               "value=\"create\"",
                               _ ("Generate new token"));
  g_string_append (html, "</div></form>");
}

/* @value: (nullable): a token to show this once. @problem: (nullable). */
static void
reply_page (SandboxRequest *request,
            const SandboxPerson *person,
            const char *value,
            const char *problem)
{
  g_autoptr (GPtrArray) tokens = sandbox_reference_token_list (request->store, person);
  GString *html = sandbox_portal_begin (_ ("Personal Access Tokens"), person, PAGE);

  sandbox_portal_append_note (html, problem, TRUE);
  if (value != NULL)
    {
      sandbox_portal_append_note (html, _ ("Copy the token now: it is not shown again."), FALSE);
      g_string_append (html, "<section class=\"card\">");
      sandbox_html_append_field (html, "token", _ ("Token"), value, "");
      g_string_append (html, "</section>");
    }
  g_string_append (html, "<ul class=\"list\">");
  for (guint i = 0; i < tokens->len; i++)
    append_token (html, person, tokens->pdata[i]);
  g_string_append (html, "</ul>");
  append_form (html, person);
  sandbox_html_append_script (html);
  sandbox_html_reply (request, problem != NULL ? 400 : 200, html, NULL);
}

/* Returns: (transfer full) (nullable): one of the person's own, else answers. */
static SandboxReferenceToken *
find_token (SandboxRequest *request, const SandboxPerson *person, const char *id)
{
  g_autoptr (SandboxReferenceToken) reference
      = id != NULL ? sandbox_reference_token_find (request->store, id) : NULL;

  if (reference != NULL && sandbox_person_is (reference->person, person))
    return g_steal_pointer (&reference);

  reply_page (request, person, NULL, _ ("There is no such token any more."));

  return NULL;
}

static void
ask (SandboxRequest *request, const SandboxPerson *person)
{
  g_autoptr (SandboxReferenceToken) reference
      = find_token (request, person, sandbox_request_get_query (request, "id"));
  g_autofree char *text = NULL;

  if (reference == NULL)
    return;

  text = g_strdup_printf (_ ("Every program that uses the token “%s” can no longer "
                             "sign in with it. This cannot be undone."),
                          reference->name);
  sandbox_portal_reply_question (request, person,
                                 &(SandboxPortalQuestion){ .page = PAGE,
                                                           .title = _ ("Revoke this token?"),
                                                           .text = text,
                                                           .action = "revoke",
                                                           .id = reference->id,
                                                           .label = _ ("Revoke") });
}

static void
show_cb (SandboxRequest *request)
{
  g_autoptr (SandboxPerson) person
      = sandbox_portal_find_person (request, sandbox_request_get_query (request, "user"));

  if (person == NULL)
    return;
  if (g_strcmp0 (sandbox_request_get_query (request, "confirm"), "revoke") == 0)
    ask (request, person);
  else
    reply_page (request, person, NULL, NULL);
}

static void
create (SandboxRequest *request, SandboxPerson *person, SandboxForm *form)
{
  g_autoptr (SandboxReferenceToken) reference = g_new0 (SandboxReferenceToken, 1);
  const char *date = sandbox_form_get (form, "expires");
  g_autofree char *end = g_strconcat (date != NULL ? date : "", "T23:59:59Z", NULL);
  g_autofree char *value = NULL;

  reference->person = sandbox_person_ref (person);
  reference->name = g_strdup (sandbox_form_get (form, "name"));
  reference->scopes = sandbox_portal_read_scopes (form);
  if (reference->name == NULL)
    reply_page (request, person, NULL, _ ("The token needs a name."));
  else if (g_utf8_strlen (reference->name, -1) > SANDBOX_REFERENCE_TOKEN_MAX_NAME)
    reply_page (request, person, NULL, _ ("The name is too long."));
  else if (*reference->scopes == '\0' || !sandbox_oauth_scope_are_known (reference->scopes))
    reply_page (request, person, NULL, _ ("The token needs at least one scope."));
  else if (!baton_time_parse (end, &reference->expires)
           || reference->expires <= sandbox_clock_now ())
    reply_page (request, person, NULL, _ ("The token must expire in the future."));
  else
    {
      value = sandbox_reference_token_create (request->store, reference);
      reply_page (request, person, value, NULL);
    }
}

static void
change_cb (SandboxRequest *request)
{
  g_autoptr (SandboxForm) form = sandbox_form_new (request);
  g_autoptr (SandboxPerson) person = NULL;
  const char *action = sandbox_form_get (form, "action");
  g_autoptr (SandboxReferenceToken) reference = NULL;

  if (!sandbox_html_check_origin (request)
      || (person = sandbox_portal_find_person (request, sandbox_form_get (form, "user"))) == NULL)
    return;
  if (g_strcmp0 (action, "create") == 0)
    {
      create (request, person, form);
      return;
    }

  reference = find_token (request, person, sandbox_form_get (form, "id"));
  if (reference == NULL)
    return;
  if (g_strcmp0 (action, "regenerate") == 0)
    {
      g_autofree char *value = sandbox_reference_token_regenerate (request->store, reference->id);

      reply_page (request, person, value, NULL);
    }
  else if (g_strcmp0 (action, "revoke") == 0)
    {
      g_autofree char *location = sandbox_portal_make_link (PAGE, person, NULL);

      sandbox_reference_token_revoke (request->store, reference->id);
      sandbox_html_redirect (request, 303, location);
    }
  else
    sandbox_reply_error (request, 400, 1000, "The form has no known action.");
}

const SandboxOperation sandbox_portal_token_operations[] = {
  { "GET", "/portal_/" PAGE, SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, show_cb },
  { "POST", "/portal_/" PAGE, SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, change_cb },
  { "GET", "/{organization}/portal_/" PAGE, SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, show_cb },
  { "POST", "/{organization}/portal_/" PAGE, SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, change_cb },
  { NULL },
};
