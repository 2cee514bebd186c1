/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-asset-body.h"
#include "baton-asset-editor.h"
#include "baton-asset-value-row.h"
#include "baton-asset-window.h"
#include "baton-json.h"

/* Fact sheet 6.12. */
#define MAX_NAME 256

struct _BatonAssetWindow
{
  BatonFormWindow parent_instance;

  gint64 folder;
  char *key;                 /* (owned) (nullable): of the asset that is edited */
  JsonNode *original;        /* (owned) (nullable): as it was read */
  JsonNode *unchanged;       /* (owned) (nullable): what would be sent then */
  GCancellable *cancellable; /* (owned) (nullable): of reading it */

  GtkEditable *name;
  GtkEditable *description;
  AdwComboRow *type;
  BatonAssetType fixed_type; /* of an asset that is edited */

  AdwPreferencesGroup *group;
  GtkWidget *default_row;
  GtkSwitch *has_default;
  BatonAssetEditor *value; /* (owned): the default one */
  AdwPreferencesGroup *accounts;
  GtkWidget *add;
  GPtrArray *rows; /* (owned) (element-type BatonAssetValueRow, unowned) */
};

G_DEFINE_FINAL_TYPE (BatonAssetWindow, baton_asset_window, BATON_TYPE_FORM_WINDOW)

static const char *const type_labels[]
    = { N_ ("Text"), N_ ("Boolean"), N_ ("Integer"), N_ ("Credential"), N_ ("Secret") };

static BatonAssetType
get_asset_type (BatonAssetWindow *self)
{
  return self->key != NULL ? self->fixed_type : adw_combo_row_get_selected (self->type);
}

static JsonObject *
get_original (BatonAssetWindow *self)
{
  return self->original != NULL ? baton_json_peek_root_object (self->original) : NULL;
}

static gboolean
has_default (BatonAssetWindow *self)
{
  return gtk_switch_get_active (self->has_default);
}

static const char *
describe_value (BatonAssetWindow *self)
{
  BatonAssetType type = get_asset_type (self);

  if (!has_default (self))
    return self->rows->len > 0 ? NULL
                               : _("Without a default value, at least one account needs a value.");
  if (type == BATON_ASSET_OTHER)
    return _("A value of this type stays as it is; name and description can change.");
  if (self->key != NULL && (type == BATON_ASSET_CREDENTIAL || type == BATON_ASSET_SECRET))
    return _("The service never shows it again. Left empty, it stays as it is.");
  return NULL;
}

static void
show_value (BatonAssetWindow *self)
{
  BatonAssetType type = get_asset_type (self);

  baton_asset_editor_set_type (self->value, type, has_default (self));
  for (guint i = 0; i < self->rows->len; i++)
    baton_asset_value_row_set_type (g_ptr_array_index (self->rows, i), type);
  /* The one value that an asset has needs no word for it. */
  gtk_widget_set_visible (self->default_row, self->rows->len > 0 || !has_default (self));
  gtk_widget_set_sensitive (self->add, type != BATON_ASSET_OTHER
                                           && (self->key == NULL || self->original != NULL));
  adw_preferences_group_set_description (self->group, describe_value (self));
}

/* @values: one for each row. Returns: FALSE where one lacks or is wrong; its row says what. */
static gboolean
get_user_values (BatonAssetWindow *self, BatonAssetForm *form, BatonAssetUserValue *values)
{
  gboolean complete = TRUE;
  int twice;

  for (guint i = 0; i < self->rows->len; i++)
    complete &= baton_asset_value_row_get_value (g_ptr_array_index (self->rows, i), &values[i]);
  form->user_values = values;
  form->n_user_values = self->rows->len;
  twice = baton_asset_find_double (form);
  if (twice >= 0)
    baton_asset_value_row_set_double (g_ptr_array_index (self->rows, twice), TRUE);
  return complete && twice < 0;
}

/* Returns: (transfer full) (nullable): NULL where something lacks or is wrong. */
static JsonNode *
make_body (BatonAssetWindow *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  g_autofree BatonAssetUserValue *values = g_new0 (BatonAssetUserValue, self->rows->len + 1);
  gsize length = (gsize) g_utf8_strlen (name, -1);
  gboolean complete = length > 0 && length <= MAX_NAME;
  JsonObject *original = get_original (self);
  BatonAssetForm form = { 0 };

  form.name = name;
  form.description = gtk_editable_get_text (self->description);
  form.type = get_asset_type (self);
  form.has_default = has_default (self);
  /* All are asked, so that each says what is wrong. */
  complete &= get_user_values (self, &form, values);
  complete &= !form.has_default
              || baton_asset_editor_get_value (
                  self->value, baton_json_peek_bool (original, "HasDefaultValue", TRUE),
                  &form.value);
  complete &= form.has_default || form.n_user_values > 0;
  complete &= self->key == NULL || original != NULL;
  return complete ? baton_asset_make_body (&form, original) : NULL;
}

