/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <baton-clock.h>

G_BEGIN_DECLS

/* The one clock of the sandbox: nothing in it asks the machine for the time of day, so that a test
 * turns a day into a second. Its wall time may be set back, its monotonic time only goes on. */

/* Main thread. Returns: (transfer none): runs as the machine's does until somebody turns it. */
BatonClock *sandbox_clock_get (void);

/* Returns: wall time in microseconds since 1970. */
gint64 sandbox_clock_now (void);

typedef void (*SandboxClockFunc) (gint64 to, gpointer user_data);
/* @func hears, before the clock is set forward, of the time that it will be: what would fall due
 * too often on the way can be put off. */
void sandbox_clock_listen (SandboxClockFunc func, gpointer user_data);
void sandbox_clock_unlisten (SandboxClockFunc func, gpointer user_data);

/* Puts the clock to @now: forward runs what falls due on the way, each at its time; back runs
 * nothing. */
void sandbox_clock_set (gint64 now);

/* The same in steps, between which others are served. Its members are its own. */
typedef struct
{
  gint64 left; /* microseconds */
  guint turns; /* of the clock, when it began */
} SandboxClockWay;

/* Begins to put the clock to @now; back it is there at once. */
SandboxClockWay sandbox_clock_begin (gint64 now);
/* Goes on for some milliseconds of the machine. Returns: FALSE at the end, which is also where
 * somebody has put the clock back meanwhile. */
gboolean sandbox_clock_go_on (SandboxClockWay *way);

/* Returns: the machine's time, in microseconds since 1970, at which this clock shows @time; far off
 * where it stands still. */
gint64 sandbox_clock_find_machine_time (gint64 time);
/* Returns: whole seconds of the machine until its time @machine_time, at least 1. */
gint64 sandbox_clock_seconds_until (gint64 machine_time);

/* Back to the machine's time, at @speed. */
void sandbox_clock_reset (double speed);

G_END_DECLS
