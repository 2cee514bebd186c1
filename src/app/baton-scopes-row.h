/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "baton-account.h"

G_BEGIN_DECLS

/* Scopes to ask for or to give, typed, or chosen in a window (BatonScopesWindow). */
#define BATON_TYPE_SCOPES_ROW (baton_scopes_row_get_type ())
G_DECLARE_FINAL_TYPE (BatonScopesRow, baton_scopes_row, BATON, SCOPES_ROW, AdwEntryRow)

/* Returns: (transfer floating): for scopes that are given on the server. @title: what has them.
 * @method: how whoever has them signs in. @words: said above the choice. */
GtkWidget *baton_scopes_row_new_to_give (const char *title, BatonMethod method, const char *words);

/* @method: that a sign-in asks for them by; one that asks for none does nothing. */
void baton_scopes_row_set_method (BatonScopesRow *self, BatonMethod method);

G_END_DECLS
