/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-account.h"
#include "baton-failure-box.h"

G_BEGIN_DECLS

/**
 * BatonNetworkRow:
 *
 * "Network and certificates" in the form to sign in: says what is set for the account to be, and
 * opens the window to change it. Main thread.
 *
 * Signal: retry (): what kept the last attempt from working was changed.
 */
#define BATON_TYPE_NETWORK_ROW (baton_network_row_get_type ())
G_DECLARE_FINAL_TYPE (BatonNetworkRow, baton_network_row, BATON, NETWORK_ROW, AdwActionRow)

/* Takes what @account has. */
void baton_network_row_set_account (BatonNetworkRow *self, BatonAccount *account);
/* Gives @account, which is about to sign in, what is set. */
void baton_network_row_apply (BatonNetworkRow *self, BatonAccount *account);
/* Where the network of @account is why it failed: adds the button that helps. */
void baton_network_row_offer (BatonNetworkRow *self,
                              BatonFailureBox *failure,
                              const GError *error,
                              BatonAccount *account);
/* @action: of a BatonErrorText. Returns: FALSE where it is none of the network's. */
gboolean
baton_network_row_remedy (BatonNetworkRow *self, const char *action, BatonAccount *account);

G_END_DECLS
