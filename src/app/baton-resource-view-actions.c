/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-asset-window.h"
#include "baton-batch-question.h"
#include "baton-batch-window.h"
#include "baton-clipboard.h"
#include "baton-permission-text.h"
#include "baton-queue-item-window.h"
#include "baton-record-copy.h"
#include "baton-resource-view-private.h"
#include "baton-row-menu.h"
#include "baton-start-job-window.h"
#include "baton-value-text.h"
#include "baton-workspace.h"

static GtkWindow *
get_window (BatonResourceView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
show_toast (BatonResourceView *self, const char *text)
{
  GtkWidget *workspace = gtk_widget_get_ancestor (GTK_WIDGET (self), BATON_TYPE_WORKSPACE);
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  /* A toast reads markup in libadwaita 1.2. */
  if (workspace != NULL)
    baton_workspace_add_toast (BATON_WORKSPACE (workspace), adw_toast_new (escaped));
}

static const BatonAction *
find_action (BatonResourceView *self, const char *id)
{
  for (const BatonAction *action = self->resource->actions;
       action != NULL && action->id != NULL; action++)
    if (g_str_equal (action->id, id))
      return action;
  return NULL;
}

/* Doing. */

/* The records among those selected that @action fits. Returns: (transfer full). */
static GPtrArray *
dup_fitting (BatonResourceView *self, const BatonAction *action)
{
  GPtrArray *fitting = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_record_unref);

  for (guint i = 0; i < self->selected->len; i++)
    {
      BatonRecord *record = g_ptr_array_index (self->selected, i);

      if (action->applies == NULL || action->applies (record))
        g_ptr_array_add (fitting, baton_record_ref (record));
    }
  return fitting;
}

static void
retried_cb (BatonResourceView *self)
{
  _baton_resource_view_refresh (self, BATON_PRIORITY_USER);
}

static void
finished_cb (BatonResourceView *self, BatonBatch *batch)
{
  guint n = baton_batch_get_length (batch);

  _baton_resource_view_refresh (self, BATON_PRIORITY_USER);
  if (n == 1 && baton_batch_get_state (batch, 0) == BATON_BATCH_DONE)
    {
      /* TRANSLATORS: what was done, and to what: "Stop: Invoice_Posting" */
      g_autofree char *text
          = g_strdup_printf (_("%s: %s"), _(baton_batch_get_action (batch)->label),
                             baton_record_get_name (baton_batch_get_record (batch, 0)));

      show_toast (self, text);
    }
  else if (n == 1)
    {
      /* Once more is one click away in the window that says why it failed. */
      g_signal_handlers_disconnect_by_func (batch, finished_cb, self);
      g_signal_connect_object (batch, "finished", G_CALLBACK (retried_cb), self, G_CONNECT_SWAPPED);
      gtk_window_present (baton_batch_window_new (get_window (self), batch));
    }
}

static void
run (BatonResourceView *self, BatonBatch *batch)
{
  g_signal_connect_object (batch, "finished", G_CALLBACK (finished_cb), self, G_CONNECT_SWAPPED);
  if (baton_batch_get_length (batch) > 1)
    gtk_window_present (baton_batch_window_new (get_window (self), batch));
  baton_batch_run (batch);
}

/* The question outlives a switch of pages. */
static void
agreed_cb (gpointer view, gpointer batch)
{
  BatonResourceView *self = view;

  if (self->connection != NULL)
    run (self, batch);
}

static void
form_done_cb (BatonResourceView *self, const char *message)
{
  show_toast (self, message);
  _baton_resource_view_refresh (self, BATON_PRIORITY_USER);
}

static void
open_form (BatonResourceView *self, const BatonAction *action)
{
  BatonRecord *record = action->needs_row && self->selected->len > 0
                            ? g_ptr_array_index (self->selected, 0)
                            : NULL;
  GtkWindow *window = NULL;

  if (g_str_equal (action->form, "start-job"))
    window = baton_start_job_window_new (get_window (self), self->connection, self->folder, record);
  else if (g_str_equal (action->form, "add-queue-item"))
    window = baton_queue_item_window_new (get_window (self), self->connection, self->folder, record);
  else if (g_str_equal (action->form, "asset"))
    window = baton_asset_window_new (get_window (self), self->connection, self->folder, record);
  g_return_if_fail (window != NULL);

  g_signal_connect_object (window, "done", G_CALLBACK (form_done_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (window);
}

void
_baton_resource_view_do (BatonResourceView *self, const BatonAction *action)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (BatonBatch) batch = NULL;

  if (self->connection == NULL)
    return;
  if (action->form != NULL)
    {
      open_form (self, action);
      return;
    }
  records = dup_fitting (self, action);
  if (records->len == 0)
    return;
  batch = baton_batch_new (self->connection, action, records, self->folder);
  if (action->destructive || action->question != NULL || records->len > 1)
    baton_batch_question_ask (get_window (self), self->resource, batch, self->n_selected, self,
                              agreed_cb);
  else
    run (self, batch);
}

/* Actions. */

static void
do_cb (GSimpleAction *simple, GVariant *parameter, gpointer user_data)
{
  BatonResourceView *self = BATON_RESOURCE_VIEW (user_data);
  const BatonAction *action
      = find_action (self, g_action_get_name (G_ACTION (simple)) + strlen ("do-"));

  if (action != NULL)
    _baton_resource_view_do (self, action);
}

static void
refresh_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  _baton_resource_view_refresh (BATON_RESOURCE_VIEW (user_data), BATON_PRIORITY_USER);
}

