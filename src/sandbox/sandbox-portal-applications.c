/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-portal.h"

#include <glib/gi18n.h>

#include "sandbox-application.h"
#include "sandbox-html.h"

#define PAGE "externalApps"

static void
append_secrets (GString *html,
                SandboxStore *store,
                const SandboxPerson *person,
                const SandboxApplication *application)
{
  g_autoptr (GPtrArray) secrets = sandbox_application_list_secrets (store, application->id);

  for (guint i = 0; i < secrets->len; i++)
    {
      const SandboxApplicationSecret *secret = secrets->pdata[i];
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, secret->id);

      g_string_append (html, "<div class=\"row\">");
      sandbox_html_append_element (html, "span", secret->description);
      sandbox_portal_append_ask (html, person, PAGE, "delete-secret", id, "danger",
                                 _ ("Delete secret"));
      g_string_append (html, "</div>");
    }
}

static void
append_application (GString *html,
                    SandboxStore *store,
                    const SandboxPerson *person,
                    const SandboxApplication *application)
{
  g_string_append (html, "<li class=\"item\">");
  sandbox_html_append_element (html, "strong", application->name);
  sandbox_html_append_element (html, "code", application->id);
  sandbox_html_append_element (
      html, "span", application->confidential ? _ ("Confidential") : _ ("Non-confidential"));
  if (*application->redirect_uris != '\0')
    sandbox_portal_append_long (html, _ ("Redirect URL"), application->redirect_uris);
  if (*application->user_scopes != '\0')
    sandbox_portal_append_long (html, _ ("User scopes"), application->user_scopes);
  if (*application->application_scopes != '\0')
    sandbox_portal_append_long (html, _ ("Application scopes"), application->application_scopes);
  append_secrets (html, store, person, application);
  g_string_append (html, "<div class=\"actions\">");
  if (application->confidential)
    sandbox_portal_append_button (html, person, PAGE, "add-secret", application->id, "",
                                  _ ("Add secret"));
  sandbox_portal_append_ask (html, person, PAGE, "delete", application->id, "danger end",
                             _ ("Delete application"));
  g_string_append (html, "</div></li>");
}

static void
append_form (GString *html, const SandboxPerson *person)
{
  sandbox_html_append_element (html, "h2", _ ("Add application"));
  g_string_append (html, "<form class=\"card\" method=\"post\" action=\"" PAGE "\">");
  sandbox_html_append_hidden (html, "user", person->user_name);
  sandbox_html_append_input (html, "name", _ ("Application name"), "text", "");
  sandbox_html_append_label (html, "kind", _ ("Kind"));
  g_string_append (html, "<select id=\"kind\" name=\"kind\"><option value=\"batch\">");
  sandbox_html_append_text (html, _ ("Confidential, application scopes"));
  g_string_append (html, "</option><option value=\"web\">");
  sandbox_html_append_text (html, _ ("Confidential, user scopes"));
  g_string_append (html, "</option><option value=\"desktop\">");
  sandbox_html_append_text (html, _ ("Non-confidential, user scopes"));
  g_string_append (html, "</option></select></div></div>");
  sandbox_html_append_label (html, "redirectUri", _ ("Redirect URL, for user scopes"));
  g_string_append (html, "<input id=\"redirectUri\" name=\"redirectUri\"></div></div>");
  sandbox_portal_append_scopes (html);
  g_string_append (html, "<div class=\"actions\">");
  sandbox_html_append_element (html,
                               "button id=\"create\" class=\"primary\" name=\"action\" "
                               "value=\"create\"",
                               _ ("Add application"));
  g_string_append (html, "</div></form>");
}

/* @application: (nullable): whose id and secret to show. @secret: (nullable). @problem: (nullable).
 */
static void
reply_page (SandboxRequest *request,
            const SandboxPerson *person,
            const SandboxApplication *application,
            const char *secret,
            const char *problem)
{
  g_autoptr (GPtrArray) applications = sandbox_application_list (request->store);
  GString *html = sandbox_portal_begin (_ ("External Applications"), person, PAGE);

  sandbox_portal_append_note (html, problem, TRUE);
  if (application != NULL)
    {
      if (secret != NULL)
        sandbox_portal_append_note (html, _ ("Copy the secret now: it is not shown again."), FALSE);
      g_string_append (html, "<section class=\"card\">");
      sandbox_html_append_field (html, "appId", _ ("App ID"), application->id, "");
      if (secret != NULL)
        sandbox_html_append_field (html, "appSecret", _ ("App Secret"), secret, "");
      g_string_append (html, "</section>");
    }
  g_string_append (html, "<ul class=\"list\">");
  for (guint i = 0; i < applications->len; i++)
    append_application (html, request->store, person, applications->pdata[i]);
  g_string_append (html, "</ul>");
  append_form (html, person);
  sandbox_html_append_script (html);
  sandbox_html_reply (request, problem != NULL ? 400 : 200, html, NULL);
}

/* Answers where the person administers nothing. */
static gboolean
check_person (SandboxRequest *request, const SandboxPerson *person)
{
  GString *html;

  if (person->administrator)
    return TRUE;

  html = sandbox_portal_begin (_ ("External Applications"), person, PAGE);
  sandbox_portal_append_note (
      html, _ ("Only an administrator of the organization can see this page."), TRUE);
  sandbox_html_reply (request, 403, html, NULL);

  return FALSE;
}

