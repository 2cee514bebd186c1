/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include <glib/gi18n.h>

#include "baton-cell.h"
#include "baton-table.h"
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

struct _BatonTable
{
  GtkWidget parent_instance;

  const BatonResource *resource;
  BatonViewSettings *settings; /* (owned) */
  BatonPagedList *list;        /* (owned) (nullable) */

  GtkWidget *scroller;
  GtkColumnView *view;
  GtkColumnViewColumn **columns; /* (owned) array of (unowned): by field; NULL where none */
  int *widths;        /* (owned): by field; of hidden columns, for when they are shown again */
  int current_field;  /* -1: none was clicked */
  gboolean arranging; /* columns change by us, not by the person */

  int probed_field; /* what the sorter trick found */

  /* A click with Ctrl: see toggle_idle_cb(). */
  guint toggle_source;
  guint toggled_position;
  gboolean was_selected; /* the row that is clicked, before */
  gboolean was_alone;    /* and nothing else was */
};

enum
{
  SIGNAL_ACTIVATE,
  SIGNAL_PRESSED,
  SIGNAL_SORTED,
  SIGNAL_RANGE_CHANGED,
  SIGNAL_MENU,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonTable, baton_table, GTK_TYPE_WIDGET)

/* Cells. */

typedef struct
{
  const BatonResource *resource;
  guint field;
  gboolean names;
} CellFactory;

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const CellFactory *data = user_data;

  gtk_list_item_set_child (item, baton_cell_new (data->resource, data->field));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const CellFactory *data = user_data;
  BatonCell *cell = BATON_CELL (gtk_list_item_get_child (item));

  baton_cell_set_row (cell, gtk_list_item_get_item (item));
  if (data->names)
    baton_cell_label_row (cell);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  baton_cell_set_row (BATON_CELL (gtk_list_item_get_child (item)), NULL);
}

static GtkListItemFactory *
create_factory (BatonTable *self, guint field)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  CellFactory *data = g_new0 (CellFactory, 1);

  data->resource = self->resource;
  data->field = field;
  data->names = g_strcmp0 (self->resource->fields[field].id, self->resource->name) == 0;
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), data);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), data);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), data);
  g_object_set_data_full (G_OBJECT (factory), "baton-data", data, g_free);
  return factory;
}

/* Sorting: GTK 4.8 does not say which header was clicked. Each column has a sorter that notes its
 * own field when asked to compare; comparing two dummies with the view's sorter then finds the
 * column, and the sign its direction. */

typedef struct
{
  BatonTable *self; /* (unowned): owns the columns */
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
create_sorter (BatonTable *self, guint field)
{
  Probe *probe = g_new0 (Probe, 1);

  probe->self = self;
  probe->field = (int) field;
  return GTK_SORTER (gtk_custom_sorter_new (probe_compare_cb, probe, g_free));
}

static void
apply_sort (BatonTable *self, const char *field_id, gboolean descending)
{
  if (self->list != NULL)
    baton_paged_list_set_sort (self->list, field_id, descending);
}

/* Shows the arrow in the header. */
static void
point_header (BatonTable *self, int field, gboolean descending)
{
  self->arranging = TRUE;
  if (field >= 0 && self->columns[field] != NULL)
    gtk_column_view_sort_by_column (self->view, self->columns[field],
                                    descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  self->arranging = FALSE;
}

static void
sorter_changed_cb (BatonTable *self)
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
      && baton_table_get_sort (self, NULL) != self->probed_field)
    order = GTK_ORDERING_LARGER;
  baton_table_set_sort (self, (guint) self->probed_field, order == GTK_ORDERING_LARGER);
}

static void
restore_sort (BatonTable *self)
{
  gboolean descending;
  g_autofree char *id = baton_view_settings_dup_sort (self->settings, &descending);

  point_header (self, baton_table_get_sort (self, NULL), descending);
  apply_sort (self, id, descending);
  g_signal_emit (self, signals[SIGNAL_SORTED], 0);
}

int
baton_table_get_sort (BatonTable *self, gboolean *descending)
{
  g_autofree char *id = NULL;

  g_return_val_if_fail (BATON_IS_TABLE (self), -1);

  id = baton_view_settings_dup_sort (self->settings, descending);
  return id != NULL ? baton_resource_find_field (self->resource, id) : -1;
}

void
baton_table_set_sort (BatonTable *self, guint field, gboolean descending)
{
  const char *id;

  g_return_if_fail (BATON_IS_TABLE (self));
  g_return_if_fail (self->resource->fields[field].flags & BATON_FIELD_SORTABLE);

  id = self->resource->fields[field].id;
  point_header (self, (int) field, descending);
  baton_view_settings_set_sort (self->settings, id, descending);
  apply_sort (self, id, descending);
  g_signal_emit (self, signals[SIGNAL_SORTED], 0);
}

