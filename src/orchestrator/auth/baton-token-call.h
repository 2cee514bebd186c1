/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "http/baton-http.h"

G_BEGIN_DECLS

/* What is posted to where tokens are made or revoked. */
typedef struct
{
  char *url;        /* (owned) */
  const char *type; /* of the body */
  char *body;       /* (owned): holds secrets, and is wiped */
  /* Translated: what it means when the server refuses the secret, and when it refuses the client.
   */
  const char *refused_secret;
  const char *refused_client;
} BatonTokenCall;

void baton_token_call_clear (BatonTokenCall *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BatonTokenCall, baton_token_call_clear)

/* Sets a body as an object of JSON, or as a form: pairs of name and value, up to a name of NULL; a value of NULL
 * is left out. */
void baton_token_call_set_json (BatonTokenCall *self, ...) G_GNUC_NULL_TERMINATED;
void baton_token_call_set_form (BatonTokenCall *self, ...) G_GNUC_NULL_TERMINATED;

/* Posts @call over @network, whose contents are taken. @now: wall, microseconds. Main thread. Errors, over those
 * of baton_http_send_async(): KEY_REVOKED (invalid_grant), BAD_CREDENTIALS (another refusal of what
 * was sent), INVALID (a scope that the application was not given), WRONG_ADDRESS where nothing
 * there makes tokens, SERVER, RATE_LIMITED, BAD_ANSWER. */
void baton_token_call_async (gpointer source,
                             BatonNetwork *network,
                             BatonTokenCall *call,
                             gint64 now,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* @root: (out) (transfer full) (nullable): NULL for an empty answer. @date: (out): when the server
 * answered, by its clock; 0 where it did not say. Both are set in any case. */
gboolean baton_token_call_finish (
    gpointer source, GAsyncResult *result, JsonNode **root, gint64 *date, GError **error);

G_END_DECLS
