/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "baton-single-flight.h"

typedef struct
{
  BatonSingleFlight *flights;
  GPtrArray *shared; /* (element-type GTask): the operations that were started */
  guint cancelled;   /* how many of them were */
  GString *log;
} Fixture;

typedef struct
{
  Fixture *fixture;
  const char *name;
  GCancellable *cancel_other; /* (nullable) */
  gboolean again;
} Caller;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->flights = baton_single_flight_new ((GBoxedCopyFunc) (void (*) (void)) g_strdup, g_free);
  fixture->shared = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->cancelled = 0;
  fixture->log = g_string_new (NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_ptr_array_unref (fixture->shared);
  g_assert_finalize_object (fixture->flights);
  g_string_free (fixture->log, TRUE);
}

static void
start (GTask *shared, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_ptr_array_add (fixture->shared, g_object_ref (shared));
}

static void
spin (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void run (Fixture *fixture, Caller *caller, const char *key, GCancellable *cancellable);

static void
done_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Caller *caller = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *value = baton_single_flight_run_finish (caller->fixture->flights, result, &error);

  g_string_append_printf (caller->fixture->log, "%s=%s ", caller->name,
                          error == NULL ? value
                          : g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? "cancelled"
                                                                                     : error->message);

  if (caller->cancel_other != NULL)
    g_cancellable_cancel (caller->cancel_other);

  if (caller->again)
    {
      caller->again = FALSE;
      run (caller->fixture, caller, "k", NULL);
    }
}

static void
run (Fixture *fixture, Caller *caller, const char *key, GCancellable *cancellable)
{
  caller->fixture = fixture;
  baton_single_flight_run_async (fixture->flights, key, start, fixture, cancellable, done_cb, caller);
}

static GTask *
operation (Fixture *fixture, guint i)
{
  g_assert_cmpuint (i, <, fixture->shared->len);

  return g_ptr_array_index (fixture->shared, i);
}

static void
test_one_operation (Fixture *fixture, gconstpointer data)
{
  Caller a = { .name = "a" }, b = { .name = "b" }, other = { .name = "other" }, later = { .name = "later" };

  run (fixture, &a, "k", NULL);
  run (fixture, &b, "k", NULL);
  run (fixture, &other, "k2", NULL);
  spin ();
  g_assert_cmpuint (fixture->shared->len, ==, 2);
  g_assert_true (baton_single_flight_is_running (fixture->flights, "k"));
  g_assert_cmpstr (fixture->log->str, ==, "");

  g_task_return_pointer (operation (fixture, 0), g_strdup ("1"), g_free);
  spin ();
  g_assert_cmpstr (fixture->log->str, ==, "a=1 b=1 ");
  g_assert_false (baton_single_flight_is_running (fixture->flights, "k"));
  g_assert_true (baton_single_flight_is_running (fixture->flights, "k2"));

  run (fixture, &later, "k", NULL);
  g_task_return_pointer (operation (fixture, 2), g_strdup ("2"), g_free);
  g_task_return_pointer (operation (fixture, 1), NULL, NULL);
  spin ();
  g_assert_nonnull (strstr (fixture->log->str, "later=2"));
  g_assert_nonnull (strstr (fixture->log->str, "other=(null)"));
}

static void
test_error_reaches_all (Fixture *fixture, gconstpointer data)
{
  Caller a = { .name = "a" }, b = { .name = "b" };

  run (fixture, &a, "k", NULL);
  run (fixture, &b, "k", NULL);
  g_task_return_new_error (operation (fixture, 0), G_IO_ERROR, G_IO_ERROR_FAILED, "broken");
  spin ();
  g_assert_cmpstr (fixture->log->str, ==, "a=broken b=broken ");
}

