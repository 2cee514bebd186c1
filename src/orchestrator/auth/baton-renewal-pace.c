/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "baton-renewal-pace.h"

#define JITTER 0.2

/* How many of the attempts of a span may be used up, by who wants another one. */
static const guint8 shares[] = {
  [BATON_RENEWAL_OF_TIMER] = BATON_RENEWAL_PACE_ATTEMPTS - 2,
  [BATON_RENEWAL_OF_PERSON] = BATON_RENEWAL_PACE_ATTEMPTS - 1,
  [BATON_RENEWAL_OF_NETWORK] = BATON_RENEWAL_PACE_ATTEMPTS,
};

BatonRenewalPace *
baton_renewal_pace_get_of (GObject *account)
{
  static const char *const name = "baton-renewal-pace";
  BatonRenewalPace *self;

  g_return_val_if_fail (G_IS_OBJECT (account), NULL);

  self = g_object_get_data (account, name);
  if (self == NULL)
    {
      self = g_new0 (BatonRenewalPace, 1);
      g_object_set_data_full (account, name, self, g_free);
    }
  return self;
}

void
baton_renewal_pace_reset (BatonRenewalPace *self)
{
  g_return_if_fail (self != NULL);

  memset (self, 0, sizeof *self);
}

void
baton_renewal_pace_hasten (BatonRenewalPace *self, BatonRenewalWish wish)
{
  g_return_if_fail (self != NULL);

  self->wish = MAX (self->wish, wish);
  self->not_before = 0;
  if (wish == BATON_RENEWAL_OF_NETWORK)
    self->n_failures = 0;
}

gint64
baton_renewal_pace_get_wait (const BatonRenewalPace *self, gint64 now)
{
  gint64 blocking;
  gint64 wait = 0;

  g_return_val_if_fail (self != NULL, 0);

  /* The one that must be out of the span before another may begin. */
  blocking = self->attempts[BATON_RENEWAL_PACE_ATTEMPTS - shares[self->wish]];
  if (blocking != 0)
    wait = MAX (blocking + BATON_RENEWAL_PACE_SPAN - now, 0);

  return MAX (wait, self->not_before - now);
}

gboolean
baton_renewal_pace_is_clear (const BatonRenewalPace *self, gint64 now)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->failed_at == 0 || now - self->failed_at >= BATON_RENEWAL_PACE_SPAN;
}

void
baton_renewal_pace_begin (BatonRenewalPace *self, gint64 now)
{
  g_return_if_fail (self != NULL);

  memmove (self->attempts, self->attempts + 1, sizeof self->attempts - sizeof *self->attempts);
  self->attempts[BATON_RENEWAL_PACE_ATTEMPTS - 1] = now;
  self->wish = BATON_RENEWAL_OF_TIMER;
}

gint64
baton_renewal_pace_fail (BatonRenewalPace *self, gint64 now, gint64 asked)
{
  /* A network is often back within seconds, and else not for long: quick at first, and then as slow
   * as the share of the timers is spread over the span. */
  static const guint16 pauses[] = { 5, 200 };
  gint64 pause;

  g_return_val_if_fail (self != NULL, 0);

  pause = pauses[MIN (self->n_failures, G_N_ELEMENTS (pauses) - 1)] * (gint64)G_USEC_PER_SEC;
  pause = (gint64)((double)pause * g_random_double_range (1 - JITTER, 1 + JITTER));
  self->n_failures++;
  self->failed_at = now;
  self->not_before = now + MAX (pause, asked);

  return baton_renewal_pace_get_wait (self, now);
}

void
baton_renewal_pace_succeed (BatonRenewalPace *self)
{
  g_return_if_fail (self != NULL);

  self->n_failures = 0;
  self->not_before = 0;
  self->wish = BATON_RENEWAL_OF_TIMER;
}
