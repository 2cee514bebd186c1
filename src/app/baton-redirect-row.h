/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Where the browser comes back to, as it is registered with the external application to the letter:
 * typed, or chosen by its port, and copied for whoever registers it (fact sheet 2.3). */
#define BATON_TYPE_REDIRECT_ROW (baton_redirect_row_get_type ())
G_DECLARE_FINAL_TYPE (BatonRedirectRow, baton_redirect_row, BATON, REDIRECT_ROW, AdwEntryRow)

G_END_DECLS
