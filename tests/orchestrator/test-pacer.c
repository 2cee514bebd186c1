/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-error.h"
#include "http/baton-pacer.h"

#define SECOND G_TIME_SPAN_SECOND

typedef struct
{
  BatonClock *clock;
  BatonPacer *pacer;
  GString *order; /* a letter for each that went */
  guint n_gone;
  guint n_cancelled;
} Fixture;

typedef struct
{
  Fixture *fixture;
  char letter;
} Waiter;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->clock = baton_clock_new_fake (G_GINT64_CONSTANT (1767225600000000));
  fixture->pacer = baton_pacer_new (fixture->clock);
  fixture->order = g_string_new (NULL);
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  settle ();
  g_assert_finalize_object (fixture->pacer);
  g_assert_finalize_object (fixture->clock);
  g_string_free (fixture->order, TRUE);
}

static void
waited_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Waiter *waiter = user_data;
  g_autoptr (GError) error = NULL;

  if (baton_pacer_wait_finish (BATON_PACER (object), result, &error))
    {
      waiter->fixture->n_gone++;
      g_string_append_c (waiter->fixture->order, waiter->letter);
    }
  else
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      waiter->fixture->n_cancelled++;
    }
  g_free (waiter);
}

static void
add (Fixture *fixture,
     char letter,
     BatonPriority priority,
     gboolean counted,
     gint64 delay,
     GCancellable *cancellable)
{
  Waiter *waiter = g_new0 (Waiter, 1);

  waiter->fixture = fixture;
  waiter->letter = letter;
  baton_pacer_wait_async (fixture->pacer, priority, counted, delay, cancellable, waited_cb, waiter);
}

static void
advance (Fixture *fixture, gint64 delta)
{
  baton_clock_advance (fixture->clock, delta);
  settle ();
}

static void
test_per_second (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 40; i++)
    add (fixture, 'x', BATON_PRIORITY_USER, FALSE, 0, NULL);
  settle ();
  g_assert_cmpuint (fixture->n_gone, ==, 15);
  advance (fixture, SECOND - 1);
  g_assert_cmpuint (fixture->n_gone, ==, 15);
  advance (fixture, 1);
  g_assert_cmpuint (fixture->n_gone, ==, 30);
  advance (fixture, SECOND);
  g_assert_cmpuint (fixture->n_gone, ==, 40);
}

static void
test_lists_per_minute (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 250; i++)
    add (fixture, 'x', BATON_PRIORITY_USER, TRUE, 0, NULL);

  for (guint second = 0; second < 59; second++)
    advance (fixture, SECOND);
  g_assert_cmpuint (fixture->n_gone, ==, 100);

  /* what is not counted goes on */
  add (fixture, 'y', BATON_PRIORITY_BACKGROUND, FALSE, 0, NULL);
  settle ();
  g_assert_cmpuint (fixture->n_gone, ==, 101);

  for (guint second = 0; second < 59; second++)
    advance (fixture, SECOND);
  g_assert_cmpuint (fixture->n_gone, ==, 201);

  for (guint second = 0; second < 59; second++)
    advance (fixture, SECOND);
  g_assert_cmpuint (fixture->n_gone, ==, 251);
}

static void
test_user_goes_ahead (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 15; i++)
    add (fixture, '-', BATON_PRIORITY_USER, FALSE, 0, NULL);
  settle ();
  g_string_truncate (fixture->order, 0);

  for (guint i = 0; i < 10; i++)
    add (fixture, 'b', BATON_PRIORITY_BACKGROUND, FALSE, 0, NULL);
  for (guint i = 0; i < 10; i++)
    add (fixture, 'u', BATON_PRIORITY_USER, FALSE, 0, NULL);
  advance (fixture, SECOND);
  g_assert_cmpstr (fixture->order->str, ==, "uuuuuuuuuubbbbb");
  advance (fixture, SECOND);
  g_assert_cmpuint (fixture->n_gone, ==, 35);
}

/* The background leaves a part of the lists to the person. */
static void
test_background_leaves_room (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 120; i++)
    add (fixture, 'b', BATON_PRIORITY_BACKGROUND, TRUE, 0, NULL);
  for (guint second = 0; second < 20; second++)
    advance (fixture, SECOND);
  g_assert_cmpuint (fixture->n_gone, ==, 80);

  for (guint i = 0; i < 10; i++)
    add (fixture, 'u', BATON_PRIORITY_USER, TRUE, 0, NULL);
  settle ();
  g_assert_cmpuint (fixture->n_gone, ==, 90);

  for (guint second = 0; second < 120; second++)
    advance (fixture, SECOND);
  g_assert_cmpuint (fixture->n_gone, ==, 130);
}

static void
test_pause (Fixture *fixture, gconstpointer data)
{
  gint64 now = baton_clock_now (fixture->clock);

  baton_pacer_pause (fixture->pacer, 10 * SECOND);
  baton_pacer_pause (fixture->pacer, 2 * SECOND);
  baton_pacer_pause (fixture->pacer, -1);
  g_assert_cmpint (baton_pacer_get_paused_until (fixture->pacer), ==, now + 10 * SECOND);

  add (fixture, 'x', BATON_PRIORITY_USER, FALSE, 0, NULL);
  advance (fixture, 9 * SECOND);
  g_assert_cmpuint (fixture->n_gone, ==, 0);
  advance (fixture, SECOND);
  g_assert_cmpuint (fixture->n_gone, ==, 1);
  g_assert_cmpint (baton_pacer_get_paused_until (fixture->pacer), ==, 0);

  /* a pause ends also where nobody waits */
  baton_pacer_pause (fixture->pacer, SECOND);
  advance (fixture, SECOND);
  g_assert_cmpint (baton_pacer_get_paused_until (fixture->pacer), ==, 0);
}

static void
test_delay (Fixture *fixture, gconstpointer data)
{
  add (fixture, 'a', BATON_PRIORITY_USER, FALSE, 3 * SECOND, NULL);
  add (fixture, 'b', BATON_PRIORITY_BACKGROUND, FALSE, 0, NULL);
  settle ();
  g_assert_cmpstr (fixture->order->str, ==, "b");
  advance (fixture, 3 * SECOND);
  g_assert_cmpstr (fixture->order->str, ==, "ba");
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  baton_pacer_pause (fixture->pacer, 10 * SECOND);
  add (fixture, 'a', BATON_PRIORITY_USER, FALSE, 0, cancellable);
  add (fixture, 'b', BATON_PRIORITY_USER, FALSE, 0, NULL);
  g_cancellable_cancel (cancellable);
  add (fixture, 'c', BATON_PRIORITY_USER, FALSE, 0, cancellable);
  settle ();
  g_assert_cmpuint (fixture->n_cancelled, ==, 2);
  advance (fixture, 10 * SECOND);
  g_assert_cmpstr (fixture->order->str, ==, "b");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/baton/orchestrator/pacer/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("per-second", test_per_second);
  ADD ("lists-per-minute", test_lists_per_minute);
  ADD ("user-goes-ahead", test_user_goes_ahead);
  ADD ("background-leaves-room", test_background_leaves_room);
  ADD ("pause", test_pause);
  ADD ("delay", test_delay);
  ADD ("cancelled", test_cancelled);

  return g_test_run ();
}
