/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-backoff.h"
#include "baton-error.h"
#include "baton-paged-list-private.h"
#include "baton-row-private.h"

/* What is asked when: the list anew, what is on screen, what rows wait for. */

#define DEBOUNCE_MS 50
#define MAX_ATTEMPTS 6
/* More rows than fit on any screen: a view that says so has not been laid out yet. */
#define MAX_VISIBLE 1000

typedef struct
{
  guint attempts;
  gint64 retry_at; /* monotonic; G_MAXINT64: not before a refresh */
} Failure;

typedef struct
{
  guint page;
  gboolean visible;
  guint64 serial;
} Wanted;

static void sent_cb (GObject *source, GAsyncResult *result, gpointer data);

static void
fetch_free (BatonFetch *fetch)
{
  g_object_unref (fetch->cancellable);
  g_free (fetch);
}

/* Its callback still comes, finds no list and frees it. */
static void
cancel_at (BatonPagedList *self, guint i)
{
  BatonFetch *fetch = g_ptr_array_index (self->fetches, i);

  g_ptr_array_remove_index (self->fetches, i);
  if (fetch->kind == BATON_FETCH_NEXT)
    self->furthest = self->n_items;
  fetch->list = NULL;
  g_cancellable_cancel (fetch->cancellable);
}

void
_baton_paged_list_cancel (BatonPagedList *self)
{
  while (self->fetches->len > 0)
    cancel_at (self, self->fetches->len - 1);
}

/* Those that ask for rows by a place which is no longer theirs. */
void
_baton_paged_list_cancel_pages (BatonPagedList *self)
{
  for (guint i = self->fetches->len; i > 0; i--)
    {
      BatonFetch *fetch = g_ptr_array_index (self->fetches, i - 1);

      if (fetch->kind == BATON_FETCH_PAGE || fetch->kind == BATON_FETCH_NEXT)
        cancel_at (self, i - 1);
    }
}

static BatonFetch *
find_fetch (BatonPagedList *self, BatonFetchKind kind, guint page)
{
  for (guint i = 0; i < self->fetches->len; i++)
    {
      BatonFetch *fetch = g_ptr_array_index (self->fetches, i);

      if (fetch->kind == kind && (kind != BATON_FETCH_PAGE || fetch->page == page))
        return fetch;
    }
  return NULL;
}

void
_baton_paged_list_update_loading (BatonPagedList *self)
{
  gboolean loading = self->restart_source != 0;

  for (guint i = 0; i < self->fetches->len; i++)
    {
      const BatonFetch *fetch = g_ptr_array_index (self->fetches, i);

      loading |= fetch->priority == BATON_PRIORITY_USER;
    }
  if (self->loading == loading)
    return;
  self->loading = loading;
  _baton_paged_list_notify (self, BATON_PAGED_LIST_PROP_LOADING);
}

static void
send (BatonPagedList *self,
      BatonFetchKind kind,
      guint slot,
      guint n,
      gboolean counted,
      BatonPriority priority)
{
  g_autoptr (BatonQuery) query = _baton_paged_list_make_query (self);
  g_autoptr (BatonRequest) request = NULL;
  g_autofree char *path = NULL;
  BatonFetch *fetch = g_new0 (BatonFetch, 1);

  fetch->list = self;
  fetch->cancellable = g_cancellable_new ();
  fetch->kind = kind;
  fetch->priority = priority;
  fetch->page = slot / self->page_size;
  fetch->slot = slot;
  fetch->n = n;
  fetch->counted = counted;
  g_ptr_array_add (self->fetches, fetch);

  baton_query_set_count (query, counted);
  baton_query_set_range (query, slot - self->base, n);
  path = baton_query_to_path (query);
  request = baton_request_new ("GET", path);
  if (self->resource->scope != BATON_SCOPE_TENANT)
    baton_request_set_folder (request, self->folder);
  baton_request_set_permission (request, self->resource->permission);
  baton_request_set_priority (request, priority);
  baton_pipeline_send_async (baton_connection_get_pipeline (self->connection), request,
                             baton_page_decode, (gpointer) self->resource, NULL,
                             (GDestroyNotify) baton_page_free, fetch->cancellable, sent_cb, fetch);
}

