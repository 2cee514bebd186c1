/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-authenticator.h"
#include "baton-password-authenticator.h"
#include "baton-user-key-authenticator.h"

G_DEFINE_INTERFACE (BatonAuthenticator, baton_authenticator, G_TYPE_OBJECT)

static void
baton_authenticator_default_init (BatonAuthenticatorInterface *iface)
{
}

BatonAuthenticator *
baton_authenticator_new_for_method (BatonMethod method, BatonClock *clock)
{
  switch (method)
    {
    case BATON_METHOD_USER_KEY:
      return baton_user_key_authenticator_new (clock);
    case BATON_METHOD_PASSWORD:
      return baton_password_authenticator_new (clock);
    default:
      g_assert_not_reached ();
    }
}

/**
 * baton_authenticator_acquire_async:
 * @account: whose token
 * @secret: what it signs in with
 * @cancellable: (nullable): a cancellable
 *
 * Main thread. Asks the server for an access token, once: no retry is made here.
 */
void
baton_authenticator_acquire_async (BatonAuthenticator *self,
                                   BatonAccount *account,
                                   BatonSecret *secret,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (BATON_IS_AUTHENTICATOR (self));
  g_return_if_fail (BATON_IS_ACCOUNT (account));
  g_return_if_fail (secret != NULL);

  BATON_AUTHENTICATOR_GET_IFACE (self)->acquire_async (self, account, secret, cancellable, callback,
                                                       user_data);
}

BatonToken *
baton_authenticator_acquire_finish (BatonAuthenticator *self,
                                    GAsyncResult *result,
                                    BatonSecret **rotated,
                                    GError **error)
{
  g_return_val_if_fail (BATON_IS_AUTHENTICATOR (self), NULL);
  g_return_val_if_fail (rotated != NULL, NULL);

  *rotated = NULL;

  return BATON_AUTHENTICATOR_GET_IFACE (self)->acquire_finish (self, result, rotated, error);
}

void
baton_authenticator_revoke_async (BatonAuthenticator *self,
                                  BatonAccount *account,
                                  BatonSecret *secret,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (BATON_IS_AUTHENTICATOR (self));
  g_return_if_fail (BATON_IS_ACCOUNT (account));
  g_return_if_fail (secret != NULL);

  BATON_AUTHENTICATOR_GET_IFACE (self)->revoke_async (self, account, secret, cancellable, callback,
                                                      user_data);
}

gboolean
baton_authenticator_revoke_finish (BatonAuthenticator *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (BATON_IS_AUTHENTICATOR (self), FALSE);

  return BATON_AUTHENTICATOR_GET_IFACE (self)->revoke_finish (self, result, error);
}
