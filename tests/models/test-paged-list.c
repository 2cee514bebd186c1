/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-error.h"
#include "baton-paged-list-private.h"
#include "list-server.h"

/* What the list told: the signals in a form that reads well in a failed test. */
typedef struct
{
  ListServer *server;
  BatonConnection *connection;
  BatonPagedList *list;
  GString *changes; /* "pos-removed+added " */
  guint n_row_changes;
} Fixture;

static void
items_changed_cb (Fixture *self, guint position, guint removed, guint added)
{
  g_string_append_printf (self->changes, "%u-%u+%u ", position, removed, added);
}

static void
row_changed_cb (Fixture *self)
{
  self->n_row_changes++;
}

static void
set_up_list (Fixture *self, const char *resource)
{
  self->connection = list_server_connect (self->server);
  self->list = baton_paged_list_new (self->connection, baton_catalogue_find (resource));
  self->changes = g_string_new (NULL);
  g_signal_connect_swapped (self->list, "items-changed", G_CALLBACK (items_changed_cb), self);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->server = list_server_new (GPOINTER_TO_UINT (data));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->list);
  list_server_settle (self->server, 20);
  g_object_unref (self->connection);
  g_string_free (self->changes, TRUE);
  list_server_free (self->server);
}

static guint
n_items (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->list));
}

static BatonRow *
get_row (Fixture *self, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (self->list), position);
}

static gboolean
is_ready (BatonRow *row)
{
  return baton_row_get_state (row) == BATON_ROW_READY;
}

static void
assert_key (BatonRow *row, guint key)
{
  g_autofree char *text = g_strdup_printf ("%u", key);

  g_assert_cmpint (baton_row_get_state (row), ==, BATON_ROW_READY);
  g_assert_cmpstr (baton_record_get_key (baton_row_get_record (row)), ==, text);
}

static GPtrArray *
hold (Fixture *self, guint first, guint n)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (rows, get_row (self, first + i));
  return rows;
}

static gboolean
all_ready (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    if (!is_ready (g_ptr_array_index (rows, i)))
      return FALSE;
  return TRUE;
}

static void
load (Fixture *self)
{
  list_server_wait (self->server, baton_paged_list_get_updated_at (self->list) != 0
                                      && !baton_paged_list_get_loading (self->list));
}

static const ListAsked *
asked (Fixture *self, guint i)
{
  g_assert_cmpuint (i, <, self->server->asked->len);
  return &g_array_index (self->server->asked, ListAsked, i);
}

/* Rows and count come with one request. */
static void
test_first (Fixture *self, gconstpointer data)
{
  g_autoptr (BatonRow) first = NULL;
  g_autoptr (BatonRow) last = NULL;

  set_up_list (self, "machines");
  g_assert_cmpuint (n_items (self), ==, 0);
  g_assert_true (baton_paged_list_get_loading (self->list));
  g_assert_cmpint (baton_paged_list_get_total (self->list), ==, -1);
  load (self);
  g_assert_cmpuint (n_items (self), ==, 1000000);
  g_assert_cmpint (baton_paged_list_get_total (self->list), ==, 1000000);
  g_assert_cmpstr (self->changes->str, ==, "0-0+1000000 ");
  g_assert_null (baton_paged_list_get_error (self->list));
  first = get_row (self, 0);
  assert_key (first, 1000000);
  g_assert_null (get_row (self, 1000000));
  list_server_settle (self->server, 100);
  g_assert_cmpuint (self->server->asked->len, ==, 1);
  g_assert_cmpuint (asked (self, 0)->top, ==, 100);
  g_assert_true (asked (self, 0)->counted);

  last = get_row (self, 999999);
  g_assert_cmpint (baton_row_get_state (last), ==, BATON_ROW_PENDING);
  list_server_wait (self->server, is_ready (last));
  assert_key (last, 1);
  g_assert_cmpuint (self->server->asked->len, ==, 2);
  g_assert_false (asked (self, 1)->counted);
}

