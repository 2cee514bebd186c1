/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define BATON_RENEWAL_PACE_ATTEMPTS 5
#define BATON_RENEWAL_PACE_SPAN (10 * 60 * (gint64)G_USEC_PER_SEC)

/* Who wants an attempt, and so how many of the span's may be used up by then: what a timer wants leaves
 * some for a person, and a person one for the network when it comes back. */
typedef enum
{
  BATON_RENEWAL_OF_TIMER,   /* and of whatever needs a token */
  BATON_RENEWAL_OF_PERSON,  /* "Try again" */
  BATON_RENEWAL_OF_NETWORK, /* the network came back */
} BatonRenewalWish;

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
  gint64 failed_at; /* the last time; 0 is never */
  BatonRenewalWish wish;
} BatonRenewalPace;

/* Returns: (transfer none): the pace of @account, fresh at first, which lives as long as it does:
 * whoever renews for it keeps to the same one. */
BatonRenewalPace *baton_renewal_pace_get_of (GObject *account);
/* Forgets all. */
void baton_renewal_pace_reset (BatonRenewalPace *self);

/* The pause after a failure does not hold any more, and the next attempt may be one that is kept for
 * @wish. */
void baton_renewal_pace_hasten (BatonRenewalPace *self, BatonRenewalWish wish);
/* Returns: how long to wait, 0 for not at all. */
gint64 baton_renewal_pace_get_wait (const BatonRenewalPace *self, gint64 now);
/* Returns: whether no attempt of the span has failed. */
gboolean baton_renewal_pace_is_clear (const BatonRenewalPace *self, gint64 now);
void baton_renewal_pace_begin (BatonRenewalPace *self, gint64 now);
/* @asked: what the server asked to wait, 0 for nothing. Returns: how long to wait. */
gint64 baton_renewal_pace_fail (BatonRenewalPace *self, gint64 now, gint64 asked);
void baton_renewal_pace_succeed (BatonRenewalPace *self);

G_END_DECLS
