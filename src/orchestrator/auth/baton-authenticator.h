/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "baton-account.h"
#include "baton-clock.h"
#include "baton-secret.h"
#include "baton-token.h"

G_BEGIN_DECLS

/**
 * BatonAuthenticator:
 *
 * One way to sign in: turns the secret of an account into an access token, and revokes it. One
 * small file per way. Main thread.
 */
#define BATON_TYPE_AUTHENTICATOR (baton_authenticator_get_type ())
G_DECLARE_INTERFACE (BatonAuthenticator, baton_authenticator, BATON, AUTHENTICATOR, GObject)

struct _BatonAuthenticatorInterface
{
  GTypeInterface parent;

  void (*acquire_async) (BatonAuthenticator *self,
                         BatonAccount *account,
                         BatonSecret *secret,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
  BatonToken *(*acquire_finish) (BatonAuthenticator *self,
                                 GAsyncResult *result,
                                 BatonSecret **rotated,
                                 GError **error);
  void (*revoke_async) (BatonAuthenticator *self,
                        BatonAccount *account,
                        BatonSecret *secret,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  gboolean (*revoke_finish) (BatonAuthenticator *self, GAsyncResult *result, GError **error);
};

/* @clock: (nullable): NULL is the machine's. Returns: (transfer full): the authenticator for
 * @method. */
BatonAuthenticator *baton_authenticator_new_for_method (BatonMethod method, BatonClock *clock);

/* @rotated: (out) (transfer full) (nullable): a secret that replaces @secret and must be kept
 * before the token is used.
 * Errors: BAD_CREDENTIALS (wrong client id, user, password), KEY_REVOKED (invalid_grant), network
 * and server errors. */
void baton_authenticator_acquire_async (BatonAuthenticator *self,
                                        BatonAccount *account,
                                        BatonSecret *secret,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
BatonToken *baton_authenticator_acquire_finish (BatonAuthenticator *self,
                                                GAsyncResult *result,
                                                BatonSecret **rotated,
                                                GError **error);
/* Errors: NOT_IMPLEMENTED where this way has no revocation on the server. */
void baton_authenticator_revoke_async (BatonAuthenticator *self,
                                       BatonAccount *account,
                                       BatonSecret *secret,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean baton_authenticator_revoke_finish (BatonAuthenticator *self,
                                            GAsyncResult *result,
                                            GError **error);

G_END_DECLS