static gboolean
retry_cb (gpointer data)
{
  BatonPagedList *self = data;

  self->retry_source = 0;
  _baton_paged_list_flush (self);
  return G_SOURCE_REMOVE;
}

static gboolean
is_passing (const GError *error)
{
  static const BatonErrorCode codes[] = { BATON_ERROR_RATE_LIMITED, BATON_ERROR_SERVER,
                                          BATON_ERROR_NO_NETWORK, BATON_ERROR_TIMED_OUT,
                                          BATON_ERROR_BAD_ANSWER };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, BATON_ERROR, codes[i]))
      return TRUE;
  return FALSE;
}

static void
fail_page (BatonPagedList *self, guint page, const GError *error)
{
  const BatonErrorDetails *details = baton_error_get_details (error);
  Failure *failure = g_hash_table_lookup (self->failures, GUINT_TO_POINTER (page));
  GHashTableIter iter;
  gpointer value;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  if (failure == NULL)
    {
      failure = g_new0 (Failure, 1);
      g_hash_table_insert (self->failures, GUINT_TO_POINTER (page), failure);
    }
  failure->retry_at = G_MAXINT64;
  if (is_passing (error) && failure->attempts < MAX_ATTEMPTS)
    {
      gint64 delay = baton_backoff_delay (failure->attempts++);

      if (details != NULL && details->retry_at > 0)
        delay = MAX (delay, details->retry_at - g_get_real_time ());
      failure->retry_at = g_get_monotonic_time () + delay;
    }

  /* First all that wait, then say so: a handler may ask for rows. */
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (_baton_row_get_slot (value) / self->page_size == page)
      g_ptr_array_add (rows, g_object_ref (value));
  for (guint i = 0; i < rows->len; i++)
    baton_row_set_failed (g_ptr_array_index (rows, i));
}

void
_baton_paged_list_forget_failures (BatonPagedList *self)
{
  g_clear_handle_id (&self->retry_source, g_source_remove);
  g_hash_table_remove_all (self->failures);
}

static void
fail (BatonPagedList *self, BatonFetch *fetch, GError *error)
{
  switch (fetch->kind)
    {
    case BATON_FETCH_FIRST:
      _baton_paged_list_show_nothing (self);
      break;
    case BATON_FETCH_ALL:
      g_clear_pointer (&self->arriving, g_ptr_array_unref);
      if (self->fresh)
        _baton_paged_list_show_nothing (self);
      break;
    case BATON_FETCH_NEXT:
      self->furthest = self->n_items;
      fail_page (self, fetch->page, error);
      break;
    case BATON_FETCH_PAGE:
      fail_page (self, fetch->page, error);
      break;
    case BATON_FETCH_REFRESH:
    default:
      break;
    }
  _baton_paged_list_set_error (self, error);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BatonPage) page = NULL;
  g_autoptr (BatonPagedList) self = NULL;
  g_autoptr (GError) error = NULL;
  BatonFetch *fetch = data;

  page = baton_pipeline_send_finish (BATON_PIPELINE (source), result, &error);
  if (fetch->list == NULL)
    {
      fetch_free (fetch);
      return;
    }

  self = g_object_ref (fetch->list);
  g_ptr_array_remove (self->fetches, fetch);
  if (page != NULL && _baton_paged_list_land (self, fetch, page, &error))
    {
      if (fetch->kind == BATON_FETCH_PAGE || fetch->kind == BATON_FETCH_NEXT)
        g_hash_table_remove (self->failures, GUINT_TO_POINTER (fetch->page));
      _baton_paged_list_set_error (self, NULL);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fail (self, fetch, g_steal_pointer (&error));
  fetch_free (fetch);
  _baton_paged_list_flush (self);
  _baton_paged_list_update_loading (self);
}