static void
test_identity (Fixture *self, gconstpointer data)
{
  BatonRow *row;

  set_up_list (self, "machines");
  load (self);
  row = get_row (self, 5000);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (BatonRow) again = get_row (self, 5000);

      g_assert_true (again == row);
    }
  g_signal_connect_swapped (row, "changed", G_CALLBACK (row_changed_cb), self);
  list_server_wait (self->server, is_ready (row));
  list_server_settle (self->server, 100);
  g_assert_cmpuint (self->n_row_changes, ==, 1);
  /* The page was asked for once, and brought the neighbours. */
  g_assert_cmpuint (self->server->asked->len, ==, 2);
  g_assert_finalize_object (row);
  g_assert_cmpuint (g_hash_table_size (self->list->rows), ==, 0);
  row = get_row (self, 5001);
  g_assert_true (is_ready (row));
  g_object_unref (row);
}

/* As a view does it on the way to the end: rows are taken and let go. */
static void
test_passing_by (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) last = NULL;

  set_up_list (self, "machines");
  load (self);
  list_server_forget_asked (self->server);
  for (guint i = 1; i < 50; i++)
    {
      g_autoptr (GPtrArray) rows = hold (self, i * 1000, 205);
    }
  last = hold (self, 50000, 205);
  list_server_wait (self->server, all_ready (last));
  list_server_settle (self->server, 100);
  g_assert_cmpuint (self->server->asked->len, ==, 3);
  g_assert_cmpuint (asked (self, 0)->skip, >=, 50000);
}

/* No more than a few at once; what is on screen first, then what was asked for last. */
static void
test_order (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  set_up_list (self, "machines");
  load (self);
  list_server_forget_asked (self->server);
  self->server->latency = 30;
  for (guint i = 1; i <= 12; i++)
    g_ptr_array_add (rows, get_row (self, i * 1000));
  baton_paged_list_set_visible_range (self->list, 3010, 3030);
  list_server_wait (self->server, all_ready (rows));
  g_assert_cmpuint (self->server->n_running_max, <=, 4);
  g_assert_cmpuint (self->server->n_running_max, >=, 2);
  g_assert_cmpuint (self->server->asked->len, ==, 12);
  g_assert_cmpuint (asked (self, 0)->skip, ==, 3000);
  for (guint i = 1; i < 12; i++)
    g_assert_cmpuint (asked (self, i)->skip, <=, 12000);
  /* Which of the last four comes last is chance: they are under way at the same time. */
  g_assert_cmpuint (asked (self, 11)->skip, <=, 5000);
}

static void
test_left_pages_are_dropped (Fixture *self, gconstpointer data)
{
  g_autoptr (BatonRow) here = NULL;
  GPtrArray *rows = NULL;

  set_up_list (self, "machines");
  load (self);
  list_server_forget_asked (self->server);
  /* The four are there for as long as the fifth takes, however busy the machine is. */
  self->server->latency = 3000;
  rows = hold (self, 20000, 400);
  list_server_wait (self->server, self->server->n_running == 4);
  self->server->latency = 0;
  g_ptr_array_unref (rows);
  here = get_row (self, 700000);
  list_server_wait (self->server, is_ready (here));
  assert_key (here, 300000);
  list_server_wait (self->server, self->server->n_running == 0);
  g_assert_cmpuint (self->server->asked->len, ==, 5);
  /* It did not wait for the four to end. */
  g_assert_cmpuint (self->server->n_running_max, ==, 5);
}

static void
test_memory_is_bounded (Fixture *self, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  set_up_list (self, "machines");
  load (self);
  for (guint i = 0; i < 60; i++)
    {
      guint position = (guint) g_rand_int_range (rand, 0, 999000);
      g_autoptr (GPtrArray) rows = hold (self, position, 205);

      baton_paged_list_set_visible_range (self->list, position, position + 30);
      list_server_wait (self->server, all_ready (rows));
      assert_key (g_ptr_array_index (rows, 204), 1000000 - position - 204);
    }
  g_assert_cmpuint (baton_record_cache_get_n_chunks (self->list->cache), <=, BATON_MAX_CHUNKS);
  g_assert_cmpuint (g_hash_table_size (self->list->rows), ==, 0);
}

