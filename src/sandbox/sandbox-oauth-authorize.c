/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sandbox-clock.h"
#include "sandbox-oauth-scope.h"
#include "sandbox-oauth.h"
#include "sandbox-html.h"
#include "sandbox-session.h"

static void
send_to_page (SandboxRequest *request, const SandboxWish *wish, const char *page)
{
  g_autofree char *address = sandbox_wish_dup_return (wish);
  g_autofree char *escaped = g_uri_escape_string (address, NULL, FALSE);
  g_autofree char *location = g_strdup_printf ("/identity_/web/%s?returnUrl=%s", page, escaped);

  sandbox_html_redirect (request, 302, location);
}

/* Who signed in too long ago for this is nobody. Returns: (transfer full) (nullable). */
static SandboxSession *
find_session (SandboxRequest *request, const SandboxWish *wish)
{
  g_autoptr (SandboxSession) session = sandbox_session_find (request);

  if (session != NULL && wish->max_age >= 0
      && sandbox_clock_now () - session->signed_in >= wish->max_age * G_USEC_PER_SEC)
    return NULL;

  return g_steal_pointer (&session);
}

static void
authorize (SandboxRequest *request, SandboxForm *parameters)
{
  g_autoptr (SandboxWish) wish = sandbox_wish_new (request, parameters);
  g_autoptr (SandboxSession) session = NULL;
  gboolean quietly, known;

  if (wish == NULL)
    return;

  session = find_session (request, wish);
  quietly = sandbox_oauth_scope_contains (wish->prompt, "none");
  known = session != NULL
          && sandbox_grant_has_consent (request->store, session->person, wish->application->id,
                                        wish->scopes);
  if (session == NULL && quietly)
    sandbox_wish_reply_error (request, wish, 302, "login_required", "Nobody is signed in.");
  else if (session == NULL || sandbox_oauth_scope_contains (wish->prompt, "login")
           || sandbox_oauth_scope_contains (wish->prompt, "select_account"))
    send_to_page (request, wish, "login");
  else if (!known && quietly)
    sandbox_wish_reply_error (request, wish, 302, "consent_required",
                              "The person has not consented to the application.");
  else if (!known || sandbox_oauth_scope_contains (wish->prompt, "consent"))
    send_to_page (request, wish, "consent");
  else
    sandbox_wish_reply_code (request, wish, 302);
}

static void
get_cb (SandboxRequest *request)
{
  const char *query = g_uri_get_query (soup_server_message_get_uri (request->message));

  authorize (request, sandbox_form_parse (query, query != NULL ? strlen (query) : 0));
}

static void
post_cb (SandboxRequest *request)
{
  authorize (request, sandbox_form_new (request));
}

const SandboxOperation sandbox_oauth_authorize_operations[] = {
  SANDBOX_OAUTH_AT ("GET", "/connect/authorize", get_cb),
  SANDBOX_OAUTH_AT ("POST", "/connect/authorize", post_cb),
  { NULL },
};
