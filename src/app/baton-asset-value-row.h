/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-asset-body.h"
#include "baton-connection.h"

G_BEGIN_DECLS

/**
 * BatonAssetValueRow:
 *
 * An asset's value of one account, on one machine or on any. Accounts and machines are chosen from
 * the lists of the server, which are asked for when it is expanded. Main thread.
 *
 * Signals: changed (). remove (): the person wants it gone. failed (GError *error): a list could not be loaded.
 */
#define BATON_TYPE_ASSET_VALUE_ROW (baton_asset_value_row_get_type ())
G_DECLARE_FINAL_TYPE (BatonAssetValueRow, baton_asset_value_row, BATON, ASSET_VALUE_ROW, AdwExpanderRow)

/* @stored: (nullable): the AssetUserValueDto as it was read; NULL is a new one, expanded. */
GtkWidget *baton_asset_value_row_new (BatonConnection *connection,
                                      BatonAssetType type,
                                      JsonObject *stored);
void baton_asset_value_row_set_type (BatonAssetValueRow *self, BatonAssetType type);
/* @value: its pointers are good until the next change.
 * Returns: FALSE where something lacks or is wrong; the row says what. */
gboolean baton_asset_value_row_get_value (BatonAssetValueRow *self, BatonAssetUserValue *value);
/* Says that another row is for the same account and machine. */
void baton_asset_value_row_set_double (BatonAssetValueRow *self, gboolean is_double);

G_END_DECLS