static void
test_select_all (Fixture *self, gconstpointer data)
{
  GtkSelectionModel *model;
  g_autoptr (GtkBitset) selection = NULL;
  g_autoptr (GPtrArray) records = NULL;

  set_up_list (self, "machines");
  load (self);
  model = GTK_SELECTION_MODEL (self->list);
  gtk_selection_model_select_all (model);
  gtk_selection_model_unselect_item (model, 3);
  gtk_selection_model_unselect_item (model, 777777);
  g_assert_cmpuint (baton_paged_list_get_n_selected (self->list), ==, 999998);
  g_assert_false (gtk_selection_model_is_selected (model, 777777));
  g_assert_true (gtk_selection_model_is_selected (model, 777778));
  selection = gtk_selection_model_get_selection (model);
  g_assert_cmpuint (gtk_bitset_get_size (selection), ==, 999998);
  /* Those that are loaded: the first page but one. */
  records = baton_paged_list_dup_selected (self->list);
  g_assert_cmpuint (records->len, ==, 99);
  /* None of it made a row, or a request. */
  g_assert_cmpuint (g_hash_table_size (self->list->rows), ==, 0);
  list_server_settle (self->server, 100);
  g_assert_cmpuint (self->server->asked->len, ==, 1);

  gtk_selection_model_unselect_all (model);
  gtk_selection_model_select_range (model, 10, 500000, FALSE);
  g_assert_cmpuint (baton_paged_list_get_n_selected (self->list), ==, 500000);
  gtk_selection_model_select_item (model, 20, TRUE);
  g_assert_cmpuint (baton_paged_list_get_n_selected (self->list), ==, 1);
  g_assert_cmpuint (g_hash_table_size (self->list->rows), ==, 0);
}

static void
test_set_selection (Fixture *self, gconstpointer data)
{
  g_autoptr (GtkBitset) selected = gtk_bitset_new_range (10, 10);
  g_autoptr (GtkBitset) mask = gtk_bitset_new_range (5, 20);
  g_autoptr (GtkBitset) now = NULL;

  set_up_list (self, "machines");
  load (self);
  gtk_selection_model_select_range (GTK_SELECTION_MODEL (self->list), 0, 8, FALSE);
  gtk_bitset_remove (selected, 15);
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->list), selected, mask);
  now = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->list));
  gtk_bitset_add_range (selected, 0, 5);
  g_assert_true (gtk_bitset_equals (now, selected));
  g_assert_cmpuint (baton_paged_list_get_n_selected (self->list), ==, 14);
}

static void
insert_front (Fixture *self, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      guint id = self->server->ids->len + 1000001;

      g_array_prepend_val (self->server->ids, id);
    }
}

static void
refresh (Fixture *self)
{
  gint64 before = baton_paged_list_get_updated_at (self->list);

  g_string_truncate (self->changes, 0);
  baton_paged_list_refresh (self->list, BATON_PRIORITY_BACKGROUND);
  list_server_wait (self->server, baton_paged_list_get_updated_at (self->list) > before);
}

/* New rows come in at the top: rows and selection stay with what they show. */
static void
test_refresh_inserts (Fixture *self, gconstpointer data)
{
  g_autoptr (BatonRow) row = NULL;
  g_autoptr (BatonRow) top = NULL;
  g_autoptr (BatonRow) far = NULL;

  set_up_list (self, "machines");
  load (self);
  row = get_row (self, 50);
  far = get_row (self, 4020);
  list_server_wait (self->server, is_ready (far));
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->list), 50, TRUE);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (row_changed_cb), self);
  baton_paged_list_set_visible_range (self->list, 0, 30);
  insert_front (self, 3);
  refresh (self);

  g_assert_cmpstr (self->changes->str, ==, "0-0+3 ");
  g_assert_cmpint (baton_paged_list_get_total (self->list), ==, 10003);
  g_assert_cmpuint (baton_row_get_position (row), ==, 53);
  assert_key (row, 10000 - 50);
  g_assert_cmpuint (self->n_row_changes, ==, 0);
  g_assert_cmpuint (baton_row_get_position (far), ==, 4023);
  g_assert_false (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->list), 50));
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->list), 53));
  g_assert_cmpuint (baton_paged_list_get_n_selected (self->list), ==, 1);
  top = get_row (self, 0);
  assert_key (top, g_array_index (self->server->ids, guint, 0));

  /* The rows further down are still right. */
  g_clear_object (&far);
  far = get_row (self, 9002);
  list_server_wait (self->server, is_ready (far));
  assert_key (far, 10000 - 8999);
}

