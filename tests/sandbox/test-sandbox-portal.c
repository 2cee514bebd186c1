/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "sandbox-test.h"

#define USER_KEY "sandbox-user-key-for-everyone-0123456789abcdef"
#define FORM "application/x-www-form-urlencoded"

static SandboxAnswer *
show (SandboxTest *test, const char *address)
{
  SandboxAnswer *answer = sandbox_test_send (test, "GET", address, NULL, 0, NULL, NULL);

  sandbox_assert_status (answer, 200);
  g_assert_cmpstr (answer->type, ==, "text/html");

  return answer;
}

/* Sends a form of the page as a browser does, and follows to the page after it. */
static SandboxAnswer *
press (SandboxTest *test, const char *action)
{
  g_autofree char *body = g_strconcat ("user=admin&action=", action, NULL);
  g_autoptr (SandboxAnswer) answer
      = sandbox_test_send (test, "POST", "/portal_/apiAccess", NULL, 0, FORM, body);
  g_autofree char *next = NULL;

  sandbox_assert_status (answer, 303);
  next = g_strconcat ("/portal_/", answer->location, NULL);

  return show (test, next);
}

/* Returns: (transfer full): the value of the field with this id. */
static char *
find_field (const char *html, const char *id)
{
  g_autofree char *start = g_strdup_printf ("id=\"%s\"", id);
  const char *field = strstr (html, start);
  const char *value;

  g_assert_nonnull (field);
  value = strstr (field, "value=\"");
  g_assert_nonnull (value);
  value += strlen ("value=\"");

  return g_strndup (value, strcspn (value, "\""));
}

static void
test_page (void)
{
  static const char *const addresses[] = { "/portal_/apiAccess", "/acme/portal_/apiAccess" };
  static const char *const parts[] = {
    "<label for=\"userKey\">User Key</label>",
    "<label for=\"accountLogicalName\">Account Logical Name</label>",
    "<label for=\"tenantLogicalName\">Tenant Logical Name</label>",
    "<label for=\"clientId\">Client Id</label>",
    "<option value=\"DefaultTenant\">",
    "<option value=\"ProductionXk4v01326\">",
    "aria-label=\"Copy User Key\"",
    "Generate new key",
    "Revoke access",
    "Not affiliated with UiPath",
    "prefers-color-scheme:dark",
  };
  g_autoptr (SandboxTest) test = sandbox_test_start ("--jobs=100", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (SandboxAnswer) page = show (test, addresses[i]);
      g_autofree char *key = find_field (page->text, "userKey");
      g_autofree char *account = find_field (page->text, "accountLogicalName");

      g_assert_cmpstr (key, ==, USER_KEY);
      g_assert_cmpstr (account, ==, "acme");
      for (gsize j = 0; j < G_N_ELEMENTS (parts); j++)
        {
          if (strstr (page->text, parts[j]) == NULL)
            g_test_message ("The page lacks %s", parts[j]);
          g_assert_nonnull (strstr (page->text, parts[j]));
        }
    }
}

static void
test_generate (void)
{
  g_autoptr (SandboxTest) test = sandbox_test_start ("--jobs=100", NULL);
  g_autoptr (SandboxAnswer) page = press (test, "generate");
  g_autofree char *key = find_field (page->text, "userKey");
  g_autofree char *new_token = NULL;
  g_autofree char *old_token = NULL;

  g_assert_cmpstr (key, !=, USER_KEY);
  g_assert_cmpuint (strlen (key), >, 20);
  new_token = sandbox_test_sign_in (test, key);
  old_token = sandbox_test_sign_in (test, USER_KEY);
  g_assert_nonnull (new_token);
  g_assert_nonnull (old_token);
}

static void
test_revoke (void)
{
  g_autoptr (SandboxTest) test = sandbox_test_start ("--jobs=100", NULL);
  g_autoptr (SandboxAnswer) generated = press (test, "generate");
  g_autofree char *second = find_field (generated->text, "userKey");
  g_autoptr (SandboxAnswer) question = show (test, "/portal_/apiAccess?confirm=revoke");
  g_autoptr (SandboxAnswer) page = NULL;
  g_autoptr (SandboxAnswer) dead = NULL;
  g_autoptr (SandboxAnswer) fresh = NULL;
  g_autofree char *empty = NULL;
  g_autofree char *first_token = NULL;
  g_autofree char *second_token = NULL;
  g_autofree char *third = NULL;
  g_autofree char *third_token = NULL;

  g_assert_nonnull (strstr (question->text, "cancels all user keys"));
  g_assert_nonnull (strstr (question->text, "Cancel"));

  page = press (test, "revoke");
  empty = find_field (page->text, "userKey");
  g_assert_cmpstr (empty, ==, "");
  g_assert_nonnull (strstr (page->text, "Access was revoked"));

  dead = sandbox_test_get (test, "odata/Folders");
  sandbox_assert_error (dead, 401, 0);
  first_token = sandbox_test_sign_in (test, USER_KEY);
  second_token = sandbox_test_sign_in (test, second);
  g_assert_null (first_token);
  g_assert_null (second_token);

  fresh = press (test, "generate");
  third = find_field (fresh->text, "userKey");
  third_token = sandbox_test_sign_in (test, third);
  g_assert_nonnull (third_token);
}