static BatonRequest *
baton_asset_window_make_request (BatonFormWindow *window)
{
  BatonAssetWindow *self = BATON_ASSET_WINDOW (window);
  g_autoptr (JsonNode) body = make_body (self);
  g_autofree char *path = NULL;
  BatonRequest *request;

  /* What did not change is not sent: each PUT is a line in the audit log. */
  if (body == NULL || (self->unchanged != NULL && json_node_equal (body, self->unchanged)))
    return NULL;

  path = self->key != NULL ? g_strdup_printf ("/odata/Assets(%s)", self->key)
                           : g_strdup ("/odata/Assets");
  request = baton_request_new (self->key != NULL ? "PUT" : "POST", path);
  baton_request_set_folder (request, self->folder);
  baton_request_set_permission (request, self->key != NULL ? "Assets.Edit" : "Assets.Create");
  baton_request_take_body (request, g_steal_pointer (&body));
  return request;
}

static char *
baton_asset_window_describe_done (BatonFormWindow *window, JsonNode *answer)
{
  BatonAssetWindow *self = BATON_ASSET_WINDOW (window);

  return g_strdup_printf (self->key != NULL ? _("Asset “%s” saved") : _("Asset “%s” created"),
                          gtk_editable_get_text (self->name));
}

/* The values of the accounts. */

static void
remove_cb (BatonAssetWindow *self, GtkWidget *row)
{
  adw_preferences_group_remove (self->accounts, row);
  g_ptr_array_remove (self->rows, row);
  gtk_widget_grab_focus (self->add);
  show_value (self);
  baton_form_window_changed (BATON_FORM_WINDOW (self));
}

static void
row_failed_cb (BatonAssetWindow *self, const GError *error)
{
  baton_form_window_set_error (BATON_FORM_WINDOW (self), error,
                               _("The accounts and machines could not be loaded"));
}

/* @stored: (nullable) */
static GtkWidget *
add_account (BatonAssetWindow *self, JsonObject *stored)
{
  GtkWidget *row = baton_asset_value_row_new (
      baton_form_window_get_connection (BATON_FORM_WINDOW (self)), get_asset_type (self), stored);

  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (self->accounts, row);
  g_signal_connect_object (row, "changed", G_CALLBACK (baton_form_window_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "failed", G_CALLBACK (row_failed_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static void
add_clicked_cb (BatonAssetWindow *self)
{
  GtkWidget *row = add_account (self, NULL);

  show_value (self);
  baton_form_window_changed (BATON_FORM_WINDOW (self));
  gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
}

static void
default_changed_cb (BatonAssetWindow *self)
{
  show_value (self);
  baton_form_window_changed (BATON_FORM_WINDOW (self));
}

/* Reading what is edited. */

static void
set_text (GtkEditable *entry, const char *text)
{
  gtk_editable_set_text (entry, text != NULL ? text : "");
}

static void
fill_in (BatonAssetWindow *self)
{
  JsonObject *asset = get_original (self);
  JsonArray *values = baton_json_peek_array (asset, "UserValues");

  set_text (self->name, baton_json_peek_string (asset, "Name"));
  set_text (self->description, baton_json_peek_string (asset, "Description"));
  baton_asset_editor_set_stored (self->value, asset);
  gtk_switch_set_active (self->has_default, baton_json_peek_bool (asset, "HasDefaultValue", TRUE));
  self->fixed_type
      = baton_asset_type_from_text (baton_json_peek_string (asset, "ValueType"));
  if (self->fixed_type != BATON_ASSET_OTHER)
    adw_combo_row_set_selected (self->type, self->fixed_type);
  for (guint i = 0; i < baton_json_length (values); i++)
    if (baton_json_peek_object_at (values, i) != NULL)
      add_account (self, baton_json_peek_object_at (values, i));
  show_value (self);
  self->unchanged = make_body (self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) asset = baton_pipeline_send_finish (BATON_PIPELINE (source), result, &error);
  BatonAssetWindow *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = BATON_ASSET_WINDOW (user_data);
  g_clear_object (&self->cancellable);
  if (error == NULL && asset != NULL)
    baton_json_require_root_object (asset, &error);
  if (error != NULL || asset == NULL)
    {
      baton_form_window_set_error (BATON_FORM_WINDOW (self), error,
                                   _("The asset could not be loaded"));
      return;
    }
  self->original = g_steal_pointer (&asset);
  fill_in (self);
  baton_form_window_changed (BATON_FORM_WINDOW (self));
}

static void
read_asset (BatonAssetWindow *self, BatonRecord *asset)
{
  BatonConnection *connection = baton_form_window_get_connection (BATON_FORM_WINDOW (self));
  g_autoptr (BatonRequest) request
      = baton_resource_make_detail_request (baton_record_get_resource (asset), asset, self->folder);

  baton_request_set_priority (request, BATON_PRIORITY_USER);
  self->cancellable = g_cancellable_new ();
  baton_pipeline_send_async (baton_connection_get_pipeline (connection), request, NULL, NULL, NULL,
                             (GDestroyNotify) json_node_unref, self->cancellable, read_cb, self);
}

/* The class. */

static void
baton_asset_window_dispose (GObject *object)
{
  BatonAssetWindow *self = BATON_ASSET_WINDOW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (baton_asset_window_parent_class)->dispose (object);
}

static void
baton_asset_window_finalize (GObject *object)
{
  BatonAssetWindow *self = BATON_ASSET_WINDOW (object);

  g_free (self->key);
  g_clear_pointer (&self->original, json_node_unref);
  g_clear_pointer (&self->unchanged, json_node_unref);
  g_clear_object (&self->value);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (baton_asset_window_parent_class)->finalize (object);
}

static void
baton_asset_window_class_init (BatonAssetWindowClass *klass)
{
  BatonFormWindowClass *form_class = BATON_FORM_WINDOW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_asset_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_asset_window_finalize;
  form_class->make_request = baton_asset_window_make_request;
  form_class->describe_done = baton_asset_window_describe_done;
}

static void
type_changed_cb (BatonAssetWindow *self)
{
  show_value (self);
  baton_form_window_changed (BATON_FORM_WINDOW (self));
}

static GtkEditable *
add_entry (BatonAssetWindow *self, AdwPreferencesGroup *group, GtkWidget *row, const char *title)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (group, row);
  g_signal_connect_object (row, "changed", G_CALLBACK (baton_form_window_changed), self,
                           G_CONNECT_SWAPPED);
  return GTK_EDITABLE (row);
}

static void
add_value_group (BatonAssetWindow *self)
{
  GPtrArray *rows;

  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->group, _("Value"));

  self->has_default = GTK_SWITCH (gtk_switch_new ());
  gtk_switch_set_active (self->has_default, TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->has_default), GTK_ALIGN_CENTER);
  self->default_row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->default_row), _("Default value"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->default_row),
                               _("For accounts that have none of their own"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->default_row), GTK_WIDGET (self->has_default));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self->default_row),
                                         GTK_WIDGET (self->has_default));
  adw_preferences_group_add (self->group, self->default_row);
  g_signal_connect_object (self->has_default, "notify::active", G_CALLBACK (default_changed_cb),
                           self, G_CONNECT_SWAPPED);

  self->value = baton_asset_editor_new ();
  rows = baton_asset_editor_get_rows (self->value);
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_add (self->group, g_ptr_array_index (rows, i));
  g_signal_connect_object (self->value, "changed", G_CALLBACK (baton_form_window_changed), self,
                           G_CONNECT_SWAPPED);
  baton_form_window_add (BATON_FORM_WINDOW (self), self->group);
}

