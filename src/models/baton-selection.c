/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-selection.h"

#define NOWHERE G_MAXUINT

typedef struct
{
  BatonRecord *record; /* (owned) */
  guint slot;          /* NOWHERE: not seen in the list as it is now */
} Entry;

struct _BatonSelection
{
  gboolean all;
  GtkBitset *slots;  /* (owned): the exceptions, wherever they are in the list */
  GtkBitset *blind;  /* (owned): those whose record is not known yet */
  GHashTable *known; /* (owned): the others: key -> (owned) Entry; the key is the record's */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  baton_record_unref (entry->record);
  g_free (entry);
}

BatonSelection *
baton_selection_new (void)
{
  BatonSelection *self = g_new0 (BatonSelection, 1);

  self->slots = gtk_bitset_new_empty ();
  self->blind = gtk_bitset_new_empty ();
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
  return self;
}

void
baton_selection_free (BatonSelection *self)
{
  gtk_bitset_unref (self->slots);
  gtk_bitset_unref (self->blind);
  g_hash_table_unref (self->known);
  g_free (self);
}

gboolean
baton_selection_is_selected (BatonSelection *self, guint slot)
{
  return self->all != gtk_bitset_contains (self->slots, slot);
}

GtkBitset *
baton_selection_get_range (BatonSelection *self, guint base, guint first, guint n)
{
  g_autoptr (GtkBitset) range = gtk_bitset_new_range (base + first, n);

  if (self->all)
    gtk_bitset_subtract (range, self->slots);
  else
    gtk_bitset_intersect (range, self->slots);
  gtk_bitset_shift_left (range, base);
  return g_steal_pointer (&range);
}

guint64
baton_selection_get_size (BatonSelection *self, guint n_items)
{
  guint64 exceptions = gtk_bitset_get_size (self->slots);

  if (!self->all)
    return exceptions;
  return n_items > exceptions ? n_items - exceptions : 0;
}

gboolean
baton_selection_get_all (BatonSelection *self)
{
  return self->all;
}

void
baton_selection_set_all (BatonSelection *self, gboolean all)
{
  self->all = all;
  gtk_bitset_remove_all (self->slots);
  gtk_bitset_remove_all (self->blind);
  g_hash_table_remove_all (self->known);
}

static gboolean
is_between (gpointer key, gpointer value, gpointer data)
{
  Entry *entry = value;
  const guint *range = data;

  return entry->slot >= range[0] && entry->slot - range[0] < range[1];
}

void
baton_selection_mark (BatonSelection *self, guint slot, guint n, gboolean selected)
{
  guint between[2] = { slot, n };
  g_autoptr (GtkBitset) range = gtk_bitset_new_range (slot, n);

  if (selected == self->all)
    {
      gtk_bitset_subtract (self->slots, range);
      gtk_bitset_subtract (self->blind, range);
      g_hash_table_foreach_remove (self->known, is_between, between);
      return;
    }
  gtk_bitset_subtract (range, self->slots);
  gtk_bitset_union (self->slots, range);
  gtk_bitset_union (self->blind, range);
}

static void
remember (BatonSelection *self, guint slot, BatonRecord *record)
{
  Entry *entry = g_new0 (Entry, 1);
  Entry *old = g_hash_table_lookup (self->known, baton_record_get_key (record));

  if (old != NULL && old->slot != NOWHERE && old->slot != slot)
    gtk_bitset_remove (self->slots, old->slot);
  entry->record = baton_record_ref (record);
  entry->slot = slot;
  /* The key lives in the record: both are replaced. */
  g_hash_table_replace (self->known, (gpointer) baton_record_get_key (record), entry);
}

void
baton_selection_resolve (BatonSelection *self, guint slot, BatonRecord *record)
{
  if (gtk_bitset_remove (self->blind, slot))
    remember (self, slot, record);
}

gboolean
baton_selection_land (BatonSelection *self, guint slot, GPtrArray *records, guint n)
{
  gboolean changed = FALSE;
  GHashTableIter iter;
  gpointer value;

  if (gtk_bitset_is_empty (self->blind) && g_hash_table_size (self->known) == 0)
    return FALSE;

  for (guint i = 0; i < n; i++)
    baton_selection_resolve (self, slot + i, g_ptr_array_index (records, i));

  g_hash_table_iter_init (&iter, self->known);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Entry *entry = value;

      if (entry->slot < slot || entry->slot - slot >= n
          || g_str_equal (baton_record_get_key (entry->record),
                          baton_record_get_key (g_ptr_array_index (records, entry->slot - slot))))
        continue;
      gtk_bitset_remove (self->slots, entry->slot);
      entry->slot = NOWHERE;
      changed = TRUE;
    }

  for (guint i = 0; i < n; i++)
    {
      BatonRecord *record = g_ptr_array_index (records, i);
      Entry *entry = g_hash_table_lookup (self->known, baton_record_get_key (record));

      if (entry == NULL || (entry->slot == slot + i && entry->record == record))
        continue;
      changed |= entry->slot != slot + i;
      remember (self, slot + i, record);
      gtk_bitset_add (self->slots, slot + i);
    }
  return changed;
}

void
baton_selection_clip (BatonSelection *self, guint first, guint end)
{
  g_autoptr (GtkBitset) range = gtk_bitset_new_range (first, end - first);
  GHashTableIter iter;
  gpointer value;

  gtk_bitset_intersect (self->slots, range);
  gtk_bitset_intersect (self->blind, range);
  g_hash_table_iter_init (&iter, self->known);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Entry *entry = value;

      if (entry->slot < first || entry->slot >= end)
        entry->slot = NOWHERE;
    }
}

void
baton_selection_detach (BatonSelection *self)
{
  baton_selection_clip (self, 0, 0);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *x = *(Entry *const *) a;
  const Entry *y = *(Entry *const *) b;

  return x->slot < y->slot ? -1 : x->slot > y->slot;
}

GPtrArray *
baton_selection_dup_exceptions (BatonSelection *self)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  GPtrArray *records = NULL;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->known);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Entry *) value)->slot != NOWHERE)
      g_ptr_array_add (entries, value);
  g_ptr_array_sort (entries, compare_entries);

  records = g_ptr_array_new_full (entries->len, (GDestroyNotify) baton_record_unref);
  for (guint i = 0; i < entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (entries, i);

      g_ptr_array_add (records, baton_record_ref (entry->record));
    }
  return records;
}
