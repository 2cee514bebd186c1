/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "baton-expiry.h"

G_BEGIN_DECLS

/**
 * BatonExpiries:
 *
 * Everything known that will expire, the soonest first: a GListModel of BatonExpiry. Kept in
 * expiries.ini of the user's state, with what a person was told of it, so that somebody who is not
 * signed in is told as well, and nobody twice. Main thread.
 */
#define BATON_TYPE_EXPIRIES (baton_expiries_get_type ())
G_DECLARE_FINAL_TYPE (BatonExpiries, baton_expiries, BATON, EXPIRIES, GObject)

/* @file: (nullable): NULL is $XDG_STATE_HOME/baton/expiries.ini. What cannot be read there is left
 * out. */
BatonExpiries *baton_expiries_new (GFile *file);

/* All that @account_id now knows of @kind, in place of what it knew before. @expiries:
 * (element-type BatonExpiry) (nullable): NULL for none. */
void baton_expiries_replace (BatonExpiries *self,
                             const char *account_id,
                             BatonExpiryKind kind,
                             GPtrArray *expiries);
/* Drops what only @account_id knew of: it was removed. */
void baton_expiries_forget (BatonExpiries *self, const char *account_id);

/* How many days ahead a person was last told of @expiry, 0 for not yet; begins anew where the time
 * of it changes. */
guint baton_expiries_get_told (BatonExpiries *self, BatonExpiry *expiry);
void baton_expiries_set_told (BatonExpiries *self, BatonExpiry *expiry, guint days);
/* Writes what is on its way now; for the end of the program. */
void baton_expiries_flush (BatonExpiries *self);

G_END_DECLS
