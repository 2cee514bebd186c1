/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include <baton-json.h>

#include "sandbox-test.h"

#define US "UiPath.Server.Configuration.OData."

/* Runs the program to its end. Returns: its exit status. */
static int
run (char **output, char **errors, const char *option, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autofree char *program
      = g_test_build_filename (G_TEST_BUILT, "..", "src", "sandbox", "baton-sandbox", NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  va_list list;

  g_ptr_array_add (arguments, program);
  va_start (list, option);
  for (; option != NULL; option = va_arg (list, const char *))
    g_ptr_array_add (arguments, (gpointer)option);
  va_end (list);
  g_ptr_array_add (arguments, NULL);

  process
      = g_subprocess_newv ((const char *const *)arguments->pdata,
                           G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, output, errors, &error));
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));

  return g_subprocess_get_exit_status (process);
}

static void
test_help (void)
{
  static const char *const options[] = {
    "--port",
    "--data",
    "--seed",
    "--jobs",
    "--user-key-token-life",
    "--password-token-life",
    "--page-cap",
    "--latency",
    "--with-parent",
    "--operations",
    "--help",
    "--version",
  };
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;
  g_autofree char *version = NULL;

  g_assert_cmpint (run (&output, &errors, "--help", NULL), ==, 0);
  g_assert_cmpstr (errors, ==, "");
  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    g_assert_nonnull (strstr (output, options[i]));

  g_clear_pointer (&errors, g_free);
  g_assert_cmpint (run (&version, &errors, "--version", NULL), ==, 0);
  g_assert_cmpstr (version, ==, "baton-sandbox " PACKAGE_VERSION "\n");
}

/* Every operation of the definition has its line, and the last line counts them. */
static void
test_operations (void)
{
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0, n_there = 0;
  g_autofree char *closing = NULL;

  g_assert_cmpint (run (&output, &errors, "--operations", NULL), ==, 0);
  g_assert_cmpstr (errors, ==, "");
  g_assert_nonnull (strstr (output, "yes\tMachines_PatchById\tPATCH /odata/Machines({key})\n"));
  g_assert_nonnull (strstr (output, "yes\tJobs_Get\tGET /odata/Jobs\n"));

  lines = g_strsplit (output, "\n", -1);
  for (; lines[n + 2] != NULL; n++)
    {
      g_assert_true (g_str_has_prefix (lines[n], "yes\t") || g_str_has_prefix (lines[n], "no\t"));
      n_there += g_str_has_prefix (lines[n], "yes") ? 1 : 0;
    }
  g_assert_cmpuint (n, ==, 418);
  closing = g_strdup_printf ("%u of 418", n_there);
  g_assert_cmpstr (lines[n], ==, closing);
}

static void
test_bad_options (void)
{
  static const char *const options[] = {
    "--nonsense",
    "--port=x",
    "--port=70000",
    "--port=-1",
    "--jobs=-5",
    "--jobs=1000001",
    "--jobs=",
    "--seed=x",
    "--page-cap=-1",
    "--latency=-1",
    "--user-key-token-life=0",
    "--password-token-life=x",
    "--client-certificates",
    "stray",
    "--data=",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_autofree char *output = NULL;
      g_autofree char *errors = NULL;

      g_assert_cmpint (run (&output, &errors, options[i], NULL), ==, 2);
      g_test_message ("%s", errors);
      g_assert_cmpstr (output, ==, "");
      g_assert_true (g_str_has_prefix (errors, "baton-sandbox: "));
      g_assert_nonnull (strstr (errors, "--help"));
    }
}

static void
test_announcement (void)
{
  static const char *const members[] = {
    "ready",    "origin",  "organization", "tenant",   "orchestrator",        "identity",
    "clientId", "userKey", "username",     "password", "personalAccessToken",
  };
  g_autoptr (SandboxTest) first = sandbox_test_start ("--jobs=0", NULL);
  g_autoptr (SandboxTest) second = sandbox_test_start ("--jobs=0", "--seed=7", NULL);
  JsonObject *ready = baton_json_peek_root_object (first->ready);
  g_autofree char *orchestrator
      = g_strconcat (first->origin, "/acme/DefaultTenant/orchestrator_", NULL);

  g_assert_true (baton_json_peek_bool (ready, "ready", FALSE));
  g_assert_cmpuint (json_object_get_size (ready), ==, G_N_ELEMENTS (members) + 2);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (ready, "users")), ==, 3);
  g_assert_cmpuint (baton_json_length (baton_json_peek_array (ready, "applications")), ==, 4);
  for (gsize i = 1; i < G_N_ELEMENTS (members); i++)
    g_assert_nonnull (baton_json_peek_string (ready, members[i]));
  g_assert_true (g_str_has_prefix (first->origin, "http://127.0.0.1:"));
  g_assert_cmpstr (first->orchestrator, ==, orchestrator);
  for (gsize i = 6; i < G_N_ELEMENTS (members); i++)
    g_assert_cmpstr (sandbox_test_get_ready (first, members[i]), ==,
                     sandbox_test_get_ready (second, members[i]));
}

static void
test_port (void)
{
  g_autoptr (SandboxTest) first = sandbox_test_start ("--jobs=0", NULL);
  g_autofree char *option = g_strdup_printf ("--port=%s", strrchr (first->origin, ':') + 1);
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;

  g_assert_cmpint (run (&output, &errors, option, "--jobs=0", NULL), ==, 1);
  g_assert_cmpstr (output, ==, "");
  g_assert_true (g_str_has_prefix (errors, "baton-sandbox: Cannot listen on port "));
}

