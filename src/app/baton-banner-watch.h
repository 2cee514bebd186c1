/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-banner.h"
#include "baton-connection.h"

G_BEGIN_DECLS

/**
 * BatonBannerWatch:
 *
 * Decides which one thing about a connection matters most now, and has a banner say it: key revoked, not signed in, asked to wait, no
 * network, not allowed. Main thread.
 */
#define BATON_TYPE_BANNER_WATCH (baton_banner_watch_get_type ())
G_DECLARE_FINAL_TYPE (BatonBannerWatch, baton_banner_watch, BATON, BANNER_WATCH, GObject)

BatonBannerWatch *baton_banner_watch_new (BatonBanner *banner);
/* @connection: (nullable). */
void baton_banner_watch_set_connection (BatonBannerWatch *self, BatonConnection *connection);

G_END_DECLS
