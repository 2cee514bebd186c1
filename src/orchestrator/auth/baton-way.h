/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-account.h"
#include "baton-secret.h"
#include "baton-token-call.h"
#include "baton-token.h"

G_BEGIN_DECLS

/**
 * BatonWay:
 * @ask: fills in the call that turns @secret into a token; FALSE with an error where the account
 *   lacks something. %NULL where no server is asked.
 * @read: what the answer brings; @rotated: (out) (nullable): a secret that takes the place of
 *   @secret. @answer is %NULL where no server was asked. @offset: how far the server's clock is
 *   ahead of ours, microseconds: a token's times are of ours, a secret's of the server's.
 * @ask_revocation: (nullable): fills in the call that revokes @secret
 * @revoked_elsewhere: translated, where there is no @ask_revocation: how a person revokes it
 * @rotates: each renewal spends the secret, and brings another
 *
 * One way to sign in. One small file per way, without state: BatonAuthenticator does the calling.
 */
typedef struct
{
  gboolean (*ask) (BatonAccount *account,
                   BatonSecret *secret,
                   BatonTokenCall *call,
                   GError **error);
  BatonToken *(*read) (BatonSecret *secret,
                       JsonObject *answer,
                       gint64 asked_at,
                       gint64 offset,
                       BatonSecret **rotated,
                       GError **error);
  gboolean (*ask_revocation) (BatonAccount *account,
                              BatonSecret *secret,
                              BatonTokenCall *call,
                              GError **error);
  const char *revoked_elsewhere;
  gboolean rotates;
} BatonWay;

extern const BatonWay baton_way_user_key;
extern const BatonWay baton_way_password;
extern const BatonWay baton_way_browser;
extern const BatonWay baton_way_client_credentials;
extern const BatonWay baton_way_personal_access_token;

G_END_DECLS
