/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "auth/baton-browser-sign-in.h"

G_BEGIN_DECLS

/**
 * BatonBrowserPanel:
 *
 * A sign-in in the system's browser while it goes on: opens the browser, says what Baton waits for
 * and how long still, and takes the address of a page that the browser stopped at. Signals: done
 * (BatonSecret nullable, GError nullable), cancelled ().
 */
#define BATON_TYPE_BROWSER_PANEL (baton_browser_panel_get_type ())
G_DECLARE_FINAL_TYPE (BatonBrowserPanel, baton_browser_panel, BATON, BROWSER_PANEL, GtkWidget)

/* Only on a click of a person's: opens the browser. @client_secret: (nullable). Returns: FALSE with
 * an error as of baton_browser_sign_in_new(). */
gboolean baton_browser_panel_start (BatonBrowserPanel *self,
                                    BatonAccount *account,
                                    const char *client_secret,
                                    GError **error);
/* Gives up; no signal. */
void baton_browser_panel_stop (BatonBrowserPanel *self);
/* Returns: (transfer none) (nullable): what the browser is to open; NULL where nothing goes on. */
const char *baton_browser_panel_get_url (BatonBrowserPanel *self);

G_END_DECLS