static void
test_other_person (void)
{
  g_autoptr (SandboxTest) test = sandbox_test_start ("--jobs=100", NULL);
  g_autoptr (SandboxAnswer) sent = sandbox_test_send (test, "POST", "/portal_/apiAccess", NULL, 0,
                                                      FORM, "user=viewer&action=revoke");
  g_autoptr (SandboxAnswer) alive = sandbox_test_get (test, "odata/Folders");

  sandbox_assert_status (sent, 303);
  sandbox_assert_status (alive, 200);
}

static void
test_wrong_form (void)
{
  g_autoptr (SandboxTest) test = sandbox_test_start ("--jobs=100", NULL);
  g_autoptr (SandboxAnswer) unknown
      = sandbox_test_send (test, "POST", "/portal_/apiAccess", NULL, 0, FORM, "action=x");
  g_autoptr (SandboxAnswer) none
      = sandbox_test_send (test, "POST", "/portal_/apiAccess", NULL, 0, FORM, "");
  g_autofree char *address = g_strconcat (test->origin, "/portal_/apiAccess", NULL);
  g_autoptr (SoupMessage) message
      = soup_message_new_from_encoded_form ("POST", address, g_strdup ("user=admin&action=revoke"));
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SandboxAnswer) alive = NULL;

  sandbox_assert_status (unknown, 400);
  sandbox_assert_status (none, 400);

  soup_message_headers_replace (soup_message_get_request_headers (message), "Origin",
                                "http://evil.example");
  bytes = soup_session_send_and_read (test->session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 403);
  alive = sandbox_test_get (test, "odata/Folders");
  sandbox_assert_status (alive, 200);
}

static void
test_persists (void)
{
  g_autofree char *folder = g_dir_make_tmp ("baton-portal-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "a sandbox.db", NULL);
  g_autofree char *option = g_strconcat ("--data=", file, NULL);
  g_autofree char *key = NULL;
  g_autofree char *token = NULL;

  {
    g_autoptr (SandboxTest) test = sandbox_test_start (option, "--jobs=100", NULL);
    g_autoptr (SandboxAnswer) revoked = press (test, "revoke");
    g_autoptr (SandboxAnswer) generated = press (test, "generate");

    key = find_field (generated->text, "userKey");
    token = sandbox_test_sign_in (test, key);
  }
  {
    g_autoptr (SandboxTest) test = sandbox_test_start (option, "--jobs=100", NULL);
    g_autoptr (SandboxAnswer) page = show (test, "/portal_/apiAccess");
    g_autofree char *still = find_field (page->text, "userKey");
    g_autoptr (SandboxAnswer) folders
        = sandbox_test_send (test, "GET", "odata/Folders", token, 0, NULL, NULL);

    /* The well-known key was revoked before the restart, and stays so. */
    g_assert_null (test->token);
    g_assert_cmpstr (still, ==, key);
    sandbox_assert_status (folders, 200);
  }
}

static SandboxAnswer *
send_form (SandboxTest *test, const char *page, const char *body)
{
  g_autofree char *address = g_strconcat ("/portal_/", page, NULL);

  return sandbox_test_send (test, "POST", address, NULL, 0, FORM, body);
}

static guint
use_token (SandboxTest *test, const char *token)
{
  g_autoptr (SandboxAnswer) answer
      = sandbox_test_send (test, "GET", "odata/Folders", token, 0, NULL, NULL);

  return answer->status;
}

/* Returns: (transfer full): what stands in the first hidden field behind @after. */
static char *
find_id_after (const char *html, const char *after)
{
  const char *item = strstr (html, after);
  const char *id = item != NULL ? strstr (item, "name=\"id\" value=\"") : NULL;

  g_assert_nonnull (id);
  id += strlen ("name=\"id\" value=\"");

  return g_strndup (id, strcspn (id, "\""));
}

/* Returns: (transfer full): what stands in the hidden field of the first item in the list. */
static char *
find_id (const char *html)
{
  return find_id_after (html, "<li class=\"item\">");
}

static guint
get_status (SandboxTest *test, const char *address)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_send (test, "GET", address, NULL, 0, NULL, NULL);

  return answer->status;
}