/* Somebody looks at the middle while rows come in at the top. */
static void
test_refresh_in_the_middle (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;

  set_up_list (self, "machines");
  load (self);
  rows = hold (self, 5000, 100);
  baton_paged_list_set_visible_range (self->list, 5010, 5040);
  list_server_wait (self->server, all_ready (rows));
  list_server_settle (self->server, 80);
  list_server_forget_asked (self->server);
  insert_front (self, 5);
  refresh (self);
  g_assert_cmpstr (self->changes->str, ==, "0-0+5 ");
  assert_key (g_ptr_array_index (rows, 20), 10000 - 5020);
  g_assert_cmpuint (baton_row_get_position (g_ptr_array_index (rows, 20)), ==, 5025);
  g_assert_cmpuint (self->server->asked->len, ==, 1);
  g_assert_cmpuint (asked (self, 0)->skip, ==, 5010);
}

static void
test_refresh_removes (Fixture *self, gconstpointer data)
{
  g_autoptr (BatonRow) row = NULL;

  set_up_list (self, "machines");
  load (self);
  row = get_row (self, 50);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->list), 50, TRUE);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->list), 1, FALSE);
  g_array_remove_range (self->server->ids, 0, 4);
  refresh (self);
  g_assert_cmpstr (self->changes->str, ==, "0-4+0 ");
  g_assert_cmpuint (baton_row_get_position (row), ==, 46);
  assert_key (row, 10000 - 50);
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->list), 46));
  /* One of the two is gone: nobody acts on what is not there. */
  g_assert_cmpuint (baton_paged_list_get_n_selected (self->list), ==, 1);

  /* At the end. */
  g_array_set_size (self->server->ids, 9000);
  refresh (self);
  g_assert_cmpstr (self->changes->str, ==, "9000-996+0 ");
  g_assert_cmpuint (n_items (self), ==, 9000);
  g_array_set_size (self->server->ids, 0);
  refresh (self);
  g_assert_cmpuint (n_items (self), ==, 0);
  g_assert_cmpint (baton_paged_list_get_total (self->list), ==, 0);
  g_assert_cmpuint (baton_paged_list_get_n_selected (self->list), ==, 0);
}

/* The same rows with the same values: nothing is said. */
static void
test_refresh_same (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;

  set_up_list (self, "machines");
  load (self);
  rows = hold (self, 0, 100);
  for (guint i = 0; i < rows->len; i++)
    g_signal_connect_swapped (rows->pdata[i], "changed", G_CALLBACK (row_changed_cb), self);
  refresh (self);
  g_assert_cmpstr (self->changes->str, ==, "");
  g_assert_cmpuint (self->n_row_changes, ==, 0);
  /* One row gets another record. */
  g_array_index (self->server->ids, guint, 7) = 5555555;
  refresh (self);
  g_assert_cmpstr (self->changes->str, ==, "");
  g_assert_cmpuint (self->n_row_changes, ==, 1);
  assert_key (g_ptr_array_index (rows, 7), 5555555);
}

static void
test_all_then_new (Fixture *self, gconstpointer data)
{
  set_up_list (self, "machines");
  load (self);
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (self->list));
  insert_front (self, 2);
  refresh (self);
  g_assert_cmpuint (baton_paged_list_get_n_selected (self->list), ==, 10000);
  g_assert_false (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->list), 1));
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->list), 2));
}

/* What was seen before the refresh and is seen again is asked again, in place. */
static void
test_stale (Fixture *self, gconstpointer data)
{
  g_autoptr (BatonRow) row = NULL;

  set_up_list (self, "machines");
  load (self);
  row = get_row (self, 3000);
  list_server_wait (self->server, is_ready (row));
  refresh (self);
  g_array_index (self->server->ids, guint, 3000) = 4444444;
  baton_paged_list_set_visible_range (self->list, 3000, 3030);
  list_server_wait (self->server,
                    g_str_equal (baton_record_get_key (baton_row_get_record (row)), "4444444"));
}

static void
test_cap (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;

  self->server->cap = 37;
  set_up_list (self, "machines");
  load (self);
  g_assert_cmpuint (n_items (self), ==, 10000);
  g_assert_cmpuint (self->list->page_size, ==, 37);
  rows = hold (self, 0, 205);
  list_server_wait (self->server, all_ready (rows));
  for (guint i = 0; i < rows->len; i++)
    assert_key (g_ptr_array_index (rows, i), 10000 - i);
  for (guint i = 1; i < self->server->asked->len; i++)
    g_assert_cmpuint (asked (self, i)->top, <=, 37);
  g_assert_cmpuint (self->server->asked->len, <=, 7);
  g_clear_pointer (&rows, g_ptr_array_unref);
  rows = hold (self, 9900, 100);
  list_server_wait (self->server, all_ready (rows));
  assert_key (g_ptr_array_index (rows, 99), 1);
}

