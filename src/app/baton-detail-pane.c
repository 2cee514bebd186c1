/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-detail-pane.h"
#include "baton-error-text.h"
#include "baton-json.h"
#include "baton-permission-text.h"
#include "baton-property-list.h"
#include "baton-property.h"
#include "baton-value-text.h"

/* Milliseconds: walking through rows with the arrow keys does not fetch each on the way. */
#define FETCH_DELAY 150
#define ACTIONS_IN_LINE 3

struct _BatonDetailPane
{
  GtkWidget parent_instance;

  const BatonResource *resource;
  BatonConnection *connection; /* (owned) (nullable) */

  BatonRecord *listed; /* (owned) (nullable): as the list has it */
  BatonRecord *full;   /* (owned) (nullable): as fetched by key */
  char *json;          /* (owned) (nullable): the whole answer */
  GError *error;       /* (owned) (nullable): why it could not be fetched */
  gint64 folder;
  guint64 n_selected;
  guint fetch_source;
  GCancellable *cancellable; /* (owned) (nullable): of the fetch that runs */

  GtkWidget *content;
  GtkLabel *title;
  GtkSpinner *spinner;
  GtkToggleButton *json_button;
  GtkStack *stack;
  AdwStatusPage *none;
  GtkWidget *scroller;
  GtkBox *properties;
  GtkWidget *failure; /* (unowned) (nullable): above the list */
  BatonPropertyList *list;
  GtkBox *json_box;
  GtkGrid *actions; /* a flow box does not tell assistive technology of what is in it */
};

G_DEFINE_FINAL_TYPE (BatonDetailPane, baton_detail_pane, GTK_TYPE_WIDGET)

/* What comes from the worker thread. */
typedef struct
{
  BatonRecord *record;
  char *json;
} Detail;

static void
detail_free (gpointer data)
{
  Detail *detail = data;

  baton_record_unref (detail->record);
  g_free (detail->json);
  g_free (detail);
}

static gpointer
decode_detail (JsonNode *root, gpointer data, GError **error)
{
  JsonObject *object = baton_json_require_root_object (root, error);
  BatonRecord *record = object != NULL ? baton_record_new (data, object, error) : NULL;
  Detail *detail;

  if (record == NULL)
    return NULL;
  detail = g_new0 (Detail, 1);
  detail->record = record;
  detail->json = baton_json_to_text (root, TRUE);
  return detail;
}

/* What is shown. */

static void
clear_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static void
add_error (BatonDetailPane *self)
{
  g_autoptr (BatonErrorText) text
      = baton_error_text_new (self->error, _("The details could not be loaded"));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = gtk_label_new (text->title);
  GtkWidget *body = gtk_label_new (text->body);
  GtkWidget *retry = gtk_button_new_with_label (_("Try again"));

  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "error");
  gtk_label_set_wrap (GTK_LABEL (body), TRUE);
  gtk_label_set_xalign (GTK_LABEL (body), 0);
  gtk_widget_set_tooltip_text (body, text->technical);
  gtk_widget_set_halign (retry, GTK_ALIGN_START);
  g_signal_connect_object (retry, "clicked", G_CALLBACK (baton_detail_pane_reload), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), body);
  gtk_box_append (GTK_BOX (box), retry);
  gtk_box_prepend (self->properties, box);
  self->failure = box;
}

static void
show_json (BatonDetailPane *self, BatonRecord *record)
{
  g_autofree char *text
      = self->json != NULL ? g_strdup (self->json) : baton_record_dup_json (record);
  GtkWidget *view = baton_property_new_text_view (_("JSON"), text, TRUE, 0);
  GtkWidget *copy = gtk_button_new_with_label (_("Copy JSON"));

  clear_box (self->json_box);
  gtk_widget_set_vexpand (view, TRUE);
  gtk_widget_set_halign (copy, GTK_ALIGN_END);
  gtk_widget_set_margin_top (copy, 6);
  gtk_widget_set_margin_end (copy, 9);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (copy), "view.copy-json");
  gtk_box_append (self->json_box, view);
  gtk_box_append (self->json_box, copy);
}

static void
show_none (BatonDetailPane *self)
{
  g_autofree char *title = NULL;

  if (self->n_selected > 1)
    {
      g_autofree char *n = g_strdup_printf ("%'" G_GUINT64_FORMAT, self->n_selected);

      title = g_strdup_printf (ngettext ("%s selected", "%s selected", self->n_selected), n);
    }
  gtk_label_set_text (self->title, _(self->resource->title));
  adw_status_page_set_title (self->none, title != NULL ? title : _("Nothing selected"));
  adw_status_page_set_description (self->none,
                                   self->n_selected > 1
                                       ? _("The actions below go to each of them.")
                                       : _("Choose a row to read everything about it."));
}

