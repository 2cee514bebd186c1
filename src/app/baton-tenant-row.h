/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "baton-account.h"
#include "baton-connection.h"

G_BEGIN_DECLS

/* A tenant of the key, or another account, in the tenant selector. */
#define BATON_TYPE_TENANT_ROW (baton_tenant_row_get_type ())
G_DECLARE_FINAL_TYPE (BatonTenantRow, baton_tenant_row, BATON, TENANT_ROW, GtkListBoxRow)

GtkWidget *baton_tenant_row_new_for_tenant (BatonTenant *tenant, gboolean current);
GtkWidget *baton_tenant_row_new_for_account (BatonAccount *account);

BatonTenant *baton_tenant_row_get_tenant (BatonTenantRow *self);   /* (transfer none) (nullable) */
BatonAccount *baton_tenant_row_get_account (BatonTenantRow *self); /* (transfer none) (nullable) */
/* The heading that it stands under. */
const char *baton_tenant_row_get_section (BatonTenantRow *self);
/* A GtkListBoxUpdateHeaderFunc that writes the headings. */
void
baton_tenant_row_update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data);
/* @text: case-folded. */
gboolean baton_tenant_row_matches (BatonTenantRow *self, const char *text);

G_END_DECLS