/* Columns. */

static int
column_to_field (BatonTable *self, GtkColumnViewColumn *column)
{
  for (guint i = 0; self->resource->fields[i].id != NULL; i++)
    if (self->columns[i] == column)
      return (int) i;
  return -1;
}

static void
columns_changed_cb (BatonTable *self)
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
show_column (BatonTable *self, guint field, gboolean visible)
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
spread_columns (BatonTable *self)
{
  const BatonField *fields = self->resource->fields;
  gboolean has_long = FALSE;

  for (guint i = 0; fields[i].id != NULL; i++)
    has_long |= fields[i].kind == BATON_FIELD_LONG && baton_table_get_column_visible (self, i);
  for (guint i = 0; fields[i].id != NULL; i++)
    if (self->columns[i] != NULL)
      gtk_column_view_column_set_expand (
          self->columns[i], has_long ? fields[i].kind == BATON_FIELD_LONG
                                     : g_str_equal (fields[i].id, self->resource->name));
}

static void
arrange_columns (BatonTable *self)
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
create_columns (BatonTable *self)
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
      column = gtk_column_view_column_new (_ (field->title), create_factory (self, i));
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

/* What is on screen. */

gboolean
baton_table_get_visible_range (BatonTable *self, guint *first, guint *last)
{
  GtkAdjustment *adjustment;
  double upper, value, page;
  guint n;

  g_return_val_if_fail (BATON_IS_TABLE (self), FALSE);

  n = self->list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0;
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));
  upper = gtk_adjustment_get_upper (adjustment);
  value = gtk_adjustment_get_value (adjustment);
  page = gtk_adjustment_get_page_size (adjustment);
  if (n == 0 || upper <= 0 || page <= 0)
    return FALSE;

  /* All rows are of one height. */
  *first = MIN (n - 1, (guint) floor (value / upper * n));
  *last = MIN (n - 1, (guint)MAX (0.0, ceil ((value + page) / upper * n) - 1));
  return TRUE;
}

static void
range_changed_cb (BatonTable *self)
{
  guint first, last;

  if (self->list == NULL || !baton_table_get_visible_range (self, &first, &last))
    return;
  baton_paged_list_set_visible_range (self->list, first, last);
  g_signal_emit (self, signals[SIGNAL_RANGE_CHANGED], 0);
}

/* Clicks. */

static BatonCell *
pick_cell (BatonTable *self, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT);
  GtkWidget *cell = picked != NULL ? gtk_widget_get_ancestor (picked, BATON_TYPE_CELL) : NULL;

  /* The padding of a cell belongs to the column view's own widget around ours. */
  if (cell == NULL && picked != NULL && BATON_IS_CELL (gtk_widget_get_first_child (picked)))
    cell = gtk_widget_get_first_child (picked);
  return cell != NULL ? BATON_CELL (cell) : NULL;
}

static gboolean
is_selected (BatonTable *self, guint position)
{
  return gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->list), position);
}

/* In GTK 4.8 the row and the cell in it both take a click with Ctrl, and the row is as it was
 * before. Where that happened, it is toggled here; later versions have done so themselves. */
static gboolean
toggle_idle_cb (gpointer user_data)
{
  BatonTable *self = BATON_TABLE (user_data);
  guint position = self->toggled_position;

  self->toggle_source = 0;
  if (self->list == NULL || position >= g_list_model_get_n_items (G_LIST_MODEL (self->list))
      || is_selected (self, position) != self->was_selected)
    return G_SOURCE_REMOVE;
  if (self->was_selected)
    gtk_selection_model_unselect_item (GTK_SELECTION_MODEL (self->list), position);
  else
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->list), position, FALSE);
  return G_SOURCE_REMOVE;
}

