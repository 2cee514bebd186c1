/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-record-picker.h"
#include "baton-row.h"
#include "odata/baton-page.h"

#define PAGE_SIZE 100
/* A list longer than this is no list to choose from. */
#define MAX_RECORDS 5000

struct _BatonRecordPicker
{
  GtkWidget parent_instance;

  const BatonResource *resource;
  BatonConnection *connection; /* (owned) (nullable) */
  gint64 folder;
  char *filter;              /* (owned) (nullable) */
  GListStore *rows;          /* (owned) of BatonRow; one without a record is no record */
  guint n_first;             /* rows that did not come from the list */
  char *wanted;              /* (owned) (nullable): key of the record to begin with */
  GCancellable *cancellable; /* (owned) (nullable) */
  GtkWidget *drop_down;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonRecordPicker, baton_record_picker, GTK_TYPE_WIDGET)

static void load_page (BatonRecordPicker *self);

/* The record's name, and its folder where all folders are shown. */
static char *
describe (BatonRow *row, gboolean with_folder)
{
  BatonRecord *record = baton_row_get_record (row);
  const char *folder;

  if (record == NULL)
    return g_strdup (g_object_get_data (G_OBJECT (row), "label"));
  folder = with_folder ? baton_record_get (record, "folder") : NULL;
  if (folder == NULL)
    return g_strdup (baton_record_get_name (record));
  return g_strdup_printf ("%s — %s", baton_record_get_name (record), folder);
}

static void
selected_cb (BatonRecordPicker *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonPage) page = baton_pipeline_send_finish (BATON_PIPELINE (source), result, &error);
  BatonRecordPicker *self;
  guint n;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = BATON_RECORD_PICKER (user_data);
  g_clear_object (&self->cancellable);
  if (page == NULL)
    {
      g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
      return;
    }

  for (guint i = 0; i < page->records->len; i++)
    {
      BatonRecord *record = g_ptr_array_index (page->records, i);
      guint position = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
      g_autoptr (BatonRow) row = NULL;

      /* The record to begin with is there from the start. */
      if (g_strcmp0 (baton_record_get_key (record), self->wanted) == 0)
        continue;
      row = baton_row_new (position);
      baton_row_set_record (row, record);
      g_list_store_append (self->rows, row);
    }
  n = baton_record_picker_get_n_records (self);
  /* A short page is not the end: the service may cap pages. */
  if (page->records->len > 0 && n < MAX_RECORDS && (page->count < 0 || n < page->count))
    load_page (self);
  else
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
load_page (BatonRecordPicker *self)
{
  g_autoptr (BatonQuery) query
      = baton_resource_make_query (self->resource, self->folder, NULL, FALSE);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  g_autofree char *path = NULL;
  g_autoptr (BatonRequest) request = NULL;

  if (self->filter != NULL)
    baton_query_add_filter (query, self->filter);
  baton_query_set_range (query, n - self->n_first, PAGE_SIZE);
  path = baton_query_to_path (query);
  request = baton_request_new ("GET", path);
  baton_request_set_folder (request, self->folder);
  baton_request_set_priority (request, BATON_PRIORITY_USER);
  self->cancellable = g_cancellable_new ();
  baton_pipeline_send_async (baton_connection_get_pipeline (self->connection), request,
                             baton_page_decode, (gpointer) self->resource, NULL,
                             (GDestroyNotify) baton_page_free, self->cancellable, page_cb, self);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, BatonRecordPicker *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, BatonRecordPicker *self)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  g_autofree char *text = describe (gtk_list_item_get_item (item), self->folder == 0);

  gtk_label_set_text (GTK_LABEL (label), text);
  if (gtk_widget_get_parent (label) != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (gtk_widget_get_parent (label)),
                                    GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
}

static char *
search_text (BatonRow *row, gpointer user_data)
{
  return describe (row, FALSE);
}

static void
baton_record_picker_dispose (GObject *object)
{
  BatonRecordPicker *self = BATON_RECORD_PICKER (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->drop_down, gtk_widget_unparent);
  g_clear_object (&self->rows);
  G_OBJECT_CLASS (baton_record_picker_parent_class)->dispose (object);
}

