/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#include <baton-json.h>

#include "sandbox-test.h"

#define PASSWORD "never-write-this-down"
#define CREDENTIAL                                                                                 \
  "{\"Name\":\"Login\",\"ValueScope\":\"Global\",\"ValueType\":\"Credential\","                    \
  "\"CredentialUsername\":\"me\",\"CredentialPassword\":\"" PASSWORD "\"}"

static char *
without_origin (SandboxTest *sandbox, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, sandbox->origin, -1);

  return g_strjoinv ("", parts);
}

static void
test_record (void)
{
  g_autofree char *folder = g_dir_make_tmp ("baton-record-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "traffic.jsonl", NULL);
  g_autofree char *record = g_strconcat ("--record=", file, NULL);
  g_autofree char *replay = g_strconcat ("--replay=", file, NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *folders = NULL;
  g_autofree char *text = NULL;
  GStatBuf status;

  {
    SandboxTest *sandbox = sandbox_test_start ("--jobs=20", record, NULL);
    g_autofree char *token = g_strdup (sandbox->token);
    g_autoptr (SandboxAnswer) list
        = sandbox_test_get (sandbox, "odata/Folders?$top=2&$orderby=Id&access_token=" PASSWORD);
    g_autoptr (SandboxAnswer) first = sandbox_test_get (sandbox, "odata/Assets?$orderby=Id");
    g_autoptr (SandboxAnswer) made = sandbox_test_post (sandbox, "odata/Assets", CREDENTIAL);
    g_autoptr (SandboxAnswer) second = sandbox_test_get (sandbox, "odata/Assets?$orderby=Id");
    g_autoptr (SandboxAnswer) missing = sandbox_test_get (sandbox, "odata/Jobs(99999)");

    sandbox_assert_status (list, 200);
    sandbox_assert_status (made, 201);
    folders = without_origin (sandbox, list->text);
    before = without_origin (sandbox, first->text);
    after = without_origin (sandbox, second->text);
    g_assert_cmpstr (before, !=, after);

    g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
    g_assert_nonnull (strstr (text, "\"method\":\"POST\""));
    g_assert_nonnull (strstr (text, "CredentialUsername"));
    g_assert_nonnull (strstr (text, "{{origin}}"));
    g_assert_null (strstr (text, token));
    g_assert_null (strstr (text, PASSWORD));
    g_assert_null (strstr (text, sandbox_test_get_ready (sandbox, "userKey")));
    g_assert_null (strstr (text, sandbox->origin));
    g_assert_cmpint (g_stat (file, &status), ==, 0);
    g_assert_cmpint (status.st_mode & 0777, ==, 0600);
    sandbox_test_stop (sandbox);
  }

  {
    /* Other data, another port: the answers are those of the record, in their order. */
    g_autoptr (SandboxTest) sandbox = sandbox_test_start ("--jobs=0", "--seed=99", replay, NULL);
    g_autoptr (SandboxAnswer) list
        = sandbox_test_get (sandbox, "odata/Folders?$orderby=Id&$top=2&access_token=other");
    g_autofree char *list_text = without_origin (sandbox, list->text);
    g_autoptr (SandboxAnswer) made = sandbox_test_post (sandbox, "odata/Assets", CREDENTIAL);
    g_autoptr (SandboxAnswer) missing = sandbox_test_get (sandbox, "odata/Jobs(99999)");
    g_autoptr (SandboxAnswer) unknown = sandbox_test_get (sandbox, "odata/Robots");

    g_assert_nonnull (sandbox->token);
    sandbox_assert_status (list, 200);
    g_assert_cmpstr (list_text, ==, folders);
    g_assert_nonnull (strstr (list->text, sandbox->origin));
    sandbox_assert_status (made, 201);
    sandbox_assert_error (missing, 404, 1002);
    sandbox_assert_error (unknown, 404, 1002);
    g_assert_nonnull (strstr (unknown->text, "There is no record"));
    for (guint i = 0; i < 3; i++)
      {
        g_autoptr (SandboxAnswer) assets = sandbox_test_get (sandbox, "odata/Assets?$orderby=Id");
        g_autofree char *assets_text = without_origin (sandbox, assets->text);

        g_assert_cmpstr (assets_text, ==, i == 0 ? before : after);
      }
  }
}

static void
test_refused (void)
{
  static const char *const texts[]
      = { "nothing", "{}", "{\"method\":\"GET\",\"url\":\"/\"}", "[1]" };
  g_autofree char *folder = g_dir_make_tmp ("baton-record-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "bad.jsonl", NULL);
  g_autofree char *replay = g_strconcat ("--replay=", file, NULL);
  g_autofree char *program
      = g_test_build_filename (G_TEST_BUILT, "..", "src", "sandbox", "baton-sandbox", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GSubprocess) process = NULL;
      g_autofree char *errors = NULL;

      g_assert_true (g_file_set_contents (file, texts[i], -1, NULL));
      process
          = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE,
                              NULL, program, "--jobs=0", replay, NULL);
      g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &errors, NULL));
      g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
      g_assert_nonnull (strstr (errors, "line 1 is no record"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/record/record", test_record);
  g_test_add_func ("/sandbox/record/refused", test_refused);

  return g_test_run ();
}