static void
primary_pressed_cb (BatonTable *self, int n_press, double x, double y, GtkGesture *gesture)
{
  GdkModifierType state
      = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  BatonCell *cell = pick_cell (self, x, y);
  BatonRow *row = cell != NULL ? baton_cell_get_row (cell) : NULL;

  self->toggled_position = GTK_INVALID_LIST_POSITION;
  self->was_selected = row != NULL && self->list != NULL
                       && is_selected (self, baton_row_get_position (row));
  self->was_alone = self->was_selected && baton_paged_list_get_n_selected (self->list) == 1;
  if (row != NULL && self->list != NULL
      && (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == GDK_CONTROL_MASK)
    self->toggled_position = baton_row_get_position (row);
}

static void
primary_released_cb (BatonTable *self, int n_press, double x, double y, GtkGesture *gesture)
{
  GdkModifierType state
      = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  BatonCell *cell = pick_cell (self, x, y);

  if (cell == NULL)
    return;
  self->current_field = (int) baton_cell_get_field (cell);
  if (self->toggled_position != GTK_INVALID_LIST_POSITION && self->toggle_source == 0)
    self->toggle_source = g_idle_add (toggle_idle_cb, self);
  if (n_press == 1 && !(state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)))
    g_signal_emit (self, signals[SIGNAL_PRESSED], 0, self->was_alone);
}

static void
secondary_pressed_cb (BatonTable *self, int n_press, double x, double y, GtkGesture *gesture)
{
  BatonCell *cell = pick_cell (self, x, y);
  BatonRow *row = cell != NULL ? baton_cell_get_row (cell) : NULL;
  double table_x, table_y;

  if (row == NULL || self->list == NULL)
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  self->current_field = (int) baton_cell_get_field (cell);
  /* The keys go on from here: to the cell's place in the column view, and that lies in the row. */
  gtk_widget_grab_focus (gtk_widget_get_parent (gtk_widget_get_parent (GTK_WIDGET (cell))));
  if (!is_selected (self, baton_row_get_position (row)))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->list), baton_row_get_position (row),
                                     TRUE);
  gtk_widget_translate_coordinates (GTK_WIDGET (self->view), GTK_WIDGET (self), x, y, &table_x,
                                    &table_y);
  g_signal_emit (self, signals[SIGNAL_MENU], 0, table_x, table_y);
}

static void
baton_table_popup_menu (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  BatonTable *self = BATON_TABLE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  double x = 24, y = 48;

  if (focus != NULL && gtk_widget_is_ancestor (focus, widget))
    gtk_widget_translate_coordinates (focus, widget, 24, gtk_widget_get_height (focus) / 2.0, &x,
                                      &y);
  g_signal_emit (self, signals[SIGNAL_MENU], 0, x, y);
}

static void
activate_cb (BatonTable *self, guint position)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0, position);
}

/* The class. */

/* In GTK 4.8 Tab goes from row to row, of which there may be a million. The arrow keys do that; Tab goes on to the next widget. */
static gboolean
baton_table_focus (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean by_tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  if (by_tab && focus != NULL && gtk_widget_is_ancestor (focus, widget))
    return FALSE;
  return GTK_WIDGET_CLASS (baton_table_parent_class)->focus (widget, direction);
}

static gboolean
baton_table_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (BATON_TABLE (widget)->view));
}

static void
baton_table_dispose (GObject *object)
{
  BatonTable *self = BATON_TABLE (object);

  g_clear_handle_id (&self->toggle_source, g_source_remove);
  /* Columns and sorter tell of their end. */
  self->arranging = TRUE;
  /* The model goes first: a column view that is torn down with one warns without end. */
  if (self->view != NULL)
    {
      /* It takes its columns away one by one while it goes. */
      g_signal_handlers_disconnect_by_func (gtk_column_view_get_columns (self->view),
                                            columns_changed_cb, self);
      gtk_column_view_set_model (self->view, NULL);
    }
  g_clear_object (&self->list);
  self->view = NULL;
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (baton_table_parent_class)->dispose (object);
}

static void
baton_table_finalize (GObject *object)
{
  g_free (BATON_TABLE (object)->columns);
  g_free (BATON_TABLE (object)->widths);
  G_OBJECT_CLASS (baton_table_parent_class)->finalize (object);
}

static void
baton_table_class_init (BatonTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = baton_table_dispose;
  object_class->finalize = baton_table_finalize;
  widget_class->focus = baton_table_focus;
  widget_class->grab_focus = baton_table_grab_focus;
  signals[SIGNAL_ACTIVATE]
      = g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_PRESSED]
      = g_signal_new ("pressed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[SIGNAL_SORTED] = g_signal_new ("sorted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_RANGE_CHANGED]
      = g_signal_new ("range-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_MENU]
      = g_signal_new ("menu", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "table.menu", NULL, baton_table_popup_menu);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "table.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "table.menu",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "view.copy-row",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "view.copy-cell", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "view.do-delete", NULL);
}

