/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-error.h"
#include "baton-local-order.h"
#include "baton-paged-list-private.h"
#include "baton-row-private.h"

static void
pin_chunk (GHashTable *pinned, guint slot)
{
  g_hash_table_add (pinned, GUINT_TO_POINTER (slot / BATON_RECORD_CACHE_CHUNK));
}

static void
trim (BatonPagedList *self)
{
  g_autoptr (GHashTable) pinned = NULL;
  GHashTableIter iter;
  gpointer key;

  if (self->resource->client_only
      || baton_record_cache_get_n_chunks (self->cache) <= BATON_MAX_CHUNKS)
    return;
  pinned = g_hash_table_new (NULL, NULL);
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    pin_chunk (pinned, GPOINTER_TO_UINT (key));
  baton_record_cache_trim (self->cache, BATON_MAX_CHUNKS, pinned);
}

static void
set_updated (BatonPagedList *self)
{
  self->updated_at = g_get_real_time ();
  _baton_paged_list_notify (self, BATON_PAGED_LIST_PROP_UPDATED_AT);
}

static gboolean
refuse (GError **error)
{
  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_BAD_ANSWER,
                       "The service says that there are more entries, but sends none");
  return FALSE;
}

/* Puts @records where they belong; what is there already and the same stays the same block. */
static void
store (BatonPagedList *self, guint slot, GPtrArray *records, guint from, guint end)
{
  for (guint i = from; i < end; i++)
    {
      BatonRecord *record = g_ptr_array_index (records, i);
      BatonRecord *old = baton_record_cache_get (self->cache, slot + i, NULL);

      if (old != NULL && baton_record_equal (old, record))
        record = old;
      baton_record_cache_put (self->cache, slot + i, record, self->epoch);
    }
}

static void
update_rows (BatonPagedList *self, guint slot, GPtrArray *records, guint end)
{
  for (guint i = 0; i < end; i++)
    {
      BatonRow *row = g_hash_table_lookup (self->rows, GUINT_TO_POINTER (slot + i));
      g_autoptr (BatonRow) held = row != NULL ? g_object_ref (row) : NULL;

      if (held != NULL)
        baton_row_set_record (held, g_ptr_array_index (records, i));
    }
}

/* The service gives at most @n at once. */
static void
adopt_cap (BatonPagedList *self, guint n)
{
  if (n == 0 || n >= self->page_size)
    return;
  self->page_size = n;
  _baton_paged_list_forget_failures (self);
  _baton_paged_list_cancel_pages (self);
}

void
_baton_paged_list_show_nothing (BatonPagedList *self)
{
  guint n = self->n_items;

  _baton_paged_list_drop_rows (self, 0, G_MAXUINT);
  baton_record_cache_clear (self->cache);
  baton_selection_set_all (self->selection, FALSE);
  g_clear_pointer (&self->local, g_ptr_array_unref);
  self->n_items = 0;
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
  _baton_paged_list_set_total (self, -1);
  if (self->updated_at != 0)
    {
      self->updated_at = 0;
      _baton_paged_list_notify (self, BATON_PAGED_LIST_PROP_UPDATED_AT);
    }
}

/* The list anew, from its first @records on. @count: -1 where not known. */
static void
show_anew (BatonPagedList *self, GPtrArray *records, gint64 count)
{
  guint removed = self->n_items;
  guint n = records->len;

  self->fresh = FALSE;
  self->furthest = 0;
  self->short_length = 0;
  self->recount = FALSE;
  _baton_paged_list_drop_rows (self, 0, G_MAXUINT);
  baton_record_cache_clear (self->cache);
  baton_selection_detach (self->selection);
  self->base = BATON_FIRST_SLOT - BATON_FIRST_SLOT % self->page_size;
  self->n_items = count >= 0 ? (guint) MIN (count, (gint64) BATON_MAX_ITEMS) : n;
  n = MIN (n, self->n_items);
  /* A new list is seen from its top. */
  if (self->visible_first <= self->visible_last)
    {
      self->visible_last -= self->visible_first;
      self->visible_first = 0;
    }
  store (self, self->base, records, 0, n);
  baton_selection_land (self->selection, self->base, records, n);
  if (removed > 0 || self->n_items > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, removed, self->n_items);
  _baton_paged_list_set_total (self, count < 0 && n == 0 ? 0 : count);
}

