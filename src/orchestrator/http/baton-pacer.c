/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-pacer.h"

/* The times of the last requests, as many as may go within @span. */
typedef struct
{
  gint64 *times; /* (owned) monotonic, a ring; 0 is long ago */
  guint size;
  guint next; /* the oldest */
  gint64 span;
} Window;

typedef struct
{
  GTask *task;           /* (owned) */
  GSource *cancel_watch; /* (owned) (nullable) */
  BatonPriority priority;
  gboolean counted;
  gint64 not_before; /* monotonic */
} Waiter;

struct _BatonPacer
{
  GObject parent_instance;

  BatonClock *clock; /* (owned) */
  Window all;
  Window lists;

  GQueue waiting; /* (element-type Waiter), as they came */
  guint timer;
  gint64 paused_monotonic; /* the end of the pause, 0 none */
  gint64 paused_wall;
};

enum
{
  PROP_0,
  PROP_PAUSED_UNTIL,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (BatonPacer, baton_pacer, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
window_init (Window *window, guint size, gint64 span)
{
  window->times = g_new (gint64, size);
  window->size = size;
  window->span = span;
  for (guint i = 0; i < size; i++)
    window->times[i] = G_MININT64 / 2;
}

static void
window_add (Window *window, gint64 now)
{
  window->times[window->next] = now;
  window->next = (window->next + 1) % window->size;
}

/* Returns: when the next may go if no more than @limit may within the span; a time that is past is
 * now. */
static gint64
window_next (const Window *window, guint limit)
{
  guint oldest = (window->next + window->size - limit) % window->size;

  return window->times[oldest] + window->span;
}

static void
waiter_free (Waiter *waiter)
{
  if (waiter->cancel_watch != NULL)
    {
      g_source_destroy (waiter->cancel_watch);
      g_source_unref (waiter->cancel_watch);
    }
  g_object_unref (waiter->task);
  g_free (waiter);
}

/* Returns: when @waiter may go, monotonic. */
static gint64
baton_pacer_find_time (BatonPacer *self, const Waiter *waiter)
{
  gint64 time = MAX (window_next (&self->all, self->all.size), self->paused_monotonic);

  time = MAX (time, waiter->not_before);
  if (waiter->counted)
    time = MAX (time, window_next (&self->lists, waiter->priority == BATON_PRIORITY_USER
                                                     ? BATON_PACER_LISTS_PER_MINUTE
                                                     : BATON_PACER_BACKGROUND_LISTS_PER_MINUTE));

  return time;
}

/* Returns: (nullable): the link of the waiter that goes next: of those that may soonest, the one of
 * a person, the first that came. */
static GList *
baton_pacer_find_next (BatonPacer *self, gint64 now, gint64 *time)
{
  GList *best = NULL;
  gint64 best_time = 0;

  for (GList *link = self->waiting.head; link != NULL; link = link->next)
    {
      const Waiter *waiter = link->data;
      gint64 may_go = MAX (baton_pacer_find_time (self, waiter), now);

      if (best == NULL || may_go < best_time ||
          (may_go == best_time && waiter->priority > ((const Waiter *) best->data)->priority))
        {
          best = link;
          best_time = may_go;
        }
    }

  *time = best_time;

  return best;
}

static void baton_pacer_timer_cb (gpointer user_data);

static void
baton_pacer_end_pause (BatonPacer *self, gint64 now)
{
  if (self->paused_monotonic == 0 || now < self->paused_monotonic)
    return;

  self->paused_monotonic = 0;
  self->paused_wall = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAUSED_UNTIL]);
}

static void
baton_pacer_run (BatonPacer *self)
{
  g_autoptr (GPtrArray) ready =
      g_ptr_array_new_with_free_func ((GDestroyNotify) waiter_free);
  gint64 now = baton_clock_monotonic (self->clock);
  gint64 time = 0;
  GList *link = NULL;

  baton_clock_clear_timer (self->clock, &self->timer);
  baton_pacer_end_pause (self, now);

  while ((link = baton_pacer_find_next (self, now, &time)) != NULL && time <= now)
    {
      Waiter *waiter = link->data;

      window_add (&self->all, now);
      if (waiter->counted)
        window_add (&self->lists, now);
      g_queue_delete_link (&self->waiting, link);
      g_ptr_array_add (ready, waiter);
    }

  if (link == NULL && self->paused_monotonic != 0)
    time = self->paused_monotonic;
  if (link != NULL || self->paused_monotonic != 0)
    self->timer =
        baton_clock_add_timer (self->clock, MAX (time - now, 1), baton_pacer_timer_cb, self);

  /* last, since a callback may come back here */
  for (guint i = 0; i < ready->len; i++)
    g_task_return_boolean (((Waiter *) g_ptr_array_index (ready, i))->task, TRUE);
}