/* The cap comes later: the service was changed under us. */
static void
test_late_cap (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;

  set_up_list (self, "machines");
  load (self);
  self->server->cap = 10;
  rows = hold (self, 500, 205);
  list_server_wait (self->server, all_ready (rows));
  assert_key (g_ptr_array_index (rows, 204), 10000 - 704);
  g_assert_cmpuint (self->list->page_size, ==, 10);
  g_assert_cmpuint (n_items (self), ==, 10000);
}

static void
test_short_page (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;

  set_up_list (self, "machines");
  load (self);
  self->server->short_at = 500;
  rows = hold (self, 500, 100);
  list_server_wait (self->server, all_ready (rows));
  g_assert_cmpuint (n_items (self), ==, 10000);
  g_assert_cmpuint (self->list->page_size, ==, 100);
  assert_key (g_ptr_array_index (rows, 99), 10000 - 599);
}

static void
test_failing_page (Fixture *self, gconstpointer data)
{
  g_autoptr (BatonRow) row = NULL;

  set_up_list (self, "machines");
  load (self);
  self->server->broken_at = 700;
  row = get_row (self, 710);
  list_server_wait (self->server, baton_row_get_state (row) == BATON_ROW_FAILED);
  g_assert_error (baton_paged_list_get_error (self->list), BATON_ERROR, BATON_ERROR_BAD_ANSWER);
  /* Tried again by itself. */
  list_server_wait (self->server, is_ready (row));
  assert_key (row, 10000 - 710);
  g_assert_null (baton_paged_list_get_error (self->list));

  /* What will not pass by itself waits for a refresh. */
  g_clear_object (&row);
  self->server->status = 403;
  row = get_row (self, 5000);
  list_server_wait (self->server, baton_row_get_state (row) == BATON_ROW_FAILED);
  g_assert_error (baton_paged_list_get_error (self->list), BATON_ERROR, BATON_ERROR_NOT_ALLOWED);
  list_server_forget_asked (self->server);
  list_server_settle (self->server, 700);
  g_assert_cmpuint (self->server->asked->len, ==, 0);
  self->server->status = 0;
  baton_paged_list_refresh (self->list, BATON_PRIORITY_USER);
  list_server_wait (self->server, is_ready (row));
}

static void
test_first_fails (Fixture *self, gconstpointer data)
{
  self->server->status = 404;
  set_up_list (self, "machines");
  list_server_wait (self->server, baton_paged_list_get_error (self->list) != NULL);
  g_assert_error (baton_paged_list_get_error (self->list), BATON_ERROR, BATON_ERROR_NOT_FOUND);
  g_assert_false (baton_paged_list_get_loading (self->list));
  g_assert_cmpuint (n_items (self), ==, 0);
  self->server->status = 0;
  baton_paged_list_refresh (self->list, BATON_PRIORITY_USER);
  g_assert_true (baton_paged_list_get_loading (self->list));
  load (self);
  g_assert_null (baton_paged_list_get_error (self->list));
  g_assert_cmpuint (n_items (self), ==, 10000);
}

static void
test_disposed (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;
  BatonPagedList *list;

  set_up_list (self, "machines");
  load (self);
  self->server->latency = 100;
  rows = hold (self, 3000, 205);
  list_server_wait (self->server, self->server->n_running > 0);
  list = g_steal_pointer (&self->list);
  /* Nothing that is on its way keeps it; rows that are held outlive it. */
  g_assert_finalize_object (list);
  list_server_wait (self->server, self->server->n_running == 0);
  g_assert_cmpint (baton_row_get_state (g_ptr_array_index (rows, 0)), ==, BATON_ROW_PENDING);
  self->server->latency = 0;
  self->list = baton_paged_list_new (self->connection, baton_catalogue_find ("machines"));
}

