/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-paged-list-private.h"
#include "baton-row-private.h"

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (
  BatonPagedList, baton_paged_list, G_TYPE_OBJECT,
  G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init)
  G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, _baton_paged_list_selection_iface_init))

static GParamSpec *properties[BATON_PAGED_LIST_N_PROPS];

static void
row_gone_cb (gpointer data, GObject *where)
{
  BatonPagedList *self = data;
  BatonRow *row = (BatonRow *) where;

  g_hash_table_remove (self->rows, GUINT_TO_POINTER (_baton_row_get_slot (row)));
}

/* Rows in the slots @first .. @end - 1 are no longer of the list; whoever holds one keeps what
 * it shows. */
void
_baton_paged_list_drop_rows (BatonPagedList *self, guint first, guint end)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (GPOINTER_TO_UINT (key) >= first && GPOINTER_TO_UINT (key) < end)
      {
        g_object_weak_unref (value, row_gone_cb, self);
        g_hash_table_iter_remove (&iter);
      }
}

static GType
get_item_type (GListModel *model)
{
  return BATON_TYPE_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return BATON_PAGED_LIST (model)->n_items;
}

/* Never asks for anything at once: what is missing is looked at a moment later, when it is known
 * what is on screen. */
static gpointer
get_item (GListModel *model, guint position)
{
  BatonPagedList *self = BATON_PAGED_LIST (model);
  BatonRecord *record;
  BatonRow *row;
  guint slot;

  if (position >= self->n_items)
    return NULL;

  slot = self->base + position;
  row = g_hash_table_lookup (self->rows, GUINT_TO_POINTER (slot));
  if (row != NULL)
    return g_object_ref (row);

  row = baton_row_new (position);
  _baton_row_set_slot (row, slot);
  _baton_row_set_serial (row, ++self->serial);
  g_hash_table_insert (self->rows, GUINT_TO_POINTER (slot), row);
  g_object_weak_ref (G_OBJECT (row), row_gone_cb, self);

  record = baton_record_cache_get (self->cache, slot, NULL);
  if (record != NULL)
    baton_row_set_record (row, record);
  else
    _baton_paged_list_schedule (self);

  if (self->total < 0 && position >= self->furthest)
    {
      self->furthest = position + 1;
      _baton_paged_list_schedule (self);
    }
  return row;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

void
_baton_paged_list_notify (BatonPagedList *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
_baton_paged_list_set_error (BatonPagedList *self, GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error;
  _baton_paged_list_notify (self, BATON_PAGED_LIST_PROP_ERROR);
}

void
_baton_paged_list_set_total (BatonPagedList *self, gint64 total)
{
  if (self->total == total)
    return;
  self->total = total;
  _baton_paged_list_notify (self, BATON_PAGED_LIST_PROP_TOTAL);
}

static gboolean
restart_cb (gpointer data)
{
  BatonPagedList *self = data;

  self->restart_source = 0;
  _baton_paged_list_restart (self);
  return G_SOURCE_REMOVE;
}

/* In an idle: several things that are set at once ask once. It does not wait for frames to be
 * drawn. */
static void
queue_restart (BatonPagedList *self, gboolean clear)
{
  self->clear |= clear;
  _baton_paged_list_forget_failures (self);
  if (!self->fresh)
    {
      self->fresh = TRUE;
      _baton_paged_list_cancel (self);
    }
  if (self->restart_source == 0)
    self->restart_source = g_idle_add_full (G_PRIORITY_DEFAULT, restart_cb, self, NULL);
  _baton_paged_list_update_loading (self);
}

static void
forget_selection (BatonPagedList *self)
{
  if (baton_selection_get_size (self->selection, self->n_items) == 0
      && !baton_selection_get_all (self->selection))
    return;
  baton_selection_set_all (self->selection, FALSE);
  if (self->n_items > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, self->n_items);
}

static void
tenant_changed_cb (BatonPagedList *self)
{
  /* Folders have other ids in another tenant. */
  self->folder = 0;
  forget_selection (self);
  queue_restart (self, TRUE);
}

static void
baton_paged_list_dispose (GObject *object)
{
  BatonPagedList *self = BATON_PAGED_LIST (object);

  _baton_paged_list_cancel (self);
  g_clear_handle_id (&self->restart_source, g_source_remove);
  g_clear_handle_id (&self->flush_source, g_source_remove);
  g_clear_handle_id (&self->retry_source, g_source_remove);
  _baton_paged_list_drop_rows (self, 0, G_MAXUINT);
  if (self->connection != NULL)
    g_signal_handlers_disconnect_by_data (self->connection, self);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (baton_paged_list_parent_class)->dispose (object);
}

static void
baton_paged_list_finalize (GObject *object)
{
  BatonPagedList *self = BATON_PAGED_LIST (object);

  g_assert (self->fetches->len == 0);
  g_ptr_array_unref (self->fetches);
  g_hash_table_unref (self->failures);
  g_hash_table_unref (self->rows);
  baton_record_cache_free (self->cache);
  baton_selection_free (self->selection);
  g_clear_pointer (&self->local, g_ptr_array_unref);
  g_clear_pointer (&self->arriving, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self->sort);
  g_free (self->filter);
  g_free (self->search);

  G_OBJECT_CLASS (baton_paged_list_parent_class)->finalize (object);
}

static void
baton_paged_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BatonPagedList *self = BATON_PAGED_LIST (object);

  switch (id)
    {
    case BATON_PAGED_LIST_PROP_TOTAL:
      g_value_set_int64 (value, self->total);
      break;
    case BATON_PAGED_LIST_PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case BATON_PAGED_LIST_PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case BATON_PAGED_LIST_PROP_UPDATED_AT:
      g_value_set_int64 (value, self->updated_at);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
baton_paged_list_class_init (BatonPagedListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = baton_paged_list_dispose;
  object_class->finalize = baton_paged_list_finalize;
  object_class->get_property = baton_paged_list_get_property;

  properties[BATON_PAGED_LIST_PROP_TOTAL]
    = g_param_spec_int64 ("total", NULL, NULL, -1, G_MAXINT64, -1,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[BATON_PAGED_LIST_PROP_LOADING] = g_param_spec_boolean (
    "loading", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[BATON_PAGED_LIST_PROP_ERROR] = g_param_spec_boxed (
    "error", NULL, NULL, G_TYPE_ERROR, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[BATON_PAGED_LIST_PROP_UPDATED_AT]
    = g_param_spec_int64 ("updated-at", NULL, NULL, 0, G_MAXINT64, 0,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, BATON_PAGED_LIST_N_PROPS, properties);
}

static void
baton_paged_list_init (BatonPagedList *self)
{
  self->base = BATON_FIRST_SLOT;
  self->total = -1;
  self->page_size = BATON_PAGE_SIZE;
  self->visible_first = 1;
  self->cache = baton_record_cache_new ();
  self->rows = g_hash_table_new (NULL, NULL);
  self->selection = baton_selection_new ();
  self->fetches = g_ptr_array_new ();
  self->failures = g_hash_table_new_full (NULL, NULL, NULL, g_free);
}

/* Returns: (transfer full): it asks for its first rows in an idle, once what is shown is set. */
BatonPagedList *
baton_paged_list_new (BatonConnection *connection, const BatonResource *resource)
{
  BatonPagedList *self = NULL;

  g_return_val_if_fail (BATON_IS_CONNECTION (connection), NULL);
  g_return_val_if_fail (resource != NULL, NULL);

  self = g_object_new (BATON_TYPE_PAGED_LIST, NULL);
  self->connection = g_object_ref (connection);
  self->resource = resource;
  g_signal_connect_object (connection, "tenant-changed", G_CALLBACK (tenant_changed_cb), self,
                           G_CONNECT_SWAPPED);
  queue_restart (self, TRUE);
  return self;
}

const BatonResource *
baton_paged_list_get_resource (BatonPagedList *self)
{
  g_return_val_if_fail (BATON_IS_PAGED_LIST (self), NULL);

  return self->resource;
}

void
baton_paged_list_set_folder (BatonPagedList *self, gint64 folder)
{
  g_return_if_fail (BATON_IS_PAGED_LIST (self));

  if (self->folder == folder)
    return;
  self->folder = folder;
  if (self->resource->scope == BATON_SCOPE_TENANT)
    return;
  forget_selection (self);
  queue_restart (self, TRUE);
}

gint64
baton_paged_list_get_folder (BatonPagedList *self)
{
  g_return_val_if_fail (BATON_IS_PAGED_LIST (self), 0);

  return self->folder;
}

void
baton_paged_list_set_sort (BatonPagedList *self, const char *field_id, gboolean descending)
{
  g_return_if_fail (BATON_IS_PAGED_LIST (self));

  if (g_strcmp0 (self->sort, field_id) == 0 && self->descending == descending)
    return;
  g_free (self->sort);
  self->sort = g_strdup (field_id);
  self->descending = descending;
  queue_restart (self, FALSE);
}

/* Of a client_only resource too the filter is the service's. */
void
baton_paged_list_set_filter (BatonPagedList *self, const char *filter)
{
  g_return_if_fail (BATON_IS_PAGED_LIST (self));

  if (g_strcmp0 (self->filter, filter) == 0)
    return;
  g_free (self->filter);
  self->filter = g_strdup (filter);
  g_clear_pointer (&self->local, g_ptr_array_unref);
  forget_selection (self);
  queue_restart (self, FALSE);
}

void
baton_paged_list_set_search (BatonPagedList *self, const char *text)
{
  g_return_if_fail (BATON_IS_PAGED_LIST (self));

  if (g_strcmp0 (self->search != NULL ? self->search : "", text != NULL ? text : "") == 0)
    return;
  g_free (self->search);
  self->search = g_strdup (text);
  forget_selection (self);
  queue_restart (self, FALSE);
}

void
baton_paged_list_refresh (BatonPagedList *self, BatonPriority priority)
{
  g_return_if_fail (BATON_IS_PAGED_LIST (self));

  _baton_paged_list_forget_failures (self);
  if (self->restart_source != 0)
    return;
  if (self->fresh || self->updated_at == 0 || (self->n_items == 0 && !self->resource->client_only))
    {
      /* An answer that is on its way already is the refresh. */
      if (!self->fresh || self->fetches->len == 0)
        queue_restart (self, FALSE);
      return;
    }
  _baton_paged_list_fetch_refresh (self, priority);
}

void
baton_paged_list_set_visible_range (BatonPagedList *self, guint first, guint last)
{
  g_return_if_fail (BATON_IS_PAGED_LIST (self));

  if (self->visible_first == first && self->visible_last == last)
    return;
  self->visible_first = first;
  self->visible_last = last;
  _baton_paged_list_schedule (self);
}

gint64
baton_paged_list_get_total (BatonPagedList *self)
{
  g_return_val_if_fail (BATON_IS_PAGED_LIST (self), -1);

  return self->total;
}

gboolean
baton_paged_list_get_loading (BatonPagedList *self)
{
  g_return_val_if_fail (BATON_IS_PAGED_LIST (self), FALSE);

  return self->loading;
}

/* Returns: (transfer none) (nullable): why the last thing that was asked did not come. */
const GError *
baton_paged_list_get_error (BatonPagedList *self)
{
  g_return_val_if_fail (BATON_IS_PAGED_LIST (self), NULL);

  return self->error;
}

gint64
baton_paged_list_get_updated_at (BatonPagedList *self)
{
  g_return_val_if_fail (BATON_IS_PAGED_LIST (self), 0);

  return self->updated_at;
}

/* Returns: (transfer full): what is asked now, with the count, without a range. */
BatonQuery *
_baton_paged_list_make_query (BatonPagedList *self)
{
  BatonQuery *query = baton_resource_make_query (self->resource, self->folder, self->sort,
                                                 self->descending);

  baton_query_add_filter (query, self->filter);
  if (!self->resource->client_only)
    baton_resource_add_search (self->resource, query, self->search);
  return query;
}

BatonRequest *
baton_paged_list_dup_request (BatonPagedList *self)
{
  g_autoptr (BatonQuery) query = NULL;
  g_autofree char *path = NULL;
  BatonRequest *request = NULL;

  g_return_val_if_fail (BATON_IS_PAGED_LIST (self), NULL);

  query = _baton_paged_list_make_query (self);
  if (!self->resource->client_only)
    baton_query_set_range (query, 0, self->page_size);
  path = baton_query_to_path (query);
  request = baton_request_new ("GET", path);
  if (self->resource->scope != BATON_SCOPE_TENANT)
    baton_request_set_folder (request, self->folder);
  baton_request_set_permission (request, self->resource->permission);
  return request;
}