static void
show_page (BatonDetailPane *self)
{
  BatonRecord *record = baton_detail_pane_get_record (self);
  gboolean json = gtk_toggle_button_get_active (self->json_button);

  gtk_widget_set_visible (GTK_WIDGET (self->json_button), record != NULL);
  if (record != NULL && json)
    show_json (self, record);
  gtk_stack_set_visible_child_name (self->stack,
                                    record == NULL ? "none" : json ? "json" : "record");
}

static void
show_record (BatonDetailPane *self)
{
  BatonRecord *record = baton_detail_pane_get_record (self);
  GtkAdjustment *adjustment
      = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  double scrolled = gtk_adjustment_get_value (adjustment);

  if (self->failure != NULL)
    gtk_box_remove (self->properties, self->failure);
  self->failure = NULL;
  baton_property_list_set_record (self->list, record);
  if (record == NULL)
    {
      show_none (self);
      show_page (self);
      return;
    }

  gtk_label_set_text (self->title, baton_record_get_name (record));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), baton_record_get_name (record));
  if (self->error != NULL)
    add_error (self);
  show_page (self);
  gtk_adjustment_set_value (adjustment, scrolled);
}

/* Fetching. */

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  Detail *detail = baton_pipeline_send_finish (BATON_PIPELINE (source), result, &error);
  BatonDetailPane *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = BATON_DETAIL_PANE (user_data);
  gtk_spinner_stop (self->spinner);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  if (detail != NULL)
    {
      gboolean same = g_strcmp0 (self->json, detail->json) == 0;

      g_clear_pointer (&self->full, baton_record_unref);
      self->full = baton_record_ref (detail->record);
      g_free (self->json);
      self->json = g_steal_pointer (&detail->json);
      detail_free (detail);
      if (same)
        return;
    }
  else
    {
      self->error = g_steal_pointer (&error);
    }
  show_record (self);
}

static void
stop_fetch (BatonDetailPane *self)
{
  g_clear_handle_id (&self->fetch_source, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->spinner != NULL)
    gtk_spinner_stop (self->spinner);
}

static void
fetch (BatonDetailPane *self)
{
  g_autoptr (BatonRequest) request = NULL;

  stop_fetch (self);
  if (self->connection == NULL || self->listed == NULL)
    return;
  request = baton_resource_make_detail_request (self->resource, self->listed, self->folder);
  if (request == NULL)
    return;
  baton_request_set_priority (request, BATON_PRIORITY_USER);
  self->cancellable = g_cancellable_new ();
  gtk_spinner_start (self->spinner);
  baton_pipeline_send_async (baton_connection_get_pipeline (self->connection), request,
                             decode_detail, (gpointer) self->resource, NULL, detail_free,
                             self->cancellable, fetched_cb, self);
}

static gboolean
fetch_timeout_cb (gpointer user_data)
{
  BatonDetailPane *self = BATON_DETAIL_PANE (user_data);

  self->fetch_source = 0;
  fetch (self);
  return G_SOURCE_REMOVE;
}

static void
fetch_soon (BatonDetailPane *self)
{
  stop_fetch (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->fetch_source = g_timeout_add (FETCH_DELAY, fetch_timeout_cb, self);
}

/* The class. */

static void
baton_detail_pane_map (GtkWidget *widget)
{
  BatonDetailPane *self = BATON_DETAIL_PANE (widget);

  GTK_WIDGET_CLASS (baton_detail_pane_parent_class)->map (widget);
  if (self->listed != NULL && self->full == NULL)
    fetch_soon (self);
}

static void
baton_detail_pane_dispose (GObject *object)
{
  BatonDetailPane *self = BATON_DETAIL_PANE (object);

  stop_fetch (self);
  g_clear_object (&self->connection);
  gtk_widget_dispose_template (GTK_WIDGET (self), BATON_TYPE_DETAIL_PANE);
  self->spinner = NULL;
  G_OBJECT_CLASS (baton_detail_pane_parent_class)->dispose (object);
}

static void
baton_detail_pane_finalize (GObject *object)
{
  BatonDetailPane *self = BATON_DETAIL_PANE (object);

  g_clear_pointer (&self->listed, baton_record_unref);
  g_clear_pointer (&self->full, baton_record_unref);
  g_clear_error (&self->error);
  g_free (self->json);
  G_OBJECT_CLASS (baton_detail_pane_parent_class)->finalize (object);
}

static void
baton_detail_pane_class_init (BatonDetailPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_detail_pane_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_detail_pane_finalize;
  widget_class->map = baton_detail_pane_map;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/baton_desktop/Baton/baton-detail-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonDetailPane, content);
  gtk_widget_class_bind_template_child (widget_class, BatonDetailPane, title);
  gtk_widget_class_bind_template_child (widget_class, BatonDetailPane, spinner);
  gtk_widget_class_bind_template_child (widget_class, BatonDetailPane, json_button);
  gtk_widget_class_bind_template_child (widget_class, BatonDetailPane, stack);
  gtk_widget_class_bind_template_child (widget_class, BatonDetailPane, none);
  gtk_widget_class_bind_template_child (widget_class, BatonDetailPane, scroller);
  gtk_widget_class_bind_template_child (widget_class, BatonDetailPane, properties);
  gtk_widget_class_bind_template_child (widget_class, BatonDetailPane, json_box);
  gtk_widget_class_bind_template_child (widget_class, BatonDetailPane, actions);
  gtk_widget_class_bind_template_callback (widget_class, show_page);
  gtk_widget_class_set_css_name (widget_class, "batondetails");
}

