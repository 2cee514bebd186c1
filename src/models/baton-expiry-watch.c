/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-expiry-watch.h"

/* Timers stand still while the machine sleeps: the wall clock is looked at again at the latest
 * then. */
#define LONGEST_WAIT (3600LL * G_USEC_PER_SEC)
/* A list changes row by row; it is looked at once it rests. */
#define REST (G_USEC_PER_SEC / 2)

struct _BatonExpiryWatch
{
  GObject parent_instance;

  BatonExpiries *expiries; /* (owned) */
  BatonClock *clock;       /* (owned) */
  guint timer;
  gboolean started;
};

enum
{
  SIGNAL_DUE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonExpiryWatch, baton_expiry_watch, G_TYPE_OBJECT)

static void check_cb (gpointer user_data);

static void
wait (BatonExpiryWatch *self, gint64 delay)
{
  baton_clock_clear_timer (self->clock, &self->timer);
  self->timer = baton_clock_add_timer (self->clock, delay, check_cb, self);
}

/* Returns: (transfer full) (element-type BatonExpiry): those of which a person is to be told now;
 * they count as told from here on. */
static GPtrArray *
collect (BatonExpiryWatch *self, gint64 now, gint64 *next)
{
  GListModel *list = G_LIST_MODEL (self->expiries);
  GPtrArray *due = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BatonExpiry) expiry = g_list_model_get_item (list, i);
      guint days = baton_expiry_find_days (expiry, now);
      guint told = baton_expiries_get_told (self->expiries, expiry);
      gint64 then = baton_expiry_find_next (expiry, now);

      if (days != 0 && (told == 0 || days < told))
        {
          baton_expiries_set_told (self->expiries, expiry, days);
          g_ptr_array_add (due, g_object_ref (expiry));
        }
      if (then != 0)
        *next = MIN (*next, then);
    }

  return due;
}

static void
check_cb (gpointer user_data)
{
  g_autoptr (BatonExpiryWatch) self = g_object_ref (user_data);
  gint64 now = baton_clock_now (self->clock);
  gint64 next = now + LONGEST_WAIT;
  g_autoptr (GPtrArray) due = NULL;

  self->timer = 0;
  due = collect (self, now, &next);
  wait (self, next - now);
  for (guint i = 0; i < due->len; i++)
    g_signal_emit (self, signals[SIGNAL_DUE], 0, g_ptr_array_index (due, i),
                   baton_expiry_find_days (g_ptr_array_index (due, i), now));
}

static void
changed_cb (BatonExpiryWatch *self)
{
  if (self->started)
    wait (self, REST);
}

static void
baton_expiry_watch_dispose (GObject *object)
{
  BatonExpiryWatch *self = BATON_EXPIRY_WATCH (object);

  if (self->clock != NULL)
    baton_clock_clear_timer (self->clock, &self->timer);
  g_clear_object (&self->clock);
  g_clear_object (&self->expiries);

  G_OBJECT_CLASS (baton_expiry_watch_parent_class)->dispose (object);
}

static void
baton_expiry_watch_class_init (BatonExpiryWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_expiry_watch_dispose;

  signals[SIGNAL_DUE] = g_signal_new ("due", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 2, BATON_TYPE_EXPIRY, G_TYPE_UINT);
}

static void
baton_expiry_watch_init (BatonExpiryWatch *self)
{
}

BatonExpiryWatch *
baton_expiry_watch_new (BatonExpiries *expiries, BatonClock *clock)
{
  BatonExpiryWatch *self = NULL;

  g_return_val_if_fail (BATON_IS_EXPIRIES (expiries), NULL);
  g_return_val_if_fail (clock == NULL || BATON_IS_CLOCK (clock), NULL);

  self = g_object_new (BATON_TYPE_EXPIRY_WATCH, NULL);
  self->expiries = g_object_ref (expiries);
  self->clock = g_object_ref (clock != NULL ? clock : baton_clock_get_default ());
  g_signal_connect_object (expiries, "items-changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

void
baton_expiry_watch_start (BatonExpiryWatch *self)
{
  g_return_if_fail (BATON_IS_EXPIRY_WATCH (self));

  self->started = TRUE;
  check_cb (self);
}
