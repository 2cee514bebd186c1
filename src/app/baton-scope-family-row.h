/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "auth/baton-scopes.h"

G_BEGIN_DECLS

/**
 * BatonScopeFamilyRow:
 *
 * One family of scopes: what it is about, which pages of Baton it opens, and whether it may read and
 * write. Main thread. Signal: changed (), by a person.
 */
#define BATON_TYPE_SCOPE_FAMILY_ROW (baton_scope_family_row_get_type ())
G_DECLARE_FINAL_TYPE (
    BatonScopeFamilyRow, baton_scope_family_row, BATON, SCOPE_FAMILY_ROW, AdwActionRow)

/* @family: of baton_scopes_get_families(). */
GtkWidget *baton_scope_family_row_new (const BatonScopeFamily *family);
const BatonScopeFamily *baton_scope_family_row_get_family (BatonScopeFamilyRow *self);
BatonScopeAccess baton_scope_family_row_get_access (BatonScopeFamilyRow *self);
void baton_scope_family_row_set_access (BatonScopeFamilyRow *self, BatonScopeAccess access);

G_END_DECLS