static void
baton_pacer_timer_cb (gpointer user_data)
{
  g_autoptr (BatonPacer) self = g_object_ref (user_data);

  self->timer = 0;
  baton_pacer_run (self);
}

static gboolean
baton_pacer_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  Waiter *waiter = user_data;
  BatonPacer *self = g_task_get_source_object (waiter->task);

  g_queue_remove (&self->waiting, waiter);
  g_task_return_error_if_cancelled (waiter->task);
  waiter_free (waiter);

  return G_SOURCE_REMOVE;
}

static void
baton_pacer_dispose (GObject *object)
{
  BatonPacer *self = BATON_PACER (object);

  if (self->clock != NULL)
    baton_clock_clear_timer (self->clock, &self->timer);

  G_OBJECT_CLASS (baton_pacer_parent_class)->dispose (object);
}

static void
baton_pacer_finalize (GObject *object)
{
  BatonPacer *self = BATON_PACER (object);

  /* each waiter's task holds a reference */
  g_assert (g_queue_is_empty (&self->waiting));
  g_free (self->all.times);
  g_free (self->lists.times);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (baton_pacer_parent_class)->finalize (object);
}

static void
baton_pacer_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  BatonPacer *self = BATON_PACER (object);

  switch (prop_id)
    {
    case PROP_PAUSED_UNTIL:
      g_value_set_int64 (value, self->paused_wall);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
baton_pacer_class_init (BatonPacerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = baton_pacer_dispose;
  object_class->finalize = baton_pacer_finalize;
  object_class->get_property = baton_pacer_get_property;

  properties[PROP_PAUSED_UNTIL] =
      g_param_spec_int64 ("paused-until", NULL, NULL, 0, G_MAXINT64, 0,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
baton_pacer_init (BatonPacer *self)
{
  window_init (&self->all, BATON_PACER_PER_SECOND, G_USEC_PER_SEC);
  window_init (&self->lists, BATON_PACER_LISTS_PER_MINUTE, 60 * G_USEC_PER_SEC);
  g_queue_init (&self->waiting);
}

BatonPacer *
baton_pacer_new (BatonClock *clock)
{
  BatonPacer *self = NULL;

  g_return_val_if_fail (BATON_IS_CLOCK (clock), NULL);

  self = g_object_new (BATON_TYPE_PACER, NULL);
  self->clock = g_object_ref (clock);

  return self;
}

void
baton_pacer_wait_async (BatonPacer *self,
                        BatonPriority priority,
                        gboolean counted,
                        gint64 delay,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Waiter *waiter = NULL;

  g_return_if_fail (BATON_IS_PACER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, baton_pacer_wait_async);

  if (g_task_return_error_if_cancelled (task))
    return;

  waiter = g_new0 (Waiter, 1);
  waiter->task = g_steal_pointer (&task);
  waiter->priority = priority;
  waiter->counted = counted;
  waiter->not_before = baton_clock_monotonic (self->clock) + delay;

  if (cancellable != NULL)
    {
      waiter->cancel_watch = g_cancellable_source_new (cancellable);
      g_source_set_callback (waiter->cancel_watch, G_SOURCE_FUNC (baton_pacer_cancelled_cb), waiter,
                             NULL);
      g_source_attach (waiter->cancel_watch, g_task_get_context (waiter->task));
    }

  g_queue_push_tail (&self->waiting, waiter);
  baton_pacer_run (self);
}

gboolean
baton_pacer_wait_finish (BatonPacer *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (BATON_IS_PACER (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
baton_pacer_pause (BatonPacer *self, gint64 pause)
{
  gint64 until;

  g_return_if_fail (BATON_IS_PACER (self));

  until = baton_clock_monotonic (self->clock) + pause;
  if (pause <= 0 || until <= self->paused_monotonic)
    return;

  self->paused_monotonic = until;
  self->paused_wall = baton_clock_now (self->clock) + pause;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAUSED_UNTIL]);

  baton_pacer_run (self);
}

gint64
baton_pacer_get_paused_until (BatonPacer *self)
{
  g_return_val_if_fail (BATON_IS_PACER (self), 0);

  return self->paused_wall;
}
