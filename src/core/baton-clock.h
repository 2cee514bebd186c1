/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * BatonClock:
 *
 * Where every time and every timer of Baton comes from, so that a test turns a day into a second.
 * Main thread, but for baton_clock_now().
 */
#define BATON_TYPE_CLOCK (baton_clock_get_type ())
G_DECLARE_FINAL_TYPE (BatonClock, baton_clock, BATON, CLOCK, GObject)

/* Returns: (transfer none): the machine's clock. */
BatonClock *baton_clock_get_default (void);

/* Returns: (transfer full): a clock that stands at @now (wall, microseconds) until advanced. */
BatonClock *baton_clock_new_fake (gint64 now);

/* A fake clock only: lets it run, @speed of its seconds a second of the machine; 0 stands still. Its timers run from
 * the main loop then. */
void baton_clock_set_speed (BatonClock *self, double speed);
double baton_clock_get_speed (BatonClock *self);

gint64 baton_clock_now (BatonClock *self);       /* wall, microseconds since 1970 */
gint64 baton_clock_monotonic (BatonClock *self); /* microseconds */

/* Calls @callback once after @delay microseconds of monotonic time. Returns: an id, never 0. The callback's
 * return value is not used. */
guint baton_clock_add_timer (BatonClock *self,
                             gint64 delay,
                             GSourceOnceFunc callback,
                             gpointer user_data);
void baton_clock_remove_timer (BatonClock *self, guint id);
#define baton_clock_clear_timer(self, idp) \
  G_STMT_START \
  { \
    if (*(idp) != 0) \
      baton_clock_remove_timer ((self), *(idp)); \
    *(idp) = 0; \
  } \
  G_STMT_END

/* A fake clock only: moves both times on by @delta and runs the timers that fall due, in order. */
void baton_clock_advance (BatonClock *self, gint64 delta);
/* A fake clock only: moves the wall time alone, as a suspend or a corrected clock does. */
void baton_clock_jump_wall (BatonClock *self, gint64 delta);

G_END_DECLS
