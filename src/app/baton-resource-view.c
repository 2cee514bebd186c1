/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-error.h"
#include "baton-resource-view-private.h"

/* Milliseconds before a table that was shown gives way to the page that says "Loading": most answers come sooner. */
#define LOADING_DELAY 350
/* Pixels: of the detail pane beside the table. */
#define DETAIL_WIDTH 360

enum
{
  SIGNAL_COUNT_CHANGED,
  SIGNAL_FOLDER_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonResourceView, baton_resource_view, GTK_TYPE_WIDGET)

gboolean
_baton_resource_view_needs_folder (BatonResourceView *self)
{
  return self->resource->scope == BATON_SCOPE_FOLDER && self->folder == 0;
}

static guint
get_n_rows (BatonResourceView *self)
{
  return self->list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0;
}

static const GError *
get_error (BatonResourceView *self)
{
  return self->list != NULL ? baton_paged_list_get_error (self->list) : NULL;
}

gboolean
baton_resource_view_is_filtered (BatonResourceView *self)
{
  g_return_val_if_fail (BATON_IS_RESOURCE_VIEW (self), FALSE);

  return baton_list_bar_is_filtered (self->bar);
}

static void
update_status (BatonResourceView *self)
{
  baton_list_status_update (self->status, self->list, self->table, self->n_selected);
}

/* The page that is shown. */

static const char *
find_state (BatonResourceView *self)
{
  if (_baton_resource_view_needs_folder (self))
    return "folder";
  if (get_n_rows (self) > 0)
    return "table";
  if (get_error (self) != NULL)
    return "error";
  if (self->list != NULL && baton_paged_list_get_total (self->list) == 0
      && !baton_paged_list_get_loading (self->list))
    return "empty";
  return "loading";
}

static void
show_state (BatonResourceView *self, const char *state)
{
  gboolean folder = g_str_equal (state, "folder");
  g_autofree char *summary = baton_list_bar_dup_summary (self->bar);

  g_clear_handle_id (&self->state_source, g_source_remove);
  if (g_str_equal (state, "empty"))
    baton_list_pages_set_empty (self->pages, summary);
  else if (g_str_equal (state, "error"))
    baton_list_pages_set_error (self->pages, get_error (self));
  baton_list_pages_show (self->pages, state);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), !folder);
  gtk_widget_set_visible (GTK_WIDGET (self->status), !folder && !g_str_equal (state, "error"));
}

static gboolean
state_timeout_cb (gpointer user_data)
{
  BatonResourceView *self = BATON_RESOURCE_VIEW (user_data);

  self->state_source = 0;
  show_state (self, find_state (self));
  return G_SOURCE_REMOVE;
}

static void
update_state (BatonResourceView *self)
{
  const char *state = find_state (self);

  baton_list_status_set_error (self->status, get_error (self));
  update_status (self);
  if (g_str_equal (state, "loading")
      && g_strcmp0 (baton_list_pages_get_shown (self->pages), "table") == 0)
    {
      if (self->state_source == 0)
        self->state_source = g_timeout_add (LOADING_DELAY, state_timeout_cb, self);
      return;
    }
  show_state (self, state);
}

static void
total_changed_cb (BatonResourceView *self)
{
  update_state (self);
  g_signal_emit (self, signals[SIGNAL_COUNT_CHANGED], 0);
}

/* What is selected. */

static gboolean
selection_idle_cb (gpointer user_data)
{
  BatonResourceView *self = BATON_RESOURCE_VIEW (user_data);

  self->selection_source = 0;
  g_ptr_array_unref (self->selected);
  self->selected = self->list != NULL ? baton_paged_list_dup_selected (self->list)
                                      : g_ptr_array_new ();
  self->n_selected = self->list != NULL ? baton_paged_list_get_n_selected (self->list) : 0;
  baton_detail_pane_set_selection (self->details,
                                   self->n_selected == 1 && self->selected->len == 1
                                       ? g_ptr_array_index (self->selected, 0)
                                       : NULL,
                                   self->n_selected, self->folder);
  if (self->n_selected == 0)
    _baton_resource_view_show_details (self, FALSE);
  _baton_resource_view_update_actions (self);
  update_status (self);
  return G_SOURCE_REMOVE;
}

static void
selection_changed_cb (BatonResourceView *self)
{
  if (self->selection_source == 0)
    self->selection_source = g_idle_add (selection_idle_cb, self);
}

/* The detail pane. */

void
_baton_resource_view_show_details (BatonResourceView *self, gboolean shown)
{
  self->details_shown = shown;
  adw_flap_set_reveal_flap (self->flap, shown);
}

