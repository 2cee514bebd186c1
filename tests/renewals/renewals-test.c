/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "renewals-test.h"

#include <glib/gstdio.h>

#include "baton-json.h"

#define SCOPES "openid profile email offline_access OR.Folders.Read OR.Users.Read"

RenewalsTest *
renewals_test_start (void)
{
  RenewalsTest *self = g_new0 (RenewalsTest, 1);
  g_autoptr (GError) error = NULL;

  self->sandbox = oauth_start (NULL, NULL);
  self->folder = g_dir_make_tmp ("baton-renewals-XXXXXX", &error);
  g_assert_no_error (error);
  self->accounts = g_build_filename (self->folder, "accounts.ini", NULL);
  renewals_test_sign_in (self);

  return self;
}

void
renewals_test_stop (RenewalsTest *self)
{
  g_remove (self->accounts);
  g_rmdir (self->folder);
  g_free (self->accounts);
  g_free (self->folder);
  sandbox_test_stop (self->sandbox);
  g_free (self);
}

static GSubprocess *
spawn (const RenewalsTest *self, const char *const *command, guint kill_at)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *program
      = g_test_build_filename (G_TEST_BUILT, "renewals", "account-program", NULL);
  g_autofree char *step = g_strdup_printf ("%u", kill_at);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GSubprocess *process = NULL;

  g_ptr_array_add (arguments, program);
  g_ptr_array_add (arguments, self->accounts);
  for (gsize i = 0; command[i] != NULL; i++)
    g_ptr_array_add (arguments, (gpointer)command[i]);
  g_ptr_array_add (arguments, NULL);
  g_subprocess_launcher_setenv (launcher, "BATON_TEST_KILL_AT", step, TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *)arguments->pdata, &error);
  g_assert_no_error (error);

  return process;
}

GSubprocess *
renewals_test_spawn (const RenewalsTest *self, const char *command, guint kill_at)
{
  g_auto (GStrv) words = g_strsplit (command, " ", -1);

  return spawn (self, (const char *const *)words, kill_at);
}

char *
renewals_test_read (GSubprocess *process)
{
  GInputStream *stream = g_subprocess_get_stdout_pipe (process);
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  char byte;

  /* Byte by byte, so that nothing of the next line is taken. */
  while (g_input_stream_read (stream, &byte, 1, NULL, &error) == 1)
    {
      if (byte == '\n')
        return g_strdup (line->str);
      g_string_append_c (line, byte);
    }
  g_assert_no_error (error);

  return NULL;
}

/* Returns: (transfer full) */
static char *
finish (GSubprocess *process)
{
  g_autofree char *last = NULL;
  g_autoptr (GError) error = NULL;

  for (char *line; (line = renewals_test_read (process)) != NULL;)
    {
      g_free (last);
      last = line;
    }
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (last);
  if (g_subprocess_get_if_signaled (process))
    g_assert_cmpint (g_subprocess_get_term_sig (process), ==, 9);
  else
    g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);

  return g_steal_pointer (&last);
}

char *
renewals_test_run (const RenewalsTest *self, const char *command, guint kill_at)
{
  g_autoptr (GSubprocess) process = renewals_test_spawn (self, command, kill_at);

  return finish (process);
}

void
renewals_test_sign_in (const RenewalsTest *self)
{
  const char *const command[]
      = { "sign-in", self->sandbox->orchestrator, OAUTH_DESKTOP, OAUTH_REDIRECT, SCOPES, NULL };
  g_autofree char *query = oauth_make_query (SCOPES);
  g_autofree char *location = oauth_sign_in (self->sandbox, query, "admin:sandbox-password");
  g_autofree char *code = oauth_get_parameter (location, "code");
  g_autofree char *text = g_strdup_printf ("%s %s\n", code, OAUTH_VERIFIER);
  g_autoptr (GSubprocess) process = spawn (self, command, 0);
  g_autofree char *last = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (code);
  g_output_stream_write_all (g_subprocess_get_stdin_pipe (process), text, strlen (text), NULL, NULL,
                             &error);
  g_assert_no_error (error);
  g_output_stream_flush (g_subprocess_get_stdin_pipe (process), NULL, &error);
  last = finish (process);
  g_assert_true (g_str_has_prefix (last, "data "));
}

guint
renewals_test_count (const RenewalsTest *self)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_control (self->sandbox, "GET", "counters", NULL);
  JsonArray *counters = baton_json_peek_array (answer->json, "counters");
  guint count = 0;

  for (guint i = 0; i < baton_json_length (counters); i++)
    {
      JsonObject *counter = baton_json_peek_object_at (counters, i);
      JsonObject *statuses = baton_json_peek_object (counter, "statuses");

      if (!g_str_has_suffix (baton_json_peek_string (counter, "path"), "/connect/token"))
        continue;
      count += (guint)baton_json_peek_int (counter, "count", 0);
      g_assert_cmpint (baton_json_peek_int (statuses, "200", 0), ==, count);
    }

  return count;
}

char *
renewals_test_read_accounts (const RenewalsTest *self)
{
  char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (self->accounts, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}
