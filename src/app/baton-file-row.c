/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-file-row.h"

struct _BatonFileRow
{
  AdwActionRow parent_instance;

  GtkWidget *clear;
  GtkWidget *choose;

  char *path;                   /* (owned) (nullable) */
  GListStore *kinds;            /* (owned) (element-type GtkFileFilter) */
  GtkFileChooserNative *dialog; /* (owned) (nullable) */
};

enum
{
  PROP_0,
  PROP_PATH,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BatonFileRow, baton_file_row, ADW_TYPE_ACTION_ROW)

static void
update (BatonFileRow *self)
{
  g_autofree char *shown = self->path != NULL ? g_filename_display_name (self->path) : NULL;
  g_autofree char *markup = g_markup_escape_text (shown != NULL ? shown : _ ("None"), -1);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), markup);
  gtk_widget_set_visible (self->clear, self->path != NULL);
}

static void
answered_cb (BatonFileRow *self, int response)
{
  g_autoptr (GtkFileChooserNative) dialog = g_steal_pointer (&self->dialog);
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  path = file != NULL ? g_file_get_path (file) : NULL;
  if (path != NULL)
    baton_file_row_set_path (self, path);
}

static void
choose_cb (BatonFileRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->dialog != NULL)
    return;
  self->dialog = gtk_file_chooser_native_new (
      adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)),
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->kinds)); i++)
    {
      g_autoptr (GtkFileFilter) kind = g_list_model_get_item (G_LIST_MODEL (self->kinds), i);

      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->dialog), kind);
    }
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->dialog), TRUE);
  g_signal_connect_object (self->dialog, "response", G_CALLBACK (answered_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->dialog));
}

static void
clear_cb (BatonFileRow *self)
{
  baton_file_row_set_path (self, NULL);
}

static void
baton_file_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PATH)
    g_value_set_string (value, BATON_FILE_ROW (object)->path);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
baton_file_row_dispose (GObject *object)
{
  BatonFileRow *self = BATON_FILE_ROW (object);

  if (self->dialog != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->dialog));
  g_clear_object (&self->dialog);
  g_clear_object (&self->kinds);
  G_OBJECT_CLASS (baton_file_row_parent_class)->dispose (object);
}

static void
baton_file_row_finalize (GObject *object)
{
  g_free (BATON_FILE_ROW (object)->path);
  G_OBJECT_CLASS (baton_file_row_parent_class)->finalize (object);
}

static void
baton_file_row_class_init (BatonFileRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = baton_file_row_dispose;
  object_class->finalize = baton_file_row_finalize;
  object_class->get_property = baton_file_row_get_property;

  properties[PROP_PATH]
      = g_param_spec_string ("path", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static GtkWidget *
add_button (BatonFileRow *self, const char *icon, const char *tooltip, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tooltip);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
  return button;
}

/* Two such rows in a window have buttons of different names. */
static void
name_buttons (BatonFileRow *self)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));
  /* TRANSLATORS: %s is what the file is for */
  g_autofree char *choose = g_strdup_printf (_ ("Choose a file: %s"), title);
  /* TRANSLATORS: %s is what the file is for */
  g_autofree char *clear = g_strdup_printf (_ ("Take the file out: %s"), title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choose), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  choose, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->clear), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  clear, -1);
}

static void
baton_file_row_init (BatonFileRow *self)
{
  self->kinds = g_list_store_new (GTK_TYPE_FILE_FILTER);
  self->clear
      = add_button (self, "edit-clear-symbolic", _ ("Take the file out"), G_CALLBACK (clear_cb));
  self->choose
      = add_button (self, "document-open-symbolic", _ ("Choose a file"), G_CALLBACK (choose_cb));
  g_signal_connect_object (self, "notify::title", G_CALLBACK (name_buttons), self, 0);
  name_buttons (self);
  update (self);
}

void
baton_file_row_set_path (BatonFileRow *self, const char *path)
{
  g_return_if_fail (BATON_IS_FILE_ROW (self));

  if (g_strcmp0 (self->path, path) == 0)
    return;
  g_free (self->path);
  self->path = g_strdup (path);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PATH]);
}

const char *
baton_file_row_get_path (BatonFileRow *self)
{
  g_return_val_if_fail (BATON_IS_FILE_ROW (self), NULL);

  return self->path;
}

void
baton_file_row_add_kind (BatonFileRow *self, const char *name, const char *patterns)
{
  g_autoptr (GtkFileFilter) kind = NULL;
  g_auto (GStrv) all = NULL;

  g_return_if_fail (BATON_IS_FILE_ROW (self));

  kind = gtk_file_filter_new ();
  all = g_strsplit (patterns, ";", -1);
  gtk_file_filter_set_name (kind, name);
  for (guint i = 0; all[i] != NULL; i++)
    gtk_file_filter_add_pattern (kind, all[i]);
  g_list_store_append (self->kinds, kind);
}
