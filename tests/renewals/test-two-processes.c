/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-error.h"
#include "baton-lock.h"
#include "renewals-test.h"

/* Processes that share an account never spend a refresh token twice: the sandbox would end the
 * whole sign-in. */

#define PROCESSES 3
#define TIMES 3

static void
say_go (GSubprocess *process)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (g_subprocess_get_stdin_pipe (process), "go\n", 3, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_flush (g_subprocess_get_stdin_pipe (process), NULL, &error);
  g_assert_no_error (error);
}

static void
assert_line (GSubprocess *process, const char *prefix)
{
  g_autofree char *line = renewals_test_read (process);

  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, prefix));
}

static void
start_all (const RenewalsTest *test, GSubprocess **processes)
{
  for (guint i = 0; i < PROCESSES; i++)
    processes[i] = renewals_test_spawn (test, "renew " G_STRINGIFY (TIMES), 0);
  for (guint i = 0; i < PROCESSES; i++)
    assert_line (processes[i], "ready");
}

static void
end_all (GSubprocess **processes)
{
  for (guint i = 0; i < PROCESSES; i++)
    {
      g_autoptr (GError) error = NULL;

      assert_line (processes[i], "data ");
      g_assert_true (g_subprocess_wait_check (processes[i], NULL, &error));
      g_assert_no_error (error);
      g_object_unref (processes[i]);
    }
}

static void
test_at_once (void)
{
  g_autoptr (RenewalsTest) test = renewals_test_start ();
  g_autoptr (SandboxAnswer) slow = sandbox_test_control (
      test->sandbox, "POST", "faults",
      "{\"path\":\"/identity_/connect/token\",\"kind\":\"delay\",\"delay\":50}");
  GSubprocess *processes[PROCESSES] = { NULL };
  guint before = renewals_test_count (test);

  g_assert_cmpuint (slow->status / 100, ==, 2);
  start_all (test, processes);
  for (guint i = 0; i < PROCESSES; i++)
    say_go (processes[i]);
  end_all (processes);
  /* One for each that was wanted, each with the token that the one before brought. */
  g_assert_cmpuint (renewals_test_count (test) - before, ==, PROCESSES * (1 + TIMES));
}

/* Each holds what it knew when it opened while another renews. */
static void
test_in_turn (void)
{
  g_autoptr (RenewalsTest) test = renewals_test_start ();
  GSubprocess *processes[PROCESSES] = { NULL };
  guint before = renewals_test_count (test);

  start_all (test, processes);
  for (guint i = 0; i < PROCESSES; i++)
    {
      say_go (processes[i]);
      assert_line (processes[i], "data ");
      g_assert_true (g_subprocess_wait_check (processes[i], NULL, NULL));
      g_object_unref (processes[i]);
    }
  g_assert_cmpuint (renewals_test_count (test) - before, ==, PROCESSES * (1 + TIMES));
}

static void
lock_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  BatonLock **lock = user_data;
  g_autoptr (GError) error = NULL;

  *lock = baton_lock_acquire_finish (result, &error);
  g_assert_no_error (error);
}

/* One has renewed, and its keyring has not taken it yet: the other does not spend what is there. */
static void
test_unkept_elsewhere (void)
{
  g_autoptr (RenewalsTest) test = renewals_test_start ();
  g_autofree char *expected = g_strdup_printf ("failed %d -", BATON_ERROR_CONFLICT);
  g_autofree char *refused = NULL;
  g_autofree char *opened = NULL;
  guint before = renewals_test_count (test);
  BatonLock *lock = NULL;

  baton_lock_acquire_async ("an-account.unkept", NULL, lock_cb, &lock);
  while (lock == NULL)
    g_main_context_iteration (NULL, TRUE);
  refused = renewals_test_run (test, "open", 0);
  g_assert_cmpstr (refused, ==, expected);
  g_assert_cmpuint (renewals_test_count (test), ==, before);
  baton_lock_release (lock);
  opened = renewals_test_run (test, "open", 0);
  g_assert_true (g_str_has_prefix (opened, "data "));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/baton/renewals/two-processes/at-once", test_at_once);
  g_test_add_func ("/baton/renewals/two-processes/in-turn", test_in_turn);
  g_test_add_func ("/baton/renewals/two-processes/unkept-elsewhere", test_unkept_elsewhere);

  return g_test_run ();
}