static void
test_uncounted (Fixture *self, gconstpointer data)
{
  guint before = 0;

  self->server->uncounted = TRUE;
  set_up_list (self, "machines");
  load (self);
  g_assert_cmpint (baton_paged_list_get_total (self->list), ==, -1);
  g_assert_cmpuint (n_items (self), ==, 100);
  list_server_settle (self->server, 100);
  g_assert_cmpuint (n_items (self), ==, 100);
  while (baton_paged_list_get_total (self->list) < 0)
    {
      g_autoptr (BatonRow) row = get_row (self, n_items (self) - 1);

      g_assert_nonnull (row);
      before = n_items (self);
      list_server_wait (self->server,
                        n_items (self) > before || baton_paged_list_get_total (self->list) >= 0);
    }
  g_assert_cmpint (baton_paged_list_get_total (self->list), ==, 450);
  g_assert_cmpuint (n_items (self), ==, 450);
  /* Only an empty page was the end. */
  g_assert_cmpuint (asked (self, self->server->asked->len - 1)->skip, ==, 450);
}

static void
test_uncounted_cap (Fixture *self, gconstpointer data)
{
  self->server->uncounted = TRUE;
  self->server->cap = 37;
  set_up_list (self, "machines");
  load (self);
  while (baton_paged_list_get_total (self->list) < 0)
    {
      guint before = n_items (self);
      g_autoptr (BatonRow) row = get_row (self, before - 1);

      list_server_wait (self->server,
                        n_items (self) > before || baton_paged_list_get_total (self->list) >= 0);
    }
  g_assert_cmpuint (n_items (self), ==, 450);
  g_assert_cmpuint (self->list->page_size, ==, 37);
}

static void
test_empty (Fixture *self, gconstpointer data)
{
  set_up_list (self, "machines");
  load (self);
  g_assert_cmpint (baton_paged_list_get_total (self->list), ==, 0);
  g_assert_cmpstr (self->changes->str, ==, "");
  /* The first row comes. */
  insert_front (self, 1);
  baton_paged_list_refresh (self->list, BATON_PRIORITY_BACKGROUND);
  list_server_wait (self->server, n_items (self) == 1);
  g_assert_cmpstr (self->changes->str, ==, "0-0+1 ");
}

/* Several settings, one question; what was there is shown until the answer, but for another
 * folder's. */
static void
test_settings (Fixture *self, gconstpointer data)
{
  set_up_list (self, "jobs");
  load (self);
  list_server_forget_asked (self->server);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->list), 5, TRUE);
  baton_paged_list_set_sort (self->list, "state", FALSE);
  g_assert_true (baton_paged_list_get_loading (self->list));
  baton_paged_list_set_sort (self->list, "started", TRUE);
  load (self);
  g_assert_cmpuint (self->server->asked->len, ==, 1);
  g_assert_nonnull (strstr (asked (self, 0)->query, "StartTime%20desc,Id%20desc"));
  g_assert_cmpstr (self->changes->str, ==, "0-0+10000 0-10000+10000 ");
  /* The sort keeps the selection, by its key. */
  g_assert_cmpuint (baton_paged_list_get_n_selected (self->list), ==, 1);

  baton_paged_list_set_filter (self->list, "State eq 'Running' or State eq 'Pending'");
  baton_paged_list_set_search (self->list, "Invoice");
  g_assert_cmpuint (baton_paged_list_get_n_selected (self->list), ==, 0);
  load (self);
  g_assert_cmpuint (self->server->asked->len, ==, 2);
  g_assert_nonnull (
      strstr (asked (self, 1)->query,
              "$filter=(State%20eq%20'Running'%20or%20State%20eq%20'Pending')%20and%20("));

  g_string_truncate (self->changes, 0);
  baton_paged_list_set_folder (self->list, 9);
  list_server_wait (self->server, n_items (self) == 0);
  load (self);
  g_assert_cmpstr (self->changes->str, ==, "0-10000+0 0-0+10000 ");
}

/* Folders have other ids in another tenant: the list waits for the new one. */
static void
test_tenant_changed (Fixture *self, gconstpointer data)
{
  set_up_list (self, "assets");
  baton_paged_list_set_folder (self->list, 3);
  load (self);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->list), 5, TRUE);
  list_server_forget_asked (self->server);
  g_signal_emit_by_name (self->connection, "tenant-changed");
  list_server_wait (self->server, n_items (self) == 0);
  list_server_settle (self->server, 50);
  g_assert_cmpuint (self->server->asked->len, ==, 0);
  g_assert_cmpint (baton_paged_list_get_folder (self->list), ==, 0);
  g_assert_cmpuint (baton_paged_list_get_n_selected (self->list), ==, 0);
  baton_paged_list_set_folder (self->list, 3);
  load (self);
  g_assert_cmpuint (n_items (self), ==, 10000);
}