static void
flap_changed_cb (BatonResourceView *self)
{
  gboolean folded = adw_flap_get_folded (self->flap);

  /* Folded, the pane is a page of its own. */
  gtk_widget_set_hexpand (GTK_WIDGET (self->detail_box), folded);
  self->details_shown = adw_flap_get_reveal_flap (self->flap);
}

/* A pane that was closed stays so for other rows; a second click on the same row asks for it. */
static void
pressed_cb (BatonResourceView *self, gboolean again)
{
  if (again)
    self->details_wanted = TRUE;
  if (self->details_wanted || adw_flap_get_folded (self->flap))
    _baton_resource_view_show_details (self, TRUE);
}

static void
activate_cb (BatonResourceView *self, guint position)
{
  if (self->list != NULL
      && !gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->list), position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->list), position, TRUE);
  self->details_wanted = TRUE;
  _baton_resource_view_show_details (self, TRUE);
}

static void
menu_cb (BatonResourceView *self, double x, double y)
{
  _baton_resource_view_popup_menu (self, x, y);
}

/* What is asked for. */

static void
ask (BatonResourceView *self)
{
  g_autofree char *filter = baton_list_bar_dup_filter (self->bar);

  baton_paged_list_set_filter (self->list, filter);
  baton_paged_list_set_search (self->list, baton_list_bar_get_search (self->bar));
}

static void
asked_cb (BatonResourceView *self)
{
  if (self->list != NULL)
    ask (self);
  _baton_resource_view_update_actions (self);
}

static void
bar_left_cb (BatonResourceView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->table));
}

static void
folder_chosen_cb (BatonResourceView *self, BatonFolder *folder)
{
  g_signal_emit (self, signals[SIGNAL_FOLDER_CHOSEN], 0, folder);
}

/* Refreshing. */

void
_baton_resource_view_refresh (BatonResourceView *self, BatonPriority priority)
{
  if (self->list == NULL || _baton_resource_view_needs_folder (self))
    return;
  self->asked_at = g_get_monotonic_time ();
  baton_paged_list_refresh (self->list, priority);
  if (self->details_shown && priority == BATON_PRIORITY_USER)
    baton_detail_pane_reload (self->details);
}

static gboolean
may_refresh_by_itself (BatonResourceView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gint64 interval;

  if (!self->resource->live || self->list == NULL || baton_paged_list_get_loading (self->list)
      || !g_settings_get_boolean (self->settings, "auto-refresh"))
    return FALSE;
  /* What nobody looks at is not asked for; and a menu that is open stays as it is. */
  if (!GTK_IS_WINDOW (root) || !gtk_window_is_active (GTK_WINDOW (root))
      || self->context_menu != NULL)
    return FALSE;
  interval = (gint64) g_settings_get_uint (self->settings, "auto-refresh-interval") * G_USEC_PER_SEC;
  return g_get_monotonic_time () - self->asked_at >= interval;
}

static gboolean
tick_cb (gpointer user_data)
{
  BatonResourceView *self = BATON_RESOURCE_VIEW (user_data);

  update_status (self);
  if (self->resource->live)
    baton_table_tick (self->table);
  if (may_refresh_by_itself (self))
    _baton_resource_view_refresh (self, BATON_PRIORITY_BACKGROUND);
  return G_SOURCE_CONTINUE;
}

static void
permissions_changed_cb (BatonResourceView *self)
{
  baton_detail_pane_update_permissions (self->details);
  _baton_resource_view_update_actions (self);
}

/* The list. */

static void
drop_list (BatonResourceView *self)
{
  g_clear_handle_id (&self->selection_source, g_source_remove);
  if (self->list == NULL)
    return;
  if (self->table != NULL)
    baton_table_set_list (self->table, NULL);
  g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_object (&self->list);
}