static void
search_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  baton_list_bar_focus_search (BATON_RESOURCE_VIEW (user_data)->bar);
}

static void
clear_filters_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  baton_list_bar_clear (BATON_RESOURCE_VIEW (user_data)->bar);
}

static void
copy (BatonResourceView *self, const char *text)
{
  baton_clipboard_copy (GTK_WIDGET (self), text);
  show_toast (self, _("Copied"));
}

static void
copy_row_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BatonResourceView *self = BATON_RESOURCE_VIEW (user_data);
  g_autofree char *text
      = baton_record_copy_rows (self->selected, baton_table_get_columns (self->table));

  copy (self, text);
}

static void
copy_cell_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BatonResourceView *self = BATON_RESOURCE_VIEW (user_data);
  g_autofree char *value = NULL;

  if (self->selected->len == 0)
    return;
  value = baton_value_dup_raw (g_ptr_array_index (self->selected, 0),
                               baton_table_get_current_field (self->table));
  copy (self, value);
}

static void
copy_json_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BatonResourceView *self = BATON_RESOURCE_VIEW (user_data);
  g_autofree char *text = NULL;

  if (self->selected->len == 1)
    text = baton_detail_pane_dup_json (self->details);
  if (text == NULL)
    text = baton_record_copy_json (self->selected);
  copy (self, text);
}

/* Without the access token. */
static void
copy_request (BatonResourceView *self, BatonRequest *request)
{
  g_autofree char *curl = baton_request_to_curl (
      request, baton_account_get_deployment (baton_connection_get_account (self->connection)), NULL);

  copy (self, curl);
}

static void
copy_curl_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BatonResourceView *self = BATON_RESOURCE_VIEW (user_data);
  g_autoptr (BatonRequest) request = NULL;

  if (self->list == NULL)
    return;
  request = baton_paged_list_dup_request (self->list);
  copy_request (self, request);
}

/* The request that reads the record with all there is of it. */
static void
copy_row_curl_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BatonResourceView *self = BATON_RESOURCE_VIEW (user_data);
  g_autoptr (BatonRequest) request = NULL;

  if (self->selected->len != 1)
    return;
  request = baton_resource_make_detail_request (
      self->resource, g_ptr_array_index (self->selected, 0), self->folder);
  if (request != NULL)
    copy_request (self, request);
}

static void
open_details_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BatonResourceView *self = BATON_RESOURCE_VIEW (user_data);

  self->details_wanted = TRUE;
  _baton_resource_view_show_details (self, TRUE);
}

static void
close_details_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BatonResourceView *self = BATON_RESOURCE_VIEW (user_data);

  if (!adw_flap_get_folded (self->flap))
    self->details_wanted = FALSE;
  _baton_resource_view_show_details (self, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->table));
}

static void
follow_link_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BatonResourceView *self = BATON_RESOURCE_VIEW (user_data);
  guint place = g_variant_get_uint32 (parameter);
  BatonRecord *record = baton_detail_pane_get_record (self->details);
  const BatonLink *link = &self->resource->links[place];
  g_autofree char *filter = record != NULL ? link->make_filter (record) : NULL;
  g_autofree char *label = NULL;
  gint64 folder;

  if (filter == NULL)
    return;
  /* TRANSLATORS: the filter of a link, and the record it comes from: "Logs of this job: Invoice_Posting" */
  label = g_strdup_printf (_("%s: %s"), _(link->label), baton_record_get_name (record));
  folder = baton_record_get_folder (record);
  gtk_widget_activate_action (GTK_WIDGET (self), "workspace.follow-link", "(sssx)", link->resource,
                              filter, label, folder != 0 ? folder : self->folder);
}

static void
select_all_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BatonResourceView *self = BATON_RESOURCE_VIEW (user_data);

  if (self->list != NULL)
    gtk_selection_model_select_all (GTK_SELECTION_MODEL (self->list));
}

static void
unselect_all_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BatonResourceView *self = BATON_RESOURCE_VIEW (user_data);

  if (self->list != NULL)
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->list));
}

static void
reset_columns_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BatonResourceView *self = BATON_RESOURCE_VIEW (user_data);

  baton_columns_reset (baton_table_get_columns (self->table));
  baton_list_bar_update_columns (self->bar);
}

