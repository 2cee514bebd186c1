/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "baton-clock.h"

#define SECOND ((gint64)G_USEC_PER_SEC)

typedef struct
{
  BatonClock *clock;
  GString *log;
  guint id;
} Fixture;

typedef struct
{
  Fixture *fixture;
  const char *name;
} Mark;

static void
mark_cb (gpointer user_data)
{
  Mark *mark = user_data;

  g_string_append_printf (mark->fixture->log, "%s@%" G_GINT64_FORMAT " ", mark->name,
                          baton_clock_now (mark->fixture->clock) / SECOND);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->clock = baton_clock_new_fake (100 * SECOND);
  fixture->log = g_string_new (NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->clock);
  g_string_free (fixture->log, TRUE);
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  Mark a = { fixture, "a" }, b = { fixture, "b" }, c = { fixture, "c" }, d = { fixture, "d" };

  g_assert_cmpuint (baton_clock_add_timer (fixture->clock, 3 * SECOND, mark_cb, &c), !=, 0);
  baton_clock_add_timer (fixture->clock, 1 * SECOND, mark_cb, &a);
  baton_clock_add_timer (fixture->clock, 1 * SECOND, mark_cb, &b);
  baton_clock_add_timer (fixture->clock, 60 * SECOND, mark_cb, &d);

  baton_clock_advance (fixture->clock, SECOND - 1);
  g_assert_cmpstr (fixture->log->str, ==, "");

  baton_clock_advance (fixture->clock, 10 * SECOND + 1);
  g_assert_cmpstr (fixture->log->str, ==, "a@101 b@101 c@103 ");
  g_assert_cmpint (baton_clock_now (fixture->clock), ==, 111 * SECOND);

  /* once only */
  baton_clock_advance (fixture->clock, 10 * SECOND);
  g_assert_cmpstr (fixture->log->str, ==, "a@101 b@101 c@103 ");
}

static void
again_cb (gpointer user_data)
{
  Mark *mark = user_data;

  mark_cb (mark);
  if (mark->fixture->log->len < 20)
    mark->fixture->id = baton_clock_add_timer (mark->fixture->clock, SECOND, again_cb, mark);
}

static void
test_timer_adds_timer (Fixture *fixture, gconstpointer data)
{
  Mark mark = { fixture, "x" };

  baton_clock_add_timer (fixture->clock, SECOND, again_cb, &mark);
  baton_clock_advance (fixture->clock, 100 * SECOND);
  g_assert_cmpstr (fixture->log->str, ==, "x@101 x@102 x@103 x@104 ");
}

static void
remove_cb (gpointer user_data)
{
  Fixture *fixture = user_data;

  baton_clock_clear_timer (fixture->clock, &fixture->id);
}

static void
test_remove (Fixture *fixture, gconstpointer data)
{
  Mark mark = { fixture, "x" };
  guint spent = 0;

  fixture->id = baton_clock_add_timer (fixture->clock, 2 * SECOND, mark_cb, &mark);
  spent = baton_clock_add_timer (fixture->clock, SECOND, remove_cb, fixture);
  baton_clock_advance (fixture->clock, 10 * SECOND);

  g_assert_cmpstr (fixture->log->str, ==, "");
  g_assert_cmpuint (fixture->id, ==, 0);

  /* one that has run, and an id of nobody's yet */
  baton_clock_remove_timer (fixture->clock, spent);
  baton_clock_clear_timer (fixture->clock, &fixture->id);
  g_assert_cmpuint (baton_clock_add_timer (fixture->clock, 0, mark_cb, &mark), >, spent);
}

