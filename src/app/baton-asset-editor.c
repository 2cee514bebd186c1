/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-asset-editor.h"
#include "baton-json.h"

struct _BatonAssetEditor
{
  GObject parent_instance;

  BatonAssetType type;
  JsonObject *stored; /* (owned) (nullable) */
  char *copy;         /* (owned) (nullable): of the text, for who asked last */

  GPtrArray *rows; /* (owned) */
  GtkWidget *text_row;
  GtkTextBuffer *text;
  GtkWidget *on_row;
  GtkSwitch *on;
  GtkEditable *number;
  GtkEditable *user_name;
  GtkEditable *password;
  GtkEditable *secret;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonAssetEditor, baton_asset_editor, G_TYPE_OBJECT)

static void
changed_cb (BatonAssetEditor *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
mark (GtkEditable *entry, gboolean wrong)
{
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
}

static void
set_text (GtkEditable *entry, const char *text)
{
  gtk_editable_set_text (entry, text != NULL ? text : "");
}

static void
baton_asset_editor_finalize (GObject *object)
{
  BatonAssetEditor *self = BATON_ASSET_EDITOR (object);

  g_clear_pointer (&self->stored, json_object_unref);
  g_free (self->copy);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (baton_asset_editor_parent_class)->finalize (object);
}

static void
baton_asset_editor_class_init (BatonAssetEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_asset_editor_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
add_row (BatonAssetEditor *self, GtkWidget *row)
{
  g_ptr_array_add (self->rows, g_object_ref_sink (row));
}

static GtkEditable *
add_entry (BatonAssetEditor *self, GtkWidget *row, const char *title)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  add_row (self, row);
  return GTK_EDITABLE (row);
}

static void
add_text (BatonAssetEditor *self)
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
  gtk_widget_add_css_class (scroller, "baton-text");
  self->text_row = adw_preferences_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->text_row), _("Value"));
  /* The text takes the focus, not the row around it. */
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->text_row), FALSE);
  gtk_widget_set_focusable (self->text_row, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self->text_row), scroller);
  add_row (self, self->text_row);
  g_signal_connect_object (self->text, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
baton_asset_editor_init (BatonAssetEditor *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  add_text (self);

  self->on = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->on), GTK_ALIGN_CENTER);
  self->on_row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->on_row), _("True"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->on_row), GTK_WIDGET (self->on));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self->on_row), GTK_WIDGET (self->on));
  add_row (self, self->on_row);
  g_signal_connect_object (self->on, "notify::active", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);

  self->number = add_entry (self, adw_entry_row_new (), _("Whole number"));
  set_text (self->number, "0");
  self->user_name = add_entry (self, adw_entry_row_new (), _("User name"));
  self->password = add_entry (self, adw_password_entry_row_new (), _("Password"));
  self->secret = add_entry (self, adw_password_entry_row_new (), _("Secret"));
  baton_asset_editor_set_type (self, BATON_ASSET_TEXT, TRUE);
}

BatonAssetEditor *
baton_asset_editor_new (void)
{
  return g_object_new (BATON_TYPE_ASSET_EDITOR, NULL);
}

GPtrArray *
baton_asset_editor_get_rows (BatonAssetEditor *self)
{
  g_return_val_if_fail (BATON_IS_ASSET_EDITOR (self), NULL);

  return self->rows;
}

void
baton_asset_editor_set_type (BatonAssetEditor *self, BatonAssetType type, gboolean shown)
{
  g_return_if_fail (BATON_IS_ASSET_EDITOR (self));

  self->type = type;
  gtk_widget_set_visible (self->text_row, shown && type == BATON_ASSET_TEXT);
  gtk_widget_set_visible (self->on_row, shown && type == BATON_ASSET_BOOL);
  gtk_widget_set_visible (GTK_WIDGET (self->number), shown && type == BATON_ASSET_INTEGER);
  gtk_widget_set_visible (GTK_WIDGET (self->user_name), shown && type == BATON_ASSET_CREDENTIAL);
  gtk_widget_set_visible (GTK_WIDGET (self->password), shown && type == BATON_ASSET_CREDENTIAL);
  gtk_widget_set_visible (GTK_WIDGET (self->secret), shown && type == BATON_ASSET_SECRET);
}