static gboolean
land_first (BatonPagedList *self, BatonFetch *fetch, BatonPage *page, GError **error)
{
  guint got = page->records->len;

  if (got == 0 && page->count > 0)
    return refuse (error);
  if (got < fetch->n && page->count > got)
    adopt_cap (self, got);
  show_anew (self, page->records, page->count);
  if (page->count < 0 && got < fetch->n)
    self->short_length = got;
  set_updated (self);
  return TRUE;
}

/* How many rows came in above what @page shows (negative: went), by where its records were
 * before. */
static int
find_shift (BatonPagedList *self, BatonFetch *fetch, BatonPage *page)
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) votes = g_hash_table_new (NULL, NULL);
  gint64 delta = page->count - self->total;
  guint most = 0;
  int shift = 0;
  GHashTableIter iter;
  gpointer key, value;

  for (guint i = 0; i < page->records->len; i++)
    g_hash_table_insert (places,
                         (gpointer) baton_record_get_key (g_ptr_array_index (page->records, i)),
                         GUINT_TO_POINTER (i));
  for (guint i = 0; i < fetch->n; i++)
    {
      BatonRecord *old = baton_record_cache_get (self->cache, fetch->slot + i, NULL);

      if (old != NULL
          && g_hash_table_lookup_extended (places, baton_record_get_key (old), NULL, &value))
        {
          gpointer offset = GINT_TO_POINTER (GPOINTER_TO_INT (value) - (int) i);
          guint n = GPOINTER_TO_UINT (g_hash_table_lookup (votes, offset)) + 1;

          g_hash_table_insert (votes, offset, GUINT_TO_POINTER (n));
        }
    }
  g_hash_table_iter_init (&iter, votes);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (GPOINTER_TO_UINT (value) > most
        || (GPOINTER_TO_UINT (value) == most && GPOINTER_TO_INT (key) == 0))
      {
        most = GPOINTER_TO_UINT (value);
        shift = GPOINTER_TO_INT (key);
      }

  /* A record may also have moved because the order did: only as many as the count tells. */
  if (self->total >= 0 && page->count >= 0
      && ((shift > 0 && delta < shift) || (shift < 0 && delta > shift)))
    return 0;
  if (self->n_items + shift > BATON_MAX_ITEMS || (shift < 0 && (guint) -shift >= self->n_items))
    return 0;
  return shift;
}

/* Rows come or go at the top: all others keep their slots, so nothing else moves. Does not emit. */
static void
shift_base (BatonPagedList *self, int shift)
{
  GHashTableIter iter;
  gpointer key, value;

  /* What is on its way was asked by positions that are others now. */
  _baton_paged_list_cancel_pages (self);
  self->base -= shift;
  self->n_items += shift;
  if (shift < 0)
    {
      _baton_paged_list_drop_rows (self, 0, self->base);
      baton_record_cache_clip (self->cache, self->base, self->base + self->n_items);
      baton_selection_clip (self->selection, self->base, self->base + self->n_items);
    }
  /* Whoever selected all did not select what came later. */
  else if (baton_selection_get_all (self->selection))
    baton_selection_mark (self->selection, self->base, shift, FALSE);
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &key, &value))
    _baton_row_set_position (value, GPOINTER_TO_UINT (key) - self->base);
}

/* Makes the list @n_items long at its end. */
static void
set_length (BatonPagedList *self, guint n_items)
{
  guint old = self->n_items;

  self->n_items = n_items;
  if (n_items < old)
    {
      _baton_paged_list_drop_rows (self, self->base + n_items, G_MAXUINT);
      baton_record_cache_clip (self->cache, self->base, self->base + n_items);
      baton_selection_clip (self->selection, self->base, self->base + n_items);
      g_list_model_items_changed (G_LIST_MODEL (self), n_items, old - n_items, 0);
    }
  else if (n_items > old)
    {
      if (baton_selection_get_all (self->selection))
        baton_selection_mark (self->selection, self->base + old, n_items - old, FALSE);
      g_list_model_items_changed (G_LIST_MODEL (self), old, 0, n_items - old);
    }
}

/* Puts @records at @slot and on, in place; the list is @n_items long after that. @shift: rows
 * that came at the top, told with it. */
static void
show_in_place (BatonPagedList *self, guint slot, GPtrArray *records, guint n_items, int shift)
{
  guint n_before = self->n_items;
  guint inside = MIN (records->len, self->n_items - MIN (self->n_items, slot - self->base));
  gboolean selection_changed;

  inside = MIN (inside, n_items - MIN (n_items, slot - self->base));
  store (self, slot, records, 0, inside);
  selection_changed = baton_selection_land (self->selection, slot, records, inside);
  if (shift != 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, MAX (-shift, 0), MAX (shift, 0));
  update_rows (self, slot, records, inside);
  if (selection_changed && self->n_items > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, self->n_items);

  /* What comes at the end is there before the list says that it is longer. */
  if (n_items > n_before && inside < records->len)
    store (self, slot, records, inside, MIN (records->len, n_items - (slot - self->base)));
  set_length (self, n_items);
}

