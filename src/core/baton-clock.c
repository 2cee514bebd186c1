/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-clock.h"

typedef struct
{
  guint id;
  gint64 due; /* monotonic */
  GSourceOnceFunc callback;
  gpointer user_data; /* (unowned) */
  GSource *source;    /* (owned) */
  BatonClock *clock;  /* (unowned) */
} Timer;

struct _BatonClock
{
  GObject parent_instance;

  gboolean fake;
  GMutex mutex;     /* guards those down to @fake_monotonic, which any thread may read */
  double speed;     /* of a fake clock; 0: it stands still */
  gint64 real_wall; /* the machine's time at which the fake ones were … */
  gint64 real_monotonic;
  gint64 fake_wall; /* … these */
  gint64 fake_monotonic;

  GHashTable *timers; /* (owned) (element-type guint Timer) */
  guint last_id;
};

G_DEFINE_FINAL_TYPE (BatonClock, baton_clock, G_TYPE_OBJECT)

static void
timer_free (Timer *timer)
{
  g_source_destroy (timer->source);
  g_source_unref (timer->source);
  g_free (timer);
}

static gint64
baton_clock_get_elapsed (BatonClock *self, gint64 now, gint64 since)
{
  return (gint64)((double)(now - since) * self->speed);
}

/* Brings the fake times up to now; what is counted from then on is counted at another speed, or
 * from another time. */
static void
baton_clock_settle (BatonClock *self)
{
  gint64 wall = g_get_real_time ();
  gint64 monotonic = g_get_monotonic_time ();

  self->fake_wall += baton_clock_get_elapsed (self, wall, self->real_wall);
  self->fake_monotonic += baton_clock_get_elapsed (self, monotonic, self->real_monotonic);
  self->real_wall = wall;
  self->real_monotonic = monotonic;
}

/* When the machine's clock will show what @self shows at @due; -1 for never. */
static gint64
baton_clock_get_ready_time (BatonClock *self, gint64 due)
{
  if (!self->fake)
    return due;
  if (self->speed <= 0)
    return -1;

  return self->real_monotonic + (gint64)((double)(due - self->fake_monotonic) / self->speed);
}

static void
baton_clock_arm (BatonClock *self)
{
  GHashTableIter iter;
  gpointer value = NULL;

  g_hash_table_iter_init (&iter, self->timers);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Timer *timer = value;

      g_source_set_ready_time (timer->source, baton_clock_get_ready_time (self, timer->due));
    }
}

/* Takes the timer out before it calls, so that the callback may add or remove any timer. */
static void
baton_clock_fire (BatonClock *self, Timer *timer)
{
  GSourceOnceFunc callback = timer->callback;
  gpointer user_data = timer->user_data;

  g_hash_table_remove (self->timers, GUINT_TO_POINTER (timer->id));
  callback (user_data);
}

static gboolean
timer_source_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

static GSourceFuncs timer_source_funcs = { .dispatch = timer_source_dispatch };

static gboolean
timer_due_cb (gpointer user_data)
{
  Timer *timer = user_data;
  g_autoptr (BatonClock) self = g_object_ref (timer->clock);

  baton_clock_fire (self, timer);

  return G_SOURCE_REMOVE;
}

static void
baton_clock_dispose (GObject *object)
{
  BatonClock *self = BATON_CLOCK (object);

  g_hash_table_remove_all (self->timers);

  G_OBJECT_CLASS (baton_clock_parent_class)->dispose (object);
}

static void
baton_clock_finalize (GObject *object)
{
  BatonClock *self = BATON_CLOCK (object);

  g_hash_table_unref (self->timers);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (baton_clock_parent_class)->finalize (object);
}

static void
baton_clock_class_init (BatonClockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = baton_clock_dispose;
  object_class->finalize = baton_clock_finalize;
}

static void
baton_clock_init (BatonClock *self)
{
  g_mutex_init (&self->mutex);
  self->timers = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)timer_free);
}

/**
 * baton_clock_get_default:
 *
 * Any thread. Its monotonic time, and so its timers, stand still while the machine sleeps: who must
 * know that a time has passed looks at baton_clock_now() too.
 *
 * Returns: (transfer none): the machine's clock
 */
BatonClock *
baton_clock_get_default (void)
{
  static BatonClock *instance;

  if (g_once_init_enter (&instance))
    g_once_init_leave (&instance, g_object_new (BATON_TYPE_CLOCK, NULL));

  return instance;
}

/**
 * baton_clock_new_fake:
 * @now: wall time in microseconds
 *
 * Returns: (transfer full): a clock that stands still until advanced
 */
BatonClock *
baton_clock_new_fake (gint64 now)
{
  BatonClock *self = g_object_new (BATON_TYPE_CLOCK, NULL);

  self->fake = TRUE;
  self->real_wall = g_get_real_time ();
  self->real_monotonic = g_get_monotonic_time ();
  self->fake_wall = now;
  self->fake_monotonic = G_USEC_PER_SEC;

  return self;
}

/**
 * baton_clock_set_speed:
 * @self: a fake clock
 * @speed: its seconds a second of the machine: 0 stands still, 1 is as fast as the machine's
 *
 * Main thread.
 */
void
baton_clock_set_speed (BatonClock *self, double speed)
{
  g_return_if_fail (BATON_IS_CLOCK (self));
  g_return_if_fail (self->fake);
  g_return_if_fail (speed >= 0);

  g_mutex_lock (&self->mutex);
  baton_clock_settle (self);
  self->speed = speed;
  g_mutex_unlock (&self->mutex);
  baton_clock_arm (self);
}

