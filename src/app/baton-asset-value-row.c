/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-asset-editor.h"
#include "baton-asset-value-row.h"
#include "baton-json.h"
#include "baton-record-picker.h"

/* A group or an application runs nothing, so that no process asks for an asset in its name. */
#define ACCOUNTS "Type ne 'DirectoryGroup' and Type ne 'DirectoryExternalApplication'"

struct _BatonAssetValueRow
{
  AdwExpanderRow parent_instance;

  BatonConnection *connection; /* (owned) */
  JsonObject *stored;          /* (owned) (nullable) */
  BatonAssetEditor *editor;    /* (owned) */
  BatonRecordPicker *account;
  BatonRecordPicker *machine;
  GtkWidget *remove;
  gboolean loaded; /* the lists are asked for, and what they say counts */
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_REMOVE,
  SIGNAL_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonAssetValueRow, baton_asset_value_row, ADW_TYPE_EXPANDER_ROW)

static gint64
get_stored_id (BatonAssetValueRow *self, const char *member)
{
  return self->stored != NULL ? baton_json_peek_int (self->stored, member, 0) : 0;
}

static gint64
get_id (BatonAssetValueRow *self, BatonRecordPicker *picker, const char *member)
{
  BatonRecord *record = baton_record_picker_get_record (picker);

  if (!self->loaded)
    return get_stored_id (self, member);
  return record != NULL ? baton_record_get_int (record, "id") : 0;
}

/* Returns: (transfer none) (nullable) */
static const char *
get_name (BatonAssetValueRow *self, BatonRecordPicker *picker, const char *member)
{
  BatonRecord *record = baton_record_picker_get_record (picker);

  if (!self->loaded)
    return self->stored != NULL ? baton_json_peek_string (self->stored, member) : NULL;
  return record != NULL ? baton_record_get_name (record) : NULL;
}

/* @problem: (nullable): said in place of the value. */
static void
show (BatonAssetValueRow *self, const char *problem)
{
  const char *account = get_name (self, self->account, "UserName");
  const char *machine = get_name (self, self->machine, "MachineName");
  g_autofree char *value = baton_asset_editor_dup_summary (self->editor);
  g_autofree char *subtitle = NULL;
  g_autofree char *remove = NULL;

  if (problem != NULL)
    subtitle = g_strdup (problem);
  else
    subtitle = g_strjoin (" · ", machine != NULL ? machine : _("Any machine"),
                          *value != '\0' ? value : NULL, NULL);
  if (account == NULL)
    account = _("New value");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), account);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
  /* TRANSLATORS: %s is the name of an account */
  remove = g_strdup_printf (_("Remove the value of %s"), account);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  remove, -1);
}

static void
changed_cb (BatonAssetValueRow *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
remove_cb (BatonAssetValueRow *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVE], 0);
}

static void
failed_cb (BatonAssetValueRow *self, const GError *error)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

/* Returns: (transfer full) (nullable): a record of what is stored, to begin with. */
static BatonRecord *
make_record (BatonAssetValueRow *self, const char *resource, const char *id, const char *name)
{
  const BatonResource *found = baton_catalogue_find (resource);
  const BatonField *field = &found->fields[baton_resource_find_field (found, found->name)];
  const char *text = self->stored != NULL ? baton_json_peek_string (self->stored, name) : NULL;
  g_autoptr (JsonObject) object = NULL;

  if (get_stored_id (self, id) == 0)
    return NULL;
  object = json_object_new ();
  json_object_set_int_member (object, found->key, get_stored_id (self, id));
  json_object_set_string_member (object, field->property, text != NULL ? text : "");
  return baton_record_new (found, object, NULL);
}

