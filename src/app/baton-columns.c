/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-cell-factory.h"
#include "baton-columns.h"
#include "baton-view-settings.h"

/* Pixels, by BatonFieldKind. */
static const int default_widths[] = {
  [BATON_FIELD_TEXT] = 180,  [BATON_FIELD_NUMBER] = 90,    [BATON_FIELD_BOOL] = 90,
  [BATON_FIELD_TIME] = 140,  [BATON_FIELD_DURATION] = 100, [BATON_FIELD_SECONDS] = 100,
  [BATON_FIELD_STATE] = 140, [BATON_FIELD_JSON] = 220,     [BATON_FIELD_LONG] = 280,
};

/* Pixels: an icon and a bold word. */
#define MIN_STATE_WIDTH 124
/* Pixels: a letter of a title, and its padding with the arrow of the sort. */
#define TITLE_LETTER_WIDTH 7
#define TITLE_EXTRA_WIDTH 34

struct _BatonColumns
{
  GObject parent_instance;

  const BatonResource *resource;
  BatonViewSettings *settings;   /* (owned) */
  GtkColumnView *view;           /* (unowned): of whoever owns this, too */
  GtkColumnViewColumn **columns; /* (owned) array of (unowned): by field; NULL where none */
  int *widths;                   /* (owned): by field; of hidden columns, for when they are shown again */
  gboolean arranging;            /* columns change by us, not by the person */
  int probed_field;              /* what the sorter trick found */
};

enum
{
  SIGNAL_SORTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonColumns, baton_columns, G_TYPE_OBJECT)

/* Sorting: GTK 4.8 does not say which header was clicked. Each column has a sorter that notes its
 * own field when asked to compare; comparing two dummies with the view's sorter then finds the
 * column, and the sign its direction. */

typedef struct
{
  BatonColumns *self; /* (unowned): owns the columns */
  int field;
} Probe;

static int
probe_compare_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  Probe *probe = user_data;

  if (probe->self->probed_field < 0)
    probe->self->probed_field = probe->field;
  return -1;
}

static GtkSorter *
create_sorter (BatonColumns *self, guint field)
{
  Probe *probe = g_new0 (Probe, 1);

  probe->self = self;
  probe->field = (int) field;
  return GTK_SORTER (gtk_custom_sorter_new (probe_compare_cb, probe, g_free));
}

/* Shows the arrow in the header. */
static void
point_header (BatonColumns *self, int field, gboolean descending)
{
  self->arranging = TRUE;
  if (field >= 0 && self->columns[field] != NULL)
    gtk_column_view_sort_by_column (self->view, self->columns[field],
                                    descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  self->arranging = FALSE;
}

static void
sorter_changed_cb (BatonColumns *self)
{
  g_autoptr (GObject) one = NULL;
  g_autoptr (GObject) other = NULL;
  GtkOrdering order;

  if (self->arranging)
    return;

  one = g_object_new (G_TYPE_OBJECT, NULL);
  other = g_object_new (G_TYPE_OBJECT, NULL);
  self->probed_field = -1;
  order = gtk_sorter_compare (gtk_column_view_get_sorter (self->view), one, other);
  if (self->probed_field < 0)
    return;

  /* The newest first is what a person wants of a time. */
  if (self->resource->fields[self->probed_field].kind == BATON_FIELD_TIME
      && baton_columns_get_sort (self, NULL) != self->probed_field)
    order = GTK_ORDERING_LARGER;
  baton_columns_set_sort (self, (guint) self->probed_field, order == GTK_ORDERING_LARGER);
}

static void
restore_sort (BatonColumns *self)
{
  gboolean descending;
  int field = baton_columns_get_sort (self, &descending);

  point_header (self, field, descending);
  g_signal_emit (self, signals[SIGNAL_SORTED], 0);
}

/* Columns. */

static int
column_to_field (BatonColumns *self, GtkColumnViewColumn *column)
{
  for (guint i = 0; self->resource->fields[i].id != NULL; i++)
    if (self->columns[i] == column)
      return (int) i;
  return -1;
}

static void
columns_changed_cb (BatonColumns *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  g_autoptr (GStrvBuilder) order = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;

  if (self->arranging)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      int field = column_to_field (self, column);

      if (field >= 0)
        g_strv_builder_add (order, self->resource->fields[field].id);
    }
  ids = g_strv_builder_end (order);
  /* Dragging a header takes a column out and puts it in: only the whole order counts. */
  if (g_strv_length (ids) == g_list_model_get_n_items (columns))
    baton_view_settings_set_order (self->settings, (const char *const *) ids);
}

