/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "baton-detail-pane.h"
#include "baton-error-text.h"
#include "baton-json.h"
#include "baton-permission-text.h"
#include "baton-property.h"
#include "baton-value-text.h"

/* Milliseconds: walking through rows with the arrow keys does not fetch each on the way. */
#define FETCH_DELAY 150
/* Text of more lines than this starts closed. */
#define MAX_OPEN_LINES 14
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
  guint tick_source;
  GCancellable *cancellable; /* (owned) (nullable): of the fetch that runs */
  GHashTable *toggled;       /* (owned): titles of texts that the person opened or closed, to gboolean */
  GPtrArray *running;        /* (owned) of GtkLabel (owned): spans that grow while one looks */

  GtkWidget *content;
  GtkLabel *title;
  GtkSpinner *spinner;
  GtkToggleButton *json_button;
  GtkStack *stack;
  AdwStatusPage *none;
  GtkWidget *scroller;
  GtkBox *properties;
  GtkBox *json_box;
  GtkGrid *actions; /* a flow box does not tell assistive technology of what is in it */
};

G_DEFINE_FINAL_TYPE (BatonDetailPane, baton_detail_pane, GTK_TYPE_WIDGET)

#define FIELD_KEY "baton-field"

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

static gboolean
is_growing (BatonRecord *record, guint field)
{
  const BatonField *description = &baton_record_get_resource (record)->fields[field];

  return description->kind == BATON_FIELD_DURATION && baton_record_get_number (record, field) > 0;
}

static gboolean
tick_cb (gpointer user_data)
{
  BatonDetailPane *self = BATON_DETAIL_PANE (user_data);
  BatonRecord *record = baton_detail_pane_get_record (self);

  if (record == NULL)
    return G_SOURCE_CONTINUE;
  for (guint i = 0; i < self->running->len; i++)
    {
      GtkLabel *label = g_ptr_array_index (self->running, i);
      guint field = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (label), FIELD_KEY));
      g_autofree char *display = baton_record_dup_display (record, field);

      if (g_strcmp0 (gtk_label_get_text (label), display) != 0)
        gtk_label_set_text (label, display);
    }
  return G_SOURCE_CONTINUE;
}

static void
expanded_cb (BatonDetailPane *self, GParamSpec *pspec, GtkExpander *expander)
{
  g_hash_table_insert (self->toggled, g_strdup (gtk_expander_get_label (expander)),
                       GINT_TO_POINTER (gtk_expander_get_expanded (expander)));
}

static guint
count_lines (const char *text)
{
  guint n = 1;

  for (const char *p = strchr (text, '\n'); p != NULL; p = strchr (p + 1, '\n'))
    n++;
  return n;
}

static GtkWidget *
create_text (BatonDetailPane *self, BatonRecord *record, guint field)
{
  const BatonField *description = &self->resource->fields[field];
  gboolean is_json = FALSE;
  g_autofree char *text = description->kind == BATON_FIELD_JSON
                              ? baton_value_dup_pretty (baton_record_get_text (record, field), &is_json)
                              : g_strdup (baton_record_get_text (record, field));
  gpointer chosen;
  gboolean expanded = count_lines (text) <= MAX_OPEN_LINES;
  GtkWidget *widget;

  if (g_hash_table_lookup_extended (self->toggled, _(description->title), NULL, &chosen))
    expanded = GPOINTER_TO_INT (chosen);
  widget = baton_property_new_text (_(description->title), text,
                                    is_json || (description->flags & BATON_FIELD_MONOSPACE),
                                    expanded);
  g_signal_connect_object (
      gtk_overlay_get_child (GTK_OVERLAY (gtk_widget_get_first_child (widget))),
      "notify::expanded", G_CALLBACK (expanded_cb), self, G_CONNECT_SWAPPED);
  return widget;
}

static void
add_line (BatonDetailPane *self, GtkGrid *grid, int row, BatonRecord *record, guint field)
{
  GtkWidget *title = gtk_label_new (_(self->resource->fields[field].title));
  GtkWidget *value = baton_property_new_value (record, field);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (title), 11);
  gtk_label_set_max_width_chars (GTK_LABEL (title), 11);
  gtk_widget_set_valign (title, GTK_ALIGN_START);
  gtk_widget_set_valign (value, GTK_ALIGN_START);
  gtk_widget_add_css_class (title, "dim-label");
  gtk_grid_attach (grid, title, 0, row, 1, 1);
  gtk_grid_attach (grid, value, 1, row, 1, 1);
  if (GTK_IS_LABEL (value) && is_growing (record, field))
    {
      g_object_set_data (G_OBJECT (value), FIELD_KEY, GUINT_TO_POINTER (field));
      g_ptr_array_add (self->running, g_object_ref (value));
    }
}

