/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "oauth-test.h"

#include "baton-json.h"

SandboxTest *
oauth_start (const char *first, const char *second)
{
  SandboxTest *test = sandbox_test_start ("--jobs=100", first, second, NULL);

  soup_session_add_feature_by_type (test->session, SOUP_TYPE_COOKIE_JAR);

  return test;
}

SandboxAnswer *
oauth_ask_token (SandboxTest *test, const char *body)
{
  return sandbox_test_send (test, "POST", "/identity_/connect/token", NULL, 0, OAUTH_FORM, body);
}

SandboxAnswer *
oauth_authorize (SandboxTest *test, const char *query)
{
  g_autofree char *address = g_strconcat ("/identity_/connect/authorize?", query, NULL);

  return sandbox_test_send (test, "GET", address, NULL, 0, NULL, NULL);
}

char *
oauth_get_parameter (const char *address, const char *name)
{
  const char *query = strchr (address, '?');
  g_autoptr (GHashTable) form = soup_form_decode (query != NULL ? query + 1 : "");

  return g_strdup (g_hash_table_lookup (form, name));
}

static char *
post_page (SandboxTest *test, const char *page, const char *return_url, const char *rest)
{
  g_autofree char *escaped = g_uri_escape_string (return_url, NULL, FALSE);
  g_autofree char *body = g_strconcat ("returnUrl=", escaped, "&", rest, NULL);
  g_autofree char *address = g_strconcat ("/identity_/web/", page, NULL);
  g_autoptr (SandboxAnswer) answer
      = sandbox_test_send (test, "POST", address, NULL, 0, OAUTH_FORM, body);

  sandbox_assert_status (answer, 303);

  return g_strdup (answer->location);
}

char *
oauth_sign_in (SandboxTest *test, const char *query, const char *person)
{
  g_autoptr (SandboxAnswer) answer = oauth_authorize (test, query);
  g_auto (GStrv) parts = g_strsplit (person, ":", 2);
  g_autofree char *user = g_strdup_printf ("user=%s&password=%s", parts[0], parts[1]);
  g_autofree char *location = g_strdup (answer->location);

  for (int i = 0; i < 4 && g_str_has_prefix (location, "/identity_/"); i++)
    {
      g_autoptr (SandboxAnswer) page
          = sandbox_test_send (test, "GET", location, NULL, 0, NULL, NULL);
      g_autofree char *return_url = oauth_get_parameter (location, "returnUrl");
      char *next;

      if (g_str_has_prefix (location, "/identity_/web/login"))
        next = post_page (test, "login", return_url, user);
      else if (g_str_has_prefix (location, "/identity_/web/consent"))
        next = post_page (test, "consent", return_url, "action=allow");
      else
        next = g_strdup (page->location);
      g_assert_nonnull (next);
      g_free (location);
      location = next;
    }

  return g_steal_pointer (&location);
}

char *
oauth_make_query (const char *scope)
{
  g_autofree char *escaped = g_uri_escape_string (scope, NULL, FALSE);

  return g_strdup_printf ("response_type=code&client_id=" OAUTH_DESKTOP
                          "&redirect_uri=http%%3A%%2F%%2Flocalhost%%3A8104%%2Foidc%%2Flogin"
                          "&code_challenge=" OAUTH_CHALLENGE
                          "&code_challenge_method=S256&state=a%%20b%%26c&nonce=n1&scope=%s",
                          escaped);
}

SandboxAnswer *
oauth_get_tokens (SandboxTest *test, const char *scope, const char *person)
{
  g_autofree char *query = oauth_make_query (scope);
  g_autofree char *location = oauth_sign_in (test, query, person);
  g_autofree char *code = oauth_get_parameter (location, "code");
  g_autofree char *body = NULL;

  g_assert_nonnull (code);
  body = g_strconcat ("grant_type=authorization_code&client_id=" OAUTH_DESKTOP
                      "&redirect_uri=" OAUTH_REDIRECT "&code_verifier=" OAUTH_VERIFIER "&code=",
                      code, NULL);

  return oauth_ask_token (test, body);
}

char *
oauth_get_batch_token (SandboxTest *test, const char *scope)
{
  g_autofree char *body = g_strconcat ("grant_type=client_credentials&client_id=" OAUTH_BATCH
                                       "&client_secret=" OAUTH_BATCH_SECRET "&scope=",
                                       scope, NULL);
  g_autoptr (SandboxAnswer) answer = oauth_ask_token (test, body);

  sandbox_assert_status (answer, 200);

  return g_strdup (baton_json_peek_string (answer->json, "access_token"));
}

void
oauth_assert_error (SandboxAnswer *answer, guint status, const char *error)
{
  sandbox_assert_status (answer, status);
  g_assert_cmpstr (baton_json_peek_string (answer->json, "error"), ==, error);
}
