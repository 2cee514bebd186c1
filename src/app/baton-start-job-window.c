/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "baton-json-editor.h"
#include "baton-json.h"
#include "baton-record-picker.h"
#include "baton-runtime-row.h"
#include "baton-start-job-window.h"

/* The service documents that a dynamic start makes 10,000 runs at most. */
#define MAX_JOBS 10000

struct _BatonStartJobWindow
{
  BatonFormWindow parent_instance;

  gint64 folder;
  GCancellable *cancellable; /* (owned) (nullable): of the process's arguments */
  char *suggested;           /* (owned) (nullable): the arguments as we filled them in */

  BatonRecordPicker *process;
  GtkSpinButton *count;
  BatonRuntimeRow *runtime;
  AdwComboRow *priority;
  AdwPreferencesGroup *arguments_group;
  BatonJsonEditor *arguments;
};

G_DEFINE_FINAL_TYPE (BatonStartJobWindow, baton_start_job_window, BATON_TYPE_FORM_WINDOW)

static const struct
{
  const char *value;
  const char *label;
} priorities[] = {
  { NULL, N_ ("As the process says") },
  { "Low", N_ ("Low") },
  { "Normal", N_ ("Normal") },
  { "High", N_ ("High") },
};

static JsonNode *
example_of (const char *type)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  if (type != NULL && strstr (type, "Int") != NULL)
    json_node_set_int (node, 0);
  else if (type != NULL
           && (strstr (type, "Double") != NULL || strstr (type, "Decimal") != NULL
               || strstr (type, "Single") != NULL))
    json_node_set_double (node, 0);
  else if (type != NULL && strstr (type, "Boolean") != NULL)
    json_node_set_boolean (node, FALSE);
  else if (type != NULL && strstr (type, "[]") != NULL)
    json_node_init_array (node, NULL);
  else if (type != NULL && strstr (type, "Dictionary") != NULL)
    json_node_init_object (node, NULL);
  else
    json_node_set_string (node, "");
  return node;
}

char *
baton_start_job_make_arguments (const char *declared)
{
  g_autoptr (JsonNode) root = declared != NULL ? baton_json_parse_text (declared, -1, NULL) : NULL;
  JsonArray *list = root != NULL ? baton_json_peek_root_array (root) : NULL;
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (JsonNode) example = NULL;

  if (baton_json_length (list) == 0)
    return g_strdup ("");

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  for (guint i = 0; i < baton_json_length (list); i++)
    {
      JsonObject *argument = baton_json_peek_object_at (list, i);
      const char *name = baton_json_peek_string (argument, "name");

      /* What has a default is left to it. */
      if (name == NULL || baton_json_peek_bool (argument, "hasDefault", FALSE))
        continue;
      json_builder_set_member_name (builder, name);
      json_builder_add_value (builder, example_of (baton_json_peek_string (argument, "type")));
    }
  json_builder_end_object (builder);
  example = json_builder_get_root (builder);
  return baton_json_to_text (example, TRUE);
}

/* Fills the arguments in, but never over what the person typed. */
static void
suggest (BatonStartJobWindow *self, const char *text)
{
  g_autofree char *typed = baton_json_editor_dup_text (self->arguments);

  if (*typed != '\0' && g_strcmp0 (typed, self->suggested) != 0)
    return;
  g_free (self->suggested);
  self->suggested = g_strstrip (g_strdup (text));
  baton_json_editor_set_text (self->arguments, self->suggested);
}

static gpointer
decode_process (JsonNode *root, gpointer data, GError **error)
{
  JsonObject *object = baton_json_require_root_object (root, error);

  return object != NULL ? baton_record_new (data, object, error) : NULL;
}

