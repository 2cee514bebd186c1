/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-upkeep.h"

#include "sandbox-clock.h"
#include "sandbox-queue-upkeep.h"
#include "sandbox-retention.h"

#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define PAUSE (10 * MINUTE)
/* Between the parts of a duty that has much to do. */
#define BREATH (G_GINT64_CONSTANT (1) * G_USEC_PER_SEC)

static const struct
{
  /* Returns: TRUE where it goes on as soon as others have had their turn. */
  gboolean (*run) (SandboxStore *store);
  gint64 pause;
} duties[] = {
  { sandbox_queue_abandon, PAUSE },
  { sandbox_retention_run, 24 * 60 * MINUTE },
};

typedef struct
{
  SandboxStore *store; /* (unowned): goes with it */
  guint timer;
  gint64 due[G_N_ELEMENTS (duties)]; /* monotonic */
} Upkeep;

static void
upkeep_free (gpointer data)
{
  Upkeep *self = data;

  baton_clock_clear_timer (sandbox_clock_get (), &self->timer);
  g_free (self);
}

static void
timer_cb (gpointer user_data)
{
  Upkeep *self = user_data;
  gint64 now = baton_clock_monotonic (sandbox_clock_get ());
  gint64 pause = PAUSE;

  sandbox_store_begin (self->store);
  for (gsize i = 0; i < G_N_ELEMENTS (duties); i++)
    {
      if (now < self->due[i])
        continue;
      if (duties[i].run (self->store))
        pause = BREATH;
      else
        self->due[i] = now + duties[i].pause;
    }
  sandbox_store_commit (self->store);
  self->timer = baton_clock_add_timer (sandbox_clock_get (), pause, timer_cb, self);
}

void
sandbox_upkeep_start (SandboxStore *store)
{
  Upkeep *self;

  g_return_if_fail (SANDBOX_IS_STORE (store));

  self = g_new0 (Upkeep, 1);
  self->store = store;
  self->timer = baton_clock_add_timer (sandbox_clock_get (), PAUSE, timer_cb, self);
  g_object_set_data_full (G_OBJECT (store), "sandbox-upkeep", self, upkeep_free);
}
