/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <adwaita.h>
#include <glib/gi18n.h>

#include "baton-property-list.h"
#include "baton-property.h"
#include "baton-value-text.h"

/* Text of more lines than this starts closed. */
#define MAX_OPEN_LINES 14
/* Pixels: between two sections. */
#define SECTION_SPACING 18
#define FIELD_KEY "baton-field"

struct _BatonPropertyList
{
  GtkBox parent_instance;

  const BatonResource *resource;
  BatonRecord *record; /* (owned) (nullable) */
  guint tick_source;
  GHashTable *toggled; /* (owned): titles of texts that the person opened or closed, to gboolean */
  GPtrArray *running;  /* (owned) of GtkLabel (owned): spans that grow while one looks */
};

G_DEFINE_FINAL_TYPE (BatonPropertyList, baton_property_list, GTK_TYPE_BOX)

/* Values. */

static gboolean
is_growing (BatonRecord *record, guint field)
{
  const BatonField *description = &baton_record_get_resource (record)->fields[field];

  return description->kind == BATON_FIELD_DURATION && baton_record_get_number (record, field) > 0;
}

static gboolean
tick_cb (gpointer user_data)
{
  BatonPropertyList *self = BATON_PROPERTY_LIST (user_data);

  for (guint i = 0; i < self->running->len; i++)
    {
      GtkLabel *label = g_ptr_array_index (self->running, i);
      guint field = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (label), FIELD_KEY));
      g_autofree char *display = baton_record_dup_display (self->record, field);

      if (g_strcmp0 (gtk_label_get_text (label), display) != 0)
        gtk_label_set_text (label, display);
    }
  return G_SOURCE_CONTINUE;
}

static void
expanded_cb (BatonPropertyList *self, GParamSpec *pspec, GtkExpander *expander)
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
create_text (BatonPropertyList *self, BatonRecord *record, guint field)
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
add_line (BatonPropertyList *self, GtkGrid *grid, int row, BatonRecord *record, guint field)
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
add_section (BatonPropertyList *self, BatonRecord *record, const char *name)
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
    gtk_box_append (GTK_BOX (self), section);
  else
    g_object_unref (g_object_ref_sink (section));
}

static void
add_links (BatonPropertyList *self, BatonRecord *record)
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
    gtk_box_append (GTK_BOX (self), section);
  else
    g_object_unref (g_object_ref_sink (section));
}

static gboolean
is_first_of_section (const BatonResource *resource, guint field)
{
  for (guint i = 0; i < field; i++)
    if (g_strcmp0 (resource->fields[i].section, resource->fields[field].section) == 0)
      return FALSE;
  return TRUE;
}

/* The class. */

static void
baton_property_list_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (baton_property_list_parent_class)->map (widget);
  BATON_PROPERTY_LIST (widget)->tick_source = g_timeout_add_seconds (1, tick_cb, widget);
}

static void
baton_property_list_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&BATON_PROPERTY_LIST (widget)->tick_source, g_source_remove);
  GTK_WIDGET_CLASS (baton_property_list_parent_class)->unmap (widget);
}

static void
baton_property_list_dispose (GObject *object)
{
  BatonPropertyList *self = BATON_PROPERTY_LIST (object);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_ptr_array_set_size (self->running, 0);
  G_OBJECT_CLASS (baton_property_list_parent_class)->dispose (object);
}

static void
baton_property_list_finalize (GObject *object)
{
  BatonPropertyList *self = BATON_PROPERTY_LIST (object);

  g_clear_pointer (&self->record, baton_record_unref);
  g_hash_table_unref (self->toggled);
  g_ptr_array_unref (self->running);
  G_OBJECT_CLASS (baton_property_list_parent_class)->finalize (object);
}

static void
baton_property_list_class_init (BatonPropertyListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_property_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_property_list_finalize;
  widget_class->map = baton_property_list_map;
  widget_class->unmap = baton_property_list_unmap;
}

static void
baton_property_list_init (BatonPropertyList *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), SECTION_SPACING);
  self->toggled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->running = g_ptr_array_new_with_free_func (g_object_unref);
}

GtkWidget *
baton_property_list_new (const BatonResource *resource)
{
  BatonPropertyList *self;

  g_return_val_if_fail (resource != NULL, NULL);

  self = g_object_new (BATON_TYPE_PROPERTY_LIST, NULL);
  self->resource = resource;
  return GTK_WIDGET (self);
}

void
baton_property_list_set_record (BatonPropertyList *self, BatonRecord *record)
{
  GtkWidget *child;

  g_return_if_fail (BATON_IS_PROPERTY_LIST (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_box_remove (GTK_BOX (self), child);
  g_ptr_array_set_size (self->running, 0);
  if (record != NULL)
    baton_record_ref (record);
  g_clear_pointer (&self->record, baton_record_unref);
  self->record = record;
  if (record == NULL)
    return;
  for (guint i = 0; self->resource->fields[i].id != NULL; i++)
    if (is_first_of_section (self->resource, i))
      add_section (self, record, self->resource->fields[i].section);
  add_links (self, record);
}
