/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-account-state.h"

G_BEGIN_DECLS

/**
 * BatonAccountRow:
 *
 * One account on the page "Keys and tokens": how it stands, and what can be done with it, as
 * actions "keys.check", "keys.revoke", … with the account's id.
 */
#define BATON_TYPE_ACCOUNT_ROW (baton_account_row_get_type ())
G_DECLARE_FINAL_TYPE (BatonAccountRow, baton_account_row, BATON, ACCOUNT_ROW, AdwExpanderRow)

GtkWidget *baton_account_row_new (BatonAccountState *state);
BatonAccountState *baton_account_row_get_state (BatonAccountRow *self); /* (transfer none) */
/* @open: it is the account that the window works with. @kept: it is in accounts.ini, and can be
 * forgotten. */
void baton_account_row_set_place (BatonAccountRow *self, gboolean open, gboolean kept);

G_END_DECLS
