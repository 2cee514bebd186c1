/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include <glib/gi18n.h>

#include "baton-cell.h"
#include "baton-table.h"

struct _BatonTable
{
  GtkWidget parent_instance;

  const BatonResource *resource;
  BatonPagedList *list; /* (owned) (nullable) */

  GtkWidget *scroller;
  GtkColumnView *view;
  BatonColumns *columns; /* (owned) */
  int current_field;     /* -1: none was clicked */

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
  SIGNAL_RANGE_CHANGED,
  SIGNAL_MENU,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonTable, baton_table, GTK_TYPE_WIDGET)

static void
apply_sort (BatonTable *self)
{
  gboolean descending;
  int field = baton_columns_get_sort (self->columns, &descending);

  if (self->list != NULL)
    baton_paged_list_set_sort (self->list, field >= 0 ? self->resource->fields[field].id : NULL,
                               descending);
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
  /* The model goes first: a column view that is torn down with one warns without end. */
  if (self->view != NULL)
    {
      baton_columns_freeze (self->columns);
      gtk_column_view_set_model (self->view, NULL);
    }
  g_clear_object (&self->list);
  self->view = NULL;
  g_clear_pointer (&self->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (baton_table_parent_class)->dispose (object);
}

static void
baton_table_finalize (GObject *object)
{
  g_object_unref (BATON_TABLE (object)->columns);
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
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (resource->title), -1);
  self->columns = baton_columns_new (self->view, resource);
  g_signal_connect_object (self->columns, "sorted", G_CALLBACK (apply_sort), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

BatonColumns *
baton_table_get_columns (BatonTable *self)
{
  g_return_val_if_fail (BATON_IS_TABLE (self), NULL);

  return self->columns;
}

void
baton_table_set_list (BatonTable *self, BatonPagedList *list)
{
  g_return_if_fail (BATON_IS_TABLE (self));

  if (self->list == list)
    return;
  gtk_column_view_set_model (self->view, NULL);
  g_set_object (&self->list, list);
  apply_sort (self);
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