/**
 * baton_clock_get_speed:
 * @self: a clock
 *
 * Main thread.
 *
 * Returns: its seconds a second of the machine
 */
double
baton_clock_get_speed (BatonClock *self)
{
  g_return_val_if_fail (BATON_IS_CLOCK (self), 0);

  return self->fake ? self->speed : 1;
}

/**
 * baton_clock_now:
 * @self: a clock
 *
 * Any thread.
 *
 * Returns: wall time in microseconds since 1970
 */
gint64
baton_clock_now (BatonClock *self)
{
  gint64 now = 0;

  g_return_val_if_fail (BATON_IS_CLOCK (self), 0);

  if (!self->fake)
    return g_get_real_time ();

  g_mutex_lock (&self->mutex);
  now = self->fake_wall + baton_clock_get_elapsed (self, g_get_real_time (), self->real_wall);
  g_mutex_unlock (&self->mutex);

  return now;
}

/**
 * baton_clock_monotonic:
 * @self: a clock
 *
 * Any thread.
 *
 * Returns: microseconds since some point in the past, which never go back
 */
gint64
baton_clock_monotonic (BatonClock *self)
{
  gint64 now = 0;

  g_return_val_if_fail (BATON_IS_CLOCK (self), 0);

  if (!self->fake)
    return g_get_monotonic_time ();

  g_mutex_lock (&self->mutex);
  now = self->fake_monotonic
        + baton_clock_get_elapsed (self, g_get_monotonic_time (), self->real_monotonic);
  g_mutex_unlock (&self->mutex);

  return now;
}

/**
 * baton_clock_add_timer:
 * @self: a clock
 * @delay: microseconds of monotonic time; a negative one is 0
 * @callback: called once, never before this function has returned
 * @user_data: given to @callback
 *
 * Main thread.
 *
 * Returns: an id, never 0 and never given twice by one clock
 */
guint
baton_clock_add_timer (BatonClock *self, gint64 delay, GSourceOnceFunc callback, gpointer user_data)
{
  Timer *timer = NULL;

  g_return_val_if_fail (BATON_IS_CLOCK (self), 0);
  g_return_val_if_fail (callback != NULL, 0);

  timer = g_new0 (Timer, 1);
  timer->id = ++self->last_id;
  timer->due = baton_clock_monotonic (self) + MAX (delay, 0);
  timer->callback = callback;
  timer->user_data = user_data;
  timer->clock = self;

  timer->source = g_source_new (&timer_source_funcs, sizeof (GSource));
  g_source_set_static_name (timer->source, "[baton] clock");
  g_source_set_ready_time (timer->source, baton_clock_get_ready_time (self, timer->due));
  g_source_set_callback (timer->source, timer_due_cb, timer, NULL);
  g_source_attach (timer->source, NULL);

  g_hash_table_insert (self->timers, GUINT_TO_POINTER (timer->id), timer);

  return timer->id;
}

/**
 * baton_clock_remove_timer:
 * @self: a clock
 * @id: as baton_clock_add_timer() gave it
 *
 * Main thread. The id of a timer that has run is allowed and does nothing.
 */
void
baton_clock_remove_timer (BatonClock *self, guint id)
{
  g_return_if_fail (BATON_IS_CLOCK (self));
  g_return_if_fail (id != 0);

  g_hash_table_remove (self->timers, GUINT_TO_POINTER (id));
}

static Timer *
baton_clock_find_next (BatonClock *self, gint64 until)
{
  GHashTableIter iter;
  gpointer value = NULL;
  Timer *next = NULL;

  g_hash_table_iter_init (&iter, self->timers);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Timer *timer = value;

      if (timer->due > until)
        continue;

      if (next == NULL || timer->due < next->due
          || (timer->due == next->due && timer->id < next->id))
        next = timer;
    }

  return next;
}

static void
baton_clock_move (BatonClock *self, gint64 delta)
{
  if (delta <= 0)
    return;

  g_mutex_lock (&self->mutex);
  self->fake_wall += delta;
  self->fake_monotonic += delta;
  g_mutex_unlock (&self->mutex);
}

/**
 * baton_clock_advance:
 * @self: a fake clock
 * @delta: microseconds, not negative
 *
 * Main thread. Each timer runs at its own time; a timer that a callback adds runs too where it
 * falls due.
 */
void
baton_clock_advance (BatonClock *self, gint64 delta)
{
  g_autoptr (BatonClock) alive = NULL;
  gint64 until = 0;
  Timer *timer = NULL;

  g_return_if_fail (BATON_IS_CLOCK (self));
  g_return_if_fail (self->fake);
  g_return_if_fail (delta >= 0);

  alive = g_object_ref (self);
  until = baton_clock_monotonic (self) + delta;

  while ((timer = baton_clock_find_next (self, until)) != NULL)
    {
      baton_clock_move (self, timer->due - baton_clock_monotonic (self));
      baton_clock_fire (self, timer);
    }

  /* A callback may have advanced the clock past it. */
  baton_clock_move (self, until - baton_clock_monotonic (self));
  baton_clock_arm (self);
}

/**
 * baton_clock_jump_wall:
 * @self: a fake clock
 * @delta: microseconds, either way
 *
 * Main thread. Runs no timer.
 */
void
baton_clock_jump_wall (BatonClock *self, gint64 delta)
{
  g_return_if_fail (BATON_IS_CLOCK (self));
  g_return_if_fail (self->fake);

  g_mutex_lock (&self->mutex);
  self->fake_wall += delta;
  g_mutex_unlock (&self->mutex);
}
