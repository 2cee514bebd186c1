/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "baton-error.h"
#include "baton-http.h"

G_BEGIN_DECLS

#define BATON_ANSWER_SMALL (256 * 1024)

/* What an error of this call should name. */
typedef struct
{
  const char *request;    /* (nullable): method and path, without query */
  const char *permission; /* (nullable): what the call needs, "Jobs.View" */
  gint64 now;             /* wall, microseconds: what Retry-After counts from */
  /* 0 is BATON_HTTP_MAX_BYTES; up to BATON_ANSWER_SMALL it may be read on the main loop */
  gsize max_bytes;
} BatonAnswerContext;

/* Reads @reply in the order status, kind, size, depth, JSON. Any thread; may take a while: not on
 * the main loop.
 * Returns: (transfer full) (nullable): NULL without an error for an empty answer of success. */
JsonNode *baton_answer_read (BatonReply *reply, const BatonAnswerContext *context, GError **error);

/* Returns: (transfer full): the error that the status and the body of @reply mean, also where its
 * status is one of success. */
GError *baton_answer_make_error (BatonReply *reply, const BatonAnswerContext *context);

/* Returns: (transfer full): @error (transfer full) with the same details, but meaning @code and
 * saying @message. */
GError *baton_answer_retell (GError *error, BatonErrorCode code, const char *message);

G_END_DECLS
