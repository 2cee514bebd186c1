/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-account.h"

G_BEGIN_DECLS

/* The scopes to ask for, typed, or chosen in a window (BatonScopesWindow). */
#define BATON_TYPE_SCOPES_ROW (baton_scopes_row_get_type ())
G_DECLARE_FINAL_TYPE (BatonScopesRow, baton_scopes_row, BATON, SCOPES_ROW, AdwEntryRow)

/* @method: that they are asked for by; one that asks for none does nothing. */
void baton_scopes_row_set_method (BatonScopesRow *self, BatonMethod method);

G_END_DECLS