void
baton_asset_editor_set_stored (BatonAssetEditor *self, JsonObject *stored)
{
  const char *text;
  g_autofree char *number = NULL;

  g_return_if_fail (BATON_IS_ASSET_EDITOR (self));
  g_return_if_fail (stored != NULL);

  json_object_ref (stored);
  g_clear_pointer (&self->stored, json_object_unref);
  self->stored = stored;
  text = baton_json_peek_string (stored, "StringValue");
  number = g_strdup_printf ("%" G_GINT64_FORMAT, baton_json_peek_int (stored, "IntValue", 0));
  gtk_text_buffer_set_text (self->text, text != NULL ? text : "", -1);
  gtk_switch_set_active (self->on, baton_json_peek_bool (stored, "BoolValue", FALSE));
  set_text (self->number, number);
  set_text (self->user_name, baton_json_peek_string (stored, "CredentialUsername"));
}

static char *
dup_text (BatonAssetEditor *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->text, &start, &end);
  return gtk_text_buffer_get_text (self->text, &start, &end, FALSE);
}

/* The service keeps a password or a secret that is left out, but refuses another user name without
 * a password (fact sheet 6.12). */
static gboolean
may_stay (BatonAssetEditor *self, gboolean in_place)
{
  if (!in_place || self->stored == NULL)
    return FALSE;
  return self->type == BATON_ASSET_SECRET
         || g_strcmp0 (baton_json_peek_string (self->stored, "CredentialUsername"),
                       gtk_editable_get_text (self->user_name))
                == 0;
}

gboolean
baton_asset_editor_get_value (BatonAssetEditor *self, gboolean in_place, BatonAssetValue *value)
{
  GtkEditable *secret;
  gboolean number_ok, lacks;

  g_return_val_if_fail (BATON_IS_ASSET_EDITOR (self), FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  secret = self->type == BATON_ASSET_SECRET ? self->secret : self->password;
  g_free (self->copy);
  self->copy = dup_text (self);
  value->text = self->copy;
  value->on = gtk_switch_get_active (self->on);
  number_ok = g_ascii_string_to_signed (gtk_editable_get_text (self->number), 10, G_MININT32,
                                        G_MAXINT32, &value->number, NULL);
  value->user_name = gtk_editable_get_text (self->user_name);
  value->secret = gtk_editable_get_text (secret);

  mark (self->number, !number_ok);
  lacks = *value->secret == '\0' && !may_stay (self, in_place);
  /* What was not begun is not wrong yet. */
  mark (self->password, lacks && *value->user_name != '\0');
  switch (self->type)
    {
    case BATON_ASSET_INTEGER:
      return number_ok;
    case BATON_ASSET_CREDENTIAL:
      return *value->user_name != '\0' && !lacks;
    case BATON_ASSET_SECRET:
      return !lacks;
    case BATON_ASSET_TEXT:
    case BATON_ASSET_BOOL:
    case BATON_ASSET_OTHER:
    default:
      return TRUE;
    }
}

char *
baton_asset_editor_dup_summary (BatonAssetEditor *self)
{
  const char *text = NULL;

  g_return_val_if_fail (BATON_IS_ASSET_EDITOR (self), NULL);

  switch (self->type)
    {
    case BATON_ASSET_TEXT:
      return g_strstrip (g_strdelimit (dup_text (self), "\n\r\t", ' '));
    case BATON_ASSET_BOOL:
      text = gtk_switch_get_active (self->on) ? _("True") : _("False");
      break;
    case BATON_ASSET_INTEGER:
      text = gtk_editable_get_text (self->number);
      break;
    case BATON_ASSET_CREDENTIAL:
      text = gtk_editable_get_text (self->user_name);
      break;
    case BATON_ASSET_SECRET:
    case BATON_ASSET_OTHER:
    default:
      break;
    }
  return g_strdup (text != NULL ? text : "");
}