static void
test_needs_folder (Fixture *self, gconstpointer data)
{
  set_up_list (self, "assets");
  list_server_settle (self->server, 50);
  g_assert_cmpuint (self->server->asked->len, ==, 0);
  g_assert_false (baton_paged_list_get_loading (self->list));
  baton_paged_list_set_folder (self->list, 3);
  load (self);
  g_assert_cmpuint (n_items (self), ==, 10000);
}

/* A small list that is sorted and searched here, and that the service cuts in pieces. */
static void
test_client_only (Fixture *self, gconstpointer data)
{
  g_autoptr (BatonRow) first = NULL;
  g_autoptr (BatonRow) second = NULL;

  self->server->cap = 5;
  set_up_list (self, "roles");
  load (self);
  g_assert_cmpuint (n_items (self), ==, 12);
  g_assert_cmpuint (self->server->asked->len, ==, 3);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->list), 0, TRUE);
  first = get_row (self, 0);
  baton_paged_list_set_sort (self->list, "id", TRUE);
  load (self);
  second = get_row (self, 0);
  assert_key (second, 12);
  baton_paged_list_set_search (self->list, "MACHINE 1");
  list_server_wait (self->server, n_items (self) == 4);
  g_assert_cmpint (baton_paged_list_get_total (self->list), ==, 4);
  g_assert_cmpuint (self->server->asked->len, ==, 3);
  insert_front (self, 1);
  refresh (self);
  g_assert_cmpuint (n_items (self), ==, 5);
  g_assert_cmpuint (self->server->asked->len, ==, 6);
}

static void
test_request (Fixture *self, gconstpointer data)
{
  g_autoptr (BatonRequest) request = NULL;

  set_up_list (self, "jobs");
  baton_paged_list_set_folder (self->list, 4);
  request = baton_paged_list_dup_request (self->list);
  g_assert_cmpint (baton_request_get_folder (request), ==, 4);
  g_assert_true (g_str_has_prefix (baton_request_get_path (request), "/odata/Jobs?$select="));
  g_assert_nonnull (strstr (baton_request_get_path (request), "$top=100"));
  load (self);
}

#define ADD(path, n, func)                                                                         \
  g_test_add ("/baton/models/paged-list/" path, Fixture, GUINT_TO_POINTER (n), set_up, func,       \
              tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("first", 1000000, test_first);
  ADD ("identity", 10000, test_identity);
  ADD ("passing-by", 100000, test_passing_by);
  ADD ("order", 100000, test_order);
  ADD ("left-pages-are-dropped", 1000000, test_left_pages_are_dropped);
  ADD ("memory-is-bounded", 1000000, test_memory_is_bounded);
  ADD ("select-all", 1000000, test_select_all);
  ADD ("set-selection", 10000, test_set_selection);
  ADD ("refresh-inserts", 10000, test_refresh_inserts);
  ADD ("refresh-in-the-middle", 10000, test_refresh_in_the_middle);
  ADD ("refresh-removes", 10000, test_refresh_removes);
  ADD ("refresh-same", 10000, test_refresh_same);
  ADD ("all-then-new", 10000, test_all_then_new);
  ADD ("stale", 10000, test_stale);
  ADD ("cap", 10000, test_cap);
  ADD ("late-cap", 10000, test_late_cap);
  ADD ("short-page", 10000, test_short_page);
  ADD ("failing-page", 10000, test_failing_page);
  ADD ("first-fails", 10000, test_first_fails);
  ADD ("disposed", 10000, test_disposed);
  ADD ("uncounted", 450, test_uncounted);
  ADD ("uncounted-cap", 450, test_uncounted_cap);
  ADD ("empty", 0, test_empty);
  ADD ("settings", 10000, test_settings);
  ADD ("tenant-changed", 10000, test_tenant_changed);
  ADD ("needs-folder", 10000, test_needs_folder);
  ADD ("client-only", 12, test_client_only);
  ADD ("request", 10000, test_request);
  return g_test_run ();
}
