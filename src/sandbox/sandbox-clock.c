/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-clock.h"

/* A year. */
#define FAR (366.0 * 24 * 3600 * G_USEC_PER_SEC)
/* How far the clock goes at once on a long way, and how long the machine may take for some of it
 * before others have their turn. */
#define STEP (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define TURN (20 * 1000)

BatonClock *
sandbox_clock_get (void)
{
  static BatonClock *clock;

  if (clock == NULL)
    {
      clock = baton_clock_new_fake (g_get_real_time ());
      baton_clock_set_speed (clock, 1);
    }

  return clock;
}

gint64
sandbox_clock_now (void)
{
  return baton_clock_now (sandbox_clock_get ());
}

typedef struct
{
  SandboxClockFunc func;
  gpointer user_data;
} Listener;

/* That of the server, and for a moment that of a seed which is made beside it. */
#define MAX_LISTENERS 2
static Listener listeners[MAX_LISTENERS];

static void
replace_listener (Listener old, Listener fresh)
{
  for (gsize i = 0; i < MAX_LISTENERS; i++)
    {
      if (listeners[i].func != old.func || listeners[i].user_data != old.user_data)
        continue;
      listeners[i] = fresh;
      return;
    }

  g_critical ("No such listener of the clock, or too many");
}

void
sandbox_clock_listen (SandboxClockFunc func, gpointer user_data)
{
  replace_listener ((Listener){ NULL }, (Listener){ func, user_data });
}

void
sandbox_clock_unlisten (SandboxClockFunc func, gpointer user_data)
{
  replace_listener ((Listener){ func, user_data }, (Listener){ NULL });
}

/* How often the clock has been put back. */
static guint n_turns;

static void
jump (gint64 delta)
{
  n_turns++;
  baton_clock_jump_wall (sandbox_clock_get (), delta);
}

SandboxClockWay
sandbox_clock_begin (gint64 now)
{
  gint64 delta = now - sandbox_clock_now ();

  for (gsize i = 0; delta > 0 && i < MAX_LISTENERS; i++)
    if (listeners[i].func != NULL)
      listeners[i].func (now, listeners[i].user_data);
  if (delta < 0)
    jump (delta);

  return (SandboxClockWay){ MAX (delta, 0), n_turns };
}

gboolean
sandbox_clock_go_on (SandboxClockWay *way)
{
  gint64 until = g_get_monotonic_time () + TURN;

  g_return_val_if_fail (way != NULL, FALSE);

  while (way->left > 0 && way->turns == n_turns && g_get_monotonic_time () < until)
    {
      gint64 step = MIN (way->left, STEP);

      baton_clock_advance (sandbox_clock_get (), step);
      way->left -= step;
    }

  return way->left > 0 && way->turns == n_turns;
}

void
sandbox_clock_set (gint64 now)
{
  SandboxClockWay way = sandbox_clock_begin (now);

  while (sandbox_clock_go_on (&way))
    ;
}

gint64
sandbox_clock_find_machine_time (gint64 time)
{
  double speed = baton_clock_get_speed (sandbox_clock_get ());
  double left = (double)MAX (time - sandbox_clock_now (), 0);

  return g_get_real_time () + (gint64)MIN (speed > 0 ? left / speed : FAR, FAR);
}

gint64
sandbox_clock_seconds_until (gint64 machine_time)
{
  return MAX ((machine_time - g_get_real_time () + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC, 1);
}

void
sandbox_clock_reset (double speed)
{
  BatonClock *clock = sandbox_clock_get ();

  g_return_if_fail (speed >= 0);

  baton_clock_set_speed (clock, speed);
  jump (g_get_real_time () - baton_clock_now (clock));
}