static void
test_jump_wall (Fixture *fixture, gconstpointer data)
{
  Mark mark = { fixture, "x" };
  gint64 monotonic = baton_clock_monotonic (fixture->clock);

  baton_clock_add_timer (fixture->clock, SECOND, mark_cb, &mark);
  baton_clock_jump_wall (fixture->clock, 3600 * SECOND);

  g_assert_cmpstr (fixture->log->str, ==, "");
  g_assert_cmpint (baton_clock_now (fixture->clock), ==, 3700 * SECOND);
  g_assert_cmpint (baton_clock_monotonic (fixture->clock), ==, monotonic);

  baton_clock_jump_wall (fixture->clock, -3600 * SECOND);
  baton_clock_advance (fixture->clock, SECOND);
  g_assert_cmpstr (fixture->log->str, ==, "x@101 ");
}

static void
test_negative_delay_is_now (Fixture *fixture, gconstpointer data)
{
  Mark mark = { fixture, "x" };

  baton_clock_add_timer (fixture->clock, -5 * SECOND, mark_cb, &mark);
  g_assert_cmpstr (fixture->log->str, ==, "");
  baton_clock_advance (fixture->clock, 0);
  g_assert_cmpstr (fixture->log->str, ==, "x@100 ");
}

static void
count_cb (gpointer user_data)
{
  (*(int *)user_data)++;
}

static void
overdue_cb (gpointer user_data)
{
  g_error ("The timer never ran");
}

static void
test_real (void)
{
  BatonClock *clock = baton_clock_get_default ();
  gint64 began = g_get_monotonic_time ();
  int ran = 0;
  int removed = 0;
  guint guard = g_timeout_add_once (20000, overdue_cb, NULL);
  guint id = 0;

  g_assert_true (clock == baton_clock_get_default ());
  g_assert_cmpint (ABS (baton_clock_now (clock) - g_get_real_time ()), <, 60 * SECOND);

  id = baton_clock_add_timer (clock, 1000, count_cb, &removed);
  baton_clock_clear_timer (clock, &id);
  baton_clock_add_timer (clock, 20000, count_cb, &ran);
  while (ran == 0)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpint (g_get_monotonic_time () - began, >=, 20000);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (ran, ==, 1);
  g_assert_cmpint (removed, ==, 0);
  g_source_remove (guard);
}

/* Ten thousand times as fast: what is due in 100 seconds comes after 10 milliseconds. */
static void
test_speed (Fixture *fixture, gconstpointer data)
{
  Mark late = { fixture, "late" }, soon = { fixture, "soon" };
  gint64 began = g_get_monotonic_time ();

  g_assert_cmpfloat (baton_clock_get_speed (fixture->clock), ==, 0);
  baton_clock_add_timer (fixture->clock, 100 * SECOND, mark_cb, &soon);
  baton_clock_add_timer (fixture->clock, 100000 * SECOND, mark_cb, &late);
  baton_clock_set_speed (fixture->clock, 10000);
  while (fixture->log->len == 0)
    g_main_context_iteration (NULL, TRUE);

  g_assert_true (g_str_has_prefix (fixture->log->str, "soon@"));
  g_assert_cmpint (g_get_monotonic_time () - began, >=, 10000);
  g_assert_cmpint (baton_clock_now (fixture->clock), >=, 200 * SECOND);
  g_assert_cmpfloat (baton_clock_get_speed (fixture->clock), ==, 10000);

  /* What is reached by advancing runs at its own time also while the clock runs. */
  baton_clock_advance (fixture->clock, 200000 * SECOND);
  g_assert_nonnull (strstr (fixture->log->str, "late@100100 "));

  /* And it stands still again. */
  baton_clock_set_speed (fixture->clock, 0);
  began = baton_clock_now (fixture->clock);
  g_usleep (2000);
  g_assert_cmpint (baton_clock_now (fixture->clock), ==, began);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/baton/core/clock/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("order", test_order);
  ADD ("timer-adds-timer", test_timer_adds_timer);
  ADD ("remove", test_remove);
  ADD ("jump-wall", test_jump_wall);
  ADD ("negative-delay-is-now", test_negative_delay_is_now);
  ADD ("speed", test_speed);
  g_test_add_func ("/baton/core/clock/real", test_real);

  return g_test_run ();
}