void
_baton_paged_list_restart (BatonPagedList *self)
{
  _baton_paged_list_cancel (self);
  g_clear_handle_id (&self->restart_source, g_source_remove);
  g_clear_pointer (&self->arriving, g_ptr_array_unref);
  self->fresh = TRUE;
  if (self->clear)
    _baton_paged_list_show_nothing (self);
  self->clear = FALSE;

  if (self->resource->scope == BATON_SCOPE_FOLDER && self->folder == 0)
    {
      /* The service refuses it (1101): there is nothing to ask until a folder is chosen. */
      self->fresh = FALSE;
      _baton_paged_list_show_nothing (self);
      _baton_paged_list_set_error (self, NULL);
    }
  else if (self->local != NULL)
    _baton_paged_list_show_local (self, TRUE);
  else if (self->resource->client_only)
    send (self, BATON_FETCH_ALL, self->base, 0, TRUE, BATON_PRIORITY_USER);
  else
    send (self, BATON_FETCH_FIRST, self->base, self->page_size, TRUE, BATON_PRIORITY_USER);
  _baton_paged_list_update_loading (self);
}

void
_baton_paged_list_fetch_rest (BatonPagedList *self, guint have, BatonPriority priority)
{
  send (self, BATON_FETCH_ALL, self->base + have, 0, TRUE, priority);
}

void
_baton_paged_list_fetch_refresh (BatonPagedList *self, BatonPriority priority)
{
  guint position = 0;

  if (find_fetch (self, BATON_FETCH_REFRESH, 0) != NULL
      || find_fetch (self, BATON_FETCH_ALL, 0) != NULL)
    return;
  self->epoch++;
  if (self->resource->client_only)
    send (self, BATON_FETCH_ALL, self->base, 0, TRUE, priority);
  else
    {
      if (self->visible_first <= self->visible_last && self->visible_first < self->n_items)
        position = self->visible_first;
      send (self, BATON_FETCH_REFRESH, self->base + position, self->page_size, TRUE, priority);
    }
  _baton_paged_list_update_loading (self);
}

/* Whether the record at @slot is there, and not older than the last refresh where that matters. */
static gboolean
is_there (BatonPagedList *self, guint slot, gboolean visible)
{
  guint epoch;

  return baton_record_cache_get (self->cache, slot, &epoch) != NULL
         && (!visible || epoch == self->epoch);
}

static Wanted *
want (GHashTable *pages, guint page)
{
  Wanted *wanted = g_hash_table_lookup (pages, GUINT_TO_POINTER (page));

  if (wanted == NULL)
    {
      wanted = g_new0 (Wanted, 1);
      wanted->page = page;
      g_hash_table_insert (pages, GUINT_TO_POINTER (page), wanted);
    }
  return wanted;
}

/* Returns: (transfer full): page -> Wanted: the pages that are on screen, and those that rows
 * wait for that somebody holds. */
static GHashTable *
find_wanted (BatonPagedList *self)
{
  GHashTable *pages = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  gboolean refreshing = find_fetch (self, BATON_FETCH_REFRESH, 0) != NULL;
  GHashTableIter iter;
  gpointer value;

  if (self->visible_first <= self->visible_last
      && self->visible_last - self->visible_first < MAX_VISIBLE)
    for (guint i = self->visible_first; i <= self->visible_last && i < self->n_items; i++)
      if (!is_there (self, self->base + i, !refreshing))
        want (pages, (self->base + i) / self->page_size)->visible = TRUE;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (baton_row_get_state (value) != BATON_ROW_READY)
      {
        Wanted *wanted = want (pages, _baton_row_get_slot (value) / self->page_size);

        wanted->serial = MAX (wanted->serial, _baton_row_get_serial (value));
      }
  return pages;
}

/* On screen first, then what was asked for last. */
static int
compare_wanted (gconstpointer a, gconstpointer b)
{
  const Wanted *x = *(Wanted *const *) a;
  const Wanted *y = *(Wanted *const *) b;

  if (x->visible != y->visible)
    return x->visible ? -1 : 1;
  return x->serial > y->serial ? -1 : x->serial < y->serial;
}

