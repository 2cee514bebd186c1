/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-account.h"
#include "baton-token.h"

G_BEGIN_DECLS

/* What the ways of OAuth 2.0 have in common (fact sheet 2.1, 2.3). */

/* @default_life: seconds that the token lives where the answer does not say. Returns: (transfer
 * full) (nullable): NULL with BAD_ANSWER. */
BatonToken *
baton_oauth_read_token (JsonObject *answer, gint64 asked_at, gint64 default_life, GError **error);

/* Returns: (transfer none) (nullable): NULL with INVALID where the account has no client id. */
const char *baton_oauth_require_client_id (BatonAccount *account, GError **error);

G_END_DECLS
