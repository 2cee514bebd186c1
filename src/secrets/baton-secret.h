/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  BATON_SECRET_USER_KEY,
  BATON_SECRET_PASSWORD,
  BATON_SECRET_REFRESH_TOKEN,
  BATON_SECRET_CLIENT_SECRET,
  BATON_SECRET_PERSONAL_ACCESS_TOKEN,
  BATON_SECRET_AUTHORIZATION_CODE, /* good for one call, and never kept */
  BATON_SECRET_PROXY_LOGIN,        /* user name and password, as in a URI */
  BATON_SECRET_CERTIFICATE_PASSWORD,
} BatonSecretKind;

#define BATON_TYPE_SECRET_KIND (baton_secret_kind_get_type ())
GType baton_secret_kind_get_type (void);

/**
 * BatonSecret:
 *
 * What an account signs in with: one value, and since when it is kept. Immutable and counted; any thread.
 * As long as it lives baton_redact() takes its value out of every text, and with the last reference
 * the value is wiped.
 */
#define BATON_TYPE_SECRET (baton_secret_get_type ())
typedef struct _BatonSecret BatonSecret;
GType baton_secret_get_type (void);

/* @value: copied. @saved_at, @expires_at: wall microseconds, 0 for unknown and never. Returns: (transfer full). */
BatonSecret *baton_secret_new (BatonSecretKind kind,
                               const char *value,
                               gint64 saved_at,
                               gint64 expires_at);
/* The same for a client that has a secret of its own. @client_secret: (nullable): copied. */
BatonSecret *baton_secret_new_of_client (BatonSecretKind kind,
                                         const char *value,
                                         const char *client_secret,
                                         gint64 saved_at,
                                         gint64 expires_at);
/* What a browser brought. @verifier: of PKCE. @client_secret: (nullable). */
BatonSecret *baton_secret_new_code (const char *code,
                                    const char *verifier,
                                    const char *client_secret,
                                    gint64 saved_at);
BatonSecret *baton_secret_ref (BatonSecret *self);
void baton_secret_unref (BatonSecret *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonSecret, baton_secret_unref)

BatonSecretKind baton_secret_get_kind (BatonSecret *self);
const char *baton_secret_get_value (BatonSecret *self); /* (transfer none), never NULL */
const char *baton_secret_get_client_secret (BatonSecret *self); /* (nullable) */
const char *baton_secret_get_verifier (BatonSecret *self);      /* (nullable) */
gint64 baton_secret_get_saved_at (BatonSecret *self);
gint64 baton_secret_get_expires_at (BatonSecret *self);

/* The one text that the keyring keeps. Returns: (transfer full): free with baton_secret_free(). */
char *baton_secret_to_text (BatonSecret *self);
/* Returns: (transfer full) (nullable): NULL with BATON_ERROR_BAD_ANSWER where @text is not what
 * baton_secret_to_text() makes, or is of a version that a later Baton made. */
BatonSecret *baton_secret_from_text (const char *text, GError **error);

/* `user-key`, `refresh-token` …: the attribute in the keyring. Returns: (transfer none). */
const char *baton_secret_kind_to_nick (BatonSecretKind kind);
/* Returns: FALSE where @nick is no kind. */
gboolean baton_secret_kind_from_nick (const char *nick, BatonSecretKind *kind);

G_END_DECLS