static void
create_list (BatonResourceView *self)
{
  drop_list (self);
  if (self->connection == NULL)
    return;
  self->list = baton_paged_list_new (self->connection, self->resource);
  baton_paged_list_set_folder (self->list, self->folder);
  ask (self);
  g_signal_connect_object (self->list, "notify::total", G_CALLBACK (total_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "notify::loading", G_CALLBACK (update_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "notify::error", G_CALLBACK (update_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "notify::updated-at", G_CALLBACK (selection_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (update_state), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->list, "selection-changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  self->asked_at = g_get_monotonic_time ();
}

/* A folder that was not chosen is not asked for: the list is made when it is. */
static void
restart (BatonResourceView *self)
{
  if (_baton_resource_view_needs_folder (self))
    {
      drop_list (self);
    }
  else
    {
      create_list (self);
      if (self->list != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
        baton_table_set_list (self->table, self->list);
    }
  selection_changed_cb (self);
  _baton_resource_view_update_actions (self);
  update_state (self);
}

/* The class. */

static void
baton_resource_view_map (GtkWidget *widget)
{
  BatonResourceView *self = BATON_RESOURCE_VIEW (widget);

  GTK_WIDGET_CLASS (baton_resource_view_parent_class)->map (widget);
  /* The list asks for its rows once somebody looks. */
  if (self->list != NULL)
    baton_table_set_list (self->table, self->list);
  if (self->tick_source == 0)
    self->tick_source = g_timeout_add_seconds (1, tick_cb, self);
}

static void
baton_resource_view_unmap (GtkWidget *widget)
{
  BatonResourceView *self = BATON_RESOURCE_VIEW (widget);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  GTK_WIDGET_CLASS (baton_resource_view_parent_class)->unmap (widget);
}

/* By Tab from child to child. Otherwise the way back ends in grab_focus(), and leads nowhere. */
static gboolean
baton_resource_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return gtk_widget_child_focus (GTK_WIDGET (BATON_RESOURCE_VIEW (widget)->flap), direction);
}

static gboolean
baton_resource_view_grab_focus (GtkWidget *widget)
{
  BatonResourceView *self = BATON_RESOURCE_VIEW (widget);

  if (_baton_resource_view_needs_folder (self))
    return baton_list_pages_focus_folders (self->pages);
  return gtk_widget_grab_focus (GTK_WIDGET (self->table));
}

static void
baton_resource_view_dispose (GObject *object)
{
  BatonResourceView *self = BATON_RESOURCE_VIEW (object);

  g_clear_handle_id (&self->selection_source, g_source_remove);
  g_clear_handle_id (&self->state_source, g_source_remove);
  g_clear_handle_id (&self->tick_source, g_source_remove);
  drop_list (self);
  g_clear_pointer (&self->context_menu, gtk_widget_unparent);
  if (self->connection != NULL)
    g_signal_handlers_disconnect_by_data (self->connection, self);
  g_clear_object (&self->connection);
  gtk_widget_dispose_template (GTK_WIDGET (self), BATON_TYPE_RESOURCE_VIEW);
  self->table = NULL;
  g_clear_object (&self->actions);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (baton_resource_view_parent_class)->dispose (object);
}

static void
baton_resource_view_finalize (GObject *object)
{
  g_ptr_array_unref (BATON_RESOURCE_VIEW (object)->selected);
  G_OBJECT_CLASS (baton_resource_view_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-resource-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonResourceView, flap);
  gtk_widget_class_bind_template_child (widget_class, BatonResourceView, bar);
  gtk_widget_class_bind_template_child (widget_class, BatonResourceView, pages);
  gtk_widget_class_bind_template_child (widget_class, BatonResourceView, status);
  gtk_widget_class_bind_template_child (widget_class, BatonResourceView, detail_box);
  gtk_widget_class_bind_template_callback (widget_class, flap_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, asked_cb);
  gtk_widget_class_bind_template_callback (widget_class, bar_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, folder_chosen_cb);
}

static void
baton_resource_view_class_init (BatonResourceViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_resource_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_resource_view_finalize;
  widget_class->map = baton_resource_view_map;
  widget_class->unmap = baton_resource_view_unmap;
  widget_class->focus = baton_resource_view_focus;
  widget_class->grab_focus = baton_resource_view_grab_focus;
  signals[SIGNAL_COUNT_CHANGED]
      = g_signal_new ("count-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FOLDER_CHOSEN]
      = g_signal_new ("folder-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, BATON_TYPE_FOLDER);
  g_type_ensure (BATON_TYPE_LIST_BAR);
  g_type_ensure (BATON_TYPE_LIST_PAGES);
  g_type_ensure (BATON_TYPE_LIST_STATUS);
  bind_template (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "view.close-details", NULL);
}

static void
baton_resource_view_init (BatonResourceView *self)
{
  self->selected = g_ptr_array_new ();
  self->details_wanted = TRUE;
  self->settings = g_settings_new (APPLICATION_ID);
  self->actions = g_simple_action_group_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "view", G_ACTION_GROUP (self->actions));
}

GtkWidget *
baton_resource_view_new (const BatonResource *resource)
{
  BatonResourceView *self = g_object_new (BATON_TYPE_RESOURCE_VIEW, NULL);

  self->resource = resource;
  self->table = BATON_TABLE (baton_table_new (resource));
  baton_list_pages_set_table (self->pages, resource, GTK_WIDGET (self->table));
  /* Typed around the table: its own keys, Delete and the menu's, come first. */
  baton_list_bar_set_up (self->bar, baton_table_get_columns (self->table),
                         G_ACTION_MAP (self->actions),
                         gtk_widget_get_parent (GTK_WIDGET (self->table)));
  g_signal_connect_object (self->table, "pressed", G_CALLBACK (pressed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "menu", G_CALLBACK (menu_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "range-changed", G_CALLBACK (update_status), self,
                           G_CONNECT_SWAPPED);

  self->details = BATON_DETAIL_PANE (baton_detail_pane_new (resource));
  gtk_widget_set_hexpand (GTK_WIDGET (self->details), TRUE);
  gtk_widget_set_size_request (GTK_WIDGET (self->detail_box), DETAIL_WIDTH - 10, -1);
  gtk_box_append (self->detail_box, GTK_WIDGET (self->details));
  flap_changed_cb (self);

  _baton_resource_view_create_actions (self);
  _baton_resource_view_update_actions (self);
  update_state (self);
  return GTK_WIDGET (self);
}

/* Nobody has to ask for what only the network kept away. */
static void
offline_changed_cb (BatonResourceView *self)
{
  gboolean offline = FALSE;
  const GError *error = get_error (self);

  g_object_get (baton_connection_get_pipeline (self->connection), "offline", &offline, NULL);
  if (!offline
      && (g_error_matches (error, BATON_ERROR, BATON_ERROR_NO_NETWORK) || g_error_matches (error, BATON_ERROR, BATON_ERROR_TIMED_OUT)))
    _baton_resource_view_refresh (self, BATON_PRIORITY_BACKGROUND);
}

void
baton_resource_view_set_connection (BatonResourceView *self, BatonConnection *connection)
{
  g_return_if_fail (BATON_IS_RESOURCE_VIEW (self));

  if (self->connection == connection)
    return;
  if (self->connection != NULL)
    {
      g_signal_handlers_disconnect_by_data (baton_connection_get_pipeline (self->connection), self);
      g_signal_handlers_disconnect_by_data (self->connection, self);
    }
  g_set_object (&self->connection, connection);
  baton_list_pages_set_connection (self->pages, connection);
  baton_detail_pane_set_connection (self->details, connection);
  if (connection != NULL)
    {
      g_signal_connect_object (connection, "notify::permissions",
                               G_CALLBACK (permissions_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (baton_connection_get_pipeline (connection), "notify::offline",
                               G_CALLBACK (offline_changed_cb), self, G_CONNECT_SWAPPED);
    }
  permissions_changed_cb (self);
  restart (self);
}

void
baton_resource_view_set_folder (BatonResourceView *self, gint64 folder)
{
  g_return_if_fail (BATON_IS_RESOURCE_VIEW (self));

  if (self->resource->scope == BATON_SCOPE_TENANT)
    folder = 0;
  if (self->folder == folder)
    return;
  self->folder = folder;
  restart (self);
}

void
baton_resource_view_set_link (BatonResourceView *self, const char *filter, const char *label)
{
  g_return_if_fail (BATON_IS_RESOURCE_VIEW (self));

  baton_list_bar_set_link (self->bar, filter, label);
}

void
baton_resource_view_set_narrow (BatonResourceView *self, gboolean narrow)
{
  g_return_if_fail (BATON_IS_RESOURCE_VIEW (self));

  baton_list_bar_set_narrow (self->bar, narrow);
}

const BatonResource *
baton_resource_view_get_resource (BatonResourceView *self)
{
  g_return_val_if_fail (BATON_IS_RESOURCE_VIEW (self), NULL);

  return self->resource;
}

GActionGroup *
baton_resource_view_get_actions (BatonResourceView *self)
{
  g_return_val_if_fail (BATON_IS_RESOURCE_VIEW (self), NULL);

  return G_ACTION_GROUP (self->actions);
}

BatonPagedList *
baton_resource_view_get_list (BatonResourceView *self)
{
  g_return_val_if_fail (BATON_IS_RESOURCE_VIEW (self), NULL);

  return self->list;
}

gint64
baton_resource_view_get_total (BatonResourceView *self)
{
  g_return_val_if_fail (BATON_IS_RESOURCE_VIEW (self), -1);

  return self->list != NULL ? baton_paged_list_get_total (self->list) : -1;
}

const char *
baton_resource_view_get_state (BatonResourceView *self)
{
  g_return_val_if_fail (BATON_IS_RESOURCE_VIEW (self), NULL);

  return find_state (self);
}