static void
add_accounts_group (BatonAssetWindow *self)
{
  self->rows = g_ptr_array_new ();
  self->accounts = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->accounts, _("Values per account"));
  adw_preferences_group_set_description (
      self->accounts, _("What a process gets that runs under the account, on the machine or on any."));
  self->add = gtk_button_new_from_icon_name ("list-add-symbolic");
  gtk_widget_add_css_class (self->add, "flat");
  gtk_widget_set_valign (self->add, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->add, _("Add a value for an account"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Add a value for an account"), -1);
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (add_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_set_header_suffix (self->accounts, self->add);
  baton_form_window_add (BATON_FORM_WINDOW (self), self->accounts);
}

static void
baton_asset_window_init (BatonAssetWindow *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (type_labels); i++)
    gtk_string_list_append (labels, _(type_labels[i]));
  self->name = add_entry (self, group, adw_entry_row_new (), _("Name"));
  self->type = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->type), _("Type"));
  adw_combo_row_set_model (self->type, G_LIST_MODEL (labels));
  adw_preferences_group_add (group, GTK_WIDGET (self->type));
  self->description = add_entry (self, group, adw_entry_row_new (), _("Description"));
  baton_form_window_add (BATON_FORM_WINDOW (self), group);
  add_value_group (self);
  add_accounts_group (self);
  g_signal_connect_object (self->type, "notify::selected", G_CALLBACK (type_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWindow *
baton_asset_window_new (GtkWindow *parent,
                        BatonConnection *connection,
                        gint64 folder,
                        BatonRecord *asset)
{
  BatonAssetWindow *self;

  g_return_val_if_fail (BATON_IS_CONNECTION (connection), NULL);

  self = g_object_new (BATON_TYPE_ASSET_WINDOW, "transient-for", parent, NULL);
  self->folder = folder;
  baton_form_window_set_connection (BATON_FORM_WINDOW (self), connection);
  if (asset != NULL)
    {
      self->key = g_strdup (baton_record_get_key (asset));
      if (baton_record_get_folder (asset) != 0)
        self->folder = baton_record_get_folder (asset);
      self->fixed_type = baton_asset_type_from_text (baton_record_get (asset, "type"));
      gtk_widget_set_sensitive (GTK_WIDGET (self->type), FALSE);
      baton_form_window_set_words (BATON_FORM_WINDOW (self), _("Edit asset"), _("Save"),
                                   _("The asset was not saved"));
      read_asset (self, asset);
    }
  else
    {
      baton_form_window_set_words (BATON_FORM_WINDOW (self), _("New asset"), _("Create"),
                                   _("The asset was not created"));
    }
  show_value (self);
  baton_form_window_changed (BATON_FORM_WINDOW (self));
  return GTK_WINDOW (self);
}
