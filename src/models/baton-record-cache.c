/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-record-cache.h"

#define CHUNK BATON_RECORD_CACHE_CHUNK

typedef struct
{
  guint number;
  GList link; /* in uses, most recent first; data is the chunk */
  guint epochs[CHUNK];
  BatonRecord *records[CHUNK]; /* (owned) (nullable) */
} Chunk;

struct _BatonRecordCache
{
  GHashTable *chunks; /* (owned): number -> (owned) Chunk */
  GQueue uses;
};

static void
chunk_free (gpointer data)
{
  Chunk *chunk = data;

  for (guint i = 0; i < CHUNK; i++)
    g_clear_pointer (&chunk->records[i], baton_record_unref);
  g_free (chunk);
}

BatonRecordCache *
baton_record_cache_new (void)
{
  BatonRecordCache *self = g_new0 (BatonRecordCache, 1);

  self->chunks = g_hash_table_new_full (NULL, NULL, NULL, chunk_free);
  g_queue_init (&self->uses);
  return self;
}

void
baton_record_cache_free (BatonRecordCache *self)
{
  g_hash_table_unref (self->chunks);
  g_free (self);
}

void
baton_record_cache_clear (BatonRecordCache *self)
{
  g_queue_init (&self->uses);
  g_hash_table_remove_all (self->chunks);
}

static Chunk *
find_chunk (BatonRecordCache *self, guint slot)
{
  return g_hash_table_lookup (self->chunks, GUINT_TO_POINTER (slot / CHUNK));
}

static void
use_chunk (BatonRecordCache *self, Chunk *chunk)
{
  if (self->uses.head == &chunk->link)
    return;
  g_queue_unlink (&self->uses, &chunk->link);
  g_queue_push_head_link (&self->uses, &chunk->link);
}

static void
drop_chunk (BatonRecordCache *self, Chunk *chunk)
{
  g_queue_unlink (&self->uses, &chunk->link);
  g_hash_table_remove (self->chunks, GUINT_TO_POINTER (chunk->number));
}

BatonRecord *
baton_record_cache_get (BatonRecordCache *self, guint slot, guint *epoch)
{
  Chunk *chunk = find_chunk (self, slot);

  if (chunk == NULL || chunk->records[slot % CHUNK] == NULL)
    return NULL;
  use_chunk (self, chunk);
  if (epoch != NULL)
    *epoch = chunk->epochs[slot % CHUNK];
  return chunk->records[slot % CHUNK];
}

void
baton_record_cache_put (BatonRecordCache *self, guint slot, BatonRecord *record, guint epoch)
{
  Chunk *chunk = find_chunk (self, slot);

  if (chunk == NULL)
    {
      chunk = g_new0 (Chunk, 1);
      chunk->number = slot / CHUNK;
      chunk->link.data = chunk;
      g_hash_table_insert (self->chunks, GUINT_TO_POINTER (chunk->number), chunk);
      g_queue_push_head_link (&self->uses, &chunk->link);
    }
  use_chunk (self, chunk);
  baton_record_ref (record);
  g_clear_pointer (&chunk->records[slot % CHUNK], baton_record_unref);
  chunk->records[slot % CHUNK] = record;
  chunk->epochs[slot % CHUNK] = epoch;
}

void
baton_record_cache_clip (BatonRecordCache *self, guint first, guint end)
{
  GList *next;

  for (GList *l = self->uses.head; l != NULL; l = next)
    {
      Chunk *chunk = l->data;
      guint start = chunk->number * CHUNK;

      next = l->next;
      if (start >= first && start + CHUNK <= end)
        continue;
      if (start + CHUNK <= first || start >= end)
        {
          drop_chunk (self, chunk);
          continue;
        }
      for (guint i = 0; i < CHUNK; i++)
        if (start + i < first || start + i >= end)
          g_clear_pointer (&chunk->records[i], baton_record_unref);
    }
}

void
baton_record_cache_trim (BatonRecordCache *self, guint max, GHashTable *pinned)
{
  GList *previous;

  for (GList *l = self->uses.tail; l != NULL && self->uses.length > max; l = previous)
    {
      Chunk *chunk = l->data;

      previous = l->prev;
      if (!g_hash_table_contains (pinned, GUINT_TO_POINTER (chunk->number)))
        drop_chunk (self, chunk);
    }
}

guint
baton_record_cache_get_n_chunks (BatonRecordCache *self)
{
  return self->uses.length;
}

void
baton_record_cache_foreach (BatonRecordCache *self,
                            guint first,
                            guint end,
                            BatonRecordCacheFunc func,
                            gpointer data)
{
  for (GList *l = self->uses.head; l != NULL; l = l->next)
    {
      Chunk *chunk = l->data;
      guint start = chunk->number * CHUNK;

      for (guint i = 0; i < CHUNK; i++)
        if (chunk->records[i] != NULL && start + i >= first && start + i < end)
          func (start + i, chunk->records[i], data);
    }
}