static void
send_page (BatonPagedList *self, const Wanted *wanted)
{
  guint64 end = ((guint64) wanted->page + 1) * self->page_size;
  guint first = MAX (wanted->page * self->page_size, self->base);
  guint last = (guint) MIN (end, (guint64) self->base + self->n_items);

  while (first < last && is_there (self, first, wanted->visible))
    first++;
  while (first < last && is_there (self, last - 1, wanted->visible))
    last--;
  if (first < last)
    send (self, BATON_FETCH_PAGE, first, last - first, self->recount,
          wanted->visible ? BATON_PRIORITY_USER : BATON_PRIORITY_BACKGROUND);
}

static void
send_next (BatonPagedList *self)
{
  guint asked = self->furthest;

  if (self->visible_first <= self->visible_last && self->visible_last < self->n_items)
    asked = MAX (asked, self->visible_last + 1);
  if (asked + self->page_size / 2 < self->n_items || self->n_items >= BATON_MAX_ITEMS
      || find_fetch (self, BATON_FETCH_NEXT, 0) != NULL)
    return;
  self->furthest = 0;
  send (self, BATON_FETCH_NEXT, self->base + self->n_items, self->page_size, FALSE,
        BATON_PRIORITY_USER);
}

/* Returns: TRUE where @page failed and its time has not come yet; that time goes into @next. */
static gboolean
is_waiting (BatonPagedList *self, guint page, gint64 now, gint64 *next)
{
  Failure *failure = g_hash_table_lookup (self->failures, GUINT_TO_POINTER (page));

  if (failure == NULL || failure->retry_at <= now)
    return FALSE;
  *next = MIN (*next, failure->retry_at);
  return TRUE;
}

/* Asks for what is missing now, and lets go what nobody waits for any more. */
void
_baton_paged_list_flush (BatonPagedList *self)
{
  g_autoptr (GHashTable) pages = NULL;
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  gint64 now = g_get_monotonic_time ();
  gint64 next = G_MAXINT64;
  GHashTableIter iter;
  gpointer value;

  g_clear_handle_id (&self->flush_source, g_source_remove);
  if (self->fresh || self->connection == NULL || self->resource->client_only)
    return;

  pages = find_wanted (self);
  for (guint i = self->fetches->len; i > 0; i--)
    {
      BatonFetch *fetch = g_ptr_array_index (self->fetches, i - 1);

      if (fetch->kind == BATON_FETCH_PAGE
          && !g_hash_table_contains (pages, GUINT_TO_POINTER (fetch->page)))
        cancel_at (self, i - 1);
    }

  g_hash_table_iter_init (&iter, pages);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (order, value);
  g_ptr_array_sort (order, compare_wanted);
  for (guint i = 0; i < order->len && self->fetches->len < BATON_MAX_FETCHES; i++)
    {
      const Wanted *wanted = g_ptr_array_index (order, i);

      if (find_fetch (self, BATON_FETCH_PAGE, wanted->page) == NULL
          && !is_waiting (self, wanted->page, now, &next))
        send_page (self, wanted);
    }
  if (self->total < 0 && self->fetches->len < BATON_MAX_FETCHES
      && !is_waiting (self, (self->base + self->n_items) / self->page_size, now, &next))
    send_next (self);

  g_clear_handle_id (&self->retry_source, g_source_remove);
  if (next != G_MAXINT64)
    self->retry_source
      = g_timeout_add ((guint) MIN ((next - now) / 1000 + 1, G_MAXINT), retry_cb, self);
  _baton_paged_list_update_loading (self);
}

static gboolean
flush_cb (gpointer data)
{
  BatonPagedList *self = data;

  self->flush_source = 0;
  _baton_paged_list_flush (self);
  return G_SOURCE_REMOVE;
}

/* A moment later: a view on its way to the end passes pages that nobody will look at. */
void
_baton_paged_list_schedule (BatonPagedList *self)
{
  if (self->flush_source == 0 && !self->fresh)
    self->flush_source = g_timeout_add (DEBOUNCE_MS, flush_cb, self);
}