static void
process_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonRecord) process
      = baton_pipeline_send_finish (BATON_PIPELINE (source), result, &error);
  g_autofree char *text = NULL;
  BatonStartJobWindow *self;
  const char *defaults;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = BATON_START_JOB_WINDOW (user_data);
  g_clear_object (&self->cancellable);
  /* Without them the arguments are simply typed. */
  if (process == NULL)
    return;
  defaults = baton_record_get (process, "defaults");
  if (defaults != NULL && *defaults != '\0')
    text = g_strdup (defaults);
  else
    text = baton_start_job_make_arguments (baton_record_get (process, "input"));
  suggest (self, text);
}

/* Where a job of @process runs. */
static gint64
get_folder (BatonStartJobWindow *self, BatonRecord *process)
{
  gint64 folder = baton_record_get_folder (process);

  return folder != 0 ? folder : self->folder;
}

static void
process_changed_cb (BatonStartJobWindow *self)
{
  BatonConnection *connection = baton_form_window_get_connection (BATON_FORM_WINDOW (self));
  BatonRecord *record = baton_record_picker_get_record (self->process);
  g_autoptr (BatonRequest) request = NULL;

  baton_form_window_changed (BATON_FORM_WINDOW (self));
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (record == NULL)
    return;
  baton_runtime_row_load (self->runtime, connection, get_folder (self, record));
  request = baton_resource_make_detail_request (baton_record_get_resource (record), record,
                                                self->folder);
  if (request == NULL)
    return;
  baton_request_set_priority (request, BATON_PRIORITY_USER);
  self->cancellable = g_cancellable_new ();
  baton_pipeline_send_async (baton_connection_get_pipeline (connection), request, decode_process,
                             (gpointer) baton_record_get_resource (record), NULL,
                             (GDestroyNotify) baton_record_unref, self->cancellable, process_cb,
                             self);
}

static void
picker_failed_cb (BatonStartJobWindow *self, GError *error)
{
  baton_form_window_set_error (BATON_FORM_WINDOW (self), error,
                               _("The processes could not be loaded"));
}

static BatonRequest *
baton_start_job_window_make_request (BatonFormWindow *window)
{
  BatonStartJobWindow *self = BATON_START_JOB_WINDOW (window);
  BatonRecord *process = baton_record_picker_get_record (self->process);
  g_autofree char *arguments = baton_json_editor_dup_text (self->arguments);
  const char *priority = priorities[adw_combo_row_get_selected (self->priority)].value;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  BatonRequest *request;

  if (process == NULL || !baton_json_editor_is_valid (self->arguments))
    return NULL;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "startInfo");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "ReleaseKey");
  json_builder_add_string_value (builder, baton_record_get (process, "key"));
  json_builder_set_member_name (builder, "Strategy");
  json_builder_add_string_value (builder, "ModernJobsCount");
  json_builder_set_member_name (builder, "JobsCount");
  json_builder_add_int_value (builder, gtk_spin_button_get_value_as_int (self->count));
  json_builder_set_member_name (builder, "RuntimeType");
  json_builder_add_string_value (builder, baton_runtime_row_get_runtime (self->runtime));
  if (priority != NULL)
    {
      json_builder_set_member_name (builder, "JobPriority");
      json_builder_add_string_value (builder, priority);
    }
  /* A string that holds JSON (fact sheet 6.6). */
  if (*arguments != '\0')
    {
      json_builder_set_member_name (builder, "InputArguments");
      json_builder_add_string_value (builder, arguments);
    }
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  request = baton_request_new ("POST", "/odata/Jobs/UiPath.Server.Configuration.OData.StartJobs");
  baton_request_set_folder (request, get_folder (self, process));
  baton_request_set_permission (request, "Jobs.Create");
  baton_request_take_body (request, json_builder_get_root (builder));
  return request;
}

static char *
baton_start_job_window_describe_done (BatonFormWindow *window, JsonNode *answer)
{
  BatonStartJobWindow *self = BATON_START_JOB_WINDOW (window);
  BatonRecord *process = baton_record_picker_get_record (self->process);
  int n = gtk_spin_button_get_value_as_int (self->count);

  /* TRANSLATORS: %s is the name of a process */
  return g_strdup_printf (
      ngettext ("%d job of “%s” started", "%d jobs of “%s” started", (gulong) n), n,
      process != NULL ? baton_record_get_name (process) : "");
}

