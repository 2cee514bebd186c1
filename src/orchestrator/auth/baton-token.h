/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * BatonToken:
 *
 * An access token, in memory alone. Immutable, counted, any thread; the text is wiped with the last
 * reference.
 */
typedef struct _BatonToken BatonToken;
#define BATON_TYPE_TOKEN (baton_token_get_type ())
GType baton_token_get_type (void);

/* @id_token: (nullable). @issued_at, @expires_at: wall time in microseconds; @expires_at is 0 where
 * nobody has said. */
BatonToken *baton_token_new (const char *access_token,
                             const char *id_token,
                             gint64 issued_at,
                             gint64 expires_at);
BatonToken *baton_token_ref (BatonToken *self);
void baton_token_unref (BatonToken *self);

const char *baton_token_get_access_token (BatonToken *self);
const char *baton_token_get_id_token (BatonToken *self); /* (nullable) */
gint64 baton_token_get_issued_at (BatonToken *self);
gint64 baton_token_get_expires_at (BatonToken *self);
/* Returns: (transfer full) (nullable): the claims of a JWT, its signature not checked; NULL where
 * the token is opaque. */
JsonNode *baton_token_dup_claims (BatonToken *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonToken, baton_token_unref)

G_END_DECLS