/* Presses the button of @page that asks, sees the question with @words, and presses its button. */
static SandboxAnswer *
confirm (SandboxTest *test, const char *page, const char *action, const char *id, const char *words)
{
  g_autofree char *address
      = g_strdup_printf ("/portal_/%s?user=admin&id=%s&confirm=%s", page, id, action);
  g_autoptr (SandboxAnswer) question = show (test, address);
  g_autofree char *offered = find_id_after (question->text, "role=\"alertdialog\"");
  g_autofree char *button = g_strdup_printf ("name=\"action\" value=\"%s\"", action);
  g_autofree char *back = g_strdup_printf ("href=\"%s?user=admin\"", page);
  g_autofree char *body = g_strdup_printf ("user=admin&action=%s&id=%s", action, id);

  sandbox_assert_status (question, 200);
  g_assert_nonnull (strstr (question->text, words));
  g_assert_nonnull (strstr (question->text, button));
  g_assert_nonnull (strstr (question->text, back));
  g_assert_cmpstr (offered, ==, id);

  return send_form (test, page, body);
}

static void
test_tokens (void)
{
  g_autoptr (SandboxTest) test = sandbox_test_start ("--jobs=100", NULL);
  g_autoptr (SandboxAnswer) made
      = send_form (test, "personalAccessToken",
                   "user=admin&action=create&name=%3Cb%3E&expires=2090-01-01&read=1"
                   "&scope=OR.Folders&scope=OR.Jobs");
  g_autofree char *value = NULL;
  g_autofree char *id = NULL;
  g_autofree char *body = NULL;
  g_autoptr (SandboxAnswer) page = NULL;
  g_autoptr (SandboxAnswer) again = NULL;
  g_autoptr (SandboxAnswer) revoked = NULL;
  g_autoptr (SandboxAnswer) foreign = NULL;
  g_autofree char *fresh = NULL;

  sandbox_assert_status (made, 200);
  value = find_field (made->text, "token");
  g_assert_true (g_str_has_prefix (value, "rt_"));
  g_assert_nonnull (strstr (made->text, "OR.Folders.Read OR.Jobs.Read"));
  g_assert_nonnull (strstr (made->text, "&lt;b&gt;"));
  g_assert_cmpuint (use_token (test, value), ==, 200);

  page = show (test, "/portal_/personalAccessToken?user=admin");
  g_assert_null (strstr (page->text, value));
  id = find_id (page->text);
  body = g_strconcat ("user=viewer&action=revoke&id=", id, NULL);
  foreign = send_form (test, "personalAccessToken", body);
  sandbox_assert_status (foreign, 400);
  g_free (body);
  body = g_strconcat ("user=admin&action=regenerate&id=", id, NULL);
  again = send_form (test, "personalAccessToken", body);
  sandbox_assert_status (again, 200);
  fresh = find_field (again->text, "token");
  g_assert_cmpuint (use_token (test, value), ==, 401);
  g_assert_cmpuint (use_token (test, fresh), ==, 200);
  /* To ask changes nothing, and no button of the list does it without. */
  g_assert_null (strstr (page->text, "name=\"action\" value=\"revoke\""));
  g_assert_cmpuint (
      get_status (test, "/portal_/personalAccessToken?user=admin&confirm=revoke&id=unknown"), ==,
      400);
  g_free (body);
  body = g_strconcat ("/portal_/personalAccessToken?user=viewer&confirm=revoke&id=", id, NULL);
  g_assert_cmpuint (get_status (test, body), ==, 400);
  g_assert_cmpuint (use_token (test, fresh), ==, 200);
  revoked = confirm (test, "personalAccessToken", "revoke", id, "“&lt;b&gt;”");
  sandbox_assert_status (revoked, 303);
  g_assert_cmpuint (use_token (test, fresh), ==, 401);
}

static void
test_token_faults (void)
{
  static const char *const bodies[] = {
    "user=admin&action=create&expires=2090-01-01&scope=OR.Jobs",
    "user=admin&action=create&name=x&scope=OR.Jobs",
    "user=admin&action=create&name=x&expires=2020-01-01&scope=OR.Jobs",
    "user=admin&action=create&name=x&expires=2090-01-01",
    "user=admin&action=create&name=x&expires=2090-01-01&scope=OR.Nothing",
    "user=admin&action=revoke&id=unknown",
    "user=admin&action=revoke",
  };
  g_autoptr (SandboxTest) test = sandbox_test_start ("--jobs=100", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (SandboxAnswer) answer = send_form (test, "personalAccessToken", bodies[i]);

      g_test_message ("%s", bodies[i]);
      sandbox_assert_status (answer, 400);
      g_assert_nonnull (strstr (answer->text, "role=\"alert\""));
    }
}

