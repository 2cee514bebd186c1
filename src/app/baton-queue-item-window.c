/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdio.h>

#include <glib/gi18n.h>

#include "baton-json-editor.h"
#include "baton-json.h"
#include "baton-queue-item-window.h"
#include "baton-record-picker.h"
#include "baton-time.h"

/* Fact sheet 5.2. */
#define MAX_REFERENCE 128

struct _BatonQueueItemWindow
{
  BatonFormWindow parent_instance;

  gint64 folder;
  BatonRecordPicker *queue;
  GtkEditable *reference;
  AdwComboRow *priority;
  GtkEditable *deadline;
  GtkEditable *postpone;
  BatonJsonEditor *content;
};

G_DEFINE_FINAL_TYPE (BatonQueueItemWindow, baton_queue_item_window, BATON_TYPE_FORM_WINDOW)

static const struct
{
  const char *value;
  const char *label;
} priorities[] = {
  { "Normal", N_ ("Normal") },
  { "High", N_ ("High") },
  { "Low", N_ ("Low") },
};

gboolean
baton_queue_item_parse_time (const char *text, gint64 *time)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autoptr (GDateTime) date = NULL;
  int year, month, day, hour = 0, minute = 0, length = 0;

  *time = 0;
  if (*stripped == '\0')
    return TRUE;
  if (sscanf (stripped, "%4d-%2d-%2d%n", &year, &month, &day, &length) < 3)
    return FALSE;
  if (stripped[length] != '\0')
    {
      int more = 0;

      if (sscanf (stripped + length, "%*[ T]%2d:%2d%n", &hour, &minute, &more) < 2
          || stripped[length + more] != '\0')
        return FALSE;
    }
  date = g_date_time_new_local (year, month, day, hour, minute, 0);
  if (date == NULL)
    return FALSE;
  *time = g_date_time_to_unix (date) * G_USEC_PER_SEC;
  return TRUE;
}

/* Reads a time and marks the entry where it is none. */
static gboolean
read_time (GtkEditable *entry, gint64 *time)
{
  gboolean ok = baton_queue_item_parse_time (gtk_editable_get_text (entry), time);

  if (ok)
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  return ok;
}

static void
add_time (JsonBuilder *builder, const char *name, gint64 time)
{
  g_autofree char *text = time != 0 ? baton_time_format (time) : NULL;

  if (text == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static BatonRequest *
baton_queue_item_window_make_request (BatonFormWindow *window)
{
  BatonQueueItemWindow *self = BATON_QUEUE_ITEM_WINDOW (window);
  BatonRecord *queue = baton_record_picker_get_record (self->queue);
  g_autofree char *content = baton_json_editor_dup_text (self->content);
  g_autofree char *reference = g_strstrip (g_strdup (gtk_editable_get_text (self->reference)));
  g_autoptr (JsonNode) content_node = NULL;
  g_autoptr (JsonBuilder) builder = NULL;
  gint64 deadline, postpone, folder;
  gboolean times_ok = read_time (self->deadline, &deadline);
  BatonRequest *request;

  times_ok = read_time (self->postpone, &postpone) && times_ok;
  if (queue == NULL || !times_ok || !baton_json_editor_is_valid (self->content)
      || g_utf8_strlen (reference, -1) > MAX_REFERENCE)
    return NULL;
  content_node = baton_json_parse_text (*content != '\0' ? content : "{}", -1, NULL);
  if (content_node == NULL)
    return NULL;

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "itemData");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "Name");
  json_builder_add_string_value (builder, baton_record_get_name (queue));
  json_builder_set_member_name (builder, "Priority");
  json_builder_add_string_value (builder,
                                 priorities[adw_combo_row_get_selected (self->priority)].value);
  json_builder_set_member_name (builder, "SpecificContent");
  json_builder_add_value (builder, g_steal_pointer (&content_node));
  if (*reference != '\0')
    {
      json_builder_set_member_name (builder, "Reference");
      json_builder_add_string_value (builder, reference);
    }
  add_time (builder, "DueDate", deadline);
  add_time (builder, "DeferDate", postpone);
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  request = baton_request_new ("POST", "/odata/Queues/UiPathODataSvc.AddQueueItem");
  folder = baton_record_get_folder (queue);
  baton_request_set_folder (request, folder != 0 ? folder : self->folder);
  baton_request_set_permission (request, "Transactions.Create");
  baton_request_take_body (request, json_builder_get_root (builder));
  return request;
}

