/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-page.h"

#include "sandbox-count.h"

/* Below this, walking from the front costs less than a thought about the other end. */
#define SHORT_SKIP 1000
/* A walk that took this many microseconds is not walked twice. */
#define LONG_WALK 8000
/* How many rowids are kept in all, of eight bytes each. */
#define MAX_KEPT 4000000
#define MAX_ORDERS 100

/* The order of a long list, as long as it stays what it is. */
typedef struct
{
  guint64 generation;
  GArray *ids; /* (owned) (nullable): gint64; NULL until it is asked for again */
} Order;

typedef struct
{
  GHashTable *orders; /* (owned): question -> Order */
  guint n_ids;        /* in all of them */
} Orders;

static void
order_free (Order *self)
{
  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self);
}

static void
orders_free (Orders *self)
{
  g_hash_table_unref (self->orders);
  g_free (self);
}

static Orders *
get_orders (SandboxStore *store)
{
  static const char key[] = "sandbox-orders";
  Orders *self = g_object_get_data (G_OBJECT (store), key);

  if (self == NULL)
    {
      self = g_new0 (Orders, 1);
      self->orders
          = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)order_free);
      g_object_set_data_full (G_OBJECT (store), key, self, (GDestroyNotify)orders_free);
    }

  return self;
}

static GArray *
find_ids (SandboxStore *store, SandboxSql *sql, gint64 limit, gint64 offset, gboolean reverse)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *text = sandbox_sql_make_page (sql, reverse);
  sqlite3_stmt *statement = sandbox_store_prepare (store, text);
  int n = sandbox_sql_bind (sql, statement);

  sqlite3_bind_int64 (statement, n, limit);
  sqlite3_bind_int64 (statement, n + 1, offset);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      g_array_append_val (ids, id);
    }
  sandbox_store_done (statement);

  for (guint i = 0; reverse && i < ids->len / 2; i++)
    {
      gint64 *first = &g_array_index (ids, gint64, i);
      gint64 *last = &g_array_index (ids, gint64, ids->len - 1 - i);
      gint64 swap = *first;

      *first = *last;
      *last = swap;
    }

  return ids;
}

static GArray *
walk (SandboxStore *store, SandboxSql *sql, gint64 skip, gint64 top)
{
  gint64 count;

  if (skip < SHORT_SKIP)
    return find_ids (store, sql, top, skip, FALSE);

  count = sandbox_count (store, sql);
  if (skip >= count)
    return g_array_new (FALSE, FALSE, sizeof (gint64));
  if (skip <= count / 2)
    return find_ids (store, sql, top, skip, FALSE);
  top = MIN (top, count - skip);

  return find_ids (store, sql, top, count - skip - top, TRUE);
}

static void
forget (Orders *self, const char *key)
{
  Order *order = g_hash_table_lookup (self->orders, key);

  if (order != NULL && order->ids != NULL)
    self->n_ids -= order->ids->len;
  g_hash_table_remove (self->orders, key);
}

static void
forget_all (Orders *self)
{
  g_hash_table_remove_all (self->orders);
  self->n_ids = 0;
}

static GArray *
cut (const Order *order, gint64 skip, gint64 top)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (skip < order->ids->len)
    g_array_append_vals (ids, &g_array_index (order->ids, gint64, skip),
                         (guint)MIN (top, order->ids->len - skip));

  return ids;
}

/* Returns: (transfer full): the question with its order. */
static char *
make_key (SandboxSql *sql)
{
  g_autofree char *fingerprint = sandbox_sql_make_fingerprint (sql);
  g_autofree char *page = sandbox_sql_make_page (sql, FALSE);

  return g_strconcat (fingerprint, "\n", page, NULL);
}

/* Returns: (transfer none) (nullable): what is known of the order and still so. */
static Order *
find_order (Orders *self, const char *key, guint64 generation)
{
  Order *order = g_hash_table_lookup (self->orders, key);

  if (order != NULL && order->generation != generation)
    {
      forget (self, key);
      order = NULL;
    }

  return order;
}

static void
note_long_walk (Orders *self, const char *key, guint64 generation)
{
  Order *order = g_new0 (Order, 1);

  if (g_hash_table_size (self->orders) >= MAX_ORDERS)
    forget_all (self);
  order->generation = generation;
  g_hash_table_insert (self->orders, g_strdup (key), order);
}

GArray *
sandbox_page_find (SandboxStore *store, SandboxSql *sql, gint64 skip, gint64 top)
{
  g_autofree char *key = NULL;
  Orders *self;
  Order *order;
  GArray *ids;
  guint64 generation;
  gint64 start;

  g_return_val_if_fail (SANDBOX_IS_STORE (store), NULL);
  g_return_val_if_fail (sql != NULL, NULL);

  self = get_orders (store);
  key = make_key (sql);
  generation = sandbox_sql_get_generation (sql, store, TRUE);
  order = find_order (self, key, generation);
  if (order == NULL)
    {
      start = g_get_monotonic_time ();
      ids = walk (store, sql, skip, top);
      if (g_get_monotonic_time () - start > LONG_WALK)
        note_long_walk (self, key, generation);
      return ids;
    }

  if (order->ids == NULL)
    {
      ids = find_ids (store, sql, -1, 0, FALSE);
      if (self->n_ids + ids->len > MAX_KEPT)
        {
          forget_all (self);
          note_long_walk (self, key, generation);
          order = find_order (self, key, generation);
        }
      order->ids = ids;
      self->n_ids += ids->len;
    }

  return cut (order, skip, top);
}
