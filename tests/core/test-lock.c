/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "baton-lock.h"

#define LIMIT (20 * G_USEC_PER_SEC)

typedef struct
{
  BatonLock *lock;
  GError *error;
  gboolean done;
} Wait;

static void
acquired_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;

  wait->lock = baton_lock_acquire_finish (result, &wait->error);
  wait->done = TRUE;
}

static void
run (Wait *wait)
{
  gint64 limit = g_get_monotonic_time () + LIMIT;

  while (!wait->done)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
      g_main_context_iteration (NULL, FALSE);
    }
}

static BatonLock *
acquire (const char *name)
{
  Wait wait = { 0 };

  baton_lock_acquire_async (name, NULL, acquired_cb, &wait);
  run (&wait);
  g_assert_no_error (wait.error);

  return wait.lock;
}

static void
test_one_at_a_time (void)
{
  BatonLock *first = acquire ("an-account");
  g_autoptr (BatonLock) other = acquire ("another-account");
  g_autoptr (GError) error = NULL;
  Wait second = { 0 };

  g_assert_nonnull (other);
  g_assert_null (baton_lock_try ("an-account", &error));
  g_assert_no_error (error);
  baton_lock_acquire_async ("an-account", NULL, acquired_cb, &second);
  for (guint i = 0; i < 100; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_false (second.done);

  baton_lock_release (first);
  run (&second);
  g_assert_no_error (second.error);
  baton_lock_release (second.lock);

  first = baton_lock_try ("an-account", &error);
  g_assert_no_error (error);
  g_assert_nonnull (first);
  baton_lock_release (first);
}

static void
test_cancelled (void)
{
  g_autoptr (BatonLock) first = acquire ("an-account");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Wait second = { 0 };

  baton_lock_acquire_async ("an-account", cancellable, acquired_cb, &second);
  g_cancellable_cancel (cancellable);
  run (&second);
  g_assert_error (second.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_error_free (second.error);
}

/* However a process ends, its locks end with it. */
static void
test_killed_holder (void)
{
  int pipe_ends[2];
  char byte = 0;
  pid_t child;
  BatonLock *lock = NULL;

  g_assert_cmpint (pipe (pipe_ends), ==, 0);
  child = fork ();
  if (child == 0)
    {
      baton_lock_set_mark (acquire ("an-account"), TRUE);
      (void)!write (pipe_ends[1], "x", 1);
      for (;;)
        pause ();
    }

  g_assert_cmpint (read (pipe_ends[0], &byte, 1), ==, 1);
  g_assert_cmpint (kill (child, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  lock = acquire ("an-account");
  /* The mark of the one that was killed is for the next. */
  g_assert_true (baton_lock_get_mark (lock));
  baton_lock_set_mark (lock, FALSE);
  baton_lock_release (lock);
  lock = acquire ("an-account");
  g_assert_false (baton_lock_get_mark (lock));
  baton_lock_release (lock);
  close (pipe_ends[0]);
  close (pipe_ends[1]);
}

/* The locks stay where they are; their folder goes with the test. */
static void
clean (const char *folder)
{
  static const char *const names[] = { "baton/an-account.lock", "baton/another-account.lock",
                                       "baton", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_remove (path);
    }
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("baton-lock-XXXXXX", NULL);
  int status;

  g_setenv ("XDG_RUNTIME_DIR", folder, TRUE);
  g_test_init (&argc, &argv, NULL);

  /* First, as a fork takes along no threads. */
  g_test_add_func ("/baton/core/lock/killed-holder", test_killed_holder);
  g_test_add_func ("/baton/core/lock/one-at-a-time", test_one_at_a_time);
  g_test_add_func ("/baton/core/lock/cancelled", test_cancelled);

  status = g_test_run ();
  clean (folder);

  return status;
}
