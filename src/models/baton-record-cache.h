/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "resources/baton-record.h"

G_BEGIN_DECLS

/**
 * BatonRecordCache:
 *
 * Records by slot, in chunks, of which those least recently used go first. Main thread.
 */
typedef struct _BatonRecordCache BatonRecordCache;

#define BATON_RECORD_CACHE_CHUNK 100

BatonRecordCache *baton_record_cache_new (void);
void baton_record_cache_free (BatonRecordCache *self);
void baton_record_cache_clear (BatonRecordCache *self);

/* Returns: (transfer none) (nullable). Counts as a use. @epoch: (out) (optional): as given to
 * put. */
BatonRecord *baton_record_cache_get (BatonRecordCache *self, guint slot, guint *epoch);
/* @record: (transfer none). */
void baton_record_cache_put (BatonRecordCache *self, guint slot, BatonRecord *record, guint epoch);
/* Drops what is outside @first .. @end - 1. */
void baton_record_cache_clip (BatonRecordCache *self, guint first, guint end);

/* Drops chunks beyond @max, but those in @pinned (slots, as a set of chunk numbers: slot /
 * BATON_RECORD_CACHE_CHUNK). */
void baton_record_cache_trim (BatonRecordCache *self, guint max, GHashTable *pinned);
guint baton_record_cache_get_n_chunks (BatonRecordCache *self);

typedef void (*BatonRecordCacheFunc) (guint slot, BatonRecord *record, gpointer data);
/* Calls @func for each record in @first .. @end - 1, chunk by chunk in no order. */
void baton_record_cache_foreach (BatonRecordCache *self,
                                 guint first,
                                 guint end,
                                 BatonRecordCacheFunc func,
                                 gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonRecordCache, baton_record_cache_free)

G_END_DECLS
