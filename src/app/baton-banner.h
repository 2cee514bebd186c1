/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BatonBanner:
 *
 * The one thing that matters now, in a bar under the header: libadwaita 1.2 has none. Its text is its accessible name. Properties: title, button-label,
 * action-name, revealed.
 */
#define BATON_TYPE_BANNER (baton_banner_get_type ())
G_DECLARE_FINAL_TYPE (BatonBanner, baton_banner, BATON, BANNER, GtkWidget)

GtkWidget *baton_banner_new (void);
/* @title: (nullable): NULL hides it. @action: (nullable): a detailed name, "win.replace-key". */
void baton_banner_set (BatonBanner *self, const char *title, const char *button_label, const char *action);

G_END_DECLS