static guint
sign_application_in (SandboxTest *test, const char *id, const char *secret)
{
  g_autofree char *body
      = g_strdup_printf ("grant_type=client_credentials&client_id=%s&client_secret=%s", id, secret);
  g_autoptr (SandboxAnswer) answer
      = sandbox_test_send (test, "POST", "/identity_/connect/token", NULL, 0, FORM, body);

  return answer->status;
}

static void
test_applications (void)
{
  g_autoptr (SandboxTest) test = sandbox_test_start ("--jobs=100", NULL);
  g_autoptr (SandboxAnswer) made = send_form (
      test, "externalApps", "user=admin&action=create&name=Mine&kind=batch&scope=OR.Jobs");
  g_autofree char *id = NULL;
  g_autofree char *secret = NULL;
  g_autofree char *second = NULL;
  g_autofree char *add = NULL;
  g_autoptr (SandboxAnswer) list = NULL;
  g_autoptr (SandboxAnswer) secret_gone = NULL;
  g_autoptr (SandboxAnswer) page = NULL;
  g_autoptr (SandboxAnswer) added = NULL;
  g_autoptr (SandboxAnswer) deleted = NULL;

  sandbox_assert_status (made, 200);
  id = find_field (made->text, "appId");
  secret = find_field (made->text, "appSecret");
  g_assert_cmpuint (sign_application_in (test, id, secret), ==, 200);
  page = show (test, "/acme/portal_/externalApps");
  g_assert_nonnull (strstr (page->text, id));
  g_assert_null (strstr (page->text, secret));

  add = g_strconcat ("user=admin&action=add-secret&id=", id, NULL);
  added = send_form (test, "externalApps", add);
  sandbox_assert_status (added, 200);
  second = find_field (added->text, "appSecret");
  g_assert_cmpuint (sign_application_in (test, id, secret), ==, 200);
  g_assert_cmpuint (sign_application_in (test, id, second), ==, 200);

  list = show (test, "/portal_/externalApps");
  g_assert_null (strstr (list->text, "name=\"action\" value=\"delete"));
  g_free (add);
  add = find_id_after (strstr (list->text, id), "class=\"row\"");
  secret_gone = confirm (test, "externalApps", "delete-secret", add, "uses the secret");
  sandbox_assert_status (secret_gone, 303);
  g_assert_cmpuint (sign_application_in (test, id, secret), ==, 400);
  g_assert_cmpuint (sign_application_in (test, id, second), ==, 200);
  deleted = confirm (test, "externalApps", "delete", id, "“Mine”");
  sandbox_assert_status (deleted, 303);
  g_assert_cmpuint (get_status (test, "/portal_/externalApps?confirm=delete&id=unknown"), ==, 400);
  g_assert_cmpuint (sign_application_in (test, id, second), ==, 400);
}

static void
test_application_faults (void)
{
  static const struct
  {
    const char *body;
    guint status;
  } cases[] = {
    { "user=admin&action=create&name=x&kind=desktop&scope=OR.Jobs", 400 },
    { "user=admin&action=create&name=x&kind=batch", 400 },
    { "user=admin&action=create&name=x&kind=batch&scope=OR.Nothing", 400 },
    { "user=admin&action=create&kind=batch&scope=OR.Jobs", 400 },
    { "user=admin&action=delete&id=unknown", 400 },
    { "user=viewer&action=create&name=x&kind=batch&scope=OR.Jobs", 403 },
  };
  g_autoptr (SandboxTest) test = sandbox_test_start ("--jobs=100", NULL);
  g_autoptr (SandboxAnswer) viewer
      = sandbox_test_send (test, "GET", "/portal_/externalApps?user=viewer", NULL, 0, NULL, NULL);

  sandbox_assert_status (viewer, 403);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SandboxAnswer) answer = send_form (test, "externalApps", cases[i].body);

      sandbox_assert_status (answer, cases[i].status);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sandbox/portal/page", test_page);
  g_test_add_func ("/sandbox/portal/generate", test_generate);
  g_test_add_func ("/sandbox/portal/revoke", test_revoke);
  g_test_add_func ("/sandbox/portal/other-person", test_other_person);
  g_test_add_func ("/sandbox/portal/wrong-form", test_wrong_form);
  g_test_add_func ("/sandbox/portal/persists", test_persists);
  g_test_add_func ("/sandbox/portal/tokens", test_tokens);
  g_test_add_func ("/sandbox/portal/token-faults", test_token_faults);
  g_test_add_func ("/sandbox/portal/applications", test_applications);
  g_test_add_func ("/sandbox/portal/application-faults", test_application_faults);

  return g_test_run ();
}