static void
expanded_cb (BatonAssetValueRow *self)
{
  g_autoptr (BatonRecord) account = NULL;
  g_autoptr (BatonRecord) machine = NULL;

  if (self->loaded || !adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
    return;
  account = make_record (self, "users", "UserId", "UserName");
  machine = make_record (self, "machines", "MachineId", "MachineName");
  if (account == NULL)
    baton_record_picker_set_none (self->account, _("Choose an account"));
  baton_record_picker_set_none (self->machine, _("Any machine"));
  baton_record_picker_load (self->account, self->connection, 0, account);
  baton_record_picker_load (self->machine, self->connection, 0, machine);
  self->loaded = TRUE;
}

static void
baton_asset_value_row_dispose (GObject *object)
{
  BatonAssetValueRow *self = BATON_ASSET_VALUE_ROW (object);

  g_clear_object (&self->connection);
  G_OBJECT_CLASS (baton_asset_value_row_parent_class)->dispose (object);
}

static void
baton_asset_value_row_finalize (GObject *object)
{
  BatonAssetValueRow *self = BATON_ASSET_VALUE_ROW (object);

  g_clear_pointer (&self->stored, json_object_unref);
  g_clear_object (&self->editor);
  G_OBJECT_CLASS (baton_asset_value_row_parent_class)->finalize (object);
}

static void
baton_asset_value_row_class_init (BatonAssetValueRowClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_asset_value_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_asset_value_row_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[SIGNAL_REMOVE] = g_signal_new ("remove", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static BatonRecordPicker *
add_picker (BatonAssetValueRow *self, const char *resource, const char *title)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *picker = baton_record_picker_new (baton_catalogue_find (resource), title);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_hexpand (picker, TRUE);
  gtk_widget_set_valign (picker, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), picker);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_signal_connect_object (picker, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (picker, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  return BATON_RECORD_PICKER (picker);
}

static void
baton_asset_value_row_init (BatonAssetValueRow *self)
{
  GPtrArray *rows;

  /* The names come from a server. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  self->account = add_picker (self, "users", _("Account"));
  baton_record_picker_set_filter (self->account, ACCOUNTS);
  self->machine = add_picker (self, "machines", _("Machine"));

  self->editor = baton_asset_editor_new ();
  rows = baton_asset_editor_get_rows (self->editor);
  for (guint i = 0; i < rows->len; i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (self), g_ptr_array_index (rows, i));
  g_signal_connect_object (self->editor, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);

  self->remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  gtk_widget_set_valign (self->remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->remove, "flat");
  gtk_widget_set_tooltip_text (self->remove, _("Remove"));
  g_signal_connect_object (self->remove, "clicked", G_CALLBACK (remove_cb), self,
                           G_CONNECT_SWAPPED);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), self->remove);
  g_signal_connect_object (self, "notify::expanded", G_CALLBACK (expanded_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
baton_asset_value_row_new (BatonConnection *connection, BatonAssetType type, JsonObject *stored)
{
  BatonAssetValueRow *self;

  g_return_val_if_fail (BATON_IS_CONNECTION (connection), NULL);

  self = g_object_new (BATON_TYPE_ASSET_VALUE_ROW, NULL);
  self->connection = g_object_ref (connection);
  if (stored != NULL)
    {
      self->stored = json_object_ref (stored);
      baton_asset_editor_set_stored (self->editor, stored);
    }
  baton_asset_editor_set_type (self->editor, type, TRUE);
  show (self, NULL);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), stored == NULL);
  return GTK_WIDGET (self);
}

void
baton_asset_value_row_set_type (BatonAssetValueRow *self, BatonAssetType type)
{
  g_return_if_fail (BATON_IS_ASSET_VALUE_ROW (self));

  baton_asset_editor_set_type (self->editor, type, TRUE);
}

gboolean
baton_asset_value_row_get_value (BatonAssetValueRow *self, BatonAssetUserValue *value)
{
  gboolean in_place, complete;

  g_return_val_if_fail (BATON_IS_ASSET_VALUE_ROW (self), FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  value->user = get_id (self, self->account, "UserId");
  value->machine = get_id (self, self->machine, "MachineId");
  value->original = self->stored;
  in_place = value->user == get_stored_id (self, "UserId")
             && value->machine == get_stored_id (self, "MachineId");
  complete = baton_asset_editor_get_value (self->editor, in_place, &value->value);
  if (value->user == 0)
    show (self, _("Choose the account that the value is for."));
  else if (!complete)
    show (self, _("The value is not complete."));
  else
    show (self, NULL);
  return value->user != 0 && complete;
}

void
baton_asset_value_row_set_double (BatonAssetValueRow *self, gboolean is_double)
{
  g_return_if_fail (BATON_IS_ASSET_VALUE_ROW (self));

  if (is_double)
    show (self, _("Another value is for the same account and machine."));
}
