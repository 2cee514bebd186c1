/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-connection.h"
#include "resources/baton-resource.h"

G_BEGIN_DECLS

typedef enum
{
  BATON_BATCH_WAITING,
  BATON_BATCH_RUNNING,
  BATON_BATCH_DONE,
  BATON_BATCH_FAILED,
} BatonBatchState;

/**
 * BatonBatch:
 *
 * One action on some records, a call for each, with the outcome of each. Main thread.
 * Signals: changed (guint position): the outcome of one. finished (): nothing runs or waits any more.
 */
#define BATON_TYPE_BATCH (baton_batch_get_type ())
G_DECLARE_FINAL_TYPE (BatonBatch, baton_batch, BATON, BATCH, GObject)

/* @records: (element-type BatonRecord), referenced. @folder: 0 is all folders. */
BatonBatch *baton_batch_new (BatonConnection *connection,
                             const BatonAction *action,
                             GPtrArray *records,
                             gint64 folder);
/* Makes the calls of all that are neither done nor on their way: the first time all, then those that failed. The batch
 * lives until it has finished. */
void baton_batch_run (BatonBatch *self);

const BatonAction *baton_batch_get_action (BatonBatch *self);
guint baton_batch_get_length (BatonBatch *self);
BatonRecord *baton_batch_get_record (BatonBatch *self, guint position);
BatonBatchState baton_batch_get_state (BatonBatch *self, guint position);
const GError *baton_batch_get_error (BatonBatch *self, guint position); /* (nullable) */
guint baton_batch_count (BatonBatch *self, BatonBatchState state);

G_END_DECLS
