/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-accounts.h"
#include "baton-connection.h"
#include "baton-expiries.h"
#include "baton-secret-store.h"

G_BEGIN_DECLS

/**
 * BatonExpiryFeed:
 *
 * Keeps a BatonExpiries true to what the accounts sign in with, as the store has it, and to the
 * access token of the open connection. What a locked keyring does not tell stays as it was known.
 * Main thread.
 */
#define BATON_TYPE_EXPIRY_FEED (baton_expiry_feed_get_type ())
G_DECLARE_FINAL_TYPE (BatonExpiryFeed, baton_expiry_feed, BATON, EXPIRY_FEED, GObject)

BatonExpiryFeed *
baton_expiry_feed_new (BatonExpiries *expiries, BatonAccounts *accounts, BatonSecretStore *store);
/* @connection: (nullable). */
void baton_expiry_feed_set_connection (BatonExpiryFeed *self, BatonConnection *connection);

G_END_DECLS