static GtkWidget *
create_section (const char *heading)
{
  GtkWidget *section = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);

  if (heading != NULL)
    {
      GtkWidget *label = gtk_label_new (heading);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "heading");
      gtk_box_append (GTK_BOX (section), label);
    }
  return section;
}

/* Returns: TRUE where a value says nothing: absent, or JSON without content. */
static gboolean
is_blank (BatonRecord *record, guint field)
{
  const BatonField *description = &baton_record_get_resource (record)->fields[field];
  g_autofree char *display = baton_record_dup_display (record, field);

  if (display == NULL || *display == '\0')
    return TRUE;
  return description->kind == BATON_FIELD_JSON
         && (g_str_equal (display, "[]") || g_str_equal (display, "{}")
             || g_str_equal (display, "null"));
}

/* One section: its short values in a card, its long texts under it. Nothing where it has no value. */
static void
add_section (BatonDetailPane *self, BatonRecord *record, const char *name)
{
  GtkWidget *section = create_section (name != NULL ? _(name) : NULL);
  GtkWidget *grid = gtk_grid_new ();
  int n_lines = 0;
  guint n_texts = 0;

  gtk_grid_set_column_spacing (GTK_GRID (grid), 9);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 9);
  gtk_widget_add_css_class (grid, "card");
  gtk_widget_add_css_class (grid, "baton-properties");
  gtk_box_append (GTK_BOX (section), grid);
  for (guint i = 0; self->resource->fields[i].id != NULL; i++)
    {
      if (g_strcmp0 (self->resource->fields[i].section, name) != 0 || is_blank (record, i))
        continue;
      if (baton_property_is_wide (record, i))
        {
          gtk_box_append (GTK_BOX (section), create_text (self, record, i));
          n_texts++;
        }
      else
        {
          add_line (self, GTK_GRID (grid), n_lines++, record, i);
        }
    }

  if (n_lines == 0)
    gtk_box_remove (GTK_BOX (section), grid);
  if (n_lines > 0 || n_texts > 0)
    gtk_box_append (self->properties, section);
  else
    g_object_unref (g_object_ref_sink (section));
}

static void
add_links (BatonDetailPane *self, BatonRecord *record)
{
  GtkWidget *section = create_section (_("Related"));
  GtkWidget *list = gtk_list_box_new ();
  guint n = 0;

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (guint i = 0; self->resource->links != NULL && self->resource->links[i].label != NULL; i++)
    {
      const BatonLink *link = &self->resource->links[i];
      g_autofree char *filter = link->make_filter (record);
      GtkWidget *row;

      if (filter == NULL)
        continue;
      row = adw_action_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(link->label));
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (link->icon));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "view.follow-link");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "u", i);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
      n++;
    }
  gtk_box_append (GTK_BOX (section), list);
  if (n > 0)
    gtk_box_append (self->properties, section);
  else
    g_object_unref (g_object_ref_sink (section));
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
  gtk_box_append (self->properties, box);
}

static gboolean
is_first_of_section (const BatonResource *resource, guint field)
{
  for (guint i = 0; i < field; i++)
    if (g_strcmp0 (resource->fields[i].section, resource->fields[field].section) == 0)
      return FALSE;
  return TRUE;
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

  clear_box (self->properties);
  g_ptr_array_set_size (self->running, 0);
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
  for (guint i = 0; self->resource->fields[i].id != NULL; i++)
    if (is_first_of_section (self->resource, i))
      add_section (self, record, self->resource->fields[i].section);
  add_links (self, record);
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
  self->tick_source = g_timeout_add_seconds (1, tick_cb, self);
  if (self->listed != NULL && self->full == NULL)
    fetch_soon (self);
}

static void
baton_detail_pane_unmap (GtkWidget *widget)
{
  BatonDetailPane *self = BATON_DETAIL_PANE (widget);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  GTK_WIDGET_CLASS (baton_detail_pane_parent_class)->unmap (widget);
}

static void
baton_detail_pane_dispose (GObject *object)
{
  BatonDetailPane *self = BATON_DETAIL_PANE (object);

  stop_fetch (self);
  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_ptr_array_set_size (self->running, 0);
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
  g_hash_table_unref (self->toggled);
  g_ptr_array_unref (self->running);
  G_OBJECT_CLASS (baton_detail_pane_parent_class)->finalize (object);
}

static void
baton_detail_pane_class_init (BatonDetailPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_detail_pane_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_detail_pane_finalize;
  widget_class->map = baton_detail_pane_map;
  widget_class->unmap = baton_detail_pane_unmap;
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
  self->toggled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->running = g_ptr_array_new_with_free_func (g_object_unref);
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
      g_autofree char *lacks = baton_permission_text (self->connection, action->permission);

      gtk_widget_set_tooltip_text (button, lacks);
    }
}
