/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-error.h"
#include "baton-json.h"
#include "renewals-test.h"

/* A process that is killed in the middle of a renewal, at each step of it, does not lose the
 * account. */

#define KILLS 100
#define TOKEN_PATH "/identity_/connect/token"

static gboolean
is_data (const char *line)
{
  return g_str_has_prefix (line, "data ");
}

/* It says why, and the account signs in again. */
static void
sign_in_again (const RenewalsTest *test, const char *failure)
{
  g_autofree char *expected
      = g_strdup_printf ("failed %d %s", BATON_ERROR_KEY_REVOKED, BATON_REASON_CUT_OFF);
  g_autofree char *again = NULL;
  g_autofree char *opened = NULL;

  g_assert_cmpstr (failure, ==, expected);
  /* And says the same of the next start. */
  again = renewals_test_run (test, "open", 0);
  g_assert_cmpstr (again, ==, expected);
  renewals_test_sign_in (test);
  opened = renewals_test_run (test, "open", 0);
  g_assert_true (is_data (opened));
}

/* A new process after the kill. @phase: what the kill may have cost. Returns: TRUE where it went on
 * with what is in the keyring. */
static gboolean
check_next (const RenewalsTest *test, const char *phase)
{
  g_autofree char *line = renewals_test_run (test, "open", 0);

  if (is_data (line))
    {
      g_assert_cmpstr (phase, !=, "lost");
      return TRUE;
    }

  g_assert_cmpstr (phase, !=, "kept");
  sign_in_again (test, line);

  return FALSE;
}

static void
test_every_step (void)
{
  g_autoptr (RenewalsTest) test = renewals_test_start ();
  g_autofree char *accounts = renewals_test_read_accounts (test);
  g_autofree char *whole = renewals_test_run (test, "open", 0);
  g_autofree char *after = NULL;
  guint n_steps = (guint)g_ascii_strtoull (whole + strlen ("data "), NULL, 10);
  guint n_kills = 0;
  guint n_went_on = 0;

  g_assert_true (is_data (whole));
  g_assert_cmpuint (n_steps, >, 20);
  for (guint i = 0; n_kills < KILLS; i++)
    {
      g_autofree char *line = renewals_test_run (test, "open", 1 + i % n_steps);
      g_auto (GStrv) words = g_strsplit (line, " ", 4);

      /* The last steps may be fewer another time. */
      g_assert_cmpuint (i, <, 2 * KILLS);
      if (is_data (line))
        continue;
      g_assert_cmpuint (g_strv_length (words), ==, 4);
      g_assert_cmpstr (words[0], ==, "killed");
      n_kills++;
      if (check_next (test, words[1]))
        n_went_on++;
      g_test_message ("%s", line);
    }

  g_test_message ("%u steps, %u kills: %u went on, %u signed in again", n_steps, n_kills, n_went_on,
                  n_kills - n_went_on);
  after = renewals_test_read_accounts (test);
  g_assert_cmpstr (after, ==, accounts);
}

static void
add_fault (const RenewalsTest *test, const char *rest)
{
  g_autofree char *body = g_strdup_printf ("{\"path\":\"" TOKEN_PATH "\",%s}", rest);
  g_autoptr (SandboxAnswer) answer = sandbox_test_control (test->sandbox, "POST", "faults", body);

  g_assert_cmpuint (answer->status / 100, ==, 2);
}

static void
clear_faults (const RenewalsTest *test)
{
  g_autoptr (SandboxAnswer) answer = sandbox_test_control (test->sandbox, "DELETE", "faults", NULL);

  g_assert_cmpuint (answer->status / 100, ==, 2);
}

/* Waits until a request for a token is held back. */
static void
wait_for_hit (const RenewalsTest *test)
{
  gint64 limit = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  gint64 hits = 0;

  while (hits == 0)
    {
      g_autoptr (SandboxAnswer) answer
          = sandbox_test_control (test->sandbox, "GET", "faults", NULL);
      JsonArray *faults = baton_json_peek_array (answer->json, "faults");

      g_assert_cmpint (g_get_monotonic_time (), <, limit);
      hits = baton_json_peek_int (baton_json_peek_object_at (faults, 0), "hits", 0);
    }
}

/* From outside, while the server thinks. */
static void
test_while_asked (void)
{
  g_autoptr (RenewalsTest) test = renewals_test_start ();

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GSubprocess) process = NULL;
      g_autoptr (GError) error = NULL;

      add_fault (test, "\"kind\":\"delay\",\"delay\":100000");
      process = renewals_test_spawn (test, "open", 0);
      wait_for_hit (test);
      g_subprocess_send_signal (process, 9);
      g_subprocess_wait (process, NULL, &error);
      g_assert_no_error (error);
      clear_faults (test);
      check_next (test, "asked");
    }
}

/* The server has given, and the answer did not arrive. */
static void
test_answer_lost (void)
{
  g_autoptr (RenewalsTest) test = renewals_test_start ();
  g_autofree char *line = NULL;
  g_autofree char *next = NULL;

  add_fault (test, "\"kind\":\"closeInBody\"");
  line = renewals_test_run (test, "open", 0);
  g_assert_true (g_str_has_prefix (line, "failed "));
  clear_faults (test);
  next = renewals_test_run (test, "open", 0);
  sign_in_again (test, next);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/baton/renewals/killed/every-step", test_every_step);
  g_test_add_func ("/baton/renewals/killed/while-asked", test_while_asked);
  g_test_add_func ("/baton/renewals/killed/answer-lost", test_answer_lost);

  return g_test_run ();
}
