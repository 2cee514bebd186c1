/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "http/baton-http.h"

G_BEGIN_DECLS

/* Posts @body (transfer full), which holds secrets, to where tokens are made or revoked. @now:
 * wall, microseconds. Main thread. Errors, over those of baton_http_send_async(): KEY_REVOKED
 * (invalid_grant), BAD_CREDENTIALS (another refusal of what was sent), WRONG_ADDRESS where nothing
 * there makes tokens, SERVER, RATE_LIMITED, BAD_ANSWER. */
void baton_token_call_async (gpointer source,
                             const char *url,
                             JsonNode *body,
                             gint64 now,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* @root: (out) (transfer full) (nullable): NULL for an empty answer. */
gboolean baton_token_call_finish (gpointer source,
                                  GAsyncResult *result,
                                  JsonNode **root,
                                  GError **error);

G_END_DECLS