static void
test_one_cancels_alone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Caller a = { .name = "a" }, b = { .name = "b" };

  run (fixture, &a, "k", cancellable);
  run (fixture, &b, "k", NULL);
  g_cancellable_cancel (cancellable);
  spin ();
  g_assert_cmpstr (fixture->log->str, ==, "a=cancelled ");
  g_assert_false (g_cancellable_is_cancelled (g_task_get_cancellable (operation (fixture, 0))));

  g_task_return_pointer (operation (fixture, 0), g_strdup ("1"), g_free);
  spin ();
  g_assert_cmpstr (fixture->log->str, ==, "a=cancelled b=1 ");
}

static void
test_last_cancels_operation (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) first = g_cancellable_new ();
  g_autoptr (GCancellable) second = g_cancellable_new ();
  Caller a = { .name = "a" }, b = { .name = "b" }, later = { .name = "later" };

  run (fixture, &a, "k", first);
  run (fixture, &b, "k", second);
  g_cancellable_cancel (first);
  g_cancellable_cancel (second);
  spin ();
  g_assert_cmpstr (fixture->log->str, ==, "a=cancelled b=cancelled ");
  g_assert_true (g_cancellable_is_cancelled (g_task_get_cancellable (operation (fixture, 0))));
  g_assert_false (baton_single_flight_is_running (fixture->flights, "k"));

  /* one that comes while the first winds down gets a new one, which the first's end leaves alone */
  run (fixture, &later, "k", NULL);
  g_assert_cmpuint (fixture->shared->len, ==, 2);
  g_task_return_pointer (operation (fixture, 0), g_strdup ("stale"), g_free);
  spin ();
  g_assert_true (baton_single_flight_is_running (fixture->flights, "k"));
  g_task_return_pointer (operation (fixture, 1), g_strdup ("fresh"), g_free);
  spin ();
  g_assert_cmpstr (fixture->log->str, ==, "a=cancelled b=cancelled later=fresh ");
}

static void
test_cancelled_before (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Caller a = { .name = "a" };

  g_cancellable_cancel (cancellable);
  run (fixture, &a, "k", cancellable);
  spin ();
  g_assert_cmpuint (fixture->shared->len, ==, 0);
  g_assert_cmpstr (fixture->log->str, ==, "a=cancelled ");
}

/* A callback cancels the next waiter and starts the same operation anew. */
static void
test_callbacks_call_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Caller a = { .name = "a", .cancel_other = cancellable, .again = TRUE }, b = { .name = "b" };

  run (fixture, &a, "k", NULL);
  run (fixture, &b, "k", cancellable);
  g_task_return_pointer (operation (fixture, 0), g_strdup ("1"), g_free);
  spin ();
  g_assert_cmpuint (fixture->shared->len, ==, 2);
  a.cancel_other = NULL;
  g_task_return_pointer (operation (fixture, 1), g_strdup ("2"), g_free);
  spin ();
  g_assert_cmpstr (fixture->log->str, ==, "a=1 b=cancelled a=2 ");
}

static void
start_at_once (GTask *shared, gpointer user_data)
{
  g_task_return_pointer (shared, g_strdup ("now"), g_free);
}

static void
test_start_may_complete (Fixture *fixture, gconstpointer data)
{
  Caller a = { .name = "a", .fixture = fixture };

  baton_single_flight_run_async (fixture->flights, "k", start_at_once, NULL, NULL, done_cb, &a);
  g_assert_cmpstr (fixture->log->str, ==, "");
  spin ();
  g_assert_cmpstr (fixture->log->str, ==, "a=now ");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) \
  g_test_add ("/baton/core/single-flight/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("one-operation", test_one_operation);
  ADD ("error-reaches-all", test_error_reaches_all);
  ADD ("one-cancels-alone", test_one_cancels_alone);
  ADD ("last-cancels-operation", test_last_cancels_operation);
  ADD ("cancelled-before", test_cancelled_before);
  ADD ("callbacks-call-back", test_callbacks_call_back);
  ADD ("start-may-complete", test_start_may_complete);

  return g_test_run ();
}