/* GTK 4.8 counts the width of a hidden column as taken: the others do not grow into the room that
 * is left, and the scrolled window takes what is beyond them for being scrolled too far. So a
 * hidden column has no width. */
static void
show_column (BatonColumns *self, guint field, gboolean visible)
{
  GtkColumnViewColumn *column = self->columns[field];
  int width = gtk_column_view_column_get_fixed_width (column);

  if (width > 0)
    self->widths[field] = width;
  gtk_column_view_column_set_fixed_width (column, visible ? self->widths[field] : 0);
  gtk_column_view_column_set_visible (column, visible);
}

/* Room that is left goes to the long texts, or to the names where there are none. */
static void
spread_columns (BatonColumns *self)
{
  const BatonField *fields = self->resource->fields;
  gboolean has_long = FALSE;

  for (guint i = 0; fields[i].id != NULL; i++)
    has_long |= fields[i].kind == BATON_FIELD_LONG && baton_columns_get_visible (self, i);
  for (guint i = 0; fields[i].id != NULL; i++)
    if (self->columns[i] != NULL)
      gtk_column_view_column_set_expand (
          self->columns[i], has_long ? fields[i].kind == BATON_FIELD_LONG
                                     : g_str_equal (fields[i].id, self->resource->name));
}

static void
arrange_columns (BatonColumns *self)
{
  g_auto (GStrv) order = baton_view_settings_dup_order (self->settings);
  guint place = 0;

  self->arranging = TRUE;
  for (guint i = 0; order[i] != NULL; i++)
    {
      int field = baton_resource_find_field (self->resource, order[i]);

      if (field >= 0 && self->columns[field] != NULL)
        gtk_column_view_insert_column (self->view, place++, self->columns[field]);
    }
  for (guint i = 0; self->resource->fields[i].id != NULL; i++)
    if (self->columns[i] != NULL)
      show_column (self, i,
                   baton_view_settings_get_visible (self->settings, self->resource->fields[i].id));
  spread_columns (self);
  self->arranging = FALSE;
}

static int
get_width (const BatonField *field)
{
  int width = field->width > 0 ? field->width : default_widths[field->kind];
  int title = (int) g_utf8_strlen (_ (field->title), -1) * TITLE_LETTER_WIDTH + TITLE_EXTRA_WIDTH;

  if (field->kind == BATON_FIELD_STATE)
    width = MAX (width, MIN_STATE_WIDTH);
  return MAX (width, title);
}

static void
create_columns (BatonColumns *self)
{
  guint n = baton_resource_get_n_fields (self->resource);

  self->columns = g_new0 (GtkColumnViewColumn *, n + 1);
  self->widths = g_new0 (int, n + 1);
  self->arranging = TRUE;
  for (guint i = 0; i < n; i++)
    {
      const BatonField *field = &self->resource->fields[i];
      g_autoptr (GtkColumnViewColumn) column = NULL;

      if (field->flags & (BATON_FIELD_DETAIL | BATON_FIELD_HIDDEN))
        continue;
      column = gtk_column_view_column_new (_ (field->title), baton_cell_factory_new (self->resource, i));
      gtk_column_view_column_set_fixed_width (column, get_width (field));
      gtk_column_view_column_set_resizable (column, TRUE);
      if (field->flags & BATON_FIELD_SORTABLE)
        {
          g_autoptr (GtkSorter) sorter = create_sorter (self, i);

          gtk_column_view_column_set_sorter (column, sorter);
        }
      gtk_column_view_append_column (self->view, column);
      self->columns[i] = column;
    }
  self->arranging = FALSE;
}

