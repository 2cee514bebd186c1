/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * BatonExchange:
 *
 * One request and its answer, for a person who wants to know what went over the wire. Immutable,
 * redacted when it was written: it never holds a secret.
 */
#define BATON_TYPE_EXCHANGE (baton_exchange_get_type ())
G_DECLARE_FINAL_TYPE (BatonExchange, baton_exchange, BATON, EXCHANGE, GObject)

typedef struct
{
  gint64 started_at;    /* wall, microseconds */
  gint64 duration;      /* microseconds */
  const char *method;
  const char *url;
  gint64 folder;        /* 0 for none */
  guint status;         /* 0: there was no answer */
  guint attempt;        /* 1 for the first */
  gsize sent_bytes;
  gsize received_bytes;
  const char *error;    /* (nullable): why there was no answer */
} BatonExchangeFacts;

/* Copies and redacts @facts. */
BatonExchange *baton_exchange_new (const BatonExchangeFacts *facts);
/* Returns: (transfer none): its texts live as long as @self. */
const BatonExchangeFacts *baton_exchange_get_facts (BatonExchange *self);

G_END_DECLS
