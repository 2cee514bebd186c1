/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-upkeep.h"

#include "sandbox-clock.h"
#include "sandbox-queue-upkeep.h"
#include "sandbox-retention.h"

#define PAUSE (10 * 60 * G_USEC_PER_SEC)

typedef struct
{
  SandboxStore *store; /* (unowned): goes with it */
  guint timer;
} Upkeep;

static void (*const duties[]) (SandboxStore *store) = {
  sandbox_queue_abandon,
  sandbox_retention_run,
};

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

  sandbox_store_begin (self->store);
  for (gsize i = 0; i < G_N_ELEMENTS (duties); i++)
    duties[i](self->store);
  sandbox_store_commit (self->store);
  self->timer = baton_clock_add_timer (sandbox_clock_get (), PAUSE, timer_cb, self);
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
