/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-view-settings.h"

#define SCHEMA_ID APPLICATION_ID ".view"
#define PATH_FORMAT "/io/github/baton_desktop/Baton/views/%s/"

struct _BatonViewSettings
{
  GObject parent_instance;

  const BatonResource *resource;
  GSettings *settings; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BatonViewSettings, baton_view_settings, G_TYPE_OBJECT)

static void
baton_view_settings_dispose (GObject *object)
{
  g_clear_object (&BATON_VIEW_SETTINGS (object)->settings);
  G_OBJECT_CLASS (baton_view_settings_parent_class)->dispose (object);
}

static void
baton_view_settings_class_init (BatonViewSettingsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_view_settings_dispose;
}

static void
baton_view_settings_init (BatonViewSettings *self)
{
}

BatonViewSettings *
baton_view_settings_new (const BatonResource *resource)
{
  BatonViewSettings *self = g_object_new (BATON_TYPE_VIEW_SETTINGS, NULL);
  g_autofree char *path = g_strdup_printf (PATH_FORMAT, resource->id);

  self->resource = resource;
  self->settings = g_settings_new_with_path (SCHEMA_ID, path);
  return self;
}

static gboolean
is_default (BatonViewSettings *self, const char *field_id)
{
  int field = baton_resource_find_field (self->resource, field_id);

  return field >= 0 && (self->resource->fields[field].flags & BATON_FIELD_DEFAULT);
}

gboolean
baton_view_settings_get_visible (BatonViewSettings *self, const char *field_id)
{
  g_auto (GStrv) visible = NULL;

  g_return_val_if_fail (BATON_IS_VIEW_SETTINGS (self), FALSE);

  visible = g_settings_get_strv (self->settings, "visible-columns");
  if (visible[0] == NULL)
    return is_default (self, field_id);
  return g_strv_contains ((const char *const *) visible, field_id);
}

void
baton_view_settings_set_visible (BatonViewSettings *self, const char *field_id, gboolean visible)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;

  g_return_if_fail (BATON_IS_VIEW_SETTINGS (self));

  for (guint i = 0; self->resource->fields[i].id != NULL; i++)
    {
      const char *id = self->resource->fields[i].id;

      if (g_str_equal (id, field_id) ? visible : baton_view_settings_get_visible (self, id))
        g_strv_builder_add (builder, id);
    }
  ids = g_strv_builder_end (builder);
  g_settings_set_strv (self->settings, "visible-columns", (const char *const *) ids);
}

GStrv
baton_view_settings_dup_order (BatonViewSettings *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) chosen = NULL;

  g_return_val_if_fail (BATON_IS_VIEW_SETTINGS (self), NULL);

  chosen = g_settings_get_strv (self->settings, "column-order");
  for (guint i = 0; chosen[i] != NULL; i++)
    if (baton_resource_find_field (self->resource, chosen[i]) >= 0)
      g_strv_builder_add (builder, chosen[i]);
  for (guint i = 0; self->resource->fields[i].id != NULL; i++)
    if (!g_strv_contains ((const char *const *) chosen, self->resource->fields[i].id))
      g_strv_builder_add (builder, self->resource->fields[i].id);
  return g_strv_builder_end (builder);
}

void
baton_view_settings_set_order (BatonViewSettings *self, const char *const *field_ids)
{
  g_return_if_fail (BATON_IS_VIEW_SETTINGS (self));

  g_settings_set_strv (self->settings, "column-order", field_ids);
}

char *
baton_view_settings_dup_sort (BatonViewSettings *self, gboolean *descending)
{
  g_autofree char *id = NULL;

  g_return_val_if_fail (BATON_IS_VIEW_SETTINGS (self), NULL);

  id = g_settings_get_string (self->settings, "sort-column");
  if (baton_resource_find_field (self->resource, id) >= 0)
    {
      if (descending != NULL)
        *descending = g_settings_get_boolean (self->settings, "sort-descending");
      return g_steal_pointer (&id);
    }
  if (descending != NULL)
    *descending = self->resource->sort_descending;
  return g_strdup (self->resource->sort);
}

void
baton_view_settings_set_sort (BatonViewSettings *self, const char *field_id, gboolean descending)
{
  g_return_if_fail (BATON_IS_VIEW_SETTINGS (self));

  g_settings_set_string (self->settings, "sort-column", field_id);
  g_settings_set_boolean (self->settings, "sort-descending", descending);
}

void
baton_view_settings_reset (BatonViewSettings *self)
{
  static const char *const keys[] = { "visible-columns", "column-order", "sort-column",
                                      "sort-descending" };

  g_return_if_fail (BATON_IS_VIEW_SETTINGS (self));

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (self->settings, keys[i]);
}
