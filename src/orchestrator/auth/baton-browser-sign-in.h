/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-account.h"
#include "baton-clock.h"
#include "baton-secret.h"

G_BEGIN_DECLS

/**
 * BatonBrowserSignIn:
 *
 * One sign-in in the system's browser: authorization code with PKCE S256 (fact sheet 2.3). Makes
 * the address to open, waits on loopback for the browser to come back, and checks that it is the
 * same sign-in. What it brings is the secret that BATON_METHOD_BROWSER signs in with. Used once.
 * Main thread.
 */
#define BATON_TYPE_BROWSER_SIGN_IN (baton_browser_sign_in_get_type ())
G_DECLARE_FINAL_TYPE (BatonBrowserSignIn, baton_browser_sign_in, BATON, BROWSER_SIGN_IN, GObject)

/* How long a person has, in microseconds. */
#define BATON_BROWSER_SIGN_IN_LIMIT (3 * 60 * G_USEC_PER_SEC)

/* @account: with client id, scopes and redirect URI. @client_secret: (nullable): of a confidential
 * application. @clock: (nullable). Listens from here on.
 * Errors: INVALID (no client id, no redirect URL of this computer), CONFLICT (the port is taken).
 */
BatonBrowserSignIn *baton_browser_sign_in_new (BatonAccount *account,
                                               const char *client_secret,
                                               BatonClock *clock,
                                               GError **error);

/* Returns: (transfer none): what the browser is to open. */
const char *baton_browser_sign_in_get_url (BatonBrowserSignIn *self);

/* Waits for the browser. Errors: TIMED_OUT after BATON_BROWSER_SIGN_IN_LIMIT, and what
 * baton_authorize_error_new() makes of the server's. */
void baton_browser_sign_in_run_async (BatonBrowserSignIn *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* Returns: (transfer full): of the kind BATON_SECRET_AUTHORIZATION_CODE. */
BatonSecret *
baton_browser_sign_in_run_finish (BatonBrowserSignIn *self, GAsyncResult *result, GError **error);

/* Takes the address that the browser stopped at, which a person pasted: ends the run with what it
 * tells of. Returns: FALSE with INVALID where it tells of nothing, and the run goes on. */
gboolean
baton_browser_sign_in_take_address (BatonBrowserSignIn *self, const char *address, GError **error);

G_END_DECLS
