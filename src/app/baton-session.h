/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-accounts.h"
#include "baton-connection.h"
#include "baton-secret-store.h"

G_BEGIN_DECLS

/**
 * BatonSession:
 *
 * Which account the window works with: opens its connection from the keyring, takes over one that the sign-in page opened, runs the sandbox, and
 * removes accounts. An account is kept only once it was signed in to, and lost only by removing it. Main thread.
 *
 * Property: connection (BatonConnection, nullable), there as soon as opening begins.
 * Signals:
 * opened (GError keyring_error, nullable): the connection is good; where @keyring_error is given the secret is kept for this run only.
 * failed (GError): opening failed; the connection stays.
 * sandbox-failed (GError): the sandbox did not start; what was open stays.
 */
#define BATON_TYPE_SESSION (baton_session_get_type ())
G_DECLARE_FINAL_TYPE (BatonSession, baton_session, BATON, SESSION, GObject)

BatonSession *baton_session_new (BatonAccounts *accounts, BatonSecretStore *store, GSettings *settings);

BatonAccounts *baton_session_get_accounts (BatonSession *self);
BatonSecretStore *baton_session_get_secret_store (BatonSession *self);
BatonConnection *baton_session_get_connection (BatonSession *self); /* (transfer none) (nullable) */
/* TRUE where the connection is to the sandbox that this session runs. */
gboolean baton_session_is_sandbox (BatonSession *self);
/* Returns: (nullable): the account used last, where it is still known. */
BatonAccount *baton_session_get_last_account (BatonSession *self);

/* Opens @account with what the store has for it. What was going on before is given up. */
void baton_session_open (BatonSession *self, BatonAccount *account);
/* Takes over a connection that was opened elsewhere, and keeps its account: in place of the one of the same id, and of one by which the same
 * user signs in to the same tenant. */
void baton_session_adopt (BatonSession *self, BatonConnection *connection);
/* Tries again: asks anew on a connection that was good before, so that the page stays; else opens its account again. The sandbox is
 * started again where it ended. */
void baton_session_reopen (BatonSession *self);
/* Starts the sandbox where it does not run, and opens it. */
void baton_session_open_sandbox (BatonSession *self);
/* Gives up what is going on. An open connection stays. */
void baton_session_cancel (BatonSession *self);

/* Forgets the account's secret, then the account. Errors: of the store; then the account is still there. */
void baton_session_remove_account_async (BatonSession *self,
                                         BatonAccount *account,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
gboolean baton_session_remove_account_finish (BatonSession *self, GAsyncResult *result, GError **error);

G_END_DECLS
