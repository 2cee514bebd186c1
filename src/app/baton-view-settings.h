/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "resources/baton-resource.h"

G_BEGIN_DECLS

/**
 * BatonViewSettings:
 *
 * How the person wants the table of one resource: columns, their order, the sort. Kept in GSettings; what was never
 * chosen is as the resource's description says. Main thread.
 */
#define BATON_TYPE_VIEW_SETTINGS (baton_view_settings_get_type ())
G_DECLARE_FINAL_TYPE (BatonViewSettings, baton_view_settings, BATON, VIEW_SETTINGS, GObject)

BatonViewSettings *baton_view_settings_new (const BatonResource *resource);

gboolean baton_view_settings_get_visible (BatonViewSettings *self, const char *field_id);
void baton_view_settings_set_visible (BatonViewSettings *self, const char *field_id, gboolean visible);
/* Returns: (transfer full): ids of all fields in their order, never NULL. */
GStrv baton_view_settings_dup_order (BatonViewSettings *self);
void baton_view_settings_set_order (BatonViewSettings *self, const char *const *field_ids);
/* @descending: (out) (optional). Returns: (transfer full) (nullable): a field's id. */
char *baton_view_settings_dup_sort (BatonViewSettings *self, gboolean *descending);
void baton_view_settings_set_sort (BatonViewSettings *self, const char *field_id, gboolean descending);
void baton_view_settings_reset (BatonViewSettings *self);

G_END_DECLS