static void
learn_from_short (BatonPagedList *self, BatonFetch *fetch, BatonPage *page, guint skip)
{
  guint got = page->records->len;

  if (fetch->kind == BATON_FETCH_NEXT)
    {
      /* There was more after a short page: it was cut. */
      if (got > 0 && self->short_length > 0)
        adopt_cap (self, self->short_length);
      self->short_length = got < fetch->n ? got : 0;
    }
  else if (page->count >= 0)
    {
      self->recount = FALSE;
      if (got < fetch->n && page->count > (gint64) skip + got)
        adopt_cap (self, got);
    }
  else if (got < fetch->n)
    self->recount = self->total >= 0;
}

static gboolean
land_in_place (BatonPagedList *self, BatonFetch *fetch, BatonPage *page, GError **error)
{
  guint skip = fetch->slot - self->base;
  guint slot = fetch->slot;
  guint n_items = self->n_items;
  int shift = 0;

  if (page->records->len > fetch->n)
    g_ptr_array_set_size (page->records, (int) fetch->n);
  if (page->records->len == 0 && fetch->kind != BATON_FETCH_NEXT
      && (page->count > skip || (page->count < 0 && fetch->counted)))
    return refuse (error);

  if (fetch->kind == BATON_FETCH_REFRESH)
    shift = find_shift (self, fetch, page);
  if (shift != 0)
    {
      shift_base (self, shift);
      slot = self->base + skip;
      n_items = self->n_items;
    }
  if (page->count >= 0)
    n_items = (guint) MIN (page->count, (gint64) BATON_MAX_ITEMS);
  else if (self->total < 0)
    n_items = MIN (MAX (n_items, skip + page->records->len), BATON_MAX_ITEMS);

  show_in_place (self, slot, page->records, n_items, shift);
  learn_from_short (self, fetch, page, skip);
  if (page->count >= 0)
    _baton_paged_list_set_total (self, page->count);
  /* Only an empty page is the end of a list that is not counted. */
  else if (fetch->kind == BATON_FETCH_NEXT && page->records->len == 0)
    _baton_paged_list_set_total (self, self->n_items);
  if (fetch->kind == BATON_FETCH_REFRESH)
    set_updated (self);
  trim (self);
  return TRUE;
}

void
_baton_paged_list_show_local (BatonPagedList *self, gboolean anew)
{
  g_autoptr (GPtrArray) records = baton_local_order (self->local, self->resource, self->sort,
                                                     self->descending, self->search);

  if (anew)
    show_anew (self, records, records->len);
  else
    {
      show_in_place (self, self->base, records, records->len, 0);
      _baton_paged_list_set_total (self, records->len);
    }
}

static gpointer
copy_record (gconstpointer record, gpointer data)
{
  return baton_record_ref ((BatonRecord *) record);
}

static gboolean
land_all (BatonPagedList *self, BatonFetch *fetch, BatonPage *page, GError **error)
{
  gboolean anew = self->fresh;

  if (page->records->len == 0 && self->arriving != NULL)
    return refuse (error);
  if (self->arriving == NULL)
    self->arriving = g_ptr_array_ref (page->records);
  else
    g_ptr_array_extend (self->arriving, page->records, copy_record, NULL);
  if (page->count > self->arriving->len && page->records->len > 0)
    {
      _baton_paged_list_fetch_rest (self, self->arriving->len, fetch->priority);
      return TRUE;
    }
  g_clear_pointer (&self->local, g_ptr_array_unref);
  self->local = g_steal_pointer (&self->arriving);
  _baton_paged_list_show_local (self, anew);
  set_updated (self);
  return TRUE;
}

gboolean
_baton_paged_list_land (BatonPagedList *self, BatonFetch *fetch, BatonPage *page, GError **error)
{
  switch (fetch->kind)
    {
    case BATON_FETCH_FIRST:
      return land_first (self, fetch, page, error);
    case BATON_FETCH_ALL:
      return land_all (self, fetch, page, error);
    case BATON_FETCH_PAGE:
    case BATON_FETCH_REFRESH:
    case BATON_FETCH_NEXT:
    default:
      return land_in_place (self, fetch, page, error);
    }
}
