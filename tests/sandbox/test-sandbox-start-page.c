/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <baton-json.h>

#include "sandbox-test.h"

static SandboxTest *sandbox;

static SandboxAnswer *
get (const char *address)
{
  SandboxAnswer *answer = sandbox_test_send (sandbox, "GET", address, NULL, 0, NULL, NULL);

  sandbox_assert_status (answer, 200);

  return answer;
}

/* Whatever the page asks for is there, and nothing of it comes from elsewhere. */
static void
test_page (void)
{
  static const char *const attributes[] = { "href=\"", "src=\"" };
  g_autoptr (SandboxAnswer) page = get ("/");
  guint n = 0;

  g_assert_cmpstr (page->type, ==, "text/html");
  g_assert_true (
      g_str_has_prefix (soup_message_headers_get_one (page->headers, "Content-Security-Policy"),
                        "default-src 'none';"));
  for (gsize i = 0; i < G_N_ELEMENTS (attributes); i++)
    {
      for (const char *at = strstr (page->text, attributes[i]); at != NULL;
           at = strstr (at, attributes[i]))
        {
          const char *end;
          g_autofree char *address = NULL;

          at += strlen (attributes[i]);
          end = strchr (at, '"');
          address = g_strndup (at, (gsize)(end - at));
          if (g_str_has_prefix (address, "data:"))
            continue;
          g_assert_true (*address == '/');
          if (!g_str_has_prefix (address, "/portal_/"))
            sandbox_answer_free (get (address));
          n++;
        }
    }
  g_assert_cmpuint (n, >, 4);
}

static void
test_script (void)
{
  g_autoptr (SandboxAnswer) script = get ("/_sandbox/start-page.js");
  g_autoptr (SandboxAnswer) page = get ("/");

  g_assert_cmpstr (script->type, ==, "text/javascript");
  /* Each element that the script looks for by its id is in the page. */
  for (const char *at = strstr (script->text, "byId('"); at != NULL; at = strstr (at, "byId('"))
    {
      const char *end;
      g_autofree char *id = NULL;

      at += strlen ("byId('");
      end = strchr (at, '\'');
      id = g_strdup_printf ("id=\"%.*s\"", (int)(end - at), at);
      g_test_message ("%s", id);
      g_assert_nonnull (strstr (page->text, id));
    }
  /* Text is never taken for markup. */
  g_assert_null (strstr (script->text, "innerHTML"));
}

static void
test_ready (void)
{
  g_autoptr (SandboxAnswer) ready = get ("/_sandbox/ready");
  g_autofree char *first = baton_json_to_text (sandbox->ready, FALSE);
  g_autofree char *second = baton_json_to_text (ready->node, FALSE);

  g_assert_cmpstr (first, ==, second);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  sandbox = sandbox_test_start ("--jobs=10", NULL);
  g_test_add_func ("/sandbox/start-page/page", test_page);
  g_test_add_func ("/sandbox/start-page/script", test_script);
  g_test_add_func ("/sandbox/start-page/ready", test_ready);
  status = g_test_run ();
  sandbox_test_stop (sandbox);

  return status;
}