static void
baton_detail_pane_init (BatonDetailPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
create_actions (BatonDetailPane *self)
{
  int n = 0;

  for (const BatonAction *action = self->resource->actions;
       action != NULL && action->id != NULL; action++)
    {
      GtkWidget *button;
      g_autofree char *name = NULL;

      if (!action->needs_row)
        continue;
      button = gtk_button_new_with_mnemonic (_(action->label));
      name = g_strdup_printf ("view.do-%s", action->id);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), name);
      if (action->destructive)
        gtk_widget_add_css_class (button, "destructive-action");
      g_object_set_data (G_OBJECT (button), "baton-action", (gpointer) action);
      gtk_widget_set_hexpand (button, TRUE);
      gtk_grid_attach (self->actions, button, n % ACTIONS_IN_LINE, n / ACTIONS_IN_LINE, 1, 1);
      n++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->actions), n > 0);
}

GtkWidget *
baton_detail_pane_new (const BatonResource *resource)
{
  BatonDetailPane *self = g_object_new (BATON_TYPE_DETAIL_PANE, NULL);

  self->resource = resource;
  self->list = BATON_PROPERTY_LIST (baton_property_list_new (resource));
  gtk_box_append (self->properties, GTK_WIDGET (self->list));
  create_actions (self);
  show_record (self);
  return GTK_WIDGET (self);
}

void
baton_detail_pane_set_connection (BatonDetailPane *self, BatonConnection *connection)
{
  g_return_if_fail (BATON_IS_DETAIL_PANE (self));

  if (!g_set_object (&self->connection, connection))
    return;
  stop_fetch (self);
  baton_detail_pane_set_selection (self, NULL, 0, 0);
  baton_detail_pane_update_permissions (self);
}

void
baton_detail_pane_set_selection (BatonDetailPane *self,
                                 BatonRecord *record,
                                 guint64 n_selected,
                                 gint64 folder)
{
  gboolean same_key;

  g_return_if_fail (BATON_IS_DETAIL_PANE (self));

  same_key = record != NULL && self->listed != NULL
             && g_str_equal (baton_record_get_key (record), baton_record_get_key (self->listed));
  if (same_key && baton_record_equal (record, self->listed))
    return;
  if (record == NULL && self->listed == NULL && n_selected == self->n_selected)
    return;

  self->n_selected = n_selected;
  self->folder = folder;
  g_clear_pointer (&self->listed, baton_record_unref);
  self->listed = record != NULL ? baton_record_ref (record) : NULL;
  if (!same_key)
    {
      stop_fetch (self);
      g_clear_pointer (&self->full, baton_record_unref);
      g_clear_pointer (&self->json, g_free);
      g_clear_error (&self->error);
      gtk_adjustment_set_value (
          gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
      show_record (self);
    }
  if (record != NULL)
    fetch_soon (self);
}

BatonRecord *
baton_detail_pane_get_record (BatonDetailPane *self)
{
  g_return_val_if_fail (BATON_IS_DETAIL_PANE (self), NULL);

  return self->full != NULL ? self->full : self->listed;
}

char *
baton_detail_pane_dup_json (BatonDetailPane *self)
{
  g_return_val_if_fail (BATON_IS_DETAIL_PANE (self), NULL);

  return g_strdup (self->json);
}

void
baton_detail_pane_reload (BatonDetailPane *self)
{
  g_return_if_fail (BATON_IS_DETAIL_PANE (self));

  fetch_soon (self);
}

void
baton_detail_pane_update_permissions (BatonDetailPane *self)
{
  g_return_if_fail (BATON_IS_DETAIL_PANE (self));

  for (GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->actions)); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    {
      const BatonAction *action = g_object_get_data (G_OBJECT (button), "baton-action");
      g_autofree char *lacks = baton_permission_text (self->connection, self->resource, action);

      gtk_widget_set_tooltip_text (button, lacks);
    }
}