/* The class. */

static void
baton_columns_finalize (GObject *object)
{
  BatonColumns *self = BATON_COLUMNS (object);

  g_free (self->columns);
  g_free (self->widths);
  g_object_unref (self->settings);
  G_OBJECT_CLASS (baton_columns_parent_class)->finalize (object);
}

static void
baton_columns_class_init (BatonColumnsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_columns_finalize;
  signals[SIGNAL_SORTED] = g_signal_new ("sorted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baton_columns_init (BatonColumns *self)
{
}

BatonColumns *
baton_columns_new (GtkColumnView *view, const BatonResource *resource)
{
  BatonColumns *self;

  g_return_val_if_fail (GTK_IS_COLUMN_VIEW (view), NULL);
  g_return_val_if_fail (resource != NULL, NULL);

  self = g_object_new (BATON_TYPE_COLUMNS, NULL);
  self->view = view;
  self->resource = resource;
  self->settings = baton_view_settings_new (resource);
  create_columns (self);
  arrange_columns (self);
  restore_sort (self);
  g_signal_connect_object (gtk_column_view_get_columns (view), "items-changed",
                           G_CALLBACK (columns_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_sorter (view), "changed",
                           G_CALLBACK (sorter_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
baton_columns_freeze (BatonColumns *self)
{
  g_return_if_fail (BATON_IS_COLUMNS (self));

  self->arranging = TRUE;
  g_signal_handlers_disconnect_by_func (gtk_column_view_get_columns (self->view),
                                        columns_changed_cb, self);
}

const BatonResource *
baton_columns_get_resource (BatonColumns *self)
{
  g_return_val_if_fail (BATON_IS_COLUMNS (self), NULL);

  return self->resource;
}

gboolean
baton_columns_has (BatonColumns *self, guint field)
{
  g_return_val_if_fail (BATON_IS_COLUMNS (self), FALSE);

  return self->columns[field] != NULL;
}

gboolean
baton_columns_get_visible (BatonColumns *self, guint field)
{
  g_return_val_if_fail (BATON_IS_COLUMNS (self), FALSE);

  return self->columns[field] != NULL && gtk_column_view_column_get_visible (self->columns[field]);
}

void
baton_columns_set_visible (BatonColumns *self, guint field, gboolean visible)
{
  g_return_if_fail (BATON_IS_COLUMNS (self));

  if (self->columns[field] == NULL)
    return;
  show_column (self, field, visible);
  spread_columns (self);
  baton_view_settings_set_visible (self->settings, self->resource->fields[field].id, visible);
}

int
baton_columns_get_sort (BatonColumns *self, gboolean *descending)
{
  g_autofree char *id = NULL;

  g_return_val_if_fail (BATON_IS_COLUMNS (self), -1);

  id = baton_view_settings_dup_sort (self->settings, descending);
  return id != NULL ? baton_resource_find_field (self->resource, id) : -1;
}

void
baton_columns_set_sort (BatonColumns *self, guint field, gboolean descending)
{
  g_return_if_fail (BATON_IS_COLUMNS (self));
  g_return_if_fail (self->resource->fields[field].flags & BATON_FIELD_SORTABLE);

  point_header (self, (int) field, descending);
  baton_view_settings_set_sort (self->settings, self->resource->fields[field].id, descending);
  g_signal_emit (self, signals[SIGNAL_SORTED], 0);
}

void
baton_columns_reset (BatonColumns *self)
{
  g_return_if_fail (BATON_IS_COLUMNS (self));

  baton_view_settings_reset (self->settings);
  for (guint i = 0; self->resource->fields[i].id != NULL; i++)
    if (self->columns[i] != NULL)
      gtk_column_view_column_set_fixed_width (self->columns[i],
                                              get_width (&self->resource->fields[i]));
  arrange_columns (self);
  restore_sort (self);
}
