/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "baton-tenant.h"

G_BEGIN_DECLS

/**
 * BatonTenantChoice:
 *
 * Which tenant to go on with, where what was signed in with can see several, by organisation.
 * Signals: chosen (BatonTenant), cancelled ().
 */
#define BATON_TYPE_TENANT_CHOICE (baton_tenant_choice_get_type ())
G_DECLARE_FINAL_TYPE (BatonTenantChoice, baton_tenant_choice, BATON, TENANT_CHOICE, GtkWidget)

/* @tenants: of BatonTenant. */
void baton_tenant_choice_set_tenants (BatonTenantChoice *self, GListModel *tenants);

G_END_DECLS
