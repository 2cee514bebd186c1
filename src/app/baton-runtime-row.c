/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-json.h"
#include "baton-runtime-row.h"
#include "resources/baton-resource.h"

struct _BatonRuntimeRow
{
  AdwComboRow parent_instance;

  GtkStringList *labels;     /* (owned) */
  GPtrArray *runtimes;       /* (owned) (element-type utf8): the names of the labels */
  gint64 folder;             /* whose runtimes these are, or will be */
  GCancellable *cancellable; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BatonRuntimeRow, baton_runtime_row, ADW_TYPE_COMBO_ROW)

/* What a person starts unattended jobs on; definition: StartProcessDto.RuntimeType. */
static const char *const plain[] = {
  "Unattended", "NonProduction",   "TestAutomation", "Headless",
  "Serverless", "AutomationCloud", "Development",
};

/* Runtimes of a person at a computer: the service starts nothing on them. */
static const char *const attended[] = { "Attended", "AttendedStudioWeb", "AssistantWeb", NULL };

static const char *
get_label (const char *runtime)
{
  const BatonResource *jobs = baton_catalogue_find ("jobs");
  int field = baton_resource_find_field (jobs, "runtime");
  const BatonState *state = baton_field_find_state (&jobs->fields[field], runtime);

  return state != NULL ? _(state->label) : runtime;
}

/* @names, @labels: (transfer full). What was chosen is looked for among the new ones. */
static void
set_runtimes (BatonRuntimeRow *self, GPtrArray *names, GtkStringList *labels)
{
  g_autofree char *chosen = g_strdup (baton_runtime_row_get_runtime (self));
  guint position = 0;

  for (guint i = 0; chosen != NULL && i < names->len; i++)
    if (g_str_equal (g_ptr_array_index (names, i), chosen))
      position = i;
  g_clear_pointer (&self->runtimes, g_ptr_array_unref);
  self->runtimes = names;
  g_set_object (&self->labels, labels);
  g_object_unref (labels);
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (self->labels));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), position);
}

static void
set_plain (BatonRuntimeRow *self)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  GtkStringList *labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    {
      g_ptr_array_add (names, g_strdup (plain[i]));
      gtk_string_list_append (labels, get_label (plain[i]));
    }
  set_runtimes (self, names, labels);
}

static void
set_answer (BatonRuntimeRow *self, JsonArray *values)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < baton_json_length (values); i++)
    {
      JsonObject *value = baton_json_peek_object_at (values, i);
      const char *name = baton_json_peek_string (value, "Type");
      g_autofree char *label = NULL;

      if (name == NULL || g_strv_contains (attended, name))
        continue;
      /* TRANSLATORS: a type of runtime, how many of it are free, and how many there are */
      label = g_strdup_printf (_("%s (%d of %d available)"), get_label (name),
                               (int) baton_json_peek_int (value, "Available", 0),
                               (int) baton_json_peek_int (value, "Total", 0));
      g_ptr_array_add (names, g_strdup (name));
      gtk_string_list_append (labels, label);
    }
  if (names->len > 0)
    set_runtimes (self, g_steal_pointer (&names), g_steal_pointer (&labels));
  else
    set_plain (self);
}

static void
runtimes_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = baton_pipeline_send_finish (BATON_PIPELINE (source), result, &error);
  BatonRuntimeRow *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = BATON_RUNTIME_ROW (user_data);
  g_clear_object (&self->cancellable);
  /* Without an answer a job can be started all the same. */
  if (root != NULL)
    set_answer (self, baton_json_peek_array (baton_json_peek_root_object (root), "value"));
  else
    set_plain (self);
}

static void
cancel (BatonRuntimeRow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
baton_runtime_row_dispose (GObject *object)
{
  cancel (BATON_RUNTIME_ROW (object));
  G_OBJECT_CLASS (baton_runtime_row_parent_class)->dispose (object);
}

static void
baton_runtime_row_finalize (GObject *object)
{
  BatonRuntimeRow *self = BATON_RUNTIME_ROW (object);

  g_clear_object (&self->labels);
  g_clear_pointer (&self->runtimes, g_ptr_array_unref);
  G_OBJECT_CLASS (baton_runtime_row_parent_class)->finalize (object);
}

static void
baton_runtime_row_class_init (BatonRuntimeRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_runtime_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_runtime_row_finalize;
}

static void
baton_runtime_row_init (BatonRuntimeRow *self)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _("Runtime"));
  set_plain (self);
}

GtkWidget *
baton_runtime_row_new (void)
{
  return g_object_new (BATON_TYPE_RUNTIME_ROW, NULL);
}

void
baton_runtime_row_load (BatonRuntimeRow *self, BatonConnection *connection, gint64 folder)
{
  g_autoptr (BatonRequest) request = NULL;
  g_autofree char *path = NULL;

  g_return_if_fail (BATON_IS_RUNTIME_ROW (self));
  g_return_if_fail (BATON_IS_CONNECTION (connection));

  if (folder == 0 || folder == self->folder)
    return;
  cancel (self);
  self->folder = folder;
  self->cancellable = g_cancellable_new ();
  path = g_strdup_printf ("/odata/Machines/UiPath.Server.Configuration.OData.GetRuntimesForFolder"
                          "(folderId=%" G_GINT64_FORMAT ")",
                          folder);
  request = baton_request_new ("GET", path);
  baton_request_set_priority (request, BATON_PRIORITY_USER);
  baton_pipeline_send_async (baton_connection_get_pipeline (connection), request, NULL, NULL, NULL,
                             (GDestroyNotify) json_node_unref, self->cancellable, runtimes_cb,
                             self);
}

const char *
baton_runtime_row_get_runtime (BatonRuntimeRow *self)
{
  guint selected;

  g_return_val_if_fail (BATON_IS_RUNTIME_ROW (self), NULL);

  selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));
  return self->runtimes != NULL && selected < self->runtimes->len
             ? g_ptr_array_index (self->runtimes, selected)
             : NULL;
}

gboolean
baton_runtime_row_is_loading (BatonRuntimeRow *self)
{
  g_return_val_if_fail (BATON_IS_RUNTIME_ROW (self), FALSE);

  return self->cancellable != NULL;
}
