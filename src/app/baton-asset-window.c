/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-asset-body.h"
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
  GCancellable *cancellable; /* (owned) (nullable): of reading it */

  GtkEditable *name;
  GtkEditable *description;
  AdwComboRow *type;
  BatonAssetType fixed_type; /* of an asset that is edited */

  AdwPreferencesGroup *group;
  AdwPreferencesGroup *text_group;
  GtkTextBuffer *text; /* (unowned): of the view in text_group */
  GtkWidget *on_row;
  GtkSwitch *on;
  GtkEditable *number;
  GtkEditable *user_name;
  GtkEditable *password;
  GtkEditable *secret;
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
  return self->original == NULL
         || baton_json_peek_bool (get_original (self), "HasDefaultValue", TRUE);
}

static void
show_value (BatonAssetWindow *self)
{
  BatonAssetType type = get_asset_type (self);
  gboolean shown = has_default (self);

  gtk_widget_set_visible (GTK_WIDGET (self->text_group), shown && type == BATON_ASSET_TEXT);
  gtk_widget_set_visible (GTK_WIDGET (self->group), !shown || type != BATON_ASSET_TEXT);
  gtk_widget_set_visible (self->on_row, shown && type == BATON_ASSET_BOOL);
  gtk_widget_set_visible (GTK_WIDGET (self->number), shown && type == BATON_ASSET_INTEGER);
  gtk_widget_set_visible (GTK_WIDGET (self->user_name), shown && type == BATON_ASSET_CREDENTIAL);
  gtk_widget_set_visible (GTK_WIDGET (self->password), shown && type == BATON_ASSET_CREDENTIAL);
  gtk_widget_set_visible (GTK_WIDGET (self->secret), shown && type == BATON_ASSET_SECRET);

  if (!shown)
    adw_preferences_group_set_description (
        self->group, _("This asset has a value for each account, and none for all."));
  else if (type == BATON_ASSET_OTHER)
    adw_preferences_group_set_description (
        self->group, _("A value of this type stays as it is; name and description can change."));
  else if (self->key != NULL && (type == BATON_ASSET_CREDENTIAL || type == BATON_ASSET_SECRET))
    adw_preferences_group_set_description (
        self->group, _("The service never shows it again. Left empty, it stays as it is."));
  else
    adw_preferences_group_set_description (self->group, NULL);
}

/* Returns: FALSE where something lacks or is wrong. */
static gboolean
is_complete (BatonAssetWindow *self, const BatonAssetValues *values)
{
  gsize length = (gsize) g_utf8_strlen (values->name, -1);

  if (length == 0 || length > MAX_NAME)
    return FALSE;
  if (self->key != NULL && self->original == NULL)
    return FALSE;
  if (!has_default (self))
    return TRUE;
  if (values->type == BATON_ASSET_CREDENTIAL)
    {
      if (*values->user_name == '\0')
        return FALSE;
      /* The service refuses another user name without a password (fact sheet 6.12). */
      return *values->secret != '\0'
             || (self->original != NULL
                 && g_strcmp0 (baton_json_peek_string (get_original (self), "CredentialUsername"),
                               values->user_name)
                        == 0);
    }
  if (values->type == BATON_ASSET_SECRET)
    return *values->secret != '\0' || self->original != NULL;
  return TRUE;
}

