/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-expiries.h"

G_BEGIN_DECLS

/* Everything that will expire, the soonest first, with how long it is until then. */
#define BATON_TYPE_TIMELINE (baton_timeline_get_type ())
G_DECLARE_FINAL_TYPE (BatonTimeline, baton_timeline, BATON, TIMELINE, GtkWidget)

/* @expiries: (nullable). */
void baton_timeline_set_expiries (BatonTimeline *self, BatonExpiries *expiries);

/* Returns: (transfer full): what it is and of which account, for a person: "Client secret “CI”". */
char *baton_timeline_describe (BatonExpiry *expiry);

G_END_DECLS