static void
test_signal (void)
{
  SandboxTest *sandbox = sandbox_test_start ("--jobs=0", NULL);
  g_autoptr (GSubprocess) process = g_object_ref (sandbox->process);
  g_autoptr (GError) error = NULL;

  g_subprocess_send_signal (process, 15);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  g_assert_no_error (error);
  sandbox_test_stop (sandbox);
}

static char *
make_file (char **folder)
{
  g_autoptr (GError) error = NULL;

  *folder = g_dir_make_tmp ("sandbox command XXXXXX", &error);
  g_assert_no_error (error);

  return g_build_filename (*folder, "the data.db", NULL);
}

static void
remove_file (const char *folder, const char *file)
{
  static const char *const tails[] = { "", "-wal", "-shm" };

  for (gsize i = 0; i < G_N_ELEMENTS (tails); i++)
    {
      g_autofree char *name = g_strconcat (file, tails[i], NULL);

      g_unlink (name);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* What was answered is there after kill -9, again and again. */
static void
test_kill (void)
{
  g_autofree char *folder = NULL;
  g_autofree char *file = make_file (&folder);
  g_autofree char *option = g_strconcat ("--data=", file, NULL);
  gint64 jobs = -1;

  for (int i = 0; i < 4; i++)
    {
      SandboxTest *sandbox = sandbox_test_start (option, "--jobs=20", NULL);
      g_autofree char *body = g_strdup_printf (
          "{\"Name\":\"Asset %d\",\"ValueScope\":\"Global\",\"ValueType\":\"Text\","
          "\"StringValue\":\"value %d\"}",
          i, i);
      g_autoptr (SandboxAnswer) count = sandbox_test_send (
          sandbox, "GET", "odata/Jobs?$count=true&$top=0", sandbox->token, 0, NULL, NULL);
      g_autoptr (SandboxAnswer) made = NULL;

      /* The seed comes once. */
      if (jobs < 0)
        jobs = baton_json_peek_int (count->json, "@odata.count", 0);
      g_assert_cmpint (jobs, ==, 20);
      g_assert_cmpint (baton_json_peek_int (count->json, "@odata.count", 0), ==, jobs);
      for (int k = 0; k < i; k++)
        {
          g_autofree char *address
              = g_strdup_printf ("odata/Assets?$filter=Name%%20eq%%20'Asset%%20%d'", k);
          g_autoptr (SandboxAnswer) found = sandbox_test_get (sandbox, address);
          g_autofree char *value = g_strdup_printf ("value %d", k);
          JsonObject *row
              = baton_json_peek_object_at (baton_json_peek_array (found->json, "value"), 0);

          g_assert_cmpstr (baton_json_peek_string (row, "StringValue"), ==, value);
        }
      made = sandbox_test_post (sandbox, "odata/Assets", body);
      sandbox_assert_status (made, 201);
      sandbox_test_kill (sandbox);
    }
  remove_file (folder, file);
}

static void
test_second_process (void)
{
  g_autofree char *folder = NULL;
  g_autofree char *file = make_file (&folder);
  g_autofree char *option = g_strconcat ("--data=", file, NULL);
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;

  {
    g_autoptr (SandboxTest) first = sandbox_test_start (option, "--jobs=20", NULL);

    g_assert_cmpint (run (&output, &errors, option, NULL), ==, 1);
    g_assert_cmpstr (output, ==, "");
    g_assert_nonnull (strstr (errors, "in use by another sandbox"));
  }
  remove_file (folder, file);
}

/* The same number makes the same world, another one another. */
static void
test_seed (void)
{
  g_autoptr (SandboxTest) first = sandbox_test_start ("--jobs=50", "--seed=3", NULL);
  g_autoptr (SandboxTest) same = sandbox_test_start ("--jobs=50", "--seed=3", NULL);
  g_autoptr (SandboxTest) other = sandbox_test_start ("--jobs=50", "--seed=4", NULL);
  const char *address = "odata/Folders?$select=Id,Key,DisplayName";
  g_autoptr (SandboxAnswer) a = sandbox_test_get (first, address);
  g_autoptr (SandboxAnswer) b = sandbox_test_get (same, address);
  g_autoptr (SandboxAnswer) c = sandbox_test_get (other, address);
  const char *rows = strstr (a->text, "\"value\":");

  g_assert_cmpstr (rows, ==, strstr (b->text, "\"value\":"));
  g_assert_cmpstr (rows, !=, strstr (c->text, "\"value\":"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sandbox/command/help", test_help);
  g_test_add_func ("/sandbox/command/operations", test_operations);
  g_test_add_func ("/sandbox/command/bad-options", test_bad_options);
  g_test_add_func ("/sandbox/command/announcement", test_announcement);
  g_test_add_func ("/sandbox/command/port", test_port);
  g_test_add_func ("/sandbox/command/signal", test_signal);
  g_test_add_func ("/sandbox/command/kill", test_kill);
  g_test_add_func ("/sandbox/command/second-process", test_second_process);
  g_test_add_func ("/sandbox/command/seed", test_seed);

  return g_test_run ();
}