static void
baton_record_picker_finalize (GObject *object)
{
  BatonRecordPicker *self = BATON_RECORD_PICKER (object);

  g_free (self->wanted);
  g_free (self->filter);
  G_OBJECT_CLASS (baton_record_picker_parent_class)->finalize (object);
}

static void
baton_record_picker_class_init (BatonRecordPickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_record_picker_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_record_picker_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
baton_record_picker_init (BatonRecordPicker *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkExpression *expression
      = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (search_text), NULL, NULL);

  self->rows = g_list_store_new (BATON_TYPE_ROW);
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  self->drop_down = gtk_drop_down_new (G_LIST_MODEL (g_object_ref (self->rows)), expression);
  gtk_drop_down_set_factory (GTK_DROP_DOWN (self->drop_down), factory);
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (self->drop_down), TRUE);
  g_signal_connect_object (self->drop_down, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->drop_down, GTK_WIDGET (self));
}

GtkWidget *
baton_record_picker_new (const BatonResource *resource, const char *label)
{
  BatonRecordPicker *self = g_object_new (BATON_TYPE_RECORD_PICKER, NULL);

  self->resource = resource;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  return GTK_WIDGET (self);
}

void
baton_record_picker_set_filter (BatonRecordPicker *self, const char *filter)
{
  g_return_if_fail (BATON_IS_RECORD_PICKER (self));

  g_free (self->filter);
  self->filter = g_strdup (filter);
}

void
baton_record_picker_set_none (BatonRecordPicker *self, const char *label)
{
  g_autoptr (BatonRow) row = baton_row_new (0);

  g_return_if_fail (BATON_IS_RECORD_PICKER (self));

  g_object_set_data_full (G_OBJECT (row), "label", g_strdup (label), g_free);
  g_list_store_insert (self->rows, 0, row);
  self->n_first++;
}

void
baton_record_picker_load (BatonRecordPicker *self,
                          BatonConnection *connection,
                          gint64 folder,
                          BatonRecord *chosen)
{
  g_return_if_fail (BATON_IS_RECORD_PICKER (self));

  g_set_object (&self->connection, connection);
  self->folder = folder;
  if (chosen != NULL)
    {
      g_autoptr (BatonRow) row = baton_row_new (0);

      baton_row_set_record (row, chosen);
      g_free (self->wanted);
      self->wanted = g_strdup (baton_record_get_key (chosen));
      g_list_store_append (self->rows, row);
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->drop_down), self->n_first);
      self->n_first++;
    }
  load_page (self);
}

BatonRecord *
baton_record_picker_get_record (BatonRecordPicker *self)
{
  BatonRow *row;

  g_return_val_if_fail (BATON_IS_RECORD_PICKER (self), NULL);

  row = gtk_drop_down_get_selected_item (GTK_DROP_DOWN (self->drop_down));
  return row != NULL ? baton_row_get_record (row) : NULL;
}

void
baton_record_picker_select (BatonRecordPicker *self, const char *name)
{
  g_return_if_fail (BATON_IS_RECORD_PICKER (self));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->rows)); i++)
    {
      g_autoptr (BatonRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

      if (baton_row_get_record (row) != NULL
          && g_strcmp0 (baton_record_get_name (baton_row_get_record (row)), name) == 0)
        gtk_drop_down_set_selected (GTK_DROP_DOWN (self->drop_down), i);
    }
}

guint
baton_record_picker_get_n_records (BatonRecordPicker *self)
{
  guint n = 0;

  g_return_val_if_fail (BATON_IS_RECORD_PICKER (self), 0);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->rows)); i++)
    {
      g_autoptr (BatonRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

      n += baton_row_get_record (row) != NULL;
    }
  return n;
}

gboolean
baton_record_picker_is_loading (BatonRecordPicker *self)
{
  g_return_val_if_fail (BATON_IS_RECORD_PICKER (self), FALSE);

  return self->cancellable != NULL;
}
