/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-clock.h"
#include "baton-expiries.h"

G_BEGIN_DECLS

/**
 * BatonExpiryWatch:
 *
 * Tells 14, 3 and 1 days ahead that a thing expires, each once: what came due while Baton did not
 * run is told at its start, the nearest alone. Main thread.
 *
 * Signal: due (BatonExpiry, guint days): it expires within so many days.
 */
#define BATON_TYPE_EXPIRY_WATCH (baton_expiry_watch_get_type ())
G_DECLARE_FINAL_TYPE (BatonExpiryWatch, baton_expiry_watch, BATON, EXPIRY_WATCH, GObject)

/* @clock: (nullable): NULL is the machine's. */
BatonExpiryWatch *baton_expiry_watch_new (BatonExpiries *expiries, BatonClock *clock);
/* Begins: once whoever listens does. */
void baton_expiry_watch_start (BatonExpiryWatch *self);

G_END_DECLS