static BatonRequest *
baton_asset_window_make_request (BatonFormWindow *window)
{
  BatonAssetWindow *self = BATON_ASSET_WINDOW (window);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  BatonAssetValues values = { 0 };
  GtkTextIter start, end;
  gboolean number_ok;
  BatonRequest *request;

  gtk_text_buffer_get_bounds (self->text, &start, &end);
  text = gtk_text_buffer_get_text (self->text, &start, &end, FALSE);
  values.name = name;
  values.description = gtk_editable_get_text (self->description);
  values.type = get_asset_type (self);
  values.text = text;
  values.on = gtk_switch_get_active (self->on);
  number_ok = g_ascii_string_to_signed (gtk_editable_get_text (self->number), 10, G_MININT32,
                                        G_MAXINT32, &values.number, NULL);
  values.user_name = gtk_editable_get_text (self->user_name);
  values.secret = gtk_editable_get_text (values.type == BATON_ASSET_SECRET ? self->secret
                                                                           : self->password);
  if (number_ok)
    gtk_widget_remove_css_class (GTK_WIDGET (self->number), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->number), "error");

  if (!is_complete (self, &values) || (values.type == BATON_ASSET_INTEGER && !number_ok))
    return NULL;
  /* What did not change is not sent: each PUT is a line in the audit log. */
  if (self->original != NULL && !baton_asset_differs (&values, get_original (self)))
    return NULL;

  path = self->key != NULL ? g_strdup_printf ("/odata/Assets(%s)", self->key)
                           : g_strdup ("/odata/Assets");
  request = baton_request_new (self->key != NULL ? "PUT" : "POST", path);
  baton_request_set_folder (request, self->folder);
  baton_request_set_permission (request, self->key != NULL ? "Assets.Edit" : "Assets.Create");
  baton_request_take_body (request, baton_asset_make_body (&values, get_original (self)));
  return request;
}

static char *
baton_asset_window_describe_done (BatonFormWindow *window, JsonNode *answer)
{
  BatonAssetWindow *self = BATON_ASSET_WINDOW (window);

  return g_strdup_printf (self->key != NULL ? _("Asset “%s” saved") : _("Asset “%s” created"),
                          gtk_editable_get_text (self->name));
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
  const char *text = baton_json_peek_string (asset, "StringValue");
  g_autofree char *number
      = g_strdup_printf ("%" G_GINT64_FORMAT, baton_json_peek_int (asset, "IntValue", 0));

  set_text (self->name, baton_json_peek_string (asset, "Name"));
  set_text (self->description, baton_json_peek_string (asset, "Description"));
  set_text (self->number, number);
  set_text (self->user_name, baton_json_peek_string (asset, "CredentialUsername"));
  gtk_text_buffer_set_text (self->text, text != NULL ? text : "", -1);
  gtk_switch_set_active (self->on, baton_json_peek_bool (asset, "BoolValue", FALSE));
  self->fixed_type
      = baton_asset_type_from_text (baton_json_peek_string (asset, "ValueType"));
  if (self->fixed_type != BATON_ASSET_OTHER)
    adw_combo_row_set_selected (self->type, self->fixed_type);
  show_value (self);
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
add_text (BatonAssetWindow *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();

  self->text = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Value"),
                                  -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 72);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 220);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_add_css_class (scroller, "card");
  gtk_widget_add_css_class (scroller, "baton-text");
  self->text_group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->text_group, _("Value"));
  adw_preferences_group_add (self->text_group, scroller);
  baton_form_window_add (BATON_FORM_WINDOW (self), self->text_group);
  g_signal_connect_object (self->text, "changed", G_CALLBACK (baton_form_window_changed), self,
                           G_CONNECT_SWAPPED);
}

static void
add_value_rows (BatonAssetWindow *self)
{
  add_text (self);
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->group, _("Value"));

  self->on = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->on), GTK_ALIGN_CENTER);
  self->on_row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->on_row), _("True"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->on_row), GTK_WIDGET (self->on));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self->on_row), GTK_WIDGET (self->on));
  adw_preferences_group_add (self->group, self->on_row);
  g_signal_connect_object (self->on, "notify::active", G_CALLBACK (baton_form_window_changed), self,
                           G_CONNECT_SWAPPED);

  self->number = GTK_EDITABLE (adw_entry_row_new ());
  set_text (self->number, "0");
  add_entry (self, self->group, GTK_WIDGET (self->number), _("Whole number"));
  self->user_name = add_entry (self, self->group, adw_entry_row_new (), _("User name"));
  self->password = add_entry (self, self->group, adw_password_entry_row_new (), _("Password"));
  self->secret = add_entry (self, self->group, adw_password_entry_row_new (), _("Secret"));
  baton_form_window_add (BATON_FORM_WINDOW (self), self->group);
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
  add_value_rows (self);
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
