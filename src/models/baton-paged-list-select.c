/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-paged-list-private.h"

/* GTK's own selections ask a lazy list for each of its items: to select all, and on each items-
 * changed. */

static gboolean
is_selected (GtkSelectionModel *model, guint position)
{
  BatonPagedList *self = BATON_PAGED_LIST (model);

  return position < self->n_items
         && baton_selection_is_selected (self->selection, self->base + position);
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model, guint position, guint n)
{
  BatonPagedList *self = BATON_PAGED_LIST (model);

  position = MIN (position, self->n_items);
  n = MIN (n, self->n_items - position);
  return baton_selection_get_range (self->selection, self->base, position, n);
}

static void
resolve (guint slot, BatonRecord *record, gpointer data)
{
  baton_selection_resolve (data, slot, record);
}

static void
mark (BatonPagedList *self, guint position, guint n, gboolean selected)
{
  guint slot = self->base + position;

  baton_selection_mark (self->selection, slot, n, selected);
  baton_record_cache_foreach (self->cache, slot, slot + n, resolve, self->selection);
}

static void
changed (BatonPagedList *self, guint position, guint n)
{
  if (n > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), position, n);
}

static gboolean
mark_range (BatonPagedList *self, guint position, guint n, gboolean selected, gboolean clear_rest)
{
  gboolean was_selected = FALSE;

  if (position >= self->n_items)
    return FALSE;
  n = MIN (n, self->n_items - position);
  if (clear_rest)
    {
      was_selected = baton_selection_get_size (self->selection, self->n_items) > 0;
      baton_selection_set_all (self->selection, FALSE);
    }
  mark (self, position, n, selected);
  if (was_selected)
    changed (self, 0, self->n_items);
  else
    changed (self, position, n);
  return TRUE;
}

static gboolean
select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  return mark_range (BATON_PAGED_LIST (model), position, 1, TRUE, unselect_rest);
}

static gboolean
unselect_item (GtkSelectionModel *model, guint position)
{
  return mark_range (BATON_PAGED_LIST (model), position, 1, FALSE, FALSE);
}

static gboolean
select_range (GtkSelectionModel *model, guint position, guint n, gboolean unselect_rest)
{
  return mark_range (BATON_PAGED_LIST (model), position, n, TRUE, unselect_rest);
}

static gboolean
unselect_range (GtkSelectionModel *model, guint position, guint n)
{
  return mark_range (BATON_PAGED_LIST (model), position, n, FALSE, FALSE);
}

static gboolean
select_all (GtkSelectionModel *model)
{
  BatonPagedList *self = BATON_PAGED_LIST (model);

  baton_selection_set_all (self->selection, TRUE);
  changed (self, 0, self->n_items);
  return TRUE;
}

static gboolean
unselect_all (GtkSelectionModel *model)
{
  BatonPagedList *self = BATON_PAGED_LIST (model);

  baton_selection_set_all (self->selection, FALSE);
  changed (self, 0, self->n_items);
  return TRUE;
}

static gboolean
set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  BatonPagedList *self = BATON_PAGED_LIST (model);
  GtkBitsetIter iter;
  guint position, first, last;

  if (!gtk_bitset_iter_init_first (&iter, mask, &position) || position >= self->n_items)
    return TRUE;
  first = position;
  last = position;
  do
    {
      guint start = position;
      gboolean value = gtk_bitset_contains (selected, position);

      /* One mark for each run of the same value. */
      do
        last = position;
      while (gtk_bitset_iter_next (&iter, &position) && position == last + 1
             && gtk_bitset_contains (selected, position) == value);
      last = MIN (last, self->n_items - 1);
      mark (self, start, last - start + 1, value);
    }
  while (gtk_bitset_iter_is_valid (&iter) && position < self->n_items);
  changed (self, first, last - first + 1);
  return TRUE;
}

void
_baton_paged_list_selection_iface_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->select_item = select_item;
  iface->unselect_item = unselect_item;
  iface->select_range = select_range;
  iface->unselect_range = unselect_range;
  iface->select_all = select_all;
  iface->unselect_all = unselect_all;
  iface->set_selection = set_selection;
}

typedef struct
{
  BatonSelection *selection; /* (unowned) */
  GPtrArray *records;        /* (unowned) */
} Collect;

static void
collect (guint slot, BatonRecord *record, gpointer data)
{
  Collect *closure = data;

  if (baton_selection_is_selected (closure->selection, slot))
    g_ptr_array_add (closure->records, baton_record_ref (record));
}

GPtrArray *
baton_paged_list_dup_selected (BatonPagedList *self)
{
  Collect closure;

  g_return_val_if_fail (BATON_IS_PAGED_LIST (self), NULL);

  if (!baton_selection_get_all (self->selection))
    return baton_selection_dup_exceptions (self->selection);
  closure.selection = self->selection;
  closure.records = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_record_unref);
  baton_record_cache_foreach (self->cache, self->base, self->base + self->n_items, collect,
                              &closure);
  return closure.records;
}

guint64
baton_paged_list_get_n_selected (BatonPagedList *self)
{
  g_return_val_if_fail (BATON_IS_PAGED_LIST (self), 0);

  return baton_selection_get_size (self->selection, self->n_items);
}