static char *
baton_queue_item_window_describe_done (BatonFormWindow *window, JsonNode *answer)
{
  BatonRecord *queue
      = baton_record_picker_get_record (BATON_QUEUE_ITEM_WINDOW (window)->queue);

  /* TRANSLATORS: %s is the name of a queue */
  return g_strdup_printf (_("Item added to “%s”"),
                          queue != NULL ? baton_record_get_name (queue) : "");
}

static void
picker_failed_cb (BatonQueueItemWindow *self, GError *error)
{
  baton_form_window_set_error (BATON_FORM_WINDOW (self), error,
                               _("The queues could not be loaded"));
}

static void
baton_queue_item_window_class_init (BatonQueueItemWindowClass *klass)
{
  BatonFormWindowClass *form_class = BATON_FORM_WINDOW_CLASS (klass);

  form_class->make_request = baton_queue_item_window_make_request;
  form_class->describe_done = baton_queue_item_window_describe_done;
}

static GtkEditable *
add_entry (BatonQueueItemWindow *self, AdwPreferencesGroup *group, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (group, row);
  g_signal_connect_object (row, "changed", G_CALLBACK (baton_form_window_changed), self,
                           G_CONNECT_SWAPPED);
  return GTK_EDITABLE (row);
}

static void
add_details (BatonQueueItemWindow *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (priorities); i++)
    gtk_string_list_append (labels, _(priorities[i].label));
  self->reference = add_entry (self, group, _("Reference (up to 128 characters)"));
  self->priority = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->priority), _("Priority"));
  adw_combo_row_set_model (self->priority, G_LIST_MODEL (labels));
  adw_preferences_group_add (group, GTK_WIDGET (self->priority));
  self->deadline = add_entry (self, group, _("Deadline, local time (2026-01-31 12:00)"));
  self->postpone = add_entry (self, group, _("Not before, local time (2026-01-31 12:00)"));
  baton_form_window_add (BATON_FORM_WINDOW (self), group);
}

static void
baton_queue_item_window_init (BatonQueueItemWindow *self)
{
  AdwPreferencesGroup *queue = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  AdwPreferencesGroup *content = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  baton_form_window_set_words (BATON_FORM_WINDOW (self), _("Add queue item"), _("Add"),
                               _("The item was not added"));
  adw_preferences_group_set_title (queue, _("Queue"));
  self->queue
      = BATON_RECORD_PICKER (baton_record_picker_new (baton_catalogue_find ("queues"), _("Queue")));
  adw_preferences_group_add (queue, GTK_WIDGET (self->queue));
  baton_form_window_add (BATON_FORM_WINDOW (self), queue);
  add_details (self);

  adw_preferences_group_set_title (content, _("Specific content"));
  adw_preferences_group_set_description (content,
                                         _("A JSON object: what the process works with."));
  self->content = BATON_JSON_EDITOR (baton_json_editor_new (_("Specific content")));
  adw_preferences_group_add (content, GTK_WIDGET (self->content));
  baton_form_window_add (BATON_FORM_WINDOW (self), content);

  g_signal_connect_object (self->queue, "changed", G_CALLBACK (baton_form_window_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->queue, "failed", G_CALLBACK (picker_failed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->content, "changed", G_CALLBACK (baton_form_window_changed), self,
                           G_CONNECT_SWAPPED);
}

GtkWindow *
baton_queue_item_window_new (GtkWindow *parent,
                             BatonConnection *connection,
                             gint64 folder,
                             BatonRecord *queue)
{
  BatonQueueItemWindow *self;

  g_return_val_if_fail (BATON_IS_CONNECTION (connection), NULL);

  self = g_object_new (BATON_TYPE_QUEUE_ITEM_WINDOW, "transient-for", parent, NULL);
  self->folder = folder;
  baton_form_window_set_connection (BATON_FORM_WINDOW (self), connection);
  baton_record_picker_load (self->queue, connection, folder, queue);
  return GTK_WINDOW (self);
}
