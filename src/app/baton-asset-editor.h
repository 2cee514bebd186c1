/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-asset-body.h"

G_BEGIN_DECLS

/**
 * BatonAssetEditor:
 *
 * The rows in which one value of an asset is typed, whatever its type; of an asset there is one for
 * the default and one for each account. What is secret is written, never read. Main thread.
 *
 * Signal: changed (): by a person, or by the program.
 */
#define BATON_TYPE_ASSET_EDITOR (baton_asset_editor_get_type ())
G_DECLARE_FINAL_TYPE (BatonAssetEditor, baton_asset_editor, BATON, ASSET_EDITOR, GObject)

BatonAssetEditor *baton_asset_editor_new (void);
/* Returns: (transfer none) (element-type GtkWidget): what goes into a group or an expander row. */
GPtrArray *baton_asset_editor_get_rows (BatonAssetEditor *self);
/* Shows the rows of @type; BATON_ASSET_OTHER has none. */
void baton_asset_editor_set_type (BatonAssetEditor *self, BatonAssetType type, gboolean shown);
/* Fills in what was read: an AssetDto or an AssetUserValueDto. */
void baton_asset_editor_set_stored (BatonAssetEditor *self, JsonObject *stored);
/* @value: its pointers are good until the next change.
 * @in_place: what is stored is for the same account and machine, so that its secret may stay.
 * Returns: FALSE where something lacks or is wrong; the row in question is marked. */
gboolean baton_asset_editor_get_value (BatonAssetEditor *self,
                                       gboolean in_place,
                                       BatonAssetValue *value);
/* Returns: (transfer full): the value in one line, as far as it may be shown; may be empty. */
char *baton_asset_editor_dup_summary (BatonAssetEditor *self);

G_END_DECLS
