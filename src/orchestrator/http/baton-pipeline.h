/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "auth/baton-token-keeper.h"
#include "baton-request.h"

G_BEGIN_DECLS

/* Turns the parsed answer into what the caller wants. Runs in a worker thread; @data as given with
 * the request.
 * @root: (nullable): NULL for an empty answer (204). Returns: (transfer full); NULL with @error set
 * on failure. */
typedef gpointer (*BatonDecodeFunc) (JsonNode *root, gpointer data, GError **error);

/**
 * BatonPipeline:
 *
 * The way that every request of one signed-in account takes: pace -> token -> send -> status ->
 * size and depth guard -> parse and decode in a worker thread. Retries what may be retried; a 401
 * renews once and replays once. Main thread.
 *
 * Properties, all notify: paused-until (wall, microseconds; 0 none: the service asked to wait),
 * offline (gboolean).
 */
#define BATON_TYPE_PIPELINE (baton_pipeline_get_type ())
G_DECLARE_FINAL_TYPE (BatonPipeline, baton_pipeline, BATON, PIPELINE, GObject)

BatonPipeline *baton_pipeline_new (BatonAccount *account,
                                   BatonTokenKeeper *keeper,
                                   BatonClock *clock);

/* @decode: (nullable): NULL gives the answer as (transfer full) JsonNode, NULL where empty.
 * @decode_data is freed by @destroy when done with, in any thread; @free_result frees a result that
 * nobody fetched. */
void baton_pipeline_send_async (BatonPipeline *self,
                                BatonRequest *request,
                                BatonDecodeFunc decode,
                                gpointer decode_data,
                                GDestroyNotify destroy,
                                GDestroyNotify free_result,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gpointer baton_pipeline_send_finish (BatonPipeline *self, GAsyncResult *result, GError **error);

gint64 baton_pipeline_get_paused_until (BatonPipeline *self);

/* The last requests, newest first, for the inspector: (transfer none) of BatonExchange, redacted
 * when written. */
GListModel *baton_pipeline_get_exchanges (BatonPipeline *self);

G_END_DECLS