static void
ask_application (SandboxRequest *request, const SandboxPerson *person)
{
  const char *id = sandbox_request_get_query (request, "id");
  g_autoptr (SandboxApplication) application
      = id != NULL ? sandbox_application_find (request->store, id) : NULL;
  g_autofree char *text = NULL;

  if (application == NULL)
    {
      reply_page (request, person, NULL, NULL, _ ("There is no such application any more."));
      return;
    }

  text = g_strdup_printf (_ ("Every program that signs in as “%s” is signed out, and its secrets "
                             "are good no more. This cannot be undone."),
                          application->name);
  sandbox_portal_reply_question (request, person,
                                 &(SandboxPortalQuestion){ .page = PAGE,
                                                           .title = _ ("Delete this application?"),
                                                           .text = text,
                                                           .action = "delete",
                                                           .id = application->id,
                                                           .label = _ ("Delete application") });
}

static void
ask_secret (SandboxRequest *request, const SandboxPerson *person)
{
  sandbox_portal_reply_question (
      request, person,
      &(SandboxPortalQuestion){ .page = PAGE,
                                .title = _ ("Delete this secret?"),
                                .text
                                = _ ("Every program that uses the secret can no longer sign in "
                                     "with it. This cannot be undone."),
                                .action = "delete-secret",
                                .id = sandbox_request_get_query (request, "id"),
                                .label = _ ("Delete secret") });
}

static void
show_cb (SandboxRequest *request)
{
  g_autoptr (SandboxPerson) person
      = sandbox_portal_find_person (request, sandbox_request_get_query (request, "user"));
  const char *wish = sandbox_request_get_query (request, "confirm");

  if (person == NULL || !check_person (request, person))
    return;
  if (g_strcmp0 (wish, "delete") == 0)
    ask_application (request, person);
  else if (g_strcmp0 (wish, "delete-secret") == 0)
    ask_secret (request, person);
  else
    reply_page (request, person, NULL, NULL, NULL);
}

static void
add_secret (SandboxRequest *request,
            const SandboxPerson *person,
            const SandboxApplication *application)
{
  gint64 secret_id;
  g_autofree char *secret = application->confidential ? sandbox_application_add_secret (
                                request->store, application->id, "Secret", 0, &secret_id)
                                                      : NULL;

  reply_page (request, person, application, secret, NULL);
}

static void
create (SandboxRequest *request, const SandboxPerson *person, SandboxForm *form)
{
  g_autoptr (SandboxApplication) application = g_new0 (SandboxApplication, 1);
  const char *kind = sandbox_form_get (form, "kind");
  const char *name = sandbox_form_get (form, "name");
  const char *redirect_uri = sandbox_form_get (form, "redirectUri");
  gboolean batch = g_strcmp0 (kind, "batch") == 0;
  g_autofree char *scopes = sandbox_portal_read_scopes (form);
  const char *fault;

  application->name = g_strdup (name != NULL ? name : "");
  application->confidential = g_strcmp0 (kind, "desktop") != 0;
  application->redirect_uris = g_strdup (redirect_uri != NULL && !batch ? redirect_uri : "");
  application->user_scopes = g_strdup (batch ? "" : scopes);
  application->application_scopes = g_strdup (batch ? scopes : "");
  fault = sandbox_application_find_fault (application);
  if (fault != NULL)
    {
      reply_page (request, person, NULL, NULL, fault);
      return;
    }

  sandbox_application_save (request->store, application);
  add_secret (request, person, application);
}

static void
change (SandboxRequest *request,
        const SandboxPerson *person,
        const char *action,
        const SandboxApplication *application)
{
  g_autofree char *location = sandbox_portal_make_link (PAGE, person, NULL);

  if (application == NULL)
    reply_page (request, person, NULL, NULL, _ ("There is no such application any more."));
  else if (g_strcmp0 (action, "add-secret") == 0)
    add_secret (request, person, application);
  else if (g_strcmp0 (action, "delete") == 0)
    {
      sandbox_application_delete (request->store, application->id);
      sandbox_html_redirect (request, 303, location);
    }
  else
    sandbox_reply_error (request, 400, 1000, "The form has no known action.");
}

static void
change_cb (SandboxRequest *request)
{
  g_autoptr (SandboxForm) form = sandbox_form_new (request);
  g_autoptr (SandboxPerson) person = NULL;
  const char *action = sandbox_form_get (form, "action");
  const char *id = sandbox_form_get (form, "id");
  g_autoptr (SandboxApplication) application = NULL;

  if (!sandbox_html_check_origin (request)
      || (person = sandbox_portal_find_person (request, sandbox_form_get (form, "user"))) == NULL
      || !check_person (request, person))
    return;

  if (g_strcmp0 (action, "create") == 0)
    create (request, person, form);
  else if (g_strcmp0 (action, "delete-secret") == 0)
    {
      g_autofree char *location = sandbox_portal_make_link (PAGE, person, NULL);

      sandbox_application_delete_secret (request->store,
                                         id != NULL ? g_ascii_strtoll (id, NULL, 10) : 0);
      sandbox_html_redirect (request, 303, location);
    }
  else
    {
      application = id != NULL ? sandbox_application_find (request->store, id) : NULL;
      change (request, person, action, application);
    }
}

const SandboxOperation sandbox_portal_application_operations[] = {
  { "GET", "/portal_/" PAGE, SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, show_cb },
  { "POST", "/portal_/" PAGE, SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, change_cb },
  { "GET", "/{organization}/portal_/" PAGE, SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, show_cb },
  { "POST", "/{organization}/portal_/" PAGE, SANDBOX_OPEN, SANDBOX_SCOPE_TENANT, NULL, change_cb },
  { NULL },
};
