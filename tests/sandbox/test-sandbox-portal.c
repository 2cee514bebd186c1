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
  g_autoptr (SandboxAnswer) answer =
      sandbox_test_send (test, "POST", "/portal_/apiAccess", NULL, 0, FORM, body);
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
  g_autoptr (SandboxAnswer) sent = sandbox_test_send (
      test, "POST", "/portal_/apiAccess", NULL, 0, FORM, "user=viewer&action=revoke");
  g_autoptr (SandboxAnswer) alive = sandbox_test_get (test, "odata/Folders");

  sandbox_assert_status (sent, 303);
  sandbox_assert_status (alive, 200);
}

static void
test_wrong_form (void)
{
  g_autoptr (SandboxTest) test = sandbox_test_start ("--jobs=100", NULL);
  g_autoptr (SandboxAnswer) unknown =
      sandbox_test_send (test, "POST", "/portal_/apiAccess", NULL, 0, FORM, "action=x");
  g_autoptr (SandboxAnswer) none =
      sandbox_test_send (test, "POST", "/portal_/apiAccess", NULL, 0, FORM, "");
  g_autofree char *address = g_strconcat (test->origin, "/portal_/apiAccess", NULL);
  g_autoptr (SoupMessage) message =
      soup_message_new_from_encoded_form ("POST", address, g_strdup ("user=admin&action=revoke"));
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SandboxAnswer) alive = NULL;

  sandbox_assert_status (unknown, 400);
  sandbox_assert_status (none, 400);

  soup_message_headers_replace (
      soup_message_get_request_headers (message), "Origin", "http://evil.example");
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
    g_autoptr (SandboxAnswer) folders =
        sandbox_test_send (test, "GET", "odata/Folders", token, 0, NULL, NULL);

    /* The well-known key was revoked before the restart, and stays so. */
    g_assert_null (test->token);
    g_assert_cmpstr (still, ==, key);
    sandbox_assert_status (folders, 200);
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

  return g_test_run ();
}
