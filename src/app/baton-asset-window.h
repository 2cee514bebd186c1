/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-form-window.h"
#include "resources/baton-resource.h"

G_BEGIN_DECLS

/* Creates or edits an asset, with its default value and the values of accounts (fact sheet 6.12;
 * definition: Assets_Post, Assets_PutById). What is secret is written, never read: left empty it
 * stays as it is. Main thread. */
#define BATON_TYPE_ASSET_WINDOW (baton_asset_window_get_type ())
G_DECLARE_FINAL_TYPE (BatonAssetWindow, baton_asset_window, BATON, ASSET_WINDOW, BatonFormWindow)

/* @asset: (nullable): NULL makes a new one. @folder: 0 is all folders. */
GtkWindow *baton_asset_window_new (GtkWindow *parent,
                                   BatonConnection *connection,
                                   gint64 folder,
                                   BatonRecord *asset);

G_END_DECLS
