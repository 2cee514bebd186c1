/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "baton-json.h"
#include "sandbox-test.h"

#define US "UiPath.Server.Configuration.OData."
#define DMN "<?xml version=\"1.0\"?><definitions name=\"%s\"><decision id=\"d\"/></definitions>"

static SandboxTest *test;

/* @file: (nullable). Returns: (transfer full) */
static SandboxAnswer *
send_form (const char *method, const char *address, const char *rule, const char *file)
{
  g_autoptr (GString) body = g_string_new (NULL);

  g_string_append_printf (
      body,
      "--part\r\nContent-Disposition: form-data; name=\"businessRule\"\r\n\r\n%s"
      "\r\n",
      rule);
  if (file != NULL)
    g_string_append_printf (body,
                            "--part\r\nContent-Disposition: form-data; name=\"file\"; "
                            "filename=\"rule.dmn\"\r\nContent-Type: application/xml\r\n\r\n%s\r\n",
                            file);
  g_string_append (body, "--part--\r\n");

  return sandbox_test_send (test, method, address, test->token, test->shared,
                            "multipart/form-data; boundary=part", body->str);
}

/* Returns: (transfer full): the file that the address of a version opens by itself. */
static char *
download (const char *query)
{
  g_autofree char *address
      = g_strconcat ("odata/BusinessRules/" US "GetReadUri(name='Discount')", query, NULL);
  g_autoptr (SandboxAnswer) link = sandbox_test_get (test, address);
  g_autoptr (SandboxAnswer) file = NULL;

  sandbox_assert_status (link, 200);
  file = sandbox_test_send (
      test, "GET",
      baton_json_peek_string (baton_json_peek_object (link->json, "DownloadUri"), "Uri"), NULL, 0,
      NULL, NULL);
  sandbox_assert_status (file, 200);

  return g_strdup (file->text);
}

static void
test_life (void)
{
  g_autofree char *first = g_strdup_printf (DMN, "first");
  g_autofree char *second = g_strdup_printf (DMN, "second");
  g_autoptr (SandboxAnswer) made = send_form (
      "POST", "odata/BusinessRules", "{\"Name\":\"Discount\",\"Description\":\"Ours\"}", first);
  g_autofree char *id = g_strdup (baton_json_peek_string (made->json, "Id"));
  g_autofree char *address = g_strdup_printf ("odata/BusinessRules(%s)", id);
  g_autofree char *list = g_strdup_printf ("odata/BusinessRules/" US "GetVersionList(id=%s)", id);
  g_autoptr (SandboxAnswer) changed = send_form ("PUT", address, "{\"Name\":\"Discount\"}", second);
  g_autoptr (SandboxAnswer) versions = sandbox_test_get (test, list);
  g_autofree char *now = download ("");
  g_autofree char *old = download ("?versionNumber=1.0.0");
  g_autoptr (SandboxAnswer) back = send_form (
      "PUT", address, "{\"Name\":\"Discount\",\"CurrentVersion\":{\"VersionNumber\":\"1.0.0\"}}",
      NULL);
  g_autoptr (SandboxAnswer) rule = sandbox_test_get (test, address);
  g_autoptr (SandboxAnswer) deleted
      = sandbox_test_send (test, "DELETE", address, test->token, test->shared, NULL, NULL);
  g_autoptr (SandboxAnswer) gone = sandbox_test_get (test, address);

  sandbox_assert_status (made, 201);
  sandbox_assert_status (changed, 200);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (versions->json, "value")), ==, 2);
  g_assert_cmpstr (now, ==, second);
  g_assert_cmpstr (old, ==, first);
  sandbox_assert_status (back, 200);
  g_assert_cmpstr (baton_json_peek_string (baton_json_peek_object (rule->json, "CurrentVersion"),
                                           "VersionNumber"),
                   ==, "1.0.0");
  g_assert_cmpstr (baton_json_peek_string (rule->json, "Description"), ==, "Ours");
  sandbox_assert_status (deleted, 204);
  sandbox_assert_error (gone, 404, 1002);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *rule;
    const char *file;
    int code;
  } cases[] = {
    { "{\"Name\":\"Bad\"}", NULL, 1014 },
    { "{\"Name\":\"Bad\"}", "no xml", 1009 },
    { "{\"Name\":\"Bad\"}", "<html/>", 1009 },
    { "{\"Name\":\"Bad\"}", "<definitions>", 1009 },
    { "no json", "<definitions/>", 1000 },
    { "{\"Description\":\"No name\"}", "<definitions/>", 1014 },
    { "{\"Name\":\"Bad\",\"Colour\":\"red\"}", "<definitions/>", 1000 },
  };
  g_autoptr (SandboxAnswer) json
      = sandbox_test_post (test, "odata/BusinessRules", "{\"Name\":\"a\"}");

  sandbox_assert_status (json, 415);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SandboxAnswer) answer
          = send_form ("POST", "odata/BusinessRules", cases[i].rule, cases[i].file);

      g_test_message ("%s, %s", cases[i].rule, cases[i].file);
      sandbox_assert_error (answer, 400, cases[i].code);
    }
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test = sandbox_test_start ("--jobs=0", NULL);

  g_test_add_func ("/sandbox/business-rules/life", test_life);
  g_test_add_func ("/sandbox/business-rules/refused", test_refused);

  status = g_test_run ();
  sandbox_test_stop (test);

  return status;
}
