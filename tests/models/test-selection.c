/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-json.h"
#include "baton-record-cache.h"
#include "baton-selection.h"
#include "resources/baton-resource.h"

static BatonRecord *
make (int id)
{
  g_autofree char *text = g_strdup_printf ("{\"Id\":%d}", id);
  g_autoptr (JsonNode) root = baton_json_parse_text (text, -1, NULL);

  return baton_record_new (baton_catalogue_find ("jobs"), baton_json_peek_root_object (root), NULL);
}

static GPtrArray *
make_many (int first, int n)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_record_unref);

  for (int i = 0; i < n; i++)
    g_ptr_array_add (records, make (first + i));
  return records;
}

static void
test_follows_key (void)
{
  g_autoptr (BatonSelection) selection = baton_selection_new ();
  g_autoptr (GPtrArray) page = make_many (1, 10);
  g_autoptr (GPtrArray) shifted = make_many (-1, 10);
  g_autoptr (GPtrArray) gone = make_many (100, 10);
  g_autoptr (GPtrArray) selected = NULL;

  /* Selected before anything is known of it. */
  baton_selection_mark (selection, 1003, 1, TRUE);
  g_assert_cmpuint (baton_selection_get_size (selection, 10), ==, 1);
  g_assert_false (baton_selection_land (selection, 1000, page, 10));
  g_assert_true (baton_selection_is_selected (selection, 1003));

  /* Its record, 4, is two places further down now. */
  g_assert_true (baton_selection_land (selection, 1000, shifted, 10));
  g_assert_false (baton_selection_is_selected (selection, 1003));
  g_assert_true (baton_selection_is_selected (selection, 1005));

  /* Out of sight it is not selected; back again it is. */
  g_assert_true (baton_selection_land (selection, 1000, gone, 10));
  g_assert_cmpuint (baton_selection_get_size (selection, 10), ==, 0);
  baton_selection_land (selection, 1000, page, 10);
  g_assert_true (baton_selection_is_selected (selection, 1003));
  selected = baton_selection_dup_exceptions (selection);
  g_assert_cmpuint (selected->len, ==, 1);
  g_assert_cmpstr (baton_record_get_key (g_ptr_array_index (selected, 0)), ==, "4");
}

static void
test_all_but (void)
{
  g_autoptr (BatonSelection) selection = baton_selection_new ();
  g_autoptr (GtkBitset) range = NULL;
  g_autoptr (GPtrArray) page = make_many (1, 10);

  baton_selection_set_all (selection, TRUE);
  g_assert_cmpuint (baton_selection_get_size (selection, 1000000), ==, 1000000);
  baton_selection_mark (selection, 2005, 10, FALSE);
  g_assert_cmpuint (baton_selection_get_size (selection, 1000000), ==, 999990);
  baton_selection_mark (selection, 2005, 4, TRUE);
  range = baton_selection_get_range (selection, 2000, 0, 20);
  g_assert_cmpuint (gtk_bitset_get_size (range), ==, 14);
  g_assert_true (gtk_bitset_contains (range, 8));
  g_assert_false (gtk_bitset_contains (range, 9));
  baton_selection_land (selection, 2005, page, 10);
  g_assert_cmpuint (baton_selection_get_size (selection, 1000000), ==, 999994);
  baton_selection_mark (selection, 2005, 10, TRUE);
  g_assert_cmpuint (baton_selection_get_size (selection, 1000000), ==, 1000000);
}

static void
test_clip (void)
{
  g_autoptr (BatonSelection) selection = baton_selection_new ();
  g_autoptr (GPtrArray) page = make_many (1, 10);

  baton_selection_mark (selection, 100, 10, TRUE);
  baton_selection_land (selection, 100, page, 5);
  baton_selection_clip (selection, 102, 108);
  g_assert_cmpuint (baton_selection_get_size (selection, 10), ==, 6);
  baton_selection_detach (selection);
  g_assert_cmpuint (baton_selection_get_size (selection, 10), ==, 0);
  baton_selection_land (selection, 500, page, 10);
  /* Only those whose record was known. */
  g_assert_cmpuint (baton_selection_get_size (selection, 10), ==, 5);
}

static void
count (guint slot, BatonRecord *record, gpointer data)
{
  (*(guint *) data)++;
}

static void
test_cache (void)
{
  g_autoptr (BatonRecordCache) cache = baton_record_cache_new ();
  g_autoptr (GHashTable) pinned = g_hash_table_new (NULL, NULL);
  g_autoptr (BatonRecord) record = make (1);
  guint n = 0;
  guint epoch = 0;

  for (guint i = 0; i < 10; i++)
    for (guint j = 0; j < BATON_RECORD_CACHE_CHUNK; j += 10)
      baton_record_cache_put (cache, i * BATON_RECORD_CACHE_CHUNK + j, record, i);
  g_assert_cmpuint (baton_record_cache_get_n_chunks (cache), ==, 10);
  g_assert_true (baton_record_cache_get (cache, 310, &epoch) == record);
  g_assert_cmpuint (epoch, ==, 3);
  g_assert_null (baton_record_cache_get (cache, 311, NULL));

  /* Least recently used goes first: not chunk 3, which was just read, nor chunk 0, which is pinned.
   */
  g_hash_table_add (pinned, GUINT_TO_POINTER (0));
  baton_record_cache_trim (cache, 4, pinned);
  g_assert_cmpuint (baton_record_cache_get_n_chunks (cache), ==, 4);
  g_assert_nonnull (baton_record_cache_get (cache, 0, NULL));
  g_assert_nonnull (baton_record_cache_get (cache, 310, NULL));
  g_assert_nonnull (baton_record_cache_get (cache, 900, NULL));
  g_assert_null (baton_record_cache_get (cache, 500, NULL));

  baton_record_cache_clip (cache, 350, 910);
  baton_record_cache_foreach (cache, 0, G_MAXUINT, count, &n);
  g_assert_cmpuint (n, ==, 5 + 10 + 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/baton/models/selection/follows-key", test_follows_key);
  g_test_add_func ("/baton/models/selection/all-but", test_all_but);
  g_test_add_func ("/baton/models/selection/clip", test_clip);
  g_test_add_func ("/baton/models/record-cache", test_cache);
  return g_test_run ();
}
