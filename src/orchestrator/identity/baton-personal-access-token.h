/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../http/baton-request.h"

G_BEGIN_DECLS

/* The personal access tokens of whoever is signed in, over the Identity API (fact sheet 2.4). The
 * names of members are not documented: they are those that the calls for applications use. */
typedef struct
{
  char *id;          /* (owned) */
  char *name;        /* (owned) */
  char *scopes;      /* (owned): parted by blanks */
  gint64 created_at; /* wall, microseconds, 0 for unknown */
  gint64 expires_at; /* the same */
} BatonPersonalAccessToken;

void baton_personal_access_token_free (BatonPersonalAccessToken *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonPersonalAccessToken, baton_personal_access_token_free)

BatonRequest *baton_personal_access_token_make_list (void);
/* A BatonDecodeFunc. Returns: (transfer full) (element-type BatonPersonalAccessToken). */
gpointer baton_personal_access_token_decode_list (JsonNode *root, gpointer data, GError **error);
/* @scopes: parted by blanks. @expires_at: wall, microseconds; 0 leaves it to the server. */
BatonRequest *
baton_personal_access_token_make_create (const char *name, const char *scopes, gint64 expires_at);
BatonRequest *baton_personal_access_token_make_revoke (const char *id);
/* Returns: (transfer full) (nullable): what the answer of a create made, and its value, told this
 * once. @value: (out) (transfer full): free with baton_secret_free(). */
BatonPersonalAccessToken *
baton_personal_access_token_read_created (JsonNode *answer, char **value, GError **error);

G_END_DECLS
