/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-connection.h"
#include "baton-secret-store.h"

G_BEGIN_DECLS

typedef enum
{
  BATON_ACCOUNT_UNKNOWN,  /* the keyring was not asked yet, or is locked */
  BATON_ACCOUNT_NOT_KEPT, /* nothing is kept to sign in with */
  BATON_ACCOUNT_KEPT,     /* kept, and not tried in this run */
  BATON_ACCOUNT_VALID,
  BATON_ACCOUNT_RENEWING,
  BATON_ACCOUNT_EXPIRED, /* what is kept has expired */
  BATON_ACCOUNT_REVOKED, /* the server said no */
  BATON_ACCOUNT_OFFLINE,
  BATON_ACCOUNT_FAILED, /* the check failed for another reason */
} BatonAccountCondition;

GType baton_account_condition_get_type (void);
#define BATON_TYPE_ACCOUNT_CONDITION (baton_account_condition_get_type ())

/**
 * BatonAccountState:
 *
 * How one account stands: of the open connection what its keeper says, of the others what the store
 * has, and what a check found. Nothing is asked of a server but by baton_account_state_check().
 * Main thread.
 *
 * Signal: changed ().
 */
#define BATON_TYPE_ACCOUNT_STATE (baton_account_state_get_type ())
G_DECLARE_FINAL_TYPE (BatonAccountState, baton_account_state, BATON, ACCOUNT_STATE, GObject)

/* @clock: (nullable): NULL is the machine's. */
BatonAccountState *
baton_account_state_new (BatonAccount *account, BatonSecretStore *store, BatonClock *clock);
/* @connection: (nullable): the open one, where it is of this account. */
void baton_account_state_set_connection (BatonAccountState *self, BatonConnection *connection);

BatonAccount *baton_account_state_get_account (BatonAccountState *self);
BatonAccountCondition baton_account_state_get_condition (BatonAccountState *self);
/* Until when the access token is good, wall, microseconds; 0 for none, or not known. */
gint64 baton_account_state_get_valid_until (BatonAccountState *self);
/* Until when what is kept is good; 0 for always, or not known. */
gint64 baton_account_state_get_kept_until (BatonAccountState *self);
const GError *baton_account_state_get_error (BatonAccountState *self); /* (nullable) */

/* Signs in with what is kept and asks Orchestrator one thing, so that a token that was revoked
 * shows. The open connection renews. Emits changed when it begins and when it ends. */
void baton_account_state_check (BatonAccountState *self);
gboolean baton_account_state_is_checking (BatonAccountState *self);

G_END_DECLS
