/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "baton-account.h"

G_BEGIN_DECLS

/**
 * BatonAccounts:
 *
 * The accounts that Baton knows, a GListModel of BatonAccount kept in accounts.ini (written whole, in a thread, a moment after a change). A file that
 * cannot be read is kept aside, never overwritten. Main thread.
 */
#define BATON_TYPE_ACCOUNTS (baton_accounts_get_type ())
G_DECLARE_FINAL_TYPE (BatonAccounts, baton_accounts, BATON, ACCOUNTS, GObject)

/* @file: (nullable): NULL is $XDG_CONFIG_HOME/baton/accounts.ini. */
BatonAccounts *baton_accounts_new (GFile *file);
/* Returns: (nullable): why the file could not be read. */
const GError *baton_accounts_get_error (BatonAccounts *self);
void baton_accounts_add (BatonAccounts *self, BatonAccount *account);
void baton_accounts_remove (BatonAccounts *self, BatonAccount *account);
BatonAccount *baton_accounts_find (BatonAccounts *self, const char *id); /* (transfer none) (nullable) */
/* Writes what is pending now; for the end of the program. */
void baton_accounts_flush (BatonAccounts *self);

G_END_DECLS