static void
baton_start_job_window_dispose (GObject *object)
{
  BatonStartJobWindow *self = BATON_START_JOB_WINDOW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (baton_start_job_window_parent_class)->dispose (object);
}

static void
baton_start_job_window_finalize (GObject *object)
{
  g_free (BATON_START_JOB_WINDOW (object)->suggested);
  G_OBJECT_CLASS (baton_start_job_window_parent_class)->finalize (object);
}

static void
baton_start_job_window_class_init (BatonStartJobWindowClass *klass)
{
  BatonFormWindowClass *form_class = BATON_FORM_WINDOW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_start_job_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_start_job_window_finalize;
  form_class->make_request = baton_start_job_window_make_request;
  form_class->describe_done = baton_start_job_window_describe_done;
}

static void
add_options (BatonStartJobWindow *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  g_autoptr (GtkStringList) priority_labels = gtk_string_list_new (NULL);
  GtkWidget *row = adw_action_row_new ();

  for (guint i = 0; i < G_N_ELEMENTS (priorities); i++)
    gtk_string_list_append (priority_labels, _(priorities[i].label));
  self->runtime = BATON_RUNTIME_ROW (baton_runtime_row_new ());
  adw_preferences_group_add (group, GTK_WIDGET (self->runtime));
  self->priority = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->priority), _("Priority"));
  adw_combo_row_set_model (self->priority, G_LIST_MODEL (priority_labels));
  adw_preferences_group_add (group, GTK_WIDGET (self->priority));

  self->count = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (1, MAX_JOBS, 1));
  gtk_widget_set_valign (GTK_WIDGET (self->count), GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Number of jobs"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (self->count));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (self->count));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->count), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Number of jobs"), -1);
  adw_preferences_group_add (group, row);
  baton_form_window_add (BATON_FORM_WINDOW (self), group);
}

static void
baton_start_job_window_init (BatonStartJobWindow *self)
{
  AdwPreferencesGroup *process = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  baton_form_window_set_words (BATON_FORM_WINDOW (self), _("Start job"), _("Start"),
                               _("The job was not started"));

  adw_preferences_group_set_title (process, _("Process"));
  self->process = BATON_RECORD_PICKER (
      baton_record_picker_new (baton_catalogue_find ("processes"), _("Process")));
  adw_preferences_group_add (process, GTK_WIDGET (self->process));
  baton_form_window_add (BATON_FORM_WINDOW (self), process);
  add_options (self);

  self->arguments_group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->arguments_group, _("Arguments"));
  adw_preferences_group_set_description (self->arguments_group,
                                         _("A JSON object. Leave it empty for the defaults."));
  self->arguments = BATON_JSON_EDITOR (baton_json_editor_new (_("Arguments")));
  adw_preferences_group_add (self->arguments_group, GTK_WIDGET (self->arguments));
  baton_form_window_add (BATON_FORM_WINDOW (self), self->arguments_group);

  g_signal_connect_object (self->process, "changed", G_CALLBACK (process_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->process, "failed", G_CALLBACK (picker_failed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->arguments, "changed", G_CALLBACK (baton_form_window_changed), self,
                           G_CONNECT_SWAPPED);
}

GtkWindow *
baton_start_job_window_new (GtkWindow *parent,
                            BatonConnection *connection,
                            gint64 folder,
                            BatonRecord *process)
{
  BatonStartJobWindow *self
      = g_object_new (BATON_TYPE_START_JOB_WINDOW, "transient-for", parent, NULL);

  g_return_val_if_fail (BATON_IS_CONNECTION (connection), NULL);

  self->folder = folder;
  baton_form_window_set_connection (BATON_FORM_WINDOW (self), connection);
  baton_record_picker_load (self->process, connection, folder, process);
  return GTK_WINDOW (self);
}