static void
baton_table_init (BatonTable *self)
{
  GtkGesture *primary = gtk_gesture_click_new ();
  GtkGesture *secondary = gtk_gesture_click_new ();
  GtkAdjustment *adjustment;

  self->current_field = -1;
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "baton-table");
  gtk_column_view_set_reorderable (self->view, TRUE);
  gtk_column_view_set_enable_rubberband (self->view, FALSE);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_max_content_width (GTK_SCROLLED_WINDOW (self->scroller), 520);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->view));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (primary), GDK_BUTTON_PRIMARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (primary), GTK_PHASE_CAPTURE);
  g_signal_connect_object (primary, "pressed", G_CALLBACK (primary_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (primary, "released", G_CALLBACK (primary_released_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (primary));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  /* Before the row sees it: a row that loses a press to another gesture looks pressed ever after.
   */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (secondary), GTK_PHASE_CAPTURE);
  g_signal_connect_object (secondary, "pressed", G_CALLBACK (secondary_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (secondary));
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);

  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (range_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (range_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
baton_table_new (const BatonResource *resource)
{
  BatonTable *self = g_object_new (BATON_TYPE_TABLE, NULL);

  self->resource = resource;
  self->settings = baton_view_settings_new (resource);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (resource->title), -1);
  create_columns (self);
  arrange_columns (self);
  restore_sort (self);
  g_signal_connect_object (gtk_column_view_get_columns (self->view), "items-changed",
                           G_CALLBACK (columns_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (sorter_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

const BatonResource *
baton_table_get_resource (BatonTable *self)
{
  g_return_val_if_fail (BATON_IS_TABLE (self), NULL);

  return self->resource;
}

void
baton_table_set_list (BatonTable *self, BatonPagedList *list)
{
  gboolean descending;
  g_autofree char *sort = NULL;

  g_return_if_fail (BATON_IS_TABLE (self));

  if (self->list == list)
    return;
  gtk_column_view_set_model (self->view, NULL);
  g_set_object (&self->list, list);
  sort = baton_view_settings_dup_sort (self->settings, &descending);
  apply_sort (self, sort, descending);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (list));
}

guint
baton_table_get_current_field (BatonTable *self)
{
  g_return_val_if_fail (BATON_IS_TABLE (self), 0);

  if (self->current_field >= 0)
    return (guint) self->current_field;
  return (guint)MAX (0, baton_resource_find_field (self->resource, self->resource->name));
}

/* The list view inside the column view: it has the rows, and the action that scrolls. */
static GtkWidget *
get_list_view (BatonTable *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->view));

  while (child != NULL && !GTK_IS_LIST_VIEW (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

void
baton_table_scroll_to (BatonTable *self, guint position)
{
  GtkWidget *list;

  g_return_if_fail (BATON_IS_TABLE (self));

  list = get_list_view (self);
  if (list != NULL)
    gtk_widget_activate_action (list, "list.scroll-to-item", "u", position);
}

void
baton_table_tick (BatonTable *self)
{
  GtkWidget *list;

  g_return_if_fail (BATON_IS_TABLE (self));

  list = get_list_view (self);
  for (GtkWidget *row = list != NULL ? gtk_widget_get_first_child (list) : NULL; row != NULL;
       row = gtk_widget_get_next_sibling (row))
    for (GtkWidget *cell = gtk_widget_get_first_child (row); cell != NULL;
         cell = gtk_widget_get_next_sibling (cell))
      {
        GtkWidget *content = gtk_widget_get_first_child (cell);

        if (content != NULL && BATON_IS_CELL (content))
          baton_cell_refresh (BATON_CELL (content));
      }
}

gboolean
baton_table_has_column (BatonTable *self, guint field)
{
  g_return_val_if_fail (BATON_IS_TABLE (self), FALSE);

  return self->columns[field] != NULL;
}

gboolean
baton_table_get_column_visible (BatonTable *self, guint field)
{
  g_return_val_if_fail (BATON_IS_TABLE (self), FALSE);

  return self->columns[field] != NULL && gtk_column_view_column_get_visible (self->columns[field]);
}

void
baton_table_set_column_visible (BatonTable *self, guint field, gboolean visible)
{
  g_return_if_fail (BATON_IS_TABLE (self));

  if (self->columns[field] == NULL)
    return;
  show_column (self, field, visible);
  spread_columns (self);
  baton_view_settings_set_visible (self->settings, self->resource->fields[field].id, visible);
}

void
baton_table_reset_columns (BatonTable *self)
{
  g_return_if_fail (BATON_IS_TABLE (self));

  baton_view_settings_reset (self->settings);
  for (guint i = 0; self->resource->fields[i].id != NULL; i++)
    if (self->columns[i] != NULL)
      gtk_column_view_column_set_fixed_width (self->columns[i],
                                              get_width (&self->resource->fields[i]));
  arrange_columns (self);
  restore_sort (self);
}
