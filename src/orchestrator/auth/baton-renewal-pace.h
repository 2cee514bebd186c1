/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BATON_RENEWAL_PACE_ATTEMPTS 5
#define BATON_RENEWAL_PACE_SPAN (10 * 60 * (gint64)G_USEC_PER_SEC)

/**
 * BatonRenewalPace:
 *
 * How often one account may ask for a token: %BATON_RENEWAL_PACE_ATTEMPTS times within
 * %BATON_RENEWAL_PACE_SPAN, whatever wants one, and after a failure a little later each time. All
 * zero is a fresh one. Times are monotonic microseconds.
 */
typedef struct
{
  gint64 attempts[BATON_RENEWAL_PACE_ATTEMPTS]; /* the oldest first; 0 is none */
  guint n_failures;                             /* in a row */
  gint64 not_before;
} BatonRenewalPace;

/* @insisting: a person asks, or the network came back: the pause after a failure does not hold, and
 * the last of the attempts is kept for it. Returns: how long to wait, 0 for not at all. */
gint64 baton_renewal_pace_get_wait (const BatonRenewalPace *self, gint64 now, gboolean insisting);
void baton_renewal_pace_begin (BatonRenewalPace *self, gint64 now);
/* @asked: what the server asked to wait, 0 for nothing. Returns: how long to wait. */
gint64 baton_renewal_pace_fail (BatonRenewalPace *self, gint64 now, gint64 asked);
void baton_renewal_pace_succeed (BatonRenewalPace *self);

G_END_DECLS