void
_baton_resource_view_create_actions (BatonResourceView *self)
{
  static const GActionEntry entries[] = {
    { "refresh", refresh_cb },
    { "search", search_cb },
    { "clear-filters", clear_filters_cb },
    { "copy-row", copy_row_cb },
    { "copy-cell", copy_cell_cb },
    { "copy-json", copy_json_cb },
    { "copy-curl", copy_curl_cb },
    { "copy-row-curl", copy_row_curl_cb },
    { "open-details", open_details_cb },
    { "close-details", close_details_cb },
    { "follow-link", follow_link_cb, "u" },
    { "select-all", select_all_cb },
    { "unselect-all", unselect_all_cb },
    { "reset-columns", reset_columns_cb },
  };

  /* The group belongs to the view and goes with it. */
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  for (const BatonAction *action = self->resource->actions;
       action != NULL && action->id != NULL; action++)
    {
      g_autofree char *name = g_strdup_printf ("do-%s", action->id);
      g_autoptr (GSimpleAction) simple = g_simple_action_new (name, NULL);

      g_signal_connect_object (simple, "activate", G_CALLBACK (do_cb), self, 0);
      g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (simple));
    }
}

static void
set_enabled (BatonResourceView *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  if (action != NULL)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static gboolean
is_possible (BatonResourceView *self, const BatonAction *action)
{
  g_autofree char *lacks = NULL;

  if (self->connection == NULL || _baton_resource_view_needs_folder (self))
    return FALSE;
  lacks = baton_permission_text (self->connection, self->resource, action);
  if (lacks != NULL)
    return FALSE;
  if (!action->needs_row)
    return TRUE;
  /* A form is about one record. */
  if (action->form != NULL && self->n_selected != 1)
    return FALSE;
  for (guint i = 0; i < self->selected->len; i++)
    if (action->applies == NULL || action->applies (g_ptr_array_index (self->selected, i)))
      return TRUE;
  return FALSE;
}

void
_baton_resource_view_update_actions (BatonResourceView *self)
{
  gboolean any = self->selected->len > 0;

  set_enabled (self, "copy-row", any);
  set_enabled (self, "copy-cell", any);
  set_enabled (self, "copy-json", any);
  set_enabled (self, "copy-curl", self->list != NULL);
  set_enabled (self, "copy-row-curl",
               self->n_selected == 1 && any && self->resource->detail_path != NULL);
  set_enabled (self, "refresh", self->list != NULL);
  set_enabled (self, "select-all", self->list != NULL);
  set_enabled (self, "unselect-all", self->n_selected > 0);
  set_enabled (self, "clear-filters", baton_resource_view_is_filtered (self));
  for (const BatonAction *action = self->resource->actions;
       action != NULL && action->id != NULL; action++)
    {
      g_autofree char *name = g_strdup_printf ("do-%s", action->id);

      set_enabled (self, name, is_possible (self, action));
    }
  baton_list_bar_update_permissions (self->bar, self->connection);
}

/* The context menu. */

static gboolean
drop_menu_cb (gpointer user_data)
{
  BatonResourceView *self = BATON_RESOURCE_VIEW (user_data);

  g_clear_pointer (&self->context_menu, gtk_widget_unparent);
  return G_SOURCE_REMOVE;
}

/* The action of an item runs after its menu closed: the menu goes in an idle. The keys go back to the row. */
static void
menu_closed_cb (BatonResourceView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->table));
  g_idle_add_full (G_PRIORITY_LOW, drop_menu_cb, g_object_ref (self), g_object_unref);
}

void
_baton_resource_view_popup_menu (BatonResourceView *self, double x, double y)
{
  g_autoptr (GMenuModel) menu = NULL;
  GdkRectangle place = { 0, 0, 1, 1 };
  double view_x, view_y;

  if (self->list == NULL || baton_paged_list_get_n_selected (self->list) == 0)
    return;
  gtk_widget_translate_coordinates (GTK_WIDGET (self->table), GTK_WIDGET (self), x, y, &view_x,
                                    &view_y);
  place.x = (int) view_x;
  place.y = (int) view_y;
  g_clear_pointer (&self->context_menu, gtk_widget_unparent);
  menu = baton_row_menu_new (self->resource, self->connection,
                             baton_table_get_current_field (self->table));
  self->context_menu = gtk_popover_menu_new_from_model (menu);
  gtk_widget_set_parent (self->context_menu, GTK_WIDGET (self));
  gtk_popover_set_has_arrow (GTK_POPOVER (self->context_menu), FALSE);
  gtk_widget_set_halign (self->context_menu, GTK_ALIGN_START);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->context_menu), &place);
  g_signal_connect_object (self->context_menu, "closed", G_CALLBACK (menu_closed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_popover_popup (GTK_POPOVER (self->context_menu));
}
